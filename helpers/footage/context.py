"""What the likely shots of a clip tell about each of them: the second look, after a first guess at which are shots.

Guns of one scene at one microphone resemble each other in level and spectrum; echoes are weaker, duller, and follow at
lags that recur. Each measure here weighs the other candidates by the first guess.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .echoes import echo_evidence
from .features import neighbours

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["CONTEXT", "context"]

CONTEXT = {
    "first": "the first guess, log odds",
    "below_likely": "level below the likely shots' upper quartile, dB",
    "high_below_likely": "level above 2400 Hz below the likely shots' upper quartile, dB",
    "rise_below_likely": "novelty below the likely shots' upper quartile, dB",
    "fall_below_likely": "fall after 15 ms less than the likely shots', dB",
    "likely_masked": "peak over the decaying mask of the likely shots before, dB",
    "likely_since_s": "log10 of seconds since a likely shot as strong (-6 dB), most 3 s",
    "likely_before": "highest first guess within 1 s before, of candidates as strong",
    "likely_after": "highest first guess within 1 s after, of candidates as strong",
    "rank_2s": "the sum of first guesses higher than this one's within 2 s",
    "likely_number": "log10 of 1 + the sum of first guesses within 10 s",
    "echo_votes": "log10 of 1 + the weight of others that have a weaker one at this lag",
    "echo_share": "the share of those that could",
    "echo_drop": "level below the supposed parent, dB (0 for none)",
    "echo_dull": "loss above 2400 Hz against the supposed parent, dB (0 for none)",
    "echo_first": "the first guess of the supposed parent, 0 for none",
    "parent_votes": "log10 of 1 + the weight of echoes that name this one as parent",
}


def context(table: pd.DataFrame, first: np.ndarray) -> pd.DataFrame:
    """The columns of `CONTEXT`, and ``echo_lag_s``, for candidates with their `features`; ``first`` is 0 to 1."""
    import numpy as np
    import pandas as pd

    t_s, level = table["t_s"].to_numpy(), table["level_db"].to_numpy()
    found = pd.DataFrame(index=table.index)
    found["first"] = np.log((first + 1e-4) / (1 - first + 1e-4))
    evidence = echo_evidence(t_s, level, first)
    parent = evidence.pop("echo_parent")
    has, high = parent >= 0, table["high_level"].to_numpy()
    found["echo_lag_s"] = evidence["echo_lag_s"]
    found["echo_votes"] = np.log10(1 + evidence["echo_votes"])
    found["echo_share"], found["echo_drop"] = evidence["echo_share"], evidence["echo_drop"]
    found["echo_dull"] = np.where(has, high[parent] - high, 0)
    found["echo_first"] = np.where(has, first[parent], 0)
    children = np.zeros(len(table))
    np.add.at(children, parent[has], (evidence["echo_votes"] * evidence["echo_share"])[has])
    found["parent_votes"] = np.log10(1 + children)
    _add_likely(found, table, first)
    return found


def _add_likely(found, table, first) -> None:
    import numpy as np

    t_s, level = table["t_s"].to_numpy(), table["level_db"].to_numpy()
    n = len(t_s)
    columns = {name: table[source].to_numpy() for name, source in {
        "below_likely": "level_db", "high_below_likely": "high_level", "rise_below_likely": "rise",
        "fall_below_likely": "fall_15ms",
    }.items()}  # fmt: skip
    for name, values in columns.items():
        found[name] = _upper_quartile(t_s, values, first) - values
    mask, since = np.empty(n), np.empty(n)
    before, after, rank = np.empty(n), np.empty(n), np.empty(n)
    # What is likely a shot masks less than anything after 4 s: 35 dB a second.
    for (rows, gap, levels), (_, _, guess) in zip(
        neighbours(t_s, level, 4.0), neighbours(t_s, first, 4.0), strict=True
    ):
        past, strong = gap < 0, levels > level[rows, None] - 6
        guess = np.maximum(guess, 0)
        likely = past & (guess > 0.3)
        mask[rows] = np.where(likely, levels - 5 + 35 * gap, -200.0).max(axis=1)
        since[rows] = np.where(likely & strong, -gap, 3.0).min(axis=1, initial=3.0)
        guess_of_strong = np.where(strong & (np.abs(gap) < 1), guess, 0)
        before[rows] = np.where(past, guess_of_strong, 0).max(axis=1)
        after[rows] = np.where(gap > 0, guess_of_strong, 0).max(axis=1)
        rank[rows] = np.where((np.abs(gap) < 2) & (guess > first[rows, None]), guess, 0).sum(axis=1)
    total = np.concatenate([[0.0], np.cumsum(first)])
    number = total[np.searchsorted(t_s, t_s + 10.0, side="right")] - total[np.searchsorted(t_s, t_s - 10.0)]
    found["likely_masked"] = np.minimum(level - mask, 60)
    found["likely_since_s"], found["likely_before"], found["likely_after"] = np.log10(since), before, after
    found["rank_2s"], found["likely_number"] = rank, np.log10(1 + number)


def _upper_quartile(t_s, values, weight):
    """The weighted upper quartile of a measure over the 30 s around each candidate, in steps of 5 s."""
    import numpy as np

    steps = np.floor((t_s - t_s[0]) / 5).astype(int)
    quartiles = np.empty(len(t_s))
    for step in np.unique(steps):
        centre = t_s[0] + 5 * step + 2.5
        start, stop = np.searchsorted(t_s, (centre - 15, centre + 15))
        order = np.argsort(values[start:stop])
        total = np.cumsum(weight[start:stop][order] + 1e-6)
        place = np.searchsorted(total, 0.75 * total[-1])
        quartiles[steps == step] = values[start:stop][order][min(place, len(order) - 1)]
    return quartiles
