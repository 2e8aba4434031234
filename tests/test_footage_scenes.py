"""The simulator, and what is heard in its scenes: proposals, fitness, alignment and fusion, against the known truth."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from helpers import schema
from helpers.footage import acoustics, clutter
from helpers.footage.align import Offset, _drift_bound, aligned, between
from helpers.footage.analysis import analyse
from helpers.footage.coincidences import Sounds, agreement, strong_sounds
from helpers.footage.context import CONTEXT
from helpers.footage.echoes import echo_evidence
from helpers.footage.features import FEATURES
from helpers.footage.fitness import assess
from helpers.footage.fuse import fuse
from helpers.footage.log import as_record, shot_log, together
from helpers.footage.model import shipped
from helpers.footage.propose import COLUMNS, HARDLY, chosen, proposals
from helpers.footage.simulate import Camera, simulate
from helpers.footage.sound import open_clip
from helpers.problems import InputError
from helpers.shots import check
from tests.recordings import clicks, write
from tests.review_page import write_wav

RATE = 22050


def near(times, truth, within_s=0.025) -> int:
    """How many of the truth's times have one of ``times`` within reach, each used once."""
    from mir_eval.util import match_events

    return len(match_events(np.sort(truth), np.sort(times), within_s)) if len(times) else 0


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """Two cameras a metre apart on one scene: (scene, analyses)."""
    folder = tmp_path_factory.mktemp("scene")
    cameras = Camera("A", snr_db=20), Camera("B", x_m=0.8, y_m=0.6, offset_s=1.37, snr_db=20)
    scene = simulate(shots=16, shooters=2, cameras=cameras, seed=11)
    return scene, [analyse(open_clip(path)) for path in scene.write(folder)]


@pytest.fixture(scope="module")
def stranger(tmp_path_factory):
    """A recording of another scene."""
    scene = simulate(shots=16, shooters=2, seed=99, cameras=(Camera("elsewhere"),))
    return analyse(open_clip(scene.recordings[0].write(tmp_path_factory.mktemp("other"))))


def test_the_same_seed_gives_the_same_scene():
    one, two = (simulate(shots=8, seed=3) for _ in range(2))
    assert one.truth.equals(two.truth)
    assert np.array_equal(one.recordings[0].samples, two.recordings[0].samples)


def test_a_blast_arrives_three_milliseconds_later_for_each_metre():
    cameras = Camera("A"), Camera("B", x_m=20.0)
    scene = simulate(shots=6, shooters=1, cameras=cameras, seed=2)
    one, two = (recording.arrivals for recording in scene.recordings)
    expected = (two["distance_m"] - one["distance_m"]) / acoustics.SPEED_M_S
    assert (two["t_s"] - one["t_s"]).to_numpy() == pytest.approx(expected.to_numpy(), abs=1e-9)


def test_a_cameras_clock_is_its_offset_and_drift():
    scene = simulate(shots=[1.0, 61.0], shooters=1, cameras=(Camera("A", offset_s=0.5, drift_ppm=50),), seed=2)
    times = scene.recordings[0].arrivals["t_s"].to_numpy()
    assert np.diff(times)[0] == pytest.approx(60 * (1 + 50e-6), abs=1e-9)
    assert times[0] == pytest.approx(1.0 - 0.5 + scene.recordings[0].arrivals["distance_m"][0] / 343, abs=1e-4)


def test_no_two_simulated_shots_are_nearer_than_the_gap_asked_for():
    assert np.diff(simulate(shots=60, shooters=4, least_gap_s=0.05, seed=8).truth["t_s"]).min() >= 0.05 - 1e-6


def test_a_crack_comes_before_its_blast_and_only_where_bullets_are_supersonic():
    fast = simulate(shots=12, shooters=4, supersonic=True, seed=5).recordings[0].arrivals
    assert fast["crack_s"].notna().any() and (fast["crack_s"].dropna() < fast["t_s"][fast["crack_s"].notna()]).all()
    assert simulate(shots=4, seed=5).recordings[0].arrivals["crack_s"].isna().all()


def test_a_friedlander_pulse_starts_at_its_peak_and_turns_negative_after_its_positive_phase():
    pulse = acoustics.blast(np.random.default_rng(0), 96000, positive_ms=0.5, body=0.0)
    assert pulse[0] == 1.0 and np.argmax(pulse < 0) / 96 == pytest.approx(0.5, abs=0.02)


def test_gain_control_ducks_what_follows_and_lets_go_again():
    rng = np.random.default_rng(0)
    samples = 0.01 * rng.standard_normal(5 * RATE)
    samples[RATE : RATE + 200] = 1.0
    quieter = acoustics.gain_controlled(samples, RATE) / samples
    assert quieter[RATE - 100] == pytest.approx(1, abs=0.2)
    assert quieter[RATE + 400] < 0.3 < 0.9 < quieter[-1]


@pytest.mark.parametrize("kind", clutter.KINDS)
def test_every_kind_of_clutter_is_a_finite_sound_of_peak_one(kind):
    for seed in range(5):
        sound = clutter.make(np.random.default_rng(seed), RATE, kind)
        assert np.isfinite(sound).all() and np.abs(sound).max() == pytest.approx(1)


def test_what_the_simulator_writes_says_so_in_its_name_within_and_in_every_proposal(tmp_path):
    path = simulate(shots=4, seed=1).recordings[0].write(tmp_path)
    clip = open_clip(path)
    assert path.name.startswith("simulated-") and clip.simulated
    table = proposals(analyse(clip), "high")
    assert len(table) and (table["status"] == "simulated").all()


def test_the_shots_of_a_clear_scene_are_proposed_at_their_times(pair):
    scene, analyses = pair
    for recording, analysis in zip(scene.recordings, analyses, strict=True):
        truth = recording.arrivals["t_s"].to_numpy()
        inside = truth[(truth > 0) & (truth < analysis.duration_s)]
        table = proposals(analysis, "high")
        assert list(table.columns) == COLUMNS and table["t_s"].is_monotonic_increasing
        assert near(table["t_s"], inside) >= 0.9 * len(inside)
        nearest = np.abs(table["t_s"].to_numpy()[:, None] - inside).min(axis=0)
        assert np.median(nearest) < 0.002


def test_high_recall_proposes_all_that_balanced_does(pair):
    balanced, high = (set(proposals(pair[1][0], setting)["t_s"]) for setting in ("balanced", "high"))
    assert balanced <= high


THRESHOLDS = {
    "balanced": 0.75, "alone": 0.3, "gap_from": 0.05, "gap_to": 0.6, "few": 0.4, "many": 0.1, "deeper": 5.0,
    "high": 0.002,
}  # fmt: skip


def _taken(score, recall="balanced", t_s=None):
    score = np.array(score)
    return chosen(np.arange(len(score)) if t_s is None else np.array(t_s), score, THRESHOLDS, recall).tolist()


def test_a_doubtful_sound_counts_sooner_only_among_sure_shots():
    # Nothing scores between 0.28 and 0.03, so that is where the sure clip's shots part from the rest.
    assert _taken([0.95, 0.9, 0.3, 0.28, 0.03]) == [True, True, True, True, False]
    assert _taken([0.79, 0.75, 0.3, 0.28, 0.03]) == [True, True, False, False, False]


def test_where_scores_lie_apart_higher_up_the_cut_is_higher_up():
    assert _taken([0.95, 0.55, 0.2, 0.16, 0.12, 0.09, 0.07]) == [True, True] + [False] * 5


def test_a_sound_that_stands_alone_in_its_clip_is_proposed_though_it_is_no_sure_shot():
    assert _taken([0.02, 0.5, 0.02]) == [False, True, False] and _taken([0.4]) == [True]
    assert _taken([0.1, 0.5, 0.2]) == [False] * 3 and _taken([0.2]) == [False] and _taken([]) == []


def test_a_crack_and_its_blast_are_one_shot_in_the_balanced_setting_and_two_sounds_in_the_other():
    t_s = [1.0, 1.021, 2.0, 2.05, 3.0, 3.02]
    score = [0.90, 0.95, 0.9, 0.9, 0.1, 0.9]
    # The earlier of two nearly as likely is when the shot began; one much less likely is not.
    assert _taken(score, t_s=t_s) == [True, False, True, True, False, True]
    assert all(_taken(score, "high", t_s))


def test_a_setting_that_does_not_exist_is_refused(pair):
    with pytest.raises(ValueError, match="balanced, high"):
        proposals(pair[1][0], "medium")


def test_proposals_do_not_depend_on_the_recordings_gain(tmp_path):
    samples = simulate(shots=8, seed=4).recordings[0].samples
    loud, quiet = (
        proposals(analyse(open_clip(write(tmp_path / f"{gain}.wav", samples * gain, codec="pcm_s24le", rate=RATE))))
        for gain in (1.0, 0.25)
    )
    assert near(loud["t_s"], quiet["t_s"], 0.001) >= len(loud) - 1 and abs(len(loud) - len(quiet)) <= 1


def test_a_lag_that_follows_every_shot_is_seen_as_one_and_a_single_pair_is_not():
    shots = np.cumsum([1.0, 0.7, 0.93, 1.21, 0.64])
    t_s = np.sort(np.concatenate([shots, shots + 0.2]))
    child = np.isin(t_s, shots + 0.2)
    found = echo_evidence(t_s, np.where(child, -10.0, 0.0), np.ones(len(t_s)))
    assert found["echo_lag_s"][child] == pytest.approx(np.full(5, 0.2))
    assert (found["echo_votes"][child] == 4).all()
    # Two shots and their two echoes are one lag seen twice: a single vote.
    assert found["echo_votes"][~child].max() <= 1
    lone = echo_evidence(np.array([1.0, 1.2, 3.0]), np.array([0.0, -10.0, 0.0]), np.ones(3))
    assert lone["echo_votes"].max() == 0


def test_the_weights_say_how_and_on_what_they_were_trained_and_what_was_kept_from_them():
    weights = shipped()
    trained = weights["trained"]
    assert trained["by"] == "python -m tests.benchmarks.train" and "FP7" in trained["held_out"]
    assert all(source["what"] and source["clips"] > 0 and source["licence"] for source in trained["on"])
    assert {*weights["first"].lines, *weights["second"].lines} == set(trained["features"])
    assert trained["features"] == FEATURES | CONTEXT and trained["hardly"] == HARDLY


def test_a_silent_clip_is_refused(tmp_path):
    clip = open_clip(write(tmp_path / "quiet.wav", np.zeros(RATE * 2), codec="pcm_s16le", rate=RATE))
    with pytest.raises(InputError, match=r"quiet.wav: the sound is silent"):
        analyse(clip)


def test_where_a_muted_buffer_ends_is_no_shot(shared):
    # The sensor's sound begins at 1.54 s, out of digital silence, a second before the first of three shots.
    clip = open_clip(shared / "audio" / "shotspotter" / "FP3_test_044.audio.SCP-00-BNG-5515.wav")
    found = proposals(analyse(clip))["t_s"].to_numpy()
    assert not (np.abs(found - 1.542) < 0.1).any() and near(found, np.array([2.548, 3.183, 3.891])) == 3


def test_a_clip_without_onsets_has_no_proposals(tmp_path):
    tone = 0.3 * np.sin(2 * np.pi * 440 * np.arange(RATE * 3) / RATE)
    table = proposals(analyse(open_clip(write(tmp_path / "tone.wav", tone, codec="pcm_s16le", rate=RATE))))
    assert len(table) == 0 and list(table.columns) == COLUMNS


def _fitness(tmp_path, samples, name="a.wav", **how):
    how = {"codec": "pcm_s16le", "rate": RATE} | how
    return assess(analyse(open_clip(write(tmp_path / name, samples, **how))))


def _noise(seconds: float = 4.0, level: float = 0.05):
    return level * np.random.default_rng(0).standard_normal(round(seconds * RATE))


def test_fitness_finds_where_sound_is_clipped(tmp_path):
    samples = _noise()
    stretch = slice(RATE, RATE + 2000)
    samples[stretch] = np.clip(8 * np.sin(np.arange(2000) / 5), -0.8, 0.8)
    report = _fitness(tmp_path, samples)
    assert [round(span.start_s, 1) for span in report.clipped] == [1.0]
    assert any("clipped" in span.why for span in report.unreliable)
    assert not _fitness(tmp_path, 0.5 * np.sin(np.arange(3 * RATE) / 30), "sine.wav").clipped


def test_fitness_finds_missing_sound_and_gaps(tmp_path):
    samples = _noise()
    samples[2 * RATE : 2 * RATE + 1100] = 0
    assert [round(span.start_s, 2) for span in _fitness(tmp_path, samples).dropouts] == [2.0]
    report = _fitness(tmp_path, clicks(RATE) + _noise(), "gap.mkv", video="mpeg4", gap_s=(1.2, 1.7))
    assert [(round(span.start_s, 1), round(span.stop_s, 1)) for span in report.dropouts] == [(1.2, 1.7)]


def test_fitness_tells_gain_ducking(tmp_path):
    samples = _noise(level=0.01)
    samples[2 * RATE : 2 * RATE + 400] = np.random.default_rng(1).uniform(-1, 1, 400)
    ducked = _fitness(tmp_path, acoustics.gain_controlled(samples, RATE, release_s=0.5), "ducked.wav")
    assert len(ducked.ducked) == 1 and 2.0 <= ducked.ducked[0].start_s <= 2.3
    assert not _fitness(tmp_path, samples, "steady.wav").ducked


def test_fitness_tells_how_high_the_sound_reaches(tmp_path):
    from scipy import signal

    burst = _noise(2.0, 0.001)
    bang = np.random.default_rng(1).uniform(-0.5, 0.5, 2000)
    low = burst.copy()
    burst[RATE : RATE + 2000] += bang
    low[RATE : RATE + 2000] += signal.sosfiltfilt(signal.butter(8, 2000, fs=RATE, output="sos"), bang)
    assert _fitness(tmp_path, burst).bandwidth_hz > 8000
    assert 1500 < _fitness(tmp_path, low, "low.wav").bandwidth_hz < 4000


def test_two_cameras_are_aligned_within_their_bound(pair):
    scene, (one, two) = pair
    truth = float((scene.recordings[0].arrivals["t_s"] - scene.recordings[1].arrivals["t_s"]).median())
    offset = between(one, two)
    assert offset.offset_s == pytest.approx(truth, abs=0.005)
    assert abs(offset.offset_s - truth) <= offset.u_s


def test_alignment_the_other_way_round_is_the_opposite(pair):
    one, two = pair[1]
    assert between(one, two).offset_s == pytest.approx(-between(two, one).offset_s, abs=0.003)


def _drifting(folder, bangs, seconds: float, ppm: float):
    """Two recorders of the same bangs in other noise, the second switched on 12.5 s later and fast by ``ppm``."""
    late = [(bang - 12.5) * (1 + ppm * 1e-6) for bang in bangs]
    one = write_wav(folder / "one.wav", seconds, bangs, rate=4000, seed=1)
    two = write_wav(folder / "two.wav", seconds - 12, late, rate=4000, seed=2)
    return between(*(analyse(open_clip(path)) for path in (one, two)))


def _off(offset: Offset, t_s: float, ppm: float) -> float:
    """How far the offset puts a time of the second recorder from where it belongs, s."""
    return abs(offset.to_reference(t_s) - (t_s / (1 + ppm * 1e-6) + 12.5))


@pytest.mark.parametrize("seconds, number, ppm", [(240, 12, 90), pytest.param(1800, 24, 50, marks=pytest.mark.slow)])
def test_two_recorders_whose_clocks_differ_are_aligned_from_end_to_end(tmp_path, seconds, number, ppm):
    bangs = np.sort(np.random.default_rng(3).uniform(15, seconds - 5, number))
    offset = _drifting(tmp_path, bangs, seconds, ppm)
    assert offset.drift_ppm == pytest.approx(-ppm, abs=10)
    # Left uncorrected, one end would be off by this much more than the other.
    assert 1e-6 * ppm * seconds > 5 * offset.u_s
    assert max(_off(offset, t_s, ppm) for t_s in (0.0, seconds - 12.0)) <= offset.u_s


def test_drift_told_from_a_short_stretch_bounds_the_rest_of_the_recording_less_well():
    from scipy import stats

    draw = np.random.default_rng(0)
    place, jitter = draw.uniform(0, 1, 30), draw.normal(0, 0.001, 30)
    whole, bounds = SimpleNamespace(span=(0.0, 1800.0)), []
    for reach in (1500.0, 150.0):
        t_s = 150 + reach * place
        line = stats.linregress(t_s, jitter)
        left = jitter - line.intercept - line.slope * t_s
        bounds.append(_drift_bound(whole, t_s, left, np.ones(30), reach))
        # Twice the textbook's standard error of a slope, carried to the far end.
        assert bounds[-1] == pytest.approx(2 * line.stderr * max(t_s.mean(), 1800 - t_s.mean()), rel=0.01)
    assert bounds[1] > 10 * bounds[0]


def test_a_clip_is_aligned_with_itself_at_nothing(pair):
    offset = between(pair[1][0], pair[1][0])
    assert offset.offset_s == pytest.approx(0, abs=1e-4) and offset.confidence > 0.9


def test_unrelated_recordings_are_refused(pair, stranger):
    offset = between(pair[1][0], stranger)
    assert offset.offset_s is None and offset.u_s is None and offset.refused


def _bangs(folder, name: str, bangs, seed: int, seconds: float = 9.0):
    return analyse(open_clip(write_wav(folder / name, seconds, bangs, rate=RATE, seed=seed)))


def test_strangers_that_share_one_spacing_of_two_bangs_are_refused(tmp_path):
    one = _bangs(tmp_path, "one.wav", (2.0, 2.6, 4.0, 5.2), 1)
    two = _bangs(tmp_path, "two.wav", (1.0, 3.3, 3.9, 7.7), 2)
    for offset in (between(one, two), between(two, one)):
        assert offset.offset_s is None and offset.confidence == 0 and "strong sounds" in offset.refused


def test_the_same_bangs_in_other_noise_are_aligned(tmp_path):
    one = _bangs(tmp_path, "one.wav", (2.0, 2.6, 4.0, 5.2), 1)
    offset = between(one, _bangs(tmp_path, "two.wav", (0.7, 1.3, 2.7, 3.9), 2))
    assert offset.offset_s == pytest.approx(1.3, abs=0.002) and offset.matched == 4


def test_bangs_at_one_steady_pace_are_refused_because_one_shot_later_fits_as_well(tmp_path):
    one = _bangs(tmp_path, "one.wav", np.arange(2, 6, 0.5), 1)
    offset = between(one, _bangs(tmp_path, "two.wav", np.arange(1, 5, 0.5), 2))
    assert offset.offset_s is None and "0.50 s away explains nearly as many" in offset.refused


def test_where_two_recordings_begin_is_no_sound_that_both_heard(tmp_path):
    seen = []
    for name, bangs, seed in (("a.wav", (2.1, 3.4), 1), ("b.wav", (2.9, 5.3), 2)):
        path = write_wav(tmp_path / name, 8.0, bangs, rate=RATE, seed=seed)
        samples = np.concatenate([block[:, 0] for _, block in open_clip(path).blocks()])
        samples[: round(0.5 * RATE)] = 0
        seen.append(analyse(open_clip(write(tmp_path / f"late-{name}", samples, codec="pcm_s16le", rate=RATE))))
        assert strong_sounds(seen[-1]).t_s == pytest.approx(bangs, abs=0.005)
    assert between(*seen).offset_s is None


@pytest.mark.parametrize("pace", ["scattered", "bursts"])
def test_bangs_of_strangers_fall_together_beyond_chance_hardly_ever(pace):
    rng, believed = np.random.default_rng(5), 0
    for _ in range(60):
        clips = []
        for _ in range(2):
            number = rng.integers(3, 12)
            # Scattered, or at a hand's pace with a pause now and then.
            gaps = rng.uniform(0.15, 0.35, number) + (rng.random(number) < 0.2) * rng.uniform(0.5, 2, number)
            t_s = np.sort(rng.uniform(0, 9, number)) if pace == "scattered" else 1 + np.cumsum(gaps)
            clips.append(Sounds(t_s, rng.uniform(8, 30, number)))
        differences = (clips[0].t_s[:, None] - clips[1].t_s).ravel()
        believed += any(not agreement(*clips, [(0.0, 9.0)] * 2, lag).refused for lag in differences)
    assert believed <= 1


def test_sounds_of_one_event_agree_at_their_offset_alone():
    t_s = np.array([1.0, 1.31, 1.52, 2.9, 3.17, 4.4])
    one, two = Sounds(t_s, np.full(6, 20.0)), Sounds(t_s[1:] - 0.7, np.full(5, 15.0))
    found = agreement(one, two, [(0.0, 6.0)] * 2, 0.7)
    assert not found.refused and found.matched == 5 and found.chance < 1e-4
    assert agreement(one, two, [(0.0, 6.0)] * 2, 0.9).refused


def test_three_shots_that_agree_to_the_millisecond_are_told_and_a_little_less_well_they_are_not():
    t_s = np.array([2.0, 2.41, 3.07])
    for apart, told in ((0.001, True), (0.003, False)):
        one, two = Sounds(t_s, np.full(3, 20.0)), Sounds(t_s + apart * np.array([0, 1, -1]), np.full(3, 20.0))
        assert bool(agreement(one, two, [(0.0, 10.0)] * 2, 0.0).refused) != told


def test_three_shots_among_each_streets_own_echoes_align_sensors_and_other_firings_are_refused(shared):
    def sensor(name):
        return analyse(open_clip(shared / "audio" / "shotspotter" / f"{name}.wav"))

    one, two = sensor("FP1_test_003.audio.SCP-00-BNQ-0979"), sensor("FP1_test_003.audio.SCP-00-BNQ-1409")
    # The surveyed times of arrival: 2.865, 3.656 and 4.316 s, and 2.391, 3.181 and 3.842 s.
    assert between(one, two).offset_s == pytest.approx(0.474, abs=0.006)
    assert between(one, sensor("FP5_test_129.audio.SCP-00-BNQ-0933")).offset_s is None


def test_a_clip_with_hardly_more_sound_than_aligning_needs_is_refused(pair, tmp_path):
    clip = open_clip(write(tmp_path / "short.wav", clicks(RATE, (0.5,), 1.502), codec="pcm_s16le", rate=RATE))
    assert between(pair[1][0], analyse(clip)).refused


def test_a_clip_too_short_to_tell_is_refused(pair, tmp_path):
    clip = open_clip(write(tmp_path / "short.wav", clicks(RATE, (0.5,), 1.0), codec="pcm_s16le", rate=RATE))
    assert "too little" in between(pair[1][0], analyse(clip)).refused


def test_what_both_cameras_hear_is_fused_and_what_one_hears_is_an_echo_suspect(pair):
    scene, analyses = pair
    offsets = aligned(analyses)
    tables = [proposals(analysis, "high") for analysis in analyses]
    spans = [(analysis.start_s, analysis.start_s + analysis.duration_s) for analysis in analyses]
    fused = fuse(tables, offsets, spans, within_s=0.02, least=0.0)
    assert fused["t_s"].is_monotonic_increasing
    assert near(fused["t_s"][fused["heard"] == 2], scene.recordings[0].arrivals["t_s"].to_numpy()) >= 14
    alone = fused[(fused["heard"] == 1) & (fused["running"] == 2)]
    assert (alone["confidence"] == "possible echo").all()
    assert all("on one camera only" in reasons for reasons in alone["reasons"])
    assert len(fused) <= sum(map(len, tables))


def _proposed(clip: str, t_s, score: float, u_s: float):
    import pandas as pd

    return pd.DataFrame(
        {"t_s": t_s, "u_s": u_s, "score": score, "confidence": "possible",
         "reasons": [(f"as {clip} has it",)] * len(t_s), "clip": clip, "status": "detected"}
    )  # fmt: skip


def test_fused_times_are_the_references_own_wherever_it_heard_the_shot():
    # The other camera scores higher, is 4 ms off in turn, and its alignment is known to 3 ms.
    tables = [
        _proposed("car.wav", [1.0, 1.3, 1.65], 0.6, 0.001),
        _proposed("body.wav", np.array([1.004, 1.296, 1.654, 2.0]) - 5, 0.95, 0.002),
    ]
    offsets = [Offset("car.wav", 0.0, 0.0, 1.0), Offset("body.wav", 5.0, 0.003, 1.0)]
    fused = fuse(tables, offsets, [(0.0, 3.0), (-5.0, -2.0)], least=0.0)
    assert fused["t_s"].tolist() == pytest.approx([1.0, 1.3, 1.65, 2.0])
    assert fused["clip"].tolist() == ["car.wav"] * 3 + ["body.wav"]
    assert fused["u_s"].tolist() == pytest.approx([0.001] * 3 + [np.hypot(0.002, 0.003)], abs=1e-5)
    assert fused["heard_u_s"].tolist() == [0.001] * 3 + [0.002]
    assert fused["reasons"][0][0] == "as car.wav has it"


def test_a_shot_the_reference_missed_is_timed_by_the_camera_that_is_aligned_best():
    tables = [
        _proposed("a", [5.0], 0.6, 0.001), _proposed("b", [1.0], 0.9, 0.001), _proposed("c", [1.004], 0.5, 0.001)
    ]  # fmt: skip
    offsets = [Offset("a", 0.0, 0.0, 1.0), Offset("b", 0.0, 0.009, 1.0), Offset("c", 0.0, 0.002, 1.0)]
    fused = fuse(tables, offsets, [(0.0, 9.0)] * 3, least=0.0)
    assert fused["clip"].tolist() == ["c", "a"] and fused["t_s"].tolist() == [1.004, 5.0]


def test_proposals_of_strangers_are_not_put_together(pair, stranger):
    analyses = [pair[1][0], stranger]
    with pytest.raises(InputError, match="cannot be aligned"):
        together(analyses, [proposals(analysis) for analysis in analyses])


def test_a_shot_log_of_proposals_passes_the_kits_own_checks(pair):
    log = check(shot_log(proposals(pair[1][0])))
    assert list(log.columns) == schema.SHOT_LOG.names and (log["shooter"] == "unknown").all()


def test_a_record_for_json_says_what_the_contract_promises(pair):
    import json

    record = json.loads(json.dumps(as_record(assess(pair[1][0]), proposals(pair[1][0]))))
    assert {"clip", "duration_s", "fitness", "shots"} <= record.keys()
    assert {"t_s", "score", "confidence", "reasons"} <= record["shots"][0].keys()
