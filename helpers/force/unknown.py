"""Those whose group is not known: a group of its own, with its share by year and the bounds it puts on every rate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .. import schema
from ..problems import InputError, Problem
from .exact import clopper_pearson_interval
from .exposure import UNKNOWN
from .rates import Rate

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MULTI_RACE_RULE", "bounds", "shares_by_year"]

MULTI_RACE_RULE = (
    "A person recorded with several races counts once: as Hispanic where one of them is, otherwise as Two or more."
)
"""How the shipped tally and the layouts of `helpers.sources` count; a tally of one's own may follow another rule."""


def shares_by_year(tally: pd.DataFrame, *, group: str = UNKNOWN, level: float = 0.95) -> pd.DataFrame:
    """The share of a year's events whose group is unknown (or is ``group``), with its Clopper-Pearson interval.

    Columns: ``year, events, of, percent, low, high``, a row a year, partial years included.

    Raises
    ------
    InputError
        If the tally is not one by group.
    """
    import pandas as pd

    tally = schema.check(schema.TALLY, tally)
    if set(tally["group"]) == {"all"}:
        raise InputError(Problem("the tally is not by group", "Tally by year and race first.", column="group"))
    total = tally.groupby("year")["events"].sum()
    total = total[total > 0].astype("int64")
    of_group = tally[tally["group"] == group].groupby("year")["events"].sum().reindex(total.index, fill_value=0)
    of_group = of_group.astype("int64")
    low, high = clopper_pearson_interval(of_group.to_numpy(), total.to_numpy(), level=level)
    table = pd.DataFrame({"year": total.index.astype("int64"), "events": of_group.to_numpy(), "of": total.to_numpy()})
    return table.assign(percent=table["events"] / table["of"] * 100, low=low * 100, high=high * 100)


def bounds(rates: Iterable[Rate]) -> pd.DataFrame:
    """What events of unknown group allow each rate to be: none of them this group's, or all.

    Columns: ``place, period, group, events, unknown, if_none, if_all, low, high``. ``if_none`` and ``if_all`` bound
    the observed rate; ``low`` and ``high`` add chance: the lower Garwood limit if none was, the upper if all were.
    """
    import pandas as pd

    from .exact import garwood_interval

    rows = []
    for each in rates:
        _, high = garwood_interval(each.events + each.unknown, each.exposure, level=each.level)
        rows.append(
            {
                "place": each.place,
                "period": each.period,
                "group": each.group,
                "events": each.events,
                "unknown": each.unknown,
                "if_none": each.rate,
                "if_all": each.if_all_unknown,
                "low": each.interval[0],
                "high": high * each.per,
            }
        )
    return pd.DataFrame(rows)
