"""Who is given as the source of a number: "ABC7 Chicago reported", "COPA's count", "an alderman said", "WGN about 10".

A number that is just what the very source beside it says, of the same sort of thing, is that source's number, in
whatever words it is put.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .known import Known
from .lexicon import HEADS
from .places import is_city, of_text
from .words import stem, vocabulary

if TYPE_CHECKING:
    from .quantities import Quantity
    from .subjects import Scene

__all__ = ["Sources"]

# Words of a source's name that many share, and that are no one's alone.
_COMMON = vocabulary(
    """the of and in office department police press reports report news case early figure copy city county state law
    legal shooting shootings officer officers recent history killing family lawsuit january february march april may
    june july august september october november december times post journal street data use force declines indict
    grand jury wall kit this simulator fatal population bureau census from sources each row names"""
)
# Those whose word a fact's note or its count may be: they are named by what they are.
_ROLES = frozenset(
    stem(word)
    for word in vocabulary(
        """alderman examiner coroner consultant lawyer lawyers attorney union witness prosecutor pathologist sheriff
        auditor autopsy expert"""
    )
)
_MUCH = 6  # tokens
_WATCHDOG = frozenset(["accountability", "agency", "oversight", "watchdog", "investigators", "investigator"])
_WATCHING = frozenset(["accountability", "oversight", "civilian", "review", "board", "commission"])


class Sources:
    """The sources of the facts, by the words that name them."""

    def __init__(self, known: list[Known]):
        self._by_word: dict[str, set[int]] = {}
        people = frozenset().union(*(one.subject.names for one in known))
        for place, one in enumerate(known):
            for word in _words_of(one) - people:  # "... in killing of Jayland Walker" is no source named Walker
                self._by_word.setdefault(word, set()).add(place)
        for place, one in enumerate(known):
            # A note may name another's figure: it tells whose word a fact is only where no source says so.
            for word in _roles(one.fact.note):
                named = {known[other].subject.head for other in self._by_word.get(word, ())}
                if one.subject.head not in named:
                    self._by_word.setdefault(word, set()).add(place)
        whole = len(known)
        self._by_word = {word: places for word, places in self._by_word.items() if len(places) < whole}
        self.known = known
        self._told: tuple[Scene | None, dict[int, list[tuple[int, set[int]]]]] = None, {}

    def beside(self, quantity: Quantity, scene: Scene, far: int = 99) -> list[Known]:
        """The facts of the source named nearest to a number in its sentence, no other number between; else [].

        ``far`` tokens away none is; a semicolon or "while" counts 20.
        """
        near = [(cost, found) for cost, found in self._reaching(quantity, scene) if cost < far]
        best = min(near, key=lambda one: one[0], default=(0, set()))[1]
        return [self.known[place] for place in sorted(best)]

    def reaching(self, quantity: Quantity, scene: Scene) -> list[Known]:
        """The facts of the sources that a sentence names with no number between, and of none much nearer than they."""
        near = self._reaching(quantity, scene)
        least = min((cost for cost, _ in near), default=0)
        found = set().union(*(places for cost, places in near if cost <= least + _MUCH))
        return [self.known[place] for place in sorted(found)]

    def _reaching(self, quantity: Quantity, scene: Scene) -> list[tuple[int, set[int]]]:
        """How far from a number each of those is, and its facts."""
        out = []
        number = scene.sentence_of(quantity.first)
        low, high = quantity.number[0], max(quantity.last, (quantity.head or 0) + 1)
        others = [q.number[0] for q in scene.siblings(quantity) if q is not quantity and not q.reason and not q.date]
        for at, found in self._in_sentence(scene, number):
            first, last = (high, at) if at >= high else (at, low)
            across = any(first <= other < last for other in others)
            parted = any(scene.low(token) in (";", "—", "while") for token in range(first, last))
            if not across:
                out.append((last - first + 20 * parted, found))
        return out

    def named_in(self, scene: Scene, number: int) -> list[Known]:
        """The facts of every source that a sentence names."""
        found = set().union(*(places for _, places in self._in_sentence(scene, number)))
        return [self.known[place] for place in sorted(found)]

    def named_at(self, scene: Scene, at: int) -> list[Known]:
        """The facts of the source that a word names."""
        return [self.known[place] for place in sorted(self._named(scene, at))]

    def _in_sentence(self, scene: Scene, number: int) -> list[tuple[int, set[int]]]:
        """Where a sentence names a source, and that source's facts; worked out once for all its numbers."""
        if scene is not self._told[0]:
            self._told = scene, {}
        found = self._told[1]
        if number not in found:
            sentence = scene.sentences[number]
            named = ((at, self._named(scene, at)) for at in range(sentence.first, sentence.last))
            found[number] = [(at, places) for at, places in named if places]
        return found[number]

    def _named(self, scene: Scene, at: int) -> set[int]:
        token = scene.words[at]
        if not token.is_word:
            return set()
        low = token.low.removesuffix("'s")
        if stem(low) in _ROLES:
            return self._by_word.get("role " + stem(low), set())
        if low in _WATCHDOG:
            return self._by_word.get("watchdog", set())
        return self._by_word.get(low, set()) if token.capital else set()


def _words_of(known: Known) -> set[str]:
    """The words that name a fact's source: its name's own ones, and what those are whose word it is."""
    fact = known.fact
    where = {part for place in of_text(fact.place) for part in place.split()}
    texts = re.findall(r"[^\W_]+", fact.source)
    words = {re.sub(r"\d+$", "", text.lower()) for text in texts if text[0].isupper()}
    named = {word for word in words if len(word) > 2 and word not in _COMMON | where and not HEADS.get(stem(word))}
    named = {word for word in named if not is_city(word)}  # "CWB Chicago" is no Chicago Police Department
    return named | _roles(f"{fact.counts} {fact.source}") | ({"watchdog"} if words & _WATCHING else set())


def _roles(text: str) -> set[str]:
    return {f"role {stem(word)}" for word in re.findall(r"[a-z]+", text.lower()) if stem(word) in _ROLES}
