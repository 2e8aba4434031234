"""Where a number of shots stands among all incidents in which Chicago police reported firing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import paths
from ..problems import InputError, Problem
from ..provenance import say
from .shots_fired import UNDER, Standing, compare, shots_per_incident, shots_per_officer, standing
from .wording import years_words

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["among", "caveat", "facts", "focus", "periods", "read", "shootings", "statements"]

SOURCE = "Chicago Police Department, tactical response reports, via the Invisible Institute"


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


def shootings(incidents: pd.DataFrame) -> pd.DataFrame:
    """The shootings among the incidents: accidental discharges and shots at animals are left out."""
    return incidents[incidents["kind"] == "shooting"].reset_index(drop=True)


def periods(incidents: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The shootings of the first and of the second half of the years, by name, such as ``Chicago, 2004-2013``."""
    table = shootings(incidents)
    first, last = int(table["year"].min()), int(table["year"].max())
    middle = (first + last) // 2
    halves = ((first, middle), (middle + 1, last))
    names = [f"Chicago, {years_words(range(low, high + 1))}" for low, high in halves]
    return {name: table[table["year"].between(*half)] for name, half in zip(names, halves, strict=True)}


def among(incidents: pd.DataFrame, incident: Any) -> Standing:
    """Where an incident's reported number of shots, if it has one, falls among the shootings.

    ``incidents`` is as `read` gives it, ``incident`` as ``incidents.load`` does.
    """
    fact, table = _reported(incident), shootings(incidents)
    words = {"place": "Chicago", "period": f"{table['date'].min()} to {table['date'].max()}"}
    if fact is None:
        return standing(None, table, **words)
    return standing(int(fact.value), table, said=say(fact.value, fact.qualifier), **words)


def statements(incidents: pd.DataFrame, incident: Any) -> list[Any]:
    """Results that say themselves: shots per shooting, the incident's among them, per officer, the halves compared."""
    table = shootings(incidents).rename(columns={"officers_fired": "officers"})
    period = years_words(table["year"])
    (early, earlier), (late, later) = ((name.split(", ")[1], part) for name, part in periods(incidents).items())
    return [
        shots_per_incident(table, place="Chicago", period=period),
        among(incidents, incident),
        shots_per_officer(table),
        compare(later, earlier, names=(late, early)),
    ]


def focus(incident: Any) -> dict:
    """An incident's reported number of police shots, as ``charts`` take what is in focus: ``shots, label, date``.

    ``incident`` is as ``incidents.load`` gives it. Empty where no number is reported or it never happened.
    """
    fact = _reported(incident)
    if fact is None:
        return {}
    label = f"{incident.title}, {incident.date[:4]}: {say(fact.value, fact.qualifier)}"
    return {"shots": int(fact.value), "label": label, "date": incident.date}


def caveat(incidents: pd.DataFrame, incident: Any) -> str:
    """What has to stand beside a comparison with these reports, which are the officers' own counts.

    Where officers' own reports of the incident are on record, it says what they add up to and how many shootings
    exceed that: like compared with like.
    """
    text = "The records are officers' own reports; Laquan McDonald's shooting is not in them."
    fact = _reported(incident)
    own = [other for other in incident.all("shots_by_police") if other.basis == "self-reported"] if fact else []
    if own and own[0] is not fact:
        more = int((shootings(incidents)["shots"] > own[0].value).sum())
        text += (
            f" Officers' own reports of this shooting add up to {say(own[0].value, own[0].qualifier)}, which {more} of "
            f"the others exceed; {say(fact.value, fact.qualifier)} is the count of {fact.source}."
        )
    return text


def _reported(incident: Any) -> Any:
    # What never happened, and what is a part of a shooting only, is not ranked among whole ones.
    return None if incident.simulated or incident.part else incident.fact("shots_by_police")


def facts(found: Standing) -> list[dict]:
    """What an article may say of it, for ``facts.record_all``."""
    shared = {"place": "Chicago", "period": found.period, "source": SOURCE, "status": "reported"}
    note = "Only what officers reported; Laquan McDonald's shooting is missing."
    more = ("chicago_more_shots", found.more, "shootings", f"police shootings with more than {found.shots} shots")
    told = [
        ("chicago_shootings", found.known, "shootings", "police shootings in officers' reports"),
        *([more] if found.shots else []),
        ("chicago_under_five", found.under_five, "shootings", f"police shootings with fewer than {UNDER} shots"),
        ("chicago_under_five_share", round(100 * found.under_five_share, 1), "percent",
         f"share of police shootings with fewer than {UNDER} shots"),
        ("chicago_most_shots", found.most, "shots", "most shots by police in one shooting"),
        ("chicago_median_shots", found.median, "shots", "median shots by police in a shooting"),
    ]  # fmt: skip
    return [{"name": n, "value": v, "unit": u, "counts": c, "note": note, **shared} for n, v, u, c in told]
