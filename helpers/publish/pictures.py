"""Drawing a figure as SVG and PNG with its words in it, the same bytes for the same figure."""

from __future__ import annotations

import io
import re
from copy import deepcopy
from html import escape
from typing import TYPE_CHECKING, Any

from ..charts import style
from ..charts.style import COLOURS, Layout
from .words import Words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["accessible", "composed", "draw_figure", "draw_spec", "for_phone"]

SCALE = 2
TOP_LEVEL = ("$schema", "config", "datasets", "usermeta", "params", "background", "padding", "autosize", "description")


def composed(spec: dict[str, Any], words: Words, size: Layout) -> dict[str, Any]:
    """A Vega-Lite specification with title and subtitle above and notes, source and credit below, wrapped to fit."""
    spec = deepcopy(spec)
    room = size.width - 8
    inner = {key: part for key, part in spec.items() if key not in TOP_LEVEL}
    inner["title"] = {
        "text": style.wrap(words.title, room, size.title, bold=True),
        "subtitle": style.wrap(words.subtitle or _subtitle(spec), room, size.subtitle),
        "fontSize": size.title,
        "lineHeight": round(size.title * 1.2),
        "subtitleFontSize": size.subtitle,
        "subtitleLineHeight": round(size.subtitle * 1.3),
    }
    if inner["title"]["subtitle"] == [""]:
        del inner["title"]["subtitle"]
    footer = {
        "text": [line for paragraph in words.footer() for line in style.wrap(paragraph, room, size.small)],
        "orient": "bottom",
        "anchor": "start",
        "frame": "bounds",
        "fontSize": size.small,
        "fontWeight": "normal",
        "lineHeight": round(size.small * 1.35),
        "color": COLOURS.quiet_text,
        "offset": 12,
    }
    outer = {key: part for key, part in spec.items() if key in TOP_LEVEL}
    return outer | {"description": words.alt, "title": footer, "vconcat": [inner]}


def _subtitle(spec: dict[str, Any]) -> str:
    title = spec.get("title")
    lines = title.get("subtitle", []) if isinstance(title, dict) else []
    return " ".join(lines) if isinstance(lines, list) else str(lines)


def for_phone(spec: dict[str, Any], size: Layout) -> dict[str, Any]:
    """A phone's variant of a chart that was designed for a desktop: panels stacked, each as wide as fits."""
    spec = deepcopy(spec)
    if "hconcat" in spec or "concat" in spec:
        spec["vconcat"] = spec.pop("hconcat", None) or spec.pop("concat")
    if "vconcat" in spec:
        spec["vconcat"] = [for_phone(part, size) for part in spec["vconcat"]]
    elif "mark" in spec or "layer" in spec:
        width = spec.get("width")
        if not isinstance(width, (int, float)) or width > size.width - 75:
            spec["width"] = size.width - 75
    return spec


def draw_spec(spec: dict[str, Any], name: str, words: Words) -> dict[str, bytes | str]:
    """``name.svg`` and ``name.png`` of a specification, by vl-convert."""
    import vl_convert

    style.register_fonts()
    svg = vl_convert.vegalite_to_svg(spec)
    return {f"{name}.svg": accessible(svg, words, name), f"{name}.png": vl_convert.svg_to_png(svg, scale=SCALE)}


def draw_figure(figure: Figure, name: str, words: Words) -> dict[str, bytes | str]:
    """``name.svg`` and ``name.png`` of a matplotlib figure, with its words above and below the drawing."""
    import matplotlib

    style.register_fonts()
    width = figure.get_figwidth() * 100
    size = style.LAYOUTS["desktop" if width > 500 else "mobile"]
    files: dict[str, bytes | str] = {}
    with matplotlib.rc_context(style.matplotlib_style()), _worded(figure, words, size):
        for kind, metadata in (("svg", {"Date": None, "Creator": None}), ("png", {"Software": None})):
            drawn = io.BytesIO()
            figure.savefig(drawn, format=kind, dpi=100 * SCALE, metadata=metadata, bbox_inches="tight", pad_inches=0.1)
            files[f"{name}.{kind}"] = drawn.getvalue()
    # matplotlib names the typeface alone; a reader without it should get another sans-serif.
    svg = files[f"{name}.svg"].decode().replace(f"'{style.FONT}'", f"'{style.FONT}', Helvetica, Arial, sans-serif")
    files[f"{name}.svg"] = accessible(svg, words, name)
    return files


class _worded:
    """A figure with its words drawn around it for as long as the block lasts."""

    def __init__(self, figure: Figure, words: Words, size: Layout):
        self.figure, self.words, self.size = figure, words, size

    def __enter__(self) -> None:
        figure, points = self.figure, 0.72
        inches = figure.get_figheight() * 100
        room = figure.get_figwidth() * 100 - 8
        self.heading = figure._suptitle
        if self.heading is not None:
            self.heading.set_visible(False)
        self.drawn = []
        below_title = style.wrap(self.words.subtitle, room, self.size.subtitle) if self.words.subtitle else []
        above = [(line, self.size.title, "bold", COLOURS.text)
                 for line in style.wrap(self.words.title, room, self.size.title, bold=True)]  # fmt: skip
        above += [(line, self.size.subtitle, "normal", COLOURS.quiet_text) for line in below_title]
        place = 1.0
        for line, pixels, weight, colour in reversed(above):
            self._line(line, place, pixels * points, weight, colour, "bottom")
            place += pixels * 1.3 / inches
        place = -8 / inches
        for paragraph in self.words.footer():
            for line in style.wrap(paragraph, room, self.size.small):
                self._line(line, place, self.size.small * points, "normal", COLOURS.quiet_text, "top")
                place -= self.size.small * 1.35 / inches

    def _line(self, line: str, place: float, size: float, weight: str, colour: str, side: str) -> None:
        self.drawn.append(self.figure.text(0.01, place, line, fontsize=size, fontweight=weight, color=colour, va=side))

    def __exit__(self, *_: Any) -> None:
        for text in self.drawn:
            text.remove()
        if self.heading is not None:
            self.heading.set_visible(True)


def accessible(svg: str, words: Words, name: str) -> str:
    """An SVG that says what it shows: ``role="img"``, a title and a description, with ids unique to the picture."""
    start = re.search(r"<svg\b[^>]*>", svg)
    if start is None:
        raise ValueError("not an SVG")
    ids = f"{words.slug}-{name}-title", f"{words.slug}-{name}-desc"
    tag = re.sub(r'\s(role|aria-labelledby|aria-label|aria-roledescription)="[^"]*"', "", start.group())
    tag = f'{tag[:-1]} role="img" aria-labelledby="{ids[0]} {ids[1]}">'
    told = f'<title id="{ids[0]}">{escape(words.title)}</title><desc id="{ids[1]}">{escape(words.alt)}</desc>'
    # The drawing program's own title or description would be a second one.
    rest = re.sub(r"^\s*<metadata>.*?</metadata>", "", svg[start.end() :], flags=re.DOTALL)
    return svg[: start.start()] + tag + told + rest
