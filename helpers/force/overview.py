"""The tables and words of an overview of rates, whichever records are brought: each has something to say of none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ..problems import InputError
from .agencies import peers, ranks, shrunken
from .comparison import RateRatio, ratios
from .definitions import definition_of
from .exposure import ALL
from .rates import Rate, table_of
from .suppression import suppress
from .unknown import shares_by_year

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["event_words", "for_publication", "league_table", "peers_or_why", "ratios_if_any"]
__all__ += ["told", "unknown_by_year"]

EVENTS = {
    "fatal shootings by on-duty police": ("fatal police shooting", "fatal police shootings"),
    "killings by police, by any force": ("killing by police", "killings by police"),
    "incidents in which police fired": ("incident in which police fired", "incidents in which police fired"),
}
RANKED = ["place", "events", "rate", "shrunken", "shrunken_low", "shrunken_high", "rank", "rank_low", "rank_high"]
RANKED += ["why_not"]


def event_words(tally: pd.DataFrame, one: str | None = None, many: str | None = None) -> dict[str, str]:
    """What one event and many of them are called, by the definition the tally carries; ``event`` where it has none."""
    by_definition = EVENTS.get(definition_of(tally), ("event", "events"))
    return {"one": one or by_definition[0], "many": many or by_definition[1]}


def told(results: Iterable[Any], *, nothing: str = "There is too little on record to say anything.") -> str:
    """Results in their own sentences, a paragraph each, or ``nothing``."""
    return "\n\n".join(str(each) for each in results) or nothing


def unknown_by_year(tally: pd.DataFrame) -> pd.DataFrame:
    """`unknown.shares_by_year` in percent to a decimal, or a row that says why there is none."""
    import pandas as pd

    if set(tally["group"]) == {ALL}:
        return pd.DataFrame({"year": ["the records do not say whose group it was"], "percent": [""]})
    return shares_by_year(tally).round(1)


def league_table(rates: Sequence[Rate], *, most: int = 12) -> pd.DataFrame:
    """The first ``most`` places by rank, with shrunken rates and the range of each rank.

    Where places or events are too few to shrink or rank, by rate instead, and ``why_not`` says so.
    """
    try:
        table = ranks(shrunken(rates)).sort_values(["rank", "place"])
    except InputError as refused:
        # The rates were made by `rates`, so that only a refusal is left: too few places, or too few events.
        why = "; ".join(problem.what for problem in refused.problems)
        table = table_of(rates).sort_values(["rate", "place"], ascending=[False, True]).assign(why_not=why)
    columns = [name for name in RANKED if name in table and (name != "why_not" or table[name].head(most).any())]
    return table[columns].head(most).reset_index(drop=True).round(2)


def peers_or_why(rates: Sequence[Rate], place: str | None = None) -> pd.DataFrame:
    """A place among those of similar size, or a row that says that there are too few.

    Without ``place``, that of the highest rate. Columns: ``place, events, rate, low, high, size_ratio``.

    Raises
    ------
    InputError
        If ``place`` has no rate.
    """
    import pandas as pd

    named = place or max(rates, key=lambda each: (each.rate, each.place)).place
    try:
        found = peers(rates, named)
    except InputError as refused:
        if named not in {each.place for each in rates}:
            raise
        return pd.DataFrame({"place": [named], "peers": [refused.problems[0].what]})
    return found[["place", "events", "rate", "low", "high", "size_ratio"]].round(2)


def ratios_if_any(rates: Sequence[Rate], *, against: str) -> list[RateRatio]:
    """The groups' ratios to the group ``against``; none where it has no rate."""
    return ratios(rates, against=against) if any(each.group == against for each in rates) else []


def for_publication(rates: Sequence[Rate], *, withhold_under: int | None = None) -> pd.DataFrame:
    """Rates of places and groups as a table; with ``withhold_under``, without the counts that are smaller.

    Each place's and each group's total is taken to be public: see `suppression.suppress`. Columns:
    ``place, group, events, rate, low, high`` and, when asked for, ``withheld``.
    """
    import pandas as pd

    columns = ["place", "group", "events", "rate", "low", "high"]
    table = table_of(rates)[columns] if rates else pd.DataFrame(columns=columns)
    if withhold_under and len(table):
        table = suppress(table, lines=("place", "group"), least=withhold_under)
    return table.round(2)
