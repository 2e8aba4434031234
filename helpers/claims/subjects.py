"""What a number is about: what it counts, who did it, to whom, under which restriction, where and when.

What the words say is kept apart from what they leave open: an open part is '' or empty, and any fact may fill it; a
part that is said rules out every fact that says another (`matching.py`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field

from .ages import whose_age
from .clauses import Clauses
from .groups import group_of
from .lexicon import ACTIONS, HEADS, RECORD
from .narrowing import SELF_REPORTED, contrasting, phrases, restrictions
from .people import People
from .places import places
from .quantities import Quantity
from .roles import role
from .told_cases import ToldCases
from .words import STOP_WORDS, Sentence, Token, fold, stem

__all__ = ["Scene", "Subject"]


@dataclass(frozen=True)
class Subject:
    """What a number is about.

    ``head`` is a class of `HEADS` or the stem of another noun, '' where the text leaves it out, ``times`` where it
    counts occasions of something. ``action`` is what was done, ``who`` did it (for wounds and ages: whose they are), as
    in `people.py`. ``restrict`` narrows a count; ``basis`` is how it was counted. ``stems`` are the sentence's words,
    ``nouns`` those of the noun phrase; ``contrasts`` are the contrasting words in order. ``bare`` says that the
    sentence has no word at all.
    """

    head: str = ""
    action: str = ""
    who: str = ""
    restrict: frozenset[str] = frozenset()
    basis: str = ""
    stems: frozenset[str] = frozenset()
    contrasts: tuple[tuple[str, str], ...] = ()
    actions: frozenset[str] = frozenset()
    definite: bool = False
    singular: bool = False
    bare: bool = False
    years: frozenset[int] = frozenset()
    places: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()


_COUNTING = {"count", "rate", "interval", "ordinal", "difference", "ratio", "share", "one in", "percent"}


@dataclass
class Scene:
    """A text read for its subjects: whom and which places its sentences name, and what its numbers count."""

    text: str
    words: list[Token]
    sentences: list[Sentence]
    quantities: list[Quantity]
    known: frozenset[str] = frozenset()
    extras: frozenset[str] = frozenset()
    cases: tuple[tuple[frozenset[str], frozenset[str], frozenset[int]], ...] = ()
    _described: dict[tuple[int, str], Subject] = field(default_factory=dict)
    _topics: list[tuple] = field(default_factory=list)
    _stems: dict[int, frozenset[str]] = field(default_factory=dict)
    _counted_words: Counter = field(default_factory=Counter)
    _own: dict[int, bool] = field(default_factory=dict)
    _lows: dict[int, frozenset[str]] = field(default_factory=dict)
    _narrowed: dict[int, list] = field(default_factory=dict)
    sides: dict[int, tuple] = field(default_factory=dict)
    years_told: dict[int, list] = field(default_factory=dict)
    groups_told: dict[int, list] = field(default_factory=dict)
    heads_told: dict[int, frozenset[str]] = field(default_factory=dict)
    _shown: dict[int, str] = field(default_factory=dict)
    _antecedents: dict[tuple[int, int], Subject | None] = field(default_factory=dict)

    def __post_init__(self):
        self._words, self._size = [token.low for token in self.words], len(self.words)
        self._starts = [sentence.first for sentence in self.sentences]
        self._by_sentence: dict[int, list[Quantity]] = {}
        self._by_token: dict[int, list[Quantity]] = {}
        for quantity in self.quantities:
            self._by_sentence.setdefault(self.sentence_of(quantity.first), []).append(quantity)
            self._by_token.setdefault(quantity.number[0], []).append(quantity)
        self.people = People(self.words, self.sentences, self.known, self.extras, frozenset(self._picking_officers()))
        self.clauses = Clauses(self.people)
        self.places = frozenset().union(*(where for _, where, _ in self.cases))
        self.told_cases = ToldCases(self)

    def _picking_officers(self):
        """Every "one of the four", "busiest of them", where what they are is left out: one of the officers."""
        for at in range(len(self.words) - 2):
            one = self.low(at) in ("one", "1") or (
                self.low(at).endswith("est") and self.low(at) not in ("rest", "west")
            )
            if one and self.low(at + 1) == "of" and self.low(at - 1) != "but":
                of = at + 2
                while self.low(of) in ("the", "those", "these", "all"):
                    of += 1
                bare = any(q.number[0] == of and q.head is None and not q.reason for q in self._by_token.get(of, ()))
                if bare or self.low(of) == "them":
                    yield at

    def self_reported(self, number: int) -> bool:
        """Whether a sentence tells of the officers' own counts."""
        if number not in self._own:
            sentence = self.sentences[number]
            self._own[number] = bool(SELF_REPORTED.search(self.text, sentence.start, sentence.end))
        return self._own[number]

    def _set_against(self, quantity: Quantity) -> bool:
        """Whether a number is only what another is set against: "79 rather than 96"."""
        before = [self.low(at) for at in range(quantity.first - 3, quantity.first)]
        return before[-2:] in (["rather", "than"], ["instead", "of"]) or before[-1] in ("against", "versus", "not")

    def narrowed(self, number: int) -> list[tuple[str, int, int]]:
        """The phrases of a sentence that narrow its numbers."""
        if number not in self._narrowed:
            sentence = self.sentences[number]
            self._narrowed[number] = phrases(self.text, sentence.start, sentence.end)
        return self._narrowed[number]

    def shown(self, number: int) -> str:
        """A sentence as it stands in the text, its blanks made single."""
        if number not in self._shown:
            sentence = self.sentences[number]
            self._shown[number] = " ".join(self.text[sentence.start : sentence.end].split())
        return self._shown[number]

    def sentence_of(self, token: int) -> int:
        """The number of the sentence that holds a token."""
        return max(0, bisect_right(self._starts, token) - 1)

    def low(self, at: int) -> str:
        """The word at a token, in lower case, or ''."""
        return self._words[at] if 0 <= at < self._size else ""

    def in_sentence(self, number: int) -> list[Quantity]:
        """Every quantity of a sentence, in order."""
        return self._by_sentence.get(number, [])

    def siblings(self, quantity: Quantity) -> list[Quantity]:
        """Every quantity of the same sentence, in order."""
        return self.in_sentence(self.sentence_of(quantity.first))

    def lows(self, number: int) -> frozenset[str]:
        """The words of a sentence, in lower case."""
        if number not in self._lows:
            sentence = self.sentences[number]
            self._lows[number] = frozenset(token.low for token in self.words[sentence.first : sentence.last])
        return self._lows[number]

    def stems(self, number: int) -> frozenset[str]:
        """The stems of a sentence's words of meaning."""
        if number not in self._stems:
            sentence = self.sentences[number]
            self._stems[number] = self._stems_of(sentence.first, sentence.last)
        return self._stems[number]

    def _stems_of(self, first: int, last: int) -> frozenset[str]:
        return frozenset(
            stem(token.low) for token in self.words[first:last] if token.is_word and token.low not in STOP_WORDS
        )

    def told_next(self, number: int) -> bool:
        """Whether the next sentence says what a lone number is: "Ninety-six. That is how many times they fired."."""
        if number + 1 >= len(self.sentences):
            return False
        sentence, following = self.sentences[number], self.sentences[number + 1]
        lone = [q for q in self.in_sentence(number) if q.head is None]
        short = sentence.last - sentence.first <= 9 and len(self.in_sentence(number)) == len(lone)
        opening = [self.low(at) for at in range(following.first, min(following.first + 6, following.last))]
        asked = opening[:2] in (["how", "many"], ["how", "often"]) or opening[1:3] in (
            ["tally", "of"],
            ["number", "of"],
        )
        taken_up = opening[:1] in (["that"], ["that's"], ["it"]) and bool({"many", "number"} & set(opening))
        return short and (asked or (taken_up and len(lone) == 1))

    def whole(self, quantity: Quantity) -> bool:
        """Whether a number is the whole of which another is a part: "three of the 96", "of the five, four"."""
        left = quantity.first
        if self.low(left - 1) not in ("the", "those", "these", "all", "his", "their") or self.low(left - 2) != "of":
            return False
        ends = {end for other in self.siblings(quantity) for end in (other.number[1], other.last)}
        opens = left - 2 == self.sentences[self.sentence_of(left)].first or self.low(left - 3) in (
            ";",
            ":",
            ",",
            "—",
            "and",
        )
        of = left - 3 if self.low(left - 3) == "out" else left - 2  # "four out of the five"
        return opens or of in ends or self.low(left - 3) in ("each", "none", "any", "all", "most", "some", "neither")

    def asked(self, number: int) -> frozenset[str]:
        """The words of the question that a sentence answers: the last one asked before it, a few sentences back."""
        for back in range(number - 1, max(-1, number - 6), -1):
            sentence = self.sentences[back]
            if self.low(sentence.last - 1) == "?":
                return frozenset(self.low(at) for at in range(sentence.first, sentence.last))
        return frozenset()

    def antecedent(self, quantity: Quantity) -> Subject | None:
        """The subject of the nearest number before this one that counts something, here or in the sentence before."""
        number = self.sentence_of(quantity.first)
        own = self.in_sentence(number)
        place = bisect_left(own, quantity.first, key=lambda q: q.first)
        if (number, place) not in self._antecedents:
            # Of the number before, or as that one's own: each is looked at once.
            before = own[place - 1] if place else None
            found = self._counting(before) if before else self._last_counting(number - 1)
            self._antecedents[number, place] = found or (self.antecedent(before) if before else None)
        return self._antecedents[number, place]

    def _counting(self, quantity: Quantity) -> Subject | None:
        """The subject of a count that says what it counts."""
        found = self._described.get((quantity.first, quantity.kind)) if quantity.kind == "count" else None
        counted = found and found.head and not (found.head == "reload" and quantity.form == "once")
        return found if counted and not quantity.reason else None

    def _last_counting(self, number: int) -> Subject | None:
        found = (self._counting(other) for other in reversed(self.in_sentence(number)))
        return next((one for one in found if one), None)

    def antecedent_head(self, quantity: Quantity) -> str:
        """What a number without a noun counts: as the number before it, or as the question it answers asks."""
        found = self.antecedent(quantity)
        if found:
            return found.head
        asked = self.asked(self.sentence_of(quantity.first))
        heads = {HEADS.get(stem(word), "") for word in asked} - {""} if {"how", "many"} <= asked else set()
        return heads.pop() if len(heads) == 1 else ""

    def named(self, names: frozenset[str]) -> int:
        """How often a text names one of these people."""
        if not self._counted_words:
            self._counted_words.update(fold(token.low) for token in self.words if token.is_word)
        return sum(self._counted_words[name] for name in names)

    # The topic: places and names of a sentence, kept from the sentences before it in its paragraph.

    def topic(self, number: int) -> tuple[frozenset[str], frozenset[str]]:
        """Places and known names that a sentence is about; where it names none, what its paragraph named last."""
        while len(self._topics) <= number:
            self._topics.append(self._topic(len(self._topics)))
        return self._topics[number]

    def _topic(self, number: int) -> tuple[frozenset[str], frozenset[str]]:
        sentence = self.sentences[number]
        words = self.words[sentence.first : sentence.last]
        where = frozenset(name for _, name in places(words, self.places))
        names = frozenset(fold(token.low) for token in words if token.capital) & (self.known - self.extras)
        if number and self.sentences[number - 1].paragraph == sentence.paragraph:
            earlier = self._topics[number - 1]
            where, names = where or earlier[0], names or earlier[1]
        return where, names

    # The subject of a quantity.

    def describe(self, quantity: Quantity) -> Subject:
        """What a quantity is about. Those before it are read first, since it may take its noun from them."""
        key = quantity.first, quantity.kind
        if key not in self._described:
            self._described[key] = self._subject(quantity)
        return self._described[key]

    def _participle(self, at: int) -> bool:
        """Whether a word narrows the noun before it: "the 23 people killed", not "the three robbers died"."""
        return self.low(at).endswith("ed") and self.low(at) != "died"

    def described(self, quantity: Quantity) -> Subject | None:
        """What a quantity is about, where it has been read."""
        return self._described.get((quantity.first, quantity.kind))

    def take_over(self, number: int, twin: int) -> None:
        """Describe the quantities of a sentence as those of another that says the same."""
        for quantity, other in zip(self.in_sentence(number), self.in_sentence(twin), strict=True):
            if not quantity.reason:
                self._described[quantity.first, quantity.kind] = self.describe(other)

    def _subject(self, quantity: Quantity) -> Subject:
        number = self.sentence_of(quantity.first)
        sentence = self.sentences[number]
        wordless = quantity.head is None and not any(low.isalpha() for low in self.lows(number))
        if wordless and not self.told_next(number):
            return Subject(bare=True)  # numbers without a word: nothing says what they count
        head, action, who = role(self, quantity) if quantity.kind in _COUNTING else ("", "", "")
        restrict, stems = restrictions(self, quantity), self.stems(number)
        contrasts = group_of(self, quantity, sentence)
        actions = self.clauses.tags(number) or self._context(number)
        taken_up = self._taken_up(quantity, sentence, head, who)
        if taken_up:
            head, action, who, restrict = taken_up.head, taken_up.action, taken_up.who, taken_up.restrict
            contrasts, stems, actions = taken_up.contrasts, stems | taken_up.stems, actions | taken_up.actions
        if self.whole(quantity):
            # Of "three of the 96 shots", what is said of the three is not said of the 96.
            phrase = [*quantity.nouns, *([quantity.last] if self._participle(quantity.last) else [])]
            restrict, contrasts = frozenset(), tuple(contrasting([self.words[at] for at in phrase]))
            if not any(ACTIONS.get(stem(self.low(at))) == "kill" for at in phrase):
                actions = actions - {"kill"}
                stems = frozenset(word for word in stems if ACTIONS.get(word) != "kill")
        case = self.told_cases.of(quantity)
        where, names = case or self.topic(number)
        years = self._years(quantity, number)
        if case and not quantity.date:
            years = self.told_cases.years_of(quantity, years)
        return Subject(
            head=head,
            action=action,
            who=whose_age(self, quantity) if quantity.kind == "age" else who,
            restrict=restrict,
            basis="self-reported" if self.self_reported(number) and not self._set_against(quantity) else "",
            stems=stems,
            contrasts=contrasts,
            actions=actions,
            definite=self._definite(quantity),
            singular=quantity.written.low == quantity.written.high == 1,
            years=years,
            places=where,
            names=names,
            nouns=frozenset(stem(self.low(at)) for at in quantity.nouns),
        )

    def _taken_up(self, quantity: Quantity, sentence: Sentence, head: str, who: str) -> Subject | None:
        """What "the count", "the number", "the figure" before a number without a noun takes up."""
        if quantity.kind != "count" or quantity.head is not None or quantity.form == "once":
            return None
        if not self.lows(self.sentence_of(quantity.first)) & (RECORD | {"it", "there"}):
            return None
        span = range(sentence.first, quantity.first)
        if any(self.low(at) in RECORD and self.low(at + 1) == "of" for at in span):
            return None  # "the number of his shots" says itself what it counts
        before = {self.low(at) for at in span}
        found = self.antecedent(quantity) if before & (RECORD | {"it", "there"}) else None
        return found if found and head in ("", found.head) and who in ("", found.who) else None

    def _context(self, number: int) -> frozenset[str]:
        """What the sentences before one speak of, where it tells of no deed itself: the last three."""
        return frozenset().union(*(self.clauses.tags(near) for near in range(max(0, number - 3), number)))

    def _of_another(self, quantity: Quantity, year: Quantity) -> bool:
        """Whether a year only opens a stretch ("since 2004"), or is another number's: "up from 3.1 in 2015"."""
        if self.low(year.first - 1) == "since":
            # "Every year since 2016, when it stood at 958": the count is of that very year.
            return (self.low(year.last), self.low(year.last + 1)) != (",", "when")
        between = range(quantity.last, year.first)
        compared = any(self.low(at) == "from" and self.low(at - 1) in ("up", "down") for at in between)
        return compared and any(q.first in between and not q.date for q in self.siblings(quantity))

    def _definite(self, quantity: Quantity) -> bool:
        """``the five officers``, ``all four``, ``those five``, ``four of the officers``."""
        left = quantity.first
        return (
            self.low(left - 1) in ("the", "all", "those", "these", "both")
            or self.low(left) in ("both", "all")
            or self.whole(quantity)
        )

    def _years(self, quantity: Quantity, number: int) -> frozenset[int]:
        """The year nearest to the number in its sentence; those of the sentence before, where it has none."""
        for near in (number, number - 1):
            if near < 0 or self.sentences[near].paragraph != self.sentences[number].paragraph:
                break
            years = [q for q in self.in_sentence(near) if q.date and q.date.year and q is not quantity]
            years = [q for q in years if not self._of_another(quantity, q)]
            when = [q for q in years if 0 < quantity.first - q.last <= 6 and self.low(q.last + 1) in ("when", "where")]
            if when:
                return frozenset({when[-1].date.year})  # "compared with 2015, when there were 995"
            if years:
                right = [q for q in years if q.first >= quantity.first]
                nearest = min(years, key=lambda q: abs(q.first - quantity.first))
                close = min(right, key=lambda q: q.first) if right else nearest
                gap = close.first - quantity.last
                return frozenset({(close if 0 <= gap < 10 else nearest).date.year})
        return frozenset()
