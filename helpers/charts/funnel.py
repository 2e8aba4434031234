"""The funnel plot: each agency's rate against its size, within the limits chance would keep it in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from . import parts, style
from .intervals import rate_dots
from .labels import Box, place_around
from .language import current
from .style import COLOURS, Layout

if TYPE_CHECKING:
    from ..force.rates import Rate

__all__ = ["funnel", "rates_by_place"]

FEWEST = 10
HEIGHT = {"desktop": 420, "mobile": 340}
MOST_NAMED = {"desktop": 14, "mobile": 6}


def funnel(
    places: pd.DataFrame,
    limits: pd.DataFrame,
    *,
    title: str,
    unit: str,
    size_title: str = "",
    focus: str | None = None,
    layout: str | Layout = "desktop",
) -> alt.LayerChart:
    """A funnel plot.

    Parameters
    ----------
    places, limits : DataFrame
        As ``force.funnel`` gives them.
    title, unit : str
        The headline; the rate's unit, such as ``per million residents a year``.
    focus : str, optional
        The place in focus, labelled wherever it stands.

    Returns
    -------
    altair chart
        Places outside the 99.8 % limits are labelled where there is room, furthest first.
    """
    size, speak = style.layout(layout), current()
    size_title, unit = size_title or speak.say("funnel_size"), speak.term(unit)
    width, height = size.width - 62, HEIGHT[size.name]
    low, high = places["exposure"].min() / 1.25, places["exposure"].max() * 1.25
    top = max(places["rate"].max() * 1.06, limits["target"].iloc[0] * 2)
    x = alt.X("exposure:Q").scale(type="log", domain=[low, high], nice=False).title(size_title)
    x = x.axis(format="~s", tickCount=6, grid=False)
    y = alt.Y("rate:Q").scale(domain=[0, top], nice=False, clamp=True).title(unit).axis(tickCount=6)
    table = places[["place", "events", "exposure", "rate", "expected", "outside"]].copy()
    table["focus"] = table["place"] == focus
    lines = limits.melt(["exposure"], ["low_95", "high_95", "low_998", "high_998"], "limit", "rate")
    lines = lines[lines["rate"] <= top]
    within = alt.Chart(parts.data(lines, "limits")).mark_line(
        color=COLOURS.axis, strokeWidth=1, interpolate="step-after"
    )
    dash = alt.condition("indexof(datum.limit, '998') > 0", alt.value([1, 0]), alt.value([4, 3]))
    target = pd.DataFrame({"rate": [float(limits["target"].iloc[0])]})
    dots = alt.Chart(parts.data(table, "places"))
    away = "datum.focus || datum.outside == '99.8%'"
    tips = [
        alt.Tooltip("place:N", title=speak.say("tip_place")),
        alt.Tooltip("rate:Q", format=".1f", title=speak.say("tip_rate")),
        alt.Tooltip("events:Q", title=speak.say("tip_events")),
    ]
    named = alt.Chart(parts.data(_labels(table, size, width, height, (low, high), top), "labels"))
    layers = [
        alt.Chart(parts.data(target, "all together")).mark_rule(color=COLOURS.reference, strokeWidth=1.5).encode(y=y),
        within.encode(x=x, y=y, detail="limit:N", strokeDash=dash),
        dots.mark_point(size=45, opacity=1, strokeWidth=1.2, stroke=COLOURS.background).encode(
            x=x, y=y, fill=alt.condition(away, alt.value(COLOURS.focus), alt.value(COLOURS.context)), tooltip=tips
        ),
        *parts.text_on_lines(
            named, {"x": alt.X("label_x:Q").scale(None), "y": alt.Y("label_y:Q").scale(None), "text": "place:N"},
            fontSize=size.small,
        ),
    ]  # fmt: skip
    chart = alt.layer(*layers).resolve_scale(x="shared").properties(width=width, height=height)
    out = table[table["outside"] == "99.8%"]
    spread = float(places["spread"].iloc[0])
    all_together = speak.number(target["rate"][0], 2)
    note = speak.say("funnel_note", places=len(table), rate=all_together)
    note += speak.say("funnel_chance") if spread <= 0 else speak.say("funnel_spread", spread=f"{spread * 100:.0f}")
    above, below = int((out["rate"] > target["rate"][0]).sum()), int((out["rate"] <= target["rate"][0]).sum())
    told = speak.say("funnel_alt", places=len(table), unit=unit, rate=all_together, above=above, below=below)
    told += f" ({', '.join(out.sort_values('rate', ascending=False)['place'].head(6))})." if len(out) else "."
    tables = {"places": ["place", "events", "exposure", "rate", "expected", "outside"]}
    return parts.titled(chart, title, note, size, alt_text=told, tables=tables, status="reported")


def rates_by_place(rates: Sequence[Rate], *, layout: str | Layout = "desktop") -> alt.LayerChart:
    """A funnel plot of ten places or more; of fewer, or where none has an event, each place's rate and interval.

    Raises
    ------
    NothingToDraw
        If there is no rate.
    """
    from ..force.agencies import funnel as worked_out

    if len(rates) < FEWEST or not any(each.events for each in rates):
        return rate_dots(rates, label="place", layout=layout)
    many = current().term(rates[0].many)
    title = current().say("by_place", many=many[:1].upper() + many[1:])
    return funnel(*worked_out(rates), title=title, unit=rates[0].unit, layout=layout)


def _labels(table: pd.DataFrame, size: Layout, width: int, height: int, domain, top: float) -> pd.DataFrame:
    """Labels that found a free place, in pixels; the focus first, then the furthest outside."""
    import numpy as np

    x = np.log(table["exposure"] / domain[0]) / np.log(domain[1] / domain[0]) * width
    y = height - table["rate"].clip(upper=top) / top * height
    # In standard errors: a large place somewhat off the line tells more than a small one far off it.
    order = table.assign(x=x, y=y, far=(table["events"] - table["expected"]).abs() / np.sqrt(table["expected"]))
    order = order[order["focus"] | (order["outside"] == "99.8%")]
    order = order.sort_values(["focus", "far"], ascending=False).head(MOST_NAMED[size.name])
    # Every dot is in the way of a label, those without one too.
    points = list(zip(order["x"], order["y"], strict=True))
    texts = list(order["place"])
    centres = place_around(points, texts, size=size.small, room=Box(0, 0, width, height), mark=9)
    kept = [(text, *centre) for text, centre in zip(texts, centres, strict=True) if centre is not None]
    return pd.DataFrame(kept, columns=["place", "label_x", "label_y"])
