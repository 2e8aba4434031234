"""What an incident's numbers say in plain sentences, every number computed, with its caveat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import shots
from ..provenance import say
from .incident import Incident
from .measures import pace
from .shootings import rank

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["headline", "in_words", "standing"]


def headline(incident: Incident) -> str:
    """A headline from the reported total and span, or the incident's title where one of them is not known."""
    total, span = incident.fact("shots_by_police"), incident.fact("firing_span")
    if total is None or span is None:
        return incident.title
    # An article loses its capital within a sentence; a name keeps it.
    first, _, rest = incident.title.partition(" ")
    title = f"{first.lower()} {rest}" if first in ("The", "A", "An") else incident.title
    text = f"{total} in {say(span.value, span.qualifier)} {_seconds(span.value)}: {title}"
    return text[0].upper() + text[1:]


def in_words(incident: Incident) -> str:
    """The incident's shots over time in a few sentences: what is known, how, and what is not."""
    total, span, average = incident.fact("shots_by_police"), incident.fact("firing_span"), pace(incident)
    told = ["This is a simulation, not a real event."] if incident.simulated else []
    if total is not None and span is not None:
        told.append(
            f"Police fired {total} over {say(span.value, span.qualifier)} {_seconds(span.value)} ({total.source})."
        )
        told += [f"That is {incident.part} only."] if incident.part else []
        told += [total.note] if total.note else []
    if average is not None:
        told.append(f"The average pace is {average}.")
    for other in incident.all("firing_span")[1:]:
        told.append(
            f"Another source gives {say(other.value, other.qualifier)} {_seconds(other.value)} ({other.source})."
        )
    for other in incident.all("shots_by_police")[1:]:
        told.append(f"Another count says {other}, {other.basis or 'reported'} ({other.source}).")
    if incident.shots is None:
        told.append("When each shot was fired is not public, so only the average is known, not the rhythm.")
    else:
        extent = shots.span(incident.shots)
        bound = f", give or take {extent.u_s:.3g} s" if extent.u_s == extent.u_s else ""
        told.append(
            f"The {incident.status} shot log holds {len(incident.shots)} rows ({shots.count(incident.shots)}) over "
            f"{extent.span_s:.4g} seconds{bound}."
        )
    return " ".join(told)


def standing(shootings: pd.DataFrame, incident: Incident) -> str:
    """Where an incident stands among the documented shootings, by shots and by pace, with the caveat.

    ``shootings`` is as ``shootings.beside`` gives it.
    """
    by_shots = rank(shootings, "shots_by_police", "shots_qualifier")
    if by_shots is None:
        reason = "its number of police shots is not on record"
        reason = "it is simulated" if incident.simulated else reason
        reason = f"its counts are of {incident.part} only" if incident.part else reason
        return f"{incident.title} is not compared: {reason}."
    row = shootings[shootings["focus"]].iloc[0]
    count = say(int(row["shots_by_police"]), row["shots_qualifier"], "shots")
    told = [f"{row['name']}: {count} by police. That is {by_shots.among('others with a count on record')}."]
    by_pace = rank(shootings, "pace", "pace_qualifier")
    if by_pace is not None:
        pace = say(float(f"{row['pace']:.3g}"), row["pace_qualifier"], "shots a second")
        told.append(f"Its average pace, {pace}, is {by_pace.among('others whose pace can be worked out')}.")
    told.append(
        "These are shootings that became known, not a sample: the rank says nothing of police shootings at large."
    )
    return " ".join(told)


def _seconds(value: float) -> str:
    return "second" if value == 1 else "seconds"
