"""Reckonings over one incident's facts, lone figures, narrow counts, days of sources: what holds and what does not."""

import pytest

from helpers import facts
from helpers.claims import check_text
from helpers.claims.known import Known
from helpers.claims.reckonings import of_incident
from helpers.facts import Fact

WHERE = {"place": "Tulsa, OK", "period": "2021-05-04"}
FACTS = [
    Fact("date", "2021-05-04", counts="date of the shooting", source="Review Board, 2021-05-20", **WHERE),
    Fact("lawsuit_filed", "2021-07-03", counts="date the family's lawsuit was filed", source="Court", **WHERE),
    Fact("shots_by_police", 72, "shots", "approx", "shots fired by police", "reported",
         source="Civilian Review Board (CRB), 2021-05-20", **WHERE),
    Fact("shots_by_police", 58, "shots", "approx", "shots fired by police", "self-reported", source="Tulsa Beat",
         **WHERE),
    Fact("firing_span", 24, "s", counts="time over which police fired", source="Civilian Review Board (CRB)", **WHERE),
    Fact("officers_in_stop", 7, "officers", counts="officers who made the stop", source="Frontier", **WHERE),
    Fact("officers_fired", 6, "officers", counts="officers who fired", source="Frontier", **WHERE),
    Fact("shots_by_others", 8, "shots", counts="shots fired by Marcus Vane", source="Tulsa World", **WHERE),
    Fact("one_officer_shots", 40, "shots", "at_least", "shots fired by one officer, who reloaded more than once",
         source="KOTV", **WHERE),
    Fact("shots_after_still", 5, "shots", counts="shots by that officer after Vane had stopped moving", source="KOTV",
         **WHERE),
    Fact("wounds", 9, "wounds", counts="gunshot wounds found at the autopsy", source="Medical examiner", **WHERE),
]  # fmt: skip
LEAD = "Six Tulsa police officers fired about 72 shots in 24 seconds at Marcus Vane on May 4, 2021, the CRB says.\n\n"


def flagged(text):
    """The numbers of a text, told after the lead, that a reporter would be shown as wrong."""
    claims = check_text(LEAD + text, FACTS).claims
    return [one.text for one in claims if one.start >= len(LEAD) and one.status in ("contradicted", "unsupported")]


# Each mechanism with words in which it holds, and with a number or a side changed so that it does not.
HOLDS = {
    "a gap between two counts that are only spoken of": (
        "Between the officers' reports and the board's count there is a gap of 14.",
        "Between the officers' reports and the board's count there is a gap of 24.",
    ),
    "higher by so many": (
        "Their reports make 58; the CRB's own figure is higher by 14 shots.",
        "Their reports make 58; the CRB's own figure is lower by 14 shots.",
    ),
    "what one officer leaves to the rest": (
        "The remaining five officers, between them, let off no more than 32 rounds.",
        "The remaining five officers, between them, let off no more than 22 rounds.",
    ),
    "the average of the rest": (
        "Leave one officer out, and the others averaged about six shots apiece.",
        "Leave one officer out, and the others averaged about 16 shots apiece.",
    ),
    "what missed": ("If each wound is one bullet, 63 rounds missed.", "If each wound is one bullet, 43 rounds missed."),
    "the share that missed": (
        "Seven of every eight police bullets missed him.",
        "Three of every eight police bullets missed him.",
    ),
    "both sides together": (
        "Count both sides and 80 shots were fired in all.",
        "Count both sides and 95 shots were fired in all.",
    ),
    "who outfired whom": (
        "For each shot that Vane fired the police fired nine.",
        "For each shot that the police fired Vane fired nine.",
    ),
    "a time from shot to shot": (
        "A bullet left a gun every third of a second or so, one every 0.33 seconds.",
        "A bullet left a gun every second or so, one every 0.93 seconds.",
    ),
    "all but one": ("Every officer but one fired.", "All but three of the seven officers fired."),
    "the officers' own pace": (
        "By their own numbers that is 2.4 shots a second.",
        "By their own numbers that is 1.4 shots a second.",
    ),
    "numbers that are divided": (
        "Divide 72 by 24 and you have three shots a second.",
        "Divide 62 by 24 and stop there.",
    ),
    "numbers in a list": ("Remember three numbers: 72, 24 and 9.", "Remember three numbers: 72, 34 and 9."),
    "a narrow count inside a wider one": (
        "One officer fired 40 times or more, including five after Vane had stopped moving.",
        "One officer fired 40 times or more, including eight after Vane had stopped moving.",
    ),
    "the day on which a source spoke": (
        "The board's account is dated May 20, sixteen days after the shooting.",
        "The board's account is dated May 26, sixteen days after the shooting.",
    ),
    "a suit between two dates": ("It took the family two months to sue.", "It took the family two weeks to sue."),
    "more than once in other words": (
        "That officer reloaded at least twice.",
        "That officer reloaded at least four times.",
    ),
    "wounds by what is told of them": (
        "Of the roughly 72 shots, nine left wounds on him.",
        "Of the roughly 72 shots, nineteen left wounds on him.",
    ),
    "an examiner's count": ("The medical examiner counted nine.", "The medical examiner counted nineteen."),
    "the team, taken up as known": (
        "In 24 seconds the six let go 72 bullets.",
        "In 24 seconds the nine let go 72 bullets.",
    ),
    "a figure set against another": (
        "Their own reports come to 58 shots rather than 72.",
        "Their own reports come to 72 shots rather than 58.",
    ),
    "officers told by their number alone": ("Seven went in; six fired.", "Nine went in; six fired."),
    "a weekday behind its date": ("He died on May 4, a Tuesday.", "He died on May 4, a Friday."),
    "a minute and a half": ("It was all over in 24 seconds.", "It was all over in about a minute and a half."),
    "a share that is made up": (
        "Police bullets made up some 90 percent of those fired at or by Vane.",
        "Police bullets made up some 60 percent of those fired at or by Vane.",
    ),
    "the source that is named beside a number": (
        "Tulsa Beat, which added up the officers' reports, came to about 58 shots.",
        "Tulsa Beat, which added up the officers' reports, came to about 72 shots.",
    ),
    "a source that told of one officer only": (
        "The night turned on one officer, who by KOTV's account fired at least 40 times.",
        "The night turned on one officer, who by KOTV's account fired at least 60 times.",
    ),
    "a number that a source owns": (
        "Against the CRB's 72 or so stands what they wrote down.",
        "Against the CRB's 62 or so stands what they wrote down.",
    ),
    "what is counted told behind the number": (
        "Begin with twenty-four, which is how many seconds the firing lasted.",
        "Begin with thirty-four, which is how many seconds the firing lasted.",
    ),
    "the number of what": (
        "Seventy-two is the number of rounds the police fired.",
        "Twenty-seven is the number of rounds the police fired.",
    ),
    "a count that holds or not": (
        "That is so if the CRB's count of about 72 stands.",
        "That is so if the CRB's count of about 82 stands.",
    ),
    "a rate behind its deed": (
        "Three shots were fired every second.",
        "Five shots were fired every second.",
    ),
    "so many out of the whole": ("Six out of the seven officers fired.", "Five out of the seven officers fired."),
    "so many for each of those": (
        "The board's total comes to 12 for each of those who fired.",
        "The board's total comes to 22 for each of those who fired.",
    ),
    "each as who fired, not as what is set against": (
        "Shared out evenly, each would have fired 12 rounds.",
        "Shared out evenly, each would have fired fewer than nine rounds.",
    ),
    "a share whose rest is told in another breath": (
        "Nine wounds would be less than 13 percent of the shots, and about 63 rounds would have gone somewhere else.",
        "Nine wounds would be less than 3 percent of the shots, and about 63 rounds would have gone somewhere else.",
    ),
    "a difference is no figure of another sort": (
        "Add up the officers' own reports and 58 shots come out, some 14 short of the CRB's count.",
        "Add up the officers' own reports and 58 shots come out, some 7 short of the CRB's count.",
    ),
    "an average is no total": (
        "By the CRB's count the six officers who fired averaged 12 shots each.",
        "By the CRB's count the six officers who fired averaged 58 shots each.",
    ),
    "a gap is no side's own shots": (
        "The gap between the officers' sum and the board's figure comes to 14 shots.",
        "The gap between the officers' sum and the board's figure comes to 8 shots.",
    ),
    "one for every so many, of wounds": (
        "The autopsy found nine wounds, about one for every eight shots police fired; Vane had fired eight.",
        "The autopsy found nine wounds, about one for every nine shots police fired; Vane had fired eight.",
    ),
    "who fired, of those who came": ("Six of the seven fired.", "Seven of the seven fired."),
    "those who fired, of whom each": (
        "Shared out, that is 12 shots for each of the six who fired.",
        "Shared out, that is 12 shots for each of the seven who fired.",
    ),
    "those who ended up shooting": (
        "Seven officers made the stop and six of them ended up shooting, the CRB says.",
        "Seven officers made the stop and seven of them ended up shooting, the CRB says.",
    ),
    "those who came, by where they were": (
        "Of the seven officers at the stop, six fired.",
        "Of the six officers at the stop, six fired.",
    ),
    "a figure put down for shots is no time": (
        "Police fired at Vane. A neighbor put it at 72.",
        "Police fired at Vane. A neighbor put it at 24, and counted them twice.",
    ),
    "a source's own number is of that source": (
        "Set the CRB's 72 against the Tulsa World's 8.",
        "Set the CRB's 72 against the Tulsa World's 40.",
    ),
    "what both sides fired, the whole of a share": (
        "Of the roughly 80 rounds fired that day, about a tenth were his.",
        "Of the roughly 95 rounds fired that day, about a tenth were his.",
    ),
    "what left their guns, no difference": (
        "The CRB's count is that about 72 rounds left their guns.",
        "The CRB's count is that about 50 rounds left their guns.",
    ),
    "a share of those who came": (
        "Six of the seven officers fired. That is 86 percent of those who made the stop.",
        "Six of the seven officers fired. That is 68 percent of those who made the stop.",
    ),
    "a source's day told after the days between": (
        "The CRB set out its account 16 days later, on May 20, and the family sued on July 3.",
        "The CRB set out its account 16 days later, on May 29, and the family sued on July 3.",
    ),
    "for every one of his": (
        "For every shot of Vane's there were nine of theirs.",
        "For every shot of Vane's there were eight of theirs.",
    ),
    "a whole as large as its part": ("Six of the seven officers shot.", "Six of the six officers shot."),
    "one of so many officers": (
        "One of the six fires and reloads, fires and reloads.",
        "One of the eight fires and reloads, fires and reloads.",
    ),
    "a bound in an aside": (
        "Half of the police shots, at least, are one officer's.",
        "Three quarters of the police shots, at least, are one officer's.",
    ),
}


@pytest.mark.parametrize("name", HOLDS)
def test_what_the_facts_of_one_incident_give_is_borne_and_the_same_with_one_number_changed_is_not(name):
    true, false = HOLDS[name]
    assert flagged(true) == []
    assert flagged(false)


@pytest.mark.parametrize(
    "text",
    [
        "It sounded like the Fourth of July.",
        "One round can leave two holes.",
        "One officer's conduct will be looked at.",
        "There are at least two reasons to doubt it.",
        "Between two shots one could hardly blink.",
    ],
)
def test_a_remark_that_counts_nothing_of_record_is_told_apart(text):
    assert flagged(text) == []


def test_a_bound_is_no_reckoning_of_whatever_lies_beyond_it():
    assert flagged("Officers fired fewer than 60 shots.")
    assert flagged("A single officer fired more than three quarters of the shots.")


def test_every_reckoning_of_an_incident_is_worked_out_from_facts_of_it_alone():
    known = [Known(fact, incident="vane") for fact in FACTS]
    found = of_incident(known)
    assert {round(one.value, 3) for one in found if one.kind == "rate"} == {3.0, round(58 / 24, 3)}
    assert all(set(map(id, one.facts)) <= set(map(id, known)) for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "Vane was {} on May 4, 2021.",
        "His mother held a card that gave his age that day, {}.",
        "A friend wore a shirt with “{},” his age when he died.",
        "Vane was {} the day officers came.",
    ],
)
def test_an_age_is_told_by_more_than_years(text):
    known = [*FACTS, Fact("age", 31, "years", counts="Marcus Vane's age", source="Tulsa World", **WHERE)]
    for age, status in ((31, "supported"), (13, "contradicted")):
        said = next(one for one in check_text(text.format(age), known).claims if one.text == str(age))
        assert (said.status, said.unit) == (status, "years old")


def test_a_figure_that_is_given_is_no_illustration_s_number():
    assert flagged("For Vane's own shots, the Tulsa World gave the figure 31.")


def test_a_station_s_number_and_a_room_s_are_names():
    claims = check_text("NewsCenter 6 said so. Write to NewsCenter 6 newsroom, Rm. 314, or see figure 3.", FACTS).claims
    assert {one.status for one in claims} == {"not a claim"}
    assert flagged("Police shot at Lee McVane 61 times.")


def test_a_source_told_before_a_semicolon_is_not_that_of_another_report():
    assert flagged("Police fired 72 shots, the CRB said; another report put the count at 58.") == []


def test_the_other_three_are_told_apart_from_three_that_fired():
    assert flagged("Seven came. Five of them fired, which leaves one who did not.")


def test_facts_are_read_from_a_path_given_as_text(tmp_path):
    path = tmp_path / "facts.json"
    path.write_text('{"facts": [{"name": "age", "value": 31}]}')
    assert facts.read(str(path)) == [Fact("age", 31)]
