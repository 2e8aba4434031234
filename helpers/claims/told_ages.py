"""Ages as they are told: ``Reed, 26,`` ``aged 26``, ``26, his age``, ``in his 20s``."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from . import dates, names
from .hedges import Written
from .idle import Idle
from .lexicon import HEADS
from .words import STOP_WORDS, stem

if TYPE_CHECKING:
    from .measures import Maker, Quantity

__all__ = ["ToldAges"]


class ToldAges(Idle):
    """Numbers that are an age, by the words around them."""

    def _age(self, make: Maker, first: int, last: int) -> Quantity | None:
        """``Dexter Reed, 26,`` ``Reed (26)``, ``aged 26``, ``age 26``, ``the age of 26``."""
        before = self.low(first - 1)
        if before in ("aged", "age") or (before == "of" and self.low(first - 2) == "age"):
            begin = first - 1 if before != "of" else first - 2
            return make(begin, last, "age", "years old")
        if before == "of" and HEADS.get(stem(self.low(first - 2))) in ("person", "officer") and (
            not self.low(last).isalpha() or self.low(last) in STOP_WORDS or not self.low(last).endswith("s")
        ):  # fmt: skip
            return make(first - 2, last, "age", "years old")
        value = make.written.low
        if self.low(first - 1) == "at" and self.low(last) == "," and self.low(last + 1) in ("he", "she"):
            return make(first, last, "age", "years old")  # "At 26, he was ..."
        if (
            not 0 < value < 120
            or value != int(value)
            or make.number.form not in ("digits", "words")
            or make.written.hedge
        ):
            return None
        after = self.low(last) or "."
        if (
            before == "at"
            and self.low(first - 2) in ("dead", "died", "killed", "dies")
            and after in (".", ",", ";", ")")
        ):
            return make(first, last, "age", "years old")
        ends = (".", ",", ";", "—", "–", "when", "and", "on", "at", "that", "the", "as")
        if self._said_of_an_age(first, last):
            return make(first, last, "age", "years old")
        if before in ("only", "just", "barely", "still", "then", "now") and self.low(first - 2) in ("was", "is"):
            first, before = first - 1, self.low(first - 2)
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

    def _said_of_an_age(self, first: int, last: int) -> bool:
        """ "26, his age when he was shot"; "gave his age, 26"."""
        after = [self.low(at) for at in range(last, last + 6) if self.low(at).isalpha()]
        if after[:2] in (["his", "age"], ["her", "age"]):
            return True
        before = [self.low(at) for at in range(max(0, first - 9), first)]
        return before[-1:] == [","] and not self.low(last).isalpha() and any(
            pair in (("his", "age"), ("her", "age")) for pair in pairwise(before)
        )  # fmt: skip

    def _person_before(self, at: int) -> bool:
        """Whether the word at ``at`` ends a person's name or a word for a person."""
        token = self.words[at]
        if stem(token.low) in HEADS and HEADS[stem(token.low)] in ("person", "officer"):
            return True
        if token.low in ("he", "she", "who"):
            return True
        return token.capital and token.low not in dates.MONTH_WORDS and token.low not in names.LABELS

    def _decade(self, make: Maker, first: int, last: int, decade: float) -> Quantity | None:
        """``in his 20s``, ``mid-20s``: an age from ten years."""
        low, high, begin = decade, decade + 9, first
        before = self.low(first - 2) if self.low(first - 1) == "-" else self.low(first - 1)
        part = {"early": (0, 3), "mid": (3, 6), "late": (6, 9)}.get(before)
        if part:
            low, high = decade + part[0], decade + part[1]
            begin = first - 2 if self.low(first - 1) == "-" else first - 1
        made = make(begin, last, "age", "years old")
        return replace(made, written=Written(low, high, 1, ""), form="decade")
