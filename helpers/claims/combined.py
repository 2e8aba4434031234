"""The last reading of a number: is it the value of any cell that the words may mean, or a simple reckoning of two?

What may be meant is settled by the coordinates that the words name (`coordinates.py`): the cell of the year, the group
and the incident told of, and for a comparison the one it is compared with, which is named too, was told just before, is
the year next to it or an end of the series. Which operation is settled by the words and the unit: a difference needs a
word of difference, an average one of average; a percentage or a ratio says itself what it is. Digits alone bear
nothing: unit or noun must agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import permutations
from typing import TYPE_CHECKING

from .cells import Cell, interval
from .coordinates import Coordinates
from .counted import FIELD, KILLED, counts_as, told_of
from .hedges import turned
from .occasions import lasting
from .phrases import FALLING, RISING
from .quantities import Quantity
from .stretches import averages, counted_years, shares_of_series, sums
from .sides import in_order, own_criteria
from .subjects import Scene, Subject
from .weighing import FITS, GOOD, Verdict, judge
from .words import fold, vocabulary

if TYPE_CHECKING:
    from .second import Second

__all__ = ["Told", "by_cells", "limits"]

_DIFFERENCE = vocabulary(
    """fewer less lower more higher above below apart gap difference differ differs differed differences margin than
    longer shorter sooner short shy exceed exceeds exceeded beyond surplus shortfall outnumber outnumbered between by
    separate separates separated added adds extra additional changed change ahead behind spread lead leads"""
) | RISING | FALLING  # fmt: skip
_REST = vocabulary("other others remaining rest before leaves leaving remainder balance colleagues besides already earlier")
_MISSED = vocabulary("missed miss not didn't nobody astray wide elsewhere without unaccounted never")
_EACH = vocabulary("each apiece average averages averaged averaging mean evenly split divided typical")
_DEFINITE = vocabulary("the those these all of last final remaining other")
_COMPARATIVES = vocabulary("below lower less fewer smaller under above higher more greater larger shorter longer")
_PARTLY = vocabulary("last final first finished closing opening")
_EXTREMES = vocabulary("lowest highest low high peak trough fewest most least worst best")
_ENDS = vocabulary("ends end period start began beginning since overall whole decade span")
_PARTS = vocabulary(", ; : — – ( ) and while but or")
_LIMITS = vocabulary("interval range margin uncertainty confidence limit limits bounds anywhere low high plausible")
_INTERVALS = vocabulary("interval intervals range ranges confidence margin uncertainty")
_LIKE = vocabulary("count duration rate ratio percent")
_NEAR = 1.2
_BOUNDS = ("more than", "less than", "at least", "at most", "just over")
_OPEN = ("rate", "ratio", "percent", "duration", "interval", "points")


@dataclass
class Told:
    """A number as one reading takes it, with the cells and the coordinates it may be of."""

    quantity: Quantity
    subject: Subject
    scene: Scene
    matcher: Second
    near: Coordinates

    @cached_property
    def heads(self) -> frozenset[str]:
        """What it may count by its noun alone."""
        return counts_as(self.quantity, self.scene)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of its sentence, without those that only hedge a number: "more than" tells of no difference."""
        sentence = self.scene.sentences[self.near.number]
        hedging = {at for q in self.scene.in_sentence(self.near.number) for at in range(q.first, q.number[0])}
        return frozenset(self.scene.low(at) for at in range(sentence.first, sentence.last) if at not in hedging)

    @cached_property
    def beside(self) -> frozenset[str]:
        """The words of its part of the sentence."""
        scene, quantity = self.scene, self.quantity
        sentence = scene.sentences[self.near.number]
        first, last = quantity.number[0], quantity.number[1]
        while first > sentence.first and scene.low(first - 1) not in _PARTS:
            first -= 1
        while last < sentence.last and scene.low(last) not in _PARTS:
            last += 1
        return self.words & frozenset(scene.low(at) for at in range(first, last))

    @cached_property
    def definite(self) -> bool:
        """Whether it takes up what is known: "the six", "those eight"."""
        return self.scene.low(self.quantity.first - 1) in _DEFINITE

    @property
    def bare(self) -> bool:
        """Whether no noun says what it counts."""
        return self.heads == FIELD

    def counts(self, cell: Cell) -> bool:
        """Whether its noun may be what a cell counts."""
        if cell.kind != "count":
            return False
        if cell.made == "rest":
            return cell.head in self.heads
        if cell.head in KILLED and not cell.case and not cell.made and self._of_killed:
            return True
        if not self.bare:
            return cell.head in self.heads or bool(cell.head in KILLED and self.heads & KILLED and not cell.made)
        if "times" == self.scene.low(self.quantity.head or -1) and cell.head != "shot":
            return False
        if self.definite:
            return True  # "the six in Vallejo", "neither of the two"
        if cell.head not in FIELD:
            return self.quantity.written.low >= 20
        if not self.spoken_of:
            return not self.bounded
        return cell.head == self.spoken_of

    @cached_property
    def _of_killed(self) -> bool:
        """Whether "688 times" or "22 cases" are of people killed or shot."""
        noun = self.scene.low(self.quantity.head) if self.quantity.head is not None else ""
        return noun in ("cases", "incidents") or (noun == "times" and "kill" in self.subject.actions)

    @cached_property
    def as_change(self) -> bool:
        """Whether a share is of what was added or taken: "58 percent below", "a difference of 38 percent"."""
        low, quantity = self.scene.low, self.quantity
        behind = {low(at) for at in range(quantity.last, quantity.last + 2)}
        before = low(quantity.first - 1) == "of" and low(quantity.first - 2) in _DIFFERENCE
        return quantity.kind in ("percent", "share", "change", "one in") and (bool(behind & _COMPARATIVES) or before)

    @property
    def bounded(self) -> bool:
        """Whether it is only a bound: many a thing is "more than 20"."""
        return self.quantity.written.hedge in _BOUNDS

    @cached_property
    def spoken_of(self) -> str:
        """What the nearest words before it are about, where it has no noun of its own."""
        return told_of(self.quantity, self.scene)[0]

    @cached_property
    def here(self) -> list[Cell]:
        """The cells that it may be itself, those of no rival."""
        return [cell for cell in self.matcher.cells if self.near.of(cell) and not self._rival(cell)]

    def _rival(self, cell: Cell) -> bool:
        """Whether the words name another doer, part or place than a cell's."""
        known = cell.known
        if known is None:
            return False
        if self.subject.places and known.subject.places and not self.matcher.same_place(known, self.subject):
            return True
        mine, theirs = self.subject.restrict, known.subject.restrict
        mine = mine | ({"part"} if self.words & _PARTLY else set())
        if theirs - mine or mine & {"still", "fallen"} - theirs or ("more" in mine and not theirs):
            return True
        if known.kind == "ratio" and not in_order(known, self.scene, self.quantity):
            return True
        if not cell.case or cell.kind != "count":
            return False
        basis = self.subject.basis
        if basis and known.fact.basis != basis and basis in self.matcher.bases(known):
            return True
        if self.subject.head == "reload" or self.subject.action in ("sue", "release"):
            return True
        if self.subject.head in ("shot", "wound") and cell.head in ("shot", "wound") and cell.head != self.subject.head:
            return not self.definite  # "officers were hit 96 times"
        if known.subject.who.startswith("person:"):
            return known.subject.who.partition(":")[2] != self.person  # of one of several: where he is named
        return self.matcher._rival(known, self.quantity, self.scene)

    @cached_property
    def person(self) -> str:
        """Which of several known people is named last before a number, or first behind it."""
        sentence = self.scene.sentences[self.near.number]
        named = [(at, fold(self.scene.words[at].low)) for at in range(sentence.first, sentence.last)
                 if self.scene.words[at].capital]  # fmt: skip
        known = [(at, name) for at, name in named if name in self.scene.extras]
        before = [name for at, name in known if at < self.quantity.first]
        return before[-1] if before else known[0][1] if known else ""

    @cached_property
    def close(self) -> frozenset[str]:
        """The words right before and right behind it."""
        first, end = self.quantity.number[0], max(self.quantity.last, (self.quantity.head or 0) + 1)
        sentence = self.scene.sentences[self.near.number]
        return self.words & {self.scene.low(at) for at in range(max(sentence.first, first - 4), min(end + 4, sentence.last))}

    @cached_property
    def extremes(self) -> frozenset[int]:
        """The years that may be meant without being named: the ends of a series, its lowest and its highest."""
        found: set[int] = set()
        for series in self.matcher.series_cells:
            by_value = sorted(series, key=lambda one: one.value)
            found |= {by_value[0].year, by_value[-1].year} if self.words & _EXTREMES else set()
            found |= {series[0].year, series[-1].year} if self.words & _ENDS else set()
        return frozenset(found)

    def pairs(self) -> Iterator[tuple[Cell, Cell]]:
        """The ordered pairs of cells of one sort that the words may compare."""
        for sort in self.matcher.sorts:
            alike = [one for one in sort if one.made in ("", "pace", "each", "people") and (not one.case or self._speaks_of(one))]
            for one, other in permutations(alike, 2):
                apart = (one.case != other.case) + (one.years != other.years) + (one.groups != other.groups)
                if apart == 1 and self.near.of_pair(one, other, self.extremes):
                    yield one, other

    def _speaks_of(self, cell: Cell) -> bool:
        return not self.near.cases or cell.case in self.near.cases.union(*self.near.cases_before)

    def direction(self) -> int:
        """1 where the words near tell of a rise, -1 of a fall, 0 where they leave it open."""
        sentence = self.scene.sentences[self.near.number]
        first, last = max(sentence.first, self.quantity.first - 8), min(sentence.last, self.quantity.last + 4)
        words = {self.scene.low(at) for at in range(first, last)}
        up, down = bool(words & (RISING | {"more", "added"})), bool(words & (FALLING | {"fewer", "less"}))
        return up - down

    def ordered(self, one: Cell, other: Cell) -> bool:
        """Whether the words let the first be compared with the second: what is compared with stands behind."""
        for named, mine, theirs in (
            (self.near.groups_at, one.groups - other.groups, other.groups - one.groups),
            (self.near.cases_at, {one.case} - {other.case}, {other.case} - {one.case}),
        ):
            places = [self._places(named, side) for side in (mine, theirs)]
            first, last = self.quantity.first, self.quantity.last
            behind = [any(at >= last for at in place) for place in places]
            ahead = [any(at < first for at in place) for place in places]
            if behind[0] and not ahead[0] and ahead[1] and not behind[1]:
                return self.scene.low(places[1][0] - 1) in ("than", "with", "to", "against") or "for" in self.words
        return True

    def _places(self, named: list, side: set) -> list[int]:
        return [at for at, what in named if (what in side if isinstance(what, tuple) else what & side)]


def by_cells(quantity: Quantity, subject: Subject, scene: Scene, matcher: Second) -> Verdict | None:
    """The verdict on a number as a cell's value or a simple reckoning of cells; None where it is none."""
    if quantity.kind in ("date", "year", "clock", "money", "length", "speed", "age", "ordinal"):
        return None
    near = Coordinates(quantity, scene, matcher)
    if _one_side(quantity, scene):
        return Verdict("not a claim", "one side of a proportion, which is held against the facts as the other number")
    for reading in _readings(quantity, scene):
        told = Told(reading, subject, scene, matcher, near)
        found = _level(told) or _threshold(told) or counted_years(told)
        if found:
            return found
        if _names_level(told):
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
    size = quantity.scale if quantity.form == "lent" else 1.0
    plain = replace(quantity.written, low=quantity.written.low / size, high=quantity.written.high / size,
                    step=quantity.written.step / size)  # fmt: skip
    at = quantity.number[1] + (scene.low(quantity.number[1]) in ("-", "‑"))
    if scene.low(at) == "to" and scene.low(at + 1 + (scene.low(at + 1) == "-")) in ("one", "1"):
        yield replace(quantity, kind="ratio", unit="times", head=None, written=replace(plain, hedge=plain.hedge or "about"))
        return
    yield quantity
    if quantity.form == "lent":
        yield replace(quantity, kind="count", unit="", per=None, scale=1.0, head=None, written=plain, form="digits")
    open_kind = quantity.form == "lent" or (quantity.kind == "count" and counts_as(quantity, scene) == FIELD)
    if not open_kind:
        return
    number = scene.sentence_of(quantity.first)
    others = [q for q in scene.in_sentence(number) if q is not quantity]
    others += [q for q in reversed(scene.in_sentence(number - 1))] if number else []
    seen = set()
    for other in others[:8]:
        if other.reason or other.kind not in _OPEN or (other.kind, other.per) in seen:
            continue
        seen.add((other.kind, other.per))
        written = plain
        if other.kind in ("duration",):
            written = replace(plain, low=plain.low * other.scale, high=plain.high * other.scale,
                              step=plain.step * other.scale)  # fmt: skip
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
    if kind in ("count", "difference", "duration", "points", "rate") and told.words & _DIFFERENCE:
        yield from _differences(told)
    if kind in ("ratio", "percent", "share", "one in") and not told.as_change:
        yield from _quotients(told)
    if kind in ("change", "percent", "share", "one in") and told.scene.low(told.quantity.last) != "of":
        yield from _changes(told)
    if kind == "count":
        yield from sums(told)
    if kind in ("rate", "count"):
        yield from averages(told)
    if kind in ("percent", "share", "one in"):
        yield from shares_of_series(told)


# A cell itself.


def _direct(told: Told) -> Iterator[tuple[float, list[Cell], str]]:
    quantity = told.quantity
    for cell in told.here:
        if cell.known and (own_criteria(cell.known) or "statistic" in dict(cell.groups)):
            continue
        if cell.made == "limit" and (not told.words & _LIMITS or quantity.written.low < quantity.written.high):
            continue
        if "rest" in cell.made and not (told.words if "each" in cell.made else told.close) & _REST:
            continue
        if "missed" in cell.made and not told.beside & _MISSED:
            continue
        if told.bounded and not cell.foremost:
            continue  # a bound that only another way of counting meets is false of the count that is meant
        averaged = bool(told.beside & _EACH) and not _for_every(told)
        if quantity.kind == "count" and ("each" in cell.made) != averaged:
            continue
        if quantity.kind == "duration" and _of_another(told):
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


def _of_another(told: Told) -> bool:
    """Whether a duration is of another thing than the firing, or a gap: "waited 41 seconds", "41 seconds later"."""
    after = told.scene.low(told.quantity.last)
    gap = after in ("after", "later", "earlier", "before", "ago", "apart", "into")
    return gap or lasting(told.quantity, told.scene, beside=False) not in ("fire", "", "shot")


def _for_every(told: Told) -> bool:
    """Whether "for every" stands just before a number: "one death for about every 290,000 people"."""
    first = told.quantity.number[0]
    return told.quantity.kind == "count" and bool({"every", "each"} & {told.scene.low(first - 1), told.scene.low(first - 2)})


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
        if not quantity.per:
            return cell.told if cell.kind == "rate" else None
        return cell.value * quantity.per[0] if cell.kind == "rate" and cell.per == per else None
    if quantity.kind == "interval":
        return 1 / cell.value if cell.kind == "rate" and cell.per == "second" and cell.value else None
    if quantity.kind in ("percent", "share", "one in"):
        if told.as_change or ("share" in cell.made and (not told.spoken_of or told.near.years)):
            return None
        share = cell.value if cell.kind in ("ratio", "share") and cell.made != "proportion" else cell.value / 100 if cell.kind == "percent" else None
        return _of_share(quantity, share) if share else None
    return cell.value if cell.kind == quantity.kind and cell.made != "proportion" else None


def _of_share(quantity: Quantity, share: float) -> float:
    return share * 100 if quantity.kind == "percent" else 1 / share if quantity.kind == "one in" else share


# Two cells.


def _differences(told: Told) -> Iterator[tuple[float, list[Cell], str]]:
    """ "67 more", "39 apart", "3.2 seconds longer"."""
    quantity, way = told.quantity, told.direction()
    kind = {"difference": "count", "points": "percent"}.get(quantity.kind, quantity.kind)
    then = _compared_before(told)
    for one, other in told.pairs() if not then else ():
        if one.kind != kind or (one.made == "people" and quantity.written.low < 1e5) or (kind == "count" and not _may_differ(told, one)):
            continue
        if one.year and other.year:
            if one.year < other.year or (way and (one.value - other.value) * way < 0):
                continue
        elif one.value <= other.value:
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
    many = next((at for at, (one, other) in enumerate(pairs) if one == "as" and other in ("many", "much", "long")), None)
    left_out = many is not None and "as" not in behind[many + 1 :]
    than_that = any(one in ("than", "of") and other in ("that", "those", "them", "it") and behind[at + 2 : at + 3] not in
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


def _quotients(told: Told) -> Iterator[tuple[float, list[Cell], str]]:
    """ "Twice as many as", "58 percent of": one cell over another of its sort."""
    quantity = told.quantity
    of_rates = bool(told.words & {"rate", "rates", "per"})
    for one, other in told.pairs():
        if not other.value or one.kind not in _LIKE or one.made == "people" or not told.ordered(one, other):
            continue
        if of_rates and one.kind == "count" and not one.case:
            continue
        if quantity.kind in ("share", "percent", "one in") and one.value >= other.value:
            continue
        yield _of_share(quantity, one.value / other.value), [one, other], "/"
    then = _compared_before(told)
    opening_that = told.scene.low(told.scene.sentences[told.near.number].first) in ("that", "this", "it", "which")
    for cell in told.here if then and then[0] else ():
        if cell.made not in ("", "each", "pace", "rest each"):
            continue
        same = cell.kind == then[1][0].kind if then[1] else cell.kind == "count"
        if same and (cell.kind != "count" or told.counts(cell)):
            yield _of_share(quantity, cell.value / then[0]), [cell, *then[1]], "/"
            if cell.value and opening_that:
                yield _of_share(quantity, then[0] / cell.value), [*then[1], cell], "/"


def _changes(told: Told) -> Iterator[tuple[float, list[Cell], str]]:
    """ "About 6 percent over the year before": a cell less another, over that one."""
    quantity, way = told.quantity, told.quantity.direction or told.direction()
    moved = told.beside & _DIFFERENCE or told.words & (RISING | FALLING)
    if quantity.kind != "change" and not moved:
        return
    for one, other in told.pairs():
        if not other.value or one.kind not in ("count", "rate", "duration"):
            continue
        change = one.value / other.value - 1
        if one.year and other.year and one.year < other.year:
            continue
        if not way or change * way > 0:
            yield _of_change(quantity, abs(change)), [one, other], "/"


def _of_change(quantity: Quantity, change: float) -> float:
    if quantity.kind in ("share", "one in"):
        return _of_share(quantity, change) if change else 0.0
    return change * 100


# What is no cell's value.


def _level(told: Told) -> Verdict | None:
    """ "The 95 percent interval": the level to which intervals of record are given."""
    if not _names_level(told):
        return None
    for cell in told.matcher.cells:
        found = interval(cell.facts[0]) if cell.made == "limit" else None
        if found and found[0] == told.quantity.written.low:
            return Verdict("supported", f"the level of the intervals: {cell.shown}", cell.facts, found[0])
    return None


def _names_level(told: Told) -> bool:
    """Whether a percentage is the level of an interval: "the 95 percent range", which no figure of record is."""
    last = told.quantity.last
    behind = {told.scene.low(at) for at in range(last, last + 3)}
    return told.quantity.kind == "percent" and bool(behind & _INTERVALS)


_UNDER = vocabulary("never below under short fewer less shy beneath")
_PASSED = vocabulary("topped passed exceeded crossed above reached surpassed broke over past beyond more")


def _threshold(told: Told) -> Verdict | None:
    """ "Stayed below 1,000", "passed 1,000", "five short" of it: a mark to which the series is held."""
    quantity, scene = told.quantity, told.scene
    if quantity.kind not in ("count", "difference") or not told.words & (_UNDER | _PASSED):
        return None
    named = told.near.years or next(iter(told.near.years_before), frozenset())
    for series in told.matcher.series_cells:
        if series[0].kind != "count" or not named & {one.year for one in series}:
            continue
        stretch = [one for one in series if min(named) <= one.year <= max(named)]
        mark = _mark(quantity, stretch, told.words)
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


# Whether a value is what the words say.


def borne(quantity: Quantity, value: float, cells: list[Cell], sign: str) -> Verdict | None:
    """The verdict on a number against a value of cells, with the working; None where it does not fit."""
    written, scale = quantity.written, quantity.scale
    if quantity.kind == "one in" and written.hedge in _BOUNDS and value:
        written, value = replace(written, low=1 / written.low, high=1 / written.high), 1 / value
    if not written.hedge and (sign and written.fraction or cells[0].made == "proportion"):
        written = replace(written, hedge="about")
    bound = written.hedge in _BOUNDS
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

