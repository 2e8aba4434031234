"""What a figure may be published with, and a careful web desk would want to know first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..charts.contrast import contrast
from ..charts.style import COLOURS

__all__ = ["LEAST_TEXT", "of_figure"]

LEAST_TEXT = 4.5
_TEXT_FILL = re.compile(r'<text\b(?:"[^"]*"|[^">])*?\bfill="(#[0-9a-fA-F]{6})"')


def of_figure(about: Mapping[str, Any], svgs: Mapping[str, str], *, designed: bool) -> Iterator[str]:
    """Each warning as a sentence: an alt text nobody confirmed, no phone's design, pale texts, no dark counterpart.

    ``about`` is the figure's record, ``svgs`` its pictures by layout; ``designed`` says whether a phone's chart was
    given.
    """
    written = about["alt_text"]
    if written["drafted"] and not written["confirmed_by"]:
        yield (
            "The kit drafted the alt text from the data. Read it; then edit it, or confirm it with"
            " alt=publish.draft_alt(chart).confirmed(by='AB')."
        )
    if not designed:
        yield "No chart was designed for a phone: the desktop's was narrowed. Pass mobile=."
    # White on a coloured mark, and the halo of the background behind a text, are not on the background.
    fills = {fill.lower() for svg in svgs.values() for fill in _TEXT_FILL.findall(svg)} - {COLOURS.background}
    pale = sorted(fill for fill in fills if contrast(fill, COLOURS.background) < LEAST_TEXT)
    if pale:
        yield f"Texts in {', '.join(pale)} are too pale to read: their contrast is under {LEAST_TEXT}:1."
    if "chart.json" in about["files"] and not about["follows_dark"]:
        yield "The chart uses colours other than the house's: on a dark page it stands on a white card."
