"""The HTML that goes around pictures: the snippet for an article, and pieces the gallery shares with it."""

from __future__ import annotations

from html import escape

from .words import Words

__all__ = ["snippet"]


def snippet(words: Words, *, width: int, height: int, vector: bool = True) -> str:
    """A ``<figure>`` to paste into a page, static and without script or style: picture, alt text, caption, data link.

    The picture is the SVG, the PNG where SVG is not drawn, and the phone's variant on a narrow page.
    """
    caption = [f"<p>{escape(line)}</p>" for line in words.footer()]
    return "\n".join(
        [
            f'<figure id="figure-{escape(words.slug)}">',
            "  <picture>",
            '    <source media="(max-width: 500px)" type="image/svg+xml" srcset="mobile.svg">',
            '    <source media="(max-width: 500px)" type="image/png" srcset="mobile.png 2x">',
            '    <source type="image/svg+xml" srcset="desktop.svg">',
            f'    <img src="desktop.png" alt="{escape(words.alt)}" width="{width}" height="{height}" loading="lazy">',
            "  </picture>",
            "  <figcaption>",
            *(f"    {line}" for line in caption),
            f'    <p><a href="data.csv" download="{escape(words.slug)}.csv">Get the data (CSV)</a></p>',
            "  </figcaption>",
            "</figure>",
            "",
        ]
    )
