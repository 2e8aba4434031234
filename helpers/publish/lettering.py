"""Text in pictures: real, with the very letters it needs inside the picture, or outlined as shapes.

A picture that only names a typeface is drawn in another one wherever that is missing, wider, and its labels collide.
So the letters go along: cut from Source Sans Pro (SIL Open Font License, which allows it) and packed as WOFF, under a
family name of their own, so that a picture pasted into a page does not change the page's type.
"""

from __future__ import annotations

import base64
import io
import re
from functools import cache
from html import escape, unescape
from typing import Any

from .. import files
from ..charts import style

__all__ = ["CUTS", "cut_font", "latin", "letters", "outlined", "with_letters"]

CUTS = {("normal", False): "Regular", ("italic", False): "It", ("normal", True): "Bold", ("italic", True): "BoldIt"}
# A tag may hold '>' between quotes, and an empty text has no end of its own.
_TEXT = re.compile(r'<text\b((?:"[^"]*"|[^">])*)(?<!/)>(.*?)</text>', re.DOTALL)
_FAMILY = re.compile(rf"\bfont-family=\"{re.escape(style.FONT)}[^\"]*\"")
# matplotlib writes a style's shorthand instead.
_SHORTHAND = re.compile(rf"'{re.escape(style.FONT)}'")
_STROKE = re.compile(r'(?<=\s)stroke-width="([\d.]+)(?:px)?"')
_FEATURES = ["kern", "liga"]
LARGE = 100.0
Letters = dict[str, frozenset[str]]


def letters(svg: str) -> Letters:
    """The characters that an SVG's texts need, by cut of the typeface (``Regular``, ``It``, ``Bold``, ``BoldIt``)."""
    found: dict[str, set[str]] = {}
    for attributes, content in _TEXT.findall(svg):
        found.setdefault(_cut(_look(attributes)), set()).update(unescape(re.sub(r"<[^>]*>", "", content)))
    return {cut: frozenset(text) for cut, text in found.items()}


def with_letters(svg: str, needed: Letters) -> str:
    """The SVG with the letters ``needed`` inside it, in a family of a name that nothing else has."""
    faces, packed = [], {cut: cut_font(cut, text) for cut, text in sorted(needed.items()) if text}
    family = f"kit-{files.sha256(b''.join(packed.values()))[:10]}"
    for cut, font in packed.items():
        slope, bold = next(key for key, name in CUTS.items() if name == cut)
        faces.append(
            f'@font-face{{font-family:"{family}";font-style:{slope};font-weight:{700 if bold else 400};'
            f'src:url("data:font/woff;base64,{base64.b64encode(font).decode()}") format("woff")}}'
        )
    svg = _FAMILY.sub(f'font-family="{family}, {style.FONT_STACK}"', svg)
    svg = _SHORTHAND.sub(f"'{family}', '{style.FONT}'", svg)
    start = re.search(r"<svg\b[^>]*>", svg)
    return f"{svg[: start.end()]}<style>{''.join(faces)}</style>{svg[start.end() :]}" if faces else svg


def latin(cut: str) -> bytes:
    """One cut of the typeface with the letters of Europe's languages, as WOFF."""
    return _packed(_latin(cut))


@cache
def cut_font(cut: str, text: frozenset[str]) -> bytes:
    """One cut of the typeface with just these characters, as WOFF; the same bytes on every machine."""
    return _subset(io.BytesIO(_latin(cut)), [ord(letter) for letter in text], "woff")


@cache
def _latin(cut: str) -> bytes:
    """A cut with the letters of Europe's languages: smaller, so that cutting from it is ten times as fast."""
    return _subset(style.font_folder() / f"SourceSansPro-{cut}.ttf", _kept(), None)


@cache
def _packed(font: bytes) -> bytes:
    from fontTools.ttLib import TTFont

    opened, packed = TTFont(io.BytesIO(font), recalcTimestamp=False), io.BytesIO()
    opened.flavor = "woff"
    opened.save(packed)
    return packed.getvalue()


def _kept() -> list[int]:
    marks = (0x20AC, 0x2190, 0x2192, 0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x221E, 0xFB01, 0xFB02, 0xFFFD)
    return [*range(0x20, 0x7F), *range(0xA0, 0x250), *range(0x2010, 0x2045), *marks]


def _subset(font: Any, wanted: list[int], flavor: str | None) -> bytes:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    # The font's own date stands, or the bytes would change from second to second.
    opened, packed = TTFont(font, recalcTimestamp=False, lazy=True), io.BytesIO()
    cutter = subset.Subsetter(subset.Options(hinting=False, layout_features=_FEATURES))
    cutter.populate(unicodes=wanted)
    cutter.subset(opened)
    opened.flavor = flavor
    opened.save(packed)
    return packed.getvalue()


def outlined(svg: str) -> str:
    """The SVG with its texts as shapes, for printers and programs that have not the typeface.

    A text with a character that the typeface lacks stays a text: shapes of empty boxes would help nobody.
    """
    shapes: dict[str, str] = {}
    drawn = _TEXT.sub(lambda found: _outline(found, shapes), svg)
    start = re.search(r"<svg\b[^>]*>", drawn)
    held = "".join(f'<path id="{name}" d="{shape}"></path>' for name, shape in sorted(shapes.items()))
    return f"{drawn[: start.end()]}<defs>{held}</defs>{drawn[start.end() :]}" if held else drawn


def _outline(found: re.Match[str], shapes: dict[str, str]) -> str:
    attributes, content = found.groups()
    look = _look(attributes)
    cut = _cut(look)
    size = _number(look.get("font-size", "11"))
    anchor = look.get("text-anchor", "start")
    # Vega moves a text by a transform, others say where it stands.
    begins, down = (_number(look.get(side, "0")) for side in ("x", "y"))
    placed = []
    lines = re.findall(r"<tspan\b([^>]*)>(.*?)</tspan>", content, re.DOTALL) or [("", content)]
    for number, (inner, words) in enumerate(lines):
        text = unescape(re.sub(r"<[^>]*>", "", words)).strip()
        down += _number(_look(inner).get("dy", "0")) if number else 0.0
        if not {ord(letter) for letter in text} <= _covered(cut):
            return found.group()
        glyphs, width = _shaped(cut, text)
        left = begins * LARGE / size + {"middle": -width / 2, "end": -width}.get(anchor, 0.0)
        for name, x, shape in glyphs:
            shapes[name] = shape
            place = f"translate({(left + x) * size / LARGE:.2f},{down:g}) scale({size / LARGE:g})"
            placed.append(f'<use xlink:href="#{name}" transform="{place}"></use>')
    told = escape(unescape(re.sub(r"<[^>]*>", " ", content)).strip())
    kept = re.sub(r'\s(font-[a-z]+|text-anchor|aria-label|x|y)="[^"]*"', "", attributes)
    # The halo of a label is a stroke, which is scaled down with the shapes.
    kept = _STROKE.sub(lambda width: f'stroke-width="{float(width[1]) * LARGE / size:g}"', kept)
    return f'<g{kept} aria-label="{told}">{"".join(placed)}</g>'


@cache
def _covered(cut: str) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    return frozenset(TTFont(style.font_folder() / f"SourceSansPro-{cut}.ttf", lazy=True).getBestCmap())


@cache
def _shaped(cut: str, text: str) -> tuple[list[tuple[str, float, str]], float]:
    """The glyphs of a line at size `LARGE`: each one's name, its place and its shape; and how wide the line is."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    if not text:
        return [], 0.0
    # Drawn large and scaled down, so that no hinting to whole pixels is left.
    face = FontProperties(fname=str(style.font_folder() / f"SourceSansPro-{cut}.ttf"), size=LARGE)
    width = text_to_path.get_text_width_height_descent(text, face, False)[0]
    placed, drawn, _ = text_to_path.get_glyphs_with_font(text_to_path._get_font(face), text)
    scale = LARGE / text_to_path.FONT_SCALE
    shapes = {glyph: _shape(cut, glyph, drawn[glyph], scale) for glyph in drawn}
    names = {glyph: f"glyph-{cut}-{files.sha256(shapes[glyph])[:8]}" for glyph in shapes}
    return [(names[glyph], x * scale, shapes[glyph]) for glyph, x, *_ in placed], width


# A letter's shape is worked out once, not for each text that holds it.
_SHAPES: dict[tuple[str, str], str] = {}


def _shape(cut: str, glyph: str, outline: tuple[Any, Any], scale: float) -> str:
    if (cut, glyph) not in _SHAPES:
        _SHAPES[cut, glyph] = _path(*outline, scale)
    return _SHAPES[cut, glyph]


def _path(points: Any, codes: Any, scale: float) -> str:
    from matplotlib.path import Path

    letters = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C", Path.CLOSEPOLY: "Z"}
    steps = []
    for step, code in Path(points, codes).iter_segments(simplify=False, curves=True):
        numbers = (value if place % 2 == 0 else -value for place, value in enumerate(step * scale))
        steps.append("Z" if code == Path.CLOSEPOLY else letters[code] + " ".join(f"{value:.1f}" for value in numbers))
    return "".join(steps)


def _cut(look: dict[str, str]) -> str:
    weight = look.get("font-weight", "normal")
    bold = weight == "bold" or (weight.isdigit() and int(weight) >= 600)
    return CUTS["italic" if look.get("font-style") == "italic" else "normal", bold]


def _number(length: str) -> float:
    """A length in pixels, with its unit or without."""
    return float(length.removesuffix("px"))


def _look(attributes: str) -> dict[str, str]:
    """A tag's attributes, those of its style among them; Vega writes the former, matplotlib the latter."""
    look = dict(re.findall(r'([\w:-]+)="([^"]*)"', attributes))
    for declared in look.pop("style", "").split(";"):
        name, _, value = declared.partition(":")
        look[name.strip()] = value.strip()
    # All of a font in one: "italic 700 14.4px 'Source Sans Pro'".
    for word in re.split(r"['\",]", look.pop("font", ""), maxsplit=1)[0].split():
        if re.fullmatch(r"[\d.]+[a-z]+", word):
            look["font-size"] = word
        elif word in ("italic", "oblique"):
            look["font-style"] = "italic"
        elif word == "bold" or word.isdigit():
            look["font-weight"] = word
    return look
