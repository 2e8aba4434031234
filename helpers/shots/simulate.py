"""A simulated shot log for learning the tools: no real event, and marked so in every row.

``python -m helpers.shots.simulate`` writes the shot log of the incident `rehearsal` again.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from .. import files, paths

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["simulate"]

SEED = 20240321


def simulate(*, shots: int = 96, span_s: float = 41.0, shooters: int = 4, seed: int = SEED) -> pd.DataFrame:
    """A shot log of independent shooters who fire in bursts with pauses; the same for the same seed everywhere.

    Each shooter alternates bursts of 3 to 9 shots, 0.18 to 0.45 s apart, with pauses of 1 to 6 s. Shots are then
    removed at random until ``shots`` are left, and times are scaled so that the first is at 0 and the last at
    ``span_s``. One in sixteen is marked possible and one in forty-eight a possible echo.

    Only ``random.Random.random`` is used: Python promises the same numbers for the same seed in every version.

    Returns
    -------
    DataFrame
        The columns of ``schema.SHOT_LOG`` that hold something, every row with status ``simulated``.

    Raises
    ------
    ValueError
        If the shooters cannot fire that many shots in that time.
    """
    import pandas as pd

    draw = random.Random(seed)
    fired = [(time, f"Shooter {letter}") for letter in "ABCDEFGH"[:shooters] for time in _bursts(draw, span_s)]
    if len(fired) < shots:
        raise ValueError(f"{shooters} shooters fire {len(fired)} shots in {span_s} s, not {shots}")
    kept = sorted(sorted(fired, key=lambda _: draw.random())[:shots])
    start, end = kept[0][0], kept[-1][0]
    log = pd.DataFrame(kept, columns=["t_s", "shooter"])
    log["t_s"] = ((log["t_s"] - start) * span_s / (end - start)).round(3)
    log.insert(1, "u_s", 0.02)
    log["side"] = "police"
    log["status"] = "simulated"
    log["confidence"] = "certain"
    inner = sorted(range(1, shots - 1), key=lambda _: draw.random())
    log.loc[inner[: shots // 16], "confidence"] = "possible"
    log.loc[inner[shots // 16 : shots // 16 + shots // 48], "confidence"] = "possible echo"
    return log


def _bursts(draw: random.Random, until_s: float) -> list[float]:
    times, time = [], 4 * draw.random()
    while True:
        for _ in range(3 + int(7 * draw.random())):
            if time > until_s:
                return times
            times.append(time)
            time += 0.18 + 0.27 * draw.random()
        time += 1 + 5 * draw.random()


if __name__ == "__main__":
    target = paths.incidents() / "rehearsal" / "shots.csv"
    files.write(target, simulate().to_csv(index=False, lineterminator="\n"))
    print(paths.shown(target))
