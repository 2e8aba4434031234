"""Dates, years and times of day in an article's words."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

from .lexicon import MONTHS
from .numerals import ORDINALS, numeral
from .words import Token, vocabulary

__all__ = ["MONTH_WORDS", "WEEKDAYS", "When", "read", "weekday_of"]

MONTH_WORDS = frozenset(MONTHS) - {"may", "mar"}
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}


@dataclass(frozen=True)
class When:
    """A date (``kind`` ``date``), a year (``year``) or a time of day (``clock``), up to token ``last``.

    ``year`` is None where the text does not say it; ``minutes`` counts a clock time from midnight.
    """

    kind: str
    last: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    minutes: int | None = None

    @property
    def ordinal(self) -> int:
        """A number that orders dates, and is equal for equal ones."""
        if self.kind == "clock":
            return self.minutes or 0
        return (self.year or 0) * 10_000 + (self.month or 0) * 100 + (self.day or 0)

    def __str__(self) -> str:
        if self.kind == "clock":
            return f"{self.minutes // 60:02d}:{self.minutes % 60:02d}"
        if self.kind == "year":
            return str(self.year)
        day = f"-{self.day:02d}" if self.day else ""
        return f"{self.year or '--'}-{self.month:02d}{day}" if self.year else f"--{self.month:02d}{day}"

    def agrees(self, value: str) -> bool:
        """Whether a date of record (YYYY, YYYY-MM or YYYY-MM-DD) is this one as far as the text says it."""
        parts = [int(part) for part in value.split("-")] + [None, None]
        mine = (self.year, self.month, self.day)
        return all(one is None or one == other for one, other in zip(mine, parts, strict=False))


def read(words: list[Token], at: int) -> When | None:
    """The date, year or time of day that begins at token ``at``; None where there is none."""
    low, after = _low(words, at), _low(words, at + 1)
    if low.isdigit():
        if len(low) != 4 and (len(low) > 2 or not (after in _AFTER_DAY or after in MONTHS)):
            return None
    elif low not in _BEGIN:
        return None
    return _iso(words, at) or _month_first(words, at) or _day_first(words, at) or _slashed(words, at) or _clock(
        words, at
    ) or _year(words, at)  # fmt: skip


def weekday_of(words: list[Token], first: int) -> int | None:
    """The weekday named just before a date: Monday is 0; None where there is none."""
    before = words[first - 1].low if first else ""
    for back in (first - 2, first - 3):
        if before in (",", "the") and back >= 0:
            before = words[back].low
    return WEEKDAYS.get(before)


def _low(words: list[Token], at: int) -> str:
    return words[at].low if 0 <= at < len(words) else ""


_DAYS = {name: day for name, day in ORDINALS.items() if day <= 31} | {"thirty first": 31}
_DAYS |= {f"twenty {name}": 20 + day for name, day in ORDINALS.items() if day < 10}


_AFTER_DAY = vocabulary("st nd rd th of - / : a.m. p.m. am pm")
_BEGIN = frozenset(MONTHS) | {name.split()[0] for name in _DAYS} | {"noon", "midnight"}


def _day(words: list[Token], at: int, of_month: bool = False) -> tuple[int, int] | None:
    """The day at a token and the token after it; in words only ``of_month``: behind its month, or before "of"."""
    low = _low(words, at)
    if low.isdigit() and len(low) <= 2 and 1 <= int(low) <= 31:
        suffix = _low(words, at + 1) in ("st", "nd", "rd", "th") and words[at].end == words[at + 1].start
        return int(low), at + 1 + suffix
    spelled = _DAYS.get(low) or (_DAYS.get(low + " " + _low(words, at + 2)) if _low(words, at + 1) == "-" else None)
    if spelled:  # "the second day of December", "the twenty-first of March"
        last = at + 1 if low in _DAYS else at + 3
        of = last + 1 if _low(words, last) == "day" else last
        return (spelled, of) if _low(words, of) == "of" else (spelled, last) if of_month else None
    return None


def _year_at(words: list[Token], at: int) -> tuple[int, int] | None:
    if _low(words, at) == "," or _low(words, at) == "of":
        at += 1
    low = _low(words, at)
    if re.fullmatch(r"(1[89]|20)\d\d", low):
        return int(low), at + 1
    return _spelled_year(words, at)


def _spelled_year(words: list[Token], at: int) -> tuple[int, int] | None:
    """ "Twenty twenty-four", "nineteen ninety-nine", "two thousand and six", and the token after it."""
    century = {"twenty": 2000, "nineteen": 1900}.get(_low(words, at), 0)
    begin = at if not century else at + 1 + (_low(words, at + 1) == "-")
    number = numeral(words, begin) if _low(words, begin).isalpha() and (century or _low(words, at) == "two") else None
    year = century + number.value if number and number.form == "words" else 0
    fits = year == int(year) and (10 <= number.value < 100 if century else 2000 <= year < 2050) if year else False
    return (int(year), number.last) if fits else None


def _month_first(words: list[Token], at: int) -> When | None:
    month = MONTHS.get(_low(words, at))
    if not month or not words[at].capital:
        return None
    day = _day(words, at + 1, of_month=True)
    if day:
        year = _year_at(words, day[1])
        if not (0 < day[0] <= 31):
            return None
        return When("date", year[1] if year else day[1], year[0] if year else None, month, day[0])
    year = _year_at(words, at + 1)
    return When("date", year[1], year[0], month) if year else None


def _day_first(words: list[Token], at: int) -> When | None:
    day = _day(words, at)
    if not day:
        return None
    after = day[1] + 1 if _low(words, day[1]) == "of" else day[1]
    month = MONTHS.get(_low(words, after))
    if not month or not words[after].capital:
        return None
    year = _year_at(words, after + 1)
    return When("date", year[1] if year else after + 1, year[0] if year else None, month, day[0])


def _iso(words: list[Token], at: int) -> When | None:
    parts = [_low(words, at + ahead) for ahead in range(5)]
    if parts[1] == parts[3] == "-" and all(part.isdigit() for part in parts[::2]) and len(parts[0]) == 4:
        try:
            day = datetime.date(int(parts[0]), int(parts[2]), int(parts[4]))
        except (ValueError, OverflowError):
            return None
        return When("date", at + 5, day.year, day.month, day.day)
    return None


def _slashed(words: list[Token], at: int) -> When | None:
    """3/21/2024, read as American papers write it: the month first."""
    parts = [_low(words, at + ahead) for ahead in range(5)]
    if parts[1] == parts[3] == "/" and all(part.isdigit() for part in parts[::2]) and len(parts[4]) in (2, 4):
        month, day, year = int(parts[0]), int(parts[2]), int(parts[4])
        if 1 <= month <= 12 and 1 <= day <= 31:
            return When("date", at + 5, year + (2000 if year < 100 else 0), month, day)
    return None


def _clock(words: list[Token], at: int) -> When | None:
    low = _low(words, at)
    if low in ("noon", "midnight"):
        return When("clock", at + 1, minutes=720 if low == "noon" else 0)
    if not low.isdigit() or len(low) > 2 or int(low) > 23:
        return None
    hour, minute, after = int(low), 0, at + 1
    colon = _low(words, after) == ":" and len(_low(words, after + 1)) == 2 and _low(words, after + 1).isdigit()
    if colon and words[at].end == words[after].start:
        minute, after = int(_low(words, after + 1)), after + 2
    half = _low(words, after).replace(".", "")
    if half in ("am", "pm"):
        if minute > 59 or not 1 <= hour <= 12:
            return None
        return When("clock", after + 1, minutes=(hour % 12 + (12 if half == "pm" else 0)) * 60 + minute)
    return When("clock", after, minutes=hour * 60 + minute) if colon and minute < 60 else None


_COUNTED = vocabulary(
    """shots people officers rounds block times bullets residents percent % miles feet seconds minutes dollars gunshots
    wounds hours pages men women"""
)  # fmt: skip
_COMPARED = vocabulary(
    "increase rise gain growth jump change decrease decline drop deaths shootings killings more fewer points"
)
_BOUNDING = vocabulary("""about nearly almost roughly approximately around over than least most some $ exactly""")


def _opens_stretch(words: list[Token], at: int) -> bool:
    """Whether a year at ``at`` opens a stretch that another closes: ``2015 to 2023``, ``2015-2023``."""
    return _low(words, at + 1) in ("to", "through", "-", "–", "until") and bool(
        re.fullmatch(r"19\d\d|20[0-4]\d", _low(words, at + 2))
    )


def _year(words: list[Token], at: int) -> When | None:
    """Four digits without a comma are a year, unless a hedge stands before them or a thing counted behind."""
    low = _low(words, at)
    before = _low(words, at - 1)
    # "In 2024 officers fired", but "of 1990 officers": who counts two thousand of anything writes a comma.
    counted = _low(words, at + 1) in _COUNTED and before not in ("in", "since", "during", "until")
    if not re.fullmatch(r"19\d\d|20[0-4]\d", low) or counted:
        return None
    if before == "over" and (_low(words, at - 2) in _COMPARED or _low(words, at - 2) in ("%", "percent")):
        before = ""  # "about 6 percent over 2022"
    if before == "over" and _opens_stretch(words, at):
        before = ""  # "over 2015 to 2023"
    if before in _BOUNDING and _low(words, at - 2) not in ("more", "less", "higher", "lower", "fewer"):
        return None
    joined = at + 1 < len(words) and words[at].end == words[at + 1].start and words[at + 1].text in ("-", ":", "/")
    return None if joined and not words[at + 2 : at + 3] else When("year", at + 1, year=int(low))
