"""Numbers as an article writes them, and the ones that are no claims."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.claims import check_text
from helpers.claims.hedges import Written, fits, grain
from helpers.claims.names import spans
from helpers.claims.numerals import numeral
from helpers.claims.quantities import quantities
from helpers.claims.words import sentences, stem, tokens, vocabulary


def read(text):
    return quantities(tokens(text), spans(text))


def only(text):
    found = [quantity for quantity in read(text) if not quantity.reason]
    assert len(found) == 1, [text[q.start : q.end] for q in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("96 shots", 96),
        ("1,162 people", 1162),
        ("ninety-six shots", 96),
        ("one hundred and five shots", 105),
        ("two thousand three hundred twelve people", 2312),
        ("a dozen officers", 12),
        ("half a dozen officers", 6),
        ("two dozen officers", 24),
        ("1.2 million people", 1_200_000),
        ("a hundred rounds", 100),
        ("fired twice", 2),
        ("2 1/2 shots a second", 2.5),
        ("two and a half shots a second", 2.5),
        ("half of the shots", 0.5),
        ("two-thirds of the shots", 2 / 3),
        ("a quarter of the shots", 0.25),
        ("a pair of officers", 2),
        ("no officers were hit", 0),
    ],
)
def test_a_number_in_words_or_digits_has_its_value(text, value):
    assert only(text).written.low == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("a 41-second period", "duration", 41),
        ("0.7 minutes", "duration", 42),
        ("half a minute", "duration", 30),
        ("two-thirds of a minute", "duration", 40),
        ("less than a minute", "duration", 60),
        ("a 26-year-old man", "age", 26),
        ("Dexter Reed, 26, was there", "age", 26),
        ("a man aged 26", "age", 26),
        ("2.3 shots a second", "rate", 2.3),
        ("3.1 per million", "rate", 3.1),
        ("a shot every 0.43 seconds", "interval", 0.43),
        ("2.9 times more likely", "ratio", 2.9),
        ("twice as many shots", "ratio", 2),
        ("rose 12 percent", "change", 12),
        ("52 percent of the shots", "percent", 52),
        ("12 percentage points", "points", 12),
        ("one in 1,000 residents", "one in", 1000),
        ("85 more shots than Reed", "difference", 85),
        ("$1.2 million", "money", 1_200_000),
        ("6:05 p.m.", "clock", 18 * 60 + 5),
    ],
)
def test_a_number_has_its_kind_and_its_value_in_base_units(text, kind, value):
    quantity = only(text)
    assert (quantity.kind, quantity.written.low) == (kind, pytest.approx(value))


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("on March 21, 2024", "2024-03-21"),
        ("on 21 March 2024", "2024-03-21"),
        ("on the 21st of March, 2024", "2024-03-21"),
        ("on Mar. 21, 2024", "2024-03-21"),
        ("on 2024-03-21", "2024-03-21"),
        ("on 3/21/2024", "2024-03-21"),
        ("on March 21", "--03-21"),
        ("in 2024", "2024"),
        ("in March 2024", "2024-03"),
    ],
)
def test_a_date_is_read_in_every_order(text, date):
    assert str(only(text).date) == date


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("about 96 shots", "about"),
        ("some 96 shots", "about"),
        ("nearly 100 shots", "nearly"),
        ("just under 100 shots", "nearly"),
        ("more than 90 shots", "more than"),
        ("no more than 100 shots", "at most"),
        ("no fewer than 50 shots", "at least"),
        ("50 or more shots", "at least"),
        ("96 shots or more", "at least"),
        ("just over 40 seconds", "just over"),
        ("lasted over 40 seconds", "more than"),
        ("fired over 41 seconds", ""),
        ("a 41-second period", ""),
        ("that adds up to 79 shots", ""),
        ("up to 11 shots", "at most"),
    ],
)
def test_a_hedge_is_read_where_it_bounds_and_not_where_it_says_during(text, hedge):
    assert only(text).written.hedge == hedge


@pytest.mark.parametrize(
    "text",
    [
        "Call 312-555-0142 today.",
        "Call (312) 555-0142 today.",
        "at 2300 W. Ferdinand Street, they",
        "on the 3800 block of West Ferdinand Street",
        "a District 11 unit",
        "the 11th District station",
        "the 27th Ward office",
        "the Fourth Amendment protects",
        "See https://example.org/2024/96 for more.",
        "desk24@example.org",
        "1. The first item",
        "a Glock 17 pistol",
        "an AR-15 rifle",
        "a 9mm handgun",
        "a .40-caliber pistol",
        "COVID-19 spread",
        "open 24/7 here",
        "they called 911 then",
        "Exhibit 12 shows",
        "see page 4, please",
        "in Room 2301 of the court",
        "case 24-L-004512 in court",
        "In one video, an officer approaches.",
        "No one was there.",
        "Once the car stopped, they came.",
        "one by one they left",
        "as noted[3] before",
        "By A. Writer | Updated April 10, 2024, 8:15 a.m. CDT | 5 min read",
        "Posted: 2024-04-10 at 17:05",
        "42 comments · 1.2K shares",
        "Photo 3 of 12. (A. Photographer)",
        "her office in Chicago, IL 60601, was shut",
        "under 720 ILCS 5/7-5 and 42 U.S.C. § 1983 she sued",
        "a claim under Section 1983 of the law",
        "who sells tires at 4020 S. Pulaski",
        "a shop at number 1140 on the corner",
    ],
)
def test_a_number_that_is_no_claim_is_told_apart_with_its_reason(text):
    claims = check_text(text, []).claims
    assert claims or "one" in text.lower()
    assert all(claim.status == "not a claim" and claim.working for claim in claims), claims


@pytest.mark.parametrize(
    "text",
    [
        "COPA updated on April 10, 2024 its count.",
        "Police posted 42 comments about it and it drew 1,200 shares within a day.",
        "Section chiefs fired 96 shots.",
        "They fired 96 S-shaped rounds.",
        "Three of 12 photos show him.",
    ],
)
def test_what_only_looks_like_a_pages_furniture_stays_a_claim(text):
    assert any(claim.status != "not a claim" for claim in check_text(text, []).claims)


@pytest.mark.parametrize(
    ("hedge", "number", "value", "status"),
    [
        ("nearly", 100, 96, "supported"),
        ("more than", 100, 96, ""),
        ("about", 40, 41, "rounded"),
        ("about", 90, 96, ""),
        ("about", 98, 96, ""),
        ("about", 100, 96, "rounded"),
        ("", 96, 96, "supported"),
        ("", 100, 96, ""),
        ("", 40, 41, ""),
        ("at least", 96, 96, "supported"),
        ("more than", 96, 96, ""),
        ("nearly", 96, 96, ""),
        ("nearly", 200, 96, ""),
        ("just over", 40, 41, "supported"),
        ("just over", 20, 41, ""),
        ("exactly", 41, 41, "supported"),
        ("exactly", 40, 41, ""),
    ],
)
def test_a_hedged_number_fits_what_its_words_allow(hedge, number, value, status):
    assert fits(Written(number, number, 1, hedge), value) == status


@pytest.mark.parametrize(
    ("number", "step", "status"), [(2.3, 0.1, "rounded"), (2.4, 0.1, ""), (2.34, 0.01, "rounded"), (2, 1, "")]
)
def test_a_fraction_may_be_rounded_rightly_and_not_too_coarsely(number, step, status):
    assert fits(Written(number, number, step), 96 / 41) == status


def test_thousands_may_be_rounded_and_a_count_of_shots_may_not():
    assert fits(Written(1160, 1160, 10), 1162) == "rounded"
    assert fits(Written(90, 90, 1), 94) == ""


@given(st.integers(1, 10**6))
def test_about_its_own_value_always_fits(value):
    assert fits(Written(value, value, 1, "about"), value) == "supported"


@given(st.integers(1, 10**5), st.integers(1, 10**5))
def test_more_and_at_most_never_hold_together(number, value):
    more, most = (fits(Written(number, number, 1, hedge), value) for hedge in ("more than", "at most"))
    assert bool(more) != bool(most)


@given(st.integers(1, 10**5), st.integers(1, 10**5))
def test_about_stays_within_a_tenth(number, value):
    if fits(Written(number, number, 1, "about"), value):
        assert abs(number - value) <= 0.1 * value * (1 + 1e-6)


@pytest.mark.parametrize(("number", "size"), [(96, 1), (95, 5), (40, 10), (100, 100), (2.5, 0.5)])
def test_the_grain_of_a_number_is_how_round_it_is(number, size):
    assert grain(number) == pytest.approx(size)


_ONES = "one two three four five six seven eight nine".split()  # noqa: SIM905
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905


@given(st.integers(21, 99).filter(lambda number: number % 10))
def test_tens_in_words_are_what_they_are_in_digits(number):
    text = f"{_TENS[number // 10 - 2]}-{_ONES[number % 10 - 1]}"
    assert numeral(tokens(text), 0).value == number


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("abc ofthe 019.,-–/%$()'’“\n#*:;½ MarchReedshots fired"), max_size=120))
def test_any_text_is_read_without_fault_and_offsets_hold(text):
    for claim in check_text(text, []).claims:
        assert text[claim.start : claim.end] == claim.text
        assert claim.text.strip()


_PARTS = st.sampled_from(
    sorted(
        vocabulary(
            """about nearly more than at least one two 96 41 - second shots officers times Reed police fired was hit
            by of the and a per every half third million percent , . ( ) up to or between in 2024 March 21 who he his
            they not no once"""
        )
    )
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_PARTS, max_size=25))
def test_any_run_of_the_fields_words_is_read_without_fault(parts):
    from helpers.facts import Fact

    known = [
        Fact("shots", 96, "shots", "approx", counts="shots fired by police"),
        Fact("span", 41, "s", counts="time over which police fired"),
        Fact("date", "2024-03-21", counts="date of the shooting"),
    ]
    text = " ".join(parts)
    last = 0
    for claim in check_text(text, known).claims:
        assert text[claim.start : claim.end] == claim.text
        assert claim.start >= last
        last = claim.start


def test_a_sentence_ends_at_its_stop_and_not_at_an_abbreviation():
    text = "Mr. Reed left. He fell at 6 p.m. on Ferdinand St. near home.\n\nA heading\n\nMore."
    assert [text[s.start : s.end] for s in sentences(text, tokens(text))] == [
        "Mr. Reed left.",
        "He fell at 6 p.m. on Ferdinand St. near home.",
        "A heading",
        "More.",
    ]


def test_the_forms_of_a_verb_have_one_stem():
    assert len({stem(word) for word in ("fire", "fired", "fires", "firing")}) == 1
    assert len({stem(word) for word in ("stop", "stopped", "stopping", "stops")}) == 1


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("In April 2024 officers fired.", "April 2024"),
        ("On March 21, 2024 officers fired.", "March 21, 2024"),
        ("In 2024 officers fired.", "2024"),
        ("Since 2015 people have asked.", "2015"),
    ],
)
def test_a_year_before_those_who_act_is_no_count_of_them(text, date):
    assert [claim.text for claim in check_text(text, []).claims] == [date]


def test_so_many_of_a_thing_are_no_year():
    assert only("a force of 1990 officers").kind == "count"
