"""Officers and wounds: what was done by them or to them."""

from __future__ import annotations

from functools import cached_property

from .clauses import BREAKS, Predicate
from .lexicon import EVENTS, HEADS, THINGS, VERBS
from .shots import Shots
from .words import stem, vocabulary

__all__ = ["AT_SCENE", "FORCES", "Officers"]

FORCES = vocabulary("team unit force department squad police tactical crew patrol")

_JOINS = vocabulary("after before because when as")
_DEFINITE = vocabulary("the all those these both")

AT_SCENE = vocabulary(
    """involved assigned scene stop tactical unit team seat belt seatbelt vehicle suv car traffic unmarked surrounded
    participated arrived approached responded"""
)


class Officers(Shots):
    """Officers and wounds: what was done by them or to them."""

    def _of_force(self) -> bool:
        return self.low(self.right) == "of" and any(self.low(self.right + ahead) in FORCES for ahead in range(1, 6))

    # Wounds.

    def _whose_wounds(self) -> str:
        owner = self._owner()
        if owner:
            return owner
        for at in range(self.right, min(self.right + 5, self.sentence.last)):
            if self.low(at) in ("to", "on", "in"):
                if self.low(at + 2) in THINGS or self.low(at + 1) in THINGS:
                    return "named:thing"
                mention = next((m for m in self.people.mentions(self.number) if at < m.first <= at + 3), None)
                if mention:
                    return mention.who
        subject = self.people.subject(self.number, self.left)
        return subject.who if subject and subject.who not in ("police", "one officer") else ""

    # Officers: what they did, or what was done to them.

    def officers(self) -> str:
        """``fire``, ``hit``, ``stop``, ``reload``, ``kill`` (died) or '' where the sentence does not say."""
        clause = [self.low(at) for at in range(self.right, self.right + 5)]
        if clause[0] in ("who", "that") and clause[1] in ("made", "conducted", "carried") and "stop" in clause:
            return "stop"
        if self.scene.whole(self.quantity) and self.low(self.right) not in ("who", "that", "involved", "in"):
            there = {self.low(at) for at in range(self.right + 1, self.right + 5)} & AT_SCENE
            return "stop" if (self.low(self.right) == "at" and there) or self._all_of_them() else ""
        if stem(self.low(self.quantity.head or 0)) == stem("shooters"):
            return "fire"
        return self._done_to() or self._doing()

    def _all_of_them(self) -> bool:
        """Whether a part is told that is as large as the whole: "five of the five fired", of those who came."""
        same = (q for q in self.scene.siblings(self.quantity) if q is not self.quantity and q.kind == "count")
        return any(q.written == self.quantity.written and q.head in (None, self.quantity.head) for q in same)

    def _done_to(self) -> str:
        """By a verb before: ``struck one officer``, ``fired by four officers``, ``came from four officers``."""
        at = self.left - 1
        while at > self.sentence.first and (self.low(at) in _DEFINITE or self.low(at) in ("a", "total", "of", "just")):
            at -= 1
        low = self.low(at)
        if low in ("by", "from"):
            verb = self.clauses.left(self.number, at)
            sounded = any(EVENTS.get(stem(self.low(at - back))) == "fire" for back in (1, 2))
            if verb and verb.deed != "find":
                return "fire" if verb.deed in ("fire", "shoot", "hit", "kill") or sounded else verb.deed
            return "fire" if sounded else ""
        verb = self.before
        if verb and not verb.passive and verb.last == at + 1 and verb.deed in ("hit", "shoot", "kill"):
            return "hit"
        if low in ("left", "leaving"):
            following = [self.low(here) for here in range(self.right, self.right + 5)]
            hurt = any(VERBS.get(stem(word)) in ("hit", "shoot") for word in following)
            return "hit" if hurt else ""
        return ""

    def _doing(self) -> str:
        """By the verbs that follow: being hit or firing says more than having made the stop."""
        stops = ""
        for verb in self.clauses.predicates(self.number):
            if verb.at < self.right or self._parted(verb.at):
                continue
            if verb.deed == "receive" and not any(
                HEADS.get(stem(self.low(verb.last + ahead))) in ("wound", "shot") for ahead in range(4)
            ):
                continue
            if verb.deed in ("hit", "receive"):
                left = verb.at == self.right and self._ends_clause(verb.last)  # "left one officer injured, police said"
                return "hit" if verb.passive or verb.deed == "receive" or left else "strike"
            held = {self.low(at) for at in range(self.right, verb.at)} & {"never", "not"}
            if verb.deed in ("fire", "shoot") and held:
                return "held"  # "four never fired"
            if verb.deed == "shoot":
                single = self.quantity.written.low == 1 and self.low(verb.last) in ("in", "and")
                return "hit" if verb.passive or single else "fire"
            if verb.deed == "fire":
                return self._fired(verb)
            if verb.deed in ("reload", "kill"):
                return verb.deed
            stops = stops or verb.deed
        if self.quantity.partitive and not stops:
            return ""  # "four of the officers involved be relieved": involved were all of them
        if self._shots_follow():
            return "fire"
        return "stop" if stops == "stop" or self._at_scene() else ""

    def _ends_clause(self, at: int) -> bool:
        return at >= self.sentence.last or not self.words[at].is_word or self.low(at) in ("and", "in", "by", "during")

    def _shots_follow(self) -> bool:
        """Whether a number of shots is what the officers did something with: "four officers emptied 96 rounds"."""
        for other in self.scene.siblings(self.quantity):
            if other.first >= self.right and other.kind == "count":
                shots = HEADS.get(stem(self.low(other.head))) == "shot" if other.head is not None else False
                found = any(verb.deed == "find" for verb in self.clauses.predicates(self.number))
                return shots and not found and not self._parted(other.first - 1)
        return False

    def _fired(self, verb: Predicate) -> str:
        """Officers who "were fired" lost their posts; those who "were fired at" are a target."""
        if not verb.passive:
            return "fire"
        return "target" if self.clauses.aimed(verb) else "dismissed"

    def _parted(self, verb: int) -> bool:
        """Whether another clause, number or person stands between the officers and a verb."""
        return verb > self._parting

    @cached_property
    def _parting(self) -> int:
        """The first token behind the officers at which another clause, number or person begins."""
        starts = {at for m in self.people.mentions(self.number) for at in (m.first - 1, m.first - 2)}
        behind = range(self.right + 1, self.right + 4)
        whole = next((q for q in self.scene.siblings(self.quantity) if q.number[0] in behind), None)
        start = max(whole.last, (whole.head or 0) + 1) if whole and self.low(self.right) == "of" else self.right
        for at in range(start, self.sentence.last):
            low = self.low(at)
            if low in BREAKS or low in _JOINS or at in self.taken or (low in (",", "and") and at in starts):
                return at
        return self.sentence.last

    def _at_scene(self) -> bool:
        """Whether the officers are told of as those of the stop: involved, assigned, at the scene, in a car."""
        lows = {self.low(at) for at in range(self.right, min(self._parting + 1, self.sentence.last))}
        return bool(lows & AT_SCENE)
