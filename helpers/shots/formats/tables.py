"""Tables of marks: plain CSV with a header, and Sonic Visualiser's CSV, which commonly has none.

Sonic Visualiser exports a layer without a header unless told: instants as ``time,label``, values as
``time,value,label``, regions as ``time,value,duration,label``, notes as ``time,pitch,duration,level,label``; an empty
label's cell is left away (its reference manual, "Exporting layers"). Times are seconds, or sample frames if so chosen.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ... import files
from .marks import MARKS, Mark, Options, Reading, Writing, number, one_line, refuse, rows_of, table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CSV_RESOLUTION_S", "SONIC_RESOLUTION_S", "has_header", "read_csv", "read_sonic", "write_csv", "write_sonic"]

CSV_RESOLUTION_S = 1e-9
SONIC_RESOLUTION_S = 1e-9
MOST_UNDOUBTED_S = 1000
_START = ("start_s", "t_s", "time", "start", "t", "onset", "begin", "seconds", "time_s")
_END = ("end_s", "end", "stop", "offset")
_DURATION = ("duration", "duration_s")
_LABEL = ("label", "text", "name", "annotation", "description", "value")
_TIER = ("tier", "track", "layer")


def _cells(text: str, file: Path) -> list[tuple[int, list[str]]]:
    """The rows that hold something, each with its number as a spreadsheet counts."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True))
    except csv.Error as error:
        refuse(f"not a readable CSV ({error})", "Look for an unclosed quote.", file)
    found = [(row, [cell.strip() for cell in cells]) for row, cells in enumerate(rows, start=1) if any(cells)]
    if not found:
        refuse("the file is empty", "Export it again.", file)
    return found


def _delimiter(text: str) -> str:
    """What parts the cells: the first such sign of the first line, unless that is a number's decimal comma."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if re.match(r"\s*-?\d+,\d+\s*;", first):
        return ";"
    signs = [sign for sign in ",;\t" if sign in first]
    return min(signs, key=first.index, default=",")


def has_header(text: str) -> bool:
    """Whether a table's first cell is a word rather than a number."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    cell = first.split(_delimiter(text))[0].strip().strip('"')
    return not _is_number(cell.replace(",", "."))


def read_csv(text: str, file: Path, options: Options) -> Reading:
    """Read a table by its columns' names: a start, and where they are an end or duration, a label and a tier.

    Names it knows, in any case: start_s, t_s, time, start, onset; end_s, end; duration; label, text, name; tier, track.
    """
    (head, header), *rows = _cells(text, file)
    lower = [name.lower() for name in header]
    if "frame" in lower and not set(_START) & set(lower):
        lower[lower.index("frame")] = "time"
        options = _in_samples(options, file)
    columns = {
        kind: next((lower.index(name) for name in names if name in lower), None)
        for kind, names in {"start": _START, "end": _END, "duration": _DURATION, "label": _LABEL, "tier": _TIER}.items()
    }
    if columns["start"] is None:
        remedy = "Name the column of times start_s, t_s or time; or name the file's format with --from."
        refuse("no column of times", remedy, file, head, value=", ".join(header))
    marks = []
    for row, cells in rows:
        if len(cells) != len(header):
            what = f"{len(cells)} cells where the header has {len(header)}"
            refuse(what, "Quote cells that hold a comma.", file, row)
        given = {kind: cells[place] for kind, place in columns.items() if place is not None}
        start = _time(given["start"], file, row, header[columns["start"]], options)
        end = start
        if given.get("end"):
            end = _time(given["end"], file, row, header[columns["end"]], options)
        elif given.get("duration"):
            end = start + _time(given["duration"], file, row, header[columns["duration"]], options)
        marks.append(Mark(start, end, _freed(given.get("label", "")), _freed(given.get("tier", "")), row))
    return Reading(table(marks, file), CSV_RESOLUTION_S)


def _freed(cell: str) -> str:
    """A cell without the apostrophe that the kit's writer puts before what a spreadsheet would run."""
    return cell[1:] if cell.startswith(tuple(f"'{sign}" for sign in "=+-@\t＝＋－＠")) else cell


def _in_samples(options: Options, file: Path) -> Options:
    if options.rate is None:
        refuse("its times are audio samples", "Say the recording's sample rate in Hz: --rate 48000.", file)
    return options


def _time(text: str, file: Path, row: int, column: str, options: Options) -> float:
    return number(text, file, row, column) / (options.rate or 1.0)


def write_csv(marks: pd.DataFrame, options: Options) -> Writing:
    """Write ``start_s,end_s,label,tier``, to the nanosecond."""
    ordered = marks.sort_values(["start_s", "end_s"], kind="stable")[MARKS.names]
    return Writing(files.as_csv(ordered.round({"start_s": 9, "end_s": 9})))


def read_sonic(text: str, file: Path, options: Options) -> Reading:
    """Read a Sonic Visualiser layer; values and pitches that are not labels are told, not kept."""
    if has_header(text):
        return read_csv(text, file, options)
    rows = _cells(text, file)
    widest = max(len(cells) for _, cells in rows)
    if widest > 5:
        refuse(f"{widest} cells in a row; a layer has 5 at most", "Name its format with --from.", file, rows[0][0])
    _refuse_doubtful(rows, file, options)
    # Three cells: a region whose empty label was left away, or a value with its label.
    regions = widest > 3 or (widest == 3 and all(_is_number(cells[2]) for _, cells in rows if len(cells) == 3))
    marks, values = [], 0
    for row, cells in rows:
        start = _time(cells[0], file, row, "time", options)
        length, label = 0.0, ""
        if regions and len(cells) >= 3:
            length = _time(cells[2], file, row, "duration", options)
            label = cells[-1] if len(cells) == widest > 3 else ""
            values += cells[1] not in ("", "0")
        elif len(cells) == 3:
            label = cells[2] or cells[1]
            values += bool(cells[2] and cells[1])
        elif len(cells) == 2:
            label = cells[1]
        marks.append(Mark(start, start + length, one_line(_freed(label)), row=row))
    notes = [f"{values} values of the layer are not kept; times and labels are."] if values else []
    return Reading(table(marks, file), SONIC_RESOLUTION_S, notes)


def _refuse_doubtful(rows: Iterable[tuple[int, list[str]]], file: Path, options: Options) -> None:
    """Refuse times that are all whole and large: sample frames would be taken for seconds."""
    times = [cells[0] for _, cells in rows]
    if options.rate is None and all(time.isdigit() for time in times) and int(max(times, key=int)) > MOST_UNDOUBTED_S:
        remedy = "Say the sample rate in Hz with --rate 48000; or --rate 1 if they are seconds."
        refuse("its times are whole numbers: seconds, or audio samples?", remedy, file, value=times[-1])


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def write_sonic(marks: pd.DataFrame, options: Options) -> Writing:
    """Write a layer without a header, to the nanosecond: instants, or regions where a mark has a length."""
    rows, out = rows_of(marks), io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    regions = any(mark.end_s > mark.start_s for mark in rows)
    for mark in rows:
        times = [f"{mark.start_s:.9f}", "0", f"{mark.end_s - mark.start_s:.9f}"] if regions else [f"{mark.start_s:.9f}"]
        writer.writerow([*times, one_line(mark.label)])
    return Writing(out.getvalue())
