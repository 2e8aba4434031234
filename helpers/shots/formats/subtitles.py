"""SubRip (.srt) and WebVTT (.vtt): subtitles, to the millisecond, for seeing marks in a video player.

WebVTT is the W3C's; SubRip has no standard and is read as its own program wrote it. The readers are our own because
pysubs2 1.8 passes over a cue whose times it cannot read, which would lose a shot without a word.
"""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import TYPE_CHECKING

from .marks import Mark, Options, Reading, Writing, lines, one_line, refuse, rows_of, table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["RESOLUTION_S", "SHOWN_S", "read_srt", "read_vtt", "write_srt", "write_vtt"]

RESOLUTION_S = 1e-3
SHOWN_S = 0.5
_TIME = r"(?:(\d+):)?(\d\d):(\d\d)[.,](\d{3})"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?$")


def read_srt(text: str, file: Path, options: Options) -> Reading:
    """Read SubRip: blocks of a number, a line of two times, and text."""
    return Reading(table(_cues(text, file, "SubRip"), file), RESOLUTION_S)


def read_vtt(text: str, file: Path, options: Options) -> Reading:
    """Read WebVTT: its notes, styles and regions are not marks; tags such as ``<v Speaker>`` are taken off."""
    if not re.match(r"WEBVTT(\s|$)", text):
        refuse("a WebVTT file begins with WEBVTT", "Check that it is one.", file, 1, value=text[:20].strip() or None)
    if "X-TIMESTAMP-MAP" in text:
        refuse("its times belong to a broadcast stream's clock (X-TIMESTAMP-MAP)", "Use the subtitles of the whole "
               "video instead.", file)  # fmt: skip
    return Reading(table(_cues(text, file, "WebVTT"), file), RESOLUTION_S)


def _cues(text: str, file: Path, kind: str) -> list[Mark]:
    marks = []
    for row, block in _blocks(text):
        if kind == "WebVTT" and re.match(r"(WEBVTT|NOTE|STYLE|REGION)(\s|$)", block[0]):
            continue
        place = next((place for place, line in enumerate(block[:2]) if "-->" in line), None)
        if place is None:
            remedy = "Each cue is a line such as 00:00:01,500 --> 00:00:02,000, then its text, then an empty line."
            refuse(f"no {kind} cue: there is no line of times", remedy, file, row, value=block[0].strip())
        found = _TIMING.match(block[place])
        if not found or any(int(found[group]) > 59 for group in (2, 3, 6, 7)):
            remedy = "Write hours:minutes:seconds with three digits of milliseconds, such as 00:00:01,500."
            refuse(f"not a {kind} time", remedy, file, row + place, value=block[place].strip())
        start, end = (_seconds(found.groups()[:4]), _seconds(found.groups()[4:]))
        label = " ".join(block[place + 1 :])
        if kind == "WebVTT":
            label = html.unescape(re.sub(r"<[^>]*>", "", label))
        marks.append(Mark(start, end, one_line(label), row=row + place))
    return marks


def _blocks(text: str) -> list[tuple[int, list[str]]]:
    """Runs of lines that are not blank, each with the number of its first line."""
    blocks: list[tuple[int, list[str]]] = []
    blank = True
    for row, line in enumerate(lines(text), start=1):
        if line.strip() and blank:
            blocks.append((row, []))
        if line.strip():
            blocks[-1][1].append(line)
        blank = not line.strip()
    return blocks


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) + thousandths / 1000


def write_srt(marks: pd.DataFrame, options: Options) -> Writing:
    """Write SubRip; a point in time is shown for half a second."""
    cues, notes = _written(marks, "SubRip", ",")
    return Writing("\n".join(f"{place}\n{times}\n{label}\n" for place, (times, label) in enumerate(cues, 1)), notes)


def write_vtt(marks: pd.DataFrame, options: Options) -> Writing:
    """Write WebVTT; a point in time is shown for half a second."""
    cues, notes = _written(marks, "WebVTT", ".")
    blocks = ["WEBVTT\n"] + [f"{times}\n{html.escape(label, quote=False)}\n" for times, label in cues]
    return Writing("\n".join(blocks), notes)


def _written(marks: pd.DataFrame, kind: str, point: str) -> tuple[list[tuple[str, str]], list[str]]:
    cues, points = [], 0
    for mark in rows_of(marks):
        if mark.start_s <= -RESOLUTION_S / 2:
            refuse(f"{kind} has no time before 0", "Shift the marks first, or choose another format.", row=mark.row,
                   column="start", value=f"{mark.start_s:g}")  # fmt: skip
        points += mark.start_s == mark.end_s
        end = mark.end_s if mark.end_s > mark.start_s else mark.start_s + SHOWN_S
        cues.append((f"{_clock(mark.start_s, point)} --> {_clock(end, point)}", one_line(mark.label)))
    notes = [f"{points} points in time are shown for {SHOWN_S:g} s each; read back, they are stretches."]
    return cues, notes if points else []


def _clock(seconds: float, point: str) -> str:
    whole, thousandths = divmod(max(round(seconds * 1000), 0), 1000)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}{point}{thousandths:03d}"
