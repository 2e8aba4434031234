"""Marks: what every annotation format holds, in one table, and what a format cannot hold said aloud.

A *mark* is a time, or a stretch of time, with a label. The table's columns are `MARKS`: ``start_s``, ``end_s`` (equal
to ``start_s`` for a point in time), ``label`` and ``tier`` (the track it stands on; empty where a format has only one).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from os import PathLike
from typing import TYPE_CHECKING

from ... import schema
from ...problems import InputError, Problem

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "MARKS",
    "MOST_S",
    "Mark",
    "Options",
    "Reading",
    "Writing",
    "apart",
    "lines",
    "number",
    "one_line",
    "plain_tier",
    "refuse",
    "rows_of",
    "shown_tier",
    "table",
]

MOST_S = 86400.0

MARKS = schema.Table(
    "marks",
    "a mark",
    (
        schema.Column("start_s", "number", "Write seconds after the recording's start.", low=-MOST_S, high=MOST_S),
        schema.Column("end_s", "number", "Write seconds after the recording's start.", low=-MOST_S, high=MOST_S),
        schema.Column("label", "text", "Write a label, or leave it empty.", blank=True),
        schema.Column("tier", "text", "Write the tier's name, or leave it empty.", blank=True),
    ),
)


@dataclass(frozen=True)
class Mark:
    """One mark as a reader finds it; ``row`` is the line it stands on, for errors."""

    start_s: float
    end_s: float
    label: str = ""
    tier: str = ""
    row: int | None = None


@dataclass(frozen=True)
class Options:
    """What a file does not say of itself.

    ``fps`` is the video's frame rate, as ``29.97`` or ``30000/1001``; ``start`` the timecode at which the recording
    begins; ``drop`` whether timecode is drop-frame; ``rate`` the sample rate of times given in audio samples, in Hz.
    ``others`` says what marks become in a shot log whose label does not say what they are; ``side`` and ``status`` are
    what the shot log says where the labels do not.
    """

    fps: str | None = None
    start: str | None = None
    drop: bool | None = None
    rate: float | None = None
    tier: str | None = None
    others: str = "refuse"
    side: str = "unknown"
    status: str = "annotated"


@dataclass(frozen=True)
class Reading:
    """What was read: ``marks`` (a table as `MARKS`), the format's ``resolution_s``, and ``notes`` for the reporter."""

    marks: pd.DataFrame
    resolution_s: float
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Writing:
    """What is to be written: the file's ``text``, and ``notes`` on what the format could not hold."""

    text: str
    notes: list[str] = field(default_factory=list)


def table(marks: Iterable[Mark], file: str | PathLike[str]) -> pd.DataFrame:
    """The marks as a table, in the file's order, indexed by the lines they stand on.

    Raises
    ------
    InputError
        If there is none, a time is not finite or more than a day away, or an end comes before its start.
    """
    import pandas as pd

    marks = list(marks)
    if not marks:
        refuse("there is no mark in it", "Check that this is the file you exported, and that it holds labels.", file)
    problems = []
    for mark in marks:
        for column, value in (("start", mark.start_s), ("end", mark.end_s)):
            if not math.isfinite(value) or abs(value) > MOST_S:
                what = "not a time within a day of the recording's start"
                problems.append(Problem(what, "Correct it, or check the format's options.", file, mark.row, column,
                                        f"{value:g}"))  # fmt: skip
        if mark.end_s < mark.start_s:
            what = f"ends before it starts, at {mark.start_s:g} s"
            problems.append(Problem(what, "Correct one of the two times.", file, mark.row, "end", f"{mark.end_s:g}"))
    if problems:
        raise InputError(problems)
    names = ("start_s", "end_s", "label", "tier")
    frame = pd.DataFrame([[getattr(mark, name) for name in names] for mark in marks], columns=list(names))
    frame = frame.astype({"start_s": "float64", "end_s": "float64", "label": "str", "tier": "str"})
    frame.index = pd.Index([mark.row or place for place, mark in enumerate(marks, start=1)], name="row", dtype="int64")
    return frame


def rows_of(marks: pd.DataFrame) -> list[Mark]:
    """The table's rows as marks, ordered by start, then end; equal times keep the table's order."""
    ordered = marks.sort_values(["start_s", "end_s"], kind="stable")
    return [
        Mark(float(row.start_s), float(row.end_s), str(row.label), str(row.tier), int(row.Index))
        for row in ordered.itertuples()
    ]


def number(text: str, file: str | PathLike[str], row: int, column: str) -> float:
    """A time in seconds as files write it: digits, with a point or one decimal comma.

    Raises
    ------
    InputError
        If it is anything else, such as a clock time.
    """
    plain = text.strip().replace(",", ".", 1)
    try:
        value = float(plain) if plain.isascii() and "_" not in plain else math.nan
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        refuse("not a time in seconds", "Write seconds, such as 12.345.", file, row, column, text.strip() or None)
    return value


def lines(text: str) -> list[str]:
    """A file's lines; only line feeds and carriage returns end one, not the other characters that Python takes for."""
    return re.split(r"\r\n|\r|\n", text)


def one_line(label: str) -> str:
    """A label as any format can hold it: on one line, without the characters that neither XML nor a text file holds.

    >>> one_line("shot\\n at\\tthe door ")
    'shot at the door'
    """
    return re.sub(r" *[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]+ *", " ", label).strip()


def apart(marks: list[Mark], least_s: float = 0.0) -> list[list[Mark]]:
    """Marks dealt to as many lanes as it takes for none to overlap, each taken to last ``least_s`` or longer."""
    lanes: list[list[Mark]] = []
    for mark in marks:
        lane = next((lane for lane in lanes if max(lane[-1].end_s, lane[-1].start_s + least_s) <= mark.start_s), None)
        if lane is None:
            lanes.append([mark])
        else:
            lane.append(mark)
    return lanes


_NAMELESS = "marks"
_ADDED = re.compile(r"(?: \(points\))?(?: \(overlap \d+\))?$")


def shown_tier(tier: str, *, points: bool = False, lane: int = 0) -> str:
    """A tier's name in a file that parts points from stretches and holds no overlaps on one tier."""
    return (one_line(tier) or _NAMELESS) + (" (points)" if points else "") + (f" (overlap {lane + 1})" if lane else "")


def plain_tier(name: str) -> str:
    """The tier's name as it was before `shown_tier`.

    >>> plain_tier(shown_tier("Officer A", points=True, lane=1)), plain_tier(shown_tier(""))
    ('Officer A', '')
    """
    name = _ADDED.sub("", name)
    return "" if name == _NAMELESS else name


def refuse(what: str, remedy: str, file=None, row=None, column=None, value=None):
    """Raise the `InputError` of one problem."""
    raise InputError(Problem(what, remedy, file, row, column, value))
