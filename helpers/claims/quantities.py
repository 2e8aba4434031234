"""Numbers in an article as a reader takes them: with hedge, unit and what they count, or why they are no claim.

>>> from .words import tokens
>>> for quantity in quantities(tokens(text := "Nearly 100 rounds in a 41-second span, said District 11's captain.")):
...     print(text[quantity.start:quantity.end], "|", quantity.kind, quantity.unit, "|", quantity.reason)
Nearly 100 rounds | count rounds |
41-second | duration s |
District 11 | name  | a name: District 11
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from . import dates, names
from .hedges import AFTER, BEFORE, Written
from .lexicon import ACTIONS, HEADS, MONTHS, UNITS, VERBS
from .numerals import BEGINNINGS, DECADES, Numeral, numeral, ordinal
from .words import STOP_WORDS, Token, stem

__all__ = ["Quantity", "quantities"]


@dataclass(frozen=True)
class Quantity:
    """A number as written. ``first`` up to ``last`` are its tokens with hedge and unit, ``start`` and ``end`` offsets.

    ``kind``: ``count``, ``duration`` (unit ``s``), ``age`` (years), ``decade`` ("in his 20s"), ``date``, ``year``,
    ``clock``, ``money``, ``percent``, ``points``, ``share`` (a fraction of something), ``one in``, ``rate``,
    ``interval`` ("a shot every 0.4 seconds"), ``ratio`` ("2.9 times as many"), ``change``, ``difference`` ("85 more
    shots than"), ``length``, ``ordinal``, ``name`` (no claim) or ``word`` (no claim). ``head`` is the token of the noun
    it counts; ``per`` what a rate is for each of; ``partitive`` says that the noun follows "of the". ``reason`` is why
    it is no claim, '' for a claim.
    """

    first: int
    last: int
    start: int
    end: int
    written: Written
    kind: str
    unit: str = ""
    head: int | None = None
    number: tuple[int, int] = (0, 0)
    per: tuple[float, str] | None = None
    partitive: bool = False
    direction: int = 0
    date: dates.When | None = None
    form: str = ""
    scale: float = 1.0
    reason: str = ""
    nouns: tuple[int, ...] = field(default=())


_DASHES = {"-", "–", "—", "‐", "‑"}
_RATIO_AFTER = {"as", "more", "higher", "greater", "larger", "likelier", "fewer", "less", "lower", "the", "that",
                "what", "bigger", "longer", "shorter", "smaller", "faster"}  # fmt: skip
_VERBS = {"fired", "hit", "struck", "wounded", "injured", "grazed", "killed", "died", "stopped", "detained", "pulled",
          "surrounded", "approached", "opened", "returned", "discharged", "reloaded", "shot", "shoot", "fell", "came",
          "went", "took", "lasted", "left", "drew", "said", "did", "found", "hurt", "rang", "began", "ended",
          "emptied", "squeezed", "responded", "made", "fire", "hits", "strikes", "fires", "involved",
          "tore", "answered", "used", "got", "let", "kept", "keep", "continued", "began", "started", "never", "would",
          "ran", "walked", "stood", "sat", "against", "versus"}  # fmt: skip
_UP = {"rose", "risen", "rise", "rises", "increased", "increase", "increases", "grew", "growth", "gained", "gain", "up",
       "climbed", "jumped", "jump", "surged", "surge", "higher", "rising", "soared"}  # fmt: skip
_DOWN = {"fell", "fallen", "fall", "falls", "decreased", "decrease", "declined", "decline", "dropped", "drop", "down",
         "shrank", "sank", "lower", "falling", "plunged", "dipped", "reduction", "cut"}  # fmt: skip
_MULTIPLY = {"doubled": 2.0, "tripled": 3.0, "trebled": 3.0, "quadrupled": 4.0, "halved": 0.5}
_IN_PASSING = {"roughly", "about", "approximately", "nearly", "some", "more", "than", "estimated", "almost", "around",
               "at", "least", "other", "reported"}  # fmt: skip
_AFTER_ONCE = {"in", "from", "at", "and", "but", "during", "by", "before", "or", "on", "to", "with", "while", "into",
               "through", "that", "per", "every", "each", "out", "near", "as", "when"}  # fmt: skip
_DENIALS = {"not", "never", "without", "nor", "neither", "cannot"}
_BEGINNINGS = BEGINNINGS | set(MONTHS) | set(_MULTIPLY) | {"no", "none", "neither", "noon", "midnight"}
_BEGIN_AFTER, _END_BEFORE = {phrase[0] for phrase in AFTER}, {phrase[-1] for phrase in BEFORE}
_CURRENCY = {"$": "$", "€": "€", "£": "£"}


def quantities(words: list[Token], skipped: list[tuple[int, int, str]] = ()) -> list[Quantity]:
    """Every number in the text, in order. ``skipped`` are spans (start, end, reason) that hold no claims.

    Numbers told apart as no claim come too, each with its reason; a span's digits give one such entry.
    """
    reading = _Reading(words)
    found: list[Quantity] = []
    spans = iter(sorted(skipped))
    span = next(spans, None)
    at = 0
    while at < len(words):
        while span and span[1] <= words[at].start:
            span = next(spans, None)
        if span and span[0] <= words[at].start < span[1]:
            last = at
            while last < len(words) and words[last].start < span[1]:
                last += 1
            if any(token.is_number for token in words[at:last]):
                found.append(reading.no_claim(at, last, "name", span[2]))
            at = last
            continue
        quantity = reading.at(at, found[-1].last if found else 0)
        if quantity is None:
            at += 1
            continue
        found.append(quantity)
        at = max(quantity.last if quantity.reason else quantity.number[1], at + 1)
    return found


class _Reading:
    """Reads quantities from one text's tokens."""

    def __init__(self, words: list[Token]):
        self.words = words
        self.lows = [token.low for token in words] + [""] * 64
        openings = {"." , "", "?", "!"}
        self._each = [at for at, low in enumerate(self.lows) if low == "for" and self.low(at + 1) in ("every", "each")
                      and self.low(at - 1) in openings]  # fmt: skip

    def low(self, at: int) -> str:
        return self.lows[at] if 0 <= at < len(self.lows) else ""

    def at(self, at: int, floor: int) -> Quantity | None:
        """The quantity whose number begins at token ``at``; ``floor`` is the first token that is still free."""
        token = self.words[at]
        if not token.is_number and token.low not in _BEGINNINGS:
            return None
        when = dates.read(self.words, at)
        if when:
            return self._dated(at, when)
        reason = names.reason(self.words, at)
        if reason:
            first, last, why = reason
            return self.no_claim(max(first, floor), last, "name", why)
        change = self._multiplied(at)
        if change:
            return change
        if token.low in DECADES:
            return self._decade_in_words(at)
        rank = ordinal(self.words, at)
        if rank:
            return self._ordinal(at, rank)
        number = self._told_twice(numeral(self.words, at))
        if number is None:
            return self._nought(at) or self._unit_with_article(at, floor)
        return self._measured(number, floor)

    def _told_twice(self, number: Numeral | None) -> Numeral | None:
        """ "Four (4) officers", as lawyers write: one number."""
        if number and number.form == "words" and self.low(number.last) == "(" and self.low(number.last + 2) == ")":
            again = numeral(self.words, number.last + 1)
            if again and again.last == number.last + 2 and again.value == number.value:
                return replace(number, last=number.last + 3)
        return number

    # What is no claim, and what is read whole.

    def no_claim(self, first: int, last: int, kind: str, reason: str) -> Quantity:
        """A number that is no claim, with the reason."""
        return Quantity(first, last, self.words[first].start, self.words[last - 1].end, Written(0, 0, 1), kind,
                        number=(first, last), reason=reason)  # fmt: skip

    def _dated(self, at: int, when: dates.When) -> Quantity:
        value = float(when.year or 0) if when.kind == "year" else float(when.ordinal)
        first, hedge = self._hedge(at, 0)
        hedge = hedge if when.kind == "clock" else ""
        first = first if hedge else at
        return Quantity(first, when.last, self.words[first].start, self.words[when.last - 1].end,
                        Written(value, value, 1, hedge), when.kind, when.kind, number=(at, when.last),
                        date=when)  # fmt: skip

    def _ordinal(self, at: int, rank: tuple[int, int]) -> Quantity | None:
        value, after = rank
        low = self.low(at)
        if low in ("first", "second"):
            return None
        head, nouns = self._noun(after)[:2]
        if head is None or stem(self.low(head)) not in HEADS:
            return self.no_claim(at, after, "word", f"a place in an order: {self._text(at, after)}")
        return Quantity(at, head + 1, self.words[at].start, self.words[head].end, Written(value, value, 1), "ordinal",
                        self.low(head), head, (at, after), nouns=nouns)  # fmt: skip

    def _multiplied(self, at: int) -> Quantity | None:
        factor = _MULTIPLY.get(self.low(at))
        if factor is None:
            return None
        first, hedge = self._hedge(at, 0)
        return Quantity(first, at + 1, self.words[first].start, self.words[at].end, Written(factor, factor, 0.1, hedge),
                        "ratio", "times", number=(at, at + 1), form="change")  # fmt: skip

    def _nought(self, at: int) -> Quantity | None:
        """``no officers``, ``none of the officers``, ``neither officer``: the number 0, of things the field counts."""
        if self.low(at) not in ("no", "none", "neither") or self.low(at + 1) in ("more", "less", "longer", "fewer"):
            return None
        if self.low(at + 1) == "of" and any(numeral(self.words, at + ahead) for ahead in (2, 3)):
            return None  # "none of the six": the six are what is counted
        head, nouns, partitive = self._noun(at + 1)
        if head is None or HEADS.get(stem(self.low(head))) not in ("officer", "shot", "wound"):
            return None
        return Quantity(at, head + 1, self.words[at].start, self.words[head].end, Written(0, 0, 1), "count",
                        self.low(head), head, (at, at + 1), partitive=partitive, form="none", nouns=nouns)  # fmt: skip

    def _unit_with_article(self, at: int, floor: int) -> Quantity | None:
        """``less than a minute``, ``nearly a year``: an article that counts one unit, but only after a hedge."""
        if self.low(at) not in ("a", "an"):
            return None
        if self.low(at + 2) == "every" and stem(self.low(at + 1)) in HEADS:
            return self._measured(Numeral(at, at + 1, 1.0, 1.0, "words"), floor)
        if self.low(at + 1) not in UNITS or len(self.low(at + 1)) < 3:
            return None
        added = self.low(at + 2) == "and" and numeral(self.words, at + 3) is not None
        if self._hedge(at, floor)[1] in ("", "exactly") and not added:
            return None
        return self._measured(Numeral(at, at + 1, 1.0, 1.0, "words"), floor)

    # Numbers with their units.

    def _measured(self, number: Numeral, floor: int) -> Quantity | None:
        idle = self._idle(number)
        if idle:
            return self.no_claim(number.first, number.last, "word", idle)
        first, hedge = self._hedge(number.first, floor)
        if hedge == "more than" and {self.low(at) for at in range(max(0, first - 3), first)} & {"never", "nor"}:
            hedge = "at most"  # "officers never fired more than 89 shots"
        low, high, last = number.value, number.high if number.high is not None else number.value, number.last
        none = (
            self.low(number.first) == "one" and number.last == number.first + 1 and self.low(number.first - 1) == "not"
        )
        once = self.low(number.first) == "once" and not hedge and self.low(number.last) != "but"
        if none or ((once or number.form == "single") and self._denied(number.first)):
            low = high = 0.0
        step = number.step
        span = self._range(number, first)
        if span:
            low, high, last, hedge = span
            step = number.step
            if self.low(first - 1) in ("between", "from"):
                first -= 1
        after, trailing = self._hedge_after(last)
        if trailing and not hedge:
            hedge, last = trailing, after
        if number.form == "plural":
            hedge = ""
        quantity = self._unit(first, number, last, Written(low, high, step, hedge, number.form == "fraction"))
        if quantity is None or quantity.reason:
            return quantity
        # "96 shots or more": the hedge may stand behind the noun too.
        after, trailing = self._hedge_after(quantity.last)
        if trailing and not hedge and self.low(quantity.last) != "-":
            quantity = replace(quantity, last=after, end=self.words[after - 1].end,
                               written=replace(quantity.written, hedge=trailing))  # fmt: skip
        return quantity

    def _denied(self, at: int) -> bool:
        """Whether "a single shot" is denied: "did not fire a single shot" is none."""
        return any(self.low(back) in _DENIALS or self.low(back).endswith("n't") for back in range(max(0, at - 5), at))

    def _idle(self, number: Numeral) -> str:
        """Why a number word is no number here: a pronoun, a conjunction, an idiom; '' where it is one."""
        first, last = number.first, number.last
        low, before, after = self.low(first), self.low(first - 1), self.low(last)
        if number.form == "once":
            return self._idle_once(first, last)
        if low == "one" and last == first + 1:
            return self._idle_one(first, last)
        if low == "both" and HEADS.get(stem(after)) is None:
            return "'both' of two things named, no count"
        if number.form == "fraction" and self._idle_half(number):
            return f"'{self._text(first, last)}' is part of an expression, no share"
        part = self.low(first - 2) in ("mid", "early", "late", "pre", "post", "sub")
        if (
            before in _DASHES
            and first > 1
            and self.words[first - 2].is_word
            and self._joined(first - 2, first)
            and (not part)
        ):
            return f"part of a name: {self._text(first - 2, last)}"
        if number.form == "words" and low == "zero" and after in ("tolerance", "in"):
            return "an expression"
        if after == "-" and self._joined(first, last + 2) and self.low(last + 1) in (
            "way", "on", "piece", "sided", "door", "wheel", "star", "part", "dimensional", "time", "point",
        ):  # fmt: skip
            return f"a kind, no count: {self._text(first, last + 2)}"
        return ""

    def _idle_once(self, first: int, last: int) -> str:
        low, before, after = self.low(first), self.low(first - 1), self.low(last)
        if low != "once":
            return ""
        if before in ("at", "all", "for") or after in ("again", "more", "upon", "a", "an", "the", "he", "she", "they",
                                                       "it", "officers", "police", "inside", "there"):  # fmt: skip
            return "'once' says when, no count"
        if after.isalpha() and after not in _AFTER_ONCE:
            # "Once Reed was motionless", and "came once Reed lay still": a conjunction, with its own subject.
            return "'once' says when, no count"
        near = {stem(self.low(at)) for at in range(max(0, first - 5), first)}
        counted = any(ACTIONS.get(word) in ("fire", "hit", "reload", "stop") or word in HEADS for word in near)
        counted = counted or any(VERBS.get(word) in ("fire", "shoot", "hit", "reload") for word in near)
        return "" if counted or before in ("than", "least", "only") else "'once' says when, no count"

    def _idle_one(self, first: int, last: int) -> str:
        before, after = self.low(first - 1), self.low(last)
        if before in ("no", "each", "every", "any", "this", "that", "which", "the", "another", "some", "-", "everyone"):
            counted = before in ("the", "no", "that") and HEADS.get(stem(after)) is not None
            return "" if counted else "'one' stands for a noun here, no count"
        if after in ("another", "day", "night", "morning", "evening", "thing", "side", "way", "hand", "by", "'s", "-"):
            joined = after == "-" and self.low(last + 1) in UNITS
            return "" if joined else "'one' picks out, no count"
        if after == "of" or after == "in":
            return ""
        if before in ("in", "at", "on", "through", "during", "into", "onto", "by", "from", "with", "for") and (
            stem(after) not in HEADS and after not in UNITS
        ):
            return f"'one' picks out a {after or 'thing'}, no count"
        if after and not self.words[last].is_word and after not in ("%",):
            return "'one' stands for a noun here, no count"
        if any(stem(self.low(at)) in ("say", "tell", "report", "not", "writ") for at in (last + 1, last + 2)) and (
            HEADS.get(stem(after)) != "officer" and after not in UNITS
        ):  # fmt: skip
            return f"'one' picks out the {after} that speaks, no count"
        idle = {"must", "can", "should", "might", "would", "could", "may", "who", "that", "to", "and", "or", "but"}
        return "'one' is a pronoun here, no count" if after in idle else ""

    def _idle_half(self, number: Numeral) -> bool:
        if (
            number.last - number.first > 1 + (self.low(number.first) in ("a", "an"))
            or not self.words[number.first].is_word
        ):
            return False
        before, after = self.low(number.first - 1), self.low(number.last)
        if before in ("first", "second", "other", "latter", "better") or (before == "in" and after != "of"):
            return True
        counts = after in ("of", "the", "his", "their", "her", "its", "all", "those", "these", "as", "that", "what")
        hedged = self._hedge(number.first, 0)[1]
        if after == "-" and self.low(number.last + 1) in UNITS:
            return False
        return not (counts or hedged or after in UNITS or stem(after) in HEADS)

    def _unit(self, first: int, number: Numeral, last: int, written: Written) -> Quantity | None:
        """The quantity with its unit, read from what follows the number (or stands before it, for money)."""
        make = _Maker(self, first, number, written)
        if self.low(first - 1) in _CURRENCY and first == number.first:
            return make(first - 1, last, "money", self.low(first - 1))
        if self.low(number.first - 1) in _CURRENCY:
            return make(first, last, "money", self.low(number.first - 1))
        word = last + 1 if self.low(last) in ("-", "‐", "‑") else last
        low = self.low(word)
        if low == "per" and self.low(word + 1) == "cent":
            return self._percentage(make, first, word + 2)
        if low in ("%", "percent", "pct"):
            return self._percentage(make, first, word + 1)
        if low == "percentage" and self.low(word + 1) in ("point", "points"):
            return make(first, word + 2, "points", "percentage points")
        if low == "times" or (low == "fold" and number.form != "once"):
            return self._times(make, first, word, number)
        if number.form == "once":
            if low in ("as", "the", "that", "what"):
                return make(first, last, "ratio", "times")
            return self._rate(make, first, last, "count", "times", None)
        if low == "every" and last == word and self._per(last):
            return self._rate(make, first, last, "count", "", None)  # "two every second"
        if self._each_of_theirs(first):
            return replace(make(first, last, "ratio", "times"), form="for each")
        if number.form == "fraction" and low in ("as",):
            return make(first, last, "ratio", "times")
        in_n = self._one_in(make, first, number, last)
        if in_n:
            return in_n
        aged = self.low(first - 2) if self.low(first - 1) == "-" else self.low(first - 1)
        if low == "s" and number.value % 10 == 0 and aged in ("mid", "early", "late", "his", "her", "their", "the"):
            return self._decade(make, first, last + 1, number.value)
        if low in UNITS and (len(low) > 1 or word == last):
            return self._in_measure(make, first, word, number)
        if number.form == "fraction":
            of_unit = self.low(last) == "of" and self.low(last + 1) in ("a", "an", "one")
            if of_unit and UNITS.get(self.low(last + 2), ("",))[0] == "time":
                return self._in_measure(make, first, last + 2, number)
            head, nouns, _ = self._noun(last)
            return make(first, last, "share", "share", head=head, partitive=True, nouns=nouns)
        age = self._age(make, first, last)
        if age:
            return age
        return self._counted(make, first, number, last, word)

    def _percentage(self, make: _Maker, first: int, last: int) -> Quantity:
        if self.low(last) in ("point", "points"):
            return make(first, last + 1, "points", "percentage points")
        before = [self.low(at) for at in range(max(0, first - 3), first)]
        after = [self.low(at) for at in range(last, last + 2)]
        for direction, changes in ((1, _UP), (-1, _DOWN)):
            if any(word in changes for word in before) or any(word in changes for word in after):
                return make(first, last, "change", "%", direction=direction)
        if any(word in ("more", "less") for word in after[:1]) and self.low(last + 1) in ("likely", "often", "than"):
            return make(first, last, "change", "%", direction=1 if after[0] == "more" else -1)
        head, nouns, partitive = self._noun(last)
        return make(first, last, "percent", "%", head=head, partitive=partitive, nouns=nouns)

    def _times(self, make: _Maker, first: int, word: int, number: Numeral) -> Quantity:
        after = self.low(word + 1)
        if self.low(word) == "fold" or (after in _RATIO_AFTER and not self._during(word + 1)):
            return make(first, word + 1, "ratio", "times")
        return self._rate(make, first, word + 1, "count", "times", word)

    def _during(self, at: int) -> bool:
        """Whether "as", "the", "that" and so on at ``at`` begin something else than a comparison."""
        low, following = self.low(at), self.low(at + 1)
        if low == "as":
            return following in ("he", "she", "they", "it", "reed", "officers", "police", "the", "a")
        if low in ("the", "that", "what"):
            ratio = {"rate", "number", "share", "amount", "average", "count", "total", "size", "length", "of", "figure"}
            compared = low == "that" and following in ("for", "of", "among", "in")
            return not compared and not any(self.low(at + ahead) in ratio for ahead in (1, 2, 3))
        return False

    def _one_in(self, make: _Maker, first: int, number: Numeral, last: int) -> Quantity | None:
        """``one in seven``, ``1 in 1,000``, ``one out of every five``; also ``3 in 4``."""
        at = last
        if number.value == 1 and stem(self.low(at)) in HEADS and self.low(at + 1) in ("in", "out"):
            # "one shot in two"
            at = last = at + 1
        elif number.value == 1 and stem(self.low(at + 1)) in HEADS and self.low(at + 2) in ("in", "out"):
            at = last = at + 2  # "one police round in seven"
        if self.low(at) == "out" and self.low(at + 1) == "of":
            at += 2
        elif self.low(at) == "in":
            at += 1
        else:
            return None
        if self.low(at) == "every":
            at += 1
        second = numeral(self.words, at)
        if dates.read(self.words, at) or number.value != int(number.value):
            return None  # "3.45 in 2023"
        if not second or second.form not in ("digits", "words") or second.value <= number.value or number.value > 20:
            return None
        if self.low(second.last) in UNITS or self.low(second.last) == "-":
            return None
        head, nouns, _ = self._noun(second.last)
        made = make(first, second.last, "one in", "share", head=head, partitive=True, nouns=nouns)
        if first == number.first and at == last + 1:
            hedge = self._hedge(second.first, last)[1]
            made = replace(made, written=replace(made.written, hedge=hedge or made.written.hedge))
        whole = second.value / number.value
        return replace(made, written=replace(made.written, low=whole, high=whole), number=(number.first, second.last))

    def _in_measure(self, make: _Maker, first: int, word: int, number: Numeral) -> Quantity:
        low = self.low(word)
        quantity, size = UNITS[low]
        if quantity == "time":
            old = word + 2 if self.low(word + 1) in ("-", "‐", "‑") else word + 1
            age = self.low(old) in ("old", "olds") or (self.low(old) == "of" and self.low(old + 1) == "age")
            if age:
                last = old + 1 if self.low(old) != "of" else old + 2
                return make(first, last, "age", "years old", size=size / 31557600.0, head=word)
            more = numeral(self.words, word + 2) if self.low(word + 1) == "and" else None
            below = UNITS.get(self.low(more.last), ("", 0.0)) if more else ("", 0.0)
            if more and below[0] == "time" and below[1] < size:
                # "a minute and five seconds"
                made = make(first, more.last + 1, "duration", "s", size=size, head=more.last)
                added, hedge = more.value * below[1], made.written.hedge
                total = made.written.low + added
                return replace(made, written=Written(total, total, more.step * below[1], hedge), scale=below[1])
            return make(first, word + 1, "duration", "s", size=size, head=word)
        if quantity == "money":
            return make(first, word + 1, "money", "$", size=size)
        after = self.low(word + 1)
        if quantity == "speed":
            return make(first, word + 1, "speed", "mph", size=size)
        if after in ("per", "an", "a", "/") and self.low(word + 2) in ("hour", "h") and size >= 1000:
            return make(first, word + 3, "speed", "mph", size=size / 1609.344)
        return make(first, word + 1, "length", "m", size=size)

    def _age(self, make: _Maker, first: int, last: int) -> Quantity | None:
        """``Dexter Reed, 26,`` ``Reed (26)``, ``aged 26``, ``age 26``, ``the age of 26``."""
        before = self.low(first - 1)
        if before in ("aged", "age") or (before == "of" and self.low(first - 2) == "age"):
            begin = first - 1 if before != "of" else first - 2
            return make(begin, last, "age", "years old")
        if before == "of" and HEADS.get(stem(self.low(first - 2))) in ("person", "officer") and (
            not self.low(last).isalpha() or self.low(last) in STOP_WORDS
        ):  # fmt: skip
            return make(first - 2, last, "age", "years old")
        value = make.written.low
        if not 0 < value < 120 or make.number.form not in ("digits", "words") or make.written.hedge:
            return None
        after = self.low(last) or "."
        if (
            before == "at"
            and self.low(first - 2) in ("dead", "died", "killed", "dies")
            and after in (".", ",", ";", ")")
        ):
            return make(first, last, "age", "years old")
        ends = (".", ",", ";", "when", "and")
        if before in ("was", "is", "turned") and after in ends and self._person_before(first - 2):
            return make(first, last, "age", "years old")
        if make.number.form != "digits" and (value <= 12 or before not in (",", "(")):
            return None
        if before in ("only", "just", "barely", "still", "then", "now") and first >= 3:
            first, before = first - 1, self.low(first - 2)
        opened = before in (",", "(") and first >= 2 and self.words[first - 2].is_word
        closed = self.low(last) in (",", ")", ".", ";") or last >= len(self.words)
        if opened and closed and self._person_before(first - 2):
            return make(first, last, "age", "years old")
        return None

    def _person_before(self, at: int) -> bool:
        """Whether the word at ``at`` ends a person's name or a word for a person."""
        token = self.words[at]
        if stem(token.low) in HEADS and HEADS[stem(token.low)] in ("person", "officer"):
            return True
        if token.low in ("he", "she", "who"):
            return True
        return token.capital and token.low not in dates.MONTH_WORDS and token.low not in names.LABELS

    def _decade(self, make: _Maker, first: int, last: int, decade: float) -> Quantity | None:
        """``in his 20s``, ``mid-20s``: an age from ten years."""
        low, high, begin = decade, decade + 9, first
        before = self.low(first - 2) if self.low(first - 1) == "-" else self.low(first - 1)
        part = {"early": (0, 3), "mid": (3, 6), "late": (6, 9)}.get(before)
        if part:
            low, high = decade + part[0], decade + part[1]
            begin = first - 2 if self.low(first - 1) == "-" else first - 1
        made = make(begin, last, "age", "years old")
        return replace(made, written=Written(low, high, 1, ""), form="decade")

    def _decade_in_words(self, at: int) -> Quantity | None:
        """``a man in his thirties``, ``her mid-twenties``: only of people; "the sixties" are years."""
        back = at - 2 if self.low(at - 1) == "-" else at - 1
        owner = self.low(back - 1) if self.low(back) in ("mid", "early", "late") else self.low(back)
        if owner not in ("his", "her", "their"):
            return None
        made = Quantity(at, at + 1, self.words[at].start, self.words[at].end, Written(0, 0, 1), "age", "years old",
                        number=(at, at + 1))  # fmt: skip
        return self._decade(lambda *_: made, at, at + 1, float(DECADES[self.low(at)]))

    def _counted(self, make: _Maker, first: int, number: Numeral, last: int, word: int) -> Quantity:
        if word > last and not self.words[word].is_word if word < len(self.words) else False:
            word = last
        comparison = self.low(last) in ("more", "fewer", "additional")
        start = last + 1 if comparison else word
        head, nouns, partitive = self._noun(start)
        if head is not None and self.low(head) == "shot" and make.written.high > 1 and self.low(head - 1) != "-":
            head, nouns, word = None, (), last  # "the busiest of the three shot nine times"
        if comparison and head is not None and self.low(head + 1) == "than":
            direction = -1 if self.low(last) == "fewer" else 1
            return make(first, head + 1, "difference", self.low(head), head=head, direction=direction, nouns=nouns)
        if comparison and self.low(last + 1) == "than":
            direction = -1 if self.low(last) == "fewer" else 1
            return make(first, last + 1, "difference", "", direction=direction)
        if head is not None and self.low(head + 1) in ("more", "fewer") and self.low(head + 2) == "than":
            direction = -1 if self.low(head + 1) == "fewer" else 1  # "85 rounds more than Reed"
            return make(first, head + 2, "difference", self.low(head), head=head, direction=direction, nouns=nouns)
        each = self._for_each(head) if head is not None else 0
        if each and self.low(each) == "of" and self.low(each + 1) in ("the", "those", "these", "them"):
            # "24 rounds for each of the four": of those who fired
            unit = f"{self.low(head)} per officer"
            return make(first, each, "rate", unit, head=head, per=(1.0, stem("officer")), nouns=nouns)
        if each:
            return replace(make(first, each, "ratio", "times", head=head, nouns=nouns), form="for each")
        near = head is not None and head - word <= 1 and head >= word
        end = head + 1 if near else last
        unit = self.low(head) if head is not None else ""
        made = self._rate(make, first, end, "count", unit, head, partitive=partitive, nouns=nouns)
        if made.kind == "rate" or head is None or near:
            return made
        rate = self._rate(make, first, head + 1, "count", unit, head, partitive=partitive, nouns=nouns)
        return rate if rate.kind == "rate" else made

    def _each_of_theirs(self, first: int) -> bool:
        """ "For every shot Reed fired, the police fired nine": the shot that is compared opens the sentence."""
        near = (self.lows[begin:first] for begin in self._each if begin < first < begin + 16)
        return any("," in words and "." not in words for words in near)

    def _for_each(self, head: int) -> int:
        """The token after ``for every one``, ``for each``, ``to every`` behind a noun; 0 where it is not there."""
        at = head + 1
        if self.low(at) not in ("for", "to") or self.low(at + 1) not in ("every", "each"):
            return 0
        at += 2
        if self.low(at) in ("one", "single", "shot", "bullet", "round"):
            at += 1
        linked = self.low(at) in ("of", "by", "from", "the", "he", "she", "they") or (
            at < len(self.words) and self.words[at].capital
        )
        return at if linked or self.words[at - 1].low in ("shot", "bullet", "round") else 0

    def _rate(self, make: _Maker, first: int, last: int, kind: str, unit: str, head: int | None, **more) -> Quantity:
        """A count, or a rate where ``a second``, ``per million`` or ``every half-second`` follows."""
        per = self._per(last)
        if per is None:
            return make(first, last, kind, unit, head=head, **more)
        size, noun, after = per
        if noun == "second" and self.low(last) == "every" and make.number.value == 1 and size != 1:
            # "One shot every 0.43 seconds" is written to a place of the interval, not of the rate.
            return self._interval(make, first, last, unit, head, after, more)
        label = f"{unit + ' ' if unit else ''}per {noun}"
        return make(first, after, "rate", label.strip(), head=head, per=(size, noun), **more)

    def _hedge_words(self, at: int) -> int:
        return at + 1 if self.low(at) in ("about", "roughly", "approximately", "nearly", "almost", "some") else at

    def _interval(self, make: _Maker, first: int, last: int, unit: str, head: int | None, after: int, more) -> Quantity:
        hedged = self._hedge_words(last + 1)
        interval = numeral(self.words, hedged)
        at = interval.last if interval else hedged
        size = UNITS[self.low(at + 1 if self.low(at) == "-" else at)][1]
        hedge = (self._hedge(hedged, last)[1] if interval else "") or make.written.hedge
        value, step = (interval.value * size, interval.step * size) if interval else (size, size)
        made = make(first, after, "interval", f"s per {unit}", head=head, per=(1.0, "second"), **more)
        return replace(made, written=Written(value, value, step, hedge), scale=size)

    def _per(self, at: int) -> tuple[float, str, int] | None:
        if self.low(at) == "for" and self.low(at + 1) in ("every", "each"):
            at += 1  # "3.45 for every million residents"
        low = self.low(at)
        if low not in ("a", "an", "per", "each", "every", "/"):
            return None
        begin = self._hedge_words(at + 1)
        number = numeral(self.words, begin)
        count, after = (number.value, number.last) if number else (1.0, begin)
        word = after + 1 if self.low(after) == "-" else after
        unit = self.low(word)
        if unit in UNITS and UNITS[unit][0] == "time":
            return count * UNITS[unit][1], "second", word + 1
        if low in ("per", "/", "every", "each") and unit == "capita":
            return 1.0, "person", word + 1
        if unit in ("million", "thousand", "billion") and not number:
            return {"million": 1e6, "thousand": 1e3, "billion": 1e9}[unit], "person", self._population(word + 1)
        if number and count >= 100 and low in ("per", "for", "every", "/"):
            return count, "person", self._population(after)
        each = low == "per" or (low in ("a", "an") and HEADS.get(stem(unit)) == "officer")
        if each and unit and self.words[word].is_word and not number:
            return 1.0, stem(unit), word + 1
        return None

    def _population(self, at: int) -> int:
        return at + 1 if self.low(at) in ("people", "residents", "inhabitants", "population", "person") else at

    # Helpers that look around.

    def _noun(self, at: int) -> tuple[int | None, tuple[int, ...], bool]:
        """The noun that is counted: its token, all words of its phrase, and whether it comes after "of the"."""
        partitive = False
        if self.low(at) == "of" and self.low(at + 1) in ("the", "those", "these", "his", "their", "all", "its", "her",
                                                          "which", "whom"):  # fmt: skip
            partitive, at = True, at + 2
            while self.low(at) in _IN_PASSING:
                at += 1
            inner = numeral(self.words, at)
            if inner:
                at = inner.last
        elif self.low(at) == "of" and at < len(self.words):
            at += 1
        phrase: list[int] = []
        known: int | None = None
        for here in range(at, min(at + 7, len(self.words))):
            token = self.words[here]
            if token.low in ("-", "'", "’", "“", '"', "”") and here > at:
                continue
            if known is None and phrase and token.low in ("or", "and", ",") and self._goes_on(here + 1):
                continue
            parted = here > 0 and token.start - self.words[here - 1].end > 1  # a blank line
            if parted or not token.is_word or self._ends_phrase(token, here, known is not None):
                break
            phrase.append(here)
            if HEADS.get(stem(token.low)) and token.low not in ("gunfire",):
                known = here
        if not phrase:
            return None, (), partitive
        if known is None and any(self.low(here) in ("police", "cops") for here in phrase):
            at = next(place for place, here in enumerate(phrase) if self.low(here) in ("police", "cops"))
            things = [self.low(here) for here in phrase[at + 1 : at + 3]]
            nouns = things and things[-1].endswith("s") and not any(word.endswith("ed") for word in things)
            # "Fourteen police cars" are cars, "five police surrounded Reed" are officers.
            known = phrase[at + len(things)] if nouns else phrase[at]
        return (known if known is not None else phrase[-1]), tuple(phrase), partitive

    def _goes_on(self, at: int) -> bool:
        """Whether the phrase goes on after "or" to a noun of the field: "entrance or graze wounds"."""
        ahead = [self.low(here) for here in range(at, at + 3)]
        noun = next((place for place, word in enumerate(ahead) if stem(word) in HEADS), None)
        return noun is not None and all(
            word.isalpha() and word not in STOP_WORDS and word not in _VERBS and numeral(self.words, at + place) is None
            for place, word in enumerate(ahead[: noun + 1])
        )

    def _ends_phrase(self, token: Token, here: int, headed: bool) -> bool:
        low = token.low
        if low in STOP_WORDS and low not in ("people", "person"):
            return True
        if low in _VERBS and (headed or low not in ("shot",)):
            return True
        if low.endswith("ed") and (headed or self.low(here + 1) in STOP_WORDS or not self.low(here + 1).isalpha()):
            return True
        return low.endswith("ly") or low in dates.MONTH_WORDS or low in dates.WEEKDAYS

    def _range(self, number: Numeral, first: int) -> tuple[float, float, int, str] | None:
        """``between 90 and 100``, ``10 to 11``, ``10 or 11``, ``90-100``: low, high, the token after, and the hedge."""
        joint = self.low(number.last)
        between = self.low(first - 1) in ("between", "from")
        moved = {self.low(at) for at in range(max(0, first - 5), first)} & (_UP | _DOWN | {"went", "moved", "changed"})
        if self.low(first - 1) == "from" and moved:
            return None  # "rose from 90 to 96" are two numbers, no range
        if number.form not in ("digits", "words"):
            return None
        allowed = joint in ("to", "or", "–", "-", "—") or (joint == "and" and self.low(first - 1) == "between")
        if not allowed:
            return None
        second = numeral(self.words, number.last + 1)
        if second is None or second.form not in ("digits", "words") or second.value <= number.value:
            return None
        if joint in ("–", "-", "—") and not (number.form == second.form == "digits"):
            return None
        low = number.value
        scale = self.low(second.last - 1)
        if scale in ("million", "billion", "thousand") and number.value < 1000 and not between and joint != "or":
            low *= {"thousand": 1e3, "million": 1e6, "billion": 1e9}[scale]
        return low, second.value, second.last, ""

    def _hedge(self, at: int, floor: int) -> tuple[int, str]:
        """The hedge that stands before token ``at``, and its first token; ``(at, '')`` where there is none."""
        stop = max(floor, at - 6)
        end = at
        if self.low(end - 1) in _CURRENCY:
            end -= 1
        for length in range(5, 0, -1) if self.low(end - 1) in _END_BEFORE else ():
            begin = end - length
            if begin < stop:
                continue
            hedge = BEFORE.get(tuple(token.low for token in self.words[begin:end]))
            if hedge and not self._only_place(begin, end, at):
                return begin, hedge
        return at, ""

    def _only_place(self, begin: int, end: int, at: int) -> bool:
        """Whether "over", "under", "within" and "above" say where or during, not how many."""
        low = self.low(begin)
        if low == "up":
            sums = ("adds", "add", "added", "adding", "sums", "summed", "totals", "came", "comes", "goes")
            return self.low(begin - 1) in sums
        if end - begin > 1:
            return False
        if low == "over":
            # "fired over 41 seconds" says during; "lasted over 41 seconds" and "over 90 shots" set a bound.
            number = numeral(self.words, at)
            unit = self.low(number.last) if number else ""
            unit = self.low(number.last + 1) if unit == "-" else unit
            lasting = self.low(begin - 1) in ("lasted", "lasting", "last", "lasts", "took", "for", "of", "in", "after",
                                              "just", "spanned", "was", "well")  # fmt: skip
            return unit in UNITS and UNITS[unit][0] == "time" and not lasting
        if low == "around":
            return self.low(begin - 1) in ("turned", "look", "looked")
        return False

    def _hedge_after(self, at: int) -> tuple[int, str]:
        if self.low(at) == "," and self.low(at + 1) in ("or", "at", "give", "more", "if"):
            after, hedge = self._hedge_after(at + 1)  # "57 holes, at the least"
            return (after, hedge) if hedge else (at, "")
        if self.low(at) not in _BEGIN_AFTER:
            return at, ""
        for length in (3, 2, 1):
            hedge = AFTER.get(tuple(token.low for token in self.words[at : at + length]))
            if hedge and at + length <= len(self.words):
                return at + length, hedge
        return at, ""

    def _text(self, first: int, last: int) -> str:
        text = ""
        for at in range(first, min(last, len(self.words))):
            gap = at > first and self.words[at].start > self.words[at - 1].end
            text += (" " if gap else "") + self.words[at].text
        return text

    def _joined(self, first: int, last: int) -> bool:
        pairs = range(first, min(last, len(self.words)) - 1)
        return all(self.words[at].end == self.words[at + 1].start for at in pairs)


class _Maker:
    """Builds quantities that share a number and a hedge."""

    def __init__(self, reading, first: int, number: Numeral, written: Written):
        self.words, self.number, self.written = reading.words, number, written

    def __call__(self, first: int, last: int, kind: str, unit: str, *, size: float = 1.0, **more) -> Quantity:
        written = replace(self.written, low=self.written.low * size, high=self.written.high * size,
                          step=self.written.step * size)  # fmt: skip
        # A hedge keeps to the grain of the number as written: about 0.7 minutes is 42 seconds to tenths of a minute.
        return Quantity(first, last, self.words[first].start, self.words[last - 1].end, written, kind, unit,
                        number=(self.number.first, max(last, self.number.last)), form=self.number.form, scale=size,
                        **more)  # fmt: skip
