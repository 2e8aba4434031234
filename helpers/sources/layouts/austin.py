"""Austin, Texas: officer-involved shootings 2008 to 2017, in three files (incidents, officers, subjects).

The files are joined by ``case``, which holds one or more case numbers, a line each. A record is a subject. The shots of
an incident are the sum of its officers' and stand with its first subject, so that they count once.
"""

from __future__ import annotations

import re

import pandas as pd

from ...problems import InputError, Problem
from .. import values
from ..layout import Layout, by_heading, joined
from ..quality import Report
from ..reading import SetAside, Sheet

__all__ = ["LAYOUT"]

_AGENCIES = {"APD": "Austin Police Department", "TCSO": "Travis County Sheriff's Office",
             "TABC": "Texas Alcoholic Beverage Commission", "US Marshal": "U.S. Marshals Service"}  # fmt: skip
# A death by one's own hand, or a hurt without a shot, is not what the police's shots came to: unknown.
_OUTCOMES = {
    "killed": "killed", "shot (injured only)": "injured", "none": "missed", "killed (self-inflicted)": "unknown",
    "injured - incidentally": "unknown",
}  # fmt: skip
_NORTH, _EAST = (29.9, 30.8), (-98.3, -97.3)


def _read(layout: Layout, tables: dict[str, list[Sheet]], report: Report) -> pd.DataFrame:
    """A record for each subject, and for each incident without one."""
    incidents = _by_case(tables.get("", []))
    officers = _by_case(tables.get("officers", []))
    subjects = _by_case(tables.get("subjects", []))
    if not len(subjects):
        report.note("Without the file of subjects a record is an incident: nothing is known of a person.")
    rows = []
    for case, incident in incidents.groupby("case", sort=False):
        people = subjects[subjects["case"] == case].to_dict("records") or [{}]
        fired = _fired(officers[officers["case"] == case], incident.iloc[0], report)
        rows += [_record(case, n, incident.iloc[0], person, fired) for n, person in enumerate(people)]
    _account(tables, incidents, officers, subjects, report)
    if not rows:
        # Every row was set aside, or there is none below the headings.
        return pd.DataFrame({"record_id": [], "source_row": []}).astype({"record_id": "str", "source_row": "int64"})
    frame = pd.DataFrame(rows).reset_index(drop=True)
    frame["source_row"] = frame["source_row"].astype("int64")
    _note_places(frame, report)
    return frame


def _by_case(sheets: list[Sheet]) -> pd.DataFrame:
    """The tables as text, with ``case`` as one line and the file and row each stands in."""
    parts = [by_heading(sheet) for sheet in sheets]
    if not parts:
        return pd.DataFrame({"case": []})
    table = pd.concat(parts, ignore_index=True).fillna("")
    if "case" not in table:
        remedy = "The three files are joined by their column case."
        raise InputError(Problem("there is no column case", remedy, sheets[0].file, row=1, column="case"))
    table["case"] = table["case"].str.split().str.join(" ")
    return table


def _fired(officers: pd.DataFrame, incident: pd.Series, report: Report) -> dict:
    """The officers, shots and agencies of one incident."""
    raw = [text for text in officers.get("shots fired by officer", [])]
    counts = [values.shots(text) for text in raw]
    known = [count.value for count in counts if count.value is not None]
    stated = values.number(incident.get("number of officer shooters", "")).value
    if stated is not None and len(raw) and int(stated) != len(raw):
        report.note(
            f"Case {incident['case']}: {int(stated)} officers are said to have fired and {len(raw)} are listed; the"
            " list was counted."
        )
    exact = len(known) == len(raw) and all(count.qualifier == "exact" for count in counts)
    agencies = [_AGENCIES.get(text, text) for text in officers.get("pd agency jurisdiction", [])]
    return {
        "shots": sum(known) if known else None,
        "shots_raw": ";".join(raw),
        "shots_qualifier": ("exact" if exact else "at_least") if known else None,
        "officers": len(raw) or (int(stated) if stated is not None else None),
        "agency": joined(agencies) or "Austin Police Department",
    }


def _record(case: str, number: int, incident: pd.Series, person: dict, fired: dict) -> dict:
    when, hits = values.date(incident.get("date", "")), values.number(incident.get("hits", "")).value
    outcome = _OUTCOMES.get(person.get("subject injuries", "").casefold(), "unknown")
    if outcome == "unknown" and not person.get("subject injuries") and hits == 0:
        outcome = "missed"
    north, east = _coordinates(incident.get("location 1", ""))
    first = number == 0
    return {
        "record_id": case if first else f"{case} #{number + 1}",
        "date": when.value,
        "date_precision": when.qualifier,
        "gender": values.gender(person.get("subject gender", "")).value,
        "race": values.race(person.get("subject race ethnicity", "")).value or "unknown",
        "race_raw": person.get("subject race ethnicity"),
        "city": "Austin",
        "state": "TX",
        "armed": values.text(incident.get("subject weapon", "")).value,
        "outcome": outcome,
        **{name: value if first or name == "agency" else None for name, value in fired.items()},
        "shots_raw": fired["shots_raw"] if first else f"counted with {case}",
        "latitude": north,
        "longitude": east,
        "hits": hits if first else None,
        "incident": case,
        "source_row": person.get("source row") or incident["source row"],
    }


def _coordinates(cell: str) -> tuple[float | None, float | None]:
    """Latitude and longitude out of a cell like "{'latitude': '30.3', 'longitude': '-97.6', ...}"."""
    found = [re.search(rf"'{name}': '(-?[\d.]+)'", cell) for name in ("latitude", "longitude")]
    if not all(found):
        return None, None
    north, east = (float(match[1]) for match in found)
    return north, east


def _note_places(frame: pd.DataFrame, report: Report) -> None:
    away = ~(frame["latitude"].between(*_NORTH) & frame["longitude"].between(*_EAST)) & frame["latitude"].notna()
    if away.any():
        where = ", ".join(
            f"{n:g}, {e:g}" for n, e in zip(frame["latitude"][away], frame["longitude"][away], strict=True)
        )
        frame.loc[away, ["latitude", "longitude"]] = None
        report.note(f"{int(away.sum())} records lie far from Austin ({where}): their coordinates are unknown.")


def _account(tables, incidents, officers, subjects, report: Report) -> None:
    """Account for every row: a subject, or an incident without one, is a record; the others are joined to it."""
    known, told = set(incidents["case"]), set(subjects["case"])
    for part, table in (("", incidents), ("officers", officers), ("subjects", subjects)):
        for sheet in tables.get(part, []):
            entry, rows = report.about(sheet), table[table["file"] == sheet.file]
            lost = rows[~rows["case"].isin(known)]
            report.set_aside(
                [SetAside(sheet.file, int(row), "its case is not among the incidents") for row in lost["source row"]]
            )
            kept = len(rows) - len(lost)
            entry.records = kept if part == "subjects" else int((~rows["case"].isin(told)).sum()) if part == "" else 0
            entry.joined = kept - entry.records


LAYOUT = Layout(
    name="austin",
    publisher="Austin Police Department",
    title="Officer-involved shootings, 2008 to 2017",
    counts="incidents in which an Austin officer fired at a person, fatal or not",
    definition="incidents in which police fired",
    licence="BSD-3-Clause (compilation by openpolicedata)",
    credit="Austin Police Department via openpolicedata",
    gaps="2008-11-06 to 2017-12-17; withdrawn by the agency. 2008 is partial. No names of subjects.",
    url="https://github.com/openpolicedata/opd-datasets",
    marks=(
        ("case",),
        ("hits",),
        ("number of officer shooters",),
        ("premise category",),
        ("officers present when shots fired",),
    ),
    companions={
        "officers": (
            ("case",),
            ("shots fired by officer",),
            ("officer name",),
            ("officer weapon type",),
            ("how cleared",),
        ),
        "subjects": (("case",), ("subject injuries",), ("subject race ethnicity",), ("subject gender",)),
    },
    read=_read,
)
