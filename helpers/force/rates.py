"""Rates: events over exposure, with exact Poisson intervals and the words to publish them.

>>> words = dict(one="killing by police", many="killings by police", place="Chicago", period="2015")
>>> chicago = rate(23, 2_695_598, **words, population="Census 2010")
>>> print(chicago)
In Chicago, 23 killings by police were counted in 2015, or 8.5 per million residents a year (allowing for chance, \
5.4 to 12.8, the 95% interval; population: Census 2010); a rate per resident does not say how often people met police.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..problems import InputError, Problem
from .definitions import DENOMINATORS, Denominator
from .exact import garwood_interval
from .exposure import ALL, complete_years, match
from .wording import base_words, chance_words, count_words, interval_words, sentence, years_words

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FEW", "Rate", "partial_rates", "rate", "rates", "side_by_side", "table_of"]

FEW = 20
"""Events under which a rate is called unstable: the line of the US National Center for Health Statistics."""


@dataclass(frozen=True)
class Rate:
    """Events over exposure, with Garwood's exact interval; ``str()`` says it in one sentence.

    Attributes
    ----------
    events : int
        How many were counted.
    exposure : float
        Person-years (residents, officers), or how many there were (arrests, stops, encounters, years).
    per : float
        The base: a million by default.
    one, many : str
        What was counted, such that "of Black people" can follow.
    place, period, group : str
        Where, when, and of whom; ``group`` is ``all`` for everyone.
    denominator : str
        A key of `DENOMINATORS`: what the exposure counts.
    population : str
        Who counted the exposure.
    definition : str
        The publisher's definition of what was counted.
    unknown : int
        Events of unknown group in this place and period, any of which may belong to this group.
    left_out : str
        Partial years that were kept out.
    """

    events: int
    exposure: float
    per: float = 1_000_000
    level: float = 0.95
    one: str = "event"
    many: str = "events"
    place: str = ""
    period: str = ""
    group: str = ALL
    denominator: str = "residents"
    population: str = ""
    definition: str = ""
    unknown: int = 0
    left_out: str = ""

    @property
    def rate(self) -> float:
        """Events per ``per`` of exposure."""
        return self.events / self.exposure * self.per

    @property
    def interval(self) -> tuple[float, float]:
        """Garwood's exact interval, in the rate's unit."""
        low, high = garwood_interval(self.events, self.exposure, level=self.level)
        return low * self.per, high * self.per

    @property
    def if_all_unknown(self) -> float:
        """The rate if every event of unknown group belonged to this one; ``rate`` is what it is if none did."""
        return (self.events + self.unknown) / self.exposure * self.per

    @property
    def divides_by(self) -> Denominator:
        """What the exposure counts."""
        return DENOMINATORS[self.denominator]

    @property
    def unit(self) -> str:
        """The rate's unit in words, such as ``per million Black residents a year``."""
        if self.denominator == "years" and self.per == 1:
            return "a year"
        of = f"{self.group} " if self.group != ALL and self.denominator == "residents" else ""
        return f"per {base_words(self.per)} {of}{self.divides_by.many}" + (
            " a year" if self.divides_by.per_year else ""
        )

    @property
    def counted(self) -> str:
        """What was counted in words, such as ``16 killings by police of Black people``."""
        return count_words(self.events, self.one, self.many) + ("" if self.group == ALL else f" of {self.group} people")

    @property
    def caveats(self) -> tuple[str, ...]:
        """What must be known to read the rate rightly, each a clause."""
        return (
            f"{self.left_out} left out, not being complete" if self.left_out else "",
            f"with fewer than {FEW} events a rate moves much by chance" if self.events < FEW else "",
            self._unknown_words(),
            self.divides_by.caveat,
        )

    def _unknown_words(self) -> str:
        if not self.unknown:
            return ""
        # Rounded as the rate itself is where all of them were this group's.
        most = interval_words(self.if_all_unknown, *replace(self, events=self.events + self.unknown).interval)[0]
        more = f"{self.unknown:,} more {'was' if self.unknown == 1 else 'were'} of people whose group is not known"
        return f"{more}, and the rate would be {most} if all were {self.group}"

    def __str__(self) -> str:
        value, span = interval_words(self.rate, *self.interval)
        verb = "was" if self.events == 1 else "were"
        where, when = f"in {self.place}, " if self.place else "", f" in {self.period}" if self.period else ""
        source = f"{'population' if self.denominator == 'residents' else self.divides_by.many}: {self.population}"
        return sentence(
            f"{where}{self.counted} {verb} counted{when}, or {value} {self.unit}",
            aside=[chance_words(self.level, span), source if self.population else ""],
            caveats=self.caveats,
        )


def rate(events: int, exposure: float, **words: Any) -> Rate:
    """One rate from numbers; ``words`` are the other fields of `Rate`.

    Raises
    ------
    InputError
        If the count is negative or not whole, the exposure is not above 0, or the denominator is not one of
        `DENOMINATORS`.
    """
    made = Rate(events, float(exposure), **words)
    if made.denominator not in DENOMINATORS:
        remedy = "Write one of: " + ", ".join(DENOMINATORS) + "."
        raise InputError(Problem("not a denominator the kit knows", remedy, value=made.denominator))
    try:
        garwood_interval(events, exposure, level=made.level)
    except ValueError as error:
        remedy = "Check the count and what it is divided by."
        raise InputError(Problem(str(error), remedy, value=f"{events} over {exposure}")) from None
    return made


def rates(
    tally: pd.DataFrame,
    population: pd.DataFrame,
    *,
    by: Sequence[str] = ("place",),
    per: float = 1_000_000,
    one: str = "event",
    many: str = "events",
    denominator: str = "residents",
    level: float = 0.95,
    pooled_as: str = "",
    **matching: Any,
) -> list[Rate]:
    """The rate of every place, year or group of a tally; what ``by`` does not name is pooled.

    Parameters
    ----------
    tally, population : DataFrame
        As `exposure.match` takes them; ``matching`` are its other arguments (``groups``, ``places``, ``years``,
        ``partial``, ``population_year``).
    by : subset of ('place', 'year', 'group')
        What each rate is of. Years that are pooled add up to person-years.
    pooled_as : str, optional
        What several places that are pooled are called, such as ``94 large cities``.

    Returns
    -------
    list of Rate
        By place, year and group. Groups that the population does not have have no rate; events of unknown group are
        in each rate's ``unknown``. `proportions.shares` counts all groups, those without a rate too.

    Raises
    ------
    InputError
        As `exposure.match` does; and if the population has a group in some of the pooled years and places only.
    """
    _known_keys(by)
    matched = match(tally, population, by_group="group" in by, **matching)
    cells = matched.table[matched.table["people"].notna()]
    gaps = matched.table[matched.table["people"].isna() & matched.table["group"].isin(set(cells["group"]))]
    if len(gaps):
        raise InputError(
            Problem(f"no population for {row.group} in {row.place}, {row.year}", "Add it, or leave the year out.")
            for row in gaps.itertuples()
        )
    left_out = years_words(matched.left_out)
    shared = dict(per=per, level=level, one=one, many=many, denominator=denominator, definition=matched.definition)
    found = []
    for key, rows in cells.groupby(list(by), sort=False) if by else [((), cells)]:
        of = dict(zip(by, key, strict=True))
        found.append(
            rate(
                int(rows["events"].sum()),
                float(rows["people"].sum()),
                place=str(of.get("place", _only(rows["place"]) or pooled_as)),
                period=str(of.get("year", years_words(rows["year"].unique()))),
                group=str(of.get("group", ALL)),
                population=", ".join(dict.fromkeys(rows["population"])),
                unknown=_unknown(matched.unknown, of),
                left_out=left_out if "year" not in by else "",
                **shared,
            )
        )
    return found


def partial_rates(tally: pd.DataFrame, population: pd.DataFrame, **rest: Any) -> list[Rate]:
    """The yearly rates of the tally's own partial years, for a chart to show apart; never to be compared with others.

    They divide a part of a year's events by the whole year's population. ``rest`` is as for `rates`.
    """
    _, years = complete_years(tally)
    if not years:
        return []
    return rates(tally.drop(columns="partial"), population, by=["year"], years=years, **rest)


def table_of(rates: Iterable[Rate]) -> pd.DataFrame:
    """Rates as a table, a row a rate.

    Columns: ``place, period, group, events, exposure, denominator, population, per, rate, low, high, level, unknown,
    if_all_unknown, few, definition, left_out, says``. ``few`` is whether there were under 20 events.
    """
    import pandas as pd

    rows = []
    for each in rates:
        low, high = each.interval
        rows.append(
            {
                "place": each.place,
                "period": each.period,
                "group": each.group,
                "events": each.events,
                "exposure": each.exposure,
                "denominator": each.denominator,
                "population": each.population,
                "per": each.per,
                "rate": each.rate,
                "low": low,
                "high": high,
                "level": each.level,
                "unknown": each.unknown,
                "if_all_unknown": each.if_all_unknown,
                "few": each.events < FEW,
                "definition": each.definition,
                "left_out": each.left_out,
                "says": str(each),
            }
        )
    return pd.DataFrame(rows)


def side_by_side(
    events: int, exposures: Mapping[str, float], *, per: Mapping[str, float] | None = None, **words: Any
) -> pd.DataFrame:
    """One count over several denominators: a row each, with the question it answers and what it cannot show.

    Parameters
    ----------
    exposures : mapping
        From denominator (``residents``, ``arrests``, ``stops``, ...) to how many.
    per : mapping, optional
        From denominator to base; residents per million and the others per 10,000 unless said.

    Returns
    -------
    DataFrame
        ``denominator, exposure, per, rate, low, high, answers, caveat, says``. The rows are not comparable with one
        another: each answers a question of its own.
    """
    bases = {name: 1_000_000 if name == "residents" else 10_000 for name in exposures} | dict(per or {})
    each = [rate(events, exposures[name], per=bases[name], denominator=name, **words) for name in exposures]
    table = table_of(each)[["denominator", "exposure", "per", "rate", "low", "high", "says"]]
    table.insert(6, "answers", [one.divides_by.answers for one in each])
    table.insert(7, "caveat", [one.divides_by.caveat for one in each])
    return table


def _known_keys(by: Sequence[str]) -> None:
    strange = [name for name in by if name not in ("place", "year", "group")]
    if strange:
        raise InputError(Problem("rates are by place, year and group", "Name some of these three.", value=strange[0]))


def _only(values) -> str:
    """The one place there is, or '' for several pooled."""
    return str(values.iloc[0]) if values.nunique() == 1 else ""


def _unknown(unknown: pd.DataFrame, of: dict) -> int:
    if "group" not in of:
        return 0
    for name in ("place", "year"):
        if name in of:
            unknown = unknown[unknown[name] == of[name]]
    return int(unknown["events"].sum())
