"""What reported facts allow: the fewest and the most shots that could have been fired by each second.

The cumulative count C(t) never falls, is 0 before the zero and the reported total at the end of the span; each partial
fact ("3 of them after 20 s") bounds a difference of two of its values. Such a system of difference constraints has
exact bounds: the shortest paths in the graph of its constraints (Cormen, Leiserson, Rivest and Stein, *Introduction
to Algorithms*, section "Difference constraints and shortest paths"; Bellman-Ford).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Partial", "band"]


@dataclass(frozen=True)
class Partial:
    """A count known for a part of the span: ``at_least`` to ``at_most`` shots after ``from_s``, up to ``to_s``."""

    from_s: float
    to_s: float
    at_least: int = 0
    at_most: float = math.inf


def band(total: int, span_s: float, partial: Iterable[Partial] = ()) -> pd.DataFrame:
    """The band that the facts allow.

    Parameters
    ----------
    total : int
        Shots fired in all, 0 or more.
    span_s : float
        Seconds they were fired in, more than 0. The reports seldom say that the span begins and ends with a shot,
        so that is not assumed: at 0 s none may have been fired, and at any moment before ``span_s`` all may have.
    partial : iterable of Partial
        Counts known for parts of the span. Time outside the span is taken as its end or beginning.

    Returns
    -------
    DataFrame
        ``start_s, end_s, least, most``: a row for each stretch between times that a fact names. Within a stretch
        between ``least`` and ``most`` shots have been fired, and no tighter bound follows from these facts.

    Raises
    ------
    ValueError
        If the facts contradict each other, or the total or span cannot be.

    Examples
    --------
    >>> band(96, 41.0, [Partial(30.0, 41.0, at_least=3)]).to_dict("list")
    {'start_s': [0.0, 30.0], 'end_s': [30.0, 41.0], 'least': [0, 0], 'most': [93, 96]}
    """
    import pandas as pd

    if total < 0 or not 0 < span_s < math.inf:
        raise ValueError(f"{total} shots in {span_s} s cannot be")
    partial = [_clipped(fact, span_s) for fact in partial]
    times = sorted({0.0, span_s, *(time for fact in partial for time in (fact.from_s, fact.to_s))})
    place = {time: number for number, time in enumerate(times)}
    last = len(times) - 1
    # An edge (a, b, w) says C(b) - C(a) <= w.
    edges = [(later, later - 1, 0.0) for later in range(1, last + 1)]
    edges += [(0, last, float(total)), (last, 0, -float(total))]
    for fact in partial:
        start, end = place[fact.from_s], place[fact.to_s]
        edges += [(start, end, fact.at_most), (end, start, -float(fact.at_least))]
    most = _shortest([0.0] + [math.inf] * last, edges)
    least = _shortest([0.0] + [math.inf] * last, [(b, a, w) for a, b, w in edges])
    return pd.DataFrame(
        {
            "start_s": times[:-1],
            "end_s": times[1:],
            "least": [int(-least[number]) for number in range(last)],
            "most": [int(most[number + 1]) for number in range(last)],
        }
    )


def _clipped(fact: Partial, span_s: float) -> Partial:
    start, end = (min(max(time, 0.0), span_s) for time in (fact.from_s, fact.to_s))
    if fact.from_s > fact.to_s or fact.at_least > fact.at_most:
        raise ValueError(f"{fact} cannot be: its end comes before its beginning, or its most is below its least")
    return Partial(start, end, fact.at_least, fact.at_most)


def _shortest(distance: list[float], edges: list[tuple[int, int, float]]) -> list[float]:
    """Bellman-Ford from node 0; a cycle that keeps shortening is a contradiction among the facts."""
    for _ in range(len(distance) + 1):
        changed = False
        for start, end, weight in edges:
            if distance[start] + weight < distance[end]:
                distance[end] = distance[start] + weight
                changed = True
        if not changed:
            return distance
    raise ValueError("the facts contradict each other: no way of firing fits them all")
