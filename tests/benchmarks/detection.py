"""Measures the proposer, the fusion, the alignment and the speed against their bars, and peers in the same run.

    python -m tests.benchmarks.detection [--cache FILE] [--shipped] [--peers FOLDER] [--only PART ...]

Scored by mir_eval's one-to-one matching at ±25 ms, and told in two tables, never mixed. **Development** sets are
those that choices of method were made by: cross-validated by group (what is tested was scored by weights and thresholds
that saw nothing of its scene; see `material.described` for what a scene is). **Held out** are scenes that nothing was
trained on or chosen by: they are scored by the weights as shipped. `--shipped` leaves the training out and measures the
held-out sets alone.

Peers run at their defaults, on the same clips. They are no part of the kit: `pip install librosa aubio-ledfx` into an
environment of their own, of the same Python, and name its site-packages with ``--peers``. Where they are absent the
table says so.
"""

from __future__ import annotations

import argparse
import itertools
import pickle
import sys
import tempfile
from pathlib import Path

import numpy as np
from mir_eval.util import match_events

from helpers import paths
from helpers.footage import model
from helpers.footage.align import _between, _Trace, aligned, between
from helpers.footage.analysis import analyse
from helpers.footage.fuse import fuse
from helpers.footage.propose import RECALL, chosen, less_for_machines, proposals, second_look
from helpers.footage.simulate import Camera, simulate
from helpers.footage.sound import open_clip
from tests.benchmarks.material import HELD_OUT, Take, labels, lessons, real, simulated_bars
from tests.benchmarks.pace import speed
from tests.benchmarks.train import train
from tests.benchmarks.volleys import volleys

GOALS = {
    "street sensors": 0.85, "hand-labelled": 0.95, "96 shots, 20 dB": 0.90, "96 shots, 10 dB clipped": 0.85,
    "simulated 20 dB": 0.97, "simulated 10 dB": 0.95, "simulated 5 dB": 0.90, "simulated clipped": 0.93,
    "simulated gain control": 0.90,
}  # fmt: skip
WITHIN_S = 0.025


PARTS = ("detection", "fusion", "alignment", "speed")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, help="keep the measured clips here between runs")
    parser.add_argument("--scenes", type=int, default=12, help="simulated scenes a set")
    parser.add_argument("--shipped", action="store_true", help="the weights as shipped, on held-out sets alone")
    parser.add_argument("--peers", type=Path, help="site-packages that hold librosa and aubio")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--alignments", type=int, default=50)
    args = parser.parse_args()
    if args.peers:
        # Behind the kit's own, so that what both need is the kit's.
        sys.path.append(str(args.peers))
    shared = paths.root().parent / "shared"
    if "detection" in args.only:
        detection(shared, args)
    if "fusion" in args.only and shared.is_dir():
        print("\n" + fused(shared))
    if "alignment" in args.only:
        print("\n" + alignment(args.alignments))
        if shared.is_dir():
            print(strangers(shared))
    if "speed" in args.only:
        print("\n" + speed())
    return 0


def detection(shared: Path, args) -> None:
    """Print both tables, of the kit and of the peers."""
    takes, taught = material(shared, args)
    held_out, developed = [take for take in takes if take.held_out], [take for take in takes if not take.held_out]
    told = {"held out, weights as shipped": (held_out, [])}
    if not args.shipped:
        told["development, cross-validated by scene"] = (developed, taught)
    for what, (some, lessons_for_it) in told.items():
        table(f"{what}: kit", some, kit(some, lessons_for_it))
    for name, find in peers().items():
        for what, (some, _) in told.items():
            table(f"{what}: {name}", some, peer(some, find))


def table(title: str, takes: list[Take], times: dict[int, tuple]) -> None:
    """Print a row a set."""
    print(f"\n{title}")
    for set in dict.fromkeys(take.set for take in takes):
        print("  " + row(set, [(take, *times[id(take)]) for take in takes if take.set == set]), flush=True)


def material(shared: Path, args) -> tuple[list[Take], list[Take]]:
    """The takes to measure on, and those that only teach, kept in ``--cache``."""
    if args.cache and args.cache.exists():
        return pickle.loads(args.cache.read_bytes())
    if not shared.is_dir():
        print("shared/ is not here: simulated sets only, on weights as shipped")
        args.shipped = True
    takes = real(shared) if shared.is_dir() else []
    takes += simulated_bars(args.scenes) + simulated_bars(args.scenes, HELD_OUT)
    made = takes, [] if args.shipped else [*volleys(shared), *lessons()]
    if args.cache:
        args.cache.write_bytes(pickle.dumps(made))
    return made


def kit(takes: list[Take], taught: list[Take]) -> dict[int, tuple]:
    """For each take: proposals' times at the balanced and at the high setting."""
    return {name: settings(*found) for name, found in scores(takes, taught).items()}


def scores(takes: list[Take], taught: list[Take]) -> dict[int, tuple]:
    """For each take: its candidates' times and scores, and the thresholds, by weights that saw nothing of its scene.

    Without anything taught, by the weights as shipped.
    """
    if not taught:
        weights = model.shipped()
        return {id(take): (*scored(take, weights), weights["thresholds"]) for take in takes}
    found: dict[int, tuple] = {}
    pool = [take for take in takes if not take.set.startswith("simulated")] + taught
    for held in dict.fromkeys(_held_out(take) for take in takes):
        tested = [take for take in takes if _held_out(take) == held]
        # The simulated sets share no scene with the lessons.
        scenes = set().union(*({take.scene, *take.also} for take in tested))
        weights = train([take.to_teach() for take in pool if not take.akin(scenes)])
        for take in tested:
            found[id(take)] = (*scored(take, weights), weights["thresholds"])
    return found


def _held_out(take: Take) -> str:
    """What is left out of training when this take is tested: its scene, or all simulated sets together."""
    return "simulated" if take.set.startswith("simulated") else take.scene


def scored(take: Take, weights: dict) -> tuple[np.ndarray, np.ndarray]:
    """The times and scores of a take's candidates."""
    seen = second_look(take.table, weights["first"].score(take.table))
    return seen["t_s"].to_numpy(), less_for_machines(weights["second"].score(seen), seen["beat"].to_numpy())


def settings(t_s, score, thresholds) -> tuple[np.ndarray, np.ndarray]:
    """The times proposed at both settings."""
    return tuple(t_s[chosen(t_s, score, thresholds, recall)] for recall in RECALL)


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
    """Two simulated cameras at 10 dB, a metre apart as two officers side by side; their clocks' true offset, s; and the
    offset as heard, s: the median difference of arrival, which a metre puts up to 2.9 ms off the clocks'.

    Further apart, guns at other places come by up to 3 ms a metre apart, and no single offset is true of all.
    """
    rng = np.random.default_rng(seed)
    cameras = Camera("a", snr_db=10), Camera("b", x_m=0.8, y_m=0.6, offset_s=float(rng.uniform(-3, 3)), snr_db=10)
    scene = simulate(shots=24, cameras=cameras, clutter_per_minute=4, seed=seed)
    with tempfile.TemporaryDirectory() as folder:
        analyses = [analyse(open_clip(recording.write(Path(folder)))) for recording in scene.recordings]
    one, two = (recording.arrivals["t_s"] for recording in scene.recordings)
    return (*analyses, cameras[1].offset_s, float((one - two).median()))


def alignment(number: int) -> str:
    """How many pairs of simulated cameras are aligned within 5 ms, and how many unrelated pairs are refused."""
    right = bounded = refused = 0
    errors, before = [], None
    for seed in range(500, 500 + number):
        one, two, truth, heard = pair(seed)
        offset = between(one, two)
        if offset.offset_s is not None:
            errors.append(abs(offset.offset_s - truth))
            right += errors[-1] <= 0.005
            bounded += abs(offset.offset_s - heard) <= offset.u_s
        refused += between(before if before is not None else pair(499)[0], two).offset_s is None
        before = one
    worst = 1000 * max(errors, default=float("nan"))
    return (f"alignment: {right} of {number} within 5 ms, {bounded} within their own bound of the offset as heard, "
            f"worst {worst:.1f} ms; {refused} of {number} unrelated pairs refused")  # fmt: skip


def strangers(shared: Path) -> str:
    """How many pairs of street sensors are aligned: of one firing within 6 ms of the labels, and of different ones."""
    several = sorted((shared / "audio" / "shotspotter").glob("*.wav"))
    traces = {path: _Trace(analyse(open_clip(path))) for path in several}
    right = wrong = akin = believed = others = 0
    for one, two in itertools.combinations(several, 2):
        offset = _between(traces[one], traces[two], two.name).offset_s
        if one.name.split(".")[0] != two.name.split(".")[0]:
            others += 1
            believed += offset is not None
            continue
        akin += 1
        if offset is not None:
            apart = labels(one.with_suffix(".txt")) - labels(two.with_suffix(".txt"))
            right += abs(offset - np.median(apart)) <= 0.006
            wrong += abs(offset - np.median(apart)) > 0.006
    return (f"street sensors: of {akin} pairs of one firing {right} aligned, {wrong} wrongly, the rest refused; "
            f"of {others} pairs of different firings {others - believed} refused")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
