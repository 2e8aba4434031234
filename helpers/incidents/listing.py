"""The incidents there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import paths
from ..problems import InputError
from .incident import load

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["listing"]


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
