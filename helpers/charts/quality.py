"""What a data file does not know, year by year, and what changed since its last version."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ..problems import Problem
from . import parts, style
from .both import NothingToDraw
from .language import current
from .style import COLOURS, Layout

__all__ = ["changes_by_year", "missing_by_year"]

NO_DATES = Problem("no record has a date, so nothing can be told by year", "Look whether the column of dates was read.")


def missing_by_year(table: pd.DataFrame, *, title: str = "", layout: str | Layout = "desktop") -> alt.LayerChart:
    """The share of records in which a column is unknown, a square for each column and year.

    Parameters
    ----------
    table : DataFrame
        ``year``, ``column``, ``records``, ``missing``, ``share`` (0 to 1), as ``sources.missing_by_year`` gives it.
    title : str, optional
        The headline; the worst column is named otherwise.
    layout : {'desktop', 'mobile'}

    Returns
    -------
    altair chart

    Raises
    ------
    NothingToDraw
        If the table is empty, as where no record has a date.
    """
    if not len(table):
        raise NothingToDraw(NO_DATES)
    size, speak = style.layout(layout), current()
    whole = table.groupby("column")[["missing", "records"]].sum()
    share = (whole["missing"] / whole["records"]).sort_values(ascending=False)
    absent = list(share.index[share == 1]) if (share < 1).any() else []
    share = share.drop(absent)
    drawn = table[~table["column"].isin(absent)].assign(percent=lambda kept: (kept["share"] * 100).round(0))
    years = sorted(drawn["year"].unique())
    room = (size.width - 100) / len(years)
    x = alt.X("year:O", axis=alt.Axis(title=None, labelAngle=0, labelOverlap=True, domain=False, ticks=False))
    y = alt.Y("column:N", sort=list(share.index), axis=alt.Axis(title=None))
    colour = alt.Color(
        "share:Q",
        scale=alt.Scale(domain=[0, 1], range=[COLOURS.background, COLOURS.focus], interpolate="rgb"),
        legend=None,
    )
    base = alt.Chart(parts.data(drawn, "missing"))
    tooltip = [
        alt.Tooltip("column:N", title=speak.say("tip_column")),
        alt.Tooltip("year:O", title=speak.say("tip_year")),
        alt.Tooltip("missing:Q", title=speak.say("tip_unknown")),
        alt.Tooltip("records:Q", title=speak.say("tip_records")),
    ]
    layers = [base.mark_rect(stroke=COLOURS.grid).encode(x=x, y=y, color=colour, tooltip=tooltip)]
    if room > 3.2 * size.small:
        ink = alt.condition("datum.share > 0.55", alt.value(COLOURS.background), alt.value(COLOURS.text))
        layers.append(
            base.mark_text(fontSize=size.small).encode(x=x, y=y, text=alt.Text("percent:Q", format=".0f"), color=ink)
        )
    chart = alt.layer(*layers).properties(width=size.width - 100, height=22 * drawn["column"].nunique())
    worst = speak.say("missing_title", column=str(share.index[0]), share=f"{share.iloc[0]:.0%}")
    headline = title or worst[0].upper() + worst[1:]
    subtitle = speak.say("missing_subtitle", first=str(years[0]), last=str(years[-1]))
    subtitle += speak.say("missing_always", columns=", ".join(absent)) if absent else ""
    overall = ", ".join(
        speak.say("missing_share", column=column, share=f"{value:.0%}") for column, value in share.items()
    )
    told = speak.say("missing_alt", headline=headline, subtitle=subtitle, overall=overall)
    return parts.titled(chart, headline, subtitle, size, alt_text=told,
                        tables={"missing": ["year", "column", "records", "missing", "share"]})  # fmt: skip


def changes_by_year(years: pd.DataFrame, *, headline: str, layout: str | Layout = "desktop") -> alt.LayerChart:
    """Records by year in two versions of a file: a ring for the old, a dot for the new, and the change in words.

    Parameters
    ----------
    years : DataFrame
        ``year``, ``old``, ``new``, ``change``, ``past``, as ``sources.diff(...).years``.
    headline : str
        What to look at first, as ``sources.diff(...).headline()``.
    layout : {'desktop', 'mobile'}

    Returns
    -------
    altair chart

    Raises
    ------
    NothingToDraw
        If the table is empty, as where no record has a date.
    """
    if not len(years):
        raise NothingToDraw(NO_DATES)
    size = style.layout(layout)
    drawn = years.assign(told=[f"{change:+,}" if change else "" for change in years["change"]])
    top = max(int(drawn[["old", "new"]].max().max()), 1)
    base = alt.Chart(parts.data(drawn, "years"))
    x = alt.X("year:O", axis=alt.Axis(title=None, labelAngle=0, labelOverlap=True))
    scale = alt.Scale(domain=[0, top * 1.15], nice=False)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=scale, axis=alt.Axis(title=current().say("tip_records"), tickCount=5))

    colour = alt.condition("datum.past && datum.change != 0", alt.value(COLOURS.warning), alt.value(COLOURS.focus))
    layers = [
        base.mark_rule(color=COLOURS.axis).encode(x=x, y=y("old"), y2="new:Q"),
        base.mark_point(filled=False, size=70, color=COLOURS.context).encode(x=x, y=y("old")),
        base.mark_point(filled=True, size=60, opacity=1).encode(x=x, y=y("new"), color=colour),
        *parts.text_on_lines(base, {"x": x, "y": y("new"), "text": "told:N"}, dy=-12, fontSize=size.small),
    ]
    chart = alt.layer(*layers).properties(width=size.width - 60, height=round(size.width * 0.4))
    subtitle = current().say("changes_subtitle")
    return parts.titled(chart, headline.rstrip("."), subtitle, size, alt_text=f"{headline} {subtitle}",
                        tables={"years": ["year", "old", "new", "change", "past"]})  # fmt: skip
