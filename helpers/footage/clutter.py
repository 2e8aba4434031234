"""Sounds that are no shots, for simulated scenes: what a proposer should leave alone.

Each maker takes a random generator and a rate and returns a short sound of peak 1. They are caricatures: a bark is a
gliding buzz, a hammer a row of resonant clicks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

__all__ = ["KINDS", "make"]


def make(rng: np.random.Generator, rate: int, kind: str) -> np.ndarray:
    """A sound of one of `KINDS`, peak 1."""
    import numpy as np

    sound = KINDS[kind](rng, rate)
    return sound / max(float(np.abs(sound).max()), 1e-9)


def _time(rate: int, seconds: float):
    import numpy as np

    return np.arange(round(seconds * rate)) / rate


def _buzz(rng, t, pitch):
    """A voice's source: harmonics of a gliding pitch, weaker with frequency, shaped by two formants."""
    import numpy as np

    phase = 2 * np.pi * np.cumsum(pitch) * (t[1] - t[0])
    formants = rng.uniform(400, 900), rng.uniform(1200, 2600)
    total = np.zeros(len(t))
    for k in range(1, 26):
        frequency = k * pitch.mean()
        weight = sum(np.exp(-(((frequency - f) / (0.3 * f)) ** 2)) for f in formants) + 0.1 / k
        total += weight * np.sin(k * phase + rng.uniform(0, 6))
    return total


def _bark(rng, rate):
    import numpy as np

    t = _time(rate, rng.uniform(0.08, 0.25))
    glide = rng.uniform(200, 700) * (1 + rng.uniform(-0.3, 0.6) * np.sin(np.pi * t / t[-1]))
    shape = np.minimum(t / rng.uniform(0.005, 0.03), 1) * np.exp(-t / rng.uniform(0.04, 0.12))
    return (_buzz(rng, t, glide) + rng.uniform(0.2, 1.5) * rng.standard_normal(len(t))) * shape


def _voice(rng, rate):
    import numpy as np

    words = []
    for _ in range(rng.integers(2, 9)):
        t = _time(rate, rng.uniform(0.08, 0.3))
        pitch = np.full(len(t), rng.uniform(90, 320)) * (1 + 0.1 * np.sin(2 * np.pi * rng.uniform(2, 6) * t))
        shape = np.sin(np.pi * t / t[-1]).clip(0) ** rng.uniform(0.3, 1.0)
        words += [_buzz(rng, t, pitch) * shape * rng.uniform(0.4, 1), np.zeros(round(rng.uniform(0.01, 0.15) * rate))]
        if rng.random() < 0.4:
            s = _time(rate, rng.uniform(0.03, 0.1))
            words.append(np.diff(rng.standard_normal(len(s) + 1)) * np.sin(np.pi * s / s[-1]))
    return np.concatenate(words)


def _resonant(rng, rate, seconds, low, high, modes):
    """A struck object: decaying sines after a click."""
    import numpy as np

    t = _time(rate, seconds)
    total = rng.standard_normal(len(t)) * np.exp(-t / rng.uniform(0.001, 0.006)) * rng.uniform(0.3, 2)
    for _ in range(modes):
        decay = rng.uniform(0.005, 0.08)
        total += (
            rng.uniform(0.3, 1)
            * np.sin(2 * np.pi * rng.uniform(low, high) * t + rng.uniform(0, 6))
            * np.exp(-t / decay)
        )
    return total


def _hammer(rng, rate):
    import numpy as np

    period, strokes = 1 / rng.uniform(5, 28), rng.integers(10, 90)
    stroke = _resonant(rng, rate, 0.15, 200, 4000, 5)
    total = np.zeros(round((strokes * period + 0.4) * rate))
    for k in range(strokes):
        at = round((k * period * (1 + rng.normal(0, 0.01))) * rate)
        piece = stroke[: len(total) - at] * rng.uniform(0.6, 1)
        total[at : at + len(piece)] += piece
    return total


def _knock(rng, rate):
    return _resonant(rng, rate, 0.3, 80, 1500, 4)


def _thud(rng, rate):
    import numpy as np

    t = _time(rate, 0.4)
    low = np.cumsum(rng.standard_normal(len(t)))
    low -= np.linspace(0, low[-1], len(t))
    return low * np.minimum(t / rng.uniform(0.004, 0.02), 1) * np.exp(-t / rng.uniform(0.03, 0.1))


def _click(rng, rate):
    return _resonant(rng, rate, 0.03, 1500, 7000, 2)


def _horn(rng, rate):
    import numpy as np

    t = _time(rate, rng.uniform(0.2, 1.5))
    shape = np.minimum(np.minimum(t / 0.015, 1), (t[-1] - t) / 0.03)
    return sum(np.sin(2 * np.pi * rng.uniform(300, 520) * k * t) / k**0.7 for k in range(1, 9)) * shape


def _siren(rng, rate):
    import numpy as np

    t = _time(rate, rng.uniform(2, 6))
    pitch = rng.uniform(700, 1100) + 400 * np.sin(2 * np.pi * rng.uniform(0.2, 4) * t)
    phase = 2 * np.pi * np.cumsum(pitch) / rate
    return (np.sin(phase) + 0.4 * np.sin(2 * phase)) * np.minimum(np.minimum(t / 0.2, 1), (t[-1] - t) / 0.2)


def _rattle(rng, rate):
    import numpy as np

    t = _time(rate, rng.uniform(0.3, 2.5))
    total = np.zeros(len(t))
    for _ in range(rng.integers(5, 120)):
        piece, at = _click(rng, rate) * rng.uniform(0.05, 1), rng.integers(len(t))
        piece = piece[: len(total) - at]
        total[at : at + len(piece)] += piece
    return total


def _engine(rng, rate):
    import numpy as np

    t = _time(rate, rng.uniform(1.5, 6))
    beat = np.abs(np.sin(np.pi * rng.uniform(8, 45) * t)) ** rng.uniform(2, 14)
    return rng.standard_normal(len(t)) * beat * np.minimum(np.minimum(t / 0.4, 1), (t[-1] - t) / 0.4)


def _music(rng, rate):
    import numpy as np

    beat, notes = rng.uniform(0.15, 0.5), []
    for _ in range(rng.integers(6, 20)):
        t = _time(rate, beat)
        pitch = 110 * 2 ** (rng.integers(0, 36) / 12)
        tone = sum(np.sin(2 * np.pi * k * pitch * t) / k for k in range(1, 7))
        drum = rng.standard_normal(len(t)) * np.exp(-t / rng.uniform(0.005, 0.05)) * rng.choice([0, 0, 0.6, 1.2])
        notes.append(tone * np.minimum(t / 0.003, 1) * np.exp(-t / rng.uniform(0.08, 0.6)) + drum)
    return np.concatenate(notes)


KINDS = {
    "bark": _bark, "voice": _voice, "hammer": _hammer, "knock": _knock, "thud": _thud, "click": _click,
    "horn": _horn, "siren": _siren, "rattle": _rattle, "engine": _engine, "music": _music,
}  # fmt: skip
