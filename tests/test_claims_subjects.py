"""What the words leave open, any fact may fill; what they say rules out every fact that says another."""

import random

import pytest

from helpers import incidents
from helpers.claims import check_text
from helpers.claims.words import vocabulary
from helpers.facts import Fact

TWO = {"place": "East Cleveland, OH", "period": "2012-11-29", "incident": "russell-williams-2012"}
PAIR = [
    Fact("russell_wounds", 23, "wounds", counts="gunshot wounds to Timothy Russell", **TWO),
    Fact("williams_wounds", 24, "wounds", counts="gunshot wounds to Malissa Williams", **TWO),
]
RATES = [
    Fact("rate_2015", 3.1, "per million residents", counts="rate of fatal police shootings", period="2015"),
    Fact("rate_2023", 3.45, "per million residents", counts="rate of fatal police shootings", period="2023"),
    Fact("few", 24, "shootings", counts="other police shootings with surely fewer shots"),
    Fact("all", 974, "shootings", counts="police shootings in officers' reports"),
]


@pytest.fixture(scope="module")
def reed():
    return incidents.load("dexter-reed-2024").facts


def statuses(text, facts):
    return [claim.status for claim in check_text(text, facts).claims if claim.status != "not a claim"]


@pytest.mark.parametrize(
    "text",
    [
        "Cops blazed away 96 times in 41 seconds.",
        "Four officers let rip.",
        "The shots came from four officers.",
        "Reed's body bore 13 bullet wounds.",
        "It was over in 41 seconds. By then police had fired 96 bullets.",
        "He took 13 bullets.",
        "Officers fired nearly nine police bullets for every one of his.",
    ],
)
def test_a_wording_the_rules_were_not_made_for_is_supported_where_nothing_speaks_against_it(text, reed):
    assert set(statuses(text, reed)) <= {"supported", "rounded", "conflicting sources"}


@pytest.mark.parametrize(
    "text",
    [
        "Four officers were fired.",  # dismissed
        "Officers fired 96 times at Jayland Walker.",
        "Five officers attended the funeral.",
        "The chase lasted 41 seconds.",
        "Reed fired 96 times.",
        "Police fired three shots.",
        "1 13 26 41 96",
    ],
)
def test_a_rival_doer_deed_event_or_person_or_bare_digits_support_nothing(text, reed):
    assert not {"supported", "rounded"} & set(statuses(text, reed))


def test_what_is_counted_of_one_person_says_nothing_of_another():
    assert statuses("Russell was hit 23 times and Williams 24 times.", PAIR) == ["supported", "supported"]
    assert statuses("Russell was hit 24 times and Williams 23 times.", PAIR) == ["contradicted", "contradicted"]
    assert statuses("Together they had 47 wounds.", PAIR) == ["supported"]
    assert statuses("Together they had 48 wounds.", PAIR) == ["contradicted"]


def test_a_number_without_a_unit_takes_that_of_the_one_it_goes_with():
    text = "The toll of fatal police shootings went from 3.1 per million in 2015 to {} in 2023."
    assert statuses(text.format("3.45"), RATES)[2] == "supported"
    assert statuses(text.format("3.95"), RATES)[2] == "contradicted"


def test_a_bound_is_held_against_the_nearest_fact():
    assert statuses("They reported fewer than 900 police shootings.", RATES) == ["contradicted"]
    assert statuses("They reported more than 950 police shootings.", RATES) == ["supported"]


@pytest.mark.parametrize("name", ["Paez Terán", "Paez Teran"])
def test_a_name_is_known_with_its_accents_and_without(name):
    known = [Fact("s", 4, "shots", counts="shots fired by Manuel Paez Terán", incident="manuel-paez-teran-2023")]
    assert statuses(f"{name} fired four shots.", known) == ["supported"]


def test_a_denied_single_shot_is_none():
    known = [Fact("s", 0, "shots", counts="shots fired by Willie McCoy", incident="willie-mccoy-2019")]
    assert statuses("McCoy did not fire a single shot.", known) == ["supported"]
    assert statuses("McCoy fired a single shot.", known) == ["contradicted"]


@pytest.mark.parametrize(("age", "expected"), [("26 years old", "supported"), ("36 years old", "contradicted")])
def test_he_of_whom_a_speaker_tells_is_not_the_speaker(age, expected, reed):
    text = f"“He never came home,” said Lamar Whitby, who runs a barber shop. “He was {age}. A boy.”"
    assert statuses(text, reed) == [expected]


def test_an_hour_of_the_news_is_no_claim(reed):
    assert statuses("Tonight at 10, more on this story.", reed) == []


WORDS = sorted(
    vocabulary(
        """police officers Reed fired hit 96 41 one of the each three half a an second seconds shots , . ; - — " ( ) was
        by at and more than nearly not for every his their who % $ 2024 March 21 once twice dozen O'Neal ½ to from
        between it killed"""
    )
)


@pytest.mark.parametrize("seed", range(60))
def test_no_string_of_words_and_numbers_makes_it_fail_or_lose_an_offset(seed, reed):
    chance = random.Random(seed)
    text = " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 60)))
    for claim in check_text(text, reed).claims:
        assert text[claim.start : claim.end] == claim.text
