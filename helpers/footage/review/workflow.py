"""The way from footage to a shot log, step by step, as the notebook ``02-shots-from-footage`` walks it.

Each step takes real footage or the simulated scene, one reviewer or two, and says in words what cannot be told.
"""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any

from ... import paths, shots
from ...problems import InputError, Problem
from . import outcome, rehearsal
from .compare import compare, joint_log
from .opening import Footage, incident_folder
from .session import Review

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["agreement", "count_facts", "differences", "fitness_table", "into_incident", "joint", "reviews", "scored"]


def fitness_table(footage: Footage) -> pd.DataFrame:
    """A row a clip: how long, how many samples a second, how high it reaches, and the seconds that are not fit."""
    import pandas as pd

    rows = [
        {
            "clip": report.clip,
            "seconds": round(report.duration_s, 2),
            "rate Hz": report.rate,
            "reaches Hz": round(report.bandwidth_hz),
            "noise to peak dB": round(report.peak_db - report.floor_db),
            "clipped s": _seconds(report.clipped),
            "ducked s": _seconds(report.ducked),
            "missing s": _seconds(report.dropouts),
            "unreliable s": _seconds(report.unreliable),
        }
        for report in footage.fitness
    ]
    return pd.DataFrame(rows)


def _seconds(spans: Sequence) -> float:
    return round(sum(span.stop_s - span.start_s for span in spans), 2)


def reviews(
    footage: Footage,
    reviewers: Sequence[str],
    incident: str | PathLike[str] | None = None,
    *,
    live: bool = False,
) -> list[Review]:
    """The reviews of one or two reviewers, begun or gone on with.

    Simulated sound is reviewed by simulated reviewers, except the first where ``live``: that is the reporter.

    Raises
    ------
    InputError
        If there is not one reviewer or two, or they share a name.
    """
    names = [" ".join(str(name).split()) for name in reviewers]
    if not 1 <= len(names) <= 2 or len(set(names)) < len(names):
        raise InputError(Problem("one reviewer or two, of different names", "Name them.", value=", ".join(names)))
    begun = [footage.review(name, incident) for name in names]
    if footage.truth is not None:
        for place, review in enumerate(begun):
            if not (live and place == 0):
                rehearsal.rehearse(review, footage.truth, seed=place + 1)
    return begun


def agreement(done: Sequence[Review]) -> str:
    """Where two reviewers agree, and what each has not; in words."""
    if len(done) < 2:
        return f"{done[0].reviewer} reviewed alone: a second, blind review would show where the count is weak."
    return str(compare(*done))


def differences(done: Sequence[Review]) -> pd.DataFrame:
    """The marks on which two reviewers differ: ``t_s`` and what each says; empty for one reviewer."""
    import pandas as pd

    if len(done) < 2:
        return pd.DataFrame(columns=["t_s", done[0].reviewer])
    table = compare(*done).table
    names = {"first": done[0].reviewer, "second": done[1].reviewer, "together": "together"}
    table = table.loc[~table["same"], ["t_s", *names]].rename(columns=names)
    return table.fillna("no shot").replace("", "not marked").round({"t_s": 3}).reset_index(drop=True)


def joint(done: Sequence[Review]) -> pd.DataFrame:
    """The shot log of one review, or of two together; see `outcome.shot_log` and `compare.joint_log`."""
    return outcome.shot_log(done[0]) if len(done) == 1 else joint_log(*done)


def scored(footage: Footage, times: Sequence[float], what: str) -> str:
    """Times on the reference clock held against the truth, in words; of real footage nobody knows it."""
    if footage.truth is None:
        return f"{what}: no score. The truth of real footage is not known; a second review is the nearest thing to it."
    return f"{what}: {rehearsal.score(times, footage.truth)}"


def into_incident(
    footage: Footage, done: Sequence[Review], log: pd.DataFrame, incident: str | PathLike[str] | None
) -> str:
    """Write the log into the incident's folder, and say so; simulated sound is not written anywhere."""
    if footage.simulated:
        return "Simulated: nothing is written. With your own footage, shots.csv goes into the incident's folder."
    written = outcome.write(done[0], incident_folder(incident), log)
    return (
        f"{paths.shown(written)}: {len(log)} rows. 0 s is the first certain shot: say so as zero in incident.toml. "
        f"Check it with: kit incident check {written.parent.name}"
    )


def count_facts(footage: Footage, log: pd.DataFrame) -> list[dict[str, Any]]:
    """The facts of a log, for ``facts.record_all``: shots heard, at least and at most, and over what time."""
    count, span = shots.count(log), shots.span(log)
    status = "simulated" if footage.simulated else "annotated"
    source = "This kit's simulator" if footage.simulated else "; ".join(clip.name for clip in footage.clips)
    more = {"status": status, "source": source, "note": outcome.in_words(log)}
    facts = [
        {"name": "shots_heard", "value": count.lowest, "unit": "shots", "qualifier": "at_least", "basis": "heard",
         "counts": "shots that are certain", **more},
        {"name": "shots_heard_with_possible", "value": count.highest, "unit": "shots", "basis": "heard",
         "qualifier": "exact", "counts": "certain, possible and possible echoes", **more},
    ]  # fmt: skip
    if len(log) > 1:
        about = "time from the first shot heard to the last"
        facts.append({"name": "heard_span", "value": round(span.span_s, 3), "unit": "s", "basis": "heard",
                      "qualifier": "approx", "counts": about, **more})  # fmt: skip
    return facts
