"""Alt text: drafted from the data, in words that must be read by a person before they are published.

A draft follows the advice of the Diagram Center and of Amy Cesal (*Writing Alt Text for Data Visualization*, 2020):
the type of chart, of what data, and what it shows.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..charts.display import datasets
from ..problems import InputError, Problem

__all__ = ["Confirmed", "Draft", "draft_alt", "how_known", "refuse_draft"]

KINDS = {
    "bar": "Bar chart", "line": "Line chart", "area": "Area chart", "point": "Scatter chart", "circle": "Scatter chart",
    "square": "Scatter chart", "rect": "Heat map", "tick": "Strip chart", "arc": "Pie chart", "boxplot": "Box plot",
}  # fmt: skip
AGGREGATES = {"sum": "sum", "mean": "mean", "average": "mean", "median": "median", "min": "min", "max": "max",
              "count": "count"}  # fmt: skip


class Draft(str):
    """An alt text that the kit wrote and nobody has read. Publishing refuses it."""

    def confirmed(self, by: str) -> Confirmed:
        """The same text, read and found right by somebody: a name or initials.

        Raises
        ------
        InputError
            If nobody is named, or the draft still says that a finding is missing.
        """
        if not by.strip():
            raise InputError(Problem("nobody is named", "Say who read it: confirmed(by='AB').", column="alt"))
        if MISSING in self:
            raise InputError(Problem("the draft has no finding", "Write what the chart shows.", column="alt"))
        return Confirmed(str(self), by)


class Confirmed(str):
    """An alt text that the kit drafted and that ``by`` has read and found right."""

    by: str

    def __new__(cls, text: str, by: str):
        made = super().__new__(cls, text)
        made.by = by
        return made


MISSING = "[say what it shows]"


def draft_alt(chart: Any, *, finding: str = "") -> Draft:
    """Draft an alt text from a chart's data: its type, of what, and where it is highest and lowest.

    Parameters
    ----------
    chart : Altair chart
        A chart of the house drafts its own, which is then taken.
    finding : str, optional
        What the chart shows; the highest and lowest value are told otherwise.

    Returns
    -------
    Draft
        ``publish.figure`` refuses it until it is edited, or confirmed with ``.confirmed(by="AB")``.

    Examples
    --------
    >>> import altair, pandas
    >>> frame = pandas.DataFrame({"year": ["2023", "2024"], "shots": [90, 96]})
    >>> print(draft_alt(altair.Chart(frame).mark_bar().encode(x="year:N", y="shots:Q")))
    Bar chart of shots by year. The highest is 96 (2024), the lowest 90 (2023).
    """
    own = getattr(chart, "description", None)
    if isinstance(own, str) and own:
        return Draft(f"{own} {finding}".strip())
    spec = chart.to_dict()
    view = _first_view(spec)
    mark = view.get("mark", {})
    kind = KINDS.get(mark.get("type") if isinstance(mark, dict) else mark, "Chart")
    x, y = (view.get("encoding", {}).get(channel, {}) for channel in "xy")
    value, by = (x, y) if y.get("type") != "quantitative" and x.get("type") == "quantitative" else (y, x)
    what = " by ".join(name for name in (_name(value), _name(by)) if name) or "the data"
    return Draft(f"{kind} of {what}. {finding or _extremes(spec, view, value, by) or MISSING}")


def refuse_draft(slug: str, alt: str) -> None:
    """Refuse a draft that nobody has confirmed.

    Raises
    ------
    InputError
        With the draft, to be read.
    """
    if isinstance(alt, Draft):
        remedy = f"Read it and edit it, or pass alt=draft.confirmed(by='AB'). It says: {alt}"
        raise InputError(Problem("the alt text is a draft that nobody has confirmed", remedy, column=f"{slug}: alt"))


def how_known(alt: str, chart: Any) -> dict[str, Any]:
    """Who wrote an alt text: ``drafted`` by the kit or not, and ``confirmed_by`` whom, None where by nobody."""
    drafted = isinstance(alt, Confirmed) or str(getattr(chart, "description", "") or "") in (alt, alt.strip())
    return {"drafted": drafted, "confirmed_by": getattr(alt, "by", None)}


def _first_view(spec: dict[str, Any]) -> dict[str, Any]:
    for key in ("layer", "hconcat", "vconcat", "concat"):
        if spec.get(key):
            return _first_view(spec[key][0])
    return _first_view(spec["spec"]) if isinstance(spec.get("spec"), dict) else spec


def _name(channel: dict[str, Any]) -> str:
    title = channel.get("title") or (channel.get("axis") or {}).get("title")
    if title:
        return " ".join(title) if isinstance(title, list) else str(title)
    name = str(channel.get("field", "")).replace("_", " ")
    how = channel.get("aggregate")
    return ("count" if how == "count" else f"{how} of {name}") if isinstance(how, str) else name


def _extremes(spec: dict[str, Any], view: dict[str, Any], value: dict[str, Any], by: dict[str, Any]) -> str:
    """The highest and the lowest value in words; nothing where the chart works it out in a way not known here."""
    rows = [row for part in datasets(spec).values() for row in part]
    how, field, group = value.get("aggregate"), value.get("field"), by.get("field")
    if not rows or view.get("transform") or spec.get("transform") or by.get("bin") or by.get("timeUnit"):
        return ""
    frame = pd.DataFrame(rows)
    if group not in frame or (field not in frame and how != "count") or (how and how not in AGGREGATES):
        return ""
    groups = frame.groupby(group, sort=False)
    if how:
        found = groups.size() if how == "count" else groups[field].agg(AGGREGATES[how])
    else:
        found = frame.set_index(group)[field]
    found = pd.to_numeric(found, errors="coerce").dropna()
    if len(found) < 2:
        return ""
    high, low = found.idxmax(), found.idxmin()
    return f"The highest is {found.max():,.6g} ({high}), the lowest {found.min():,.6g} ({low})."
