"""What a screen shows of a clip's sound: peaks and a spectrogram for any stretch, and short stretches to listen to.

A whole hour is never sent: a screen asks for a stretch and its own width in columns. Stretches of up to `NEAR_S` are
read and worked out there and then. Wider ones come from an *overview* that one pass over the clip fills in a thread
behind the reviewer: peaks and band levels on a grid of `GRID_S`, about 14 MB for an hour. Until it is there, what is
not known yet is marked so, and never drawn as silence.
"""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from ...problems import InputError

if TYPE_CHECKING:
    from ..sound import Clip

__all__ = ["BANDS", "GRID_S", "MOST_HEARD_S", "NEAR_S", "Overview", "View", "heard", "view"]

GRID_S = 0.02
NEAR_S = 20.0
MOST_HEARD_S = 30.0
MOST_COLUMNS = 4000
BANDS = 64
LOWEST_HZ, HIGHEST_HZ = 60.0, 12000.0
# Levels are sent as bytes: 0 is 96 dB under full scale, 255 full scale.
FLOOR_DB = -96.0


@dataclass(frozen=True)
class View:
    """A stretch as a screen draws it, in ``columns`` equal parts.

    ``low`` and ``high`` int8 ``[columns]``, the least and the greatest sample over all channels in 1/127 of full scale;
    ``levels`` uint8 ``[columns, BANDS]``, the level of each band, low bands first; ``known`` bool ``[columns]``, False
    where there is no sound or it is not worked out yet.
    """

    start_s: float
    stop_s: float
    low: np.ndarray
    high: np.ndarray
    levels: np.ndarray
    known: np.ndarray


class Overview:
    """The whole of a clip on a coarse grid, filled by `fill`, in a thread or at once."""

    def __init__(self, clip: Clip):
        import numpy as np

        self.clip = clip
        length = max(int(clip.duration_s / GRID_S) + 1, 1)
        self.low, self.high = np.zeros(length, "int8"), np.zeros(length, "int8")
        self.levels = np.zeros((length, BANDS), "uint8")
        self.known = np.zeros(length, bool)
        self.done_s, self.finished, self.error = 0.0, False, ""
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Fill it in a thread that ends with the program."""
        if self._thread is None and not self.finished:
            self._thread = threading.Thread(target=self.fill, name="overview", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Have the thread end at its next block."""
        self._stop.set()

    def fill(self) -> None:
        """Work through the clip from its start; a fault in the file is kept in ``error`` and ends it there."""
        try:
            for t_s, block in self.clip.blocks(seconds=GRID_S * 500):
                if self._stop.is_set():
                    return
                self._put(t_s, block)
        except InputError as error:
            self.error = str(error)
        self.finished = True

    def _put(self, t_s: float, block: np.ndarray) -> None:
        step = GRID_S * self.clip.rate
        first, count = round((t_s - self.clip.start_s) / GRID_S), math.ceil(len(block) / step)
        self._grow(first + count)
        edges = np.minimum(np.round(np.arange(count + 1) * step), len(block)).astype(int)
        low, high = _peaks(block, edges, edges[1:] > edges[:-1])
        levels = _levels(block.mean(axis=1), self.clip.rate, (np.arange(count) + 0.5) * step, 1024)
        at = slice(first, first + count)
        # A gap may end within a cell: what two blocks share keeps the wider peaks.
        self.low[at] = np.where(self.known[at], np.minimum(self.low[at], low), low)
        self.high[at] = np.maximum(self.high[at], high)
        self.levels[at] = np.maximum(self.levels[at], levels)
        self.known[at] = True
        self.done_s = t_s + len(block) / self.clip.rate

    def _grow(self, length: int) -> None:
        """A container may say less than there is."""
        more = length - len(self.low)
        if more > 0:
            self.low, self.high, self.known = (np.pad(part, (0, more)) for part in (self.low, self.high, self.known))
            self.levels = np.pad(self.levels, ((0, more), (0, 0)))

    @cached_property
    def loudest(self) -> float:
        """The greatest peak there is, 0 to 1, of a finished overview."""
        return max(int(abs(self.low.astype("int16")).max()), int(self.high.max())) / 127


def view(overview: Overview, start_s: float, stop_s: float, width: int) -> View:
    """A stretch of the clip's own clock in ``width`` columns; near ones exact, wide ones from the overview."""
    width = max(1, min(int(width), MOST_COLUMNS))
    return (_near if stop_s - start_s <= NEAR_S else _far)(overview, start_s, stop_s, width)


def _near(overview: Overview, start_s: float, stop_s: float, width: int) -> View:
    clip = overview.clip
    t_s, sound = clip.samples(start_s, stop_s)
    low, high = np.zeros(width, "int8"), np.zeros(width, "int8")
    levels, known = np.zeros((width, BANDS), "uint8"), np.zeros(width, bool)
    if len(sound):
        per_column = (stop_s - start_s) * clip.rate / width
        first = (t_s - start_s) * clip.rate
        edges = np.clip(np.round(np.arange(width + 1) * per_column - first), 0, len(sound)).astype(int)
        known = edges[1:] > edges[:-1]
        if per_column < 1:
            # Zoomed in past single samples: each column shows the sample it lies on.
            at = np.floor((np.arange(width) + 0.5) * per_column - first).astype(int)
            known = (at >= 0) & (at < len(sound))
            edges = np.append(np.clip(at, 0, len(sound) - 1), len(sound))
        low, high = _peaks(sound, edges, known)
        centres = (np.arange(width) + 0.5) * per_column - first
        levels = np.where(known[:, None], _levels(sound.mean(axis=1), clip.rate, centres, 256), 0).astype("uint8")
    return View(start_s, stop_s, low, high, levels, known)


def _far(overview: Overview, start_s: float, stop_s: float, width: int) -> View:
    edges = (start_s + (stop_s - start_s) * np.arange(width + 1) / width - overview.clip.start_s) / GRID_S
    edges = np.clip(np.round(edges), 0, len(overview.low)).astype(int)
    inside = edges[1:] > edges[:-1]
    starts = np.minimum(edges[:-1], len(overview.low) - 1)
    # The last column ends where the view does, not where the clip does.
    until = max(edges[-1], starts[-1] + 1)
    known = np.logical_or.reduceat(overview.known[:until], starts) & inside
    low, high = np.minimum.reduceat(overview.low[:until], starts), np.maximum.reduceat(overview.high[:until], starts)
    levels = np.maximum.reduceat(overview.levels[:until], starts, axis=0)
    low, high = np.where(known, low, 0).astype("int8"), np.where(known, high, 0).astype("int8")
    return View(start_s, stop_s, low, high, np.where(known[:, None], levels, 0).astype("uint8"), known)


def _peaks(sound: np.ndarray, edges: np.ndarray, known: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The least and the greatest sample between neighbouring edges, as bytes."""
    starts = np.minimum(edges[:-1], len(sound) - 1)
    sound = sound[: max(edges[-1], starts[-1] + 1)]
    least = np.minimum.reduceat(sound.min(axis=1), starts)
    greatest = np.maximum.reduceat(sound.max(axis=1), starts)

    def as_bytes(peaks: np.ndarray) -> np.ndarray:
        # Away from 0, so that a quiet sound is never drawn as none.
        peaks = np.clip(peaks * 127, -127, 127)
        return np.where(known, np.sign(peaks) * np.ceil(np.abs(peaks)), 0).astype("int8")

    return as_bytes(least), as_bytes(greatest)


def _levels(mono: np.ndarray, rate: int, centres: np.ndarray, size: int) -> np.ndarray:
    """Band levels as bytes around each centre (in samples): a Hann window, its power summed into log-spaced bands."""
    window = np.hanning(size).astype("float32")
    at = np.clip(np.round(centres).astype(int) - size // 2, 0, max(len(mono) - size, 0))
    padded = np.pad(mono, (0, max(0, size - len(mono))))
    weights = _weights(rate, size)
    out = np.empty((len(at), BANDS), "uint8")
    for first in range(0, len(at), 512):
        frames = padded[at[first : first + 512, None] + np.arange(size)] * window
        power = np.abs(np.fft.rfft(frames, axis=1)) ** 2 / (window.sum() / 2) ** 2
        level = 10 * np.log10(np.maximum(power.astype("float32") @ weights, 1e-12))
        out[first : first + 512] = np.clip(np.round((level - FLOOR_DB) * (255 / -FLOOR_DB)), 0, 255)
    return out


@lru_cache(maxsize=8)
def _weights(rate: int, size: int) -> np.ndarray:
    """``[bins, BANDS]``: each band takes the bins it covers, and a band between two bins the nearest."""
    hertz = np.fft.rfftfreq(size, 1 / rate)
    edges = np.geomspace(LOWEST_HZ, min(HIGHEST_HZ, rate / 2), BANDS + 1)
    weights = np.zeros((len(hertz), BANDS), "float32")
    for band in range(BANDS):
        covered = (hertz >= edges[band]) & (hertz < edges[band + 1])
        if not covered.any():
            covered[np.argmin(np.abs(hertz - np.sqrt(edges[band] * edges[band + 1])))] = True
        weights[covered, band] = 1.0
    return weights


def heard(clip: Clip, start_s: float, stop_s: float) -> tuple[float, np.ndarray]:
    """A stretch to listen to: ``(t_s of its first sample, int16 [samples, channels])``, at most `MOST_HEARD_S` long."""
    t_s, sound = clip.samples(start_s, min(stop_s, start_s + MOST_HEARD_S))
    # Two ears: of more channels the first two.
    return t_s, np.clip(np.round(sound[:, :2] * 32767), -32768, 32767).astype("int16")
