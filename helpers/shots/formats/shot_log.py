"""The kit's own shot log as a format, and how a label says what a shot is.

In a format that holds only labels, a shot is written as its confidence and what else is known, so that nothing is lost
on the way through another program::

    certain; shooter=Officer A; side=police; u_s=0.002

Read back, a label must say that its mark is a shot: ``shot``, ``gunshot 3``, ``certain``, ``possible``, ``echo`` and
the like. Any other label is refused, or treated as the reporter says: a mark "shouting" is no shot.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from ... import files, schema
from ...problems import InputError, Problem
from .. import log
from .marks import Mark, Options, Reading, Writing, table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["OTHERS", "RESOLUTION_S", "confidence_in", "from_log", "is_log", "read", "to_log", "write"]

RESOLUTION_S = 1e-9
OTHERS = ("refuse", "leave-out", "certain", "possible", "possible echo")
_CERTAIN = re.compile(r"(certain|confirmed|(gun ?)?shot|gunfire|bang)")
_POSSIBLE = re.compile(r"(possible|possibly|maybe|unsure|perhaps|\?)( (gun ?)?shot)?|(gun ?)?shot ?\?")
_ECHO = re.compile(r"(possible |maybe )?echo ?\??")
_NUMBERED = re.compile(r"(?:\s*(?:#|no\.?|nr\.?|number)?\s*\d+)?$")
_KEPT = ("shooter", "side", "status", "u_s", "score", "clip", "reviewer", "note")
_SILENT = {"shooter": "unknown", "side": "unknown"}


def is_log(text: str) -> bool:
    """Whether a CSV's header is that of a shot log, be it one with a fault."""
    names = set(text.partition("\n")[0].strip().split(","))
    return "t_s" in names and bool({"side", "status", "confidence"} & names)


def confidence_in(label: str) -> str | None:
    """The confidence that a label states, None where it does not say that its mark is a shot.

    >>> [confidence_in(label) for label in ("Shot 12", "possible shot", "echo?", "shouting", "5 shots")]
    ['certain', 'possible', 'possible echo', None, None]
    """
    word = _NUMBERED.sub("", label.partition(";")[0].strip().lower())
    for pattern, confidence in ((_CERTAIN, "certain"), (_POSSIBLE, "possible"), (_ECHO, "possible echo")):
        if pattern.fullmatch(word):
            return confidence
    return None


def read(text: str, file: Path, options: Options) -> Reading:
    """Read a shot log as marks, each a point whose label says all that its row does."""
    return Reading(from_log(log.read(file), file), RESOLUTION_S)


def from_log(shots: pd.DataFrame, file: Path) -> pd.DataFrame:
    """A shot log's rows as marks."""
    more = [name for name in shots.columns if name not in schema.SHOT_LOG.names]
    marks = []
    for shot in shots.to_dict("records"):
        said = [shot["confidence"]]
        for name in (*_KEPT, *more):
            value = shot[name]
            if value == value and value is not None and str(value) not in ("", _SILENT.get(name)):
                said.append(f"{name}={quote(str(value), safe=_UNQUOTED)}")
        marks.append(Mark(shot["t_s"], shot["t_s"], "; ".join(said)))
    return table(marks, file)


# All but what parts a label, and what would end its line.
_UNQUOTED = "".join(chr(code) for code in range(0x20, 0x7F) if chr(code) not in ";=%|\\")


def write(marks: pd.DataFrame, options: Options) -> Writing:
    """Write a shot log from marks; see `to_log`."""
    shots, notes = to_log(marks, options)
    return Writing(files.as_csv(shots), notes)


def to_log(marks: pd.DataFrame, options: Options, resolution_s: float = 0.0) -> tuple[pd.DataFrame, list[str]]:
    """Marks as a checked shot log, ordered by time; a stretch counts by its start.

    ``u_s`` is what a label states, with half the resolution of the format it came through added; it stays unknown
    where the label does not say.

    Raises
    ------
    InputError
        With every mark whose label does not say what it is, unless ``options.others`` does.
    """
    import pandas as pd

    rows, problems, left = [], [], []
    for mark in marks.itertuples():
        confidence = confidence_in(mark.label) or (None if options.others in OTHERS[:2] else options.others)
        if confidence is None and options.others == "refuse":
            what = "the label does not say whether this is a shot"
            remedy = "Write shot, possible or echo; or say --others leave-out (or certain, possible)."
            problems.append(Problem(what, remedy, row=mark.Index, column="label", value=mark.label))
        elif confidence is None:
            left.append(mark.label)
        else:
            stated = confidence_in(mark.label) is not None
            rows.append(_shot(mark, confidence, stated, options, resolution_s, problems))
    if problems:
        raise InputError(problems)
    shots = log.check(pd.DataFrame(rows).sort_values("t_s", kind="stable").reset_index(drop=True)) if rows else None
    if shots is None:
        raise InputError(Problem("no mark is a shot", "Check the labels, or say --others certain."))
    stretches = int((marks["end_s"] > marks["start_s"]).sum())
    notes = [f"{stretches} marks are stretches of time; a shot is at the start of each."] if stretches else []
    if left:
        named = ", ".join(repr(label) for label in dict.fromkeys(left[:5]))
        notes.append(f"{len(left)} marks are left out: their labels do not say that they are shots ({named}).")
    return shots.dropna(axis="columns", how="all"), notes


def _shot(mark, confidence: str, stated: bool, options: Options, resolution_s: float, problems: list) -> dict:
    """A row of the shot log; what a label says in no key of the kit's becomes the note."""
    row = {"t_s": round(mark.start_s, 9), "u_s": None, "shooter": "unknown", "side": options.side,
           "status": options.status, "confidence": confidence}  # fmt: skip
    for part in mark.label.split(";")[1:] if stated else ():
        key, equals, value = (text.strip() for text in part.partition("="))
        if equals and re.fullmatch(r"\w+", key):
            row[key] = unquote(value)
        elif part.strip():
            row["note"] = "; ".join(filter(None, (row.get("note"), part.strip())))
    if not stated and mark.label:
        row["note"] = mark.label
    if mark.tier and row["shooter"] == "unknown":
        row["note"] = "; ".join(filter(None, (row.get("note"), f"tier {mark.tier}")))
    if row["u_s"] is not None:
        try:
            row["u_s"] = round(float(row["u_s"]) + (resolution_s / 2 if resolution_s > 1e-5 else 0.0), 9)
        except ValueError:
            remedy = "Write seconds, such as u_s=0.02, or leave it out."
            problems.append(Problem("u_s is not a number", remedy, row=mark.Index, column="label", value=mark.label))
    return row
