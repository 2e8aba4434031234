"""Counting records: the one heavy step, on a frame of any library, or on files larger than memory.

`tally` accepts any frame that narwhals knows (pandas, Polars, DuckDB, PySpark, ...) and returns a small pandas table.
Only the counting itself is done by the frame's own engine; what the counts mean (unknown groups, several agencies in a
cell, partial years) is settled afterwards on the counted table, by one code for all engines.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable, Sequence
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ..problems import InputError, Problem

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = ["COLUMNS", "tally", "tally_files"]

COLUMNS = ("place", "agency", "year", "group")
# What a tally calls a column, where records call it something else.
_ALIASES = {"place": "state", "group": "race"}
_UNKNOWN = "unknown"
_SEVERAL = "; "
# From this size on DuckDB reads a file, in memory bounded by `_MEMORY`; below, pandas does, and DuckDB is not imported.
LARGE_BYTES = 100_000_000
_MEMORY = "500MB"


def tally(frame: Any, by: Sequence[str] = COLUMNS, *, definition: str = "") -> pd.DataFrame:
    """Count records.

    Parameters
    ----------
    frame : any frame narwhals knows
        Records (`helpers.schema.RECORDS`), a tally (its ``events`` are summed), or any table that has the columns
        named: eager or lazy.
    by : sequence of str
        Columns to count by; ``year`` is also taken from ``date``, ``place`` from ``state``, ``group`` from ``race``.
        By ``agency``, a record of several agencies ('A; B') counts once for each, so that the events can sum to more
        than the records; otherwise they sum to the records exactly.
    definition : str
        What was counted, in the publisher's definition; it stands in a column so that definitions are never mixed.

    Returns
    -------
    DataFrame
        The columns of ``by``, ``events`` (integer), ``partial`` (where ``year`` was taken from dates: whether the
        dates begin after January or end before December), and ``definition`` where given; sorted. An unknown value
        stands as 'unknown', an unknown year as a missing integer: no record is left out.

    Raises
    ------
    InputError
        If the frame lacks a column to count by, or is a tally of several definitions.
    """
    import narwhals as nw

    table = nw.from_native(frame)
    names = table.collect_schema().names()
    by = list(dict.fromkeys(by))
    keys = [_key(word, names).alias(word) for word in by]
    dated = "year" in by and "year" not in names
    # Each of these is kept as the least and the greatest of a group: the span of its dates, whether a year is partial.
    span = {"_day": "date"} if dated else {}
    if "events" in names:
        span |= {f"_{word}": word for word in ("partial", "definition") if word in names and word not in by}
    extra = [nw.col(column).cast(nw.String).alias(word) for word, column in span.items()]
    ends = [
        end
        for word in span
        for end in (nw.col(word).min().alias(f"{word}_low"), nw.col(word).max().alias(f"{word}_high"))
    ]
    events = nw.col("_events").sum().alias("events") if "events" in names else nw.len().alias("events")
    extra += [nw.col("events").cast(nw.Int64).alias("_events")] if "events" in names else []
    counted = table.select(*keys, *extra).group_by(*by).agg(events, *ends)
    if isinstance(counted, nw.LazyFrame):
        counted = counted.collect(backend="pyarrow")
    return _settled(counted.to_arrow(), by, definition)


def _key(word: str, names: list[str]):
    """The expression that gives a word of a tally."""
    import narwhals as nw

    if word in names:
        return nw.col(word)
    if word == "year" and "date" in names:
        return nw.col("date").cast(nw.String).str.slice(0, 4)
    if _ALIASES.get(word) in names:
        return nw.col(_ALIASES[word])
    known = ", ".join(sorted({*names, *COLUMNS} - {"source_row", "record_id"}))
    raise InputError(Problem(f"there is no column {word!r} to count by", f"Name some of {known}.", column=word))


def _settled(counted: pa.Table, by: list[str], definition: str) -> pd.DataFrame:
    """The counted table with unknown values named, agencies apart, years as integers and partial years marked.

    It is done on the distinct values and their codes: by agency, year and race a country's counts run to a million
    rows.
    """
    import pandas as pd

    ends = counted.select([name for name in counted.column_names if name == "year" or name.startswith("_")]).to_pandas()
    events = counted["events"].to_numpy().astype("int64")
    keys = {}
    for word in by:
        keys[word], rows = _settled_key(word, counted[word])
        if rows is not None:
            # A row of several agencies has become one for each.
            keys = {other: key if other == word else _Key(key.values, key.codes[rows]) for other, key in keys.items()}
            counted, events = counted.take(rows), events[rows]
    keys, events = _sorted(keys, events)
    table = pd.DataFrame({word: _column(word, key) for word, key in keys.items()} | {"events": events}, copy=False)
    partial = _partial_years(ends)
    if partial is not None:
        table["partial"] = table["year"].isin(partial).fillna(False).astype(bool)
    definition = definition or _one_definition(ends)
    if definition:
        table["definition"] = definition
    return table


class _Key(NamedTuple):
    """A column to count by: its distinct values in order, a missing one last, and each row's place among them."""

    values: pa.Array
    codes: np.ndarray


def _settled_key(word: str, column: pa.ChunkedArray) -> tuple[_Key, np.ndarray | None]:
    """A column's values with unknown ones named; where agencies stand together in a cell, the row of each as well."""
    import pyarrow as pa
    import pyarrow.compute as pc

    coded = column.combine_chunks().dictionary_encode(null_encoding="encode")
    coded = coded.combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded
    values, codes, rows = coded.dictionary, coded.indices.to_numpy(zero_copy_only=False), None
    if word == "year":
        values = _as_years(values)
    elif not pa.types.is_integer(values.type) and not pa.types.is_floating(values.type):
        text = pc.fill_null(values.cast(pa.large_string()), "")
        values = pc.if_else(pc.equal(text, ""), _UNKNOWN, text)
    if (
        word == "agency"
        and pa.types.is_large_string(values.type)
        and pc.any(pc.match_substring(values, _SEVERAL)).as_py()
    ):
        parts = pc.split_pattern(values, _SEVERAL)
        starts, many = parts.offsets.to_numpy()[:-1], pc.list_value_length(parts).to_numpy()
        rows = np.repeat(np.arange(len(codes)), many[codes])
        first = np.repeat(np.cumsum(many[codes]) - many[codes], many[codes])
        codes = starts[codes][rows] + np.arange(len(rows)) - first
        values = parts.flatten()
    # A blank and a missing value, '2020' and '2020.0', an agency here and there: one value.
    merged = values.dictionary_encode(null_encoding="encode")
    order = pc.array_sort_indices(merged.dictionary).to_numpy()
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return _Key(merged.dictionary.take(order), rank[merged.indices.to_numpy(zero_copy_only=False)][codes]), rows


def _sorted(keys: dict[str, _Key], events: np.ndarray) -> tuple[dict[str, _Key], np.ndarray]:
    """The groups in order, those that have become one added up."""
    group, most = np.zeros(len(events), dtype=np.int64), 1
    for key in keys.values():
        most *= max(len(key.values), 1)
        if most > 2**62:
            distinct, group = np.unique(group, return_inverse=True)
            most = len(distinct) * len(key.values)
        group = group * len(key.values) + key.codes
    order = np.argsort(group, kind="stable")
    group = group[order]
    begins = np.flatnonzero(np.r_[True, group[1:] != group[:-1]]) if len(group) else order
    events = np.add.reduceat(events[order], begins) if len(group) else events
    return {word: _Key(key.values, key.codes[order][begins]) for word, key in keys.items()}, events


def _column(word: str, key: _Key) -> Any:
    """A value for each row, as pandas keeps them."""
    import pandas as pd
    import pyarrow as pa

    values = key.values.take(pa.array(key.codes))
    if word == "year":
        return values.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)
    return pd.array(values, dtype="str") if pa.types.is_large_string(values.type) else values.to_pandas()


def _as_years(distinct: pa.Array) -> pa.Array:
    """Years as integers; what is no year is missing."""
    import pandas as pd
    import pyarrow as pa

    numbers = pd.to_numeric(pd.Series(distinct.to_pylist(), dtype="object"), errors="coerce")
    # By hand, not by cast: one cell that is no year must not stop the count.
    return pa.array([int(n) if pd.notna(n) and n == int(n) else None for n in numbers], pa.int64())


def _one_definition(counted: pd.DataFrame) -> str:
    """The definition that a tally which was counted again carries, or ''."""
    if "_definition_low" not in counted:
        return ""
    stated = {*counted["_definition_low"].dropna(), *counted["_definition_high"].dropna()}
    if len(stated) > 1:
        what = "the tally holds counts by different definitions: " + "; ".join(sorted(stated))
        raise InputError(Problem(what, "Count each by itself; put them side by side, never together."))
    return stated.pop() if stated else ""


def _partial_years(counted: pd.DataFrame) -> list[int] | None:
    """The years the counts do not cover whole, or None where nothing tells.

    A tally that was counted again says so itself; of dates, the first year is partial where they begin after January,
    the last where they end before December.
    """
    import pandas as pd

    if "year" not in counted:
        return None
    counted = counted.assign(year=pd.to_numeric(counted["year"], errors="coerce").astype("Int64"))
    if "_partial_high" in counted:
        said = counted["_partial_high"].str.lower().isin(["true", "yes", "1"])
        return [int(year) for year in counted.loc[said, "year"].dropna().unique()]
    if "_day_low" not in counted:
        return None
    known = counted[counted["year"].notna()]
    if not len(known):
        return []
    first, last = str(known["_day_low"].min()), str(known["_day_high"].max())
    return [int(first[:4])] * (first[5:7] > "01") + [int(last[:4])] * (last[5:7] < "12")


def tally_files(
    paths: Iterable[str | PathLike[str]], by: Sequence[str] = COLUMNS, *, layout: str | None = None
) -> tuple[pd.DataFrame, list[str]]:
    """Count the records of files: publishers' files, or tables that have the columns to count by.

    A publisher's file, told by its columns, is read into records first. Any other CSV or Parquet is counted as it
    stands, by pandas or, from `LARGE_BYTES` on, by DuckDB, which never holds the file.

    Returns
    -------
    tuple
        The tally, and sentences a reader should know (rows set aside, unknown layouts).

    Raises
    ------
    InputError
        If a file cannot be read, a column is missing, or two files count by different definitions.
    """
    files = [Path(path) for path in paths]
    publishers = layout is not None or any(_is_publishers(file) for file in files)
    if publishers:
        return _of_publishers(files, by, layout)
    sizes = sum(_size(file) for file in files)
    # Parquet is packed: a table of it unfolds to ten times its file and more.
    if sum(_size(file) * (10 if file.suffix == ".parquet" else 1) for file in files) >= LARGE_BYTES:
        with _duckdb(files) as relation:
            return tally(relation, by), [f"{sizes / 1e6:,.0f} MB were counted by DuckDB."]
    return tally(_read_small(files), by), []


def _of_publishers(files: list[Path], by: Sequence[str], layout: str | None) -> tuple[pd.DataFrame, list[str]]:
    """The tally of publishers' files through their records."""
    from .. import sources

    reading = sources.read(files, layout)
    definitions = {found.definition for found in reading.layouts}
    if len(definitions) > 1:
        what = "these files count by different definitions: " + "; ".join(sorted(definitions))
        raise InputError(Problem(what, "Count each by itself; put them side by side, never together."))
    notes = list(reading.report.notes)
    if reading.set_aside:
        notes.insert(0, f"{len(reading.set_aside):,} rows were set aside; kit records tells why.")
    return tally(reading.records, by, definition=definitions.pop()), notes


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        raise InputError(Problem("there is no such file", "Check the name and the folder.", file)) from None


def _is_publishers(file: Path) -> bool:
    """Whether a file's columns are those of a publisher's layout; a table the kit wrote itself is not one."""
    from .. import sources
    from ..sources.reading import sheet_of

    if _size(file) and file.suffix.lower() in (".xlsx", ".xls", ".zip"):
        return True
    headings = _headings(file)
    if {"layout", "source_row"} <= set(headings):
        return False
    return sources.recognise(sheet_of(file.name, headings, [])) is not None


def _headings(file: Path) -> list[str]:
    """A file's column names, without reading the file."""
    import csv

    if file.suffix == ".parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            return pq.read_schema(file).names
        except (pa.ArrowInvalid, OSError) as error:
            raise InputError(Problem(f"not a readable Parquet file ({error})", "Make it again.", file)) from None
    opened = gzip.open if file.suffix == ".gz" else open
    try:
        with opened(file, "rb") as stream:
            head = stream.read(1_000_000).decode("utf-8-sig", errors="replace")
    except (OSError, EOFError) as error:
        raise InputError(Problem(f"the file cannot be read ({error})", "Download it again.", file)) from None
    return next(csv.reader(io.StringIO(head, newline="")), [])


def _read_small(files: list[Path]) -> pd.DataFrame:
    """Files that fit in memory, as text."""
    import pandas as pd
    import pyarrow as pa

    from ..sources.reading import read_file

    frames = []
    for file in files:
        if file.suffix == ".parquet":
            frames.append(pd.read_parquet(file))
            continue
        for sheet in read_file(file):
            if sheet.aside:
                rows = [Problem(row.reason, "Mend the row.", file, row.row) for row in sheet.aside]
                raise InputError(rows)
            headings = _distinct(sheet.headings, file)
            table = pa.table({heading: sheet.column(place) for place, heading in enumerate(headings)})
            frames.append(table.to_pandas())
    return pd.concat(frames, ignore_index=True)


def _distinct(headings: list[str], file: Path) -> list[str]:
    twice = sorted({heading for heading in headings if headings.count(heading) > 1})
    if twice:
        raise InputError(Problem(f"the column {twice[0]} stands twice", "Rename one of them.", file, row=1))
    return headings


@contextmanager
def _duckdb(files: list[Path]):
    """Files as one DuckDB relation of text, in bounded memory."""
    import duckdb

    connection = duckdb.connect(config={"memory_limit": _MEMORY, "preserve_insertion_order": "false"})
    # Its bar would be drawn on standard output, where the tally goes.
    connection.execute("set enable_progress_bar = false")
    try:
        names = [str(file) for file in files]
        if all(file.suffix == ".parquet" for file in files):
            yield connection.read_parquet(names)
        else:
            yield connection.read_csv(names, all_varchar=True, header=True)
    except duckdb.Error as error:
        what = f"DuckDB cannot read it: {str(error).splitlines()[0]}"
        raise InputError(Problem(what, "Mend that row, or read it with kit records.", files[0])) from None
    finally:
        connection.close()
