"""Mapping Police Violence: the workbook of 2013 to 2021 and the CSV since; its columns were renamed over the years."""

from __future__ import annotations

import pandas as pd

from ..layout import Layout, Take, joined, rows_as_records, stacked
from ..quality import Report
from ..reading import Sheet

__all__ = ["LAYOUT"]

# A camera that an officer did not wear is no body camera; whether there was one besides is not said.
_CAMERA = {
    "surveillance video": "", "bystander video": "", "dashcam video": "", "cell phone video": "", "dash cam video": "",
}  # fmt: skip


def _read(layout: Layout, tables: dict[str, list[Sheet]], report: Report) -> pd.DataFrame:
    """Records whose agencies, parted by commas, stand as the kit parts them."""
    frame = stacked([rows_as_records(layout, sheet, report) for sheet in tables[""]])
    if "agency" in frame:
        agencies = {cell: joined(_parted(cell)) for cell in frame["agency"].dropna().unique()}
        frame["agency"] = frame["agency"].map(agencies).astype("str")
        several = int(frame["agency"].str.contains("; ", na=False).sum())
        if several:
            report.note(
                f"{several:,} records name several agencies: each counts once for each of them, and once in the nation."
            )
    if "cause" in frame:
        shot = frame["cause"].str.contains("gunshot", case=False, na=False)
        report.note(
            f"This publisher counts killings by any force: {int(shot.sum()):,} of {len(frame):,} name a gunshot as"
            " cause. Do not put them in one series with counts of fatal shootings."
        )
    return frame


def _parted(cell: str) -> list[str]:
    """The agencies of one cell: parted where a new one begins, so that 'Washington, D.C. Police' stays whole."""
    parts: list[str] = []
    for part in (piece.strip() for piece in cell.replace(";", ",").split(",")):
        whole = parts and all(any(word in some.casefold() for word in _AGENCY_WORDS) for some in (parts[-1], part))
        if parts and part and not whole:
            parts[-1] += f", {part}"
        elif part:
            parts.append(part)
    return parts


_AGENCY_WORDS = (
    "police", "sheriff", "department", "marshal", "patrol", "bureau", "trooper", "constable", "state", "agency",
    "service", "office", "investigation", "force", "public safety", "fbi", "atf", "dea", "corrections", "protection",
    "enforcement", "district", "rangers", "probation",
)  # fmt: skip

LAYOUT = Layout(
    name="mapping-police-violence",
    publisher="Mapping Police Violence",
    title="Police killings database",
    counts=(
        "killings by police in the United States since 2013 by any force (shooting, Taser, restraint, vehicle,"
        " beating), on or off duty"
    ),
    definition="killings by police, by any force",
    licence="none stated with the file; see the publisher's site",
    credit="Mapping Police Violence",
    gaps="No number of shots. Body camera, threat and flight come from the Post's version 1 and stop with it.",
    url="https://mappingpoliceviolence.org",
    marks=(
        ("victims name", "name"),
        ("cause of death",),
        ("agency responsible for death", "agency responsible", "agency responsible for the death"),
        ("ori agency identifier", "ori"),
        ("a brief description of the circumstances surrounding the death", "circumstances"),
        ("official disposition of death", "disposition official", "official disposition of death justified or other"),
        ("symptoms of mental illness", "signs of mental illness", "mental illness"),
        ("criminal charges", "officer charged"),
    ),
    takes=(
        Take("record_id", ("mpv id", "id", "mapid", "map id")),
        Take("date", ("date of incident", "date", "date of death", "incident date"), "date"),
        Take("name", ("victims name", "name", "victim name"), "name"),
        Take("age", ("victims age", "age", "victim age"), "age"),
        Take("gender", ("victims gender", "gender", "victim gender"), "gender"),
        Take("race", ("victims race", "race", "victim race", "race ethnicity"), "race", {"separators": ";,"}),
        Take("city", ("city", "city of death")),
        Take("county", ("county", "county of death")),
        Take("state", ("state", "state of death")),
        Take("agency", ("agency responsible for death", "agency responsible", "agency responsible for the death")),
        Take("armed", ("alleged weapon", "wapo armed", "armed unarmed status", "allegedly armed")),
        Take("body_camera", ("body camera", "wapo body camera"), "yes_no", {"words": _CAMERA}),
        Take("latitude", ("latitude", "lat"), "number", {"low": -90, "high": 90}),
        Take("longitude", ("longitude", "lng", "lon", "long"), "number", {"low": -180, "high": 180}),
        Take("cause", ("cause of death",)),
        Take("off_duty", ("off duty killing", "off duty", "officer off duty")),
    ),
    fixed={"outcome": "killed"},
    read=_read,
)
