"""What a tally counts and what a rate divides by: words that must never be mixed.

A tally carries its publisher's definition in the column ``definition``. Two definitions are two series: the
Washington Post counts people shot dead by police on duty, Mapping Police Violence counts killings by any force.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..problems import InputError, Problem

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["DENOMINATORS", "Denominator", "combine", "definition_of", "one_definition"]


@dataclass(frozen=True)
class Denominator:
    """What events are divided by: the question the rate then answers, and what it cannot show.

    ``per_year`` is whether a year of exposure counts for each of them (residents, officers) or they are themselves
    counted over the year (arrests, stops).
    """

    one: str
    many: str
    per_year: bool
    answers: str
    caveat: str


DENOMINATORS = {
    "residents": Denominator(
        "resident", "residents", True,
        "how often it happens, set against everyone who lives there",
        "a rate per resident does not say how often people met police",
    ),
    "officers": Denominator(
        "officer", "officers", True,
        "how often it happens, set against the size of the force",
        "a rate per officer does not say how many people the officers serve or meet",
    ),
    "arrests": Denominator(
        "arrest", "arrests", False,
        "how often an arrest goes with it",
        "a rate per arrest can hide bias in who is arrested in the first place",
    ),
    "stops": Denominator(
        "stop", "stops", False,
        "how often a stop goes with it",
        "a rate per stop can hide bias in who is stopped in the first place",
    ),
    "encounters": Denominator(
        "encounter", "encounters", False,
        "how often an encounter goes with it",
        "a rate per encounter can hide bias in whom police approach in the first place",
    ),
    "years": Denominator(
        "year", "years", False,
        "how often it happens in a year",
        "a count per year does not take into account how many people live there",
    ),
}  # fmt: skip


def definition_of(tally: pd.DataFrame, *, file: str | None = None) -> str:
    """The one definition a tally carries in its column ``definition``, or '' where it carries none.

    Raises
    ------
    InputError
        If the tally carries several, or carries one in some rows only.
    """
    if "definition" not in tally or not len(tally):
        return ""
    stated = tally["definition"].fillna("").astype("str").str.strip()
    return one_definition(dict.fromkeys(stated), file=file)


def one_definition(definitions, *, file: str | None = None) -> str:
    """The definition that all of these are.

    Raises
    ------
    InputError
        If they differ, or some are stated and some are not: nothing then says that they count the same.
    """
    different = sorted(set(definitions))
    if len(different) > 1:
        named = "; ".join(repr(each) if each else "none stated" for each in different)
        remedy = "Compare what one publisher counts by one definition, or show two series side by side."
        raise InputError(Problem(f"counts by different definitions cannot be put together: {named}", remedy, file))
    return different[0] if different else ""


def combine(*tallies: pd.DataFrame) -> pd.DataFrame:
    """Several tallies of one definition as one, such as files of different years.

    Raises
    ------
    InputError
        If their definitions differ, or two of them count the same place, agency, year and group: adding would count
        the same events twice.
    """
    import pandas as pd

    one_definition([definition_of(tally) for tally in tallies])
    together = pd.concat(tallies, ignore_index=True)
    keys = [name for name in ("place", "agency", "year", "group") if name in together]
    twice = together[together.duplicated(keys, keep="first")]
    if len(twice):
        place = ", ".join(str(value) for value in twice.iloc[0][keys] if not pd.isna(value))
        what = f"{len(twice)} entries are in more than one tally, the first: {place}"
        raise InputError(Problem(what, "Keep each place, agency, year and group in one of them."))
    return together
