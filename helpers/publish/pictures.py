"""Drawing a chart of Vega-Lite as pictures, with its words in them: the same bytes for the same figure."""

from __future__ import annotations

import re
from copy import deepcopy
from html import escape
from typing import Any

from ..charts import style
from ..charts.style import COLOURS, Layout
from . import lettering
from .words import Words

__all__ = [
    "SCALE",
    "accessible",
    "bare",
    "composed",
    "for_phone",
    "size",
    "size_without_words",
    "subtitle",
    "to_pdf",
    "to_png",
]

SCALE = 2
TOP_LEVEL = ("$schema", "config", "datasets", "usermeta", "params", "background", "padding", "autosize", "description")
_TAG = re.compile(r'<[a-zA-Z](?:"[^"]*"|[^">])*>')
_ID = re.compile(r'(\sid="|url\(#|href="#)([^")]+)')


def composed(spec: dict[str, Any], words: Words, size: Layout) -> dict[str, Any]:
    """A Vega-Lite specification with title and subtitle above and notes, source and credit below, wrapped to fit."""
    room = size.width - 8
    inner = {key: part for key, part in spec.items() if key not in TOP_LEVEL}
    inner["title"] = {
        "text": style.wrap(words.title, room, size.title, bold=True),
        "subtitle": style.wrap(words.subtitle, room, size.subtitle),
        "fontSize": size.title,
        "lineHeight": round(size.title * 1.2),
        "subtitleFontSize": size.subtitle,
        "subtitleLineHeight": round(size.subtitle * 1.3),
    }
    if not words.subtitle.strip():
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


def bare(spec: dict[str, Any]) -> dict[str, Any]:
    """The specification without its heading, for a page that writes the words itself."""
    return {key: part for key, part in spec.items() if key != "title"}


def subtitle(spec: dict[str, Any]) -> str:
    """The subtitle that a chart carries, in one line."""
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


def size(svg: str) -> tuple[float, float]:
    """How wide and how high an SVG is."""
    _, _, width, height = (float(number) for number in re.search(r'viewBox="([^"]+)"', svg).group(1).split())
    return width, height


def size_without_words(svg: str, spec: dict[str, Any]) -> tuple[float, float]:
    """About how large the picture of a `composed` specification is without the words above and below the chart."""
    width, height = size(svg)
    above, below = spec["vconcat"][0]["title"], spec["title"]
    words = len(above["text"]) * above["lineHeight"] + len(below["text"]) * below["lineHeight"] + below["offset"]
    return width, max(height - words - len(above.get("subtitle", ())) * above["subtitleLineHeight"], 1.0)


def to_png(svg: str, scale: int = SCALE) -> bytes:
    """A picture of an SVG, its texts in the house's typeface: as shapes, which are drawn in half the time."""
    import vl_convert

    style.register_fonts()
    return vl_convert.svg_to_png(lettering.outlined(svg), scale=scale)


def to_pdf(svg: str) -> bytes:
    """A page for print, its texts as shapes: no printer lacks them, and the bytes are the same from run to run.

    With real text vl-convert 1.9 writes a PDF's typefaces in an order that changes.
    """
    import vl_convert

    style.register_fonts()
    return vl_convert.svg_to_pdf(lettering.outlined(svg))


def accessible(svg: str, words: Words, name: str) -> str:
    """An SVG that says what it shows: ``role="img"``, a title and a description.

    Its ids are numbered anew and begin with the picture's name: unique over many figures on a page, and the same from
    run to run, which matplotlib's are not.
    """
    numbers: dict[str, str] = {}
    for tag in _TAG.findall(svg):
        for id in re.findall(r'\sid="([^"]+)"', tag):
            numbers.setdefault(id, f"{words.slug}-{name}-{len(numbers) + 1}")

    def renumbered(tag: re.Match[str]) -> str:
        return _ID.sub(lambda found: found[1] + numbers.get(found[2], found[2]), tag.group())

    # Within tags only: a text that reads ' id="x"' is a text.
    svg = _TAG.sub(renumbered, svg)
    start = re.search(r"<svg\b[^>]*>", svg)
    if start is None:
        raise ValueError("not an SVG")
    ids = f"{words.slug}-{name}-title", f"{words.slug}-{name}-desc"
    tag = re.sub(r'\s(role|aria-labelledby|aria-label|aria-roledescription|xml:lang|lang)="[^"]*"', "", start.group())
    tag = f'{tag[:-1]} lang="{words.language}" role="img" aria-labelledby="{ids[0]} {ids[1]}">'
    told = f'<title id="{ids[0]}">{escape(words.title)}</title><desc id="{ids[1]}">{escape(words.alt)}</desc>'
    # The drawing program's own title or description would be a second one.
    rest = re.sub(r"^\s*<metadata>.*?</metadata>", "", svg[start.end() :], flags=re.DOTALL)
    return svg[: start.start()] + tag + told + rest
