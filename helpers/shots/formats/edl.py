"""Edit decision lists that carry markers: ``* LOC:`` locators (Avid and others) and Resolve's ``|M:`` lines.

Both are lines among the events of a CMX 3600 list. A locator has its own timecode; a Resolve marker takes the record
start of the event above it, and ``|D:`` gives its length in frames (1 for a point). The reader is our own:
OpenTimelineIO's CMX 3600 adapter returns no marker for Resolve's lists, passes over locators it cannot read, and does
not know drop-frame locators. The kit writes the frame rate and the start into the title, so that its own lists say
them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .frames import clock, looked_up
from .marks import Mark, Options, Reading, Writing, lines, one_line, refuse, rows_of, table
from .timecode import Clock

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["read", "write", "write_resolve"]

_TIMECODE = r"\d\d[:;.]\d\d[:;.]\d\d[:;.]\d+"
_EVENT = re.compile(rf"\s*\d+\s+\S+\s+\S+\s+.*?({_TIMECODE})\s+({_TIMECODE})\s+({_TIMECODE})\s+({_TIMECODE})\s*$")
_LOCATOR = re.compile(r"\s*\*\s*LOC:\s*(\S+)\s*(?:(\S+)(?:\s+(.*))?)?$", re.IGNORECASE)
_MARKER = re.compile(r"^(.*?)\s*\|C:\s*(\w*)\s*\|M:(.*?)\s*(?:\|D:\s*(\S*)\s*)?$")
_SAID = re.compile(r"TITLE: .*\bfps=(\S+) start=(\S+)\s*$")
_COLOURS = {"RED", "GREEN", "BLUE", "CYAN", "MAGENTA", "YELLOW", "BLACK", "WHITE", "PINK", "PURPLE", "ORANGE"}


@dataclass(frozen=True)
class _Found:
    row: int
    timecode: str
    label: str
    frames: int = 1


def read(text: str, file: Path, options: Options) -> Reading:
    """Read the locators and the Resolve markers of a list; a moment marked in both ways is one mark."""
    said: dict[str, str] = {}
    locators, markers, drop, event = [], [], None, None
    for row, line in enumerate(lines(text), start=1):
        if found := _SAID.match(line):
            said = {"fps": found[1], "start": found[2]}
        elif line.strip().upper().startswith("FCM:"):
            drop = "NON" not in line.upper() and "DROP" in line.upper()
        elif found := _LOCATOR.match(line):
            locators.append(_locator(row, found))
        elif "|M:" in line:
            markers.append(_marker(row, line, event, file))
        elif found := _EVENT.match(line):
            event = found[3]
    both = {(one.timecode, one.label) for one in locators} & {(one.timecode, one.label) for one in markers}
    found = sorted(
        [one for one in locators if (one.timecode, one.label) not in both] + markers, key=lambda one: one.row
    )
    if not found:
        remedy = "In Resolve: Timelines > Export > Timeline Markers to EDL. In Avid, export with locators."
        refuse("there is no marker in it (no '* LOC:' and no '|M:' line)", remedy, file)
    known, notes = clock(options, file, [one.timecode for one in found], drop=drop, hour_one=True, **said)  # fmt: skip
    if both:
        notes = [*notes, f"{len(both)} markers stand as locator and as Resolve marker; each was taken once."]
    marks = []
    for one in found:
        start = looked_up(known, one.timecode, file, one.row, "timecode")
        end = start + one.frames / float(known.rate) if one.frames > 1 else start
        marks.append(Mark(start, end, one_line(one.label), row=one.row))
    return Reading(table(marks, file), known.frame_s, notes)


def _locator(row: int, found: re.Match) -> _Found:
    """A locator; what stands in a colour's place and is none belongs to the label."""
    colour, rest = found[2] or "", found[3] or ""
    label = rest if colour.upper() in _COLOURS else f"{colour} {rest}"
    return _Found(row, found[1], label.strip())


def _marker(row: int, line: str, event: str | None, file: Path) -> _Found:
    found = _MARKER.match(line)
    if not found or (found[4] and not found[4].isdigit()):
        remedy = "It looks like: |C:ResolveColorBlue |M:name |D:1"
        refuse("not a marker as Resolve writes one", remedy, file, row, value=line.strip())
    if event is None:
        refuse("a marker without an event above it, so without a time", "Export it again.", file, row)
    note, name = found[1].strip(), found[3].strip()
    return _Found(row, event, " - ".join(filter(None, (name, note))), int(found[4] or 1))


def write(marks: pd.DataFrame, options: Options) -> Writing:
    """Write locators, to the frame. A locator is a moment: where a stretch ends is not kept."""
    known, _ = clock(options, None, [])
    rows = rows_of(marks)
    stretches = sum(mark.end_s > mark.start_s for mark in rows)
    last = _timecode(known, max(mark.end_s for mark in rows) + 1, rows[-1])
    source, first = _timecode(known, 0.0, rows[0]), _timecode(known, min(rows[0].start_s, 0.0), rows[0])
    written = [*_head(known, options), f"001  AX       V     C        {source} {last} {first} {last}"]
    written += [f"* LOC: {_timecode(known, mark.start_s, mark)} RED     {one_line(mark.label)}" for mark in rows]
    notes = [f"{stretches} stretches became moments: a locator has no end."] if stretches else []
    return Writing("\n".join(written) + "\n", notes)


def write_resolve(marks: pd.DataFrame, options: Options) -> Writing:
    """Write a marker list as Resolve imports it (Timelines > Import > Timeline Markers from EDL), to the frame."""
    known, _ = clock(options, None, [])
    written, changed = _head(known, options), 0
    for place, mark in enumerate(rows_of(marks), start=1):
        start = _timecode(known, mark.start_s, mark)
        frames = _length(known, mark)
        end = _timecode(known, mark.start_s + 1 / float(known.rate), mark)
        label = one_line(mark.label).replace("|", "/")
        changed += "|" in mark.label
        written += [f"{place:03d}  001      V     C        {start} {end} {start} {end}",
                    f" |C:ResolveColorBlue |M:{label} |D:{frames}", ""]  # fmt: skip
    notes = [f"{changed} labels had a '|', which Resolve takes as its own; it became '/'."] if changed else []
    return Writing("\n".join(written) + "\n", notes)


def _length(known: Clock, mark: Mark) -> int:
    """A mark's length in frames as ``|D:`` tells it, which has no stretch of one frame: 1 is a point.

    What is nearer to one frame than to none or two becomes whichever of those puts its end nearer.
    """
    frames = known.frames(mark.end_s) - known.frames(mark.start_s)
    if frames == 1:
        begins = known.frames(mark.start_s) - known.start
        return 2 if float(mark.end_s * known.rate) > begins + 1 else 1
    return max(frames, 1)


def _head(known: Clock, options: Options) -> list[str]:
    code = "DROP FRAME" if known.drop else "NON-DROP FRAME"
    return [f"TITLE: marks fps={options.fps} start={known.timecode(0.0)}", f"FCM: {code}", ""]


def _timecode(known: Clock, seconds: float, mark: Mark) -> str:
    try:
        return known.timecode(seconds)
    except ValueError as error:
        remedy = "Say --start 01:00:00:00, where timelines commonly begin, or shift the marks."
        refuse(str(error), remedy, row=mark.row, value=f"{seconds:g}")
