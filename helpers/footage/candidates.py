"""Where something begins: an onset function over bands, its peaks, and their times on the waveform.

The onset function is `Analysis.novelty`. Taking its peaks is deliberately generous: what is not a candidate here can
never be proposed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .analysis import ENVELOPE_S, PER_FRAME

if TYPE_CHECKING:
    import numpy as np

    from .analysis import Analysis

__all__ = ["MERGE_S", "candidates", "onsets_on_waveform"]

# Two onsets nearer than this are one: a muzzle blast itself lasts 3 to 5 ms, and its ground reflection follows at once.
MERGE_S = 0.012
LEAST_RISE_DB = 1.5
# The share of the local peak at which a sound is said to begin.
ONSET_SHARE = 0.25
# An onset follows 6 ms of quiet: a bullet's crack and its blast, further apart than that, are two.
QUIET_STEPS = 24
# Steps of the envelope that are looked at before and after a peak of the onset function.
BACK, AHEAD = 7 * PER_FRAME, 5 * PER_FRAME
# Onsets that are worked on at a time: so few that they stay in a processor's cache.
ROWS = 512


def candidates(analysis: Analysis) -> tuple[np.ndarray, np.ndarray]:
    """Every onset that might be a shot: ``(t_s, novelty)``, in order, no two nearer than `MERGE_S`."""
    import numpy as np
    from scipy import ndimage

    rise = analysis.novelty
    highest = ndimage.maximum_filter1d(rise, 5)
    peaks = np.flatnonzero((rise == highest) & (rise > LEAST_RISE_DB))
    # A plateau's frames are all its highest.
    peaks = peaks[np.diff(peaks, prepend=-9) > 1]
    times = onsets_on_waveform(analysis, peaks)
    kept = _apart(times, rise[peaks])
    return times[kept], rise[peaks[kept]]


def _apart(times: np.ndarray, strength: np.ndarray) -> np.ndarray:
    """The places, in order of time, of onsets that are left when the strongest takes all nearer than `MERGE_S`."""
    import numpy as np

    order = np.argsort(times, kind="stable")
    t_s = times[order]
    first = np.searchsorted(t_s, t_s - MERGE_S, side="right")
    last = np.searchsorted(t_s, t_s + MERGE_S, side="left")
    kept = last - first == 1
    crowded = np.flatnonzero(~kept)
    # Of equals the earlier peak of the onset function.
    for place in crowded[np.lexsort((order[crowded], -strength[order[crowded]]))].tolist():
        kept[place] = not kept[first[place] : last[place]].any()
    return order[kept]


def onsets_on_waveform(analysis: Analysis, frames: np.ndarray) -> np.ndarray:
    """When the sound around each frame begins: where the 0.5 ms envelope first passes 25 % of its local peak, s.

    Above what sounds already: where a shot stands in the one before, a quarter of the way from that to the peak. Beyond
    the clip's ends there is silence.
    """
    import numpy as np

    starts = np.sort(np.asarray(frames, int)) * PER_FRAME
    found = [_onset_steps(*_padded(analysis.envelope, starts[k : k + ROWS])) for k in range(0, len(starts), ROWS)]
    first = np.concatenate(found) if found else np.zeros(0)
    return analysis.start_s + (starts - BACK + first + 0.5) * ENVELOPE_S


def _padded(envelope: np.ndarray, starts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The envelope around some places in order, with silence beyond its ends, and the places in it."""
    import numpy as np

    low, high = starts[0] - BACK, starts[-1] + AHEAD + 1
    within = envelope[max(low, 0) : high]
    before = max(-low, 0)
    silence = np.zeros(before, "float32"), np.zeros(high - low - before - len(within), "float32")
    return np.concatenate([silence[0], within, silence[1]]), starts - starts[0]


def _onset_steps(padded: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """For windows of `BACK` + `AHEAD` steps, the step at which each sound begins [windows]."""
    import numpy as np

    windows = np.lib.stride_tricks.sliding_window_view(padded, BACK + AHEAD + 1)[starts]
    envelope, local = windows[:, :-1], np.maximum(windows[:, :-1], windows[:, 1:])
    local[:, -1] = envelope[:, -1]
    steps, rows = np.arange(BACK + AHEAD), np.arange(len(starts))
    peak = local[:, BACK - AHEAD :].argmax(axis=1) + BACK - AHEAD
    top = local[rows, peak]
    # What sounds already: the median of what lies 3 ms and more before the peak.
    number = np.maximum(peak - 12, 1)
    head = np.sort(np.where(steps < number[:, None], local, np.inf), axis=1)
    before = np.where(number > 8, 0.5 * (head[rows, (number - 1) // 2] + head[rows, number // 2]), 0)
    before = np.minimum(before, 0.8 * top)
    # Steady sound passes a quarter of the peak before the shot does; the threshold stands above that sound's own peaks.
    threshold = (before + ONSET_SHARE * (top - before))[:, None]
    below = (local < threshold) & (steps <= peak[:, None])
    # Back from the peak to the last quiet stretch of 6 ms: earlier ripples are not this onset.
    sums = np.concatenate([np.zeros((len(rows), 1), int), np.cumsum(below, axis=1)], axis=1)
    quiet = sums[:, QUIET_STEPS:] - sums[:, :-QUIET_STEPS] == QUIET_STEPS
    last = quiet.shape[1] - 1 - quiet[:, ::-1].argmax(axis=1)
    first = np.where(quiet.any(axis=1), last + QUIET_STEPS, (~below).argmax(axis=1))
    # `local` looks a step ahead: go on to the step that itself passes, and take its middle.
    passes = (envelope >= threshold) | (steps >= peak[:, None])
    return (passes & (steps >= first[:, None])).argmax(axis=1)
