"""How a number is known: its status, its qualifier, its source, and the versions that drew it.

>>> say(96, "approx")
'about 96'
>>> say(10, "at_least", "shots")
'at least 10 shots'
"""

from __future__ import annotations

import datetime
import platform
import re
from dataclasses import dataclass
from importlib import metadata

__all__ = ["QUALIFIERS", "STATUSES", "Source", "is_date", "say", "versions"]

STATUSES = {
    "measured": "measured from a recording by instruments, with a stated method",
    "annotated": "marked by a person by ear and eye",
    "detected": "proposed by software, not reviewed",
    "reported": "stated by an agency, a court or the press",
    "simulated": "made by a simulator; not about any real event",
}

QUALIFIERS = {"exact": "", "approx": "about", "at_least": "at least", "at_most": "at most"}


@dataclass(frozen=True)
class Source:
    """Where a figure is stated: ``publisher``, ``title``, ``date`` (YYYY-MM-DD or ''), ``url``, ``accessed``."""

    id: str
    publisher: str
    title: str
    date: str = ""
    url: str = ""
    accessed: str = ""

    def __str__(self) -> str:
        return f"{self.publisher}, {self.date}" if self.date else self.publisher


def say(value: float | str, qualifier: str = "exact", unit: str = "") -> str:
    """A value as it may stand in a sentence: qualifier, number with thousands separated, unit."""
    number = value if isinstance(value, str) else f"{value:,.10g}"
    return " ".join(part for part in (QUALIFIERS[qualifier], number, unit) if part)


def is_date(text: str) -> bool:
    """Whether a text is a day, month or year that exists, as YYYY-MM-DD, YYYY-MM or YYYY.

    >>> is_date("2024-02-29"), is_date("2024-13"), is_date("yesterday")
    (True, False, False)
    """
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
        return False
    try:
        datetime.date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def versions() -> dict[str, str]:
    """The versions of the kit, of Python and of the packages that decide what a figure looks like."""
    names = ("altair", "matplotlib", "numpy", "pandas", "vl-convert-python")
    kit = {"kit": metadata.version("police-shootings-kit"), "python": platform.python_version()}
    return kit | {name: metadata.version(name) for name in names}
