"""What is measured of a clip in one pass: the same in whatever pieces the sound comes."""

from __future__ import annotations

import wave

import numpy as np
import pytest
from scipy import signal

from helpers.footage import analysis as passes
from helpers.footage.analysis import analyse
from helpers.footage.highpass import HighPass, butterworth
from helpers.footage.products import product
from helpers.footage.propose import EVEN, less_for_machines
from helpers.footage.sound import open_clip
from helpers.footage.texture import beat, pitched


def written(path, samples, rate):
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes((np.asarray(samples) * 32767).round().astype("<i2").tobytes())
    return path


@pytest.mark.parametrize("rate", [8000, 12000, 44100, 48000, 96000])
def test_the_block_wise_high_pass_is_scipys_in_whatever_pieces_sound_comes(rate):
    assert np.allclose(butterworth(100, rate), signal.butter(2, 100, "highpass", fs=rate), atol=1e-12)
    samples = np.random.default_rng(rate).normal(0.3, 0.5, 5021).astype("float32")
    high_pass, sos = HighPass(100, rate), signal.butter(2, 100, "highpass", fs=rate, output="sos")
    pieces = [high_pass(samples[start:stop]) for start, stop in ((0, 1), (1, 130), (130, 4000), (4000, 5021))]
    known, _ = signal.sosfilt(sos, samples.astype("float64"), zi=signal.sosfilt_zi(sos) * samples[0])
    assert np.abs(np.concatenate(pieces) - known).max() < 2e-6


def test_products_in_pieces_are_the_product():
    rows = np.random.default_rng(0).normal(size=(5000, 40)).astype("float32")
    weights = rows[:40, :30].copy()
    assert np.allclose(product(rows, weights), rows @ weights, atol=1e-4)


@pytest.mark.parametrize("rate", [11025, 22050, 44100, 48000])
def test_what_is_measured_does_not_depend_on_the_pieces_in_which_sound_is_read(tmp_path, monkeypatch, rate):
    samples = np.random.default_rng(1).normal(0, 0.05, 7 * rate).clip(-0.9, 0.9)
    samples[rate::rate] = 0.95
    clip = open_clip(written(tmp_path / "noise.wav", samples, rate))
    found = []
    for seconds in (0.7, 2.0, 10.0):
        monkeypatch.setattr(passes, "BLOCK_S", seconds)
        found.append(analyse(clip))
    for other in found[1:]:
        assert len(other.heard) == len(found[0].heard) == 2800
        assert np.abs(other.envelope - found[0].envelope).max() < 1e-5
        # Half precision: a hundredth of a dB one way or the other.
        assert np.abs(other.bands.astype("float32") - found[0].bands).max() < 0.1
        assert (other.clipped == found[0].clipped).all() and (other.zeros == found[0].zeros).all()


def test_an_hours_grid_lies_where_the_samples_lie_at_a_rate_that_no_frame_divides(tmp_path, monkeypatch):
    rate, clicks = 11025, np.arange(0.5, 60, 0.5)
    samples = np.zeros(60 * rate)
    samples[np.round(clicks * rate).astype(int)] = 0.9
    monkeypatch.setattr(passes, "BLOCK_S", 0.333)
    envelope = analyse(open_clip(written(tmp_path / "clicks.wav", samples, rate))).envelope
    steps = np.flatnonzero(envelope > 0.5)
    assert np.abs(steps * passes.ENVELOPE_S - np.round(clicks * rate) / rate).max() <= passes.ENVELOPE_S


def test_what_is_voiced_repeats_at_its_pitch_and_a_blast_does_not(tmp_path):
    rate, rng = 22050, np.random.default_rng(3)
    t, quiet = np.arange(round(0.3 * rate)) / rate, rng.normal(0, 0.001, rate)
    # A buzz of 300 Hz, as a bark's voice is, and a burst of noise, both decaying alike.
    decay = 0.8 * np.exp(-t / 0.06)
    buzz, blast = decay * (t * 300 % 1 - 0.5), decay * rng.normal(0, 0.25, len(t))
    clip = written(tmp_path / "two.wav", np.concatenate([quiet, buzz, quiet, blast, quiet]).clip(-0.99, 0.99), rate)
    found = analyse(open_clip(clip))
    at = np.array([1.0, 2.3])
    buzzed, blasted = pitched(found, np.round(at / passes.ENVELOPE_S).astype(int))
    assert buzzed > 0.6 > 0.45 > blasted


def test_even_strokes_for_longer_than_a_magazine_lasts_have_a_beat_and_bursts_have_little(tmp_path):
    rate, rng = 22050, np.random.default_rng(4)
    click = 0.7 * np.exp(-np.arange(400) / 60) * rng.normal(0, 0.4, 400)

    def of(times):
        samples = rng.normal(0, 0.002, 8 * rate)
        for start in np.round(np.asarray(times) * rate).astype(int):
            samples[start : start + 400] += click
        found = analyse(open_clip(written(tmp_path / "strokes.wav", samples.clip(-0.99, 0.99), rate)))
        return beat(found.novelty, np.array([round(4 / passes.FRAME_S)]))[0]

    assert of(np.arange(0.5, 7.5, 1 / 14)) > EVEN[1]
    assert of(np.arange(3.7, 4.4, 0.1)) < EVEN[0] and of(np.sort(rng.uniform(0.5, 7.5, 30))) < EVEN[0]


def test_a_clip_shorter_than_a_beat_has_none_and_keeps_its_scores():
    none = beat(np.ones(50, "float32"), np.array([3, 40]))
    assert none.tolist() == [0, 0] and less_for_machines(np.array([0.9, 0.2]), none).tolist() == [0.9, 0.2]
    assert less_for_machines(np.array([0.9]), np.array([0.9]))[0] < 0.1


def test_sound_does_not_rise_where_a_muted_buffer_ends(tmp_path):
    rate = 16000
    noise = np.random.default_rng(5).normal(0, 0.02, 4 * rate)
    bang = noise.copy()
    bang[2 * rate : 2 * rate + 80] += 0.5
    for samples, rises in ((noise, False), (bang, True)):
        found = analyse(open_clip(written(tmp_path / "muted.wav", np.concatenate([np.zeros(4 * rate), samples]), rate)))
        assert found.novelty[1590:1610].max() < 5
        assert (found.novelty[2380:2420].max() > 10) == rises
