"""Reckonings over a series of yearly facts: its sum, its average, a day's share of a year, how many years it spans."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from .counted import FIELD, KILLED, counts_as
from .operands import Operands, borne
from .weighing import FITS, Verdict, judge

if TYPE_CHECKING:
    from .known import Known

__all__ = ["over_years"]

_YEAR = 31557600.0  # seconds


def over_years(told: Operands) -> Verdict | None:
    """The verdict on a number as a reckoning over yearly counts of one thing; None where no series gives it."""
    quantity = told.quantity
    series = _series(told)
    if quantity.kind == "duration" and quantity.scale >= _YEAR * 0.99:
        return _spans(told, series)
    if quantity.kind == "count" and _sort(told):
        return next((found for facts in series if (found := _summed(told, facts))), None)
    if quantity.kind == "rate" and quantity.per and quantity.per[1] == "second" and _sort(told):
        return next((found for facts in series if (found := _each(told, facts))), None)
    if quantity.kind == "interval":
        return _every(told)
    return None


def _sort(told: Operands) -> bool:
    """Whether a number may count people killed or shootings."""
    heads = counts_as(told.quantity, told.scene)
    return heads == FIELD or bool(heads & KILLED)


def _series(told: Operands) -> list[list[Known]]:
    """The counts of one thing of which each is of one year, in order."""
    series: dict[str, list[Known]] = defaultdict(list)
    for known in told.matcher._by_kind["count"]:
        if known.numeric and not known.incident and len(known.subject.years) == 1:
            series[re.sub(r"_?\d{4}", "", known.fact.name)].append(known)
    return [sorted(facts, key=lambda one: min(one.subject.years)) for facts in series.values() if len(facts) > 1]


def _named_years(told: Operands) -> list[int]:
    """The years that a sentence or the one before it names."""
    near = [q for one in told.near[-2:] for q in told.scene.in_sentence(one)]
    return sorted({q.date.year for q in near if q.date and q.date.year})


def _stretch(told: Operands, facts: list[Known]) -> list[Known]:
    """A series' facts from the first year named to the last, all of them where fewer than two are named."""
    years = _named_years(told)
    if len(years) < 2:
        return facts
    return [one for one in facts if years[0] <= min(one.subject.years) <= years[-1]]


def _summed(told: Operands, facts: list[Known]) -> Verdict | None:
    chosen = _stretch(told, facts)
    return borne(told.quantity.written, sum(one.value for one in chosen), chosen, "+") if len(chosen) > 1 else None


def _each(told: Operands, facts: list[Known]) -> Verdict | None:
    """ "An average of about 1,030 a year", "more than three a day": of the stretch, or of a year told near."""
    quantity, size = told.quantity, told.quantity.per[0]
    if size >= _YEAR * 0.9:
        chosen = _stretch(told, facts)
        mean = sum(one.value for one in chosen) / max(len(chosen), 1)
        return borne(quantity.written, mean, chosen, "+") if len(chosen) > 1 else None
    for known in facts:
        if known in told.stated:
            written = replace(quantity.written, hedge=quantity.written.hedge or "about")
            found = borne(written, known.value * size / _YEAR, [known], "/")
            if found:
                return found
    return None


def _every(told: Operands) -> Verdict | None:
    """ "One every seven and a half hours": a year over its count."""
    quantity = told.quantity
    written = replace(quantity.written, hedge=quantity.written.hedge or "about")
    for facts in _series(told):
        for known in facts:
            found = known in told.stated and known.value and borne(written, _YEAR / known.value, [known], "/",
                                                                   quantity.scale)  # fmt: skip
            if found:
                return found
    return None


def _spans(told: Operands, series: list[list[Known]]) -> Verdict | None:
    """ "Over nine years": how many years a series or a fact's own period covers."""
    wide = [(len(facts), facts[0]) for facts in series]
    wide += [(len(one.subject.years), one) for one in told.matcher.known if len(one.subject.years) > 1]
    for years, known in wide:
        status, _ = judge(told.quantity.written, years * _YEAR, "exact", told.quantity.scale, "")
        if status in FITS:
            shown = f"{known.fact.name}: {years} years on record"
            return Verdict(status, shown, (known.fact,), years)
    return None
