"""Opening a publisher's file, whatever its shape: text cells exactly as published, and every row accounted for.

CSV and its relatives in any of the usual encodings and delimiters, gzip, zip with one file in it, and Excel workbooks.
Nothing is interpreted here: a cell is text, a row that cannot be a row of the table is set aside with its reason, and
what was found on the way (an encoding, a damaged cell) is noted for the quality report.

Limits keep a hostile file from taking the machine with it: see `MOST_INFLATED`, `MOST_RATIO` and `MOST_CELLS`.
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from .. import files
from ..problems import InputError, Problem
from . import workbook

csv.field_size_limit(2**31 - 1)

__all__ = ["SetAside", "Sheet", "read_file", "sheet_of", "sparing_memory"]

MOST_BYTES = 4_000_000_000
MOST_INFLATED = 64_000_000
MOST_RATIO = 100
MOST_COLUMNS = 2_000
LONG_CELL = 100_000
# A file from this size on is parsed on all processors, a block at a time, where it is plain text.
LARGE = 30_000_000
BLOCK = 4_000_000
DELIMITERS = ",;\t|"


@dataclass(frozen=True)
class SetAside:
    """A row that did not become a record: where it stands, why, and how it begins."""

    file: str
    row: int
    reason: str
    text: str = ""


@dataclass
class Sheet:
    """One table of text as a publisher wrote it.

    ``table`` holds a column of text for each heading, in order, under the names "0", "1", ...; an empty cell is ''.
    ``rows`` holds each row's number as a spreadsheet counts. ``rows_read`` counts the rows that were there, those set
    aside included, blank rows not. ``notes`` are sentences for the quality report.
    """

    file: str
    headings: list[str]
    table: pa.Table
    rows: np.ndarray
    sha256: str = ""
    encoding: str = ""
    delimiter: str = ""
    part: str = ""
    aside: list[SetAside] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def rows_read(self) -> int:
        """The rows of data that stood in the file."""
        return self.table.num_rows + len(self.aside)

    def column(self, place: int) -> pa.ChunkedArray:
        """The text of one column."""
        return self.table.column(str(place))

    def let_go(self, place: int) -> None:
        """Forget the cells of one column, which has been read."""
        self.table = self.table.set_column(
            self.table.column_names.index(str(place)), str(place), pa.nulls(self.table.num_rows, pa.null())
        )


@contextlib.contextmanager
def sparing_memory() -> Iterator[None]:
    """Arrow's jemalloc, where it was built with it: it keeps what a column gave back for the next, but gives back to
    the system what nobody asks for within a tenth of a second, so that a large file takes a quarter less memory at the
    peak, and a twentieth more time."""
    usual = pa.default_memory_pool()
    try:
        pa.set_memory_pool(pa.jemalloc_memory_pool())
        pa.jemalloc_set_decay_ms(100)
    except NotImplementedError:
        yield
        return
    try:
        yield
    finally:
        pa.jemalloc_set_decay_ms(1000)  # Arrow's own setting
        pa.set_memory_pool(usual)


def read_file(path: Path) -> list[Sheet]:
    """The tables of one file: one for a text file, one for each filled sheet of a workbook.

    Raises
    ------
    InputError
        If there is no such file, it is empty, not a table, damaged beyond reading, or larger than the kit reads.
    """
    if (sheet := _large(path)) is not None:
        return [sheet]
    content = _bytes(path)
    digest = files.sha256(content)
    content, inside, notes = _unpacked(path, content)
    name = f"{path.name}/{inside}" if inside else path.name
    if workbook.is_workbook(content):
        sheets = [_from_workbook(name, found) for found in workbook.sheets(content, path)]
    else:
        sheets = [_from_text(name, content, path)]
    for sheet in sheets:
        sheet.sha256 = digest
        sheet.notes[:0] = notes
    return sheets


def sheet_of(name: str, headings: list[str], cells: list[list[str]], first_row: int = 2) -> Sheet:
    """A sheet from rows of text, each as long as the headings."""
    columns = list(zip(*cells, strict=True)) if cells else [()] * len(headings)
    table = pa.table({str(place): pa.array(column, pa.string()) for place, column in enumerate(columns)})
    return Sheet(name, headings, table, np.arange(first_row, first_row + len(cells)))


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            what = f"{size / 1e9:.1f} GB is more than is read into records at once"
            raise InputError(Problem(what, "Count it with kit tally, which reads files larger than memory.", path))
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError(Problem("there is no such file", "Check the name and the folder.", path)) from None
    except IsADirectoryError:
        raise InputError(Problem("a folder, not a file", "Name the data file in it.", path)) from None
    except OSError as error:
        raise InputError(Problem(f"the file cannot be read ({error.strerror})", "Change its rights.", path)) from None
    if not content:
        raise InputError(Problem("the file is empty", "Download it again.", path))
    return content


def _unpacked(path: Path, content: bytes) -> tuple[bytes, str, list[str]]:
    """What a gzip or a zip with one file holds; anything else as it is."""
    if content[:2] == b"\x1f\x8b":
        return _inflated(path, content), "", []
    if content[:2] == b"PK" and not workbook.is_workbook(content):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                inside = [
                    entry
                    for entry in archive.infolist()
                    if not entry.is_dir() and not entry.filename.startswith(("__MACOSX", "."))
                ]
                if len(inside) != 1:
                    names = ", ".join(entry.filename for entry in inside[:5])
                    what = f"a zip with {len(inside)} files{f' ({names})' if names else ''}; the kit reads one"
                    raise InputError(Problem(what, "Unpack it and name the file.", path))
                with archive.open(inside[0]) as file:
                    unpacked = file.read(_most(content) + 1)
                _refuse_bomb(path, content, unpacked)
                return unpacked, inside[0].filename, []
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            RuntimeError,
            NotImplementedError,
            ValueError,
        ) as error:
            raise InputError(Problem(f"a damaged zip ({error})", "Download it again.", path)) from None
    return content, "", []


def _inflated(path: Path, content: bytes) -> bytes:
    parts, left, total = [], content, 0
    while left[:2] == b"\x1f\x8b":
        stream = zlib.decompressobj(wbits=31)
        try:
            part = stream.decompress(left, _most(content) + 1 - total)
        except zlib.error as error:
            raise InputError(Problem(f"a damaged gzip ({error})", "Download it again.", path)) from None
        parts.append(part)
        total += len(part)
        _refuse_bomb(path, content, b"", total)
        if not stream.eof:
            what = f"the gzip stops in its middle, after {total:,} bytes of text"
            raise InputError(Problem(what, "The download was cut off: download it again.", path))
        left = stream.unused_data
    return b"".join(parts)


def _most(content: bytes) -> int:
    return max(MOST_INFLATED, MOST_RATIO * len(content))


def _refuse_bomb(path: Path, packed: bytes, unpacked: bytes, size: int = 0) -> None:
    if max(size, len(unpacked)) > _most(packed):
        what = f"{len(packed):,} packed bytes hold over {_most(packed):,}: no data file packs so small"
        raise InputError(Problem(what, "Unpack it yourself if you trust it, and name the unpacked file.", path))


def _from_workbook(name: str, found: workbook.Found) -> Sheet:
    width = max((len(row) for row in found.cells), default=0)
    headings = [*found.cells[0], *[""] * (width - len(found.cells[0]))]
    filled = [(row, cells) for row, cells in enumerate(found.cells[1:], start=2) if any(cells)]
    sheet = sheet_of(f"{name}!{found.name}", headings, [cells + [""] * (width - len(cells)) for _, cells in filled])
    sheet.rows = np.array([row + found.first_row - 1 for row, _ in filled], dtype=np.int64)
    sheet.encoding, sheet.notes = "Excel", list(found.notes)
    return _without_empty_columns(sheet)


def _without_empty_columns(sheet: Sheet) -> Sheet:
    """Without columns that have neither a heading nor a value, which spreadsheets trail."""
    kept = [
        place for place, heading in enumerate(sheet.headings) if heading.strip() or _lengths(sheet.column(place)).any()
    ]
    if len(kept) < len(sheet.headings):
        sheet.headings = [sheet.headings[place] for place in kept]
        sheet.table = sheet.table.select(kept).rename_columns([str(place) for place in range(len(kept))])
    return sheet


def _from_text(name: str, content: bytes, path: Path) -> Sheet:
    utf8, encoding, notes = _as_utf8(content, path)
    if _is_page(utf8):
        raise InputError(Problem("a web page, not a data file", "Download the file itself, not its page.", path))
    if nulls := utf8.count(b"\0"):
        notes.append(f"{nulls:,} null bytes were found and left out: the file may be damaged.")
        utf8 = utf8.replace(b"\0", b"")
    if not utf8.strip():
        raise InputError(Problem("the file holds nothing but blanks", "Download it again.", path))
    delimiter, headings, begins, header_row = _header(utf8, path)
    table, rows, aside = _cells(name, utf8[begins:], len(headings), delimiter, header_row, path)
    sheet = Sheet(name, headings, table, rows, encoding=encoding, delimiter=delimiter, aside=aside, notes=notes)
    _note_long_cells(sheet)
    return _without_empty_columns(sheet)


def _as_utf8(content: bytes, path: Path) -> tuple[bytes, str, list[str]]:
    """The text as UTF-8, the encoding it was in, and what had to be said about it."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _decoded(content, encoding, path), {"utf-8-sig": "UTF-8 with BOM"}.get(encoding, "UTF-16"), []
    try:
        content.decode("utf-8")
        if content[:4000].count(b"\0") < len(content[:4000]) // 4:
            return content, "UTF-8", []
    except UnicodeDecodeError:
        pass
    nulls = content[:4000]
    if len(nulls) > 3 and max(nulls[0::2].count(0), nulls[1::2].count(0)) > len(nulls) // 4:
        encoding = "utf-16-be" if nulls[0::2].count(0) > nulls[1::2].count(0) else "utf-16-le"
        return _decoded(content, encoding, path), "UTF-16", ["It is UTF-16 without its mark at the beginning."]
    return _eight_bits(content)


def _decoded(content: bytes, encoding: str, path: Path) -> bytes:
    if encoding == "utf-8-sig":
        return _repaired(content[3:])[0]
    try:
        return content.decode(encoding).encode("utf-8")
    except UnicodeError:
        # A cut in the middle of a character, or a lone surrogate.
        return content.decode(encoding, errors="replace").encode("utf-8", errors="replace")


def _repaired(content: bytes) -> tuple[bytes, int]:
    """The text as valid UTF-8, with the replacement character for each byte that is none; and how many those are."""
    text = content.decode("utf-8", errors="replace")
    return text.encode("utf-8"), text.count("\ufffd") - content.count(b"\xef\xbf\xbd")


def _eight_bits(content: bytes) -> tuple[bytes, str, list[str]]:
    """Text that is not UTF-8: damaged UTF-8 where most of what is not ASCII is valid, Windows-1252, or Latin-1."""
    repaired, damaged = _repaired(content)
    sound = (
        len(repaired.decode("utf-8")) - damaged - sum(byte < 128 for byte in content) if len(content) < 5_000_000 else 0
    )
    if sound > 9 * damaged:
        return repaired, "UTF-8, damaged", [f"{damaged:,} bytes are no UTF-8 and stand as \ufffd: the file is damaged."]
    undefined = sum(content.count(bytes([byte])) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D))
    encoding, called = ("latin-1", "Latin-1") if undefined else ("cp1252", "Windows-1252")
    note = f"It is not UTF-8 and was read as {called}: look at names with accents."
    return content.decode(encoding).encode("utf-8"), called, [note]


def _header(utf8: bytes, path: Path) -> tuple[str, list[str], int, int]:
    """The delimiter, the headings, where the rows below them begin, and which row they are."""
    head = utf8[:1_000_000].decode("utf-8", errors="ignore")
    delimiter = max(DELIMITERS, key=lambda candidate: _agreement(head, candidate))
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    try:
        row, headings = next(found for found in enumerate(reader, start=1) if any(cell.strip() for cell in found[1]))
    except (StopIteration, csv.Error):
        raise InputError(Problem("it has no header row", "The first row must name the columns.", path)) from None
    if len(headings) > MOST_COLUMNS:
        raise InputError(Problem(f"{len(headings):,} columns", "Is this a table, a row a record?", path, row=1))
    begins = len(head[: _line_ends(head, reader.line_num)].encode())
    return delimiter, [heading.strip() for heading in headings], begins, row


def _agreement(head: str, delimiter: str) -> tuple[int, int]:
    """How many of the first rows have as many cells as the first, and how many cells that is."""
    rows = []
    try:
        for cells in csv.reader(io.StringIO(head, newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in cells):
                rows.append(len(cells))
            if len(rows) == 30:
                break
    except csv.Error:
        pass
    if not rows or rows[0] < 2:
        return 0, 0
    return sum(size == rows[0] for size in rows), rows[0]


def _line_ends(text: str, lines: int) -> int:
    """Where the given number of lines ends."""
    end = 0
    for match in re.finditer(r"\r\n|\n|\r", text):
        lines -= 1
        end = match.end()
        if not lines:
            return end
    return len(text)


def _cells(
    name: str, body: bytes | pa.Buffer, width: int, delimiter: str, header_row: int, path: Path
) -> tuple[pa.Table, np.ndarray, list[SetAside]]:
    """The cells below the header, their row numbers, and the rows that are no rows of the table."""
    names = [str(place) for place in range(width)]
    if isinstance(body, bytes) and not body.strip():
        return pa.table({column: pa.array([], pa.string()) for column in names}), np.array([], dtype=np.int64), []
    odd: list[tuple[int, str]] = []

    def note(row: pacsv.InvalidRow) -> str:
        odd.append((row.number, row.text))
        return "skip"

    table = _parsed(body, names, delimiter, note, header_row, path)
    records = table.num_rows + len(odd)
    numbers = np.arange(header_row + 1, header_row + 1 + records)
    at = np.array([number - 1 for number, _ in odd], dtype=np.int64)
    rows = np.delete(numbers, at) if len(at) else numbers
    mended, aside = [], []
    for number, text in odd:
        row = int(numbers[number - 1])
        if not text.strip(f'{delimiter} \r\n\t"'):
            continue
        cells = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
        if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            mended.append((row, cells[:width]))
        else:
            aside.append(SetAside(name, row, f"{len(cells)} cells where the header has {width}", text[:200]))
    if mended:
        extra = sheet_of(name, names, [cells for _, cells in mended]).table
        rows = np.concatenate([rows, [row for row, _ in mended]])
        order = np.argsort(rows, kind="stable")
        table, rows = pa.concat_tables([table, extra.cast(table.schema)]).take(order), rows[order]
    return *_without_blank_rows(table, rows), aside


def _parsed(body: bytes | pa.Buffer, names: list[str], delimiter: str, note, header_row: int, path: Path) -> pa.Table:
    """The cells of a body of rows, by Arrow; ``note`` is called with each row that has too many or too few."""
    if isinstance(body, bytes) and (row := _unclosed_quote(body, delimiter, header_row)):
        raise InputError(Problem("a quote is opened and never closed", "Close it, or remove it.", path, row))
    kinds = dict.fromkeys(names, pa.string())
    block = max(len(body) + 1, 1_000_000) if isinstance(body, bytes) else BLOCK
    try:
        return pacsv.read_csv(
            pa.BufferReader(body),
            read_options=pacsv.ReadOptions(column_names=names, block_size=min(block, 2**31 - 1), use_threads=False),
            parse_options=pacsv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=note
            ),
            convert_options=pacsv.ConvertOptions(column_types=kinds, strings_can_be_null=False, check_utf8=False),
        )
    except pa.ArrowInvalid as error:
        remedy = "Open it and save it as 'CSV UTF-8'."
        raise InputError(Problem(f"not a readable CSV ({str(error)[:200]})", remedy, path)) from None


def _unclosed_quote(body: bytes, delimiter: str, header_row: int) -> int:
    """The row of a quote that is never closed and so would swallow every row below it, or 0."""
    if body.count(b'"') % 2 == 0:
        return 0
    # A line of our own at the end stands alone, unless an open quote has swallowed it.
    records = list(csv.reader(io.StringIO(body.decode() + "\nthe end", newline=""), delimiter=delimiter))
    return 0 if records[-1] == ["the end"] else header_row + len(records)


def _without_blank_rows(table: pa.Table, rows: np.ndarray) -> tuple[pa.Table, np.ndarray]:
    """The rows, and their numbers, that hold something."""
    blank = np.ones(table.num_rows, dtype=bool)
    for column in table.columns:
        if not blank.any():
            break
        blank &= _lengths(column) == 0
    return (table.filter(pa.array(~blank)), rows[~blank]) if blank.any() else (table, rows)


def _lengths(column: pa.ChunkedArray) -> np.ndarray:
    """How many bytes each cell of a column has."""
    return pc.binary_length(column).to_numpy()


def _note_long_cells(sheet: Sheet) -> None:
    for place, heading in enumerate(sheet.headings):
        lengths = pc.binary_length(sheet.column(place))
        if (longest := pc.max(lengths).as_py() or 0) > LONG_CELL:
            row = int(sheet.rows[lengths.to_numpy().argmax()])
            sheet.notes.append(f"Row {row}, column {heading}: a cell of {longest:,} characters. Is a quote left open?")


def _large(path: Path) -> Sheet | None:
    """A large file of plain, sound UTF-8, parsed on all processors.

    None where it is not large, cannot be read, or is anything that asks for a closer look: packed, a workbook, another
    encoding, null bytes, an odd number of quotes.
    """
    if not path.is_file() or not LARGE <= path.stat().st_size <= MOST_BYTES:
        return None
    try:
        with pa.OSFile(str(path)) as file:
            head = file.read(1_000_000)
            if head.startswith((b"\x1f\x8b", b"PK", b"\xd0\xcf\x11\xe0", b"\xff\xfe", b"\xfe\xff")) or _is_page(head):
                return None
            # Read, and not mapped: a mapped file that is cut short meanwhile would take the whole process with it.
            file.seek(0)
            content = file.read_buffer()
    except OSError:
        return None
    mark = 3 if head.startswith(b"\xef\xbb\xbf") else 0
    # Hashing and looking for damage takes a second processor while Arrow parses.
    with ThreadPoolExecutor(1) as beside:
        looked = beside.submit(_look, content)
        delimiter, headings, begins, header_row = _header(head[mark:], path)
        body = content.slice(mark + begins)
        table = _a_line_a_row(body, [str(place) for place in range(len(headings))], delimiter)
        if (seen := looked.result()) is None:
            return None
        below = seen.lines - head[: mark + begins].count(b"\n")
        if table is not None and table.num_rows == below:
            rows, aside = np.arange(header_row + 1, header_row + 1 + below), []
            table, rows = _without_blank_rows(table, rows)
        else:
            try:
                table, rows, aside = _cells(path.name, body, len(headings), delimiter, header_row, path)
            except InputError:
                return None
    sheet = Sheet(path.name, headings, table, rows, seen.sha256, "UTF-8 with BOM" if mark else "UTF-8", delimiter)
    sheet.aside = aside
    _note_long_cells(sheet)
    return _without_empty_columns(sheet)


def _a_line_a_row(body: pa.Buffer, names: list[str], delimiter: str) -> pa.Table | None:
    """The cells of a body in which every line is a row, on all processors; None where some row has too many or too few.

    A line break inside quotes would be taken for a row's end where two blocks meet; in a table of two columns or more
    that leaves a row with too few cells. Elsewhere it leaves fewer rows than lines, which is for the caller to see.
    """
    if len(names) < 2:
        return None
    odd = []

    def note(row: pacsv.InvalidRow) -> str:
        odd.append(row)
        return "skip"

    kinds = dict.fromkeys(names, pa.string())
    try:
        table = pacsv.read_csv(
            pa.BufferReader(body),
            read_options=pacsv.ReadOptions(column_names=names, block_size=BLOCK),
            parse_options=pacsv.ParseOptions(delimiter=delimiter, ignore_empty_lines=False, invalid_row_handler=note),
            convert_options=pacsv.ConvertOptions(column_types=kinds, strings_can_be_null=False, check_utf8=False),
        )
    except pa.ArrowInvalid:
        return None
    return None if odd else table


@dataclass(frozen=True)
class Looked:
    """What a look at a whole file's bytes tells: its SHA-256, and how many lines it has, the last one included."""

    sha256: str
    lines: int


def _look(content: pa.Buffer) -> Looked | None:
    """A look at a file that is UTF-8 without null bytes and with every quote closed; None where it is not."""
    digest, decoder, quotes, lines = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")(), 0, 0
    held = np.frombuffer(content, dtype=np.uint8)
    try:
        for start in range(0, len(held), 256_000):
            block = held[start : start + 256_000]
            digest.update(block)
            if not block.min():
                return None
            # Most blocks are plain ASCII, which is told faster than decoded.
            if block.max() > 127 or decoder.getstate()[0]:
                decoder.decode(block.tobytes())
            quotes += np.count_nonzero(block == ord('"'))
            lines += np.count_nonzero(block == ord("\n"))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return None if quotes % 2 else Looked(digest.hexdigest(), lines + (held[-1] != ord("\n")))


def _is_page(head: bytes) -> bool:
    """Whether a text begins as a web page does."""
    return re.match(rb"\s*<(!doctype|html|\?xml|head|body)", head[:500], re.IGNORECASE) is not None
