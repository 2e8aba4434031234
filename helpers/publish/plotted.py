"""What a chart really plots: its columns and no others, as rows and as a table; and what must not be among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..charts.display import datasets
from ..charts.language import language, languages
from ..charts.style import drawable
from ..problems import InputError, Problem

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["only_plotted", "people_columns", "refuse_people", "refuse_unmarked", "stated_status", "table", "writable"]

FIELD_KEYS = {"field", "groupby", "fold", "flatten", "pivot", "value", "key", "lookup", "fields", "on", "stack",
              "regression", "loess", "density", "quantile", "impute", "keyvals", "sort"}  # fmt: skip
VIEW_KEYS = ("layer", "hconcat", "vconcat", "concat", "spec")
_IN_EXPRESSION = re.compile(r"datum(?:\.(\w+)|\[\s*['\"](.+?)['\"]\s*\])")
_PEOPLE = re.compile(
    r"\b[lf]?(first|last|full|sur|fore)?names?\b"
    r"|^(person|people|victim|suspect|subject|decedent|deceased|officer|member)s?$"
)


def only_plotted(spec: dict[str, Any]) -> dict[str, Any]:
    """The specification with its data cut down to the columns that it plots; what was given is not changed.

    Altair writes every column of a frame into a chart, plotted or not, and so a name that nobody meant to publish.
    """
    held: dict[str, list[dict[str, Any]]] = dict(spec.get("datasets", {}))
    spec = _hoisted({key: part for key, part in spec.items() if key != "datasets"}, held)
    found: dict[str, set[str]] = {}
    for name, fields in _uses(spec, "", set()):
        found.setdefault(name, set()).update(fields)
    cut = {
        name: [{key: value for key, value in row.items() if key in found[name]} for row in rows]
        for name, rows in held.items()
        if name in found
    }
    return spec | {"datasets": cut} if cut else spec


def _hoisted(part: Any, held: dict[str, list[dict[str, Any]]]) -> Any:
    """A copy whose inline rows are moved into ``held`` under their names, so that each set of rows stands once."""
    if isinstance(part, list):
        return [_hoisted(value, held) for value in part]
    if not isinstance(part, dict):
        return part
    copy = {key: _hoisted(value, held) for key, value in part.items() if key != "data"}
    if "data" in part:
        data = part["data"]
        if isinstance(data, dict) and isinstance(data.get("values"), list):
            name = data.get("name") or f"data-{len(held) + 1}"
            while held.setdefault(name, data["values"]) != data["values"]:
                name += " again"
            data = {key: value for key, value in data.items() if key != "values"} | {"name": name}
        copy["data"] = data
    return copy


def _uses(view: dict[str, Any], inherited: str, shared: set[str]) -> Iterator[tuple[str, set[str]]]:
    """Each data set by name with the fields that a view and its parts use of it."""
    given = view.get("data")
    name = given.get("name", inherited) if isinstance(given, dict) else inherited
    own = {key: part for key, part in view.items() if key not in (*VIEW_KEYS, "data", "datasets", "config", "usermeta")}
    fields = shared | set(_fields(own))
    yield name, fields
    for key in VIEW_KEYS:
        parts = view.get(key, [])
        for part in parts if isinstance(parts, list) else [parts]:
            yield from _uses(part, name, fields)


def _fields(part: Any, key: str = "") -> Iterator[str]:
    if isinstance(part, dict):
        for inner, value in part.items():
            yield from _fields(value, inner)
    elif isinstance(part, list):
        for value in part:
            yield from _fields(value, key)
    elif isinstance(part, str):
        if key in FIELD_KEYS:
            # 'a\\.b' is a column 'a.b'; 'a.b' and 'a[0]' reach into a column 'a'.
            yield part.replace("\\", "")
            yield re.split(r"(?<!\\)[.\[]", part)[0].replace("\\", "")
        for dotted, bracketed in _IN_EXPRESSION.findall(part):
            yield dotted or bracketed


def table(spec: dict[str, Any]) -> pd.DataFrame:
    """The plotted rows as one table; where a chart holds several, their names stand in a first column ``table``.

    A chart of the kit says in its ``usermeta`` which data sets and columns hold figures; those that only place labels
    are left out.
    """
    wanted = spec.get("usermeta", {}).get("kit", {}).get("tables") or {}
    frames = []
    for name, rows in datasets(spec).items():
        if wanted and name not in wanted:
            continue
        frame = pd.DataFrame(rows)
        columns = [column for column in wanted.get(name, frame.columns) if column in frame.columns]
        frames.append((name, frame[columns]))
    if not frames:
        return pd.DataFrame()
    if len(frames) == 1:
        return frames[0][1]
    return pd.concat([frame.assign(table=name) for name, frame in frames], ignore_index=True).pipe(
        lambda whole: whole[["table", *whole.columns.drop("table")]]
    )


def writable(table: pd.DataFrame) -> pd.DataFrame:
    """The table with what no file of text can hold shown as U+FFFD, as pictures show it."""
    safe = table.copy(deep=False)
    for name in safe.columns:
        if safe[name].dtype.kind not in "biufcM":
            safe[name] = safe[name].astype("object").map(drawable)
    return safe.rename(columns=drawable)


def people_columns(table: pd.DataFrame) -> list[str]:
    """The columns of text that by their headings hold people's names, such as ``Name of victim`` or ``suspect``."""
    text = [column for column in table.columns if table[column].dtype.kind not in "biufcM"]
    return [column for column in text if _PEOPLE.search(str(column).casefold().replace("_", " "))]


def refuse_people(slug: str, table: pd.DataFrame) -> None:
    """Refuse to publish columns that name people.

    Raises
    ------
    InputError
        With each such column.
    """
    named = people_columns(table)
    if named:
        remedy = "If these people are to be named in the article, pass people=True; otherwise leave the column out."
        raise InputError(Problem("the column names people", remedy, column=f"{slug}: {name}") for name in named)


def stated_status(spec: dict[str, Any]) -> str | None:
    """How the chart's own data says that its figures are known; ``simulated`` if any row is."""
    stated = {row.get("status") for rows in datasets(spec).values() for row in rows}
    kit = spec.get("usermeta", {}).get("kit", {}).get("status")
    return "simulated" if "simulated" in stated | {kit} else kit


def statuses_of_frames(chart: Any) -> list[str]:
    """What the tables behind a chart, or a table itself, say of their rows: a column ``status``, or attributes."""
    if isinstance(chart, pd.DataFrame):
        rows = {str(status) for status in chart["status"].dropna()} if "status" in chart else set()
        return sorted(rows | ({chart.attrs["status"]} if "status" in chart.attrs else set()))
    found = statuses_of_frames(chart.data) if isinstance(getattr(chart, "data", None), pd.DataFrame) else []
    for key in VIEW_KEYS:
        views = getattr(chart, key, None)
        for view in views if isinstance(views, list) else []:
            found += statuses_of_frames(view)
    return found


def refuse_unmarked(slug: str, status: str | None, drawn: dict[str, Any] | Figure) -> None:
    """Refuse simulated data whose picture does not say that it is.

    Raises
    ------
    InputError
        If the mark is not drawn.
    """
    if status != "simulated" or _says_simulated(drawn):
        return
    remedy = "Draw the mark into it with charts.mark_simulated(chart)."
    raise InputError(Problem("simulated data, and the picture does not say so", remedy, column=f"{slug}: status"))


def _says_simulated(drawn: dict[str, Any] | Figure) -> bool:
    words = {language(code).say("simulated_mark") for code in languages()}
    if isinstance(drawn, dict):
        marks = {
            name for name, rows in datasets(drawn).items() if any(words & set(map(str, row.values())) for row in rows)
        }
        return _draws_text(drawn, marks)
    from matplotlib.text import Text

    return any(text.get_visible() and any(mark in text.get_text() for mark in words) for text in drawn.findobj(Text))


def _draws_text(view: dict[str, Any], names: set[str]) -> bool:
    """Whether a view or a part of it draws one of these data sets as text."""
    mark = view.get("mark")
    kind = mark.get("type") if isinstance(mark, dict) else mark
    if kind == "text" and isinstance(view.get("data"), dict) and view["data"].get("name") in names:
        return True
    parts = [part for key in VIEW_KEYS for part in (view.get(key) if isinstance(view.get(key), list) else [])]
    return any(_draws_text(part, names) for part in parts)
