"""What stands around a number: its noun phrase, its range, its hedge."""

from __future__ import annotations

from . import dates
from .hedges import AFTER, BEFORE
from .lexicon import HEADS, UNITS
from .numerals import Numeral, numeral
from .words import STOP_WORDS, Token, stem

__all__ = ["CURRENCY", "FALLING", "RISING", "Phrases"]

_VERBS = {"fired", "hit", "struck", "wounded", "injured", "grazed", "killed", "died", "stopped", "detained", "pulled",
          "surrounded", "approached", "opened", "returned", "discharged", "reloaded", "shot", "shoot", "fell", "came",
          "went", "took", "lasted", "left", "drew", "said", "did", "found", "hurt", "rang", "began", "ended",
          "emptied", "squeezed", "responded", "made", "fire", "hits", "strikes", "fires", "involved",
          "tore", "answered", "used", "got", "let", "kept", "keep", "continued", "started", "never", "would",
          "ran", "walked", "stood", "sat", "against", "versus"}  # fmt: skip

RISING = {"rose", "risen", "rise", "rises", "increased", "increase", "increases", "grew", "growth", "gained", "gain",
       "up", "climbed", "jumped", "jump", "surged", "surge", "higher", "rising", "soared", "grown", "climb",
       "climbs", "uptick", "swelled"}  # fmt: skip

FALLING = {"fell", "fallen", "fall", "falls", "decreased", "decrease", "declined", "decline", "dropped", "drop", "down",
         "shrank", "sank", "lower", "falling", "plunged", "dipped", "reduction", "cut",
         "shrunk", "declines", "drops"}  # fmt: skip

_IN_PASSING = {"roughly", "about", "approximately", "nearly", "some", "more", "than", "estimated", "almost", "around",
               "at", "least", "other", "reported"}  # fmt: skip

_DENIALS = {"not", "never", "without", "nor", "neither", "cannot"}

_NEAR_BY = 3  # "eight or ten" is a stretch of numbers
_BEGIN_AFTER, _END_BEFORE = {phrase[0] for phrase in AFTER}, {phrase[-1] for phrase in BEFORE}

CURRENCY = {"$": "$", "€": "€", "£": "£"}


class Phrases:
    """What stands around a number: its noun phrase, its range, its hedge."""

    def __init__(self, words: list[Token]):
        self.words = words
        self.lows = [token.low for token in words] + [""] * 64
        openings = {".", "", "?", "!"}
        self._each = [at for at, low in enumerate(self.lows) if low == "for" and self.low(at + 1) in ("every", "each")
                      and self.low(at - 1) in openings]  # fmt: skip

    def low(self, at: int) -> str:
        return self.lows[at] if 0 <= at < len(self.lows) else ""

    def _denied(self, at: int) -> bool:
        """Whether "a single shot" is denied: "did not fire a single shot" is none."""
        for back in range(at - 1, max(-1, at - 6), -1):
            if self.low(back) in (".", "?", "!", ";"):
                return False
            if self.low(back) in _DENIALS or self.low(back).endswith("n't"):
                return True
        return False

    # Helpers that look around.

    def _noun(self, at: int) -> tuple[int | None, tuple[int, ...], bool]:
        """The noun that is counted: its token, all words of its phrase, and whether it comes after "of the"."""
        partitive = False
        if self.low(at) == "out" and self.low(at + 1) == "of":
            at += 1  # "four out of the five"
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
        if low in ("among", "amongst", "between") or (low in STOP_WORDS and low not in ("people", "person")):
            return True
        if low in _VERBS and (headed or low not in ("shot",)):
            return True
        if low.endswith("ed") and (
            headed or self.low(here + 1) in STOP_WORDS - {"people", "person"} or not self.low(here + 1).isalpha()
        ):
            return True
        return low.endswith("ly") or low in dates.MONTH_WORDS or low in dates.WEEKDAYS

    def _range(self, number: Numeral, first: int) -> tuple[float, float, int, str] | None:
        """``between 90 and 100``, ``10 to 11``, ``10 or 11``, ``90-100``: low, high, the token after, and the hedge."""
        joint = self.low(number.last)
        between = self.low(first - 1) in ("between", "from")
        moved = {self.low(at) for at in range(max(0, first - 5), first)} & (
            RISING | FALLING | {"went", "moved", "changed"}
        )
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
        if joint == "or" and second.value - number.value > max(_NEAR_BY, second.value / 10):
            return None  # "ninety-six or 79?": one or the other, and nothing between
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
        if self.low(end - 1) in CURRENCY:
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
            sums = ("adds", "add", "added", "adding", "sums", "summed", "totals", "came", "comes", "goes", "owned",
                    "fessed")  # fmt: skip
            return self.low(begin - 1) in sums
        if end - begin > 1:
            return False
        if low == "over" and begin and (self.words[begin - 1].is_number or self._spelled(begin)):
            return True  # "96 over 41": a division, or a time after a count
        if low == "over":
            # "fired over 41 seconds" says during; "lasted over 41 seconds" and "over 90 shots" set a bound.
            number = numeral(self.words, at)
            unit = self.low(number.last) if number else ""
            unit = self.low(number.last + 1) if unit == "-" else unit
            unit = self.low(number.last + 2) if unit == "of" and number.form == "fraction" else unit
            lasting = self.low(begin - 1) in ("lasted", "lasting", "last", "lasts", "took", "for", "of", "in", "after",
                                              "just", "spanned", "was", "well")  # fmt: skip
            return unit in UNITS and UNITS[unit][0] == "time" and not lasting
        if low == "around":
            return self.low(begin - 1) in ("turned", "look", "looked")
        return False

    def _spelled(self, end: int) -> bool:
        """Whether a number in words ends right before token ``end``."""
        return any(
            (found := numeral(self.words, at)) and found.last == end and found.form == "words"
            for at in range(max(0, end - 3), end)
        )

    def _aside(self, at: int) -> str:
        """The hedge in an aside a few words on, before the next number: "46 left, at most, for the others"."""
        for here in range(at, min(at + 5, len(self.words))):
            if self.words[here].is_number or self.low(here) in (".", ";", ":", "?", "!"):
                return ""
            if self.low(here) == ",":
                after, hedge = self._hedge_after(here + 1)
                return hedge if self.low(after) in (",", ".", ";", "") else ""
        return ""

    def _hedge_after(self, at: int) -> tuple[int, str]:
        if self.low(at) == "," and self.low(at + 1) in ("or", "at", "give", "more", "if"):
            after, hedge = self._hedge_after(at + 1)  # "57 holes, at the least"
            return (after, hedge) if hedge else (at, "")
        if self.low(at) not in _BEGIN_AFTER:
            return at, ""
        for length in range(6, 0, -1):
            hedge = AFTER.get(tuple(token.low for token in self.words[at : at + length]))
            if hedge and at + length <= len(self.words) and self.low(at + length) != "than":
                return at + length, hedge  # but not of "204, or more than a fifth"
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
