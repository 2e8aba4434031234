"""The parts that charts share: data with a name, titles that wrap, and the mark of what is simulated."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, ClassVar

import altair as alt

from .language import DEFAULT, current
from .style import COLOURS, LAYOUTS, Layout, wrap

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "data",
    "headline",
    "mark_simulated",
    "nice_step",
    "reading",
    "simulated_layer",
    "spoken",
    "text_on_lines",
    "titled",
]


class _Rows:
    """Rows that Altair hands on as they stand.

    A list of them it would copy cell by cell each time a layer is put on another, which took half the time of
    publishing a chart of many rows. ``_schema`` is what makes Altair ask for ``to_dict`` (its `SchemaLike`).
    """

    _schema: ClassVar = {"type": "array"}

    def __init__(self, rows: list[dict[str, Any]]):
        self._rows = rows

    def to_dict(self, *_: Any, **__: Any) -> list[dict[str, Any]]:
        """The rows, each a dict of its own that whoever asked may change."""
        return [dict(row) for row in self._rows]


def data(frame: pd.DataFrame, name: str) -> alt.InlineData:
    """A table's rows for a chart, under a name that published files show; missing values become null."""
    # pandas' own JSON keeps integers whole and turns every kind of missing value into null.
    return alt.InlineData(values=_Rows(alt.utils.sanitize_pandas_dataframe(frame).to_dict("records")), name=name)


def titled(
    chart: Any,
    title: str,
    subtitle: str,
    size: Layout,
    *,
    alt_text: str,
    tables: dict[str, list[str]] | None = None,
    status: str | None = None,
) -> Any:
    """The chart with a title and subtitle that fit the layout, its alt text, and what publishing asks of it.

    ``tables`` names the data sets that hold the figures, with their columns, leaving out what only places labels;
    ``status`` says how the figures are known.
    """
    room = size.width - 8
    return chart.properties(
        title=alt.TitleParams(
            wrap(title, room, size.title, bold=True),
            subtitle=wrap(subtitle, room, size.subtitle) if subtitle else [],
            fontSize=size.title,
            lineHeight=round(size.title * 1.2),
            subtitleFontSize=size.subtitle,
            subtitleLineHeight=round(size.subtitle * 1.3),
        ),
        description=alt_text,
        usermeta={"kit": {"tables": tables or {}, "status": status} | spoken()},
    )


def spoken() -> dict[str, str]:
    """The language a chart is drawn in, where it is not English."""
    return {} if current().code == DEFAULT else {"language": current().code}


def headline(chart: Any) -> str:
    """The title that a chart of the house carries, in one line."""
    title = chart.title.text
    return title if isinstance(title, str) else " ".join(title)


def reading(text: str, size: Layout, width: float) -> alt.TitleParams:
    """The heading of a panel of that width: what it shows and how to read it."""
    return alt.TitleParams(
        wrap(text, width, size.label),
        frame="group",
        fontSize=size.label,
        fontWeight="normal",
        lineHeight=round(size.label * 1.3),
        color=COLOURS.quiet_text,
        offset=6,
    )


def text_on_lines(base: alt.Chart, encoding: dict[str, Any], **mark: Any) -> list[alt.Chart]:
    """A layer of text with a halo of the background below it, so that lines do not run through the letters."""
    halo = base.mark_text(**mark | {"color": COLOURS.background}, stroke=COLOURS.background, strokeWidth=4)
    return [halo.encode(**encoding), base.mark_text(**mark).encode(**encoding)]


def simulated_layer(size: Layout, x: float, y: float, *, align: str = "center") -> alt.Chart:
    """The mark of simulated data, drawn within a panel at a place in pixels so that no crop of the panel loses it."""
    words = alt.InlineData(values=[{"mark": current().say("simulated_mark")}], name="mark")
    return (
        alt.Chart(words)
        .mark_text(color=COLOURS.warning, fontWeight="bold", fontSize=size.subtitle, align=align, baseline="middle")
        .encode(text="mark:N", x=alt.value(x), y=alt.value(y))
    )


def mark_simulated(chart: alt.Chart | alt.LayerChart, *, x: float = 200, y: float = 20) -> alt.LayerChart:
    """A single-view chart with the mark of simulated data drawn into it, as publishing asks for; x and y in pixels."""
    return alt.layer(chart, simulated_layer(LAYOUTS["desktop"], x, y))


def nice_step(span: float, *, most: int, least: float = 0.0) -> float:
    """The smallest of 1, 2, 5 x 10^n that cuts a span into no more than ``most`` steps and is at least ``least``."""
    wanted = max(span / most, least)
    power = 10.0 ** math.floor(math.log10(wanted))
    return next(round(power * digit, 12) for digit in (1, 2, 5, 10) if power * digit >= wanted * (1 - 1e-9))
