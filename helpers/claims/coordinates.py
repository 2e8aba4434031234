"""Which years, groups and incidents the words near a number name: here, or carried from what was told before.

What is named in a number's own sentence counts; where it names none, what the sentences before named last. "The year
before" and "two years later" are years too, reckoned from the one named last.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .cells import GROUPS, Cell
from .lexicon import YEAR
from .narrowing import contrasting
from .words import vocabulary

if TYPE_CHECKING:
    from .quantities import Quantity
    from .second import Second
    from .subjects import Scene

__all__ = ["Coordinates", "groups_told", "years_told"]

BACK = 4  # sentences before a number's own in which its coordinates may be told
_BEFORE = vocabulary("before earlier previous prior preceding")
_AFTER = vocabulary("after later following next")
_COMPARED = vocabulary("than as times against versus above below")
_APART = 6  # tokens
_OPENS = ("and", ",", ".", ";", "in", "while", "but")


def years_told(scene: Scene, number: int) -> list[tuple[int, int]]:
    """The years that a sentence names, each with its token; those told by "the year before" too."""
    if number not in scene.years_told:
        scene.years_told[number] = _years_told(scene, number)
    return scene.years_told[number]


def _years_told(scene: Scene, number: int) -> list[tuple[int, int]]:
    sentence = scene.sentences[number]
    named = [(q.first, q.date.year) for q in scene.in_sentence(number) if q.date and q.date.year]
    found = list(named)
    for at in range(sentence.first, sentence.last):
        shift = _shift(scene, at)
        if shift is None:
            continue
        base = next((year for token, year in reversed(named) if token < at), None) or _last_named(scene, number)
        if base:
            found.append((at, base + shift))
    return sorted(found)


def _shift(scene: Scene, at: int) -> int | None:
    """By how many years a token ("year", "the next") is after the one named last; None where it says nothing."""
    before, after = scene.low(at - 1), scene.low(at + 1)
    if scene.low(at) in ("next", "following"):
        return 1 if before == "the" and not after.isalpha() else None
    if scene.low(at) not in ("year", "years"):
        return None
    if scene.low(at) == "year" and before in ("that", "same"):
        return 0
    many = 1
    if scene.low(at) == "years":
        told = next((q for q in scene.in_sentence(scene.sentence_of(at)) if q.number[0] == at - 1), None)
        many = int(told.written.low / YEAR + 0.5) if told and told.kind == "duration" else 0
    if before in _BEFORE or after in _BEFORE:
        return -many or None
    return (many or None) if before in _AFTER or after in _AFTER else None


def _last_named(scene: Scene, number: int) -> int | None:
    for near in range(number - 1, max(-1, number - BACK - 1), -1):
        told = years_told(scene, near)
        if told:
            return told[-1][1]
    return None


class Coordinates:
    """The years, groups and incidents of which a number may be."""

    def __init__(self, quantity: Quantity, scene: Scene, matcher: Second):
        self.quantity, self.scene = quantity, scene
        self.found: dict[str, list] = {}  # what every reading of the number finds alike, worked out once
        self.number = scene.sentence_of(quantity.first)
        self.near = [one for one in range(max(0, self.number - BACK), self.number) if self._same_thread(one)]
        self.years_at = years_told(scene, self.number)
        self.years = frozenset(year for at, year in self.years_at if not self._opens_series(at))
        self.years_before = self._carried(lambda near: {year for _, year in years_told(scene, near)})
        self.groups_at = self._told_apart(matcher, groups_told(scene, self.number))
        self.groups = frozenset(pair for _, pair in self.groups_at)
        self.groups_before = self._carried(lambda near: {
            pair for _, pair in self._told_apart(matcher, groups_told(scene, near))})  # fmt: skip
        self._cases(matcher)

    def _opens_series(self, at: int) -> bool:
        """Whether a year only says how far the record reaches: "goes back to 2015", "from 2015 on"."""
        low = self.scene.low
        return (low(at - 1) == "to" and low(at - 2) == "back") or (
            low(at - 1) == "from" and low(at + 1) in ("on", "onward")
        )

    def _told_apart(self, matcher: Second, groups: list) -> list:
        """The groups that the record tells apart at all: where it knows no race, a race named says nothing."""
        return [(at, pair) for at, pair in groups if pair[0] in matcher.contrasts]

    def _same_thread(self, number: int) -> bool:
        sentences = self.scene.sentences
        return sentences[self.number].paragraph - sentences[number].paragraph <= 2

    def _carried(self, told) -> list[frozenset]:
        """What the sentences before name, the nearest first."""
        return [frozenset(found) for near in reversed(self.near) if (found := told(near))]

    def _cases(self, matcher: Second) -> None:
        order = matcher.incidents_in_order
        # Beside figures of no incident, an incident's are meant only where it is named at all.
        alone = all(one.incident for one in matcher.known) or len(order) > 1
        self.case_told = alone or any(self.scene.named(one.subject.names) for one in matcher.known if one.incident)
        named = self.scene.told_cases.named(self.number) if len(order) > 1 else []
        self.cases_at = [(at, frozenset(order[case] for case in cases)) for at, cases in named]
        self.cases = frozenset().union(*(cases for _, cases in self.cases_at))
        carried = []
        for near in reversed(self.near) if len(order) > 1 else ():
            found = frozenset(order[case] for _, cases in self.scene.told_cases.named(near) for case in cases)
            carried += [found] if found else []
        self.cases_before = carried
        chosen = self.scene.told_cases.chosen(self.quantity) if len(order) > 1 else frozenset()
        self.nearest_cases = frozenset(order[case] for case in chosen)

    # Whether a cell may be what a number is.

    def of(self, cell: Cell) -> bool:
        """Whether a number may be this cell's: its year, group and incident are named, or nothing speaks of any."""
        return self._of_case(cell) and self._of_year(cell) and self._of_group(cell)

    def _of_case(self, cell: Cell) -> bool:
        if not cell.case:
            return True
        return self.case_told and (not self.nearest_cases or cell.case in self.nearest_cases)

    def _of_year(self, cell: Cell) -> bool:
        if not cell.years:
            return True
        if cell.year is None:
            # What is of a period is of no single year of it; only its own ends may be named.
            return not self.years or {min(cell.years), max(cell.years)} <= self.years
        if cell.made == "people" and not self.years:
            return True  # too particular to be of another year
        named = self.beside or self.years or next(iter(self.years_before), frozenset())
        return not named or cell.year in named

    @cached_property
    def beside(self) -> frozenset[int]:
        """The year right behind a number ("212 uses in 2019"), or right before it ("2022 brought 1,095")."""
        scene, end = self.scene, max(self.quantity.last, (self.quantity.head or 0) + 1)
        others = [q.number[0] for q in scene.siblings(self.quantity) if q is not self.quantity and not q.date]
        for at, year in self.years_at:
            led = scene.low(at - 1) in ("in", "during", "for", "of") and scene.words[at].is_number
            led = led or scene.low(at - 1) in ("a", "the", "that", "same")  # "the year before", "that year", "the next"
            parted = any(scene.low(between) in (";", "—") for between in range(end, at))
            if led and not parted and 0 <= at - end <= 4 and not any(end <= other < at for other in others):
                return frozenset({year})
        first = self.quantity.first
        for at, year in reversed(self.years_at):
            if 0 < first - at <= 7 and scene.low(at + 1) == "," and scene.low(at + 2) == "when":
                return frozenset({year})  # "compared with 2015, when there were 995"
        before = [(at, year) for at, year in self.years_at if 0 < first - at <= 3 and scene.words[at].is_number]
        return frozenset({before[-1][1]}) if before and scene.low(before[-1][0] - 1) in _OPENS else frozenset()

    def _of_group(self, cell: Cell) -> bool:
        own = self._own_groups
        if len(cell.groups) > 1 and len(self.groups) > 1:
            return cell.groups <= self.groups  # a ratio of two groups
        if own:
            return bool(cell.groups & own)
        carried = frozenset().union(*self.groups_before[:2])
        return not cell.groups or bool(cell.groups & carried)

    @cached_property
    def _own_groups(self) -> frozenset:
        """The group named nearest to a number, of those that it is not only compared with; all, where it is."""
        free = [(at, pair) for at, pair in self.groups_at if not self._compared(at)]
        if len({pair for _, pair in free}) < 2:
            return frozenset(pair for _, pair in free)
        first, last = self.quantity.number[0], max(self.quantity.last, self.quantity.number[1])
        right = [pair for at, pair in free if 0 <= at - last <= 2 and self.scene.low(last) not in (",", ";")]
        if right:
            return frozenset(right[:1])  # "38 percent were Black, 29 percent Hispanic"
        led = [pair for at, pair in free if 0 <= at - last <= 4 and self.scene.low(at - 1) in ("for", "among", "of")]
        nearest = min(free, key=lambda one: self._cost(one[0], first, last))[1]
        return frozenset(led[:1] or [nearest])

    def _cost(self, at: int, first: int, last: int) -> int:
        """How far a word is from a number, in tokens, more across commas and other numbers."""
        low, high = (last, at) if at >= last else (at, first)
        marks = sum(self.scene.low(token) in (",", ";", "and", "while", "but") for token in range(low, high))
        others = sum(low <= q.number[0] < high and not q.date for q in self.scene.siblings(self.quantity))
        return high - low + _APART * (marks + others)

    def _compared(self, at: int) -> bool:
        """Whether a group is what another is compared with: "times the White rate", "half of that for white people"."""
        of_that = self.scene.low(at - 1) in ("for", "of", "among") and self.scene.low(at - 2) in ("that", "those")
        other = next((q for q in self.scene.siblings(self.quantity) if 0 <= at - q.number[1] <= 1), None)
        if other and other is not self.quantity and self.scene.low(other.first - 1) == "to":
            return True  # "688 shootings of Black people to 498 of White people"
        return of_that or any(self.scene.low(back) in _COMPARED for back in (at - 1, at - 2, at - 3))

    def of_pair(self, one: Cell, other: Cell, extremes: frozenset[int]) -> bool:
        """Whether a number may compare these two: what is named here is one of them, the other was told or is near."""
        if one.case != other.case:
            return self._pair({one.case, other.case}, self.cases, self.cases_before)
        if one.groups != other.groups:
            return self._pair(one.groups ^ other.groups, self.groups, self.groups_before) and self._of_year(one)
        return self._of_group(one) and self._of_case(one) and self._years_pair(one, other, extremes)

    def _pair(self, two: set, here: frozenset, before: list[frozenset]) -> bool:
        """Whether two are both named, the nearer ones first; a second that is named here is meant before one told."""
        if len(here) > 1:
            return two <= here
        return (not here or bool(two & here)) and two <= here.union(*before)

    def _years_pair(self, one: Cell, other: Cell, extremes: frozenset[int]) -> bool:
        if one.year is None or other.year is None:
            return False
        two = {one.year, other.year}
        if two <= extremes:
            return True
        if self.years:
            here = two & self.years
            next_to = len(self.years) == 1 and abs(one.year - other.year) == 1
            told = len(self.years) == 1 and two <= self.years.union(*self.years_before[:1])
            return two <= self.years or (bool(here) and (next_to or told or bool(two - here <= extremes and extremes)))
        # A bound is true of many pairs: the one told last is meant.
        told = frozenset().union(*self.years_before[: 1 if self.quantity.written.bounds else None])
        return two <= told | extremes or (bool(two & told) and abs(one.year - other.year) == 1)


def groups_told(scene: Scene, number: int) -> list[tuple[int, tuple[str, str]]]:
    """The groups that a sentence names, each with its token."""
    if number not in scene.groups_told:
        sentence = scene.sentences[number]
        found = []
        for at in range(sentence.first, sentence.last):
            pair = contrasting(scene.words[at : at + 2])
            if pair and contrasting(scene.words[at : at + 1]):
                found += [
                    (at, one) for one in contrasting(scene.words[at : at + 1]) if one[0] in GROUPS and one in pair
                ]
        scene.groups_told[number] = found
    return scene.groups_told[number]
