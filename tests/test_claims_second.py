"""The second reading: what bears a number whose words the first reading did not know, and what still does not."""

import pytest

from helpers.claims import check_text
from helpers.claims.names import labelled
from helpers.facts import Fact

WHERE = {"place": "Chicago, IL", "period": "2024-03-21"}
AKRON = {"place": "Akron, OH", "period": "2022-06-27"}
# Figures of record about two shootings; neither names an incident's id, as a newsroom's own file would not.
REED = [
    Fact("age", 26, "years", counts="Dexter Reed's age", source="CNN", **WHERE),
    Fact("date", "2024-03-21", counts="date of the shooting", source="CNN", **WHERE),
    Fact("lawsuit_filed", "2024-04-24", counts="date the family's lawsuit was filed", source="Press reports", **WHERE),
    Fact("shots_by_police", 96, "shots", "approx", "shots fired by police", "reported", source="COPA", **WHERE),
    Fact("shots_by_police", 79, "shots", "approx", "shots fired by police", "self-reported", source="CWB", **WHERE),
    Fact("firing_span", 41, "s", counts="time over which police fired", source="COPA", **WHERE),
    Fact("officers_in_stop", 5, "officers", counts="officers who made the stop", source="COPA", **WHERE),
    Fact("officers_fired", 4, "officers", counts="officers who fired", source="COPA", **WHERE),
    Fact("shots_by_others", 11, "shots", counts="shots fired by Dexter Reed", source="Chicago Sun-Times", **WHERE),
    Fact("one_officer_shots", 50, "shots", "at_least", "shots fired by one officer", source="ABC7 Chicago", **WHERE),
    Fact("wounds", 13, "wounds", counts="gunshot wounds found at the autopsy", source="CBS Chicago", **WHERE),
    Fact("district", "District 11", counts="police district of the unit", source="COPA", **WHERE),
]
WALKER = [
    Fact("date", "2022-06-27", counts="date of the shooting of Jayland Walker", source="CNN", **AKRON),
    Fact("shots_by_police", 94, "shots", counts="shots fired by police at Jayland Walker", source="CNN", **AKRON),
    Fact("firing_span", 6.7, "s", counts="time over which police fired at Jayland Walker", source="CNN", **AKRON),
    Fact("officers_fired", 8, "officers", counts="officers who fired at Jayland Walker", source="CNN", **AKRON),
    Fact("wounds", 46, "wounds", counts="gunshot wounds of Jayland Walker", source="Medical examiner", **AKRON),
]
TWO = [*[one for one in REED if one.name not in ("one_officer_shots",)], *WALKER]
RATES = [
    Fact("deaths_2015", 995, "fatal police shootings", counts="fatal police shootings", period="2015"),
    Fact("deaths_2016", 958, "fatal police shootings", counts="fatal police shootings", period="2016"),
    Fact(
        "rate_black",
        6.57,
        "per million Black residents a year",
        counts="rate of fatal police shootings of Black people",
    ),
    Fact(
        "rate_white",
        2.49,
        "per million White residents a year",
        counts="rate of fatal police shootings of White people",
    ),
]


def statuses(text, known=REED):
    """The text and the status of each claim."""
    return {claim.text: claim.status for claim in check_text(text, known).claims}


def flagged(text, known=REED):
    """The numbers of a text that a reporter would be shown as wrong."""
    return [text for text, status in statuses(text, known).items() if status in ("contradicted", "unsupported")]


# Each mechanism with words in which it holds, and with one number changed so that it does not.
HOLDS = {
    "the source beside a bare number": (
        "Reed's shots were counted by their casings. The Sun-Times makes it 11.",
        "Reed's shots were counted by their casings. The Sun-Times makes it 17.",
    ),
    "a source told of somebody else's shots": (
        "He emptied his gun, and in the end he had let off at least 50 rounds, ABC7 says.",
        "He emptied his gun, and in the end he had let off at least 80 rounds, ABC7 says.",
    ),
    "two counts and their difference": (
        "The officers' own reports add up to 79 shots, 17 fewer than the 96 that COPA counts.",
        "The officers' own reports add up to 79 shots, 27 fewer than the 96 that COPA counts.",
    ),
    "the way of a difference": (
        "The officers' own reports add up to 79 shots, 17 fewer than COPA's 96.",
        "The officers' own reports add up to 79 shots, 17 more than COPA's 96.",
    ),
    "a gap between two counts": (
        "CWB found 79 shots in the officers' own reports. COPA's figure is 96, a gap of 17.",
        "CWB found 79 shots in the officers' own reports. COPA's figure is 96, a gap of 27.",
    ),
    "what one officer leaves for the others": (
        "One officer fired at least 50 of the 96 shots, so the other three fired 46 at most.",
        "One officer fired at least 50 of the 96 shots, so the other three fired 66 at most.",
    ),
    "an average for each": (
        "Police fired about 96 times at Reed. That comes to about 24 rounds apiece.",
        "Police fired about 96 times at Reed. That comes to about 42 rounds apiece.",
    ),
    "who held fire": (
        "Five officers made the stop. A single officer held fire.",
        "Five officers made the stop. Three officers held fire.",
    ),
    "a proportion of wounds and shots": (
        "Police fired 96 rounds and Reed had 13 wounds: one wound for roughly every seven rounds.",
        "Police fired 96 rounds and Reed had 13 wounds: one wound for roughly every three rounds.",
    ),
    "one for every so many years of a life": (
        "The autopsy counted 13 wounds, one for every two years he had lived.",
        "The autopsy counted 13 wounds, one for every three years he had lived.",
    ),
    "so many to one": (
        "Reed fired 11 times and police 96. They outshot him by nearly nine to one.",
        "Reed fired 11 times and police 96. They outshot him by nearly twenty to one.",
    ),
    "days between two dates": (
        "The family sued almost five weeks after the shooting.",
        "The family sued almost nine weeks after the shooting.",
    ),
    "the firing, whatever else is told": (
        "For 41 seconds police fired at a man pulled over for a seat belt.",
        "For 71 seconds police fired at a man pulled over for a seat belt.",
    ),
    "an echo of a number told before": (
        'Police fired 96 shots at Reed.\n\n"Ninety-six," said a neighbor.',
        'Police fired 96 shots at Reed.\n\n"Sixty-six," said a neighbor.',
    ),
    "a name of a district in words": ("The unit is of the Eleventh District.", "The unit is of the Seventh District."),
}


@pytest.mark.parametrize(("true", "false"), HOLDS.values(), ids=HOLDS)
def test_a_reckoning_in_an_articles_own_words_is_borne_and_a_false_one_is_not(true, false):
    assert flagged(true) == []
    assert flagged(false)


ACROSS = {
    "each number is of the man beside it": (
        "That is 14 shots a second at Walker and a little more than two at Reed.",
        "That is 14 shots a second at Reed and a little more than two at Walker.",
    ),
    "the one and the other": (
        "Compare Reed with Walker. The one took 41 seconds, the other 6.7 seconds.",
        "Compare Reed with Walker. The one took 6.7 seconds, the other 41 seconds.",
    ),
    "a sum over both": (
        "Between them, Reed and Walker were shot at 190 times.",
        "Between them, Reed and Walker were shot at 290 times.",
    ),
    "twice as many officers": (
        "In Akron, eight officers fired at Walker, twice as many as at Reed.",
        "In Akron, eight officers fired at Walker, three times as many as at Reed.",
    ),
    "who is shot at does not shoot": (
        "Akron police fired 94 shots at Jayland Walker.",
        "Akron police fired 49 shots at Jayland Walker.",
    ),
}


@pytest.mark.parametrize(("true", "false"), ACROSS.values(), ids=ACROSS)
def test_of_two_incidents_a_number_goes_with_the_one_named_nearest(true, false):
    assert flagged(true, TWO) == []
    assert flagged(false, TWO)


def test_a_number_is_of_the_group_named_nearest():
    told = "Black people were killed at a rate of {} per million a year, white people at {}."
    assert flagged(told.format(6.57, 2.49), RATES) == []
    assert len(flagged(told.format(2.49, 6.57), RATES)) == 2


def test_a_sum_and_an_average_over_years_are_borne():
    assert flagged("From 2015 to 2016 the Post counted 1,953 fatal shootings, about 980 a year.", RATES) == []
    assert flagged("From 2015 to 2016 the Post counted 2,953 fatal shootings.", RATES)


def test_the_working_of_a_reckoning_names_its_facts():
    claim = check_text("The officers' reports add up to 79 shots, 17 fewer than COPA's 96.", REED).claims[1]
    assert claim.working.endswith("= 17; the source says about")
    assert [fact.value for fact in claim.facts] == [96, 79]


@pytest.mark.parametrize(
    "text",
    [
        "They should have thought twice.",
        "The two tallies do not agree.",
        "A single bullet can leave more than a single wound.",
        "Residents may dial 311 or call ABC 7.",
        "Not one of the officers was charged.",
        "It happened a quarter of a century ago.",
    ],
)
def test_a_remark_claims_nothing(text):
    assert flagged(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Reed fired 96 times.",
        "Reed fired at least 50 rounds, ABC7 says.",
        "Four officers fired at least 50 times each, ABC7 says.",
        "He alone is responsible for all 96, COPA says.",
        "Five officers opened fire, COPA says.",
        "Reed was shot twice.",
        "Police fired fewer than 90 shots over 41 seconds.",
        "Three officers pulled up beside him.",
    ],
)
def test_digits_that_fit_another_fact_bear_nothing_where_a_rival_is_named(text):
    assert flagged(text)


def test_cases_are_no_casings():
    assert statuses("None of these cases is a sample.") in ({}, {"None of these cases": "not a claim"})


def test_a_file_without_incident_ids_tells_its_incidents_apart():
    assert flagged("Police shot at Jayland Walker 94 times and at Dexter Reed 96 times.", TWO) == []
    assert flagged("Police shot at Jayland Walker 96 times and at Dexter Reed 94 times.", TWO)


def test_the_name_of_a_district_is_read_both_ways_round():
    assert (
        labelled("District 11") == labelled("the 11th District") == labelled("Eleventh District") == ("district", "11")
    )
    assert labelled("AR-15") == ("", "")
