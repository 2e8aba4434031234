"""What a number is about: what it counts, who did it, to whom, and under which restriction.

Two numbers are of the same subject only where nothing of this differs; the same digits alone mean nothing. The reading
is by rules over the words of a sentence, made for how shootings are reported: who fired, who was hit, who made the
stop, how long it took. Words that the rules do not know are compared by their stems.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from .lexicon import ACTIONS, CONTRASTS, HEADS, PEOPLE
from .places import places
from .quantities import Quantity
from .words import STOP_WORDS, Sentence, Token, stem, vocabulary

__all__ = ["Mention", "Scene", "Subject"]


@dataclass(frozen=True)
class Subject:
    """What a number is about.

    ``head`` is a class of `HEADS` or the stem of another noun, '' where the text leaves it out. ``action`` is what was
    done (`ACTIONS`), ``who`` did it (for wounds and ages: whose they are): ``police``, ``one officer``, ``other``,
    ``named:...``, or '' where nothing says. ``restrict`` narrows a count ("after he stopped moving"); ``basis`` is how
    it was counted. ``stems`` are the sentence's words, ``ordered`` the contrasting words in their order.
    """

    head: str = ""
    action: str = ""
    who: str = ""
    restrict: frozenset[str] = frozenset()
    basis: str = ""
    stems: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    contrasts: tuple[tuple[str, str], ...] = ()
    actions: frozenset[str] = frozenset()
    definite: bool = False
    singular: bool = False
    years: frozenset[int] = frozenset()
    places: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    sibling: str = ""
    nouns: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Mention:
    """A person or group named in a sentence: tokens ``first`` up to ``last``."""

    first: int
    last: int
    who: str
    plural: bool = False
    possessive: bool = False
    pronoun: bool = False


_SAYING = {stem(word) for word in vocabulary(
    """say said says tell told report reported announce announced confirm confirmed according claim claimed state
    stated write wrote add added argue argued allege alleged think believe"""
)}  # fmt: skip
_BEFORE_OBJECT = vocabulary(
    """at on toward towards of to against near behind beside for about into onto with from upon striking hitting
    wounding injuring killing shooting struck hit wounded injured killed stopped detained shot surrounded approached
    pulled confronted stopping leaving left told by left grazing grazed"""
)
_DETERMINERS = vocabulary(
    """the a an his her their its one two three four five mr mr. mrs. ms. dr. of these those all several many another
    other chicago police tactical uniformed plainclothes unidentified first second both that this each"""
)  # fmt: skip
_AUXILIARIES = vocabulary("was were been being be got get is are had have has")
_BE = {"was", "were", "been", "being", "be", "got", "get", "is", "are"}
_HIT_VERBS = {"hit", "hits", "hitting", "struck", "strike", "strikes", "striking", "wounded", "wounding", "injured",
              "injuring", "grazed", "grazing", "pierced"}  # fmt: skip
_FIRE_VERBS = {"fired", "fire", "fires", "firing", "discharged", "discharging", "discharge", "unloaded", "unleashed",
               "loosed", "squeezed", "emptied", "trigger", "triggers", "shooting", "unloading",
               "unleashing", "blasted"}  # fmt: skip
_SOME = vocabulary("one two three four five six seven eight nine ten some most many several all each none both")
_ONE_OF_SEVERAL = vocabulary("one none another either neither each any last first second third youngest other")
_VEHICLES = vocabulary("car vehicle suv truck van sedan driver motorist window door")
_STOP_VERBS = {stem(word) for word in vocabulary(
    """stop stopped detain surround approach assign involve confront participate pull conduct initiate arrive tactical
    unit scene encounter team"""
)}  # fmt: skip
_HURT = vocabulary(
    "wounded injured hurt wound wounds injury injuries suffered sustained treated hospitalized recovering"
)
_BODY = vocabulary(
    """forearm arm leg wrist hand chest back head shoulder neck thigh foot face hip torso abdomen knee body stomach"""
)  # fmt: skip
_NOT_PEOPLE = vocabulary(
    """police chicago street avenue county city park department office unit district area state national times tribune
    post news officer officers monday tuesday wednesday thursday friday saturday sunday the a an in on at of and or
    but mr mrs ms this that civilian accountability review board"""
)
_PARTS = ("first", "last", "final", "next", "other", "remaining", "additional", "another", "further", "extra")
_STILL = re.compile(
    r"(?i)\b(?:stopped|ceased|quit|no longer|not|wasn.t|nor|without)\s+moving\b|\bmotionless\b"
    r"|\b(?:lay|lying|was|laid) still\b|\bunmoving\b|\bafter_still\b|\bimmobile\b|\bstopped (?:all )?movement\b"
)
_FALLEN = re.compile(
    r"(?i)\bafter\b[^.;,]{0,40}\b(?:fell|fallen|on the ground|down|collapsed)\b|\bwhile\b[^.;,]{0,25}\bon the ground\b"
)
_INCLUDING = {"including", "even", "some", "continued", "continuing", "kept", "continue", "still"}
_SELF_REPORTED = re.compile(
    r"(?i)\bself[- ]reported\b|\bown (?:reports?|accounts?|counts?|estimates?)\b"
    r"|\bown (?:tall(?:y|ies)|reporting|figures?|paperwork)\b"
    r"|\bofficers(?: themselves)? reported (?:firing|having fired)\b|\bby their own\b|\breported firing\b"
)
_CASINGS = re.compile(r"(?i)\bcasings?\b|\bcartridge cases?\b")
_FORCES = {"team", "unit", "force", "department", "squad", "police", "tactical", "crew", "patrol"}
_COUNTING_NOUNS = {"count", "number", "figure", "total", "tally", "toll", "sum"}
_GUNS = {"gun", "weapon", "handgun", "pistol", "guns", "weapons", "firearm", "firearms", "rifle", "revolver"}


def _class(word: str) -> str:
    return HEADS.get(stem(word), "")


@dataclass
class Scene:
    """A text read for its subjects: whom and which places its sentences name, and what its numbers count."""

    text: str
    words: list[Token]
    sentences: list[Sentence]
    quantities: list[Quantity]
    known: frozenset[str] = frozenset()
    extras: frozenset[str] = frozenset()
    _mentions: dict[int, list[Mention]] = field(default_factory=dict)
    _described: dict[tuple[int, str], Subject] = field(default_factory=dict)
    _topics: dict[int, tuple] = field(default_factory=dict)

    def __post_init__(self):
        self._starts = [sentence.first for sentence in self.sentences]
        self._by_sentence: dict[int, list[Quantity]] = {}
        for quantity in self.quantities:
            self._by_sentence.setdefault(self.sentence_of(quantity.first), []).append(quantity)

    def sentence_of(self, token: int) -> int:
        """The number of the sentence that holds a token."""
        return max(0, bisect_right(self._starts, token) - 1)

    def low(self, at: int) -> str:
        """The word at a token, in lower case, or ''."""
        return self.words[at].low if 0 <= at < len(self.words) else ""

    def siblings(self, quantity: Quantity) -> list[Quantity]:
        """Every quantity of the same sentence, in order."""
        return self._by_sentence.get(self.sentence_of(quantity.first), [])

    # The people.

    def mentions(self, number: int) -> list[Mention]:
        """Who is named in a sentence, in order, pronouns resolved."""
        if number not in self._mentions:
            self._mentions[number] = list(self._find_mentions(number))
        return self._mentions[number]

    def _find_mentions(self, number: int):
        sentence = self.sentences[number]
        at = sentence.first
        found: list[Mention] = []
        while at < sentence.last:
            mention = self._mention(at, sentence, number, found)
            if mention:
                found.append(mention)
                at = mention.last
            else:
                at += 1
        return found

    def _mention(self, at: int, sentence: Sentence, number: int, before: list[Mention]) -> Mention | None:
        token = self.words[at]
        low = token.low.removesuffix("'s").removesuffix("'")
        possessive = token.low.endswith(("'s", "s'")) or self.low(at) in ("his", "their", "her")
        if low in self.known and token.capital:
            last = at + 1
            while last < sentence.last and self.low(last).removesuffix("'s") in self.known:
                possessive = possessive or self.low(last).endswith("'s")
                last += 1
            name = self.low(last - 1).removesuffix("'s")
            return Mention(at, last, f"person:{name}" if name in self.extras else "other", possessive=possessive)
        if low == "them" and self._one_of(at):
            return Mention(at, at + 1, "one officer" if self._antecedent(number, before, True) == "police" else "other")
        if low in ("they", "them", "their"):
            return Mention(at, at + 1, self._antecedent(number, before, True), True, possessive, True)
        if low in ("he", "she", "him", "her", "his"):
            return Mention(at, at + 1, self._antecedent(number, before, False), False, possessive, True)
        who = PEOPLE.get(stem(low))
        if who == "police":
            if low == "police" and (_class(self.low(at + 1)) in ("officer", "shooting") or self.low(at + 1) in (
                "department", "accountability", "body", "shooting", "report", "reports", "source", "union", "chief",
                "district", "superintendent", "video", "footage", "data", "records", "custody", "fire", "gunfire",
                "shots", "-",
            )) and self.low(at + 1) not in ("fire", "gunfire", "shots"):  # fmt: skip
                return None
            plural = stem(low) == "police" or low.endswith("s") or low in ("policemen", "police")
            plural = plural or (self.low(at + 1) == "-")
            of_several = not plural or self._one_of(at)
            each = self.low(at - 1) in ("each", "every", "per")
            last = at + 1
            while not plural and last < sentence.last and self.words[last].capital and self.words[last].is_word:
                last += 1
            name = self.low(last - 1).removesuffix("'s")
            if last > at + 1 and name in self.extras:
                return Mention(at, last, f"person:{name}", False, self.low(last - 1).endswith("'s"))
            who = "each" if each else "one officer" if of_several else "police"
            return Mention(at, last, who, plural and not of_several, possessive)
        if low == "one" and self.low(at + 1) == "of" and self._picks_officer(at + 2):
            return Mention(at, at + 2, "one officer")
        if who == "other":
            return Mention(at, at + 1, "other", low in ("men", "women", "victims", "drivers"), possessive)
        return self._stranger(at, sentence)

    def _picks_officer(self, at: int) -> bool:
        """Whether "one of" at ``at`` goes on "the four" or "them" without a noun: one of the officers."""
        while self.low(at) in ("the", "those", "these", "all"):
            at += 1
        if self.low(at) == "them":
            return True
        number = next((q for q in self.quantities_at(at) if q.head is None), None)
        return number is not None and not number.reason

    def quantities_at(self, token: int) -> list[Quantity]:
        """The quantities whose number begins at a token."""
        return [q for q in self._by_sentence.get(self.sentence_of(token), []) if q.number[0] == token]

    def _one_of(self, at: int) -> bool:
        """Whether "officers" at ``at`` is in "one of the officers" or "an officer among the five"."""
        for back in range(at - 1, max(-1, at - 7), -1):
            if self.low(back) == "of":
                picked = self.low(back - 1)
                return picked in _ONE_OF_SEVERAL or (
                    picked.endswith("est") and picked not in ("rest", "west", "arrest")
                )
            if self.low(back) not in _DETERMINERS and not self.words[back].is_number:
                return False
        return False

    def _stranger(self, at: int, sentence: Sentence) -> Mention | None:
        """Two capitalised words in a row that are no known name, place or office: some other person."""
        token = self.words[at]
        following = self.words[at + 1] if at + 1 < sentence.last else None
        if not (token.capital and following and following.capital and following.is_word and len(token.text) > 1):
            return None
        if (
            {token.low, following.low.removesuffix("'s")} & _NOT_PEOPLE
            or token.text.isupper()
            or following.text.isupper()
        ):
            return None
        if stem(token.low) in HEADS or stem(token.low) in ACTIONS or following.low in self.known:
            return None
        if any(place == at for place, _ in places(self.words[at : at + 3]) for place in (at + place,)):
            return None
        return Mention(at, at + 2, f"named:{following.low.removesuffix(chr(39) + 's')}", False,
                       following.low.endswith("'s"))  # fmt: skip

    def _antecedent(self, number: int, before: list[Mention], plural: bool) -> str:
        """Whom a pronoun means: the last mention of its number, here or in the sentence before."""
        earlier = self.mentions(number - 1) if number and self._same_paragraph(number) else []
        # In the same sentence the nearest is meant, in the one before it the first, which is its subject.
        for mention in [*before[::-1], *earlier]:
            if mention.plural != plural or (mention.possessive and not mention.pronoun):
                continue
            if mention.pronoun or not self._attribution(mention):
                return mention.who
        return "police" if plural else "other"

    def _same_paragraph(self, number: int) -> bool:
        return self.sentences[number - 1].paragraph >= self.sentences[number].paragraph - 1

    def _attribution(self, mention: Mention) -> bool:
        """Whether a mention only says who said so: "police said", "according to police"."""
        if self.low(mention.first - 1) == "to" and self.low(mention.first - 2) == "according":
            return True
        after = self.low(mention.last)
        if after in ("have", "has", "had", "also", "later", "initially", "first"):
            after = self.low(mention.last + 1)
        if stem(after) == "report" and self.low(mention.last + 1) in ("firing", "having"):
            return False
        return stem(after) in _SAYING

    def _object(self, mention: Mention) -> bool:
        """Whether a mention stands after a preposition or as the object of a verb, and so does nothing itself."""
        at = mention.first - 1
        while at > 0 and (self.low(at) in _DETERMINERS or self.words[at].is_number) and self.low(at) not in ("of",):
            at -= 1
        if self.low(at) == "of" and at > 1 and (self.low(at - 1) in _SOME or self.words[at - 1].is_number):
            # "One of those officers" does what the officers' part does.
            at -= 2
        if self.low(at) in ("with", "from", "by", "left") and self._doing(mention.last):
            return False
        return self.low(at) in _BEFORE_OBJECT and not self._finite(mention.last)

    def _doing(self, at: int) -> bool:
        return self.low(at).endswith("ing") and bool(ACTIONS.get(stem(self.low(at))))

    def _finite(self, at: int) -> bool:
        return self.low(at) in ("fired", "returned", "opened", "discharged", "shot") and self.low(at - 1) != ","

    def subject(self, number: int, verb: int) -> Mention | None:
        """Who does what the verb at token ``verb`` says: the nearest mention before it that acts."""
        who = next((at for at in range(verb - 1, max(verb - 5, -1), -1) if self.low(at) in ("who", ",", ";")), None)
        if who is not None and self.low(who) == "who":
            earlier = [m for m in self.mentions(number) if m.last <= who and not m.possessive]
            if earlier:
                return earlier[-1]
        for mention in reversed(self.mentions(number)):
            if mention.last > verb or mention.possessive or self._attribution(mention) or self._object(mention):
                continue
            return mention
        return None

    def after(self, number: int, start: int, stop: int) -> Mention | None:
        """The first person named from token ``start`` up to ``stop``."""
        return next((m for m in self.mentions(number) if start <= m.first < stop and not m.possessive), None)

    def asked(self, number: int) -> frozenset[str]:
        """The words of the question that a sentence answers: the last one asked before it, a few sentences back."""
        for back in range(number - 1, max(-1, number - 6), -1):
            sentence = self.sentences[back]
            if self.low(sentence.last - 1) == "?":
                return frozenset(self.low(at) for at in range(sentence.first, sentence.last))
        return frozenset()

    # The topic: places, years and names of a sentence, kept from the sentences before it in its paragraph.

    def topic(self, number: int) -> tuple[frozenset[str], frozenset[str]]:
        """Places and known names that a sentence is about; where it names none, what its paragraph named last."""
        if number not in self._topics:
            sentence = self.sentences[number]
            words = self.words[sentence.first : sentence.last]
            where = frozenset(name for _, name in places(words))
            names = frozenset(token.low.removesuffix("'s") for token in words if token.capital)
            names &= self.known - self.extras
            same = number > 0 and self.sentences[number - 1].paragraph == sentence.paragraph
            if same and not (where and names):
                earlier = self.topic(number - 1)
                where, names = where or earlier[0], names or earlier[1]
            self._topics[number] = (where, names)
        return self._topics[number]

    # The subject of a quantity.

    def describe(self, quantity: Quantity) -> Subject:
        """What a quantity is about. Those before it are read first, since it may take its noun from them."""
        key = quantity.first, quantity.kind
        if key not in self._described:
            self._described[key] = _Description(self, quantity).subject()
        return self._described[key]


class _Description:
    """Reads the subject of one quantity from its sentence."""

    def __init__(self, scene: Scene, quantity: Quantity):
        self.scene, self.quantity = scene, quantity
        self.number = scene.sentence_of(quantity.first)
        self.sentence = scene.sentences[self.number]
        self.low = scene.low
        self.left, self.right = quantity.first, max(quantity.last, (quantity.head or 0) + 1)
        # "of the five officers": the group that a part was taken from.
        of_the = self.low(self.left - 1) in ("the", "those", "these", "all", "his", "their") and (
            self.low(self.left - 2) == "of")  # fmt: skip
        ends = {end for other in scene.siblings(quantity) for end in (other.number[1], other.last)}
        self.whole = of_the and (self.left - 2 == self.sentence.first or self.left - 2 in ends)

    def _phrase(self) -> list[int]:
        """The tokens of the noun phrase, with the participle that may follow: "people killed"."""
        at = self.right
        follow = [at] if self.low(at).endswith("ed") or self.low(at) == "shot" else []
        return [*self.quantity.nouns, *follow]

    def subject(self) -> Subject:
        quantity, scene = self.quantity, self.scene
        words = scene.words[self.sentence.first : self.sentence.last]
        sentence_stems = frozenset(stem(token.low) for token in words if token.is_word and token.low not in STOP_WORDS)
        low, high = self._segment()
        near = frozenset(
            stem(token.low) for token in scene.words[low:high] if token.is_word and token.low not in STOP_WORDS
        )
        head, action, who = self._counted() if quantity.kind in _COUNTING else ("", "", "")
        restrict, contrasts = self._restrictions(), self._contrasts(low, high)
        taken_up = self._taken_up() if quantity.kind == "count" and quantity.form != "once" else None
        if taken_up:
            head, action, who, restrict = taken_up.head, taken_up.action, taken_up.who, taken_up.restrict
            contrasts, sentence_stems = taken_up.contrasts, sentence_stems | taken_up.stems
        if self.whole:
            # Of "three of the 96 shots", what is said of the three is not said of the 96.
            restrict, contrasts = frozenset(), tuple(contrasting([scene.words[at] for at in self._phrase()]))
        if quantity.kind == "age":
            who = self._whose_age()
        where, names = scene.topic(self.number)
        sentence = scene.text[self.sentence.start : self.sentence.end]
        return Subject(
            head=head,
            action=action,
            who=who,
            restrict=restrict,
            basis="self-reported" if _SELF_REPORTED.search(sentence) else "",
            stems=sentence_stems,
            near=near,
            contrasts=contrasts,
            actions=frozenset(ACTIONS[word] for word in sentence_stems if word in ACTIONS),
            definite=self._definite() or self.whole,
            singular=quantity.written.low == quantity.written.high == 1,
            years=self._years(),
            places=where,
            names=names,
            nouns=frozenset(stem(self.low(at)) for at in quantity.nouns),
        )

    def _segment(self) -> tuple[int, int]:
        """The clause around the quantity: up to the marks and joining words on either side."""
        marks = {";", ":", "—", "–", "(", ")", "“", "”", '"'}
        low, high = self.left, self.right
        while low > self.sentence.first and self.low(low - 1) not in marks:
            low -= 1
            if self.low(low) in ("while", "but", "whereas") or (self.low(low) == "," and self._new_clause(low + 1)):
                break
        while high < self.sentence.last and self.low(high) not in marks:
            if self.low(high) in ("while", "but", "whereas") or (self.low(high) == "," and self._new_clause(high + 1)):
                break
            high += 1
        return low, high

    def _new_clause(self, at: int) -> bool:
        return self.low(at) in ("and", "but", "while", "who", "which", "as", "after", "before", "when", "with")

    def _counted(self) -> tuple[str, str, str]:
        quantity = self.quantity
        head = _class(self.low(quantity.head)) if quantity.head is not None else ""
        noun = self.low(quantity.head) if quantity.head is not None else ""
        if noun == "times" or quantity.form == "once":
            return self._times()
        if noun in ("police", "cops"):
            head = "officer"
        if stem(noun) == "member" and self.low(self.right) == "of" and (
            {self.low(self.right + ahead) for ahead in range(1, 6)} & _FORCES
        ):  # fmt: skip
            head = "officer"
        if head == "shot":
            return self._shots()
        if head == "wound":
            return "wound", "hit", self._whose_wounds()
        if head == "officer":
            described = not self.whole or self.low(self.right) in ("who", "that", "involved", "in")
            return "officer", self._officers_action() if described else "", ""
        if not noun:
            return self._elliptical()
        if noun in ("gunshot", "magazine", "magazines", "reload", "reloads"):
            return "reload", "reload", ""
        return head or stem(noun), "", ""

    # Shots and times.

    def _verb_left(self) -> int | None:
        """The nearest verb of shooting, hitting and so on before the quantity."""
        for at in range(self.left - 1, self.sentence.first - 1, -1):
            low = self.low(at)
            if low in (";", "—"):
                break
            if low in _HIT_VERBS or low in _FIRE_VERBS or low in ("reloaded", "reloading", "reload"):
                if low in ("fire", "shooting") and self.low(at - 1) in ("of", "the", "a", "under", "police", "deadly"):
                    continue
                if low == "wounded" and self.low(at + 1) in ("officer", "man"):
                    continue
                return at
            if low in ("shot", "shoot", "shooting", "shoots") and self._is_verb(at):
                return at
        return None

    def _is_verb(self, at: int) -> bool:
        """Whether "shot" is a verb: after a person or "was", or before "at", a person or "in"."""
        before, after = self.low(at - 1), self.low(at + 1)
        if self.low(at) != "shot":
            return self.low(at) == "shoot" or after in ("at", "him")
        mentioned = any(m.last == at and not m.possessive for m in self.scene.mentions(self.number))
        follows = after in ("at", "him", "her", "them", "in", "and", "dead", "back") or at + 1 == self.left
        reached = any(m.first == at + 1 for m in self.scene.mentions(self.number))
        if before in ("a", "the", "each"):
            return False
        acting = before in _AUXILIARIES or mentioned or before in ("who", ",", "officers", "fatally")
        return (acting and before != "one") or follows or reached

    def _passive(self, verb: int) -> bool:
        for at in range(verb - 1, max(self.sentence.first - 1, verb - 4), -1):
            low = self.low(at)
            if low in _BE:
                return True
            if not (low.endswith("ly") or low in ("not", "then", "also", "first", "later", "reportedly", "to")):
                return False
        return False

    def _times(self) -> tuple[str, str, str]:
        verb = self._verb_left()
        if verb is None:
            verb = self._verb_right()
        if verb is None and self.scene.asked(self.number) & _HIT_VERBS:
            subject = self.scene.subject(self.number, self.left)
            return "wound", "hit", subject.who if subject else "other"
        if verb is None:
            return ("times", "", "")
        low = self.low(verb)
        if low.startswith("reload"):
            return "reload", "reload", ""
        passive = self._passive(verb)
        at_target = any(
            self.low(verb + ahead) in ("at", "upon", "toward", "towards")
            and self.low(verb + ahead + 1) not in ("least", "most", "the") for ahead in (1, 2)
        )  # fmt: skip
        subject = self.scene.subject(self.number, verb)
        if low in _HIT_VERBS or (low in ("shot", "shoot") and not at_target):
            target = self.scene.after(self.number, verb + 1, self.left)
            if low in ("shot", "shoot") and not passive and not target and subject and subject.who != "other":
                return "shot", "fire", subject.who
            if passive or not target:
                return "wound", "hit", self._body_of(verb) or (subject.who if subject else "other")
            return "wound", "hit", target.who
        if passive and at_target:
            return "shot", "fire", _opposite(subject.who if subject else "other")
        if passive and self._by(self.right):
            return "shot", "fire", self._by(self.right)
        return "shot", "fire", self._stranger_shot_at() or self._agent(verb)

    def _stranger_shot_at(self) -> str:
        """Someone other than the person of record whom the shots were fired at; '' where there is none."""
        for mention in self.scene.mentions(self.number):
            if mention.who.startswith("named:") and self.low(mention.first - 1) in ("at", "on", "toward", "towards"):
                return mention.who
        return ""

    def _gun_of(self, verb: int) -> str:
        """Whose gun was fired: ``Reed's gun was fired 11 times``."""
        for mention in self.scene.mentions(self.number):
            if mention.possessive and mention.last <= verb and any(
                self.low(mention.last + ahead) in _GUNS for ahead in (0, 1, 2)
            ):  # fmt: skip
                return mention.who
        return ""

    def _body_of(self, verb: int) -> str:
        """Whose body was hit: ``an officer's forearm was struck once``."""
        for mention in reversed(self.scene.mentions(self.number)):
            if mention.possessive and mention.last <= verb and self.low(mention.last) in _BODY:
                return mention.who
        return ""

    def _shots(self) -> tuple[str, str, str]:
        owner = self._owner()
        if owner:
            return "shot", "fire", owner
        police = any(self.low(at) in ("police", "officers", "officer") for at in self.quantity.nouns)
        if police and not self.quantity.partitive:
            return "shot", "fire", "police"
        if self.whole:
            return "shot", "fire", self._by(self.right) or "police"
        if stem(self.low(self.quantity.head or 0)) == stem("casing"):
            # Who found them is not who fired them.
            return "shot", "fire", self._by(self.right) or "unknown"
        left = self._verb_left()
        if left is not None and self.low(left) in _HIT_VERBS and self._between(left, "by", "with"):
            subject = self.scene.subject(self.number, left)
            return "wound", "hit", subject.who if subject else "other"
        right = self._verb_right()
        if right is not None and self.low(right) in _HIT_VERBS and self._between_right(right):
            target = self.scene.after(self.number, right + 1, self.sentence.last)
            # Bullets that hit a car are no wounds.
            thing = target is None and self.low(right + 1) in ("the", "a", "an", "his", "their", "several", "nearby")
            body = {self.low(right + ahead) for ahead in (2, 3)} & _BODY
            return "wound", "hit", target.who if target else "named:thing" if thing and not body else "other"
        by = self._by(self.right) or self._stranger_shot_at()
        if by:
            return "shot", "fire", by
        whose = self._relative(right)
        if whose:
            return "shot", "fire", whose
        if left is not None and self.low(left) in _HIT_VERBS:
            # Who was hit may have fired too: "Mattingly, who was hit in the leg, got off six shots".
            left = None
        return "shot", "fire", self._agent(left)

    def _relative(self, right: int | None) -> str:
        """``96 shots that officers fired``, ``the 96 shots police fired``: who stands between the noun and the verb."""
        if right is None or self.low(right) not in _FIRE_VERBS or right - self.right > 7:
            return ""
        if self._passive(right):
            return ""
        mention = self.scene.after(self.number, self.right, right)
        return mention.who if mention and not self.scene._attribution(mention) and not self._marks(right) else ""

    def _marks(self, stop: int) -> bool:
        return any(self.low(at) in (",", ";", "and", "but") for at in range(self.right, stop))

    def _verb_right(self) -> int | None:
        for at in range(self.right, self.sentence.last):
            low = self.low(at)
            if low in (";", "—", "but", "while"):
                return None
            if low in _HIT_VERBS or low in _FIRE_VERBS:
                return at
        return None

    def _between(self, verb: int, *needed: str) -> bool:
        return any(self.low(at) in needed for at in range(verb + 1, self.left))

    def _between_right(self, verb: int) -> bool:
        """Whether the hit verb to the right has the shots as its subject: nothing but small words between."""
        between = [self.low(at) for at in range(self.right, verb)]
        small = {
            "that",
            "which",
            "had",
            "have",
            "of",
            "them",
            "those",
            "the",
            "shots",
            "bullets",
            "rounds",
            "actually",
            "then",
            "later",
            "also",
            "ultimately",
            "police",
            "officers",
            "fired",
            "his",
            "all",
            "eventually",
        }
        return len(between) < 7 and all(word in small or word.isdigit() for word in between) and "by" not in between

    def _owner(self) -> str:
        """``Reed's 11 shots``, ``the officers' 96 rounds``, ``his 11 shots``."""
        for mention in self.scene.mentions(self.number):
            if mention.possessive and mention.last == self.left:
                return mention.who
        return ""

    def _by(self, start: int) -> str:
        """``... fired by police``, ``11 from Reed``: who comes after "by" before the next number or clause."""
        others = {q.first for q in self.scene.siblings(self.quantity) if q.first >= start}
        for at in range(start, min(start + 14, self.sentence.last)):
            low = self.low(at)
            if low in (";", "—", ":", "and", "but", "after", "when", "while", "as", "who") or (
                at in others and low not in ("one", "four", "five", "two", "three") and self.low(at - 1) != "by"
            ):  # fmt: skip
                return ""
            if low in ("by", "from"):
                mention = self.scene.after(self.number, at + 1, min(at + 9, self.sentence.last))
                spoken = mention is not None and not self.scene._attribution(mention)
                if spoken and not any(self.low(mid) in (",", ";") for mid in range(at, mention.first)):
                    return mention.who
                owner = next((m for m in self.scene.mentions(self.number) if m.first in (at + 1, at + 2)), None)
                if owner and owner.possessive and any(self.low(owner.last + ahead) in _GUNS for ahead in (0, 1)):
                    return owner.who
        return ""

    def _agent(self, verb: int | None) -> str:
        """Who fired: the verb's subject; else who the sentence or the one before last said fired; else the police."""
        at = verb if verb is not None else self.left
        if verb is not None and self._passive(verb):
            by = self._by(verb + 1) or self._gun_of(verb)
            if by:
                return by
            subject = self.scene.subject(self.number, verb)
            return _opposite(subject.who) if subject and self.low(verb + 1) in ("at", "upon", "on") else "police"
        gapped = self._gapped()
        if gapped:
            return gapped
        subject = self.scene.subject(self.number, at)
        if subject and subject.who and verb is None and self._felled(subject.last):
            return _opposite(subject.who)
        if subject and subject.who:
            return subject.who
        accounted = next((m for m in self.scene.mentions(self.number) if m.last <= self.left and m.plural), None)
        if accounted:
            return accounted.who
        return "police"

    def _felled(self, start: int) -> bool:
        """Whether what follows a person says that they were killed or hit: ``was killed in a hail of 96 bullets``."""
        if self.low(start) == "," and self.low(start + 1) == "who":
            # A relative clause tells of another moment: "Reed, who was hit in the leg, fired 11 shots".
            start = next((at for at in range(start + 2, self.left) if self.low(at) == ","), self.left)
        for at in range(start, self.left):
            if self.low(at) in ("died", "fell", "collapsed"):
                return True
            if self.low(at) in (
                "killed",
                "shot",
                "struck",
                "hit",
                "felled",
                "gunned",
                "slain",
                "cut",
                "met",
                "riddled",
            ):
                return self._passive(at) or self.low(at - 1) == ","
        return False

    def _gapped(self) -> str:
        """``Police fired 96 shots and Reed 11``: a person right before the number, without a verb of their own."""
        for mention in self.scene.mentions(self.number):
            close = mention.last in (self.left, self.left - 1) and not mention.possessive
            if (
                close
                and self.low(self.left - 1) in (",", self.low(mention.last - 1))
                and not self.scene._object(mention)
            ):
                return mention.who
        return ""

    # Wounds, ages, officers.

    def _whose_wounds(self) -> str:
        owner = self._owner()
        if owner:
            return owner
        for at in range(self.right, min(self.right + 4, self.sentence.last)):
            if self.low(at) in ("to", "on", "in"):
                mention = next((m for m in self.scene.mentions(self.number) if at < m.first <= at + 3), None)
                if mention:
                    return mention.who
        subject = self.scene.subject(self.number, self.left)
        return subject.who if subject and subject.who != "police" else "other"

    _CIVILIAN = vocabulary(
        """man driver motorist person suspect victim resident chicagoan native male individual civilian gunman father
        woman"""
    )  # fmt: skip

    def _whose_age(self) -> str:
        """Whose age: the noun after ``26-year-old``, or the name before ``, 26,``; else whom the sentence is about."""
        quantity = self.quantity
        before = self.low(quantity.first - 2) if self.low(quantity.first - 1) in (",", "(") else ""
        if self.low(quantity.number[0] - 1) == "of" and self.low(quantity.first) not in ("age", "aged"):
            return self._person_noun(self.low(quantity.first))
        if before:
            mention = next((m for m in self.scene.mentions(self.number) if m.last == quantity.first - 1), None)
            if mention:
                return mention.who
            return "named:" + before if self.scene.words[quantity.first - 2].capital else self._person_noun(before)
        at = quantity.last
        attached = quantity.head is not None and self.low(quantity.head) in ("year", "month", "day", "week")
        while attached and at < self.sentence.last and at < quantity.last + 6:
            token = self.scene.words[at]
            mention = next((m for m in self.scene.mentions(self.number) if m.first == at), None)
            if mention and not (mention.pronoun or mention.possessive):
                beyond = self.low(at) in ("police", "chicago") and not mention.plural
                return mention.who if not beyond else "police"
            if not token.is_word:
                at += token.text in ("-", "’", "“", '"')
                if token.text not in ("-", "’", "“", '"'):
                    break
                continue
            finite = token.low.endswith("ed") and not token.capital and self.low(at + 1) not in PEOPLE
            if (
                token.low in STOP_WORDS
                or token.low in _AUXILIARIES
                or token.low in _FIRE_VERBS
                or token.low == "shot"
                or finite
            ):
                break
            following = self.low(at + 1)
            if _noun_ends(following) or not self.scene.words[at + 1].is_word:
                return self._person_noun(token.low) if not token.capital else f"named:{token.low}"
            at += 1
        if attached and self.low(quantity.first - 1) in ("the", "a", "an") and self.low(quantity.first - 2) != ",":
            return "other"
        subject = self.scene.subject(self.number, quantity.first)
        return subject.who if subject else "other"

    def _person_noun(self, word: str) -> str:
        if word in self._CIVILIAN:
            return "other"
        return "police" if PEOPLE.get(stem(word)) == "police" else f"named:{word}"

    def _officers_action(self) -> str:
        """What the counted officers did, or what was done to them: ``fire``, ``hit``, ``stop``, ``reload`` or ''."""
        before = self._done_to()
        if before:
            return before
        quantities = [q.first for q in self.scene.siblings(self.quantity) if q.first >= self.right and not q.reason]
        segments, current = [], []
        at = self.right
        while at < self.sentence.last:
            low = self.low(at)
            boundary = low in (",", ";", ":", "(", ")", "—", "–", "but", "while", "after", "before", "because", "when")
            boundary = boundary or (low == "as" and at > self.right)
            joined = low == "and" and (at + 1 in quantities or any(
                m.first in (at + 1, at + 2) for m in self.scene.mentions(self.number)))  # fmt: skip
            if boundary or joined:
                segments.append(current)
                current = []
                if joined or low in (";", "—", "but", "while", "after", "before", "because", "when", "as"):
                    break
            else:
                current.append(at)
            at += 1
        segments.append(current)
        for segment in segments:
            action = self._action_of(segment)
            if action:
                return action
        return ""

    def _done_to(self) -> str:
        """The action of a verb right before: ``struck one officer``, ``fired by four officers``."""
        at = self.left - 1
        while at > self.sentence.first and self.low(at) in ("the", "at", "least", "a", "total", "of", "about", "only",
                                                           "just", "all", "another", "and", "those"):  # fmt: skip
            if (self.low(at) == "at" and self.low(at + 1) != "least") or self.low(at) == "and":
                break
            at -= 1
        low = self.low(at)
        if low in ("by", "from", "involving", "among"):
            verb = next((back for back in range(at - 1, max(self.sentence.first - 1, at - 9), -1)
                         if ACTIONS.get(stem(self.low(back))) or self.low(back) == "shot"), None)  # fmt: skip
            if verb is None:
                return ""
            action = "fire" if self.low(verb) in ("shot", "shots") else ACTIONS[stem(self.low(verb))]
            return "fire" if action in ("hit", "kill") else action
        if low in _HIT_VERBS or low in ("shot", "shooting", "hurt", "hurting"):
            return "hit"
        if low in ("left", "leaving"):
            after = [self.low(here) for here in range(self.right, min(self.right + 6, self.sentence.last))]
            return "hit" if {"shot", "hit", "struck"} & set(after[:3]) or _HURT & set(after) else ""
        return "stop" if low in ("stopped", "involved") and self.low(at - 1) in _BE else ""

    def _action_of(self, segment: list[int]) -> str:
        """The action in a stretch after the officers: being hit or firing says more than having made the stop."""
        stops = False
        for at in segment:
            low, before, after = self.low(at), self.low(at - 1), self.low(at + 1)
            if low in _HURT - _HIT_VERBS:
                return "hit"
            if low in _HIT_VERBS:
                passive = self._passive(at) or (
                    before in ("officer", "officers") and after in ("by", "in", "and", "during")
                )
                return "hit" if passive or low in ("wounded", "injured") else "strike"
            if low == "shot":
                if self._passive(at) or (after in ("in", "during", "and") and self._wounded(at)):
                    return "hit"
                if after in ("at", "back") or any(m.first in (at + 1,) for m in self.scene.mentions(self.number)):
                    return "fire"
                if before in ("officers", "who", "and") or after == ".":
                    return "fire"
            fired = low in _FIRE_VERBS and not (
                low in ("fire", "shooting") and before in ("the", "of", "a", "under", "in")
            )
            if fired and self._passive(at) and after in ("at", "upon", "on"):
                return "target"
            if fired or (low in ("trigger", "triggers", "shooters", "opened")):
                return "fire"
            if (
                low in _GUNS
                and before in ("their", "his", "her", "its")
                and self.low(at - 2) in ("used", "using", "emptied")
            ):
                return "fire"
            if low in ("reloaded", "reload"):
                return "reload"
            if stem(low) in _STOP_VERBS:
                stops = True
            if low == "stop" or (low == "part" and before in ("took", "take", "taking")):
                stops = True
            if low in _VEHICLES and self.low(segment[0]) != "of":
                stops = True
        return "stop" if stops else ""

    def _wounded(self, at: int) -> bool:
        return any(self.low(at + ahead) in _BODY for ahead in range(2, 5)) or self.low(at + 1) == "and" or (
            self.quantity.written.low == 1
        )  # fmt: skip

    # What the sentence leaves out, and what narrows the number.

    def _number_of(self) -> tuple[str, str, str] | None:
        """``the number of police shots at about 96``, ``a team of five``: the noun stands before the number."""
        if self.low(self.left - 1) == "of" and self.low(self.left - 2) in ("team", "unit", "group", "crew", "squad"):
            return "officer", self._officers_action() or "stop", ""
        if self.low(self.left - 1) in (":", "numbered", "totaled", "totalled") and self.quantity.head is None:
            before = range(self.sentence.first, self.left - 1)
            noun = next((here for here in before if _class(self.low(here))), None)
            head = _class(self.low(noun)) if noun is not None else ""
            if head == "officer":
                return head, self._action_of([here for here in before if here > noun]), ""
            if head == "shot":
                return head, "fire", self._by(noun + 1) or self._agent(None)
        for at in range(self.left - 1, self.sentence.first, -1):
            if self.low(at) == "of" and self.low(at - 1) in _COUNTING_NOUNS:
                phrase = range(at + 1, min(at + 7, self.left))
                noun = next((here for here in phrase if _class(self.low(here)) and self.low(here) != "police"), None)
                if noun is None:
                    return None
                head = _class(self.low(noun))
                people = [m for m in self.scene.mentions(self.number) if m.first in phrase and m.last != noun + 1]
                after = people[0] if people else None
                if head == "shot":
                    return head, "fire", after.who if after else self._by(noun + 1) or "police"
                if head == "officer":
                    return head, self._action_of(list(range(noun + 1, self.left))), ""
                return head, "hit" if head == "wound" else "", "other" if head == "wound" else ""
        return None

    def _elliptical(self) -> tuple[str, str, str]:
        """``four returned fire``, ``Reed 11``, ``50 were fired by one officer``, ``three came after he fell``."""
        told = self._number_of()
        if told:
            return told
        sentence = self.scene.text[self.sentence.start : self.sentence.end]
        if _SELF_REPORTED.search(sentence) and self.quantity.head is None:
            return "shot", "fire", "police"
        at = self.right
        if self.low(at) == "of":
            at += 1
            while self.low(at) in ("the", "them", "which", "those", "whom", "these", "all"):
                at += 1
            at = next((other.number[1] for other in self.scene.siblings(self.quantity) if other.number[0] == at), at)
        following, verb = self.low(at), at
        if self.whole and self._antecedent_head() in ("", "officer"):
            return "officer", "", ""
        if following in ("returned", "opened", "fired", "shot", "discharged", "reloaded", "pulled", "did", "surrounded",
                         "stopped"):  # fmt: skip
            return "officer", self._officers_action(), ""
        if following in ("was", "were", "had", "have") and self.low(verb + 1) in ("struck", "hit", "wounded", "injured",
                                                                                "shot", "been"):  # fmt: skip
            return "officer", "hit", ""
        left = self._verb_left()
        fired_left = left is not None and self.low(left) in _FIRE_VERBS and self.left - left < 8
        if following in ("were", "was") and self.low(verb + 1) == "fired":
            return self._shots()
        if fired_left or self._gapped() or self._by(self.right):
            antecedent = self._antecedent_head()
            return self._shots() if fired_left or antecedent == "shot" else (antecedent, "", "")
        if self._antecedent_head() == "shot":
            return self._shots()
        if self._antecedent_head() == "officer":
            # "One of those officers was behind at least 50 of them": an officer's part is of the shots.
            subject = self.scene.subject(self.number, self.left)
            of_them = self.low(self.right) == "of" and self.low(self.right + 1) == "them"
            if of_them and subject and subject.who in ("police", "one officer"):
                return "shot", "fire", subject.who
            return "officer", self._officers_action(), ""
        if left is not None and self.low(left) in _FIRE_VERBS:
            return self._shots()
        return self._antecedent_head(), "", ""

    def _antecedent(self) -> Subject | None:
        """The subject of the nearest number before this one that counts something, here or in the sentence before."""
        for number in (self.number, self.number - 1):
            for other in reversed(self.scene._by_sentence.get(number, [])):
                counts = other.kind == "count" and not other.reason
                if other.first < self.quantity.first and counts:
                    found = self.scene._described.get((other.first, other.kind))
                    if found and found.head:
                        return found
        return None

    def _antecedent_head(self) -> str:
        found = self._antecedent()
        if found:
            return found.head
        asked = self.scene.asked(self.number)
        heads = {_class(word) for word in asked} - {""} if {"how", "many"} <= asked else set()
        return heads.pop() if len(heads) == 1 else ""

    def _taken_up(self) -> Subject | None:
        """What "the count", "the number", "the figure" before a number without a noun takes up."""
        if self._number_of():
            return None
        lows = {self.low(at) for at in range(self.sentence.first, self.left)}
        sentence = self.scene.text[self.sentence.start : self.sentence.end]
        return (
            None
            if _SELF_REPORTED.search(sentence)
            else self._antecedent()
            if _COUNTING_NOUNS & lows and self.quantity.head is None
            else None
        )

    def _restrictions(self) -> frozenset[str]:
        """What narrows the number to a part: after he lay still, after he fell, the first or last of them."""
        found = set()
        at = self.quantity.number[0]
        before = {self.low(at - 1), self.low(self.left - 1), self.low(self.left - 2)}
        part = before & set(_PARTS) and "at" not in before
        counted = self.quantity.head is not None and self.quantity.kind == "count"
        if part and counted and not ({"and", "the"} >= before):
            found.add("more" if before & {"another", "additional", "further", "extra"} else "part")
        if counted and self.low(self.quantity.number[1] - 1) == "more" and not self.quantity.written.hedge:
            found.add("more")
        for name, pattern in (("still", _STILL), ("fallen", _FALLEN)):
            text = self.scene.text[self.sentence.start : self.sentence.end]
            for match in pattern.finditer(text):
                if self._attached(self.sentence.start + match.start(), self.sentence.start + match.end()):
                    found.add(name)
        return frozenset(found - {"more"} if "still" in found or "fallen" in found else found)

    def _attached(self, start: int, end: int) -> bool:
        """Whether a phrase (offsets) belongs to this quantity: no other quantity stands between, nor "including"."""
        mine = self.scene.words[self.quantity.number[0]].start
        words = self.scene.words[self.sentence.first : self.sentence.last]
        lead = [token.low for token in words if token.end <= start][-7:]
        if set(lead) & _INCLUDING:
            return False
        low, high = (mine, start) if start > mine else (end, mine)
        between = [
            other for other in self.scene.siblings(self.quantity)
            if low < self.scene.words[other.number[0]].start < high and not other.reason and other.kind == "count"
        ]  # fmt: skip
        parted = any(token.text in (";", "—") for token in words if low < token.start < high)
        return not between and not parted

    def _contrasts(self, low: int, high: int) -> tuple[tuple[str, str], ...]:
        """The contrasting words of the clause in order (race, sex, outcome); of the sentence where it has none."""
        for first, last in ((low, high), (self.sentence.first, self.sentence.last)):
            found = dict.fromkeys(contrasting(self.scene.words[first:last]))
            if found:
                return tuple(found)
        return ()

    def _definite(self) -> bool:
        """``the five officers``, ``all four``, ``those five``, ``four of the officers``."""
        return self.low(self.left - 1) in ("the", "all", "those", "these", "both") or self.low(self.left) in (
            "both", "all") or (self.low(self.left - 1) == "of" and self.low(self.left - 2) == "all")  # fmt: skip

    def _years(self) -> frozenset[int]:
        """The year nearest to the number in its sentence; those of the sentence before, where it has none."""
        for number in (self.number, self.number - 1):
            if number < 0:
                break
            years = [
                q for q in self.scene._by_sentence.get(number, []) if q.date and q.date.year and q is not self.quantity
            ]
            if number == self.number - 1 and self.scene.sentences[number].paragraph != self.sentence.paragraph:
                break
            if years:
                right = [q for q in years if q.first >= self.quantity.first]
                nearest = min(years, key=lambda q: abs(q.first - self.quantity.first))
                close = min(right, key=lambda q: q.first) if right else nearest
                gap = close.first - self.quantity.last
                return frozenset({(close if 0 <= gap < 10 else nearest).date.year})
        return frozenset()


_COUNTING = {"count", "rate", "interval", "ordinal", "difference", "ratio", "share", "one in", "percent"}


_SIDES: dict[str, list[tuple[str, str]]] = {}
for _contrast, _table in CONTRASTS.items():
    for _word, _side in _table.items():
        _SIDES.setdefault(_word, []).append((_contrast, _side))


def contrasting(words: list[Token]) -> list[tuple[str, str]]:
    """The contrasting words among tokens, each as its contrast and its side."""
    found = []
    for token in words:
        for contrast, side in _SIDES.get(stem(token.low), ()) if token.is_word else ():
            if not (side in ("Black", "white") and token.low in ("black", "white") and _thing(words, token)):
                found.append((contrast, side))
    return found


def _thing(words: list[Token], token: Token) -> bool:
    """Whether "white" is the colour of a thing: a white vehicle."""
    place = next(index for index, other in enumerate(words) if other is token)
    following = words[place + 1].low if place + 1 < len(words) else ""
    return following in ("vehicle", "car", "suv", "van", "truck", "sedan", "house", "smoke", "shirt", "gun", "ford")


def _noun_ends(word: str) -> bool:
    return (word in STOP_WORDS or word in _AUXILIARIES or word in _FIRE_VERBS or word in _HIT_VERBS or word == "shot"
            or word.endswith("ed") or word in ("died", "fell", "got", ""))  # fmt: skip


def _opposite(who: str) -> str:
    return "police" if who == "other" or who.startswith(("named", "person")) else "other"
