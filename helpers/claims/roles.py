"""Whose shots, whose wounds, which officers: the part a number plays in its sentence.

Each reading gives ``(head, deed, who)``. What the sentence does not say stays '': a fact may fill it, never a guess.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .clauses import BREAKS, Predicate
from .lexicon import BODY, EVENTS, HEADS, PEOPLE, RECORD, THINGS, VERBS
from .people import Mention
from .words import stem, vocabulary

if TYPE_CHECKING:
    from .quantities import Quantity
    from .subjects import Scene

__all__ = ["Role", "role"]

Role = tuple[str, str, str]

_FORCES = vocabulary("team unit force department squad police tactical crew patrol")
_STORM = vocabulary("hail barrage storm volley fusillade burst spray torrent flurry salvo shower")
_CASES = {stem(word) for word in ("casings", "shells", "cartridges")}
_DEFINITE = vocabulary("the all those these both")
_SMALL = vocabulary(
    """that which had have has of them those the shots bullets rounds actually then later also ultimately police his
    officers fired all eventually were was in total between kept keep began started continued never did not to"""
)  # fmt: skip


def role(scene: Scene, quantity: Quantity) -> Role:
    """The part of a quantity: what it counts (a class of `HEADS` or a stem), what was done, and by or to whom."""
    return _Role(scene, quantity).role()


class _Role:
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

    def role(self) -> Role:
        """As its noun and verb say; "ten shots apiece" are each one's."""
        head, action, who = self._role()
        apiece = self.low(self.right) == "apiece" or (self.low(self.right) == "each" and not self.taken)
        return (
            (head, action, "each") if apiece and head in ("shot", "times") and who != "other" else (head, action, who)
        )

    def _role(self) -> Role:
        quantity = self.quantity
        noun = self.low(quantity.head) if quantity.head is not None else ""
        if noun in ("others", "other"):
            noun = ""  # "four others returned fire": of those told of before
        head = HEADS.get(stem(noun), "") if noun else ""
        if noun == "times" or quantity.form == "once":
            return self.times()
        if noun in ("police", "cops") or (stem(noun) == "member" and self._of_force()):
            head = "officer"
        if noun in _FORCES and any(self.low(at) in ("member", "man", "officer", "person") for at in quantity.nouns):
            head = "officer"  # "the five-member team"
        if head == "shot":
            return self.shots()
        if head == "wound":
            return "wound", "hit", self._whose_wounds()
        if head == "officer":
            return "officer", self.officers(), ""
        if not noun:
            return self.elliptical()
        if stem(noun) in ("reload", "magazin"):
            return "reload", "reload", ""
        return head or stem(noun), "", ""

    def _of_force(self) -> bool:
        return self.low(self.right) == "of" and any(self.low(self.right + ahead) in _FORCES for ahead in range(1, 6))

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
        return "shot", "fire", self._between_noun_and_verb() or self._who_fired()

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
            return "shot", "fire", "one officer" if not victim else _opposite(victim.who)
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
        between = [self.low(at) for at in range(self.right, verb.at)]
        return len(between) < 8 and all(
            word in _SMALL or word.isdigit() or HEADS.get(stem(word)) == "shot" for word in between
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
            return self._who(owner) or (_opposite(subject.who) if subject and self.clauses.aimed(verb) else "")
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
            return "shot", "fire", self._who(owner) or (_opposite(subject.who) if subject and aimed else "")
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
        if self.scene.whole(self.quantity) and self.low(self.right) not in ("who", "that", "involved", "in"):
            return ""
        if stem(self.low(self.quantity.head or 0)) == stem("shooters"):
            return "fire"
        return self._done_to() or self._doing()

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
        for at in range(self.right, verb):
            low = self.low(at)
            if low in BREAKS or low in ("after", "before", "because", "when", "as") or at in self.taken:
                return True
            if low in (",", "and") and any(m.first in (at + 1, at + 2) for m in self.people.mentions(self.number)):
                return True
        return False

    def _at_scene(self) -> bool:
        """Whether the officers are told of as those of the stop: involved, assigned, at the scene, in a car."""
        lows = {self.low(at) for at in range(self.right, self.sentence.last) if not self._parted(at)}
        return bool(lows & _SCENE)

    # What the sentence leaves out.

    def elliptical(self) -> Role:
        """``four returned fire``, ``Reed 11``, ``thirteen hit him``, ``a team of five``, ``shots fired: 96``."""
        found = self._told_next() or self._share_in_numbers() or self._noun_before() or self._numbered_noun()
        if found:
            return found
        if self.scene.whole(self.quantity) and self.scene.antecedent_head(self.quantity) in ("", "officer"):
            return "officer", "", ""
        verb = self.after
        of_them = (self.low(self.right), self.low(self.right + 1)) == ("of", "them")
        if of_them and self._between_noun_and_verb():
            return self.shots()  # "three of them he fired at a man who lay still"
        theirs = self.low(self.left - 1) == "the" and verb and verb.at == self.right and self.clauses.aimed(verb)
        if theirs and any(HEADS.get(stem(self.low(at))) == "shot" for at in range(self.sentence.first, self.left)):
            # "as many shots as the 96 fired at Reed"
            aimed = self.people.after(self.number, verb.last, self.sentence.last)
            return "shot", "fire", _opposite(aimed.who) if aimed else ""
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
        many = next((at for at in range(following.first, following.last) if self.low(at) in ("many", "of")), None)
        if many is None:
            return None
        noun = self.low(many + 1)
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
        if self.low(self.left - 1) == "of" and self.low(self.left - 2) in _FORCES:
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
            involved = any(self.low(at) in _SCENE for at in range(noun, stop))
            return head, deed or ("stop" if involved else ""), ""
        return head, "hit" if head == "wound" else "", ""


_IN_ALL = {("in", "all"), ("in", "total"), ("all", "told")}  # "a handful of officers, five in all"
_SCENE = vocabulary(
    """involved assigned scene stop tactical unit team seat belt seatbelt vehicle suv car traffic unmarked surrounded
    participated arrived approached responded"""
)


def _opposite(who: str) -> str:
    return "police" if who == "other" or who.startswith(("named", "person")) else "other"
