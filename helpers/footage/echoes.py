"""Lags that recur: what follows many shots at one delay is more likely a wall or a supersonic crack than a second gun.

A lag is evidence only if it recurs within 3 ms after several different sounds, and what comes at the lag is weaker
than what it follows. Real bursts recur too (many pistols cycle in about 0.1 s), so this only ever raises a flag.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

__all__ = ["LONGEST_S", "SHORTEST_S", "WITHIN_S", "echo_evidence"]

# Nearer than this a reflection cannot be told from the blast; further (170 m to a wall and back) it is rarely heard.
SHORTEST_S = 0.012
LONGEST_S = 1.0
WITHIN_S = 0.003
# A reflection is not louder than the direct sound, give or take.
LOUDER_DB = 1.0
WEAKER_DB = 35.0
# How far a pair's drop in level may differ from another pair's and still be the same wall.
DROP_DB = 8.0
# Walls stay where they are, but cameras move.
AROUND_S = 20.0
MOST_PARENTS = 8


def echo_evidence(t_s: np.ndarray, level_db: np.ndarray, weight: np.ndarray) -> dict[str, np.ndarray]:
    """For each candidate, the lag to an earlier and stronger one that recurs most.

    Parameters
    ----------
    t_s, level_db : arrays
        Times in order, and levels in dB.
    weight : array
        How much each counts as a parent, 0 to 1: what is hardly a shot makes no echo worth the name.

    Returns
    -------
    dict of arrays as long as ``t_s``
        ``echo_votes``: the weight of other candidates that have a weaker one at the lag; ``echo_share``: the share of
        the weight of those that could; ``echo_lag_s``: the lag, NaN for none; ``echo_parent``: the place of the
        supposed parent, -1 for none; ``echo_drop``: how far the candidate lies below it, dB.
    """
    import numpy as np

    n = len(t_s)
    found = {
        "echo_votes": np.zeros(n), "echo_share": np.zeros(n), "echo_lag_s": np.full(n, np.nan),
        "echo_parent": np.full(n, -1), "echo_drop": np.zeros(n),
    }  # fmt: skip
    first = np.searchsorted(t_s, t_s - LONGEST_S)
    for i in range(n):
        parents = np.arange(first[i], i)
        lag, drop = t_s[i] - t_s[parents], level_db[parents] - level_db[i]
        able = (lag >= SHORTEST_S) & (drop > -LOUDER_DB) & (drop < WEAKER_DB) & (weight[parents] > 0.05)
        parents = parents[able]
        parents = parents[np.argsort(-weight[parents], kind="stable")[:MOST_PARENTS]]
        best = (0.0, 0.0, -1)
        for j in parents:
            votes, share = _recurrence(t_s, level_db, weight, i, j)
            if votes * share > best[0] * best[1] or best[2] < 0:
                best = (votes, share, j)
        if best[2] >= 0:
            j = best[2]
            found["echo_votes"][i], found["echo_share"][i] = best[:2]
            found["echo_lag_s"][i], found["echo_parent"][i] = t_s[i] - t_s[j], j
            found["echo_drop"][i] = level_db[j] - level_db[i]
    return found


def _recurrence(t_s, level_db, weight, i: int, j: int) -> tuple[float, float]:
    """The weight, and its share, of other parents that have a like child at the lag from j to i."""
    import numpy as np

    lag, drop = t_s[i] - t_s[j], level_db[j] - level_db[i]
    start, stop = np.searchsorted(t_s, (t_s[j] - AROUND_S, t_s[j] + AROUND_S))
    others = np.arange(start, stop)
    others = others[(others != j) & (others != i) & (weight[others] > 0.05)]
    if not len(others):
        return 0.0, 0.0
    place = np.searchsorted(t_s, t_s[others] + lag)
    hit = np.zeros(len(others), bool)
    for near in (place - 1, place):
        at = np.clip(near, 0, len(t_s) - 1)
        alike = np.abs(level_db[others] - level_db[at] - drop) < DROP_DB
        hit |= (np.abs(t_s[at] - t_s[others] - lag) <= WITHIN_S) & alike & (at != others)
    counted = weight[others]
    return float(counted[hit].sum()), float(counted[hit].sum() / counted.sum())
