"""Where a number of shots stands among all incidents in which Chicago police reported firing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import paths
from ..problems import InputError, Problem
from ..provenance import say

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Standing", "facts", "focus", "number", "read", "standing"]

FEW = 5
SOURCE = "Chicago Police Department, tactical response reports, via the Invisible Institute"


@dataclass(frozen=True)
class Standing:
    """A number of shots among ``total`` shootings: how many had ``more``, as many (``same``), and fewer than five."""

    shots: int
    total: int
    more: int
    same: int
    under_five: int
    most: int
    median: float
    first: str
    last: str

    @property
    def under_five_share(self) -> float:
        """The share of shootings with fewer than five shots, 0 to 1."""
        return self.under_five / self.total


def read(path: Path | None = None) -> pd.DataFrame:
    """The shipped table of Chicago incidents, typed: see ``data/README.md``.

    Raises
    ------
    InputError
        If there is no such file, or it lacks a column.
    """
    import pandas as pd

    path = path or paths.data() / "chicago_shootings.csv"
    try:
        table = pd.read_csv(path)
    except FileNotFoundError:
        remedy = "Rebuild it: python -m helpers.sources.shipped chicago_shootings FILE..."
        raise InputError(Problem("there is no such file", remedy, path)) from None
    absent = {"incident", "date", "kind", "shots", "officers_fired", "partial"} - set(table)
    if absent:
        raise InputError(Problem(f"it lacks {', '.join(sorted(absent))}", "Is this the right file?", path))
    return table


def standing(incidents: pd.DataFrame, shots: int) -> Standing:
    """Where a number of shots stands among the shootings; accidents and animals are left out.

    Raises
    ------
    ValueError
        If there is no shooting in the table.
    """
    shootings = incidents[incidents["kind"] == "shooting"]
    if not len(shootings):
        raise ValueError("there is no shooting in the table")
    fired = shootings["shots"]
    return Standing(
        shots=shots,
        total=len(fired),
        more=int((fired > shots).sum()),
        same=int((fired == shots).sum()),
        under_five=int((fired < FEW).sum()),
        most=int(fired.max()),
        median=float(fired.median()),
        first=shootings["date"].min(),
        last=shootings["date"].max(),
    )


def focus(incident: Any) -> dict:
    """An incident's reported number of police shots, as the arguments of ``charts.chicago_shots_over_years``.

    ``incident`` is as ``incidents.load`` gives it. Empty where no number is reported or it never happened.
    """
    fact = incident.fact("shots_by_police")
    if fact is None or incident.simulated:
        return {}
    label = f"{incident.title}, {incident.date[:4]}: {say(fact.value, fact.qualifier)}"
    return {"shots": int(fact.value), "label": label, "date": incident.date}


def number(incident: Any) -> dict:
    """The number of shots that `standing` compares with: the incident's, or 0 where none is reported."""
    return {"shots": focus(incident).get("shots", 0)}


def facts(found: Standing) -> list[dict]:
    """What an article may say of it, for ``facts.record_all``."""
    shared = {"place": "Chicago", "period": f"{found.first} to {found.last}", "source": SOURCE, "status": "reported"}
    note = "Only what officers reported; Laquan McDonald's shooting is missing."
    more = ("chicago_more_shots", found.more, "shootings", f"police shootings with more than {found.shots} shots")
    told = [
        ("chicago_shootings", found.total, "shootings", "police shootings in officers' reports"),
        *([more] if found.shots else []),
        ("chicago_under_five", found.under_five, "shootings", f"police shootings with fewer than {FEW} shots"),
        ("chicago_under_five_share", round(100 * found.under_five_share, 1), "percent",
         f"share of police shootings with fewer than {FEW} shots"),
        ("chicago_most_shots", found.most, "shots", "most shots by police in one shooting"),
        ("chicago_median_shots", found.median, "shots", "median shots by police in a shooting"),
    ]  # fmt: skip
    return [{"name": n, "value": v, "unit": u, "counts": c, "note": note, **shared} for n, v, u, c in told]
