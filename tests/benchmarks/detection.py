"""Measures the proposer, the fusion, the alignment and the speed against their bars, and peers in the same run.

    python -m tests.benchmarks.detection [--shipped] [--cache FILE] [--scenes N]

Scored by mir_eval's one-to-one matching at ±25 ms. Grouped cross-validation: what is tested was scored by weights
trained on the simulated lessons and on other scenes alone; thresholds come out of the training halves. A scene is a
street firing point with all its sensors; the hand-labelled clips with the composites made from such clips (and the
street noise they were laid over); a fifth of the recordings without shots.

Peers run at their defaults, on the same clips: `pip install librosa aubio-ledfx` into the interpreter that runs this.
Where they are absent the table says so.
"""

from __future__ import annotations

import argparse
import pickle
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from mir_eval.util import match_events

from helpers import paths
from helpers.footage import model
from helpers.footage.align import aligned, between
from helpers.footage.analysis import analyse
from helpers.footage.fuse import fuse
from helpers.footage.propose import RECALL, chosen, proposals, second_look
from helpers.footage.simulate import Camera, simulate
from helpers.footage.sound import open_clip
from tests.benchmarks.material import Take, lessons, real, simulated_bars
from tests.benchmarks.train import train

GOALS = {
    "street sensors": 0.85, "hand-labelled": 0.95, "96 shots, 20 dB": 0.90, "96 shots, 10 dB clipped": 0.85,
    "simulated 20 dB": 0.97, "simulated 10 dB": 0.95, "simulated 5 dB": 0.90, "simulated clipped": 0.93,
    "simulated gain control": 0.90,
}  # fmt: skip
WITHIN_S = 0.025


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, help="keep the measured clips here between runs")
    parser.add_argument("--scenes", type=int, default=12, help="simulated scenes a set")
    parser.add_argument("--lessons", type=int, default=300, help="simulated clips to learn from")
    parser.add_argument(
        "--shipped", action="store_true", help="weights as shipped, on the sets they were not trained on"
    )
    parser.add_argument("--alignments", type=int, default=50)
    args = parser.parse_args()
    shared = paths.root().parent / "shared"
    takes, taught = material(shared, args)
    if args.shipped:
        takes, taught = [take for take in takes if take.set != "street sensors"], []
    detectors = {"kit": kit(takes, taught)} | {name: peer(takes, find) for name, find in peers().items()}
    for name, found in detectors.items():
        print(f"\n{name}")
        for set in dict.fromkeys(take.set for take in takes):
            print("  " + row(set, [(take, *found[id(take)]) for take in takes if take.set == set]))
    if shared.is_dir():
        print("\n" + fused(shared))
    print("\n" + alignment(args.alignments))
    print("\n" + speed())
    return 0


def material(shared: Path, args) -> tuple[list[Take], list[Take]]:
    """The takes to measure on and the lessons, kept in ``--cache``."""
    if args.cache and args.cache.exists():
        return pickle.loads(args.cache.read_bytes())
    takes = real(shared) if shared.is_dir() else []
    if not takes:
        print("shared/ is not here: simulated sets only, on weights as shipped")
    made = [*takes, *simulated_bars(args.scenes)], lessons(args.lessons) if takes and not args.shipped else []
    if args.cache:
        args.cache.write_bytes(pickle.dumps(made))
    return made


# The composites' street noise comes from recordings like these: they do not teach what is tested on composites.
STREET_NOISE = ("street_music", "children_playing", "air_conditioner", "engine_idling")


def kit(takes: list[Take], taught: list[Take]) -> dict[int, tuple]:
    """For each take: proposals' times at the balanced and at the high setting."""
    return {name: settings(*found) for name, found in scores(takes, taught).items()}


def scores(takes: list[Take], taught: list[Take]) -> dict[int, tuple]:
    """For each take: its candidates' times and scores, and the thresholds, by weights that saw nothing of its scene."""
    if not taught:
        weights = model.shipped()
        return {id(take): (*scored(take, weights), weights["thresholds"]) for take in takes}
    real_takes = [take for take in takes if not take.set.startswith("simulated")]
    found: dict[int, tuple] = {}
    for held in dict.fromkeys(_held_out(take) for take in takes):
        others = [take for take in real_takes if not _kin(held, take)]
        weights = train([*others, *taught])
        for take in takes:
            if _held_out(take) == held:
                found[id(take)] = (*scored(take, weights), weights["thresholds"])
    return found


def _held_out(take: Take) -> str:
    """What is left out of training when this take is tested; the simulated sets share no scene with the lessons."""
    return "simulated" if take.set.startswith("simulated") else take.scene


def _kin(held: str, take: Take) -> bool:
    return take.scene == held or (held == "hand" and take.name.startswith(STREET_NOISE))


def scored(take: Take, weights: dict) -> tuple[np.ndarray, np.ndarray]:
    """The times and scores of a take's candidates."""
    seen = second_look(take.table, weights["first"].score(take.table))
    return seen["t_s"].to_numpy(), weights["second"].score(seen)


def settings(t_s, score, thresholds) -> tuple[np.ndarray, np.ndarray]:
    """The times proposed at both settings."""
    return tuple(t_s[chosen(score, thresholds, recall)] for recall in RECALL)


def row(set: str, found: list[tuple]) -> str:
    """One line: F1, precision, recall, proposals a minute, median error, and the high setting."""
    told = f"{set:24}"
    matched, proposed, shots, errors = count((take, times) for take, times, _ in found)
    seconds = sum(take.seconds for take, _, _ in found)
    if not shots:
        return told + f" {60 * proposed / seconds:6.1f} proposals a minute (goal under 20)"
    f1 = 2 * matched / (proposed + shots)
    told += (
        f" F1 {f1:.3f} (goal {GOALS[set]:.2f}) precision {matched / max(proposed, 1):.3f} recall {matched / shots:.3f}"
    )
    told += f" median error {1000 * np.median(errors):+.2f} ms" if errors else ""
    if found[0][2] is not None:
        matched, proposed, shots, _ = count((take, times) for take, _, times in found)
        told += f" | high recall {matched / shots:.3f} at {proposed / shots:.2f} a shot (goal 0.99 under 2.5)"
    return told


def count(pairs) -> tuple[int, int, int, list[float]]:
    """Matched, proposed, true, and the errors of those matched, s."""
    matched, proposed, shots, errors = 0, 0, 0, []
    for take, times in pairs:
        pairing = match_events(take.truth, times, WITHIN_S) if len(times) and len(take.truth) else []
        matched, proposed, shots = matched + len(pairing), proposed + len(times), shots + len(take.truth)
        errors += [times[j] - take.truth[i] for i, j in pairing]
    return matched, proposed, shots, errors


def peers() -> dict:
    """Peers' detectors by name; says which are absent."""
    found = {}
    try:
        import librosa

        found["librosa defaults"] = lambda y, rate: librosa.onset.onset_detect(y=y, sr=rate, units="time")
    except ImportError:
        print("librosa is absent: pip install librosa")
    try:
        import aubio

        found["aubio defaults"] = lambda y, rate: _aubio(aubio, y, rate)
    except ImportError:
        print("aubio is absent: pip install aubio-ledfx")
    return found


def _aubio(aubio, y, rate):
    onset, times = aubio.onset("default", 1024, 512, rate), []
    for start in range(0, len(y) - 512, 512):
        if onset(y[start : start + 512])[0]:
            times.append(onset.get_last_s())
    return np.array(times)


def peer(takes: list[Take], find) -> dict[int, tuple]:
    """A peer's times on every take whose file is at hand."""
    found = {}
    for take in takes:
        samples, rate = take.samples()
        found[id(take)] = (np.unique(np.asarray(find(samples, rate), float)), None)
    return found


def fused(shared: Path) -> str:
    """Several street sensors of one firing, aligned by their sound and fused, against the first sensor's truth.

    By the weights as shipped, which were trained on these sensors one by one; fusion itself is not trained.
    """
    from tests.benchmarks.material import labels

    firings: dict[str, list[Path]] = {}
    for path in sorted((shared / "audio" / "shotspotter").glob("*.wav")):
        firings.setdefault(path.name.split(".")[0], []).append(path)
    several = {name: group for name, group in firings.items() if len(group) > 1}
    matched = proposed = shots = refused = 0
    for group in several.values():
        analyses = [analyse(open_clip(path)) for path in group]
        offsets = aligned(analyses)
        refused += sum(offset.offset_s is None for offset in offsets)
        spans = [(analysis.start_s, analysis.start_s + analysis.duration_s) for analysis in analyses]
        table = fuse([proposals(analysis, "high") for analysis in analyses], offsets, spans)
        truth = labels(group[0].with_suffix(".txt"))
        pairing = match_events(truth, table["t_s"].to_numpy(), WITHIN_S) if len(table) else []
        matched, proposed, shots = matched + len(pairing), proposed + len(table), shots + len(truth)
    return (f"fused: {len(several)} firings on {sum(map(len, several.values()))} sensors: "
            f"F1 {2 * matched / max(proposed + shots, 1):.3f} (goal 0.97), {refused} sensors refused")  # fmt: skip


def pair(seed: int) -> tuple:
    """Two simulated cameras at 10 dB, a metre apart as two officers side by side, and their clocks' true offset, s.

    Further apart, guns at other places come by up to 3 ms a metre apart, and no single offset is true of all.
    """
    rng = np.random.default_rng(seed)
    cameras = Camera("a", snr_db=10), Camera("b", x_m=0.8, y_m=0.6, offset_s=float(rng.uniform(-3, 3)), snr_db=10)
    scene = simulate(shots=24, cameras=cameras, clutter_per_minute=4, seed=seed)
    with tempfile.TemporaryDirectory() as folder:
        analyses = [analyse(open_clip(recording.write(Path(folder)))) for recording in scene.recordings]
    return (*analyses, cameras[1].offset_s)


def alignment(number: int) -> str:
    """How many pairs of simulated cameras are aligned within 5 ms, and how many unrelated pairs are refused."""
    right = bounded = refused = 0
    errors, before = [], None
    for seed in range(500, 500 + number):
        one, two, truth = pair(seed)
        offset = between(one, two)
        if offset.offset_s is not None:
            errors.append(abs(offset.offset_s - truth))
            right += errors[-1] <= 0.005
            bounded += errors[-1] <= offset.u_s
        refused += between(before if before is not None else pair(499)[0], two).offset_s is None
        before = one
    worst = 1000 * max(errors, default=float("nan"))
    return (f"alignment: {right} of {number} within 5 ms, {bounded} within their own bound, worst {worst:.1f} ms; "
            f"{refused} of {number} unrelated pairs refused")  # fmt: skip


def speed() -> str:
    """Times faster than real time, on one core, of a five-minute WAV; librosa on the same samples."""
    with tempfile.TemporaryDirectory() as folder:
        scene = simulate(shots=120, shooters=4, seconds=300, cameras=(Camera("long", rate=48000),), seed=1)
        path = scene.recordings[0].write(Path(folder))
        proposals(analyse(open_clip(path)))
        start = time.perf_counter()
        proposals(analyse(open_clip(path)))
        ours = time.perf_counter() - start
        told = f"speed: {300 / ours:.0f} times real time (goal 100)"
        try:
            import librosa
        except ImportError:
            return told + "; librosa is absent"
        samples = np.concatenate([block[:, 0] for _, block in open_clip(path).blocks()])
        librosa.onset.onset_detect(y=samples[: 48000 * 5], sr=48000)
        start = time.perf_counter()
        librosa.onset.onset_detect(y=samples, sr=48000)
        theirs = time.perf_counter() - start
    return told + f"; librosa's onset detector takes {theirs / ours:.2f} times as long, decoding left out"


if __name__ == "__main__":
    sys.exit(main())
