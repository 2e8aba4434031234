"""What the formats that count frames share: the clock a file's timecodes are read by, and its faults."""

from __future__ import annotations

import re
from pathlib import Path

from .marks import Options, refuse
from .timecode import Clock, frame_rate

__all__ = ["clock", "looked_up"]

_RATE_REMEDY = "Say it with --fps: 23.976, 24, 25, 29.97, 30, 50, 59.94 or 60."
_HOUR = "01:00:00:00"


def clock(
    options: Options,
    file: Path | None,
    timecodes: list[str],
    *,
    fps: str | None = None,
    start: str | None = None,
    drop: bool | None = None,
    hour_one: bool = False,
) -> tuple[Clock, list[str]]:
    """The clock that a file's timecodes are read by, and what the reporter should know of it.

    ``fps``, ``start`` and ``drop`` are what the file says of itself, where it does. Timelines of Resolve and Avid
    commonly begin at 01:00:00:00: with ``hour_one``, where nobody says and every timecode stands in that hour, it is
    taken for the start and told.

    Raises
    ------
    InputError
        If nobody says the frame rate, or what is said contradicts the file.
    """
    semicolons = {";" in timecode for timecode in timecodes}
    if semicolons == {True, False}:
        refuse("drop-frame (;) and other timecodes in one file", "Export it again from one timeline.", file)
    written = True if semicolons == {True} else drop
    if options.drop is not None and written is not None and options.drop != written and semicolons == {True}:
        refuse("timecodes with semicolons are drop-frame", "Leave --no-drop away.", file, value=timecodes[0])
    chosen = options.fps or fps
    if chosen is None:
        refuse("the frame rate is not known: timecode counts frames", _RATE_REMEDY, file)
    dropping = options.drop if options.drop is not None else written
    if dropping is None and timecodes:
        dropping = False
    try:
        if options.fps and fps and frame_rate(options.fps) != frame_rate(fps):
            refuse(f"the file says {fps} frames a second", "Leave --fps away, or correct it.", file, value=options.fps)
        first, notes = options.start or start, []
        if first is None and hour_one and all(timecode.startswith("01") for timecode in timecodes):
            first = _HOUR
            notes = ["Every timecode is in hour 01, so 01:00:00:00, where timelines commonly begin, was taken as 0 s. "
                     "If yours does not, say --start 00:00:00:00."]  # fmt: skip
        first = first or "00:00:00:00"
        return Clock(chosen, drop=dropping, start=first), notes
    except ValueError as error:
        remedy = _RATE_REMEDY if "frame rate" in str(error) else "Check --fps, --start and --drop against the video."
        refuse(str(error), remedy, file)


def looked_up(clock: Clock, timecode: str, file: Path, row: int, column: str) -> float:
    """A timecode's seconds.

    Raises
    ------
    InputError
        If there is no such timecode at this rate.
    """
    try:
        return clock.seconds(timecode)
    except ValueError as error:
        samples = re.fullmatch(r"\d+:\d\d:\d\d[:;.]\d{4,}", timecode)
        remedy = "Set the sequence to timecode, not audio samples." if samples else "Check --fps, or correct it."
        refuse(str(error), remedy, file, row, column, timecode)
