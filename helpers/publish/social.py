"""The picture that a link to the figure shows where it is shared: 1200 by 630 pixels, headline, chart and source."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from ..charts import style
from ..charts.style import COLOURS, FONT_STACK
from . import pictures
from .words import Words

__all__ = ["SIZE", "Drawing", "card"]

SIZE = (1200, 630)
EDGE = 48
LARGEST, SMALLEST = 52, 30
SMALL = 22
# A chart wider than this stands below its headline, another beside it.
WIDE = 1.75


@dataclass(frozen=True)
class Drawing:
    """A chart without words of its own that could stand on the card: about how large it is, and how to draw it."""

    size: tuple[float, float]
    draw: Callable[[], str]


def card(drawings: Sequence[Drawing], words: Words) -> bytes:
    """The card as PNG, of the first drawing, or of another that suits its place better.

    Beside its headline a chart has less room than it was designed for; there the one is drawn whose type comes out
    largest, such as the phone's. One alone is drawn: drawing takes longer than all the rest.
    """
    width, height = drawings[0].size
    across, down = SIZE
    beside = width / height < WIDE
    room = 470 if beside else across - 2 * EDGE
    place = across - 2 * EDGE - room - 32, down - 2 * EDGE
    suited = max(drawings, key=lambda one: min(side / drawn for side, drawn in zip(place, one.size, strict=True)))
    chart = (suited if beside else drawings[0]).draw()
    title, lines = _fitted(words.title, room, most=7 if beside else 2)
    told = words.spoken.say("source", source=words.source)
    source = _cut(style.wrap(told, room if beside else across - 2 * EDGE, SMALL), 3 if beside else 1)
    parts = _text(lines, EDGE, EDGE + title, title, COLOURS.text, bold=True)
    foot = down - EDGE - (len(source) - 1) * SMALL * 1.25
    if words.status == "simulated":
        mark = style.wrap(words.spoken.say("simulated"), room, SMALL, bold=True)
        parts += _text(mark, EDGE, foot - SMALL * 1.4 * len(mark), SMALL, COLOURS.warning, bold=True)
    parts += _text(source, EDGE, foot, SMALL, COLOURS.quiet_text)
    top = EDGE if beside else EDGE + title * 1.15 * len(lines) + 20
    left = EDGE + room + 32 if beside else EDGE
    below = down - EDGE if beside else foot - SMALL * 1.6
    parts.append(_placed(chart, left, top, across - EDGE - left, below - top))
    whole = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{across}"'
        f' height="{down}" viewBox="0 0 {across} {down}">'
        f'<rect width="{across}" height="{down}" fill="{COLOURS.background}"></rect>'
        f'<rect width="{across}" height="10" fill="{COLOURS.focus}"></rect>{"".join(parts)}</svg>'
    )
    return pictures.to_png(whole, scale=1)


def _fitted(text: str, room: float, *, most: int) -> tuple[int, list[str]]:
    """The largest size at which a headline takes no more lines than that; at the smallest it is cut."""
    for size in range(LARGEST, SMALLEST, -2):
        lines = style.wrap(text, room, size, bold=True)
        if len(lines) <= most:
            return size, lines
    return SMALLEST, _cut(style.wrap(text, room, SMALLEST, bold=True), most)


def _cut(lines: list[str], most: int) -> list[str]:
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1].rstrip(" ,;") + " …"]


def _text(lines: list[str], x: float, y: float, size: int, colour: str, *, bold: bool = False) -> list[str]:
    look = f'font-family="{FONT_STACK}" font-size="{size}" fill="{colour}" font-weight="{700 if bold else 400}"'
    return [
        f'<text x="{x:g}" y="{y + number * size * (1.15 if bold else 1.25):g}" {look}>{escape(line)}</text>'
        for number, line in enumerate(lines)
    ]


def _placed(chart: str, x: float, y: float, width: float, height: float) -> str:
    """The chart as a picture within the picture, as large as its place allows."""
    tag = re.search(r"<svg\b[^>]*>", chart)
    inner = re.sub(r'\s(x|y|width|height|preserveAspectRatio)="[^"]*"', "", tag.group())
    place = f' x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" preserveAspectRatio="xMidYMid meet">'
    return inner[:-1] + place + chart[tag.end() :]
