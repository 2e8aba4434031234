"""Who did it, who said so, which days: a number is borne where its words fit, and not where they name a rival."""

import pytest

from tests.test_claims_within import FACTS, flagged

# Each mechanism with words that hold of the record (72 shots by six of seven officers, 8 by Vane, 9 wounds), and with
# a number or a side changed so that they do not.
HOLDS = {
    "days after what a source put out": (
        "The suit came 60 days after the shooting and 44 days after the Review Board gave its findings.",
        "The suit came 60 days after the shooting and 60 days after the Review Board gave its findings.",
    ),
    "days behind an event, the date beside it": (
        "Some two months after Vane was killed, on July 3, 2021, his family filed its lawsuit.",
        "Some two months after Vane was killed, on May 4, 2021, his family filed its lawsuit.",
    ),
    "the day of the gap's own event": (
        "The family sued on July 3, about two months after the shooting on May 4.",
        "The family sued on July 3, about two months after the shooting on May 14.",
    ),
    "said of all of a group": ("All six who fired were sent home.", "All seven who made the stop fired."),
    "said of each of a group": ("Each of the six officers fired.", "Each of the seven officers fired."),
    "said of none of a group": ("None of the seven was named.", "None of the seven fired."),
    "those who fired are so many": (
        "Among the six who fired, it comes to 12 shots each.",
        "Among the seven who fired, it comes to 12 shots each.",
    ),
    "those at the stop are so many": ("Of the seven at the stop, six fired.", "Of the six at the stop, six fired."),
    "each, with a time behind": (
        "The six officers fired about 12 times each over 24 seconds.",
        "The six officers fired about 72 times each over 24 seconds.",
    ),
    "a source's own number": ("Set against the CRB's 72, it is little.", "Set against the CRB's 40, it is little."),
    "a number that a source spoke of": (
        "The officers say nothing of the 8 the Tulsa World reported.",
        "The officers say nothing of the 6 the Tulsa World reported.",
    ),
    "a number ascribed to somebody": (
        "By the board's count police fired nine times as many shots as the 8 attributed to Vane.",
        "By the board's count police fired nine times as many shots as the 12 attributed to Vane.",
    ),
    "a bare number beside a source of one count": (
        "How often did Vane fire? The Tulsa World says eight.",
        "How often did Vane fire? The Tulsa World says nine.",
    ),
    "by so many of them": (
        "Of the seven who made the stop, shots were fired by six.",
        "Of the seven who made the stop, shots were fired by five.",
    ),
    "by one officer, an aside between": (
        "At least 40 rounds were fired, KOTV has said, by one officer, who reloaded more than once.",
        "At least 40 rounds were fired, KOTV has said, by two officers, who reloaded more than once.",
    ),
    "one officer, of whom the next words tell": (
        "One of the officers fired again and again. KOTV puts his share at 40 shots or more.",
        "Two of the officers fired again and again. KOTV puts their share at 40 shots or more.",
    ),
    "another doer than the source's": (
        "KOTV reported that an officer fired at least 40 rounds.",
        "KOTV reported that Vane fired at least 40 rounds and that an officer reloaded more than once.",
    ),
    "shot at by police": (
        "A man shot at about 72 times by police was buried.",
        "A man shot at about 8 times by police was buried.",
    ),
    "a headline and its question": (
        "Seventy-two or 58? How many times police fired at Vane is in dispute.",
        "Seventy-two or 58? How many times Vane fired at police is in dispute.",
    ),
    "a headline that asks how often": (
        "72 or 58? How often police shot at Vane is in dispute.",
        "72 or 28? How often police shot at Vane is in dispute.",
    ),
    "those who made the stop": (
        "Of the seven who made the stop, all but one are said to have used their guns.",
        "Of the six who made the stop, all but one are said to have used their guns.",
    ),
    "an answer without its verb": (
        "Were any officers shooting? Six of the officers were, in the street.",
        "Did all of the officers fire? Seven of them did, in the street.",
    ),
    "all but an exception": (
        "Seven officers made the stop. All of them fired, with a single exception.",
        "Seven officers made the stop. All of them fired, with two exceptions.",
    ),
    "a sum that comes to so many": (
        "That is three a second. Add up the officers' own reports and the sum comes to about 58.",
        "That is three a second. Add up the officers' own reports and the sum comes to about 38.",
    ),
    "a time beside its shots": ("Her sign read: 72 over 24 seconds.", "Her sign read: 72 over 42 seconds."),
    "a title's time": ("Twenty-four seconds: what a stop became.", "Ninety seconds: what a stop became."),
    "the tens of a number": ("Seventy-odd bullets, a neighbor said.", "Sixty-odd bullets, a neighbor said."),
    "an idiom of nearness": ("Police fired not far short of 75 rounds.", "Police fired not far short of 95 rounds."),
    "each is no difference": ("They fired 12 rounds each.", "They fired 14 rounds each."),
    "a share of what was fired": (
        "KOTV's one officer fired more than half of all that the police fired.",
        "KOTV's one officer fired more than four-fifths of all that the police fired.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("true", "false"), HOLDS.values(), ids=HOLDS)
def test_a_number_is_borne_where_no_rival_is_named_and_not_where_one_is(true, false):
    assert not flagged(true)
    assert flagged(false)


@pytest.mark.parametrize(
    "text",
    ["TULSA, Okla., June 9 (Prairie Wire) - The family sued.", "UPDATE 3-Police fired 72 shots, board says",
     "The suit leans on Section 1983, a law of long ago."],
)  # fmt: skip
def test_a_wires_mark_and_a_dateline_claim_nothing(text):
    assert not flagged(text)


def test_a_date_may_be_written_in_words():
    assert not flagged("On May fourth, twenty twenty-one, police pulled Vane over.")
    assert flagged("On May fifth, twenty twenty-one, police pulled Vane over.")
    assert flagged("On May fourth, twenty nineteen, police pulled Vane over.")


def test_what_stands_before_a_sentence_narrows_no_number_in_it():
    assert not flagged("It was Vane who fired first. Six officers fired back.")


def test_the_record_of_these_tests_has_two_counts_of_the_shots():
    assert {fact.value for fact in FACTS if fact.name == "shots_by_police"} == {72, 58}
