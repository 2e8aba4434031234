"""The boxes that texts of a chart's SVG cover, measured with the house's own typeface."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree import ElementTree

from helpers.charts.labels import Box
from helpers.charts.style import text_width

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Text:
    """A text as it is drawn."""

    words: str
    box: Box


def texts(svg: str) -> tuple[list[Text], Box]:
    """Every visible text of an SVG by vl-convert, and the picture's own box; halos count once."""
    root = ElementTree.fromstring(svg)
    width, height = float(root.get("width")), float(root.get("height"))
    found: list[Text] = []
    _walk(root, 0.0, 0.0, 0.0, found)
    unique = {(text.words, round(text.box.left), round(text.box.top)): text for text in found}
    return list(unique.values()), Box(0, 0, width, height)


def _walk(node, x: float, y: float, turn: float, found: list[Text]) -> None:
    move = re.search(r"translate\(([-\d.e]+)[, ]+([-\d.e]+)\)", node.get("transform") or "")
    if move:
        x, y = x + float(move.group(1)), y + float(move.group(2))
    rotated = re.search(r"rotate\(([-\d.]+)", node.get("transform") or "")
    turn += float(rotated.group(1)) if rotated else 0
    if node.tag == f"{SVG}text" and node.get("opacity") != "0":
        size = float(re.sub(r"[a-z]+", "", node.get("font-size") or "11"))
        bold = node.get("font-weight") == "bold"
        lines = [span for span in node if span.tag == f"{SVG}tspan"] or [node]
        for number, line in enumerate(lines):
            words = "".join(line.itertext()).strip()
            if not words:
                continue
            dy = number * float(lines[-1].get("dy") or 0) if len(lines) > 1 else 0
            found.append(Text(words, _box(words, x, y + dy, size, bold, node.get("text-anchor"), turn)))
        return
    for part in node:
        _walk(part, x, y, turn, found)


def _box(words: str, x: float, y: float, size: float, bold: bool, anchor: str | None, turn: float) -> Box:
    width = text_width(words, round(size), bold=bold)
    left = {"middle": -width / 2, "end": -width}.get(anchor or "start", 0)
    # From a little above the letters without descenders to a little below the line they stand on.
    above, below = size * 0.72, size * 0.2
    if abs(turn) == 90:
        return Box(x - above, y - (left + width), x + below, y - left)
    return Box(x + left, y - above, x + left + width, y + below)


def overlaps(found: list[Text]) -> list[tuple[str, str]]:
    """The pairs of texts that cover each other."""
    return [
        (one.words, other.words)
        for number, one in enumerate(found)
        for other in found[number + 1 :]
        if one.box.overlaps(other.box)
    ]
