"""Recordings without shots, altered, for training alone: a minute of barks and hammers is little to learn from.

Each is played slower or faster, through another microphone, over another recording of its scene or over noise, clipped
or gain controlled, as recordings are. An altered recording's scene is its own's.
"""

from __future__ import annotations

import tempfile
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path

import numpy as np
from scipy import signal

from helpers import files
from helpers.footage import acoustics
from helpers.footage.simulate import as_wav
from tests.benchmarks.material import Take, described, take
from tests.benchmarks.volleys import RATE, read, taught_none

# The first number of a seed, as volleys have theirs.
ALTERED = 9


def altered(shared: Path, each: int = 6) -> list[Take]:
    """``each`` alterations of every recording without shots that may be learned from."""
    recordings = taught_none(shared)
    scenes = [described(path)[1] for path in recordings]
    sounds = [read(path) for path in recordings]
    takes = []
    with ProcessPoolExecutor(2) as pool:
        for place, (sound, scene) in enumerate(zip(sounds, scenes, strict=True)):
            others = [other for other, its in zip(sounds, scenes, strict=True) if its == scene and other is not sound]
            seeds = [[ALTERED, place, k] for k in range(each)]
            takes += pool.map(_altered, seeds, repeat(scene), repeat(sound), repeat(others), chunksize=3)
    return takes


def _altered(seed: list[int], scene: str, sound: np.ndarray, others: list[np.ndarray]) -> Take:
    rng = np.random.default_rng(seed)
    total = _played(rng, sound)
    if others and rng.random() < 0.4:
        total = total + np.resize(_played(rng, others[rng.integers(len(others))]), len(total)) * rng.uniform(0.05, 0.7)
    noise = acoustics.background(rng, RATE, len(total) / RATE + 0.1)[: len(total)]
    total = total + noise / noise.std() * 10 ** (-rng.uniform(5, 45) / 20)
    total = acoustics.coloured(rng, total, RATE, most_db=float(rng.uniform(0, 12)))
    if rng.random() < 0.25:
        total = acoustics.gain_controlled(total, RATE)
    total = total / np.abs(total).max()
    if rng.random() < 0.35:
        total = acoustics.clipped(total, float(rng.uniform(2, 15)))
    name = f"simulated-altered-{'-'.join(map(str, seed))}.wav"
    with tempfile.TemporaryDirectory() as folder:
        path = files.write(Path(folder) / name, as_wav(0.9 * total / np.abs(total).max(), RATE, seed[-1]))
        return take(path, "altered", scene, np.zeros(0))


def _played(rng, sound: np.ndarray) -> np.ndarray:
    """Slower or faster, pitch and all, with root mean square 1."""
    played = signal.resample_poly(sound, int(rng.integers(80, 128)), 100)
    return played / max(played.std(), 1e-6)
