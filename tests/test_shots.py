"""Shot logs: known answers, and both doubts carried through."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import incidents, paths, shots
from helpers.problems import InputError
from helpers.shots.simulate import simulate


def _log(times, u_s=0.0, confidence="certain", shooter="A", side="police"):
    return shots.check(
        pd.DataFrame({"t_s": times, "u_s": u_s, "shooter": shooter, "side": side, "status": "annotated",
                      "confidence": confidence})
    )  # fmt: skip


@pytest.fixture(scope="module")
def lapd():
    return incidents.load("lapd-fid-023-20").shots


def test_the_publicly_measured_log_gives_its_published_splits(lapd):
    gaps = shots.gaps(lapd)["gap_s"]
    assert gaps.round(3).tolist() == [0.340, 0.286, 0.232, 0.247]
    assert gaps.mean() == pytest.approx(0.276, abs=0.0005)


def test_the_publicly_measured_log_has_five_shots_in_1105_milliseconds(lapd):
    span = shots.span(lapd)
    assert shots.count(lapd).lowest == shots.count(lapd).highest == 5
    assert span.span_s == pytest.approx(1.105)
    assert span.u_s == pytest.approx(0.002)


def test_timing_bounds_of_both_ends_add_up():
    assert shots.gaps(_log([0, 1], u_s=[0.1, 0.2]))["u_s"].tolist() == pytest.approx([0.3])
    assert shots.span(_log([0, 1, 3], u_s=[0.1, 0.5, 0.2])).u_s == pytest.approx(0.3)


def test_an_unknown_timing_error_stays_unknown():
    log = _log([0, 2], u_s=[0.1, None])
    assert math.isnan(shots.span(log).u_s)
    assert shots.pauses(log, longer_than_s=1.5)["surely"].tolist() == [False]


def test_a_pause_that_timing_error_could_undo_is_not_sure():
    log = _log([0, 1.05, 4], u_s=0.1)
    assert shots.pauses(log, longer_than_s=1.0)["surely"].tolist() == [False, True]


def test_a_gap_that_timing_error_could_make_a_pause_is_listed():
    assert len(shots.pauses(_log([0, 0.9], u_s=0.1), longer_than_s=1.0)) == 1
    assert len(shots.pauses(_log([0, 0.9], u_s=0.04), longer_than_s=1.0)) == 0


def test_certain_possible_and_echo_are_counted_apart():
    count = shots.count(_log([0, 1, 2, 3], confidence=["certain", "possible", "possible echo", "certain"]))
    assert (count.certain, count.possible, count.echoes, count.lowest, count.highest) == (2, 1, 1, 2, 4)
    assert str(count) == "3 confirmed, plus 1 possible, minus 1 possible echo"


def test_counts_by_side_and_by_shooter():
    log = _log([0, 1, 2], side=["other", "police", "police"], shooter=["B", "A", "A"],
               confidence=["certain", "certain", "possible"])  # fmt: skip
    assert shots.counts(log).loc["police", ["lowest", "highest"]].tolist() == [1, 2]
    assert shots.by_shooter(log).index.tolist() == ["B", "A"]
    assert shots.by_shooter(log)["highest"].sum() == 3


def test_volleys_are_parted_by_pauses():
    volleys = shots.volleys(_log([0, 0.2, 0.4, 3, 3.3], shooter=["A", "B", "A", "A", "A"]), pause_s=1)
    assert volleys["highest"].tolist() == [3, 2]
    assert volleys["start_s"].tolist() == [0, 3]
    assert volleys["shooters"].tolist() == [2, 1]


def test_shots_after_an_event_have_a_lowest_and_a_highest_count():
    log = _log([1, 1.95, 2.05, 3], u_s=0.1, confidence=["certain", "certain", "certain", "possible"])
    assert shots.after(log, 2.0) == (0, 3)
    assert shots.after(log, 0.5) == (3, 4)
    assert shots.after(log, 3.5) == (0, 0)


def test_the_rate_in_a_window_is_exact_at_every_step():
    rate = shots.rate(_log([0.0, 1.0]), window_s=2.0).set_index("t_s")["rate"]
    # One shot from half a window before the first, both while the window holds both, one again, then none.
    assert rate.to_dict() == {-1.0: 0.5, 0.0: 1.0, 1.0: 0.5, 2.0: 0.0}


def test_a_window_that_holds_nothing_is_refused():
    with pytest.raises(ValueError, match="window"):
        shots.rate(_log([0, 1]), window_s=0)


times = st.lists(st.floats(min_value=0, max_value=60).map(lambda time: round(time, 3)), min_size=2, max_size=25,
                 unique=True).map(sorted)  # fmt: skip


@given(times, st.floats(min_value=0, max_value=0.4), st.sampled_from([0.5, 1.0, 2.0]))
def test_the_area_under_the_rate_is_the_number_of_shots(times, u_s, window):
    rate = shots.rate(_log(times, u_s=u_s), window_s=window)
    widths = rate["t_s"].diff().shift(-1)
    assert (rate["rate"] * widths).sum() == pytest.approx(len(times), rel=1e-6)
    assert (rate["lowest"] <= rate["rate"]).all() and (rate["rate"] <= rate["highest"]).all()


@given(times)
def test_the_cumulative_count_never_falls_and_ends_at_the_total(times):
    log = _log(times, confidence=["possible" if number % 3 == 1 else "certain" for number in range(len(times))])
    table = shots.cumulative(log)
    assert table["lowest"].is_monotonic_increasing and table["highest"].is_monotonic_increasing
    assert (table["lowest"] <= table["highest"]).all()
    count = shots.count(log)
    assert table.iloc[-1][["lowest", "highest"]].tolist() == [count.lowest, count.highest]


@given(times, st.floats(min_value=0.05, max_value=5))
def test_volleys_hold_every_shot_once_and_pauses_part_them(times, pause):
    log = _log(times)
    volleys = shots.volleys(log, pause_s=pause)
    assert volleys["highest"].sum() == len(times)
    assert len(volleys) == len(shots.pauses(log, longer_than_s=pause)) + 1


@pytest.mark.parametrize(
    ("rows", "row", "words"),
    [
        ([("1", "A"), ("0.5", "A")], 3, "out of order"),
        ([("1", "A"), ("1", "A")], 3, "fires twice"),
    ],
)
def test_faults_between_rows_are_named(tmp_path, rows, row, words):
    file = tmp_path / "shots.csv"
    lines = [f"{time},{who},police,annotated,certain" for time, who in rows]
    file.write_text("\n".join(["t_s,shooter,side,status,confidence", *lines]))
    with pytest.raises(InputError, match=words) as caught:
        shots.read(file)
    assert caught.value.problems[0].row == row


def test_unknown_shooters_may_fire_at_one_time():
    assert len(_log([1, 1], shooter="unknown")) == 2


def test_an_empty_log_is_refused(tmp_path):
    file = tmp_path / "shots.csv"
    file.write_text("t_s,side,status,confidence\n")
    with pytest.raises(InputError, match="no shot"):
        shots.read(file)


def test_simulated_shots_cannot_stand_among_real_ones():
    frame = pd.DataFrame(
        {"t_s": [0, 1], "side": "police", "status": ["annotated", "simulated"], "confidence": "certain"}
    )
    with pytest.raises(InputError, match="simulated"):
        shots.check(frame)


def test_the_shipped_rehearsal_is_what_the_simulator_makes():
    shipped = (paths.data() / "incidents" / "rehearsal" / "shots.csv").read_text()
    assert shipped == simulate().to_csv(index=False, lineterminator="\n")


def test_the_rehearsal_is_four_shooters_96_shots_in_41_seconds_and_marked():
    log = simulate()
    assert (len(log), log["shooter"].nunique(), log["t_s"].iloc[0], log["t_s"].iloc[-1]) == (96, 4, 0.0, 41.0)
    assert set(log["status"]) == {"simulated"}


def test_the_simulator_refuses_what_cannot_be_fired():
    with pytest.raises(ValueError, match="not 9000"):
        simulate(shots=9000)


def test_a_shot_that_may_have_been_the_first_widens_the_span():
    span = shots.span(_log([0, 0.01, 1], u_s=[0.01, 2, 0.02]))
    # From -1.99 to 2.01 at the widest, and from 0.01 to 0.98 at the narrowest.
    assert span.span_s == pytest.approx(1.0) and span.u_s == pytest.approx(3.0)


def test_a_shot_of_unknown_side_may_be_by_police_and_one_by_others_is_not():
    log = _log([0, 1, 2], side=["police", "unknown", "other"])
    count = shots.count(shots.by_police(log))
    assert (count.lowest, count.highest) == (1, 2)


def test_tables_of_simulated_shots_still_say_so_where_no_column_does():
    log = shots.check(simulate())
    for table in (shots.cumulative(log), shots.rate(log), shots.gaps(log), shots.by_police(log)):
        assert table.attrs["status"] == "simulated"
