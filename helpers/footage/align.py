"""Offsets between recordings of one incident, from their sound, with an uncertainty, or a refusal.

Method: the rises of all bands of two clips are correlated over every lag, and the differences of their strong sounds
counted; the best lag of each is refined with single strong sounds, which also tell drift; and an offset is believed if
those strong sounds speak for it beyond what chance does, and for no other (`coincidences`). Where they do not, the
same is asked of the likely shots alone: an echo or a door that only one camera heard then speaks neither way.

What sound can tell is the *difference of arrival*: two cameras with perfect clocks, one 10 m further from the gun, are
29 ms apart (about 3 ms a metre), and no method that only listens can take that out. So an offset puts the same shots on
top of each other as heard; guns at other places are then apart by what their distances differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from .analysis import FRAME_S, analyse
from .coincidences import agreement, edges, likely_shots, strong_sounds

if TYPE_CHECKING:
    import numpy as np

    from .analysis import Analysis
    from .sound import Clip

__all__ = ["Offset", "align", "aligned", "between"]

# Clocks of cheap recorders differ by up to about 100 millionths.
MOST_DRIFT_PPM = 120.0
# Drift shows after this long; before, it is taken to be none.
LONG_S = 120.0
LEAST_OVERLAP_S = 1.5
LEAST_MATCHED = 3
NEAR_S = 0.030
# Guns whose distances to two cameras differ by up to 7 m more or less than another's.
GUNS_APART_S = 0.020


@dataclass(frozen=True)
class Offset:
    """Where a clip stands against the reference: ``offset_s`` added to the clip's times gives the reference's.

    With drift, ``reference time = offset_s + clip time * (1 + drift_ppm / 1e6)``. ``u_s`` bounds it, ±s, for the
    whole clip where its drift was told, else around the sounds that both heard: unknown drift may add up to 0.12 ms for
    each second away from them. ``confidence`` is the share, 0 to 1, of the strength of the strongest sounds that the
    other clip heard too, in the clip where it is less; it is no probability. ``matched`` counts the strong sounds that
    both heard, each once. Where it cannot be told, ``offset_s`` and ``u_s`` are None and ``refused`` says why.
    """

    clip: str
    offset_s: float | None
    u_s: float | None
    confidence: float
    drift_ppm: float = 0.0
    matched: int = 0
    refused: str = ""
    through: str = ""

    def __str__(self) -> str:
        if self.offset_s is None:
            return f"{self.clip}: cannot be aligned ({self.refused})"
        drift = f", its clock {self.drift_ppm:+.0f} ppm" if self.drift_ppm else ""
        through = f", through {self.through}" if self.through else ""
        return (f"{self.clip}: {self.offset_s:+.4f} s, ± {self.u_s:.4f} s{drift}, from {self.matched} strong sounds"
                f"{through} (confidence {self.confidence:.2f})")  # fmt: skip

    def to_reference(self, t_s):
        """Times on the clip's clock on the reference's."""
        return self.offset_s + t_s * (1 + self.drift_ppm * 1e-6)


def align(clips: Sequence[Clip], *, reference: int = 0) -> list[Offset]:
    """Offsets of all clips against one of them, in the clips' order.

    Raises
    ------
    InputError
        If a clip's sound cannot be read.
    """
    return aligned([analyse(clip) for clip in clips], reference=reference)


def aligned(analyses: Sequence[Analysis], *, reference: int = 0) -> list[Offset]:
    """As `align`, of clips that were analysed already.

    A clip that does not fit the reference itself is tried against those that do; the bounds then add up.
    """
    traces = [_Trace(analysis) for analysis in analyses]
    names = [analysis.clip.name for analysis in analyses]
    found = {reference: Offset(names[reference], 0.0, 0.0, 1.0, matched=len(traces[reference].strong.t_s))}
    waiting = [place for place in range(len(traces)) if place != reference]
    refused: dict[int, Offset] = {}
    frontier = [reference]
    while frontier and waiting:
        base = frontier.pop(0)
        for place in list(waiting):
            pair = _between(traces[base], traces[place], names[place])
            if pair.offset_s is None:
                refused.setdefault(place, pair)
                continue
            found[place] = _chained(found[base], pair, "" if base == reference else names[base])
            waiting.remove(place)
            frontier.append(place)
    return [found.get(place, refused.get(place)) for place in range(len(traces))]


def between(reference: Analysis, other: Analysis) -> Offset:
    """The offset of one clip against another."""
    return _between(_Trace(reference), _Trace(other), other.clip.name)


def _chained(base: Offset, pair: Offset, through: str) -> Offset:
    return replace(
        pair,
        offset_s=base.offset_s + pair.offset_s * (1 + base.drift_ppm * 1e-6),
        u_s=base.u_s + pair.u_s,
        confidence=min(base.confidence, pair.confidence),
        drift_ppm=base.drift_ppm + pair.drift_ppm,
        through=through,
    )


class _Trace:
    """What aligning needs of a clip: rises of band groups on frames, and its strong sounds with their weight."""

    def __init__(self, analysis: Analysis):
        import numpy as np

        over = analysis.over_floor
        groups = np.array_split(np.arange(over.shape[1]), 4)
        self.start_s, self.seconds = analysis.start_s, analysis.duration_s
        rises = []
        for group in groups:
            level = np.minimum(over[:, group].mean(axis=1, dtype="float32"), 40)
            # No single bang outweighs the rest: what recurs in both is what counts.
            rises.append(np.minimum(np.maximum(level[3:] - level[:-3], 0), 12))
        self.rises = np.array(rises, "float32") * ~edges(analysis)[3:]
        self.strong = strong_sounds(analysis)
        self._analysis = analysis

    @property
    def weight(self) -> np.ndarray:
        import numpy as np

        return np.minimum(self.strong.rise, 12.0)

    @cached_property
    def of_shots(self) -> _Trace:
        """The same with likely shots alone as its strong sounds: few, so that three can be told from chance."""
        found = copy(self)
        found.strong = likely_shots(self._analysis)
        return found

    @property
    def span(self) -> tuple[float, float]:
        return self.start_s, self.start_s + self.seconds


def _between(one: _Trace, two: _Trace, name: str) -> Offset:
    import numpy as np

    shortest = min(one.seconds, two.seconds)
    if shortest < LEAST_OVERLAP_S:
        return _refusal(name, f"it has {shortest:.1f} s of sound, too little to tell")
    frames = max(1, round(0.4 * MOST_DRIFT_PPM * 1e-6 * shortest / FRAME_S))
    lags, fit = _correlation(one, two, frames)
    if not len(fit):
        return _refusal(name, f"it has {shortest:.1f} s of sound, too little to tell")
    step_s = frames * FRAME_S
    # What recurs in all sound, and what recurs in the strong sounds alone, where noise hides it in the whole.
    tried = [float(lags[np.argmax(fit)]), *_strong_lag(one, two, step_s)]
    found = [_believed(one, two, _refined(one, two, name, lag, step_s)) for lag in tried]
    if all(offset.offset_s is None for offset in found):
        one, two = one.of_shots, two.of_shots
        shots = [_believed(one, two, _refined(one, two, name, lag, step_s)) for lag in _strong_lag(one, two, step_s)]
        found += [offset for offset in shots if offset.offset_s is not None]
    return max(found, key=lambda offset: (offset.offset_s is not None, offset.matched))


def _strong_lag(one: _Trace, two: _Trace, step_s: float) -> list[float]:
    """The lag, s, at which most of the strong sounds of both fall together; none where a clip has none."""
    import numpy as np

    differences = (one.strong.t_s[:, None] - two.strong.t_s[None, :]).ravel()
    if not len(differences):
        return []
    weight = np.minimum(one.weight[:, None], two.weight[None, :]).ravel()
    return [_densest(differences, weight, 0.006 + step_s)[0]]


def _believed(one: _Trace, two: _Trace, offset: Offset) -> Offset:
    """The offset if the strong sounds of both clips speak for it, else its refusal."""
    if offset.offset_s is None:
        return offset
    found = agreement(one.strong, two.strong, (one.span, two.span), offset.offset_s, offset.drift_ppm)
    if found.refused:
        return replace(_refusal(offset.clip, found.refused), matched=found.matched)
    return replace(offset, matched=found.matched, confidence=found.explained)


def _refusal(name: str, why: str) -> Offset:
    return Offset(name, None, None, 0.0, refused=why)


def _correlation(one: _Trace, two: _Trace, frames: int) -> tuple[np.ndarray, np.ndarray]:
    """How well two clips fit at each lag: correlation of rises, over the spread that chance would give at that overlap.

    Returns lags in s (added to the second's times) and the fit.
    """
    import numpy as np
    from scipy import fft

    a, b = (_binned(trace.rises, frames) for trace in (one, two))
    n, m = a.shape[1], b.shape[1]
    size = fft.next_fast_len(n + m)
    total = np.zeros(n + m - 1)
    for x, y in zip(a, b, strict=True):
        x, y = (x - x.mean()) / (x.std() + 1e-9), (y - y.mean()) / (y.std() + 1e-9)
        raw = fft.irfft(fft.rfft(x, size) * np.conj(fft.rfft(y, size)), size)
        total += np.concatenate([raw[size - (m - 1) :], raw[:n]])
    shift = np.arange(-(m - 1), n)
    overlap = np.minimum(np.minimum(n, shift + m), np.minimum(m, n - shift))
    least = max(LEAST_OVERLAP_S / (frames * FRAME_S), 0.15 * min(n, m))
    fit = np.where(overlap >= least, total / np.sqrt(np.maximum(overlap, 1) * min(n, m)), 0)
    # Guns at other places come a few frames apart.
    fit = np.convolve(fit, np.hanning(11)[1:-1] / np.hanning(11).sum(), "same") if frames == 1 else fit
    lags = shift * frames * FRAME_S + one.start_s - two.start_s
    usable = overlap >= least
    return lags[usable], fit[usable]


def _binned(rises, frames: int):
    if frames == 1:
        return rises
    whole = rises.shape[1] // frames * frames
    return rises[:, :whole].reshape(len(rises), -1, frames).max(axis=2)


def _refined(one: _Trace, two: _Trace, name: str, lag_s: float, step_s: float) -> Offset:
    """The offset from strong sounds: the densest difference near the coarse lag, and drift where there is time."""
    import numpy as np

    reach = NEAR_S + 2.5 * step_s
    t_s, difference, weight = _differences(one, two, lag_s, reach)
    few = _refusal(name, "too few strong sounds fall together: they may not have recorded the same event")
    if len(t_s) < LEAST_MATCHED:
        return few
    span = float(np.ptp(t_s))
    drifts = np.zeros(1)
    if span >= LONG_S:
        drifts = np.arange(-MOST_DRIFT_PPM, MOST_DRIFT_PPM + 0.1, max(0.002 / span * 1e6, 0.5))
    middle = float(np.median(t_s))
    best = (-1.0, 0.0, lag_s)
    for drift in drifts:
        straight = difference - drift * 1e-6 * (t_s - middle)
        centre, height = _densest(straight, weight)
        if height > best[0]:
            best = (height, float(drift), centre)
    _, drift, centre = best
    straight = difference - drift * 1e-6 * (t_s - middle)
    near = np.abs(straight - centre) < 0.006
    if near.sum() < LEAST_MATCHED:
        return few
    if span >= LONG_S and near.sum() >= 8:
        slope, _ = np.polyfit(t_s[near] - middle, difference[near], 1, w=np.sqrt(weight[near]))
        drift = float(slope * 1e6)
        straight = difference - drift * 1e-6 * (t_s - middle)
    # Guns at other places come some ms apart: the middle of them all is what the offset puts on top of each other.
    near = np.abs(straight - centre) < GUNS_APART_S
    low, centre, high = _weighted_quantiles(straight[near], weight[near], (0.25, 0.5, 0.75))
    u_s = 0.002 + 0.5 * (high - low) + _drift_bound(two, t_s[near], straight[near], weight[near], span)
    # At the clip's zero: what is known at the middle, carried back along the drift.
    offset = centre - drift * 1e-6 * middle
    return Offset(name, round(offset, 5), round(float(u_s), 5), 0.0, round(drift, 2))


def _drift_bound(two: _Trace, t_s, straight, weight, span: float) -> float:
    """What not knowing the drift better may put in at the clip's ends: twice its standard error, s.

    Of a weighted straight line through the matched sounds' differences (Draper and Smith, "Applied Regression
    Analysis", 3rd ed. 1998, ch. 9); the further the clip runs on beyond the sounds that told the drift, the more.
    """
    import numpy as np

    if span < LONG_S or len(t_s) < LEAST_MATCHED:
        return 0.0
    share = weight / weight.sum()
    middle = share @ t_s
    spread = share @ (t_s - middle) ** 2
    left = share @ (straight - share @ straight) ** 2
    # Onsets are known to about a quarter of a millisecond each, however well they happen to lie.
    number = 1 / (share**2).sum()
    error = np.sqrt(max(left, 0.00025**2) / (spread * max(number - 2, 1)))
    start, stop = two.span
    return float(2 * error * max(abs(start - middle), abs(stop - middle)))


def _differences(one: _Trace, two: _Trace, lag_s: float, reach: float):
    """All pairs of strong sounds whose difference is near a lag: the second's time, the difference, the weight."""
    import numpy as np

    a, b = one.strong.t_s, two.strong.t_s + lag_s
    first, last = np.searchsorted(a, b - reach), np.searchsorted(a, b + reach)
    two_at = np.repeat(np.arange(len(b)), last - first)
    one_at = np.arange(len(two_at)) - np.repeat(np.cumsum(last - first) - (last - first), last - first)
    one_at = one_at + np.repeat(first, last - first)
    weight = np.minimum(one.weight[one_at], two.weight[two_at])
    t_s = two.strong.t_s[two_at]
    return t_s, a[one_at] - t_s, weight**3


def _weighted_quantiles(values, weight, shares):
    import numpy as np

    order = np.argsort(values)
    total = np.cumsum(weight[order]) / weight.sum()
    return [float(values[order][min(np.searchsorted(total, share), len(order) - 1)]) for share in shares]


def _densest(values, weight, width: float = 0.003) -> tuple[float, float]:
    """Where weighted values lie closest together, within ``width``, and how much weight lies there."""
    import numpy as np

    order = np.argsort(values)
    values, total = values[order], np.concatenate([[0], np.cumsum(weight[order])])
    stop = np.searchsorted(values, values + width, side="right")
    heights = total[stop] - total[:-1]
    best = int(np.argmax(heights))
    part = slice(best, stop[best])
    return float(np.average(values[part], weights=weight[order][part])), float(heights[best])
