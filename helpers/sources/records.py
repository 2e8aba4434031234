"""Publishers' files to records: recognise each table, read it by its layout, check the whole.

>>> from helpers import sources
>>> reading = sources.read([path])              # doctest: +SKIP
>>> reading.records, print(reading.report)      # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from .. import desk, schema
from ..problems import InputError, Problem
from . import layouts, mapping
from .layout import Layout, Match, match, rows_as_records, stacked
from .quality import Report
from .reading import SetAside, Sheet, read_file, sparing_memory
from .repeats import may_repeat

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Reading", "draft", "named", "read", "recognise"]

# Above it, reading takes seconds, and a notebook says how far it is.
LONG_BYTES = 5_000_000


@dataclass
class Reading:
    """What reading came to: ``records`` (checked against `helpers.schema.RECORDS`), the report, and the layouts."""

    records: pd.DataFrame
    report: Report
    layouts: list[Layout]

    @property
    def set_aside(self) -> list[SetAside]:
        """The rows that did not become records, each with its reason."""
        return self.report.aside

    def aside(self) -> pd.DataFrame:
        """The rows that did not become records as a table: ``file, row, reason``."""
        import pandas as pd

        rows = [(row.file, row.row, row.reason) for row in self.report.aside]
        return pd.DataFrame(rows, columns=["file", "row", "reason"])

    def facts(self) -> list[dict]:
        """What an article may say of the file, for ``facts.record_all``."""
        known = self.records["date"].dropna()
        shared = {
            "period": f"{known.min()} to {known.max()}" if len(known) else "",
            "source": "; ".join(dict.fromkeys(found.credit or found.publisher for found in self.layouts)),
            "status": "reported",
        }
        counts = "; ".join(dict.fromkeys(found.counts for found in self.layouts))
        race = int((self.records["race"] == "unknown").sum())
        told = [
            ("records", len(self.records), "records", counts),
            ("rows_set_aside", len(self.set_aside), "rows", "rows of the file that did not become records"),
            ("race_unknown", race, "records", "records in which race is unknown"),
            ("shots_unknown", int(self.records["shots"].isna().sum()), "records", "records whose shots are unknown"),
        ]
        return [{"name": n, "value": v, "unit": u, "counts": c, **shared} for n, v, u, c in told]


def read(paths: Iterable[str | PathLike[str]], layout: str | PathLike[str] | Layout | None = None) -> Reading:
    """Read publishers' files into records.

    Parameters
    ----------
    paths : iterable of paths
        The files; those that belong together (records and agencies; discharges, reports and subjects) in one call.
    layout : str, path or Layout, optional
        A layout's name or a mapping's TOML file; without it the files' own columns tell.

    Returns
    -------
    Reading
        Its records have the columns of `helpers.schema.RECORDS` in order, then what a layout adds.

    Raises
    ------
    InputError
        If a file cannot be read, or its layout cannot be told from its columns.
    """
    given = [Path(path) for path in paths]
    long = sum(path.stat().st_size for path in given if path.is_file()) > LONG_BYTES
    doing = f"reading {len(given)} file{'' if len(given) == 1 else 's'}"
    chosen = layout if isinstance(layout, Layout) or layout is None else named(layout)
    report = Report()
    with sparing_memory():
        reading = desk.progress(given, doing, long=long)
        parts = _assigned([sheet for path in reading for sheet in read_file(path)], chosen, report)
        taking = desk.progress(parts, "taking records from them", long=long)
        frames = [_read_by(found, tables, report) for found, tables in taking]
        report.close()
        return Reading(_checked(frames, report), report, [found for found, _ in parts])


def named(layout: str | PathLike[str]) -> Layout:
    """The layout of that name, or the one that a mapping's TOML file describes."""
    for known in layouts.ALL:
        if known.name == str(layout):
            return known
    if str(layout).endswith(".toml"):
        return mapping.read(Path(layout))
    names = ", ".join(known.name for known in layouts.ALL)
    raise InputError(Problem(f"no layout is called {str(layout)!r}", f"Name one of {names}, or a mapping.toml."))


def draft(path: str | PathLike[str]) -> str:
    """A mapping for a file that no layout fits, as TOML for a reporter to correct; of a workbook, its largest sheet."""
    return mapping.draft(max(read_file(Path(path)), key=lambda sheet: sheet.rows_read))


def recognise(sheet: Sheet) -> Match | None:
    """The layout and part that a sheet fits best, or None."""
    found = [fit for known in layouts.ALL if (fit := match(known, sheet)) is not None]
    return max(found, key=lambda fit: fit.score, default=None)


def _assigned(
    sheets: list[Sheet], chosen: Layout | None, report: Report
) -> list[tuple[Layout, dict[str, list[Sheet]]]]:
    """Each layout with its sheets by part; sheets of a workbook that fit nothing are left out and said so."""
    parts: dict[str, tuple[Layout, dict[str, list[Sheet]]]] = {}
    strangers: list[Sheet] = []
    for sheet in sheets:
        fit = recognise(sheet) if chosen is None else _as_named(chosen, sheet)
        if fit is None or (chosen and chosen.sheet and sheet.file.rpartition("!")[2] != chosen.sheet):
            strangers.append(sheet)
            continue
        report.begin(sheet, fit.layout.name, fit.part, fit.why)
        parts.setdefault(fit.layout.name, (fit.layout, {}))[1].setdefault(fit.part, []).append(sheet)
    if not parts and chosen:
        sheets_there = ", ".join(sheet.file.rpartition("!")[2] for sheet in sheets)
        raise InputError(
            Problem(f"there is no sheet {chosen.sheet!r} (there are: {sheets_there})", "Correct the mapping.")
        )
    in_books = {sheet.file.rpartition("!")[0] for sheet in sheets if sheet not in strangers} - {""}
    lost = [sheet for sheet in strangers if sheet.file.rpartition("!")[0] not in in_books]
    if lost:
        raise InputError([_unrecognised(sheet) for sheet in lost])
    for sheet in strangers:
        report.note(f"{sheet.file} is not a table of records ({sheet.rows_read:,} rows) and was not read.")
    for found, tables in parts.values():
        if "" not in tables and found.marks:
            remedy = f"Give the file of {found.publisher} with it that has {', '.join(m[0] for m in found.marks[:6])}."
            there = next(iter(tables.values()))[0].file
            raise InputError(Problem(f"only {', '.join(tables)} of the layout {found.name} are there", remedy, there))
    return list(parts.values())


def _as_named(chosen: Layout, sheet: Sheet) -> Match | None:
    """A layout that was named, for a sheet that has at least a third of what tells it: else every value is a guess."""
    if not chosen.marks:
        return Match(chosen, "", 1.0, "as it was named")
    fit = match(chosen, sheet, least=0.3)
    if fit is None and "!" not in sheet.file:
        marks = ", ".join(names[0] for names in chosen.marks)
        what = f"it has too few of the headings that tell {chosen.name} ({marks})"
        remedy = "Name another layout, or draft a mapping: kit records FILE --layout new"
        raise InputError(Problem(what, remedy, sheet.file))
    return fit


def _unrecognised(sheet: Sheet) -> Problem:
    headings = ", ".join(sheet.headings[:12]) + (", ..." if len(sheet.headings) > 12 else "")
    remedy = (
        "Name the layout with --layout, or let the kit draft a mapping for you to correct:"
        " kit records FILE --layout new"
    )
    return Problem(f"no known publisher lays out a file like this (its columns: {headings})", remedy, sheet.file)


def _read_by(layout: Layout, tables: dict[str, list[Sheet]], report: Report) -> pd.DataFrame:
    """The records of one layout's tables, with the columns it fixes."""
    if layout.read is not None:
        frame = layout.read(layout, tables, report)
    else:
        frame = stacked([rows_as_records(layout, sheet, report) for sheet in tables[""]])
    for column, value in {**layout.fixed, "layout": layout.name}.items():
        frame[column] = _same(value, len(frame))
    return frame


def _checked(frames: list[pd.DataFrame], report: Report) -> pd.DataFrame:
    """The records of all layouts, each with an id of its own, in the table's columns, checked."""
    frame = stacked(frames)
    if "record_id" not in frame:
        frame["record_id"] = None
    frame["record_id"] = _unique_ids(frame, report)
    for column in ("race", "outcome", "body_camera"):
        if column not in frame:
            frame[column] = _same("unknown", len(frame))
        elif frame[column].isna().any():
            frame[column] = frame[column].fillna("unknown").astype("str")
    for column in schema.RECORDS.columns:
        if column.name not in frame:
            frame[column.name] = _nothing(column.kind, len(frame))
    nowhere = _unknown_where_nowhere(frame)
    # Arrow and NumPy let go of Python's lock: a large table is checked and looked over at once.
    with ThreadPoolExecutor(1) as beside:
        looking = beside.submit(_look, frame.copy(deep=False), report)
        checked = schema.check(schema.RECORDS, frame, file="the records", neat=True).reset_index(drop=True)
        looking.result()
    for sentence in nowhere:
        report.note(sentence)
    return checked


def _same(value: str, rows: int):
    """A column of one text."""
    import pandas as pd
    import pyarrow as pa

    return pd.array(pa.repeat(pa.scalar(value, pa.large_string()), rows), dtype="str")


def _nothing(kind: str, rows: int):
    """A column in which nothing is known, in its kind."""
    import pandas as pd
    import pyarrow as pa

    if kind == "number":
        return np.full(rows, np.nan)
    if kind == "integer":
        return pd.arrays.IntegerArray(np.zeros(rows, dtype="int64"), np.ones(rows, dtype=bool))
    return pd.array(pa.nulls(rows, pa.large_string()), dtype="str")


def _unique_ids(frame: pd.DataFrame, report: Report) -> pd.Series:
    """The publisher's ids where they tell rows apart; a row's number where there is none; '#2' at a repeated one."""
    import pandas as pd

    ids = frame["record_id"].astype("str")
    lacking = ids.isna().to_numpy()
    if lacking.any():
        ids = ids.where(~lacking, "row " + frame["source_row"].astype("str"))
        if not lacking.all():
            report.note(
                f"{int(lacking.sum()):,} records have no id of the publisher's; their row's number stands for it."
            )
    if len(at := may_repeat(ids)):
        again = np.zeros(len(ids), dtype=bool)
        again[at] = ids.iloc[at].duplicated(keep="first")
        if again.any():
            times = ids.iloc[at].groupby(ids.iloc[at]).cumcount().reindex(ids.index, fill_value=0) + 1
            ids = ids.where(~again, ids + " #" + times.astype("str"))
            if not lacking.all():
                shown = ", ".join(pd.unique(frame["record_id"][again].astype("str"))[:5])
                report.note(
                    f"{int(again.sum()):,} records repeat an id ({shown}): the same person twice? All are kept."
                )
    return ids


def _look(frame: pd.DataFrame, report: Report) -> None:
    """Say what is strange about the records as a whole: repeats, days to come."""
    import pandas as pd

    if "date" in frame and frame["date"].notna().any():
        first, last, today = frame["date"].min(), frame["date"].max(), pd.Timestamp.now().strftime("%Y-%m-%d")
        report.note(f"The dates run from {first} to {last}.")
        if last > today:
            ahead = int((frame["date"] > today).sum())
            report.note(f"{ahead:,} records have a date that is still to come; look at them.")
    if {"name", "date"} <= set(frame):
        named = frame.iloc[may_repeat(frame["name"], frame["date"])].dropna(subset=["name", "date"])
        twice = named[named.duplicated(["name", "date"], keep="first")]
        if len(twice):
            shown = ", ".join(f"row {row}" for row in twice["source_row"][:5])
            report.note(f"{len(twice):,} records repeat a name and date ({shown}): the same person? All are kept.")


def _unknown_where_nowhere(frame: pd.DataFrame) -> list[str]:
    """Records at 0, 0, where nobody lives, lie at no known place; what to say of that."""
    if not {"latitude", "longitude"} <= set(frame):
        return []
    nowhere = (frame["latitude"] == 0) & (frame["longitude"] == 0)
    if not nowhere.any():
        return []
    rows = ", ".join(f"row {row}" for row in frame.loc[nowhere, "source_row"][:5])
    frame.loc[nowhere, ["latitude", "longitude"]] = np.nan
    return [f"{int(nowhere.sum()):,} records lie at 0, 0 ({rows}): their coordinates are unknown."]
