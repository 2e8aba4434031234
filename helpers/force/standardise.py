"""Direct standardisation: what a rate would be in a standard population, by age, place or any other strata."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..problems import InputError, Problem
from .exact import standardised_interval
from .wording import base_words, chance_words, interval_words, sentence

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["StandardisedRate", "standardise"]


@dataclass(frozen=True)
class StandardisedRate:
    """A directly standardised rate with its gamma interval, beside the crude one; ``str()`` says it in a sentence."""

    rate: float
    low: float
    high: float
    crude: float
    events: int
    exposure: float
    per: float
    level: float
    stratum: str
    standard: str
    many: str
    place: str
    period: str

    def __str__(self) -> str:
        value, span = interval_words(self.rate, self.low, self.high)
        crude, _ = interval_words(self.crude, self.low, self.high)
        where = f"in {self.place}, " if self.place else ""
        when = f" in {self.period}" if self.period else ""
        return sentence(
            f"{where}the rate of {self.many}{when} was {value} per {base_words(self.per)} a year when its "
            f"{self.stratum} groups are weighted as in {self.standard}, and {crude} as it stands",
            aside=[chance_words(self.level, span), f"{self.events:,} events"],
            caveats=["a standardised rate is for comparing places or groups; it is no rate of any real population"],
        )


def standardise(
    strata: pd.DataFrame,
    standard: pd.DataFrame,
    *,
    stratum: str = "age",
    per: float = 1_000_000,
    level: float = 0.95,
    many: str = "events",
    standard_name: str = "the standard population",
    place: str = "",
    period: str = "",
) -> StandardisedRate:
    """The directly standardised rate.

    Parameters
    ----------
    strata : DataFrame
        ``<stratum>, events, people``, a row a stratum; people in person-years.
    standard : DataFrame
        ``<stratum>, people``: the population whose make-up is used for all that are compared.

    Returns
    -------
    StandardisedRate
        ``sum(s_i x_i / n_i) / sum(s_i)`` per ``per``, with Fay and Feuer's interval (1997).

    Raises
    ------
    InputError
        If a column is missing, a stratum stands twice, or a stratum of one table is not in the other or has nobody.
    """
    wanted = ((strata, (stratum, "events", "people")), (standard, (stratum, "people")))
    missing = [name for table, names in wanted for name in names if name not in table]
    if missing:
        raise InputError(Problem("the column is missing", "Add it.", column=missing[0]))
    problems = [
        Problem(f"{value} stands twice", "Add its rows up first.", column=stratum, value=value)
        for table, _ in wanted
        for value in table.loc[table[stratum].duplicated(), stratum]
    ]
    problems += [
        Problem("this stratum is in one table only", "Use the same strata in both.", column=stratum, value=value)
        for value in sorted(set(strata[stratum]) ^ set(standard[stratum]), key=str)
    ]
    if problems:
        raise InputError(problems)
    joined = strata.merge(standard, on=stratum, suffixes=("", "_standard"))
    empty = joined[joined["people"] <= 0]
    if len(empty):
        raise InputError(
            Problem("nobody in this stratum, so that it has no rate", "Join it with its neighbour.", value=value)
            for value in empty[stratum]
        )
    share = joined["people_standard"].astype(float) / joined["people_standard"].sum()
    used = joined[share > 0]
    weights = (share / joined["people"].astype(float))[share > 0].to_numpy()
    events = used["events"].to_numpy(float)
    low, high = standardised_interval(events, weights, level=level)
    return StandardisedRate(
        rate=float((weights * events).sum() * per),
        low=low * per,
        high=high * per,
        crude=float(joined["events"].sum() / joined["people"].sum() * per),
        events=int(joined["events"].sum()),
        exposure=float(joined["people"].sum()),
        per=per,
        level=level,
        stratum=stratum,
        standard=standard_name,
        many=many,
        place=place,
        period=period,
    )
