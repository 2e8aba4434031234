"""The quality report: what is wrong with a file, what was read and what was not, in the file's own words and rows.

Nothing is left out of the account: the rows read are the rows that became records, the rows that were joined into
another row's record, and the rows set aside, each of those with its reason.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from .reading import SetAside, Sheet
from .values import PLACEHOLDER

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ColumnReport", "FileReport", "Report", "Trouble", "missing_by_year", "unknown_by_year"]

MOST_EXAMPLES = 5


@dataclass
class Trouble:
    """One kind of trouble in a column: how many cells, and some of the values with the row each first stands in."""

    what: str
    cells: int = 0
    examples: list[tuple[str, int]] = field(default_factory=list)


@dataclass
class ColumnReport:
    """What became of one column: the heading it was read from, and how many cells were blank or troublesome."""

    to: str
    heading: str
    rows: int
    blank: int = 0
    remark: str = ""
    lacking: bool = False
    troubles: dict[str, Trouble] = field(default_factory=dict)

    def trouble(self, what: str, value: str, cells: int, first_row: Callable[[], int]) -> None:
        """Count the cells of one value under one kind of trouble."""
        about = self.troubles.setdefault(what, Trouble(what))
        about.cells += cells
        if len(about.examples) < MOST_EXAMPLES:
            about.examples.append((value if len(value) <= 60 else value[:57] + "...", first_row()))


@dataclass
class FileReport:
    """One table of a file: what it was taken for and why, and what became of its rows."""

    file: str
    sha256: str
    encoding: str
    delimiter: str
    layout: str
    part: str
    why: str
    read: int
    records: int = 0
    joined: int = 0
    aside: int = 0
    unread: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class Report:
    """The quality report of one reading.

    Raises
    ------
    AssertionError
        From `close`, if a row is unaccounted for: that would be the kit's own fault.
    """

    files: list[FileReport] = field(default_factory=list)
    columns: list[ColumnReport] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    records: int = 0

    def begin(self, sheet: Sheet, layout: str, part: str, why: str) -> FileReport:
        """Enter a table; the rows that its reading set aside are entered with it."""
        about = FileReport(
            sheet.file, sheet.sha256, sheet.encoding, sheet.delimiter, layout, part, why, sheet.rows_read
        )
        about.notes += sheet.notes
        self.files.append(about)
        self.set_aside(sheet.aside)
        return about

    def about(self, sheet: Sheet) -> FileReport:
        """The entry of one table."""
        return next(entry for entry in self.files if entry.file == sheet.file and entry.sha256 == sheet.sha256)

    def column(self, about: ColumnReport) -> None:
        """Enter a column."""
        self.columns.append(about)

    def unread(self, sheet: Sheet, heading: str, odd: dict[str, int]) -> None:
        """Enter a heading that no column of records is taken from, and its cells that are errors or dashes."""
        about = self.about(sheet)
        about.unread.append(heading)
        about.notes += [f"Column {heading}: {cells:,} times {value!r}." for value, cells in odd.items()]

    def note(self, sentence: str) -> None:
        """Enter a sentence, once."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def set_aside(self, rows: list[SetAside]) -> None:
        """Enter rows that did not become records."""
        self.aside += rows

    def close(self) -> None:
        """Settle the account of every table."""
        aside = Counter(row.file for row in self.aside)
        for entry in self.files:
            entry.aside = aside[entry.file]
            told = entry.records + entry.joined + entry.aside
            assert told == entry.read, f"{entry.file}: {entry.read} rows read but {told} accounted for"
        self.records = sum(entry.records for entry in self.files)

    def reasons(self) -> Counter:
        """How many rows were set aside for each reason."""
        return Counter((row.file, row.reason) for row in self.aside)

    def as_dict(self) -> dict[str, Any]:
        """The report for machines."""
        columns = [
            {**asdict(about), "troubles": [asdict(trouble) for trouble in about.troubles.values()]}
            for about in self.columns
        ]
        return {
            "records": self.records,
            "files": [asdict(entry) for entry in self.files],
            "columns": columns,
            "set_aside": [
                {"file": file, "reason": reason, "rows": rows} for (file, reason), rows in self.reasons().items()
            ],
            "notes": self.notes,
        }

    def as_json(self) -> str:
        """The report as JSON."""
        return json.dumps(self.as_dict(), indent=1, ensure_ascii=False)

    def __str__(self) -> str:
        return "\n".join([*self._file_lines(), *self._aside_lines(), *self._column_lines(), *self._note_lines()])

    def _file_lines(self) -> list[str]:
        lines = []
        for entry in self.files:
            part = f", its {entry.part}" if entry.part else ""
            lines.append(f"{entry.file}: read as {entry.layout}{part} ({entry.why}).")
            became = [f"{entry.records:,} became records"] if entry.records else []
            became += [f"{entry.joined:,} were joined to them"] if entry.joined else []
            became += [f"{entry.aside:,} were set aside"] if entry.aside or not became else []
            separator = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", "": ""}[entry.delimiter]
            shape = f"{entry.encoding}{f', {separator}' if separator else ''}"
            lines.append(f"  {entry.read:,} rows read ({shape}): {', '.join(became)}.")
            lines += [f"  {note}" for note in entry.notes]
            if entry.unread:
                lines.append(f"  Columns no record takes anything from: {', '.join(entry.unread)}.")
        return lines

    def _aside_lines(self) -> list[str]:
        lines = ["", "Rows set aside:"] if self.aside else []
        for (file, reason), rows in self.reasons().most_common():
            first = next(row for row in self.aside if row.file == file and row.reason == reason)
            lines.append(f"  {rows:,} of {file}, such as row {first.row}: {reason}")
        return lines

    def _column_lines(self) -> list[str]:
        lines = ["", "Columns:"] if self.columns else []
        for about in self.columns:
            if about.lacking:
                lines.append(f"  {about.to}: the file has no such column; unknown in every record.")
                continue
            remark = f" ({about.remark})" if about.remark else ""
            blank = f"{about.blank:,} of {about.rows:,} blank" if about.blank else "none blank"
            lines.append(f"  {about.to} from {about.heading!r}{remark}: {blank}.")
            for trouble in about.troubles.values():
                examples = ", ".join(f"{value!r} (row {row})" for value, row in trouble.examples)
                lines.append(f"    {trouble.cells:,} {_happened(trouble)}: {examples}")
        return lines

    def _note_lines(self) -> list[str]:
        return ["", *[f"Note: {note}" for note in self.notes]] if self.notes else []


def _happened(trouble: Trouble) -> str:
    """What the cells of one kind of trouble came to."""
    one = trouble.cells == 1
    if trouble.what == PLACEHOLDER:
        return "cell holds a placeholder" if one else "cells hold a placeholder"
    if "read as" in trouble.what:
        return f"{'cell holds' if one else 'cells hold'} {trouble.what}"
    return f"{'cell is' if one else 'cells are'} unknown: {trouble.what}"


def missing_by_year(records: pd.DataFrame) -> pd.DataFrame:
    """How much of each column is unknown in each year.

    Parameters
    ----------
    records : DataFrame
        Records, as `helpers.sources.read` returns them.

    Returns
    -------
    DataFrame
        ``year`` (integer), ``column``, ``records``, ``missing`` (counts) and ``share`` (0 to 1), a row a column and
        year; records without a date are left out of it and counted by the report.
    """
    import pandas as pd

    years = pd.to_numeric(records["date"].str[:4], errors="coerce")
    names = ["name", "age", "gender", "race", "city", "county", "state", "agency", "armed", "shots", "body_camera"]
    names += ["latitude"]
    unknown = pd.DataFrame({name: records[name].isna() | (records[name].astype("str") == "unknown") for name in names})
    grouped = unknown.groupby(years)
    counts = grouped.sum().melt(ignore_index=False, var_name="column", value_name="missing").reset_index(names="year")
    counts["records"] = counts["year"].map(grouped.size())
    counts["share"] = counts["missing"] / counts["records"]
    counts["year"] = counts["year"].astype(int)
    return counts[["year", "column", "records", "missing", "share"]]


def unknown_by_year(tally: pd.DataFrame) -> pd.DataFrame:
    """How much of a tally's ``group`` is unknown in each year, in the shape of `missing_by_year`.

    Parameters
    ----------
    tally : DataFrame
        ``year``, ``group``, ``events``.

    Returns
    -------
    DataFrame
        ``year``, ``column`` ('race'), ``records``, ``missing``, ``share``.
    """
    records = tally.groupby("year")["events"].sum()
    missing = tally[tally["group"] == "unknown"].groupby("year")["events"].sum().reindex(records.index, fill_value=0)
    table = records.rename("records").to_frame().assign(missing=missing, column="race").reset_index()
    table["share"] = table["missing"] / table["records"]
    return table[["year", "column", "records", "missing", "share"]]
