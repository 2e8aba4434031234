"""Reading a publisher's cell: one raw text to one value in the kit's words, or to unknown, never to a guess.

Each reader takes the text of one cell and returns a `Value`. ``trouble`` says in a few words what a reader of the
quality report should know: that the cell is a placeholder, that it could not be read, that it was read by a rule.

>>> shots(">/=1")
Value(value=1, qualifier='at_least', trouble='')
>>> shots("16;1;25")
Value(value=42, qualifier='exact', trouble='')
>>> shots("Multiple")
Value(value=None, qualifier='', trouble='not a number')
>>> race("W;B").value, race("B;H").value
('Two or more', 'Hispanic')
>>> date("March 2015")
Value(value='2015-03-01', qualifier='month', trouble='')
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date as Day
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

__all__ = [
    "RACES",
    "Value",
    "age",
    "date",
    "gender",
    "is_blank",
    "name",
    "number",
    "plain",
    "race",
    "shots",
    "text",
    "yes_no",
]

RACES = (
    "White",
    "Black",
    "Hispanic",
    "Asian",
    "Pacific Islander",
    "Asian or Pacific Islander",
    "Native American",
    "Middle Eastern",
    "Other",
    "Two or more",
    "unknown",
)
PLACEHOLDER = "a placeholder"
NOT_A_NUMBER = "not a number"
NOT_NAMED = "not named"
# The letters it can begin with, in lower case.
WITHHELD_BEGINS = ("n", "i", "u", "a")
WITHHELD = r"^((name|identity) (withheld|unknown|not|undisclosed)|(an )?(unknown|unidentified)\b)"

SPREADSHEET_ERRORS = ("#VALUE!", "#REF!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#N/A")
# What publishers write where they know nothing, in a column of any kind; and, besides, where 'unknown' is no answer.
_SYMBOLS = "- -- --- . .. ? ?? n/a na nan null nil tbd (blank) (null) <na> nat"
NOTHING = frozenset(_SYMBOLS.split()) | frozenset(error.casefold() for error in SPREADSHEET_ERRORS)
_UNKNOWNS = "none unknown unk undetermined undisclosed unreported unspecified missing"
PLACEHOLDERS = (
    frozenset(_UNKNOWNS.split())
    | NOTHING
    | {
        "not available",
        "not known",
        "not clear",
        "not reported",
        "not stated",
        "not yet known",
        "unknown race",
        "unknown/missing",
        "data not available",
        "no data",
    }
)


class Value(NamedTuple):
    """What a cell says: the value (None where unknown), how it is qualified, and what is troublesome about it."""

    value: Any
    qualifier: str = ""
    trouble: str = ""


UNKNOWN = Value(None)


def plain(heading: str) -> str:
    """A heading without case, punctuation, apostrophes or what stands in brackets, so that spellings can be compared.

    >>> plain("Victim's age"), plain("Date of Incident (month/day/year)"), plain("lawEnforcement_agency")
    ('victims age', 'date of incident', 'lawenforcement agency')
    """
    heading = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", str(heading).lstrip("\ufeff"))
    return " ".join(re.sub(r"[^0-9a-z]+", " ", re.sub(r"['’`]", "", heading.casefold())).split())


def is_blank(raw: str) -> bool:
    """Whether a cell holds nothing, or a word that publishers write for nothing."""
    return not raw.strip() or raw.strip().casefold() in PLACEHOLDERS


def _empty(raw: str) -> Value | None:
    cell = raw.strip()
    if not cell:
        return UNKNOWN
    return Value(None, "", PLACEHOLDER) if cell.casefold() in PLACEHOLDERS else None


def text(raw: str, words: Mapping[str, str] | None = None) -> Value:
    """Words as they stand, with outer and doubled blanks removed; ``words`` maps a publisher's value to the kit's."""
    cell = " ".join(raw.split())
    mapped = (words or {}).get(cell.casefold())
    if mapped is not None:
        return Value(mapped or None)
    if not cell:
        return UNKNOWN
    return Value(None, "", PLACEHOLDER) if cell.casefold() in NOTHING else Value(cell)


def name(raw: str) -> Value:
    """A person's name; what publishers write where it was not made public is no name."""
    cell = " ".join(raw.split())
    if (empty := _empty(cell)) is not None:
        return empty
    return Value(None, "", NOT_NAMED) if re.match(WITHHELD, cell.casefold()) else Value(cell)


def number(raw: str, low: float | None = None, high: float | None = None) -> Value:
    """A plain number within its bounds, as a float."""
    if (empty := _empty(raw)) is not None:
        return empty
    cell = raw.strip()
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", cell, re.ASCII):
        return Value(None, "", NOT_A_NUMBER)
    value = float(cell)
    if (low is not None and value < low) or (high is not None and value > high):
        return Value(None, "", "out of bounds")
    return Value(value)


def count(raw: str) -> Value:
    """A whole number, 0 or more."""
    found = number(raw)
    if found.value is None:
        return found
    return Value(int(found.value)) if found.value >= 0 and found.value.is_integer() else Value(None, "", "not a count")


def choice(raw: str, words: Mapping[str, str] | None = None, choices: tuple[str, ...] = ()) -> Value:
    """One of the choices, by the publisher's words or as it stands."""
    cell = " ".join(raw.split()).casefold()
    found = (words or {}).get(cell, cell)
    if found in choices:
        return Value(found)
    return _empty(raw) or Value(None, "", "not one of the words the mapping tells")


def age(raw: str) -> Value:
    """An age in years. A decade ('40s') or a range is no age: unknown, and said so."""
    if (empty := _empty(raw)) is not None:
        return empty
    cell = raw.strip().casefold()
    if re.fullmatch(r"\d0('|’)?s|(early|mid|late)[ -]?\d0('|’)?s|\d+ ?(-|–|to) ?\d+|\d+\+", cell):
        return Value(None, "", "a range of ages, not an age")
    if months := re.fullmatch(r"(\d{1,2}) ?(mo|month|months|m)( old)?", cell):
        return Value(float(int(months[1]) // 12))
    cell = re.sub(r" ?(years?|yrs?|yo|y/o)( old)?$", "", cell)
    if not re.fullmatch(r"\d{1,3}(\.\d+)?", cell, re.ASCII):
        return Value(None, "", NOT_A_NUMBER)
    value = float(cell)
    return Value(value) if value <= 120 else Value(None, "", "no age a person has")


_GENDERS = {
    "m": "male", "male": "male", "man": "male", "f": "female", "female": "female", "woman": "female",
    "non binary": "non-binary", "nonbinary": "non-binary", "nb": "non-binary", "transgender": "transgender",
    "trans": "transgender", "u": None, "x": "non-binary",
}  # fmt: skip


def gender(raw: str, words: Mapping[str, str] | None = None) -> Value:
    """``male``, ``female``, ``non-binary``, ``transgender``, or the publisher's own word in lower case."""
    if (words or {}).get(raw.strip().casefold()):
        return Value(words[raw.strip().casefold()])
    if (empty := _empty(raw)) is not None:
        return empty
    cell = plain(raw)
    return Value(_GENDERS[cell]) if cell in _GENDERS else Value(cell, "", "a word the kit does not know")


_YES = {"yes", "y", "true", "t", "1", "on"}
_NO = {"no", "n", "false", "f", "0", "off"}


def yes_no(raw: str, words: Mapping[str, str] | None = None) -> Value:
    """``yes`` or ``no``; a publisher's other words pass through ``words``, and are unknown where they are not there."""
    cell = raw.strip().casefold()
    if cell in (words or {}):
        return Value(words[cell] or None)
    if (empty := _empty(raw)) is not None:
        return empty
    if cell in _YES | _NO:
        return Value("yes" if cell in _YES else "no")
    return Value(None, "", "neither yes nor no")


_RACE_WORDS = {
    "w": "White", "white": "White", "caucasian": "White", "white non hispanic": "White", "non hispanic white": "White",
    "b": "Black", "black": "Black", "african american": "Black", "black or african american": "Black",
    "black african american": "Black", "black non hispanic": "Black",
    "h": "Hispanic", "hispanic": "Hispanic", "latino": "Hispanic", "latina": "Hispanic", "latinx": "Hispanic",
    "hispanic latino": "Hispanic", "hispanic or latino": "Hispanic", "white hispanic": "Hispanic",
    "black hispanic": "Hispanic", "latino hispanic": "Hispanic",
    "a": "Asian", "asian": "Asian", "asian american": "Asian",
    "p": "Pacific Islander", "pacific islander": "Pacific Islander", "native hawaiian": "Pacific Islander",
    "native hawaiian or other pacific islander": "Pacific Islander", "hawaiian": "Pacific Islander",
    "asian pacific islander": "Asian or Pacific Islander", "asian or pacific islander": "Asian or Pacific Islander",
    "n": "Native American", "native american": "Native American", "american indian": "Native American",
    "american indian or alaska native": "Native American", "native american alaskan native": "Native American",
    "amer ind alaskan native": "Native American", "i": "Native American", "alaska native": "Native American",
    "american indian alaska native": "Native American", "native american or alaska native": "Native American",
    "o": "Other", "other": "Other", "other race": "Other",
    "arab american": "Middle Eastern", "middle eastern": "Middle Eastern", "arab": "Middle Eastern",
    "multiracial": "Two or more", "two or more": "Two or more", "two or more races": "Two or more",
    "mixed": "Two or more", "biracial": "Two or more", "multi racial": "Two or more",
    "u": "unknown", "unknown": "unknown", "unknown race": "unknown",
}  # fmt: skip
SEVERAL_RACES = ("hispanic first", "two or more")


def race(
    raw: str, words: Mapping[str, str] | None = None, separators: str = ";", several: str = "hispanic first"
) -> Value:
    """One of `RACES`. Several races in a cell are read by a stated rule, and the report says of how many.

    Parameters
    ----------
    words : mapping, optional
        A publisher's words, in lower case, to the kit's; looked up before the kit's own.
    separators : str
        The characters that stand between several races.
    several : {"hispanic first", "two or more"}
        ``hispanic first``: Hispanic where one of them is, otherwise 'Two or more', as the census counts.
        ``two or more``: 'Two or more' whatever they are.
    """
    known = {**_RACE_WORDS, **{plain(key): word for key, word in (words or {}).items()}}
    parts = [part for part in re.split(f"[{re.escape(separators)}]", raw) if part.strip()] if separators else [raw]
    # 'Asian/Pacific Islander' is one word though a separator stands in it; 'W;?' is not.
    if plain(raw) in known and all(plain(part) for part in parts):
        return Value(known[plain(raw)])
    if (empty := _empty(raw)) is not None:
        return Value("unknown", "", empty.trouble)
    found = dict.fromkeys(known.get(plain(part), "?") for part in parts)
    races = [word for word in found if word not in ("unknown", "?")]
    if "?" in found or not races:
        return Value("unknown", "", "a race the kit does not know")
    if len(races) == 1:
        return Value(races[0])
    one = "Hispanic" if several == "hispanic first" and "Hispanic" in races else "Two or more"
    return Value(one, "", f"several races, read as {one}")


_SPELLED = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
)
_NUMBER_WORDS = {word: count for count, word in enumerate(_SPELLED.split())} | {
    "single": 1,
    "once": 1,
    "twice": 2,
    "a": 1,
}
_AT_LEAST = r"(?:>\s*/?\s*=|≥|=>|at least|minimum(?: of)?|min\.?|no fewer than|not less than)"
_MORE_THAN = r"(?:>|more than|over|exceeding)"
_AT_MOST = r"(?:<\s*/?\s*=|≤|=<|at most|up to|maximum(?: of)?|no more than)"
_ABOUT = r"(?:~|≈|about|approx(?:imately|\.)?|around|roughly|nearly|almost|some|circa|ca\.|est\.?|estimated)"
_UNITS = r"(?:\s*(?:gun)?(?:shots?|rounds?|times?|bullets?)(?:\s+fired)?|\s+(?:in\s+)?total|\s+fired)*"
_COUNT = r"(?P<n>\d{1,3})(?:\.0+)?"
_SHOTS = [
    (re.compile(rf"(?:fired\s+)?{_COUNT}{_UNITS}"), "exact", 0),
    (re.compile(rf"total(?:\s+of)?:?\s*{_COUNT}{_UNITS}"), "exact", 0),
    (re.compile(rf"{_AT_LEAST}\s*{_COUNT}{_UNITS}|"), "at_least", 0),
    (re.compile(rf"{_COUNT}\s*(?:\+|or more|plus){_UNITS}"), "at_least", 0),
    (re.compile(rf"{_MORE_THAN}\s*{_COUNT}{_UNITS}"), "at_least", 1),
    (re.compile(rf"{_COUNT}\s*(?:-|–|to)\s*\d{{1,3}}{_UNITS}"), "at_least", 0),
    (re.compile(rf"{_AT_MOST}\s*{_COUNT}{_UNITS}"), "at_most", 0),
    (re.compile(rf"{_ABOUT}\s*{_COUNT}{_UNITS}"), "approx", 0),
]


def shots(raw: str, separators: str = ";|&") -> Value:
    """How many shots a cell says, with its qualifier.

    A list ('16;1;25') is one number for each officer: their sum, ``at_least`` where an item is unknown or itself a
    lower bound. A range ('3-5') is at least its lower end. '5+' and '>/=5' are at least 5, 'more than 5' at least 6.
    'Multiple', '-1', '3/4' (hits of shots? a date?), four digits, prose with several numbers: unknown.
    """
    cell = " ".join(raw.casefold().split())
    if (empty := _empty(raw)) is not None:
        return empty
    one = _one_count(cell)
    if one.value is not None:
        return one
    parts = [part.strip() for part in re.split(f"[{re.escape(separators)}]|,(?!\\d{{3}}\\b)|\\band\\b", cell)]
    if len(parts) < 2 or one.trouble == "negative":
        return one
    counts = [_one_count(part) for part in parts if part]
    known = [count for count in counts if count.value is not None]
    unread = [
        count
        for part, count in zip(filter(None, parts), counts, strict=True)
        if count.value is None and not is_blank(part)
    ]
    if not known or unread or any(count.qualifier == "at_most" for count in known):
        return Value(None, "", NOT_A_NUMBER)
    bounds = {count.qualifier for count in known}
    lower = len(known) < len(counts) or "at_least" in bounds
    if lower and "approx" in bounds:
        return Value(None, "", NOT_A_NUMBER)
    qualifier = "at_least" if lower else "approx" if "approx" in bounds else "exact"
    return Value(sum(count.value for count in known), qualifier)


def _one_count(cell: str) -> Value:
    if re.fullmatch(r"-\s*\d+(\.0+)?", cell):
        return Value(None, "", "negative")
    first = cell.split(" ")[0]
    if first in _NUMBER_WORDS and (first != "a" or cell.startswith("a single")):
        cell = str(_NUMBER_WORDS[first]) + cell[len(first) :].replace(" single", "")
    for pattern, qualifier, more in _SHOTS:
        match = pattern.fullmatch(cell)
        if match and match["n"] is not None:
            return Value(int(match["n"]) + more, qualifier)
    return Value(None, "", NOT_A_NUMBER)


_MONTH_NAMES = "january february march april may june july august september october november december"
_MONTHS = {
    name: month
    for month, full in enumerate(_MONTH_NAMES.split(), start=1)
    for name in (full, full[:3], "sept" if full == "september" else full)
}
_EXCEL_ZERO = Day(1899, 12, 30)
_FIRST_YEAR, _LAST_YEAR = 1800, 2100


@lru_cache(maxsize=100_000)
def date(raw: str, formats: tuple[str, ...] = (), order: str = "mdy") -> Value:
    """A date as YYYY-MM-DD; ``qualifier`` is its precision: ``day``, ``month`` or ``year``.

    A month or a year alone is written as its first day. ``formats`` (strptime's) are tried first; then ISO, an Excel
    day number, numbers in the given ``order`` (``mdy`` or ``dmy``), and words ('March 21, 2024', 'Mar 2015').
    """
    if (empty := _empty(raw)) is not None:
        return empty
    cell = " ".join(raw.split())
    for pattern in formats:
        try:
            return _day(datetime.strptime(cell, pattern).date(), _precision(pattern))
        except ValueError:
            continue
    for read in (_iso_date, _numbered_date, _worded_date):
        if (value := read(cell, order)) is not None:
            return value
    return Value(None, "", "not a date")


def _precision(pattern: str) -> str:
    """How precise a strptime format is."""
    if "%d" in pattern or "%j" in pattern or "%c" in pattern or "%x" in pattern:
        return "day"
    return "month" if any(code in pattern for code in ("%m", "%b", "%B")) else "year"


def _day(day: Day, precision: str, trouble: str = "") -> Value:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return Value(None, "", "no year of this or a recent century")
    return Value(day.isoformat(), precision, trouble)


def _of(year: int, month: int, day: int, precision: str, trouble: str = "") -> Value:
    try:
        return _day(Day(year, month, day), precision, trouble)
    except ValueError:
        return Value(None, "", "no such day")


def _iso_date(cell: str, order: str) -> Value | None:
    match = re.fullmatch(
        r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?",
        cell,
        re.ASCII,
    )
    if match:
        precise = match[3] is not None
        return _of(int(match[1]), int(match[2]), int(match[3] or 1), "day" if precise else "month")
    if re.fullmatch(r"(1[89]|20)\d{2}(\.0)?", cell, re.ASCII):
        return _of(int(cell[:4]), 1, 1, "year")
    if match := re.fullmatch(r"((?:1[89]|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])", cell, re.ASCII):
        return _of(int(match[1]), int(match[2]), int(match[3]), "day")
    # Between 1954 and 2064: five digits in a column of dates are a spreadsheet's day number.
    if re.fullmatch(r"[2-5]\d{4}(\.\d+)?", cell, re.ASCII):
        return _day(_EXCEL_ZERO + timedelta(days=int(float(cell))), "day", "a spreadsheet's day number, read as a date")
    return None


def _numbered_date(cell: str, order: str) -> Value | None:
    match = re.fullmatch(
        r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{2}|\d{4})(?: \d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?)?",
        cell,
        re.ASCII | re.IGNORECASE,
    )
    if match:
        month, day = (int(match[1]), int(match[2])) if order == "mdy" else (int(match[2]), int(match[1]))
        year = int(match[3]) if len(match[3]) == 4 else _century(int(match[3]))
        return _of(year, month, day, "day")
    if match := re.fullmatch(r"(\d{1,2})[-/.](\d{4})", cell, re.ASCII):
        return _of(int(match[2]), int(match[1]), 1, "month")
    return None


def _century(two_digits: int) -> int:
    # As POSIX and Excel do it, with a later turn: no record of force is from before 1970.
    return 2000 + two_digits if two_digits < 70 else 1900 + two_digits


def _worded_date(cell: str, order: str) -> Value | None:
    words = (
        re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", cell.casefold())
        .replace(",", " ")
        .replace(".", " ")
        .replace("-", " ")
        .split()
    )
    if words and words[0].rstrip("s") in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"):
        words = words[1:]
    months = [word for word in words if word in _MONTHS]
    numbers = [int(word) for word in words if re.fullmatch(r"\d{1,4}", word, re.ASCII)]
    if len(months) != 1 or len(numbers) + 1 != len(words) or not 1 <= len(numbers) <= 2:
        return None
    years = [value for value in numbers if value >= 1000]
    days = [value for value in numbers if value < 1000]
    if len(years) != 1:
        return None
    return _of(years[0], _MONTHS[months[0]], days[0] if days else 1, "day" if days else "month")
