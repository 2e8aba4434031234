"""Drawing a matplotlib figure as the same pictures that a Vega-Lite chart gives."""

from __future__ import annotations

import io
import pickle
from typing import TYPE_CHECKING

from ..charts import style
from ..charts.style import COLOURS
from .words import Words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["draw", "for_phone"]

DPI = 100
NO_DATES = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}, "pdf": {"CreationDate": None}}


def draw(figure: Figure, kind: str, words: Words | None) -> bytes:
    """A figure as ``svg``, ``png`` or ``pdf``, with its words above and below the drawing, or bare without them.

    The reporter's own figure is left as it was.
    """
    import matplotlib

    style.register_fonts()
    # A copy each time: drawing moves a figure's axes a little, and the second drawing would differ from the first.
    copy, drawn = pickle.loads(pickle.dumps(figure)), io.BytesIO()
    with matplotlib.rc_context(style.matplotlib_style() | {"pdf.fonttype": 42}):
        if words:
            _add_words(copy, words)
        elif copy._suptitle is not None:
            copy._suptitle.set_visible(False)
        copy.savefig(drawn, format=kind, dpi=DPI * 2, metadata=NO_DATES[kind], bbox_inches="tight", pad_inches=0.1)
    return drawn.getvalue()


def for_phone(figure: Figure) -> Figure:
    """A phone's variant of a figure that was designed for a desktop: narrower at the same type size, not squeezed."""
    copy = pickle.loads(pickle.dumps(figure))
    width, height = copy.get_size_inches()
    narrow = style.LAYOUTS["mobile"].width / DPI
    if width > narrow:
        copy.set_size_inches(narrow, max(height * 0.85, narrow * 0.8))
    return copy


def _add_words(figure: Figure, words: Words) -> None:
    """Write the words above and below a figure, in place of its own heading."""
    width, height = (inches * DPI for inches in figure.get_size_inches())
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
