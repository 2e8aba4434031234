"""A menu of files of records in a notebook, and below it what is drawn of the one that is picked.

Files are looked for where ``kit fetch`` puts them, ``data/raw/``, and wherever a reporter says; the kit's own
``shootings.csv`` is always there to try things on. ``helpers.sources`` reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from . import desk, paths, sources

__all__ = ["files", "pick"]

ENDINGS = (".csv", ".csv.gz", ".tsv", ".xlsx", ".xls", ".ods", ".zip", ".parquet")
SHIPPED = "shootings.csv"


def pick(
    draw: Callable[[sources.Reading], Any] | None = None, *, more: Sequence[str | Path] = (), first: str | None = None
) -> desk.Menu:
    """A menu of the files of records there are, the reporter's own first; what ``draw`` makes of one stands below.

    Parameters
    ----------
    draw : callable, optional
        From a `sources.Reading` to what a notebook shows, such as ``charts.what_is_missing``; the report on the
        file's quality unless told.
    more : sequence of path
        Further files, or folders of files.
    first : str, optional
        The path to begin with, as the menu says it.

    Returns
    -------
    desk.Menu
        Shown by being the last line of a cell; its ``value`` is the path that is picked, as `paths.shown` gives it.
        Of a file that cannot be read, what is wrong with it stands in the chart's place.

    Raises
    ------
    InputError
        If ``first`` is not in the menu.
    """
    found: dict[str, Path] = {}
    for file in files(more):
        # Of two files of one name outside the kit, the second is named with its folder.
        found[str(file) if paths.shown(file) in found else paths.shown(file)] = file
    shown = draw or (lambda reading: _Report(str(reading.report)))
    choices = [(f"{name} (shipped)" if file == _shipped() else name, name) for name, file in found.items()]
    return desk.Menu("File", choices, lambda name: shown(_read(found[name])), first)


def files(more: Sequence[str | Path] = ()) -> list[Path]:
    """The files of records there are: those in ``more``, those fetched into ``data/raw/``, and the shipped one."""
    found: list[Path] = []
    for place in (*map(Path, more), paths.data() / "raw"):
        found += sorted(place.rglob("*")) if place.is_dir() else [place] if place.is_file() else []
    own = [file for file in found if file.name.lower().endswith(ENDINGS) and not file.name.startswith((".", "~$"))]
    return [*dict.fromkeys(file.resolve() for file in own), _shipped()]


def _shipped() -> Path:
    return (paths.data() / SHIPPED).resolve()


def _read(file: Path) -> sources.Reading:
    return sources.read([file], paths.data() / "mappings" / "shootings.toml" if file == _shipped() else None)


class _Report:
    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text
