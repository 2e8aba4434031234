"""Sentences about the Reed shooting, true and false by the facts of record, in many wordings."""

import importlib

import pytest

from helpers import incidents
from helpers.claims import check_text

TRUE = [
    "Some 96 shots rang out over 41 seconds.",
    "In 41 seconds, officers fired 96 shots.",
    "It took 41 seconds for four officers to fire 96 times.",
    "The 26-year-old was hit 13 times.",
    "An officer fired at least 50 of the 96 shots.",
    "A team of five officers pulled Reed over.",
    "Five members of a tactical team stopped Reed.",
    "Reed fired 10 or 11 times before officers fired about 96.",
    "A 96-shot barrage killed Dexter Reed, 26.",
    "Reed, who was 26, suffered 13 gunshot wounds.",
    "Police shot at Reed 96 times.",
    "Police fired on Reed about 96 times in 41 seconds, hitting him 13 times.",
    "Reed was shot at least 13 times.",
    "The officers fired an average of 24 shots per officer.",
    "Four Chicago police officers shot 96 times at Dexter Reed.",
    "Four of the officers opened fire.",
    "One officer was hurt; four fired.",
    "Four cops unloaded nearly 100 bullets on the 26-year-old in less than a minute.",
    "Police say Reed fired first, wounding one officer in the forearm.",
    "The police fired roughly nine times as many bullets as Reed did.",
    "On Thursday, March 21, 2024, five officers stopped Reed.",
    "On March 21, Dexter Reed was killed.",
    "The lawsuit was filed on April 24.",
    "The traffic stop happened March 21.",
    "It lasted 41 seconds and 96 shots were fired.",
    "Officers fired more than 2 shots every second for 41 seconds.",
    "At least three of the shots were fired when Reed was motionless.",
    "The autopsy counted 13 wounds on his body.",
    "More than four-fifths of the bullets missed him.",
    "Ninety-six times, police fired.",
    "He was shot 13 times.",
    "Nearly 100 shots. Forty-one seconds. Four officers who fired.",
    "The number of officers who fired was four.",
    "Officers involved in the stop: five.",
    "Shots fired by police: 96.",
    "Between them, four officers fired 96 rounds.",
    "One officer alone fired more than half the shots.",
    "An alderman said Reed fired 11 shots.",
    "The 26-year-old man was killed in a hail of 96 bullets.",
    "One of the five officers was struck by a bullet.",
    "Four out of five officers fired.",
    "Only one officer was wounded.",
    "The gunfire, which lasted 41 seconds, wounded one officer.",
    "Reed had fired on the officers about 10 times, according to WGN.",
    "Police returned fire, shooting 96 times in 41 seconds.",
    "Dexter Reed (26) died March 21, 2024.",
    "Police fired 96 rounds, COPA said on a Tuesday.",
    "The officers who fired numbered four.",
    '"They fired 96 times," she said.',
    "All told, the four officers fired 96 bullets.",
    "About 8.7 times as many shots were fired by police as by Reed.",
    "Five officers in an unmarked car stopped Reed and four of them fired.",
    "Four officers fired their guns a combined 96 times.",
    "Four officers fired guns during the stop; the fifth did not.",
    "Officers' guns were fired 96 times.",
    "Reed died in a hail of 96 bullets.",
    "Police shot 96 bullets at him, 13 of which hit.",
    "Ninety-six. That is how many times police pulled the trigger.",
    "Police opened fire. It took them 41 seconds.",
    "Five officers made the stop, and all but one of them fired.",
    "Investigators believe Reed fired first, about eleven times.",
    "COPA said that Reed fired first before officers responded by firing 96 shots.",
    "Reed fired first and officers responded with as many as 96 shots.",
    "For every shot Reed fired, the police fired roughly nine.",
    "Police fired some 85 rounds more than Reed did.",
    "Four (4) of the officers fired.",
    "Three of the rounds were discharged after Reed had ceased to move.",
    "The five-member team was in plain clothes.",
    "A fifth officer was struck in the forearm.",
    "Reed's own gun had gone off 11 times.",
    "The family sued on April 24, about a month after the shooting on March 21.",
    "The traffic stop left one man dead and one officer injured.",
    "One officer is responsible for more than half of the shots, at least 50 by the agency's count.",
    "The police side of it: about 96 shots from four guns.",
]

FALSE = [
    "The officers fired 96 times. The busiest of them fired no fewer than 65 times.",
    "Five officers fired 96 shots.",
    "Reed was hit 96 times.",
    "Four officers were struck.",
    "Four officers were wounded by Reed.",
    "Reed fired 96 shots at police.",
    "An officer was shot 13 times.",
    "The stop lasted 41 seconds.",
    "The officer, 26, was shot.",
    "Police fired 13 shots.",
    "Police fired 41 shots in 96 seconds.",
    "Officers waited 41 seconds before calling an ambulance.",
    "Police fired 96 shots in 4 minutes.",
    "Eleven officers fired.",
    "One officer fired 96 times.",
    "Police fired more than 100 shots.",
    "Police fired a dozen shots.",
    "Reed fired dozens of shots.",
    "Officers reloaded 96 times.",
    "The lawsuit was filed March 21.",
    "Reed was killed on April 24.",
    "The video was released March 21.",
    "Thirteen officers were hit.",
    "Reed was 41.",
    "Reed fired at least 50 shots.",
    "Three shots were fired in all by police.",
    "Police hit Reed 50 times.",
    "Police fired 50 shots.",
    "About half of the bullets hit Reed.",
    "Reed fired nine times as many shots as police.",
    "Each officer fired 96 shots.",
    "Four of the shots struck Reed.",
    "In Memphis, police fired 96 shots.",
    "Four people were shot.",
    "Five of the five officers fired.",
    "The 26-year-old officer fired first.",
    "Officers fired 96 percent of the shots.",
    "96 officers fired.",
    "Police fired 96 shots after Reed stopped moving.",
    "Police fired 0.23 shots a second.",
    "Police fired nearly 96,000 shots.",
    "Ninety-six bullets hit Reed.",
    "Police fired 11 shots and Reed fired 96.",
    "Ninety-six. That is how many times Reed pulled the trigger.",
    "Police opened fire. It took them 61 seconds.",
    "Five officers made the stop, and all but two of them fired.",
    "For every shot Reed fired, the police fired roughly fifteen.",
    "Police fired some 55 rounds more than Reed did.",
    "Four (5) of the officers fired.",
    "Thirty of the rounds were discharged after Reed had ceased to move.",
    "The seven-member team was in plain clothes.",
    "Ninety-six casings found in the car are thought to have come from Reed's weapon.",
    "Reed's own gun had gone off 16 times.",
    "The family sued on April 24, about two months after the shooting on March 21.",
    "Fourteen police cars were hit.",
    "One officer is responsible for more than half of the shots, at least 80 by the agency's count.",
    "None missed.",
]


@pytest.fixture(scope="module")
def facts():
    return incidents.load("dexter-reed-2024").facts


def wrong(text, facts):
    return [claim for claim in check_text(text, facts).claims if claim.status in ("contradicted", "unsupported")]


@pytest.mark.parametrize("sentence", TRUE)
def test_a_true_sentence_is_not_flagged(sentence, facts):
    report = check_text(sentence, facts)
    assert not wrong(sentence, facts)
    assert any(claim.status in ("supported", "rounded", "conflicting sources") for claim in report.claims)


@pytest.mark.parametrize("sentence", FALSE)
def test_a_false_sentence_is_flagged(sentence, facts):
    assert wrong(sentence, facts)


def test_a_duration_through_which_something_happened_is_no_gap(facts):
    text = "Four officers fired 96 times over 41 seconds after Dexter Reed wounded one of their colleagues."
    assert not wrong(text, facts)
    assert wrong(text.replace("41", "14"), facts)


def test_days_between_two_dates_of_record_are_worked_out(facts):
    assert not wrong("The family sued just over a month after the shooting.", facts)
    assert wrong("The family sued just over a year after the shooting.", facts)


def test_a_bound_far_off_is_not_let_stand(facts):
    assert not wrong("Police fired more than 90 shots.", facts)
    assert wrong("Police fired more than 20 shots.", facts)


def test_officers_who_came_may_be_those_who_fired_only_where_the_number_fits(facts):
    only = [fact for fact in facts if fact.name != "officers_in_stop"]
    assert not wrong("Four Chicago cops rounded the corner and saw Reed.", only)
    assert wrong("Seven Chicago cops rounded the corner and saw Reed.", only)


def test_a_sentence_said_again_is_read_as_it_was_the_first_time(facts, monkeypatch):
    text = "Five officers made the stop. Four fired. They fired 96 times. He fired 11. It took them 41 seconds.\n\n" * 9
    once = [(claim.text, claim.status, claim.working) for claim in check_text(text, facts).claims]
    monkeypatch.setattr(importlib.import_module("helpers.claims.check"), "twins", _each_alone)
    assert [(claim.text, claim.status, claim.working) for claim in check_text(text, facts).claims] == once


def _each_alone(scene):
    for quantity in scene.quantities:
        if not quantity.reason:
            scene.describe(quantity)
    return list(range(len(scene.sentences)))


def test_what_a_number_counts_beside_the_police_is_no_officer(facts):
    report = check_text("Gunfire damaged four police cars.", facts)
    assert [claim.status for claim in report.claims] == ["unsupported"]


def test_whoever_is_pulled_over_is_not_the_one_who_fired(facts):
    report = check_text("The officers pulled over Reed and fired 96 times.", facts)
    assert [claim.status for claim in report.claims] == ["supported"]
