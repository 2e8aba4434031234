"""The HTML that goes around pictures: the snippet for an article, and pieces the gallery shares with it."""

from __future__ import annotations

from html import escape

from .words import Words

__all__ = ["snippet"]


def snippet(words: Words, *, size: tuple[int, int], phone: tuple[int, int]) -> str:
    """A ``<figure>`` to paste into a page, static and without script or style: picture, alt text, caption, data link.

    The picture is the SVG, the PNG where SVG is not drawn, and the phone's variant on a narrow page. Addresses are
    relative to the figure's folder: upload it whole, or put the address of each file in.
    """
    wide, narrow = (f'width="{width}" height="{height}"' for width, height in (size, phone))
    caption = [f"<p>{escape(line)}</p>" for line in words.footer()]
    return "\n".join(
        [
            f'<figure id="figure-{escape(words.slug)}">',
            "  <picture>",
            f'    <source media="(max-width: 500px)" type="image/svg+xml" srcset="mobile.svg" {narrow}>',
            f'    <source media="(max-width: 500px)" type="image/png" srcset="mobile.png 2x" {narrow}>',
            f'    <source type="image/svg+xml" srcset="desktop.svg" {wide}>',
            f'    <img src="desktop.png" alt="{escape(words.alt)}" {wide} loading="lazy" '
            'style="max-width: 100%; height: auto">',
            "  </picture>",
            "  <figcaption>",
            *(f"    {line}" for line in caption),
            f'    <p><a href="data.csv" download="{escape(words.slug)}.csv">Get the data (CSV)</a></p>',
            "  </figcaption>",
            "</figure>",
            "",
        ]
    )
