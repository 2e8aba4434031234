"""The facts that a reckoning may be made of: those that the words near a number state or speak of.

"The officers' own reports come to 79 shots, or 17 fewer than COPA's 96": both are stated, and so their difference is
borne. A fact that nothing near speaks of goes into no reckoning, however well it would fit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from .counted import FIELD, KILLED, counts_as
from .hedges import Written, turned
from .lexicon import HEADS
from .quantities import Quantity
from .subjects import Scene
from .weighing import FITS, Verdict, judge, said
from .words import stem, vocabulary

if TYPE_CHECKING:
    from .known import Known
    from .second import Second

__all__ = ["Operands", "borne"]

BACK = 3  # sentences before a number's own in which its operands may be told
NEAR = 1.2  # a bound on what is reckoned lies within a fifth of it
FRACTION = 0.07  # "about a sixth" of what is reckoned is off by no more
_DEEDS = {"fire": "shot", "hit": "wound", "autopsy": "wound"}


@dataclass
class Operands:
    """The facts told near one number: ``stated`` by their value, in the order of the text, or ``spoken`` of."""

    quantity: Quantity
    scene: Scene
    matcher: Second

    def __post_init__(self):
        self.number = self.scene.sentence_of(self.quantity.first)
        self.near = [one for one in range(max(0, self.number - BACK), self.number + 1) if self._goes_with(one)]
        self.words = self.scene.lows(self.number)
        self.before, self.after = self._stated()
        self.stated = _once([*self.before, *self.after])
        self._stated_ids = {id(one) for one in self.stated}
        self.near_words = frozenset().union(*(self.scene.lows(one) for one in self.near[-2:]))
        self.spoken = [one for one in self.matcher.known if one.numeric and self._spoken(one)]
        self.cases = self._cases()

    def _goes_with(self, number: int) -> bool:
        sentences = self.scene.sentences
        return sentences[self.number].paragraph - sentences[number].paragraph <= 1

    def _stated(self) -> tuple[list[Known], list[Known]]:
        before, after = [], []
        for number in self.near:
            for other in self.scene.in_sentence(number):
                if other is self.quantity or other.reason or other.kind not in ("count", "duration", "age", "rate"):
                    continue
                side = before if other.first < self.quantity.first else after
                side += self.stated_by(other)
        return before, after

    def stated_by(self, other: Quantity) -> list[Known]:
        """The facts that another number states, worked out once."""
        key = id(self.scene), other.first, other.kind
        if key not in self.matcher.stated_by:
            known = self.matcher._by_kind[other.kind]
            self.matcher.stated_by[key] = [one for one in known if self._states(other, one)]
        return self.matcher.stated_by[key]

    def _states(self, other: Quantity, known: Known) -> bool:
        if not known.numeric or not known.value:
            return False
        if other.kind != "rate" and not other.written.may_be(known.value):
            return False
        if not self.matcher.same_topic(known, self.scene.describe(other)):
            return False
        if other.kind == "count" and not self._same_sort(other, known):
            return False
        return self.matcher._against(other, known)[0] in FITS

    def _same_sort(self, other: Quantity, known: Known) -> bool:
        """Whether a stated number may count what a fact does: killed people are fatal shootings."""
        heads, mine = counts_as(other, self.scene), known.subject.head
        killed = bool(heads & KILLED) and mine in KILLED
        return mine in heads or killed or (heads == FIELD and mine in KILLED and other.written.low >= 20)

    def _spoken(self, known: Known) -> bool:
        """Whether a fact's sort of thing is spoken of in the number's sentence or the one before."""
        fact = known.subject
        if fact.restrict or not known.value:
            return False
        if known.kind == "age":
            return bool({"years", "year", "age", "old"} & self.words)
        for number in self.near[-2:]:
            heads = self._told_heads(number)
            if known.kind == "duration" and ("fire" in self.scene.clauses.tags(number) or "took" in self.words):
                return True
            if known.kind == "count" and fact.head in heads:
                return True
        return False

    def _told_heads(self, number: int) -> frozenset[str]:
        """The classes of things that a sentence speaks of, by their nouns and by what is done; looked up once."""
        if number not in self.scene.heads_told:
            heads = {HEADS.get(stem(word), "") for word in self.scene.lows(number)}
            heads |= {_DEEDS[tag] for tag in self.scene.clauses.tags(number) if tag in _DEEDS}
            self.scene.heads_told[number] = frozenset(heads)
        return self.scene.heads_told[number]

    def _cases(self) -> set[str]:
        """The incidents named near, where the record knows several."""
        return self.incidents(cases for one in self.near for _, cases in self.scene.told_cases.named(one))

    def incidents(self, named) -> set[str]:
        """The ids of incidents given by their places in the scene's ``cases``."""
        order = list(dict.fromkeys(one.incident for one in self.matcher.known if one.incident))
        return {order[case] for cases in named for case in cases if case < len(order)}

    def together(self, one: Known, other: Known) -> bool:
        """Whether two facts are of one incident, or of two that are both named near."""
        if "" in (one.incident, other.incident) and one.incident != other.incident:
            return self.is_stated(one) or self.is_stated(other)
        if one.incident == other.incident:
            return not self.cases or one.incident in self.cases or not one.incident
        alike = one.subject.head == other.subject.head and _side(one) == _side(other)
        return {one.incident, other.incident} <= self.cases and alike and self._between_incidents

    @cached_property
    def _between_incidents(self) -> bool:
        """Whether the number's sentence names two incidents, or its words set one against another or add them up."""
        named = self.incidents(cases for _, cases in self.scene.told_cases.named(self.number))
        return len(named) > 1 or bool(self.words & _SET_AGAINST)

    def rival(self, known: Known) -> bool:
        """Whether the source named beside the number says another thing of the same sort."""
        beside = [one for one in self._beside if (one.fact.name, one.incident) == (known.fact.name, known.incident)]
        return bool(beside) and not self.is_stated(known) and all(one is not known for one in beside)

    @cached_property
    def heads(self) -> frozenset[str]:
        """The classes of things that the number may count."""
        return counts_as(self.quantity, self.scene)

    @cached_property
    def doers(self) -> frozenset[str]:
        """Who is named in the number's sentence and the one before."""
        return frozenset(m.who for one in self.near[-2:] for m in self.scene.people.mentions(one))

    @cached_property
    def sourced(self) -> frozenset[int]:
        """The ids of the facts of any source named in the number's sentence or the one before."""
        return frozenset(
            id(known) for one in self.near[-2:] for known in self.matcher.sources.named_in(self.scene, one)
        )

    @property
    def of_time(self) -> bool:
        """Whether it says how many times as long something was: "six times as long as"."""
        behind = {self.scene.low(at) for at in range(self.quantity.last, self.quantity.last + 2)}
        return self.quantity.kind in ("ratio", "share", "percent") and bool(behind & {"long", "longer", "shorter"})

    @property
    def fires(self) -> bool:
        """Whether firing is told of in the number's sentence or the one before."""
        return any("fire" in self.scene.clauses.tags(one) for one in self.near[-2:])

    @cached_property
    def _beside(self) -> list[Known]:
        return self.matcher.sources.beside(self.quantity, self.scene)

    def is_stated(self, known: Known) -> bool:
        """Whether a number near states a fact."""
        return id(known) in self._stated_ids

    def pairs(self, both_spoken: bool = False, sources: bool = False) -> list[tuple[Known, Known]]:
        """Ordered pairs of told facts, at least one of them stated (unless ``both_spoken``).

        ``sources`` lets two sources' figures of one thing be a pair without both being stated: "the two counts differ".
        """
        told = [one for one in _once([*self.stated, *self.spoken]) if not self.rival(one)]
        if self.quantity.written.bounds:
            # What only another way of counting bears is false of the count that is meant.
            first = {(one.fact.name, one.incident): one for one in reversed(self.matcher.known)}
            told = [one for one in told if self.is_stated(one) or one is first[one.fact.name, one.incident]]
        return [
            (one, other) for one, other in product(told, told)
            if one is not other and (one.incident or other.incident)
            and not (self.of_time and {one.kind, other.kind} != {"duration"})
            and (both_spoken or self.is_stated(one) or self.is_stated(other)) and self.together(one, other)
            and (sources or not self._same_told(one, other))
        ]  # fmt: skip

    def _same_told(self, one: Known, other: Known) -> bool:
        """Whether two are what different sources say of one thing: compared only where both are stated."""
        same = (one.fact.name, one.incident) == (other.fact.name, other.incident)
        return same and not (self.is_stated(one) and self.is_stated(other))

    def closest(self, heads, kinds: tuple[str, ...], both_spoken: bool) -> list[tuple[Known, Known]]:
        """The pairs of one sort of thing: where two of them are stated near, only those that are."""
        pairs = [
            pair for pair in self.pairs(both_spoken, sources=True)
            if all(one.kind in kinds and (one.kind != "count" or one.subject.head in heads or (
                heads == FIELD and one.subject.head in KILLED)) for one in pair)
        ]  # fmt: skip
        # Figures of years and groups are compared by their coordinates (`combined.py`).
        pairs = [pair for pair in pairs if pair[0].subject.head not in KILLED or pair[0].incident]
        stated = [pair for pair in pairs if all(self.is_stated(one) for one in pair)]
        return stated or pairs


_SET_AGAINST = vocabulary(
    """than as against versus apart together between combined both altogether difference gap total sum added all two
    three what twice double half other another more fewer longer shorter later earlier after before"""
)


def _side(known: Known) -> str:
    """Whose shots a fact counts, the police's or theirs whom they met; '' of other things."""
    return {"police": "police", "": "police"}.get(known.subject.who, "other") if known.subject.head == "shot" else ""


def _once(facts: list[Known]) -> list[Known]:
    """Facts in order, each once."""
    return list({id(one): one for one in facts}.values())


def borne(
    written: Written, value: float, facts: list[Known], sign: str, scale: float = 1.0, told: bool = False
) -> Verdict | None:
    """The verdict on a number against a value reckoned from facts, with the working; None where it does not fit.

    ``told`` says that the words reckon with the very numbers, so that a bound among them bounds nothing further.
    """
    if not written.may_be(value):
        return None
    working = f" {sign} ".join(f"{said(one.fact)} [{one.fact.name}]" for one in facts) + f" = {value / scale:,.4g}"
    if written.bounds and not 1 / NEAR <= value / max(written.low, 1e-9) <= NEAR:
        return None  # many a number is "more than 80 percent"; who reckons says the nearest
    if written.fraction and abs(written.low - value) > FRACTION * value and written.hedge in ("", "about"):
        return None
    status, shown = judge(written, value, "approx" if told else _qualifier(facts, sign), scale, working)
    return Verdict(status, shown, tuple(one.fact for one in facts), round(value, 6)) if status in FITS else None


def _qualifier(facts: list[Known], sign: str) -> str:
    """How what is reckoned is known: approximate where an operand is; bounded where the one that is a bound says so."""
    first, *rest = [one.fact.qualifier for one in facts]
    found = {first, *(rest if sign == "+" else map(turned, rest))}
    if {"at_least", "at_most"} <= found:
        return "approx"
    return next((one for one in ("at_least", "at_most", "approx") if one in found), "exact")


def plain(written: Written) -> Written:
    """A number as hedged by "about" where nothing hedges it: what is reckoned from "about 96" is about right."""
    return replace(written, hedge=written.hedge or "about")
