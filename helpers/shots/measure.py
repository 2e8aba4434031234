"""Measuring a shot log: counts, span, pace, gaps, pauses and volleys, each with its uncertainty carried through.

Two uncertainties run through every measure, and neither is a probability:

*Was it a shot?* ``confidence`` says. The lowest count takes the certain shots alone; the highest takes the possible
ones and the possible echoes too.

*When was it?* ``u_s`` is a bound: the shot fell within ``t_s - u_s`` and ``t_s + u_s``. So the bounds of a difference
of two times add up (they are not combined as standard deviations are). Where ``u_s`` is empty the uncertainty is not
known, and a measure that needs it says so with a missing value rather than with 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Count",
    "Span",
    "after",
    "by_police",
    "by_shooter",
    "count",
    "counts",
    "cumulative",
    "gaps",
    "pauses",
    "rate",
    "span",
    "volleys",
    "window_for",
]

WINDOWS_S = (0.25, 0.5, 1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True)
class Count:
    """How many shots: ``certain``, ``possible`` and ``echoes`` (possible echoes) apart.

    >>> print(Count(certain=90, possible=4, echoes=2))
    92 confirmed, plus 4 possible, minus 2 possible echoes
    """

    certain: int
    possible: int
    echoes: int

    @property
    def lowest(self) -> int:
        """The certain shots alone."""
        return self.certain

    @property
    def highest(self) -> int:
        """Every row, taken as a shot."""
        return self.certain + self.possible + self.echoes

    def __str__(self) -> str:
        parts = [f"{self.certain + self.echoes} confirmed"]
        if self.possible:
            parts.append(f"plus {self.possible} possible")
        if self.echoes:
            parts.append(f"minus {self.echoes} possible echo{'es' if self.echoes > 1 else ''}")
        return ", ".join(parts)


@dataclass(frozen=True)
class Span:
    """From the first shot to the last: ``first_s``, ``last_s``, ``span_s`` and its bound ``u_s``, all in seconds.

    ``u_s`` is NaN where the uncertainty of either end is not known.
    """

    first_s: float
    last_s: float
    span_s: float
    u_s: float


def count(log: pd.DataFrame) -> Count:
    """Count the shots of a log by confidence."""
    by_confidence = log["confidence"].value_counts()
    return Count(*(int(by_confidence.get(word, 0)) for word in ("certain", "possible", "possible echo")))


def counts(log: pd.DataFrame) -> pd.DataFrame:
    """Count shots by side and confidence: a row a side that fired, columns the confidences and ``lowest, highest``."""
    return _counted(log, "side")


def by_shooter(log: pd.DataFrame) -> pd.DataFrame:
    """Count shots by shooter: a row a shooter in order of first shot; ``side, certain, ... lowest, highest``."""
    totals = _counted(log, "shooter").loc[log["shooter"].unique()]
    totals.insert(0, "side", log.groupby("shooter")["side"].agg(lambda sides: " and ".join(sides.unique())))
    return totals


def _counted(log: pd.DataFrame, column: str) -> pd.DataFrame:
    import pandas as pd

    words = ["certain", "possible", "possible echo"]
    table = pd.crosstab(log[column], log["confidence"]).reindex(columns=words, fill_value=0)
    table.columns.name = None
    return table.assign(lowest=table["certain"], highest=table[words].sum(axis=1))


def span(log: pd.DataFrame, *, certain: bool = False) -> Span:
    """The time from the first shot to the last, of all rows or of the certain ones alone.

    Raises
    ------
    ValueError
        If no row is left to measure.
    """
    log = log[log["confidence"] == "certain"] if certain else log
    if log.empty:
        raise ValueError("no shot to measure a span of")
    early, late = log["t_s"] - log["u_s"], log["t_s"] + log["u_s"]
    first, last = float(log["t_s"].min()), float(log["t_s"].max())
    bound = float("nan")
    if len(log) == 1:
        bound = 0.0
    elif log["u_s"].notna().all():
        # Whichever shots were first and last, the span lies between the shortest and the longest that the bounds allow.
        shortest, longest = max(early.max() - late.min(), 0.0), late.max() - early.min()
        bound = float(max(longest - (last - first), (last - first) - shortest))
    return Span(first, last, last - first, bound)


def gaps(log: pd.DataFrame) -> pd.DataFrame:
    """The time between each shot and the next (a "split"): ``from_s, to_s, gap_s, u_s``, a row a pair of neighbours.

    ``u_s`` is the sum of both shots' bounds; missing where either is not known.
    """
    import pandas as pd

    log = log.sort_values("t_s", kind="stable")
    start, end = log.iloc[:-1], log.iloc[1:]
    table = pd.DataFrame(
        {
            "from_s": start["t_s"].to_numpy(),
            "to_s": end["t_s"].to_numpy(),
            "gap_s": end["t_s"].to_numpy() - start["t_s"].to_numpy(),
            "u_s": end["u_s"].to_numpy() + start["u_s"].to_numpy(),
        }
    )
    table.attrs = dict(log.attrs)
    return table


def pauses(log: pd.DataFrame, *, longer_than_s: float = 1.0) -> pd.DataFrame:
    """The gaps that may be longer than a threshold: as `gaps`, with ``surely`` True where no timing error undoes it.

    Where timing uncertainty is not known, ``surely`` is False.
    """
    table = gaps(log)
    uncertain = table["u_s"].fillna(0)
    table = table[table["gap_s"] + uncertain > longer_than_s]
    surely = table["u_s"].notna() & (table["gap_s"] - table["u_s"] > longer_than_s)
    return table.assign(surely=surely).reset_index(drop=True)


def volleys(log: pd.DataFrame, *, pause_s: float = 1.0) -> pd.DataFrame:
    """Runs of shots with no gap longer than ``pause_s``: ``volley, start_s, end_s, lowest, highest, shooters``.

    Gaps are taken between all rows at their stated times; `pauses` tells which of them timing error could undo.
    """
    log = log.sort_values("t_s", kind="stable")
    number = (log["t_s"].diff() > pause_s).cumsum() + 1
    groups = log.assign(volley=number, certain=log["confidence"] == "certain").groupby("volley")
    return groups.agg(
        start_s=("t_s", "min"),
        end_s=("t_s", "max"),
        lowest=("certain", "sum"),
        highest=("t_s", "size"),
        shooters=("shooter", "nunique"),
    ).reset_index()


def after(log: pd.DataFrame, t_s: float, *, u_s: float = 0.0) -> tuple[int, int]:
    """How many shots came after a time known to within ``u_s``: the lowest and the highest count.

    The lowest takes certain shots that came after it whatever the timing errors; a shot whose own uncertainty is
    not known is taken at its stated time.
    """
    bound = log["u_s"].fillna(0) + u_s
    surely = (log["confidence"] == "certain") & (log["t_s"] - bound > t_s)
    perhaps = log["t_s"] + bound > t_s
    return int(surely.sum()), int(perhaps.sum())


def cumulative(log: pd.DataFrame) -> pd.DataFrame:
    """Shots fired by each shot's time: ``t_s, lowest, highest``, a row a time, steps between them.

    ``lowest`` counts the certain shots so far, ``highest`` all rows so far.
    """
    log = log.sort_values("t_s", kind="stable")
    table = log[["t_s"]].assign(lowest=(log["confidence"] == "certain").cumsum(), highest=range(1, len(log) + 1))
    table = table.groupby("t_s", as_index=False).last()
    table.attrs = dict(log.attrs)
    return table


def window_for(log: pd.DataFrame) -> float:
    """The moving window that suits a log, in seconds: the widest of the kit's that fits its span fifteen times.

    It is no narrower than one and a half mean gaps, for a narrower one would mostly hold one shot or none.
    """
    span_s = span(log).span_s
    fitting = [window for window in WINDOWS_S if window * 15 <= span_s]
    holding = [window for window in WINDOWS_S if window >= 1.5 * span_s / max(len(log) - 1, 1)]
    return max(fitting[-1] if fitting else WINDOWS_S[0], holding[0] if holding else WINDOWS_S[-1])


def rate(log: pd.DataFrame, *, window_s: float | None = None) -> pd.DataFrame:
    """Shots a second in a moving window: ``t_s, rate, lowest, highest``, steps that hold until the next row.

    The kernel is a rectangle centred on each moment: the shots within half a window of it, over ``window_s``. The
    steps are exact, one wherever a shot enters or leaves the window. Outside the log there are taken to be no shots.

    ``rate`` takes certain shots at their stated times. ``lowest`` takes the certain shots that are in the window
    whatever their timing error, ``highest`` every row that may be. A shot whose uncertainty is not known is taken at
    its stated time.

    Raises
    ------
    ValueError
        If the window is not more than 0.
    """
    import numpy as np
    import pandas as pd

    window_s = window_for(log) if window_s is None else window_s
    if not window_s > 0:
        raise ValueError(f"a window of {window_s} s holds nothing")
    times, bounds = log["t_s"].to_numpy(), log["u_s"].fillna(0).to_numpy()
    certain = (log["confidence"] == "certain").to_numpy()
    half = window_s / 2

    # To nanoseconds: without the rounding, a shot on a window's edge would fall in or out by the last bit of a float.
    def inside(reach):
        entered, left = np.round(times - half - reach, 9), np.round(times + half + reach, 9)
        return entered, left, (entered < left)

    stated, surely, perhaps = inside(0.0), inside(-bounds), inside(bounds)
    steps = np.unique(np.concatenate([edge for edges in (stated, surely, perhaps) for edge in edges[:2]]))

    def counted(edges, rows):
        entered, left, any_time = (edge[rows] for edge in edges)
        within = (steps[:, None] >= entered) & (steps[:, None] < left) & any_time
        return within.sum(axis=1) / window_s

    everything = np.full(len(times), True)
    table = pd.DataFrame(
        {
            "t_s": steps,
            "rate": counted(stated, certain),
            "lowest": counted(surely, certain),
            "highest": counted(perhaps, everything),
        }
    )
    table.attrs = dict(log.attrs)
    return table


def by_police(log: pd.DataFrame) -> pd.DataFrame:
    """The shots that police fired or may have: those of unknown side are taken as possible, not as certain.

    All rows where none is by police, as in a log that names no side.
    """
    if not (log["side"] == "police").any():
        return log
    mine = log[log["side"] != "other"].copy()
    mine.loc[(mine["side"] == "unknown") & (mine["confidence"] == "certain"), "confidence"] = "possible"
    return mine
