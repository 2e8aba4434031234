"""Rates over years with interval bands, the partial year hollow; one panel, or small multiples by place."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from ..problems import InputError, Problem
from . import parts, style
from .both import NothingToDraw
from .language import current
from .style import COLOURS, Layout

if TYPE_CHECKING:
    from ..force.rates import Rate

__all__ = ["rates_by_year", "rates_by_year_and_place"]


def rates_by_year(
    rates: Iterable[Rate], *, partial: Iterable[Rate] = (), title: str = "", layout: str | Layout = "desktop"
) -> alt.LayerChart:
    """Yearly rates of one place and group as a line with its band of 95 % intervals.

    Parameters
    ----------
    rates : list of Rate
        Of complete years, one a year.
    partial : list of Rate
        Of years that are not complete: a hollow dot without a band, joined to nothing.

    Raises
    ------
    InputError
        If there is no rate, or a year stands twice.
    """
    size = style.layout(layout)
    table, first = _table(list(rates), list(partial))
    if table["year"].duplicated().any():
        raise InputError(Problem("a year stands twice", "Draw one place and group, or use rates_by_year_and_place."))
    speak, (many, unit) = current(), _counted(first)
    chart = _panel(alt.Chart(parts.data(table, "rates")), unit).properties(width=size.width - 60, height=300)
    whole = table[~table["partial"]]
    told = speak.say(
        "rates_by_year_alt",
        many=many,
        unit=f"{unit} ({first.place})" if first.place else unit,
        first=str(whole["year"].min()),
        last=str(whole["year"].max()),
        start=_figure(whole.iloc[0]),
        end=_figure(whole.iloc[-1]),
        highest=_figure(whole.loc[whole["rate"].idxmax()]),
    )
    told += speak.say("years_partial_alt", years=_years(table)) if table["partial"].any() else ""
    words = title or _title(first)
    tables = {"rates": ["year", "events", "rate", "low", "high", "partial"]}
    return parts.titled(chart, words, _note(table, [first]), size, alt_text=told, tables=tables, status="reported")


def rates_by_year_and_place(
    rates: Iterable[Rate], *, partial: Iterable[Rate] = (), title: str = "", layout: str | Layout = "desktop"
) -> alt.FacetChart:
    """Yearly rates as small multiples, a panel a place on one scale, those with the most events first."""
    size = style.layout(layout)
    table, first = _table(list(rates), list(partial))
    order = list(table.groupby("place")["events"].sum().sort_values(ascending=False, kind="stable").index)
    columns = 4 if size.name == "desktop" else 2
    width = math.floor((size.width - 46) / columns - 14)
    panel = _panel(alt.Chart(parts.data(table, "rates")), first.unit, small=True).properties(width=width, height=110)
    header = alt.Header(labelFontSize=size.label, labelFontWeight="bold", labelAnchor="start", labelColor=COLOURS.text)
    facet = alt.Facet("place:N").sort(order).title(None).header(header)
    chart = panel.facet(facet, columns=columns, spacing={"column": 14, "row": 12})
    whole = table[~table["partial"]]
    yearly = whole.groupby("place")["rate"].mean()
    speak, (many, unit) = current(), _counted(first)
    told = speak.say(
        "places_alt",
        many=many,
        unit=unit,
        places=len(order),
        first=str(whole["year"].min()),
        last=str(whole["year"].max()),
        highest=str(yearly.idxmax()),
        most=speak.range(f"{yearly.max():.1f}"),
        lowest=str(yearly.idxmin()),
        least=speak.range(f"{yearly.min():.1f}"),
    )
    words = title or _title(first)
    tables = {"rates": ["place", "year", "events", "rate", "low", "high", "partial"]}
    return parts.titled(chart, words, _note(table, [first]), size, alt_text=told, tables=tables, status="reported")


def _panel(base: alt.Chart, unit: str, *, small: bool = False) -> alt.LayerChart:
    ticks = {"tickCount": 3 if small else 8, "format": "d", "grid": False, "labelFlush": small}
    x = alt.X("year:Q").title(None).scale(zero=False, nice=False, padding=8).axis(**ticks)
    y = alt.Y("rate:Q").title(None if small else unit).scale(zero=True).axis(tickCount=3 if small else 5)
    speak, whole = current(), base.transform_filter("!datum.partial")
    tips = [
        alt.Tooltip("year:Q", format="d", title=speak.say("tip_year")),
        alt.Tooltip("rate:Q", format=".2f", title=speak.say("tip_rate")),
        alt.Tooltip("events:Q", title=speak.say("tip_events")),
    ]
    hollow = base.transform_filter("datum.partial")
    dot = 18 if small else 50
    return alt.layer(
        whole.mark_area(**style.BAND).encode(x=x, y=_field(y, "low"), y2="high:Q"),
        whole.mark_line(strokeWidth=1.5 if small else 2).encode(x=x, y=y),
        whole.mark_point(size=dot, opacity=1).encode(x=x, y=y, tooltip=tips),
        hollow.mark_point(
            size=dot * 1.4, filled=False, fill=COLOURS.background, stroke=COLOURS.focus, opacity=1, strokeWidth=1.5
        ).encode(x=x, y=y, tooltip=tips),
    )


def _field(channel: alt.Y, field: str) -> alt.Y:
    copied = channel.copy()
    copied.shorthand = f"{field}:Q"
    return copied


def _table(rates: list[Rate], partial: list[Rate]) -> tuple[pd.DataFrame, Rate]:
    if not rates:
        raise NothingToDraw(Problem("there is no rate of a complete year to draw", "Check which years were kept."))
    rows = [
        {
            "place": each.place,
            "year": int(each.period),
            "events": each.events,
            "rate": each.rate,
            "low": each.interval[0],
            "high": each.interval[1],
            "partial": number >= len(rates),
        }
        for number, each in enumerate([*rates, *partial])
    ]
    return pd.DataFrame(rows).sort_values(["place", "year"], ignore_index=True), rates[0]


def _note(table: pd.DataFrame, rates: list[Rate]) -> str:
    speak = current()
    note = speak.say("band_is")
    note += speak.say("hollow_partial", years=_years(table)) if table["partial"].any() else ""
    return note + (speak.say("population_is", population=rates[0].population) if rates[0].population else "")


def _counted(rate: Rate) -> tuple[str, str]:
    """What was counted, and the rate's unit."""
    return current().term(rate.many), current().term(rate.unit)


def _title(rate: Rate) -> str:
    many, unit = _counted(rate)
    return current().say("title_of_rates", many=many[:1].upper() + many[1:], unit=unit)


def _years(table: pd.DataFrame) -> str:
    from ..force.wording import years_words

    return years_words(table.loc[table["partial"], "year"])


def _figure(row: pd.Series) -> str:
    from ..force.wording import interval_words

    rate = interval_words(row["rate"], row["low"], row["high"])[0]
    return current().say("rate_in", rate=current().range(rate), year=str(int(row["year"])))
