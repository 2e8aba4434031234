"""The whole way from footage to a shot log: on the simulated scene whose truth is known, and on what cannot be used."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import charts, incidents, shots
from helpers.footage import review as reviews
from helpers.footage.review import opening, rehearsal, workflow
from helpers.problems import InputError
from tests import review_page


@pytest.fixture(scope="module")
def scene():
    return opening.open_footage()


@pytest.fixture(scope="module")
def both(scene):
    return workflow.reviews(scene, ["Ana", "Ben"])


moments = st.lists(st.floats(0, 5).map(lambda time: round(time, 3)), max_size=20)


@settings(max_examples=40, deadline=None)
@given(times=moments, truth=moments)
def test_the_score_pairs_as_many_as_mir_eval_does(times, truth):
    import mir_eval

    # To a tenth of a millisecond more, for both round differently at the edge itself.
    pairs = mir_eval.util.match_events(np.array(sorted(truth)), np.array(sorted(times)), 0.0251)
    scored = rehearsal.score(times, truth, 0.0251)
    assert scored.found == len(pairs)
    assert scored.false == len(times) - len(pairs) and scored.missed == len(truth) - len(pairs)


def test_the_score_of_a_worked_example():
    scored = rehearsal.score([1.001, 2.0, 3.5], [1.0, 2.003, 4.0, 5.0])
    assert (scored.found, scored.false, scored.missed) == (2, 1, 2)
    assert scored.f1 == pytest.approx(2 * 2 / (3 + 4)) and scored.median_error_ms == pytest.approx(-1.0)
    assert "2 of 4 shots found, 1 false, 2 missed" in str(scored)


def test_the_simulated_scene_is_the_same_every_time_and_marked_everywhere(scene):
    again = opening.open_footage()
    assert again.proposals.equals(scene.proposals) and (again.truth == scene.truth).all()
    assert scene.simulated and all("simulated" in clip.name for clip in scene.clips)
    assert len(scene.truth) == 40 and len(scene.clips) == 3


def test_cameras_are_put_on_one_clock_to_within_what_is_said(scene):
    # What the cameras' clocks differ by, and what their distances of up to 3 m add: 3 ms a metre.
    for offset, camera_s in zip(scene.offsets, (0.0, 1.7, -0.8), strict=True):
        assert abs(offset.offset_s - camera_s) < 0.010 + offset.u_s


def test_the_way_gives_a_simulated_log_that_is_near_the_truth(scene, both):
    log = workflow.joint(both)
    assert set(log["status"]) == {"simulated"} and set(log["reviewer"]) == {"Ana and Ben"}
    times = log["t_s"] + log.attrs["zero_s"]
    scored = rehearsal.score(times, scene.truth)
    certain = rehearsal.score(times[log["confidence"] == "certain"], scene.truth)
    assert scored.recall >= 0.9 and abs(scored.median_error_ms) < 2
    assert certain.precision >= 0.95, "what two simulated reviewers both confirm is a shot"
    count = shots.count(log)
    assert count.lowest <= len(scene.truth) <= count.highest + scored.missed


def test_simulated_reviewers_differ_and_where_is_named(both):
    table = workflow.differences(both)
    assert list(table.columns) == ["t_s", "Ana", "Ben", "together"] and 0 < len(table) < 20
    assert "Ana and Ben agree on" in workflow.agreement(both)
    assert "alone" in workflow.agreement(both[:1]) and workflow.differences(both[:1]).empty


def test_what_is_drawn_says_that_it_is_simulated_and_what_the_marks_are(scene, both):
    for chart in (charts.sound_with_marks(scene), charts.reviewing(scene, both[0], live=False)):
        drawn = chart.to_json()
        assert "SIMULATED: not a real event" in drawn and "Simulated sound" in chart.description
        assert chart.usermeta["kit"]["status"] == "simulated"
    assert "rejected" in charts.reviewing(scene, both[0]).description


def test_the_live_review_is_the_widget(scene, both):
    widget = charts.reviewing(scene, both[0], live=True, title="Try it")
    assert widget.state["reviewed"] == widget.state["there"] and widget.state["simulated"]
    widget.close()


def test_the_log_makes_an_incident_that_can_be_charted(scene, both):
    log = workflow.joint(both)
    case = incidents.heard(log, id="x", title="As heard", place="Nowhere", zero="the first shot", source="simulator")
    assert case.simulated and case.status == "simulated"
    chart = charts.shots_over_time(case)
    count = shots.count(log)
    assert "Simulated data" in chart.description
    assert str(count) in " ".join(chart.title.subtitle)


def test_simulated_sound_is_written_into_no_incident(scene, both, incident_copy):
    folder = incident_copy("dexter-reed-2024")
    before = sorted(file.name for file in folder.iterdir())
    assert "nothing is written" in workflow.into_incident(scene, both, workflow.joint(both), folder)
    assert sorted(file.name for file in folder.iterdir()) == before


def test_facts_of_a_log_are_a_least_and_a_most(scene, both):
    log = workflow.joint(both)
    found = {fact["name"]: fact for fact in workflow.count_facts(scene, log)}
    count = shots.count(log)
    assert (found["shots_heard"]["value"], found["shots_heard"]["qualifier"]) == (count.lowest, "at_least")
    assert found["shots_heard_with_possible"]["value"] == count.highest
    assert {fact["status"] for fact in found.values()} == {"simulated"}


# Real footage


@pytest.fixture
def real(tmp_path, incident_copy):
    """One recording of bangs, taken as if it were real, and an incident for it."""
    folder = incident_copy("dexter-reed-2024")
    path = review_page.write_wav(tmp_path / "bodycam.wav", 9.0, [2.0, 2.6, 4.0, 5.2], rate=22050)
    return opening.open_footage([path]), folder


def test_real_footage_goes_into_its_incident_and_the_check_reads_it(real):
    footage, folder = real
    assert not footage.simulated and "no score" in workflow.scored(footage, [1.0], "all")
    (mine,) = workflow.reviews(footage, ["Ana Ortiz"], folder)
    with pytest.raises(InputError, match="marks are not reviewed"):
        workflow.joint([mine])
    for mark in mine.ordered():
        near = min(abs(mark.t_s - bang) for bang in (2.0, 2.6, 4.0, 5.2))
        mine.do("confirm" if near < 0.005 else "reject", mark=mark.id)
    log = workflow.joint([mine])
    assert log["t_s"].tolist() == pytest.approx([0.0, 0.6, 2.0, 3.2], abs=0.003)
    assert "shots.csv: 4 rows" in workflow.into_incident(footage, [mine], log, folder)
    incident = incidents.load(folder)
    assert len(incident.shots) == 4 and incident.status == "annotated"


def test_two_reviewers_of_real_footage_must_both_finish(real):
    footage, folder = real
    done = workflow.reviews(footage, ["Ana", "Ben"], folder)
    with pytest.raises(InputError, match="Ana has not reviewed"):
        workflow.joint(done)
    assert reviews.compare(*done).table.empty


@pytest.mark.parametrize("names", [[], ["Ana", "Ana "], ["A", "B", "C"]])
def test_one_reviewer_or_two_are_wanted(scene, names):
    with pytest.raises(InputError, match="one reviewer or two"):
        workflow.reviews(scene, names)


def test_a_real_review_needs_an_incident(real):
    footage, _ = real
    with pytest.raises(InputError, match="belongs into an incident"):
        footage.review("Ana")
    with pytest.raises(InputError, match="no such incident"):
        footage.review("Ana", "nobody-2020")


def test_real_footage_is_never_rehearsed(real):
    footage, folder = real
    with pytest.raises(ValueError, match="nobody knows"):
        rehearsal.rehearse(footage.review("Ana", folder), [1.0], seed=1)


def test_recordings_that_do_not_fit_together_are_refused_by_name(tmp_path):
    one = review_page.write_wav(tmp_path / "here.wav", 9.0, [2.0, 2.6, 4.0, 5.2], rate=22050, seed=1)
    other = review_page.write_wav(tmp_path / "elsewhere.wav", 9.0, [1.0, 3.31, 4.43, 7.7], rate=22050, seed=2)
    with pytest.raises(InputError, match=r"elsewhere\.wav: cannot be aligned with here\.wav"):
        opening.open_footage([one, other])


def test_a_simulated_recording_brought_as_ones_own_stays_simulated(scene):
    brought = opening.open_footage([clip.path for clip in scene.clips[:1]])
    assert brought.simulated and brought.truth is None
    assert "no score" in workflow.scored(brought, [1.0], "all")


def test_two_recordings_of_one_name_are_refused(tmp_path):
    (tmp_path / "b").mkdir()
    one = review_page.write_wav(tmp_path / "a.wav", 4.0, [2.0])
    other = review_page.write_wav(tmp_path / "b" / "a.wav", 4.0, [2.0])
    with pytest.raises(InputError, match="share a name"):
        opening.open_footage([one, other])
