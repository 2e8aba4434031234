"""The last reading: numbers by their year, group and incident, and simple reckonings between them."""

import pytest

from helpers.claims import check_text
from helpers.facts import Fact

FLAGGED = {"contradicted", "unsupported"}
NOTE = "95% interval {} to {}"
YEARS = {2017: (210, 4.2), 2018: (190, 3.8), 2019: (200, 3.9), 2020: (230, 4.4), 2021: (260, 5.0)}
COUNTS = [
    Fact(f"deaths_{year}", count, "fatal police shootings", counts="fatal police shootings", period=str(year))
    for year, (count, _) in YEARS.items()
]
RATES = [
    Fact(f"rate_{year}", rate, "per million residents a year", counts="rate of fatal police shootings",
         period=str(year), note=NOTE.format(rate - 0.31, rate + 0.42))
    for year, (_, rate) in YEARS.items()
]  # fmt: skip
BY_GROUP = {"Black": (300, 7.5), "White": (240, 2.4), "Hispanic": (160, 3.2)}
GROUPS = [
    fact
    for group, (count, rate) in BY_GROUP.items()
    for fact in (
        Fact(f"deaths_{group.lower()}_30_places", count, "fatal police shootings",
             counts=f"fatal police shootings of {group} people", period="2017-2021", place="30 places"),
        Fact(f"rate_{group.lower()}_30_places", rate, f"per million {group} residents a year",
             counts=f"rate of fatal police shootings of {group} people", period="2017-2021", place="30 places"),
    )
]  # fmt: skip
SERIES = [*COUNTS, *RATES, *GROUPS]


def _incident(name, place, day, shots, officers, seconds, wounds):
    where = {"place": place, "period": day, "source": "The record"}
    return [
        Fact("date", day, counts=f"date of the shooting of {name}", **where),
        Fact("shots_by_police", shots, "shots", counts=f"shots fired by police at {name}", **where),
        Fact("officers_fired", officers, "officers", counts=f"officers who fired at {name}", **where),
        Fact("firing_span", seconds, "s", counts=f"time over which police fired at {name}", **where),
        Fact("wounds", wounds, "wounds", counts=f"wounds of {name}", **where),
    ]


TWO = [
    *_incident("Amos Tilley", "Toledo, OH", "2018-05-02", 60, 5, 6.0, 20),
    *_incident("Rufus Gant", "Fresno, CA", "2020-08-11", 24, 3, 4.0, 8),
]


def flagged(text, known):
    """The numbers of a text that are flagged."""
    return [claim.text for claim in check_text(text, known).claims if claim.status in FLAGGED]


@pytest.mark.parametrize(
    "text",
    [
        "Police shot and killed 260 people in 2021, up from 230 the year before.",
        "Police shot and killed 260 people in 2021. The increase over 2020 was about 13 percent.",
        "Police killed 260 people in 2021, which is 30 more than in 2020.",
        "Between the lowest year of the series and the highest lie 70 deaths.",
        "In all, police killed 1,090 people over the five years, an average of 218 a year.",
        "Police killed 260 people in 2021. That was the third of three increases in a row.",
        "Police killed 210 people in 2017. From 2017 through 2019 the count stayed below 250.",
    ],
    ids=["the year before", "change in percent", "difference", "extremes", "sum and average", "rises", "a mark"],
)
def test_years_are_told_apart_and_reckoned_with(text):
    assert flagged(text, SERIES) == []


@pytest.mark.parametrize(
    "text",
    [
        "Police shot and killed 260 people in 2021, up from 200 the year before.",
        "Police shot and killed 260 people in 2021. The increase over 2020 was about 23 percent.",
        "Police killed 260 people in 2021, which is 50 more than in 2020.",
        "Between the lowest year of the series and the highest lie 90 deaths.",
        "In all, police killed 1,190 people over the five years.",
        "Police killed 260 people in 2021. That was the last of five increases in a row.",
    ],
    ids=["another year's count", "another change", "another difference", "extremes", "sum", "rises"],
)
def test_a_reckoning_between_years_that_is_wrong_is_flagged(text):
    assert flagged(text, SERIES) != []


def test_what_only_says_how_far_a_record_reaches_is_its_first_year():
    text = "Police killed 260 people in 2021, the most in a series that goes back to {}."
    assert flagged(text.format(2017), SERIES) == []
    assert flagged(text.format(2011), SERIES) == ["2011"]


def test_both_limits_of_an_interval_are_held_against_the_record():
    text = "The 95 percent interval around the 2021 rate runs from {} to {} per million."
    assert flagged(text.format(4.69, 5.42), SERIES) == []
    assert flagged(text.format(4.69, 5.92), SERIES) != []
    assert flagged(text.format(3.69, 5.42), SERIES) != []


def test_the_level_of_an_interval_is_a_figure_of_record():
    text = "The {} percent interval around the 2021 rate runs from 4.69 to 5.42 per million."
    assert flagged(text.format(95), SERIES) == []
    assert flagged(text.format(90), SERIES) == ["90 percent"]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("In 30 big cities Black people were killed at a rate of 7.5 per million a year.", ("30 big", "50 big")),
        ("The rate for White residents was 2.4 per million a year.", ("2.4", "3.2")),
        ("Of the 700 people in the three groups, 43 percent were Black.", ("43", "63")),
        ("Police killed 60 more Black people than White people.", ("60", "90")),
        ("Black residents were killed at just over three times the White rate.", ("three", "five")),
    ],
    ids=["places", "rate of a group", "share of all groups", "difference", "ratio"],
)
def test_groups_are_told_apart_and_compared(right, wrong):
    assert flagged(right, SERIES) == []
    assert flagged(right.replace(*wrong), SERIES) != []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("In Toledo police fired ten shots a second; in Fresno, six.", ("six", "nine")),
        ("The officers in Toledo fired 36 more rounds than those in Fresno.", ("36", "63")),
        ("Toledo and Fresno taken together, eight officers fired 84 rounds in about ten seconds.", ("84", "64")),
        ("The five in Toledo averaged 12 rounds apiece, the three in Fresno eight.", ("12", "19")),
        ("The firing at Tilley in Toledo lasted one and a half times as long as in Fresno.", ("one and", "four and")),
    ],
    ids=["pace left out", "difference", "sum", "average", "durations"],
)  # fmt: skip
def test_incidents_are_told_apart_and_compared(right, wrong):
    assert flagged(right, TWO) == []
    assert flagged(right.replace(*wrong), TWO) != []


def test_a_day_of_which_no_figure_is_known_is_no_incident_of_its_own():
    one = [*TWO[:5], Fact("report", "2018-06-20", counts="date of the city's report", place="Toledo, OH",
                          period="2018-06-20")]  # fmt: skip
    assert flagged("Five officers fired 60 shots at Amos Tilley, the report of June 20, 2018, found.", one) == []


def test_a_newspaper_named_for_a_city_is_no_place():
    assert flagged("For White residents the rate was 2.4 per million, by The Washington Post's count.", SERIES) == []
