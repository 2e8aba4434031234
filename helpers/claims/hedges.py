"""Hedges: the words that widen a number, and whether a hedged number fits a value of record.

>>> fits(Written(100, 100, 1, "nearly"), 96)
'supported'
>>> fits(Written(100, 100, 1, "more than"), 96)
''
>>> fits(Written(40, 40, 1, "about"), 41)
'rounded'

A bound is held to its words: "nearly 100" lies below 100 and not far below, "more than 100" above it. "About" allows
what rounding to the number's own grain allows (40 to tens, 95 to fives), and never more than a tenth of the value.
A number without a hedge must be the value itself; where the value is a fraction, or thousands, it may be rounded.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

__all__ = ["AFTER", "BEFORE", "Written", "beyond", "fits", "odd", "turned"]

_PHRASES = {
    "about": """about|approximately|approx|nearer|nearer to|closer to|more like
        |in the order of|approx .|roughly|around|some|circa|~|≈|an estimated|estimated|close to
        |in the region of|in the neighborhood of|on the order of|more or less|give or take|something like|in the area of
        |at about|at around|nearabout|somewhere around""",
    "nearly": """nearly|almost|just under|just shy of|just short of|just below|a little under|a little less than
        |slightly less than|slightly fewer than|slightly under|not quite|approaching|shy of|just less than|virtually
        |just fewer than|a bit less than|a bit under|close to but under|nearing|neared|nears|approached|a shade under
        |a hair under|a touch under|getting on for|close on|nigh on|not far short of|not far off|the best part of
        |the better part of|pushing|verging on|little short of|knocking on""",
    "more than": """more than|better than
        |over|above|exceeding|greater than|in excess of|north of|longer than
        |older than|higher than|well over|well above|far more than|well more than|much more than|more than about
        |topped|tops|surpassed|exceeded|exceeds|> """,
    "less than": """less than|fewer than|under|below|shorter than|younger than|well under|far fewer than|lower than
        |well below|south of|< |far less than|well short of""",
    "at least": """at least|upward of|upwards of
        |no fewer than|no less than|not less than|not fewer than|a minimum of|minimum of|at minimum
        |at the very least|at a minimum|≥|at least about|as few as|at least some|no fewer than about""",
    "at most": """at most|up to|as many as|as much as|a maximum of|maximum of|no more than|not more than|≤|within
        |at the most|no longer than|no greater than|as long as|no older than|not over|at the very most
        |no more than about|at most about|up to about|not more than about|at most some""",
    "just over": """just over|just more than|slightly more than|slightly over|a little over|a little more than
        |a bit more than|a bit over|just above|barely over|a shade over|just past
        |a hair over|a touch over|a shade more than|a touch more than""",
    "exactly": "exactly|precisely|an even|a full",
}
_AFTER = {
    "at least": """at the least|or more|plus|+|- plus|at least|or higher|or above|at minimum|or greater|or better
        |at a minimum|at the very least|or so at least""",
    "at most": """or so at the very most|or so at most|or so at the most|at the most|or less|or fewer
        |at most|tops|or under|max|or below|maximum""",
    "odd": "odd|- odd",
    "just over": "and a bit|- and - a - bit|and change|and a fraction|and then some|and counting",
    "about": "or so|- ish|or thereabouts|approximately|give or take|more or less|roughly",
}


def _table(phrases: dict[str, str]) -> dict[tuple[str, ...], str]:
    return {tuple(phrase.split()): hedge for hedge, text in phrases.items() for phrase in text.split("|")}


BEFORE = _table(_PHRASES)
AFTER = _table(_AFTER)


@dataclass(frozen=True)
class Written:
    """A number as it stands in an article: from ``low`` to ``high`` (one number: both), written to ``step``.

    A ``fraction`` ("two-thirds", "half") is written to no place; it may be off by 2.5 %, with "about" by a tenth.
    """

    low: float
    high: float
    step: float
    hedge: str = ""
    fraction: bool = False

    @property
    def bounds(self) -> bool:
        """Whether it only bounds a value from one side; "about", "nearly" and "exactly" say where it lies."""
        return self.hedge in ("more than", "less than", "at least", "at most", "just over")

    def times(self, size: float) -> Written:
        """The number in a unit of which its own holds ``size``: minutes in seconds."""
        return replace(self, low=self.low * size, high=self.high * size, step=self.step * size)

    def over(self, size: float) -> Written:
        """The number in a unit that holds ``size`` of its own: seconds in minutes."""
        return replace(self, low=self.low / size, high=self.high / size, step=self.step / size)

    def may_be(self, value: float) -> bool:
        """Whether `fits` can find the words true of a value: a quick look, for the many values that lie far off."""
        least, most = self.low - self.step / 2, self.high + self.step / 2
        return self.bounds or least <= 0 or least / _FAR_OFF <= value <= most * _FAR_OFF


ABOUT = 0.10  # "about" and "nearly" stay within a tenth of the value
JUST_OVER = 0.12  # of the number: 1.1 s is just over a second, 45 s is not just over 40
COARSE = 0.10  # a fraction rounded by more than a tenth of itself says something else
FINE = 0.05  # a fraction may be rounded to the grain of the number where that is so fine
LARGE, LARGE_ROUNDING = 1000, 0.025  # thousands may be rounded without a hedge, by at most 2.5 %
_EPS, _ENDLESS = 1e-9, 1e-4
_FAR_OFF = 1.25  # times: no hedge but a bound reaches so far


def fits(written: Written, value: float, exact_only: bool = False) -> str:
    """``supported`` where the words are true of ``value``, ``rounded`` where they are true of it rounded, else ``''``.

    ``exact_only`` refuses every rounding, for pinned claims; hedged bounds keep their meaning.
    """
    hedge, number = written.hedge, written.low
    if not math.isfinite(value):
        return ""
    near = _EPS * max(1.0, abs(value))
    if written.high > written.low + _EPS:
        return "supported" if written.low - near <= value <= written.high + near else ""
    if hedge in _BOUNDS:
        if _BOUNDS[hedge](number, value, near):
            return "supported"
        # "Nearly three" is 2.67 rounded, a little under three.
        broken = abs(value - round(value)) >= _EPS and not exact_only
        close = broken and hedge == "nearly" and number - written.step / 2 <= value < number
        # "Just over two" is 2.34.
        close = close or (broken and hedge == "just over" and number < value < number + written.step / 2)
        return "rounded" if close else ""
    if abs(number - value) <= near:
        return "supported"
    if exact_only or hedge == "exactly":
        return ""
    if written.fraction:
        near = ABOUT * max(abs(number), abs(value)) if hedge == "about" else LARGE_ROUNDING * abs(value)
        return "rounded" if abs(number - value) <= near else ""
    return "rounded" if (_about(number, value) if hedge == "about" else _rounds(written, value)) else ""


_BOUNDS = {
    "more than": lambda number, value, near: value > number + near,
    "less than": lambda number, value, near: value < number - near,
    "at least": lambda number, value, near: value >= number - near,
    "at most": lambda number, value, near: value <= number + near,
    "nearly": lambda number, value, near: number - ABOUT * abs(number) - near <= value < number - near,
    "just over": lambda number, value, near: number + near < value <= number + JUST_OVER * abs(number) + near,
}


def beyond(written: Written, value: float, qualifier: str) -> str:
    """Why a claim says more than a fact known only as a bound does; '' where it does not.

    "At least 50" in the record bears "at least 50", "at least 40" and "more than 40", never "50" or "about 50".
    """
    if qualifier == "at_least":
        lower = written.hedge == "at least" and written.low <= value + _EPS
        if lower or (written.hedge == "more than" and written.low < value - _EPS):
            return ""
        return f"the record says at least {value:,.10g}; the words say more than that bears"
    if qualifier == "at_most":
        upper = written.hedge == "at most" and written.low >= value - _EPS
        if upper or (written.hedge == "less than" and written.low > value + _EPS):
            return ""
        return f"the record says at most {value:,.10g}; the words say more than that bears"
    if qualifier == "approx" and written.hedge == "exactly":
        return f"the record says only about {value:,.10g}"
    return ""


def odd(number: float) -> float:
    """The most that "ninety-odd" is said of: short of the next ten, of a hundred and more within a tenth."""
    return number + (9 if number < 100 else 0.1 * number)


def turned(qualifier: str) -> str:
    """How 1/x is known where x is known so: a least value bounds it from above."""
    return {"at_least": "at_most", "at_most": "at_least"}.get(qualifier, qualifier)


def grain(number: float) -> float:
    """The coarsest of 1, 5, 10, 50, 100, ... (and tenths, ...) that the number is a whole multiple of; a dozen's is 12.

    >>> [grain(number) for number in (96, 95, 40, 100, 2.5)]
    [1.0, 5.0, 10.0, 100.0, 0.5]
    """
    if number == 0:
        return 0.0
    for power in range(math.ceil(math.log10(abs(number))), -7, -1):
        for lead in (5, 1):
            size = lead * 10.0**power
            if size <= abs(number) * (1 + _EPS) and abs(number / size - round(number / size)) < 1e-6:
                return size
    return 0.0


def _about(number: float, value: float) -> bool:
    if value == 0:
        return False
    size = 12.0 if number and number % 12 == 0 and number <= 36 else grain(number)
    size = size if size > _ENDLESS else LARGE_ROUNDING * 2 * abs(number)  # "about two and a third"
    return abs(number - value) <= min(size / 2, ABOUT * abs(value)) * (1 + 1e-6)


def _rounds(written: Written, value: float) -> bool:
    """Whether an unhedged number is the value rounded to the places it is written to."""
    off, step = abs(written.low - value), written.step
    if abs(value - round(value)) >= _EPS and grain(written.low) <= FINE * abs(written.low):
        step = max(step, grain(written.low))  # 430 milliseconds for 427.1
    if value == 0 or off > step / 2 * (1 + 1e-6):
        return False
    if abs(value - round(value)) < _EPS:
        return abs(value) >= LARGE and off <= LARGE_ROUNDING * abs(value)
    return off <= COARSE * abs(value)
