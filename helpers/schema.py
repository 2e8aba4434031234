"""The tables' columns and checks. Every table that enters the kit is read or checked here.

A check is lazy: it finds all problems at once and names each with file, row, column, value and what would be right.
Rows are counted as a spreadsheet counts them: the header is row 1.

Examples
--------
>>> import pandas as pd
>>> log = pd.DataFrame({"t_s": [0.0, 1.0], "side": ["police", "cops"], "status": "annotated", "confidence": "certain"})
>>> check(SHOT_LOG, log, file="shots.csv")
Traceback (most recent call last):
    ...
helpers.problems.InputError: shots.csv, row 3, column side, value 'cops': not one of the words this column takes. \
Write one of: police, other, unknown.
"""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .problems import InputError, Problem
from .provenance import QUALIFIERS, STATUSES

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["EVENTS", "POPULATION", "RECORDS", "SHOOTINGS", "SHOT_LOG", "TALLY", "Column", "Table", "check", "read_csv"]

MOST_BYTES = 50_000_000


@dataclass(frozen=True)
class Column:
    """A column: what it holds, in which kind, and what a reporter should write in it.

    ``kind`` is ``number``, ``integer``, ``text``, ``choice`` or ``date`` (YYYY-MM-DD). A column that is not
    ``required`` is added, holding ``default``, where a file has none. ``blank`` says whether a cell may be empty.
    """

    name: str
    kind: str
    write: str
    required: bool = True
    blank: bool = False
    default: Any = None
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Table:
    """A table by its word in the design, with its columns in order and what one row is."""

    name: str
    row: str
    columns: tuple[Column, ...]

    def __getitem__(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    @property
    def names(self) -> list[str]:
        """The columns' names, in order."""
        return [column.name for column in self.columns]


def _one_of(words) -> str:
    return "Write one of: " + ", ".join(words) + "."


def _choice(name: str, words, **more) -> Column:
    return Column(name, "choice", _one_of(words), choices=tuple(words), **more)


def _optional(column: Column, default: Any = None) -> Column:
    return replace(column, required=False, blank=True, default=default)


def _text(name: str, write: str, **more) -> Column:
    return Column(name, "text", write, **more)


def _count(name: str, write: str = "Write a whole number, 0 or more.", **more) -> Column:
    return Column(name, "integer", write, low=0, **more)


_TIME = Column(
    "t_s",
    "number",
    "Write seconds after the incident's zero, such as 12.4; before it, with a minus.",
    low=-86400,
    high=86400,
)
_YEAR = Column("year", "integer", "Write a year, such as 2024.", low=1800, high=2100)
_NOTE = _optional(_text("note", "Write a note, or leave it empty."))

SHOT_LOG = Table(
    "shot log",
    "a shot",
    (
        _TIME,
        _optional(Column("u_s", "number", "Write the timing uncertainty in seconds, such as 0.02, or leave it empty.",
                         low=0, high=60)),
        _optional(_text("shooter", "Write a label such as 'Officer A', or 'unknown'."), "unknown"),
        _choice("side", ("police", "other", "unknown")),
        _choice("status", STATUSES),
        _choice("confidence", ("certain", "possible", "possible echo")),
        _optional(Column("score", "number", "Write the detector's score, or leave it empty.")),
        _optional(_text("clip", "Write the recording's file name, or leave it empty.")),
        _optional(_text("reviewer", "Write who reviewed the shot, or leave it empty.")),
        _NOTE,
    ),
)  # fmt: skip

EVENTS = Table(
    "events",
    "something that happened, in order; t_s is empty where the order is known and the time is not",
    (
        replace(_TIME, blank=True),
        _text("label", "Write what happened, in a few words."),
        _text("source", "Write the id of a source listed in incident.toml."),
    ),
)

_DATE = Column("date", "date", "Write the day as YYYY-MM-DD, such as 2024-03-21.")

SHOOTINGS = Table(
    "shootings",
    "a documented police shooting",
    (
        _text("id", "Write a short id in lower case with hyphens, such as 'dexter-reed-2024'."),
        _text("name", "Write what the shooting is known as."),
        _DATE,
        _text("city", "Write the city or county."),
        _text("state", "Write the state's two letters, such as IL."),
        _text("agency", "Write the agency's full name."),
        _count("shots_by_police", blank=True),
        _choice("shots_qualifier", QUALIFIERS, blank=True),
        _count("shots_by_others", blank=True),
        Column("span_s", "number", "Write the seconds from the first shot to the last, or leave it empty.", blank=True,
               low=0),
        _choice("span_qualifier", QUALIFIERS, blank=True),
        _count("officers_fired", blank=True),
        _count("wounds", blank=True),
        _text("source_publisher", "Write who published the figures."),
        _text("source_title", "Write the title of what was published."),
        _text("source_url", "Write the address it was read at."),
        replace(_DATE, name="source_date", blank=True),
        _NOTE,
    ),
)  # fmt: skip

RECORDS = Table(
    "records",
    "a person shot at, injured or killed",
    (
        _text("record_id", "Write an id that no other row has."),
        replace(_DATE, blank=True),
        _choice("date_precision", ("day", "month", "year"), blank=True),
        _optional(_text("name", "Write the name, or leave it empty.")),
        _optional(Column("age", "number", "Write the age in years, or leave it empty.", low=0, high=130)),
        _optional(_text("gender", "Write the gender, or leave it empty.")),
        _optional(_text("race", "Write the race in the kit's words, or 'unknown'."), "unknown"),
        _optional(_text("race_raw", "Write the publisher's own value, or leave it empty.")),
        _optional(_text("city", "Write the city, or leave it empty.")),
        _optional(_text("county", "Write the county, or leave it empty.")),
        _optional(_text("state", "Write the state's two letters, or leave it empty.")),
        _optional(_text("agency", "Write the agency, or leave it empty.")),
        _optional(_text("armed", "Write what the person was armed with, or leave it empty.")),
        _choice("outcome", ("killed", "injured", "missed", "unknown")),
        _optional(_count("shots")),
        _optional(_text("shots_raw", "Write the publisher's own value, or leave it empty.")),
        _optional(_choice("shots_qualifier", QUALIFIERS)),
        _optional(_count("officers")),
        _optional(_text("body_camera", "Write yes, no or unknown.")),
        _optional(Column("latitude", "number", "Write degrees north, -90 to 90.", low=-90, high=90)),
        _optional(Column("longitude", "number", "Write degrees east, -180 to 180.", low=-180, high=180)),
        _text("layout", "Write the layout's name."),
        _count("source_row"),
    ),
)

TALLY = Table(
    "tally",
    "counted records of one place, agency, year and group",
    (
        _text("place", "Write the place."),
        _optional(_text("agency", "Write the agency, or leave it empty.")),
        _YEAR,
        _optional(_text("group", "Write the group, such as a race."), "all"),
        _count("events"),
    ),
)

POPULATION = Table(
    "population",
    "the people of one place, year and group",
    (
        _text("place", "Write the place."),
        _YEAR,
        _optional(_text("group", "Write the group, such as a race."), "all"),
        _count("people"),
        _text("source", "Write who counted them."),
    ),
)


def read_csv(table: Table, path: str | PathLike[str]) -> pd.DataFrame:
    """Read one of the kit's own CSV files and check it whole.

    Parameters
    ----------
    table : Table
        What the file should hold.
    path : path
        A CSV file in UTF-8, with a header row.

    Returns
    -------
    DataFrame
        The table's columns in the table's order, then any others of the file as text; the index, named ``row``,
        holds the file's row numbers. Columns the file may leave out are filled with their defaults.

    Raises
    ------
    InputError
        With every problem found: no file, not UTF-8, no header, a row with too many or too few cells, a column that
        is missing or misspelt, a cell of the wrong kind or outside its bounds.
    """
    import pandas as pd

    header, rows = _cells(Path(path))
    problems = _header_problems(table, header, path)
    frame = pd.DataFrame([cells for _, cells in rows], columns=header, dtype="str")
    frame.index = pd.Index([row for row, _ in rows], name="row", dtype="int64")
    if problems:
        raise InputError(problems)
    return check(table, frame, file=path)


def check(
    table: Table, frame: pd.DataFrame, *, file: str | PathLike[str] | None = None, neat: bool = False
) -> pd.DataFrame:
    """Check a table and return it typed, in the table's column order; the frame that was given is not changed.

    ``neat`` says that text columns hold no blanks around their text and no empty text, so that a million rows need not
    be searched for them.

    The index is taken as row numbers where it is named ``row``; otherwise the first row of data is row 2.

    Raises
    ------
    InputError
        With every problem found.
    """
    import pandas as pd

    problems = _header_problems(table, list(frame.columns), file)
    if problems:
        raise InputError(problems)
    # A shallow copy: columns are replaced below, never changed in place, and a large table is not held twice.
    typed = frame.copy(deep=False)
    if typed.index.name != "row":
        typed.index = pd.RangeIndex(2, len(typed) + 2, name="row")
    for column in table.columns:
        if column.name not in typed:
            typed[column.name] = column.default
        if neat and _stands(column, typed[column.name]):
            continue
        typed[column.name], wrong = _typed(column, typed[column.name])
        problems += [_cell_problem(column, file, row, value, _KINDS[column.kind]) for row, value in wrong.items()]
    typed = typed[table.names + [name for name in frame.columns if name not in table.names]]
    unread = {(problem.row, problem.column) for problem in problems}
    given = frame.set_axis(typed.index)
    for column in table.columns:
        for what, at in _refused(column, typed[column.name]):
            value = given[column.name].iloc[at] if column.name in given else None
            row = typed.index[at]
            if (row, column.name) not in unread:
                problems.append(_cell_problem(column, file, row, value, what))
    if problems:
        order = {name: place for place, name in enumerate(table.names)}
        raise InputError(sorted(problems, key=lambda problem: (problem.row, order[problem.column])))
    return typed


_KINDS = {"number": "not a number", "integer": "not a whole number", "date": "not a date"}


def _cells(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header and the numbered rows of a CSV file, as text."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(Problem(f"larger than {MOST_BYTES // 10**6} MB", "Is this the right file?", path))
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise InputError(Problem("there is no such file", "Check the name and the folder.", path)) from None
    except IsADirectoryError:
        raise InputError(Problem("a folder, not a file", "Name the CSV file in it.", path)) from None
    except PermissionError:
        raise InputError(Problem("the file cannot be read", "Change its rights.", path)) from None
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        raise InputError(Problem("not UTF-8 text", "Save it as 'CSV UTF-8'.", path, row=row)) from None
    if "\0" in text:
        row = text[: text.index("\0")].count("\n") + 1
        raise InputError(Problem("a null byte: not a text file", "Save it as 'CSV UTF-8'.", path, row=row))
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise InputError(Problem(f"not a readable CSV ({error})", "Look for an unclosed quote.", path)) from None
    numbered = [(row, cells) for row, cells in enumerate(lines, start=1) if any(cell.strip() for cell in cells)]
    if not numbered:
        raise InputError(Problem("the file is empty", "It needs a header row and a row for each entry.", path))
    (_, header), *rows = numbered
    header = [name.strip() for name in header]
    problems = [
        Problem(f"{len(cells)} cells where the header has {len(header)}", "Quote cells that hold a comma.", path, row)
        for row, cells in rows
        if len(cells) != len(header)
    ]
    if problems:
        raise InputError(problems)
    return header, rows


def _header_problems(table: Table, header: list[str], file: Any) -> list[Problem]:
    """Columns that are missing, that stand twice, or whose name nearly is one of the table's."""
    problems = [
        Problem("the column stands twice", "Rename or remove one.", file, row=1, column=name)
        for name in dict.fromkeys(header)
        if header.count(name) > 1
    ]
    absent = [column for column in table.columns if column.name not in header]
    strangers = [name for name in header if name not in table.names]
    for delimiter, word in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and delimiter in str(header[0]):
            what = f"the cells are separated by {word}"
            return [Problem(what, "Save it as CSV with commas.", file, row=1)]
    by_lower = {str(name).lower(): str(name) for name in strangers}
    for column in absent:
        near = difflib.get_close_matches(column.name, by_lower, n=1, cutoff=0.8)
        if near:
            what = f"there is no column {column.name}, but there is {by_lower[near[0]]!r}"
            problems.append(Problem(what, f"Rename it to {column.name}.", file, row=1, column=column.name))
        elif column.required:
            problems.append(Problem("the column is missing", column.write, file, row=1, column=column.name))
    return problems


def _stands(column: Column, values: pd.Series) -> bool:
    """Whether a column of neat text is in its kind as it stands: words are; of dates, each distinct one is read."""
    import pandas as pd

    if str(values.dtype) != "str" or column.kind not in ("text", "choice", "date"):
        return False
    if column.kind == "date":
        distinct = pd.Series(values.unique(), dtype="str").dropna()
        return _typed(column, distinct)[0].equals(distinct)
    return True


def _typed(column: Column, values: pd.Series) -> tuple[pd.Series, pd.Series]:
    """A column in its kind, blanks as missing, and the values that could not be read."""
    import pandas as pd

    if (column.kind, str(values.dtype)) in (("number", "float64"), ("integer", "Int64")):
        return values, values.iloc[:0]
    text = values.astype("str").str.strip()
    blank = values.isna() | (text == "")
    if column.kind in ("number", "integer"):
        # float() would also take 'nan', 'infinity' and '1_000'; a reporter who writes those means something else.
        plain = text.str.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
        if column.kind == "integer":
            plain &= text.str.fullmatch(r"[+-]?\d+(\.0*)?")
        typed = pd.to_numeric(text.where(plain & ~blank), errors="coerce")
        wrong = values[~blank & ~plain]
        return (typed.astype("Int64") if column.kind == "integer" else typed.astype("float64")), wrong
    if column.kind == "date":
        # A table has few different days: each is read once.
        distinct = pd.Series(text[~blank].unique(), dtype="str")
        days = pd.to_datetime(distinct, format="%Y-%m-%d", errors="coerce").dt.strftime("%Y-%m-%d")
        written = text.map(dict(zip(distinct, days, strict=True)))
        return written.astype("str"), values[~blank & (written != text)]
    filled = text.where(~blank, column.default).astype("str") if column.default else text.where(~blank).astype("str")
    return filled, values.iloc[:0]


def _cell_problem(column: Column, file: Any, row: int, value: Any, what: str) -> Problem:
    import pandas as pd

    shown = None if pd.isna(value) or str(value).strip() == "" else value
    return Problem(what, column.write, file, row, column.name, shown)


def _refused(column: Column, values: pd.Series) -> Iterator[tuple[str, int]]:
    """What is wrong with a typed column's cells, in the words a reporter reads, and the place of each such cell."""
    missing = values.isna().to_numpy()
    rules = []
    if not column.blank:
        rules.append(("empty, and it must not be", missing))
    if column.low is not None:
        rules.append((f"below {column.low:g}", (values < column.low).fillna(False).to_numpy(bool)))
    if column.high is not None:
        rules.append((f"above {column.high:g}", (values > column.high).fillna(False).to_numpy(bool)))
    if column.choices:
        rules.append(("not one of the words this column takes", ~values.isin(column.choices).to_numpy(bool) & ~missing))
    for what, wrong in rules:
        if wrong.any():
            yield from ((what, at) for at in wrong.nonzero()[0])
