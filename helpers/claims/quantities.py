"""Numbers in an article as a reader takes them: with hedge, unit and what they count, or why they are no claim.

>>> from .words import tokens
>>> for quantity in quantities(tokens(text := "Nearly 100 rounds in a 41-second span, said District 11's captain.")):
...     print(text[quantity.start:quantity.end], "|", quantity.kind, quantity.unit, "|", quantity.reason)
Nearly 100 rounds | count rounds |
41-second | duration s |
District 11 | name  | a name: District 11
"""

from __future__ import annotations

from dataclasses import replace

from . import dates, names
from .hedges import Written, odd
from .lexicon import HEADS, MONTHS, UNITS
from .measures import Measures, Quantity
from .numerals import BEGINNINGS, DECADES, Numeral, numeral, ordinal
from .words import Token, stem

__all__ = ["Quantity", "quantities"]

_MULTIPLY = {"doubled": 2.0, "tripled": 3.0, "trebled": 3.0, "quadrupled": 4.0, "halved": 0.5}

_DENIED = {"never", "nor", "cannot", "can't", "couldn't"}
_BEGINNINGS = BEGINNINGS | set(MONTHS) | set(_MULTIPLY) | {"no", "none", "neither", "noon", "midnight"}


class _Reading(Measures):
    """Reads quantities from one text's tokens."""

    def at(self, at: int, floor: int) -> Quantity | None:
        """The quantity whose number begins at token ``at``; ``floor`` is the first token that is still free."""
        token = self.words[at]
        if not token.is_number and token.low not in _BEGINNINGS:
            return None
        when = dates.read(self.words, at)
        if when and self._holiday(at):
            return self.no_claim(at, when.last, "word", "a holiday that something is likened to")
        reason = names.reason(self.words, at) if not when or when.kind == "year" else None
        if when and not reason:
            return self._dated(at, when)
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

    def _holiday(self, at: int) -> bool:
        """Whether "the Fourth of July" is only likened to: "it sounded like the Fourth of July"."""
        likened = {self.low(back) for back in range(at - 3, at)} & {"like", "as", "than"}
        return self.low(at) == "fourth" and self.low(at + 2) == "july" and bool(likened)

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
        place = self._dateline(at) if self.low(when.last) in ("(", "-", "—", "–") else at
        if place < at:
            return self.no_claim(at, when.last, "name", f"a dateline: {self._text(place, when.last)}")
        value = float(when.year or 0) if when.kind == "year" else float(when.ordinal)
        first, hedge = self._hedge(at, 0)
        hedge = hedge if when.kind == "clock" else ""
        first = first if hedge else at
        return Quantity(first, when.last, self.words[first].start, self.words[when.last - 1].end,
                        Written(value, value, 1, hedge), when.kind, when.kind, number=(at, when.last),
                        date=when)  # fmt: skip

    def _dateline(self, at: int) -> int:
        """The first token of the place that a wire sets before a date (``TULSA, Okla., June 9 (AP) -``), or ``at``."""
        for back in range(at - 1, max(at - 8, -1), -1):
            token = self.words[back]
            if token.is_word and token.text.isupper() and len(token.text) > 2 and self.low(at - 1) == ",":
                return back
            if not token.capital and token.low not in (",", "."):
                break
        return at

    def _ordinal(self, at: int, rank: tuple[int, int]) -> Quantity | None:
        value, after = rank
        low = self.low(at)
        if low in ("first", "second"):
            return None
        head, nouns = self._noun(after)[:2]
        running = {self.low(at) for at in range(after, after + 5)} & {"straight", "consecutive", "row", "running"}
        if head is None or (stem(self.low(head)) not in HEADS and not running):
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
        if self.low(at) == "none" and self.low(at + 1) in ("missed", "hit", "struck"):
            return Quantity(at, at + 1, self.words[at].start, self.words[at].end, Written(0, 0, 1), "count",
                            number=(at, at + 1), form="none")  # fmt: skip
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
        if hedge == "more than" and self._none_over(first):
            hedge = "at most"  # "officers never fired more than 89 shots"
        if not hedge and self.low(first - 1) in ("reach", "reached", "hit") and self._none_over(first):
            hedge = "less than"  # "never once reached 90"
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
        if trailing and (not hedge or (trailing, hedge) == ("odd", "about")):
            hedge, last = trailing, after
        if hedge == "odd":
            hedge, high = "", max(high, odd(low))
        if number.form == "plural":
            hedge = ""
        quantity = self._unit(first, number, last, Written(low, high, step, hedge, number.form == "fraction"))
        if quantity is None or quantity.reason:
            return quantity
        # "96 shots or more": the hedge may stand behind the noun too.
        after, trailing = self._hedge_after(quantity.last)
        if not trailing and quantity.partitive and quantity.head is not None:
            # "Fifty of the rounds or more": behind what they are part of.
            trailing, after = self._hedge_after(quantity.head + 1)[1], quantity.last
        if not trailing and hedge in ("", "about"):
            trailing, after = self._aside(quantity.last), quantity.last
        if trailing not in ("", "odd") and hedge in ("", "about") and self.low(quantity.last) != "-":
            quantity = replace(quantity, last=after, end=self.words[after - 1].end,
                               written=replace(quantity.written, hedge=trailing))  # fmt: skip
        return quantity

    def _none_over(self, first: int) -> bool:
        """Whether "more than" is denied: "never more than 89", "none in which they fired more than 89"."""
        near = [self.low(at) for at in range(max(0, first - 12), first)]
        which = next((at for at in range(len(near) - 1, 0, -1) if near[at] == "which"), 0)
        none = (
            which
            and near[which - 1] == "in"
            and {"none", "no"} & set(near[max(0, which - 4) : which])
            and "." not in near
        )
        return bool(none or set(near[-4:]) & _DENIED)

    def _decade_in_words(self, at: int) -> Quantity | None:
        """``a man in his thirties``, ``her mid-twenties``: only of people; "the sixties" are years."""
        back = at - 2 if self.low(at - 1) == "-" else at - 1
        owner = self.low(back - 1) if self.low(back) in ("mid", "early", "late") else self.low(back)
        if owner not in ("his", "her", "their"):
            return None
        made = Quantity(at, at + 1, self.words[at].start, self.words[at].end, Written(0, 0, 1), "age", "years old",
                        number=(at, at + 1))  # fmt: skip
        return self._decade(lambda *_: made, at, at + 1, float(DECADES[self.low(at)]))


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
