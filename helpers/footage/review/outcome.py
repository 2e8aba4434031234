"""What a review gives: the shot log, its count in words, and what it cannot tell apart.

Timing. A shot's ``u_s`` is the root of the sum of squares of what is independent in it: the refinement on the waveform
or the hand's placing, the alignment of its clip with the reference, and half a sample. The alignment's part is the same
for all shots of a clip, so it matters between clips and not within one.

Merge floor. Two shots nearer than 35 ms may be heard, and counted, as one; and one may be counted as two. With
independent guns that fire ``rate`` shots a second in all, the share of shots that follow another so closely is
``1 - exp(-rate * floor)`` (the gaps of a Poisson process): 8 % at 2.3 shots a second.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ... import files, shots
from ...problems import InputError, Problem
from ..propose import CLOSE_S as MERGE_FLOOR_S
from .session import VERDICTS, Mark, Review

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "MERGE_FLOOR_S",
    "UNREVIEWED",
    "as_log",
    "in_words",
    "log_row",
    "merged_share",
    "shot_log",
    "timing",
    "write",
]

UNREVIEWED = ("refuse", "leave out", "possible")


def timing(mark: Mark, review: Review) -> float:
    """A mark's timing uncertainty in seconds: refinement, alignment and half a sample, root of the sum of squares."""
    recording = review.recording(mark.clip)
    return math.sqrt(mark.u_s**2 + recording.u_s**2 + (0.5 / recording.rate) ** 2)


def shot_log(review: Review, *, zero_s: float | None = None, unreviewed: str = "refuse") -> pd.DataFrame:
    """The shot log of a review: ``schema.SHOT_LOG``, in order of time, rejected marks left out.

    Parameters
    ----------
    zero_s : float, optional
        Where the incident's zero stands on the reference clock; the first certain shot unless told.
    unreviewed : {'refuse', 'leave out', 'possible'}
        What becomes of marks without a verdict. As ``possible`` they keep the status ``detected``.

    Raises
    ------
    InputError
        If marks are unreviewed and nothing is said of them, or no shot is left.
    """
    if unreviewed not in UNREVIEWED:
        raise ValueError(f"unreviewed is one of {', '.join(UNREVIEWED)}, not {unreviewed!r}")
    done, there = review.progress()
    if unreviewed == "refuse" and done < there:
        what = f"{there - done} of {there} marks are not reviewed"
        raise InputError(Problem(what, "Finish the review, or say what becomes of them.", review.journal.path))
    # Where nothing was decided, the detector's own doubt stands, but nothing is certain.
    open_verdict = {"": "possible" if unreviewed == "possible" else None}
    confidence = {mark.id: (VERDICTS | open_verdict)[mark.verdict] for mark in review.ordered()}
    kept = [mark for mark in review.ordered() if confidence[mark.id]]
    return as_log([log_row(mark, review, confidence[mark.id]) for mark in kept], review, zero_s)


def log_row(mark: Mark, review: Review, confidence: str) -> dict[str, Any]:
    """A mark as a row of the shot log, its time still on the reference clock."""
    return {
        "t_s": mark.t_s,
        "u_s": round(timing(mark, review), 6),
        "shooter": mark.shooter,
        "side": mark.side,
        "status": _status(mark, review),
        "confidence": confidence,
        "score": mark.score,
        "clip": mark.clip,
        "reviewer": review.reviewer if mark.verdict else None,
        "note": _note(mark),
    }


def as_log(rows: list[dict[str, Any]], review: Review, zero_s: float | None) -> pd.DataFrame:
    """Rows on the reference clock as a checked shot log on the incident's; see `shot_log` for ``zero_s``."""
    import pandas as pd

    if not rows:
        what = "no mark of this review is a shot"
        raise InputError(Problem(what, "There is no shot log to write.", review.journal.path))
    rows = sorted(rows, key=lambda row: row["t_s"])
    if zero_s is None:
        zero_s = next((row["t_s"] for row in rows if row["confidence"] == "certain"), rows[0]["t_s"])
    log = shots.check(pd.DataFrame(rows).assign(t_s=[round(row["t_s"] - zero_s, 6) + 0.0 for row in rows]))
    log.attrs |= {"zero_s": zero_s, "merge_floor_s": MERGE_FLOOR_S}
    return log


def _status(mark: Mark, review: Review) -> str:
    if review.simulated:
        return "simulated"
    return "annotated" if mark.verdict else "detected"


def _note(mark: Mark) -> str | None:
    said = [mark.note] if mark.note else []
    said += ["added by the reviewer"] if mark.added else []
    said += ["time set by hand"] if mark.moved else []
    return "; ".join(said) or None


def merged_share(rate: float, floor_s: float = MERGE_FLOOR_S) -> float:
    """The share of shots of independent guns that follow another within the floor: ``1 - exp(-rate * floor)``.

    >>> round(merged_share(2.34), 3), round(merged_share(8.0), 2)
    (0.079, 0.24)
    """
    return 1 - math.exp(-rate * floor_s)


def in_words(log: pd.DataFrame) -> str:
    """A reviewed log's count and the merge floor, in sentences for a caption."""
    count, span = shots.count(log), shots.span(log)
    floor = f"Two shots under {MERGE_FLOOR_S * 1000:.0f} ms apart may be heard as one"
    if span.span_s > 1 and len(log) > 2:
        share = merged_share((len(log) - 1) / span.span_s)
        floor += (
            f"; if guns fired independently at this pace, about {share:.0%} of shots would follow another so closely, "
            "so the true number may be higher"
        )
    close = int((log["t_s"].diff() < MERGE_FLOOR_S).sum())
    near = f" {close} of these {'stand' if close > 1 else 'stands'} so close to the one before." if close else ""
    return f"{count}. {floor}.{near}"


def write(review: Review, folder: str | Path, log: pd.DataFrame | None = None) -> Path:
    """Write ``shots.csv`` and ``clips.toml`` into an incident's folder, whole or not at all; returns the log.

    ``log`` is what `shot_log` or `joint_log` gave; `shot_log` of this review unless told.

    ``clips.toml`` says for each clip its file, hash, ``offset_s`` (added to the clip's clock it gives seconds after the
    incident's zero), that offset's uncertainty, and the merge floor.

    Raises
    ------
    InputError
        As `shot_log`; or if a shot log stands there that a review did not write.
    """
    log = shot_log(review) if log is None else log
    target = Path(folder) / "shots.csv"
    if target.exists():
        before = shots.read(target)
        if before["reviewer"].isna().all():
            what = "a shot log stands here that no review wrote"
            raise InputError(Problem(what, "Move it away first; it would be lost.", target))
    files.write(Path(folder) / "clips.toml", _clips(review, log.attrs["zero_s"]))
    return files.write_csv(target, log.dropna(axis="columns", how="all"))


def _clips(review: Review, zero_s: float) -> str:
    def said(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    parts = [
        "# Written by a review. A clip's own time plus its offset_s is seconds after the incident's zero",
        "# (its clock put right first by drift_ppm millionths).",
        f"merge_floor_s = {MERGE_FLOOR_S}",
        f"reviewer = {said(review.reviewer)}",
    ]
    for recording in review.recordings:
        parts += [
            "",
            "[[clips]]",
            f"file = {said(recording.file)}",
            f"sha256 = {said(recording.sha256)}",
            f"offset_s = {round(recording.offset_s - zero_s, 6)}",
            f"u_s = {round(recording.u_s, 6)}",
            f"drift_ppm = {round(recording.drift_ppm, 3)}",
            f"officer = {said(recording.officer)}",
        ]
    return "\n".join(parts) + "\n"
