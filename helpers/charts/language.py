"""What a reader sees, in the reader's language: words, numbers and dates, one file a language in ``languages/``.

>>> english, spanish = language("en"), language("es")
>>> english.date("2024-03-21"), spanish.date("2024-03-21")
('March 21, 2024', '21 de marzo de 2024')
>>> spanish.say("source", source="COPA")
'Fuente: COPA'
>>> english.number(1234.5)
'1,234.5'

A chart is drawn in the language of the block it is made in, English unless told:

>>> with in_language("es"):
...     current().code
'es'
"""

from __future__ import annotations

import contextlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ..problems import InputError, Problem
from ..provenance import is_date

__all__ = ["Language", "current", "in_language", "language", "languages"]

FOLDER = Path(__file__).parent / "languages"
# What a picture in no stated language is drawn in.
DEFAULT = "en"


@dataclass(frozen=True)
class Language:
    """One language: its ``code`` (BCP 47), its ``name`` in itself, and what its file holds.

    ``numbers`` and ``dates`` are in the terms of d3-format's and d3-time-format's locales, which Vega takes;
    ``written`` says how a day and a month are written out, ``terms`` translates words that rooms below write,
    ``columns`` the names of a table's columns.
    """

    code: str
    name: str
    words: Mapping[str, str]
    columns: Mapping[str, str]
    terms: Mapping[str, str]
    numbers: Mapping[str, Any]
    dates: Mapping[str, Any]
    written: Mapping[str, str]

    def say(self, phrase: str, /, **values: Any) -> str:
        """A phrase by its key, with values put in; numbers are written as the language writes them.

        Raises
        ------
        KeyError
            If the language has no such phrase, or the phrase needs a value that is not given.
        """
        return self.words[phrase].format(
            **{name: value if isinstance(value, str) else self.number(value) for name, value in values.items()}
        )

    def count(self, key: str, number: int) -> str:
        """How many of something: the phrase ``<key>_one`` for one, ``<key>_many`` otherwise."""
        return self.say(f"{key}_{'one' if number == 1 else 'many'}", number=number)

    def term(self, text: str) -> str:
        """A word of the data or of a room below, such as ``possible`` or ``per million residents a year``.

        What the language has no word for stands as it is: a place's name, an agency's.
        """
        return self.terms.get(text, text)

    def locales(self) -> dict[str, dict[str, Any]]:
        """How numbers and dates are written, as vl-convert takes it."""
        return {"format_locale": dict(self.numbers), "time_format_locale": dict(self.dates)}

    def heading(self, column: str) -> str:
        """A column's name as the heading of a table for readers."""
        return self.columns.get(column, column.replace("_", " "))

    def stated(self, value: float | str, qualifier: str = "exact", unit: str = "") -> str:
        """A value as it may stand in a sentence: ``about 96``, ``at least 10 s``."""
        number = value if isinstance(value, str) else self.number(value)
        said = number if qualifier == "exact" else self.say(qualifier, value=number)
        return f"{said} {unit}" if unit else said

    def range(self, text: str) -> str:
        """An interval that a room below has written, such as ``5.4 to 12.8`` or ``at least 3``."""
        for words in ("to", "at least", "no upper limit"):
            text = re.sub(rf"\b{words}\b", self.term(words), text)
        signs = {",": self.numbers["thousands"], ".": self.numbers["decimal"]}
        return re.sub(r"(?<=\d)[,.](?=\d)", lambda sign: signs[sign.group()], text)

    def number(self, value: float, digits: int | None = None) -> str:
        """A number with its thousands parted, with ``digits`` significant digits where told."""
        text = f"{float(f'{value:.{digits}g}') if digits else value:,.10g}"
        signs = {",": self.numbers["thousands"], ".": self.numbers["decimal"]}
        return "".join(signs.get(sign, sign) for sign in text)

    def date(self, text: str) -> str:
        """A day, month or year given as YYYY-MM-DD, YYYY-MM or YYYY, written out; anything else as it is."""
        if not is_date(text):
            return text
        parts = text.split("-")
        named = {"year": parts[0], "month": self.dates["months"][int(parts[1]) - 1] if parts[1:] else ""}
        kind = ("year", "month", "day")[len(parts) - 1]
        return self.written[kind].format(**named, day=str(int(parts[2])) if parts[2:] else "")


@cache
def languages() -> tuple[str, ...]:
    """The codes of the languages there are, English first."""
    return tuple(sorted((file.stem for file in FOLDER.glob("*.toml")), key=lambda code: (code != DEFAULT, code)))


@cache
def language(code: str) -> Language:
    """A language by its code.

    Raises
    ------
    InputError
        If the kit has no file for it.
    """
    if code not in languages():
        remedy = f"There are: {', '.join(languages())}. Another is one file in helpers/charts/languages/."
        raise InputError(Problem(f"the kit does not speak {code!r}", remedy, column="language"))
    return Language(code=code, **tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8")))


_current: ContextVar[str] = ContextVar("language", default=DEFAULT)


def current() -> Language:
    """The language that charts are drawn in here and now."""
    return language(_current.get())


@contextlib.contextmanager
def in_language(code: str) -> Iterator[Language]:
    """Draw charts in this language within the block.

    Raises
    ------
    InputError
        If the kit has no file for it.
    """
    spoken = language(code)
    token = _current.set(code)
    try:
        yield spoken
    finally:
        _current.reset(token)
