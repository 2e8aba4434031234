"""How one publisher lays out its file, declared; and the one mechanism that reads every layout into records.

A `Layout` says which columns of `helpers.schema.RECORDS` are taken from which headings (`Take`), what the publisher
counts, and under which licence. Recognising a file, matching headings that were renamed, reading each distinct text
of a column once, and accounting for every row is done here, for all of them.
"""

from __future__ import annotations

import difflib
import os
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .. import schema
from ..problems import InputError, Problem
from . import values
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
    for place in sorted(set(range(len(sheet.headings))) - claimed | spoken):
        report.unread(sheet, sheet.headings[place], _oddities(sheet, place))
    with ThreadPoolExecutor(PROCESSORS if sheet.table.num_rows > MANY else 1) as several:
        reading = [several.submit(_taken, item, sheet, places.get(item.to)) for item in layout.takes]
        for item, done in zip(layout.takes, reading, strict=True):
            found, about = done.result()
            report.column(about)
            if use_up and item.to in places and places[item.to][0] not in spoken:
                sheet.let_go(places[item.to][0])
            if item.to == "shots_qualifier" and item.to in columns and item.to in found:
                found[item.to] = _stated_qualifier(found[item.to], columns[item.to], columns["shots"])
            columns.update(found)
    columns["source_row"] = pd.array(sheet.rows, dtype="Int64")
    return pd.DataFrame(columns, copy=False)


def _taken(item: Take, sheet: Sheet, place: tuple[int, str] | None) -> tuple[dict[str, Any], ColumnReport]:
    """What one column of records is in a sheet, and the account of it."""
    if place is not None:
        at, remark = place
        return _read(item, sheet, sheet.stored(at), sheet.headings[at], remark)
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
    codes, texts = coded(cells)
    found = COLUMN_READERS[item.how](texts, item.options)
    about = _column_report(item.to, sheet, heading, codes, texts, found, remark)
    number = "number" if item.how in ("number", "age") else "text"
    kind = schema.RECORDS[item.to].kind if item.to in schema.RECORDS.names else number
    columns = {item.to: _expanded(codes, found.known, kind)}
    if found.qualifiers is not None:
        columns[QUALIFIED_BY[item.how]] = _expanded(codes, found.qualifiers, "text")
    raw = f"{item.to}_raw"
    if raw in schema.RECORDS.names or (item.how not in ("text", "name") and found.troubled):
        columns[raw] = _expanded(codes, texts, "text")
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


def coded(column: pa.ChunkedArray) -> tuple[np.ndarray | None, pa.StringArray]:
    """A column as codes and its distinct texts; without codes where nearly every text is another, a text a row."""
    if not pa.types.is_dictionary(column.type):
        if len(column) > MANY and pc.count_distinct(column[:MANY]).as_py() > MANY // 2:
            return None, _whole(column)
        column = column.dictionary_encode()
    column = _whole(column.unify_dictionaries())
    return column.indices.to_numpy(zero_copy_only=False), column.dictionary


def _whole(column: pa.ChunkedArray) -> pa.Array:
    """A column in one piece."""
    if column.num_chunks == 1:
        return column.chunk(0)
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)


def counts_of(codes: np.ndarray | None, texts: pa.StringArray) -> np.ndarray:
    """How often each distinct text stands in its column."""
    return np.ones(len(texts), dtype=np.int64) if codes is None else np.bincount(codes, minlength=len(texts))


def _each(reader: Callable[..., Value], qualified: bool = False) -> Callable[[pa.StringArray, Mapping], Distinct]:
    """A reader of cells as a reader of distinct texts."""

    def read(texts: pa.StringArray, options: Mapping) -> Distinct:
        found = [reader(text, **options) for text in texts.to_pylist()]
        troubles = {code: value.trouble for code, value in enumerate(found) if value.trouble}
        qualifiers = [value.qualifier or None for value in found] if qualified else None
        return Distinct([value.value for value in found], troubles, qualifiers)

    return read


MANY = 10_000
# Arrow and NumPy let go of Python's lock, so that threads share out a large table's columns.
PROCESSORS = min(os.cpu_count() or 1, 4)


def _texts(texts: pa.StringArray, options: Mapping) -> Distinct:
    """`values.text` for many texts at once; identifiers and names of places run to a text a row."""
    if options or len(texts) < MANY:
        return _each(values.text)(texts, options)
    return _neat(texts, values.NOTHING)


def _names(texts: pa.StringArray, options: Mapping) -> Distinct:
    """`values.name` for many texts at once."""
    if len(texts) < MANY:
        return _each(values.name)(texts, options)
    found = _neat(texts, values.PLACEHOLDERS)
    # Matched where the first letter allows it: none of a million other names is looked through.
    begins = pc.utf8_lower(pc.utf8_slice_codeunits(found.known, 0, 1))
    may = np.flatnonzero(pc.is_in(begins, value_set=pa.array(values.WITHHELD_BEGINS)).to_numpy(zero_copy_only=False))
    if len(may):
        matched = pc.match_substring_regex(found.known.take(pa.array(may)), values.WITHHELD, ignore_case=True)
        withheld = np.zeros(len(texts), dtype=bool)
        withheld[may[matched.to_numpy(zero_copy_only=False).astype(bool)]] = True
        if withheld.any():
            found.known = pc.if_else(pa.array(withheld), pa.scalar(None, pa.string()), found.known)
            found.troubles |= dict.fromkeys(np.flatnonzero(withheld).tolist(), values.NOT_NAMED)
    return found


def _neat(texts: pa.StringArray, nothing: frozenset[str]) -> Distinct:
    """Texts without outer and doubled blanks; blanks and placeholders as unknown."""
    neat = texts
    if not _is_neat(texts):
        neat = pc.utf8_trim(pc.replace_substring_regex(texts, _BLANKS, " "), " ")
    lengths = pc.binary_length(neat).to_numpy(zero_copy_only=False)
    may = np.flatnonzero(_may_be(neat, lengths, nothing))
    found = pc.is_in(pc.utf8_lower(neat.take(pa.array(may))), value_set=pa.array(sorted(nothing)))
    placeholders = may[found.to_numpy(zero_copy_only=False)]
    unknown = lengths == 0
    unknown[placeholders] = True
    known = pc.if_else(pa.array(unknown), pa.scalar(None, pa.string()), neat) if unknown.any() else neat
    return Distinct(known, dict.fromkeys(placeholders.tolist(), values.PLACEHOLDER))


def _may_be(texts: pa.StringArray, lengths: np.ndarray, words: frozenset[str]) -> np.ndarray:
    """Where a text has the length, first and last letter of one of the words, in any case: few of many names have.

    Everywhere that the text is short, where some letter is not ASCII: in another case it may have another length.
    """
    short = (lengths > 0) & (lengths <= max(map(len, words)))
    ends, content = _bytes_of(texts)
    if not len(content) or (content > 127).any():
        return short
    ends = ends[:-1][short]
    first, last = (_LOWER[content[at]] for at in (ends, ends + lengths[short] - 1))
    known = [(len(word), ord(word[0]), ord(word[-1])) for word in words]
    told = np.array([(size << 16) + (one << 8) + other for size, one, other in known])
    short[short] = np.isin((lengths[short].astype(np.int64) << 16) + (first << 8) + last, told)
    return short


_LOWER = np.array([ord(chr(byte).lower()) if byte < 128 else byte for byte in range(256)])


def _bytes_of(texts: pa.StringArray) -> tuple[np.ndarray, np.ndarray]:
    """The bytes of all texts, and where each text begins in them and the last one ends."""
    _, offsets, content = texts.buffers()
    ends = np.frombuffer(offsets, dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    held = np.frombuffer(content, dtype=np.uint8)[ends[0] : ends[-1]] if content is not None else np.empty(0, np.uint8)
    return ends - ends[0], held


# What Python's str.split() parts a text at; Arrow's own \s is ASCII's blanks, without the vertical tab.
_BLANKS = r"[\s\x0b\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]+"
# The first bytes, in UTF-8, of every blank that is not ASCII.
_OTHER_BLANKS = (0xC2, 0xE1, 0xE2, 0xE3)


def _is_neat(texts: pa.StringArray) -> bool:
    """Whether surely no text has an outer or doubled blank, or one that is not the space, told from all bytes at once.

    False where that cannot be told so fast, as where a text has curly quotes.
    """
    ends, content = _bytes_of(texts)
    if not len(content):
        return True
    if (content < 32).any() or ((content > 127).any() and any((content == byte).any() for byte in _OTHER_BLANKS)):
        return False
    blank = content == 32
    filled = ends[1:] > ends[:-1]
    first, last = ends[:-1][filled], ends[1:][filled] - 1
    return not (blank[first].any() or blank[last].any() or (blank[1:] & blank[:-1]).any())


def _numbers(texts: pa.StringArray, options: Mapping) -> Distinct:
    """`values.number` for many texts at once, where all of them are plain numbers within bounds."""
    if len(texts) >= MANY:
        try:
            known = pc.cast(_neat(texts, values.NOTHING).known, pa.float64())
        except pa.ArrowInvalid:
            return _each(values.number)(texts, options)
        bounds = pc.min_max(known)
        low, high = options.get("low", -np.inf), options.get("high", np.inf)
        if pc.all(pc.is_finite(known)).as_py() and bounds["min"].as_py() >= low and bounds["max"].as_py() <= high:
            return Distinct(known, {})
    return _each(values.number)(texts, options)


def _agencies(texts: pa.StringArray, options: Mapping) -> Distinct:
    """Agencies' numbers, parted by semicolons, as their labels; 'agency 73' where there is none."""
    labels = options.get("labels", {})
    named = [
        joined([labels.get(i.strip(), f"agency {i.strip()}") for i in text.split(";") if i.strip()])
        for text in texts.to_pylist()
    ]
    return Distinct([text or None for text in named], {})


COLUMN_READERS: dict[str, Callable[[pa.StringArray, Mapping], Distinct]] = {
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


def _expanded(codes: np.ndarray | None, distinct: Any, kind: str) -> Any:
    """A value for each row from a value for each distinct text, in the column's kind."""
    import pandas as pd

    arrow = {"number": pa.float64(), "integer": pa.int64()}.get(kind, pa.string())
    if not isinstance(distinct, (pa.Array, pa.ChunkedArray)):
        if kind == "integer":
            distinct = [None if value is None else int(value) for value in distinct]
        distinct = pa.array(distinct, arrow)
    spread = distinct if codes is None else distinct.take(pa.array(codes))
    if kind == "number":
        return spread.cast(arrow).to_numpy(zero_copy_only=False)
    if kind == "integer":
        return pd.array(spread.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get), dtype="Int64")
    return pd.array(spread, dtype="str")


def _column_report(
    to: str, sheet: Sheet, heading: str, codes: np.ndarray | None, texts: pa.StringArray, found: Distinct, remark: str
) -> ColumnReport:
    counts = counts_of(codes, texts)
    is_blank = pc.equal(pc.utf8_trim_whitespace(texts), "").to_numpy(zero_copy_only=False).astype(bool)
    blank = int(counts[is_blank].sum()) if len(texts) else 0
    about = ColumnReport(to, heading, sheet.table.num_rows, blank=blank, remark=remark)
    for code, trouble in found.troubles.items():
        about.trouble(trouble, texts[code].as_py(), int(counts[code]), lambda code=code: _first_row(sheet, codes, code))
    return about


def _first_row(sheet: Sheet, codes: np.ndarray | None, code: int) -> int:
    return int(sheet.rows[code if codes is None else int(np.argmax(codes == code))])


def rows_as_records(layout: Layout, sheet: Sheet, report: Report) -> pd.DataFrame:
    """The records of a sheet whose every row is one; the sheet is used up, so that a large one is not held twice."""
    report.about(sheet).records = sheet.table.num_rows
    return take(layout, sheet, report, use_up=True)


_ODD = {error.casefold() for error in values.SPREADSHEET_ERRORS} | {"-", "--", "-1", "-1.0"}


def _oddities(sheet: Sheet, place: int) -> dict[str, int]:
    """Cells of a column that no record takes which are a spreadsheet's error, a dash or -1, and how many they are."""
    codes, texts = coded(sheet.stored(place))
    odd = pc.index_in(pc.utf8_lower(texts), value_set=pa.array(sorted(_ODD))).is_valid().to_numpy(zero_copy_only=False)
    counts = counts_of(codes, texts)
    found: Counter[str] = Counter()
    for code in np.flatnonzero(odd):
        found[texts[int(code)].as_py()] += int(counts[code])
    return dict(found)


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
