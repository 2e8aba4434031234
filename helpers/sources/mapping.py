"""A reporter's own mapping of any file, as TOML: which column is what, and how its values are written.

::

    name = "memphis"                        # what the records' layout will be called
    publisher = "Memphis Police Department"
    counts = "officer-involved shootings, fatal or not"

    [columns]
    date = { from = "Incident Date", formats = ["%m/%d/%y"] }
    race = { from = "Subject Race", separators = "/", words = { BLK = "Black" } }
    shots = "Rounds Fired"
    agency = "Agency"

    [fixed]
    state = "TN"

    [keep]
    "Force Type" = ["Firearm"]

    [group]
    by = ["Case Number"]
    rows = "officer"
    shots = "sum"

`read` makes a `Layout` of it, `draft` writes one from a file for a reporter to correct. README.md has two worked
examples.
"""

from __future__ import annotations

import difflib
import json
import tomllib
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from .. import schema
from ..problems import InputError, Problem
from . import layouts, values
from .layout import Layout, Take, joined, take
from .quality import Report
from .reading import SetAside, Sheet
from .values import plain

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["draft", "read"]

HOW = {
    "date": "date", "name": "name", "age": "age", "gender": "gender", "race": "race", "shots": "shots",
    "body_camera": "yes_no", "latitude": "number", "longitude": "number", "officers": "count",
    "outcome": "choice", "shots_qualifier": "choice",
}  # fmt: skip
_OPTIONS = {
    "date": {"formats", "order"},
    "race": {"words", "separators", "several"},
    "shots": {"separators"},
    "gender": {"words"},
    "yes_no": {"words"},
    "text": {"words"},
    "number": {"low", "high"},
    "choice": {"words"},
}
_ABOUT = ("name", "publisher", "title", "counts", "definition", "licence", "credit", "gaps", "url", "sheet")
_SECTIONS = {"columns", "fixed", "keep", "drop", "group"}
_TAKEN = [name for name in schema.RECORDS.names if name not in _SECTIONS | {
    "date_precision", "race_raw", "shots_raw", "layout", "source_row"}]  # fmt: skip
_FROM_ROWS = ("officer", "person")
_SHOTS = ("sum", "same")


def read(path: Path) -> Layout:
    """The layout that a mapping describes.

    Raises
    ------
    InputError
        With every problem of the mapping: no such file, not TOML, a word or a column it does not know.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise InputError(
            Problem("there is no such mapping", "Draft one: kit records FILE --layout new", path)
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(Problem(f"the mapping cannot be read ({error})", "Save it as UTF-8 text.", path)) from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            Problem(f"not TOML: {error}", "Look at that line: a quote, a bracket or a comma.", path)
        ) from None
    problems = list(_problems(told, path))
    if problems:
        raise InputError(problems)
    about = {name: str(told.get(name, "")) for name in _ABOUT} | {"name": told.get("name") or path.stem}
    about["definition"] = about["definition"] or about["counts"]
    # A stated qualifier overrides what the number's own writing says, so it is read after the number.
    columns = sorted(told["columns"].items(), key=lambda item: item[0] == "shots_qualifier")
    takes = tuple(_take(column, how) for column, how in columns)
    return Layout(**about, takes=takes, fixed=told.get("fixed", {}), read=partial(_read, told=told, path=path))


def _problems(told: dict[str, Any], path: Path):
    """Everything that a mapping says which the kit does not understand."""
    for word in told.keys() - _SECTIONS - set(_ABOUT):
        yield Problem(f"{word!r} means nothing in a mapping", _nearest(word, _SECTIONS | set(_ABOUT)), path)
    for section in ("fixed", "keep", "drop", "group"):
        if not isinstance(told.get(section, {}), dict):
            yield Problem(f"{section} is not a table", f"Write [{section}] on a line of its own.", path)
            return
    columns = told.get("columns")
    if not isinstance(columns, dict) or not columns:
        yield Problem("it takes no column", 'Write [columns] and below it lines such as: date = "Incident Date"', path)
        return
    for column, how in columns.items():
        yield from _column_problems(column, how, path)
    for column, value in told.get("fixed", {}).items():
        if column not in schema.RECORDS.names:
            yield Problem(f"fixed: records have no column {column!r}", _nearest(column, _TAKEN), path)
        elif schema.RECORDS[column].choices and value not in schema.RECORDS[column].choices:
            yield Problem(f"fixed: {column} cannot be {value!r}", schema.RECORDS[column].write, path)
    for section in ("keep", "drop"):
        for heading, kept in told.get(section, {}).items():
            if not isinstance(kept, list):
                yield Problem(f"{section}: {heading!r} needs a list", f'Write "{heading}" = ["a value"].', path)
    yield from _group_problems(told.get("group"), path)


def _column_problems(column: str, how: Any, path: Path):
    if column not in _TAKEN:
        yield Problem(f"records have no column {column!r}", _nearest(column, _TAKEN), path)
        return
    if isinstance(how, str):
        return
    heading = how.get("from") if isinstance(how, dict) else None
    if not isinstance(heading, (str, list)) or not heading:
        yield Problem(f"{column} does not say which column it is", f'Write {column} = "Heading in the file".', path)
        return
    known = _OPTIONS.get(HOW.get(column, "text"), set())
    for word in how.keys() - known - {"from"}:
        yield Problem(f"{column}: {word!r} means nothing there", _nearest(word, known | {"from"}), path)
    if not isinstance(how.get("words", {}), dict):
        yield Problem(f"{column}: words is not a table", 'Write words = { "their word" = "the kit\'s" }.', path)
    elif column == "race":
        for word in set(how.get("words", {}).values()) - set(values.RACES):
            yield Problem(
                f"race: {word!r} is not one of the kit's words", f"Write one of {', '.join(values.RACES)}.", path
            )
    elif column in schema.RECORDS.names and schema.RECORDS[column].choices:
        for word in set(how.get("words", {}).values()) - set(schema.RECORDS[column].choices):
            yield Problem(f"{column}: {word!r} is not one of the kit's words", schema.RECORDS[column].write, path)
    if how.get("several", values.SEVERAL_RACES[0]) not in values.SEVERAL_RACES:
        yield Problem(
            f"race: no rule is called {how['several']!r}", f"Write one of {', '.join(values.SEVERAL_RACES)}.", path
        )
    if how.get("order", "mdy") not in ("mdy", "dmy"):
        yield Problem(f"date: order cannot be {how['order']!r}", "Write mdy (3/21/2024) or dmy (21/3/2024).", path)


def _group_problems(group: Any, path: Path):
    if group is None:
        return
    if not isinstance(group.get("by"), list) or not group["by"]:
        yield Problem("group does not say by what", 'Write by = ["Case Number"].', path)
    if group.get("rows", "officer") not in _FROM_ROWS:
        yield Problem(
            f"group: a row cannot be {group['rows']!r}", f"Write rows = one of {', '.join(_FROM_ROWS)}.", path
        )
    if group.get("shots", "sum") not in _SHOTS:
        remedy = 'Write shots = "sum" (a row holds its own) or "same" (each row repeats the incident\'s).'
        yield Problem(f"group: shots cannot be {group['shots']!r}", remedy, path)
    for word in group.keys() - {"by", "rows", "shots"}:
        yield Problem(f"group: {word!r} means nothing there", _nearest(word, {"by", "rows", "shots"}), path)


def _nearest(word: str, known) -> str:
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"Did you mean {near[0]}?" if near else f"It may be one of {', '.join(sorted(known))}."


def _take(column: str, how: str | dict[str, Any]) -> Take:
    """How a column is taken, from its line in the mapping."""
    told = {"from": how} if isinstance(how, str) else dict(how)
    headings = told.pop("from")
    options = {key: tuple(value) if isinstance(value, list) else value for key, value in told.items()}
    if "words" in options:
        options["words"] = {str(key).casefold(): str(value) for key, value in options["words"].items()}
    if HOW.get(column) == "choice":
        options["choices"] = schema.RECORDS[column].choices
    names = (headings,) if isinstance(headings, str) else tuple(headings)
    return Take(column, tuple(plain(name) for name in names), HOW.get(column, "text"), options)


def _read(layout: Layout, tables: dict[str, list[Sheet]], report: Report, *, told: dict, path: Path) -> pd.DataFrame:
    """The records of a mapped file: its columns, of the rows that are kept, grouped where the mapping says so."""
    import pandas as pd

    frames = []
    for sheet in tables[""]:
        _refuse_absent(layout, told, sheet, path)
        kept = _kept(sheet, told, report)
        frame = take(layout, kept, report)
        if "group" in told:
            frame = _grouped(frame, kept, told["group"], report)
        else:
            report.about(sheet).records = len(frame)
        frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def _at(sheet: Sheet, heading: str) -> int | None:
    return next((place for place, found in enumerate(sheet.headings) if plain(found) == plain(heading)), None)


def _refuse_absent(layout: Layout, told: dict, sheet: Sheet, path: Path) -> None:
    """Headings that the mapping names and the file does not have."""
    named = [*told.get("keep", {}), *told.get("drop", {}), *told.get("group", {}).get("by", [])]
    headings = [plain(heading) for heading in sheet.headings]
    absent = [heading for heading in named if plain(heading) not in headings]
    absent += [item.names[0] for item in layout.takes if not set(item.names) & set(headings)]
    if absent:
        raise InputError(
            [
                Problem(f"{sheet.file} has no column {heading!r}", _nearest(heading, sheet.headings), path)
                for heading in dict.fromkeys(absent)
            ]
        )


def _kept(sheet: Sheet, told: dict, report: Report) -> Sheet:
    """The rows that the mapping keeps; the others are set aside with the value that did it."""
    import numpy as np

    wanted = np.ones(sheet.table.num_rows, dtype=bool)
    for section, kept_where in (("keep", True), ("drop", False)):
        for heading, listed in told.get(section, {}).items():
            cells = sheet.column(_at(sheet, heading)).to_pylist()
            known = {str(value).strip().casefold() for value in listed}
            fits = np.array([(cell.strip().casefold() in known) == kept_where for cell in cells], dtype=bool)
            for place in np.flatnonzero(wanted & ~fits):
                reason = f"the mapping keeps no rows with {heading} = {cells[place]!r}"
                report.set_aside([SetAside(sheet.file, int(sheet.rows[place]), reason)])
            wanted &= fits
    where = np.flatnonzero(wanted)
    return Sheet(sheet.file, sheet.headings, sheet.table.take(where), sheet.rows[where], sheet.sha256)


def _grouped(frame: pd.DataFrame, sheet: Sheet, group: dict, report: Report) -> pd.DataFrame:
    """Rows of one incident as one record; a row without the group's values stands alone."""
    import pandas as pd

    parts = [sheet.column(_at(sheet, heading)).to_pylist() for heading in group["by"]]
    keys = [" / ".join(" ".join(cell.split()) for cell in cells) for cells in zip(*parts, strict=True)]
    keys = [key if key.strip(" /") else f"row {row}" for key, row in zip(keys, sheet.rows, strict=True)]
    records = []
    for key, rows in frame.groupby(pd.Series(keys, index=frame.index), sort=False):
        record = {column: _together(rows[column]) for column in frame.columns}
        record |= {"record_id": key, "source_row": int(rows["source_row"].iloc[0])}
        if "shots" in rows:
            record |= _shots_of(rows, group.get("shots", "sum"), key, report)
        if group.get("rows", "officer") == "officer" and "officers" not in rows:
            record["officers"] = len(rows)
        if group.get("rows") == "person":
            record["people"] = len(rows)
        records.append(record)
    about = report.about(sheet)
    about.records, about.joined = len(records), len(frame) - len(records)
    grouped = pd.DataFrame(records)
    for column in frame.columns.intersection(grouped.columns):
        if column in ("officers", "shots"):
            grouped[column] = pd.array(grouped[column], dtype="Int64")
        elif column != "source_row":
            grouped[column] = grouped[column].astype(frame[column].dtype)
    return grouped


def _together(cells: pd.Series) -> Any:
    """What the rows of one incident say together: the value where they agree, 'A; B' for text, unknown for numbers."""
    known = cells.dropna().unique()
    if len(known) <= 1:
        return known[0] if len(known) else None
    return joined([str(value) for value in known]) if cells.dtype == "str" and cells.name not in _SINGLE else None


# Columns in which two values have no value together: two dates, two outcomes, two races of two people.
_SINGLE = ("date", "date_precision", "outcome", "shots_qualifier", "gender", "body_camera", "race")


def _shots_of(rows: pd.DataFrame, how: str, key: str, report: Report) -> dict[str, Any]:
    """An incident's shots from its rows'."""
    known = rows["shots"].dropna()
    raw = ";".join(rows["shots_raw"].fillna("").astype("str"))
    if not len(known):
        return {"shots": None, "shots_raw": raw, "shots_qualifier": None}
    qualifiers = set(rows["shots_qualifier"].dropna())
    if how == "same":
        if known.nunique() > 1:
            report.note(f"{key}: its rows do not repeat one number of shots ({raw}); it is unknown.")
            return {"shots": None, "shots_raw": raw, "shots_qualifier": None}
        return {
            "shots": int(known.iloc[0]),
            "shots_raw": raw,
            "shots_qualifier": rows["shots_qualifier"].dropna().iloc[0],
        }
    if len(known) < len(rows):
        qualifiers |= {"at_least"}
    if len(qualifiers) > 1 and qualifiers - {"exact", "at_least"}:
        return {"shots": None, "shots_raw": raw, "shots_qualifier": None}
    qualifier = "at_least" if "at_least" in qualifiers else next(iter(qualifiers))
    return {"shots": int(known.sum()), "shots_raw": raw, "shots_qualifier": qualifier}


# What publishers call things, besides the headings of the known layouts.
_CALLED = {
    "record_id": "case number;incident number;case id;incident id;report number;casenumber;case no;incident no;id",
    "date": "incident date;date of incident;occurred date;date occurred;occurrence date;datetime;"
    "incident datetime;date time",
    "name": "subject name;victim name;decedent name;citizen name;full name",
    "age": "subject age;age of subject;citizen age;decedent age",
    "gender": "sex;subject gender;subject sex;citizen sex;decedent gender",
    "race": "subject race;subject race ethnicity;race ethnicity;ethnicity;citizen race;decedent race",
    "city": "incident city;city of incident",
    "county": "incident county",
    "state": "incident state",
    "agency": "department;police department;law enforcement agency;agency name",
    "armed": "subject weapon;weapon;citizen weapon;subject armed;armed with",
    "outcome": "subject injuries;injury;fatal;subject outcome;disposition of subject;hit or miss;subject injury level",
    "shots": "shots fired;number of shots;rounds fired;number of shots fired;total shots;shots fired by officer;"
    "total rounds;num shots;shots by police;bullets fired",
    "officers": "number of officers;officers fired;officers involved;officer count;number of officer shooters",
    "body_camera": "bwc;body worn camera;body camera on",
    "latitude": "lat;y", "longitude": "lon;lng;long;x",
}  # fmt: skip


def draft(sheet: Sheet) -> str:
    """A mapping for a file, guessed from its headings and cells, as TOML for a reporter to correct.

    Every column of the file is shown with what stands in it; a guess that the cells contradict is left as a comment.
    """
    name = plain(sheet.file.split("/")[-1].split("!")[0].rsplit(".", 1)[0]).replace(" ", "-") or "new"
    lines = [
        f"# A draft by the kit for {sheet.file}: look at every line, correct it, then",
        f"#   kit records FILE --layout {name}.toml",
        f"# It has {sheet.rows_read:,} rows ({sheet.encoding}).",
        f"name = {_quoted(name)}",
        'publisher = ""   # who published the file',
        'counts = ""      # what a row is: fatal shootings only? every time an officer fired? killings by any force?',
        'licence = ""',
        *([f"sheet = {_quoted(sheet.file.rpartition('!')[2])}"] if "!" in sheet.file else []),
        "",
        "[columns]",
    ]
    guesses = _guesses(sheet)
    for column, place in guesses.items():
        lines += _drafted(column, sheet, place)
    for column in [name for name in _TAKEN if name not in guesses]:
        lines.append(f'# {column} = ""')
    lines += ["", "# The columns no line above takes, and what stands in them:"]
    lines += [
        f"#   {_quoted(sheet.headings[i])}: {_found(sheet, i)}"
        for i in range(len(sheet.headings))
        if i not in guesses.values()
    ]
    lines += [
        "",
        "# [fixed]                      # what is the same for every row",
        '# state = "TX"',
        '# outcome = "killed"           # killed, injured, missed or unknown',
        "",
        "# [keep]                       # only the rows with these values; the others are set aside and counted",
        '# "Force Type" = ["Firearm"]',
        "",
        "# [group]                      # where several rows are one incident",
        '# by = ["Case Number"]',
        '# rows = "officer"             # what a row is: officer or person',
        '# shots = "sum"                # "sum": a row holds its own shots; "same": every row repeats the incident\'s',
        "",
    ]
    return "\n".join(lines)


def _guesses(sheet: Sheet) -> dict[str, int]:
    """Which column of the file each column of records may be, by what publishers call it."""
    called = {column: [plain(column), *names.split(";")] for column, names in _CALLED.items()}
    for known in layouts.ALL:
        for item in known.takes:
            called.setdefault(item.to, []).extend(item.names)
    headings = [plain(heading) for heading in sheet.headings]
    found: dict[str, int] = {}
    for column in _TAKEN:
        for name in called.get(column, [plain(column)]):
            place = next((p for p, h in enumerate(headings) if h == name and p not in found.values()), None)
            if place is not None:
                found[column] = place
                break
    return found


def _drafted(column: str, sheet: Sheet, place: int) -> list[str]:
    """A column's line, with what stands in it and what of it the kit would not read."""
    how, heading = HOW.get(column, "text"), _quoted(sheet.headings[place])
    lines = [f"# {_found(sheet, place)}"]
    counts = Counter(sheet.column(place).to_pylist())
    if how == "date":
        order = _order(counts)
        lines += ["# Day or month first? Both fit every cell; month first is assumed." if order is None else ""]
        lines.append(f"{column} = {{ from = {heading}, order = {_quoted(order or 'mdy')} }}")
    elif column == "outcome":
        words = ", ".join(f'{_quoted(text)} = "unknown"' for text, _ in counts.most_common(12) if text.strip())
        lines.append(f"{column} = {{ from = {heading}, words = {{ {words} }} }}   # killed, injured, missed or unknown")
    elif how == "race":
        unread = [text for text in counts if values.race(text).trouble not in ("", values.PLACEHOLDER)]
        words = ", ".join(f'{_quoted(text)} = "unknown"' for text in unread[:12])
        lines.append(f"{column} = {{ from = {heading}{f', words = {{ {words} }}' if words else ''} }}")
    else:
        lines.append(f"{column} = {heading}")
    return [line for line in lines if line]


def _order(counts: Counter) -> str | None:
    """Whether day or month comes first in dates like 3/21/2024; None where every cell fits both."""
    fits = {
        order: all(values.date(text, (), order).value or not text.strip() for text in counts)
        for order in ("mdy", "dmy")
    }
    if fits["mdy"] != fits["dmy"]:
        return "mdy" if fits["mdy"] else "dmy"
    same = all(values.date(text, (), "mdy").value == values.date(text, (), "dmy").value for text in counts)
    return "mdy" if same or not fits["mdy"] else None


def _found(sheet: Sheet, place: int) -> str:
    """What stands in a column, in a line: its commonest values, or how many different ones."""
    column = sheet.column(place)
    counts = sorted(pc.value_counts(column.combine_chunks()).to_pylist(), key=lambda count: -count["counts"])
    shown = ", ".join(f"{_shown(count['values'])} ({count['counts']:,})" for count in counts[:8])
    return shown if len(counts) <= 8 else f"{shown}, and {len(counts) - 8:,} more"


def _shown(text: str) -> str:
    neat = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return "blank" if not neat else repr(neat if len(neat) <= 40 else neat[:37] + "...")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
