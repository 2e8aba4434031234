"""Series, groups and several incidents: each mechanism with words that are true, and with one number that is not."""

import pytest

from helpers.claims import check_text
from helpers.facts import Fact
from tests.test_claims_coordinates import COUNTS, GROUPS, NOTE, RATES, SERIES, TWO, flagged

FILE = {"place": "Omaha", "period": "2005-03-01 to 2020-08-31"}
OMAHA = [
    Fact("all", 400, "shootings", counts="police shootings in officers' reports", **FILE),
    Fact("under_four", 300, "shootings", counts="police shootings with fewer than 4 shots", **FILE),
    Fact("most", 52, "shots", counts="most shots by police in one shooting", **FILE),
]
VANE = [
    Fact("date", "2021-05-04", counts="date of the shooting of Marcus Vane", place="Omaha, NE", period="2021-05-04"),
    Fact("shots_by_police", 60, "shots", counts="shots fired by police at Marcus Vane", place="Omaha, NE",
         period="2021-05-04"),
]  # fmt: skip
RATIO = Fact("ratio_black_to_white", 3.12, "times", counts="rate of fatal police shootings for Black people over that "
             "for White people", period="2017-2021", place="30 places", note=NOTE.format(2.6, 3.7))  # fmt: skip
EDGE = [fact for fact in TWO if "Tilley" not in fact.counts] + [
    Fact(fact.name, fact.value, fact.unit, counts=fact.counts, place="North Bramhall, OH", period=fact.period,
         source=fact.source) for fact in TWO if "Tilley" in fact.counts]  # fmt: skip
REHEARSED = Fact("shots_in_log", 75, "shots", counts="police shots in the log", status="simulated", source="Simulator")

CASES = {
    "a year earlier": (SERIES, "Police killed 260 people in 2021, up from 230 a year earlier.", ("230", "210")),
    "a year's own count, no average": (
        SERIES, "From 2017 through 2019 the count stayed below 250 every year, touching bottom at 190 in 2018.",
        ("at 190", "at 200")),
    "a mark that each year stays under": (
        SERIES, "From 2017 through 2019 the count of fatal police shootings stayed below 250 every year.",
        ("250", "201")),
    "a rise between the two that are told": (
        SERIES, "Police killed 260 people in 2021, up from 230 the year before, an increase of about 13 percent.",
        ("13 percent", "24 percent")),
    "more officers than in the other": (
        TWO, "Put side by side, the Toledo shooting has 36 more shots and two more officers than that in Fresno.",
        ("two more", "three more")),
    "a year told by when": (
        SERIES, "Compared with 2019, when 200 people were killed by police, the 2021 figure is higher by 60.",
        ("200", "260")),
    "an interval beside another year's": (
        SERIES, "For 2021, the 95 percent interval runs from 4.69 to 5.42 per million; for 2018, when the rate was "
        "3.8, it was narrower.", ("5.42", "5.92")),
    "a group's number beside that of the one it is set against": (
        GROUPS, "Black people were the largest group, with 300 fatal police shootings to 240 of White people.",
        ("300", "160")),
    "that year and the next": (
        SERIES, "Nobody forgets 2019. Police killed 200 people that year and 230 the next.", ("230", "260")),
    "a bound is of the year told": (
        SERIES, "Nobody forgets 2020. Police killed more than 220 people that year.",
        ("more than 220", "fewer than 220")),
    "a bound on every year of a stretch": (
        [*COUNTS], "Every year from 2018 through 2019 ended with fewer than 250 fatal shootings.", ("2019", "2021")),
    "a bound is near what it bounds": (
        SERIES, "In 2021 more than 250 people were shot dead by police.", ("more than 250", "more than 110")),
    "a rate over people is a year's": (
        GROUPS, "Black residents of the 30 places were shot dead at a rate of 7.5 per million a year.",
        ("a year", "a month")),
    "what a group is only compared with": (
        GROUPS, "Hispanic residents were shot dead at 3.2 per million a year, less than half of that for Black ones.",
        ("3.2", "2.4")),
    "above and below": (
        GROUPS, "Black residents were shot dead at 7.5 per million a year; for Hispanic residents it was 57 percent"
        " below the Black rate.", ("below", "above")),
    "the limits of one interval": (
        [*GROUPS, RATIO, *RATES],
        "The ratio was 3.12 for Black people, and its 95 percent interval runs from 2.6 up to 3.7.",
        ("3.7", "5.42")),
    "the first figure and the second": (
        [*GROUPS, RATIO], "For Black residents the rate was 7.5 per million a year and for White ones 2.4. The first"
        " figure is about 3.1 times the second.", ("3.1", "4.6")),
    "a place in a row": (SERIES, "The toll was 260 in 2021. It was the third consecutive annual increase.",
                         ("third", "fifth")),
    "so many in a row": (SERIES, "The toll has risen since 2018, three years in a row.", ("three", "five")),
    "the rest of a whole": (
        OMAHA, "In 300 of the Omaha shootings, police fired three shots at most. That leaves 100 in which they fired"
        " four times or more.", ("100", "140")),
    "none over the most": (OMAHA, "In 400 Omaha shootings, there was none in which police fired more than 52 shots.",
                           ("52", "45")),
    "never reached": (OMAHA, "In 400 Omaha shootings, officers never reached 55 shots.", ("55", "50")),
    "the length of a period": (OMAHA, "Nothing in more than 15 years of the reports from Omaha matches it.",
        ("15", "25")),
    "days from the end of a period": (
        [*OMAHA, *VANE], "Marcus Vane was shot eight months after the files end.", ("eight", "18")),
    "by so many over the most": (
        [*OMAHA, *VANE], "The most in the Omaha files is 52 shots. The shooting of Marcus Vane would top it by eight.",
        ("by eight", "by 18")),
    "a place of the record that no list has": (
        EDGE, "In Fresno police fired 24 rounds. In North Bramhall, five officers fired 60 rounds.", ("60", "24")),
    "numbers behind a colon": (
        TWO, "The firing in Toledo lasted longer than that in Fresno: 6 seconds against 4.",
        ("against 4", "against 5")),
    "a share of another incident's": (
        TWO, "In Fresno police fired about two-fifths of what was fired in Toledo.", ("two", "three")),
    "a sum has its own words": (
        TWO, "In Toledo five officers fired at Tilley, and in Fresno three: 24 rounds in all.", ("five", "eight")),
}  # fmt: skip


@pytest.mark.parametrize(("known", "right", "wrong"), CASES.values(), ids=CASES)
def test_what_holds_of_a_series_or_of_two_incidents_stands_and_what_does_not_is_flagged(known, right, wrong):
    assert wrong[0] in right
    assert flagged(right, known) == []
    assert flagged(right.replace(*wrong), known) != []


def test_simulated_facts_bear_nothing_of_an_article_about_real_events():
    text = "Police fired 75 shots at Amos Tilley in Toledo."
    assert flagged(text, [*TWO, REHEARSED]) == ["75 shots"]
    assert flagged("In the simulated log police fired 75 shots.", [REHEARSED]) == []


def test_the_most_of_many_bears_no_bound_of_other_shots():
    assert flagged("One officer alone shot more than 45 times.", OMAHA) != []


def test_a_person_named_in_the_title_of_a_source_is_no_source():
    titled = [Fact(fact.name, fact.value, fact.unit, fact.qualifier, fact.counts, place=fact.place, period=fact.period,
                   source="Jury clears officers in death of Amos Tilley") for fact in TWO[:5]]  # fmt: skip
    early = Fact("wounds", 28, "wounds", "at_least", "wounds of Amos Tilley, by an early figure", place="Toledo, OH",
                 period="2018-05-02", source="Early police figure")  # fmt: skip
    text = "The autopsy found 20 wounds on Tilley, after the police had first put the figure at 28 or more."
    assert flagged(text, [*titled, early]) == []


def test_the_lot_number_before_a_compass_letter_is_an_address():
    [claim] = check_text("He keeps a shop at 4310 N.", COUNTS).claims
    assert (claim.status, claim.text) == ("not a claim", "4310 N")
