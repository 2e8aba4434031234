"""What the verbs of a sentence tell: who fired, who was hit, in the active voice or the passive.

A number takes its subject from the verb that governs it: the one it is the subject of, where that follows at once
("13 bullets hit Reed"), else the nearest one before it ("police fired 96 shots").
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .lexicon import ACTIONS, BODY, GUNS, HEADS, PHRASES, VERBS
from .people import Mention, People
from .words import stem, vocabulary

__all__ = ["BREAKS", "Clauses", "Predicate"]


@dataclass(frozen=True)
class Predicate:
    """A verb of the field at token ``at``, ending before ``last``; ``deed`` as in `VERBS`."""

    at: int
    last: int
    deed: str
    passive: bool = False


BREAKS = vocabulary("; — : while but whereas although though")
_BE = vocabulary("was were been being be got get is are gets getting")
_BEGINS = vocabulary("began begin begins started starts kept keep stopped resumed")
_NOUNS = vocabulary(
    "shots gunshot gunshots wounds injuries hits counts reports stops finds lists shows records gunfire"
)
_BEFORE_NOUN = vocabulary(
    "of the a an under in police deadly heavy returned opened exchanged by traffic this that each every single enemy"
)
_NOUN_OR_VERB = vocabulary("fire shooting stop hit shot strike fall list count record show wound")
_ADVERBS = vocabulary("themselves himself not then also first later to never all both once already")
_MARKS_PASSIVE = vocabulary("by in during with from at on")
_AT = vocabulary("at upon toward towards on into")


@dataclass
class Clauses:
    """The verbs of a text and their parts, by sentence."""

    people: People
    _predicates: dict[int, list[Predicate]] = field(default_factory=dict)
    _tags: dict[int, frozenset[str]] = field(default_factory=dict)
    _breaks: dict[int, list[int]] = field(default_factory=dict)

    def __post_init__(self):
        self.words, self.low, self.sentences = self.people.words, self.people.low, self.people.sentences

    def predicates(self, number: int) -> list[Predicate]:
        """The verbs of a sentence that the field knows, in order."""
        if number not in self._predicates:
            sentence = self.sentences[number]
            found = (self._predicate(at, number) for at in range(sentence.first, sentence.last))
            self._predicates[number] = [predicate for predicate in found if predicate]
        return self._predicates[number]

    def _predicate(self, at: int, number: int) -> Predicate | None:
        if not self.words[at].is_word:
            return None
        verb = stem(self.low(at))
        for ahead in range(1, 4):
            deed = PHRASES.get((verb, stem(self.low(at + ahead))))
            if deed:
                return Predicate(at, at + ahead + 1, deed, self._passive(at))
        if verb == "go" and self.low(at + 1) == "through":
            # "Two bullets went through his heart", "he went through 31 rounds".
            shots = any(HEADS.get(stem(self.low(near))) == "shot" for near in range(max(0, at - 3), at))
            return Predicate(at, at + 2, "hit" if shots else "fire")
        deed = VERBS.get(verb)
        if self.low(at) == "shooting" and self.low(at - 1) in _BEGINS:
            deed = "shoot"  # "kept shooting"; else it is mostly a noun
        if deed == "find" and self.low(at) == "found" and self._found_somebody(at, number):
            deed = "hit"
        if not deed or not self._is_verb(at, deed, number):
            return None
        return Predicate(at, at + 1, deed, self._passive(at))

    def _found_somebody(self, at: int, number: int) -> bool:
        """ "Five of the shots found Castile": shots that find a person hit."""
        shots = any(HEADS.get(stem(self.low(near))) == "shot" for near in range(max(0, at - 3), at))
        return shots and any(m.first == at + 1 and not m.plural for m in self.people.mentions(number))

    def _is_verb(self, at: int, deed: str, number: int) -> bool:
        low, before, after = self.low(at), self.low(at - 1), self.low(at + 1)
        if low in _NOUNS or (before in _BEFORE_NOUN and low in _NOUN_OR_VERB):
            return before == "in" and after in _MARKS_PASSIVE and low == "shot"
        if deed == "shoot":
            return self._shoots(at, number)
        if low == "stop" or (before in ("the", "a", "an") and HEADS.get(stem(after))):
            return low == "stop" and before == "to"
        return True

    def _shoots(self, at: int, number: int) -> bool:
        """Whether "shot" or "shooting" is a verb: after a person or "was", or before "at", a person or a number."""
        low, before, after = self.low(at), self.low(at - 1), self.low(at + 1)
        mentions = self.people.mentions(number)
        reaches = after in ("at", "him", "her", "them", "back", "dead", "first") or any(
            m.first == at + 1 for m in mentions
        )
        if low == "shooting":
            return before in _BE | _BEGINS or before == "," or reaches or self._counts(at + 1)
        if low in ("shoot", "shoots"):
            return True
        if before in ("a", "the", "each", "one", "per", "single") or self.words[at - 1].is_number:
            return False
        acting = before in _BE or before in (
            "had",
            "have",
            "has",
            "who",
            ",",
            "fatally",
            "reportedly",
            "allegedly",
            "and",
        )
        acting = (
            acting or any(m.last == at and not m.possessive for m in mentions) or HEADS.get(stem(before)) == "officer"
        )
        return acting or reaches or after == "in" or self._counts(at + 1)

    def _counts(self, at: int) -> bool:
        return at < len(self.words) and (
            self.words[at].is_number or self.low(at) in ("about", "nearly", "more", "some")
        )

    def _passive(self, verb: int) -> bool:
        for at in range(verb - 1, max(-1, verb - 5), -1):
            low = self.low(at)
            if low in _BE:
                return not self.low(verb).endswith("ing")
            if not (low.endswith("ly") or low in _ADVERBS):
                break
        # "An officer shot in the forearm", "shots fired by police": the participle right after its noun.
        noun = HEADS.get(stem(self.low(verb - 1)), "")
        marked = self.low(verb + 1) in _MARKS_PASSIVE
        if noun in ("shot", "wound"):
            return marked and self.low(verb).endswith("ed")
        hurt = VERBS.get(stem(self.low(verb))) in ("hit", "shoot")
        if hurt and noun == "person" and self.low(verb + 1) == "at":
            return any(self.low(at) == "by" for at in range(verb + 2, verb + 9))  # "man shot at 96 times by police"
        return noun in ("officer", "person") and hurt and self.low(verb + 1) in ("by", "in", "during", "with")

    def left(self, number: int, at: int, deeds: tuple[str, ...] = ()) -> Predicate | None:
        """The nearest verb (of some deeds) before token ``at``, in the same clause or one joined to it."""
        for predicate in reversed(self.predicates(number)):
            if predicate.at < at and predicate.deed != "sound" and (not deeds or predicate.deed in deeds):
                return None if self._broken(number, predicate.at, at, False) else predicate
        return None

    def right(self, number: int, at: int, deeds: tuple[str, ...] = ()) -> Predicate | None:
        """The next verb (of some deeds) from token ``at`` on, before a break."""
        for predicate in self.predicates(number):
            if predicate.at >= at and (not deeds or predicate.deed in deeds):
                return None if self._broken(number, at, predicate.at, True) else predicate
        return None

    def _broken(self, number: int, first: int, last: int, weak: bool) -> bool:
        """Whether a break stands between two tokens; ``weak`` counts colons and "while" too."""
        if number not in self._breaks:
            sentence = self.sentences[number]
            self._breaks[number] = [at for at in range(sentence.first, sentence.last) if self.low(at) in BREAKS]
        return any(first <= at < last and (weak or self.low(at) in (";", "—")) for at in self._breaks[number])

    def agent(self, number: int, predicate: Predicate) -> Mention | None:
        """Who does what an active verb says."""
        return self.people.subject(number, predicate.at)

    def patient(self, number: int, predicate: Predicate) -> Mention | None:
        """To whom: the subject of a passive verb, else the person named after it, before the next verb."""
        if predicate.passive:
            return self.body(number, predicate.at) or self.people.subject(number, predicate.at)
        following = self.right(number, predicate.last)
        stop = following.at if following else self.sentences[number].last
        found = next((m for m in self.people.mentions(number) if predicate.last <= m.first < stop), None)
        if found and found.possessive and self.low(found.last) not in BODY | vocabulary("body"):
            return None
        return found

    def body(self, number: int, verb: int) -> Mention | None:
        """Whose body was hit: ``an officer's forearm was struck once``."""
        for mention in reversed(self.people.mentions(number)):
            if mention.possessive and mention.last <= verb and self.low(mention.last) in BODY:
                return mention
        return None

    def gun(self, number: int, first: int, last: int) -> Mention | None:
        """Whose gun is named between two tokens: ``Reed's pistol``, ``the gun of one man``."""
        for mention in self.people.mentions(number):
            if not first <= mention.first < last:
                continue
            near = range(mention.last, min(mention.last + 3, last))
            if mention.possessive and any(self.low(at) in GUNS for at in near):
                return mention
            if any(self.low(at) in GUNS for at in range(max(first, mention.first - 3), mention.first)) and (
                "of" in (self.low(mention.first - 1), self.low(mention.first - 2))
            ):
                return mention
        return None

    def by(self, number: int, start: int, taken: frozenset[int]) -> Mention | None:
        """``... fired by police``, ``11 from Reed``: who comes after "by" before the next number or clause."""
        start = self.people.behind_aside(start, self.sentences[number].last)
        for at in range(start, min(start + 14, self.sentences[number].last)):
            low = self.low(at)
            if (
                low in BREAKS
                or low in ("and", "after", "when", "as", "who", ",")
                or (at in taken and self.low(at - 1) not in ("by", "from"))
            ):
                return None
            if low in ("by", "from"):
                owner = self.gun(number, at, at + 7)
                if owner:
                    return owner
                mention = self.people.after(number, at + 1, min(at + 9, self.sentences[number].last))
                if mention and not any(self.low(mid) in (",", ";", "and") for mid in range(at, mention.first)):
                    return None if self.people.attribution(mention) else mention
        return None

    def aimed(self, predicate: Predicate) -> bool:
        """Whether a verb has somebody to aim at: ``shot at Reed``, ``fired on him``, not ``shot at least``."""
        return any(
            self.low(predicate.at + ahead) in _AT
            and self.low(predicate.at + ahead + 1) not in ("least", "most")
            and (self.low(predicate.at + ahead + 1) not in ("a", "about")
                 or "times" in (self.low(predicate.at + ahead + 3), self.low(predicate.at + ahead + 5)))
            for ahead in (1, 2)
        )  # fmt: skip

    def tags(self, number: int) -> frozenset[str]:
        """The classes of `ACTIONS` that a sentence speaks of."""
        if number not in self._tags:
            sentence = self.sentences[number]
            stems = (stem(token.low) for token in self.words[sentence.first : sentence.last] if token.is_word)
            self._tags[number] = frozenset(ACTIONS[word] for word in stems if word in ACTIONS)
        return self._tags[number]
