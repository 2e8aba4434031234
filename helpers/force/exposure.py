"""Matching what was counted with whom it is divided by: each event counted once, nothing dropped without a word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import schema
from ..problems import InputError, Problem
from .definitions import definition_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ALL", "RESIDUAL", "UNKNOWN", "Matched", "complete_years", "match", "places_by_group", "places_in_both"]

ALL = "all"
UNKNOWN = "unknown"
RESIDUAL = ("Other", "Two or more")
"""Groups that publishers and the census fill by different rules: no rate by them unless they are named."""


@dataclass(frozen=True)
class Matched:
    """A tally matched with a population.

    ``table`` has ``place, year, group, events, people, population``, a row a cell; ``people`` is missing where the
    population has no such group (unknown race, for one). ``unknown`` has the events of unknown group:
    ``place, year, events``. ``left_out`` are the partial years kept out.
    """

    table: pd.DataFrame
    unknown: pd.DataFrame
    definition: str
    left_out: tuple[int, ...] = ()


def complete_years(tally: pd.DataFrame, *, partial: Iterable[int] = ()) -> tuple[pd.DataFrame, tuple[int, ...]]:
    """A tally without its partial years, and those years.

    A year is partial where ``partial`` names it or the tally's own column ``partial`` says ``yes`` in any of its rows.
    """
    named = {int(year) for year in partial}
    if "partial" in tally:
        said = tally["partial"].fillna("").astype("str").str.strip().str.lower().isin(("yes", "true", "1"))
        named |= {int(year) for year in tally.loc[said, "year"]}
    present = tuple(sorted(named & {int(year) for year in tally["year"]}))
    return tally[~tally["year"].isin(present)], present


def match(
    tally: pd.DataFrame,
    population: pd.DataFrame,
    *,
    by_group: bool = False,
    groups: Sequence[str] | None = None,
    places: Sequence[str] | None = None,
    years: Iterable[int] | None = None,
    partial: Iterable[int] = (),
    population_year: int | None = None,
) -> Matched:
    """Match a tally with a population, cell by cell.

    Parameters
    ----------
    tally : DataFrame
        ``place, year, events`` and, where there are any, ``agency, group, definition, partial``. Rows of one cell
        are added up.
    population : DataFrame
        ``place, year, group, people, source``. The row of group ``all`` is the whole population.
    by_group : bool
        Whether to match group by group; otherwise events of all groups go with the population ``all``.
    groups : list of str, optional
        Which groups; without it, those that both tables have, but for `RESIDUAL`. A group the tally never names is
        not one without events: its publisher may have no such category.
    places : list of str, optional
        Which places; those without a row in the tally had no event. Without it, the tally's own places.
    years : list of int, optional
        Which years; without it, the tally's complete years. A cell of the population in these years with no row in
        the tally had no event.
    partial : list of int
        Years the tally does not cover whole; they are kept out.
    population_year : int, optional
        Take the population of this one year for every year, such as a census.

    Raises
    ------
    InputError
        If a table lacks columns or has impossible values, the tally mixes definitions or has totals (group ``all``)
        beside the groups they are of, the population has an entry twice or nobody in it, or a place and year has no
        population.
    """
    tally, population = schema.check(schema.TALLY, tally), _checked(population)
    _no_total_among_groups(tally)
    definition = definition_of(tally)
    tally, left_out = complete_years(tally, partial=partial)
    wanted_years = sorted({int(year) for year in (years if years is not None else tally["year"])} - set(left_out))
    if not wanted_years:
        raise InputError(Problem("no complete year is left", "Give years that the tally covers whole."))
    named = set(tally["group"])
    wanted_places = list(dict.fromkeys(places if places is not None else tally["place"]))
    tally = tally[tally["year"].isin(wanted_years) & tally["place"].isin(wanted_places)]
    people = _people(population, wanted_places, wanted_years, population_year)
    if by_group:
        wanted = _groups(named, set(people["group"]) - {ALL}, groups)
        people = people[people["group"].isin(wanted)]
        tally = tally[tally["group"].isin({*wanted, UNKNOWN})]
    else:
        people = people[people["group"] == ALL]
        tally = tally.assign(group=ALL)
    keys = ["place", "year", "group"]
    events = tally.groupby(keys, as_index=False, sort=False)["events"].sum()
    joined = people.merge(events, on=keys, how="outer")
    joined["events"] = joined["events"].fillna(0).astype("int64")
    _every_place_and_year(joined, wanted_places, wanted_years)
    unknown = joined.loc[joined["group"] == UNKNOWN, ["place", "year", "events"]].reset_index(drop=True)
    joined = joined[[*keys, "events", "people", "population"]].sort_values(keys, ignore_index=True)
    return Matched(joined, unknown, definition, left_out)


def places_in_both(tally: pd.DataFrame, population: pd.DataFrame) -> tuple[list[str], list[str]]:
    """The places of a tally that the population has, and those it has not: name the latter where rates are shown."""
    known = set(population["place"])
    places = list(dict.fromkeys(tally["place"]))
    return [place for place in places if place in known], [place for place in places if place not in known]


def places_by_group(population: pd.DataFrame) -> list[str]:
    """The places whose population is known by group."""
    return list(dict.fromkeys(population.loc[population["group"] != ALL, "place"]))


def _no_total_among_groups(tally: pd.DataFrame) -> None:
    """A total beside its parts would count every event twice."""
    totals = tally[tally["group"] == ALL]
    parts = set(zip(*(tally.loc[tally["group"] != ALL, name] for name in ("place", "year")), strict=True))
    twice = [row for row in totals.itertuples() if (row.place, row.year) in parts]
    if twice:
        remedy = "Leave the totals out of the tally: the kit adds the groups up itself."
        raise InputError(
            Problem(f"a total of {row.place}, {row.year} beside its groups", remedy, row=row.Index, column="group")
            for row in twice
        )


def _checked(population: pd.DataFrame) -> pd.DataFrame:
    population = schema.check(schema.POPULATION, population)
    twice = population[population.duplicated(["place", "year", "group"])]
    nobody = population[population["people"] == 0]
    write = schema.POPULATION["people"].write
    problems = [
        Problem(f"{row.place}, {row.year}, {row.group} stands twice", "Keep one of them.", row=row.Index)
        for row in twice.itertuples()
    ] + [
        Problem("nobody to divide by", f"{write} Leave the row out.", row=row.Index, column="people", value=0)
        for row in nobody.itertuples()
        if row.group == ALL
    ]
    if problems:
        raise InputError(problems)
    # A group nobody belongs to has no rate; its events, if there are any, stay in the table without one.
    return population[population["people"] > 0]


def _people(population, places, years, population_year):
    """The population of each place, year and group wanted: ``place, year, group, people, population``."""
    import pandas as pd

    found = population[population["place"].isin(places)]
    if population_year is None:
        found = found[found["year"].isin(years)]
    else:
        base = found[found["year"] == population_year].drop(columns="year")
        found = base.merge(pd.DataFrame({"year": pd.array(years, dtype="Int64")}), how="cross")
    found = found.rename(columns={"source": "population"}).reset_index(drop=True)
    if population_year is not None:
        found["population"] = [
            text if str(population_year) in text else f"{text} ({population_year})" for text in found["population"]
        ]
    return found[["place", "year", "group", "people", "population"]]


def _groups(counted: set[str], known: set[str], named: Sequence[str] | None) -> set[str]:
    """The groups to match."""
    both = counted & known
    if named is not None:
        lacking = [group for group in named if group not in both]
        if lacking:
            remedy = f"Both have: {_few(both)}."
            raise InputError(
                Problem("this group is not in both the tally and the population", remedy, column="group", value=group)
                for group in lacking
            )
        return set(named)
    if not both:
        what = f"no group of the tally ({_few(counted)}) is in the population ({_few(known)})"
        raise InputError(Problem(what, "Name the groups in both by the same words.", column="group"))
    return both - set(RESIDUAL)


def _every_place_and_year(joined, places, years) -> None:
    has = joined[joined["people"].notna()].groupby("place")["year"].agg(set).to_dict()
    lacks = {place: sorted(set(years) - has.get(place, set())) for place in places}
    lacks = {place: missing for place, missing in lacks.items() if missing}
    if lacks:
        remedy = "Add rows for it to the population file, or name the places and years to compare."
        raise InputError(
            Problem(f"no population for {place} in {_few(missing)}", remedy, column="place", value=place)
            for place, missing in lacks.items()
        )


def _few(values, most: int = 6) -> str:
    named = [str(value) for value in sorted(values, key=str)]
    return ", ".join(named[:most]) + (f" and {len(named) - most} more" if len(named) > most else "") or "none"
