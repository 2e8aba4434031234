"""The publishers the kit knows where to find: what they count, their licence, the years they cover, their gaps."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..problems import InputError, Problem

__all__ = ["KINDS", "Publisher", "publisher", "publishers"]

KINDS = ("file", "socrata", "arcgis", "ckan")


@dataclass(frozen=True)
class Publisher:
    """A publisher's data: ``files`` are addresses by file name; ``layout`` says whether the kit reads it unaided."""

    name: str
    publisher: str
    title: str
    counts: str
    licence: str
    credit: str
    coverage: str
    gaps: str
    files: dict[str, str]
    kind: str = "file"
    layout: bool = False

    def __str__(self) -> str:
        told = [
            f"{self.name}: {self.publisher}, {self.title}",
            f"  counts    {self.counts}",
            f"  covers    {self.coverage}",
            f"  licence   {self.licence}",
            f"  gaps      {self.gaps or 'none known'}",
            *[f"  address   {url}" for url in self.files.values()],
        ]
        return "\n".join(told)


@cache
def publishers() -> dict[str, Publisher]:
    """The publishers by name."""
    from .layouts import ALL

    layouts = {layout.name: layout for layout in ALL}
    told = tomllib.loads((Path(__file__).parent / "catalogue.toml").read_text(encoding="utf-8"))
    found = {}
    for name, entry in told.items():
        layout = layouts.get(name)
        about = (
            {word: getattr(layout, word) for word in ("publisher", "title", "counts", "licence", "credit", "gaps")}
            if layout
            else {}
        )
        about = {"credit": entry.get("publisher", "")} | about | entry
        found[name] = Publisher(name=name, layout=layout is not None, **about)
    return found


def publisher(name: str) -> Publisher:
    """A publisher by name.

    Raises
    ------
    InputError
        If the kit knows no such publisher.
    """
    if name not in publishers():
        raise InputError(Problem(f"no publisher is called {name!r}", f"Name one of {', '.join(publishers())}."))
    return publishers()[name]
