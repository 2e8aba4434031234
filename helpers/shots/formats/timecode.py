"""Timecode: frames counted as hours, minutes, seconds and frames, with and without dropped numbers.

Drop-frame timecode (SMPTE ST 12-1) keeps 29.97 frames a second beside the clock by leaving out *numbers*, not frames:
the first two of every minute but each tenth (four at 59.94).

>>> rate = frame_rate("29.97")
>>> to_frames("01:00:00;00", rate, drop=True), from_frames(107892, rate, drop=True)
(107892, '01:00:00;00')
>>> to_frames("01:00:00:00", rate, drop=False)
108000
"""

from __future__ import annotations

import re
from fractions import Fraction

__all__ = ["Clock", "frame_rate", "from_frames", "to_frames"]

# The rates of film and television; those that end in .97 and the like are whole rates over 1.001.
_RATES = {
    **{str(rate): Fraction(rate) for rate in (24, 25, 30, 48, 50, 60, 90, 100, 120)},
    **{name: Fraction(24000, 1001) for name in ("23.976", "23.98")},
    **{name: Fraction(30000, 1001) for name in ("29.97",)},
    **{name: Fraction(48000, 1001) for name in ("47.95", "47.952")},
    **{name: Fraction(60000, 1001) for name in ("59.94",)},
    **{name: Fraction(120000, 1001) for name in ("119.88",)},
}
_TIMECODE = re.compile(r"(\d{2})([:;.])(\d{2})([:;.])(\d{2})([:;.,])(\d{2,3})")


def frame_rate(text: str) -> Fraction:
    """A frame rate by its usual name, or as a fraction such as ``30000/1001``.

    Raises
    ------
    ValueError
        If it is none that the kit knows; other rates would be a guess.
    """
    name = text.strip().lower().removesuffix("fps").strip()
    if re.fullmatch(r"\d+/\d+", name) and Fraction(1, 1) <= Fraction(*map(int, name.split("/"))) <= 1000:
        return Fraction(*map(int, name.split("/")))
    # 29.970 and 25.0 are 29.97 and 25.
    short = name.rstrip("0").rstrip(".") if "." in name else name
    if short not in _RATES:
        raise ValueError(f"{text!r} is not a frame rate the kit knows")
    return _RATES[short]


def _dropped(rate: Fraction) -> int:
    """How many numbers drop-frame timecode leaves out of a minute at this rate; 0 where there is no such timecode."""
    return {Fraction(30000, 1001): 2, Fraction(60000, 1001): 4, Fraction(120000, 1001): 8}.get(rate, 0)


def to_frames(timecode: str, rate: Fraction, *, drop: bool) -> int:
    """The number of the frame a timecode names, counted from 00:00:00:00.

    Raises
    ------
    ValueError
        If it is no timecode, or one that this rate does not have, with the reason.
    """
    found = _TIMECODE.fullmatch(timecode.strip())
    if not found:
        raise ValueError("not a timecode; one looks like 01:02:03:04")
    hours, minutes, seconds, frames = (int(found[group]) for group in (1, 3, 5, 7))
    nominal = -(-rate.numerator // rate.denominator)
    if minutes > 59 or seconds > 59:
        raise ValueError("minutes and seconds go to 59")
    if frames >= nominal:
        raise ValueError(f"frame {frames} does not exist at {_name(rate)} frames a second")
    count = ((hours * 60 + minutes) * 60 + seconds) * nominal + frames
    if not drop:
        return count
    skip = _dropped(rate)
    if not skip:
        raise ValueError(f"there is no drop-frame timecode at {_name(rate)} frames a second")
    if seconds == 0 and frames < skip and minutes % 10:
        raise ValueError("drop-frame timecode leaves this number out")
    total = hours * 60 + minutes
    return count - skip * (total - total // 10)


def from_frames(frames: int, rate: Fraction, *, drop: bool) -> str:
    """The timecode of a frame; drop-frame timecode has a semicolon before the frames.

    Raises
    ------
    ValueError
        If the frame is before 00:00:00:00 or from 100 hours on.
    """
    nominal = -(-rate.numerator // rate.denominator)
    if frames < 0:
        raise ValueError("timecode cannot name a time before 00:00:00:00")
    if drop:
        skip = _dropped(rate)
        tens, rest = divmod(frames, 600 * nominal - 9 * skip)
        frames += 9 * skip * tens
        if rest >= 60 * nominal:
            frames += skip * (1 + (rest - 60 * nominal) // (60 * nominal - skip))
    seconds, frame = divmod(frames, nominal)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    if hour > 99:
        raise ValueError("timecode ends at 99 hours")
    width = 3 if nominal > 100 else 2
    return f"{hour:02d}:{minute:02d}:{second:02d}{';' if drop else ':'}{frame:0{width}d}"


def _name(rate: Fraction) -> str:
    return f"{float(rate):.6g}"


class Clock:
    """Seconds to timecode and back, for a recording that begins at ``start``."""

    def __init__(self, fps: str, *, drop: bool | None, start: str = "00:00:00:00"):
        self.rate = frame_rate(fps)
        # Where nobody says otherwise, the timecode that keeps to the clock.
        self.drop = bool(_dropped(self.rate)) if drop is None else drop
        if self.drop and not _dropped(self.rate):
            raise ValueError(f"there is no drop-frame timecode at {_name(self.rate)} frames a second")
        self.start = to_frames(start, self.rate, drop=self.drop)

    @property
    def frame_s(self) -> float:
        """The length of a frame, in seconds."""
        return float(1 / self.rate)

    def seconds(self, timecode: str) -> float:
        """Seconds after the recording's start."""
        return float((to_frames(timecode, self.rate, drop=self.drop) - self.start) / self.rate)

    def frames(self, seconds: float) -> int:
        """The nearest frame to a time, counted from 00:00:00:00."""
        return round(Fraction(seconds) * self.rate) + self.start

    def timecode(self, seconds: float) -> str:
        """The timecode of the nearest frame."""
        return from_frames(self.frames(seconds), self.rate, drop=self.drop)
