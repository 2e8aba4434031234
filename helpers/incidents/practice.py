"""A place to practise on: an incident as ``kit incident new`` makes it, a spreadsheet and a draft, gone at the end.

What is practised on is a copy of an incident that is there already, so that no figure is made up.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import files, schema
from ..provenance import say
from . import scaffold
from .entering import add_shots
from .incident import Incident

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Practice", "practice"]

MISTAKE = "A mistake made on purpose, to see it caught: police fired {wrong} shots."


@dataclass(frozen=True)
class Practice:
    """Files to practise on: ``empty`` and ``filled`` incident folders, a ``spreadsheet`` of shot times, a ``draft``.

    ``spreadsheet`` is None where the incident has no shot log. ``filled`` has no ``shots.csv`` before `add_shots`.
    ``status`` says how the shot times are known.
    """

    empty: Path
    filled: Path
    spreadsheet: Path | None
    draft: Path
    status: str
    _folder: Any = field(repr=False)

    def beginning(self, lines: int = 30) -> str:
        """The first lines of the filled ``incident.toml``."""
        return "\n".join((self.filled / "incident.toml").read_text(encoding="utf-8").splitlines()[:lines])

    def add_shots(self) -> pd.DataFrame:
        """Write the spreadsheet's times into the filled folder; the shot log, with no rows where there are no times."""
        import pandas as pd

        if self.spreadsheet is None:
            return pd.DataFrame(columns=schema.SHOT_LOG.names)
        # Run again, it begins again.
        (self.filled / "shots.csv").unlink(missing_ok=True)
        return add_shots(self.filled, self.spreadsheet, status=self.status)


def practice(incident: Incident) -> Practice:
    """Lay out an incident's own facts and shot times as a reporter has them before there is an incident folder.

    The draft says the reported facts in a few sentences, and below them one wrong number, said to be wrong.
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
    draft = files.write(base / "draft.md", "\n\n".join([f"# {incident.title}", *_paragraphs(incident)]) + "\n")
    return Practice(empty, filled, spreadsheet, draft, incident.status, held)


def _paragraphs(incident: Incident) -> list[str]:
    """The reported total, span and officers as an article says them; then a wrong total."""
    total, span, officers = (incident.fact(name) for name in ("shots_by_police", "firing_span", "officers_fired"))
    told = ["This is a simulation, not a real event."] if incident.simulated else []
    if total is not None:
        over = f" over {say(span.value, span.qualifier)} seconds" if span is not None else ""
        told.append(f"Police fired {total}{over}.")
    if officers is not None:
        told.append(f"{officers} fired.".capitalize())
    wrong = [MISTAKE.format(wrong=f"{2 * int(total.value) + 7:,}")] if total is not None else []
    return [" ".join(told) or "Nothing is on record in numbers.", *wrong]


def _clock(t_s: float) -> str:
    """Seconds as a video player shows them; before zero, as they are."""
    minutes, rest = divmod(round(1000 * t_s), 60_000)
    return f"{t_s:.9g}" if t_s < 0 or round(t_s, 3) != t_s else f"{minutes}:{rest / 1000:06.3f}"
