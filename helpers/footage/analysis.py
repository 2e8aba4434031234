"""One pass over a clip: what detection, fitness and alignment look at, on a regular grid of the clip's clock.

Samples pass through in blocks and are forgotten; what stays is an envelope every quarter of a millisecond and band
levels every 2.5 ms, about 100 MB for an hour.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ..problems import InputError, Problem

if TYPE_CHECKING:
    import numpy as np

    from .sound import Clip

__all__ = ["BANDS_HZ", "ENVELOPE_S", "FRAME_S", "Analysis", "analyse"]

ENVELOPE_S = 0.00025
PER_FRAME = 10
FRAME_S = ENVELOPE_S * PER_FRAME
WINDOW_S = 0.010
# Band edges, Hz: a muzzle blast is broad, wind and handling lie below 150, much of a phone's codec stops at 8000.
BANDS_HZ = tuple(150 * 2 ** (k / 3) for k in range(19))
# The quietest level that is told apart from none, as power: -100 dB below full scale.
LEAST = 1e-10
# Frames that are worked on at a time, so that an hour stays under half a gigabyte.
CHUNK = 50_000
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
    def over_floor(self) -> np.ndarray:
        """Band levels over the noise floor, dB, none below 0 [frames, usable bands], in half precision.

        The floor is the 30th percentile of each band over 12 s around a frame.
        """
        import numpy as np

        centres, levels = _floor_levels(self.bands[:, : self.usable_bands], self.heard)
        over = np.zeros((len(self.heard), self.usable_bands), "float16")
        for start in range(0, len(over), CHUNK):
            part = slice(start, min(start + CHUNK, len(over)))
            frames = np.arange(part.start, part.stop)
            floor = np.stack([np.interp(frames, centres, column) for column in levels.T], axis=1)
            over[part] = np.maximum(self.bands[part, : self.usable_bands] - floor, 0)
        over[~self.heard] = 0
        return over


def analyse(clip: Clip) -> Analysis:
    """Read a clip once and measure it.

    Raises
    ------
    InputError
        If the sound cannot be read whole, or is silent from beginning to end.
    """
    import numpy as np

    collect = _Collect(clip)
    for t_s, block in clip.blocks():
        collect.take(t_s, block)
    found = collect.finished()
    if found.peak < SILENT:
        what = "the sound is silent from beginning to end"
        raise InputError(Problem(what, "Is another sound track meant, or was it muted by the publisher?", clip.path))
    assert np.isfinite(found.bands).all()
    return found


class _Collect:
    """Fills the grid as blocks come: what does not fill a window waits for the next block."""

    def __init__(self, clip: Clip):
        import numpy as np
        from scipy import signal

        self.clip, self.rate = clip, clip.rate
        self.start_s: float | None = None
        self.window = max(round(WINDOW_S * clip.rate), 8)
        self.size = 1 << (self.window - 1).bit_length()
        hann = np.hanning(self.window + 2)[1:-1]
        self.hann = (hann / np.sqrt((hann**2).sum())).astype("float32")
        self.weights = _band_weights(self.rate, self.size)
        self.sos = signal.butter(2, min(100, 0.2 * self.rate), "highpass", fs=self.rate, output="sos").astype("float32")
        self.parts: dict[str, list] = {name: [] for name in ("envelope", "bands", "heard", "clipped", "zeros")}
        self.frames = 0
        self.peak = 0.0
        self.tops: list[float] = []
        self._begin(0.0)

    def _begin(self, t_s: float) -> None:
        """A stretch without gaps starts at t_s."""
        import numpy as np

        self.at_s, self.held = t_s, np.zeros((0, self.clip.channels), "float32")
        self.tail = None
        self.state = None

    def take(self, t_s: float, block) -> None:
        import numpy as np

        if self.start_s is None:
            self.start_s = t_s
            self._begin(t_s)
        elif abs(t_s - (self.at_s + len(self.held) / self.rate)) > 0.5 / self.rate:
            self.flush()
            missing = round((t_s - self.start_s) / FRAME_S) - self.frames
            if missing > 0:
                self._gap(missing)
            self._begin(t_s)
        self.held = np.concatenate([self.held, block]) if len(self.held) else block
        whole = int(len(self.held) / self.rate / FRAME_S)
        if whole > 8:
            self._measure(whole)

    def flush(self) -> None:
        whole = round(len(self.held) / self.rate / FRAME_S)
        if whole:
            self._measure(whole)

    def _gap(self, frames: int) -> None:
        import numpy as np

        self.parts["envelope"].append(np.zeros(frames * PER_FRAME, "float32"))
        self.parts["bands"].append(np.full((frames, len(BANDS_HZ) - 1), 10 * np.log10(LEAST), "float16"))
        self.parts["heard"].append(np.zeros(frames, bool))
        self.parts["clipped"].append(np.zeros(frames, "uint16"))
        self.parts["zeros"].append(np.zeros(frames, "float32"))
        self.frames += frames

    def _measure(self, whole: int) -> None:
        """Measure ``whole`` frames from the head of what is held, and let them go."""
        import numpy as np
        from scipy import signal

        edges = np.round(np.arange(whole * PER_FRAME + 1) * (ENVELOPE_S * self.rate)).astype(int)
        take = min(int(edges[-1]), len(self.held))
        edges = np.minimum(edges, max(take - 1, 0))
        head = self.held[:take]
        if self.state is None:
            # Started on the first sample's level, so that an offset does not sound like a bang.
            self.state = signal.sosfilt_zi(self.sos)[:, None, :].transpose(0, 2, 1) * head[:1].mean(axis=0)
            self.state = self.state.astype("float32")
        passed, self.state = signal.sosfilt(self.sos, head, axis=0, zi=self.state)
        loud = np.abs(passed).max(axis=1)
        raw = np.abs(head).max(axis=1)
        self.peak = max(self.peak, float(np.abs(head - head.mean(axis=0)).max()))
        self.parts["envelope"].append(np.maximum.reduceat(loud, edges[:-1]).astype("float32"))
        frames = edges[:-1:PER_FRAME]
        self.tops.append(float(raw.max()))
        full = _flat_tops(raw, max(self.tops))
        self.parts["clipped"].append(np.add.reduceat(full, frames).astype("uint16"))
        count = np.diff(np.append(frames, take)).clip(1)
        self.parts["zeros"].append((np.add.reduceat((raw == 0), frames) / count).astype("float32"))
        self.parts["heard"].append(np.ones(whole, bool))
        self.parts["bands"].append(self._bands(head, frames))
        self.frames += whole
        self.at_s += take / self.rate
        self.held = self.held[take:]

    def _bands(self, head, frames):
        """Band levels of windows centred on the frames; sound from before the head is remembered, after it mirrored."""
        import numpy as np
        from scipy import fft

        half = (self.window - frames_step(self.rate)) // 2 + 1
        ahead = self.held[len(head) : len(head) + self.window]
        before = self.tail if self.tail is not None else np.zeros((half, head.shape[1]), "float32")
        padded = np.concatenate([before, head, ahead])
        short = frames[-1] + self.window - len(padded)
        if short > 0:
            padded = np.concatenate([padded, np.zeros((short, head.shape[1]), "float32")])
        self.tail = np.concatenate([before, head])[-half:]
        power = 0
        channels = _distinct(padded)
        for channel in channels:
            windows = np.lib.stride_tricks.sliding_window_view(np.ascontiguousarray(channel), self.window)[frames]
            spectrum = fft.rfft(windows * self.hann, n=self.size, axis=1)
            power = power + (spectrum.real**2 + spectrum.imag**2) @ self.weights
        return (10 * np.log10(power / len(channels) + LEAST)).astype("float16")

    def finished(self) -> Analysis:
        import numpy as np

        self.flush()
        # One at a time, each let go of as it is joined: an hour is not held twice.
        joined = {name: np.concatenate(self.parts.pop(name)) for name in list(self.parts)}
        return Analysis(
            clip=self.clip, start_s=self.start_s, rate=self.rate, peak=self.peak, full_scale=max(self.tops), **joined
        )  # fmt: skip


def _flat_tops(loud, top: float):
    """Samples in a clipped run: level to a 16-bit step with both neighbours near the highest seen, or at full scale."""
    import numpy as np

    same = np.abs(np.diff(loud)) <= 1.5 / 32768
    flat = np.zeros(len(loud), bool)
    flat[1:-1] = same[:-1] & same[1:]
    return (flat & (loud >= max(0.9 * top, 0.25))) | (loud >= 0.9999)


def frames_step(rate: int) -> int:
    """Samples from one frame to the next."""
    return round(FRAME_S * rate)


def _distinct(block) -> list:
    """The channels that differ: two copies of one microphone are heard once."""
    import numpy as np

    channels = [block[:, 0]]
    for other in block.T[1:]:
        if not any(np.array_equal(other, channel) for channel in channels):
            channels.append(other)
    return channels


def _band_weights(rate: int, size: int):
    """Which share of each FFT bin belongs to each band [bins, bands]."""
    import numpy as np

    width = rate / size
    low = (np.arange(size // 2 + 1) - 0.5) * width
    weights = np.zeros((size // 2 + 1, len(BANDS_HZ) - 1), "float32")
    for band, (start, stop) in enumerate(itertools.pairwise(BANDS_HZ)):
        weights[:, band] = np.clip((np.minimum(low + width, stop) - np.maximum(low, start)) / width, 0, 1)
    return weights


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
        # Every second frame tells the percentile as well.
        rows = bands[stretch][heard[stretch]][::2].astype("float32")
        levels.append(np.percentile(rows, 30, axis=0) if len(rows) > 20 else np.full(bands.shape[1], np.nan))
    levels = np.array(levels, "float32")
    known = np.isfinite(levels[:, 0])
    if not known.any():
        return centres[:1], np.full((1, bands.shape[1]), bands[heard].min() if heard.any() else 0.0, "float32")
    return centres[known], levels[known]
