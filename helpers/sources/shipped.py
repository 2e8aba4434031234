"""Rebuilding the shipped tables from publishers' files: ``python -m helpers.sources.shipped TABLE FILE...``

``fatal_shootings``    the Post's records and agencies files, version 2
``population``         historical_state_population_by_year.csv and MPV's cities.csv
``chicago_shootings``  every extract of the tactical response reports: discharges, reports, subjects

Each table holds counts, never a person: no name, no age, no place finer than a state or a city.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from .. import paths, schema
from ..problems import InputError, Problem
from . import output, records
from .layouts import chicago
from .quality import Report
from .reading import Sheet, read_file
from .values import plain

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["BUILDERS", "chicago_shootings", "fatal_shootings", "population"]

FIRST_YEAR = 2000
STATE_SOURCE = "US Census Bureau estimates via FRED, Federal Reserve Bank of St. Louis"
CITY_SOURCE = "US Census Bureau, 2010 census, as compiled by Mapping Police Violence"
# In the census's tables the races are those of people who are not Hispanic; Hispanic people are of any race.
CITY_GROUPS = {
    "total": "all",
    "white": "White",
    "black": "Black",
    "native": "Native American",
    "asian": "Asian",
    "hawaiian": "Pacific Islander",
    "asianpacificislander": "Asian or Pacific Islander",
    "other": "Other",
    "two_races": "Two or more",
    "hispanic": "Hispanic",
}


def fatal_shootings(files: list[Path]) -> pd.DataFrame:
    """Fatal shootings counted by state, agencies, year and race, from the Post's version 2.

    Returns
    -------
    DataFrame
        ``place`` (state), ``agency`` (all agencies named by the record, 'A, ST; B, ST'), ``year``, ``group`` (race),
        ``events``, ``partial`` and ``definition`` (what the Post counts, in a few words). Every record counts once, so
        that the events sum to the records.
    """
    layout = records.named("washington-post-v2")
    found = records.read(files, layout).records
    found["year"] = found["date"].str[:4].astype(int)
    names = {"place": "state", "agency": "agency", "year": "year", "group": "race"}
    counts = found.groupby(list(names.values()), dropna=False).size().reset_index(name="events")
    table = counts.rename(columns={old: new for new, old in names.items()})
    last = found["date"].max()
    table["partial"] = (table["year"] == int(last[:4])) & (not last.endswith("12-31"))
    table["definition"] = layout.definition
    return table.sort_values(["place", "agency", "year", "group"], ignore_index=True)


def population(files: list[Path]) -> pd.DataFrame:
    """People by state and year since `FIRST_YEAR`, and by race in the 100 largest cities in 2010.

    Returns
    -------
    DataFrame
        ``place`` ('IL'; 'Chicago, IL'), ``year``, ``group`` ('all' or a race), ``people``, ``source``. The groups
        overlap: 'all' holds everyone, 'Asian or Pacific Islander' holds both of its parts.
    """
    import pandas as pd

    rows: list[tuple[str, int, str, int, str]] = []
    for file in files:
        cells = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))
        rows += _cities(cells) if plain(cells[0][0]) == "key" else _states(cells, file)
    return pd.DataFrame(rows, columns=["place", "year", "group", "people", "source"]).sort_values(
        ["year", "place", "group"], ignore_index=True
    )


def _states(cells: list[list[str]], file: Path) -> list[tuple[str, int, str, int, str]]:
    if any(len(row) != 3 or not row[1].isdigit() or not row[2].isdigit() for row in cells):
        raise InputError(Problem("not rows of state, year, people", "Give the state population table.", file))
    return [(row[0], int(row[1]), "all", int(row[2]), STATE_SOURCE) for row in cells if int(row[1]) >= FIRST_YEAR]


def _cities(cells: list[list[str]]) -> list[tuple[str, int, str, int, str]]:
    header, *body = cells
    at = {heading: place for place, heading in enumerate(header)}
    return [
        (f"{row[at['city']]}, {row[at['state']]}", 2010, group, int(row[at[heading]]), CITY_SOURCE)
        for row in body
        for heading, group in CITY_GROUPS.items()
    ]


def chicago_shootings(files: list[Path]) -> pd.DataFrame:
    """Every incident in which Chicago police reported firing; see `helpers.sources.layouts.chicago`."""
    report, parts = Report(), {}
    for sheet in [sheet for file in files for sheet in read_file(file)]:
        fit = records.recognise(sheet)
        if fit is None or fit.layout is not chicago.LAYOUT:
            raise InputError(Problem("not a table of tactical response reports", "Leave it out.", sheet.file))
        report.begin(sheet, fit.layout.name, fit.part, fit.why)
        parts.setdefault(fit.part, list[Sheet]()).append(sheet)
    return chicago.incidents(parts, report)


BUILDERS: dict[str, tuple[Callable[[list[Path]], pd.DataFrame], schema.Table | None]] = {
    "fatal_shootings": (fatal_shootings, schema.TALLY),
    "population": (population, schema.POPULATION),
    "chicago_shootings": (chicago_shootings, None),
}


def main(arguments: list[str]) -> int:
    """Rebuild one shipped table from the files named after it."""
    if len(arguments) < 2 or arguments[0] not in BUILDERS:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    name, *files = arguments
    build, table = BUILDERS[name]
    try:
        frame = build([Path(file) for file in files])
        checked = schema.check(table, frame) if table else frame
        print(paths.shown(output.write(checked[list(frame.columns)], paths.data() / f"{name}.csv")), len(frame), "rows")
    except InputError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
