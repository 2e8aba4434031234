"""Small recordings for the tests, made with PyAV: clicks at known times in any container, late, gapped or damaged."""

from __future__ import annotations

import struct
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

CLICKS_S = (0.5, 1.0, 2.0, 3.0)
SECONDS = 4.0


def clicks(rate: int = 48000, at: tuple[float, ...] = CLICKS_S, seconds: float = SECONDS) -> np.ndarray:
    """Silence with short loud clicks."""
    samples = np.zeros(round(seconds * rate))
    for t_s in at:
        samples[round(t_s * rate) : round(t_s * rate) + 20] = 0.9
    return samples


def write(
    path: Path,
    samples: np.ndarray,
    *,
    codec: str,
    container: str | None = None,
    rate: int = 48000,
    late_s: float = 0.0,
    gap_s: tuple[float, float] | None = None,
    video: str | None = None,
    sound: bool = True,
) -> Path:
    """Encode samples (mono, or ``[n, channels]``); ``gap_s`` leaves a stretch out without closing it up."""
    with av.open(str(path), "w", format=container) as out:
        picture = _video_stream(out, video) if video else None
        samples = samples[:, None] if samples.ndim == 1 else samples
        stream = out.add_stream(codec, rate=rate) if sound else None
        if stream:
            stream.layout = "mono" if samples.shape[1] == 1 else "stereo"
        if picture:
            _film(out, picture, round(25 * len(samples) / rate))
        if stream:
            _encode(out, stream, samples, rate, late_s, gap_s)
    return path


def _video_stream(out, codec: str):
    stream = out.add_stream(codec, rate=25)
    stream.width = stream.height = 64
    stream.pix_fmt = "yuv420p"
    return stream


def _film(out, stream, frames: int) -> None:
    for number in range(frames):
        frame = av.VideoFrame.from_ndarray(np.full((96, 64), 128, "uint8"), format="yuv420p")
        frame.pts = number
        out.mux(stream.encode(frame))
    out.mux(stream.encode(None))


def _encode(out, stream, samples, rate: int, late_s: float, gap_s) -> None:
    layout = stream.layout.name
    size = stream.codec_context.frame_size or 1024
    to = av.AudioResampler(format=stream.codec_context.format.name, layout=layout, rate=rate, frame_size=size)
    for start in range(0, len(samples), 1024):
        if gap_s and gap_s[0] <= start / rate < gap_s[1]:
            continue
        block = np.round(samples[start : start + 1024] * 32767).astype("int16").reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(block, format="s16", layout=layout)
        frame.sample_rate, frame.time_base = rate, Fraction(1, rate)
        frame.pts = start + round(late_s * rate)
        for ready in to.resample(frame):
            out.mux(stream.encode(ready))
    for ready in to.resample(None):
        out.mux(stream.encode(ready))
    out.mux(stream.encode(None))


def onsets(blocks, rate: int, level: float = 0.4) -> list[float]:
    """The times at which a clip's blocks first pass a level, a tenth of a second apart."""
    found: list[float] = []
    for t_s, block in blocks:
        for place in np.flatnonzero(np.abs(block).max(axis=1) > level):
            if not found or t_s + place / rate - found[-1] > 0.1:
                found.append(t_s + place / rate)
    return found


def cut_by_edit_list(path: Path, start_s: float) -> Path:
    """Rewrite an MP4's or QuickTime's only edit, so that its sound is played from ``start_s`` on; no sample is lost."""
    data = bytearray(path.read_bytes())
    at = data.index(b"elst") + 4
    version_and_flags, entries, lasts, media_time, _ = struct.unpack_from(">IIIiI", data, at)
    assert (version_and_flags, entries) == (0, 1), "one edit of 32 bits"
    # The edit's length counts by the film's clock, its start by the sound's: version, two dates, then ticks a second.
    film, sound = (struct.unpack_from(">I", data, data.index(head) + 4 + 12)[0] for head in (b"mvhd", b"mdhd"))
    struct.pack_into(">Ii", data, at + 8, lasts - round(start_s * film), media_time + round(start_s * sound))
    path.write_bytes(data)
    return path
