"""How quick proposing is against librosa's onset detector, and what an hour of sound takes: part of `detection`."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import numpy as np

from helpers.footage.analysis import analyse
from helpers.footage.propose import proposals
from helpers.footage.simulate import Camera, simulate
from helpers.footage.sound import open_clip
from tests.benchmarks.own_process import measured

SECONDS = 300
TURNS = 5
# Ending and codec of the hours.
HOURS = {"wav": "pcm_s16le", "flac": "flac", "mp4": "aac"}
HOUR_RATE = 48000


def speed() -> str:
    """Times faster than real time in processor time, beside librosa on the same samples; and what an hour takes."""
    told = []
    with tempfile.TemporaryDirectory() as folder:
        for rate in (48000, 22050):
            camera = Camera(str(rate), rate=rate)
            scene = simulate(shots=120, shooters=4, seconds=SECONDS, cameras=(camera,), seed=1)
            path = scene.recordings[0].write(Path(folder))
            told.append(f"speed, {SECONDS} s at {rate} Hz: " + _beside_librosa(path))
            if rate == HOUR_RATE:
                told += [_hour(path, Path(folder) / f"simulated-hour.{ending}") for ending in HOURS]
    return "\n".join(told)


def _beside_librosa(path: Path) -> str:
    """Both by turns, so that what else the machine does falls on both; ours reads the file, librosa has the samples."""
    try:
        import librosa
    except ImportError:
        librosa = None
    samples, rate = np.concatenate([block[:, 0] for _, block in open_clip(path).blocks()]), open_clip(path).rate
    ours, theirs = [], []
    # The first turn is the start-up.
    for turn in range(TURNS + 1):
        took = _processor_s(lambda: proposals(analyse(open_clip(path))))
        other = _processor_s(lambda: librosa.onset.onset_detect(y=samples, sr=rate)) if librosa else np.nan
        if turn:
            ours, theirs = [*ours, took], [*theirs, other]
    told = f"{SECONDS / np.median(ours):.0f} times real time with reading (goal 100); "
    if librosa is None:
        return told + "librosa is absent"
    return told + (
        f"librosa's onset detector takes {np.median(np.divide(theirs, ours)):.2f} times as long without reading "
        f"(goal 1; {min(theirs) / min(ours):.2f} by the quickest turns)"
    )


def _processor_s(work) -> float:
    """What it takes of the processor, s: another program that runs at the same time does not count."""
    start = time.process_time()
    work()
    return time.process_time() - start


def _hour(five_minutes: Path, path: Path) -> str:
    """An hour in stereo, two channels that differ, in a process of its own: peak memory and processor time."""
    _write_hour(five_minutes, path)
    prepare = (
        "from helpers.footage.analysis import analyse\nfrom helpers.footage.fitness import assess\n"
        "from helpers.footage.propose import proposals\nfrom helpers.footage.sound import open_clip"
    )
    run = "found = analyse(open_clip(sys.argv[1]))\nreport = assess(found)\ntable = proposals(found, 'high')"
    found = measured(prepare, run, "{'proposed': len(table)}", str(path))
    path.unlink()
    return (f"an hour of {path.suffix[1:]}, stereo at {HOUR_RATE} Hz: peak {found['peak'] / 1e6:.0f} MB (goal under "
            f"500), {3600 / found['cpu']:.0f} times real time, {found['proposed']} proposals")  # fmt: skip


def _write_hour(five_minutes: Path, path: Path) -> None:
    import av

    _, mono = open_clip(five_minutes).samples(0, SECONDS)
    mono = (mono[:, 0] * 32767).astype("int16")
    # The other microphone is quieter and a fifth of a millisecond away.
    both = np.stack([mono, np.roll(mono, 10) // 2], axis=1)
    with av.open(str(path), "w") as container:
        stream = container.add_stream(HOURS[path.suffix[1:]], rate=HOUR_RATE, layout="stereo")
        resampler = av.AudioResampler(stream.codec_context.format, "stereo", HOUR_RATE)
        for minute in range(60):
            part = both[minute % 5 * 60 * HOUR_RATE :][: 60 * HOUR_RATE]
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(part).reshape(1, -1), "s16", "stereo")
            frame.sample_rate, frame.pts = HOUR_RATE, minute * 60 * HOUR_RATE
            for ready in resampler.resample(frame):
                container.mux(stream.encode(ready))
        container.mux(stream.encode(None))
