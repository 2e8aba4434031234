"""What several cameras heard together: at consistent spacing it is a shot, on one camera alone it is an echo suspect.

Shots keep their spacing on every camera; echoes do not, for each camera has its own walls. After `align`, a shot of a
gun that is 10 m nearer to one camera than the guns that aligned it comes 29 ms apart (about 3 ms a metre), so cameras
far from each other need a wider window.

For the same reason the times of one log come from one camera, the reference, as far as it heard the shots: taken from
now this, now that camera they would put the alignment's error and the cameras' distances into the gaps between shots.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .propose import CERTAIN

if TYPE_CHECKING:
    import pandas as pd

    from .align import Offset

__all__ = ["fuse"]

# What a camera that should have heard it and did not says against a shot, as a score.
UNHEARD = 0.03
ALONE = "on one camera only"


def fuse(
    proposals: Sequence[pd.DataFrame],
    offsets: Sequence[Offset],
    spans: Sequence[tuple[float, float]],
    *,
    within_s: float = 0.010,
    least: float = 0.4,
    reference: int = 0,
) -> pd.DataFrame:
    """Fuse proposals of aligned clips into one table on the reference's clock.

    Parameters
    ----------
    proposals : sequence of DataFrame
        A table a clip, from `propose.propose`, best with ``recall="high"``.
    offsets : sequence of Offset
        From `align.align`; clips that were refused are left out.
    spans : sequence of (start_s, stop_s)
        Where each clip has sound, on its own clock: only a camera that ran can contradict.
    within_s : float
        How far apart arrivals of one shot may lie after alignment, beyond the alignment's own bounds.
    least : float
        Rows with a fused score below this are left out.
    reference : int
        Which clip's clock it is, as in `align.align`.

    Returns
    -------
    DataFrame
        As `propose.propose`, with ``heard`` (by how many cameras) and ``running`` (how many could have). ``clip`` is
        the reference where it heard the shot, else the clip that is aligned best among those that did; ``t_s`` its
        arrival there on the reference's clock, and ``reasons`` what was measured there. ``u_s`` is the root of the sum
        of squares of ``heard_u_s``, the bound on the clip's own clock, and the bound of the clip's alignment (none for
        the reference), which all shots of a clip share.
    """
    import numpy as np
    import pandas as pd

    marks = _on_reference(proposals, offsets)
    taken = np.zeros(len(marks), bool)
    rows = []
    # The reference first, then whose alignment is known best: the same order for every shot.
    unsure = [(place != reference, offset.u_s or 0.0) for place, offset in enumerate(offsets)]
    order = np.argsort(-marks["score"].to_numpy(), kind="stable") if len(marks) else []
    t_s, clip_of = marks["t_s"].to_numpy(), marks["place"].to_numpy()
    for lead in order:
        if taken[lead]:
            continue
        members = [lead]
        for place in set(range(len(proposals))) - {clip_of[lead]}:
            width = within_s + (offsets[place].u_s or 0) + (offsets[clip_of[lead]].u_s or 0)
            near = np.flatnonzero((clip_of == place) & ~taken & (np.abs(t_s - t_s[lead]) <= width))
            if len(near):
                members.append(near[np.argmin(np.abs(t_s[near] - t_s[lead]))])
        taken[members] = True
        timed = min(members, key=lambda member: (unsure[clip_of[member]], clip_of[member]))
        rows.append(_fused(marks.iloc[members], marks.iloc[timed], _running(t_s[lead], offsets, spans)))
    fused = pd.DataFrame(rows, columns=[*_COLUMNS]).sort_values("t_s", ignore_index=True)
    return fused[fused["score"] >= least].reset_index(drop=True)


_COLUMNS = ("t_s", "u_s", "score", "confidence", "reasons", "status", "clip", "heard", "running", "heard_u_s")


def _on_reference(proposals, offsets) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    tables = [
        table.assign(t_s=offset.to_reference(table["t_s"]), u_s=np.hypot(table["u_s"], offset.u_s),
                     heard_u_s=table["u_s"], place=place)
        for place, (table, offset) in enumerate(zip(proposals, offsets, strict=True))
        if offset.offset_s is not None
    ]  # fmt: skip
    joined = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()
    return joined if len(joined) else pd.DataFrame(columns=[*_COLUMNS[:7], "heard_u_s", "place"])


def _running(t_s: float, offsets, spans) -> int:
    """How many cameras had sound at a time on the reference's clock."""
    return sum(
        offset.offset_s is not None and offset.to_reference(start) - 0.05 <= t_s <= offset.to_reference(stop) + 0.05
        for offset, (start, stop) in zip(offsets, spans, strict=True)
    )


def _fused(members: pd.DataFrame, timed: pd.Series, running: int) -> tuple:
    """One row: the mean log odds over the cameras that ran, an unheard one counting as `UNHEARD`; ``timed`` is when."""
    import numpy as np

    scores = np.clip(members["score"].to_numpy(), 1e-3, 1 - 1e-3)
    heard, running = len(members), max(running, len(members))
    scores = np.append(scores, np.full(running - heard, UNHEARD))
    score = float(1 / (1 + np.exp(-np.log(scores / (1 - scores)).mean())))
    reasons = [reason for reason in timed["reasons"] if reason != ALONE]
    if running > 1:
        reasons.append(f"heard on {heard} of {running} cameras" if heard > 1 else ALONE)
    confidence = "certain" if score >= CERTAIN else "possible"
    if running > 1 and heard == 1:
        confidence = "possible echo"
    return (
        round(float(timed["t_s"]), 5), round(float(timed["u_s"]), 5), round(score, 3), confidence, tuple(reasons),
        timed["status"], timed["clip"], heard, running, float(timed["heard_u_s"]),
    )  # fmt: skip
