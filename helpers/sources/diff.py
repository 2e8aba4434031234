"""What changed between two versions of a data file: rows added, removed and changed, by column and by year.

Publishers correct their past. A count that changed for a past year is the headline: a story that quoted it is wrong.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..problems import InputError, Problem
from . import values
from .layout import by_heading
from .output import write
from .reading import Sheet, read_file
from .records import named, recognise
from .values import plain

if TYPE_CHECKING:
    import pandas as pd

    from .layout import Layout

__all__ = ["Difference", "diff", "exercise"]

MOST_EXAMPLES = 5
_IDS = ("id", "uid", "record id", "mpv id", "case number", "incident number", "trr id", "unique id")
_DATES = ("date", "date of incident", "incident date", "trr date", "date of death", "year")
_ROW = ("file", "source row")


@dataclass
class Difference:
    """What changed from one version to another.

    ``years`` has a row a year: ``year, old, new, change`` (records) and ``past`` (whether the year was over in the old
    version). ``changes`` has a row a changed cell: ``key, year, column, old, new, only_written`` (whether the two are
    one number written in two ways). ``added`` and ``removed`` are the rows, as published, under the key.
    """

    old: str
    new: str
    key: tuple[str, ...]
    why_key: str
    years: pd.DataFrame
    added: pd.DataFrame
    removed: pd.DataFrame
    changes: pd.DataFrame
    columns_added: list[str] = field(default_factory=list)
    columns_removed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def past(self) -> pd.DataFrame:
        """The past years whose count changed."""
        return self.years[self.years["past"] & (self.years["change"] != 0)]

    def by_column(self) -> Counter:
        """How many cells changed in each column, those written differently only left out."""
        return Counter(self.changes.loc[~self.changes["only_written"], "column"])

    def as_dict(self) -> dict[str, Any]:
        """The difference for machines."""
        real = self.changes[~self.changes["only_written"]]
        by_year = real.groupby(["column", "year"], dropna=False).size().reset_index(name="cells")
        return {
            "old": self.old,
            "new": self.new,
            "key": list(self.key),
            "headline": self.headline(),
            "past_years_changed": json.loads(self.past.to_json(orient="records")),
            "years": json.loads(self.years.to_json(orient="records")),
            "added": len(self.added),
            "removed": len(self.removed),
            "changed_rows": int(real["key"].nunique()),
            "changed_cells": dict(self.by_column()),
            "changed_cells_by_year": json.loads(by_year.to_json(orient="records")),
            "added_keys": self.added.index.tolist()[:1000],
            "removed_keys": self.removed.index.tolist()[:1000],
            "columns_added": self.columns_added,
            "columns_removed": self.columns_removed,
            "notes": self.notes,
        }

    def as_json(self) -> str:
        """The difference as JSON."""
        return json.dumps(self.as_dict(), indent=1, ensure_ascii=False, default=str)

    def headline(self) -> str:
        """What to look at first, in a sentence."""
        if len(self.past):
            parts = [f"{row.year} {row.old:,} -> {row.new:,}" for row in self.past.itertuples()]
            return f"Counts of past years changed: {', '.join(parts)}."
        if not len(self.years):
            return "No year is told in these files; nothing can be said of past years."
        return "No past year's count changed."

    def __str__(self) -> str:
        real = self.changes[~self.changes["only_written"]]
        lines = [self.headline(), ""]
        lines.append(
            f"From {self.old} to {self.new}, rows matched by {', '.join(self.key) or 'the whole row'} ({self.why_key}):"
        )
        lines.append(f"  {len(self.added):,} added, {len(self.removed):,} removed, {real['key'].nunique():,} changed.")
        lines += [f"  {row.year}: {row.old:,} -> {row.new:,} ({row.change:+,})" for row in self.years.itertuples()]
        if self.columns_added or self.columns_removed:
            gone = ", ".join(self.columns_removed) or "none"
            lines.append(f"  Columns added: {', '.join(self.columns_added) or 'none'}; removed: {gone}.")
        for column, cells in self.by_column().most_common():
            some = real[real["column"] == column]
            years = ", ".join(f"{year} {n:,}" for year, n in sorted(Counter(some["year"].dropna()).items()))
            many = f"{cells:,} cell{'' if cells == 1 else 's'}"
            lines.append(f"  {column}: {many} changed{f' ({years})' if years else ''}, such as")
            lines += [f"    {row.key}: {row.old!r} -> {row.new!r}" for row in some.head(MOST_EXAMPLES).itertuples()]
        written = int(self.changes["only_written"].sum())
        lines += (
            [f"  {written:,} cells hold the same number written differently, such as 12 and 12.0."] if written else []
        )
        for word, rows in (("Added", self.added), ("Removed", self.removed)):
            if len(rows):
                more = f", and {len(rows) - 10:,} more" if len(rows) > 10 else ""
                shown = ", ".join(key if len(key) <= 60 else key[:57] + "..." for key in rows.index[:10])
                lines.append(f"  {word}: {shown}{more}")
        return "\n".join([*lines, *[f"Note: {note}" for note in self.notes]])


def diff(
    old: str | PathLike[str],
    new: str | PathLike[str],
    *,
    key: Sequence[str] | None = None,
    layout: str | None = None,
) -> Difference:
    """What changed from one version of a data file to another.

    Parameters
    ----------
    old, new : path
        Two versions of one publisher's file, of any kind `kit records` reads.
    key : sequence of str, optional
        Headings whose values together tell a row. Without it: the publisher's id, or name and date of a known layout
        that has none.
    layout : str, optional
        The layout's name, where the columns do not tell it.

    Raises
    ------
    InputError
        If a file cannot be read, the two have no column in common, or the key is not in both.
    """
    before, after = (_table(Path(path)) for path in (old, new))
    layouts = [found for sheet in (after, before) if (found := _layout(sheet, layout)) is not None]
    if len({found.name for found in layouts}) > 1:
        what = f"{before.file} is laid out as {layouts[1].name}, {after.file} as {layouts[0].name}"
        raise InputError(Problem(what, "Name two versions of one publisher's file.", after.file))
    known = layouts[0] if layouts else None
    one, two = by_heading(before), by_heading(after)
    shared = [heading for heading in two.columns if heading in one.columns and heading not in _ROW]
    if not shared:
        what = f"it has no column in common with {before.file}"
        raise InputError(Problem(what, "Name two versions of one file.", after.file))
    chosen, why = _key(one, two, shared, key, known, after)
    notes: list[str] = []
    one, two = (_keyed(t, chosen or shared, s.file, notes if chosen else []) for t, s in ((one, before), (two, after)))
    dates = next((heading for heading in _date_headings(known) if heading in shared), None)
    years = [_years(table, dates) for table in (one, two)]
    return Difference(
        before.file,
        after.file,
        tuple(_as_written(heading, after) for heading in chosen),
        why,
        _by_year(*years),
        two.loc[two.index.difference(one.index, sort=False)],
        one.loc[one.index.difference(two.index, sort=False)],
        _changes(one, two, [heading for heading in shared if heading not in chosen], years[1], after),
        [_as_written(heading, after) for heading in two.columns if heading not in one.columns and heading not in _ROW],
        [_as_written(heading, before) for heading in one.columns if heading not in two.columns and heading not in _ROW],
        notes,
    )


def _table(path: Path) -> Sheet:
    """The table of a file; of a workbook, the one with the most rows."""
    sheet = max(read_file(path), key=lambda found: found.rows_read)
    if sheet.aside:
        raise InputError(
            [
                Problem(row.reason, "Mend the row, or read the file with kit records.", path, row.row)
                for row in sheet.aside
            ]
        )
    return sheet


def _layout(sheet: Sheet, layout: str | None) -> Layout | None:
    if layout is not None:
        return named(layout)
    fit = recognise(sheet)
    return fit.layout if fit is not None and fit.part == "" else None


def _as_written(heading: str, sheet: Sheet) -> str:
    return next((found for found in sheet.headings if plain(found) == heading), heading)


def _key(
    one, two, shared: list[str], key: Sequence[str] | None, known: Layout | None, sheet: Sheet
) -> tuple[list[str], str]:
    """The headings that tell a row, and why those."""
    if key:
        absent = [heading for heading in key if plain(heading) not in shared]
        if absent:
            remedy = f"Name some of {', '.join(_as_written(heading, sheet) for heading in shared)}."
            raise InputError(Problem(f"not both files have the column {absent[0]!r}", remedy, sheet.file))
        return [plain(heading) for heading in key], "as it was named"
    own = known.take_for("record_id") if known else None
    for heading in [*(own.names if own else ()), *_IDS]:
        if heading in shared and all((table[heading] != "").mean() > 0.9 for table in (one, two)):
            return [heading], "the publisher's id"
    person = (
        [next((n for n in known.take_for(c).names if n in shared), None) for c in ("name", "date")]
        if known and known.take_for("name")
        else []
    )
    if len(person) == 2 and all(person):
        return person, "there is no id"
    return [], "there is no id; name columns with --key to match changed rows"


def _keyed(table: pd.DataFrame, key: list[str], file: str, notes: list[str]) -> pd.DataFrame:
    """A table under its key; a key that repeats is numbered, so that no row is lost."""
    keys = table[key[0]] if len(key) == 1 else table[key].agg(" | ".join, axis=1)
    times = keys.groupby(keys).cumcount()
    repeated = int((times > 0).sum())
    if repeated:
        notes.append(f"{file}: {repeated:,} rows repeat a key; they are told apart by their order.")
    return table.set_index(keys.where(times == 0, keys + " #" + (times + 1).astype("str")).rename("key"))


def _date_headings(known: Layout | None) -> list[str]:
    take = known.take_for("date") if known else None
    return [*(take.names if take else ()), *(take.parts[-1:] if take else ()), *_DATES]


def _years(table: pd.DataFrame, heading: str | None) -> pd.Series:
    """The year of each row; missing where none is told."""
    import pandas as pd

    if heading is None:
        return pd.Series(pd.NA, index=table.index, dtype="Int64")
    year = {text: values.date(text).value for text in table[heading].unique()}
    return table[heading].map({text: int(day[:4]) if day else pd.NA for text, day in year.items()}).astype("Int64")


def _by_year(old: pd.Series, new: pd.Series) -> pd.DataFrame:
    import pandas as pd

    counts = pd.DataFrame({"old": old.value_counts(), "new": new.value_counts()}).fillna(0).astype(int)
    counts = counts.sort_index().rename_axis("year").reset_index()
    counts["change"] = counts["new"] - counts["old"]
    last = old.max()
    counts["past"] = counts["year"] < (last if pd.notna(last) else 0)
    return counts


def _changes(one: pd.DataFrame, two: pd.DataFrame, columns: list[str], years: pd.Series, sheet: Sheet) -> pd.DataFrame:
    """Every cell that differs among the rows that are in both."""
    import pandas as pd

    both = two.index.intersection(one.index, sort=False)
    parts = []
    for column in columns:
        was, now = one.loc[both, column], two.loc[both, column]
        differs = (was != now).to_numpy()
        if differs.any():
            part = pd.DataFrame({"key": both[differs], "old": was[differs].to_numpy(), "new": now[differs].to_numpy()})
            part["year"], part["column"] = years.loc[both[differs]].to_numpy(), _as_written(column, sheet)
            parts.append(part)
    names = ["key", "year", "column", "old", "new"]
    changes = pd.concat(parts, ignore_index=True)[names] if parts else pd.DataFrame(columns=names)
    numbers = changes[["old", "new"]].apply(pd.to_numeric, errors="coerce")
    changes["only_written"] = (numbers["old"] == numbers["new"]).astype(bool)
    return changes


def exercise(path: str | PathLike[str]) -> Path:
    """A pretended older version of a file, to learn the report with: without its last three rows, one number changed.

    It stands in a folder of its own for the time being, and is called 'pretended-older-...' wherever it is named.
    """
    import pandas as pd

    path = Path(path)
    sheet = _table(path)
    rows = [
        list(row)
        for row in zip(*(sheet.column(place).to_pylist() for place in range(len(sheet.headings))), strict=True)
    ]
    kept = rows[:-3] if len(rows) > 6 else rows
    row, place = next(
        ((r, p) for r in kept for p, cell in enumerate(r) if p and cell.isdigit() and int(cell) > 1), (None, 0)
    )
    if row is not None:
        row[place] = str(int(row[place]) - 1)
    return write(
        pd.DataFrame(kept, columns=sheet.headings),
        Path(tempfile.mkdtemp()) / f"pretended-older-{path.stem.split('.')[0]}.csv",
    )
