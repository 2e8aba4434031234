"""The last reading of a number: is it the value of any cell that the words may mean, or a simple reckoning of two?

What may be meant is settled by the coordinates that the words name (`coordinates.py`): the cell of the year, the group
and the incident told of, and for a comparison the one it is compared with, which is named too, was told just before, is
the year next to it or an end of the series. Which operation is settled by the words and the unit: a difference needs a
word of difference, an average one of average; a percentage or a ratio says itself what it is. Digits alone bear
nothing: unit or noun must agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from .cells import Cell
from .compared import changes_told, differences, of_share, quotients
from .coordinates import Coordinates
from .counted import FIELD, counts_as
from .hedges import turned
from .marks import level, names_level, threshold
from .occasions import lasting
from .quantities import Quantity
from .sides import own_criteria
from .stretches import averages, counted_years, shares_of_series, sums
from .subjects import Scene, Subject
from .told import DIFFERENCE, Told
from .weighing import FITS, Verdict, judge
from .words import vocabulary

if TYPE_CHECKING:
    from .second import Second

__all__ = ["by_cells"]

_REST = vocabulary(
    "other others remaining rest before leaves leaving remainder balance colleagues besides already earlier"
)
_MISSED = vocabulary("missed miss not didn't nobody astray wide elsewhere without unaccounted never")
_EACH = vocabulary("each apiece average averages averaged averaging mean evenly split divided typical")
_LIMITS = vocabulary("interval range margin uncertainty confidence limit limits bounds anywhere low high plausible")
_OWN = vocabulary("own his her he she officer officer's officer’s")
_NEAR = 1.2
_OPEN = ("rate", "ratio", "percent", "duration", "interval", "points")


def by_cells(quantity: Quantity, subject: Subject, scene: Scene, matcher: Second) -> Verdict | None:
    """The verdict on a number as a cell's value or a simple reckoning of cells; None where it is none."""
    if quantity.kind in ("date", "year", "clock", "money", "length", "speed", "age", "ordinal"):
        return None
    near = Coordinates(quantity, scene, matcher)
    if _one_side(quantity, scene):
        return Verdict("not a claim", "one side of a proportion, which is held against the facts as the other number")
    for reading in _readings(quantity, scene):
        told = Told(reading, subject, scene, matcher, near)
        found = level(told) or threshold(told) or counted_years(told)
        if found:
            return found
        if names_level(told):
            continue
        for value, cells, sign in _values(told):
            found = borne(reading, value, cells, sign)
            if found:
                return found
    return None


def _one_side(quantity: Quantity, scene: Scene) -> bool:
    """ "One death for about every 290,000 people": its other number says it all."""
    if quantity.kind != "count" or quantity.written.low != 1:
        return False
    behind = range(quantity.number[1], quantity.number[1] + 6)
    every = next((at for at in behind if scene.low(at) in ("every", "each")), None)
    return every is not None and any(0 < q.number[0] - every <= 2 and not q.reason for q in scene.siblings(quantity))


def _readings(quantity: Quantity, scene: Scene) -> Iterator[Quantity]:
    """A number as its own unit says; one without a unit also as the numbers told just before it."""
    plain = quantity.written.over(quantity.scale if quantity.form == "lent" else 1.0)
    at = quantity.number[1] + (scene.low(quantity.number[1]) in ("-", "‑"))
    if scene.low(at) == "to" and scene.low(at + 1 + (scene.low(at + 1) == "-")) in ("one", "1"):
        yield replace(
            quantity, kind="ratio", unit="times", head=None, written=replace(plain, hedge=plain.hedge or "about")
        )
        return
    yield quantity
    if quantity.form == "lent":
        yield replace(quantity, kind="count", unit="", per=None, scale=1.0, head=None, written=plain, form="digits")
    open_kind = quantity.form == "lent" or (quantity.kind == "count" and counts_as(quantity, scene) == FIELD)
    if not open_kind:
        return
    number = scene.sentence_of(quantity.first)
    others = [q for q in scene.in_sentence(number) if q is not quantity]
    if number and not any(q.kind == "count" and q.head is not None and not q.reason for q in others):
        others += [q for q in reversed(scene.in_sentence(number - 1))]  # "47 wounds, 23 of them here" are counts both
    seen = set()
    for other in others[:8]:
        if other.reason or other.kind not in _OPEN or (other.kind, other.per) in seen:
            continue
        seen.add((other.kind, other.per))
        written = plain.times(other.scale) if other.kind == "duration" else plain
        lent = replace(quantity, kind=other.kind, unit=other.unit, per=other.per, scale=other.scale, written=written,
                       head=other.head, form="lent")  # fmt: skip
        yield lent
        if other.kind == "duration" and other.scale != 1:
            yield replace(lent, written=plain, scale=1.0)  # "a quarter of a minute; others say 14"
    if quantity.written.low != int(quantity.written.low):
        for kind in ("rate", "ratio"):
            yield replace(quantity, kind=kind, per=None, written=plain, scale=1.0, form="lent")


def _values(told: Told) -> Iterator[tuple[float, list[Cell], str]]:
    """Every value that the words allow a number of this kind to be, with the cells it comes from."""
    kind = told.quantity.kind
    if kind in ("count", "duration", "rate", "interval", "ratio", "percent", "share", "one in"):
        yield from _direct(told)
    if told.limits_beside and told.bare and not told.definite:
        return  # "from 5.46 to 31.2": the other limit, and nothing else
    if kind in ("count", "difference", "duration", "points", "rate") and told.words & DIFFERENCE:
        yield from differences(told)
    if kind in ("ratio", "percent", "share", "one in") and not told.as_change:
        yield from quotients(told)
    if kind in ("change", "percent", "share", "one in") and told.scene.low(told.quantity.last) != "of":
        yield from changes_told(told)
    if kind == "count":
        yield from sums(told)
    if kind in ("rate", "count"):
        yield from averages(told)
    if kind in ("percent", "share", "one in"):
        yield from shares_of_series(told)


# A cell itself.


def _direct(told: Told) -> Iterator[tuple[float, list[Cell], str]]:
    quantity = told.quantity
    averaged = bool(told.beside & _EACH) and not _for_every(told)
    of_another = quantity.kind == "duration" and _of_another(told)
    for cell in _meant(told) if not of_another else ():
        if cell.made == "limit" and (not told.words & _LIMITS or quantity.written.low < quantity.written.high):
            continue
        if cell.made == "limit" and told.limits_beside and cell.facts[0] not in told.limits_beside:
            continue
        if cell.made == "remainder" and not told.words & _REST:
            continue
        if "rest" in cell.made and not (told.words if "each" in cell.made else told.close) & _REST:
            continue
        if cell.made == "share" and not _of_its_whole(told, cell):
            continue
        if "missed" in cell.made and not told.beside & _MISSED:
            continue
        if told.bounded and cell.year and len(told.near.years) > 1 and not told.near.beside:
            continue  # "every year from 2015 through 2019 had fewer than 1,000": all of them, which `threshold` holds
        if told.bounded and not cell.foremost:
            continue  # a bound that only another way of counting meets is false of the count that is meant
        if quantity.kind == "count" and ("each" in cell.made) != averaged:
            continue
        value = _as_kind(told, cell)
        if value is None and cell.made == "limit" and (told.bare or quantity.form == "lent"):
            value = cell.told * quantity.scale
        if value is not None:
            yield value, [cell], ""
        if cell.kind == "rate" and cell.per == "person" and cell.value and _for_every(told):
            yield 1 / cell.value, [cell], "1 /"
    if quantity.kind == "duration" and quantity.scale <= 60:
        yield from sums(told)


def _meant(told: Told) -> list[Cell]:
    """The cells that a number may be itself, those of no incident only where the words speak of what they count."""
    found = told.near.found
    if "meant" not in found:
        found["meant"] = [one for one in told.here if not one.known or one.case or _so_counted(told, one)]
    return found["meant"]


def _so_counted(told: Told, cell: Cell) -> bool:
    """Whether the words speak of what a figure of no incident counts: under its own conditions, in its own words."""
    if "statistic" in dict(cell.groups) or own_criteria(cell.known) != told.criteria:
        return False
    own = cell.year or cell.groups
    return bool(own) or told.matcher.bearing.covers(cell.known.subject, told.subject, 0.5)


def _of_its_whole(told: Told, cell: Cell) -> bool:
    """Whether a share of one officer's shots is of what is said behind it: "of his own 49", "of all police fired"."""
    part, whole = (told.matcher.of_fact(fact).subject for fact in cell.facts[:2])
    after = [told.scene.low(at) for at in (told.quantity.last, told.quantity.last + 1)]
    if len(told.near.cases) > 1 and after in (["of", "what"], ["of", "that"]):
        return False  # "less than half of what was fired in Chicago" is no share within one of them
    if part.head != whole.head or not part.restrict:
        return True
    behind = {told.scene.low(at) for at in range(told.quantity.last, told.quantity.last + 7)}
    return bool(behind & _OWN and "all" not in behind) == (whole.who not in ("police", ""))


def _of_another(told: Told) -> bool:
    """Whether a duration is of another thing than the firing, or a gap: "waited 41 seconds", "41 seconds later"."""
    after = told.scene.low(told.quantity.last)
    gap = after in ("after", "later", "earlier", "before", "ago", "apart", "into")
    return gap or lasting(told.quantity, told.scene, beside=False) not in ("fire", "", "shot")


def _for_every(told: Told) -> bool:
    """Whether "for every" stands just before a number: "one death for about every 290,000 people"."""
    first = told.quantity.number[0]
    return told.quantity.kind == "count" and bool(
        {"every", "each"} & {told.scene.low(first - 1), told.scene.low(first - 2)}
    )


def _as_kind(told: Told, cell: Cell) -> float | None:
    """A cell's value in the number's kind; None where it is of another."""
    quantity = told.quantity
    per = quantity.per[1] if quantity.per else ""
    if quantity.kind == "count" and cell.made == "proportion":
        return cell.value if _for_every(told) else None
    if quantity.kind == "count":
        return cell.value if told.counts(cell) else None
    if quantity.kind == "rate" and quantity.form == "lent" and cell.kind == "rate" and cell.per == "person":
        return cell.told
    if quantity.kind == "rate" and per not in ("second", "person"):
        return cell.value if cell.made in ("each", "rest each") else None
    if quantity.kind == "rate":
        if cell.made == "pace" and told.close & {"each", "apiece"}:
            return None  # "nearly 15 for each of those who fired" is no pace
        if not quantity.per:
            return cell.told if cell.kind == "rate" else None
        return cell.value * quantity.per[0] if cell.kind == "rate" and cell.per == per else None
    if quantity.kind == "interval":
        return 1 / cell.value if cell.kind == "rate" and cell.per == "second" and cell.value else None
    if quantity.kind in ("percent", "share", "one in"):
        if told.as_change or ("share" in cell.made and (not told.spoken_of or told.near.years)):
            return None
        if "share" in cell.made and cell.head == "officer" and told.heads != {"officer"}:
            return None
        share = (
            cell.value
            if cell.kind in ("ratio", "share") and cell.made != "proportion"
            else cell.value / 100
            if cell.kind == "percent"
            else None
        )
        return of_share(quantity, share) if share else None
    return cell.value if cell.kind == quantity.kind and cell.made != "proportion" else None


# Whether a value is what the words say.


def borne(quantity: Quantity, value: float, cells: list[Cell], sign: str) -> Verdict | None:
    """The verdict on a number against a value of cells, with the working; None where it does not fit."""
    written, scale = quantity.written, quantity.scale
    if quantity.kind == "one in" and written.bounds and value:
        written, value = replace(written, low=1 / written.low, high=1 / written.high), 1 / value
    if not written.hedge and ((sign and written.fraction) or cells[0].made == "proportion"):
        written = replace(written, hedge="about")
    if not written.may_be(value):
        return None
    bound = written.bounds
    near = 1 / _NEAR <= value / max(written.low, 1e-12) <= _NEAR
    near = near or (written.hedge in ("more than", "just over") and 0 < value - written.low < min(written.step, 1))
    if bound and not near:
        return None  # many a number is "more than 80 percent"; who reckons says the nearest
    if written.fraction and abs(written.low - value) > 0.06 * value and written.hedge in ("", "about"):
        return None
    qualifier = _qualifier(cells, sign)
    working = f" {sign} ".join(one.shown for one in cells) + (f" = {value / scale:,.4g}" if sign else "")
    status, shown = judge(written, value, qualifier, scale, working)
    facts = tuple(dict.fromkeys(fact for one in cells for fact in one.facts))
    return Verdict(status, shown, facts, round(value, 6)) if status in FITS else None


def _qualifier(cells: list[Cell], sign: str) -> str:
    first, *rest = [one.qualifier for one in cells]
    found = {first, *(rest if sign == "+" else map(turned, rest))}
    if {"at_least", "at_most"} <= found:
        return "approx"
    return next((one for one in ("at_least", "at_most", "approx") if one in found), "exact")
