"""How one publisher lays out its file, declared; and the one mechanism that reads every layout into records.

A `Layout` says which columns of `helpers.schema.RECORDS` are taken from which headings (`Take`), what the publisher
counts, and under which licence. Recognising a file, matching headings that were renamed, reading each distinct text
of a column once, and accounting for every row is done here, for all of them.
"""

from __future__ import annotations

import difflib
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .. import schema
from ..problems import InputError, Problem
from . import bulk, values
from .quality import ColumnReport, Report
from .reading import Sheet
from .values import Value, plain

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Layout", "Match", "Take", "by_heading", "coded", "joined", "match", "rows_as_records", "stacked", "take"]


@dataclass(frozen=True)
class Take:
    """How one column of records is taken from a publisher's file.

    Parameters
    ----------
    to : str
        The column of records.
    names : tuple of str
        The headings it has had, the newest first, in the form of `values.plain`.
    how : str
        The reader: a key of `READERS`.
    options : mapping
        Keyword arguments for the reader, such as ``words``, ``formats`` or ``separators``.
    parts : tuple of str
        Headings whose cells together are the value, where no heading of ``names`` is there: month, day and year.
    """

    to: str
    names: tuple[str, ...]
    how: str = "text"
    options: Mapping[str, Any] = field(default_factory=dict)
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layout:
    """A publisher's layout.

    ``counts`` says what the publisher counts, ``definition`` the same in a few words that stand in every tally, so
    that counts by different definitions are never put together.
    ``marks`` are headings (in the form of `values.plain`, alternatives in a tuple) that tell its main table;
    ``companions`` are the marks of tables that come with it. ``fixed`` are values that every record has, such as an
    outcome. ``read`` overrides how its tables become records: called with the sheets by part and the report.
    ``sheet`` names the only sheet of a workbook to read.
    """

    name: str
    publisher: str
    title: str
    counts: str
    definition: str = ""
    licence: str = ""
    credit: str = ""
    takes: tuple[Take, ...] = ()
    marks: tuple[tuple[str, ...], ...] = ()
    companions: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    gaps: str = ""
    url: str = ""
    sheet: str = ""
    read: Callable[[Layout, dict[str, list[Sheet]], Report], pd.DataFrame] | None = None

    def take_for(self, column: str) -> Take | None:
        """How a column of records is taken, or None where the publisher has none such."""
        return next((take for take in self.takes if take.to == column), None)


@dataclass(frozen=True)
class Match:
    """A layout that fits a sheet: which of its parts, how well (0 to 1), and why, in words."""

    layout: Layout
    part: str
    score: float
    why: str


def match(layout: Layout, sheet: Sheet, *, least: float = 0.5) -> Match | None:
    """How well a sheet fits one part of a layout, or None where less than ``least`` of its marks are there."""
    headings = {plain(heading) for heading in sheet.headings}
    best = None
    for part, marks in {"": layout.marks, **layout.companions}.items():
        found = [next(name for name in names if name in headings) for names in marks if headings & set(names)]
        if not marks or len(found) < least * len(marks):
            continue
        lacking = [names[0] for names in marks if not headings & set(names)]
        why = f"{len(found)} of the {len(marks)} headings that tell it: {', '.join(found)}"
        why += f"; without {', '.join(lacking)}" if lacking else ""
        score = len(found) / len(marks) + len(marks) / 1000
        if best is None or score > best.score:
            best = Match(layout, part, score, why)
    return best


def _places(layout: Layout, sheet: Sheet) -> dict[str, tuple[int, str]]:
    """Where each column of records stands in a sheet, and what has to be said about that.

    Exact headings are given out first, so that no column takes another's by a near miss.
    """
    headings = [plain(heading) for heading in sheet.headings]
    found: dict[str, tuple[int, str]] = {}
    claimed: set[int] = set()
    for item in layout.takes:
        for name in item.names:
            places = [place for place, heading in enumerate(headings) if heading == name and place not in claimed]
            if places:
                again = f"it stands {len(places)} times; the first was read" if len(places) > 1 else ""
                found[item.to] = (places[0], again)
                claimed.add(places[0])
                break
    for item in layout.takes:
        free = {heading: place for place, heading in enumerate(headings) if place not in claimed and len(heading) >= 5}
        for name in item.names if item.to not in found else ():
            near = difflib.get_close_matches(name, free, n=1, cutoff=0.86) if len(name) >= 5 else []
            if near:
                found[item.to] = (free[near[0]], f"its spelling is close to {name!r}")
                claimed.add(free[near[0]])
                break
    return found


def take(layout: Layout, sheet: Sheet, report: Report, *, use_up: bool = False) -> pd.DataFrame:
    """A sheet's rows as records, a row a row, in the sheet's order: the layout's columns and ``source_row``.

    What could not be read is counted in the report, column by column; the publisher's own text of a column that was
    not read whole is kept in ``<column>_raw``.
    """
    import pandas as pd

    places = _places(layout, sheet)
    claimed = {place for place, _ in places.values()}
    spoken = {part for item in layout.takes if item.to not in places for part in _parts(item, sheet)}
    columns: dict[str, Any] = {}
    if not places:
        headings = ", ".join(sheet.headings[:12])
        remedy = "Name another with --layout, or draft a mapping: kit records FILE --layout new"
        raise InputError(Problem(f"none of its columns ({headings}) is one of {layout.name}", remedy, sheet.file))
    unread = sorted(set(range(len(sheet.headings))) - claimed | spoken)
    with ThreadPoolExecutor(PROCESSORS if sheet.table.num_rows > MANY else 1) as several:
        reading = [several.submit(_taken, item, sheet, places.get(item.to)) for item in layout.takes]
        looking = [several.submit(_oddities, sheet, place) for place in unread]
        for item, done in zip(layout.takes, reading, strict=True):
            found, about = done.result()
            report.column(about)
            if use_up and item.to in places and places[item.to][0] not in spoken:
                sheet.let_go(places[item.to][0])
            if item.to == "shots_qualifier" and item.to in columns and item.to in found:
                found[item.to] = _stated_qualifier(found[item.to], columns[item.to], columns["shots"])
            columns.update(found)
        for place, odd in zip(unread, looking, strict=True):
            report.unread(sheet, sheet.headings[place], odd.result())
    columns["source_row"] = pd.array(sheet.rows, dtype="Int64")
    return pd.DataFrame(columns, copy=False)


def _taken(item: Take, sheet: Sheet, place: tuple[int, str] | None) -> tuple[dict[str, Any], ColumnReport]:
    """What one column of records is in a sheet, and the account of it."""
    if place is not None:
        at, remark = place
        return _read(item, sheet, sheet.column(at), sheet.headings[at], remark)
    if parts := _parts(item, sheet):
        cells = pc.binary_join_element_wise(*[sheet.column(part) for part in parts], " ")
        together = ", ".join(sheet.headings[part] for part in parts)
        return _read(item, sheet, pc.utf8_trim_whitespace(cells), together, "put together")
    return {}, ColumnReport(item.to, "", sheet.table.num_rows, lacking=True)


def _stated_qualifier(stated: Any, written: Any, shots: Any) -> Any:
    """The qualifier of a column of its own where it is told, otherwise that of the number's own writing."""
    import pandas as pd

    both = pd.Series(stated).where(pd.Series(stated).notna(), pd.Series(written))
    return both.where(pd.Series(shots).notna()).array


def _parts(item: Take, sheet: Sheet) -> list[int]:
    """Where the parts of a column stand, if the last of them (the year) is there."""
    at = {plain(heading): place for place, heading in reversed(list(enumerate(sheet.headings)))}
    return [at[part] for part in item.parts if part in at] if item.parts and item.parts[-1] in at else []


def _read(item: Take, sheet: Sheet, cells: Any, heading: str, remark: str) -> tuple[dict[str, Any], ColumnReport]:
    """One column, read: its values, its qualifiers where it has them, the raw text where some was lost; the account."""
    # A million words are looked at together as fast as they are counted, and then stand as they are.
    plain_words = item.how in ("text", "name") and not item.options and len(cells) > MANY
    codes, texts = (None, cells) if plain_words else coded(cells)
    found = COLUMN_READERS[item.how](texts, item.options)
    about = _column_report(item.to, sheet, heading, codes, texts, found, remark)
    number = "number" if item.how in ("number", "age") else "text"
    kind = schema.RECORDS[item.to].kind if item.to in schema.RECORDS.names else number
    columns = {item.to: _expanded(cells, codes, texts, found.known, kind)}
    if found.qualifiers is not None:
        columns[QUALIFIED_BY[item.how]] = _expanded(cells, codes, texts, found.qualifiers, "text")
    raw = f"{item.to}_raw"
    if raw in schema.RECORDS.names or (item.how not in ("text", "name") and found.troubled):
        columns[raw] = _expanded(cells, codes, texts, texts, "text")
    return columns, about


QUALIFIED_BY = {"date": "date_precision", "shots": "shots_qualifier"}


@dataclass
class Distinct:
    """The distinct texts of a column, read: a value (None where unknown), a qualifier and a trouble for each."""

    known: Any
    troubles: dict[int, str]
    qualifiers: list[str | None] | None = None

    @property
    def troubled(self) -> bool:
        """Whether anything was lost."""
        return any(trouble != values.PLACEHOLDER for trouble in self.troubles.values())


def coded(column: pa.ChunkedArray) -> tuple[np.ndarray | None, bulk.Texts]:
    """A column as codes and its distinct texts; without codes where nearly every text is another, a text a row."""
    if len(column) > MANY and pc.count_distinct(column[:MANY]).as_py() > MANY // 2:
        return None, column
    found = bulk.whole(column).dictionary_encode()
    return found.indices.to_numpy(), found.dictionary


def counts_of(codes: np.ndarray | None, texts: bulk.Texts) -> np.ndarray:
    """How often each distinct text stands in its column."""
    return np.ones(len(texts), dtype=np.int64) if codes is None else np.bincount(codes, minlength=len(texts))


def _each(reader: Callable[..., Value], qualified: bool = False) -> Callable[[bulk.Texts, Mapping], Distinct]:
    """A reader of cells as a reader of distinct texts."""

    def read(texts: bulk.Texts, options: Mapping) -> Distinct:
        found = [reader(text, **options) for text in texts.to_pylist()]
        troubles = {code: value.trouble for code, value in enumerate(found) if value.trouble}
        qualifiers = [value.qualifier or None for value in found] if qualified else None
        return Distinct([value.value for value in found], troubles, qualifiers)

    return read


MANY = 10_000
# Arrow and NumPy let go of Python's lock, so that threads share out a large table's columns.
PROCESSORS = min(os.cpu_count() or 1, 4)


def _texts(texts: bulk.Texts, options: Mapping) -> Distinct:
    """`values.text` for many texts at once; identifiers and names of places run to a text a row."""
    if options or len(texts) < MANY:
        return _each(values.text)(texts, options)
    return _neat(texts, values.NOTHING)


def _names(texts: bulk.Texts, options: Mapping) -> Distinct:
    """`values.name` for many texts at once."""
    if len(texts) < MANY:
        return _each(values.name)(texts, options)
    found = _neat(texts, values.PLACEHOLDERS)
    # Matched where the first letter allows it: none of a million other names is looked through.
    may = bulk.beginning_with(found.known, values.WITHHELD_BEGINS)
    if len(may):
        matched = pc.match_substring_regex(found.known.take(pa.array(may)), values.WITHHELD, ignore_case=True)
        withheld = np.zeros(len(texts), dtype=bool)
        withheld[may[matched.to_numpy(zero_copy_only=False).astype(bool)]] = True
        if withheld.any():
            found.known = pc.if_else(pa.array(withheld), pa.scalar(None, pa.string()), found.known)
            found.troubles |= dict.fromkeys(np.flatnonzero(withheld).tolist(), values.NOT_NAMED)
    return found


def _neat(texts: bulk.Texts, nothing: frozenset[str]) -> Distinct:
    """Texts without outer and doubled blanks; blanks and placeholders as unknown."""
    if len(untidy := bulk.may_be_untidy(texts)):
        odd = np.zeros(len(texts), dtype=bool)
        odd[untidy] = True
        tidied = pc.utf8_trim(pc.replace_substring_regex(texts.take(pa.array(untidy)), bulk.BLANKS, " "), " ")
        texts = pc.replace_with_mask(texts, pa.array(odd), bulk.whole(tidied))
    may = bulk.may_be(texts, nothing)
    found = pc.is_in(pc.utf8_lower(texts.take(pa.array(may))), value_set=pa.array(sorted(nothing)))
    placeholders = may[found.to_numpy(zero_copy_only=False)]
    unknown = bulk.are_empty(texts).copy()
    unknown[placeholders] = True
    return Distinct(bulk.with_missing(texts, unknown), dict.fromkeys(placeholders.tolist(), values.PLACEHOLDER))


def _numbers(texts: bulk.Texts, options: Mapping) -> Distinct:
    """`values.number` for many texts at once, where all of them are plain numbers within bounds."""
    if len(texts) >= MANY:
        # Most columns of numbers have nothing else but empty cells; of the others the words for nothing are left out.
        for told in _plain_or_neat(texts):
            try:
                known = pc.cast(told.known, pa.float64())
            except pa.ArrowInvalid:
                continue
            bounds = pc.min_max(known)
            low, high = options.get("low", -np.inf), options.get("high", np.inf)
            if pc.all(pc.is_finite(known)).as_py() and bounds["min"].as_py() >= low and bounds["max"].as_py() <= high:
                return Distinct(known, told.troubles)
    return _each(values.number)(texts, options)


def _plain_or_neat(texts: bulk.Texts) -> Iterator[Distinct]:
    yield Distinct(bulk.with_missing(texts, bulk.are_empty(texts)), {})
    yield _neat(texts, values.PLACEHOLDERS)


def _agencies(texts: bulk.Texts, options: Mapping) -> Distinct:
    """Agencies' numbers, parted by semicolons, as their labels; 'agency 73' where there is none."""
    labels = options.get("labels", {})
    named = [
        joined([labels.get(i.strip(), f"agency {i.strip()}") for i in text.split(";") if i.strip()])
        for text in texts.to_pylist()
    ]
    return Distinct([text or None for text in named], {})


COLUMN_READERS: dict[str, Callable[[bulk.Texts, Mapping], Distinct]] = {
    "text": _texts,
    "name": _names,
    "number": _numbers,
    "agencies": _agencies,
    "count": _each(values.count),
    "choice": _each(values.choice),
    "age": _each(values.age),
    "gender": _each(values.gender),
    "race": _each(values.race),
    "yes_no": _each(values.yes_no),
    "date": _each(values.date, qualified=True),
    "shots": _each(values.shots, qualified=True),
}


def _expanded(cells: bulk.Texts, codes: np.ndarray | None, texts: bulk.Texts, distinct: Any, kind: str) -> Any:
    """A value for each row from a value for each distinct text, in the column's kind."""
    import pandas as pd

    arrow = {"number": pa.float64(), "integer": pa.int64()}.get(kind, pa.large_string())
    if not isinstance(distinct, (pa.Array, pa.ChunkedArray)):
        if kind == "integer":
            distinct = [None if value is None else int(value) for value in distinct]
        distinct = pa.array(distinct, arrow)
    distinct = distinct.cast(arrow)
    if codes is None:
        spread = distinct
    elif kind == "text" and _stands_as_written(texts, distinct):
        spread = (bulk.with_missing(cells, bulk.are_empty(cells)) if distinct.null_count else cells).cast(arrow)
    else:
        spread = distinct.take(pa.array(codes))
    if kind == "number":
        return spread.to_numpy() if isinstance(spread, pa.ChunkedArray) else spread.to_numpy(zero_copy_only=False)
    if kind == "integer":
        return pd.array(spread.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get), dtype="Int64")
    return pd.array(spread, dtype="str")


def _stands_as_written(texts: bulk.Texts, known: bulk.Texts) -> bool:
    """Whether every text is its own value, and an empty one is none: the cells then need not be written again."""
    if len(texts) > MANY:
        return False
    return all(
        value == text or (value is None and not text)
        for text, value in zip(texts.to_pylist(), known.to_pylist(), strict=True)
    )


def _column_report(
    to: str, sheet: Sheet, heading: str, codes: np.ndarray | None, texts: bulk.Texts, found: Distinct, remark: str
) -> ColumnReport:
    counts = counts_of(codes, texts)
    blank = int(counts[bulk.are_blank(texts)].sum())
    about = ColumnReport(to, heading, sheet.table.num_rows, blank=blank, remark=remark)
    troubles = found.troubles
    if codes is None and troubles:
        # A text a row: the rows of one text are put together.
        at = np.fromiter(troubles, dtype=np.int64, count=len(troubles))
        alike = bulk.whole(texts.take(pa.array(at))).dictionary_encode().indices.to_numpy()
        _, firsts, counts = np.unique(alike, return_index=True, return_counts=True)
        for first, cells in zip(at[firsts].tolist(), counts.tolist(), strict=True):
            about.trouble(troubles[first], texts[first].as_py(), cells, lambda first=first: int(sheet.rows[first]))
    elif troubles:
        for code, trouble in troubles.items():
            first_row = partial(_first_row, sheet, codes, code)
            about.trouble(trouble, texts[code].as_py(), int(counts[code]), first_row)
    return about


def _first_row(sheet: Sheet, codes: np.ndarray, code: int) -> int:
    return int(sheet.rows[int(np.argmax(codes == code))])


def rows_as_records(layout: Layout, sheet: Sheet, report: Report) -> pd.DataFrame:
    """The records of a sheet whose every row is one; the sheet is used up, so that a large one is not held twice."""
    report.about(sheet).records = sheet.table.num_rows
    return take(layout, sheet, report, use_up=True)


_ODD = {error.casefold() for error in values.SPREADSHEET_ERRORS} | {"-", "--", "-1", "-1.0"}


def _oddities(sheet: Sheet, place: int) -> dict[str, int]:
    """Cells of a column that no record takes which are a spreadsheet's error, a dash or -1, and how many they are."""
    texts = sheet.column(place)
    may = texts.take(pa.array(bulk.may_be(texts, _ODD)))
    found = may.filter(pc.is_in(pc.utf8_lower(may), value_set=pa.array(sorted(_ODD))))
    return dict(Counter(found.to_pylist()))


def stacked(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Tables below one another, numbered anew."""
    import pandas as pd

    return frames[0].reset_index(drop=True) if len(frames) == 1 else pd.concat(frames, ignore_index=True)


def by_heading(sheet: Sheet) -> pd.DataFrame:
    """A sheet as text under its headings in the form of `values.plain`, with ``file`` and ``source row``."""
    import pandas as pd

    at: dict[str, int] = {}
    for place, heading in enumerate(sheet.headings):
        at.setdefault(plain(heading), place)
    cells = {name: sheet.column(place).to_pandas().astype("str").str.strip() for name, place in at.items()}
    frame = pd.DataFrame(cells)
    return frame.assign(file=sheet.file, **{"source row": sheet.rows})


def joined(parts: list[str]) -> str:
    """Several values in one cell of records, as the kit writes them: 'A; B'."""
    return "; ".join(dict.fromkeys(part for part in parts if part))
