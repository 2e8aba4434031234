"""Reckonings over several cells of one sort: the sum of some years or incidents, their average, how many they are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from .cells import Cell
from .counted import FIELD, KILLED
from .cues import EACH
from .lexicon import YEAR
from .occasions import DAY, day_of
from .told import SUM
from .weighing import FITS, Verdict, judge
from .words import vocabulary

if TYPE_CHECKING:
    from ..facts import Fact
    from .told import Told

__all__ = ["averages", "counted_years", "shares_of_series", "sums"]

_LAST, _FIRST = vocabulary("last past latest recent final"), vocabulary("first earliest opening")
_RUN = vocabulary("increases increase rises rise gains gain jumps climbs upticks")
_YEARS = vocabulary("year years straight consecutive row running annual counts totals")
_GROUPS = vocabulary("groups races categories")
_PLACES = vocabulary("places cities towns counties jurisdictions communities municipalities localities areas states")


def sums(told: Told) -> Iterator[tuple[float, list[Cell], str]]:
    """The sums that a number may be: of a stretch of years, of several incidents, of all groups."""
    if told.words & SUM or len(told.near.years) > 1 or _opened(told):
        for cells in _stretches(told):
            if _alike(told, cells[0]):
                yield sum(one.value for one in cells), cells, "+"
    for cells in _all_groups(told):
        if _alike(told, cells[0]) and not told.near.years - cells[0].years:
            yield sum(one.value for one in cells), cells, "+"
    for cells in _incidents(told):
        if _alike(told, cells[0]):
            yield sum(one.value for one in cells), cells, "+"


def averages(told: Told) -> Iterator[tuple[float, list[Cell], str]]:
    """ "An average of 1,028 a year", "three a day": of a stretch of years, or of one."""
    per = told.quantity.per
    if told.quantity.kind == "rate" and (not per or per[1] != "second" or per[0] < 3600):
        return
    # "985 in 2016", "below 990 every year" are of each year, "985 a year" is of them on average.
    of_each = told.quantity.kind == "count" or told.quantity.form == "lent" or (told.bounded and "every" in told.close)
    if of_each and not told.beside & {"average", "averaged", "averages", "mean", "typical"}:
        return
    size = per[0] if told.quantity.kind == "rate" else YEAR
    for cells in [*_stretches(told), *([one] for one in told.here if one.years and not one.made)]:
        if cells[0].kind == "count" and cells[0].head in KILLED:
            years = sum(len(one.years) for one in cells)
            yield sum(one.value for one in cells) / years * size / YEAR, cells, "+"


def shares_of_series(told: Told) -> Iterator[tuple[float, list[Cell], str]]:
    """ "47 percent of those came in the last four years": a stretch of the whole, a year of it, a group of all."""
    if told.quantity.kind in ("percent", "share", "one in"):
        for cells in _all_groups(told):
            whole = sum(one.value for one in cells)
            for one in cells:
                if told.near.of(one) and whole:
                    share = one.value / whole
                    yield _as_share(told, share), [one, *cells], "/"
    if told.scene.low(told.quantity.last) != "of":
        return
    for series in told.matcher.series_cells:
        whole = sum(one.value for one in series)
        if series[0].kind != "count" or not whole:
            continue
        for cells in _of_series(told, series):
            if len(cells) < len(series):
                share = sum(one.value for one in cells) / whole
                yield _as_share(told, share), [*cells], "+"


def _as_share(told: Told, share: float) -> float:
    return {"percent": share * 100, "one in": 1 / share if share else 0.0}.get(told.quantity.kind, share)


def _all_groups(told: Told) -> Iterator[list[Cell]]:
    """The counts of one sort of which each is of another group: all of them, and those named here."""
    for sort in told.matcher.sorts:
        cells = [one for one in sort if one.kind == "count" and len(one.groups) == 1 and not one.made]
        if len(cells) > 2:
            yield cells
            named = [one for one in cells if one.groups & told.near.groups]
            if 1 < len(named) < len(cells) and told.words & SUM:
                yield named


def _alike(told: Told, cell: Cell) -> bool:
    return cell.kind == told.quantity.kind and (cell.kind != "count" or told.counts(cell))


def _stretches(told: Told) -> Iterator[list[Cell]]:
    for series in told.matcher.series_cells:
        yield from _of_series(told, series)


def _of_series(told: Told, series: list[Cell]) -> Iterator[list[Cell]]:
    """The stretches of a series that the words name: all of it, between two years, the last or the first few."""
    first, last = series[0].year, series[-1].year
    bounds = {(first, last)}
    named = sorted(told.near.years or next(iter(told.near.years_before), ()))
    bounds |= {(named[0], named[-1])} if len(named) > 1 else set()
    bounds |= {(year, last) for year in named} | {(first, year) for year in named}
    for many, ends in _few(told):
        bounds.add((last - many + 1, last) if ends else (first, first + many - 1))
    for opens, closes in sorted(bounds):
        cells = [one for one in series if opens <= one.year <= closes]
        if len(cells) > 1:
            yield cells


def _few(told: Told) -> Iterator[tuple[int, bool]]:
    """The numbers of "the last four" and "the first three years", near; True for the last."""
    for near in (told.near.number - 1, told.near.number, told.near.number + 1):
        for other in told.scene.in_sentence(near) if 0 <= near < len(told.scene.sentences) else ():
            before = {told.scene.low(at) for at in range(other.number[0] - 2, other.number[0])}
            many = other.written.low / (YEAR if other.kind == "duration" else 1)
            if before & (_LAST | _FIRST) and 1 < many < 60 and many == int(many):
                yield int(many), bool(before & _LAST)


def _opened(told: Told) -> bool:
    return any(True for _ in _few(told))


def _incidents(told: Told) -> Iterator[list[Cell]]:
    """The cells of one sort of the incidents named here, here and before, or all."""
    if len(told.matcher.incidents_in_order) < 2 or not told.added or told.beside & EACH:
        return
    near = told.near
    told_of = near.cases if len(near.cases) > 1 else near.cases.union(*near.cases_before)
    every = frozenset(told.matcher.incidents_in_order)
    for cases in dict.fromkeys([told_of, every] if told.words & {"all", "every"} or not near.cases else [told_of]):
        for sort in told.matcher.sorts:
            first = {one.case: one for one in reversed(sort) if one.case in cases}
            if len(first) > 1 and len(first) == len(cases):
                yield list(first.values())


def counted_years(told: Told) -> Verdict | None:
    """ "The most in nine years", "seven increases in a row", "the last four": how many years there are, or rose."""
    quantity, scene = told.quantity, told.scene
    series = [one for one in told.matcher.series_cells if one[0].kind == "count"]
    if quantity.kind not in ("count", "duration", "difference"):
        return None
    noun = scene.low(quantity.head) if quantity.head is not None else ""
    behind = [scene.low(at) for at in range(quantity.number[1], quantity.number[1] + 3)]
    noun = "increases" if behind in (["in", "a", "row"], ["years", "in", "a"]) or behind[0] == "straight" else noun
    gap = scene.low(quantity.last) in ("after", "later", "before", "earlier", "ago")
    years = quantity.kind == "duration" and quantity.scale >= YEAR * 0.99 and not gap and quantity.form != "lent"
    size = YEAR if years else 1.0
    found = _counted_groups(told, noun) if quantity.kind == "count" else None
    if found:
        return found
    for days, fact in _periods(told) if years else ():
        status, _ = judge(quantity.written, days * DAY, "approx", quantity.scale, "")
        if status in FITS:
            return Verdict(
                status, f"the period of {fact.name}: {fact.period}, {days / 365.25:.1f} years", (fact,), days
            )
    for cells in series:
        if years or noun in _RUN | _YEARS:
            for many, why in _countable(told, cells, noun):
                status, _ = judge(quantity.written, many * size, "exact", quantity.scale, "")
                if status in FITS:
                    return Verdict(status, f"{why}: {many}", tuple(one.facts[0] for one in cells), many)
        few = [many for many, _ in _few(told)] if told.heads == FIELD and quantity.kind == "count" else []
        before = {scene.low(at) for at in range(quantity.number[0] - 2, quantity.number[0])}
        if quantity.written.low in few and before & (_LAST | _FIRST) and quantity.written.low <= len(cells):
            return Verdict("not a claim", "how many years are spoken of; their figure is held against the record")
    return None


def _periods(told: Told) -> Iterator[tuple[int, Fact]]:
    """How many days the periods of the facts last that give both their days, each once."""
    for period, known in {one.fact.period: one for one in told.matcher.known if not one.incident}.items():
        days = [day_of(end) for end in period.split(" to ")]
        if len(days) == 2 and all(days):
            yield (days[1] - days[0]).days, known.fact


def _counted_groups(told: Told, noun: str) -> Verdict | None:
    """ "The five groups", "94 big cities": how many groups or places the record tells apart."""
    number = told.quantity.written.low
    if noun in _GROUPS:
        for cells in _all_groups(told):
            if len(cells) == number:
                return Verdict(
                    "supported", f"groups on record: {len(cells)}", tuple(one.facts[0] for one in cells), number
                )
    # "In 30 big cities Black people were killed": the phrase runs on past its noun.
    if _PLACES & {noun, *(told.scene.low(at) for at in told.quantity.nouns)}:
        for cell in told.matcher.cells:
            if (
                f"{number:g} " in cell.facts[0].place
                and told.quantity.written.low == told.quantity.written.high
                and not told.bounded
            ):
                return Verdict("supported", f"{cell.facts[0].name}: {cell.facts[0].place}", cell.facts[:1], number)
    return None


def _countable(told: Told, cells: list[Cell], noun: str) -> Iterator[tuple[int, str]]:
    """What may be counted of a series: its years, its rises, the years from one that is named."""
    rises = [later.value > one.value for one, later in pairwise(cells)]
    run = best = 0
    for rose in rises:
        run = run + 1 if rose else 0
        best = max(best, run)
    yield best, "rises in a row"
    yield sum(rises), "rises"
    if noun in _RUN:
        return
    yield len(cells), "years on record"
    yield len(cells) - 1, "years before the last"
    named = sorted(told.near.years | frozenset().union(*told.near.years_before[:1]) | _ahead(told))
    named = [year for year in named if cells[0].year <= year <= cells[-1].year]
    for one, other in ((one, other) for one in named for other in [*named, cells[-1].year] if one < other):
        yield other - one, f"years from {one} to {other}"
        yield other - one + 1, f"years from {one} through {other}"


def _ahead(told: Told) -> frozenset[int]:
    """The years that the next sentence names."""
    following = told.near.number + 1
    if following >= len(told.scene.sentences):
        return frozenset()
    return frozenset(q.date.year for q in told.scene.in_sentence(following) if q.date and q.date.year)
