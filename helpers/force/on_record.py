"""Rates and ratios as facts: the named numbers that an article may say and `claims` checks."""

from __future__ import annotations

import math
from collections.abc import Iterable

from ..facts import Fact
from .comparison import RateRatio
from .exposure import ALL
from .rates import Rate

__all__ = ["facts_of", "facts_of_ratios"]


def facts_of(rates: Iterable[Rate], *, source: str, as_of: str = "") -> list[Fact]:
    """Two facts for each rate: how many were counted, and the rate, to three figures, with its interval in the note."""
    found = []
    for each in rates:
        of = "" if each.group == ALL else f" of {each.group} people"
        where = {"place": each.place, "period": each.period, "source": source, "as_of": as_of}
        found.append(Fact(_name("events", each), each.events, each.many, counts=each.many + of, **where))
        low, high = (_figures(bound) for bound in each.interval)
        found.append(
            Fact(
                _name("rate", each),
                _figures(each.rate),
                each.unit,
                counts=f"rate of {each.many}{of}",
                computed=f"{each.events:,} over {each.exposure:,.0f} {each.divides_by.many}",
                note=f"{each.level * 100:g}% interval {low:g} to {high:g}. {each.divides_by.caveat}.",
                **where,
            )
        )
    return found


def facts_of_ratios(ratios: Iterable[RateRatio], *, source: str, as_of: str = "") -> list[Fact]:
    """A fact for each ratio that is one: to three figures, its interval in the note. Infinite ratios have none."""
    return [
        Fact(
            _name("ratio", each.of) + f"_to_{_word(each.against.group)}",
            _figures(each.ratio),
            "times",
            counts=f"rate of {each.of.many} for {each.of.group} people over that for {each.against.group} people",
            place=each.of.place,
            period=each.of.period,
            source=source,
            as_of=as_of,
            computed=f"{each.of.events:,} and {each.against.events:,} events",
            note=f"{each.of.level * 100:g}% interval {_figures(each.interval[0]):g} to {_figures(each.interval[1]):g}.",
        )
        for each in ratios
        if math.isfinite(each.ratio)
    ]


def _name(what: str, rate: Rate) -> str:
    parts = [what, _word(rate.group) if rate.group != ALL else "", _word(rate.place), _word(rate.period)]
    return "_".join(part for part in parts if part)


def _word(text: str) -> str:
    return "_".join("".join(letter if letter.isalnum() else " " for letter in text.lower()).split())


def _figures(value: float) -> float:
    return float(f"{value:.3g}")
