"""Numbers without a noun of their own: what the sentence leaves out."""

from __future__ import annotations

from .lexicon import HEADS, PEOPLE, RECORD
from .officers import AT_SCENE, FORCES, Officers
from .shots import Role, opposite
from .words import stem, vocabulary

__all__ = ["Unsaid"]

_ASCRIBED = vocabulary("attributed credited ascribed linked traced tied assigned put")
_IN_ALL = {("in", "all"), ("in", "total"), ("all", "told")}  # "a handful of officers, five in all"


class Unsaid(Officers):
    """Numbers without a noun of their own: what the sentence leaves out."""

    # What the sentence leaves out.

    def elliptical(self) -> Role:
        """``four returned fire``, ``Reed 11``, ``thirteen hit him``, ``a team of five``, ``shots fired: 96``."""
        found = self._told_next() or self._share_in_numbers() or self._noun_before() or self._numbered_noun()
        if found:
            return found
        if self.scene.whole(self.quantity) and self.scene.antecedent_head(self.quantity) in ("", "officer"):
            return self._acting()
        led = self.low(self.left - 1) in ("the", "by")
        before = [self.low(at) for at in range(self.left - 4, self.left)] if led else [""]
        if before[1:] == ["each", "of", "the"] and before[0] in ("for", "from", "to", "by", "on"):
            return "officer", "", ""  # "an average of 20 for each of the four"
        if before[-1] == "by" and self.before and self.before.passive and self.before.deed in ("fire", "shoot"):
            return "officer", "fire", ""  # "shots were fired by four"
        if self.low(self.right) in _ASCRIBED and self.low(self.right + 1) == "to":
            whose = self.people.after(self.number, self.right + 2, self.right + 5)
            return ("shot", "fire", whose.who) if whose else self.shots()
        verb = self.after
        share = verb and self.quantity.kind in ("share", "percent", "one in")
        clause = {self.low(at) for at in range(self.right, verb.at)} if share else frozenset()
        if clause & {"that", "which", "what"} and self._between_noun_and_verb():
            return "shot", "fire", self._between_noun_and_verb()  # "three-quarters of all that the police fired"
        deed = verb.deed if verb and verb.at - self.right < 4 and not verb.passive else ""
        several = self.low(self.right) == "who" and self.quantity.written.low > 1
        if several and deed in ("fire", "shoot", "stop", "reload"):
            return self._acting()  # "for the five who fired"
        of_them = (self.low(self.right), self.low(self.right + 1)) == ("of", "them")
        named = (m for m in self.people.mentions(self.number) if verb and self.right + 2 <= m.first < verb.at)
        if of_them and next(named, None) and self._between_noun_and_verb():
            return self.shots()  # "three of them he fired at a man who lay still"
        theirs = self.low(self.left - 1) == "the" and verb and verb.at == self.right and self.clauses.aimed(verb)
        if theirs and any(HEADS.get(stem(self.low(at))) == "shot" for at in range(self.sentence.first, self.left)):
            # "as many shots as the 96 fired at Reed"
            aimed = self.people.after(self.number, verb.last, self.sentence.last)
            return "shot", "fire", opposite(aimed.who) if aimed else ""
        if verb and self._subject_of(verb):
            if verb.deed in ("hit", "receive") and not verb.passive:
                return "wound", "hit", self._whom(verb)
            if verb.deed == "fire" and verb.passive:
                return self.shots()
            if verb.deed in ("fire", "shoot", "reload", "stop", "hit"):
                return "officer", self.officers(), ""
        if self.scene.self_reported(self.number):
            return "shot", "fire", "police"
        earlier = self.scene.antecedent_head(self.quantity)
        fired = self.before and self.before.deed in ("fire", "shoot") and self.left - self.before.last < 8
        if fired or earlier == "shot" or self.clauses.by(self.number, self.right, self.taken):
            return self.shots()
        told = self._told_of_firing()
        if told:
            return "shot", "fire", told
        if self._gapped():
            return earlier, "", self._gapped()
        if earlier == "officer":
            return self._officers_or_theirs()
        return earlier, "", ""

    def _acting(self) -> Role:
        """Officers by what they did; those by whom shots "were fired" are not dismissed."""
        return "officer", self.officers().replace("dismissed", ""), ""

    def _told_of_firing(self) -> str:
        """Who fired, where "the number" or "it" is that of shots told of before: ``he fired; reports put it at 11``."""
        if not self.scene.lows(self.number) & (RECORD | {"it"}):
            return ""
        before = {self.low(at) for at in range(self.sentence.first, self.left)}
        fired = [v for v in self.clauses.predicates(self.number) if v.deed in ("fire", "shoot") and v.at < self.left]
        if not fired or not before & (RECORD | {"it"}):
            return ""
        return self._who(self.clauses.agent(self.number, fired[-1]))

    def _officers_or_theirs(self) -> Role:
        """ "One of those officers was behind at least 50 of them": an officer's part is of the shots."""
        subject = self.people.subject(self.number, self.left)
        of_them = self.low(self.right) == "of" and self.low(self.right + 1) == "them"
        theirs = of_them or (self.low(self.left - 1) in ("for", "behind") and not self.taken)
        if theirs and subject and subject.who in ("police", "one officer"):
            return "shot", "fire", subject.who
        return "officer", self.officers(), ""

    def _share_in_numbers(self) -> Role | None:
        """``responsible for more than half of the shots, at least 50 by its reckoning``: the share, counted."""
        before = [q for q in self.scene.siblings(self.quantity) if q.first < self.left]
        if not before or before[-1].kind not in ("share", "percent", "one in") or self.low(self.left - 1) != ",":
            return None
        whose = self.scene.describe(before[-1])
        lone = any(m.who == "one officer" for m in self.people.mentions(self.number) if m.last <= self.left)
        shots = "shot" in {HEADS.get(stem(self.low(at))) for at in before[-1].nouns}
        return ("shot", "fire", "one officer" if lone else whose.who) if shots else None

    def _told_next(self) -> Role | None:
        """ "Ninety-six. That is how many times police fired.": what the sentence after a lone number says of it."""
        if not self.scene.told_next(self.number):
            return None
        following = self.scene.sentences[self.number + 1]
        many = next(
            (at for at in range(following.first, following.last) if self.low(at) in ("many", "of", "often")), None
        )
        if many is None:
            return None
        noun = next((word for word in map(self.low, range(many + 1, many + 4)) if HEADS.get(stem(word))), "times")
        noun = "times" if self.low(many) == "often" or self.low(many + 1) == "times" else noun
        verb = self.clauses.right(self.number + 1, many + 1, ("fire", "shoot", "hit"))
        head = HEADS.get(stem(noun), "")
        if noun != "times":
            return (head, "fire" if verb and verb.deed != "hit" else "", "") if head else None
        if verb is None:
            return None
        if verb.deed == "hit" or (verb.deed == "shoot" and verb.passive):
            return "wound", "hit", self._who(self.clauses.patient(self.number + 1, verb))
        return "shot", "fire", self._who(self.people.subject(self.number + 1, verb.at))

    def _noun_before(self) -> Role | None:
        """``a team of five``, ``shots fired by police: 96``, ``the officers who fired numbered four``."""
        if self.low(self.left - 1) == "of" and self.low(self.left - 2) in FORCES:
            return "officer", self.officers() or "stop", ""
        in_all = self.low(self.left - 1) == "," and (self.low(self.right), self.low(self.right + 1)) in _IN_ALL
        if not in_all and self.low(self.left - 1) not in (":", "numbered", "totaled", "totalled"):
            return None
        before = range(self.sentence.first, self.left - 1)
        noun = next((at for at in before if HEADS.get(stem(self.low(at)))), None)
        return self._by_noun(noun, self.left - 1) if noun is not None else None

    def _numbered_noun(self) -> Role | None:
        """``the number of police shots at about 96``."""
        if not self.scene.lows(self.number) & RECORD:
            return None
        for at in range(self.left - 1, self.sentence.first, -1):
            if self.low(at) == "of" and self.low(at - 1) in RECORD:
                phrase = range(at + 1, min(at + 7, self.left))
                noun = next(
                    (here for here in phrase if HEADS.get(stem(self.low(here))) and self.low(here) != "police"), None
                )
                if noun is None:
                    return None
                # The owner of the nearest "number of ..." decides, and what narrows it stands there.
                owner = next((m for m in self.people.mentions(self.number) if m.possessive and m.last == noun), None)
                found = self._by_noun(noun, self.left)
                return (*found[:2], owner.who) if owner else found
        return None

    def _by_noun(self, noun: int, stop: int) -> Role:
        head = HEADS[stem(self.low(noun))]
        if head == "shot":
            by = self.clauses.by(self.number, noun + 1, self.taken)
            named = next((m for m in self.people.mentions(self.number) if noun - 3 <= m.first < stop), None)
            modifier = "police" if PEOPLE.get(stem(self.low(noun - 1))) == "police" else ""
            return head, "fire", self._who(by) or self._who(named) or modifier
        if head == "officer":
            deeds = [verb.deed for verb in self.clauses.predicates(self.number) if noun < verb.at < stop]
            deed = {"shoot": "fire"}.get(deeds[0], deeds[0]) if deeds else ""
            involved = any(self.low(at) in AT_SCENE for at in range(noun, stop))
            return head, deed or ("stop" if involved else ""), ""
        return head, "hit" if head == "wound" else "", ""
