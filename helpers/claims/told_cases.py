"""Of which incident a number is, where an article tells of several: the one whose person or place is named nearest.

"About 14 shots a second at Walker and a little more than two at Reed": each number goes with the name beside it. A name
beyond another number, or beyond a semicolon, is another number's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .places import places
from .words import fold, vocabulary

if TYPE_CHECKING:
    from .quantities import Quantity
    from .subjects import Scene

__all__ = ["ToldCases"]

_PARTS = vocabulary("; — – while whereas")
_LEADS = vocabulary("at in on of by for against to from near")
# What stands between a number and a name makes it less likely that they go together; in tokens.
_NUMBER, _SUBJECTS, _PART, _COMMA, _INHERITED = 12, 3, 40, 3, 18
_COMPARED, _YEAR = 20, 2

Topic = tuple[frozenset[str], frozenset[str]]


class ToldCases:
    """The incidents that a text's sentences name, where the record knows more than one."""

    def __init__(self, scene: Scene):
        self.scene, self.cases = scene, [case[:2] for case in scene.cases]
        self.years = [case[2] for case in scene.cases]
        self._named: dict[int, list[tuple[int, frozenset[int]]]] = {}

    def of(self, quantity: Quantity) -> Topic | None:
        """Places and names of the incident that a number is of; None where one only is known or nothing tells."""
        if len(self.cases) < 2:
            return None
        chosen = self.chosen(quantity)
        if not chosen or len(chosen) == len(self.cases):
            return None
        where = frozenset().union(*(self.cases[case][1] for case in chosen))
        return where, frozenset().union(*(self.cases[case][0] for case in chosen))

    def chosen(self, quantity: Quantity) -> frozenset[int]:
        """The incidents (by their place in ``cases``) that a number may be of; empty where nothing tells."""
        number = self.scene.sentence_of(quantity.first)
        marks = self.named(number)
        earlier = self._paired(quantity, number) or self.earlier(number)
        if not marks:
            return earlier
        if quantity.date:
            marks = [(at, cases) for at, cases in marks if not self.scene.words[at].is_number] or marks
        respective = self._respective(quantity, number, [cases for _, cases in marks])
        if respective:
            return respective
        cost, nearest = min(((self._cost(quantity, at), cases) for at, cases in marks), key=lambda one: one[0])
        compared = all(at > quantity.first or self._compared(at) for at, _ in marks)
        return earlier if earlier and compared and cost > _INHERITED and not quantity.date else nearest

    def years_of(self, quantity: Quantity, years: frozenset[int]) -> frozenset[int]:
        """The years told with a number, without one that is another incident's than the number's own."""
        own = frozenset().union(*(self.years[case] for case in self.chosen(quantity)))
        return years if years & own or not years <= frozenset().union(*self.years) else frozenset()

    def named(self, number: int) -> list[tuple[int, frozenset[int]]]:
        """The names and places of incidents in a sentence: token and incidents."""
        if len(self.cases) < 2:
            return []  # of one alone, whatever is named
        if number not in self._named:
            sentence = self.scene.sentences[number]
            words = self.scene.words[sentence.first : sentence.last]
            found = []
            for at, token in enumerate(words, sentence.first):
                name = fold(token.low) if token.is_word and token.capital else ""
                who = frozenset(case for case, (names, _) in enumerate(self.cases) if name and name in names)
                if token.is_number and len(token.low) == 4:
                    who = frozenset(case for case, years in enumerate(self.years) if int(float(token.low)) in years)
                if who and len(who) < len(self.cases):
                    found.append((at, who))
            for at, place in places(words, self.scene.places):
                there = frozenset(case for case, (_, where) in enumerate(self.cases) if place in where)
                if there:
                    found.append((at + sentence.first, there))
            self._named[number] = sorted(found)
        return self._named[number]

    def _cost(self, quantity: Quantity, at: int) -> int:
        """How far a name is from a number, in tokens, more across another number, a comma or a part of a sentence."""
        scene = self.scene
        first, last = quantity.number[0], max(quantity.last, (quantity.head or 0) + 1)
        low, high = (last, at) if at >= last else (at, first)
        between = range(low, high)
        numbers = sum(
            low <= other.first < high and other is not quantity and not other.reason and not other.date
            for other in scene.siblings(quantity)
        )
        cost = len(between) + (_NUMBER if at >= last else _SUBJECTS) * numbers
        cost += _COMPARED * self._compared(at) + _YEAR * scene.words[at].is_number
        for token in between:
            cost += _PART if scene.low(token) in _PARTS else _COMMA if scene.low(token) in (",", "and", "or") else 0
        led = at >= last and any(scene.low(back) in _LEADS for back in (at - 1, at - 2))
        return cost - (2 if led else 0)

    def _compared(self, at: int) -> bool:
        """Whether a name is only compared with: "than Diallo", "twice as many as on Reed"."""
        possessive = self.scene.low(at).endswith("'s") and self.scene.low(at - 1) in ("to", "against", "versus")
        return possessive or any(self.scene.low(back) in ("than", "as") for back in (at - 2, at - 1))

    def earlier(self, number: int) -> frozenset[int]:
        """What the last sentence before that names an incident tells of: the one that it names first."""
        for near in range(number - 1, max(-1, number - 5), -1):
            marks = self.named(near)
            if marks:
                named = [cases for _, cases in marks]
                common = frozenset.intersection(*named)
                return common or frozenset().union(*named)
        return frozenset()

    def _respective(self, quantity: Quantity, number: int, named: list[frozenset[int]]) -> frozenset[int]:
        """ "Longer in Chicago than in Akron: 41 seconds against 6.7": the numbers go by the names' order."""
        sentence, order = self.scene.sentences[number], list(dict.fromkeys(named))
        colon = next((at for at in range(sentence.first, quantity.first) if self.scene.low(at) == ":"), None)
        if colon is None or len(order) != 2 or any(at > colon for at, _ in self.named(number)):
            return frozenset()
        numbers = [q.first for q in self.scene.siblings(quantity) if q.first > colon and not q.reason and not q.date]
        return order[numbers.index(quantity.first)] if len(numbers) == 2 and quantity.first in numbers else frozenset()

    def _paired(self, quantity: Quantity, number: int) -> frozenset[int]:
        """ "The one ... and the other": the incidents of the sentence before, in their order."""
        order: list[frozenset[int]] = []
        for near in range(number - 1, max(-1, number - 3), -1):
            order = list(dict.fromkeys(cases for _, cases in self.named(near)))
            if order:
                break
        if len(order) != 2:
            return frozenset()
        sentence = self.scene.sentences[number]
        for at in range(quantity.first - 1, sentence.first, -1):
            if self.scene.low(at - 1) == "the" and self.scene.low(at) in ("one", "former", "first", "other", "latter"):
                return order[self.scene.low(at) in ("other", "latter")]
        return frozenset()
