"""Clips with known shots, for training and testing the proposer: shared real sets, and simulated ones.

A *scene* is what must never be in both halves of a cross-validation: a firing point with all its sensors, or all clips
made from the same sounds. Some scenes are *held out*: nothing is trained on them or chosen by them.
"""

from __future__ import annotations

import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
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
# Seeds of the simulated sets: those that choices were made by, and those that were kept for the end.
DEVELOPED_ON, HELD_OUT = 0, 100
# Held out of everything, never listened to before the end: a firing point, and recordings without shots by number.
HELD_OUT_STREET = ("FP7",)
HELD_OUT_NONE = (162541, 23131, 50416, 76086, 176634, 196079, 162134)
# What the composites are made of, found by correlation: guns by the clip's number, and 4 s of street noise at a time.
GUNS = {
    "hand A": {174292, 162431, 180960, 122690, 46656, 110622},
    "hand B": {163460, 7062, 77246, 164646},
}
COMPOSITES = {"composite12": "hand A", "composite14": "hand B"}
NOISES = {27070, 172315, 159743, 40717, 160011}
# Both composites hold this recording: these stretches, s, teach nothing.
SHARED_NOISE = {"composite12_20dB.wav": (39.9, 44.1), "composite14_10dB_clip.wav": (23.9, 28.1)}


@dataclass
class Take:
    """A clip: its set, scene, name and length, its true times, and its candidates with their measures.

    ``also`` names other scenes whose sounds are in it.
    """

    set: str
    scene: str
    name: str
    seconds: float
    truth: np.ndarray
    table: pd.DataFrame
    sound: tuple[np.ndarray, int] | None = None
    also: tuple[str, ...] = ()
    held_out: bool = False

    def akin(self, scenes: set[str]) -> bool:
        """Whether any of the scenes is heard in it."""
        return bool(scenes & {self.scene, *self.also})

    def to_teach(self) -> Take:
        """Without the stretch that another scene shares."""
        start, stop = SHARED_NOISE.get(self.name, (0.0, 0.0))
        table, truth = self.table, self.truth
        return replace(
            self, table=table[(table["t_s"] < start) | (table["t_s"] >= stop)].reset_index(drop=True),
            truth=truth[(truth < start) | (truth >= stop)], sound=None,
        )  # fmt: skip

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


def take(path: Path, set: str, scene: str, truth: np.ndarray, **more) -> Take:
    """A clip as a take; the sound is kept for peers, but not a lesson's."""
    clip = open_clip(path)
    analysis = analyse(clip)
    sound = None if set in TAUGHT else np.concatenate([block[:, 0] for _, block in clip.blocks()])
    return Take(set, scene, path.name, analysis.duration_s, truth, first_look(analysis), (sound, clip.rate), **more)


TAUGHT = ("lesson", "volley")


def number(path: Path) -> int:
    """The number of the recording that a clip was cut from, the first of its name's."""
    return int(path.name.split("_")[-1].split("-")[0])


def described(path: Path) -> tuple[str, str, dict]:
    """The set and the scene of a shared clip, and what else a `Take` says of it."""
    folder = path.parent.name
    if folder == "shotspotter":
        return "street sensors", path.name[:3], {"held_out": path.name.startswith(HELD_OUT_STREET)}
    if folder == "freesound":
        return "hand-labelled", next(scene for scene, guns in GUNS.items() if number(path) in guns), {}
    if folder == "composites":
        set = "96 shots, 10 dB clipped" if "clip" in path.name else "96 shots, 20 dB"
        return set, COMPOSITES[path.name.split("_")[0]], {"also": ("none street",)}
    part = "street" if number(path) in NOISES else ("even", "odd")[number(path) % 2]
    held = number(path) in HELD_OUT_NONE
    return "no shots", f"none {'held out' if held else part}", {"held_out": held}


def real(shared: Path) -> list[Take]:
    """All shared takes."""
    takes = []
    for path in sorted((shared / "audio").glob("*/*.wav")):
        truth = labels(path.with_suffix(".txt")) if path.with_suffix(".txt").exists() else np.zeros(0)
        set, scene, more = described(path)
        takes.append(take(path, set, scene, truth, **more))
    return takes


def simulated_bars(scenes: int = 12, first: int = DEVELOPED_ON) -> list[Take]:
    """The simulated sets of the bars: ``scenes`` each of 24 shots, the same guns and streets under each condition."""
    takes = []
    with tempfile.TemporaryDirectory() as folder:
        for set, condition in SIMULATED.items():
            for seed in range(first, first + scenes):
                camera = Camera(f"{set.replace(' ', '-')}-{seed}", **condition)
                scene = simulate(cameras=(camera,), clutter_per_minute=4, seed=seed)
                path = scene.recordings[0].write(Path(folder))
                truth = scene.recordings[0].arrivals["t_s"].to_numpy()
                takes.append(take(path, set, f"sim {seed}", np.sort(truth), held_out=first == HELD_OUT))
    return takes


def lessons(number: int = 360) -> list[Take]:
    """Simulated clips to learn from, as unlike each other as the simulator allows."""
    with ProcessPoolExecutor(2) as pool:
        return list(pool.map(_lesson, range(LESSONS_FROM, LESSONS_FROM + number), chunksize=8))


def _lesson(seed: int) -> Take:
    with tempfile.TemporaryDirectory() as folder:
        scene = lesson(seed)
        path = scene.recordings[0].write(Path(folder))
        return take(path, "lesson", f"lesson {seed}", np.sort(scene.recordings[0].arrivals["t_s"].to_numpy()))


def lesson(seed: int):
    """One simulated clip with everything about it drawn at random."""
    rng = np.random.default_rng(seed)
    kind = rng.choice(["street", "burst", "single", "none", "volley"], p=[0.25, 0.3, 0.1, 0.2, 0.15])
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
    if kind == "volley":
        rooms["distance_m"] = float(rng.uniform(3, 40))
        shots = int(rng.integers(40, 100))
        return simulate(shots=shots, shooters=int(rng.integers(2, 6)), clutter_per_minute=clutter, **rooms)
    number, shooters = int(rng.integers(8, 40)), int(rng.integers(1, 6))
    return simulate(shots=number, shooters=shooters, clutter_per_minute=clutter, **rooms)
