"""The Post's records of 2015 as BuzzFeed News captured them on 7 December 2015 (wapo.csv)."""

from __future__ import annotations

from ..layout import Layout, Take
from .washington_post import PERSON

__all__ = ["LAYOUT"]

LAYOUT = Layout(
    name="buzzfeed-2015",
    publisher="BuzzFeed News",
    title="The Washington Post's records of 2015, captured on 2015-12-07",
    counts="fatal shootings by police in the United States from 2 January to early December 2015",
    definition="fatal shootings by on-duty police",
    licence="CC BY-NC-SA 4.0",
    credit="The Washington Post via BuzzFeed News",
    gaps="2015 is partial. The Post's later versions correct it.",
    url="https://github.com/BuzzFeedNews/2015-12-fatal-police-shootings",
    marks=(
        ("id",), ("date",), ("blurb",), ("editor note",), ("threat level display",), ("is geocoding exact",),
        ("weapon",),
    ),
    takes=(*PERSON, Take("armed", ("armed",))),
    fixed={"outcome": "killed"},
)  # fmt: skip
