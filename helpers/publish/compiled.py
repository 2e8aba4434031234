"""A chart as Vega, ready to be drawn in a page: compiled once, its rows held once, its colours known.

Vega-Lite is compiled here and now, so that a reader's browser need not carry the compiler.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from ..charts import style
from ..charts.language import Language
from ..problems import InputError, Problem

__all__ = ["as_svg", "follows_the_page", "refuse_addresses", "refuse_inherited", "shared_rows", "vega"]

INHERITED = frozenset(
    ("__proto__", "__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__", "constructor",
     "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString", "valueOf")
)  # fmt: skip
_COLOUR = re.compile(r'\b(?:fill|stroke)="([^"]+)"')


def vega(slug: str, spec: dict[str, Any]) -> dict[str, Any]:
    """A Vega-Lite specification compiled to Vega.

    Without Vega's own label for each mark: a picture has one description, and Vega-Lite cannot write such labels for a
    heading that holds a backslash or a line's end.

    Raises
    ------
    InputError
        If Vega-Lite cannot compile it.
    """
    import vl_convert

    style.register_fonts()
    silent = spec | {"config": spec.get("config", {}) | {"aria": False}}
    try:
        return vl_convert.vegalite_to_vega(silent)
    except ValueError as error:
        raise _undrawable(slug, error) from None


def as_svg(slug: str, compiled: dict[str, Any], language: Language) -> str:
    """A Vega specification drawn as SVG, numbers and dates in the language's own way.

    Raises
    ------
    InputError
        If Vega cannot draw it.
    """
    import vl_convert

    try:
        return vl_convert.vega_to_svg(compiled, **language.locales())
    except ValueError as error:
        raise _undrawable(slug, error) from None


def _undrawable(slug: str, error: ValueError) -> InputError:
    first = next((line for line in str(error).splitlines() if line.strip()), "no reason given")
    remedy = "Show it in the notebook first; a heading with a backslash or a line's end in it may be the reason."
    return InputError(Problem(f"Vega cannot draw the chart ({first[:200]})", remedy, column=f"{slug}: chart"))


def shared_rows(layouts: dict[str, dict[str, Any]]) -> tuple[dict[str, dict[str, Any]], list[list[Any]]]:
    """Vega specifications whose rows are numbers into one list of rows, for most rows are the same in each layout."""
    rows: dict[str, int] = {}
    held = {}
    for name, spec in layouts.items():
        data = []
        for each in spec.get("data", []):
            if isinstance(each.get("values"), list):
                number = rows.setdefault(json.dumps(each["values"], ensure_ascii=False), len(rows))
                each = {key: part for key, part in each.items() if key != "values"} | {"rows": number}
            data.append(each)
        held[name] = spec | {"data": data}
    return held, [json.loads(text) for text in rows]


def follows_the_page(svgs: list[str]) -> bool:
    """Whether a chart is drawn in the house's colours alone, and so can be drawn in their dark counterparts."""
    house = {*asdict(style.COLOURS).values(), "none", "transparent"}
    return all(colour in house for svg in svgs for colour in _COLOUR.findall(svg))


def refuse_inherited(slug: str, rows: Mapping[str, list[dict[str, Any]]]) -> None:
    """Refuse cells that read as a property that every JavaScript object has.

    Vega groups rows by keeping them under their values, finds something else there, and leaves the marks out without
    an error: a wrong picture.

    Raises
    ------
    InputError
        With each such cell.
    """
    found = {(table, key, value) for table, held in rows.items() for row in held for key, value in row.items()
             if isinstance(value, str) and value in INHERITED}  # fmt: skip
    if found:
        remedy = "Vega cannot draw such a cell. Write it otherwise, with a capital letter for example."
        raise InputError(
            Problem("the cell has the name of something in JavaScript", remedy, column=f"{slug}: {key}", value=value)
            for _, key, value in sorted(found)
        )


def refuse_addresses(slug: str, spec: Any) -> None:
    """Refuse a chart that takes data or pictures from an address: what is published depends on nobody else.

    Raises
    ------
    InputError
        With the address.
    """
    if isinstance(spec, dict):
        mark = spec.get("mark")
        if isinstance(spec.get("data"), dict) and "url" in spec["data"]:
            remedy = "Load it first, and give the chart the table."
            raise InputError(
                Problem("the chart takes its data from an address", remedy, column=f"{slug}: chart",
                        value=str(spec["data"]["url"]))
            )  # fmt: skip
        if mark == "image" or (isinstance(mark, dict) and mark.get("type") == "image"):
            raise InputError(Problem("the chart shows pictures", "Use marks of Vega's own.", column=f"{slug}: chart"))
        for key, part in spec.items():
            if key not in ("datasets", "usermeta"):
                refuse_addresses(slug, part)
    elif isinstance(spec, list):
        for part in spec:
            refuse_addresses(slug, part)
