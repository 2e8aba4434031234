"""Rates and comparisons: what is matched, what is refused, and what each result says."""

import math

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from helpers import force
from helpers.force import exposure, unknown
from helpers.problems import InputError

WORDS = dict(one="fatal police shooting", many="fatal police shootings")


@pytest.fixture
def tally():
    rows = [
        ("Ohio", 2015, "White", 20),
        ("Ohio", 2015, "Black", 10),
        ("Ohio", 2015, "unknown", 3),
        ("Ohio", 2016, "White", 30),
        ("Utah", 2015, "White", 4),
    ]
    return pd.DataFrame(rows, columns=["place", "year", "group", "events"])


@pytest.fixture
def population():
    rows = [
        (place, year, group, people, "Census Bureau")
        for place, sizes in {"Ohio": (11_000_000, 9_000_000, 1_500_000), "Utah": (3_000_000, 2_500_000, 40_000)}.items()
        for year in (2015, 2016)
        for group, people in zip(("all", "White", "Black"), sizes, strict=True)
    ]
    return pd.DataFrame(rows, columns=["place", "year", "group", "people", "source"])


def test_a_place_and_year_without_a_row_in_the_tally_had_no_event(tally, population):
    found = {(each.place, each.period): each.events for each in force.rates(tally, population, by=["place", "year"])}
    assert found == {("Ohio", "2015"): 33, ("Ohio", "2016"): 30, ("Utah", "2015"): 4, ("Utah", "2016"): 0}


def test_a_total_beside_its_groups_is_refused_since_every_event_would_count_twice(tally, population):
    total = pd.DataFrame([("Ohio", 2015, "all", 33)], columns=tally.columns)
    with pytest.raises(InputError, match="row 7, column group: a total of Ohio, 2015 beside its groups"):
        force.rates(pd.concat([tally, total], ignore_index=True), population)


def test_a_place_the_tally_never_names_is_counted_only_when_asked_for(tally, population):
    more = pd.concat([population, population[population["place"] == "Utah"].assign(place="Guam")], ignore_index=True)
    assert {each.place for each in force.rates(tally, more)} == {"Ohio", "Utah"}
    named = force.rates(tally, more, places=["Ohio", "Guam"])
    assert [(each.place, each.events) for each in named] == [("Guam", 0), ("Ohio", 63)]


def test_several_years_pool_to_person_years(tally, population):
    ohio = force.rates(tally, population)[0]
    assert (ohio.events, ohio.exposure, ohio.period) == (63, 22_000_000, "2015-2016")
    assert ohio.rate == pytest.approx(63 / 22)


def test_everyone_is_divided_by_everyone_and_not_by_the_sum_of_groups(tally, population):
    everywhere = force.rates(tally, population, by=[])[0]
    assert (everywhere.events, everywhere.exposure) == (67, 28_000_000)


def test_events_of_unknown_group_bound_every_groups_rate(tally, population):
    found = {each.group: each for each in force.rates(tally, population, by=["place", "group"], places=["Ohio"])}
    assert set(found) == {"White", "Black"}
    assert found["Black"].unknown == found["White"].unknown == 3
    assert found["Black"].if_all_unknown == pytest.approx(13 / 3)
    table = unknown.bounds(found.values()).set_index("group")
    assert table.loc["Black", ["if_none", "if_all"]].tolist() == pytest.approx([10 / 3, 13 / 3])
    assert "3 more were of people whose group is not known, and the rate would be 4.3 if all were Black" in str(
        found["Black"]
    )


def test_a_group_the_tally_never_names_has_no_rate_rather_than_a_rate_of_nothing(tally, population):
    """The census counts Pacific Islanders apart; a publisher that does not would seem to say none was ever shot."""
    more = population[population["group"] == "Black"].assign(group="Pacific Islander")
    found = force.rates(tally, pd.concat([population, more], ignore_index=True), by=["group"])
    assert {each.group for each in found} == {"White", "Black"}


def test_groups_filled_by_different_rules_have_a_rate_only_when_named(tally, population):
    residual = population[population["group"] == "Black"].assign(group="Two or more")
    population = pd.concat([population, residual], ignore_index=True)
    tally = pd.concat([tally, tally.head(1).assign(group="Two or more", events=1)], ignore_index=True)
    assert {each.group for each in force.rates(tally, population, by=["group"])} == {"White", "Black"}
    named = force.rates(tally, population, by=["group"], groups=["Two or more"])
    assert [(each.group, each.events, each.unknown) for each in named] == [("Two or more", 1, 3)]
    with pytest.raises(InputError, match="value 'Asian': this group is not in both"):
        force.rates(tally, population, by=["group"], groups=["Asian"])


def test_the_unknown_share_of_each_year_is_out_of_all_events(tally):
    table = unknown.shares_by_year(tally)
    assert table[["year", "events", "of"]].to_numpy().tolist() == [[2015, 3, 37], [2016, 0, 30]]
    assert table["percent"].tolist() == pytest.approx([300 / 37, 0])


def test_a_ratio_is_bounded_by_where_the_unknown_may_belong(tally, population):
    found = force.rates(tally, population, by=["place", "group"], places=["Ohio"], years=[2015])
    ratio = force.ratios(found, against="White")[0]
    assert ratio.if_unknown == pytest.approx((10 / 23 * 6, 13 / 20 * 6))


def test_partial_years_are_kept_out_and_said_so(tally, population):
    ohio = force.rates(tally, population, partial=[2016])[0]
    assert (ohio.events, ohio.period, ohio.left_out) == (33, "2015", "2016")
    assert "2016 left out, not being complete" in str(ohio)


def test_a_tally_may_mark_its_own_partial_years(tally, population):
    marked = tally.assign(partial=["", "", "", "yes", ""])
    assert force.rates(marked, population)[0].period == "2015"


def test_no_complete_year_is_refused(tally, population):
    with pytest.raises(InputError, match="no complete year is left"):
        force.rates(tally, population, partial=[2015, 2016])


def test_a_place_without_population_is_named(tally, population):
    ohio = population[population["place"] == "Ohio"]
    with pytest.raises(InputError, match=r"value 'Utah': no population for Utah in 2015, 2016"):
        force.rates(tally, ohio)
    assert exposure.places_in_both(tally, ohio) == (["Ohio"], ["Utah"])
    assert [each.place for each in force.rates(tally, ohio, places=["Ohio"])] == ["Ohio"]


def test_a_year_without_population_is_named(tally, population):
    with pytest.raises(InputError, match="no population for Ohio in 2016"):
        force.rates(tally, population[(population["year"] == 2015) | (population["place"] == "Utah")])


def test_a_census_may_stand_for_every_year_and_is_named(tally, population):
    ohio = force.rates(tally, population[population["year"] == 2015], population_year=2015)[0]
    assert (ohio.exposure, ohio.population) == (22_000_000, "Census Bureau (2015)")


def test_a_group_with_population_in_some_years_only_is_refused(tally, population):
    lacking = population[~((population["group"] == "Black") & (population["year"] == 2016))]
    more = pd.concat([tally, pd.DataFrame([("Ohio", 2016, "Black", 2)], columns=tally.columns)], ignore_index=True)
    with pytest.raises(InputError, match="no population for Black in Ohio, 2016"):
        force.rates(more, lacking, by=["place", "group"], places=["Ohio"])


def test_a_population_entry_that_stands_twice_is_refused(tally, population):
    with pytest.raises(InputError, match="row 14: Ohio, 2015, all stands twice"):
        force.rates(tally, pd.concat([population, population.head(1)], ignore_index=True))


def test_groups_named_differently_in_the_two_tables_are_refused(tally, population):
    other = population.assign(group=population["group"].str.lower())
    with pytest.raises(InputError, match="Name the groups in both by the same words"):
        force.rates(tally, other, by=["group"])


def test_a_negative_count_is_refused_with_its_row(tally, population):
    tally.loc[4, "events"] = -1
    with pytest.raises(InputError, match="row 6, column events, value '-1': below 0"):
        force.rates(tally, population)


def test_rates_by_an_unknown_column_are_refused(tally, population):
    with pytest.raises(InputError, match="rates are by place, year and group"):
        force.rates(tally, population, by=["race"])


def test_definitions_are_never_mixed(tally, population):
    post, mpv = tally.assign(definition="fatal shootings, on duty"), tally.assign(definition="killings by any force")
    with pytest.raises(InputError, match="different definitions cannot be put together"):
        force.combine(post, mpv)
    with pytest.raises(InputError, match="none stated"):
        force.combine(post.assign(year=[2020, 2020, 2020, 2021, 2020]), tally)
    with pytest.raises(InputError, match="different definitions"):
        force.rates(pd.concat([post, mpv], ignore_index=True), population)
    one, other = force.rates(post, population)[0], force.rates(mpv, population)[0]
    with pytest.raises(InputError, match="different definitions"):
        force.rate_ratio(one, other)


def test_combining_tallies_that_overlap_is_refused_since_events_would_count_twice(tally):
    with pytest.raises(InputError, match="5 entries are in more than one tally, the first: Ohio, 2015, White"):
        force.combine(tally, tally)
    assert force.combine(tally, tally.assign(year=2017).drop_duplicates(["place", "group"]))["events"].sum() == 104


def test_rates_over_different_denominators_are_not_compared():
    with pytest.raises(InputError, match="answer different questions"):
        force.rate_ratio(force.rate(3, 1e6), force.rate(3, 1e5, denominator="arrests"))


def test_denominators_stand_side_by_side_with_their_questions():
    table = force.side_by_side(23, {"residents": 2_695_598, "arrests": 110_000, "stops": 700_000}, **WORDS)
    assert table["rate"].tolist() == pytest.approx([23 / 2.695598, 23 / 11, 23 / 70])
    assert table["per"].tolist() == [1_000_000, 10_000, 10_000]
    assert table["answers"].is_unique
    assert table.loc[1, "caveat"] == "a rate per arrest can hide bias in who is arrested in the first place"
    assert " per 10,000 arrests (" in table.loc[1, "says"]


@pytest.mark.parametrize(("events", "people"), [(-1, 10), (1.5, 10), (3, 0), (3, -5), (math.nan, 10)])
def test_an_impossible_rate_is_refused(events, people):
    with pytest.raises(InputError, match="Check the count and what it is divided by"):
        force.rate(events, people)


def test_an_unheard_of_denominator_is_refused():
    with pytest.raises(InputError, match="Write one of: residents, officers, arrests"):
        force.rate(3, 10, denominator="people")


def test_a_rate_of_nothing_has_an_upper_limit():
    zero = force.rate(0, 1_000_000, place="Ohio", period="2015", population="Census Bureau", **WORDS)
    assert zero.interval == pytest.approx((0, 3.6889), abs=5e-5)
    assert str(zero).startswith(
        "In Ohio, no fatal police shootings were counted in 2015, or 0 per million residents a year (allowing for "
        "chance, 0 to 3.7, the 95% interval; population: Census Bureau); with fewer than 20 events"
    )


def test_a_ratio_says_what_may_be_chance():
    one = force.rate(10, 1e6, group="Black", place="Ohio", period="2015", **WORDS)
    other = force.rate(25, 5e6, group="White", place="Ohio", period="2015", **WORDS)
    assert str(force.rate_ratio(one, other)).startswith(
        "In Ohio in 2015, the rate of fatal police shootings for Black people was 2.0 times the rate for White people "
        "(allowing for chance, 0.86 to 4.3, the 95% interval; 10 and 25 events; exact p = 0.07; per resident); "
        "the difference may be chance, which is not to say that there is none"
    )


def test_rounding_never_makes_a_clear_ratio_touch_one():
    one, other = force.rate(1_100, 1e6, period="2016", **WORDS), force.rate(1_000, 1e6, period="2015", **WORDS)
    found = force.rate_ratio(one, other)
    assert 1 < found.interval[0] < 1.02
    assert "allowing for chance, 1.01 to 1.20" in str(found)


def test_no_ratio_is_given_against_nothing():
    one, other = force.rate(9, 1e6, place="Ohio", **WORDS), force.rate(0, 1e6, place="Utah", **WORDS)
    found = force.rate_ratio(one, other)
    assert found.ratio == math.inf
    assert "no ratio can be given, only that it is likely at least 2.0" in str(found)
    nothing = force.rate_ratio(force.rate(0, 1e6, place="Ohio", **WORDS), other)
    assert math.isnan(nothing.ratio)
    assert "nothing can be said of their ratio" in str(nothing)


def test_a_change_is_said_in_percent():
    before, after = force.rate(30, 1e6, period="2015", **WORDS), force.rate(45, 1e6, period="2016", **WORDS)
    found = force.change(before, after)
    assert found.p == pytest.approx(0.1053, abs=5e-5)
    assert "rose by 50% from 2015 to 2016 (allowing for chance, −7.6% to +147%" in str(found)


def test_a_change_is_of_one_place_and_group():
    with pytest.raises(InputError, match="one place and one group"):
        force.change(force.rate(3, 1, place="Ohio"), force.rate(3, 1, place="Utah"))


def test_years_that_are_not_neighbours_are_not_compared():
    yearly = [force.rate(10, 1e6, place="Ohio", period=str(year), **WORDS) for year in (2015, 2016, 2019, 2020)]
    assert [(each.against.period, each.of.period) for each in force.year_over_year(yearly)] == [
        ("2015", "2016"),
        ("2019", "2020"),
    ]


def test_a_difference_is_said_in_the_rates_unit():
    one = force.rate(16, 872_286, group="Black", place="Chicago", period="2015", **WORDS)
    other = force.rate(2, 854_717, group="White", place="Chicago", period="2015", **WORDS)
    found = force.rate_difference(one, other)
    assert found.difference == pytest.approx(16.0, abs=0.01)
    assert "for Black people was 16 per million residents a year higher than for White people" in str(found)
    with pytest.raises(InputError, match="Use one base"):
        force.rate_difference(one, force.rate(2, 854_717, per=1e5, **WORDS))


def test_ratios_are_corrected_for_how_many_there_are(tally, population):
    found = force.ratios(force.rates(tally, population, by=["place", "group"]), against="White")
    table = force.ratios_table(found)
    assert table["group"].tolist() == ["Black", "Black"]
    assert (table["q"] >= table["p"]).all()
    with pytest.raises(InputError, match="no rate for 'Asian' in Ohio"):
        force.ratios(force.rates(tally, population, by=["place", "group"]), against="Asian")


@settings(deadline=None, max_examples=12)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 10**6)), min_size=2, max_size=6), st.integers(1, 5))
def test_pooling_is_consistent(years, cut):
    """Pooling some years and then the rest is pooling all; the pooled rate lies between the lowest and highest."""
    assume(cut < len(years))
    rows = [("Ohio", 2000 + i, events) for i, (events, _) in enumerate(years)]
    tally = pd.DataFrame(rows, columns=["place", "year", "events"])
    rows = [("Ohio", 2000 + i, people, "Census Bureau") for i, (_, people) in enumerate(years)]
    population = pd.DataFrame(rows, columns=["place", "year", "people", "source"])
    (pooled,) = force.rates(tally, population)
    parts = [force.rates(tally, population, years=range(2000, 2000 + cut))[0]]
    parts += force.rates(tally, population, years=range(2000 + cut, 2000 + len(years)))
    assert sum(part.events for part in parts) == pooled.events
    assert sum(part.exposure for part in parts) == pooled.exposure
    yearly = [each.rate for each in force.rates(tally, population, by=["year"])]
    assert min(yearly) * (1 - 1e-12) <= pooled.rate <= max(yearly) * (1 + 1e-12)


def test_matching_changes_neither_table(tally, population):
    before = tally.copy(), population.copy()
    exposure.match(tally, population, by_group=True)
    pd.testing.assert_frame_equal(tally, before[0])
    pd.testing.assert_frame_equal(population, before[1])


def test_standardising_to_itself_leaves_the_rate_as_it_is():
    strata = pd.DataFrame({"age": ["0-17", "18+"], "events": [3, 40], "people": [1_000_000, 4_000_000]})
    found = force.standardise(strata, strata[["age", "people"]])
    assert found.rate == pytest.approx(found.crude) == pytest.approx(43 / 5)
    assert (found.low, found.high) == pytest.approx(force.rate(43, 5_000_000).interval)


def test_standardising_undoes_a_difference_that_is_all_age():
    """Two places with one rate in each age group, and different ages, have one standardised rate."""
    standard = pd.DataFrame({"age": ["young", "old"], "people": [60, 40]})
    young = pd.DataFrame({"age": ["young", "old"], "events": [80, 5], "people": [8e6, 2e6]})
    old = pd.DataFrame({"age": ["young", "old"], "events": [20, 20], "people": [2e6, 8e6]})
    one, other = (force.standardise(strata, standard) for strata in (young, old))
    assert one.crude != pytest.approx(other.crude)
    assert one.rate == pytest.approx(other.rate) == pytest.approx(0.6 * 10 + 0.4 * 2.5)


def test_standardising_over_different_strata_is_refused():
    strata = pd.DataFrame({"age": ["0-17", "18+"], "events": [3, 40], "people": [1, 4]})
    with pytest.raises(InputError, match="this stratum is in one table only"):
        force.standardise(strata, pd.DataFrame({"age": ["0-17"], "people": [1]}))
    with pytest.raises(InputError, match="nobody in this stratum"):
        force.standardise(strata.assign(people=[0, 4]), strata[["age", "people"]])
    with pytest.raises(InputError, match="stands twice"):
        force.standardise(pd.concat([strata, strata]), strata[["age", "people"]])
