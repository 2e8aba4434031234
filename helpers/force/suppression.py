"""Small-cell suppression for publication: counts so small that they may point to a person are withheld when asked.

Police killings are public record and are published in full as a rule; tables of minors, of health or of unreleased
records may not be. A cell withheld alone can be worked out from its total, so others are withheld with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..problems import InputError, Problem

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["suppress"]

LEAST = 10
WORKED_OUT = ("rate", "low", "high", "percent", "if_all_unknown", "says", "ratio", "p", "q")


def suppress(
    table: pd.DataFrame, *, lines: Sequence[str] = ("place",), least: int = LEAST, count: str = "events"
) -> pd.DataFrame:
    """Withhold counts from 1 to ``least - 1``, and as many more as keep them from being worked out from totals.

    Parameters
    ----------
    table : DataFrame
        A row a cell, with the count and the columns named in ``lines``.
    lines : columns
        The totals that are public: ``("place",)`` where each place's total is, ``("place", "group")`` where each
        group's over all places is too.
    least : int
        The smallest count that is published, 10 by default as the US public health agencies have it; 0 is published.

    Returns
    -------
    DataFrame
        The count and what is worked out from it missing where withheld; ``withheld`` is ``''``, ``small`` or
        ``with another``. In every line either nothing is withheld, or at least two cells that add up to ``least``
        or more, or the whole line.

    Raises
    ------
    InputError
        If a column is missing.
    """
    missing = [name for name in (count, *lines) if name not in table]
    if missing:
        raise InputError(Problem("the column is missing", "Name one of the table's columns.", column=missing[0]))
    counts = table[count].astype("Int64")
    withheld = (counts.between(1, least - 1)).fillna(False).astype(bool)
    small = withheld.copy()
    changed = True
    while changed:
        changed = False
        for name in lines:
            for _, cells in counts.groupby(table[name], sort=False):
                more = _companions(cells, withheld, least)
                withheld.loc[more] = True
                changed |= len(more) > 0
    result = table.copy()
    for name in (count, *(column for column in WORKED_OUT if column in table)):
        result[name] = result[name].astype("Int64" if name == count else result[name].dtype).mask(withheld)
    why = small.map({True: "small", False: "with another"}).where(withheld, "")
    return result.assign(withheld=why.astype("str"))


def _companions(cells: pd.Series, withheld: pd.Series, least: int) -> list:
    """The cells of a line to withhold as well, the smallest first."""
    hidden = cells[withheld.loc[cells.index]]
    if hidden.empty:
        return []
    more: list = []
    total, number = int(hidden.sum()), len(hidden)
    for index, value in cells[~withheld.loc[cells.index]].sort_values(kind="stable").items():
        if number >= 2 and total >= least:
            break
        more.append(index)
        total, number = total + int(value), number + 1
    return more
