"""Holding claims against facts: subjects, conflicts, derived numbers, pins, and what no longer holds."""

import dataclasses

import pytest

from helpers import incidents
from helpers.claims import check, check_text, stale
from helpers.claims.words import LONGEST, sentences, tokens
from helpers.facts import Fact
from helpers.problems import InputError

INCIDENT = {"place": "Chicago, IL", "period": "2024-03-21", "incident": "dexter-reed-2024"}


@pytest.fixture(scope="module")
def reed():
    return incidents.load("dexter-reed-2024").facts


def status(text, facts, of=None):
    claims = [claim for claim in check_text(text, facts).claims if of is None or of in claim.text]
    assert len(claims) == 1, [claim.text for claim in claims]
    return claims[0].status


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Five officers attended the funeral.", "unsupported"),
        ("The hearing lasted 41 seconds.", "unsupported"),
        ("Ninety-six neighbors signed a petition.", "unsupported"),
        ("The report runs to 96 pages.", "unsupported"),
        ("He lived 26 years in the house.", "unsupported"),
        ("A 26-year-old neighbor saw it.", "unsupported"),
        ("Investigators spoke to 13 witnesses.", "unsupported"),
        ("The budget rose by 41 percent.", "unsupported"),
        ("It cost $96.", "unsupported"),
        ("The meeting is on March 21.", "unsupported"),
        ("Four people were arrested.", "unsupported"),
        ("Officers arrived 41 seconds later.", "unsupported"),
    ],
)
def test_a_number_that_merely_occurs_among_the_facts_is_not_supported(text, expected, reed):
    assert status(text, reed) == expected


def test_sources_that_disagree_are_shown_side_by_side(reed):
    (claim,) = check_text("Reed fired 11 shots.", reed).claims
    assert claim.status == "conflicting sources"
    assert "11 shots" in claim.working and "about 10 shots" in claim.working
    assert status("Reed fired 10 or 11 shots.", reed) == "supported"
    assert status("Reed fired 12 shots.", reed) == "contradicted"


def test_another_way_of_counting_is_noted_and_does_not_decide(reed):
    (claim,) = check_text("Police fired about 96 shots.", reed).claims
    assert claim.status == "supported" and "79" in claim.working
    assert status("Police fired 79 shots.", reed) == "conflicting sources"
    assert status("By the officers' own reports, police fired 79 shots.", reed) == "supported"
    assert status("Police fired fewer than 90 shots.", reed) == "contradicted"


def test_a_bound_of_record_bears_no_exact_number(reed):
    assert status("One officer fired at least 50 shots.", reed, "50") == "supported"
    assert status("One officer fired 50 shots.", reed, "50") == "unsupported"
    assert status("One officer fired 40 shots.", reed, "40") == "contradicted"


@pytest.mark.parametrize(
    ("text", "expected", "working"),
    [
        ("Police fired 2.3 shots a second.", "rounded", "96 shots"),
        ("Police fired 3.2 shots a second.", "contradicted", "2.341"),
        ("Police fired 140 shots a minute.", "rounded", "60"),
        ("Officers fired 24 shots per officer.", "supported", "4 officers"),
        ("Police fired nearly nine times as many shots as Reed.", "supported", "11 shots"),
        ("Police fired 85 more shots than Reed.", "supported", "= 85"),
        ("Thirteen percent of police bullets hit Reed.", "contradicted", "13.54 %"),
        ("Four-fifths of the officers fired.", "supported", "5 officers"),
    ],
)
def test_a_derived_number_is_worked_out_and_shown(text, expected, working, reed):
    (claim,) = check_text(text, reed).claims
    assert claim.status == expected and working in claim.working


RATES = [
    Fact("deaths_2022", 1095, "people", counts="people shot and killed by police", place="US", period="2022"),
    Fact("deaths_2023", 1162, "people", counts="people shot and killed by police", place="US", period="2023"),
    Fact("rate_black", 5.9, "per million people", counts="fatal shootings of Black people", period="2015-2023"),
    Fact("rate_white", 2.3, "per million people", counts="fatal shootings of white people", period="2015-2023"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "of", "expected"),
    [
        ("Police shot and killed 1,162 people in 2023.", "1,162", "supported"),
        ("Police shot and killed 1,162 people in 2022.", "1,162", "contradicted"),
        ("Police shot and killed about 1,160 people in 2023.", "1,160", "rounded"),
        ("Police killings rose 6 percent from 2022 to 2023.", "6 percent", "rounded"),
        ("Police killings fell 6 percent from 2022 to 2023.", "6 percent", "contradicted"),
        ("Fatal shootings of Black people came to 5.9 per million.", "5.9", "supported"),
        ("Fatal shootings of white people came to 5.9 per million.", "5.9", "contradicted"),
        ("Fatal shootings of Hispanic people came to 5.9 per million.", "5.9", "unsupported"),
    ],
)
def test_period_group_and_direction_belong_to_the_subject(text, of, expected):
    assert status(text, RATES, of) == expected


def test_a_weekday_beside_a_date_must_be_that_days(reed):
    assert status("Reed was killed on Thursday, March 21.", reed) == "supported"
    (claim,) = check_text("Reed was killed on Friday, March 21.", reed).claims
    assert claim.status == "contradicted" and "Thursday" in claim.working


def test_another_place_or_person_is_another_subject(reed):
    assert status("In Akron, police fired 96 shots.", reed) == "unsupported"
    assert status("Police fired 96 shots at Jayland Walker.", reed) == "unsupported"


def test_a_district_the_record_does_not_know_is_pointed_out(reed):
    assert status("Officers of District 11 came.", reed) == "not a claim"
    (claim,) = check_text("Officers of District 12 came.", reed).claims
    assert claim.status == "unsupported" and "District 11" in claim.working


def test_a_marker_in_markdown_pins_a_number_exactly(tmp_path, reed):
    path = tmp_path / "story.md"
    path.write_text(
        "It came to 96.<!-- fact: shots_by_police (source: COPA) --> It came to 95.<!-- fact: shots_by_police -->"
    )
    first, second = check(path, reed).claims
    assert (first.status, first.pinned, first.fact) == ("supported", True, "shots_by_police")
    assert second.status == "contradicted"


def test_claims_toml_beside_an_article_pins_it(tmp_path, reed):
    path = tmp_path / "story.txt"
    path.write_text("All in all it came to\n96, and the year was bad for 41 reasons.")
    (tmp_path / "claims.toml").write_text(
        '[[claim]]\nsentence = "All in all it came to 96"\nnumber = "96"\nfact = "shots_by_police"\nsource = "COPA"\n'
    )
    claims = check(path, reed).claims
    assert [(claim.text, claim.status, claim.pinned) for claim in claims] == [
        ("96", "supported", True),
        ("41 reasons", "unsupported", False),
    ]


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("[[claim]\n", "not readable TOML"),
        ('[[claim]]\nsentence = "It came to 96."\n', "no fact"),
        ('[[claim]]\nsentence = "It came to 96."\nfact = "shots_by_police"\nnote = "x"\n', "'note' means nothing"),
        ('[[claim]]\nsentence = "It came to 96."\nfact = "shots"\n', "no fact is named shots"),
        ('[[claim]]\nsentence = "Another sentence."\nfact = "age"\n', "no such number"),
        ("claims = 1\n", "only [[claim]]"),
    ],
)
def test_a_pin_that_ties_nothing_is_refused(tmp_path, reed, toml, told):
    path = tmp_path / "story.txt"
    path.write_text("It came to 96.")
    (tmp_path / "story.claims.toml").write_text(toml)
    with pytest.raises(InputError, match=r"claims\.toml") as caught:
        check(path, reed)
    assert told in str(caught.value)


def test_what_a_rerun_makes_stale_is_named(tmp_path, reed):
    path = tmp_path / "story.txt"
    path.write_text("Police fired about 96 shots in 41 seconds.")
    now = [dataclasses.replace(fact, value=104) if fact.name == "shots_by_police" else fact for fact in reed]
    found = stale(check(path, reed), check(path, now))
    assert [(item.now.text, item.before.status, item.now.status) for item in found] == [
        ("about 96 shots", "supported", "contradicted")
    ]
    assert not stale(check(path, reed), check(path, reed))


def test_a_list_without_a_stop_is_read_in_pieces_so_that_time_grows_with_its_length(reed):
    text = "96 shots, " * 300
    assert len(check_text(text, reed).claims) == 300
    assert all(sentence.last - sentence.first <= LONGEST + 1 for sentence in sentences(text, tokens(text)))


def test_days_of_something_else_are_not_held_against_the_seconds_of_gunfire_told_before(reed):
    text = "Police fired 96 shots. The officers were placed on 30 days of desk duty."
    assert status(text, reed, "30") == "unsupported"
    assert status("Police fired 96 shots over 30 days.", reed, "30") == "contradicted"
