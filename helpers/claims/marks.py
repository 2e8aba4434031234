"""Marks and margins: the limits and the level of an interval, and a round number to which a series is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .cells import Cell, interval
from .coordinates import Coordinates
from .lexicon import YEAR
from .quantities import Quantity
from .subjects import Scene, Subject
from .told import Told
from .weighing import Verdict
from .words import vocabulary

if TYPE_CHECKING:
    from .second import Second

__all__ = ["level", "limits", "names_level", "threshold"]

_INTERVALS = vocabulary("interval intervals range ranges confidence margin uncertainty")
_NEAR = 1.2


def level(told: Told) -> Verdict | None:
    """ "The 95 percent interval": the level to which intervals of record are given."""
    if not names_level(told):
        return None
    for cell in told.matcher.cells:
        found = interval(cell.facts[0]) if cell.made == "limit" else None
        if found and found[0] == told.quantity.written.low:
            return Verdict("supported", f"the level of the intervals: {cell.shown}", cell.facts, found[0])
    return None


def names_level(told: Told) -> bool:
    """Whether a percentage is the level of an interval: "the 95 percent range", which no figure of record is."""
    last = told.quantity.last
    behind = {told.scene.low(at) for at in range(last, last + 3)}
    return told.quantity.kind == "percent" and bool(behind & _INTERVALS)


_UNDER = vocabulary("never below under short fewer less shy beneath")
_PASSED = vocabulary("topped passed exceeded crossed above reached surpassed broke over past beyond more")


def threshold(told: Told) -> Verdict | None:
    """ "Stayed below 1,000", "passed 1,000", "five short" of it: a mark to which the series is held."""
    quantity, scene = told.quantity, told.scene
    hedge = {"less than": "below", "more than": "above"}.get(quantity.written.hedge, "")
    words = told.words | {hedge}
    yearly = quantity.kind == "rate" and quantity.per and quantity.per[1] == "second" and quantity.per[0] > 0.9 * YEAR
    if not (quantity.kind in ("count", "difference") or yearly) or not words & (_UNDER | _PASSED):
        return None
    named = told.years_in_part or told.near.years or next(iter(told.near.years_before), frozenset())
    for series in told.matcher.series_cells:
        if series[0].kind != "count" or not named & {one.year for one in series}:
            continue
        stretch = [one for one in series if min(named) <= one.year <= max(named)]
        mark = _mark(quantity, stretch, words)
        if mark:
            return mark
        for other in scene.siblings(quantity):
            beside = {scene.low(at) for at in range(quantity.number[0] + 1, quantity.number[1] + 3)}
            off = beside & _OFF and other is not quantity and not other.reason and not other.date
            for cell in stretch if off and _round(other.written.low) else ():
                if cell.year in named and abs(cell.value - other.written.low) == quantity.written.low:
                    working = f"{other.written.low:,g} - {cell.shown} = {quantity.written.low:g}"
                    return Verdict("supported", working, cell.facts, quantity.written.low)
    return None


_OFF = vocabulary("short shy under below beneath over above past beyond off away")


def _round(number: float) -> bool:
    return number >= 100 and number % 50 == 0


def _mark(quantity: Quantity, stretch: list[Cell], words: frozenset[str]) -> Verdict | None:
    """Whether all of a stretch lie under a mark, or one reaches it, and the nearest is near."""
    mark, values = quantity.written.low, [one.value for one in stretch]
    round_mark = _round(mark) and quantity.written.hedge in ("", "less than", "more than")
    if not values or not round_mark or not mark / _NEAR <= max(values) <= mark * _NEAR:
        return None
    under = words & _UNDER and quantity.written.hedge != "more than" and max(values) < mark
    passed = words & _PASSED and quantity.written.hedge != "less than" and min(values) > mark
    if not under and not passed:
        return None
    nearest = min(stretch, key=lambda one: abs(one.value - mark))
    return Verdict("supported", f"{nearest.shown} lies {'under' if under else 'over'} {mark:,g}, as the others do",
                   nearest.facts, nearest.value)  # fmt: skip


def limits(quantity: Quantity, subject: Subject, scene: Scene, matcher: Second) -> Verdict | None:
    """ "From 2.35 to 2.97" around a figure: both limits of its interval, where the record has intervals; else None."""
    low, high = quantity.written.low / quantity.scale, quantity.written.high / quantity.scale
    if not low < high or not scene.lows(scene.sentence_of(quantity.first)) & _INTERVALS:
        return None
    told = Told(quantity, subject, scene, matcher, Coordinates(quantity, scene, matcher))
    limits = [one for one in told.matcher.cells if one.made == "limit"]
    for one, other in zip(limits[::2], limits[1::2], strict=True):
        step = quantity.written.step / quantity.scale
        fits = _rounded_to(low, step, one.told) and _rounded_to(high, step, other.told)
        if fits and told.near.of(one):
            return Verdict("supported", f"{one.shown} to {other.told:g}", one.facts, [one.told, other.told])
    return Verdict("unsupported", "no interval on record has these limits") if limits else None


def _rounded_to(number: float, step: float, value: float) -> bool:
    return abs(number - value) <= step / 2 * (1 + 1e-6) or abs(number - value) <= 0.01 * value
