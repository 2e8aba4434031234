"""An incident of which nothing is known but a shot log: what was heard, before any fact is on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import schema
from ..provenance import Source
from .incident import Incident

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["heard"]


def heard(log: pd.DataFrame, *, id: str, title: str, place: str, zero: str, source: str) -> Incident:
    """An incident made of a shot log alone, for its charts; nothing is written.

    Parameters
    ----------
    log : DataFrame
        A checked shot log; the incident is simulated if the log is.
    zero : str
        What 0 seconds is.
    source : str
        Where the log is from.
    """
    import pandas as pd

    return Incident(
        id=id,
        title=title,
        date="",
        place=place,
        agency="",
        zero=zero,
        facts=[],
        sources={"log": Source("log", source, "shot log")},
        events=pd.DataFrame(columns=schema.EVENTS.names).astype({"t_s": "float64"}),
        shots=log,
        partial=[],
        simulated=bool((log["status"] == "simulated").all()),
    )
