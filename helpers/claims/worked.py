"""A value worked out from facts of record, with its qualifier and its working in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..facts import Fact
from .hedges import turned

if TYPE_CHECKING:
    from .known import Known

__all__ = ["Worked", "divided", "named", "qualifier"]


@dataclass(frozen=True)
class Worked:
    """A derived value with its qualifier, its working in words and the facts it comes from."""

    value: float
    qualifier: str
    working: str
    facts: tuple[Fact, ...]


def divided(above: Known, below: Known, times: float, unit: str) -> Worked:
    value = above.value / below.value * times if below.value else float("inf")
    factor = f" x {times:,.10g}" if times != 1 else ""
    working = f"{named(above)} / {named(below)}{factor} = {value:,.4g} {unit}".rstrip()
    return Worked(value, qualifier(above, below), working, (above.fact, below.fact))


def named(known: Known) -> str:
    source = f" [{known.fact.name}, {known.fact.source}]" if known.fact.source else f" [{known.fact.name}]"
    return f"{known.fact}{source}"


def qualifier(above: Known, below: Known) -> str:
    """How a quotient or difference of two facts is known."""
    one, other = above.fact.qualifier, below.fact.qualifier
    other = turned(other)
    bounds = {one, other} & {"at_least", "at_most"}
    if len(bounds) == 2:
        return "approx"
    return bounds.pop() if bounds else "approx" if "approx" in (one, other) else "exact"
