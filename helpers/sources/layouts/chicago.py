"""Chicago Police Department tactical response reports (TRR): discharges with their reports and subjects, all extracts.

An officer files a report for each subject of an event, so one officer's shots can stand in several reports. The
method, in order:

1. A discharge table whose headings are shifted against its cells is recognised by what the cells hold (`shift`).
2. Where extracts overlap, a report is read from the newest of them.
3. A row counts where a firearm was fired: Tasers, chemicals, less-lethal rounds and rows without shots do not.
4. Reports of one records-division number (``rd_no``, published as a hash) are one incident; so are reports of one
   full event number on one day, since officers of one event at times file under several numbers. A number that stands
   on many days (the hash of a blank, for one) is no number, and such a report goes by its event number.
5. Shots are counted once for each officer and incident. The extracts hold no officer ids, so two rows are one
   officer's where both describe the same discharge: on the old form (to 2017) the same firearm, barrel, calibre,
   holster, draw and number of shots; on the new form, which describes less, also only if they are about different
   subjects. One report is always one officer's.
6. Accidental discharges and shots at animals are incidents of their own kind. The old form does not ask for either.

Source: Invisible Institute, chicago-police-data (from Chicago Police Department FOIA releases).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ...problems import InputError, Problem
from .. import values
from ..layout import Layout, coded, counts_of
from ..quality import Report
from ..reading import SetAside, Sheet
from ..values import plain

__all__ = ["LAYOUT", "discharges", "incidents", "shift"]

KINDS = ("shooting", "accidental", "animal")
_NO_NUMBER = {hashlib.sha256(text.encode()).hexdigest() for text in ("", "nan", "None", "NA", "N/A", "NULL")}
# A number that stands on more days than this, further apart than a typing error of a day or two, is a placeholder.
_MOST_DAYS, _MOST_SPAN = 3, 30
_SHIFTED_FROM = "weapon type description"
_OLD_FORM = ("firearm make", "firearm model", "firearm barrel length", "firearm caliber", "total number of shots")
_DESCRIPTION = ("make", "model", "barrel", "caliber", "worn", "drawn", "first", "vehicle")
_COLUMNS = {
    "trr_id": ("trr id",),
    "weapon": ("weapon type", "weapon type new trr"),
    "make": ("firearm make",),
    "model": ("firearm model",),
    "barrel": ("firearm barrel length",),
    "caliber": ("firearm caliber",),
    "shots": ("total number of shots",),
    "worn": ("handgun worn type",),
    "drawn": ("handgun drawn type",),
    "struck": ("object struck of discharge", "objstrck disch memweap new trr"),
    "accidental": ("accidental discharge",),
    "animal": ("discharge to destruct animal",),
    "first": ("fadischrg first shot cd",),
    "vehicle": ("fadischrg fired at veh i",),
}
_REPORT_COLUMNS = {"trr_id": ("trr id",), "rd_no": ("rd no",), "event_no": ("event no",), "date": ("trr date",)}
_SUBJECT_COLUMNS = {
    "trr_id": ("trr id",), "subject": ("subject cb no",), "gender": ("gender",), "race": ("race",), "age": ("age",),
    "birth_year": ("birth year",), "injured": ("injured",), "armed": ("armed",),
}  # fmt: skip


def shift(sheet: Sheet) -> int:
    """By how many columns a discharge table's headings stand off its cells: 0, or -1 where cells stand one left.

    Told by content: shots are small numbers, 'reloaded' is Yes or No, a distance is in feet.
    """
    at = {plain(heading): place for place, heading in enumerate(sheet.headings)}
    looks = {
        "total number of shots": r"\d{1,2}(\.0)?",
        "firearm reloaded": r"Yes|No|Y|N",
        "discharge distance": r".*\dFT.*",
    }
    known = {heading: pattern for heading, pattern in looks.items() if heading in at}
    if len(known) < 2:
        return 0
    fits = {
        by: sum(_share(sheet, at[heading] + by, pattern) for heading, pattern in known.items()) for by in (0, -1, 1)
    }
    return max(fits, key=lambda by: fits[by])


def _share(sheet: Sheet, place: int, pattern: str) -> float:
    """The share of a column's filled cells that look like the pattern."""
    if not 0 <= place < len(sheet.headings):
        return 0.0
    codes, texts = coded(sheet.column(place))
    counts = dict(zip(texts.to_pylist(), counts_of(codes, texts), strict=True))
    filled = {text: count for text, count in counts.items() if text.strip()}
    fitting = sum(count for text, count in filled.items() if re.fullmatch(pattern, text.strip()))
    return fitting / sum(filled.values()) if filled else 0.0


def _columns(sheet: Sheet, wanted: dict[str, tuple[str, ...]], by: int = 0) -> pd.DataFrame:
    """The wanted columns as text, '' where the sheet has none; those after the shift's beginning read ``by`` off."""
    at = {plain(heading): place for place, heading in reversed(list(enumerate(sheet.headings)))}
    begins = at.get(_SHIFTED_FROM, 0)
    frame = {}
    for name, headings in wanted.items():
        place = next((at[heading] for heading in headings if heading in at), None)
        if place is not None and by and place > begins:
            place += by
        text = sheet.column(place).to_pandas().astype("str").str.strip() if place is not None else ""
        frame[name] = text
    table = pd.DataFrame(frame, index=range(sheet.table.num_rows))
    table["file"], table["source_row"] = sheet.file, sheet.rows
    return table


@dataclass
class _Tables:
    """The extracts' tables, each with a row number of its own in ``at``."""

    discharges: pd.DataFrame
    reports: pd.DataFrame
    subjects: pd.DataFrame


def _tables(sheets: dict[str, list[Sheet]], report: Report) -> _Tables:
    parts = []
    for part, needed in (("", ("trr id", "total number of shots")), ("reports", ("trr id", "rd no", "trr date"))):
        for sheet in sheets.get(part, []):
            absent = set(needed) - {plain(heading) for heading in sheet.headings}
            if absent:
                name = sorted(absent)[0].replace(" ", "_")
                remedy = "Give the extract as it was published: without it nothing can be counted."
                raise InputError(Problem("the column is missing", remedy, sheet.file, row=1, column=name))
    for sheet in sheets[""]:
        by = shift(sheet)
        headings = {plain(heading) for heading in sheet.headings}
        part = _columns(sheet, _COLUMNS, by)
        part["old_form"] = headings.issuperset(_OLD_FORM)
        parts.append(part)
        if by:
            report.about(sheet).notes.append(
                f"Its headings stand one column off its cells from {_SHIFTED_FROM.replace(' ', '_')!r} on: the shots"
                f" are in {sheet.headings[_place(sheet, 'total number of shots') + by]!r}. They were read by"
                " what the cells hold."
            )
    reports = [_columns(sheet, _REPORT_COLUMNS) for sheet in sheets.get("reports", [])]
    subjects = [_columns(sheet, _SUBJECT_COLUMNS) for sheet in sheets.get("subjects", [])]
    empty = pd.DataFrame(columns=[*_REPORT_COLUMNS, "file", "source_row"])
    nobody = pd.DataFrame(columns=[*_SUBJECT_COLUMNS, "file", "source_row"])
    return _Tables(
        *(
            pd.concat(some, ignore_index=True) if some else none
            for some, none in ((parts, empty), (reports, empty), (subjects, nobody))
        )
    )


def _place(sheet: Sheet, heading: str) -> int:
    return next(place for place, found in enumerate(sheet.headings) if plain(found) == heading)


def _newest(rows: pd.DataFrame, days: pd.Series, report: Report, what: str) -> pd.Series:
    """For each row, why it is not the one to read: its report stands in a newer extract too. '' where it is."""
    reach = rows["trr_id"].map(days).groupby(rows["file"]).max().fillna("")
    order = sorted(reach.index, key=lambda file: (reach[file], file))
    rank = rows["file"].map({file: place for place, file in enumerate(order)})
    best = rank.groupby(rows["trr_id"]).transform("max")
    newer = best.map(dict(enumerate(order)))
    return ("the same report is in " + newer).where(rank < best, "")


def discharges(sheets: dict[str, list[Sheet]], report: Report) -> pd.DataFrame:
    """The firearm discharges, a row of the extracts a row, each with its incident, kind and officer.

    Parameters
    ----------
    sheets : dict
        The extracts' tables by part: '' discharges, ``reports``, ``subjects``.
    report : Report
        Takes the notes, and every row that is no firearm discharge, with its reason.

    Returns
    -------
    DataFrame
        ``trr_id``, ``date``, ``incident`` (the hashed records-division numbers, or the report's id where it has none),
        ``kind`` (one of `KINDS`), ``officer`` (a number within the incident), ``counted`` (whether the row's shots
        count: the officer's first of that discharge), ``shots`` (integer), the firearm's description, ``file``,
        ``source_row``; and ``subject``, ``race``, ``gender``, ``age``, ``injured``, ``armed`` as published.
    """
    if "reports" not in sheets:
        remedy = "Give the extract's TRR-main file with it: dates and incident numbers are there."
        raise InputError(Problem("discharges without their reports", remedy, sheets[""][0].file))
    tables = _tables(sheets, report)
    rows, reports = tables.discharges, tables.reports
    days = reports.groupby("trr_id")["date"].max()
    reason = _newest(rows, days, report, "discharges")
    _note_overlap(rows, reason, report)
    reason = reason.where(reason != "", _no_firearm(rows))
    reason = reason.where((reason != "") | rows["trr_id"].isin(days.index), "its report is not among the files")
    report.set_aside(
        [SetAside(*row) for row in zip(rows["file"], rows["source_row"], reason, rows["trr_id"], strict=True) if row[2]]
    )
    fired = rows[reason == ""].copy()
    if not len(fired):
        raise InputError(Problem("no row of it is a firearm discharge", "Is it the right file?", sheets[""][0].file))
    fired["shots"] = fired["shots"].map(lambda text: values.shots(text).value).astype("int64")
    fired = _with_reports(fired, tables, report)
    fired["kind"] = np.select(
        [fired["animal"].isin(["Yes", "Y"]) | (fired["struck"] == "ANIMAL"), fired["accidental"].isin(["Yes", "Y"])],
        ["animal", "accidental"],
        "shooting",
    )
    fired["incident"] = _incidents(fired, reports, report)
    return _officers(fired)


def _no_firearm(rows: pd.DataFrame) -> pd.Series:
    """Why a row is no firearm discharge, or ''."""
    less_lethal = rows["weapon"].str.contains("LESS LETHAL|IMPACT MUNITION")
    taser = rows["make"].str.contains("TASER") | (rows["weapon"].str.contains("TASER") & (rows["make"] == ""))
    count = rows["shots"].map({text: values.shots(text) for text in rows["shots"].unique()})
    unread = count.map(lambda value: value.value is None)
    none = count.map(lambda value: value.value == 0)
    firearm = rows["weapon"].str.contains("PISTOL|REVOLVER|RIFLE|SHOTGUN") | (rows["make"] != "")
    cases = [
        ((rows["shots"] == ""), "no shots: a Taser, a chemical, a baton or a firearm that was not fired"),
        (taser, "a Taser: its cycles are no shots"),
        (less_lethal, "a less-lethal round"),
        (unread, "its number of shots cannot be read"),
        (~firearm, "shots of a weapon that is not said to be a firearm"),
        (none, "a report of no shots"),
    ]
    return pd.Series(np.select([case for case, _ in cases], [why for _, why in cases], ""), index=rows.index)


def _note_overlap(rows: pd.DataFrame, reason: pd.Series, report: Report) -> None:
    """Say how far extracts agree on the reports that stand in both: the proof that shifted columns are read right."""
    told = rows[rows["shots"] != ""]
    older, newer = (
        some.groupby("trr_id")["shots"].agg(lambda counts: sorted(values.shots(count).value or 0 for count in counts))
        for some in (told[reason.loc[told.index] != ""], told[reason.loc[told.index] == ""])
    )
    both = older.index.intersection(newer.index)
    if len(both):
        same = sum(older[trr_id] == newer[trr_id] for trr_id in both)
        report.note(
            f"{len(both):,} reports of shots stand in two extracts; {same:,} of them ({same / len(both):.1%}) give the"
            " same shots in both."
        )


def _with_reports(fired: pd.DataFrame, tables: _Tables, report: Report) -> pd.DataFrame:
    """Discharges with their report's date and numbers, and with what is told of the subject."""
    newest = tables.reports.sort_values("date", kind="stable").drop_duplicates("trr_id", keep="last")
    fired = fired.merge(newest[list(_REPORT_COLUMNS)], on="trr_id", how="left")
    subjects = tables.subjects.drop_duplicates("trr_id", keep="last")
    nobody = {name: "" for name in _SUBJECT_COLUMNS if name != "trr_id"}
    fired = fired.merge(subjects[list(_SUBJECT_COLUMNS)], on="trr_id", how="left").fillna(nobody)
    fired["subject"] = fired["subject"].where(~fired["subject"].isin(_NO_NUMBER), "")
    return fired


def _incidents(fired: pd.DataFrame, reports: pd.DataFrame, report: Report) -> pd.Series:
    """The incident of each discharge: its numbers, hashed as published and joined where one event has several."""
    day = pd.to_datetime(reports["date"], errors="coerce")
    by_number = day.groupby(reports["rd_no"])
    spread, number = (by_number.max() - by_number.min()).dt.days, by_number.nunique()
    no_number = set(spread.index[(spread > _MOST_SPAN) & (number > _MOST_DAYS)]) | _NO_NUMBER
    event = fired["event_no"].str.removesuffix(".0")
    event = event.where(event.str.len() >= 9, "")
    numbered = ~fired["rd_no"].isin(no_number)
    own = fired["rd_no"].where(numbered, "trr-" + fired["trr_id"])
    # One event, one day: reports that share both belong together, whatever number they were filed under.
    groups = _connected([own, (event + " " + fired["date"]).where(event != "", own), fired["trr_id"]])
    named = own.groupby(groups).agg(
        lambda some: "; ".join(dict.fromkeys(sorted(some, key=lambda n: n.startswith("trr-"))))
    )
    several = int((own.groupby(groups).nunique() > 1).sum())
    if several:
        report.note(f"{several:,} events were filed under several records-division numbers; each is one incident.")
    if (~numbered).any():
        report.note(
            f"{int((~numbered).sum()):,} discharge rows have no records-division number; they go by event number."
        )
    return groups.map(named)


def _connected(keys: list[pd.Series]) -> pd.Series:
    """Rows that share any key, directly or through others, under one number."""
    group = pd.Series(np.arange(len(keys[0])), index=keys[0].index)
    while True:
        before = group.copy()
        for key in keys:
            group = group.groupby(key).transform("min")
        if group.equals(before):
            return group


def _officers(fired: pd.DataFrame) -> pd.DataFrame:
    """Number the officers of each incident and mark the rows whose shots count."""
    fired = fired.sort_values(["date", "incident", "kind", "trr_id"], kind="stable", ignore_index=True)
    fired["discharge"] = fired[list(_DESCRIPTION)].agg("|".join, axis=1) + "|" + fired["shots"].astype("str")
    incident: dict[tuple[str, str], list[list[dict]]] = {}
    officer, counted = [], []
    for row in fired.to_dict("records"):
        officers = incident.setdefault((row["incident"], row["kind"]), [])
        mine = next((known for known in officers if _one_officer(known, row)), None)
        if mine is None:
            officers.append(mine := [])
        counted.append(all(row["discharge"] != known["discharge"] for known in mine))
        officer.append(officers.index(mine))
        mine.append(row)
    return fired.assign(officer=officer, counted=counted)


def _one_officer(known: list[dict], row: dict) -> bool:
    """Whether a row is of the officer whose rows are known."""
    if any(row["trr_id"] == other["trr_id"] for other in known):
        return True
    alike = [other for other in known if other["discharge"] == row["discharge"]]
    return bool(alike) and (row["old_form"] or all(_other_subject(other, row) for other in alike))


def _other_subject(one: dict, other: dict) -> bool:
    """Whether two rows are about different subjects, as far as both are told."""
    return any(one[told] and other[told] and one[told] != other[told] for told in ("subject", "birth_year"))


def incidents(sheets: dict[str, list[Sheet]], report: Report) -> pd.DataFrame:
    """Every incident in which a firearm was fired.

    Returns
    -------
    DataFrame
        ``incident``, ``date`` (YYYY-MM-DD), ``year``, ``kind`` (one of `KINDS`), ``officers_fired``, ``shots`` (counted
        once for each officer), ``shots_all_reports`` (the plain sum over reports), ``reports``, ``partial`` (whether
        the year is the first or the last of the extracts), a row an incident and kind, by date.
    """
    fired = discharges(sheets, report)
    grouped = fired.groupby(["incident", "kind"], sort=False)
    table = grouped.agg(date=("date", "min"), officers_fired=("officer", "nunique"), reports=("trr_id", "nunique"))
    table["shots"] = fired["shots"].where(fired["counted"], 0).groupby([fired["incident"], fired["kind"]]).sum()
    once = fired.drop_duplicates(["incident", "kind", "trr_id", "discharge"])
    table["shots_all_reports"] = once.groupby(["incident", "kind"])["shots"].sum()
    table = table.reset_index().sort_values(["date", "incident", "kind"], kind="stable", ignore_index=True)
    table["year"] = table["date"].str[:4].astype(int)
    days = pd.concat([_columns(sheet, _REPORT_COLUMNS)["date"] for sheet in sheets["reports"]])
    table["partial"] = table["year"].isin([int(days[days != ""].min()[:4]), int(days.max()[:4])])
    names = ["incident", "date", "year", "kind", "officers_fired", "shots", "shots_all_reports", "reports", "partial"]
    return table[names]


def _read(layout: Layout, sheets: dict[str, list[Sheet]], report: Report) -> pd.DataFrame:
    """Records, an incident a row: police fired at a person, so far as the reports say."""
    fired = discharges(sheets, report)
    apart = fired[fired["kind"] != "shooting"]
    why = {"accidental": "an accidental discharge", "animal": "shots at an animal"}
    report.set_aside(
        [
            SetAside(f, r, why[k], t)
            for f, r, k, t in zip(apart["file"], apart["source_row"], apart["kind"], apart["trr_id"], strict=True)
        ]
    )
    shot = fired[fired["kind"] == "shooting"]
    if not len(shot):
        what = "every discharge in it is accidental or at an animal"
        raise InputError(Problem(what, "Is it the right file?", sheets[""][0].file))
    records = pd.DataFrame([_record(incident, rows) for incident, rows in shot.groupby("incident", sort=False)])
    _account(sheets, shot, report)
    report.note("A record of this layout is an incident, not a person: its shots are counted once for each officer.")
    return records.sort_values(["date", "record_id"], ignore_index=True)


def _record(incident: str, rows: pd.DataFrame) -> dict:
    """One incident as a record; what its reports tell of the subject stands where they all tell the same."""
    one = rows[rows["counted"]]
    people = rows.drop_duplicates(["subject", "race", "gender", "birth_year"])
    races = sorted({text for text in rows["race"] if text})
    injured = set(rows["injured"]) - {""}
    return {
        "record_id": incident,
        "date": rows["date"].min(),
        "date_precision": "day",
        "race": values.race("; ".join(races)).value if races else "unknown",
        "race_raw": "; ".join(races),
        "gender": values.gender(people["gender"].iloc[0]).value if people["gender"].nunique() == 1 else None,
        "age": values.age(people["age"].iloc[0]).value if len(people) == 1 else None,
        "city": "Chicago",
        "state": "IL",
        "agency": "Chicago Police Department",
        "outcome": "unknown",
        "injured": "yes" if injured & {"Yes", "Y"} else "no" if injured else "unknown",
        "shots": int(one["shots"].sum()),
        "shots_raw": ";".join(rows["shots"].astype("str")),
        "shots_qualifier": "exact",
        "officers": int(rows["officer"].nunique()),
        "source_row": int(rows["source_row"].iloc[0]),
    }


def _account(sheets: dict[str, list[Sheet]], shot: pd.DataFrame, report: Report) -> None:
    """Account for every row of the three tables."""
    first = shot.drop_duplicates("incident")
    for sheet in sheets[""]:
        entry = report.about(sheet)
        entry.records = int((first["file"] == sheet.file).sum())
        entry.joined = int((shot["file"] == sheet.file).sum()) - entry.records
    told = set(shot["trr_id"])
    for sheet in [*sheets.get("reports", []), *sheets.get("subjects", [])]:
        ids = _columns(sheet, {"trr_id": ("trr id",)})
        used = ids["trr_id"].isin(told)
        report.about(sheet).joined = int(used.sum())
        report.set_aside(
            [SetAside(sheet.file, int(row), "of a report without a shooting") for row in ids.loc[~used, "source_row"]]
        )


LAYOUT = Layout(
    name="chicago-trr",
    publisher="Chicago Police Department",
    title="Tactical response reports, by the Invisible Institute",
    counts="incidents in which Chicago police officers reported firing a firearm, fatal or not",
    definition="incidents in which police fired",
    licence="none stated; public records released under FOIA",
    credit="Chicago Police Department via the Invisible Institute",
    gaps=(
        "Only what officers reported: the shooting of Laquan McDonald on 20 October 2014 is missing. Before October"
        " 2017 the form did not ask for accidental discharges or shots at animals. Nothing after 15 September 2023."
    ),
    url="https://github.com/invinst/chicago-police-data",
    marks=(
        ("trr id",),
        ("weapon type", "weapon type new trr"),
        ("total number of shots",),
        ("firearm make",),
        ("firearm model",),
    ),
    companions={
        "reports": (("trr id",), ("rd no",), ("event no",), ("trr date",), ("beat",), ("indoor or outdoor",)),
        "subjects": (("trr id",), ("gender",), ("race",), ("armed",), ("injured",), ("alleged injury",)),
    },
    read=_read,
)
