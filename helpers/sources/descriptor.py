"""The descriptor of the shipped data, ``data/datapackage.json`` (Data Package standard, frictionless's Table Schema).

``python -m helpers.sources.descriptor`` writes it again; the columns come from `helpers.schema`, so that the kit's
checks and the descriptor cannot disagree.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from .. import files, paths, schema
from ..schema import Column

__all__ = ["descriptor"]

_REBUILD = "python -m helpers.sources.shipped {} FILE..."
_KINDS = {"number": "number", "integer": "integer", "date": "date", "text": "string", "choice": "string"}
_PARTIAL = {
    "name": "partial",
    "type": "boolean",
    "description": "True for a year the source does not cover whole: keep it out of trends.",
}


def _field(column: Column) -> dict[str, Any]:
    """A column of the kit's tables as a field of a Table Schema."""
    limits = {"minimum": column.low, "maximum": column.high, "enum": list(column.choices) or None}
    whole = column.kind == "integer"
    limits = {k: int(v) if whole and isinstance(v, float) else v for k, v in limits.items() if v is not None}
    if column.required and not column.blank:
        limits["required"] = True
    field = {"name": column.name, "type": _KINDS[column.kind], "description": column.write}
    return field | ({"constraints": limits} if limits else {})


def _fields(table: schema.Table, **described: str) -> list[dict[str, Any]]:
    return [
        _field(column) | ({"description": described[column.name]} if column.name in described else {})
        for column in table.columns
    ]


def _plain(name: str, kind: str, description: str, **constraints: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "description": description, "constraints": {"required": True} | constraints}


_DEFINITION = {
    "name": "definition",
    "type": "string",
    "description": "What the publisher counts: never put counts by two definitions into one series.",
}


_FATAL = {
    "name": "fatal_shootings",
    "title": "Fatal police shootings in the United States, counted by state, agency, year and race",
    "description": (
        "Counts only, from The Washington Post's Fatal Force database, version 2, as of 2024-04-04: fatal shootings by"
        " on-duty officers. Every record counts once: the events sum to 9,518. A record that names several agencies has"
        " them all in one cell ('A, ST; B, ST'). Several races: Hispanic where one of them is, otherwise 'Two or more'."
        " Non-commercial use only."
    ),
    "licenses": [{"name": "CC-BY-NC-SA-4.0", "title": "Attribution-NonCommercial-ShareAlike 4.0 International",
                  "path": "https://creativecommons.org/licenses/by-nc-sa/4.0/"}],
    "sources": [{"title": "The Washington Post, Fatal Force database (version 2, to 2024-04-04)",
                 "path": "https://github.com/washingtonpost/data-police-shootings"}],
    "as_of": "2024-04-04",
    "schema": {"fields": [*_fields(
        schema.TALLY,
        place="The state in which the shooting took place, in two letters.",
        agency="The agencies the record names, each with its own state, joined by '; '.",
        year="The year of the shooting.",
        group="The person's race in the kit's words; 'unknown' where the Post has none.",
        events="How many people were shot and killed.",
    ), _PARTIAL, _DEFINITION]},
}  # fmt: skip

_POPULATION = {
    "name": "population",
    "title": "People by state and year since 2000, and by race in the 100 largest cities in 2010",
    "description": (
        "Residents. The cities' races are those of people who are not Hispanic; Hispanic people are of any race, and"
        " the eight groups White, Black, Native American, Asian, Pacific Islander, Other, Two or more and Hispanic sum"
        " to 'all'. 'Asian or Pacific Islander' holds two of them again: do not sum it with them."
    ),
    "licenses": [{"name": "other-pd", "title": "Public domain (United States Census Bureau)"}],
    "sources": [
        {"title": "US Census Bureau estimates via FRED, compiled in JoshData/historical-state-population-csv",
         "path": "https://github.com/JoshData/historical-state-population-csv"},
        {"title": "2010 census of the 100 largest cities, compiled in mapping-police-violence/cities-breakdown (MIT)",
         "path": "https://github.com/mapping-police-violence/cities-breakdown"},
    ],
    "as_of": "2026-03-09",
    "schema": {"fields": _fields(
        schema.POPULATION,
        place="A state in two letters, or a city with its state, such as 'Chicago, IL'.",
        group="'all', or a race in the kit's words.",
        people="How many people live there.",
    )},
}  # fmt: skip

_CHICAGO = {
    "name": "chicago_shootings",
    "title": "Every incident in which Chicago police reported firing a firearm, 2004 to 2023",
    "description": (
        "From the tactical response reports that officers file, 2004-01-08 to 2023-09-15: an incident a row. Shots are"
        " counted once for each officer and incident. It holds what officers reported: the shooting of Laquan McDonald"
        " on 2014-10-20 is missing from the records. Before October 2017 the form did not ask for accidental discharges"
        " or shots at animals. The first and the last year are partial. helpers/sources/README.md tells the method."
    ),
    "licenses": [{"name": "other-open", "title": "None stated; public records released under FOIA"}],
    "sources": [{"title": "Chicago Police Department, tactical response reports, via the Invisible Institute",
                 "path": "https://github.com/invinst/chicago-police-data"}],
    "as_of": "2023-09-15",
    "schema": {"fields": [
        _plain("incident", "string", "The records-division number as published, hashed (SHA-256); several joined by"
               " '; '; 'trr-' and a report's id where there is none."),
        _plain("date", "date", "The day, from the reports."),
        _plain("year", "integer", "The year.", minimum=2004, maximum=2023),
        _plain("kind", "string", "What was fired at or how.", enum=["shooting", "accidental", "animal"]),
        _plain("officers_fired", "integer", "How many officers fired.", minimum=1),
        _plain("shots", "integer", "Shots by all officers, counted once for each officer.", minimum=1),
        _plain("shots_all_reports", "integer", "The plain sum over reports, which counts an officer who filed for two"
               " subjects twice.", minimum=1),
        _plain("reports", "integer", "How many reports tell of it.", minimum=1),
        _PARTIAL,
    ]},
}  # fmt: skip

_SHOOTINGS = {
    "name": "shootings",
    "title": "Documented police shootings, every figure with its source",
    "description": "Compiled by the kit from official statements and the press; each row names its source.",
    "licenses": [{"name": "MIT", "title": "The kit's own licence; facts compiled from the sources each row names"}],
    "schema": {"fields": _fields(schema.SHOOTINGS)},
}


def descriptor() -> dict[str, Any]:
    """The descriptor of ``data/``."""
    resources = []
    for table in (_SHOOTINGS, _CHICAGO, _FATAL, _POPULATION):
        file = {"path": f"{table['name']}.csv", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
        rebuilt = {} if table is _SHOOTINGS else {"rebuild": _REBUILD.format(table["name"])}
        resources.append({"name": table["name"]} | file | {"profile": "tabular-data-resource"} | rebuilt | table)
    return {
        "profile": "data-package",
        "name": "police-shootings-kit-data",
        "title": "Data shipped with the police shootings kit",
        "description": "Figures the kit's own code derived or compiled, each with its source; see data/README.md.",
        "resources": resources,
    }


def main() -> int:
    """Write data/datapackage.json."""
    text = json.dumps(descriptor(), indent=1, ensure_ascii=False) + "\n"
    print(paths.shown(files.write(paths.data() / "datapackage.json", text)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
