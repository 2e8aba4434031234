"""Proportions of a table: shares with exact intervals, the chi-squared test, and an exact one for small cells.

>>> import pandas as pd
>>> unarmed = pd.DataFrame({"unarmed": [31, 17, 29, 5], "armed": [204, 138, 414, 29]},
...                        index=["Black", "Hispanic", "White", "other"])
>>> found = association(unarmed)
>>> round(found.chi2, 4), found.df, round(found.p, 5)
(9.7171, 3, 0.02113)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..problems import InputError, Problem
from .exact import clopper_pearson_interval, table_test
from .wording import p_words, sentence

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Association", "association", "counts_table", "shares"]

SMALL = 5
"""Expected counts under which the chi-squared approximation is not relied on (Cochran 1954)."""


@dataclass(frozen=True)
class Association:
    """Whether rows and columns of a table of counts go together; ``str()`` says it in one sentence.

    ``p`` is the exact test's where a fifth of the expected counts are under 5 or one is under 1, and it is within
    reach; otherwise the chi-squared test's, and ``test`` says which. ``p_exact`` is missing where it is out of reach.
    """

    chi2: float
    df: int
    p_chi2: float
    p_exact: float | None
    smallest_expected: float
    small_cells: bool
    events: int
    rows: str
    columns: str

    @property
    def test(self) -> str:
        """``exact`` or ``chi-squared``."""
        return "exact" if self.small_cells and self.p_exact is not None else "chi-squared"

    @property
    def p(self) -> float:
        """The p-value of the test that is right for this table."""
        return self.p_exact if self.test == "exact" else self.p_chi2

    def __str__(self) -> str:
        found = "differs more" if self.p < 0.05 else "does not differ more"
        how = "Fisher's exact test" if self.test == "exact" else f"chi-squared {self.chi2:.2f} on {self.df} df"
        relied = self.small_cells and self.p_exact is None
        caveats = [
            "some cells are too small for this test to be relied on" if relied else "",
            "a difference in proportions does not say what causes it",
        ]
        lead = f"{self.columns} {found} between {self.rows} than chance alone would often bring about"
        return sentence(lead, aside=[f"{self.events:,} cases", f"{how}, {p_words(self.p)}"], caveats=caveats)


def counts_table(cases: pd.DataFrame, rows: str, columns: str) -> pd.DataFrame:
    """Cases counted by two of their columns, a blank counted as ``unknown`` and never dropped."""
    import pandas as pd

    missing = [name for name in (rows, columns) if name not in cases]
    if missing:
        raise InputError(Problem("the column is missing", "Name one of the table's columns.", column=missing[0]))
    filled = cases[[rows, columns]].astype("object").where(cases[[rows, columns]].notna(), "unknown")
    return pd.crosstab(filled[rows], filled[columns])


def association(table: Any, *, rows: str = "the groups", columns: str = "the share") -> Association:
    """Test that the columns of a table of counts do not depend on its rows.

    Parameters
    ----------
    table : DataFrame or array of counts, shape (rows, columns)
    rows, columns : str
        What they are, for the sentence.

    Notes
    -----
    Pearson's chi-squared without Yates's correction. Rows and columns without any case are left out of the degrees of
    freedom: they say nothing.

    Raises
    ------
    InputError
        If a cell is not a count, or fewer than two rows or columns have any case.
    """
    import numpy as np
    from scipy import stats

    counts = np.asarray(table, float)
    if counts.ndim != 2 or not np.all(np.isfinite(counts)) or np.any(counts < 0) or np.any(counts % 1):
        raise InputError(Problem("a cell is not a count", "Give a table of whole numbers, 0 or more."))
    counts = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    if min(counts.shape, default=0) < 2:
        raise InputError(Problem("fewer than two rows or columns have any case", "There is nothing to compare."))
    chi2, p, df, expected = stats.chi2_contingency(counts, correction=False)
    try:
        exact = table_test(counts)
    except ValueError:
        exact = None
    small = bool((expected < SMALL).mean() > 0.2 or expected.min() < 1)
    return Association(
        float(chi2), int(df), float(p), exact, float(expected.min()), small, int(counts.sum()), rows, columns
    )


def shares(counts: pd.Series, *, level: float = 0.95) -> pd.DataFrame:
    """Each group's share of the whole with its Clopper-Pearson interval, in percent, largest first.

    Columns: ``group, events, of, percent, low, high``. Unknown is a group like any other.

    Raises
    ------
    InputError
        If there is nothing to take a share of.
    """
    import pandas as pd

    total = int(counts.sum())
    if not total:
        raise InputError(Problem("no events to take a share of", "Check which rows were kept."))
    low, high = clopper_pearson_interval(counts.to_numpy(), total, level=level)
    table = pd.DataFrame(
        {
            "group": counts.index.astype("str"),
            "events": counts.to_numpy(),
            "of": total,
            "percent": counts.to_numpy() / total * 100,
            "low": low * 100,
            "high": high * 100,
        }
    )
    return table.sort_values("events", ascending=False, kind="stable", ignore_index=True)
