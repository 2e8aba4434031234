"""Opening what a reporter brings for rates: records or a tally, and a population; the shipped ones otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import paths, schema
from ..problems import InputError, Problem
from . import chicago
from .agencies import city_police
from .definitions import definition_of
from .exposure import ALL, places_by_group, places_in_both
from .rates import Rate, rates
from .tally import tally_files

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ByGroup", "Loaded", "load", "load_shots", "named_source"]

RECORDS, POPULATION = "fatal_shootings.csv", "population.csv"


@dataclass(frozen=True)
class ByGroup:
    """The part of a tally whose population is known by group.

    ``how`` says which events of a place are in it. ``population_year`` is the one year there is a population for, such
    as a census, and None where there are several; ``without`` are the places with such a population that the tally
    does not have.
    """

    tally: pd.DataFrame
    how: str
    population_year: int | None
    without: tuple[str, ...]

    @property
    def places(self) -> list[str]:
        """The places in the tally."""
        return sorted(set(self.tally["place"]))

    def rates(self, population: pd.DataFrame, **words: Any) -> list[Rate]:
        """Each group's rate, the places pooled; none where no place has a population by group."""
        if not self.places:
            return []
        pooled = {"population_year": self.population_year, "pooled_as": f"{len(self.places)} places"}
        return rates(self.tally, population, by=["group"], **pooled, **words)

    def rates_of_most(self, population: pd.DataFrame, by: Sequence[str], *, most: int = 12, **words: Any) -> list[Rate]:
        """Rates of the places with the most events by ``by``, such as place and year."""
        if not self.places:
            return []
        events = self.tally.groupby("place")["events"].sum().sort_values(ascending=False, kind="stable")
        return rates(self.tally, population, by=by, places=list(events.index[:most]),
                     population_year=self.population_year, **words)  # fmt: skip

    @property
    def words(self) -> str:
        """Which places these are, and which are not among them, in a sentence or two."""
        if not self.places:
            return "No place of the records has a population by group: there are no rates by group."
        year = f", population of {self.population_year}" if self.population_year else ""
        lacking = f" Not in the tally by that name: {'; '.join(self.without)}." if self.without else ""
        return f"{len(self.places)} places with a population by group{year}; {self.how}.{lacking}"


@dataclass(frozen=True)
class Loaded:
    """What rates are worked out from.

    ``tally`` is by place, year and group; ``cities`` by the city it happened in ("Chicago, IL"), and ``agencies`` by
    agency (an event of several agencies in each of them), or None where the file names none. ``notes`` are sentences a
    reader should know.
    """

    tally: pd.DataFrame
    cities: pd.DataFrame | None
    agencies: pd.DataFrame | None
    population: pd.DataFrame
    notes: tuple[str, ...]

    @property
    def places(self) -> list[str]:
        """The tally's places that the population has for all of the tally's years."""
        return places_in_both(self.tally, self.population)[0]

    @property
    def has_groups(self) -> bool:
        """Whether the records say whose group it was."""
        return set(self.tally["group"]) != {ALL}

    def in_words(self, many: str = "events") -> str:
        """What was counted, in how many places, and what a reader should know."""
        definition = definition_of(self.tally)
        counted = f"{int(self.tally['events'].sum()):,} {many} in {self.tally['place'].nunique()} places."
        by = f"Counted by its publisher as: {definition}." if definition else "The file does not define what it counts."
        return " ".join([counted, by, *self.notes])

    def by_group(self) -> ByGroup:
        """The places whose population is known by group: the tally's own, or else cities, or else by their police."""
        known = places_by_group(self.population)
        found, how = self.tally[self.tally["place"].isin(known)], "events there"
        if found.empty and self.cities is not None:
            found, how = self.cities[self.cities["place"].isin(known)], "events in the city, by whichever agency"
        if found.empty and self.agencies is not None:
            found, how = city_police(self.agencies, known)[0], "events of the city's own police department"
        if not self.has_groups:
            found = found.iloc[:0]
        there = set(found["place"])
        years = set(self.population.loc[self.population["place"].isin(there), "year"])
        year = int(years.pop()) if len(years) == 1 else None
        return ByGroup(found, how, year, tuple(place for place in known if place not in there))


def load(records: str | Path | None = None, population: str | Path | None = None) -> Loaded:
    """Open records or a tally, and a population.

    Parameters
    ----------
    records : path, optional
        A publisher's file or a tally (``place, year, events``, and ``agency`` and ``group`` where there are any); the
        shipped tally of fatal shootings without it.
    population : path, optional
        ``place, year, group, people, source``; the shipped one without it.

    Raises
    ------
    InputError
        If a file cannot be read, or has no column for place or year.
    """
    file = Path(records) if records else paths.data() / RECORDS
    people = schema.read_csv(schema.POPULATION, Path(population) if population else paths.data() / POPULATION)
    tally, notes = _counted(file, ["place"])
    if "group" not in tally:
        tally["group"] = ALL
        notes.append("The file does not say whose group it was: there are no rates by group.")
    undated = int(tally.loc[tally["year"].isna(), "events"].sum())
    if undated:
        notes.append(f"{undated:,} of {int(tally['events'].sum()):,} have no year and are in no rate.")
        tally = tally[tally["year"].notna()].reset_index(drop=True)
    _, without = places_in_both(tally, people)
    if without:
        lost = int(tally.loc[tally["place"].isin(without), "events"].sum())
        named = ", ".join(without[:8]) + (f" and {len(without) - 8} more" if len(without) > 8 else "")
        notes.append(f"{lost:,} are of places without a population and in no rate: {named}.")
    if len(without) == tally["place"].nunique():
        remedy = "Bring a population file that names its places as the records do."
        raise InputError(Problem(f"no place of the records is in the population: {named}", remedy, file))
    return Loaded(tally, _cities(file), _dated(file, ["agency"]), people, tuple(notes))


def named_source(records: str | Path | None = None, population: str | Path | None = None) -> str:
    """Where the figures come from, for a chart's source line; a file that was given is named without its folder."""
    counted = "The Washington Post, Fatal Force (CC BY-NC-SA 4.0)" if records is None else Path(records).name
    return f"{counted}; population: {'US Census Bureau' if population is None else Path(population).name}"


def load_shots(file: str | Path | None = None) -> pd.DataFrame:
    """Incidents with their shots: the shipped ones of Chicago, or a CSV with ``shots`` and, where known, ``officers``.

    Of the shipped file only shootings are kept: accidental discharges and shots at animals are apart in it.

    Raises
    ------
    InputError
        If the file cannot be read, or has no column ``shots``.
    """
    if file is not None:
        read = schema.read_csv(schema.Table("incidents", "an incident", (_SHOTS, _OFFICERS)), file)
        return read.reset_index(drop=True)
    return chicago.shootings(chicago.read()).rename(columns={"officers_fired": "officers"})


_SHOTS = schema.Column("shots", "integer", "Write a whole number, or leave it empty.", blank=True, low=0)
_OFFICERS = schema.Column(
    "officers", "integer", "Write how many officers fired, or leave it empty.", required=False, blank=True, low=0
)


def _counted(file: Path, units: list[str]) -> tuple[pd.DataFrame, list[str]]:
    """The tally by these columns, year and, where the file has it, group."""
    try:
        counted, notes = tally_files([file], by=[*units, "year", "group"])
    except InputError as error:
        if error.problems[0].column != "group":
            raise
        counted, notes = tally_files([file], by=[*units, "year"])
    return counted, list(notes)


def _dated(file: Path, units: list[str]) -> pd.DataFrame | None:
    """The tally by these columns of events with a year, or None where the file lacks one of them."""
    try:
        counted = _counted(file, units)[0]
    except InputError as error:
        if error.problems[0].column not in units:
            raise
        return None
    return counted[counted["year"].notna()].reset_index(drop=True)


def _cities(file: Path) -> pd.DataFrame | None:
    """The tally by city, named with its state as in "Chicago, IL"."""
    counted = _dated(file, ["city", "place"])
    if counted is None:
        return None
    return counted.assign(place=counted["city"].str.strip() + ", " + counted["place"]).drop(columns="city")
