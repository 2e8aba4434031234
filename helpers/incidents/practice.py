"""A place to practise on: an incident as ``kit incident new`` makes it, a spreadsheet and a draft, gone at the end.

What is practised on is a copy of an incident that is there already, so that no figure is made up.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .. import files
from . import scaffold
from .incident import Incident
from .sentences import in_words

__all__ = ["Practice", "practice"]

MISTAKE = "A mistake made on purpose, to see it caught: police fired {wrong} shots."


@dataclass(frozen=True)
class Practice:
    """Files to practise on: ``empty`` and ``filled`` incident folders, a ``spreadsheet`` of shot times, a ``draft``.

    ``spreadsheet`` is None where the incident has no shot log. ``filled`` has no ``shots.csv`` yet.
    """

    empty: Path
    filled: Path
    spreadsheet: Path | None
    draft: Path
    _folder: Any = field(repr=False)


def practice(incident: Incident) -> Practice:
    """Lay out an incident's own facts and shot times as a reporter has them before there is an incident folder.

    The draft is the incident in sentences, and below it one wrong number, said to be wrong.
    """
    held = tempfile.TemporaryDirectory(prefix="kit-practice-")
    base = Path(held.name)
    empty = scaffold.new(incident.id, base / "empty")
    filled = base / "filled" / incident.id
    shutil.copytree(incident.folder, filled, ignore=shutil.ignore_patterns("shots.csv"))
    spreadsheet = None
    if incident.shots is not None:
        log = incident.shots
        table = log[["t_s", "shooter", "side", "confidence", "u_s"]].set_axis(
            ["Time", "Who fired", "Side", "How sure", "Give or take"], axis=1
        )
        spreadsheet = files.write_csv(base / "shot-times.csv", table.assign(Time=[_clock(at) for at in log["t_s"]]))
    total = incident.fact("shots_by_police")
    wrong = [MISTAKE.format(wrong=f"{2 * int(total.value) + 7:,}")] if total is not None else []
    draft = files.write(base / "draft.md", "\n\n".join([f"# {incident.title}", in_words(incident), *wrong]) + "\n")
    return Practice(empty, filled, spreadsheet, draft, held)


def _clock(t_s: float) -> str:
    """Seconds as a video player shows them; before zero, as they are."""
    minutes, rest = divmod(round(1000 * t_s), 60_000)
    return f"{t_s:.9g}" if t_s < 0 or round(t_s, 3) != t_s else f"{minutes}:{rest / 1000:06.3f}"
