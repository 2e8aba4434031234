"""Clips with known shots, for training and testing the proposer: shared real sets, and simulated ones.

A *scene* is what must never be in both halves of a cross-validation: a firing point with all its sensors, or all clips
made from the same sounds.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.footage.analysis import analyse
from helpers.footage.propose import first_look
from helpers.footage.simulate import Camera, simulate
from helpers.footage.sound import open_clip

# What the bars measure on: never what is trained on. Seeds of lessons start far from these.
SIMULATED = {
    "simulated 20 dB": {"snr_db": 20.0},
    "simulated 10 dB": {"snr_db": 10.0},
    "simulated 5 dB": {"snr_db": 5.0},
    "simulated clipped": {"snr_db": 15.0, "clip_db": 12.0},
    "simulated gain control": {"snr_db": 15.0, "agc": True},
}
LESSONS_FROM = 1_000_000


@dataclass
class Take:
    """A clip: its set, scene, name and length, its true times, and its candidates with their measures."""

    set: str
    scene: str
    name: str
    seconds: float
    truth: np.ndarray
    table: pd.DataFrame
    sound: tuple[np.ndarray, int] | None = None

    def samples(self) -> tuple[np.ndarray, int]:
        """The clip's first channel and its rate, for peers."""
        return self.sound

    def shots(self) -> np.ndarray:
        """Which candidates are shots: for each true time the nearest candidate within 25 ms."""
        shot, t_s = np.zeros(len(self.table)), self.table["t_s"].to_numpy()
        for true in self.truth if len(t_s) else ():
            nearest = int(np.argmin(np.abs(t_s - true)))
            if abs(t_s[nearest] - true) <= 0.025:
                shot[nearest] = 1
        return shot


def labels(path: Path) -> np.ndarray:
    """The times of an Audacity label track."""
    lines = [line for line in path.read_text().splitlines() if line.strip()]
    return np.array(sorted(float(line.split("\t")[0]) for line in lines))


def take(path: Path, set: str, scene: str, truth: np.ndarray) -> Take:
    """A clip as a take; the sound is kept for peers, but not a lesson's."""
    clip = open_clip(path)
    analysis = analyse(clip)
    sound = None if set == "lesson" else np.concatenate([block[:, 0] for _, block in clip.blocks()])
    return Take(set, scene, path.name, analysis.duration_s, truth, first_look(analysis), (sound, clip.rate))


def real(shared: Path) -> list[Take]:
    """All shared takes.

    Scenes: a street firing point; the hand-labelled clips and the composites made from such clips are one; clips
    without shots by the recording they were cut from.
    """
    takes = []
    for path in sorted((shared / "audio").glob("*/*.wav")):
        truth = labels(path.with_suffix(".txt")) if path.with_suffix(".txt").exists() else np.zeros(0)
        folder = path.parent.name
        if folder == "shotspotter":
            takes.append(take(path, "street sensors", path.name[:3], truth))
        elif folder == "freesound":
            takes.append(take(path, "hand-labelled", "hand", truth))
        elif folder == "composites":
            name = "96 shots, 10 dB clipped" if "clip" in path.name else "96 shots, 20 dB"
            takes.append(take(path, name, "hand", truth))
        elif folder == "no-shots":
            # Clips cut from one recording share its number, the first of the name's.
            number = int(path.stem.rsplit("_", 1)[1].split("-")[0])
            takes.append(take(path, "no shots", f"none {number % 5}", truth))
    return takes


def simulated_bars(scenes: int = 12, keep: Path | None = None) -> list[Take]:
    """The simulated sets of the bars: ``scenes`` each of 24 shots, the same guns and streets under each condition."""
    takes = []
    with tempfile.TemporaryDirectory() as folder:
        for set, condition in SIMULATED.items():
            for seed in range(scenes):
                camera = Camera(f"{set.replace(' ', '-')}-{seed}", **condition)
                scene = simulate(cameras=(camera,), clutter_per_minute=4, seed=seed)
                path = scene.recordings[0].write(keep or Path(folder))
                takes.append(take(path, set, f"sim {seed}", scene.recordings[0].arrivals["t_s"].to_numpy()))
    return takes


def lessons(number: int = 240) -> list[Take]:
    """Simulated clips to learn from, as unlike each other as the simulator allows; a quarter holds no shot."""
    takes = []
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(LESSONS_FROM, LESSONS_FROM + number):
            scene = lesson(seed)
            path = scene.recordings[0].write(Path(folder))
            takes.append(take(path, "lesson", f"lesson {seed}", scene.recordings[0].arrivals["t_s"].to_numpy()))
    return takes


def lesson(seed: int):
    """One simulated clip with everything about it drawn at random."""
    rng = np.random.default_rng(seed)
    kind = rng.choice(["street", "burst", "single", "none"], p=[0.35, 0.3, 0.1, 0.25])
    camera = Camera(
        "lesson",
        rate=int(rng.choice([12000, 16000, 22050, 44100], p=[0.3, 0.2, 0.4, 0.1])),
        snr_db=float(rng.uniform(-3, 40)),
        clip_db=float(rng.uniform(3, 24)) if rng.random() < 0.35 else None,
        agc=bool(rng.random() < 0.25),
        saturation_db=float(rng.uniform(0, 20)) if rng.random() < 0.35 else None,
        colour_db=float(rng.uniform(0, 14)),
    )
    rooms = {
        "walls": int(rng.integers(0, 6)), "reverb_s": float(rng.uniform(0.2, 3.0)),
        "dry_db": float(rng.uniform(-6, 14)), "distance_m": float(rng.uniform(5, 300)),
        "blocked_db": float(rng.choice([0, 0, rng.uniform(0, 20)])), "supersonic": bool(rng.random() < 0.15),
        "seed": seed, "cameras": (camera,),
    }  # fmt: skip
    if kind == "none":
        return simulate(shots=np.zeros(0), seconds=8.0, clutter_per_minute=float(rng.uniform(10, 120)), **rooms)
    clutter = float(rng.choice([0, rng.uniform(0, 40)]))
    if kind == "street":
        shots = np.cumsum(rng.uniform(0.25, 1.2, rng.integers(1, 7))) + rng.uniform(0.5, 3)
        return simulate(shots=shots, shooters=1, seconds=10.0, clutter_per_minute=clutter, **rooms)
    if kind == "single":
        shots = np.array([rng.uniform(0.002, 0.2)])
        return simulate(shots=shots, shooters=1, seconds=float(rng.uniform(0.7, 3)), **rooms)
    number, shooters = int(rng.integers(8, 40)), int(rng.integers(1, 6))
    return simulate(shots=number, shooters=shooters, clutter_per_minute=clutter, **rooms)
