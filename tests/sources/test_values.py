"""Cells read right: a value, a qualifier, or unknown; never a guess."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.sources import values


@pytest.mark.parametrize(
    ("cell", "value", "qualifier"),
    [
        ("12", 12, "exact"), ("12.0", 12, "exact"), ("0", 0, "exact"), ("45 total", 45, "exact"),
        ("fired 12 rounds", 12, "exact"), ("twelve", 12, "exact"), ("16;1;25", 42, "exact"), ("3 and 4", 7, "exact"),
        ("16;unknown", 16, "at_least"), (">/=1", 1, "at_least"), ("≥ 3", 3, "at_least"), ("5+", 5, "at_least"),
        ("at least 3", 3, "at_least"), ("more than 5", 6, "at_least"), ("3-5", 3, "at_least"),
        ("~20", 20, "approx"), ("nearly 30", 30, "approx"), ("up to 10", 10, "at_most"),
    ],
)  # fmt: skip
def test_a_written_number_of_shots_is_read_with_its_qualifier(cell, value, qualifier):
    assert values.shots(cell)[:2] == (value, qualifier)


@pytest.mark.parametrize(
    "cell",
    ["Multiple", "not clear", "-1", "-", "", "#VALUE!", "several", "1,250", "1/2/2014", "3/4", "2015", "Mar-05",
     "2 officers fired 5", "~3;at least 4", "up to 3;4", "1936-03-01 00:00:00"],
)  # fmt: skip
def test_what_is_no_number_of_shots_is_unknown_and_never_a_guess(cell):
    assert values.shots(cell).value is None


@given(st.lists(st.integers(0, 99), min_size=2, max_size=6))
def test_a_list_of_officers_counts_is_their_sum(counts):
    assert values.shots(";".join(map(str, counts)))[:2] == (sum(counts), "exact")


@given(st.text(max_size=40))
def test_no_text_whatever_breaks_a_reader(cell):
    for read in (values.shots, values.age, values.race, values.gender, values.yes_no, values.number, values.date,
                 values.name, values.text, values.count):  # fmt: skip
        found = read(cell)
        assert found.value is None or not isinstance(found.value, int) or found.value >= 0


@pytest.mark.parametrize(
    ("cell", "day", "precision"),
    [
        ("2015-01-02", "2015-01-02", "day"), ("1/2/2015", "2015-01-02", "day"),
        ("January 2, 2015", "2015-01-02", "day"), ("Jan. 2 2015", "2015-01-02", "day"),
        ("2015-01-02T00:00:00.000", "2015-01-02", "day"), ("20150102", "2015-01-02", "day"),
        ("January 2 2015", "2015-01-02", "day"), ("March 2015", "2015-03-01", "month"),
        ("2015-03", "2015-03-01", "month"),
        ("2015", "2015-01-01", "year"), ("42006", "2015-01-02", "day"), ("42006.5", "2015-01-02", "day"),
    ],
)  # fmt: skip
def test_a_date_is_read_with_its_precision(cell, day, precision):
    assert values.date(cell)[:2] == (day, precision)


@pytest.mark.parametrize("cell", ["Feb 30 2015", "13/13/2015", "2015-13-01", "soon", "0", "-1", "99999", "3021-01-01"])
def test_what_is_no_date_is_unknown(cell):
    assert values.date(cell).value is None


def test_day_first_is_read_where_it_is_told():
    assert values.date("3/4/2015", (), "dmy").value == "2015-04-03"
    assert values.date("3/4/2015", (), "mdy").value == "2015-03-04"


@given(st.dates(min_value=dt.date(1954, 10, 4), max_value=dt.date(2063, 1, 1)))
def test_a_spreadsheets_day_number_is_the_day_it_stands_for(day):
    number = (day - dt.date(1899, 12, 30)).days
    assert values.date(str(number)).value == day.isoformat()


@pytest.mark.parametrize("cell", ["40s", "Unknown", "-1", "#VALUE!", "130", "mid-30s", "20-30", "-"])
def test_what_is_no_age_is_unknown(cell):
    assert values.age(cell).value is None


@pytest.mark.parametrize(("cell", "age"), [("22", 22), ("22.0", 22), ("6 months", 0), ("35 years old", 35)])
def test_an_age_is_read_in_years(cell, age):
    assert values.age(cell).value == age


@pytest.mark.parametrize(
    ("cell", "race"),
    [
        ("W", "White"), ("W;B", "Two or more"), ("B;H", "Hispanic"), ("B;B", "Black"), ("Hispanic/Latino", "Hispanic"),
        ("Asian/Pacific Islander", "Asian or Pacific Islander"), ("NATIVE AMERICAN/ALASKAN NATIVE", "Native American"),
        ("Unknown Race", "unknown"), ("Unknown race", "unknown"), ("Hispanic ", "Hispanic"), ("", "unknown"),
        ("Arab-American", "Middle Eastern"), ("--", "unknown"), ("W;?", "unknown"),
    ],
)  # fmt: skip
def test_a_race_is_read_by_the_stated_rule(cell, race):
    assert values.race(cell).value == race


def test_the_other_rule_for_several_races_may_be_chosen():
    assert values.race("B;H", several="two or more").value == "Two or more"


def test_the_rule_says_of_which_cells_it_was_used():
    assert [values.race(cell).trouble for cell in ("W;B", "B;H", "W;W", "W")] == [
        "several races, read as Two or more", "several races, read as Hispanic", "", "",
    ]  # fmt: skip


def test_every_race_is_one_of_the_kits_words():
    assert {values.race(code).value for code in "WBHANPOU"} <= set(values.RACES)


@pytest.mark.parametrize(
    "cell", ["Name withheld by police", "An unidentified person", "Unknown", "unidentified male", ""]
)
def test_a_name_that_was_not_made_public_is_no_name(cell):
    assert values.name(cell).value is None


def test_a_real_name_stays_as_it_is():
    assert values.name("Paul  O'Neal ").value == "Paul O'Neal"
