"""Shots against seconds: documented shootings on log axes, with lines of equal shots a second."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from ..provenance import say
from . import parts, style
from .labels import Box, place_around, spread
from .style import COLOURS, Layout

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["shots_against_seconds"]

PACES = (0.5, 1, 2, 5, 10, 20, 50)
MARKS = {"exact": "circle", "approx": "circle", "at_least": "triangle-up", "at_most": "triangle-down"}


@dataclass(frozen=True)
class _Scale:
    """A log scale: from values to pixels and back."""

    low: float
    high: float
    start: float
    end: float

    def pixels(self, value: float) -> float:
        share = math.log(value / self.low) / math.log(self.high / self.low)
        return self.start + share * (self.end - self.start)

    def value(self, pixels: float) -> float:
        return self.low * (self.high / self.low) ** ((pixels - self.start) / (self.end - self.start))

    @classmethod
    def over(cls, values: Sequence[float], start: float, end: float) -> _Scale:
        """A scale with room around the values: a third of the smallest, two and a half times the largest."""
        return cls(min(values) / 1.8, max(values) * 1.8, start, end)


def shots_against_seconds(
    shootings: pd.DataFrame, *, focus: str | None = None, layout: str | Layout = "desktop"
) -> alt.HConcatChart:
    """Documented shootings by seconds and shots, both on log axes; those with no public duration on the margin.

    Parameters
    ----------
    shootings : DataFrame
        As ``incidents.shootings`` gives it. Rows with no count of police shots are not drawn; the subtitle counts
        them.
    focus : str, optional
        The id of the shooting in focus.
    layout : {'desktop', 'mobile'}
        On a phone only the most notable are labelled.

    Returns
    -------
    altair chart
        A filled circle is an exact figure, a ring an approximate one, a triangle a bound ("at least").

    Raises
    ------
    ValueError
        If no shooting has both a count and a span, or ``focus`` is not among them.
    """
    size = style.layout(layout)
    if focus is not None and focus not in set(shootings["id"]):
        raise ValueError(f"there is no shooting {focus!r} in the table")
    counted = shootings.dropna(subset="shots_by_police").assign(focus=lambda table: table["id"] == focus)
    timed = counted.dropna(subset="span_s")
    untimed = counted[counted["span_s"].isna()]
    if timed.empty:
        raise ValueError("no shooting in the table has both a count of shots and a span")
    margin = (182 if size.name == "desktop" else 56) if len(untimed) else 0
    width, height = size.width - 58 - margin - (12 if margin else 0), 470 if size.name == "desktop" else 400
    x = _Scale.over(list(timed["span_s"]), 0, width)
    y = _Scale.over(list(counted["shots_by_police"].astype(float)), height, 0)
    panels = [_plane(_plotted(timed), x, y, size)]
    if len(untimed):
        panels.append(_margin(_plotted(untimed), y, margin, size))
    chart = alt.hconcat(*panels, spacing=12).resolve_scale(y="independent")
    uncounted = len(shootings) - len(counted)
    subtitle = (
        f"{len(counted)} documented police shootings, {len(timed)} with a public duration. Circle: exact; ring: about; "
        "triangle: at least."
    )
    subtitle += f" Not drawn: {uncounted} whose police shots were not published." if uncounted else ""
    return parts.titled(chart, "Shots by police against seconds", subtitle, size, alt_text=_alt(counted, timed, focus))


def _plotted(table: pd.DataFrame) -> pd.DataFrame:
    """The columns that are drawn, and the words that say them."""
    drawn = table[["name", "shots_by_police", "shots_qualifier", "span_s", "span_qualifier", "focus"]].copy()
    drawn["shots_by_police"] = drawn["shots_by_police"].astype(int)
    drawn["shots"] = [say(*pair) for pair in zip(drawn["shots_by_police"], drawn["shots_qualifier"], strict=True)]
    drawn["seconds"] = [
        "not public" if pd.isna(span) else say(span, qualifier, "s")
        for span, qualifier in zip(drawn["span_s"], drawn["span_qualifier"], strict=True)
    ]
    both = drawn[["shots_qualifier", "span_qualifier"]].fillna("exact")
    drawn["certainty"] = ["approx" if "approx" in set(row) else row[0] for row in both.itertuples(index=False)]
    drawn.loc[both["shots_qualifier"] == "at_least", "certainty"] = "at_least"
    return drawn


def _plane(table: pd.DataFrame, x: _Scale, y: _Scale, size: Layout) -> alt.LayerChart:
    width, height = x.end, y.start
    table = table.sort_values(["focus", "shots_by_police"], ascending=False)
    across = alt.X("span_s:Q", title="seconds, first shot to last", axis=alt.Axis(values=_decades(x), grid=True, format="~g"),
                   scale=alt.Scale(type="log", domain=[x.low, x.high], nice=False))  # fmt: skip
    up = _up(y, "shots by police")
    lines, ends = _pace_lines(x, y, size)
    ways = [alt.Tooltip("name:N"), alt.Tooltip("shots:N"), alt.Tooltip("seconds:N")]
    points = [
        (x.pixels(span), y.pixels(shots)) for span, shots in zip(table["span_s"], table["shots_by_police"], strict=True)
    ]
    texts = [f"{name}: {shots} in {seconds}" if size.name == "desktop" or focus else name
             for name, shots, seconds, focus in zip(table["name"], table["shots"], table["seconds"], table["focus"], strict=True)]  # fmt: skip
    taken = [Box.around(x.pixels(end.span_s), y.pixels(end.shots), 40, 14) for end in ends.itertuples()]
    centres = place_around(points, texts, size=size.small, room=Box(0, 0, width, height), taken=taken)
    named = [(text, x.value(cx), y.value(cy), bool(focus)) for text, focus, centre in zip(texts, table["focus"], centres, strict=True)
             if centre for cx, cy in [centre]]  # fmt: skip
    words = pd.DataFrame(named, columns=["label", "label_s", "label_shots", "focus"])
    label_x = alt.X("label_s:Q", scale=alt.Scale(type="log", domain=[x.low, x.high], nice=False))
    label_y = alt.Y("label_shots:Q", scale=alt.Scale(type="log", domain=[y.low, y.high], nice=False))
    text = alt.Chart(parts.data(words, "labels"))
    layers = [
        alt.Chart(parts.data(lines, "lines of equal pace"))
        .mark_line(color=COLOURS.axis, strokeDash=[2, 3], strokeWidth=1)
        .encode(x=across, y=up, detail="pace:N"),
        alt.Chart(parts.data(ends, "pace labels"))
        .mark_text(color=COLOURS.quiet_text, fontSize=size.small, fontStyle="italic")
        .encode(x=across, y=alt.Y("shots:Q", scale=label_y.to_dict()["scale"]), text="label:N"),
        *_points(table, across, up, ways),
        text.transform_filter("!datum.focus")
        .mark_text(fontSize=size.small, color=COLOURS.text)
        .encode(x=label_x, y=label_y, text="label:N"),
        text.transform_filter("datum.focus")
        .mark_text(fontSize=size.small, color=COLOURS.focus, fontWeight="bold")
        .encode(x=label_x, y=label_y, text="label:N"),
    ]
    return alt.layer(*layers).properties(width=width, height=height)


def _points(table: pd.DataFrame, across: alt.X, up: alt.Y, ways: list[alt.Tooltip]) -> list[alt.Chart]:
    """A layer for each kind of mark: filled where exact, open where about, a triangle where a bound."""
    base = alt.Chart(parts.data(table, "shootings"))
    colour = alt.condition("datum.focus", alt.value(COLOURS.focus), alt.value(COLOURS.context))
    layers = []
    for certainty in MARKS:
        if certainty not in set(table["certainty"]):
            continue
        mark = base.transform_filter(f"datum.certainty == '{certainty}'").mark_point(
            shape=MARKS[certainty], size=75, opacity=1, strokeWidth=2, filled=False
        )
        fill = colour if certainty == "exact" else alt.value(COLOURS.background)
        layers.append(mark.encode(x=across, y=up, stroke=colour, fill=fill, tooltip=ways))
    return layers


def _margin(table: pd.DataFrame, y: _Scale, width: float, size: Layout) -> alt.LayerChart:
    """The shootings whose duration is not public, at their number of shots; on a phone without labels."""
    table = table.sort_values("shots_by_police", ascending=False)
    up = _up(y, None)
    place = alt.value(10 if size.name == "desktop" else width / 2)
    ways = [alt.Tooltip("name:N"), alt.Tooltip("shots:N"), alt.Tooltip("seconds:N")]
    layers = _points(table, place, up, ways)
    if size.name == "desktop":
        wishes = [y.pixels(shots) for shots in table["shots_by_police"]]
        heights = spread(wishes, apart=size.small + 2.5, low=6, high=y.start - 6)
        words = pd.DataFrame(
            {
                "label": [
                    f"{_short(name, 24)}: {shots}" for name, shots in zip(table["name"], table["shots"], strict=True)
                ],
                "label_shots": [y.value(pixels) for pixels in heights],
                "shots_by_police": table["shots_by_police"].to_list(),
            }
        )
        label_y = alt.Y("label_shots:Q", scale=alt.Scale(type="log", domain=[y.low, y.high], nice=False), axis=None)
        named = alt.Chart(parts.data(words, "labels without a duration"))
        layers += [
            named.mark_rule(color=COLOURS.grid, strokeWidth=1).encode(
                x=alt.value(16), x2=alt.value(26), y=up, y2="label_shots:Q"
            ),
            named.mark_text(align="left", fontSize=size.small, limit=width - 28).encode(
                x=alt.value(28), y=label_y, text="label:N"
            ),
        ]
    heading = "Duration not public" if size.name == "desktop" else "No duration"
    return alt.layer(*layers).properties(width=width, height=y.start, title=parts.reading(heading, size, width))


def _up(y: _Scale, title: str | None) -> alt.Y:
    axis = alt.Axis(values=_decades(y), format="d", grid=True) if title else None
    return alt.Y("shots_by_police:Q", title=title, axis=axis,
                 scale=alt.Scale(type="log", domain=[y.low, y.high], nice=False))  # fmt: skip


def _decades(scale: _Scale) -> list[float]:
    steps = [digit * 10.0**power for power in range(-2, 5) for digit in (1, 2, 5)]
    return [step for step in steps if scale.low <= step <= scale.high]


def _pace_lines(x: _Scale, y: _Scale, size: Layout) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Lines of equal shots a second across the plane, and a label for each near where it leaves the plane."""
    lines, ends = [], []
    for pace in PACES:
        start, end = max(x.low, y.low / pace), min(x.high, y.high / pace)
        if start >= end:
            continue
        lines += [(f"{pace:g}", seconds, pace * seconds) for seconds in (start, end)]
        near = x.value(min(x.pixels(end), x.end) - 26)
        if near > start and y.pixels(pace * near) > 10:
            ends.append((f"{pace:g} a second" if size.name == "desktop" else f"{pace:g}/s", near, pace * near))
    frame = pd.DataFrame(lines, columns=["pace", "span_s", "shots_by_police"])
    return frame, pd.DataFrame(ends, columns=["label", "span_s", "shots"])


def _short(name: str, letters: int) -> str:
    return name if len(name) <= letters else name[: letters - 1].rstrip(" ,") + "…"


def _alt(counted: pd.DataFrame, timed: pd.DataFrame, focus: str | None) -> str:
    fastest = timed.dropna(subset="pace").sort_values("pace").iloc[-1]
    text = (
        f"Scatter chart of {len(counted)} documented police shootings by seconds and shots on log scales. "
        f"The fastest is {fastest['name']}, {say(int(fastest['shots_by_police']), fastest['shots_qualifier'])} shots in "
        f"{say(fastest['span_s'], fastest['span_qualifier'])} seconds."
    )
    if focus is not None:
        row = counted[counted["id"] == focus]
        if len(row):
            row = row.iloc[0]
            more = int((counted["shots_by_police"] > row["shots_by_police"]).sum())
            text += (
                f" {row['name']}, in focus: {say(int(row['shots_by_police']), row['shots_qualifier'])} shots; "
                f"{more} of the others had more."
            )
    return text
