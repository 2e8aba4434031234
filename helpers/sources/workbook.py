"""Excel workbooks as text cells, read by calamine, after a look at what it would be asked to hold.

A workbook is a zip of XML that anyone can write: one cell at the far corner of a sheet makes a dense reader reserve
memory for 17 billion. So each sheet's reach is measured before it is opened, and one over `MOST_CELLS` is refused.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from ..problems import InputError, Problem

__all__ = ["Found", "is_workbook", "sheets"]

MOST_CELLS = 20_000_000
MOST_INFLATED = 400_000_000
MOST_RATIO = 200
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass
class Found:
    """A sheet of a workbook: its name, its rows of text from the first that holds anything, and that row's number."""

    name: str
    cells: list[list[str]]
    first_row: int = 1
    notes: list[str] = field(default_factory=list)


def is_workbook(content: bytes) -> bool:
    """Whether the bytes are an Excel workbook, old or new."""
    if content[:8] == _OLE:
        return True
    if content[:2] != b"PK":
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return any(name.startswith("xl/") for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def sheets(content: bytes, path: Path) -> list[Found]:
    """The sheets of a workbook that hold anything, each as rows of text.

    Dates are YYYY-MM-DD (with the time where there is one), whole numbers have no decimals, errors are as Excel
    shows them.

    Raises
    ------
    InputError
        If it is damaged, protected, or larger than the kit reads.
    """
    if content[:2] == b"PK":
        _refuse_oversize(content, path)
    import python_calamine

    found = []
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            start = sheet.start
            if start is None:
                continue
            rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=True)]
            found.append(Found(name, rows, start[0] + 1))
    except (Exception, BaseException) as error:
        # calamine is Rust: a damaged workbook can panic, which Python sees as an exception of no common family.
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        what = f"a workbook that cannot be read ({str(error)[:120]})"
        raise InputError(Problem(what, "Open it in a spreadsheet and save it again as .xlsx or CSV.", path)) from None
    if not found:
        raise InputError(Problem("the workbook has no filled sheet", "Is this the right file?", path))
    return found


def _text(cell) -> str:
    if isinstance(cell, bool):
        return "True" if cell else "False"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ", timespec="seconds")
    return cell.strip() if isinstance(cell, str) else str(cell)


def _refuse_oversize(content: bytes, path: Path) -> None:
    """Count what the workbook would unpack to and how many cells its sheets reach over, before anything opens it."""
    most, total = max(MOST_INFLATED // 8, min(MOST_INFLATED, MOST_RATIO * len(content))), 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                right, down = 0, 0
                with archive.open(entry) as file:
                    tail = b""
                    while chunk := file.read(1_000_000):
                        total += len(chunk)
                        if total > most:
                            what = f"a workbook that unpacks to over {most:,} bytes"
                            raise InputError(Problem(what, "Save the sheet you need as CSV.", path))
                        if entry.filename.startswith("xl/worksheets/"):
                            right, down = _reach(tail + chunk, right, down)
                            tail = chunk[-40:]
                if right * down > MOST_CELLS:
                    what = f"{entry.filename} reaches over {right:,} columns and {down:,} rows"
                    remedy = "Delete what stands far below or right of the table, or save it as CSV."
                    raise InputError(Problem(what, remedy, path))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(Problem(f"a damaged workbook ({error})", "Download it again.", path)) from None


def _reach(xml: bytes, right: int, down: int) -> tuple[int, int]:
    """The furthest column and row that cells of this piece of XML name."""
    for letters, digits in set(re.findall(rb"""\sr=["']([A-Za-z]{0,4})(\d{1,9})["']""", xml)):
        down = max(down, int(digits))
        column = 0
        for letter in letters.upper():
            column = column * 26 + letter - 64
        right = max(right, column)
    return right, down
