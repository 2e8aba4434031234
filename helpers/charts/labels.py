"""Placing labels where they overlap neither each other nor the marks, on a plot of known size.

All positions are in pixels, x to the right and y down, as on a screen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .style import text_width

__all__ = ["Box", "place_around", "spread", "stack"]


@dataclass(frozen=True)
class Box:
    """A rectangle that a label or a mark covers."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def within(self, other: Box) -> bool:
        """Whether this box lies inside the other."""
        inside = self.left >= other.left and self.right <= other.right
        return inside and self.top >= other.top and self.bottom <= other.bottom

    def distance(self, x: float, y: float) -> float:
        """How far a point lies from the box; 0 within it."""
        across = max(self.left - x, 0.0, x - self.right)
        return math.hypot(across, max(self.top - y, 0.0, y - self.bottom))

    @classmethod
    def around(cls, x: float, y: float, width: float, height: float) -> Box:
        """The box of a width and height centred on a point."""
        return cls(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def place_around(
    points: Sequence[tuple[float, float]],
    texts: Sequence[str],
    *,
    size: int,
    room: Box,
    mark: float = 10,
    bold: Sequence[bool] = (),
) -> list[tuple[float, float] | None]:
    """Centres for labels near their points, given in order of importance.

    Each label takes the first free place around its point, nearest first: right, left, above, below, then the
    corners, then the same further out. A label with no free place that is nearer to its own point than to any other
    gets None: it is left out rather than drawn over something else, or beside the wrong mark.
    """
    height = size * 1.25
    taken = [Box.around(x, y, mark, mark) for x, y in points]
    bold = bold or [False] * len(texts)
    centres: list[tuple[float, float] | None] = []
    for (x, y), text, heavy in zip(points, texts, bold, strict=True):
        width = text_width(text, size, bold=heavy) + 4
        for away, angle in _places():
            reach_x = mark / 2 + 2 + width / 2 + away
            reach_y = mark / 2 + 1 + height / 2 + away
            centre = (x + math.cos(angle) * reach_x, y - math.sin(angle) * reach_y)
            box = Box.around(*centre, width, height)
            free = box.within(room) and not any(box.overlaps(other) for other in taken)
            # Nearer to another point, it would be read as that one's.
            if free and not any(box.distance(*other) < box.distance(x, y) for other in points if other != (x, y)):
                taken.append(box)
                centres.append(centre)
                break
        else:
            centres.append(None)
    return centres


def _places() -> list[tuple[float, float]]:
    turns = (0, 1, 0.5, 1.5, 0.25, 1.75, 0.75, 1.25, 0.125, 1.875, 0.875, 1.125)
    return [(away, turn * math.pi) for away in (0, 6, 12, 20) for turn in turns]


def spread(places: Sequence[float], *, apart: float, low: float, high: float) -> list[float]:
    """Move places on a line as little as need be so that neighbours stand at least ``apart``, within low and high.

    Pools neighbours that would collide and centres each pool on the mean of its wishes (the pool-adjacent-violators
    algorithm of isotonic regression), so that no order is swapped.

    Raises
    ------
    ValueError
        If so many places do not fit between low and high.
    """
    if (len(places) - 1) * apart > high - low + 1e-9:
        raise ValueError(f"{len(places)} labels {apart} px apart do not fit into {high - low} px")
    order = sorted(range(len(places)), key=lambda number: places[number])
    # Take the spacing out: what is left must only not fall, which is isotonic regression.
    pools: list[list[float]] = []
    for rank, number in enumerate(order):
        wish = min(max(places[number], low), high) - rank * apart
        pools.append([wish, 1])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            mean, weight = pools.pop()
            pools[-1] = [
                (pools[-1][0] * pools[-1][1] + mean * weight) / (pools[-1][1] + weight),
                pools[-1][1] + weight,
            ]
    level = [mean for mean, weight in pools for _ in range(int(weight))]
    room = high - (len(places) - 1) * apart
    moved = [0.0] * len(places)
    for rank, number in enumerate(order):
        moved[number] = min(max(level[rank], low), room) + rank * apart
    return moved


def stack(starts: Sequence[float], texts: Sequence[str], *, size: int, room: float) -> list[tuple[int, str]]:
    """Levels for labels that hang on a line at ``starts``, so that none overlaps: ``(level, align)`` for each.

    A label stands right of its start (``left`` aligned) unless it would leave the ``room`` on the right.
    """
    levels: list[list[tuple[float, float]]] = []
    placed = []
    for start, text in zip(starts, texts, strict=True):
        width = text_width(text, size) + 10
        fits = start + width <= room or start < room / 2
        extent = (start - 2, start + width) if fits else (start - width, start + 2)
        free = (level for level, others in enumerate(levels) if all(_apart(extent, other) for other in others))
        level = next(free, len(levels))
        if level == len(levels):
            levels.append([])
        levels[level].append(extent)
        placed.append((level, "left" if fits else "right"))
    return placed


def _apart(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[1] <= other[0] or other[1] <= one[0]
