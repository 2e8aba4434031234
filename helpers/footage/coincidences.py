"""Whether two clips heard the same strong sounds, or their sounds only happen to fall together at an offset.

Noise rises everywhere, so much of it falls together at any offset; and two clips with bangs have offsets at which two
bangs of one meet two of the other, as soon as they share one spacing. So only strong impulsive sounds are evidence,
each used once, and an offset is believed only where

- it explains more than half of the strongest sounds of *each* clip in the time both were running, by their strength,
  as many of either as the clip with fewer has (one camera's own rattles are no evidence against the other);
- as many coincidences as it has would be rare among all offsets that could have been tried: an offset that puts one
  sound of the first on one of the second is tried for each such pair, and each other sound then meets one by chance
  with a probability that the density around it gives. The chance of ``k`` in all is at most ``tried * P(B >= k - 1)``
  with ``B`` binomial (Boole's inequality; by Hoeffding, Ann. Math. Stat. 27, 1956, the binomial of the mean
  probability bounds the tail of unequal ones);
- no other offset explains nearly as much.

The bound takes sounds as independent. Guns fired at one steady pace are not, and there the last rule refuses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .analysis import FRAME_S
from .candidates import candidates
from .propose import scored

if TYPE_CHECKING:
    import numpy as np

    from .analysis import Analysis

__all__ = ["Agreement", "Sounds", "agreement", "edges", "likely_shots", "strong_sounds"]

# A minute of steady noise has no rise over 4.3 dB at 16 kHz and more (5.3 dB at 8 kHz); a clear bang's are 10 and more.
LEAST_RISE_DB = 5.0
# A strong sound rises by this share of the clip's strongest, which are taken as the middle of this many.
STRONG_SHARE = 0.3
STRONGEST = 5
# What scores less is no likely shot.
LIKELY = 0.5
# No more than this many of a clip are held against each other's: all differences of two hours' sounds fit in memory.
MOST_SOUNDS = 1500
# How far apart one sound may come in two aligned clips: a gun in one place, one that moves, guns up to 7 m apart.
# And what share of the allowed chance each may use up (Boole's inequality again): few shots are told by a
# narrow one or not at all.
SHARES = {0.002: 1 / 2, 0.004: 1 / 6, 0.010: 1 / 6, 0.020: 1 / 6}
AROUND_S = 1.0
LEAST_EXPLAINED = 0.5
# Strong sounds and, where they do not tell, likely shots: in all, unrelated clips pass less than twice as often.
MOST_CHANCE = 1e-3
# The next best offset explains less than this share of what the best does.
RIVAL_SHARE = 0.75
RIVAL_AWAY_S = 0.05
RIVALS = 24
# Where sound begins out of digital silence or a gap, the beginning is the recorder's and no bang.
EDGE_S = 0.02


@dataclass(frozen=True)
class Sounds:
    """Strong impulsive sounds of a clip: ``t_s`` on its clock, in order, and how far each ``rise`` goes, dB."""

    t_s: np.ndarray
    rise: np.ndarray


@dataclass(frozen=True)
class Agreement:
    """What two clips have in common at an offset.

    ``matched`` strong sounds heard by both; ``explained`` share, 0 to 1, of the strength of the clip that is explained
    less; ``chance`` bounds how likely unrelated clips give as many; ``refused`` says why that is not enough.
    """

    matched: int
    explained: float
    chance: float
    refused: str = ""


def strong_sounds(analysis: Analysis) -> Sounds:
    """The strong impulsive sounds of a clip, without where its recording begins."""
    import numpy as np

    t_s, rise = candidates(analysis)
    frames = np.clip(((t_s - analysis.start_s) / FRAME_S).astype(int), 0, len(analysis.heard) - 1)
    inside = ~edges(analysis)[frames]
    t_s, rise = t_s[inside], rise[inside]
    strongest = np.median(np.sort(rise)[-STRONGEST:]) if len(rise) else 0.0
    least = np.sort(rise)[-MOST_SOUNDS] if len(rise) > MOST_SOUNDS else 0.0
    strong = rise >= max(LEAST_RISE_DB, STRONG_SHARE * strongest, least)
    return Sounds(t_s[strong], rise[strong])


def likely_shots(analysis: Analysis) -> Sounds:
    """The sounds of a clip that `propose` scores `LIKELY` or more, without where its recording begins."""
    import numpy as np

    table = scored(analysis)
    table = table[(table["score"] >= LIKELY) & ~edges(analysis)[table["frame"].to_numpy(int)]]
    table = table.nlargest(MOST_SOUNDS, "score").sort_values("t_s")
    return Sounds(table["t_s"].to_numpy(), np.asarray(table["rise"], float))


def edges(analysis: Analysis) -> np.ndarray:
    """Frames in which the recording itself begins: after its leading digital silence, and after gaps [frames]."""
    import numpy as np

    heard = analysis.heard & ~np.logical_and.accumulate(analysis.zeros >= 1.0)
    begins = np.flatnonzero(heard & ~np.concatenate([[False], heard[:-1]]))
    reach = round(EDGE_S / FRAME_S)
    found = np.zeros(len(heard), bool)
    for frame in begins:
        found[max(frame - reach, 0) : frame + reach] = True
    return found


def agreement(
    one: Sounds, two: Sounds, spans: Sequence[tuple[float, float]], offset_s: float, drift_ppm: float = 0.0
) -> Agreement:
    """Judge an offset, by the tolerance that speaks best for it.

    Parameters
    ----------
    one, two : Sounds
        Of the reference and of the clip that is aligned.
    spans : two of (start_s, stop_s)
        When each has sound, on its own clock.
    offset_s, drift_ppm : float
        As in `align.Offset`.
    """
    two = Sounds(two.t_s * (1 + drift_ppm * 1e-6), two.rise)
    found = [_judged(one, two, spans, offset_s, tolerance) for tolerance in SHARES]
    passed = [one for one in found if not one.refused]
    return max(passed, key=lambda one: one.matched) if passed else min(found, key=lambda one: one.chance)


def _judged(one: Sounds, two: Sounds, spans, offset_s: float, tolerance_s: float) -> Agreement:
    a, b = _in_overlap(one, two, spans, offset_s)
    met, strength = _met(a, b, tolerance_s)
    k = len(met)
    if k < 2:
        return Agreement(k, 0.0, 1.0, f"{k} strong sounds fall together, of {len(a.t_s)} and {len(b.t_s)}")
    alike = min(len(a.t_s), len(b.t_s))
    explained = min(_explained(a.rise, met[:, 0], alike), _explained(b.rise, met[:, 1], alike))
    chance = _chance(a, b, k, tolerance_s, len(one.t_s) * len(two.t_s) / SHARES[tolerance_s])
    told = f"{k} strong sounds fall together, of {len(a.t_s)} and {len(b.t_s)} while both ran"
    why = ""
    if explained <= LEAST_EXPLAINED:
        why = f"only {told}: they may not have recorded the same event"
    elif chance > MOST_CHANCE:
        why = f"{told}, which chance may do"
    else:
        rival_s, share = _rival(one, two, spans, offset_s, tolerance_s, strength)
        if share > RIVAL_SHARE:
            why = f"an offset {rival_s - offset_s:+.2f} s away explains nearly as many strong sounds"
    return Agreement(k, round(float(explained), 3), chance, why)


def _in_overlap(one: Sounds, two: Sounds, spans, offset_s: float) -> tuple[Sounds, Sounds]:
    """The sounds of both while both were running, on the reference's clock."""
    start = max(spans[0][0], spans[1][0] + offset_s)
    stop = min(spans[0][1], spans[1][1] + offset_s)
    shifted = two.t_s + offset_s
    first, second = (one.t_s >= start) & (one.t_s <= stop), (shifted >= start) & (shifted <= stop)
    return Sounds(one.t_s[first], one.rise[first]), Sounds(shifted[second], two.rise[second])


def _met(a: Sounds, b: Sounds, tolerance_s: float) -> tuple[np.ndarray, float]:
    """Sounds that fall together, one to one, as rows of places in both; and how strong they are in all, dB."""
    import numpy as np

    pairs, i, j = [], 0, 0
    while i < len(a.t_s) and j < len(b.t_s):
        apart = a.t_s[i] - b.t_s[j]
        if abs(apart) <= tolerance_s:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif apart < 0:
            i += 1
        else:
            j += 1
    met = np.array(pairs, int).reshape(-1, 2)
    return met, float(np.minimum(a.rise[met[:, 0]], b.rise[met[:, 1]]).sum())


def _explained(rise: np.ndarray, met: np.ndarray, most: int) -> float:
    """The share of the strength of a clip's ``most`` strongest sounds whose sounds the other heard too."""
    import numpy as np

    strongest = np.argsort(-rise, kind="stable")[:most]
    return float(rise[np.intersect1d(strongest, met)].sum() / rise[strongest].sum())


def _chance(a: Sounds, b: Sounds, matched: int, tolerance_s: float, tried: float) -> float:
    """A bound on how likely an offset among those tried has as many coincidences, were the clips unrelated."""
    import numpy as np
    from scipy import stats

    few, many = (a, b) if len(a.t_s) <= len(b.t_s) else (b, a)
    around = np.searchsorted(many.t_s, few.t_s + AROUND_S) - np.searchsorted(many.t_s, few.t_s - AROUND_S)
    probability = np.minimum(np.maximum(around, 1) * tolerance_s / AROUND_S, 1.0).mean()
    return float(min(tried * stats.binom.sf(matched - 2, len(few.t_s) - 1, probability), 1.0))


def _rival(one: Sounds, two: Sounds, spans, offset_s: float, tolerance_s: float, strength: float):
    """The best offset elsewhere and what it explains, as a share of what this one does."""
    import numpy as np

    differences = np.sort((one.t_s[:, None] - two.t_s[None, :]).ravel())
    away = differences[np.abs(differences - offset_s) > RIVAL_AWAY_S]
    heights = np.searchsorted(away, away + 2 * tolerance_s, side="right") - np.arange(len(away))
    best = (offset_s, 0.0)
    for place in np.argsort(-heights, kind="stable")[:RIVALS]:
        middle = float(np.median(away[place : place + heights[place]]))
        _, rival = _met(*_in_overlap(one, two, spans, middle), tolerance_s)
        best = max(best, (middle, rival / strength), key=lambda found: found[1])
    return best
