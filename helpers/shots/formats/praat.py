"""Praat's TextGrid: tiers of intervals and of points, in its long and its short text form.

Praat reads a text file as a stream of free-standing numbers, texts in double quotes and flags such as ``<exists>``; all
else is comment (Praat's manual, "TextGrid file formats"). So one reader serves both forms. It is our own because a
wrong time is worse than none: praatio 6.2 drops the minus of a time in the long form, and takes what it can of a file
that is cut off. praatio writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .marks import (
    Mark,
    Options,
    Reading,
    Writing,
    apart,
    one_line,
    plain_tier,
    refuse,
    rows_of,
    shown_tier,
    table,
)

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["RESOLUTION_S", "read", "write", "write_short"]

RESOLUTION_S = 1e-9
_TOKEN = re.compile(
    r'"((?:[^"]|"")*)"'  # a text
    r"|(?<!\S)([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)(?=\s|$)"  # a number that stands free
    r"|(?<!\S)<(\w+)>"  # a flag
    r"|(!.*)$",  # a comment to the end of the line
    re.MULTILINE,
)


@dataclass(frozen=True)
class _Token:
    kind: str
    value: Any
    row: int


class _Tokens:
    """The file's tokens in order, each asked for by its kind."""

    def __init__(self, text: str, file: Path):
        self.file, self.last = file, 1
        self.stream = self._split(text)

    @staticmethod
    def _split(text: str) -> Iterator[_Token]:
        row, counted = 1, 0
        for found in _TOKEN.finditer(text):
            row += text.count("\n", counted, found.start())
            counted = found.start()
            if found[1] is not None:
                yield _Token("text", found[1].replace('""', '"'), row)
            elif found[2] is not None:
                yield _Token("number", float(found[2]), row)
            elif found[3] is not None:
                yield _Token("flag", found[3], row)

    def next(self, kind: str, what: str) -> Any:
        """The next token's value, where it is of this kind; ``what`` says what it should be."""
        token = next(self.stream, None)
        if token is None:
            refuse(f"the file ends before {what}", "It is cut off: save it again from Praat.", self.file, self.last)
        self.last = token.row
        if token.kind != kind:
            remedy = "Save it again from Praat, as a text file."
            refuse(f"{what} should stand here", remedy, self.file, token.row, value=token.value)
        return token.value

    def count(self, what: str) -> int:
        value = self.next("number", what)
        if value != int(value) or value < 0:
            refuse(f"{what} should be a whole number", "Save it again from Praat.", self.file, self.last, value=value)
        return int(value)


def read(text: str, file: Path, options: Options) -> Reading:
    """Read a TextGrid in either form. Empty intervals, which fill the gaps between the others, are not marks."""
    tokens = _Tokens(text, file)
    if tokens.next("text", 'the file\'s type "ooTextFile"').split()[0:1] != ["ooTextFile"]:
        refuse("not a Praat text file", "In Praat, use Save as text file.", file, 1)
    kind = tokens.next("text", 'the object\'s class "TextGrid"')
    if kind != "TextGrid":
        refuse("a Praat object of another class", "Save the TextGrid itself.", file, tokens.last, value=kind)
    for edge in ("start", "end"):
        tokens.next("number", f"the grid's {edge}")
    if tokens.next("flag", "whether it has tiers, <exists>") != "exists":
        return Reading(table([], file), RESOLUTION_S)
    marks = []
    for number in range(tokens.count("the number of tiers")):
        marks += _tier(tokens, number + 1)
    return Reading(table(marks, file), RESOLUTION_S)


def _tier(tokens: _Tokens, number: int) -> list[Mark]:
    kind = tokens.next("text", f"the class of tier {number}")
    if kind not in ("IntervalTier", "TextTier"):
        remedy = "A tier is an IntervalTier or a TextTier."
        refuse("not a tier the kit knows", remedy, tokens.file, tokens.last, "class", kind)
    name = tokens.next("text", f"the name of tier {number}")
    for edge in ("start", "end"):
        tokens.next("number", f"the {edge} of tier {name!r}")
    marks = []
    for place in range(1, tokens.count(f"the size of tier {name!r}") + 1):
        what = f"mark {place} of tier {name!r}"
        start = tokens.next("number", f"the time of {what}")
        row = tokens.last
        end = tokens.next("number", f"the end of {what}") if kind == "IntervalTier" else start
        label = tokens.next("text", f"the label of {what}").strip()
        if label or kind == "TextTier":
            marks.append(Mark(start, end, one_line(label), plain_tier(name), row))
    return marks


def write(marks: pd.DataFrame, options: Options) -> Writing:
    """Write a TextGrid in the long form: points on point tiers, stretches on interval tiers."""
    return _write(marks, "long_textgrid")


def write_short(marks: pd.DataFrame, options: Options) -> Writing:
    """Write a TextGrid in the short form."""
    return _write(marks, "short_textgrid")


def _write(marks: pd.DataFrame, form: str) -> Writing:
    from praatio.utilities.textgrid_io import getTextgridAsStr

    rows = rows_of(marks)
    edges = {"xmin": min(0.0, rows[0].start_s), "xmax": max(*(mark.end_s for mark in rows), 0.001)}
    tiers, unlabelled = [], 0
    for name in dict.fromkeys(marks["tier"]):
        mine = [mark for mark in rows if mark.tier == name]
        # An interval without a label is Praat's way to write a gap.
        points = [mark for mark in mine if mark.start_s == mark.end_s or not one_line(mark.label)]
        stretches = [mark for mark in mine if mark.start_s < mark.end_s and one_line(mark.label)]
        unlabelled += sum(mark.start_s < mark.end_s for mark in points)
        both = bool(points and stretches)
        if points:
            entries = [(mark.start_s, one_line(mark.label)) for mark in points]
            tiers.append({"class": "TextTier", "name": shown_tier(name, points=both), **edges, "entries": entries})
        for lane, apart_ones in enumerate(apart(stretches)):
            entries = [(mark.start_s, mark.end_s, one_line(mark.label)) for mark in apart_ones]
            tiers.append({"class": "IntervalTier", "name": shown_tier(name, lane=lane), **edges, "entries": entries})
    # praatio would take stretches shorter than its own least length away.
    text = getTextgridAsStr(edges | {"tiers": tiers}, form, includeBlankSpaces=True, minimumIntervalLength=None)
    notes = [f"{unlabelled} stretches without a label became points: Praat takes such as gaps."] if unlabelled else []
    return Writing(text, notes)
