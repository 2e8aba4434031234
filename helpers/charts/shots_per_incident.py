"""How many shots police fire in an incident: distributions, one place or period under another."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from ..force.shots_fired import standing
from ..problems import InputError, Problem
from . import parts, style
from .language import current
from .style import COLOURS, Layout

__all__ = ["shots_per_incident"]

HEIGHT = 150
EDGES = (1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50, 100)


def shots_per_incident(
    incidents: Mapping[str, pd.DataFrame],
    *,
    shots: int | None = None,
    label: str = "",
    date: str | None = None,
    title: str = "",
    layout: str | Layout = "desktop",
) -> alt.VConcatChart:
    """The share of incidents with so many shots, a panel for each place or period on one scale.

    Parameters
    ----------
    incidents : mapping
        From name to a table of incidents with ``shots``, missing where not known.
    shots : int, optional
        Shots of an incident in focus; it is not among those counted.
    label : str
        What its mark says, such as 'Dexter Reed, 2024: about 96'.
    date : str, optional
        Not drawn: what ``force.chicago.focus`` gives can be handed on whole.

    Raises
    ------
    InputError
        If a table has no incident with a known count.
    """
    size, speak = style.layout(layout), current()
    tables = [_binned(name, table) for name, table in incidents.items()]
    table = pd.concat(tables, ignore_index=True)
    at = _bin(shots) if shots is not None else None
    # Bins nobody is in keep their place, so that a gap looks like one.
    most_shots = max(table["from"].max(), shots or 0)
    order = list(dict.fromkeys(_bin(number) for number in range(table["from"].min(), most_shots + 1)))
    # With words along the top, the bars leave them room.
    most = float(table["percent"].max()) * (1.18 if shots is None else 1.5)
    words = label or (f"{shots:,}" if shots is not None else "")
    fits = style.text_width(words, size.small) * 1.1 < (size.width - 60) / 2
    told_there = words if fits else words.rpartition(": ")[2]
    panels = [
        _panel(part, order, at, told_there, most, size, last=number == len(tables) - 1)
        for number, part in enumerate(tables)
    ]  # fmt: skip
    chart = alt.vconcat(*panels, spacing=16)
    said = []
    for name, each in incidents.items():
        known = each["shots"].dropna()
        unknown = len(each) - len(known)
        said.append(
            speak.say("per_incident", name=str(name), known=len(known), median=speak.number(known.median()))
            + (speak.say("per_incident_unknown", unknown=unknown) if unknown else "")
        )
    told = speak.say("per_incident_alt", said="; ".join(said))
    if shots is not None:
        found = standing(shots, pd.concat(list(incidents.values()), ignore_index=True))
        told += speak.say("per_incident_focus", label=words, fewer=found.fewer, known=found.known)
    subtitle = speak.say("per_incident_subtitle", said="; ".join(said))
    subtitle += "" if fits else speak.say("per_incident_marked", label=words)
    tables = {f"shots, {name}": ["name", "shots", "incidents", "percent"] for name in incidents}
    return parts.titled(
        chart, title or speak.say("per_incident_title"), subtitle, size, alt_text=told, tables=tables, status="reported"
    )


def _binned(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """``name, shots, from, incidents, percent``: a row for each number or range of shots that occurs."""
    shots = table["shots"].dropna().astype(int)
    if not len(shots):
        raise InputError(Problem(f"no incident of {name} has a known count", "Bring records that have it."))
    counted = shots.map(_bin).value_counts()
    starts = shots.groupby(shots.map(_bin)).min()
    found = pd.DataFrame({"shots": counted.index, "incidents": counted.to_numpy()})
    found["from"] = found["shots"].map(starts).astype(int)
    return found.assign(name=name, percent=found["incidents"] / len(shots) * 100).sort_values("from", ignore_index=True)


def _bin(shots: int) -> str:
    """The number itself up to 5, a range above."""
    if shots < EDGES[0]:
        return str(shots)
    place = max(number for number, edge in enumerate(EDGES) if edge <= shots)
    if place == len(EDGES) - 1:
        return f"{EDGES[-1]}+"
    low, high = EDGES[place], EDGES[place + 1] - 1
    return str(low) if low == high else f"{low}-{high}"


def _panel(table, order, at, words, most: float, size: Layout, *, last: bool) -> alt.LayerChart:
    ticks = alt.Axis(labelAngle=0, title=current().say("per_incident_x") if last else None, labelFontSize=size.small)
    x = alt.X("shots:N").sort(order).scale(domain=order).axis(ticks)
    y = alt.Y("percent:Q").scale(domain=[0, most], nice=False).title(current().say("per_incident_y")).axis(tickCount=4)
    tips = [
        alt.Tooltip("shots:N", title=current().say("tip_shots")),
        alt.Tooltip("incidents:Q", title=current().say("tip_incidents")),
    ]
    name = table["name"].iloc[0]
    base = alt.Chart(parts.data(table, f"shots, {name}"))
    layers = [
        base.mark_bar(color=COLOURS.context).encode(x=x, y=y, tooltip=tips),
        base.mark_text(dy=-6, fontSize=size.small, color=COLOURS.quiet_text).encode(x=x, y=y, text="incidents:Q"),
    ]
    if at is not None:
        layers += _mark(table, order, at, words, most, size)
    heading = parts.reading(str(name), size, size.width - 60)
    return alt.layer(*layers).properties(width=size.width - 60, height=HEIGHT, title=heading)


def _mark(table, order, at: str, words: str, most: float, size: Layout) -> list[alt.Chart]:
    """The incident in focus: its words along the top, clear of every bar, and a line down to above its own bar."""
    share = table.loc[table["shots"] == at, "percent"].max() if (table["shots"] == at).any() else 0
    tip = HEIGHT * (1 - share / most) - 22
    mark = alt.Chart(parts.data(pd.DataFrame({"shots": [at], "label": [words]}), f"focus, {table['name'].iloc[0]}"))
    mark, left = mark.encode(x="shots:N"), order.index(at) < len(order) / 2
    look = {"color": COLOURS.focus, "fontWeight": "bold", "fontSize": size.small, "baseline": "middle"}
    text = mark.mark_text(align="left" if left else "right", dx=-12 if left else 12, **look)
    return [
        mark.mark_rule(color=COLOURS.focus, strokeWidth=1).encode(y=alt.value(15), y2=alt.value(tip)),
        mark.mark_point(shape="triangle-down", size=60, color=COLOURS.focus, filled=True, opacity=1).encode(
            y=alt.value(tip)
        ),
        text.encode(y=alt.value(7), text="label:N"),
    ]
