"""Two cells compared: differences, quotients, changes, in the direction and between the sides that the words name."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .cells import Cell
from .counted import FIELD
from .cues import EACH
from .lexicon import HEADS
from .phrases import FALLING, RISING
from .quantities import Quantity
from .told import DIFFERENCE
from .weighing import GOOD
from .words import stem, vocabulary

if TYPE_CHECKING:
    from .told import Told

__all__ = ["changes_told", "differences", "of_share", "quotients"]

_LONG, _FIRED = vocabulary("long longer shorter lasted"), vocabulary("fired shot let loosed")
_PACED = vocabulary("rate pace second seconds minute fast faster speed quick quicker quickly slow slower times rapid")
_LIKE = vocabulary("count duration rate ratio percent")


def differences(told: Told) -> Iterator[tuple[float, list[Cell], str]]:
    """ "67 more", "39 apart", "3.2 seconds longer"."""
    quantity, way = told.quantity, told.direction()
    kind = {"difference": "count", "points": "percent"}.get(quantity.kind, quantity.kind)
    then = _compared_before(told)
    for one, other in told.pairs() if not then else ():
        if (
            one.kind != kind
            or (one.made == "people" and quantity.written.low < 1e5)
            or (kind == "count" and not _may_differ(told, one))
        ):
            continue
        if one.year and other.year:
            if one.year < other.year or (way and (one.value - other.value) * way < 0):
                continue
        elif one.value <= other.value or not (told.ordered(other, one) if way < 0 else told.ordered(one, other)):
            continue
        off = abs(one.value - other.value)
        if kind == "rate":
            off = off * quantity.per[0] if quantity.per and quantity.form != "lent" else abs(one.told - other.told)
        yield off, [one, other], "-"
    for cell in told.here if then else ():
        if cell.kind == kind and (kind != "count" or told.counts(cell)) and (cell.value - then[0]) * (way or 1) > 0:
            yield abs(cell.value - then[0]), [cell, *then[1]], "-"


def _may_differ(told: Told, cell: Cell) -> bool:
    """Whether a difference may count what a cell does: its own noun, or none ("an increase of 67", "by 45")."""
    if cell.head in FIELD and told.spoken_of and told.bare and told.quantity.kind != "difference":
        return cell.head == told.spoken_of
    return told.bare or told.quantity.head is None or told.counts(cell) or told.quantity.kind == "difference"


def _compared_before(told: Told) -> tuple[float, list[Cell]] | None:
    """What the number told last before this one rests on, where "than that" or "as many" leaves out with what."""
    scene, quantity = told.scene, told.quantity
    behind = [scene.low(at) for at in range(quantity.number[0] + 1, quantity.number[1] + 6)]
    pairs = list(zip(behind, [*behind[1:], ""], strict=True))
    of_that = any(one in ("that", "this") and other in _MEASURED for one, other in pairs)
    many = next(
        (at for at, (one, other) in enumerate(pairs) if one == "as" and other in ("many", "much", "long")), None
    )
    left_out = many is not None and "as" not in behind[many + 1 :]
    links = ("than", "of") if quantity.kind in ("share", "percent", "one in") else ("than",)
    than_that = any(one in links and other in ("that", "those", "it") and behind[at + 2 : at + 3] not in
                    (["of"], ["for"], ["in"]) for at, (one, other) in enumerate(pairs))  # fmt: skip
    opening = scene.low(scene.sentences[told.near.number].first)
    of_before = opening in ("that", "this", "it", "which") and quantity.kind in ("ratio", "share", "percent", "one in")
    if not (of_that or left_out or than_that or of_before):
        return None
    time = {"time", "long", "longer", "shorter"} & set(behind)
    number = told.near.number
    before = [q for near in (number - 1, number) if near >= 0 for q in scene.in_sentence(near)]
    before = [q for q in before if q.number[0] < quantity.number[0] and not q.reason and not q.date]
    for other in [q for q in reversed(before) if not time or q.kind == "duration"][:2]:
        verdict = told.matcher.verdict(other, scene)
        if verdict.status in GOOD and isinstance(verdict.fact_value, (int, float)):
            cells = [one for one in told.matcher.cells if one.known and one.facts[0] in verdict.facts]
            return float(verdict.fact_value), cells[:1]
    return None


_MEASURED = vocabulary("time number figure total count pace rate many long span toll amount")


def quotients(told: Told) -> Iterator[tuple[float, list[Cell], str]]:
    """ "Twice as many as", "58 percent of": one cell over another of its sort."""
    quantity = told.quantity
    of_people = bool(told.words & {"outnumber", "outnumbered", "outnumbers"})
    of_rates = bool(told.words & {"rate", "rates", "per"})
    for one, other in told.pairs():
        if (
            not other.value
            or one.kind not in _LIKE
            or (one.made == "people") != of_people
            or not told.ordered(one, other)
        ):
            continue
        if (of_rates and one.kind == "count" and not one.case) or not _of_its_sort(told, one):
            continue
        if quantity.kind in ("share", "percent", "one in") and one.value >= other.value:
            continue
        yield of_share(quantity, one.value / other.value), [one, other], "/"
    then = _compared_before(told)
    if then and not then[0]:
        return  # nothing is so many times nothing
    opening_that = told.scene.low(told.scene.sentences[told.near.number].first) in ("that", "this", "it", "which")
    for cell in told.here if then and then[0] else ():
        if cell.made not in ("", "each", "pace", "rest each"):
            continue
        same = cell.kind == then[1][0].kind if then[1] else cell.kind == "count"
        if same and (cell.kind != "count" or told.counts(cell)):
            yield of_share(quantity, cell.value / then[0]), [cell, *then[1]], "/"
            if cell.value and opening_that:
                yield of_share(quantity, then[0] / cell.value), [*then[1], cell], "/"


def _of_its_sort(told: Told, cell: Cell) -> bool:
    """Whether cells of a sort are what the words compare: "as long" durations, "of all those fired" shots."""
    if _LONG & told.beside:
        return cell.kind == "duration"
    if cell.made in ("pace", "each"):
        return bool(told.words & (_PACED if cell.made == "pace" else EACH))
    spoken = _heads(told.beside)
    if not spoken and told.quantity.kind in ("share", "percent", "one in"):
        spoken = _heads(told.words)  # "49 of the 137 rounds, more than half" is a share of rounds
    return cell.kind != "count" or cell.head not in FIELD or not spoken or cell.head in spoken


def _heads(words: frozenset[str]) -> set[str]:
    """The field's things that some words speak of."""
    return ({HEADS.get(stem(word), "") for word in words} | ({"shot"} if _FIRED & words else set())) & FIELD


def changes_told(told: Told) -> Iterator[tuple[float, list[Cell], str]]:
    """ "About 6 percent over the year before": a cell less another, over that one."""
    quantity, way = told.quantity, told.quantity.direction or told.direction()
    moved = told.beside & DIFFERENCE or told.words & (RISING | FALLING)
    if quantity.kind != "change" and not moved:
        return
    pairs = [pair for pair in told.pairs() if all(told.states(cell) for cell in pair)] or told.pairs()
    for one, other in pairs:
        if not other.value or one.kind not in ("count", "rate", "duration"):
            continue
        change = one.value / other.value - 1
        if one.year and other.year and one.year < other.year:
            continue
        if not way or change * way > 0:
            yield _of_change(quantity, abs(change)), [one, other], "/"


def _of_change(quantity: Quantity, change: float) -> float:
    if quantity.kind in ("share", "one in"):
        return of_share(quantity, change)
    return change * 100


def of_share(quantity: Quantity, share: float) -> float:
    """A share as the words tell it: in percent, as one in so many, or as it is."""
    if quantity.kind == "one in":
        return 1 / share if share else math.inf
    return share * 100 if quantity.kind == "percent" else share
