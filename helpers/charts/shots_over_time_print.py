"""Shots over time for print, by matplotlib, from the same tables as the chart for the web."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from . import labels, parts, style
from .language import current
from .shots_over_time import (
    Timeline,
    allowed,
    count_words,
    lacks,
    pace_words,
    reported,
    since,
    strip_key,
    timeline,
)
from .style import COLOURS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ..incidents import Incident

__all__ = ["shots_over_time_print"]

WIDTH_IN = 7.2
POINT = 72.0


def shots_over_time_print(incident: Incident, *, window_s: float | None = None) -> Figure:
    """An incident's shots over time in three panels on one time axis, 7.2 inches wide; see ``shots_over_time``.

    Where there is no shot log, what the facts allow; see ``what_facts_allow``.
    An incident that reports no total or no span gets a figure that says so.
    """
    figure = _facts_allow(incident) if incident.shots is None else _log(incident, window_s)
    # As a chart for the web does it, so that publishing knows the language.
    figure.usermeta = {"kit": parts.spoken()}
    return figure


def _log(incident: Incident, window_s: float | None) -> Figure:
    import matplotlib
    from matplotlib.figure import Figure

    time = timeline(incident, window_s=window_s)
    style.register_fonts()
    lanes = time.shots["shooter"].nunique()
    strip = 0.3 + 0.28 * lanes + 0.17 * len(time.events)
    with matplotlib.rc_context(style.matplotlib_style()):
        figure = Figure(figsize=(WIDTH_IN, strip + 3.6), layout="constrained")
        top, middle, bottom = figure.subplots(3, 1, sharex=True, height_ratios=[strip, 1.5, 1.2])
        figure.suptitle(incident.title, x=0.01, ha="left", fontsize=13, fontweight="bold")
        _strip(top, time)
        _so_far(middle, time)
        _pace(bottom, time)
        bottom.set_xlim(time.start_s, time.end_s)
        bottom.set_xticks(time.ticks)
        bottom.set_xlabel(since(time.zero))
        if time.simulated:
            mark = current().say("simulated_mark")
            for axes, height, side in ((top, 0.01, "bottom"), (middle, 0.03, "bottom"), (bottom, 0.99, "top")):
                axes.text(0.99, height, mark, transform=axes.transAxes, ha="right", va=side,
                          color=COLOURS.warning, fontsize=9, fontweight="bold")  # fmt: skip
    return figure


def _strip(axes: Axes, time: Timeline) -> None:
    lanes = list(time.shots["shooter"].unique())
    axes.set_title(
        current().say("strip_print", rows=len(time.shots), count=count_words(time.count), key=strip_key(time)),
        wrap=True,
    )
    axes.spines["bottom"].set_visible(False)
    for confidence, look in (
        ("certain", {"marker": "|", "markersize": 13, "markeredgewidth": 1.4, "color": COLOURS.focus}),
        ("possible", {"marker": "o", "markersize": 5, "markerfacecolor": "white", "color": COLOURS.focus}),
        ("possible echo", {"marker": "x", "markersize": 5, "color": COLOURS.reference}),
    ):
        rows = time.shots[time.shots["confidence"] == confidence]
        others = rows[rows["side"] == "other"]
        if len(others):
            heights = [lanes.index(shooter) for shooter in others["shooter"]]
            axes.plot(others["t_s"], heights, linestyle="none", **look | {"color": COLOURS.event})
            rows = rows[rows["side"] != "other"]
        if len(rows):
            heights = [lanes.index(shooter) for shooter in rows["shooter"]]
            axes.plot(rows["t_s"], heights, linestyle="none", label=confidence, **look)
    heights = [lanes.index(shooter) for shooter in time.shots["shooter"]]
    axes.hlines(heights, time.shots["early_s"], time.shots["late_s"], color=COLOURS.focus, linewidth=0.8, alpha=0.6)
    axes.set_yticks(range(len(lanes)), lanes)
    points = (WIDTH_IN - 0.9) * POINT / (time.end_s - time.start_s)
    starts = [(moment - time.start_s) * points for moment in time.events["t_s"]]
    placed = labels.stack(starts, list(time.events["label"]), size=9, room=(WIDTH_IN - 0.9) * POINT)
    levels = max((level for level, _ in placed), default=-1) + 1
    axes.set_ylim(len(lanes) + 0.2 if time.simulated else len(lanes) - 0.4, -0.6 - 0.6 * levels)
    for event, (level, align) in zip(time.events.itertuples(), placed, strict=True):
        height = -0.6 - 0.6 * (levels - 1 - level)
        axes.vlines(event.t_s, height, len(lanes) - 0.5, color=COLOURS.event, linestyle=(0, (2, 2)), linewidth=0.8)
        shift = 3 if align == "left" else -3
        axes.annotate(event.label, (event.t_s, height), (shift, 0), textcoords="offset points", ha=align, va="bottom",
                      fontsize=8, color=COLOURS.event)  # fmt: skip
    axes.tick_params(bottom=False)


def _so_far(axes: Axes, time: Timeline) -> None:
    axes.set_title(current().say("so_far_print", counted=current().say(time.counted)), wrap=True)
    running = time.cumulative
    axes.fill_between(running["t_s"], running["lowest"], running["highest"], step="post", **style.PRINT_BAND)
    axes.step(running["t_s"], running["lowest"], where="post", color=COLOURS.focus)
    if time.total:
        axes.axhline(time.total.value, color=COLOURS.reference, linestyle=(0, (5, 3)), linewidth=1)
        axes.annotate(reported(time.total), (time.start_s, time.total.value), (2, 2), textcoords="offset points",
                      fontsize=8, color=COLOURS.reference)  # fmt: skip
    axes.set_ylim(0, max(running["highest"].max(), time.total.value if time.total else 0) * 1.12)
    axes.yaxis.get_major_locator().set_params(integer=True)


def _pace(axes: Axes, time: Timeline) -> None:
    speak = current()
    title = speak.say("pace_print", counted=speak.say(time.counted), seconds=speak.number(time.window_s, 6))
    if time.average == time.average:
        title += speak.say("pace_print_average", average=speak.number(time.average, 3))
    axes.set_title(title, wrap=True)
    rate = time.rate
    axes.fill_between(rate["t_s"], rate["lowest"], rate["highest"], step="post", **style.PRINT_BAND)
    axes.step(rate["t_s"], rate["rate"], where="post", color=COLOURS.focus, linewidth=1)
    if time.average == time.average:
        axes.axhline(time.average, color=COLOURS.reference, linestyle=(0, (5, 3)), linewidth=1)
    axes.set_ylim(0, np.nanmax([rate["highest"].max(), time.average]) * (1.35 if time.simulated else 1.1))


def _facts_allow(incident: Incident) -> Figure:
    import matplotlib
    from matplotlib.figure import Figure

    style.register_fonts()
    if lacks(incident):
        figure = Figure(figsize=(WIDTH_IN, 0.8))
        figure.text(0.01, 0.5, lacks(incident), fontfamily=style.FONT, fontsize=11, color=COLOURS.quiet_text)
        return figure
    facts = allowed(incident)
    with matplotlib.rc_context(style.matplotlib_style()):
        figure = Figure(figsize=(WIDTH_IN, 3.8), layout="constrained")
        axes = figure.subplots()
        figure.suptitle(incident.title, x=0.01, ha="left", fontsize=13, fontweight="bold")
        axes.set_title(current().say("allow_print"), wrap=True)
        axes.fill_between(facts.band["t_s"], facts.band["least"], facts.band["most"], **style.PRINT_BAND)
        for count in facts.counts.itertuples():
            axes.axhline(count.shots, color=COLOURS.reference, linestyle=(0, (5, 3)), linewidth=1)
            axes.annotate(count.label, (0, count.shots), (4, 3), textcoords="offset points", color=COLOURS.reference)
        if facts.pace is not None:
            axes.plot([0, facts.end_s], [0, facts.counts["shots"].iloc[0]], color=COLOURS.focus, linestyle=(0, (6, 4)))
            axes.annotate(pace_words(facts.pace), (facts.end_s, facts.counts["shots"].iloc[0] * 0.1), (-6, 0),
                          textcoords="offset points", ha="right", color=COLOURS.focus, fontweight="bold")  # fmt: skip
        axes.set_xlim(0, facts.end_s)
        axes.set_ylim(0, facts.counts["shots"].max() * 1.1)
        axes.set_xlabel(since(incident.zero))
        if incident.simulated:
            axes.text(0.99, 0.03, current().say("simulated_mark"), transform=axes.transAxes, ha="right", va="bottom",
                      color=COLOURS.warning, fontsize=9, fontweight="bold")  # fmt: skip
    return figure
