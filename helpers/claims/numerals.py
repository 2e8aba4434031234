"""Numbers as English writes them: digits, words, fractions, dozens, hyphens.

>>> from .words import tokens
>>> [numeral(tokens(text), 0).value for text in ("1,000", "twenty-six", "a dozen", "two and a half", "1.2 million")]
[1000.0, 26.0, 12.0, 2.5, 1200000.0]
"""

from __future__ import annotations

from dataclasses import dataclass

from .words import FRACTION_SIGNS, Token, vocabulary

__all__ = ["BEGINNINGS", "ORDINALS", "Numeral", "numeral", "ordinal"]


@dataclass(frozen=True)
class Numeral:
    """A number from token ``first`` up to ``last``; ``step`` is the place it is written to.

    ``form`` is ``digits``, ``words``, ``fraction`` (a part of something), ``once`` (once, twice), ``plural`` (dozens:
    then ``value`` to ``high``), ``group`` (a pair), ``none`` (no officers) or ``single``.
    """

    first: int
    last: int
    value: float
    step: float
    form: str
    high: float | None = None


_ONES = {word: number for number, word in enumerate(
    ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
     "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
)}  # fmt: skip
_TENS = dict(
    zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True)
)
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12,
           "k": 1000, "m": 10**6, "bn": 10**9, "score": 20}  # fmt: skip
_PARTS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4,
          "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8,
          "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10, "hundredth": 100, "hundredths": 100}  # fmt: skip
_GROUPS = {"pair": 2, "couple": 2, "duo": 2, "trio": 3, "quartet": 4, "quintet": 5, "handful": None}
LONGEST_NUMBER = 24  # characters; longer ones are serial numbers
# A plural says at least two of them, and is not said of what the next larger word would say.
_PLURALS = {"dozens": (24, 199), "scores": (40, 199), "hundreds": (200, 1999), "thousands": (2000, 199_999),
            "millions": (2 * 10**6, 1999 * 10**6), "billions": (2 * 10**9, 10**12)}  # fmt: skip
# "In his thirties": an age from ten years.
DECADES = {"teens": 10, "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
           "eighties": 80, "nineties": 90}  # fmt: skip
_TIMES = {"once": 1, "twice": 2, "thrice": 3}
_FOLD = {"double": 2, "triple": 3, "quadruple": 4}  # of something: "double the rate"

ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40,
    "fiftieth": 50, "hundredth": 100,
}  # fmt: skip


# The words that a number, an ordinal, a date or a count of none may begin with; no other word need be looked at.
BEGINNINGS = frozenset(
    {
        *_ONES,
        *_TENS,
        *_GROUPS,
        *_PLURALS,
        *DECADES,
        *_TIMES,
        *_FOLD,
        *ORDINALS,
        "a",
        "an",
        "the",
        "half",
        "both",
        "single",
        "lone",
        "tens",
    }
)


_LEADS_FRACTION = vocabulary("to than about nearly almost roughly over under exactly around just")


def numeral(words: list[Token], at: int) -> Numeral | None:
    """The number that begins at token ``at``, the longest reading; None where none does."""
    for read in (_plural, _group, _part, _frequency, _digits, _in_words):
        found = read(words, at)
        if found:
            return found
    return None


def ordinal(words: list[Token], at: int) -> tuple[int, int] | None:
    """An ordinal from ``at``: its rank and the token after it. ``21st``, ``third``, ``twenty-first``."""
    low = _low(words, at)
    if low.isdigit() and _low(words, at + 1) in ("st", "nd", "rd", "th") and _touch(words, at):
        return int(low), at + 2
    if low in ORDINALS:
        return ORDINALS[low], at + 1
    if low in _TENS and _low(words, at + 1) == "-" and 0 < ORDINALS.get(_low(words, at + 2), 99) < 10:
        return _TENS[low] + ORDINALS[_low(words, at + 2)], at + 3
    return None


def _low(words: list[Token], at: int) -> str:
    return words[at].low if 0 <= at < len(words) else ""


def _touch(words: list[Token], at: int) -> bool:
    return at + 1 < len(words) and words[at].end == words[at + 1].start


def _hyphen(words: list[Token], at: int) -> int:
    """The token after a hyphen at ``at``, or ``at`` itself where there is none."""
    return at + 1 if _low(words, at) in ("-", "‐", "‑") else at


def _plural(words: list[Token], at: int) -> Numeral | None:
    low, after = _low(words, at), at + 1
    if low not in _PLURALS and low != "tens":
        return None
    least, most = _PLURALS.get(low, (20, 199))
    if _low(words, after) == "of" and _low(words, after + 1) in _PLURALS and low in ("tens", "hundreds", "thousands"):
        factor = {"tens": 10, "hundreds": 100, "thousands": 1000}[low]
        unit = _PLURALS[_low(words, after + 1)][0] / 2
        return Numeral(at, after + 2, 2 * factor * unit, 1, "plural", 20 * factor * unit - 1)
    if low == "tens":
        return None
    return Numeral(at, after, least, 1, "plural", most)


def _group(words: list[Token], at: int) -> Numeral | None:
    if _low(words, at) in ("a", "the") and _low(words, at + 1) in _GROUPS and _low(words, at + 2) == "of":
        size = _GROUPS[_low(words, at + 1)]
        return Numeral(at, at + 2, size, 1, "group") if size else None
    if _low(words, at) == "both":
        return Numeral(at, at + 1, 2, 1, "group")
    if _low(words, at) in ("single", "lone") and _low(words, at - 1) in ("a", "the", "every", "one"):
        return Numeral(at, at + 1, 1, 1, "single")
    return None


def _part(words: list[Token], at: int) -> Numeral | None:
    """A fraction: half, two-thirds, a quarter, 3/4, ½; or half a dozen and half a minute."""
    low = _low(words, at)
    if low in FRACTION_SIGNS:
        return Numeral(at, at + 1, FRACTION_SIGNS[low], 0.01, "fraction")
    if low == "half":
        return _half(words, at)
    of_time = low == "the" and _low(words, at + 1) == "quarter" and _low(words, at + 3) in ("a", "an")
    many = _ONES.get(low) or (1 if low in ("a", "an") or of_time else 0)
    part = _hyphen(words, at + 1)
    if many and 0 < many < 10 and _low(words, part) in _PARTS:
        dozen = _hyphen(words, part + 1)
        if many == 1 and _low(words, part) == "half" and low != "one" and _low(words, dozen) == "dozen":
            return Numeral(at, dozen + 1, 6, 1, "words")
        # "a third officer" and "one third-party" are no fractions; "a third of", "two thirds", "one-third" are.
        ends = _low(words, part + 1) in ("of", "the") or (
            # "or close to a quarter."
            (
                _low(words, part + 1) in ("", ".", ",", ";", ")", "and", "or", "but", "did", "were")
                or _low(words, part + 2) == "which"
            )
            and _low(words, at - 1) in _LEADS_FRACTION
        )
        if many == 1 and part == at + 1 and _low(words, part) != "half" and not ends:
            return None
        return Numeral(at, part + 1, many / _PARTS[_low(words, part)], 0.01, "fraction")
    if low.isdigit() and _low(words, at + 1) == "/" and _low(words, at + 2).isdigit():
        above, below = int(low), int(_low(words, at + 2))
        if 0 < above < below <= 12 and _low(words, at + 3) != "/":
            return Numeral(at, at + 3, above / below, 0.01, "fraction")
    return None


def _half(words: list[Token], at: int) -> Numeral | None:
    after = _hyphen(words, at + 1)
    if _low(words, after) in ("a", "an"):
        scale = _low(words, after + 1)
        if scale in _SCALES and len(scale) > 2:
            return Numeral(at, after + 2, _SCALES[scale] / 2, 1, "words")
        return Numeral(at, after + 1, 0.5, 0.01, "fraction")
    return Numeral(at, at + 1, 0.5, 0.01, "fraction")


def _frequency(words: list[Token], at: int) -> Numeral | None:
    low = _low(words, at)
    if low in _FOLD and _low(words, at + 1) in ("the", "that", "what"):
        return Numeral(at, at + 1, _FOLD[low], 1, "once")
    return Numeral(at, at + 1, _TIMES[low], 1, "once") if low in _TIMES else None


def _digits(words: list[Token], at: int) -> Numeral | None:
    if at >= len(words) or not words[at].is_number or words[at].low in FRACTION_SIGNS:
        return None
    if len(words[at].text) > LONGEST_NUMBER:
        return None
    text = words[at].low.replace(",", "")
    value, after = float(text), at + 1
    places = len(text.partition(".")[2])
    step = 10.0**-places if places else _trailing(value)
    if _low(words, after) in FRACTION_SIGNS:
        return Numeral(at, after + 1, value + FRACTION_SIGNS[_low(words, after)], 0.01, "digits")
    part = _part(words, after) if value < 1000 and _low(words, after).isdigit() else None
    if part and part.form == "fraction":
        return Numeral(at, part.last, value + part.value, 0.01, "digits")
    scale = _low(words, _hyphen(words, after))
    if scale in _SCALES and scale != "score" and (len(scale) > 2 or _touch(words, at)):
        size = _SCALES[scale]
        return Numeral(at, _hyphen(words, after) + 1, value * size, 10.0**-places * size, "digits")
    return Numeral(at, after, value, step, "digits")


def _trailing(value: float) -> float:
    """The place of the last digit that is not a trailing zero, for thousands; 1 below."""
    step = 1.0
    while value >= 1000 and value % (step * 10) == 0:
        step *= 10
    return step


def _in_words(words: list[Token], at: int) -> Numeral | None:
    low, after = _low(words, at), at + 1
    total, current = 0.0, None
    if low in ("a", "an"):
        scale = _low(words, after)
        if scale not in _SCALES or len(scale) < 4:
            return None
        current, after, last_scale = float(_SCALES[scale]), after + 1, _SCALES[scale]
    elif low == "several" and _low(words, after) in _SCALES:
        return None
    else:
        read = _below_hundred(words, at)
        if read is None:
            return None
        current, after = read
        last_scale = 1
    while True:
        here = _hyphen(words, after)
        word = _low(words, here)
        if word in ("hundred", "dozen", "score") and last_scale < 100 and current < 100:
            current, after, last_scale = current * _SCALES[word], here + 1, _SCALES[word]
        elif word in ("thousand", "million", "billion", "trillion") and _SCALES[word] > last_scale:
            total, current, after, last_scale = total + current * _SCALES[word], 0.0, here + 1, 1
        else:
            step = here + 1 if word == "and" else here
            more = _below_hundred(words, step) if (last_scale == 100 or (current == 0.0 and total)) else None
            if more is None:
                break
            current, after, last_scale = current + more[0], more[1], 1
    value = total + (current or 0.0)
    after_and = _mixed(words, after)
    if after_and:
        return Numeral(at, after_and[1], value + after_and[0], 0.01, "words")
    return Numeral(at, after, value, _trailing(value), "words")


def _below_hundred(words: list[Token], at: int) -> tuple[float, int] | None:
    low = _low(words, at)
    if low in _ONES:
        return float(_ONES[low]), at + 1
    if low in _TENS:
        one = _low(words, _hyphen(words, at + 1))
        if 0 < _ONES.get(one, 0) < 10:
            return float(_TENS[low] + _ONES[one]), _hyphen(words, at + 1) + 1
        return float(_TENS[low]), at + 1
    return None


def _mixed(words: list[Token], at: int) -> tuple[float, int] | None:
    """``and a half`` or ``and three quarters`` after a whole number."""
    at = _hyphen(words, at)
    if _low(words, at) != "and":
        return None
    at = _hyphen(words, at + 1)
    many = 1 if _low(words, at) in ("a", "one") else _ONES.get(_low(words, at), 0)
    part = _hyphen(words, at + 1)
    if many and _low(words, part) in ("half", "third", "thirds", "quarter", "quarters"):
        return many / _PARTS[_low(words, part)], part + 1
    return None
