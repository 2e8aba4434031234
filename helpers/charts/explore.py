"""A chart made live in a notebook, offline: tooltips, zoom, and a stretch of time to mark and count.

What is shown is altair's own widget; what the notebook keeps is the still picture with its alt text and fingerprint
(``helpers/desk/saving.py``).
"""

from __future__ import annotations

from typing import Any

from .. import desk
from ..problems import InputError, Problem
from . import style
from .both import Drawn
from .display import datasets, spoken_in

__all__ = ["Explored", "explore"]

TIMES = {"t_s": "s", "early_s": "s", "year": "", "date": ""}
# A point, not a step of a curve: its rows may be counted.
COUNTED = {"tick", "point", "circle", "square"}
PAN = "[pointerdown[event.shiftKey], window:pointerup] > window:pointermove!"
MARK = "[pointerdown[!event.shiftKey], window:pointerup] > window:pointermove!"
# As SVG a screen reader finds the alt text, and a test the marks.
EMBED = {"actions": False, "renderer": "svg"}
NOTHING_MARKED = "Nothing is marked."


def explore(chart: Any) -> Explored:
    """Make any chart of the kit live in JupyterLab: tooltips, zoom with the wheel, time marked by dragging.

    On a chart over time, dragging marks a stretch of time, counted below the chart; with Shift it moves the chart. On
    any other chart dragging moves it. A double click undoes both.

    Parameters
    ----------
    chart : altair chart or Drawn

    Returns
    -------
    Explored
        Shown by being the last line of a cell. ``marked`` is the stretch that is marked.

    Raises
    ------
    InputError
        If it is a chart for print, by matplotlib, or there was nothing to draw.
    """
    if isinstance(chart, Drawn):
        if chart.desktop is None:
            raise InputError(Problem(f"there is nothing to explore: {chart.why}", "Choose other data."))
        chart = chart.desktop
    if not hasattr(chart, "to_dict"):
        raise InputError(Problem("only charts for the web can be explored", "Pass the chart drawn by Altair."))
    return Explored(chart)


class Explored:
    """A live chart; ``widget`` is altair's own, ``marked`` the stretch of time that is marked, or None."""

    def __init__(self, chart: Any) -> None:
        import altair as alt
        import ipywidgets

        alt.JupyterChart.enable_offline()
        self.chart, still = chart, chart.to_dict()
        self.spec, self._counted = live_spec(still), counted(still)
        # Altair checks every row of a chart that it reads. What it drew itself needs no second check: it is told of
        # the selections alone.
        bare = {"data": {"values": []}, "mark": "point", "encoding": {}, "params": _selections(self.spec)}
        spoken = spoken_in(still)
        numbers = {"formatLocale": dict(spoken.numbers), "timeFormatLocale": dict(spoken.dates)}
        self.widget = alt.JupyterChart(alt.Chart.from_dict(bare), embed_options=EMBED | numbers, max_wait=False)
        self.widget.spec = self.spec
        how = (
            "Drag to mark a stretch of time; Shift and drag to move; wheel to zoom; double click to undo."
            if self._unit is not None
            else "Drag to move; wheel to zoom; double click to undo."
        )
        self._said = ipywidgets.HTML(f"<span role='status'>{how}</span>")
        self._box = ipywidgets.VBox([self.widget, self._said])
        if self._unit is not None:
            self.widget.selections.observe(self._say, names=["marked"])

    @property
    def _unit(self) -> str | None:
        """The unit of the axis on which time is marked, '' where it is a date; None where there is no such axis."""
        field = _time_field(self.spec)
        return None if field is None else TIMES[field]

    @property
    def marked(self) -> tuple[float, float] | None:
        """The stretch that is marked, from and to in the axis's unit; None where nothing is."""
        if self._unit is None:
            return None
        found = next(iter(self.widget.selections.marked.value.values()), None)
        return (min(found), max(found)) if found else None

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """The rows of each counted table that lie in the marked stretch, its ends included; all where nothing is."""
        stretch = self.marked
        found, tables = {}, datasets(self.spec)
        for name, field in self._counted.items():
            rows = [row for row in tables.get(name, []) if row.get(field) is not None]
            if stretch is not None:
                rows = [row for row in rows if stretch[0] <= _place(row[field]) <= stretch[1]]
            found[name] = rows
        return found

    def in_words(self) -> str:
        """What is marked: from, to, how long, and how many of what lies in it."""
        if self.marked is None:
            return NOTHING_MARKED
        start, end = self.marked
        if _time_field(self.spec) == "date":
            words = f"From {_day(start)} to {_day(end)}"
        else:
            unit = f" {self._unit}" if self._unit else ""
            words = f"From {start:.4g} to {end:.4g}{unit} ({end - start:.3g}{unit or ' years'})"
        told = [f"{name}: {_split(rows)}" for name, rows in self.rows().items()]
        return f"{words}. {'; '.join(told)}." if told else f"{words}."

    def _say(self, _: Any) -> None:
        self._said.value = f"<span role='status'>{self.in_words()}</span>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict, dict]:
        return desk.live(self._box, self.chart._repr_mimebundle_())


def _place(value: Any) -> float:
    """Where a value stands on its axis: a day in milliseconds since 1970, as Vega counts."""
    if isinstance(value, str):
        import datetime

        day = datetime.datetime.fromisoformat(value)
        return 1000 * (day if day.tzinfo else day.replace(tzinfo=datetime.UTC)).timestamp()
    return float(value)


def _day(milliseconds: float) -> str:
    import datetime

    return datetime.datetime.fromtimestamp(milliseconds / 1000, datetime.UTC).date().isoformat()


def _selections(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"name": param["name"], "select": param["select"]} for param in spec.get("params", []) if "select" in param]


def _split(rows: list[dict[str, Any]]) -> str:
    """How many rows there are, and where they differ in certainty, how many of each."""
    kinds: dict[str, int] = {}
    for row in rows:
        if "confidence" in row:
            kinds[row["confidence"]] = kinds.get(row["confidence"], 0) + 1
    parts = ", ".join(f"{many} {kind}" for kind, many in kinds.items())
    return f"{len(rows)} ({parts})" if parts else str(len(rows))


def live_spec(spec: dict[str, Any]) -> dict[str, Any]:
    """A Vega-Lite specification that can be zoomed, and marked where it is over time; its figures are untouched."""
    import copy

    spec = copy.deepcopy(style.drawable(spec))
    panels = [panel for panel in _panels(spec) if _along(panel) is not None]
    time = _time_field(spec)
    names = []
    for number, panel in enumerate(panels, start=1):
        unit = _along(panel)
        unit["name"] = f"panel_{number}"
        names.append(unit["name"])
        for each in _units(panel):
            _clip(each)
        _tell(panel, spec.get("usermeta", {}).get("kit", {}).get("tables", {}))
    if not names:
        return spec
    sides = ["x"] if time or len(panels) > 1 else ["x", "y"]
    zoom = {"type": "interval", "encodings": sides} | ({"translate": PAN} if time else {})
    spec["params"] = [*spec.get("params", []), {"name": "zoomed", "select": zoom, "bind": "scales", "views": names}]
    if time:
        look = {"fill": style.COLOURS.focus, "fillOpacity": 0.12, "stroke": style.COLOURS.focus, "strokeOpacity": 0.5}
        mark = {"type": "interval", "encodings": ["x"], "on": MARK, "zoom": False, "mark": look}
        spec["params"].append({"name": "marked", "select": mark, "views": names})
    return spec


def _panels(part: dict[str, Any]) -> list[dict[str, Any]]:
    """The views that have axes of their own: single ones and layers."""
    for many in ("vconcat", "hconcat", "concat"):
        if many in part:
            return [panel for inner in part[many] for panel in _panels(inner)]
    return [] if "facet" in part or "repeat" in part else [part]


def _units(part: dict[str, Any]) -> list[dict[str, Any]]:
    """The single views of a panel."""
    return [unit for inner in part["layer"] for unit in _units(inner)] if "layer" in part else [part]


def _x(unit: dict[str, Any]) -> dict[str, Any]:
    x = unit.get("encoding", {}).get("x", {})
    return x if "field" in x and x.get("type") in ("quantitative", "temporal") and "bin" not in x else {}


def _along(panel: dict[str, Any]) -> dict[str, Any] | None:
    """The first single view of a panel whose x is measured: what zooms and marks the panel."""
    fit = [unit for unit in _units(panel) if _x(unit) and "y" in unit.get("encoding", {})]
    return next((unit for unit in fit if "x2" not in unit["encoding"]), next(iter(fit), None))


def _time_field(spec: dict[str, Any]) -> str | None:
    fields = [_x(_along(panel))["field"] for panel in _panels(spec) if _along(panel) is not None]
    return next((field for field in fields if field in TIMES), None)


def _clip(unit: dict[str, Any]) -> None:
    """Keep a mark that stands at a place on the axis inside the panel when the axis is zoomed, and leave others be."""
    if "mark" in unit:
        mark = {"type": unit["mark"]} if isinstance(unit["mark"], str) else unit["mark"]
        # False is said too: Vega-Lite clips every mark of a panel that zooms, the names beside its axis included.
        unit["mark"] = {**mark, "clip": bool(_x(unit))}


def _tell(panel: dict[str, Any], tables: dict[str, list[str]]) -> None:
    """Give tooltips to marks that have none.

    A rule tells its own row. A line or an area is one mark for many rows, and would tell the first of them wherever
    it is touched: each of its rows gets an unseen point that tells it.
    """
    points = []
    for unit in _units(panel):
        encoding, kind = unit.get("encoding", {}), _kind(unit)
        columns = tables.get(unit.get("data", {}).get("name", ""))
        if not columns or "tooltip" in encoding:
            continue
        rows = unit["data"].get("values", [])
        tips = [_tip(column, [row.get(column) for row in rows]) for column in columns]
        if kind == "rule":
            encoding["tooltip"] = tips
        elif kind in ("line", "area") and "layer" in panel:
            ends = [encoding["y"]] + ([{**encoding["y"], **encoding["y2"]}] if "y2" in encoding else [])
            same = {key: unit[key] for key in ("data", "transform") if key in unit}
            unseen = {"type": "point", "opacity": 0, "filled": True, "size": 160, "clip": True}
            points += [
                {**same, "mark": unseen, "encoding": {"x": encoding["x"], "y": y, "tooltip": tips}} for y in ends
            ]
    if points:
        panel["layer"] += points


def _kind(unit: dict[str, Any]) -> str:
    mark = unit.get("mark", "")
    return mark if isinstance(mark, str) else mark.get("type", "")


def _tip(column: str, values: list[Any]) -> dict[str, Any]:
    title = "seconds" if column == "t_s" else column.replace("_", " ")
    numbers = all(value is None or isinstance(value, (int, float)) for value in values)
    kind = {"type": "quantitative", "format": ".6~r"} if numbers else {"type": "nominal"}
    return {"field": column, "title": title, **kind}


def counted(spec: dict[str, Any]) -> dict[str, str]:
    """The tables of a still chart whose rows are drawn as points over time, with the field of their time."""
    found = {}
    for panel in _panels(spec):
        for unit in _units(panel):
            name = unit.get("data", {}).get("name") or panel.get("data", {}).get("name")
            if _kind(unit) in COUNTED and name and _x(unit).get("field") in TIMES:
                found.setdefault(name, _x(unit)["field"])
    return found
