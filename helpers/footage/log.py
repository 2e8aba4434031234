"""Proposals as a shot log, and as what `kit shots --json` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .. import schema
from ..problems import InputError, Problem
from .align import aligned
from .analysis import Analysis, analyse
from .fitness import Fitness, assess
from .fuse import fuse
from .propose import CLOSE_S, proposals

if TYPE_CHECKING:
    import pandas as pd

    from .sound import Clip

__all__ = ["as_record", "heard", "shot_log", "together"]


def heard(clips: Sequence[Clip], recall: str = "balanced") -> list[tuple[Analysis, Fitness, pd.DataFrame]]:
    """Analysis, fitness report and proposals of each clip.

    Raises
    ------
    InputError
        With the faults of all clips that cannot be used.
    """
    found, problems = [], []
    for clip in clips:
        try:
            analysis = analyse(clip)
            found.append((analysis, assess(analysis), proposals(analysis, recall)))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return found


def as_record(fitness: Fitness, table: pd.DataFrame) -> dict:
    """One clip for JSON: ``clip``, ``sha256``, ``duration_s``, ``fitness`` and ``shots``."""
    columns = ["t_s", "u_s", "score", "confidence", "reasons"]
    shots = [dict(zip(columns, row, strict=True)) for row in table[columns].itertuples(index=False)]
    return {"clip": fitness.clip, "sha256": fitness.sha256, "duration_s": fitness.duration_s,
            "merge_floor_s": CLOSE_S, "fitness": fitness.as_dict(), "shots": shots}  # fmt: skip


def together(analyses: Sequence[Analysis], tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Proposals of several clips of one incident, aligned and fused, on the first clip's clock.

    Raises
    ------
    InputError
        If a clip cannot be aligned with the others.
    """
    if len(analyses) == 1:
        return tables[0]
    offsets = aligned(analyses)
    problems = [
        Problem(f"it cannot be aligned with {analyses[0].clip.name}: {offset.refused}",
                "Write its shots alone, or align it by hand.", analysis.clip.path)
        for offset, analysis in zip(offsets, analyses, strict=True) if offset.offset_s is None
    ]  # fmt: skip
    if problems:
        raise InputError(problems)
    spans = [(analysis.start_s, analysis.start_s + analysis.duration_s) for analysis in analyses]
    return fuse(tables, offsets, spans)


def shot_log(table: pd.DataFrame) -> pd.DataFrame:
    """Proposals in the columns of ``schema.SHOT_LOG``; the reasons become the note."""
    log = table.assign(
        shooter="unknown", side="unknown", reviewer="", note=["; ".join(reasons) for reasons in table["reasons"]]
    )
    return log.sort_values("t_s", kind="stable")[schema.SHOT_LOG.names].reset_index(drop=True)
