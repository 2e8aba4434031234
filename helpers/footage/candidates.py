"""Where something begins: an onset function over bands, its peaks, and their times on the waveform.

The onset function is of SuperFlux's kind (Boeck & Widmer 2013, "Maximum filter vibrato suppression for onset
detection", DAFx-13): how far each band rises over the highest of its neighbours a few frames before, in dB over the
noise floor, so that a loud band counts no more than a quiet one and a gliding tone does not count. It is deliberately
generous: what is not a candidate here can never be proposed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .analysis import CHUNK, ENVELOPE_S, PER_FRAME

if TYPE_CHECKING:
    import numpy as np

    from .analysis import Analysis

__all__ = ["MERGE_S", "candidates", "novelty", "onset_on_waveform"]

# Two onsets nearer than this are one: a muzzle blast itself lasts 3 to 5 ms, and its ground reflection follows at once.
MERGE_S = 0.012
LAG = 3
LEAST_RISE_DB = 1.5
# The share of the local peak at which a sound is said to begin.
ONSET_SHARE = 0.25
# An onset follows 6 ms of quiet: a bullet's crack and its blast, further apart than that, are two.
QUIET_STEPS = 24


def novelty(analysis: Analysis) -> np.ndarray:
    """How far the sound rises at each frame, dB, mean over bands [frames]."""
    import numpy as np
    from scipy import ndimage

    over, found = analysis.over_floor, np.zeros(len(analysis.heard), "float32")
    for start in range(0, len(found), CHUNK):
        stop = min(start + CHUNK, len(found))
        # What lies before the first sample, and within a gap, counts as the noise floor.
        missing = max(LAG - start, 0)
        rows = over[max(start - LAG, 0) : stop].astype("float32")
        rows = np.vstack([np.zeros((missing, rows.shape[1]), "float32"), rows])
        before = ndimage.maximum_filter1d(rows, 3, axis=1)[:-LAG]
        found[start:stop] = np.maximum(rows[LAG:] - before, 0).mean(axis=1)
    return found


def candidates(analysis: Analysis) -> tuple[np.ndarray, np.ndarray]:
    """Every onset that might be a shot: ``(t_s, novelty)``, in order, no two nearer than `MERGE_S`."""
    import numpy as np
    from scipy import ndimage

    rise = novelty(analysis)
    highest = ndimage.maximum_filter1d(rise, 5)
    peaks = np.flatnonzero((rise == highest) & (rise > LEAST_RISE_DB))
    # A plateau's frames are all its highest.
    peaks = peaks[np.diff(peaks, prepend=-9) > 1]
    times = np.array([onset_on_waveform(analysis, peak) for peak in peaks])
    order = np.argsort(-rise[peaks], kind="stable")
    kept: list[int] = []
    taken = np.zeros(round(analysis.duration_s / MERGE_S) + 4, dtype=int) - 1
    for place in order:
        cell = int((times[place] - analysis.start_s) / MERGE_S) + 1
        near = [taken[k] for k in (cell - 1, cell, cell + 1) if taken[k] >= 0]
        if all(abs(times[other] - times[place]) >= MERGE_S for other in near):
            taken[cell] = place
            kept.append(place)
    kept = np.array(sorted(kept, key=lambda place: times[place]), dtype=int)
    return (times[kept], rise[peaks[kept]]) if len(kept) else (np.zeros(0), np.zeros(0))


def onset_on_waveform(analysis: Analysis, frame: int) -> float:
    """The time at which the sound around a frame begins: where the 0.5 ms envelope first passes 25 % of its local peak.

    Above what sounds already: where a shot stands in the one before, a quarter of the way from that to the peak.
    """
    import numpy as np

    envelope = analysis.envelope
    centre = frame * PER_FRAME
    start, stop = max(0, centre - 7 * PER_FRAME), min(len(envelope), centre + 5 * PER_FRAME)
    local = np.maximum(envelope[start:stop], np.append(envelope[start + 1 : stop], 0))
    peak = int(np.argmax(local[max(0, centre - 5 * PER_FRAME - start) :])) + max(0, centre - 5 * PER_FRAME - start)
    head = local[: max(peak - 12, 1)]
    before = float(np.median(head)) if len(head) > 8 else 0.0
    before = min(before, 0.8 * float(local[peak]))
    # Steady sound passes a quarter of the peak before the shot does; the threshold stands above that sound's own peaks.
    threshold = before + ONSET_SHARE * (float(local[peak]) - before)
    # Back from the peak to the last quiet stretch of 6 ms: earlier ripples are not this onset.
    below = local[: peak + 1] < threshold
    # Where `QUIET_STEPS` steps in a row lie below it, the last time before the peak.
    sums = np.concatenate([[0], np.cumsum(below)])
    quiet = np.flatnonzero(sums[QUIET_STEPS:] - sums[:-QUIET_STEPS] == QUIET_STEPS)
    first = int(quiet[-1]) + QUIET_STEPS if len(quiet) else int(np.argmax(~below))
    # `local` looks a step ahead: go on to the step that itself passes, and take its middle.
    while first < peak and envelope[start + first] < threshold:
        first += 1
    return analysis.start_s + (start + first + 0.5) * ENVELOPE_S
