"""Every exact statistic of helpers/force against R's, on 500 random tables.

    python tests/benchmarks/r_cross_check.py

needs Rscript (Debian: r-base-core). It writes R's answers to ``r_answers.csv`` beside it and prints the largest
difference of each statistic; the tests compare with those answers where there is no R.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from helpers import files
from helpers.force import agencies, exact, proportions, shots_fired

HERE = Path(__file__).parent
ANSWERS = HERE / "r_answers.csv"
TABLES = 500
AGREE = 1e-8
SEED = 20150102


def tables() -> pd.DataFrame:
    """500 random tables: two counts and exposures, a table of 2 to 3 rows and 2 to 4 columns, two samples untied."""
    rng = np.random.default_rng(SEED)
    rows = []
    for number in range(TABLES):
        mean = 10 ** rng.uniform(-1, 2.6)
        e1, e2 = 10 ** rng.uniform(-2, 6, size=2)
        shape = rng.integers(2, 4), rng.integers(2, 5)
        # The exact test of a table is for small cells; three rows of large ones are beyond it.
        cells = rng.poisson(10 ** rng.uniform(0, 1.2 if shape[0] == 2 else 0.5), size=shape)
        cells[0, 0] += 1  # no row or column empty: R's chisq.test has no answer there
        cells[1:, 0] += 1
        cells[0, 1:] += 1
        untied = rng.permutation(200)
        rows.append(
            {
                "table": number,
                "x1": rng.poisson(mean),
                "e1": float(f"{e1:.6g}"),
                "x2": rng.poisson(mean * 10 ** rng.uniform(-0.7, 0.7)),
                "e2": float(f"{e2:.6g}"),
                "rows": shape[0],
                "cells": " ".join(str(cell) for cell in cells.ravel()),
                "sample": " ".join(str(value) for value in untied[: rng.integers(10, 20)]),
                "other": " ".join(str(value + rng.integers(0, 2) * 300) for value in untied[30 : rng.integers(41, 49)]),
            }
        )
    return pd.DataFrame(rows)


def ours(table) -> dict[str, float]:
    """The kit's answers for one table, under R's names."""
    x1, e1, x2, e2 = table.x1, table.e1, table.x2, table.e2
    cells = np.array(table.cells.split(), int).reshape(table.rows, -1)
    found = proportions.association(cells)
    order = np.arange(1, cells.shape[1] + 1)
    weights = order / order.sum() / (1000 * order + 500)
    sample, other = (pd.DataFrame({"shots": np.array(text.split(), int)}) for text in (table.sample, table.other))
    compared = shots_fired.compare(sample, other)
    expected = (x1 + x2) * e1 / (e1 + e2)
    pairs = {
        "garwood": exact.garwood_interval(x1, e1),
        "ratio": exact.ratio_interval(x1, e1, x2, e2),
        "mid_p": exact.ratio_interval(x1, e1, x2, e2, mid_p=True),
        "share": exact.clopper_pearson_interval(x1, x1 + x2),
        "standard": exact.standardised_interval(cells[0], weights),
        "median": shots_fired.shots_per_incident(sample).median_interval,
    }
    single = {
        "ratio_p": exact.ratio_test(x1, e1, x2, e2),
        "mid_p_p": exact.ratio_test(x1, e1, x2, e2, mid_p=True),
        "fisher_p": exact.table_test(cells),
        "chi2_p": found.p_chi2,
        "rank_p": compared.p,
        "expected_p": float(agencies.two_sided(np.array([x1]), np.array([expected]))[0]) if expected else 1.0,
    }
    return {
        f"{name}_{end}": bound for name, pair in pairs.items() for end, bound in zip(("low", "high"), pair, strict=True)
    } | single


def differences(answers: pd.DataFrame) -> pd.DataFrame:
    """How far each statistic is from R's, a row a table: relative for limits, absolute for p-values.

    What one of the two does not answer is infinitely far.
    """
    mine = _kits_answers()
    names = [name for name in answers.columns if name != "table"]
    r, kit = answers[names], mine[names]
    scale = r.abs().mask(r == 0, 1.0)
    scale[[name for name in names if name.endswith("_p")]] = 1.0
    return ((kit - r).abs() / scale).fillna(np.inf).mask(np.isinf(r) & np.isinf(kit), 0.0)


@cache
def _kits_answers() -> pd.DataFrame:
    return pd.DataFrame([ours(table) for table in tables().itertuples()])


def ask_r() -> tuple[pd.DataFrame, str]:
    """R's answers and R's version."""
    with tempfile.TemporaryDirectory() as folder:
        asked, answered = Path(folder) / "tables.csv", Path(folder) / "answers.csv"
        tables().to_csv(asked, index=False)
        script = HERE / "r_cross_check.R"
        done = subprocess.run(["Rscript", str(script), asked, answered], check=True, capture_output=True, text=True)
        return pd.read_csv(answered, skipinitialspace=True), done.stdout.strip()


def main() -> int:
    answers, version = ask_r()
    files.write(ANSWERS, answers.to_csv(index=False, lineterminator="\n", float_format="%.17g"))
    apart = differences(answers)
    print(f"{version}; {len(answers)} tables; largest difference of each statistic")
    print(apart.max().map("{:.1e}".format).to_string())
    worst = apart.max().max()
    print(f"worst {worst:.1e}: {'agrees' if worst <= AGREE else 'DISAGREES'} (limit {AGREE:.0e})")
    return int(not worst <= AGREE)


if __name__ == "__main__":
    sys.exit(main())
