"""What an incident's facts and log say together: pace, and every count held beside the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import shots
from ..facts import BASES, Fact
from ..provenance import say
from .incident import Incident

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "after_events",
    "all_facts",
    "log_summary",
    "log_table",
    "pace",
    "ratio_qualifier",
    "reconciliation",
    "reported",
    "shooters",
    "what_happened",
]

EVENT_U_S = 0.1
NO_LOG = ("no shot log is public", "", "")

_RATIO = {
    ("exact", "exact"): "exact",
    ("at_least", "exact"): "at_least",
    ("exact", "at_most"): "at_least",
    ("at_least", "at_most"): "at_least",
    ("at_most", "exact"): "at_most",
    ("exact", "at_least"): "at_most",
    ("at_most", "at_least"): "at_most",
}


def ratio_qualifier(numerator: str, denominator: str) -> str | None:
    """The qualifier of a quotient: None where the quotient is bounded on neither side and is no estimate either.

    >>> ratio_qualifier("approx", "exact"), ratio_qualifier("exact", "at_most"), ratio_qualifier("at_least", "at_least")
    ('approx', 'at_least', None)
    """
    if (numerator, denominator) in _RATIO:
        return _RATIO[numerator, denominator]
    return "approx" if {numerator, denominator} <= {"approx", "exact"} else None


def pace(incident: Incident) -> Fact | None:
    """Police shots a second over the reported span (total / span), or None where the facts do not give one."""
    total, span = incident.fact("shots_by_police"), incident.fact("firing_span")
    qualifier = ratio_qualifier(total.qualifier, span.qualifier) if total and span else None
    if qualifier is None:
        return None
    return Fact(
        "pace",
        float(f"{total.value / span.value:.3g}"),
        "shots a second",
        qualifier,
        counts=f"pace of {incident.part}" if incident.part else "average pace of police fire",
        place=incident.place,
        period=incident.date,
        source="; ".join(dict.fromkeys((total.source, span.source))),
        as_of=total.as_of,
        status=total.status,
        computed=f"{total} / {span}",
        incident=incident.id,
    )


def reported(incident: Incident) -> pd.DataFrame:
    """The incident's facts as a table for reading: ``fact, value, source, note``; conflicts stand side by side."""
    import pandas as pd

    rows = [(fact.name.replace("_", " "), str(fact), fact.source, fact.note) for fact in incident.facts]
    return pd.DataFrame(rows, columns=["fact", "value", "source", "note"])


def reconciliation(incident: Incident) -> pd.DataFrame:
    """Every count of shots held beside the others: ``side, how, value, source, beside the first, note``.

    ``how`` is heard, reported, self-reported, casings or logged; ``beside the first`` is the difference to that
    side's first count, as a sign and number. A recording's sounds include everybody's shots, so its count is not
    compared.
    """
    import pandas as pd

    rows = []
    sides = (("police", "shots_by_police", "police"), ("others", "shots_by_others", "other"),
             ("everybody", "shots_heard", ""), ("unknown", "", "unknown"))  # fmt: skip
    for side, name, logged in sides:
        stated = incident.all(name) if name else []
        counts = [(fact.basis or "reported", fact.value, str(fact), fact.source, fact.note) for fact in stated]
        if incident.shots is not None:
            mine = incident.shots[incident.shots["side"] == logged]
            if len(mine):
                count = shots.count(mine)
                counts.append(("logged", count.highest, str(count), f"{incident.status} log", BASES["logged"]))
        for number, (how, value, text, source, note) in enumerate(counts):
            beside = f"{value - counts[0][1]:+,}" if number else ""
            rows.append((side, how, text, source, beside, note))
    return pd.DataFrame(rows, columns=["side", "how", "value", "source", "beside the first", "note"])


def log_summary(incident: Incident) -> list[Fact]:
    """What the log measures of police fire, as facts: shots, span, mean split, longest gap. Empty without a log."""
    log = incident.shots
    if log is None:
        return []
    mine = shots.by_police(log)
    count = shots.count(mine)
    certain = mine[mine["confidence"] == "certain"]
    common = {
        "place": incident.place,
        "period": incident.date,
        "status": incident.status,
        "incident": incident.id,
        "source": incident.credits,
        "basis": "logged",
        # What doubt about any row may change is no exact figure.
        "qualifier": "exact" if count.lowest == count.highest else "approx",
    }
    bounded = common | {"qualifier": "exact" if count.lowest == count.highest else "at_least"}
    found = [
        Fact(
            "shots_in_log", count.lowest, "shots", counts="certain police shots in the log", note=str(count), **bounded
        )
    ]
    if len(certain) > 1:
        span, gaps = shots.span(certain), shots.gaps(certain)
        bound = f" (±{span.u_s:.3g} s)" if span.u_s == span.u_s else " (timing uncertainty not known)"
        longest = gaps.loc[gaps["gap_s"].idxmax()]
        found += [
            Fact("log_span", round(span.span_s, 3), "s", counts="first certain police shot to last",
                 computed="last - first" + bound, **common),
            Fact("mean_split", round(span.span_s / len(gaps), 3), "s",
                 counts="mean time between neighbouring certain police shots",
                 computed=f"{say(round(span.span_s, 3))} s / {len(gaps)} gaps", **common),
            Fact("longest_gap", round(float(longest["gap_s"]), 3), "s", 
                 counts="longest time between certain police shots",
                 computed=f"from {longest['from_s']:g} s to {longest['to_s']:g} s", **common),
        ]  # fmt: skip
    return found


def all_facts(incident: Incident) -> list[Fact]:
    """Everything an article may say of the incident: its reported facts, its pace, what its log measures."""
    average = pace(incident)
    return [*incident.facts, *([average] if average else []), *log_summary(incident)]


def what_happened(incident: Incident) -> pd.DataFrame:
    """The events in order, for reading: ``time, what happened, source``; a time that is not public is said to be so."""
    import pandas as pd

    rows = [
        ("not public" if time != time else f"{time:g} s", label, str(incident.sources[source]))
        for time, label, source in incident.events[["t_s", "label", "source"]].itertuples(index=False)
    ]
    return pd.DataFrame(rows, columns=["time", "what happened", "source"])


def log_table(incident: Incident) -> pd.DataFrame:
    """What the shot log measures, for reading: ``measure, value, how``."""
    import pandas as pd

    rows = [(fact.counts, str(fact), fact.computed or fact.note) for fact in log_summary(incident)]
    return pd.DataFrame(rows or [NO_LOG], columns=["measure", "value", "how"])


def shooters(incident: Incident) -> pd.DataFrame:
    """Shots by shooter, for reading: ``shooter, side, lowest, highest``, in order of first shot."""
    import pandas as pd

    columns = ["shooter", "side", "lowest", "highest"]
    if incident.shots is None:
        return pd.DataFrame([(*NO_LOG, "")], columns=columns)
    return shots.by_shooter(incident.shots).reset_index()[columns]


def after_events(incident: Incident) -> pd.DataFrame:
    """Shots after each timed event, for reading: ``event, time, lowest, highest``, whatever the timing errors.

    An event's time is taken to be good to `EVENT_U_S`: a person's mark is seldom better than a tenth of a second.
    """
    import pandas as pd

    columns = ["event", "time", "lowest", "highest"]
    if incident.shots is None:
        return pd.DataFrame([(*NO_LOG, "")], columns=columns)
    events = incident.events.dropna(subset="t_s")
    rows = [
        (label, f"{time:g} s", *shots.after(incident.shots, time, u_s=EVENT_U_S))
        for time, label in zip(events["t_s"], events["label"], strict=True)
    ]
    return pd.DataFrame(rows or [("no event has a public time", "", "", "")], columns=columns)
