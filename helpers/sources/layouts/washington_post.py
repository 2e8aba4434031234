"""The Washington Post's Fatal Force database: version 2 with its agencies file, and version 1.

Source of the columns' meaning: the Post's own description of the data (DATAREADME of version 2, 2022).
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from ...problems import InputError, Problem
from ..layout import Layout, Take, rows_as_records, stacked
from ..quality import Report
from ..reading import Sheet
from ..values import plain

__all__ = ["PERSON", "V1", "V2", "agency_labels"]

_COUNTS = (
    "fatal shootings by on-duty police officers in the United States since 2015; not deaths in custody, by other"
    " force, or by off-duty officers"
)
_LICENCE = "CC BY-NC-SA 4.0"
_CREDIT = "The Washington Post, Fatal Force database"
_GAPS = (
    "Race is unknown for more of the recent years than of the first. body_camera and was_mental_illness_related have"
    " no unknown state: False also means that no report said so."
)
# False means that no report spoke of a camera, so it is not a no.
_CAMERA = {"true": "yes", "false": "unknown"}
PERSON = (
    Take("record_id", ("id",)),
    Take("date", ("date",), "date"),
    Take("name", ("name",), "name"),
    Take("age", ("age",), "age"),
    Take("gender", ("gender",), "gender"),
    Take("race", ("race",), "race"),
    Take("city", ("city",)),
    Take("state", ("state",)),
    Take("latitude", ("latitude", "lat"), "number", {"low": -90, "high": 90}),
    Take("longitude", ("longitude", "lon", "long", "lng"), "number", {"low": -180, "high": 180}),
)
_SHARED = (*PERSON, Take("body_camera", ("body camera",), "yes_no", {"words": _CAMERA}))


def agency_labels(agencies: list[Sheet]) -> dict[str, str]:
    """From an agency's id to 'Name, ST'; the state tells apart the many agencies of one name."""
    labels: dict[str, str] = {}
    for sheet in agencies:
        at = {plain(heading): place for place, heading in enumerate(sheet.headings)}
        for name in ("id", "name", "state"):
            if name not in at:
                remedy = "Leave the agencies file out, or give the whole one: agencies are told by id, name and state."
                raise InputError(Problem("the column is missing", remedy, sheet.file, row=1, column=name))
        ids, names, states = (sheet.column(at[name]).to_pylist() for name in ("id", "name", "state"))
        labels |= {i.strip(): f"{n.strip()}, {s.strip()}" for i, n, s in zip(ids, names, states, strict=True)}
    return labels


def _read(layout: Layout, tables: dict[str, list[Sheet]], report: Report) -> pd.DataFrame:
    """Records with their agencies by name, where the agencies file is there; otherwise as 'agency 73'."""
    agencies = tables.get("agencies", [])
    for sheet in agencies:
        report.about(sheet).joined = sheet.table.num_rows
    labels = agency_labels(agencies)
    named = [replace(item, options={"labels": labels}) if item.how == "agencies" else item for item in layout.takes]
    layout = replace(layout, takes=tuple(named))
    frame = stacked([rows_as_records(layout, sheet, report) for sheet in tables[""]])
    if "agency" in frame:
        if not labels:
            report.note(
                "Agencies are numbers in this file: give fatal-police-shootings-agencies.csv with it to name them."
            )
        unnamed = int(frame["agency"].str.contains(r"(?:^|; )agency \d+", na=False).sum()) if labels else 0
        if unnamed:
            report.note(
                f"{unnamed:,} records name an agency that is not in the agencies file; it stands as 'agency 73'."
            )
        several = frame["agency"].str.contains("; ", regex=False, na=False)
        if several.any():
            report.note(
                f"{int(several.sum()):,} records name several agencies: each counts once for each of them, and once in"
                " the nation."
            )
    return frame


V2 = Layout(
    name="washington-post-v2",
    publisher="The Washington Post",
    title="Fatal Force, version 2",
    counts=_COUNTS,
    definition="fatal shootings by on-duty police",
    licence=_LICENCE,
    credit=_CREDIT,
    gaps=_GAPS,
    url="https://github.com/washingtonpost/data-police-shootings",
    marks=(("id",), ("date",), ("threat type",), ("flee status",), ("armed with",), ("agency ids",), ("race source",)),
    companions={"agencies": (("id",), ("name",), ("type",), ("oricodes",), ("total shootings",))},
    takes=(
        *_SHARED,
        Take("county", ("county",)),
        Take("armed", ("armed with",)),
        Take("agency", ("agency ids",), "agencies"),
    ),
    fixed={"outcome": "killed"},
    read=_read,
)

V1 = Layout(
    name="washington-post-v1",
    publisher="The Washington Post",
    title="Fatal Force, version 1 (to 2022)",
    counts=_COUNTS,
    definition="fatal shootings by on-duty police",
    licence=_LICENCE,
    credit=_CREDIT,
    gaps="Several races of one person stand as Other. " + _GAPS,
    url="https://github.com/washingtonpost/data-police-shootings",
    marks=(
        ("id",),
        ("date",),
        ("manner of death",),
        ("armed",),
        ("signs of mental illness",),
        ("threat level",),
        ("flee",),
    ),
    takes=(*_SHARED, Take("armed", ("armed",))),
    fixed={"outcome": "killed"},
)
