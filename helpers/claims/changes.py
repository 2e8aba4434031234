"""The change of a figure from one period to another: "rose 17 percent, from 995 in 2015 to 1,162 in 2023"."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from .quantities import Quantity
from .subjects import Scene, Subject
from .worked import Worked, qualifier

if TYPE_CHECKING:
    from .known import Known
    from .matching import Matcher

__all__ = ["change"]


def change(quantity: Quantity, subject: Subject, scene: Scene, matcher: Matcher) -> list[Worked]:
    """The change between two facts that differ in their year alone, both years named in the sentence."""
    number = scene.sentence_of(quantity.first)
    years: set[int] = set()
    stems = subject.stems
    for near in range(number, max(-1, number - 4), -1):
        # "That is a rise of 17 percent": the years and the subject are told before it.
        if len(years) < 2:
            years |= {other.date.year for other in scene.in_sentence(near) if other.date and other.date.year}
            stems |= scene.stems(near)
    if len(years) != 2:
        return _change_between(quantity, scene, matcher)
    subject = replace(subject, stems=stems)
    early, late = sorted(years)
    kind = ("percent",) if quantity.kind == "points" else ("count", "rate")
    free = replace(subject, years=frozenset())
    facts = [
        known for kind_ in kind for known in matcher._by_kind[kind_] if known.numeric and _told(known, free, matcher)
    ]
    found = []
    for before, after in product(facts, facts):
        same = _subject_key(before) == _subject_key(after)
        if not same or before.subject.years != {early} or after.subject.years != {late} or not before.value:
            continue
        found.append(_changed(quantity, before, after, early, late))
    return found or _change_between(quantity, scene, matcher)


def _change_between(quantity: Quantity, scene: Scene, matcher: Matcher) -> list[Worked]:
    """ "Rose 17 percent, from 995 in 2015 to 1,162 in 2023": between the facts on which those two numbers rest."""
    held = []
    for other in scene.siblings(quantity):
        if other.kind in ("count", "rate") and not other.reason:
            verdict = matcher.verdict(other, scene)
            if verdict.status in ("supported", "rounded") and len(verdict.facts) == 1:
                held += [known for known in matcher.known if known.fact is verdict.facts[0]]
    if len(held) != 2 or held[0].fact.unit != held[1].fact.unit or quantity.kind == "points":
        return []
    if any(len(known.subject.years) != 1 for known in held):
        return []
    before, after = sorted(held, key=lambda known: min(known.subject.years))
    early, late = min(before.subject.years), min(after.subject.years)
    return [_changed(quantity, before, after, early, late)] if early < late and before.value else []


def _told(known: Known, subject: Subject, matcher: Matcher) -> bool:
    return (
        matcher.same_topic(known, subject)
        and matcher.bearing.same_contrasts(known, subject, ordered=False)
        and matcher.bearing.covers(replace(known.subject, stems=_without_years(known)), subject, 0.5)
    )


def _without_years(known: Known) -> frozenset[str]:
    return frozenset(word for word in known.subject.stems if not word.isdigit())


def _subject_key(known: Known) -> tuple:
    fact = known.fact
    return re.sub(r"_?\d{4}", "", fact.name), fact.unit, re.sub(r"\d{4}", "", fact.counts), fact.place, fact.incident


def _changed(quantity: Quantity, before: Known, after: Known, early: int, late: int) -> Worked:
    facts = (after.fact, before.fact)
    if quantity.kind == "points":
        value = after.value - before.value
        working = f"{after.value:,.10g} in {late} - {before.value:,.10g} in {early} = {value:,.4g} points"
    elif quantity.form == "change":
        value = after.value / before.value
        working = f"{after.value:,.10g} in {late} / {before.value:,.10g} in {early} = {value:,.4g} times"
        return Worked(value, qualifier(after, before), working, facts)
    else:
        value = (after.value / before.value - 1) * 100
        working = f"{after.value:,.10g} in {late} / {before.value:,.10g} in {early} - 1 = {value:+,.4g} %"
    return Worked(value * (quantity.direction or 1), qualifier(after, before), working, facts)
