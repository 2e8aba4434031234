"""The house style: one module of roles that drives both Altair and matplotlib.

Colours are named by what they are for, never by their look, and no chart function holds a hex code. They are from the
Okabe-Ito palette (Okabe and Ito 2008, *Color Universal Design*), darkened where text has to be read. The typeface is
Source Sans Pro (SIL Open Font License), which the package ``font-source-sans-pro`` carries.

>>> COLOURS.focus
'#0072b2'
>>> text_width("96 shots", 12) > text_width("96", 12)
True
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import TextWrapper
from typing import Any, Literal

__all__ = [
    "BAND",
    "COLOURS",
    "DARK",
    "FONT",
    "LAYOUTS",
    "PRINT_BAND",
    "Layout",
    "altair_theme",
    "drawable",
    "font_folder",
    "layout",
    "matplotlib_style",
    "register_fonts",
    "text_width",
    "wrap",
]

FONT = "Source Sans Pro"
FONT_STACK = f"{FONT}, Helvetica, Arial, sans-serif"
# What XML cannot hold, and the controls that turn the direction of what follows them.
_UNDRAWABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Colours:
    """What each colour is for. Text roles reach 4.5:1 on the background, mark roles 3:1."""

    background: str = "#ffffff"
    text: str = "#1a1a1a"
    quiet_text: str = "#555555"
    axis: str = "#767676"
    grid: str = "#e6e6e6"
    focus: str = "#0072b2"
    band: str = "#56b4e9"
    context: str = "#7a7a7a"
    reference: str = "#a84300"
    event: str = "#4a4a4a"
    warning: str = "#a8123e"


COLOURS = Colours()
# The same roles on a dark page. Only interactive embeds follow the reader's system; pictures are drawn light.
DARK = Colours(
    background="#16181c",
    text="#f2f2f2",
    quiet_text="#b9bec5",
    axis="#8d949c",
    grid="#343940",
    focus="#5cc0ff",
    band="#1f6f9e",
    context="#858b93",
    reference="#f0a45d",
    event="#c6cad0",
    warning="#ff8fa3",
)

# What may be: pale, so that lines show on it, within an edge that reaches a mark's 3:1.
BAND = {
    "color": COLOURS.band,
    "fillOpacity": 0.16,
    "opacity": 1,
    "stroke": COLOURS.focus,
    "strokeWidth": 0.75,
    "strokeJoin": "round",
}
# The same for matplotlib's ``fill_between``.
PRINT_BAND = {"facecolor": (COLOURS.band, 0.16), "edgecolor": COLOURS.focus, "linewidth": 0.5}


@dataclass(frozen=True)
class Layout:
    """Sizes in pixels of a figure: its whole ``width`` and its type sizes."""

    name: str
    width: int
    title: int
    subtitle: int
    label: int
    small: int


LAYOUTS = {
    "desktop": Layout("desktop", width=720, title=20, subtitle=14, label=12, small=11),
    "mobile": Layout("mobile", width=360, title=17, subtitle=13, label=11, small=10),
}


def layout(name: Literal["desktop", "mobile"] | Layout) -> Layout:
    """A layout by its name.

    Raises
    ------
    ValueError
        If there is none of that name.
    """
    if isinstance(name, Layout):
        return name
    if name not in LAYOUTS:
        raise ValueError(f"layout {name!r} is not one of {', '.join(LAYOUTS)}")
    return LAYOUTS[name]


def font_folder() -> Path:
    """The folder of the typeface's files."""
    import font_source_sans_pro

    return Path(font_source_sans_pro.__file__).parent / "files"


@cache
def register_fonts() -> None:
    """Make the typeface known to vl-convert and to matplotlib, which both silently draw another where it is missing."""
    import vl_convert
    from matplotlib import font_manager

    vl_convert.register_font_directory(str(font_folder()))
    for cut in ("Regular", "It", "Bold", "BoldIt"):
        font_manager.fontManager.addfont(font_folder() / f"SourceSansPro-{cut}.ttf")


@cache
def _cut(size: int, bold: bool):
    from PIL import ImageFont

    # Measured large and scaled down: Pillow hints small sizes to whole pixels, renderers do not.
    return ImageFont.truetype(str(font_folder() / f"SourceSansPro-{'Bold' if bold else 'Regular'}.ttf"), size * 10)


def drawable(part: Any) -> Any:
    """A text, or all texts within lists and dicts, with what no picture can hold shown as U+FFFD.

    XML has no place for control characters, lone surrogates and U+FFFE/U+FFFF, and vl-convert 1.9 aborts the whole
    process, a notebook's kernel with it, when it meets one. The controls that override direction are shown so too:
    after one of them a reader sees 96 as 69. Arabic and Hebrew need none of them.
    """
    if isinstance(part, str):
        return _UNDRAWABLE.sub("\ufffd", part)
    if isinstance(part, dict):
        return {drawable(key): drawable(value) for key, value in part.items()}
    return [drawable(value) for value in part] if isinstance(part, list) else part


def text_width(text: str, size: int, *, bold: bool = False) -> float:
    """The width of a line of text in pixels, in the house's typeface at ``size`` pixels."""
    return _cut(size, bold).getlength(text) / 10


def wrap(text: str, width: float, size: int, *, bold: bool = False) -> list[str]:
    """Break a text into lines no wider than ``width`` pixels; a word that is wider alone is broken too."""
    text = " ".join(text.split())
    average = text_width("abcdefghijklmnopqrstuvwxyz ", size, bold=bold) / 27
    letters = max(8, int(width / average * 1.3))
    while True:
        lines = TextWrapper(letters, break_long_words=True).wrap(text)
        if letters <= 8 or all(text_width(line, size, bold=bold) <= width for line in lines):
            return lines or [""]
        letters -= 1


def altair_theme() -> dict:
    """The house style as an Altair theme."""
    desktop = LAYOUTS["desktop"]
    return {
        "config": {
            "background": COLOURS.background,
            "font": FONT_STACK,
            "view": {"stroke": None, "continuousWidth": desktop.width - 60, "continuousHeight": 320},
            "title": {
                "anchor": "start",
                "frame": "bounds",
                "color": COLOURS.text,
                "fontSize": desktop.title,
                "fontWeight": "bold",
                "lineHeight": round(desktop.title * 1.2),
                "subtitleColor": COLOURS.quiet_text,
                "subtitleFontSize": desktop.subtitle,
                "subtitleLineHeight": round(desktop.subtitle * 1.3),
                "subtitlePadding": 6,
                "offset": 14,
            },
            "axis": {
                "labelColor": COLOURS.text,
                "labelFontSize": desktop.label,
                "titleColor": COLOURS.quiet_text,
                "titleFontSize": desktop.label,
                "titleFontWeight": "normal",
                "domainColor": COLOURS.axis,
                "tickColor": COLOURS.axis,
                "gridColor": COLOURS.grid,
                "tickSize": 4,
            },
            "axisY": {"domain": False, "ticks": False, "labelPadding": 6},
            "legend": {"labelFontSize": desktop.label, "titleFontSize": desktop.label, "titleFontWeight": "normal"},
            "text": {"color": COLOURS.text, "fontSize": desktop.label},
            "point": {"color": COLOURS.focus, "filled": True, "size": 60},
            "bar": {"color": COLOURS.focus},
            "line": {"color": COLOURS.focus, "strokeWidth": 2},
            "area": {"color": COLOURS.band},
            "rule": {"color": COLOURS.axis},
        }
    }


def matplotlib_style() -> dict:
    """The house style as matplotlib's rcParams, for ``matplotlib.rc_context``."""
    return {
        "font.family": [FONT],
        "font.size": 9,
        "axes.edgecolor": COLOURS.axis,
        "axes.labelcolor": COLOURS.quiet_text,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.spines.left": False,
        "axes.titlelocation": "left",
        "axes.titlesize": 9,
        "axes.titlecolor": COLOURS.quiet_text,
        "axes.grid": True,
        "axes.grid.axis": "y",
        "axes.axisbelow": True,
        "grid.color": COLOURS.grid,
        "grid.linewidth": 0.8,
        "text.color": COLOURS.text,
        "xtick.color": COLOURS.axis,
        "xtick.labelcolor": COLOURS.text,
        "ytick.color": COLOURS.axis,
        "ytick.labelcolor": COLOURS.text,
        "ytick.left": False,
        "figure.facecolor": COLOURS.background,
        "savefig.facecolor": COLOURS.background,
        # Text stays text, and the same figure gives the same bytes.
        "svg.fonttype": "none",
        "svg.hashsalt": "kit",
    }
