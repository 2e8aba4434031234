"""The documented shootings that an incident is compared with."""

from __future__ import annotations

import math
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING

from .. import paths, schema
from ..facts import Fact
from ..problems import InputError, Problem
from ..provenance import say
from .measures import ratio_qualifier

if TYPE_CHECKING:
    import pandas as pd

    from .incident import Incident

__all__ = ["Rank", "beside", "comparison_facts", "coverage", "paces", "rank", "shootings", "sourced"]

ABOUT = 0.1


@dataclass(frozen=True)
class Rank:
    """Of ``others``, how many surely had ``more`` and surely had ``less``; the rest cannot be told apart."""

    more: int
    less: int
    others: int

    @property
    def unclear(self) -> int:
        """Those with the same value, or with only a bound."""
        return self.others - self.more - self.less

    def among(self, whom: str) -> str:
        """In words: ``more than 24 and less than 3 of the 30 others (3 cannot be told apart)``."""
        text = f"more than {self.less} and less than {self.more} of the {self.others} {whom}"
        return text + (f" ({self.unclear} cannot be told apart)" if self.unclear else "")


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
    return _paced(table)


def beside(shootings: pd.DataFrame, incident: Incident) -> pd.DataFrame:
    """The documented shootings with the incident beside them: as `shootings` gives, with a column ``focus``.

    An incident that is not in the table yet becomes a row of it, from its facts. A simulated one never does, one whose
    police shots are not on record has nothing to be compared by, and one whose counts are of a part of it only cannot
    be ranked among whole ones; then no row is in focus.
    """
    import pandas as pd

    total, span = incident.fact("shots_by_police"), incident.fact("firing_span")
    if incident.id not in set(shootings["id"]) and total is not None and not incident.simulated and not incident.part:
        row = {
            "id": incident.id,
            "name": incident.title,
            "date": incident.date,
            "agency": incident.agency,
            "shots_by_police": int(total.value),
            "shots_qualifier": total.qualifier,
            "span_s": float(span.value) if span else None,
            "span_qualifier": span.qualifier if span else None,
            "source_publisher": total.source,
        }
        mine = pd.DataFrame([row]).reindex(columns=shootings.columns).astype(shootings.dtypes.to_dict())
        shootings = _paced(pd.concat([mine, shootings], ignore_index=True))
    return shootings.assign(focus=(shootings["id"] == incident.id) & (incident.part == ""))


def rank(shootings: pd.DataFrame, figure: str, qualifier: str) -> Rank | None:
    """How many of the other shootings surely had more, and surely had less, than the one in focus.

    Each figure is taken as a range: an exact one as its value, "about" as a tenth to either side (`ABOUT`, the kit's
    own reading of the word), a bound as open on one side. Where two ranges touch, neither is surely more: "at least
    87" and "about 96" are not told apart, nor are 94 and "about 96".

    Parameters
    ----------
    shootings : DataFrame
        As `beside` gives it.
    figure, qualifier : str
        The columns to compare, such as ``shots_by_police`` and ``shots_qualifier``.

    Returns
    -------
    Rank or None
        None where no row is in focus, or its figure is not known.
    """
    known = shootings.dropna(subset=figure)
    mine = known[known["focus"]]
    if mine.empty:
        return None
    low, high = _range(mine[figure].iloc[0], mine[qualifier].iloc[0])
    others = known[~known["focus"]]
    ranges = [_range(*pair) for pair in zip(others[figure], others[qualifier], strict=True)]
    more = sum(other_low > high for other_low, _ in ranges)
    less = sum(other_high < low for _, other_high in ranges)
    return Rank(more, less, len(others))


def _range(value: float, qualifier: str) -> tuple[float, float]:
    value = float(value)
    return {
        "exact": (value, value),
        "approx": (value * (1 - ABOUT), value * (1 + ABOUT)),
        "at_least": (value, math.inf),
        "at_most": (0.0, value),
    }[qualifier]


def coverage(shootings: pd.DataFrame) -> str:
    """How much of the table is known, in a sentence."""
    counted, paced = shootings["shots_by_police"].notna().sum(), shootings["pace"].notna().sum()
    return (
        f"{len(shootings)} documented police shootings, {counted} with a count of police shots, {paced} of them with a "
        "duration that gives a pace."
    )


def paces(shootings: pd.DataFrame) -> pd.DataFrame:
    """The shootings with a pace, fastest first, in words: ``name, date, shots, seconds, shots a second``."""
    import pandas as pd

    known = shootings.dropna(subset="pace").sort_values("pace", ascending=False)
    rows = [
        (
            row["name"],
            row["date"],
            say(int(row["shots_by_police"]), row["shots_qualifier"]),
            say(row["span_s"], row["span_qualifier"]),
            say(float(f"{row['pace']:.3g}"), row["pace_qualifier"]),
        )
        for row in known.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=["name", "date", "shots", "seconds", "shots a second"], index=known.index)


def comparison_facts(shootings: pd.DataFrame, incident: Incident) -> list[Fact]:
    """What the comparison puts on record: how many shootings, and how many surely had more and fewer shots."""
    first, last = shootings["date"].min(), shootings["date"].max()
    common = {
        "unit": "shootings",
        "source": "data/shootings.csv",
        "as_of": str(shootings["source_date"].max()),
        "period": f"{first} to {last}",
        "incident": incident.id,
    }
    found = [Fact("documented_shootings", len(shootings), counts="documented police shootings compared", **common)]
    place = rank(shootings, "shots_by_police", "shots_qualifier")
    if place is not None:
        found.append(Fact("with_more_shots", place.more, counts="others with surely more police shots", **common))
        found.append(Fact("with_fewer_shots", place.less, counts="others with surely fewer police shots", **common))
        found.append(Fact("not_told_apart", place.unclear, counts="others that cannot be told apart", **common))
    return found


def sourced(shootings: pd.DataFrame) -> pd.DataFrame:
    """The shootings with a count, in words: ``name, date, shots, seconds, source, address, note``."""
    import pandas as pd

    known = shootings.dropna(subset="shots_by_police")
    rows = [
        (
            row["name"],
            row["date"],
            say(int(row["shots_by_police"]), row["shots_qualifier"]),
            "" if pd.isna(row["span_s"]) else say(row["span_s"], row["span_qualifier"]),
            row["source_publisher"],
            row["source_url"],
            row["note"],
        )
        for row in known.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=["name", "date", "shots", "seconds", "source", "address", "note"])


def _paced(table: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    both = table["shots_by_police"].notna() & table["span_s"].notna()
    qualifiers = [
        ratio_qualifier(*pair) if known else None
        for known, *pair in zip(both, table["shots_qualifier"], table["span_qualifier"], strict=True)
    ]
    table = table.assign(pace_qualifier=pd.Series(qualifiers, index=table.index, dtype="str"))
    paces = table["shots_by_police"].astype("float64") / table["span_s"]
    return table.assign(pace=paces.where(table["pace_qualifier"].notna()))
