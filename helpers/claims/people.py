"""Who is named in an article's sentences: the police, one officer, the person they met, someone else.

``who`` is ``police`` (several officers), ``one officer``, ``each`` (of them), ``other`` (the person of record),
``person:<name>`` (another person whom a fact names), ``named:<name>`` (somebody the record does not know) or ''.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .lexicon import (
    ACTIONS,
    DETERMINERS,
    HEADS,
    KIN,
    ORGANISATIONS,
    PEOPLE,
    POLICE_COMPOUNDS,
    PREPOSITIONS,
    SAYING,
    TITLES,
    VERBS,
)
from .places import places
from .words import STOP_WORDS, Sentence, Token, fold, stem, vocabulary

__all__ = ["Mention", "People"]


@dataclass(frozen=True)
class Mention:
    """A person or group named in a sentence: tokens ``first`` up to ``last``."""

    first: int
    last: int
    who: str
    plural: bool = False
    possessive: bool = False
    pronoun: bool = False


@dataclass
class People:
    """The people of a text. ``known`` are names of record, ``extras`` those beside whom the incident is named for."""

    words: list[Token]
    sentences: list[Sentence]
    known: frozenset[str] = frozenset()
    extras: frozenset[str] = frozenset()
    picking: frozenset[int] = frozenset()
    _mentions: dict[int, list[Mention]] = field(default_factory=dict)

    def __post_init__(self):
        self._words, self._size = [token.low for token in self.words], len(self.words)
        self._officers = frozenset(self._titled())

    def low(self, at: int) -> str:
        """The word at a token, in lower case, or ''."""
        return self._words[at] if 0 <= at < self._size else ""

    def name(self, at: int) -> str:
        """The word at a token without a possessive ending."""
        return fold(self.low(at))

    def _titled(self):
        """Surnames that the article introduces with a title of the police: ``Officer Rusten Sheskey``."""
        for at, token in enumerate(self.words):
            if token.low in TITLES and token.capital:
                last = at
                while self._capital_word(last + 1) and last - at < 3:
                    last += 1
                if last > at and self.name(last) not in self.known:
                    yield self.name(last)

    def _capital_word(self, at: int) -> bool:
        return at < len(self.words) and self.words[at].capital and self.words[at].is_word and len(self.low(at)) > 1

    def mentions(self, number: int) -> list[Mention]:
        """Who is named in a sentence, in order, pronouns resolved."""
        if number not in self._mentions:
            found: list[Mention] = []
            at, stop = self.sentences[number].first, self.sentences[number].last
            while at < stop:
                mention = self._mention(at, stop, number, found) if self.words[at].is_word else None
                if mention:
                    found.append(mention)
                at = mention.last if mention else at + 1
            self._mentions[number] = found
        return self._mentions[number]

    def _mention(self, at: int, stop: int, number: int, before: list[Mention]) -> Mention | None:
        name, capital = self.name(at), self.words[at].capital
        if capital and name in self.known:
            return self._of_record(at, stop)
        if name in KIN and self.low(at - 2) == "," and any(mention.last == at - 2 for mention in before):
            return None  # "Kenneth Walker, her boyfriend," is one person
        if (name in KIN and self.low(at - 1) in ("his", "her", "their", "my", "your", "our")) or (name in KIN and (
            self.low(at - 1).endswith("'s") and name in ("son", "daughter", "child", "boy", "client")
        )):  # fmt: skip
            # "My client's son", "their boy": the mourned are the person of record; their kin are others.
            who = "other" if name in ("son", "daughter", "child", "boy", "client") else f"named:{name}"
            return Mention(at, at + 1, who, possessive=self.low(at).endswith("'s"))
        pronoun = self._pronoun(at, number, before)
        if pronoun:
            return pronoun
        if PEOPLE.get(stem(name)) == "police":
            return self._of_police(at, stop, name)
        if capital and name in self._officers:
            return Mention(at, at + 1, "one officer", possessive=self._possessive(at))
        if at in self.picking:
            return Mention(at, at + 2, "one officer")
        if PEOPLE.get(stem(name)) == "other" and self.low(at + 1) != "-":
            # "Five men" may be officers or those whom they met.
            several = self.words[at].low in ("men", "women", "victims")
            who = "" if self.words[at].low in ("men", "women") else "other"
            return Mention(at, at + 1, who, several, self._possessive(at))
        return self._stranger(at, stop)

    def _possessive(self, at: int) -> bool:
        return self.low(at).endswith(("'s", "s'"))

    def _of_record(self, at: int, stop: int) -> Mention:
        last, possessive = at + 1, self._possessive(at)
        while last < stop and self.name(last) in self.known and self.words[last].capital:
            possessive = possessive or self._possessive(last)
            last += 1
        name = self.name(last - 1)
        return Mention(at, last, f"person:{name}" if name in self.extras else "other", possessive=possessive)

    def _pronoun(self, at: int, number: int, before: list[Mention]) -> Mention | None:
        low = self.low(at)
        if low == "them" and self._picked(at):
            who = self._antecedent(number, before, True)
            picked = "each" if self._picked(at) in ("each", "every") else "one officer"
            return Mention(at, at + 1, picked if who == "police" else "other")
        if low in _GROUPS and self.low(at - 1) in ("the", "that", "this") and self.low(at + 1) != "of":
            # "The pair fired ten rounds each", "each of the pair".
            who = self._antecedent(number, before, True)
            each = who == "police" and self._picked(at) in ("each", "every")
            return Mention(at, at + 1, "each" if each else who, True, False, True)
        after = self.low(at + 1)
        if low == "each" and after not in ("of", "other", "wound") and (VERBS.get(stem(after)) or after in _MAY):
            return Mention(at, at + 1, "each" if self._antecedent(number, before, True) == "police" else "other")
        if low in ("they", "them", "their", "theirs"):
            who = self._antecedent(number, before, True)
            return Mention(at, at + 1, who, True, low in ("their", "theirs"), True)
        if low in ("he", "she", "him", "her", "his", "hers", "himself", "herself"):
            who = self._antecedent(number, before, False)
            return Mention(at, at + 1, who, False, low in ("his", "her", "hers"), True)
        return None

    def _of_police(self, at: int, stop: int, name: str) -> Mention | None:
        if (
            name == "police"
            and (self.low(at + 1), self.low(at + 2)) != ("shot", "at")
            and (
                self.low(at + 1) in POLICE_COMPOUNDS
                or HEADS.get(stem(self.low(at + 1))) in ("officer", "shooting", "killing")
            )
        ):
            return None
        plural = name.endswith(("s", "men", "police", "cpd", "lapd", "nypd"))
        plural = plural or self.low(at + 1) == "-"
        last = at + 1
        while not plural and last < stop and self._capital_word(last):
            last += 1
        surname = self.name(last - 1)
        possessive = self._possessive(last - 1)
        if last > at + 1 and surname in self.known:
            return Mention(
                at, last, f"person:{surname}" if surname in self.extras else "one officer", False, possessive
            )
        if self.low(at - 1) in ("each", "every", "per"):
            return Mention(at, last, "each", False, possessive)
        if self._picked(at) == "each":
            return Mention(at, last, "each", False, possessive)
        several = plural and not self._picked(at)
        if (self.low(at + 1), self.low(at + 2)) == ("but", "one") and self.low(at - 1) == "every":
            several = True
        return Mention(at, last, "police" if several else "one officer", several, possessive)

    def _picked(self, at: int) -> str:
        """The word that picks one of "officers" at ``at``: ``one`` of the officers, the ``busiest`` of them, or ''."""
        for back in range(at - 1, max(-1, at - 7), -1):
            if self.low(back) in ("of", "among"):
                one = self.low(back - 1)
                if self.low(back - 2) == "but":
                    return ""  # "all but one of the officers" are the others
                picks = one in _ONE or (one.endswith("est") and one not in ("rest", "west", "arrest"))
                return one if picks else ""
            if self.low(back) not in DETERMINERS and not self.words[back].is_number:
                return ""
        return ""

    def _stranger(self, at: int, stop: int) -> Mention | None:
        """Two or more capitalised words in a row that are no known name, place or office: somebody else."""
        last = at
        if self.low(at) in STOP_WORDS:
            return None
        while last < stop and self._capital_word(last) and not self.words[last].text.isupper():
            last += 1
        names = {self.name(here) for here in range(at, last)}
        if last - at < 2 or last - at > 4 or names & ORGANISATIONS or names & self.known:
            return None
        if any(HEADS.get(stem(name)) or ACTIONS.get(stem(name)) for name in names) or places(self.words[at:last]):
            return None
        surname = self.name(last - 1)
        who = "one officer" if surname in self._officers else f"named:{surname}"
        return Mention(at, last, who, False, self._possessive(last - 1))

    def _antecedent(self, number: int, before: list[Mention], plural: bool) -> str:
        """Whom a pronoun means: the last mention of its number, here or in the sentence before."""
        near = number and self.sentences[number - 1].paragraph >= self.sentences[number].paragraph - 1
        earlier = self.mentions(number - 1) if near else []
        # In the same sentence the nearest is meant, in the one before it the first, which is its subject.
        for mention in [*before[::-1], *earlier]:
            if mention.plural != plural or (mention.possessive and not mention.pronoun):
                continue
            if mention.pronoun or not self.attribution(mention):
                return mention.who
        owners = [mention for mention in earlier if mention.plural == plural and mention.possessive]
        return owners[0].who if owners else "police" if plural else "other"

    def attribution(self, mention: Mention) -> bool:
        """Whether a mention only says who said so: "police said", "according to police"."""
        if self.low(mention.first - 1) == "to" and self.low(mention.first - 2) == "according":
            return True
        if mention.who.startswith("named:") and self.low(mention.first - 1) in _SAID:
            return True  # “He was 26,” said Ann Lee: of her nothing is told
        after = mention.last
        while self.low(after) in ("have", "has", "had", "also", "later", "initially", "first", "who"):
            after += 1
        if stem(self.low(after)) == "report" and self.low(after + 1) in ("firing", "having"):
            return False
        return stem(self.low(after)) in SAYING

    def object(self, mention: Mention) -> bool:
        """Whether a mention stands after a preposition or a verb of which it is the object, and so does nothing."""
        at = mention.first - 1
        while at > 0 and (
            self.low(at) in DETERMINERS
            or self.words[at].is_number
            or self._possessive(at)
            or self.low(at) in ("my", "our")
        ):
            at -= 1
        if self.low(at) == "of" and at > 1 and (self.low(at - 1) in _PICKING or self.words[at - 1].is_number):
            at -= 2  # "one of those officers" does what the officers' part does
        if self.low(at) in ("with", "from", "by", "left") and self.low(mention.last).endswith("ing"):
            return False
        if (self.low(at) in _OPENS_CLAUSE or stem(self.low(at)) in SAYING) and self.acts(mention.last):
            return False  # "before officers responded", "said the officers returned fire"
        if self.low(at) in ("over", "up", "off", "down") and VERBS.get(stem(self.low(at - 1))) == "stop":
            return True  # "pulled over Castile and fired": the one pulled over does not fire
        acts = VERBS.get(stem(self.low(mention.last))) == "fire" and self.low(mention.last - 1) != ","
        if self.low(at) == "shot" and self.low(at - 1) in ("had", "has", "have", "he", "she", "they", "who", "and"):
            return True  # "he had shot one officer and fired": the officer does not fire
        verb = VERBS.get(stem(self.low(at))) and not self.low(at).endswith(("s", "shot"))
        return (self.low(at) in PREPOSITIONS or bool(verb)) and not acts

    def acts(self, at: int) -> bool:
        """Whether a verb in the past stands at ``at``, behind auxiliaries, adverbs and an opening quotation mark."""
        while self.low(at) in _AUXILIARY or self.low(at).endswith("ly"):
            at += 1
        low = self.low(at)
        return low.endswith("ed") or VERBS.get(stem(low)) in ("fire", "shoot", "hit") or low in _PAST

    def subject(self, number: int, verb: int) -> Mention | None:
        """Who does what the verb at token ``verb`` says: the nearest mention before it that acts."""
        verb = self._before_aside(verb)
        who = next((at for at in range(verb - 1, max(verb - 5, -1), -1) if self.low(at) in ("who", ",", ";")), None)
        if who is not None and self.low(who) == "who":
            earlier = [m for m in self.mentions(number) if m.last <= who and not m.possessive]
            if earlier:
                return earlier[-1]
        for mention in reversed(self.mentions(number)):
            if self.low(mention.first) in ("him", "them") and mention.pronoun:
                continue  # done to, never doing: "police outfired him 94 to 1"
            if mention.last > verb or mention.possessive or self.attribution(mention) or self.object(mention):
                continue
            return mention
        return None

    def _before_aside(self, verb: int) -> int:
        """A verb's place, or that of an aside right before it that says who said so: "who, ABC7 reported, fired"."""
        comma = next((at for at in range(verb - 1, max(verb - 4, -1), -1) if self.low(at) == ","), None)
        if comma is None or any(not self.low(at).endswith("ly") for at in range(comma + 1, verb)):
            return verb
        opens = next((at for at in range(comma - 1, max(comma - 9, -1), -1) if self.low(at) == ","), None)
        said = opens is not None and any(stem(self.low(at)) in SAYING for at in range(opens + 1, comma))
        return opens if said else verb

    def behind_aside(self, at: int, stop: int) -> int:
        """The token behind an aside that opens at a comma and says who said so: "fired, ABC7 has reported, by ..."."""
        opens = next((here for here in range(at, min(at + 3, stop)) if self.low(here) == ","), None)
        closes = next((here for here in range(opens + 1, min(opens + 8, stop)) if self.low(here) == ","), None) \
            if opens is not None else None  # fmt: skip
        said = closes is not None and any(stem(self.low(here)) in SAYING for here in range(opens + 1, closes))
        return closes + 1 if said else at

    def after(self, number: int, start: int, stop: int) -> Mention | None:
        """The first person named from token ``start`` up to ``stop``."""
        return next((m for m in self.mentions(number) if start <= m.first < stop and not m.possessive), None)


_SAID = vocabulary("said says asked recalled recalls added adds explained")
_OPENS_CLAUSE = vocabulary("before after for")
_AUXILIARY = vocabulary("had has have then also first later did would “ \" ‘ '")
_PAST = vocabulary("was were began came drew took left ran lost went got let gave fell put shot hit struck")
_GROUPS = vocabulary("pair duo trio quartet group")
_ONE = vocabulary("one none another either neither any each last first second third youngest other single")
_PICKING = _ONE | vocabulary("two three four five six some most many several all both only sole lone")
_MAY = vocabulary("would had has have could will must may might")
