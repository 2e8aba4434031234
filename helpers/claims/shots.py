"""Shots and times: whose they are, or, where they hit, whose wounds."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .clauses import BREAKS, Predicate
from .lexicon import BODY, HEADS, PEOPLE, THINGS, VERBS
from .people import Mention
from .words import stem, vocabulary

if TYPE_CHECKING:
    from .quantities import Quantity
    from .subjects import Scene


__all__ = ["Role", "Shots", "opposite"]

Role = tuple[str, str, str]

_STORM = vocabulary("hail barrage storm volley fusillade burst spray torrent flurry salvo shower")

_CASES = {stem(word) for word in ("casings", "shells", "cartridges")}

_SMALL = vocabulary(
    """that which had have has of them those the shots bullets rounds actually then later also ultimately police his
    officers fired all eventually were was in total between kept keep began started continued never did not to"""
)  # fmt: skip


class Shots:
    """Shots and times: whose they are, or, where they hit, whose wounds."""

    def __init__(self, scene: Scene, quantity: Quantity):
        self.scene, self.quantity = scene, quantity
        self.low, self.people, self.clauses, self.words = scene.low, scene.people, scene.clauses, scene.words
        self.number = scene.sentence_of(quantity.first)
        self.sentence = scene.sentences[self.number]
        self.left, self.right = quantity.first, max(quantity.last, (quantity.head or 0) + 1)
        self.before = self.clauses.left(self.number, self.left)
        self.after = self.clauses.right(self.number, self.right)

    @cached_property
    def taken(self) -> frozenset[int]:
        """The first tokens of the numbers that follow in the sentence."""
        siblings = self.scene.siblings(self.quantity)
        return frozenset(q.first for q in siblings if q.first >= self.right and not q.reason)

    @staticmethod
    def _who(mention: Mention | None) -> str:
        return mention.who if mention else ""

    # Shots.

    def shots(self) -> Role:
        """``N shots``: whose, or, where they hit, whose wounds they are."""
        owner = self._owner()
        if owner:
            return "shot", "fire", owner
        if self.scene.whole(self.quantity):
            # Of "three of the 96 shots", who fired the three need not have fired the 96.
            return "shot", "fire", self._who(self.clauses.by(self.number, self.right, self.taken))
        found = self._struck_by() or self._striking()
        if found:
            return found
        if not self.quantity.partitive and any(
            PEOPLE.get(stem(self.low(at))) == "police" for at in self.quantity.nouns
        ):
            return "shot", "fire", "police"
        if stem(self.low(self.quantity.head or 0)) in _CASES:
            # Cases found come from a gun, wherever the sentence names it: "casings found in the car are from his gun".
            owner = self.clauses.gun(self.number, self.sentence.first, self.sentence.last)
            if owner:
                return "shot", "fire", owner.who
        aside = self.low(self.left - 1) == self.low(self.right) == ","  # "half of it, 50 shots, came from one officer"
        by = self.clauses.by(self.number, self.right + aside, self.taken)
        if by:
            return "shot", "fire", by.who
        aimed = self._stranger_aimed_at()
        if aimed:
            return "shot", "fire", aimed
        return "shot", "fire", self._between_noun_and_verb() or self._who_fired() or self._of_main_clause()

    def _owner(self) -> str:
        """``Reed's 11 shots``, ``the officers' 96 rounds``, ``11 shots of his own``."""
        own = any(self.low(self.right + ahead) == "own" for ahead in (2, 3)) and self.low(self.right) == "of"
        for mention in self.people.mentions(self.number):
            if mention.possessive and (mention.last == self.left or (own and mention.first == self.right + 1)):
                return mention.who
        return ""

    def _struck_by(self) -> Role | None:
        """``struck by 13 bullets``, ``hit him with seven``, ``took 13 bullets``, ``died in a hail of 96``."""
        verb = self.before
        if verb is None or verb.deed not in ("hit", "receive", "kill", "shoot"):
            return None
        between = {self.low(at) for at in range(verb.last, self.left)}
        if verb.deed == "receive":
            near = self.left - verb.last <= 3
            return ("wound", "hit", self._who(self.clauses.agent(self.number, verb))) if near else None
        if between & _STORM:
            patient = self.clauses.patient(self.number, verb)
            before = patient if patient and patient.first < self.left else None
            victim = before or self.clauses.agent(self.number, verb)
            return "shot", "fire", "one officer" if not victim else opposite(victim.who)
        if between & {"by", "with"} and verb.deed in ("hit", "kill", "shoot"):
            return "wound", "hit", self._who(self.clauses.patient(self.number, verb))
        return None

    def _striking(self) -> Role | None:
        """``13 bullets hit him``, ``19 of those bullets found him``: the shots are the subject of a verb of hitting."""
        verb = self.after
        if verb is None or verb.deed not in ("hit", "kill") or verb.passive or not self._subject_of(verb):
            return None
        return "wound", "hit", self._whom(verb)

    def _whom(self, verb: Predicate) -> str:
        following = {self.low(verb.last + ahead) for ahead in range(3)}
        if following & THINGS and not following & BODY:
            return "named:thing"
        return self._who(self.clauses.patient(self.number, verb))

    def _subject_of(self, verb: Predicate) -> bool:
        """Whether nothing but small words stands between the number and the verb, which has it for its subject."""
        between = range(self.right, verb.at)
        told = {at for other in self.scene.siblings(self.quantity) for at in range(*other.number)}
        return len(between) < 8 and all(
            self.low(at) in _SMALL or at in told or HEADS.get(stem(self.low(at))) == "shot" for at in between
        )

    def _stranger_aimed_at(self) -> str:
        """Somebody whom the record does not know, at whom the shots were fired; '' where there is none."""
        for mention in self.people.mentions(self.number):
            aimed = self.low(mention.first - 1) in ("at", "on", "toward", "towards", "into", "upon")
            if mention.who.startswith("named:") and aimed and mention.first > self.left - 8:
                return mention.who
        return ""

    def _between_noun_and_verb(self) -> str:
        """``96 shots that officers fired``, ``the 96 shots police fired``."""
        if self.after is None or self.after.deed not in ("fire", "shoot") or self.after.passive:
            return ""
        if self.after.at - self.right > 7:
            return ""
        mention = self.people.after(self.number, self.right, self.after.at)
        marked = any(self.low(at) in (",", "and", "as", "after", "when") for at in range(self.right, self.after.at))
        return mention.who if mention and not marked and not self.people.attribution(mention) else ""

    def _of_main_clause(self) -> str:
        """``At 96 shots in 41 seconds, police were firing ...``: who fires in the clause that the phrase opens."""
        opens = self.low(self.sentence.first) in ("at", "with", "in", "after", "for")
        comma = next((at for at in range(self.right, self.sentence.last) if self.low(at) == ","), None)
        if not opens or comma is None or any(q < self.left for q in self._others()):
            return ""
        mention = next((m for m in self.people.mentions(self.number) if comma < m.first <= comma + 2), None)
        verb = self.clauses.right(self.number, comma, ("fire", "shoot"))
        fires = mention and verb and not mention.possessive and 0 <= verb.at - mention.last <= 3
        return mention.who if fires else ""

    def _others(self) -> list[int]:
        return [q.first for q in self.scene.siblings(self.quantity) if q is not self.quantity and not q.reason]

    def _who_fired(self) -> str:
        """Who fired them: the subject of the verb before, whatever it is, unless it is one of finding."""
        gapped = self._gapped() or self._new_subject()
        if gapped:
            return gapped
        verb = self.before
        if verb and verb.deed == "find":
            return self._who(self.clauses.gun(self.number, verb.at, self.sentence.last))
        if verb and verb.passive and verb.deed in ("fire", "shoot"):
            owner = self.clauses.by(self.number, verb.last, frozenset()) or self.clauses.gun(
                self.number, self.sentence.first, verb.at
            )
            subject = self.people.subject(self.number, verb.at)
            return self._who(owner) or (opposite(subject.who) if subject and self.clauses.aimed(verb) else "")
        if verb and verb.deed in ("fire", "shoot"):
            mention = self.clauses.agent(self.number, verb)
            if mention:
                return mention.who
        if self._follows_as_subject():
            return ""
        return self._who(self.people.subject(self.number, self.left))

    def _new_subject(self) -> str:
        """``Reed fired first and officers responded with 96 shots``: who begins a clause of their own before it."""
        last = self.before.last if self.before else self.sentence.first
        for mention in reversed(self.people.mentions(self.number)):
            if not last <= mention.first < mention.last < self.left:
                continue
            opens = self.low(mention.first - 1) in ("and", "but", "before", "then", "while", "as", "after", ",", "the")
            if opens and not mention.possessive and self.people.acts(mention.last):
                return mention.who
        return ""

    def _follows_as_subject(self) -> bool:
        """Whether the number opens its clause, and so nobody before it did anything with it."""
        return self.low(self.left - 1) in BREAKS | {".", "", ","} or self.left == self.sentence.first

    def _gapped(self) -> str:
        """``Police fired 96 shots and Reed 11``: a person right before the number, without a verb of their own."""
        for mention in self.people.mentions(self.number):
            close = mention.last == self.left or (mention.last == self.left - 1 and self.low(self.left - 1) == ",")
            if self.before and not self.before.passive and mention.first - self.before.last in (0, 1):
                continue  # whom a verb has for its object
            if close and not mention.possessive and not self.people.object(mention):
                return mention.who
        return ""

    # Times: fired 96 times, was hit 13 times, once.

    def times(self) -> Role:
        """``N times``: by the verb, fired or hit, in the active or the passive."""
        went_off = {self.low(at) for at in range(self.left - 2, self.left)} & {"off"}
        owner = self.clauses.gun(self.number, self.sentence.first, self.left) if went_off else None
        if owner:
            return "shot", "fire", owner.who  # "Reed's gun had gone off 11 times"
        nearest = self.before if self.before and self.before.deed == "stop" else None
        verb = None if nearest and self.left - nearest.last < 8 else self._governing()
        if nearest and not verb:
            return "times", "stop", ""  # "stopped by police 49 times"
        if verb is None:
            return self._times_taken_up()
        if verb.deed == "reload":
            return "reload", "reload", ""
        if verb.deed in ("hit", "kill", "receive"):
            return "wound", "hit", self._who(self.clauses.patient(self.number, verb))
        if verb.deed not in ("fire", "shoot"):
            return self._times_taken_up()
        aimed = self.clauses.aimed(verb)
        subject = self.people.subject(self.number, verb.at)
        if verb.deed == "shoot" and not aimed:
            target = self.people.after(self.number, verb.last, self.left)
            if verb.passive or (target and target.who != self._who(subject)):
                return "wound", "hit", self._who(self.clauses.patient(self.number, verb) if verb.passive else target)
        stranger = self._stranger_aimed_at()
        if stranger:
            return "shot", "fire", stranger
        if verb.passive:
            owner = self.clauses.by(self.number, self.right, self.taken) or self.clauses.gun(
                self.number, self.sentence.first, verb.at + 1
            )
            return "shot", "fire", self._who(owner) or (opposite(subject.who) if subject and aimed else "")
        return "shot", "fire", self._who(subject)

    def _governing(self) -> Predicate | None:
        if self._gapped():
            return None
        known = ("fire", "shoot", "hit", "kill", "reload")
        return self.clauses.left(self.number, self.left, known) or self.clauses.right(self.number, self.right, known)

    def _times_taken_up(self) -> Role:
        """``Thirteen times, the autopsy says``, ``and Williams 24 times``: as the number or question before it."""
        who = self._gapped()
        asked = self.scene.asked(self.number)
        hit = any(VERBS.get(stem(word)) == "hit" for word in asked)
        if hit:
            return "wound", "hit", who or self._who(self.people.subject(self.number, self.left))
        earlier = self.scene.antecedent(self.quantity)
        if earlier and earlier.head in ("shot", "wound"):
            return earlier.head, earlier.action, who or earlier.who
        return "times", "", who or self._who(self.people.subject(self.number, self.left))


def opposite(who: str) -> str:
    return "police" if who == "other" or who.startswith(("named", "person")) else "other"
