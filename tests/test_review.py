"""A review of proposed shots: what it decides, what survives a crash, what it gives, and two beside each other."""

from __future__ import annotations

import datetime
import json
import math
import os

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import incidents, shots
from helpers.footage import review as reviews
from helpers.footage.review.journal import Journal, file_name
from helpers.problems import InputError

NOON = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
CAMERAS = (
    reviews.Recording("car.mp4", "a" * 64, 48000, 0.0, 60.0, officer="Officer A"),
    reviews.Recording("body.mp4", "b" * 64, 44100, 0.0, 50.0, offset_s=4.5, u_s=0.003),
)


def _proposals(times=(10.0, 10.5, 11.2, 12.0), clip="car.mp4"):
    return pd.DataFrame(
        {"t_s": times, "u_s": 0.002, "score": [0.9 - 0.1 * place for place in range(len(times))],
         "confidence": "possible", "reasons": [("30 dB over the noise",)] * len(times), "clip": clip}
    )  # fmt: skip


def _begin(folder, reviewer="Ana Ortiz", proposals=None, **options):
    proposals = _proposals() if proposals is None else proposals
    return reviews.start(folder, reviewer, CAMERAS, proposals, clock=lambda: NOON, **options)


def _judge(review, *verdicts):
    for mark, verdict in zip(review.ordered(), verdicts, strict=True):
        review.do(verdict, mark=mark.id)
    return review


# Deciding


def test_a_verdict_says_who_gave_it_and_when(tmp_path):
    review = _begin(tmp_path)
    mark = review.do("confirm", mark="p2")
    assert (mark.verdict, mark.at, review.reviewer) == ("confirmed", "2026-03-01T12:00:00+00:00", "Ana Ortiz")
    assert review.progress() == (1, 4)


def test_next_unreviewed_goes_on_in_time_and_comes_round(tmp_path):
    review = _begin(tmp_path)
    review.do("confirm", mark="p3")
    assert review.next_unreviewed("p2").id == "p4"
    assert review.next_unreviewed("p4").id == "p1"
    _judge(review, *["reject"] * 4)
    assert review.next_unreviewed("p1") is None


def test_an_added_shot_counts_as_confirmed_and_says_so_in_the_log(tmp_path):
    review = _judge(_begin(tmp_path), "confirm", "reject", "reject", "reject")
    review.do("add", t_s=10.9, u_s=0.0004, clip="car.mp4")
    log = reviews.shot_log(review, zero_s=0)
    assert log["t_s"].tolist() == [10.0, 10.9] and log["note"].tolist()[1] == "added by the reviewer"
    # A hand places nothing to 0.4 ms.
    assert review.marks["a1"].u_s == 0.001


def test_one_shot_is_not_entered_twice(tmp_path):
    review = _begin(tmp_path)
    with pytest.raises(ValueError, match=r"a mark stands at 10\.500 s already"):
        review.do("add", t_s=10.504, u_s=0.001, clip="body.mp4")
    review.do("reject", mark="p2")
    assert review.do("add", t_s=10.504, u_s=0.001, clip="body.mp4").verdict == "confirmed"


def test_shots_that_stand_very_close_are_told(tmp_path):
    review = _judge(_begin(tmp_path, proposals=_proposals((10.0, 10.02, 12.0, 13.0))), *["confirm"] * 4)
    assert reviews.in_words(reviews.shot_log(review)).endswith("1 of these stands so close to the one before.")


def test_a_moved_mark_is_known_as_closely_as_it_was_placed(tmp_path):
    review = _begin(tmp_path)
    review.do("move", mark="p1", t_s=10.004, u_s=0.012)
    assert (review.marks["p1"].t_s, review.marks["p1"].u_s, review.marks["p1"].moved) == (10.004, 0.012, True)


@pytest.mark.parametrize(("what", "more", "words"), [
    ("confirm", {"mark": "p9"}, "no mark 'p9'"), ("burn", {"mark": "p1"}, "not something"),
    ("undo", {}, "nothing to undo"), ("move", {"mark": "p1", "t_s": 99.0, "u_s": 0.1}, "outside the recordings"),
    ("move", {"mark": "p1", "t_s": math.nan, "u_s": 0.1}, "needs a time"),
    ("add", {"t_s": 1.0, "u_s": 0.1, "clip": "no.mp4"}, "no clip"),
    ("shooter", {"mark": "p1", "shooter": "A", "side": "cops"}, "not a side"),
])  # fmt: skip
def test_what_cannot_be_done_is_refused_and_leaves_no_trace(tmp_path, what, more, words):
    review = _begin(tmp_path)
    before = review.journal.path.read_bytes()
    with pytest.raises(ValueError, match=words):
        review.do(what, **more)
    assert review.journal.path.read_bytes() == before


things = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["confirm", "reject", "possible", "echo", "clear"]), st.integers(1, 4)),
        st.tuples(st.just("move"), st.integers(1, 4)),
        st.tuples(st.just("shooter"), st.integers(1, 4)),
        st.tuples(st.sampled_from(["undo", "redo", "add"]), st.just(1)),
    ),
    max_size=14,
)


def _do(review, thing):
    what, number = thing
    more = {
        "add": {"t_s": 20.0 + len(review.journal.actions), "u_s": 0.01, "clip": "body.mp4"},
        "undo": {},
        "redo": {},
    }.get(what)
    if more is None:
        more = {"mark": f"p{number}"}
        more |= {"t_s": 10.0 + number / 7, "u_s": 0.002} if what == "move" else {}
        more |= {"shooter": f"Officer {number}", "side": "police"} if what == "shooter" else {}
    try:
        review.do(what, **more)
    except ValueError:
        assert what in ("undo", "redo")


@settings(max_examples=40, deadline=None)
@given(actions=things)
def test_a_review_opened_again_is_the_review_that_was_left(actions, tmp_path_factory):
    folder = tmp_path_factory.mktemp("incident")
    review = _begin(folder)
    for thing in actions:
        _do(review, thing)
    again = _begin(folder)
    assert again.marks == review.marks and again.shooters() == review.shooters()


@settings(max_examples=40, deadline=None)
@given(actions=things)
def test_undoing_everything_and_redoing_it_changes_nothing(actions, tmp_path_factory):
    review = _begin(tmp_path_factory.mktemp("incident"))
    untouched = dict(review.marks)
    for thing in (one for one in actions if one[0] not in ("undo", "redo")):
        _do(review, thing)
    after, count = dict(review.marks), len(review._done)
    for _ in range(count):
        review.do("undo")
    assert review.marks == untouched
    for _ in range(count):
        review.do("redo")
    assert review.marks == after


# The journal


@settings(max_examples=30, deadline=None)
@given(cut=st.integers(1, 200))
def test_a_crash_loses_at_most_the_last_action(cut, tmp_path_factory):
    folder = tmp_path_factory.mktemp("incident")
    review = _begin(folder)
    for verdict in ("confirm", "reject", "possible"):
        review.do(verdict, mark="p1")
    path = review.journal.path
    whole = path.read_bytes()
    last = whole[:-1].rfind(b"\n") + 1
    path.write_bytes(whole[: last + cut % (len(whole) - last)])
    again = _begin(folder)
    assert again.marks["p1"].verdict == "rejected"
    again.do("echo", mark="p1")
    assert _begin(folder).marks["p1"].verdict == "echo"
    assert all(json.loads(line) for line in path.read_text().splitlines())


def test_two_windows_on_one_journal_do_not_write_over_each_other(tmp_path):
    one, other = _begin(tmp_path), _begin(tmp_path)
    one.do("confirm", mark="p1")
    with pytest.raises(InputError, match="changed by another window"):
        other.do("reject", mark="p1")
    assert other.marks["p1"].verdict == "" and _begin(tmp_path).marks["p1"].verdict == "confirmed"


def test_a_disk_that_refuses_leaves_the_state_as_it_was(tmp_path, monkeypatch):
    review = _begin(tmp_path)
    monkeypatch.setattr(os, "fsync", lambda handle: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(InputError, match="disk is full"):
        review.do("confirm", mark="p1")
    assert review.marks["p1"].verdict == ""


@pytest.mark.parametrize(("spoil", "words"), [
    (lambda text: text.replace('"confirm"', "confirm"), "row 2.*damaged line"),
    (lambda text: "{}\n" + text, "not the journal of a review"),
    (lambda text: text.replace('"version":1', '"version":2'), "another version"),
    (lambda text: text.replace('"p1"', '"p7"', 1) if '"p7"' not in text else text, "fit together"),
    (lambda text: text.replace('"clips"', '"films"'), "fit together"),
])  # fmt: skip
def test_a_damaged_journal_is_refused_with_its_place(tmp_path, spoil, words):
    review = _begin(tmp_path)
    review.do("confirm", mark="p1")
    review.do("reject", mark="p2")
    path = review.journal.path
    path.write_text(spoil(path.read_text()))
    with pytest.raises(InputError) as caught:
        reviews.Review.read(path)
    assert str(path) in str(caught.value)
    import re

    assert re.search(words, str(caught.value)), str(caught.value)


def test_a_journal_of_other_recordings_or_proposals_is_not_gone_on_with(tmp_path):
    _begin(tmp_path)
    with pytest.raises(InputError, match="other proposals"):
        _begin(tmp_path, proposals=_proposals((10.0, 11.0)))
    other = (reviews.Recording("x.mp4", "c" * 64, 48000, 0.0, 60.0),)
    with pytest.raises(InputError, match="other recordings"):
        reviews.start(tmp_path, "Ana Ortiz", other, _proposals())


def test_a_reviewer_needs_a_name():
    assert file_name("  J. Müller ") == "j-muller.jsonl"
    with pytest.raises(InputError, match="reviewer's name"):
        file_name(" ../ ")


def test_a_journal_is_never_begun_over_another(tmp_path):
    review = _begin(tmp_path)
    with pytest.raises(InputError, match="there already"):
        Journal.start(review.journal.path, {"reviewer": "x"})


# What it gives


def test_the_log_has_a_row_a_shot_with_the_reviewers_confidence(tmp_path):
    review = _judge(_begin(tmp_path), "confirm", "echo", "reject", "possible")
    review.do("shooter", mark="p1", shooter="Officer A", side="police")
    log = reviews.shot_log(review)
    assert log[["t_s", "confidence"]].values.tolist() == [[0.0, "certain"], [0.5, "possible echo"], [2.0, "possible"]]
    assert set(log["status"]) == {"annotated"} and set(log["reviewer"]) == {"Ana Ortiz"}
    assert (log["shooter"].iloc[0], log["side"].iloc[0]) == ("Officer A", "police")
    assert str(shots.count(log)) == "2 confirmed, plus 1 possible, minus 1 possible echo"


def test_timing_is_the_root_of_the_sum_of_squares_of_refinement_alignment_and_half_a_sample(tmp_path):
    review = _begin(tmp_path, proposals=_proposals(clip="body.mp4"))
    assert reviews.timing(review.marks["p1"], review) == pytest.approx(math.hypot(0.002, 0.003, 0.5 / 44100))


def test_an_unfinished_review_gives_no_log_unless_told_what_becomes_of_the_rest(tmp_path):
    review = _begin(tmp_path)
    review.do("confirm", mark="p2")
    with pytest.raises(InputError, match="3 of 4 marks are not reviewed"):
        reviews.shot_log(review)
    assert len(reviews.shot_log(review, unreviewed="leave out")) == 1
    log = reviews.shot_log(review, unreviewed="possible")
    assert log["confidence"].tolist() == ["possible", "certain", "possible", "possible"]
    assert log["status"].tolist() == ["detected", "annotated", "detected", "detected"]
    assert log["t_s"].tolist() == pytest.approx([-0.5, 0.0, 0.7, 1.5])


def test_a_review_that_finds_no_shot_says_so(tmp_path):
    with pytest.raises(InputError, match="no mark of this review is a shot"):
        reviews.shot_log(_judge(_begin(tmp_path), *["reject"] * 4))


def test_a_written_log_passes_the_incidents_check(incident_copy):
    folder = incident_copy("lapd-fid-023-20")
    (folder / "shots.csv").unlink()
    review = _judge(_begin(folder, proposals=_proposals((10.0, 10.3, 10.6, 11.1))), *["confirm"] * 4)
    reviews.write(review, folder)
    incident = incidents.load(folder)
    assert len(incident.shots) == 4 and incident.status == "annotated"
    clips = (folder / "clips.toml").read_text()
    # 4.5 s late on the reference, whose clock reads 10 s at the first shot.
    assert "merge_floor_s = 0.035" in clips and "offset_s = -5.5" in clips
    reviews.write(review, folder)


def test_a_shot_log_that_no_review_wrote_is_not_written_over(incident_copy):
    folder = incident_copy("lapd-fid-023-20")
    review = _judge(_begin(folder), *["confirm"] * 4)
    before = (folder / "shots.csv").read_bytes()
    with pytest.raises(InputError, match="no review wrote"):
        reviews.write(review, folder)
    assert (folder / "shots.csv").read_bytes() == before


def test_the_merge_floor_is_stated_with_what_it_may_hide(tmp_path):
    assert reviews.merged_share(2.34) == pytest.approx(0.079, abs=0.0005)
    assert reviews.merged_share(8) == pytest.approx(0.244, abs=0.0005)
    review = _judge(_begin(tmp_path), *["confirm"] * 4)
    words = reviews.in_words(reviews.shot_log(review))
    assert words.startswith("4 confirmed. Two shots under 35 ms apart may be heard as one") and "5% of shots" in words


def test_simulated_sound_gives_a_simulated_log(tmp_path):
    review = _judge(_begin(tmp_path, simulated=True), *["confirm"] * 4)
    assert set(reviews.shot_log(review)["status"]) == {"simulated"}


# Two blind reviews


def test_two_reviews_that_agree_agree(tmp_path):
    both = [_judge(_begin(tmp_path, name), "confirm", "reject", "echo", "confirm") for name in ("Ana", "Ben")]
    compared = reviews.compare(*both)
    assert (compared.agreement, compared.kappa) == (1.0, 1.0)
    assert compared.missed_by_first == compared.missed_by_second == ()
    assert reviews.joint_log(*both)["confidence"].tolist() == ["certain", "possible echo", "certain"]


def test_the_shots_that_each_missed_are_named(tmp_path):
    ana = _judge(_begin(tmp_path, "Ana"), "confirm", "confirm", "reject", "confirm")
    ben = _judge(_begin(tmp_path, "Ben"), "confirm", "reject", "reject", "possible")
    ben.do("add", t_s=11.6, u_s=0.002, clip="car.mp4")
    compared = reviews.compare(ana, ben)
    assert compared.missed_by_second == (10.5,) and compared.missed_by_first == (11.6,)
    assert compared.table["together"].tolist() == ["certain", "possible", None, "possible", "possible"]
    assert "Ana and Ben agree on 2 of 5 marks" in str(compared) and "Ben has not: 1 shots (at 10.50 s)" in str(compared)
    log = reviews.joint_log(ana, ben)
    assert str(shots.count(log)) == "1 confirmed, plus 3 possible"


def test_a_shot_added_by_hand_beside_its_rejected_proposal_is_the_same_shot(tmp_path):
    ana = _judge(_begin(tmp_path, "Ana"), *["confirm"] * 4)
    ben = _judge(_begin(tmp_path, "Ben"), "reject", "confirm", "confirm", "confirm")
    ben.do("add", t_s=10.015, u_s=0.002, clip="car.mp4")
    compared = reviews.compare(ana, ben)
    assert compared.missed_by_first == compared.missed_by_second == ()
    log = reviews.joint_log(ana, ben)
    assert len(log) == 4 and log["u_s"].iloc[0] == pytest.approx(0.0075)


def test_kappa_has_the_value_of_a_worked_example():
    # Two raters on 50 cases: 20 and 15 in agreement, 5 and 10 not; observed 0.70, by chance 0.50, kappa 0.40.
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert reviews.kappa(first, second) == pytest.approx(0.4)
    assert math.isnan(reviews.kappa(["yes"] * 3, ["yes"] * 3))


def test_one_person_is_not_two_reviewers(tmp_path):
    review = _begin(tmp_path)
    with pytest.raises(InputError, match="by one person"):
        reviews.compare(review, review)


# What a screen shows


class Tone:
    """A clip in memory: silence, a click of one sample, and a gap without sound."""

    rate, start_s, name = 8000, 0.5, "tone.wav"

    def __init__(self, seconds=40.0, click_s=12.3456):
        self.sound = np.zeros((int(seconds * self.rate), 2), "float32")
        self.click = int((click_s - self.start_s) * self.rate)
        self.sound[self.click, 1] = 0.8
        self.duration_s = seconds
        self.gap = (20.0, 25.0)

    def blocks(self, seconds):
        step = int(seconds * self.rate)
        for first in range(0, len(self.sound), step):
            t_s = self.start_s + first / self.rate
            if not self.gap[0] <= t_s < self.gap[1]:
                yield t_s, self.sound[first : first + step]

    def samples(self, start_s, stop_s):
        first = max(0, round((start_s - self.start_s) * self.rate))
        last = max(first, min(len(self.sound), round((stop_s - self.start_s) * self.rate)))
        return self.start_s + first / self.rate, self.sound[first:last]


@pytest.mark.parametrize(("start_s", "stop_s"), [(0, 41), (5, 30), (12, 13), (12.34, 12.35), (12.3, 12.3466)])
@pytest.mark.parametrize("width", [1, 7, 300, 2000])
def test_a_click_of_one_sample_is_seen_at_every_zoom(start_s, stop_s, width):
    from helpers.footage.review import picture

    overview = picture.Overview(Tone())
    overview.fill()
    seen = picture.view(overview, start_s, stop_s, width)
    assert seen.high.max() == round(0.8 * 127 + 0.5) and len(seen.high) == width
    column = int(seen.high.argmax())
    edges = np.linspace(start_s, stop_s, width + 1)
    slack = picture.GRID_S if stop_s - start_s > picture.NEAR_S else 1 / Tone.rate
    time = Tone().start_s + Tone().click / Tone.rate
    assert edges[column] - slack <= time <= edges[column + 1] + slack


def test_what_is_not_worked_out_yet_is_not_drawn_as_silence():
    from helpers.footage.review import picture

    overview = picture.Overview(Tone())
    assert not picture.view(overview, 0, 41, 50).known.any()
    assert picture.view(overview, 12, 13, 50).known.all(), "near views need no overview"
    overview.fill()
    known = picture.view(overview, 0.5, 40.5, 40).known
    assert overview.finished and known[:19].all() and known[31:].all()


def test_outside_the_recording_nothing_is_known():
    from helpers.footage.review import picture

    overview = picture.Overview(Tone())
    overview.fill()
    for start_s, stop_s in ((-30, -5), (-3, 0.2), (45, 46), (41, 80)):
        seen = picture.view(overview, start_s, stop_s, 30)
        assert not seen.known.any() and not seen.high.any() and not seen.levels.any()


def test_a_tone_lights_its_own_band():
    from helpers.footage.review import picture

    clip = Tone()
    time = np.arange(len(clip.sound)) / clip.rate
    clip.sound[:] = 0.5 * np.sin(2 * np.pi * 1000 * time)[:, None]
    overview = picture.Overview(clip)
    overview.fill()
    edges = np.geomspace(picture.LOWEST_HZ, 4000, picture.BANDS + 1)
    for span in ((1.0, 2.0), (0.5, 25.0)):
        levels = picture.view(overview, *span, 10).levels[1]
        band = int(levels.argmax())
        assert edges[band - 1] <= 1000 <= edges[band + 2]
        # Half of full scale is 6 dB down, 249 of 255 on a scale of 96 dB... within the window's share.
        assert -9 < int(levels[band]) * 96 / 255 - 96 < -3


def test_what_is_sent_to_listen_to_is_short_and_keeps_its_place():
    from helpers.footage.review import picture

    t_s, sound = picture.heard(Tone(), 12.0, 12.5)
    assert t_s == 12.0 and sound.shape == (4000, 2) and sound.dtype == np.int16
    at = round((Tone().start_s + Tone().click / 8000 - 12.0) * 8000)
    assert sound[at, 1] == round(0.8 * 32767)
    assert len(picture.heard(Tone(seconds=100.0), 0.0, 90.0)[1]) <= picture.MOST_HEARD_S * 8000
