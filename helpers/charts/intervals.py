"""Dots with their intervals: rates by group, agency or place, and rate ratios on a log axis."""

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
    from ..force.comparison import RateRatio
    from ..force.rates import Rate

__all__ = ["rate_dots", "ratio_dots"]

ROW = 26
STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


def rate_dots(
    rates: Iterable[Rate],
    *,
    label: str = "group",
    focus: str | None = None,
    title: str = "",
    layout: str | Layout = "desktop",
) -> alt.LayerChart:
    """Rates as dots with their intervals, highest first; hollow under 20 events.

    Parameters
    ----------
    rates : list of Rate
        Of one thing over one denominator.
    label : {'group', 'place', 'period'}
        What tells the rates apart.
    focus : str, optional
        The label in focus.
    title : str, optional
        What was counted, over what, unless told.

    Returns
    -------
    altair chart
        A light line runs on to what the rate would be if every event of unknown group were this group's.

    Raises
    ------
    InputError
        If there is no rate, or they count different things.
    """
    from ..force.wording import interval_words

    rates = _of_one_kind(list(rates))
    size, first, speak = style.layout(layout), rates[0], current()
    table = pd.DataFrame(
        {
            label: speak.term(getattr(each, label)),
            "events": each.events,
            "rate": each.rate,
            "low": each.interval[0],
            "high": each.interval[1],
            "if_all_unknown": max(each.if_all_unknown, each.rate),
            "said": speak.range("{} ({})".format(*interval_words(each.rate, *each.interval))),
            "few": each.events < 20,
            "focus": getattr(each, label) == focus,
        }
        for each in rates
    ).sort_values(["rate", label], ascending=[False, True], ignore_index=True)
    many, unit = speak.term(first.many), speak.term(_without_group(first))
    # The dashes may run past the edge: one small group that may hold all the unknown would squeeze the rest.
    edge = float(table["high"].max()) * 1.15
    x = alt.X("rate:Q").title(unit).scale(domain=[0, edge], nice=False).axis(tickCount=6, domain=False)
    layers = _rows(table, label, x, size)
    if any(each.unknown for each in rates):
        layers.insert(0, _dashes(table, x, "if_all_unknown", label, size))
    notes = [f"{first.period}." if _same(rates, "period") else "", speak.say("dots_lines")]
    notes.append(speak.say("dots_hollow") if table["few"].any() else "")
    dashes = "dots_dashes_past" if (table["if_all_unknown"] > edge).any() else "dots_dashes"
    notes.append(speak.say(dashes) if any(each.unknown for each in rates) else "")
    notes.append(_source(rates))
    words = title or speak.say("title_of_rates", many=_capital(many), unit=unit)
    tables = {"rates": [label, "events", "rate", "low", "high", "if_all_unknown"]}
    chart = alt.layer(*layers).properties(width=_width(table, label, size), height=ROW * len(table))
    highest, lowest = table.iloc[0], table.iloc[-1]
    told = speak.say(
        "dots_alt", number=len(table), many=many, unit=unit, highest=str(highest[label]), most=highest["said"]
    )
    least = speak.say("dots_alt_lowest", lowest=str(lowest[label]), least=lowest["said"])
    told += f"{least}." if len(table) > 1 else "."
    return parts.titled(chart, words, " ".join(note for note in notes if note), size, alt_text=told, tables=tables,
                        status="reported")  # fmt: skip


def ratio_dots(
    ratios: Iterable[RateRatio],
    *,
    label: str = "group",
    focus: str | None = None,
    title: str = "",
    layout: str | Layout = "desktop",
) -> alt.LayerChart:
    """Rate ratios as dots with their intervals on a log axis, a line at 1; hollow where it may be chance.

    Ratios against nothing (infinite) are not drawn and are named in the subtitle; an open end runs to the edge.

    Raises
    ------
    InputError
        If there is no ratio that can be drawn.
    """
    from ..force.wording import ratio_words

    ratios = list(ratios)
    drawn = [each for each in ratios if 0 < each.ratio < math.inf]
    if not drawn:
        raise NothingToDraw(Problem("no ratio can be drawn", "Each has a side without events: pool more years."))
    size, first, speak = style.layout(layout), drawn[0], current()
    ends = [bound for each in drawn for bound in (*each.interval, each.ratio) if 0 < bound < math.inf]
    low, high = min(*ends, 0.9) / 1.15, max(*ends, 1.1) * 1.15
    table = pd.DataFrame(
        {
            label: speak.term(getattr(each.of, label)),
            "events": each.of.events,
            "against_events": each.against.events,
            "ratio": each.ratio,
            "low": max(each.interval[0], low),
            "high": min(each.interval[1], high),
            "lowest": min(max(each.if_unknown[0], low), each.ratio),
            "highest": max(min(each.if_unknown[1], high), each.ratio),
            "said": speak.range("{} ({})".format(*ratio_words(each.ratio, *each.interval))),
            "few": each.may_be_chance,
            "focus": getattr(each.of, label) == focus,
        }
        for each in drawn
    ).sort_values(["ratio", label], ascending=[False, True], ignore_index=True)
    x = alt.X("ratio:Q").scale(type="log", domain=[low, high], nice=False)
    x = x.title(speak.say("ratio_axis")).axis(values=[step for step in STEPS if low <= step <= high], format="~g")
    one = pd.DataFrame({"ratio": [1]})
    line = alt.Chart(parts.data(one, "same rate")).mark_rule(color=COLOURS.reference, strokeWidth=1.5).encode(x=x)
    layers = [line, *_rows(table, label, x, size)]
    unknown = any(each.of.unknown or each.against.unknown for each in drawn)
    if unknown:
        layers.insert(1, _dashes(table, _field(x, "lowest"), "highest", label, size))
    group = speak.term(first.against.group)
    against = speak.say("people", group=group) if label == "group" else getattr(first.against, label)
    against = against if label != "place" or first.of.place != first.against.place else group
    of_whom = speak.say("people", group=speak.term(first.of.group))
    who = speak.say("ratio_for", people=of_whom) if label != "group" and first.of.group != "all" else ""
    many = f"{_capital(speak.term(first.of.many))}{who}"
    words = title or speak.say("ratio_title", many=many, against=against)
    left = [getattr(each.of, label) for each in ratios if each not in drawn]
    notes = [f"{first.of.period}." if _same([each.of for each in drawn], "period") else "", speak.say("ratio_line")]
    notes.append(speak.say("ratio_hollow") if table["few"].any() else "")
    notes.append(speak.say("ratio_dashes") if unknown else "")
    notes.append(speak.say("ratio_left_out", names=", ".join(left)) if left else "")
    notes.append(_source([each.of for each in drawn]))
    clear = int((~table["few"]).sum())
    told = speak.say(
        "ratio_alt", number=len(table), many=f"{speak.term(first.of.many)}{who}", against=against,
        clear=speak.count("ratio_clear", clear), highest=str(table.iloc[0][label]), most=table.iloc[0]["said"],
        lowest=str(table.iloc[-1][label]), least=table.iloc[-1]["said"],
    )  # fmt: skip
    tables = {"ratios": [label, "events", "against_events", "ratio", "low", "high", "lowest", "highest"]}
    chart = alt.layer(*layers).properties(width=_width(table, label, size), height=ROW * len(table))
    return parts.titled(chart, words, " ".join(note for note in notes if note), size, alt_text=told, tables=tables,
                        status="reported")  # fmt: skip


def _rows(table: pd.DataFrame, label: str, x: alt.X, size: Layout) -> list[alt.Chart]:
    """The interval, the dot and the figures of each row; the figures stand right of the plot."""
    name = "ratios" if "ratio" in table else "rates"
    base = alt.Chart(parts.data(table, name)).encode(y=_across(table, label, size))
    colour = alt.condition("datum.focus", alt.value(COLOURS.focus), alt.value(COLOURS.context))
    if not table["focus"].any():
        colour = alt.value(COLOURS.focus)
    fill = alt.condition("datum.few", alt.value(COLOURS.background), colour) if table["few"].any() else colour
    if table["few"].any() and table["focus"].any():
        fill = alt.value(COLOURS.background)
    speak = current()
    tips = [
        alt.Tooltip(f"{label}:N", title=speak.term(label)),
        alt.Tooltip("said:N", title=speak.say("tip_interval")),
        alt.Tooltip("events:Q", title=speak.say("tip_events")),
    ]
    figures = base.mark_text(align="left", fontSize=size.small, color=COLOURS.quiet_text)
    return [
        base.mark_rule(strokeWidth=2).encode(x=_field(x, "low"), x2="high:Q", color=colour),
        base.mark_point(size=70, opacity=1, strokeWidth=2).encode(x=x, stroke=colour, fill=fill, tooltip=tips),
        figures.encode(x=alt.value(_width(table, label, size) + 8), text="said:N"),
    ]


def _dashes(table: pd.DataFrame, x: alt.X, to: str, label: str, size: Layout) -> alt.Chart:
    """What events of unknown group allow: beneath the interval, so that it is seen only where it runs beyond."""
    base = alt.Chart(parts.data(table, "ratios" if "ratio" in table else "rates"))
    rule = base.mark_rule(color=COLOURS.axis, strokeWidth=1, strokeDash=[2, 2], clip=True)
    return rule.encode(x=x, x2=f"{to}:Q", y=_across(table, label, size))


def _field(x: alt.X, field: str) -> alt.X:
    copied = x.copy()
    copied.shorthand = f"{field}:Q"
    return copied


def _across(table: pd.DataFrame, label: str, size: Layout) -> alt.Y:
    order = list(table[label])
    return (
        alt.Y(f"{label}:N")
        .sort(order)
        .title(None)
        .axis(labelLimit=_label_room(table, label, size), labelPadding=8, labelFontSize=size.label)
    )


def _label_room(table: pd.DataFrame, label: str, size: Layout) -> int:
    widest = max(style.text_width(str(text), size.label) for text in table[label])
    return math.ceil(min(widest * 1.05 + 6, size.width * 0.36))


def _width(table: pd.DataFrame, label: str, size: Layout) -> int:
    figures = max(style.text_width(text, size.small) for text in table["said"])
    return math.floor(size.width - _label_room(table, label, size) - figures - 36)


def _of_one_kind(rates: list[Rate]) -> list[Rate]:
    if not rates:
        raise NothingToDraw(Problem("there is no rate to draw", "Check which places, years and groups were kept."))
    if len({(each.many, each.denominator, each.per, each.definition) for each in rates}) > 1:
        raise InputError(Problem("the rates count different things", "Draw rates of one thing over one denominator."))
    return rates


def _without_group(rate: Rate) -> str:
    return rate.unit if rate.group == "all" else rate.unit.replace(f"{rate.group} ", "")


def _same(rates: list[Rate], name: str) -> bool:
    return len({getattr(each, name) for each in rates}) == 1 and bool(getattr(rates[0], name))


def _source(rates: list[Rate]) -> str:
    found = list(dict.fromkeys(each.population for each in rates if each.population))
    divides = _capital(current().term(rates[0].divides_by.many))
    return f"{divides}: {'; '.join(found)}." if 0 < len(found) <= 2 else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
