"""For learning, on simulated sound alone: reviewers who know the truth but for slips, and a score against the truth.

A simulated reviewer is no measure of what people hear. It is there so that the whole way, from proposals to two blind
reviews and a shot log, can be walked without footage; and everything it makes is marked simulated.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from .session import SAME_S, Review

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Score", "rehearse", "score"]

NEAR_S = 0.025
SLIP, ADDS = 0.04, 0.8


@dataclass(frozen=True)
class Score:
    """Times held against the truth, one to one within ±``within_s``: ``found``, ``false``, ``missed``, errors in ms."""

    found: int
    false: int
    missed: int
    median_error_ms: float
    largest_error_ms: float
    within_s: float = NEAR_S

    @property
    def precision(self) -> float:
        """The share of what was given that is true."""
        return self.found / (self.found + self.false) if self.found + self.false else float("nan")

    @property
    def recall(self) -> float:
        """The share of the truth that was given."""
        return self.found / (self.found + self.missed) if self.found + self.missed else float("nan")

    @property
    def f1(self) -> float:
        """Twice what was found over all that was given and all that is true (the F measure of van Rijsbergen 1979)."""
        return 2 * self.found / (2 * self.found + self.false + self.missed)

    def __str__(self) -> str:
        error = f"; median error {self.median_error_ms:+.1f} ms" if self.found else ""
        return (
            f"{self.found} of {self.found + self.missed} shots found, {self.false} false, {self.missed} missed, "
            f"within {self.within_s * 1000:.0f} ms: F1 {self.f1:.2f}{error}"
        )


def score(times: Sequence[float], truth: Sequence[float], within_s: float = NEAR_S) -> Score:
    """Hold times against the truth; each takes part in one pair at most, in as many pairs as can be.

    Both are walked in order of time: the earliest that can still be paired is, which gives the most pairs there are
    (intervals of one width on a line; as ``mir_eval.util.match_events`` finds them by bipartite matching).
    """
    times, truth = sorted(map(float, times)), sorted(map(float, truth))
    errors: list[float] = []
    at = 0
    for true in truth:
        while at < len(times) and times[at] < true - within_s:
            at += 1
        if at < len(times) and times[at] <= true + within_s:
            errors.append((times[at] - true) * 1000)
            at += 1
    found = len(errors)
    largest = max(errors, key=abs) if errors else float("nan")
    middle = median(errors) if errors else float("nan")
    return Score(found, len(times) - found, len(truth) - found, middle, largest, within_s)


def rehearse(review: Review, truth: Sequence[float], *, seed: int) -> Review:
    """Have a simulated reviewer go through a review of simulated sound; the same for the same seed.

    It confirms the nearest proposal within 25 ms of each true shot and rejects the others; in one of twenty-five it
    slips and says possible; of the shots that were not proposed it adds four in five, placed to within 2 ms.

    Raises
    ------
    ValueError
        If the review is of real recordings: nobody knows their truth.
    """
    if not review.simulated:
        raise ValueError("only simulated sound can be rehearsed: of real footage nobody knows the truth")
    draw = random.Random(seed)
    if review.progress()[0]:
        return review
    taken: dict[str, float] = {}
    for true in sorted(truth):
        near = [mark for mark in review.ordered() if abs(mark.t_s - true) <= NEAR_S and mark.id not in taken]
        if near:
            taken[min(near, key=lambda mark: abs(mark.t_s - true)).id] = true
    for mark in review.ordered():
        right = "confirm" if mark.id in taken else "reject"
        review.do("possible" if draw.random() < SLIP else right, mark=mark.id)
    clip = review.recordings[0].file
    for true in sorted(set(map(float, truth)) - set(taken.values())):
        placed = round(true + 0.004 * (draw.random() - 0.5), 6)
        # Where a mark stands already, the two are heard as one.
        if draw.random() < ADDS and all(abs(mark.t_s - placed) >= SAME_S for mark in review.ordered()):
            review.do("add", t_s=placed, u_s=0.002, clip=clip)
    return review
