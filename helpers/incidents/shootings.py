"""The documented shootings that an incident is compared with."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING

from .. import paths, schema
from ..problems import InputError, Problem
from .measures import ratio_qualifier

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["shootings"]


def shootings(path: str | PathLike[str] | None = None) -> pd.DataFrame:
    """The documented shootings, a row a shooting: ``schema.SHOOTINGS`` and the pace worked out from it.

    Parameters
    ----------
    path : path, optional
        Another table in the same columns; the shipped ``data/shootings.csv`` unless told.

    Returns
    -------
    DataFrame
        With ``pace`` in shots a second (police shots over the span) and ``pace_qualifier``, both missing where the
        figures do not give one.

    Raises
    ------
    InputError
        If the file breaks the schema, an id stands twice, or a figure stands without its qualifier.
    """
    path = path or paths.data() / "shootings.csv"
    table = schema.read_csv(schema.SHOOTINGS, path)
    problems = [
        Problem("the id stands twice", "Give each shooting its own id.", path, row, "id", table.at[row, "id"])
        for row in table.index[table["id"].duplicated()]
    ]
    for figure, qualifier in (("shots_by_police", "shots_qualifier"), ("span_s", "span_qualifier")):
        for row in table.index[table[figure].notna() != table[qualifier].notna()]:
            what = f"{figure} and {qualifier} go together, and one is empty"
            problems.append(Problem(what, schema.SHOOTINGS[qualifier].write, path, row, qualifier))
    for row in table.index[(table["span_s"] == 0).fillna(False)]:
        problems.append(Problem("a span of 0 s has no pace", "Leave it empty.", path, row, "span_s", 0))
    if problems:
        raise InputError(problems)
    both = table["shots_by_police"].notna() & table["span_s"].notna()
    qualifiers = [
        ratio_qualifier(*pair) if known else None
        for known, *pair in zip(both, table["shots_qualifier"], table["span_qualifier"], strict=True)
    ]
    table["pace_qualifier"] = qualifiers
    table["pace"] = (table["shots_by_police"].astype("float64") / table["span_s"]).where(
        table["pace_qualifier"].notna()
    )
    return table
