"""Trains the proposer's weights, and writes them with what they were trained on.

    python -m tests.benchmarks.train                 writes helpers/footage/weights.json

Two additive models: the first guesses from each candidate alone, the second looks again with what the likely shots of
the clip tell. The second learns from first guesses made by models that did not see the clip's scene.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from helpers import files, paths
from helpers.footage import model
from helpers.footage.context import CONTEXT
from helpers.footage.features import FEATURES
from helpers.footage.propose import HARDLY, second_look
from tests.benchmarks.material import Take, lessons, real

FIRST, SECOND = list(FEATURES), [*FEATURES, *CONTEXT]
FOLDS = 3
# How much a clip counts, by set: the real ones are few.
COUNTS = {"lesson": 1.0, "hand-labelled": 8.0}
REAL_COUNTS = 3.0
MOST_OTHERS = 6_000
WEIGHTS = paths.root() / "helpers" / "footage" / "weights.json"


def train(takes: list[Take], *, ridge: float = 2.0) -> dict:
    """Both models and the two thresholds, from these takes alone: ``first``, ``second``, ``thresholds``."""
    guesses = _out_of_fold(takes, lambda part: _fit([t.table for t in part], part, FIRST, ridge), FIRST)
    first = _fit([t.table for t in takes], takes, FIRST, ridge)
    looked, kept = [], []
    for take, guess in zip(takes, guesses, strict=True):
        seen = second_look(take.table.assign(shot=take.shots()), guess)
        if len(seen):
            looked.append(seen)
            kept.append(take)
    second = _fit_rows(looked, [table["shot"].to_numpy() for table in looked], kept, SECOND, ridge)
    fold = folds(kept)
    rows = []
    for k in range(FOLDS):
        inside = [i for i in range(len(kept)) if fold[i] != k]
        fitted = _fit_rows([looked[i] for i in inside], [looked[i]["shot"].to_numpy() for i in inside],
                           [kept[i] for i in inside], SECOND, ridge)  # fmt: skip
        rows += [(i, fitted.score(looked[i])) for i in range(len(kept)) if fold[i] == k]
    return {"first": first, "second": second, "thresholds": _thresholds(takes, looked, kept, dict(rows))}


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


def _fit(tables, takes, names, ridge):
    return _fit_rows(tables, [take.shots() for take in takes], takes, names, ridge)


def _fit_rows(tables, shots, takes, names, ridge):
    counts = [np.full(len(table), COUNTS.get(take.set, REAL_COUNTS)) for table, take in zip(tables, takes, strict=True)]
    table, shot, weight = pd.concat(tables, ignore_index=True)[names], np.concatenate(shots), np.concatenate(counts)
    # Of what is no shot a tenth would do: `MOST_OTHERS` are kept, and count for the others.
    others = np.flatnonzero(shot < 0.5)
    kept = np.random.default_rng(0).permutation(others)[:MOST_OTHERS]
    weight[kept] *= len(others) / max(len(kept), 1)
    rows = np.concatenate([np.flatnonzero(shot > 0.5), kept])
    return model.fit(table.iloc[rows], shot[rows], weight[rows], names, ridge=ridge)


def _thresholds(takes, looked, kept, scores) -> dict[str, float]:
    """Balanced: the best F1; high recall: what keeps 99.3 % of the shots that were looked at; out of fold, by set."""
    shot = [table["shot"].to_numpy() for table in looked]
    total = sum(len(take.truth) for take in takes)
    every = np.concatenate([scores[i] for i in range(len(kept))])
    true = np.concatenate(shot)
    order = np.argsort(-every)
    hits = np.cumsum(true[order])
    f1 = 2 * hits / (np.arange(1, len(hits) + 1) + total)
    balanced = float(every[order][int(np.argmax(f1))])
    high = float(np.quantile(every[true > 0.5], 0.004))
    return {"balanced": round(balanced, 3), "high": round(high, 4)}


def store(trained: dict, *, lessons: int, street: int) -> None:
    """Write the weights with what they were trained on."""
    stored = {
        "trained": {
            "by": "python -m tests.benchmarks.train",
            "on": [
                {"what": "simulated clips (helpers/footage/simulate.py; tests/benchmarks/material.py, lesson)",
                 "clips": lessons, "licence": "MIT"},
                {"what": "street sensors, ShotSpotter/research.accuracy-of-gunshot-location", "clips": street,
                 "licence": "CC BY 4.0", "credit": "ShotSpotter, Inc."},
            ],
            "features": FEATURES | CONTEXT,
            "hardly": HARDLY,
        },
        "thresholds": trained["thresholds"],
        "first": trained["first"].as_dict(),
        "second": trained["second"].as_dict(),
    }  # fmt: skip
    files.write(Path(WEIGHTS), json.dumps(stored, indent=1) + "\n")


def main() -> int:
    shared = paths.root().parent / "shared"
    if not shared.is_dir():
        print("the street sensors' recordings are not here: see CONTRIBUTING.md", file=sys.stderr)
        return 1
    street = [take for take in real(shared) if take.set == "street sensors"]
    made = lessons(300)
    trained = train([*street, *made])
    store(trained, lessons=len(made), street=len(street))
    print(f"{paths.shown(WEIGHTS)}: thresholds {trained['thresholds']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
