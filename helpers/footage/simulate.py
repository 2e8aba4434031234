"""A simulated shooting, recorded by several cameras, with everything about it known: to learn the tools and test them.

No real event; every file it writes says so, in its name and within. What is left out: movement, wind, a lossy codec,
the shape of a real street. A score on it is a score on it.

>>> scene = simulate(shots=12, cameras=(Camera("A"), Camera("B", x_m=30.0, offset_s=4.2)), seed=1)
>>> len(scene.truth), [recording.camera.name for recording in scene.recordings]
(12, ['A', 'B'])
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from . import acoustics, clutter
from .acoustics import SPEED_M_S
from .naming import SIMULATED_MARK

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["Camera", "Recording", "Scene", "simulate"]


@dataclass(frozen=True)
class Camera:
    """A camera: where it stands (m), how its clock runs, and what it does to sound.

    ``offset_s`` added to its times gives the scene's: the camera was switched on that much after the scene's zero.
    ``drift_ppm``: by how many millionths its clock runs fast. ``snr_db``: the root mean square of the median shot's
    first 50 ms over that of the noise. ``clip_db``: how far the highest peak lies over full scale (None: it does not).
    ``agc``: with automatic gain control. ``saturation_db``: how far its input is driven into smooth saturation.
    ``colour_db``: how uneven its microphone is.
    """

    name: str
    x_m: float = 0.0
    y_m: float = 0.0
    offset_s: float = 0.0
    drift_ppm: float = 0.0
    rate: int = 22050
    snr_db: float = 20.0
    clip_db: float | None = None
    agc: bool = False
    saturation_db: float | None = None
    colour_db: float = 4.0


@dataclass(frozen=True)
class Recording:
    """What one camera recorded: ``samples`` [n] in -1..1, and ``arrivals``, a row a shot, on the camera's own clock.

    The columns of ``arrivals``: ``shot`` (the row of the truth), ``t_s`` (when the blast arrives), ``crack_s`` (when
    the bullet's crack does, NaN for none) and ``distance_m``.
    """

    camera: Camera
    samples: np.ndarray
    arrivals: pd.DataFrame
    seed: int

    @property
    def rate(self) -> int:
        """Samples a second."""
        return self.camera.rate

    def write(self, folder: Path) -> Path:
        """Write it as 16-bit WAV, marked as simulated in its name and within; returns the file's path."""
        from .. import files

        return files.write(
            Path(folder) / f"simulated-{self.camera.name}.wav", as_wav(self.samples, self.rate, self.seed)
        )


@dataclass(frozen=True)
class Scene:
    """A simulated scene: ``truth`` (a row a shot: ``t_s`` fired, ``shooter``, ``status``) and its recordings."""

    truth: pd.DataFrame
    recordings: tuple[Recording, ...]
    guns: dict[str, tuple[float, float]] = field(default_factory=dict)

    def write(self, folder: Path) -> list[Path]:
        """Write every recording and the truth (``simulated-truth.csv``); returns the recordings' paths."""
        from .. import files

        paths = [recording.write(folder) for recording in self.recordings]
        files.write_csv(Path(folder) / "simulated-truth.csv", self.truth)
        return paths


def simulate(
    *,
    shots: int | np.ndarray = 24,
    shooters: int = 3,
    cameras: tuple[Camera, ...] = (Camera("A"),),
    seconds: float | None = None,
    supersonic: bool = False,
    walls: int = 2,
    reverb_s: float = 1.0,
    dry_db: float = 7.0,
    clutter_per_minute: float = 0.0,
    clutter_kinds: tuple[str, ...] = tuple(clutter.KINDS),
    least_gap_s: float = 0.035,
    blocked_db: float = 0.0,
    distance_m: float = 25.0,
    seed: int = 20240321,
) -> Scene:
    """Simulate a shooting; the same for the same seed.

    Parameters
    ----------
    shots : int or array
        How many, or the times at which they are fired, s.
    shooters : int
        Guns, each at its own place about ``distance_m`` from the scene's middle, each firing in bursts.
    cameras : tuple of Camera
        Who records it.
    seconds : float, optional
        How long the scene lasts; by default a second before the first shot to two after the last.
    supersonic : bool
        Bullets are faster than sound: a crack comes before the blast.
    walls, reverb_s, dry_db, blocked_db : number
        Discrete echoes a gun and camera, the tail's 60 dB time, how far it lies below the direct sound, and what
        corners take from the direct sound.
    clutter_per_minute : float
        Sounds that are no shots.
    least_gap_s : float
        No two shots are nearer: nearer ones could not be told apart, and the merge floor says so.

    Raises
    ------
    ValueError
        If that many shots do not fit.
    """
    import numpy as np
    import pandas as pd

    rng = np.random.default_rng(seed)
    times = _fired(rng, shots, shooters, least_gap_s) if np.isscalar(shots) else np.sort(np.asarray(shots, float))
    labels = rng.integers(0, shooters, len(times))
    span = seconds if seconds is not None else float(times.max(initial=0)) + 3.0
    angles = rng.uniform(0, 2 * np.pi, shooters)
    away = distance_m * rng.uniform(0.6, 1.4, shooters)
    guns = {f"Shooter {chr(65 + k)}": (float(away[k] * np.cos(angles[k])), float(away[k] * np.sin(angles[k])))
            for k in range(shooters)}  # fmt: skip
    names = list(guns)
    truth = pd.DataFrame({"t_s": times.round(6), "shooter": [names[k] for k in labels], "status": "simulated"})
    loud = {name: 10 ** (rng.uniform(-4, 0) / 20) for name in names}
    shapes = {name: {"positive_ms": rng.uniform(0.25, 1.5), "decay_ms": rng.uniform(0.4, 3.0),
                     "body_ms": rng.uniform(3, 35), "body": 10 ** rng.uniform(-1.3, 0.1)}
              for name in names}  # fmt: skip
    strength = 10 ** (rng.normal(0, 1.0, len(times)) / 20)
    others = _others(rng, span, clutter_per_minute, clutter_kinds)
    scene = _Street(truth, guns, loud, shapes, strength, others, supersonic, walls, reverb_s, blocked_db, span, dry_db)
    recordings = tuple(
        _recorded(np.random.default_rng([seed, 7919, place]), scene, camera, seed)
        for place, camera in enumerate(cameras)
    )
    return Scene(truth, recordings, guns)


@dataclass(frozen=True)
class _Street:
    truth: pd.DataFrame
    guns: dict
    loud: dict
    shapes: dict
    strength: np.ndarray
    others: list
    supersonic: bool
    walls: int
    reverb_s: float
    blocked_db: float
    span_s: float
    dry_db: float


def _fired(rng, shots: int, shooters: int, least_gap_s: float):
    """Times at which independent guns fire: bursts of 2 to 8 with pauses, no two nearer than ``least_gap_s``."""
    import numpy as np

    times: list[float] = []
    for _ in range(40):
        for _ in range(shooters):
            at, cycle = 1.0 + rng.exponential(0.8), rng.uniform(0.1, 0.45)
            while at < 1.0 + 1.2 * shots / max(shooters, 1):
                for _ in range(rng.integers(2, 9)):
                    times.append(at)
                    at += cycle * rng.uniform(0.85, 1.3)
                at += rng.exponential(1.2)
        kept = [-9.0]
        for time in sorted(times):
            if time - kept[-1] >= least_gap_s:
                kept.append(time)
        if len(kept) > shots:
            first = rng.integers(1, len(kept) - shots + 1)
            chosen = np.array(kept[first : first + shots])
            return chosen - chosen[0] + 1.0
    raise ValueError(f"{shots} shots do not fit {least_gap_s} s apart")


def _others(rng, span: float, per_minute: float, kinds) -> list[tuple[float, str, float, int]]:
    """Clutter: when, of which kind, how loud against a shot (dB), and a seed for its sound."""
    number = rng.poisson(per_minute * span / 60)
    return [
        (rng.uniform(0, span), str(rng.choice(kinds)), rng.uniform(-25, 2), int(rng.integers(2**31)))
        for _ in range(number)
    ]


def _recorded(rng, street: _Street, camera: Camera, seed: int) -> Recording:
    """What a camera records: every gun through its own impulse response, clutter, noise, then the microphone."""
    import numpy as np
    import pandas as pd
    from scipy import signal

    rate, n = camera.rate, round(street.span_s * camera.rate)
    total, rows = np.zeros(n), []
    fired, by = street.truth["t_s"].to_numpy(), street.truth["shooter"].to_numpy()
    nearest = min([np.hypot(x - camera.x_m, y - camera.y_m) for x, y in street.guns.values()], default=10.0)
    for name, (x, y) in street.guns.items():
        distance = float(np.hypot(x - camera.x_m, y - camera.y_m)) + 1.0
        dry = np.zeros(n)
        pulse = acoustics.blast(rng, rate, **street.shapes[name])
        ahead = (
            min(0.4, distance / SPEED_M_S * rng.uniform(0.2, 0.6)) if street.supersonic and rng.random() < 0.8 else 0.0
        )
        snap = acoustics.crack(rate) * rng.uniform(0.3, 1.2)
        for shot in np.flatnonzero(by == name):
            arrives = clock(camera, fired[shot] + distance / SPEED_M_S)
            level = street.loud[name] * street.strength[shot] * (nearest + 1) / distance
            _add(dry, arrives, pulse * level, rate)
            if ahead:
                _add(dry, arrives - ahead, snap * level, rate)
            rows.append((shot, arrives, arrives - ahead if ahead else np.nan, distance))
        walls = tuple(rng.uniform(8, 160, street.walls))
        response = acoustics.impulse_response(
            rng, rate, distance_m=distance, walls_m=walls, t60_s=street.reverb_s * rng.uniform(0.7, 1.3),
            direct_over_reverb_db=street.dry_db + rng.uniform(-4, 4),
            blocked_db=street.blocked_db * rng.uniform(0.5, 1.5),
        )  # fmt: skip
        total += signal.oaconvolve(dry, response)[:n]
    arrivals = pd.DataFrame(rows, columns=["shot", "t_s", "crack_s", "distance_m"]).sort_values(
        "shot", ignore_index=True
    )
    total = _with_noise(rng, total, street, camera, arrivals)
    total = acoustics.coloured(rng, total, rate, most_db=camera.colour_db)
    return Recording(camera, _microphone(total, camera), arrivals, seed)


def clock(camera: Camera, scene_s):
    """The scene's time on a camera's clock."""
    return (scene_s - camera.offset_s) * (1 + camera.drift_ppm * 1e-6)


def _add(signal, t_s: float, pulse, rate: int) -> None:
    """Add a pulse at a time between samples, by sharing it between the two nearest."""
    at = t_s * rate
    first, part = int(at // 1), at % 1
    for place, share in ((first, 1 - part), (first + 1, part)):
        if 0 <= place < len(signal):
            piece = pulse[: len(signal) - place]
            signal[place : place + len(piece)] += share * piece


def _with_noise(rng, total, street: _Street, camera: Camera, arrivals):
    """Noise at the camera's signal-to-noise ratio, and clutter; without shots both stand alone."""
    import numpy as np

    rate = camera.rate
    at = (arrivals["t_s"].to_numpy() * rate).round().astype(int)
    at = at[(at >= 0) & (at < len(total) - 1)]
    loudness = [np.sqrt(np.mean(total[k : k + round(0.05 * rate)] ** 2)) for k in at]
    median = float(np.median(loudness)) if loudness else 0.1
    peaks = [np.abs(total[k : k + round(0.02 * rate)]).max() for k in at]
    peak = float(np.median(peaks)) if peaks else 1.0
    for t_s, kind, level_db, its_seed in street.others:
        sound = clutter.make(np.random.default_rng(its_seed), rate, kind)
        _add(total, clock(camera, t_s), sound * peak * 10 ** (level_db / 20), rate)
    noise = acoustics.background(rng, rate, len(total) / rate + 0.1)[: len(total)]
    return total + noise * median * 10 ** (-camera.snr_db / 20)


def _microphone(total, camera: Camera):
    import numpy as np

    if camera.saturation_db is not None:
        total = acoustics.saturated(total, camera.saturation_db)
    if camera.agc:
        total = acoustics.gain_controlled(total, camera.rate)
    if camera.clip_db is not None:
        total = acoustics.clipped(total, camera.clip_db)
        scale = 1.0
    else:
        scale = 0.9
    total = scale * total / max(float(np.abs(total).max()), 1e-9)
    return (np.round(total * 32767) / 32768).astype("float32")


def as_wav(samples: np.ndarray, rate: int, seed: int) -> bytes:
    """A mono 16-bit WAV whose comment says that it is simulated."""
    import struct

    import numpy as np

    data = np.clip(np.round(np.asarray(samples) * 32768), -32768, 32767).astype("<i2").tobytes()
    comment = f"{SIMULATED_MARK}, seed {seed}; not about any real event".encode() + b"\0"
    comment += b"\0" * (len(comment) % 2)
    info = b"INFO" + b"ICMT" + struct.pack("<I", len(comment)) + comment
    chunks = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, rate, rate * 2, 2, 16)
    chunks += b"LIST" + struct.pack("<I", len(info)) + info
    chunks += b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks
