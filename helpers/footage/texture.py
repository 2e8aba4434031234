"""What tells a voice, a bark or a machine from a shot: a pitch in the sound that follows, and a beat around it.

A bark's envelope rises and falls with its voice's pitch, hundreds of times a second; a shot's is ragged. A jackhammer
strikes as evenly as a clock for longer than a magazine lasts. Both are heights of an autocorrelation, 0 for noise and 1
for what repeats exactly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .analysis import ENVELOPE_S, FRAME_S

if TYPE_CHECKING:
    import numpy as np

    from .analysis import Analysis

__all__ = ["beat", "pitched"]

# The stretch of envelope after an onset in which a pitch is looked for, and the lags: 100 to 800 Hz.
AFTER_S, STRETCH_S = 0.003, 0.060
PITCH_S = (0.00125, 0.010)
# Slower changes than this are the sound's own decay.
TREND_STEPS = 41
# A beat is looked for in three seconds on end (30 rounds at 10 a second), each by itself; how often; lags: 3 to 33 Hz.
PARTS, PART_S, EVERY_S = 3, 1.0, 0.25
BEAT_S = (0.030, 0.300)
# One rise counts no more than this, dB: a beat is what recurs.
MOST_RISE_DB = 8.0
ROWS = 512


def pitched(analysis: Analysis, at: np.ndarray) -> np.ndarray:
    """How strongly the envelope after each onset (its steps) repeats at one pitch, 0 to 1."""
    import numpy as np

    steps, found = round(STRETCH_S / ENVELOPE_S), np.zeros(len(at))
    if len(analysis.envelope) < steps:
        return found
    windows = np.lib.stride_tricks.sliding_window_view(analysis.envelope, steps)
    # At the clip's end the stretch moves inwards.
    starts = np.minimum(at + round(AFTER_S / ENVELOPE_S), len(windows) - 1)
    for first in range(0, len(at), ROWS):
        rows = slice(first, first + ROWS)
        level = np.log(np.maximum(windows[starts[rows]], 1e-5))
        half = TREND_STEPS // 2
        total = np.cumsum(np.pad(level, ((0, 0), (half + 1, half)), "edge"), axis=1)
        level -= (total[:, TREND_STEPS:] - total[:, :-TREND_STEPS]) / TREND_STEPS
        found[rows] = _repeats(level, *(round(lag / ENVELOPE_S) for lag in PITCH_S))
    return found


def beat(rise: np.ndarray, frame: np.ndarray) -> np.ndarray:
    """How strongly the rises (`Analysis.novelty`) around each onset (its frame) repeat at one pace, 0 to 1.

    In the weakest of `PARTS` seconds on end: a burst of evenly fired shots fills none but its own.
    """
    import numpy as np

    frames, every = round(PART_S / FRAME_S), round(EVERY_S / FRAME_S)
    if len(rise) < PARTS * frames:
        return np.zeros(len(frame))
    # A frame or two early or late is the same beat.
    smooth = np.convolve(np.minimum(rise, MOST_RISE_DB), (0.25, 0.5, 0.25), "same").astype("float32")
    windows = np.lib.stride_tricks.sliding_window_view(smooth, frames)[::every]
    lags = [round(lag / FRAME_S) for lag in BEAT_S]
    found = np.concatenate([
        _repeats(rows - rows.mean(axis=1, keepdims=True), *lags)
        for rows in (windows[first : first + ROWS] for first in range(0, len(windows), ROWS))
    ])  # fmt: skip
    step = frames // every
    weakest = np.min([found[part * step : len(found) - (PARTS - 1 - part) * step] for part in range(PARTS)], axis=0)
    # At the clip's ends the stretch moves inwards.
    return weakest[np.clip((frame - PARTS * frames // 2) // every, 0, len(weakest) - 1)]


def _repeats(rows: np.ndarray, shortest: int, longest: int) -> np.ndarray:
    """The highest autocorrelation of each row between two lags, as a share of what its own strength allows there."""
    import numpy as np
    from scipy import fft

    steps = rows.shape[1]
    taper = np.hanning(steps + 2)[1:-1].astype("float32")
    size = fft.next_fast_len(steps + longest, real=True)
    own = fft.irfft(np.abs(fft.rfft(taper, size)) ** 2, size)[: longest + 1]
    spectrum = fft.rfft((rows * taper).astype("float32"), size, axis=1)
    found = fft.irfft(spectrum.real**2 + spectrum.imag**2, size, axis=1)[:, : longest + 1]
    strength = np.maximum(found[:, :1], 1e-9) * (own / own[0])
    return (found / strength)[:, shortest:].max(axis=1).clip(0, 1)
