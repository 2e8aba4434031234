"""Exact statistics: known answers, and the laws they must obey."""

import doctest
import importlib
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from helpers.force import exact

counts = st.integers(0, 400)
exposures = st.floats(1e-3, 1e6)


@pytest.mark.parametrize(
    ("events", "low", "high"),
    # Garwood 1936, Table 1, to its two decimals: 0, 1, 2, 5, 20 and 30 events.
    [(0, 0, 3.69), (1, 0.03, 5.57), (2, 0.24, 7.22), (5, 1.62, 11.67), (20, 12.22, 30.89), (30, 20.24, 42.83)],
)
def test_garwood_interval_is_that_of_the_published_table(events, low, high):
    assert exact.garwood_interval(events) == pytest.approx((low, high), abs=0.005)


def test_garwood_interval_known_answers():
    assert exact.garwood_interval(10) == pytest.approx((4.7954, 18.3904), abs=5e-5)
    assert exact.garwood_interval(0) == pytest.approx((0, 3.6889), abs=5e-5)


@given(counts.filter(bool), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_garwood_limits_are_where_the_tail_is_half_of_what_is_left(events, level):
    low, high = exact.garwood_interval(events, level=level)
    assert stats.poisson.sf(events - 1, low) == pytest.approx((1 - level) / 2, rel=1e-9)
    assert stats.poisson.cdf(events, high) == pytest.approx((1 - level) / 2, rel=1e-9)


@given(counts, exposures, st.floats(1, 1e3))
def test_more_exposure_never_widens_an_interval(events, exposure, times):
    (low, high), (less, more) = (
        exact.garwood_interval(events, exposure),
        exact.garwood_interval(events, exposure * times),
    )
    assert more - less <= (high - low) * (1 + 1e-12)


@given(counts, exposures, st.integers(2, 30))
def test_more_exposure_at_the_same_rate_never_widens_an_interval(events, exposure, times):
    (low, high) = exact.garwood_interval(events, exposure)
    (less, more) = exact.garwood_interval(events * times, exposure * times)
    assert more - less <= (high - low) * (1 + 1e-12)


@given(counts, exposures, counts, exposures, st.floats(1, 100))
def test_more_exposure_to_both_sides_leaves_a_ratio_as_it_is(x1, e1, x2, e2, times):
    grown = exact.ratio_interval(x1, e1 * times, x2, e2 * times)
    assert grown == pytest.approx(exact.ratio_interval(x1, e1, x2, e2), rel=1e-9)


def test_ratio_known_answers():
    assert exact.ratio_interval(10, 1, 25, 5) == pytest.approx((0.8572, 4.3118), abs=5e-5)
    assert exact.ratio_test(10, 1, 25, 5) == pytest.approx(0.06855, abs=5e-6)
    assert exact.ratio_test(45, 1, 30, 1) == pytest.approx(0.1053, abs=5e-5)


@settings(deadline=None)
@given(counts, exposures, counts, exposures, st.booleans())
def test_swapping_the_groups_inverts_the_ratio(x1, e1, x2, e2, mid_p):
    assume(x1 + x2)
    low, high = exact.ratio_interval(x1, e1, x2, e2, mid_p=mid_p)
    swapped_low, swapped_high = exact.ratio_interval(x2, e2, x1, e1, mid_p=mid_p)
    assert swapped_low == pytest.approx(0 if math.isinf(high) else 1 / high, rel=1e-6)
    assert swapped_high == pytest.approx(math.inf if low == 0 else 1 / low, rel=1e-6)
    one, other = exact.ratio_test(x1, e1, x2, e2, mid_p=mid_p), exact.ratio_test(x2, e2, x1, e1, mid_p=mid_p)
    assert one == pytest.approx(other, rel=1e-6)


@settings(deadline=None)
@given(counts, exposures, counts, exposures)
def test_mid_p_lies_within_the_exact_interval(x1, e1, x2, e2):
    low, high = exact.ratio_interval(x1, e1, x2, e2)
    less, more = exact.ratio_interval(x1, e1, x2, e2, mid_p=True)
    assert low <= less * (1 + 1e-9)
    assert more <= high * (1 + 1e-9)


@settings(deadline=None)
@given(st.integers(1, 60), exposures, st.integers(1, 60), exposures)
def test_mid_p_limits_are_where_the_mid_p_test_reaches_its_level(x1, e1, x2, e2):
    for limit in exact.ratio_interval(x1, e1, x2, e2, mid_p=True):
        assert exact.ratio_test(x1, e1 * limit, x2, e2, mid_p=True) == pytest.approx(0.05, rel=1e-6)


def test_no_event_on_either_side_says_nothing_about_the_ratio():
    assert exact.ratio_interval(0, 1, 0, 9) == (0, math.inf)
    assert exact.ratio_interval(0, 1, 0, 9, mid_p=True) == (0, math.inf)
    assert exact.ratio_test(0, 1, 0, 9) == exact.ratio_test(0, 1, 0, 9, mid_p=True) == 1


def test_no_event_on_one_side_leaves_one_limit_open():
    assert exact.ratio_interval(3, 1, 0, 1)[1] == math.inf
    assert exact.ratio_interval(0, 1, 3, 1)[0] == 0


def test_the_exact_test_is_conservative_and_mid_p_is_close_to_its_level():
    """8 against 40 expected, no difference: notes say 3.8 % and 4.8 % are called different at 5 %."""
    x, y = np.meshgrid(np.arange(30), np.arange(85))
    likely = stats.poisson.pmf(x, 8) * stats.poisson.pmf(y, 40)
    keep = likely > 1e-9
    found = {
        mid_p: likely[keep][exact.ratio_test(x[keep], 1, y[keep], 5, mid_p=mid_p) <= 0.05].sum()
        for mid_p in (False, True)
    }
    assert found[False] == pytest.approx(0.038, abs=0.0015)
    assert found[True] == pytest.approx(0.048, abs=0.0015)


@given(st.integers(0, 300), st.integers(0, 300))
def test_clopper_pearson_agrees_with_scipy(events, others):
    assume(events + others)
    expected = stats.binomtest(events, events + others).proportion_ci(0.95, "exact")
    found = exact.clopper_pearson_interval(events, events + others)
    assert found == pytest.approx((expected.low, expected.high), abs=1e-10)


@given(counts, exposures, counts, exposures)
def test_swapping_the_groups_turns_the_difference_round(x1, e1, x2, e2):
    low, high = exact.difference_interval(x1, e1, x2, e2)
    assert exact.difference_interval(x2, e2, x1, e1) == pytest.approx((-high, -low), rel=1e-9, abs=1e-12)
    assert low <= x1 / e1 - x2 / e2 <= high


@given(counts, exposures)
def test_a_standardised_rate_of_one_stratum_has_garwoods_interval(events, exposure):
    found = exact.standardised_interval([events], [1 / exposure])
    assert found == pytest.approx(exact.garwood_interval(events, exposure), rel=1e-9)


@given(st.lists(counts, min_size=1, max_size=8), exposures)
def test_a_standardised_rate_of_equal_weights_is_the_pooled_rate(events, exposure):
    found = exact.standardised_interval(events, [1 / exposure] * len(events))
    assert found == pytest.approx(exact.garwood_interval(sum(events), exposure), rel=1e-9)


@settings(deadline=None)
@given(st.lists(st.integers(0, 40), min_size=4, max_size=4))
def test_fishers_test_of_two_by_two_agrees_with_scipy(cells):
    table = np.reshape(cells, (2, 2))
    assert exact.table_test(table) == pytest.approx(stats.fisher_exact(table).pvalue, abs=1e-8)


def test_fishers_test_of_larger_tables_is_that_of_r():
    """R 4.2.2: fisher.test(rbind(c(3,5,2), c(4,1,6), c(1,2,3))) and two more."""
    assert exact.table_test([[3, 5, 2], [4, 1, 6], [1, 2, 3]]) == pytest.approx(0.2808618, abs=5e-8)
    assert exact.table_test([[13, 15, 12, 4], [14, 11, 16, 5]]) == pytest.approx(0.741192420144, abs=1e-11)
    assert exact.table_test([[31, 17, 29, 5], [204, 138, 414, 29]]) == pytest.approx(0.014803981796, abs=1e-11)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 6), min_size=9, max_size=9), st.permutations(range(3)), st.permutations(range(3)))
def test_the_order_of_rows_and_columns_is_of_no_matter_to_fishers_test(cells, rows, columns):
    table = np.reshape(cells, (3, 3))
    assert exact.table_test(table[rows][:, columns]) == pytest.approx(exact.table_test(table), rel=1e-9)
    assert exact.table_test(table.T) == pytest.approx(exact.table_test(table), rel=1e-9)


def test_a_table_beyond_the_exact_test_is_refused():
    with pytest.raises(ValueError, match="too many tables"):
        exact.table_test([[300, 170, 290, 500], [200, 130, 410, 290], [200, 300, 100, 200], [100, 200, 100, 200]])


@pytest.mark.parametrize("wrong", [-1, 2.5, math.nan, math.inf])
def test_a_count_that_is_none_is_refused(wrong):
    with pytest.raises(ValueError, match="whole numbers"):
        exact.garwood_interval(wrong)
    with pytest.raises(ValueError, match="whole numbers"):
        exact.ratio_test(3, 1, wrong, 1)


@pytest.mark.parametrize("wrong", [0, -1, math.nan, math.inf])
def test_an_exposure_that_is_none_is_refused(wrong):
    with pytest.raises(ValueError, match="above 0"):
        exact.garwood_interval(3, wrong)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_outside_0_and_1_is_refused(level):
    with pytest.raises(ValueError, match="not between"):
        exact.garwood_interval(3, level=level)


@settings(max_examples=30, deadline=None)
@given(st.floats(0.05, 120))
def test_garwood_covers_at_least_as_often_as_it_says(mean):
    x = np.arange(stats.poisson.isf(1e-12, mean) + 1)
    low, high = exact.garwood_interval(x)
    assert stats.poisson.pmf(x, mean)[(low <= mean) & (mean <= high)].sum() >= 0.95 - 1e-9


@pytest.mark.parametrize("name", ["comparison", "exact", "proportions", "rates", "trends", "wording"])
def test_the_examples_in_the_docstrings_are_true(name):
    # By name, since the package's own `rates` is the function.
    result = doctest.testmod(importlib.import_module(f"helpers.force.{name}"))
    assert result.attempted
    assert not result.failed
