"""Dense volleys laid out of real single shots over real or simulated noise, for training alone.

Simulated shots are crisper than real ones close to a microphone, and labelled recordings hold few shots each: so shots
of the hand-labelled clips are laid one over the other, tails and all, at the pace of several guns. A volley's scene is
that of its guns; the noise under it may be of one scene without shots, which is named in ``also``.
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
from helpers.footage.sound import open_clip
from tests.benchmarks.material import Take, described, labels, take

RATE = 22050
# A shot is cut this long before its onset, and faded in over it.
LEAD_S = 0.004
LEAST_GAP_S = 0.04
# The first number of a seed says what is made: dense volleys, or short clips of few shots, as libraries hold them.
VOLLEY, FEW = 7, 8


def volleys(shared: Path, each: int = 24) -> list[Take]:
    """``each`` volleys, and as many clips of one to three shots, from the guns of every hand-labelled scene."""
    guns: dict[str, list[np.ndarray]] = {}
    for path in sorted((shared / "audio" / "freesound").glob("*.wav")):
        truth = labels(path.with_suffix(".txt"))
        if len(truth) == 1:
            guns.setdefault(described(path)[1], []).append(_shot(read(path), truth[0]))
    noises: dict[str, list[np.ndarray]] = {}
    for path in taught_none(shared):
        noises.setdefault(described(path)[1], []).append(read(path))
    takes = []
    with ProcessPoolExecutor(2) as pool:
        for place, (scene, shots) in enumerate(guns.items()):
            seeds = [[seed, place, k] for seed in (VOLLEY, FEW) for k in range(each)]
            takes += pool.map(_volley, seeds, repeat(scene), repeat(shots), repeat(noises), chunksize=4)
    return takes


def taught_none(shared: Path) -> list[Path]:
    """The recordings without shots that may be learned from."""
    paths = sorted((shared / "audio" / "no-shots").glob("*.wav"))
    return [path for path in paths if not described(path)[2]["held_out"]]


def read(path: Path) -> np.ndarray:
    """A clip's first channel at `RATE`."""
    clip = open_clip(path)
    samples = np.concatenate([block[:, 0] for _, block in clip.blocks()])
    return samples if clip.rate == RATE else signal.resample_poly(samples, RATE, clip.rate)


def _shot(samples: np.ndarray, t_s: float) -> np.ndarray:
    """A shot with its tail, faded in over `LEAD_S` and out over its last fifth, peak 1."""
    start = max(round((t_s - LEAD_S) * RATE), 0)
    shot = samples[start:].astype("float64")
    lead = round(t_s * RATE) - start
    shot[:lead] *= np.linspace(0, 1, lead)
    fade = len(shot) // 5
    shot[-fade:] *= np.linspace(1, 0, fade)
    shot = np.concatenate([np.zeros(round(LEAD_S * RATE) - lead), shot])
    return shot / np.abs(shot).max()


def _volley(seed: list[int], scene: str, shots: list[np.ndarray], noises: dict[str, list[np.ndarray]]) -> Take:
    rng = np.random.default_rng(seed)
    few = seed[0] == FEW
    number, pace = int(rng.integers(*(1, 4) if few else (8, 90))), float(rng.uniform(1.2, 7.0))
    begins, ends = (rng.uniform(0.01, 0.3), rng.uniform(0.6, 3.0)) if few else (1.0, 3.0)
    truth = begins + np.cumsum(LEAST_GAP_S + rng.exponential(1 / pace, number))
    if few:
        truth += begins - truth[0]
    total = np.zeros(round((truth[-1] + ends) * RATE))
    chosen = rng.permutation(len(shots))[: rng.integers(1, len(shots) + 1)]
    loud = rng.uniform(-14, 0, len(shots))
    guns = {gun: _altered(rng, shots[gun]) for gun in chosen}
    for t_s in truth:
        gun = int(rng.choice(chosen))
        level = 10 ** ((loud[gun] + rng.normal(0, 1.0)) / 20)
        at = max(round((t_s - LEAD_S) * RATE), 0)
        piece = guns[gun][: len(total) - at]
        total[at : at + len(piece)] += level * piece
    starts = np.round(truth * RATE).astype(int)
    loudness = np.median([np.sqrt(np.mean(total[k : k + round(0.05 * RATE)] ** 2)) for k in starts])
    noise, also = _noise(rng, len(total), noises)
    total += noise * loudness * 10 ** (-rng.uniform(3, 50 if few else 30) / 20)
    if rng.random() < 0.2:
        total = acoustics.gain_controlled(total, RATE)
    if rng.random() < 0.4:
        total = acoustics.clipped(total, float(rng.uniform(2, 18)))
    total *= 0.9 / np.abs(total).max()
    name = f"simulated-volley-{'-'.join(map(str, seed))}.wav"
    with tempfile.TemporaryDirectory() as folder:
        path = files.write(Path(folder) / name, as_wav(total, RATE, seed[-1]))
        return take(path, "volley", scene, truth, also=also)


def _altered(rng, shot: np.ndarray) -> np.ndarray:
    """A shot through another microphone, in another street, shorter or longer than it was."""
    shot = acoustics.coloured(rng, shot, RATE, most_db=float(rng.uniform(0, 8)))
    if rng.random() < 0.4:
        response = acoustics.impulse_response(
            rng, RATE, distance_m=float(rng.uniform(3, 60)), walls_m=tuple(rng.uniform(8, 120, rng.integers(0, 4))),
            t60_s=float(rng.uniform(0.3, 1.5)), direct_over_reverb_db=float(rng.uniform(3, 14)),
        )  # fmt: skip
        shot = signal.oaconvolve(shot, response)[: len(shot) + RATE // 2]
    t = np.arange(len(shot)) / RATE
    return shot * 10 ** (-rng.uniform(0, 20) * t / 20)


def _noise(rng, n: int, noises: dict[str, list[np.ndarray]]) -> tuple[np.ndarray, tuple[str, ...]]:
    """Noise of root mean square 1: simulated, or recordings of one scene end to end; and that scene."""
    if rng.random() < 0.4:
        return acoustics.background(rng, RATE, n / RATE + 0.1)[:n], ()
    scene = str(rng.choice(sorted(noises)))
    pieces: list[np.ndarray] = []
    while sum(map(len, pieces)) < n:
        piece = noises[scene][rng.integers(len(noises[scene]))]
        pieces.append(piece / max(piece.std(), 1e-6))
    whole = np.concatenate(pieces)[:n]
    return whole / whole.std(), (scene,)
