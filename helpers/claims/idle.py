"""Number words that are no numbers: pronouns, conjunctions, idioms."""

from __future__ import annotations

from .lexicon import ACTIONS, HEADS, UNITS, VERBS
from .numerals import Numeral
from .phrases import Phrases
from .words import stem

__all__ = ["Idle"]

_DASHES = {"-", "–", "—", "‐", "‑"}

_AFTER_ONCE = {"in", "from", "at", "and", "but", "during", "by", "before", "or", "on", "to", "with", "while", "into",
               "through", "that", "per", "every", "each", "out", "near", "as", "when"}  # fmt: skip


class Idle(Phrases):
    """Number words that are no numbers: pronouns, conjunctions, idioms."""

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
        if before in ("at", "all", "for") or after in ("again", "upon", "a", "an", "the", "he", "she", "they",
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
        if after == "to" and self.low(last + 1) in ("every", "each"):
            return ""  # "one to every seven rounds"
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
