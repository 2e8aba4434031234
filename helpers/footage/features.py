"""What is measured of each candidate: levels, attack, decay, spectrum, what stands around it, and lags that recur.

A row a candidate; every column in `FEATURES` with its unit. Levels are in dB, differences of levels too, so that the
recording's gain does not matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .analysis import ENVELOPE_S, FRAME_S, PER_FRAME
from .texture import beat, pitched

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from .analysis import Analysis

__all__ = ["FEATURES", "features"]

# Candidates that are worked on at a time: so few that what is looked at stays in a processor's cache.
ROWS = 512
NEIGHBOURS = 256

FEATURES = {
    "rise": "novelty, mean rise of all bands, dB",
    "rise_share": "novelty over the median of the clip's three highest",
    "jump": "peak over the mean level of the 20 ms before, dB",
    "jump_max": "peak over the highest level of the 40 ms before, dB",
    "over": "peak over the clip's noise floor, dB",
    "below_top": "peak against the third strongest candidate within 15 s, dB",
    "below_top_near": "peak against the strongest candidate within 2 s, dB",
    "before_100ms": "peak over the highest level of the 100 ms before, dB",
    "before_400ms": "peak over the highest level of the 400 ms before, dB",
    "before_1500ms": "peak over the highest level of the 1.5 s before, dB",
    "after_60ms": "peak over the highest level of 12 to 60 ms after, dB",
    "after_400ms": "peak over the highest level of 60 to 400 ms after, dB",
    "masked": "peak over the decaying mask of what came before, dB",
    "attack_ms": "from onset to peak, ms",
    "fall_15ms": "peak over the mean level 10 to 20 ms after, dB",
    "fall_50ms": "peak over the mean level 30 to 70 ms after, dB",
    "fall_150ms": "peak over the mean level 100 to 200 ms after, dB",
    "crest": "peak over the root mean square of the 50 ms after, dB",
    "quiet_before": "mean level 30 to 300 ms before over the noise floor, dB",
    "low": "rise from 150 to 600 Hz, dB",
    "mid": "rise from 600 to 2400 Hz, dB",
    "high": "rise above 2400 Hz, dB",
    "tilt": "rise above 2400 Hz less rise below 600 Hz, dB",
    "breadth": "share of bands that rise by more than 6 dB",
    "uneven": "standard deviation of the band levels over the floor at the onset, dB",
    "low_level": "level over the floor from 150 to 600 Hz, dB",
    "high_level": "level over the floor above 2400 Hz, dB",
    "likeness": "correlation of the rise over bands with that of the strongest candidates",
    "since_louder_s": "log10 of seconds since a candidate as strong (-3 dB), most 3 s",
    "until_louder_s": "log10 of seconds until a candidate as strong (-3 dB), most 3 s",
    "crowd_1s": "candidates as strong (-6 dB) within 1 s",
    "crowd_5s": "candidates as strong (-6 dB) within 5 s",
    "busy": "share of the 3 s around in which the envelope is above the peak less 10 dB",
    "pitched": "how strongly the envelope of the 60 ms after repeats at a pitch, 0 to 1 (a voice, a bark)",
    "clipped": "log10 of 1 + clipped samples within 10 ms",
}


def features(analysis: Analysis, t_s: np.ndarray, rise: np.ndarray) -> pd.DataFrame:
    """The table of `FEATURES`, a row a candidate, beside ``t_s``, ``level_db``, ``frame`` and ``beat``."""
    import numpy as np
    import pandas as pd

    if len(t_s) == 0:
        return pd.DataFrame(columns=["t_s", "level_db", "frame", "beat", *FEATURES], dtype="float64")
    at = np.clip(((t_s - analysis.start_s) / ENVELOPE_S).round().astype(int), 0, len(analysis.envelope) - 1)
    frame = np.clip(((t_s - analysis.start_s) / FRAME_S).astype(int), 0, len(analysis.heard) - 1)
    table = pd.DataFrame({"t_s": t_s, "frame": frame})
    levels = _Levels(analysis)
    table["level_db"] = level = levels.highest(at, 0.0, 0.008)
    table["rise"] = rise
    table["rise_share"] = rise / np.median(np.sort(rise)[-3:])
    _add_levels(table, levels, at, level)
    _add_spectrum(table, analysis, frame, level)
    _add_surroundings(table, t_s, level)
    table["pitched"], table["beat"] = pitched(analysis, at), beat(analysis.novelty, frame)
    table["clipped"] = np.log10(1.0 + _within(analysis.clipped, frame, -1, 4))
    return table


class _Levels:
    """Levels in dB around candidates, from the envelope at its own step or, further off, from a frame's."""

    def __init__(self, analysis: Analysis):
        import numpy as np

        self.envelope = analysis.envelope
        whole = len(analysis.heard)
        self.frames = self.envelope[: whole * PER_FRAME].reshape(whole, PER_FRAME)
        self.frame_peak = self.frames.max(axis=1)
        self.frame_mean = np.concatenate([[0], np.cumsum(self.frames.mean(axis=1), dtype="float64")])
        self.floor = max(float(np.percentile(self.frame_peak[analysis.sounding], 30)), 1e-5)

    def highest(self, at, start_s: float, stop_s: float):
        """The highest level between two times after the onsets."""
        import numpy as np

        start, stop = round(start_s / ENVELOPE_S), round(stop_s / ENVELOPE_S)
        if stop - start > 400:
            return self._highest_frames(at, start_s, stop_s)
        found = np.empty(len(at), "float32")
        for rows, around in self._around(at, start, stop):
            found[rows] = around.max(axis=1)
        return decibel(np.maximum(found, self.floor / 4))

    def _around(self, at, start: int, stop: int):
        """Some onsets at a time, with the envelope from ``start`` to ``stop`` steps after each; the ends go on."""
        import numpy as np

        for first in range(0, len(at), ROWS):
            rows = slice(first, first + ROWS)
            low, high = at[rows][0] + start, at[rows][-1] + stop
            inside = self.envelope[max(low, 0) : max(high, 1)]
            if low < 0 or high > len(self.envelope):
                inside = np.pad(inside, (max(-low, 0), max(high - max(len(self.envelope), low), 0)), "edge")
            windows = np.lib.stride_tricks.sliding_window_view(inside, stop - start)
            yield rows, windows[at[rows] - at[rows][0]]

    def _highest_frames(self, at, start_s, stop_s):
        import numpy as np
        from scipy import ndimage

        start, stop = round(start_s / FRAME_S), round(stop_s / FRAME_S)
        running = ndimage.maximum_filter1d(self.frame_peak, stop - start, mode="nearest")
        places = np.clip(at // PER_FRAME + start + (stop - start) // 2, 0, len(running) - 1)
        return decibel(np.maximum(running[places], self.floor / 4))

    def mean(self, at, start_s: float, stop_s: float):
        """The mean level between two times after the onsets; the floor where that lies outside the clip."""
        import numpy as np

        last = len(self.frame_peak)
        start = np.clip(at // PER_FRAME + round(start_s / FRAME_S), 0, last)
        stop = np.clip(at // PER_FRAME + max(round(stop_s / FRAME_S), round(start_s / FRAME_S) + 1), 0, last)
        total = (self.frame_mean[stop] - self.frame_mean[start]) / np.maximum(stop - start, 1)
        return decibel(np.where(stop > start, np.maximum(total, self.floor / 4), self.floor / 4))

    def attack(self, at):
        """Steps of the envelope from the onsets to the highest of the 12 ms after."""
        import numpy as np

        found = np.empty(len(at), int)
        for rows, around in self._around(at, 0, 48):
            found[rows] = around.argmax(axis=1)
        return found

    def busy(self, at, level):
        """The share of frames within 1.5 s whose peak is within 10 dB of the onset's."""
        import numpy as np

        reach = round(1.5 / FRAME_S)
        peak, share = decibel(self.frame_peak), np.empty(len(at))
        for first in range(0, len(at), ROWS):
            part = slice(first, first + ROWS)
            places = at[part, None] // PER_FRAME + np.arange(-reach, reach, 4)
            inside = (places >= 0) & (places < len(peak))
            loud = peak[np.clip(places, 0, len(peak) - 1)] > level[part, None] - 10
            share[part] = (loud & inside).sum(axis=1) / np.maximum(inside.sum(axis=1), 1)
        return share


def decibel(amplitude):
    """An amplitude in dB below full scale."""
    import numpy as np

    return 20 * np.log10(np.maximum(amplitude, 1e-6))


def _add_levels(table, levels: _Levels, at, level) -> None:
    import numpy as np

    table["jump"] = level - levels.mean(at, -0.0225, -0.0025)
    table["jump_max"] = level - levels.highest(at, -0.040, -0.001)
    # Digital silence makes a floor that says nothing: past 45 dB, more is no more.
    table["over"] = np.minimum(level - decibel(levels.floor), 45)
    for name, (start, stop) in {
        "before_100ms": (-0.1, -0.005), "before_400ms": (-0.4, -0.005), "before_1500ms": (-1.5, -0.005),
        "after_60ms": (0.012, 0.06), "after_400ms": (0.06, 0.4),
    }.items():  # fmt: skip
        table[name] = level - levels.highest(at, start, stop)
    for name, (start, stop) in {
        "fall_15ms": (0.01, 0.02), "fall_50ms": (0.03, 0.07), "fall_150ms": (0.1, 0.2), "crest": (0.0, 0.05),
    }.items():  # fmt: skip
        table[name] = level - levels.mean(at, start, stop)
    table["quiet_before"] = np.clip(levels.mean(at, -0.3, -0.03) - decibel(levels.floor), -10, 40)
    table["attack_ms"] = levels.attack(at) * ENVELOPE_S * 1000
    table["busy"] = levels.busy(at, level)


def _add_spectrum(table, analysis: Analysis, frame, level) -> None:
    import numpy as np

    over, last = analysis.over_floor, len(analysis.heard) - 1
    after = np.empty((len(frame), over.shape[1]), "float32")
    before = np.empty_like(after)
    for first in range(0, len(frame), ROWS):
        part = slice(first, first + ROWS)
        after[part] = over[np.clip(frame[part, None] + np.arange(0, 4), 0, last)].max(axis=1)
        earlier = np.clip(frame[part, None] - np.arange(3, 7), 0, last)
        before[part] = over[earlier].astype("float32").mean(axis=1)
    before[frame < 3] = 0
    rise = np.maximum(after - before, 0)
    low, mid, high = _thirds(analysis.usable_bands)
    table["low"], table["mid"], table["high"] = (rise[:, part].mean(axis=1) for part in (low, mid, high))
    table["tilt"] = table["high"] - table["low"]
    table["breadth"] = (rise > 6).mean(axis=1)
    table["uneven"] = after.std(axis=1)
    after = np.minimum(after, 45)
    table["low_level"], table["high_level"] = after[:, low].mean(axis=1), after[:, high].mean(axis=1)
    strongest = np.argsort(-(level + table["rise"].to_numpy()), kind="stable")[:3]
    table["likeness"] = _likeness(rise, rise[strongest].mean(axis=0))


def _thirds(bands: int):
    return slice(0, 6), slice(6, 12), slice(12, max(bands, 13))


def _likeness(rows, profile):
    import numpy as np

    rows = rows - rows.mean(axis=1, keepdims=True)
    profile = profile - profile.mean()
    scale = np.sqrt((rows**2).sum(axis=1) * (profile**2).sum())
    return np.where(scale > 1e-6, rows @ profile / np.maximum(scale, 1e-6), 0)


def _within(values, frame, start: int, stop: int):
    """The sum of a frame's values from ``start`` to ``stop`` frames after each onset."""
    import numpy as np

    return values[np.clip(frame[:, None] + np.arange(start, stop), 0, len(values) - 1)].sum(axis=1)


def _add_surroundings(table, t_s, level) -> None:
    """What the other candidates around each one are like; neighbours are looked at within a window of time."""
    import numpy as np

    n = len(t_s)
    since, until, near, mask = np.empty(n), np.empty(n), np.empty(n), np.empty(n)
    crowd = np.empty((n, 2))
    for rows, gap, levels in neighbours(t_s, level, 5.0):
        own = level[rows, None]
        strong = levels > own - 3
        since[rows] = np.where(strong & (gap < 0), -gap, 3.0).min(axis=1, initial=3.0)
        until[rows] = np.where(strong & (gap > 0), gap, 3.0).min(axis=1, initial=3.0)
        away, crowding = np.abs(gap), levels > own - 6
        crowd[rows, 0] = (crowding & (away < 1)).sum(axis=1) - 1
        crowd[rows, 1] = crowding.sum(axis=1) - 1
        near[rows] = np.where(away < 2, levels, -np.inf).max(axis=1)
        mask[rows] = np.where(gap < 0, levels - 5 + 35 * gap, -120.0).max(axis=1)
    table["below_top"], table["below_top_near"] = level - _third_highest(t_s, level), level - near
    table["masked"] = np.minimum(level - mask, 60)
    table["since_louder_s"], table["until_louder_s"] = np.log10(since), np.log10(until)
    table["crowd_1s"], table["crowd_5s"] = crowd.T


def neighbours(t_s: np.ndarray, values: np.ndarray, reach_s: float):
    """Rows of candidates, with the gaps (s) and the values of all candidates within ``reach_s`` of each.

    Yields ``(rows, gap [rows, most], values [rows, most])`` for some rows at a time; where a row has fewer neighbours
    than the most, its gap is not a number and its value minus infinity, so that no comparison with them holds.
    """
    import numpy as np

    first, last = np.searchsorted(t_s, t_s - reach_s), np.searchsorted(t_s, t_s + reach_s, side="right")
    for start in range(0, len(t_s), NEIGHBOURS):
        rows = slice(start, min(start + NEIGHBOURS, len(t_s)))
        places = first[rows, None] + np.arange((last[rows] - first[rows]).max())
        inside = places < last[rows, None]
        places = np.minimum(places, len(t_s) - 1)
        gap = np.where(inside, t_s[places] - t_s[rows, None], np.nan)
        yield rows, gap, np.where(inside, values[places], -np.inf)


def _third_highest(t_s, level):
    """The third highest level among the candidates within about 15 s of each, by seconds of the clip."""
    import numpy as np

    second = np.floor(t_s - t_s[0]).astype(int)
    order = np.lexsort((-level, second))
    rank = np.arange(len(t_s)) - np.searchsorted(second[order], second[order])
    highest = np.full((second[-1] + 31, 3), -np.inf)
    kept = rank < 3
    highest[second[order][kept] + 15, rank[kept]] = level[order][kept]
    around = np.lib.stride_tricks.sliding_window_view(highest, 31, axis=0).reshape(second[-1] + 1, -1)
    sorted_up = np.sort(around, axis=1)[:, -3:]
    # A clip with fewer has its lowest.
    third = np.where(np.isfinite(sorted_up), sorted_up, np.inf).min(axis=1)
    return third[second]
