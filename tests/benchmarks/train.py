"""Trains the proposer's weights, and writes them with what they were trained on.

    python -m tests.benchmarks.train                 writes helpers/footage/weights.json

Two additive models: the first guesses from each candidate alone, the second looks again with what the likely shots of
the clip tell. The second learns from first guesses made by models that did not see the clip's scene.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd

from helpers import files, paths
from helpers.footage import model
from helpers.footage.context import CONTEXT
from helpers.footage.features import FEATURES
from helpers.footage.propose import HARDLY, second_look
from tests.benchmarks.material import HELD_OUT_NONE, HELD_OUT_STREET, Take, lessons, real
from tests.benchmarks.volleys import volleys

FIRST, SECOND = list(FEATURES), [*FEATURES, *CONTEXT]
FOLDS = 3
# How much a clip counts, by set: the real ones are few, and what is no shot is as important as what is one.
COUNTS = {"lesson": 1.0, "volley": 1.0, "hand-labelled": 8.0, "street sensors": 6.0, "no shots": 6.0}
OTHERS_COUNT = 3.0
# A clip of few shots counts for more than its shots alone: shots are found by the clip.
FEW_SHOTS = 10
# What parts shots from the rest, `propose.chosen`: the same for every fold, chosen by the cross-validated scores of the
# development scenes. The held-out scenes had no say.
THRESHOLDS = {
    "balanced": 0.75, "alone": 0.3, "gap_from": 0.05, "gap_to": 0.6, "few": 0.4, "many": 0.1, "deeper": 5.0,
    "high": 0.002,
}  # fmt: skip
MOST_OTHERS = 8_000
WEIGHTS = paths.root() / "helpers" / "footage" / "weights.json"


def train(takes: list[Take], *, ridge: float = 2.0) -> dict:
    """Both models, from these takes alone, and the thresholds: ``first``, ``second``, ``thresholds``."""
    guesses = _out_of_fold(takes, lambda part: _fit([t.table for t in part], part, FIRST, ridge), FIRST)
    first = _fit([t.table for t in takes], takes, FIRST, ridge)
    looked, kept = [], []
    for take, guess in zip(takes, guesses, strict=True):
        seen = second_look(take.table.assign(shot=take.shots()), guess)
        if len(seen):
            looked.append(seen)
            kept.append(take)
    second = _fit_rows(looked, [table["shot"].to_numpy() for table in looked], kept, SECOND, ridge)
    return {"first": first, "second": second, "thresholds": THRESHOLDS}


def folds(takes: list[Take]) -> list[int]:
    """A fold for each take; takes of one scene share theirs."""
    scenes = sorted({take.scene for take in takes})
    order = np.random.default_rng(0).permutation(len(scenes))
    place = {scene: int(order[i]) % FOLDS for i, scene in enumerate(scenes)}
    return [place[take.scene] for take in takes]


def _out_of_fold(takes, fitted, names):
    fold, guesses = folds(takes), [np.zeros(0)] * len(takes)
    for k in range(FOLDS):
        weights = fitted([take for take, f in zip(takes, fold, strict=True) if f != k])
        for i, take in enumerate(takes):
            if fold[i] == k:
                guesses[i] = weights.score(take.table)
    return guesses


def _count(take: Take) -> float:
    few = np.sqrt(max(FEW_SHOTS / len(take.truth), 1)) if len(take.truth) else 1.0
    return COUNTS.get(take.set, OTHERS_COUNT) * few


def _fit(tables, takes, names, ridge):
    return _fit_rows(tables, [take.shots() for take in takes], takes, names, ridge)


def _fit_rows(tables, shots, takes, names, ridge):
    counts = [np.full(len(table), _count(take)) for table, take in zip(tables, takes, strict=True)]
    table, shot, weight = pd.concat(tables, ignore_index=True)[names], np.concatenate(shots), np.concatenate(counts)
    # Of what is no shot a tenth would do: `MOST_OTHERS` are kept, and count for the others.
    others = np.flatnonzero(shot < 0.5)
    kept = np.random.default_rng(0).permutation(others)[:MOST_OTHERS]
    weight[kept] *= len(others) / max(len(kept), 1)
    rows = np.concatenate([np.flatnonzero(shot > 0.5), kept])
    return model.fit(table.iloc[rows], shot[rows], weight[rows], names, ridge=ridge)


def store(trained: dict, takes: list[Take]) -> None:
    """Write the weights with what they were trained on."""
    clips = Counter(take.set for take in takes)
    stored = {
        "trained": {
            "by": "python -m tests.benchmarks.train",
            "on": [source | {"clips": sum(clips[set] for set in sets)} for sets, source in SOURCES.items()],
            "held_out": HELD_OUT_TOLD,
            "features": FEATURES | CONTEXT,
            "hardly": HARDLY,
        },
        "thresholds": trained["thresholds"],
        "first": trained["first"].as_dict(),
        "second": trained["second"].as_dict(),
    }  # fmt: skip
    files.write(Path(WEIGHTS), json.dumps(stored, indent=1) + "\n")


# What each set is, for the weights' own record: no sound of it is in the kit, only what the lines were fitted to.
_URBAN = {
    "licence": "CC BY-NC 3.0",
    "credit": "UrbanSound8K (Salamon, Jacoby and Bello 2014), after Freesound's contributors",
}
SOURCES = {
    ("lesson",): {
        "what": "simulated clips (helpers/footage/simulate.py; tests/benchmarks/material.py, lesson)", "licence": "MIT",
    },
    ("street sensors",): {
        "what": "street sensors, firing points 1, 3 and 5, ShotSpotter/research.accuracy-of-gunshot-location",
        "licence": "CC BY 4.0", "credit": "ShotSpotter, Inc.",
    },
    ("hand-labelled",): {"what": "gun shots, cut to one loop and labelled by hand", **_URBAN},
    ("volley",): {
        "what": "volleys and short clips laid out of those shots (tests/benchmarks/volleys.py)", **_URBAN,
    },
    ("96 shots, 20 dB", "96 shots, 10 dB clipped"): {"what": "96 of those shots over street noise", **_URBAN},
    ("no shots",): {"what": "street sounds without shots", **_URBAN},
}  # fmt: skip
HELD_OUT_TOLD = (
    f"street sensors of {', '.join(HELD_OUT_STREET)}, recordings without shots {', '.join(map(str, HELD_OUT_NONE))}, "
    "and every simulated set of the benchmark"
)


def main() -> int:
    shared = paths.root().parent / "shared"
    if not shared.is_dir():
        print("the recordings to learn from are not here: see CONTRIBUTING.md", file=sys.stderr)
        return 1
    takes = [take.to_teach() for take in real(shared) if not take.held_out] + volleys(shared) + lessons()
    trained = train(takes)
    store(trained, takes)
    print(f"{paths.shown(WEIGHTS)}: {len(takes)} clips")
    return 0


if __name__ == "__main__":
    sys.exit(main())
