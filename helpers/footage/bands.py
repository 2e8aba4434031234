"""Power in third-octave bands of short windows: what of a spectrum detection, fitness and alignment look at."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from .products import product

if TYPE_CHECKING:
    import numpy as np

__all__ = ["BANDS_HZ", "LEAST", "WINDOW_S", "BandLevels"]

WINDOW_S = 0.010
# Band edges, Hz: a muzzle blast is broad, wind and handling lie below 150, much of a phone's codec stops at 8000.
BANDS_HZ = tuple(150 * 2 ** (k / 3) for k in range(19))
# The quietest level that is told apart from none, as power: -100 dB below full scale.
LEAST = 1e-10
# Windows that are transformed at a time: so few that they stay in a processor's own cache.
ROWS = 160


class BandLevels:
    """Band levels of windows of `WINDOW_S` at one rate; ``window`` is how many samples each has."""

    def __init__(self, rate: int):
        import numpy as np

        self.window = max(round(WINDOW_S * rate), 8)
        self.size = 1 << (self.window - 1).bit_length()
        hann = np.hanning(self.window + 2)[1:-1]
        self.hann = (hann / np.sqrt((hann**2).sum())).astype("float32")
        weights = _weights(rate, self.size)
        # Bins above the highest band are left out; each weight stands twice, for the real and the imaginary part.
        self.bins = int(np.flatnonzero(weights.any(axis=1)).max(initial=0)) + 1
        self.weights = np.repeat(weights[: self.bins], 2, axis=0)
        self.rows = np.zeros((ROWS, self.size), "float32")

    def levels(self, channels: list[np.ndarray], starts: np.ndarray) -> np.ndarray:
        """The mean power over the channels in each band, dB, of the windows at ``starts`` [starts, bands], float16."""
        import numpy as np
        from scipy import fft

        power = np.zeros((len(starts), self.weights.shape[1]), "float32")
        step = int(starts[1] - starts[0]) if len(starts) > 1 else 1
        regular = bool((np.diff(starts) == step).all())
        for channel in channels:
            windows = np.lib.stride_tricks.sliding_window_view(channel, self.window)
            # Windows that follow at one step are looked at in place, others are gathered.
            windows = windows[starts[0] : starts[-1] + 1 : step] if regular else windows
            for first in range(0, len(starts), ROWS):
                part = slice(first, min(first + ROWS, len(starts)))
                rows = self.rows[: part.stop - first]
                np.multiply(windows[part if regular else starts[part]], self.hann, out=rows[:, : self.window])
                spectrum = fft.rfft(rows, axis=1).view("float32")[:, : 2 * self.bins]
                power[part] += product(np.square(spectrum, out=spectrum), self.weights)
        # The natural logarithm of single precision is many times quicker than the decimal one.
        return (np.log(power / len(channels) + np.float32(LEAST)) * np.float32(10 / np.log(10))).astype("float16")


def _weights(rate: int, size: int) -> np.ndarray:
    """Which share of each FFT bin belongs to each band [bins, bands]."""
    import numpy as np

    width = rate / size
    low = (np.arange(size // 2 + 1) - 0.5) * width
    weights = np.zeros((size // 2 + 1, len(BANDS_HZ) - 1), "float32")
    for band, (start, stop) in enumerate(itertools.pairwise(BANDS_HZ)):
        weights[:, band] = np.clip((np.minimum(low + width, stop) - np.maximum(low, start)) / width, 0, 1)
    return weights
