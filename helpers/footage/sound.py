"""The sound of a recording on the recording's own clock, read as a stream.

A sample's time is its *presentation time*: where a player puts it beside the picture. A track that starts half a
second after the picture, an edit list, a gap in a body camera's transport stream and an MP3 encoder's delay all show
there and nowhere else. Nothing is resampled and no channel is dropped.

>>> clip = open_clip("bodycam.mp4")                                       # doctest: +SKIP
>>> for t_s, block in clip.blocks(seconds=10):                            # doctest: +SKIP
...     print(t_s, block.shape)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from .. import files
from ..problems import InputError, Problem
from . import naming

if TYPE_CHECKING:
    import numpy as np

__all__ = ["Clip", "open_clip"]

# Formats whose clock starts anywhere (a broadcast's, a player's after the encoder's delay): their zero is their start.
# All others (MP4, QuickTime, Matroska, WAV ...) count from their own zero, so a late track stays late.
CLOCK_FROM_START = {"mpegts", "mpeg", "mp3", "aac", "flv", "avi", "asf"}
# Below this, a step between two packets' times is the container's rounding and not a gap: Matroska's clock ticks in ms.
STEP_S = 0.004
# Further back than this, the clock was set anew (files joined end to end) rather than packets overlapping.
RESET_S = 1.0
# A seek lands this much early, so that codecs that need what came before (AAC, MP3, Opus) have it.
PREROLL_S = 0.3


@dataclass(frozen=True)
class Clip:
    """A recording's sound: where it stands on the clock and how it is stored. Samples are read when asked for.

    ``start_s`` is the presentation time of the first sample and ``duration_s`` how long the sound runs from there, as
    the container declares them; ``rate`` is the native one in samples a second.
    ``simulated`` says that the kit's own simulator wrote it.
    """

    path: Path
    rate: int
    channels: int
    codec: str
    container: str
    start_s: float
    duration_s: float
    has_video: bool
    tracks: int
    track: int = 0
    salvage: bool = False
    simulated: bool = False
    _zero_s: float = field(default=0.0, repr=False)

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the file, read when it is first asked for."""
        return files.sha256(self.path)

    @property
    def name(self) -> str:
        """The file's name, as it stands in a shot log's column ``clip``."""
        return self.path.name

    @property
    def stop_s(self) -> float:
        """Where the sound ends on the clock, as declared."""
        return self.start_s + self.duration_s

    def blocks(self, seconds: float = 10.0) -> Iterator[tuple[float, np.ndarray]]:
        """The whole sound in order, in blocks of at most ``seconds``.

        Yields
        ------
        (t_s, block)
            The presentation time of the block's first sample, and float32 ``[samples, channels]`` in -1..1. A block
            holds no gap: where the next one's ``t_s`` lies after this one's end, there is no sound between them.

        Raises
        ------
        InputError
            Where the sound cannot be decoded, or ends before the container says that it does. A clip opened with
            ``salvage=True`` gives what can be read, and what cannot as gaps.
        """
        yield from _gathered(_placed(self), self.rate, max(round(seconds * self.rate), 1))

    def samples(self, start_s: float, stop_s: float) -> tuple[float, np.ndarray]:
        """A stretch of the sound: ``(t_s of its first sample, float32 [samples, channels])``; gaps are filled with 0.

        The stretch is cut to what there is; an empty array where there is nothing. Seeks, so that it is quick anywhere
        in a long clip.
        """
        import numpy as np

        first, last = max(start_s, self.start_s), stop_s
        pieces = []
        for t_s, piece in _placed(self, from_s=first):
            if t_s >= last:
                break
            skip = max(0, -int((t_s - first) * self.rate + 1e-6))
            keep = max(0, min(len(piece), round((last - t_s) * self.rate)))
            if skip < keep:
                pieces.append((t_s + skip / self.rate, piece[skip:keep]))
        if not pieces:
            return first, np.zeros((0, self.channels), "float32")
        t_0 = pieces[0][0]
        whole = np.zeros((max(round((t - t_0) * self.rate) + len(p) for t, p in pieces), self.channels), "float32")
        for t_s, piece in pieces:
            at = round((t_s - t_0) * self.rate)
            whole[at : at + len(piece)] = piece
        return t_0, whole


def open_clip(path: str | PathLike[str], *, track: int = 0, salvage: bool = False) -> Clip:
    """Open a recording's sound: wav, flac, mp3, m4a, mp4, mov, mkv, webm, ts and whatever else FFmpeg knows.

    Parameters
    ----------
    path : path
        A sound or video file.
    track : int
        Which of the file's sound tracks, counted from 0.
    salvage : bool
        Read a damaged file as far as it goes: what cannot be decoded becomes a gap instead of an error.

    Raises
    ------
    InputError
        If there is no such file, it is empty, is not a recording, is named as another kind than it is, has no sound,
        or is cut short.
    """
    path = Path(path)
    naming.check_readable(path)
    with opened(path) as container:
        naming.check_kind(path, container.format.name)
        streams = container.streams.audio
        if not streams:
            what = "a video without sound" if container.streams.video else "no sound in it"
            raise InputError(Problem(what, "Ask for a copy with its sound track, or name another file.", path))
        if track >= len(streams):
            raise InputError(
                Problem(f"there is no sound track {track}", f"It has {len(streams)}: 0 is the first.", path)
            )
        stream = streams[track]
        if not stream.codec_context or not stream.rate or not stream.channels:
            raise InputError(Problem("its sound cannot be decoded", "Ask for it as WAV or MP4.", path))
        family = naming.family_of(container.format.name)
        zero_s = (container.start_time or 0) / 1e6 if family in CLOCK_FROM_START else 0.0
        start_s = float(stream.start_time * stream.time_base) - zero_s if stream.start_time is not None else 0.0
        duration_s = _declared(container, stream, start_s + zero_s)
        if not salvage:
            naming.check_whole(path, container.format.name)
        clip = Clip(
            path=path, rate=stream.rate, channels=stream.channels, codec=stream.codec_context.name,
            container=family, start_s=start_s, duration_s=duration_s, has_video=bool(container.streams.video),
            tracks=len(streams), track=track, salvage=salvage,
            simulated=naming.SIMULATED_MARK in container.metadata.get("comment", ""), _zero_s=zero_s,
        )  # fmt: skip
    return clip


def opened(path: Path):
    """The file as a PyAV container; what FFmpeg cannot make out is an `InputError`."""
    import av

    # PyAV 19 opens a file whatever its title is written in, and no longer takes the word for it.
    lenient = {"metadata_errors": "ignore"} if int(av.__version__.split(".")[0]) < 19 else {}
    try:
        return av.open(str(path), **lenient)
    except (av.FFmpegError, ValueError) as error:
        what = "not a recording that can be read, or one that is damaged or cut short"
        remedy = f"Play it to check; ask for it again ({_plainly(error)})."
        raise InputError(Problem(what, remedy, path)) from None


def _plainly(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error).split(";")[0].strip().lower()


def _declared(container, stream, start_s: float) -> float:
    """How long the sound lasts as the container says; 0 where it says nothing (a stream, a live recording)."""
    if stream.duration:
        return float(stream.duration * stream.time_base)
    # Matroska gives the whole file's length alone, counted from its own zero.
    return max(container.duration / 1e6 - max(start_s, 0.0), 0.0) if container.duration else 0.0


def _placed(clip: Clip, from_s: float | None = None) -> Iterator[tuple[float, np.ndarray]]:
    """Decoded frames in order, each with its presentation time; packets that overlap are cut, never played twice."""
    import av

    with opened(clip.path) as container:
        stream = container.streams.audio[clip.track]
        seeking = from_s is not None and from_s > clip.start_s + 1.0
        timeline = _Timeline(clip)
        try:
            if seeking:
                # FFmpeg 9 leaves out what an edit list cuts away from the first packet it decodes, wherever that is.
                next(_frames(container, stream, clip), None)
                target = (from_s - PREROLL_S + clip._zero_s) / float(stream.time_base)
                container.seek(int(target), stream=stream, backward=True)
            for frame in _frames(container, stream, clip):
                placed = timeline.place(frame)
                if placed is not None and (from_s is None or placed[0] + len(placed[1]) / clip.rate > from_s):
                    yield placed
        except av.FFmpegError as error:
            if not clip.salvage:
                what = f"the sound cannot be decoded after {max(timeline.next_s, 0):.3f} s ({_plainly(error)})"
                remedy = "Ask for an undamaged copy, or read what can be read with salvage (--salvage)."
                raise InputError(Problem(what, remedy, clip.path)) from None
        if from_s is None:
            _check_end(clip, timeline)


def _frames(container, stream, clip: Clip):
    """Frames of one stream; with salvage, a packet that cannot be decoded is passed over."""
    import av

    for packet in container.demux(stream):
        try:
            yield from packet.decode()
        except av.FFmpegError:
            if not clip.salvage:
                raise


def _check_end(clip: Clip, timeline: _Timeline) -> None:
    if timeline.next_s == float("-inf"):
        raise InputError(Problem("no sound could be decoded", "Ask for an undamaged copy.", clip.path))
    short = clip.stop_s - timeline.next_s
    if short > max(0.5, 0.005 * clip.duration_s) and not clip.salvage:
        what = f"cut short: the sound ends at {timeline.next_s:.2f} s, and the file says {clip.stop_s:.2f} s"
        raise InputError(
            Problem(what, "Ask for the whole file, or read what there is with salvage (--salvage).", clip.path)
        )


class _Timeline:
    """Puts frames on the clock: small steps are rounding, forward steps are gaps, overlaps are cut."""

    def __init__(self, clip: Clip):
        self.clip, self.next_s, self.shift_s = clip, float("-inf"), 0.0

    def place(self, frame) -> tuple[float, np.ndarray] | None:
        clip = self.clip
        if frame.sample_rate != clip.rate or frame.layout.nb_channels != clip.channels:
            what = f"the sound's format changes after {self.next_s:.2f} s"
            raise InputError(Problem(what, "Split the file there, or convert it to WAV.", clip.path))
        block = as_float(frame)
        stated = self.next_s
        if frame.pts is not None:
            stated = float(frame.pts * frame.time_base) - clip._zero_s + self.shift_s
        elif self.next_s == float("-inf"):
            stated = clip.start_s
        if self.next_s == float("-inf"):
            t_s = stated
        else:
            step = stated - self.next_s
            if step < -RESET_S:
                self.shift_s -= step
                step = 0.0
            if abs(step) <= STEP_S:
                t_s = self.next_s
            elif step > 0:
                t_s = stated
            else:
                cut = round(-step * clip.rate)
                block, t_s = block[cut:], self.next_s
        if len(block) == 0:
            return None
        self.next_s = t_s + len(block) / clip.rate
        return t_s, block


def as_float(frame) -> np.ndarray:
    """A decoded frame as float32 ``[samples, channels]`` in -1..1; what is not a number becomes 0."""
    import numpy as np

    raw = frame.to_ndarray()
    channels = frame.layout.nb_channels
    block = raw.T if frame.format.is_planar else raw.reshape(-1, channels)
    if block.dtype.kind == "i":
        return block.astype("float32") / np.float32(2.0 ** (8 * block.dtype.itemsize - 1))
    if block.dtype.kind == "u":
        return (block.astype("float32") - 128) / np.float32(128)
    block = block.astype("float32", order="C")
    if not np.isfinite(block).all():
        block = np.nan_to_num(block, nan=0.0, posinf=1.0, neginf=-1.0)
    return block


def _gathered(placed, rate: int, most: int) -> Iterator[tuple[float, np.ndarray]]:
    """Join frames that follow on one another into blocks of ``most`` samples; a gap ends a block."""
    import numpy as np

    pieces, held, start_s = [], 0, 0.0
    for t_s, piece in placed:
        if pieces and abs(t_s - (start_s + held / rate)) > 0.5 / rate:
            yield start_s, np.concatenate(pieces)
            pieces, held = [], 0
        if not pieces:
            start_s = t_s
        pieces.append(piece)
        held += len(piece)
        while held >= most:
            whole = np.concatenate(pieces)
            yield start_s, whole[:most]
            start_s, held, pieces = start_s + most / rate, held - most, [whole[most:]]
    if held:
        yield start_s, np.concatenate(pieces)
