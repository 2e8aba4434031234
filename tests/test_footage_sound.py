"""Sound on the clip's own clock: every container, late tracks, gaps, seeking, and files that cannot be used."""

from __future__ import annotations

import shutil

import numpy as np
import pytest

from helpers.footage.sound import open_clip
from helpers.problems import InputError
from tests import recordings
from tests.recordings import CLICKS_S, SECONDS, clicks, onsets, write

LATE_S = 0.5
# What the format itself does to a time, s: an MP4's edit list counts in ms and here ends a frame early, Opus frames
# start on whole ms.
KINDS = {
    "wav": ("a.wav", {"codec": "pcm_s16le"}, 0.0, 0.0001),
    "flac": ("a.flac", {"codec": "flac"}, 0.0, 0.0001),
    "mp3, encoder's delay taken out": ("a.mp3", {"codec": "libmp3lame"}, 0.0, 0.001),
    "m4a": ("a.m4a", {"codec": "aac", "container": "ipod"}, 0.0, 0.001),
    "mp4, sound late": ("a.mp4", {"codec": "aac", "video": "mpeg4", "late_s": LATE_S}, LATE_S, 0.001),
    "mov, sound late": ("a.mov", {"codec": "pcm_s16le", "video": "mpeg4", "late_s": LATE_S}, LATE_S, 0.001),
    "mkv, sound late": ("a.mkv", {"codec": "aac", "video": "mpeg4", "late_s": LATE_S}, LATE_S, 0.0015),
    "mkv without a picture, sound late": ("b.mkv", {"codec": "flac", "late_s": LATE_S}, LATE_S, 0.0015),
    "webm, sound late": ("a.webm", {"codec": "libopus", "video": "libvpx", "late_s": LATE_S}, LATE_S, 0.002),
    "ts, sound late": (
        "a.ts", {"codec": "aac", "container": "mpegts", "video": "mpeg2video", "late_s": LATE_S}, LATE_S, 0.001,
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_click_is_found_at_its_time_beside_the_picture(tmp_path, kind):
    name, how, late_s, within_s = KINDS[kind]
    clip = open_clip(write(tmp_path / name, clicks(), **how))
    found = onsets(clip.blocks(seconds=0.7), clip.rate)
    assert found == pytest.approx([t + late_s for t in CLICKS_S], abs=within_s)


@pytest.mark.parametrize("kind", KINDS)
def test_seeking_gives_the_same_samples_as_reading_through(tmp_path, kind):
    name, how, late_s, within_s = KINDS[kind]
    clip = open_clip(write(tmp_path / name, clicks(), **how))
    t_s, stretch = clip.samples(late_s + 2.5, late_s + 3.5)
    assert onsets([(t_s, stretch)], clip.rate) == pytest.approx([3.0 + late_s], abs=within_s + 0.001)
    assert len(stretch) == pytest.approx(clip.rate, abs=clip.rate * 0.002)


@pytest.mark.parametrize("name", ["cut.m4a", "cut.mov"])
def test_sound_that_an_edit_list_cuts_away_is_not_heard_and_the_rest_moves_up(tmp_path, name):
    how = {"codec": "aac", "container": "ipod"} if name.endswith("m4a") else {"codec": "pcm_s16le"}
    path = recordings.cut_by_edit_list(write(tmp_path / name, clicks(), **how), 0.7)
    clip = open_clip(path)
    assert clip.start_s == 0 and clip.duration_s == pytest.approx(SECONDS - 0.7, abs=0.001)
    assert onsets(clip.blocks(), clip.rate) == pytest.approx([0.3, 1.3, 2.3], abs=0.001)
    assert onsets([clip.samples(2.0, 3.0)], clip.rate) == pytest.approx([2.3], abs=0.001)


def test_a_gap_stays_a_gap(tmp_path):
    path = write(tmp_path / "gap.mkv", clicks(), codec="pcm_s16le", video="mpeg4", gap_s=(1.2, 1.7))
    clip = open_clip(path)
    spans = [(t_s, t_s + len(block) / clip.rate) for t_s, block in clip.blocks()]
    assert len(spans) == 2
    assert spans[0][1] == pytest.approx(1.216, abs=0.03) and spans[1][0] == pytest.approx(1.707, abs=0.03)
    assert onsets(clip.blocks(), clip.rate) == pytest.approx(CLICKS_S, abs=0.001)
    t_s, filled = clip.samples(1.0, 2.5)
    assert onsets([(t_s, filled)], clip.rate) == pytest.approx([1.0, 2.0], abs=0.001)


def test_every_channel_is_kept_at_the_native_rate(tmp_path):
    left, right = clicks(22050, at=(1.0,)), clicks(22050, at=(2.0,))
    clip = open_clip(write(tmp_path / "two.wav", np.column_stack([left, right]), codec="pcm_s16le", rate=22050))
    assert (clip.rate, clip.channels) == (22050, 2)
    (t_s, block), *rest = clip.blocks()
    assert not rest and block.dtype == np.float32
    assert [onsets([(t_s, block[:, [k]])], 22050)[0] for k in (0, 1)] == pytest.approx([1.0, 2.0])


@pytest.mark.parametrize("codec", ["pcm_u8", "pcm_s24le", "pcm_s32le", "pcm_f32le"])
def test_every_kind_of_sample_comes_out_between_minus_one_and_one(tmp_path, codec):
    clip = open_clip(write(tmp_path / "a.wav", clicks(), codec=codec))
    whole = np.concatenate([block for _, block in clip.blocks()])
    assert np.abs(whole).max() == pytest.approx(0.9, abs=0.01)
    assert np.abs(whole[:1000]).max() < 0.01


def test_a_title_that_is_not_utf_8_keeps_no_recording_from_being_opened(tmp_path):
    path = write(tmp_path / "titled.wav", clicks(8000), codec="pcm_s16le", rate=8000)
    plain = path.read_bytes()
    title = b"INFOINAM" + (4).to_bytes(4, "little") + b"caf\xe9"
    titled = plain[:12] + b"LIST" + len(title).to_bytes(4, "little") + title + plain[12:]
    path.write_bytes(titled[:4] + (len(titled) - 8).to_bytes(4, "little") + titled[8:])
    assert open_clip(path).rate == 8000


def test_a_clip_is_hashed_whole(tmp_path):
    import hashlib

    path = write(tmp_path / "a.wav", clicks(), codec="pcm_s16le")
    assert open_clip(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def _spoilt(folder, what):
    whole = write(folder / "whole.wav", clicks(), codec="pcm_s16le")
    film = write(folder / "film.mp4", clicks(), codec="aac", video="mpeg4")
    path = folder / f"{what.replace(' ', '-')}.wav"
    if what == "not there":
        return path
    if what == "a folder":
        path.mkdir()
    elif what == "empty":
        path.touch()
    elif what == "cut short":
        path.write_bytes(whole.read_bytes()[:-100_000])
    elif what == "text":
        path.write_text("This is a transcript, not a recording.\n" * 50)
    elif what == "noise":
        path.write_bytes(np.random.default_rng(0).bytes(50_000))
    elif what == "named as another kind":
        shutil.copy(film, path)
    elif what == "without sound":
        return write(folder / "silent-film.mp4", clicks(), codec="aac", video="mpeg4", sound=False)
    elif what == "mp4 cut short":
        path = folder / "cut.mp4"
        path.write_bytes(film.read_bytes()[: film.stat().st_size // 2])
    elif what == "flac cut short":
        path = folder / "cut.flac"
        noise = np.random.default_rng(0).uniform(-0.5, 0.5, 96_000)
        path.write_bytes(write(folder / "f.flac", noise, codec="flac").read_bytes()[:100_000])
    return path


SPOILT = {
    "not there": "no such file", "a folder": "a folder", "empty": "empty", "cut short": "cut short",
    "text": "not a recording|no sound", "noise": "not a recording|no sound|cannot be decoded|holds",
    "named as another kind": "named .wav, but it holds mp4", "without sound": "a video without sound",
    "mp4 cut short": "damaged or cut short", "flac cut short": "cut short|cannot be decoded",
}  # fmt: skip


@pytest.mark.parametrize("what", SPOILT)
def test_a_file_that_cannot_be_used_is_named_with_a_remedy(tmp_path, what):
    path = _spoilt(tmp_path, what)
    with pytest.raises(InputError, match=SPOILT[what]) as told:
        list(open_clip(path).blocks())
    assert path.name in str(told.value)


def test_salvage_reads_a_damaged_file_as_far_as_it_goes(tmp_path):
    clip = open_clip(_spoilt(tmp_path, "cut short"), salvage=True)
    assert onsets(clip.blocks(), clip.rate) == pytest.approx([0.5, 1.0, 2.0], abs=0.001)


def test_a_track_that_is_not_there_is_refused(tmp_path):
    path = recordings.write(tmp_path / "a.wav", clicks(), codec="pcm_s16le")
    with pytest.raises(InputError, match="no sound track 3"):
        open_clip(path, track=3)
