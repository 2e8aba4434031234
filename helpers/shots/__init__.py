"""Shot logs: reading, measuring, simulating. A shot log is a table of an incident's shots, a row a shot."""

from .log import check, read
from .measure import (
    Count,
    Span,
    after,
    by_police,
    by_shooter,
    count,
    counts,
    cumulative,
    gaps,
    pauses,
    rate,
    span,
    volleys,
    window_for,
)

__all__ = [
    "Count",
    "Span",
    "after",
    "by_police",
    "by_shooter",
    "check",
    "count",
    "counts",
    "cumulative",
    "gaps",
    "pauses",
    "rate",
    "read",
    "span",
    "volleys",
    "window_for",
]
