"""Shots against seconds: documented shootings on log axes, with lines of equal shots a second."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from .. import incidents
from . import parts, style
from .labels import Box, place_around, spread
from .language import current
from .style import COLOURS, Layout

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["shots_against_seconds"]

PACES = (0.5, 1, 2, 5, 10, 20, 50)
MARKS = {
    "exact": ("circle", "mark_exact"),
    "approx": ("circle", "mark_approx"),
    "shots at least": ("triangle-up", "mark_shots_at_least"),
    "shots at most": ("triangle-down", "mark_shots_at_most"),
    "seconds at most": ("triangle-left", "mark_seconds_at_most"),
    "seconds at least": ("triangle-right", "mark_seconds_at_least"),
}


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
        As ``incidents.shootings`` or ``incidents.beside`` gives it. Rows with no count of police shots are not
        drawn; the subtitle counts them.
    focus : str, optional
        The id of the shooting in focus; that of the column ``focus``, where there is one, unless told.
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
    if focus is None and "focus" in shootings:
        focus = next(iter(shootings.loc[shootings["focus"], "id"]), None)
    counted = shootings.dropna(subset="shots_by_police").assign(focus=lambda table: table["id"] == focus)
    timed = counted.dropna(subset="span_s")
    untimed = counted[counted["span_s"].isna()]
    if timed.empty:
        raise ValueError("no shooting in the table has both a count of shots and a span")
    margin = (205 if size.name == "desktop" else 56) if len(untimed) else 0
    width, height = size.width - 58 - margin - (12 if margin else 0), 470 if size.name == "desktop" else 400
    x = _Scale.over(list(timed["span_s"]), 0, width)
    y = _Scale.over(list(counted["shots_by_police"].astype(float)), height, 0)
    panel_tables = [_plotted(timed), _plotted(untimed)]
    panels = [_plane(panel_tables[0], x, y, size)]
    if len(untimed):
        panels.append(_margin(panel_tables[1], y, margin, size))
    chart = alt.hconcat(*panels, spacing=12).resolve_scale(y="independent")
    uncounted = len(shootings) - len(counted)
    speak = current()
    subtitle = speak.say("against_subtitle", counted=len(counted), timed=len(timed), key=_key(panel_tables))
    subtitle += speak.say("against_uncounted", uncounted=uncounted) if uncounted else ""
    # With the figures in words, for a bare 10 would lose its "at least".
    columns = ["name", "shots_by_police", "shots", "span_s", "seconds"]
    tables = {"timed shootings": columns, "shootings without a duration": columns[:3]}
    return parts.titled(chart, speak.say("against_title"), subtitle, size, alt_text=_alt(counted, timed, focus),
                        tables=tables, status="reported")  # fmt: skip


def _key(tables: list[pd.DataFrame]) -> str:
    drawn = {certainty for table in tables for certainty in table["certainty"]}
    text = "; ".join(current().say(key) for certainty, (_, key) in MARKS.items() if certainty in drawn)
    return text[:1].upper() + text[1:]


def _plotted(table: pd.DataFrame) -> pd.DataFrame:
    """The columns that are drawn, and the words that say them."""
    drawn = table[["name", "shots_by_police", "shots_qualifier", "span_s", "span_qualifier", "focus"]].copy()
    drawn["shots_by_police"] = drawn["shots_by_police"].astype(int)
    speak = current()
    drawn["shots"] = [
        speak.stated(*pair) for pair in zip(drawn["shots_by_police"], drawn["shots_qualifier"], strict=True)
    ]
    drawn["seconds"] = [
        speak.say("not_public") if pd.isna(span) else speak.stated(span, qualifier, "s")
        for span, qualifier in zip(drawn["span_s"], drawn["span_qualifier"], strict=True)
    ]
    drawn["certainty"] = [
        _certainty(*pair)
        for pair in zip(drawn["shots_qualifier"], drawn["span_qualifier"].fillna("exact"), strict=True)
    ]
    return drawn


def _certainty(shots: str, span: str) -> str:
    """Which mark says how the two figures are known; a bound says more than an 'about'."""
    for axis, qualifier in (("shots", shots), ("seconds", span)):
        if qualifier in ("at_least", "at_most"):
            return f"{axis} {qualifier.replace('_', ' ')}"
    return "approx" if "approx" in (shots, span) else "exact"


def _plane(table: pd.DataFrame, x: _Scale, y: _Scale, size: Layout) -> alt.LayerChart:
    width, height = x.end, y.start
    table = table.sort_values(["focus", "shots_by_police"], ascending=False)
    across = _log(alt.X("span_s:Q"), x).title(current().say("against_x")).axis(values=_decades(x), format="~g")
    up = _up(y, current().say("allow_counts_tip"))
    ways = _ways()
    words, taken = _labels(table, x, y, size)
    lines, ends = _pace_lines(x, y, size, taken)
    label_x, label_y = _log(alt.X("label_s:Q"), x), _log(alt.Y("label_shots:Q"), y)
    text = alt.Chart(parts.data(words, "labels"))
    layers = [
        alt.Chart(parts.data(lines, "lines of equal pace"))
        .mark_line(color=COLOURS.axis, strokeDash=[2, 3], strokeWidth=1)
        .encode(x=across, y=up, detail="pace:N"),
        *parts.text_on_lines(
            alt.Chart(parts.data(ends, "pace labels")),
            {"x": across, "y": _log(alt.Y("shots:Q"), y), "text": "label:N"},
            color=COLOURS.quiet_text,
            fontSize=size.small,
            fontStyle="italic",
        ),
        *_points(table, "timed shootings", across, up, ways),
    ]
    for chosen, look in (
        ("!datum.focus", {"color": COLOURS.text}),
        ("datum.focus", {"color": COLOURS.focus, "fontWeight": "bold"}),
    ):
        layers += parts.text_on_lines(
            text.transform_filter(chosen), {"x": label_x, "y": label_y, "text": "label:N"}, fontSize=size.small, **look
        )
    return alt.layer(*layers).properties(width=width, height=height)


def _labels(table: pd.DataFrame, x: _Scale, y: _Scale, size: Layout) -> tuple[pd.DataFrame, list[Box]]:
    """Labels that found a free place (``label, label_s, label_shots, focus``), and the boxes of marks and labels."""
    rows = table.to_dict("records")
    points = [(x.pixels(row["span_s"]), y.pixels(row["shots_by_police"])) for row in rows]
    bold = list(table["focus"])
    full = [current().say("against_label", **{key: row[key] for key in ("name", "shots", "seconds")}) for row in rows]
    # On a phone only the one in focus gets its figures, and where they do not fit, its name.
    names = [row["name"] for row in rows]
    first = [whole if focus else name for whole, name, focus in zip(full, names, bold, strict=True)]
    for texts in (full if size.name == "desktop" else first, names):
        centres = place_around(points, texts, size=size.small, room=Box(0, 0, x.end, y.start), mark=12, bold=bold)
        if not any(focus and centre is None for focus, centre in zip(bold, centres, strict=True)):
            break
    taken = [Box.around(*point, 12, 12) for point in points]
    named = []
    for text, focus, centre in zip(texts, bold, centres, strict=True):
        if centre is not None:
            named.append((text, x.value(centre[0]), y.value(centre[1]), bool(focus)))
            taken.append(Box.around(*centre, style.text_width(text, size.small, bold=focus) + 4, size.small * 1.25))
    return pd.DataFrame(named, columns=["label", "label_s", "label_shots", "focus"]), taken


def _points(table: pd.DataFrame, name: str, across: alt.X, up: alt.Y, ways: list[alt.Tooltip]) -> list[alt.Chart]:
    """A layer for each kind of mark: filled where exact, open where about, a triangle where a bound."""
    base = alt.Chart(parts.data(table, name))
    colour = alt.condition("datum.focus", alt.value(COLOURS.focus), alt.value(COLOURS.context))
    layers = []
    for certainty in MARKS:
        if certainty not in set(table["certainty"]):
            continue
        mark = base.transform_filter(f"datum.certainty == '{certainty}'").mark_point(
            shape=MARKS[certainty][0], size=75, opacity=1, strokeWidth=2, filled=False
        )
        fill = colour if certainty == "exact" else alt.value(COLOURS.background)
        layers.append(mark.encode(x=across, y=up, stroke=colour, fill=fill, tooltip=ways))
    return layers


def _ways() -> list[alt.Tooltip]:
    """What a tooltip tells of a shooting."""
    return [alt.Tooltip(f"{name}:N", title=current().say(f"tip_{name}")) for name in ("name", "shots", "seconds")]


def _margin(table: pd.DataFrame, y: _Scale, width: float, size: Layout) -> alt.LayerChart:
    """The shootings whose duration is not public, at their number of shots; on a phone without labels."""
    table = table.sort_values("shots_by_police", ascending=False)
    up = _up(y, None)
    place = alt.value(10 if size.name == "desktop" else width / 2)
    ways = _ways()
    layers = _points(table, "shootings without a duration", place, up, ways)
    if size.name == "desktop":
        wishes = [y.pixels(shots) for shots in table["shots_by_police"]]
        heights = spread(wishes, apart=size.small + 2.5, low=6, high=y.start - 6)
        words = pd.DataFrame(
            {
                "label": [
                    _fitted(*pair, width - 30, size.small) for pair in zip(table["name"], table["shots"], strict=True)
                ],
                "label_shots": [y.value(pixels) for pixels in heights],
                "shots_by_police": table["shots_by_police"].to_list(),
            }
        )
        label_y = _log(alt.Y("label_shots:Q"), y).axis(None)
        named = alt.Chart(parts.data(words, "labels without a duration"))
        layers += [
            named.mark_rule(color=COLOURS.axis, strokeWidth=0.5).encode(
                x=alt.value(16), x2=alt.value(26), y=up, y2="label_shots:Q"
            ),
            named.mark_text(align="left", fontSize=size.small).encode(x=alt.value(28), y=label_y, text="label:N"),
        ]
    heading = current().say("against_margin" if size.name == "desktop" else "against_margin_short")
    return alt.layer(*layers).properties(width=width, height=y.start, title=parts.reading(heading, size, width))


def _up(y: _Scale, title: str | None) -> alt.Y:
    up = _log(alt.Y("shots_by_police:Q"), y).title(title)
    return up.axis(values=_decades(y), format="d") if title else up.axis(None)


def _log(channel: alt.X | alt.Y, scale: _Scale) -> alt.X | alt.Y:
    return channel.scale(type="log", domain=[scale.low, scale.high], nice=False)


def _decades(scale: _Scale) -> list[float]:
    steps = [digit * 10.0**power for power in range(-2, 5) for digit in (1, 2, 5)]
    return [step for step in steps if scale.low <= step <= scale.high]


def _pace_lines(x: _Scale, y: _Scale, size: Layout, taken: list[Box]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Lines of equal shots a second across the plane, each labelled at the free place nearest its upper end."""
    lines, labels = [], []
    taken = list(taken)
    for pace in PACES:
        start, end = max(x.low, y.low / pace), min(x.high, y.high / pace)
        if start >= end:
            continue
        lines += [(f"{pace:g}", seconds, pace * seconds) for seconds in (start, end)]
        label = current().say("pace_line", pace=f"{pace:g}") if size.name == "desktop" else f"{pace:g}/s"
        width, height = style.text_width(label, size.small) + 6, size.small * 1.3
        across = x.pixels(end) - width / 2 - 4
        while across > x.pixels(start) + width / 2:
            box = Box.around(across, y.pixels(pace * x.value(across)), width, height)
            if box.within(Box(0, 0, x.end, y.start)) and not any(box.overlaps(other) for other in taken):
                labels.append((label, x.value(across), pace * x.value(across)))
                taken.append(box)
                break
            across -= 4
    frame = pd.DataFrame(lines, columns=["pace", "span_s", "shots_by_police"])
    return frame, pd.DataFrame(labels, columns=["label", "span_s", "shots"])


def _fitted(name: str, rest: str, width: float, size: int) -> str:
    """``name: rest`` in no more than that many pixels; the name is cut, the figure never."""
    if style.text_width(f"{name}: {rest}", size) <= width:
        return f"{name}: {rest}"
    while name and style.text_width(f"{name}…: {rest}", size) > width:
        name = name[:-1].rstrip(" ,")
    return f"{name}…: {rest}"


def _alt(counted: pd.DataFrame, timed: pd.DataFrame, focus: str | None) -> str:
    speak = current()

    def told(row) -> str:
        shots = speak.stated(int(row["shots_by_police"]), row["shots_qualifier"])
        return f"{row['name']}, {speak.say('fact_shots', value=shots)}"

    text = speak.say("against_alt", counted=len(counted))
    paced = timed.dropna(subset="pace").sort_values("pace")
    if len(paced):
        fastest = paced.iloc[-1]
        span = speak.stated(fastest["span_s"], fastest["span_qualifier"])
        text += speak.say("against_fastest", told=told(fastest), span=span)
    if focus is not None:
        row = counted[counted["id"] == focus]
        if len(row):
            rank = incidents.rank(counted, "shots_by_police", "shots_qualifier")
            place = speak.say("rank", more=rank.more, less=rank.less, others=rank.others)
            place += speak.say("rank_unclear", unclear=rank.unclear) if rank.unclear else ""
            text += speak.say("against_focus", told=told(row.iloc[0]), rank=place)
    return text
