"""The scores: an additive logistic model, one bent line a measure, small enough to read.

A score is the logistic function of a sum; each measure adds what its line gives at its value, with straight lines
between knots and level beyond the outermost. So every score can be taken apart into what spoke for and against, and a
person can look at every line in `weights.json`. The lines are fitted by penalised maximum likelihood (Hastie &
Tibshirani, "Generalized Additive Models", 1990; a ridge on values and on bends).
"""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["Additive", "fit", "shipped"]

KNOTS = 6


@dataclass(frozen=True)
class Additive:
    """An additive logistic model: ``lines[measure]`` is ``(knots, values)``; ``base`` is what all start from."""

    base: float
    lines: dict[str, tuple[tuple[float, ...], tuple[float, ...]]]

    def parts(self, table: pd.DataFrame) -> np.ndarray:
        """What each measure adds to the log odds of each row [rows, measures]."""
        import numpy as np

        return np.column_stack([np.interp(table[name].to_numpy(), *line) for name, line in self.lines.items()])

    def score(self, table: pd.DataFrame) -> np.ndarray:
        """The scores of a table's rows, 0 to 1."""
        import numpy as np

        if not len(table):
            return np.zeros(0)
        return 1 / (1 + np.exp(-(self.base + self.parts(table).sum(axis=1))))

    def as_dict(self) -> dict:
        """For JSON, values to four digits."""
        lines = {
            name: {"at": [_digits(x) for x in knots], "adds": [_digits(y) for y in values]}
            for name, (knots, values) in self.lines.items()
        }
        return {"base": _digits(self.base), "lines": lines}

    @classmethod
    def from_dict(cls, stored: dict) -> Additive:
        """The inverse of `as_dict`."""
        lines = {name: (tuple(line["at"]), tuple(line["adds"])) for name, line in stored["lines"].items()}
        return cls(stored["base"], lines)


def _digits(value: float) -> float:
    return float(f"{value:.4g}")


@cache
def shipped() -> dict:
    """The kit's own weights with their provenance: keys ``trained``, ``first``, ``second``, ``thresholds``."""
    text = resources.files(__package__).joinpath("weights.json").read_text(encoding="utf-8")
    stored = json.loads(text)
    return stored | {name: Additive.from_dict(stored[name]) for name in ("first", "second")}


def fit(table: pd.DataFrame, shot: np.ndarray, weight: np.ndarray, names: list[str], *, ridge: float = 1.0) -> Additive:
    """Fit an additive model: rows of ``table``, whether each is a shot, and how much each row counts.

    Knots stand at quantiles of the rows' values. The penalty is ``ridge`` times the sum of the squares of the values
    and of the bends of all lines, for measures scaled by their knots.
    """
    import numpy as np

    columns, knots, names = [], [], list(names)
    for name in names:
        values = table[name].to_numpy()
        at = np.unique(np.round(np.quantile(values, np.linspace(0.02, 0.98, KNOTS)), 6))
        at = at if len(at) > 1 else np.array([at[0], at[0] + 1.0])
        knots.append(at)
        columns.append(np.column_stack([np.interp(values, at, row) for row in np.eye(len(at))]))
    basis = np.hstack([np.ones((len(table), 1)), *columns])
    edges = np.cumsum([1, *(len(at) for at in knots)])
    penalty = np.zeros((basis.shape[1], basis.shape[1]))
    for start, stop in itertools.pairwise(edges):
        bend = np.diff(np.eye(stop - start), 2, axis=0)
        penalty[start:stop, start:stop] = ridge * (0.2 * np.eye(stop - start) + bend.T @ bend)
    found = _newton(basis, (shot > 0.5).astype("float64"), weight, penalty + 1e-6 * np.eye(len(penalty)))
    lines = {
        name: (tuple(map(float, at)), tuple(map(float, found[first:last])))
        for name, at, first, last in zip(names, knots, edges, edges[1:], strict=False)
    }
    return Additive(float(found[0]), lines)


def _newton(basis, shot, weight, penalty):
    """Penalised logistic regression by Newton's method with halved steps; the loss is convex, so it has one end."""
    import numpy as np

    def loss(coefficients):
        margin = basis @ coefficients
        return float((weight * (np.logaddexp(0, margin) - shot * margin)).sum()) + 0.5 * float(
            coefficients @ penalty @ coefficients
        )

    # Single precision for the curvature alone: it only says which way to step.
    rough = basis.astype("float32")
    coefficients = np.zeros(basis.shape[1])
    now = loss(coefficients)
    for _ in range(60):
        chance = 1 / (1 + np.exp(-np.clip(basis @ coefficients, -500, 500)))
        gradient = basis.T @ (weight * (chance - shot)) + penalty @ coefficients
        bend = (weight * chance * (1 - chance) + 1e-9).astype("float32")
        curve = (rough.T @ (rough * bend[:, None])).astype("float64") + penalty
        step = np.linalg.solve(curve, gradient)
        size = 1.0
        while size > 1e-4 and loss(coefficients - size * step) > now:
            size /= 2
        coefficients = coefficients - size * step
        before, now = now, loss(coefficients)
        if before - now < 1e-5 * max(now, 1):
            break
    return coefficients
