"""A menu of incidents in a notebook, and below it what is drawn of the one that is picked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .. import desk, paths
from ..problems import InputError
from .incident import Incident, load
from .sentences import in_words

__all__ = ["choices", "pick"]


def pick(draw: Callable[[Incident], Any] | None = None, *, first: str | None = None) -> desk.Menu:
    """A menu of the incidents there are, the reporter's own first; what ``draw`` makes of the choice stands below.

    Parameters
    ----------
    draw : callable, optional
        From an `Incident` to what a notebook shows, such as ``charts.shots_over_time``; the incident's facts in
        sentences unless told.
    first : str, optional
        The id to begin with.

    Returns
    -------
    desk.Menu
        Shown by being the last line of a cell; its ``value`` is the id that is picked. An incident that is not ready
        can be picked too: what is wrong with it then stands in the chart's place.

    Raises
    ------
    InputError
        If there is no incident ``first``.
    """
    shown = draw or (lambda incident: _Sentences(in_words(incident)))
    return desk.Menu("Incident", choices(), lambda id: shown(load(id)), first)


def choices() -> list[tuple[str, str]]:
    """What the menu says of each incident, and its id."""
    found = []
    for folder in paths.incident_folders():
        try:
            incident = load(folder)
        except InputError:
            found.append((f"{folder.name} (not ready)", folder.name))
            continue
        log = "no shot log" if incident.shots is None else f"{incident.status} shot log"
        found.append((f"{incident.title} ({log})", incident.id))
    # Two incidents of one title would be one entry: the menu keeps the last.
    titles = [title for title, _ in found]
    return [(title if titles.count(title) == 1 else f"{title}: {id}", id) for title, id in found]


class _Sentences:
    def __init__(self, text: str) -> None:
        self._text = text

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/markdown": self._text, "text/plain": self._text}
