"""The sound of an incident's recordings under one another on one clock, with what was proposed or decided on each.

The picture of a review, for a page or a notebook; the review itself is done in ``footage.review``'s widget.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from . import parts, style
from .style import COLOURS, Layout

if TYPE_CHECKING:
    from ..footage.review import Review
    from ..footage.review.opening import Footage

__all__ = ["reviewing", "sound_with_marks"]

COLUMNS = 360
# How each word is drawn: by shape as well as by colour, as in shots_over_time.
_SHAPES = {
    "certain": ("triangle-down", COLOURS.focus, True),
    "possible": ("circle", COLOURS.focus, False),
    "possible echo": ("cross", COLOURS.reference, True),
    "rejected": ("stroke", COLOURS.axis, False),
    "not reviewed": ("diamond", COLOURS.event, False),
}
_WORDS = {"confirmed": "certain", "possible": "possible", "echo": "possible echo", "rejected": "rejected", "": ""}


def reviewing(footage: Footage, review: Review, *, live: bool = False, title: str = "") -> Any:
    """The review's widget, to work in; or, unless ``live``, the picture of where the review stands.

    A widget cannot be stored in a notebook: it needs its kernel, and differs from run to run.
    """
    if not live:
        return sound_with_marks(footage, review)
    from ..footage.review.widget import ReviewWidget

    return ReviewWidget(review, footage.clips, title=title)


def sound_with_marks(footage: Footage, review: Review | None = None, *, layout: str | Layout = "desktop") -> Any:
    """Each recording's waveform on the reference clock, with the marks of a review, or the proposals without one.

    Parameters
    ----------
    footage : Footage
        From ``review.opening.open_footage``.
    review : Review, optional
        Whose verdicts to draw.
    layout : {'desktop', 'mobile'}
    """
    size = style.layout(layout)
    marks = _marks(footage, review)
    peaks = [_peaks(footage, place) for place in range(len(footage.clips))]
    start, stop = min(table["t_s"].min() for table in peaks), max(table["t_s"].max() for table in peaks)
    x_scale = alt.Scale(domain=[float(start), float(stop)], nice=False, zero=False)
    height = 96 if size.name == "desktop" else 70
    panels = [
        _panel(footage, place, table, marks, x_scale, size, height, last=place == len(peaks) - 1)
        for place, table in enumerate(peaks)
    ]
    chart = alt.vconcat(*panels, spacing=10)
    counts = marks["said"].value_counts()
    told = ", ".join(f"{counts[word]} {word}" for word in _SHAPES if word in counts)
    who = f"as {review.reviewer} left them" if review else "as the kit proposes them, before any review"
    shape = {"certain": "triangle", "possible": "ring", "possible echo": "cross", "rejected": "dash"}
    key = "; ".join(f"{shape[word]}: {word}" for word in shape if word in counts)
    subtitle = f"{len(marks)} marks {who}: {told}. {key[:1].upper()}{key[1:]}. Times are of arrival at each microphone."
    simulated = "Simulated sound, not a real event. " if footage.simulated else ""
    alt_text = (
        f"{simulated}Waveforms of {len(footage.clips)} recordings on one clock, {stop - start:.0f} seconds, with "
        f"{len(marks)} marks {who}: {told}."
    )
    tables = {"marks": list(marks), **{f"sound of {clip.name}": ["t_s", "low", "high"] for clip in footage.clips}}
    status = "simulated" if footage.simulated else "annotated" if review else "detected"
    title = "What the cameras heard" if len(footage.clips) > 1 else "What the camera heard"
    return parts.titled(chart, title, subtitle, size, alt_text=alt_text, tables=tables, status=status)


def _marks(footage: Footage, review: Review | None) -> pd.DataFrame:
    """``t_s, said, clip``, a row a mark, on the reference clock."""
    if review is None:
        table = footage.proposals
        return pd.DataFrame({"t_s": table["t_s"].round(4), "said": table["confidence"], "clip": table["clip"]})
    rows = [(round(mark.t_s, 4), _WORDS[mark.verdict] or "not reviewed", mark.clip) for mark in review.ordered()]
    return pd.DataFrame(rows, columns=["t_s", "said", "clip"])


def _peaks(footage: Footage, place: int) -> pd.DataFrame:
    """``t_s, low, high``: a recording's least and greatest sample a column, in full scales, on the reference clock."""
    from ..footage.review import picture

    recording = footage.recordings()[place]
    overview = picture.Overview(footage.clips[place])
    overview.fill()
    clip = footage.clips[place]
    seen = picture.view(overview, clip.start_s, clip.stop_s, COLUMNS)
    step = (clip.stop_s - clip.start_s) / COLUMNS
    times = [round(recording.on_reference(clip.start_s + (column + 0.5) * step), 4) for column in range(COLUMNS)]
    table = pd.DataFrame({"t_s": times, "low": (seen.low / 127).round(3), "high": (seen.high / 127).round(3)})
    return table[seen.known].reset_index(drop=True)


def _panel(footage, place, peaks, marks, x_scale, size: Layout, height: int, *, last: bool) -> alt.LayerChart:
    clip, offset = footage.clips[place], footage.offsets[place]
    width = size.width - 24
    axis = alt.Axis(title=f"seconds on the clock of {footage.clips[0].name}", grid=False, tickCount=8) if last else None
    most = max(float(peaks["high"].max()), -float(peaks["low"].min()), 0.01)
    y_scale = alt.Scale(domain=[-most, most * 1.5], nice=False)
    x = alt.X("t_s:Q", scale=x_scale, axis=axis)
    layers = [
        alt.Chart(parts.data(peaks, f"sound of {clip.name}"))
        .mark_area(color=COLOURS.context, opacity=0.75, line=False)
        .encode(x=x, y=alt.Y("low:Q", scale=y_scale, axis=None), y2="high:Q")
    ]
    for word, (shape, colour, filled) in _SHAPES.items():
        mine = alt.Chart(parts.data(marks, "marks")).transform_filter(alt.datum.said == word)
        point = {"shape": shape, "filled": filled, "size": 34, "opacity": 1, "strokeWidth": 1.4}
        look = {"fill": colour} if filled else {"stroke": colour, "fill": COLOURS.background}
        if word in set(marks["said"]):
            layers.append(mine.mark_point(**point, **look).encode(x=x, y=alt.value(9)))
    if footage.simulated:
        layers.append(parts.simulated_layer(size, width - 4, height - 8, align="right"))
    aligned = f", aligned to ±{offset.u_s * 1000:.1f} ms" if place else ""
    heading = parts.reading(f"{clip.name}{aligned}", size, width)
    return alt.layer(*layers).properties(width=width, height=height, title=heading)
