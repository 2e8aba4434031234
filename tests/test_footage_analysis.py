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
from helpers.footage.sound import open_clip


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
