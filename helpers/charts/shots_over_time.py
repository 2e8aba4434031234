"""Shots over time: who fired when, how many so far, how fast; and what the facts allow where there is no shot log.

The tables are made once and drawn twice, by Altair for the web and by matplotlib for print.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np
import pandas as pd

from .. import incidents, shots
from . import labels, parts, style
from .language import current
from .style import COLOURS, Layout

if TYPE_CHECKING:
    from ..incidents import Incident

__all__ = ["allowed", "lacks", "shots_over_time", "strip_key", "timeline", "what_facts_allow"]


@dataclass(frozen=True)
class Timeline:
    """The tables behind the chart, times in seconds after the incident's zero.

    ``shots``: ``t_s, early_s, late_s, shooter, confidence, status``, a row a shot. ``events``: ``t_s, label``, timed
    ones only. ``cumulative``: ``t_s, lowest, highest``, steps, from 0. ``rate``: ``t_s, rate, lowest, highest``.
    ``ticks`` are the axis's, no finer than twice the largest timing error.
    """

    shots: pd.DataFrame
    events: pd.DataFrame
    cumulative: pd.DataFrame
    rate: pd.DataFrame
    window_s: float
    start_s: float
    end_s: float
    zero: str
    simulated: bool
    ticks: list[float]
    total: Any
    average: float
    count: shots.Count
    police: shots.Count
    span: shots.Span
    counted: str


def timeline(incident: Incident, *, window_s: float | None = None) -> Timeline:
    """The tables of an incident's shots over time.

    Raises
    ------
    ValueError
        If the incident has no shot log.
    """
    log = incident.shots
    if log is None:
        raise ValueError(f"{incident.id} has no shot log; use what_facts_allow")
    police = shots.by_police(log)
    span = shots.span(log)
    window_s = shots.window_for(police) if window_s is None else window_s
    events = incident.events.dropna(subset="t_s")[["t_s", "label"]].sort_values("t_s").reset_index(drop=True)
    bound = log["u_s"].fillna(0)
    marks = log[["t_s", "shooter", "side", "confidence", "status"]].reset_index(drop=True)
    marks.insert(1, "early_s", (log["t_s"] - bound).round(9).to_numpy())
    marks.insert(2, "late_s", (log["t_s"] + bound).round(9).to_numpy())
    first, last = (edge([moment, *events["t_s"]]) for edge, moment in ((min, span.first_s), (max, span.last_s)))
    # From the zero, unless that would leave the shots a corner of the chart.
    first = first if first < 0 or first > 0.3 * last else 0.0
    extent = max(last - first, window_s)
    step = parts.nice_step(extent, most=10, least=2 * bound.max())
    pad = 0.02 * extent
    running = shots.cumulative(police)
    start, end = first - max(pad, window_s / 2), last + max(pad, window_s / 2)
    ends = pd.DataFrame({"t_s": [start, end], "lowest": [0, running["lowest"].iloc[-1]],
                         "highest": [0, running["highest"].iloc[-1]]})  # fmt: skip
    running = pd.concat([ends[:1], running, ends[1:]], ignore_index=True)
    return Timeline(
        shots=marks,
        events=events,
        cumulative=running,
        rate=shots.rate(police, window_s=window_s),
        window_s=window_s,
        start_s=start,
        end_s=end,
        zero=incident.zero,
        simulated=incident.simulated,
        ticks=[round(step * number, 9) for number in range(math.ceil(first / step), int(last / step + 1e-9) + 1)],
        total=incident.fact("shots_by_police"),
        average=_average(police),
        count=shots.count(log),
        police=shots.count(police),
        span=span,
        # A log made from sound names no side: its shots are everybody's, and must not be called the police's.
        counted="shots_by_police" if (log["side"] == "police").any() else "shots_by_anyone",
    )


def _average(police: pd.DataFrame) -> float:
    """Certain shots a second between the first and the last: gaps over seconds, for n shots have n - 1 gaps."""
    certain = police[police["confidence"] == "certain"]
    span = shots.span(certain).span_s if len(certain) > 1 else 0.0
    return (len(certain) - 1) / span if span else float("nan")


def shots_over_time(
    incident: Incident, *, layout: str | Layout = "desktop", window_s: float | None = None
) -> alt.VConcatChart:
    """An incident's shots over time in three panels on one time axis; what the facts allow where there is no log.

    Parameters
    ----------
    incident : Incident
        See ``incidents.load``.
    layout : {'desktop', 'mobile'}
    window_s : float, optional
        The moving window of the rate, in seconds; ``shots.window_for`` unless told.

    Returns
    -------
    altair chart
        A strip with a lane a shooter; shots so far, from certain to possible, beside the reported total; shots a
        second in the moving window (a rectangle, see ``shots.rate``) beside the average.
    """
    if incident.shots is None:
        return what_facts_allow(incident, layout=layout)
    size, time = style.layout(layout), timeline(incident, window_s=window_s)
    lanes = max(style.text_width(shooter, size.small) for shooter in time.shots["shooter"])
    width = size.width - min(max(lanes + 14, 36), size.width * 0.35) - 12
    panels = [panel(time, size, width) for panel in (_strip, _so_far, _pace)]
    chart = alt.vconcat(*panels, spacing=14).resolve_scale(x="shared")
    tables = {
        "shots": ["t_s", "early_s", "late_s", "shooter", "side", "confidence", "status"],
        "events": ["t_s", "label"],
        "shots so far": list(time.cumulative),
        "reported total": ["total", "label"],
        "shots a second": list(time.rate),
        "average": ["average"],
    }
    return parts.titled(chart, incident.title, _counted(incident, time), size, alt_text=_log_alt(incident, time),
                        tables=tables, status=incident.status)  # fmt: skip


def _counted(incident: Incident, time: Timeline) -> str:
    speak = current()
    return speak.say(
        "log_subtitle",
        place=incident.place,
        rows=len(time.shots),
        status=speak.term(incident.status),
        count=count_words(time.count),
        shooters=_who(time),
    )


def _who(time: Timeline) -> str:
    """How many shooters the log names; shots by nobody known are no shooter."""
    speak = current()
    named = time.shots["shooter"][time.shots["shooter"] != "unknown"].nunique()
    if not named:
        return speak.say("shooters_unknown")
    unknown = (time.shots["shooter"] == "unknown").any()
    return speak.count("shooters", named) + (speak.say("shooters_and_unknown") if unknown else "")


def _lanes(time: Timeline) -> str:
    lanes = time.shots["shooter"].nunique()
    return current().say("lanes", number=lanes) if lanes > 1 else current().say("one_lane", who=_who(time))


def count_words(count: shots.Count) -> str:
    """How many shots in words, as ``shots.Count`` says it, in the language that is drawn in."""
    speak = current()
    text = speak.say("count_confirmed", confirmed=count.certain + count.echoes)
    text += speak.say("count_possible", possible=count.possible) if count.possible else ""
    return text + (speak.count("count_echoes", count.echoes) if count.echoes else "")


def _log_alt(incident: Incident, time: Timeline) -> str:
    speak, low, high = current(), time.count.lowest, time.count.highest
    told = speak.say(
        "log_alt",
        title=incident.title,
        shots=speak.say("log_alt_range", low=low, high=high) if low < high else str(len(time.shots)),
        seconds=speak.number(time.span.span_s, 4),
        lanes=_lanes(time),
        peak=speak.number(time.rate["rate"].max(), 3),
        window=speak.number(time.window_s, 6),
    )
    return (speak.say("simulated_alt") if incident.simulated else "") + told


def _x(time: Timeline, *, last: bool, field: str = "t_s") -> alt.X:
    decimals = max(len(f"{tick:g}".partition(".")[2]) for tick in time.ticks)
    axis = alt.Axis(
        values=time.ticks,
        format=f".{decimals}f",
        grid=False,
        labels=last,
        ticks=last,
        domain=last,
        title=since(time.zero) if last else None,
        labelFlush=False,
    )
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[time.start_s, time.end_s], nice=False, zero=False), axis=axis)


def since(zero: str) -> str:
    """The time axis's title."""
    return current().say("seconds_after", zero=current().term(zero))


def _strip(time: Timeline, size: Layout, width: float) -> alt.LayerChart:
    """A lane a shooter, and events hanging from above in as many levels as keep their labels apart."""
    lanes = list(time.shots["shooter"].unique())
    lane = 30 if len(lanes) > 1 else 44
    pixels = width / (time.end_s - time.start_s)
    events = time.events.copy()
    starts = [(moment - time.start_s) * pixels for moment in events["t_s"]]
    placed = labels.stack(starts, list(events["label"]), size=size.small, room=width)
    levels = max((level for level, _ in placed), default=-1) + 1
    head = levels * (size.small + 5)
    height = head + lane * len(lanes) + (24 if time.simulated else 6)
    events["y"] = [level * (size.small + 5) + size.small / 2 for level, _ in placed]
    events["align"] = [align for _, align in placed]
    marks = time.shots.assign(y=[head + lane * (lanes.index(shooter) + 0.5) for shooter in time.shots["shooter"]])
    speak = current()
    told = {column: column for column in ("confidence", "status")}
    if speak.terms:
        told = {column: f"{column} said" for column in told}
        marks = marks.assign(**{told[column]: [speak.term(word) for word in marks[column]] for column in told})
    names = pd.DataFrame({"shooter": lanes, "y": [head + lane * (number + 0.5) for number in range(len(lanes))]})

    def y(field: str = "y") -> alt.Y:
        return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[height, 0], nice=False, zero=False), axis=None)

    x = _x(time, last=False)
    shot = alt.Chart(parts.data(marks, "shots"))
    colour = alt.condition("datum.side == 'other'", alt.value(COLOURS.event), alt.value(COLOURS.focus))
    tooltip = [
        alt.Tooltip("t_s:Q", title=speak.say("tip_seconds"), format=".3~f"),
        alt.Tooltip("shooter:N", title=speak.say("tip_shooter")),
        alt.Tooltip(f"{told['confidence']}:N", title=speak.say("tip_confidence")),
        alt.Tooltip(f"{told['status']}:N", title=speak.say("tip_status")),
    ]
    layers = [
        alt.Chart(parts.data(names, "lanes")).mark_rule(color=COLOURS.grid).encode(y=y()),
        alt.Chart(parts.data(names, "lanes"))
        .mark_text(align="right", baseline="middle", fontSize=size.small, dx=-6, limit=size.width - width - 12)
        .encode(y=y(), text="shooter:N", x=alt.value(0)),
        shot.mark_rule(color=COLOURS.focus, opacity=0.55, strokeWidth=1.5).encode(
            x=_x(time, last=False, field="early_s"), x2="late_s:Q", y=y()
        ),
        shot.transform_filter("datum.confidence == 'certain'")
        .mark_tick(orient="vertical", thickness=2, size=lane * 0.62, opacity=1)
        .encode(x=x, y=y(), color=colour, detail="status:N", tooltip=tooltip),
        shot.transform_filter("datum.confidence == 'possible'")
        .mark_point(filled=False, fill=COLOURS.background, stroke=COLOURS.focus, strokeWidth=1.5, size=55, opacity=1)
        .encode(x=x, y=y(), tooltip=tooltip),
        shot.transform_filter("datum.confidence == 'possible echo'")
        .mark_point(shape="cross", angle=45, filled=True, fill=COLOURS.reference, size=60, opacity=1)
        .encode(x=x, y=y(), tooltip=tooltip),
    ]
    if len(events):
        named = alt.Chart(parts.data(events, "events"))
        layers.append(
            named.mark_rule(color=COLOURS.event, strokeDash=[2, 2]).encode(
                x=x, y=y(), y2=alt.value(head + lane * len(lanes))
            )
        )
        for align, shift in (("left", 4), ("right", -4)):
            layers.append(
                named.transform_filter(f"datum.align == '{align}'")
                .mark_text(align=align, dx=shift, baseline="middle", fontSize=size.small, color=COLOURS.event)
                .encode(x=x, y=y(), text="label:N")
            )
    if time.simulated:
        layers.append(parts.simulated_layer(size, width, height - 10, align="right"))
    return alt.layer(*layers).properties(width=width, height=height, title=parts.reading(strip_key(time), size, width))


def strip_key(time: Timeline) -> str:
    """How to read the strip, naming only the marks that are in it."""
    words, speak = set(time.shots["confidence"]), current()
    key = [speak.say("strip_key")]
    key += [speak.say("strip_possible")] if "possible" in words else []
    key += [speak.say("strip_echo")] if "possible echo" in words else []
    key += [speak.say("strip_other")] if "other" in set(time.shots["side"]) else []
    if (time.shots["late_s"] > time.shots["early_s"]).any():
        largest = (time.shots["late_s"] - time.shots["early_s"]).max() / 2
        key.append(speak.say("strip_error", seconds=speak.number(largest, 6)))
    return "; ".join(key) + "."


def _so_far(time: Timeline, size: Layout, width: float) -> alt.LayerChart:
    height = 150
    x = _x(time, last=False)
    most = max(time.cumulative["highest"].max(), time.total.value if time.total else 0)
    scale = alt.Scale(domain=[0, most * 1.12], nice=False)
    axis = alt.Axis(title=None, tickCount=4, format="d", tickMinStep=1)
    running = alt.Chart(parts.data(time.cumulative, "shots so far"))
    layers = [
        running.mark_area(interpolate="step-after", **style.BAND).encode(
            x=x, y=alt.Y("lowest:Q", scale=scale, axis=axis), y2="highest:Q"
        ),
        running.mark_line(interpolate="step-after", color=COLOURS.focus).encode(x=x, y=alt.Y("lowest:Q", scale=scale)),
    ]
    if time.total:
        words = pd.DataFrame({"total": [int(time.total.value)], "label": [reported(time.total)]})
        told = alt.Chart(parts.data(words, "reported total"))
        y = alt.Y("total:Q", scale=scale)
        layers += [
            told.mark_rule(color=COLOURS.reference, strokeDash=[5, 3]).encode(y=y),
            told.mark_text(align="left", baseline="bottom", dy=-3, color=COLOURS.reference, fontSize=size.small).encode(
                y=y, x=alt.value(2), text="label:N"
            ),
        ]
    if time.simulated:
        layers.append(parts.simulated_layer(size, width, height - 16, align="right"))
    low, high = time.police.lowest, time.police.highest
    speak = current()
    heading = speak.say("so_far_band" if high > low else "so_far", counted=speak.say(time.counted), low=low, high=high)
    return alt.layer(*layers).properties(width=width, height=height, title=parts.reading(heading, size, width))


def reported(total: Any) -> str:
    return current().say("reported", count=current().stated(total.value, total.qualifier))


def _pace(time: Timeline, size: Layout, width: float) -> alt.LayerChart:
    height = 110
    x = _x(time, last=True)
    top = np.nanmax([time.rate["highest"].max(), time.average])
    scale = alt.Scale(domain=[0, top * (1.35 if time.simulated else 1.1)], nice=False)
    axis = alt.Axis(title=None, tickCount=4)
    moving = alt.Chart(parts.data(time.rate, "shots a second"))
    layers = [
        moving.mark_area(interpolate="step-after", clip=True, **style.BAND).encode(
            x=x, y=alt.Y("lowest:Q", scale=scale, axis=axis), y2="highest:Q"
        ),
        moving.mark_line(interpolate="step-after", clip=True, color=COLOURS.focus, strokeWidth=1.5).encode(
            x=x, y=alt.Y("rate:Q", scale=scale)
        ),
    ]
    speak = current()
    heading = speak.say("pace_panel", counted=speak.say(time.counted), seconds=speak.number(time.window_s, 6))
    if time.average == time.average:
        told = alt.Chart(parts.data(pd.DataFrame({"average": [time.average]}), "average"))
        layers.append(
            told.mark_rule(color=COLOURS.reference, strokeDash=[5, 3]).encode(y=alt.Y("average:Q", scale=scale))
        )
        heading += speak.say("pace_average", average=speak.number(time.average, 3))
    if time.simulated:
        layers.append(parts.simulated_layer(size, width, 8, align="right"))
    return alt.layer(*layers).properties(width=width, height=height, title=parts.reading(heading, size, width))


@dataclass(frozen=True)
class Allowed:
    """The tables behind the chart of what the facts allow.

    ``band``: ``t_s, least, most``, the band's corners in order. ``counts``: ``shots, label``, a row a count of police
    shots, the one the band is drawn for first. ``pace`` is a fact or None; ``end_s`` the span.
    """

    band: pd.DataFrame
    counts: pd.DataFrame
    pace: Any
    end_s: float


def allowed(incident: Incident) -> Allowed:
    """The tables of what an incident's facts allow.

    Raises
    ------
    ValueError
        If the incident reports no total or no span: there is nothing to draw.
    """
    total, span = incident.fact("shots_by_police"), incident.fact("firing_span")
    if lacks(incident):
        raise ValueError(f"{incident.id}: {lacks(incident)}")
    band = incidents.band(int(total.value), float(span.value), incident.partial_bounds())
    corners = [(edge, row.least, row.most) for row in band.itertuples() for edge in (row.start_s, row.end_s)]
    stated, speak = incident.all("shots_by_police"), current()
    counts = pd.DataFrame(
        {
            "shots": [int(fact.value) for fact in stated],
            "label": [
                f"{speak.stated(fact.value, fact.qualifier)} {speak.term(fact.basis or 'reported')}" for fact in stated
            ],
        }
    )
    corners = pd.DataFrame(corners, columns=["t_s", "least", "most"])
    return Allowed(corners, counts, incidents.pace(incident), float(span.value))


def lacks(incident: Incident) -> str:
    """Why there is nothing to draw of an incident without a shot log; '' where there is."""
    speak = current()
    shots_told, span_told = (incident.fact(name) is not None for name in ("shots_by_police", "firing_span"))
    if not shots_told and not span_told:
        return speak.say("lacks_both", shots=speak.say("lacks_shots"), span=speak.say("lacks_span"))
    if shots_told and span_told:
        return ""
    return speak.say("lacks_one", what=speak.say("lacks_span" if shots_told else "lacks_shots"))


def _nothing(incident: Incident, why: str, size: Layout) -> alt.LayerChart:
    words = pd.DataFrame({"what is missing": style.wrap(why, size.width - 40, size.subtitle)})
    words["line"] = range(len(words))
    chart = (
        alt.Chart(parts.data(words, "missing"))
        .mark_text(align="left", fontSize=size.subtitle, color=COLOURS.quiet_text)
        .encode(x=alt.value(4), y=alt.Y("line:O", axis=None), text="what is missing:N")
        .properties(width=size.width - 48, height=26 * len(words))
    )
    told = current().say("nothing_alt", title=incident.title, why=why)
    return parts.titled(chart, incident.title, incident.place, size, alt_text=told,
                        tables={"missing": ["what is missing"]}, status=incident.status)  # fmt: skip


def what_facts_allow(incident: Incident, *, layout: str | Layout = "desktop") -> alt.LayerChart:
    """The fewest and the most shots that police could have fired by each second, and the average pace.

    The band is ``incidents.band`` of the reported total, span and timed partial counts. Other counts of the same
    shots are drawn as further lines. An incident that reports no total or no span gets a panel that says so.
    """
    size = style.layout(layout)
    lacking = lacks(incident)
    if lacking:
        return _nothing(incident, lacking, size)
    facts = allowed(incident)
    width, height = size.width - 48, 320 if size.name == "desktop" else 260
    x = (
        alt.X("t_s:Q", title=since(incident.zero))
        .scale(domain=[0, facts.end_s], nice=False)
        .axis(values=_ticks(facts.end_s, size), grid=False)
    )
    scale = alt.Scale(domain=[0, facts.counts["shots"].max() * 1.1], nice=False)
    y = alt.Y("shots:Q", scale=scale)
    told = alt.Chart(parts.data(facts.counts, "counts"))
    layers = [
        alt.Chart(parts.data(facts.band, "band"))
        .mark_area(**style.BAND)
        .encode(
            x=x,
            y=alt.Y("least:Q", scale=scale, title=None, axis=alt.Axis(tickMinStep=1, format="d", grid=False)),
            y2="most:Q",
        ),
        told.mark_rule(color=COLOURS.reference, strokeDash=[5, 3]).encode(
            y=y, tooltip=[alt.Tooltip("label:N", title=current().say("allow_counts_tip"))]
        ),
        told.mark_text(
            align="left", baseline="bottom", dx=4, dy=-3, color=COLOURS.reference, fontSize=size.label
        ).encode(x=alt.value(0), y=y, text="label:N"),
    ]
    if facts.pace is not None:
        total = int(facts.counts["shots"].iloc[0])
        line = pd.DataFrame({"t_s": [0.0, facts.end_s], "shots": [0, total]})
        words = pd.DataFrame({"t_s": [facts.end_s], "shots": [total * 0.14], "label": [pace_words(facts.pace)]})
        look = {"color": COLOURS.focus, "fontSize": size.label, "fontWeight": "bold"}
        layers += [
            alt.Chart(parts.data(line, "average pace"))
            .mark_line(color=COLOURS.focus, strokeDash=[6, 4])
            .encode(x=x, y=y),
            alt.Chart(parts.data(words, "average label"))
            .mark_text(align="right", baseline="top", dx=-8, **look)
            .encode(x=x, y=y, text="label:N"),
        ]
    if incident.simulated:
        layers.append(parts.simulated_layer(size, width - 8, height - 14, align="right"))
    chart = alt.layer(*layers).properties(width=width, height=height)
    subtitle = current().say("allow_subtitle", place=incident.place) + _bounded(incident)
    tables = {"band": list(facts.band), "counts": list(facts.counts), "average pace": ["t_s", "shots"]}
    return parts.titled(chart, incident.title, subtitle, size, alt_text=_band_alt(incident, facts.pace), tables=tables,
                        status="simulated" if incident.simulated else "reported")  # fmt: skip


def _bounded(incident: Incident) -> str:
    """What a total or span that is only a bound leaves open above or beside the area."""
    total, span, speak = incident.fact("shots_by_police"), incident.fact("firing_span"), current()
    told = {"at_least": "more_fired", "at_most": "fewer_fired"}.get(total.qualifier)
    text = speak.say("allow_drawn_for", total=_shots(total), open=speak.say(told)) if told else ""
    told = {"at_least": "been_longer", "at_most": "been_shorter"}.get(span.qualifier)
    length = speak.stated(span.value, span.qualifier, "s")
    return text + (speak.say("allow_span", span=length, open=speak.say(told)) if told else "")


def _shots(total: Any) -> str:
    speak = current()
    return speak.say("fact_shots", value=speak.stated(total.value, total.qualifier))


def pace_words(pace: Any) -> str:
    speak = current()
    return speak.say("average_pace", pace=speak.say("fact_pace", value=speak.stated(pace.value, pace.qualifier)))


def _ticks(end: float, size: Layout) -> list[float]:
    step = parts.nice_step(end, most=8 if size.name == "desktop" else 5)
    return [round(step * number, 9) for number in range(int(end / step + 1e-9) + 1)]


def _band_alt(incident: Incident, pace: Any) -> str:
    total, span = incident.fact("shots_by_police"), incident.fact("firing_span")
    speak = current()
    told = speak.say(
        "allow_alt", title=incident.title, total=_shots(total), span=speak.stated(span.value, span.qualifier)
    )
    told = (speak.say("simulated_alt") if incident.simulated else "") + told
    if not pace:
        return told
    average = speak.say("fact_pace", value=speak.stated(pace.value, pace.qualifier))
    return told + speak.say("allow_alt_pace", pace=average)
