"""Audacity's label track: start, end and label in seconds, separated by tabs.

The format is in Audacity's manual, "Importing and Exporting Labels". A line that begins with a backslash holds the
frequencies of the spectral selection of the label above it; they are not kept.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .marks import Mark, Options, Reading, Writing, lines, number, one_line, refuse, rows_of, table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["RESOLUTION_S", "read", "write"]

RESOLUTION_S = 1e-6


def read(text: str, file: Path, options: Options) -> Reading:
    """Read a label track; a label's end may be missing, as older versions wrote it."""
    marks, spectral = [], 0
    for row, line in enumerate(lines(text), start=1):
        if not line.strip():
            continue
        if line.startswith("\\"):
            spectral += 1
            continue
        cells = line.split("\t")
        if len(cells) < 2:
            remedy = "Each line is: start, tab, end, tab, label. Export it again, or name its format with --from."
            refuse("not a line of an Audacity label track", remedy, file, row, value=line.strip())
        start, end = (number(cell, file, row, name) for cell, name in zip(cells, ("start", "end"), strict=False))
        marks.append(Mark(start, end, "\t".join(cells[2:]).strip(), row=row))
    notes = [f"{spectral} spectral selections (frequencies) are not kept."] if spectral else []
    return Reading(table(marks, file), RESOLUTION_S, notes)


def write(marks: pd.DataFrame, options: Options) -> Writing:
    """Write a label track, to the microsecond."""
    rows = (f"{mark.start_s:.6f}\t{mark.end_s:.6f}\t{one_line(mark.label)}\n" for mark in rows_of(marks))
    return Writing("".join(rows))
