"""Adobe Premiere Pro's marker list (File > Export > Markers, as CSV): a tab-separated table of timecodes.

Its columns, in English: Marker Name, Description, In, Out, Duration, Marker Type. It does not say its frame rate.
Drop-frame timecodes have semicolons throughout.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from .frames import clock, looked_up
from .marks import Mark, Options, Reading, Writing, lines, one_line, refuse, rows_of, table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["HEADER", "read", "write"]

HEADER = ("Marker Name", "Description", "In", "Out", "Duration", "Marker Type")


def read(text: str, file: Path, options: Options) -> Reading:
    """Read a marker list; a marker's label is its name, with the description behind it where there is one."""
    first = text.partition("\n")[0]
    try:
        cells = list(csv.reader(lines(text), delimiter="\t" if "\t" in first else ",", strict=True))
    except csv.Error as error:
        refuse(f"not readable ({error})", "Look for an unclosed quote, or export it again.", file)
    header = [name.strip() for name in cells[0]]
    for name in ("Marker Name", "In"):
        if name not in header:
            remedy = "Export it from Premiere in English, or rename the column."
            refuse(f"there is no column {name!r}", remedy, file, 1, value=", ".join(header))
    rows = []
    for row, line in enumerate(cells[1:], start=2):
        if any(cell.strip() for cell in line):
            # The header ends in a tab and rows do not, or the other way about.
            if len(line) < header.index("In") + 1:
                refuse(f"{len(line)} cells where the header has {len(header)}", "Export it again.", file, row)
            rows.append((row, dict(zip(header, (cell.strip() for cell in line), strict=False))))
    known, notes = clock(options, file, [given["In"] for _, given in rows])
    marks = []
    for row, given in rows:
        start = looked_up(known, given["In"], file, row, "In")
        end = looked_up(known, given["Out"], file, row, "Out") if given.get("Out") else start
        label = " - ".join(filter(None, (given.get("Marker Name"), given.get("Description"))))
        marks.append(Mark(start, end, one_line(label), row=row))
    return Reading(table(marks, file), known.frame_s, notes)


def write(marks: pd.DataFrame, options: Options) -> Writing:
    """Write a marker list, to the frame.

    Raises
    ------
    InputError
        If the frame rate is not given, or a mark stands before the timecode 00:00:00:00.
    """
    known, _ = clock(options, None, [])
    written = ["\t".join(HEADER)]
    for mark in rows_of(marks):
        try:
            start, end = (known.timecode(time) for time in (mark.start_s, mark.end_s))
            length = known.frames(mark.end_s) - known.frames(mark.start_s)
            duration = type(known)(options.fps, drop=known.drop).timecode(length / known.rate)
        except ValueError as error:
            refuse(str(error), "Say --start 01:00:00:00, or shift the marks.", row=mark.row, value=f"{mark.start_s:g}")
        codes = [code.replace(":", ";") if known.drop else code for code in (start, end, duration)]
        written.append("\t".join([_cell(mark.label), "", *codes, "Comment"]))
    return Writing("\n".join(written) + "\n")


def _cell(label: str) -> str:
    """A label as a cell of the table: quoted where the reader would otherwise take its quotes for its own."""
    label = one_line(label)
    return '"' + label.replace('"', '""') + '"' if '"' in label else label
