"""Every Chicago police shooting on record: shots over the years, with one incident's number in focus."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ..force.chicago import shootings
from ..force.shots_fired import UNDER, Standing, standing
from . import parts, style
from .language import current
from .style import COLOURS, Layout

__all__ = ["chicago_shots_over_years"]


def chicago_shots_over_years(
    incidents: pd.DataFrame,
    *,
    shots: int | None = None,
    label: str = "",
    date: str | None = None,
    layout: str | Layout = "desktop",
) -> alt.LayerChart:
    """Each incident as a dot at its day and its number of shots, and a line at the number in focus.

    Parameters
    ----------
    incidents : DataFrame
        As ``force.chicago.read`` gives it: ``date``, ``shots``, ``kind``, ``partial``. Shootings are drawn; accidental
        discharges and shots at animals are not.
    shots : int, optional
        The number of shots in focus, if there is one.
    label : str
        What its line says, such as 'Dexter Reed: about 96'.
    date : str, optional
        The day of the incident in focus, YYYY-MM-DD; it is marked there.
    layout : {'desktop', 'mobile'}

    Returns
    -------
    altair chart
    """
    speak = current()
    size, drawn = style.layout(layout), shootings(incidents)[["date", "shots", "officers_fired"]]
    found = standing(shots, drawn, period=f"{drawn['date'].min()} to {drawn['date'].max()}")
    drawn = drawn.sort_values(["date", "shots"], ignore_index=True)
    last = max(drawn["date"].max(), date or "")
    days = [f"{drawn['date'].min()[:4]}-01-01", f"{int(last[:4]) + 1}-01-01"]
    x = alt.X(
        "date:T",
        scale=alt.Scale(domain=days, nice=False),
        axis=alt.Axis(title=None, grid=False, format="%Y", tickCount=6),
    )
    top = max(shots or 0, found.most) * 1.12
    y = alt.Y(
        "shots:Q",
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(title=speak.say("allow_counts_tip"), tickCount=5),
    )
    tooltip = [
        alt.Tooltip("date:T", title=speak.say("tip_day"), format=speak.dates["date"]),
        alt.Tooltip("shots:Q", title=speak.say("tip_shots")),
        alt.Tooltip("officers_fired:Q", title=speak.say("tip_officers")),
    ]
    dots = alt.Chart(parts.data(drawn, "incidents")).mark_point(
        size=22, filled=False, strokeWidth=0.9, opacity=1, color=COLOURS.context
    )
    layers = [dots.encode(x=x, y=y, tooltip=tooltip)]
    if shots is not None:
        line = pd.DataFrame({"shots": [shots], "label": [label], "date": [date or days[0]]})
        focus = alt.Chart(parts.data(line, "focus"))
        layers.append(focus.mark_rule(color=COLOURS.focus, strokeDash=[5, 3]).encode(y=y))
        if date:
            layers.append(focus.mark_point(filled=True, size=70, color=COLOURS.focus, opacity=1).encode(x=x, y=y))
        words = {"y": y, "x": alt.value(4), "text": "label:N"}
        look = {"color": COLOURS.focus, "fontSize": size.label, "fontWeight": "bold"}
        layers += parts.text_on_lines(focus, words, align="left", dy=-9, **look)
    chart = alt.layer(*layers).properties(width=size.width - 60, height=round(size.width * 0.5))
    title, subtitle = _title(found), _subtitle(found)
    tables = {"incidents": list(drawn)} | ({"focus": ["shots", "label"]} if shots is not None else {})
    return parts.titled(chart, title, subtitle, size, alt_text=f"{title}. {subtitle}", tables=tables, status="reported")


def _title(found: Standing) -> str:
    speak = current()
    if not found.shots:
        return speak.say("chicago_half", known=found.known, median=speak.number(found.median))
    more = speak.number(found.more) if found.more else speak.say("chicago_none")
    return speak.say("chicago_more", more=more, known=found.known, shots=found.shots)


def _subtitle(found: Standing) -> str:
    speak, (first, last) = current(), found.period.split(" to ")
    return speak.say(
        "chicago_subtitle",
        first=speak.date(first),
        last=speak.date(last),
        share=f"{found.under_five_share * 100:.0f}",
        under=UNDER,
    )
