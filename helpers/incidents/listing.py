"""The incidents there are, and whether one is all right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .. import paths
from ..problems import InputError
from .incident import load

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["check", "listing"]


def listing() -> pd.DataFrame:
    """The incidents that can be loaded: ``id, title, date, place, shot log`` (its status, or 'none public')."""
    import pandas as pd

    rows = []
    for folder in paths.incident_folders():
        try:
            incident = load(folder)
        except InputError as error:
            # One that is being filled in must not keep the others from being listed.
            many = len(error.problems)
            rows.append(
                [folder.name, f"not ready: {many} problem{'s' if many > 1 else ''}, see kit incident check", "", "", ""]
            )
            continue
        log = "none public" if incident.shots is None else incident.status
        rows.append([incident.id, incident.title, incident.date, incident.place, log])
    return pd.DataFrame(rows, columns=["id", "title", "date", "place", "shot log"])


def check(folder: str | Path) -> str:
    """Load an incident and say in a sentence what it holds.

    Raises
    ------
    InputError
        With everything that is missing or wrong: see `load`.
    """
    incident = load(folder)
    log = "no shot log" if incident.shots is None else f"{len(incident.shots)} shots in the {incident.status} log"
    return (
        f"{incident.id}: all right. {len(incident.facts)} facts, {len(incident.sources)} "
        f"source{'' if len(incident.sources) == 1 else 's'}, "
        f"{len(incident.events)} events, {log}."
    )
