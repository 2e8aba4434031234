"""Claims that no fact states but that follow from facts: pace, ratio, difference, share, percent change.

Numerator and denominator are settled by the words of the sentence, never by which pair would give the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from ..facts import Fact
from .hedges import turned
from .people import Mention
from .quantities import Quantity
from .subjects import Scene, Subject
from .words import stem

if TYPE_CHECKING:
    from .known import Known
    from .matching import Matcher

__all__ = ["Worked", "work"]


@dataclass(frozen=True)
class Worked:
    """A derived value with its qualifier, its working in words and the facts it comes from."""

    value: float
    qualifier: str
    working: str
    facts: tuple[Fact, ...]


def work(quantity: Quantity, subject: Subject, scene: Scene, matcher: Matcher) -> list[Worked]:
    """The derived values that the sentence asks for, from the facts charts use first; [] where there are none."""
    makers = {
        "rate": _pace, "interval": _pace, "ratio": _ratio, "difference": _difference, "share": _share,
        "one in": _share, "percent": _share, "change": _change, "points": _change,
    }  # fmt: skip
    return makers[quantity.kind](quantity, subject, scene, matcher)


# Pace.


def _pace(quantity: Quantity, subject: Subject, scene: Scene, matcher: Matcher) -> list[Worked]:
    """Shots over seconds, in the claim's own unit of time; for an interval, seconds over shots."""
    if (
        not quantity.per
        or quantity.per[1] not in ("second", stem("officer"))
        or subject.head not in ("shot", "times", "")
    ):
        return []
    who = "police" if subject.who in ("", "each") else subject.who
    subject = replace(subject, head="shot", action="fire", who=who)
    shots = [known for known in matcher._by_kind["count"] if _usable(known, subject, matcher)]
    if quantity.per[1] == "second":
        spans = [known for known in matcher._by_kind["duration"] if known.subject.action == "fire"
                 and not known.subject.restrict and matcher.same_topic(known, subject)]  # fmt: skip
    else:
        asked = replace(subject, head="officer", action="fire", who="")
        spans = [known for known in matcher._by_kind["count"] if _usable(known, asked, matcher)]
    found = []
    for above, below in _pairs(shots, spans):
        if quantity.kind == "interval":
            found.append(_divided(below, above, 1.0, "s a shot"))
        else:
            found.append(_divided(above, below, quantity.per[0], quantity.unit))
    return found


def _usable(known: Known, subject: Subject, matcher: Matcher) -> bool:
    return known.numeric and matcher.same_topic(known, subject) and matcher.same_count(known, subject)


def _pairs(above: list[Known], below: list[Known]) -> Iterable[tuple[Known, Known]]:
    """Facts of one incident and place, paired; those that stand first in their files come first."""
    for one, other in product(above, below):
        if one.incident == other.incident and one is not other:
            yield one, other


def _divided(above: Known, below: Known, times: float, unit: str) -> Worked:
    value = above.value / below.value * times if below.value else float("inf")
    factor = f" x {times:,.10g}" if times != 1 else ""
    working = f"{_named(above)} / {_named(below)}{factor} = {value:,.4g} {unit}".rstrip()
    return Worked(value, _qualifier(above, below), working, (above.fact, below.fact))


def _named(known: Known) -> str:
    source = f" [{known.fact.name}, {known.fact.source}]" if known.fact.source else f" [{known.fact.name}]"
    return f"{known.fact}{source}"


def _qualifier(above: Known, below: Known) -> str:
    """How a quotient or difference of two facts is known."""
    one, other = above.fact.qualifier, below.fact.qualifier
    other = turned(other)
    bounds = {one, other} & {"at_least", "at_most"}
    if len(bounds) == 2:
        return "approx"
    return bounds.pop() if bounds else "approx" if "approx" in (one, other) else "exact"


# Ratios and differences: who is compared with whom.


def _ratio(quantity: Quantity, subject: Subject, scene: Scene, matcher: Matcher) -> list[Worked]:
    if quantity.form == "change":
        return _change(quantity, subject, scene, matcher)
    return [_divided(above, below, 1.0, "times") for above, below in _compared(quantity, subject, scene, matcher)]


def _difference(quantity: Quantity, subject: Subject, scene: Scene, matcher: Matcher) -> list[Worked]:
    found = []
    for above, below in _compared(quantity, subject, scene, matcher):
        value = (above.value - below.value) * (quantity.direction or 1)
        working = f"{_named(above)} - {_named(below)} = {above.value - below.value:,.10g}"
        found.append(Worked(value, _qualifier(above, below), working, (above.fact, below.fact)))
    return found


def _compared(quantity: Quantity, subject: Subject, scene: Scene, matcher: Matcher) -> list[tuple[Known, Known]]:
    """The facts on either side of ``N times as many shots as``, ``N more shots than``: by who did each."""
    number = scene.sentence_of(quantity.first)
    end = scene.sentences[number].last
    if quantity.form == "for each":
        return _for_each(quantity, subject, scene, matcher)
    link = next((at for at in range(max(quantity.last, quantity.number[1]), min(end, quantity.last + 9))
                 if scene.low(at) == "than" or (scene.low(at) == "as" and scene.low(at + 1) not in ("many", "much"))
                 ), None)  # fmt: skip
    of_whose = next(
        (at for at in range(quantity.last, min(end, quantity.last + 5)) if scene.low(at) in ("number",)), None
    )
    start = link if link is not None else of_whose
    other = next((m for m in scene.people.mentions(number) if start is not None and m.first > start), None)
    if other is None:
        return []
    doer = _comparing(quantity, scene, number)
    by = [m for m in scene.people.mentions(number) if m.first > quantity.number[1] and scene.low(m.first - 1) == "by"]
    if len(by) == 2:
        # "... were fired by police as by Reed"
        doer, other = by[0].who, by[1]
    head = _compared_head(subject, scene, number)
    aimed = scene.low(other.first - 1) in ("at", "on", "toward", "in", "into") and other.who == "other"
    if aimed and len({known.incident for known in matcher._by_kind["count"]} - {""}) > 1:
        return _between_incidents(other, scene, matcher)
    if not doer or doer == other.who or head != "shot":
        return []
    return _pairs_of(matcher, subject, doer, other.who)


def _pairs_of(matcher: Matcher, subject: Subject, *whose: str) -> list[tuple[Known, Known]]:
    """The facts of the shots of one and of the shots of another, paired."""
    sides = []
    for who in whose:
        asked = replace(subject, head="shot", action="fire", who=who, restrict=frozenset())
        sides.append([known for known in matcher._by_kind["count"] if _usable(known, asked, matcher)])
    return list(_pairs(*sides))


def _for_each(quantity: Quantity, subject: Subject, scene: Scene, matcher: Matcher) -> list[tuple[Known, Known]]:
    """``nine police bullets for every one of his``: whose they are, over the shots of whom the phrase ends with."""
    number = scene.sentence_of(quantity.first)
    mentions = scene.people.mentions(number)
    other = next((m for m in mentions if m.first >= quantity.last), None)
    if scene.low(scene.sentences[number].first) == "for":
        other = mentions[0] if mentions else None  # "For every shot Reed fired, the police fired nine."
        subject = replace(subject, who=next((m.who for m in mentions[1:] if m.last <= quantity.first), ""))
    who = other.who if other else "other"
    told = scene.people.subject(number, quantity.first)
    doer = (told.who if told else "") or subject.who or ("police" if who == "other" else "other")
    return _pairs_of(matcher, subject, doer, who) if doer != who else []


def _between_incidents(other: Mention, scene: Scene, matcher: Matcher) -> list[tuple[Known, Known]]:
    """The police's shots in two incidents: of the one told of, and of the one whose person is named after "than"."""
    police = [known for known in matcher._by_kind["count"] if known.subject.head == "shot" and known.incident
              and not known.subject.restrict and (known.subject.who or "police") == "police"]  # fmt: skip
    named = {scene.people.name(at) for at in range(other.first, other.last)}
    below = [known for known in police if known.subject.names & named]
    above = [known for known in police if not known.subject.names & named]
    return [(one, two) for one in above for two in below]


def _comparing(quantity: Quantity, scene: Scene, number: int) -> str:
    mention = scene.people.subject(number, quantity.first)
    return mention.who if mention else ""


def _compared_head(subject: Subject, scene: Scene, number: int) -> str:
    if subject.head == "shot":
        return "shot"
    sentence = scene.sentences[number]
    lows = {scene.low(at) for at in range(sentence.first, sentence.last)}
    return "shot" if lows & {"fired", "fire", "shots", "rounds", "bullets", "firing", "times", "shot"} else ""


# Shares.


def _share(quantity: Quantity, subject: Subject, scene: Scene, matcher: Matcher) -> list[Worked]:
    """A part of the shots, or of the officers: by whom or with what effect the sentence says."""
    number = scene.sentence_of(quantity.first)
    shots = bool(subject.stems & {"shot", "round", "bullet", "gunshot", "fir"})
    head = "shot" if subject.head in ("", "total", "tot") and shots else subject.head
    wholes = _wholes(head, subject, scene, number, matcher)
    parts = _parts(head, quantity, subject, scene, number, matcher)
    percent = quantity.kind == "percent"
    told = any(mention.who == subject.who for mention in scene.people.mentions(number))
    if not parts and head == "shot" and told:
        return _side_share(percent, subject, matcher)
    found = []
    for part, whole in _pairs(parts, wholes):
        if part.value <= whole.value:
            found.append(_divided(part, whole, 100.0 if percent else 1.0, "%" if percent else "of them"))
    sentence = scene.sentences[number]
    missed = any(scene.low(at) in _MISSING for at in range(sentence.first, sentence.last))
    return [_rest(item, 100.0 if percent else 1.0) for item in found] if missed else found


def _rest(item: Worked, whole: float) -> Worked:
    """What is left of the whole: the shots that missed, of those that hit."""
    return Worked(whole - item.value, turned(item.qualifier), f"{whole:g} - ({item.working})", item.facts)


def _side_share(percent: bool, subject: Subject, matcher: Matcher) -> list[Worked]:
    """``90 percent of the shots came from police``: one side's shots of both sides'."""
    sides = []
    for who in ("police", "other"):
        asked = replace(subject, head="shot", action="fire", who=who, restrict=frozenset())
        sides.append([known for known in matcher._by_kind["count"] if _usable(known, asked, matcher)])
    found = []
    for police, others in _pairs(*sides):
        part, rest = (police, others) if subject.who == "police" else (others, police)
        value = part.value / (part.value + rest.value) * (100 if percent else 1)
        exact = part.fact.qualifier == rest.fact.qualifier == "exact"
        if {part.fact.qualifier, rest.fact.qualifier} <= {"exact", "approx"} and part.value:
            working = f"{_named(part)} / ({_named(part)} + {_named(rest)}) = {value:,.4g}{' %' if percent else ''}"
            found.append(Worked(value, "exact" if exact else "approx", working, (part.fact, rest.fact)))
    return found


def _wholes(head: str, subject: Subject, scene: Scene, number: int, matcher: Matcher) -> list[Known]:
    if head in ("shot", "wound"):
        asked = replace(subject, head="shot", action="fire", who="police", restrict=frozenset())
    elif head == "officer":
        asked = replace(subject, head="officer", action="stop", who="", restrict=frozenset())
    else:
        return []
    return [known for known in matcher._by_kind["count"] if _usable(known, asked, matcher)]


_MISSING = {"missed", "missing", "miss", "astray", "elsewhere", "somewhere", "wide"}
_HITTING = {"hit", "struck", "wounded", "wounds", "hits", "found", *_MISSING}


def _parts(head: str, quantity: Quantity, subject: Subject, scene: Scene, number: int, matcher: Matcher) -> list[Known]:
    counts = matcher._by_kind["count"]
    if head == "officer":
        asked = replace(subject, restrict=frozenset())
        return [known for known in counts if subject.action in ("fire", "hit") and _usable(known, asked, matcher)]
    if subject.restrict:
        asked = replace(subject, head="shot", action="fire", who="police")
        return [known for known in counts if _usable(known, asked, matcher)]
    # "That is more than a third": of what the sentence before tells.
    tells = bool(scene.people.mentions(number)) or bool(scene.clauses.tags(number))
    first = scene.sentences[number if tells else max(0, number - 1)].first
    hit = any(scene.low(at) in _HITTING for at in range(first, scene.sentences[number].last))
    if hit or subject.head == "wound":
        return [known for known in counts if known.subject.head == "wound" and matcher.same_topic(known, subject)]
    if subject.who.startswith("person:"):
        asked = replace(subject, head="shot", action="fire", restrict=frozenset())
        return [known for known in counts if _usable(known, asked, matcher)]
    near = scene.people.mentions(number if tells else max(0, number - 1))
    lone = any(mention.who == "one officer" for mention in near)
    if lone:
        asked = replace(subject, head="shot", action="fire", who="one officer", restrict=frozenset())
        return [known for known in counts if _usable(known, asked, matcher)]
    return []


# Change from one period to another.


def _change(quantity: Quantity, subject: Subject, scene: Scene, matcher: Matcher) -> list[Worked]:
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
        return Worked(value, _qualifier(after, before), working, facts)
    else:
        value = (after.value / before.value - 1) * 100
        working = f"{after.value:,.10g} in {late} / {before.value:,.10g} in {early} - 1 = {value:+,.4g} %"
    return Worked(value * (quantity.direction or 1), _qualifier(after, before), working, facts)
