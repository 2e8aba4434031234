"""Text made to be slow is read in a time that grows with its length, not faster."""

import sys

import pytest

from helpers import incidents
from helpers.claims import check_text

UNITS = [
    "1 ", "1-", "1. ", "1,", "1/", "1:", "(1) ", "$1 ", "1st ", "1\n", "one ", "one hundred ", "1 of ", "half a ",
    "96 shots, ", "96 shots. ", "Reed 1 ", "about 1 x ", "of the four, ", "not one shot ",
    "He fired 96. They fired 11. ", "For every shot Reed fired, the police fired 9, ", "It took 41 seconds. ",
]  # fmt: skip


def work(text: str, known) -> int:
    """How many calls reading a text takes: a measure that no other work on the machine changes."""
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        check_text(text, known)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("unit", UNITS)
def test_twice_the_text_takes_about_twice_the_work(unit):
    known = incidents.load("dexter-reed-2024").facts
    once, twice = (work((unit * size)[:size], known) for size in (1500, 3000))
    assert twice < 2.3 * once


def test_a_run_of_bare_numbers_is_one_entry_and_no_claim():
    report = check_text("96 41 26 13 " * 10, incidents.load("dexter-reed-2024").facts)
    assert [claim.status for claim in report.claims] == ["not a claim"]


def test_a_number_in_words_beside_a_list_of_a_few_is_still_a_claim():
    report = check_text("Police fired 69 shots (11, 50, 3).", incidents.load("dexter-reed-2024").facts)
    assert report.claims[0].status == "contradicted"


def test_digits_without_end_are_a_serial_number_and_no_crash():
    report = check_text("1" * 5000 + " shots were fired.", incidents.load("dexter-reed-2024").facts)
    assert [claim.status for claim in report.claims] == ["not a claim"]


def test_a_name_before_each_of_many_numbers_is_a_table_and_no_claim():
    report = check_text("Reed 17 Reed 3 Reed 96 Reed 41 " * 6, incidents.load("dexter-reed-2024").facts)
    assert [claim.status for claim in report.claims] == ["not a claim"]


@pytest.mark.parametrize(
    "text", ["one in", "3 out of", "All but one", "For every", "Four (4", "None", "Ninety-six. That"]
)
def test_a_text_that_breaks_off_after_a_number_is_read_without_fault(text):
    check_text(text, incidents.load("dexter-reed-2024").facts)
