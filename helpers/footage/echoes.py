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
# What is less likely a shot has no echo worth looking for.
LEAST_WEIGHT = 0.05
# Pairs that are worked on at a time.
ROWS = 512


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
    able = np.flatnonzero(weight > LEAST_WEIGHT)
    for start in range(0, n, ROWS) if len(able) else ():
        rows = np.arange(start, min(start + ROWS, n))
        parents = _parents(t_s, level_db, weight, able, rows)
        has = parents[:, 0] >= 0
        rows, parents = rows[has], parents[has]
        if not len(rows):
            continue
        votes, share = np.zeros(parents.shape), np.zeros(parents.shape)
        child, column = np.nonzero(parents >= 0)
        votes[child, column], share[child, column] = _recurrence(
            t_s, level_db, weight, able, rows[child], parents[child, column]
        )
        best = (np.arange(len(rows)), (votes * share).argmax(axis=1))
        parent = parents[best]
        found["echo_votes"][rows], found["echo_share"][rows] = votes[best], share[best]
        found["echo_lag_s"][rows], found["echo_parent"][rows] = t_s[rows] - t_s[parent], parent
        found["echo_drop"][rows] = level_db[parent] - level_db[rows]
    return found


def _parents(t_s, level_db, weight, able, rows) -> np.ndarray:
    """For each row, which of those ``able`` it may echo, the likeliest first, else -1 [rows, MOST_PARENTS]."""
    import numpy as np

    first = np.searchsorted(t_s[able], t_s[rows] - LONGEST_S)
    last = np.searchsorted(t_s[able], t_s[rows] - SHORTEST_S, side="right")
    places = first[:, None] + np.arange(max((last - first).max(), MOST_PARENTS))
    parents = able[np.minimum(places, len(able) - 1)]
    drop = level_db[parents] - level_db[rows, None]
    fits = (places < last[:, None]) & (drop > -LOUDER_DB) & (drop < WEAKER_DB)
    order = np.argsort(np.where(fits, -weight[parents], np.inf), axis=1, kind="stable")[:, :MOST_PARENTS]
    return np.take_along_axis(np.where(fits, parents, -1), order, axis=1)


def _recurrence(t_s, level_db, weight, able, child, parent) -> tuple[np.ndarray, np.ndarray]:
    """For each pair, the weight, and its share, of other parents that have a like child at the pair's lag."""
    import numpy as np

    votes, share = np.zeros(len(child)), np.zeros(len(child))
    first = np.searchsorted(t_s[able], t_s[parent] - AROUND_S)
    last = np.searchsorted(t_s[able], t_s[parent] + AROUND_S)
    for start in range(0, len(child), ROWS):
        part = slice(start, start + ROWS)
        places = first[part, None] + np.arange((last[part] - first[part]).max())
        others = able[np.minimum(places, len(able) - 1)]
        counted = (places < last[part, None]) & (others != parent[part, None]) & (others != child[part, None])
        lag = (t_s[child[part]] - t_s[parent[part]])[:, None]
        drop = (level_db[parent[part]] - level_db[child[part]])[:, None]
        place, hit = np.searchsorted(t_s, t_s[others] + lag), np.zeros(others.shape, bool)
        for near in (place - 1, place):
            at = np.clip(near, 0, len(t_s) - 1)
            alike = np.abs(level_db[others] - level_db[at] - drop) < DROP_DB
            hit |= (np.abs(t_s[at] - t_s[others] - lag) <= WITHIN_S) & alike & (at != others)
        weights = np.where(counted, weight[others], 0)
        votes[part] = np.where(hit, weights, 0).sum(axis=1)
        share[part] = votes[part] / np.maximum(weights.sum(axis=1), 1e-9)
    return votes, share
