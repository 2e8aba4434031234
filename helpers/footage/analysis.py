"""One pass over a clip: what detection, fitness and alignment look at, on a regular grid of the clip's clock.

Samples pass through in blocks and are forgotten; what stays is an envelope every quarter of a millisecond and band
levels every 2.5 ms, about 100 MB for an hour.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ..problems import InputError, Problem
from .bands import BANDS_HZ, LEAST, BandLevels
from .highpass import HighPass

if TYPE_CHECKING:
    import numpy as np

    from .sound import Clip

__all__ = ["BANDS_HZ", "ENVELOPE_S", "FRAME_S", "Analysis", "analyse"]

ENVELOPE_S = 0.00025
PER_FRAME = 10
FRAME_S = ENVELOPE_S * PER_FRAME
# Sound that is worked on at a time, s.
BLOCK_S = 4.0
# A container that declares more than this is not believed: room is then made as sound comes.
MOST_DECLARED_S = 4 * 3600
FULL = 0.9999
# Frames that are worked on at a time: so few that they stay in a processor's cache.
CHUNK = 4096
# Frames from what sounded before to what sounds now, in the onset function.
LAG = 3
# Fewer frames than this tell no floor.
LEAST_FRAMES = 20
SILENT = 10 ** (-75 / 20)


@dataclass(frozen=True)
class Analysis:
    """What was measured of a clip; row ``i`` of every array lies ``i`` steps after ``start_s``.

    ``envelope`` [n] is the highest absolute sample of each 0.25 ms, over all channels, after a high-pass at 100 Hz;
    ``bands`` [frames, bands] is the power in dB in each of `BANDS_HZ` of a 10 ms Hann window, centred on
    the frame, in half precision;
    ``heard`` [frames] is False where the clip holds no sound (a gap); ``clipped`` [frames] counts samples at full
    scale in each 2.5 ms frame; ``zeros`` [frames] is the share of samples that are exactly 0.
    """

    clip: Clip
    start_s: float
    rate: int
    envelope: np.ndarray
    bands: np.ndarray
    heard: np.ndarray
    clipped: np.ndarray
    zeros: np.ndarray
    peak: float
    full_scale: float

    def time(self, frame):
        """The time of a frame's centre on the clip's clock."""
        return self.start_s + (frame + 0.5) * FRAME_S

    @property
    def duration_s(self) -> float:
        """How long the clip runs from its first sample to its last, gaps included."""
        return len(self.heard) * FRAME_S

    @cached_property
    def usable_bands(self) -> int:
        """How many bands lie below the native rate's half."""
        return sum(high <= 0.5 * self.rate * 1.02 for high in BANDS_HZ[1:])

    @cached_property
    def sounding(self) -> np.ndarray:
        """Where there is sound: not in gaps, and not in the digital silence of a muted microphone [frames].

        A body camera's buffer before its button is pressed is often mute: where its sound begins is no sound.
        """
        sounding = self.heard & (self.zeros < 1)
        return sounding if sounding.sum() > LEAST_FRAMES else self.heard

    @cached_property
    def over_floor(self) -> np.ndarray:
        """Band levels over the noise floor, dB, none below 0 [frames, usable bands], in half precision.

        The floor is the 30th percentile of each band over 12 s around a frame, of what is `sounding`.
        """
        import numpy as np

        bands = self.usable_bands
        centres, levels = _floor_levels(self.bands[:, :bands], self.sounding)
        over = np.empty((len(self.heard), bands), "float16")
        for start in range(0, len(over), CHUNK):
            part = slice(start, min(start + CHUNK, len(over)))
            frames = np.arange(part.start, part.stop)
            floor = np.empty((len(frames), bands), "float32")
            for band, column in enumerate(levels.T):
                floor[:, band] = np.interp(frames, centres, column)
            level = np.subtract(self.bands[part, :bands], floor, out=floor)
            over[part] = np.maximum(level, 0, out=level)
        over[~self.sounding] = 0
        return over

    @cached_property
    def novelty(self) -> np.ndarray:
        """The onset function: how far the sound rises at each frame, dB, mean over bands [frames].

        Of SuperFlux's kind (Boeck & Widmer 2013, "Maximum filter vibrato suppression for onset detection", DAFx-13):
        how far each band rises over the highest of its neighbours a few frames before, in dB over the noise floor, so
        that a loud band counts no more than a quiet one and a gliding tone does not count.
        """
        import numpy as np

        over, found = self.over_floor, np.zeros(len(self.heard), "float32")
        for start in range(0, len(found), CHUNK):
            stop = min(start + CHUNK, len(found))
            # What lies before the first sample, and within a gap, counts as the noise floor.
            missing = max(LAG - start, 0)
            rows = np.zeros((stop - start + LAG, over.shape[1]), "float32")
            rows[missing:] = over[max(start - LAG, 0) : stop]
            # The highest of each band and its two neighbours.
            before, earlier = rows[:-LAG].copy(), rows[:-LAG]
            np.maximum(before[:, 1:], earlier[:, :-1], out=before[:, 1:])
            np.maximum(before[:, :-1], earlier[:, 1:], out=before[:, :-1])
            rise = np.subtract(rows[LAG:], before, out=before)
            found[start:stop] = np.maximum(rise, 0, out=rise).mean(axis=1)
        return found


def analyse(clip: Clip) -> Analysis:
    """Read a clip once and measure it.

    Raises
    ------
    InputError
        If the sound cannot be read whole, or is silent from beginning to end.
    """
    import numpy as np

    collect = _Collect(clip)
    for t_s, block in clip.blocks(BLOCK_S):
        collect.take(t_s, block)
    found = collect.finished()
    if found.peak < SILENT:
        what = "the sound is silent from beginning to end"
        raise InputError(Problem(what, "Is another sound track meant, or was it muted by the publisher?", clip.path))
    assert np.isfinite(found.bands[:: max(len(found.bands) // 1000, 1)]).all()
    return found


class _Collect:
    """Fills the grid as blocks come: what does not fill a window waits for the next block."""

    def __init__(self, clip: Clip):
        self.clip, self.rate = clip, clip.rate
        self.start_s: float | None = None
        self.band_levels = BandLevels(clip.rate)
        # A sample of the grid's frames is their middle one.
        self.half = (self.band_levels.window - round(FRAME_S * self.rate)) // 2 + 1
        self.frames = 0
        # What the container declares is made room for at once, within reason: an hour is then never held twice.
        self.grid = _grid(round(min(max(clip.duration_s, 1.0), MOST_DECLARED_S) / FRAME_S) + 2)
        self.peak, self.top = 0.0, 0.0
        self._begin(0.0)

    def _begin(self, t_s: float) -> None:
        """A stretch without gaps starts at t_s."""
        import numpy as np

        self.stretch_s = t_s
        self.high_passes = [HighPass(min(100, 0.2 * self.rate), self.rate) for _ in range(self.clip.channels)]
        self.held = np.zeros((0, self.clip.channels), "float32")
        self.before = np.zeros((self.half, self.clip.channels), "float32")
        # Frames and samples of this stretch that were measured and let go: no rounding adds up over an hour.
        self.done = self.passed = 0

    def take(self, t_s: float, block) -> None:
        import numpy as np

        if self.start_s is None:
            self.start_s = t_s
            self._begin(t_s)
        elif abs(t_s - (self.stretch_s + (self.passed + len(self.held)) / self.rate)) > 0.5 / self.rate:
            self.flush()
            missing = round((t_s - self.start_s) / FRAME_S) - self.frames
            if missing > 0:
                self._room(missing)
                self.grid["bands"][self.frames : self.frames + missing] = 10 * np.log10(LEAST)
                self.frames += missing
            self._begin(t_s)
        self.held = np.concatenate([self.held, block]) if len(self.held) else block
        # A frame is measured when its whole window is there, or nothing comes any more.
        whole = int((self.passed + len(self.held) - self.band_levels.window) / self.rate / FRAME_S) - self.done
        if whole > 8:
            self._measure(whole)

    def flush(self) -> None:
        whole = round((self.passed + len(self.held)) / self.rate / FRAME_S) - self.done
        if whole > 0:
            self._measure(whole)

    def _room(self, frames: int) -> None:
        """See that the grid holds so many frames more."""
        import numpy as np

        have, need = len(self.grid["heard"]), self.frames + frames
        if need > have:
            for name, more in _grid(max(need - have, have // 2)).items():
                self.grid[name] = np.concatenate([self.grid.pop(name), more])

    def _measure(self, whole: int) -> None:
        """Measure ``whole`` frames from the head of what is held, and let them go."""
        import numpy as np

        first = self.done * PER_FRAME
        steps = np.round(np.arange(first, first + whole * PER_FRAME + 1) * (ENVELOPE_S * self.rate)).astype(int)
        steps -= self.passed
        take = min(int(steps[-1]), len(self.held))
        steps = np.minimum(steps[:-1], take - 1)
        frames, head = steps[::PER_FRAME], self.held[:take]
        self._room(whole)
        rows = slice(self.frames, self.frames + whole)
        self.grid["envelope"][rows] = self._envelope(head, steps).reshape(whole, PER_FRAME)
        self.grid["bands"][rows] = self._bands(take, frames)
        self.grid["heard"][rows] = True
        self._note_extremes(head, frames, rows)
        self.before = np.concatenate([self.before, head])[-self.half :]
        self.frames, self.done, self.passed = self.frames + whole, self.done + whole, self.passed + take
        self.held = self.held[take:]

    def _envelope(self, head, steps):
        """The highest absolute sample of each step over all channels, after the high-pass."""
        import numpy as np

        loud = 0
        for channel, high_pass in zip(head.T, self.high_passes, strict=True):
            passed = high_pass(np.ascontiguousarray(channel))
            loud = np.maximum(np.abs(passed, out=passed), loud, out=passed)
        return _highest(loud, steps)

    def _note_extremes(self, head, frames, rows: slice) -> None:
        """Count samples at full scale and samples that are exactly 0, by frames."""
        import numpy as np

        for channel in head.T:
            middle = float(channel.mean())
            self.peak = max(self.peak, float(channel.max()) - middle, middle - float(channel.min()))
        raw = _loudest(np.abs(head))
        self.top = max(self.top, float(raw.max()))
        full = _flat_tops(raw, self.top)
        if len(full):
            counted = np.bincount(np.searchsorted(frames, full, side="right") - 1, minlength=len(frames))
            self.grid["clipped"][rows] = counted
        number = np.diff(frames, append=len(raw)).clip(1)
        self.grid["zeros"][rows] = np.add.reduceat((raw == 0).view("uint8"), frames, dtype="uint16") / number

    def _bands(self, take: int, frames):
        """Band levels of windows centred on the frames; beyond a stretch's ends there is silence."""
        import numpy as np

        ahead = self.held[: take + self.band_levels.window]
        short = max(int(frames[-1]) + self.band_levels.window - len(self.before) - len(ahead), 0)
        padded = np.concatenate([self.before, ahead, np.zeros((short, ahead.shape[1]), "float32")])
        return self.band_levels.levels(_distinct(padded), frames)

    def finished(self) -> Analysis:
        self.flush()
        grid = {name: column[: self.frames] for name, column in self.grid.items()}
        grid["envelope"] = grid["envelope"].reshape(-1)
        return Analysis(
            clip=self.clip, start_s=self.start_s, rate=self.rate, peak=self.peak, full_scale=self.top, **grid
        )  # fmt: skip


def _grid(frames: int) -> dict[str, np.ndarray]:
    """The arrays of an `Analysis` for so many frames; memory is taken as they are filled."""
    import numpy as np

    return {
        "envelope": np.zeros((frames, PER_FRAME), "float32"), "bands": np.zeros((frames, len(BANDS_HZ) - 1), "float16"),
        "heard": np.zeros(frames, bool), "clipped": np.zeros(frames, "uint16"), "zeros": np.zeros(frames, "float32"),
    }  # fmt: skip


def _highest(loud, steps):
    """The highest of each step's samples; where every step has as many, sample by sample of them all."""
    import numpy as np

    each = int(steps[1] - steps[0]) if len(steps) > 1 else 0
    if not each or len(loud) != each * len(steps) or steps[-1] != each * (len(steps) - 1):
        return np.maximum.reduceat(loud, steps)
    return np.ascontiguousarray(loud.reshape(-1, each).T).max(axis=0)


def _loudest(channels):
    """The loudest channel at each sample [samples], of absolute samples [samples, channels]."""
    return channels[:, 0] if channels.shape[1] == 1 else channels.max(axis=1)


def _flat_tops(loud, top: float):
    """The places of samples in a clipped run: level to a 16-bit step with both neighbours near the highest seen, or at
    full scale."""
    import numpy as np

    least = max(0.9 * top, 0.25)
    places = np.flatnonzero(loud >= min(least, FULL))
    if not len(places):
        return places
    step = 1.5 / 32768
    before, after = loud[np.maximum(places - 1, 0)], loud[np.minimum(places + 1, len(loud) - 1)]
    here = loud[places]
    flat = (np.abs(here - before) <= step) & (np.abs(after - here) <= step) & (here >= least)
    flat &= (places > 0) & (places < len(loud) - 1)
    return places[flat | (here >= FULL)]


def _distinct(block) -> list:
    """The channels that differ: two copies of one microphone are heard once."""
    import numpy as np

    channels = [np.ascontiguousarray(block[:, 0])]
    for other in block.T[1:]:
        if not any(np.array_equal(other, channel) for channel in channels):
            channels.append(np.ascontiguousarray(other))
    return channels


def _floor_levels(bands, heard):
    """The 30th percentile of each band over 12 s, every 3 s: frames and levels, straight lines between them."""
    import numpy as np

    step, half = round(3 / FRAME_S), round(6 / FRAME_S)
    centres = np.arange(0, len(bands), step) + step // 2
    if len(bands) <= 2 * half:
        centres = centres[:1]
    levels = []
    for centre in centres:
        stretch = slice(max(0, centre - half), centre + half) if len(centres) > 1 else slice(None)
        rows = bands[stretch] if heard[stretch].all() else bands[stretch][heard[stretch]]
        # Every second frame tells the percentile as well.
        rows = np.ascontiguousarray(rows[::2].T, "float32")
        levels.append(_percentile_30(rows) if rows.shape[1] > LEAST_FRAMES else np.full(bands.shape[1], np.nan))
    levels = np.array(levels, "float32")
    known = np.isfinite(levels[:, 0])
    if not known.any():
        return centres[:1], np.full((1, bands.shape[1]), bands[heard].min() if heard.any() else 0.0, "float32")
    return centres[known], levels[known]


def _percentile_30(rows):
    """The 30th percentile of each row, as numpy's, with less around it."""
    import numpy as np

    place = 0.3 * (rows.shape[1] - 1)
    low = int(place)
    rows.partition((low, low + 1), axis=1)
    return rows[:, low] + np.float32(place - low) * (rows[:, low + 1] - rows[:, low])
