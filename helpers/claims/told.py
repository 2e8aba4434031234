"""A number as one reading takes it, asked what it may count, which words stand by it, and which cells it may be of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from .bearing import extreme_told
from .cells import Cell
from .coordinates import Coordinates
from .counted import FIELD, KILLED, counts_as, told_of
from .phrases import FALLING, RISING
from .quantities import Quantity
from .sides import criteria, in_order
from .subjects import Scene, Subject
from .words import fold, vocabulary

if TYPE_CHECKING:
    from ..facts import Fact
    from .second import Second

__all__ = ["DIFFERENCE", "SUM", "Told"]

DIFFERENCE = vocabulary(
    """fewer less lower more higher above below apart gap difference differ differs differed differences margin than
    longer shorter sooner short shy exceed exceeds exceeded beyond surplus shortfall outnumber outnumbered between by
    separate separates separated added adds extra additional changed change ahead behind spread lead leads"""
) | RISING | FALLING  # fmt: skip
_DEFINITE = vocabulary("the those these all of last final remaining other")
_COMPARATIVES = vocabulary("below lower less fewer smaller under above higher more greater larger shorter longer")
SUM = vocabulary(
    """sum total totals together combined altogether between all add adds added both accounted account those period
    over whole across through span"""
)
_ADDING = vocabulary("add adds added adding make makes made sum sums summed put end ended opened")
_LESS = vocabulary("below lower less fewer smaller under shorter")
_PARTLY = vocabulary("last final first finished closing opening")
_EXTREMES = vocabulary("lowest highest low high peak trough fewest most least worst best")
_ENDS = vocabulary("ends end period start began beginning since overall whole decade span")
_PARTS = vocabulary(", ; : — – ( ) and while but or")


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
        if self.quantity.head is not None and self.scene.low(self.quantity.head) in ("people", "person", "persons"):
            return frozenset({"person"})
        return counts_as(self.quantity, self.scene)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of its sentence, without those that only hedge a number: "more than" tells of no difference."""
        sentence = self.scene.sentences[self.near.number]
        hedging = {at for q in self.scene.in_sentence(self.near.number) for at in range(q.first, q.number[0])}
        low = self.scene.low
        hedging |= {at for at in range(sentence.first, sentence.last) if low(at) == "up" and low(at - 1) in _ADDING}
        return frozenset(low(at) for at in range(sentence.first, sentence.last) if at not in hedging)

    @cached_property
    def criteria(self) -> set[float]:
        """The numbers of its sentence that are conditions of what is counted: "fewer than five shots"."""
        return criteria(self.scene, self.near.number, self.matcher)

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

    @property
    def years_in_part(self) -> frozenset[int]:
        """The years named in its own part of a sentence that a semicolon parts."""
        marks = [at for at in range(self.scene.sentences[self.near.number].first, self.quantity.last + 40)
                 if self.scene.low(at) == ";"]  # fmt: skip
        place = sum(at < self.quantity.first for at in marks)
        return frozenset(year for at, year in self.near.years_at if sum(mark < at for mark in marks) == place)

    @cached_property
    def added(self) -> bool:
        """Whether a word of sum stands in its part of the sentence or opens that: "41 in all" adds up no others."""
        sentence, opening = self.scene.sentences[self.near.number], set()
        for at in range(sentence.first, sentence.last):
            if self.scene.low(at) in _PARTS and self.scene.low(at) != "and":
                break
            opening.add(self.scene.low(at))
        return bool((self.beside | opening) & SUM)

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
            return cell.head in self.heads and not (self.bare and {self.spoken_of, cell.head} == {"shot", "wound"})
        if cell.head in KILLED and not cell.case and not cell.made and self._of_killed:
            return True
        if not self.bare:
            return cell.head in self.heads or bool(cell.head in KILLED and self.heads & KILLED and not cell.made)
        if self.scene.low(self.quantity.head or -1) == "times" and cell.head != "shot":
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
        before = low(quantity.first - 1) == "of" and low(quantity.first - 2) in DIFFERENCE
        return quantity.kind in ("percent", "share", "change", "one in") and (bool(behind & _COMPARATIVES) or before)

    @cached_property
    def limits_beside(self) -> set[Fact]:
        """The facts of whose intervals other numbers of the sentence are limits: two limits go together."""
        limits = (cell for cell in self.matcher.cells if cell.made == "limit")
        return {cell.facts[0] for cell in limits if cell.told in self._beside_it}

    @cached_property
    def _beside_it(self) -> frozenset[float]:
        """The other numbers of its sentence, as they are written."""
        others = (q for q in self.scene.in_sentence(self.near.number) if q is not self.near.quantity)
        return frozenset(q.written.low / q.scale for q in others if not q.reason and not q.date)

    @property
    def bounded(self) -> bool:
        """Whether it is only a bound: many a thing is "more than 20"."""
        return self.quantity.written.bounds

    @cached_property
    def spoken_of(self) -> str:
        """What the nearest words before it are about, where it has no noun of its own."""
        return told_of(self.quantity, self.scene)[0]

    @cached_property
    def here(self) -> list[Cell]:
        """The cells that it may be itself, those of no rival."""
        if "here" not in self.near.found:
            may = {cell.place: self.near.of(cell) for cell in self.matcher.places}
            self.near.found["here"] = [cell for cell in self.matcher.cells if may[cell.place] and not self._rival(cell)]
        return self.near.found["here"]

    def _rival(self, cell: Cell) -> bool:
        """Whether the words name another doer, part or place than a cell's."""
        known = cell.known
        if known is None:
            return False
        if self.subject.places and known.subject.places and not self.matcher.same_place(known, self.subject):
            return True
        if known.extreme and not extreme_told(self.scene, self.near.number):
            return True
        if self.subject.places and not cell.case and not cell.facts[0].place and self._placed(cell):
            return True  # of the whole country, where a city is named of which the record knows the like
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

    def _placed(self, cell: Cell) -> bool:
        """Whether the record counts the like of a cell at the place that the words name."""
        return any(
            self.subject.places & one.subject.places and one.subject.head in (cell.head, *(KILLED & {cell.head}))
            for one in self.matcher.known if not one.incident
        )  # fmt: skip

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
        return self.words & {
            self.scene.low(at) for at in range(max(sentence.first, first - 4), min(end + 4, sentence.last))
        }

    @cached_property
    def extremes(self) -> frozenset[int]:
        """The years that may be meant without being named: the ends of a series, its lowest and its highest."""
        found: set[int] = set()
        for series in self.matcher.series_cells:
            by_value = sorted(series, key=lambda one: one.value)
            found |= {by_value[0].year, by_value[-1].year} if self.words & _EXTREMES else set()
            found |= {series[0].year, series[-1].year} if self.words & _ENDS else set()
        return frozenset(found)

    def pairs(self) -> list[tuple[Cell, Cell]]:
        """The ordered pairs of cells of one sort that the words may compare."""
        if "pairs" not in self.near.found:
            self.near.found["pairs"] = list(self._pairs())
        return self.near.found["pairs"]

    def _pairs(self) -> Iterator[tuple[Cell, Cell]]:
        may: dict[tuple, bool] = {}  # cells of one place are compared alike
        for one, other in self.matcher.comparable:
            if not all(not cell.case or self._speaks_of(cell) for cell in (one, other)):
                continue
            places = one.place, other.place
            if places not in may:
                may[places] = self.near.of_pair(one, other, self.extremes)
            if may[places]:
                yield one, other

    def states(self, cell: Cell) -> bool:
        """Whether another number of the sentence is a cell's very figure."""
        return cell.told in self._beside_it

    def _speaks_of(self, cell: Cell) -> bool:
        return not self.near.cases or cell.case in self.near.cases.union(*self.near.cases_before)

    def direction(self) -> int:
        """1 where the words near tell of a rise, -1 of a fall, 0 where they leave it open."""
        behind = {self.scene.low(at) for at in range(self.quantity.last, self.quantity.last + 2)} & _COMPARATIVES
        if behind:
            return -1 if behind & _LESS else 1  # "42 percent below", whatever rises or falls before
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
