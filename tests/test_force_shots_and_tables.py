"""Shots per incident, proportions, trends and suppression."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from helpers import force
from helpers.force import shots_fired, suppression, trends
from helpers.problems import InputError


def _incidents(shots, **more):
    return pd.DataFrame({"shots": pd.array(shots, dtype="Int64"), **more})


def test_where_an_incident_falls_counts_ties_and_unknowns_apart():
    found = force.standing(96, _incidents([1, 5, 96, 100, None]), place="Chicago", period="2004-2023")
    assert (found.fewer, found.as_many, found.more, found.unknown, found.known) == (2, 1, 1, 1, 4)
    assert str(found) == (
        "96 shots are more than in 2 of the 4 police shootings in Chicago in 2004-2023 with a known count; 1 had more, "
        "1 as many; the shots of 1 more are not known."
    )


def test_the_distribution_states_what_is_missing_and_not_exact():
    shots = [1] * 10 + [3] * 10 + [20] * 4 + [None] * 6
    found = force.shots_per_incident(
        _incidents(shots, shots_qualifier=["exact"] * 22 + ["at_least", "approx"] + [None] * 6), above=10
    )
    assert (found.incidents, found.known, found.median, found.above, found.most) == (30, 24, 3, 4, 20)
    assert found.missing_percent == pytest.approx(20)
    assert found.above_percent == pytest.approx(100 / 6)
    assert "17% had more than 10; for 6 of 30 (20%) the shots are not known; 2 of the counts are not exact" in str(
        found
    )


def test_few_incidents_have_no_interval():
    found = force.shots_per_incident(_incidents([1, 2, 3]))
    assert found.median_interval is found.mean_interval is found.above_interval is None
    assert "allowing for chance" not in str(found)


def test_the_medians_interval_is_that_of_the_binomial_table():
    """For 20 values the 6th and 15th (Conover's table): 95.9 %, and the 7th and 14th would hold only 88 %."""
    assert shots_fired.median_interval(np.arange(1, 21)) == (6, 15)


def test_the_bootstrap_is_the_same_on_every_run_and_holds_the_mean():
    values = np.array([1, 1, 2, 3, 3, 4, 5, 8, 13, 40] * 3)
    one = shots_fired.bootstrap_interval(values)
    assert one == shots_fired.bootstrap_interval(values)
    assert one[0] < values.mean() < one[1]
    # Skewed to the right, so is what is not known of the mean.
    assert one[1] - values.mean() > values.mean() - one[0]
    assert shots_fired.bootstrap_interval(np.full(12, 3)) == (3, 3)


def test_hits_and_officers_are_summed_where_both_are_known():
    table = _incidents([10, 4, None, 6], hits=[3, 1, 2, None], officers=[2, 1, 1, 1])
    hits, officers = force.hit_rate(table), force.shots_per_officer(table)
    assert (hits.top, hits.bottom, hits.incidents, hits.left_out) == (4, 14, 2, 2)
    assert hits.value == pytest.approx(400 / 14)
    assert (officers.top, officers.bottom, officers.value) == (20, 4, 5)
    assert "4 of 14 shots hit, 28.6% (2 incidents); 2 incidents are left out" in str(hits)


def test_a_hit_rates_interval_is_wider_than_if_shots_were_independent():
    rng = np.random.default_rng(3)
    shots = rng.integers(1, 30, 60)
    table = _incidents(shots, hits=rng.binomial(shots, rng.beta(1, 2, 60)))
    low, high = force.hit_rate(table).interval
    naive = stats.binomtest(int(table["hits"].sum()), int(shots.sum())).proportion_ci(0.95, "exact")
    assert high - low > 1.3 * (naive.high - naive.low) * 100


def test_more_hits_than_shots_are_refused_with_their_row():
    with pytest.raises(InputError, match="row 1, column hits: 5 hits of 4 shots"):
        force.hit_rate(_incidents([10, 4], hits=[3, 5]))


@pytest.mark.parametrize("wrong", [-1, 2.5, "many"])
def test_a_count_of_shots_that_is_none_is_refused(wrong):
    with pytest.raises(InputError, match=r"column shots.*not a count"):
        force.shots_per_incident(pd.DataFrame({"shots": [3, wrong]}))


def test_shots_that_nobody_knows_are_refused():
    with pytest.raises(InputError, match="no incident has a known count"):
        force.shots_per_incident(pd.DataFrame({"shots": [None, None]}))
    with pytest.raises(InputError, match="column hits: the column is missing"):
        force.hit_rate(_incidents([3]))


@settings(deadline=None, max_examples=20)
@given(st.lists(st.integers(1, 60), min_size=10, max_size=30), st.lists(st.integers(1, 60), min_size=10, max_size=30))
def test_swapping_the_sides_turns_the_rank_test_round(one, other):
    a, b = force.compare(_incidents(one), _incidents(other)), force.compare(_incidents(other), _incidents(one))
    assert a.superiority == pytest.approx(1 - b.superiority)
    assert a.interval == pytest.approx((1 - b.interval[1], 1 - b.interval[0]))
    pairs = [(x > y) + (x == y) / 2 for x in one for y in other]
    assert a.superiority == pytest.approx(np.mean(pairs))
    assert 0 <= a.interval[0] <= a.superiority <= a.interval[1] <= 1


def test_a_comparison_of_few_incidents_is_refused():
    with pytest.raises(InputError, match="3 incidents of Utah have a known count"):
        force.compare(_incidents([1, 2, 3]), _incidents(range(1, 20)), names=("Utah", "Ohio"))


def test_chicagos_shipped_incidents_are_known():
    chicago = force.load_shots()
    found = force.shots_per_incident(chicago)
    assert (found.incidents, found.known) == (974, 974)
    assert int(chicago["shots"].sum()) == 5_954
    assert force.standing(96, chicago).more == 0


def test_shares_hold_unknown_as_a_group_and_sum_to_the_whole():
    cases = pd.DataFrame({"race": ["White", "White", None, "Black"], "armed": ["gun", "none", "gun", None]})
    table = force.counts_table(cases, "race", "armed")
    assert table.loc["unknown", "gun"] == table.loc["Black", "unknown"] == 1
    assert table.to_numpy().sum() == 4
    shares = force.shares(table.sum(axis=1))
    assert shares["percent"].sum() == pytest.approx(100)
    assert shares.loc[0, ["group", "events", "of"]].tolist() == ["White", 2, 4]
    with pytest.raises(InputError, match="no events"):
        force.shares(pd.Series({"White": 0}))


def test_small_cells_call_for_the_exact_test():
    found = force.association([[3, 1], [1, 3]])
    assert (found.test, found.small_cells) == ("exact", True)
    assert found.p == pytest.approx(0.4857142857)
    assert "does not differ more between the groups than chance alone would often bring about" in str(found)


def test_large_tables_are_tested_by_chi_squared_even_where_the_exact_test_is_out_of_reach():
    table = [[300, 170, 290, 500], [200, 130, 410, 290], [200, 300, 100, 200], [100, 200, 100, 200]]
    found = force.association(table)
    assert found.p_exact is None
    assert found.test == "chi-squared"


def test_an_empty_row_of_a_table_says_nothing():
    assert force.association([[3, 5], [0, 0], [6, 2]]).df == 1
    with pytest.raises(InputError, match="fewer than two rows or columns"):
        force.association([[3, 5], [0, 0]])
    with pytest.raises(InputError, match="a cell is not a count"):
        force.association([[3, -5], [1, 2]])


@pytest.fixture
def yearly():
    events = [995, 958, 984, 992, 997, 1020, 1050, 1095, 1162]
    return pd.DataFrame({"year": range(2015, 2024), "events": events, "exposure": 330e6})


def test_a_trend_is_that_of_statsmodels_poisson_regression(yearly):
    import statsmodels.formula.api as smf

    fit = smf.poisson("events ~ year", yearly.assign(year=yearly["year"] - 2019), exposure=yearly["exposure"]).fit(
        disp=0
    )
    found = force.trend(yearly, method="poisson")
    assert found.percent == pytest.approx(math.expm1(fit.params["year"]) * 100, rel=1e-6)
    assert found.p == pytest.approx(fit.pvalues["year"], rel=1e-4)
    low, high = np.expm1(fit.conf_int().loc["year"]) * 100
    assert found.interval == pytest.approx((low, high), rel=1e-4)


def test_overdispersion_widens_a_trends_interval_and_is_said(yearly):
    wild = yearly.assign(events=[900, 1200, 850, 1150, 900, 1250, 880, 1300, 1000])
    found = force.trend(wild)
    assert found.dispersion > 10
    assert found.dispersion_p < 0.001
    assert found.method == "quasi-Poisson"
    narrow = force.trend(wild, method="poisson")
    assert found.interval[0] < narrow.interval[0] < narrow.interval[1] < found.interval[1]
    assert "years differ by more than chance, for which the interval is widened" in str(found)
    assert force.trend(wild, method="negative binomial").method == "negative binomial"


def test_a_trend_in_time_reversed_is_the_inverse(yearly):
    there, back = force.trend(yearly), force.trend(yearly.assign(year=list(range(2023, 2014, -1))))
    assert (1 + there.percent / 100) * (1 + back.percent / 100) == pytest.approx(1)


def test_a_trend_is_refused_where_there_is_none_to_see(yearly):
    with pytest.raises(InputError, match="4 years are too few"):
        force.trend(yearly.head(4))
    with pytest.raises(InputError, match="the year stands twice"):
        force.trend(pd.concat([yearly, yearly.head(1)]))
    with pytest.raises(InputError, match="no events in any year"):
        force.trend(yearly.assign(events=0))
    with pytest.raises(InputError, match="one place and one group"):
        force.trend([force.rate(3, 1, place=place, period="2015") for place in ("Ohio", "Utah")])
    with pytest.raises(InputError, match="no such method"):
        force.trend(yearly, method="best")
    assert trends.trends_if_enough([]) == []


def test_a_change_point_is_found_where_there_is_one_and_seldom_elsewhere(yearly):
    jump = yearly.assign(events=[500, 510, 495, 505, 500, 800, 810, 790, 805])
    found = force.change_point(jump)
    assert (found.year, found.p) == (2020, 1 / 5_000)
    assert found.ratio == pytest.approx(1.597, abs=0.005)
    rng = np.random.default_rng(5)
    found = [force.change_point(yearly.assign(events=rng.poisson(100, 9))).p for _ in range(100)]
    # Had the search not been counted, about a quarter would seem to change.
    assert sum(p < 0.05 for p in found) <= 11


def test_a_count_withheld_cannot_be_worked_out_from_its_total():
    rows = [
        ("Ohio", "White", 60),
        ("Ohio", "Black", 25),
        ("Ohio", "Asian", 3),
        ("Utah", "White", 14),
        ("Utah", "Black", 0),
    ]
    table = pd.DataFrame(rows, columns=["place", "group", "events"]).assign(rate=1.0)
    found = force.suppress(table)
    assert found["withheld"].tolist() == ["", "with another", "small", "", ""]
    assert found["events"].isna().tolist() == found["rate"].isna().tolist() == [False, True, True, False, False]
    assert table["events"].notna().all()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 40), min_size=4, max_size=24), st.integers(2, 6))
def test_in_every_line_withheld_counts_hide_one_another(counts, width):
    table = pd.DataFrame(
        {
            "place": [number // width for number in range(len(counts))],
            "group": [number % width for number in range(len(counts))],
            "events": counts,
        }
    )
    found = suppression.suppress(table, lines=("place", "group"))
    hidden = found["events"].isna()
    assert hidden[table["events"].between(1, 9)].all()
    for name in ("place", "group"):
        for _, line in table.groupby(name):
            of_line = hidden.loc[line.index]
            if of_line.any() and not of_line.all():
                assert of_line.sum() >= 2
                assert line.loc[of_line, "events"].sum() >= 10


def test_suppression_names_a_column_that_is_missing():
    with pytest.raises(InputError, match="column place: the column is missing"):
        force.suppress(pd.DataFrame({"events": [1]}))
