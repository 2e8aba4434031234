"""A streaming high-pass of second order, a few dozen samples at a time: three times as quick as sample by sample.

A recursive filter's output over a block of samples is linear in the block and in the filter's state before it, so a
block is one row of a matrix product (block processing: Burrus, "Block realization of digital filters", IEEE Trans.
Audio Electroacoust. 20(4), 1972). Only the states follow one another; in the coordinates of the filter's poles, a
conjugate pair, that is one complex recursion of first order.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from .products import product

if TYPE_CHECKING:
    import numpy as np

__all__ = ["HighPass"]

BLOCK = 64


class HighPass:
    """Butterworth's high-pass of second order at ``corner_hz``, for one channel; remembers where it left off."""

    def __init__(self, corner_hz: float, rate: int):
        import numpy as np

        b, a = butterworth(corner_hz, rate)
        # Direct form II transposed: y = b0 x + z0; z = step @ z + feed x. scipy.signal has it too, and takes 50 MB.
        self.step, self.feed, self.first = np.array([[-a[1], 1.0], [-a[2], 0.0]]), b[1:] - a[1:] * b[0], b[0]
        # The state after a constant level of 1, for ever.
        self.settled = np.linalg.solve(np.eye(2) - self.step, self.feed)
        powers = [np.linalg.matrix_power(self.step, k) for k in range(BLOCK + 1)]
        answer = np.array([b[0], *(powers[k][0] @ self.feed for k in range(BLOCK - 1))])
        self.direct = np.array([np.concatenate([np.zeros(k), answer[: BLOCK - k]]) for k in range(BLOCK)], "float32")
        poles, towards = np.linalg.eig(powers[BLOCK])
        self.pole, self.out_of, self.into = poles[0], towards[:, 0], np.linalg.inv(towards)[0]
        fed = np.array([powers[BLOCK - 1 - k] @ self.feed for k in range(BLOCK)]) @ self.into
        self.fed = np.column_stack([fed.real, fed.imag]).astype("float32")
        heard = np.array([powers[k][0] @ self.out_of for k in range(BLOCK)])
        self.heard = np.array([2 * heard.real, -2 * heard.imag], "float32")
        self.state: np.ndarray | None = None

    def __call__(self, samples: np.ndarray) -> np.ndarray:
        """The next samples, filtered, float32 [samples]; begins as if the first sample's level had always been."""
        import numpy as np

        if self.state is None:
            self.state = self.settled * float(samples[0])
        passed, whole = np.empty(len(samples), "float32"), len(samples) // BLOCK * BLOCK
        if whole:
            blocks, found = samples[:whole].reshape(-1, BLOCK), passed[:whole].reshape(-1, BLOCK)
            states = self._states(blocks)
            found[:] = product(blocks, self.direct)
            found += product(states[:-1].astype("complex64").view("float32").reshape(-1, 2), self.heard)
            self.state = 2 * (self.out_of * states[-1]).real
        for place in range(whole, len(samples)):
            passed[place] = self.first * samples[place] + self.state[0]
            self.state = self.step @ self.state + self.feed * samples[place]
        return passed

    def _states(self, blocks: np.ndarray) -> np.ndarray:
        """The state before each block and after the last, in the poles' coordinates, complex [blocks + 1]."""
        import numpy as np

        begins, pole = complex(self.into @ self.state), complex(self.pole)
        fed = product(blocks, self.fed).astype("float64").view("complex128")[:, 0].tolist()
        return np.array(list(accumulate(fed, lambda state, more: pole * state + more, initial=begins)))


def butterworth(corner_hz: float, rate: int) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients ``b, a`` of the high-pass of second order: the bilinear transform of s^2 / (s^2 + sqrt(2) s + 1)."""
    import numpy as np

    warped = np.tan(np.pi * corner_hz / rate)
    scale = 1 / (1 + np.sqrt(2) * warped + warped**2)
    a = scale * np.array([1 / scale, 2 * (warped**2 - 1), 1 - np.sqrt(2) * warped + warped**2])
    return scale * np.array([1.0, -2.0, 1.0]), a
