"""How fit a recording is for counting shots: what to know before believing any count.

Nothing here mends a recording. It says what the sound can bear: how high its frequencies reach, where it is clipped,
where an automatic gain control ducks what follows a bang, where sound is missing, and the spans where a count is
unreliable for these reasons.
"""

from __future__ import annotations

import itertools
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from .analysis import FRAME_S, PER_FRAME, analyse
from .bands import BANDS_HZ, LEAST

if TYPE_CHECKING:
    from .analysis import Analysis
    from .sound import Clip

__all__ = ["Fitness", "Span", "assess", "fitness"]

# Runs of exact zeros this long amid sound are lost packets or a muted microphone; quiet rooms still make noise.
DROPOUT_S = 0.010
# Frames with more clipped samples than this, joined over 30 ms, are a clipped run.
CLIPPED_SAMPLES = 3
JOIN_S = 0.030
# The background sinking by this much within a quarter of a second after a bang, and coming back, is gain control.
DUCKED_DB = 6.0
QUIET_DB = -85.0


@dataclass(frozen=True)
class Span:
    """A stretch of a clip, s on its clock, and why it is named."""

    start_s: float
    stop_s: float
    why: str

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.stop_s - self.start_s


@dataclass(frozen=True)
class Fitness:
    """The report. ``bandwidth_hz`` is how high the sound reaches at its loudest; levels are dB below full scale."""

    clip: str
    sha256: str
    duration_s: float
    start_s: float
    rate: int
    channels: int
    codec: str
    bandwidth_hz: float
    peak_db: float
    floor_db: float
    clipped: tuple[Span, ...]
    ducked: tuple[Span, ...]
    dropouts: tuple[Span, ...]
    unreliable: tuple[Span, ...]

    def as_dict(self) -> dict:
        """For JSON."""
        return asdict(self)

    def sentences(self) -> list[str]:
        """What a reporter should know before counting."""
        told = [
            f"{self.duration_s:.2f} s of sound from {self.start_s:.3f} s, {self.codec}, {self.rate} Hz, "
            f"{'mono' if self.channels == 1 else f'{self.channels} channels'}; reaches {self.bandwidth_hz:.0f} Hz; "
            f"{self.peak_db - self.floor_db:.0f} dB from noise to peak."
        ]
        if self.bandwidth_hz < 3000:
            told.append("Little above 3000 Hz: shots and thuds sound more alike.")
        for name, spans, means in (
            ("clipped", self.clipped, "levels there say nothing"),
            ("gain ducking", self.ducked, "quieter shots may be missed there"),
            ("sound missing", self.dropouts, "shots there left no trace"),
        ):
            if spans:
                total = sum(span.seconds for span in spans)
                told.append(f"{name}: {len(spans)} times, {total:.2f} s in all; {means}.")
        if self.unreliable:
            places = ", ".join(f"{span.start_s:.2f}-{span.stop_s:.2f} s" for span in self.unreliable[:5])
            more = f" and {len(self.unreliable) - 5} more" if len(self.unreliable) > 5 else ""
            told.append(f"A count is unreliable at {places}{more}.")
        return told

    def __str__(self) -> str:
        return "\n".join(self.sentences())


def fitness(clip: Clip) -> Fitness:
    """Report on a clip.

    Raises
    ------
    InputError
        If the sound cannot be read whole, or is silent.
    """
    return assess(analyse(clip))


def assess(analysis: Analysis) -> Fitness:
    """As `fitness`, of a clip that was analysed already."""
    import numpy as np

    clip = analysis.clip
    # A step of each frame tells the floor as well as all ten, and an hour's need not be copied.
    floor = float(np.percentile(analysis.envelope[PER_FRAME // 2 :: PER_FRAME][analysis.heard], 30))
    clipped = _spans(analysis, _joined(analysis.clipped > CLIPPED_SAMPLES, JOIN_S), "clipped")
    ducked = _ducked(analysis)
    dropouts = _dropouts(analysis)
    long_clipped = [Span(s.start_s, s.stop_s + 0.05, "clipped for long") for s in clipped if s.seconds > 0.05]
    return Fitness(
        clip=clip.name, sha256=clip.sha256, duration_s=round(analysis.duration_s, 4),
        start_s=round(analysis.start_s, 5),
        rate=clip.rate, channels=clip.channels, codec=clip.codec, bandwidth_hz=_bandwidth(analysis),
        peak_db=_db(analysis.peak), floor_db=_db(floor), clipped=tuple(clipped), ducked=tuple(ducked),
        dropouts=tuple(dropouts), unreliable=tuple(_merged([*long_clipped, *ducked, *dropouts])),
    )  # fmt: skip


def _db(amplitude: float) -> float:
    import math

    return round(20 * math.log10(max(amplitude, 1e-6)), 1)


def _bandwidth(analysis: Analysis) -> float:
    """The upper edge of the highest band that the loudest frames raise 10 dB over that band's own floor."""
    import numpy as np

    over = analysis.over_floor
    total = over.mean(axis=1)
    loudest = over[total >= np.percentile(total[analysis.heard], 99)]
    level = analysis.bands[:, : over.shape[1]][total >= np.percentile(total[analysis.heard], 99)].mean(axis=0)
    # A band 60 dB under the strongest holds a codec's remains.
    reached = (loudest.mean(axis=0) > 10) & (level > max(level.max() - 60, 10 * np.log10(LEAST) + 6))
    if not reached.any():
        return 0.0
    return round(min(BANDS_HZ[int(np.flatnonzero(reached).max()) + 1], analysis.rate / 2), 0)


def _joined(flags, gap_s: float):
    """Flags with the gaps between them closed where those are short."""
    import numpy as np

    places = np.flatnonzero(flags)
    joined = flags.copy()
    for before, after in itertools.pairwise(places):
        if 1 < after - before <= gap_s / FRAME_S:
            joined[before:after] = True
    return joined


def _spans(analysis: Analysis, flags, why: str) -> list[Span]:
    import numpy as np

    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(int), [0]])))
    start = analysis.start_s
    return [
        Span(round(start + first * FRAME_S, 4), round(start + last * FRAME_S, 4), why)
        for first, last in zip(edges[::2], edges[1::2], strict=True)
    ]


def _dropouts(analysis: Analysis) -> list[Span]:
    """Gaps on the clock, and runs of digital zeros amid sound."""

    gaps = _spans(analysis, ~analysis.heard, "a gap: no sound was recorded")
    silent = (analysis.zeros > 0.999) & analysis.heard
    zeros = [span for span in _spans(analysis, silent, "digital silence") if span.seconds >= DROPOUT_S]
    # A recording that is digital silence between sounds by its making (a noise gate) has no dropouts, it has a gate.
    if zeros and silent.sum() > 0.5 * analysis.heard.sum():
        zeros = [
            Span(span.start_s, span.stop_s, "digital silence (a noise gate, or a muted microphone)") for span in zeros
        ]
    return sorted([*gaps, *zeros], key=lambda span: span.start_s)


def _ducked(analysis: Analysis) -> list[Span]:
    """Where the background sinks right after something loud, under what it was before, and comes back within 5 s."""
    import numpy as np
    from scipy import ndimage

    power = analysis.bands[:, : analysis.usable_bands].max(axis=1).astype("float32")
    # The background is what is left between sounds: the lowest tenth over 60 ms, then its own 60 ms.
    quiet = ndimage.percentile_filter(power, 20, size=round(0.06 / FRAME_S))[::4]
    loud = ndimage.maximum_filter1d(power, 4)[::4]
    step = 4 * FRAME_S
    usual = ndimage.median_filter(quiet, size=round(6 / step) | 1, mode="nearest")
    low = (quiet < usual - DUCKED_DB) & (usual > QUIET_DB) & analysis.heard[::4][: len(quiet)]
    edges = np.flatnonzero(np.diff(np.concatenate([[0], low.astype(int), [0]])))
    found = []
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        before = loud[max(0, first - round(0.6 / step)) : first + 1]
        if 0.05 <= (last - first) * step <= 5 and len(before) and before.max() > usual[first] + 20:
            start = analysis.start_s + first * step
            found.append(
                Span(round(start, 4), round(analysis.start_s + last * step, 4), "gain ducked after a loud sound")
            )
    return found


def _merged(spans: list[Span]) -> list[Span]:
    """Spans in order, those that touch as one with all their reasons."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start_s):
        if merged and span.start_s <= merged[-1].stop_s:
            last = merged[-1]
            why = last.why if span.why in last.why else f"{last.why}; {span.why}"
            merged[-1] = Span(last.start_s, max(last.stop_s, span.stop_s), why)
        else:
            merged.append(span)
    return merged
