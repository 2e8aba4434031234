"""Drawing a figure as SVG and PNG with its words in it, the same bytes for the same figure."""

from __future__ import annotations

import io
import pickle
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
    svg = vl_convert.vegalite_to_svg(style.drawable(spec))
    return {f"{name}.svg": accessible(svg, words, name), f"{name}.png": vl_convert.svg_to_png(svg, scale=SCALE)}


def draw_figure(figure: Figure, name: str, words: Words) -> dict[str, bytes | str]:
    """``name.svg`` and ``name.png`` of a matplotlib figure, with its words above and below the drawing."""
    import matplotlib

    style.register_fonts()
    files: dict[str, bytes | str] = {}
    for kind, metadata in (("svg", {"Date": None, "Creator": None}), ("png", {"Software": None})):
        # A copy each time: drawing moves a figure's axes a little, and the second drawing would differ from the first.
        copy, drawn = pickle.loads(pickle.dumps(figure)), io.BytesIO()
        with matplotlib.rc_context(style.matplotlib_style()):
            _add_words(copy, words)
            copy.savefig(drawn, format=kind, dpi=100 * SCALE, metadata=metadata, bbox_inches="tight", pad_inches=0.1)
        files[f"{name}.{kind}"] = drawn.getvalue()
    # matplotlib names the typeface alone; a reader without it should get another sans-serif.
    svg = files[f"{name}.svg"].decode().replace(f"'{style.FONT}'", f"'{style.FONT}', Helvetica, Arial, sans-serif")
    files[f"{name}.svg"] = accessible(svg, words, name)
    return files


def _add_words(figure: Figure, words: Words) -> None:
    """Write the words above and below a figure, in place of its own heading."""
    width, height = (inches * 100 for inches in figure.get_size_inches())
    size = style.LAYOUTS["desktop" if width > 500 else "mobile"]
    if figure._suptitle is not None:
        figure._suptitle.set_visible(False)
    room = width - 8
    above = [(line, size.title, "bold", COLOURS.text) for line in style.wrap(words.title, room, size.title, bold=True)]
    if words.subtitle:
        lines = style.wrap(words.subtitle, room, size.subtitle)
        above += [(line, size.subtitle, "normal", COLOURS.quiet_text) for line in lines]
    place = 1.0
    for line, pixels, weight, colour in reversed(above):
        _line(figure, line, place, pixels, weight, colour, "bottom")
        place += pixels * 1.3 / height
    place = -8 / height
    for paragraph in words.footer():
        for line in style.wrap(paragraph, room, size.small):
            _line(figure, line, place, size.small, "normal", COLOURS.quiet_text, "top")
            place -= size.small * 1.35 / height


def _line(figure: Figure, line: str, place: float, pixels: int, weight: str, colour: str, side: str) -> None:
    points = pixels * 0.72
    # Not parsed as mathematics: a '$' in a headline is money.
    figure.text(0.01, place, line, fontsize=points, fontweight=weight, color=colour, va=side, parse_math=False)


def accessible(svg: str, words: Words, name: str) -> str:
    """An SVG that says what it shows: ``role="img"``, a title and a description.

    Its ids are numbered anew and begin with the picture's name: unique over many figures on a page, and the same from
    run to run, which matplotlib's are not.
    """
    numbers: dict[str, str] = {}
    for id in re.findall(r'\sid="([^"]+)"', svg):
        numbers.setdefault(id, f"{words.slug}-{name}-{len(numbers) + 1}")
    svg = re.sub(r'(\sid="|url\(#|href="#)([^")]+)', lambda found: found[1] + numbers.get(found[2], found[2]), svg)
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
