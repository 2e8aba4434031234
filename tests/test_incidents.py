"""Incident folders: what is shipped, what the checker catches, and what facts allow."""

from __future__ import annotations

import itertools
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import incidents, paths
from helpers.incidents import Partial
from helpers.problems import InputError

SHIPPED = ("dexter-reed-2024", "lapd-fid-023-20", "rehearsal")


def _caught(folder) -> InputError:
    with pytest.raises(InputError) as caught:
        incidents.load(folder)
    return caught.value


def _edit(file, old, new):
    text = file.read_text()
    assert old in text, f"{old!r} is not in {file.name}"
    file.write_text(text.replace(old, new, 1))


@pytest.mark.parametrize("id", SHIPPED)
def test_shipped_incidents_are_right(id):
    assert incidents.load(id).id == id


def test_the_reed_incident_has_no_shot_log_and_an_average_of_2_34_a_second():
    reed = incidents.load("dexter-reed-2024")
    assert reed.shots is None
    assert reed.events["t_s"].isna().all(), "no time within the 41 s is public"
    pace = incidents.pace(reed)
    assert (pace.value, pace.qualifier) == (2.34, "approx")


def test_conflicting_facts_of_the_reed_incident_stand_side_by_side():
    reed = incidents.load("dexter-reed-2024")
    assert [fact.value for fact in reed.all("shots_by_police")] == [96, 79]
    assert [(fact.value, fact.qualifier) for fact in reed.all("shots_by_others")] == [(11, "exact"), (10, "approx")]
    assert len(reed.all("fired_first")) == 2
    table = incidents.reconciliation(reed)
    assert table["how"].tolist() == ["reported", "self-reported", "casings", "casings"]
    assert table["beside the first"].tolist() == ["", "-17", "", "-1"]


def test_the_rehearsal_is_simulated_in_every_fact_and_shot():
    rehearsal = incidents.load("rehearsal")
    assert rehearsal.status == "simulated"
    assert {fact.status for fact in incidents.all_facts(rehearsal)} == {"simulated"}
    assert set(rehearsal.shots["status"]) == {"simulated"}


def test_facts_of_a_log_are_those_published():
    values = {fact.name: fact.value for fact in incidents.log_summary(incidents.load("lapd-fid-023-20"))}
    assert values == {"shots_in_log": 5, "log_span": 1.105, "mean_split": 0.276, "longest_gap": 0.34}


def test_a_broken_shot_log_is_told_with_its_rows(incident_copy):
    folder = incident_copy("lapd-fid-023-20")
    _edit(folder / "shots.csv", "0.626,", "soon,")
    (problem,) = _caught(folder).problems
    assert (problem.row, problem.column, problem.value) == (4, "t_s", "soon")


def test_shots_out_of_order_are_told(incident_copy):
    folder = incident_copy("lapd-fid-023-20")
    _edit(folder / "shots.csv", "0.626,", "0.926,")
    assert "out of order" in str(_caught(folder))


def test_shots_outside_the_reported_span_are_told(incident_copy):
    folder = incident_copy("lapd-fid-023-20")
    _edit(folder / "shots.csv", "1.105,", "2.105,")
    (problem,) = _caught(folder).problems
    assert "outside the reported span" in problem.what and problem.row == 6


@pytest.mark.parametrize(("qualifier", "time", "right"), [
    ("exact", 1.107, True), ("exact", 1.2, False), ("approx", 1.2, True), ("approx", 1.3, False),
    ("at_least", 9.0, True), ("at_most", 1.2, False),
])  # fmt: skip
def test_how_far_a_shot_may_pass_the_span_depends_on_its_qualifier(incident_copy, qualifier, time, right):
    folder = incident_copy("lapd-fid-023-20")
    _edit(folder / "incident.toml", "value = 1.105\n", f'value = 1.105\nqualifier = "{qualifier}"\n')
    _edit(folder / "shots.csv", "1.105,", f"{time},")
    if right:
        incidents.load(folder)
    else:
        assert "outside the reported span" in str(_caught(folder))


def test_a_missing_source_is_told_with_the_ones_there_are(incident_copy):
    folder = incident_copy("dexter-reed-2024")
    _edit(folder / "incident.toml", 'counts = "Dexter Reed\'s age"\nsource = "cnn"', 'counts = "Dexter Reed\'s age"')
    (problem,) = _caught(folder).problems
    assert problem.column == "facts.age.source" and "copa" in problem.remedy


@pytest.mark.parametrize(("old", "new", "column"), [
    ('title = "The shooting of Dexter Reed"', 'title = ""', "title"),
    ("date = 2024-03-21", 'date = "March 2024"', "date"),
    ("date = 2024-03-21", "", "date"),
    ('id = "dexter-reed-2024"', 'id = "dexter-reed"', "id"),
    ("value = 96", "value = 96.5", "facts.shots_by_police[1].value"),
    ("value = 96", 'value = "ninety-six"', "facts.shots_by_police[1].value"),
    ("value = 96", "value = -1", "facts.shots_by_police[1].value"),
    ("value = 41", "value = 0", "facts.firing_span.value"),
    ("value = 41", "value = inf", "facts.firing_span.value"),
    ("value = 26", "value = true", "facts.age.value"),
    ("value = 26", "value = -26", "facts.age.value"),
    ("value = 26", f"value = {'9' * 400}", "facts.age.value"),
    ('value = 41\nunit = "s"', 'value = 0.7\nunit = "minutes"', "facts.firing_span.unit"),
    ("[facts.firing_span]", "[facts.firing_spam]", "facts.firing_spam"),
    ('qualifier = "approx"', 'qualifier = ["approx"]', "facts.shots_by_police[1].qualifier"),
    ('source = "cnn"', 'source = ["cnn"]', "facts.age.source"),
    ('date = "2024-04-09"', 'date = "April 9, 2024"', "sources[1].date"),
    ("shots = 3", "shots = 3\nfrom_s = nan", "partial[1].from_s"),
    ("shots = 3", "shots = 3\nfrom_s = 10:00:00", "partial[1].from_s"),
    ("shots = 3", "shots = true", "partial[1].shots"),
    ('qualifier = "approx"', 'qualifier = "roughly"', "facts.shots_by_police[1].qualifier"),
    ('basis = "reported"', 'basis = "hearsay"', "facts.shots_by_police[1].basis"),
    ('unit = "years"', 'unti = "years"', "facts.age.unti"),
    ('zero = "the first police shot"', 'zero = "the first police shot"\nplaec = "x"', "plaec"),
    ("shots = 3", "shots = -3", "partial[1].shots"),
    ('[[sources]]\nid = "cnn"', '[[sources]]\nid = "copa"', "sources[2].id"),
])  # fmt: skip
def test_each_fault_in_the_toml_is_told_with_its_key(incident_copy, old, new, column):
    folder = incident_copy("dexter-reed-2024")
    _edit(folder / "incident.toml", old, new)
    assert column in {problem.column for problem in _caught(folder).problems}


@pytest.mark.parametrize(
    "content",
    [b"id = ", b"x = " + b"9" * 5000, b"\xff\xfe", b"", b"facts = 3\n", b"sources = [1]\nfacts = []\n",
     b"partial = [1]\nsources = {a=1}\n"],
    ids=range(7),
)  # fmt: skip
def test_a_toml_that_is_none_of_ours_is_an_input_error(incident_copy, content):
    folder = incident_copy("dexter-reed-2024")
    (folder / "incident.toml").write_bytes(content)
    assert _caught(folder).problems


def test_all_problems_of_all_files_are_told_at_once(incident_copy):
    folder = incident_copy("rehearsal")
    _edit(folder / "incident.toml", "value = 41", "value = 0")
    _edit(folder / "events.csv", "Window rolled up,simulator", "Window rolled up,nobody")
    _edit(folder / "shots.csv", "0.455,", "-0.455,")
    files = {problem.file.name for problem in _caught(folder).problems}
    assert files == {"incident.toml", "events.csv", "shots.csv"}


def test_simulated_shots_in_a_real_incident_are_told(incident_copy):
    folder = incident_copy("rehearsal")
    _edit(folder / "incident.toml", "simulated = true", "date = 2024-01-01")
    assert "simulated is false here" in str(_caught(folder))


def test_partial_counts_that_contradict_the_total_are_told(incident_copy):
    folder = incident_copy("rehearsal")
    _edit(folder / "incident.toml", "shots = 10\n", "shots = 97\n")
    assert "contradict" in str(_caught(folder))


def test_an_unknown_incident_is_told_with_the_nearest():
    assert "Did you mean 'dexter-reed-2024'?" in str(_caught("dexter-red-2024"))


def test_a_new_incident_has_to_be_filled_in_and_then_loads(incident_copy):
    incident_copy("rehearsal")
    folder = incidents.new("main-street-2026")
    assert {"title", "date", "place", "agency"} <= {problem.column for problem in _caught(folder).problems}
    text = (folder / "incident.toml").read_text()
    text = (
        text.replace('date = ""', 'date = "2026-05-02"')
        .replace('""', '"filled in"')
        .replace("# date = 2024-03-21", "date = 2026-05-01")
    )
    # Every line that is a comment for now, made one that counts.
    text = re.sub(r"^# (?=\[|\w+ = )", "", text, flags=re.MULTILINE)
    (folder / "incident.toml").write_text(text)
    assert incidents.pace(incidents.load("main-street-2026")).value == 2.34


@pytest.mark.parametrize("id", ["../evil", "Main Street", "", "a/b", "-a"])
def test_an_id_that_is_no_folder_name_is_refused(incident_copy, id):
    incident_copy("rehearsal")
    with pytest.raises(InputError, match="cannot be an incident's id"):
        incidents.new(id)


def test_an_incident_that_is_there_is_not_overwritten(incident_copy):
    incident_copy("rehearsal")
    with pytest.raises(InputError, match="there already"):
        incidents.new("rehearsal")


def test_an_incident_with_nothing_but_its_name_still_loads_and_says_what_is_not_known(incident_copy):
    folder = incident_copy("dexter-reed-2024")
    text = (folder / "incident.toml").read_text()
    (folder / "incident.toml").write_text(text[: text.index("[facts.age]")])
    bare = incidents.load(folder)
    assert incidents.pace(bare) is None
    assert "not public" in incidents.in_words(bare)
    assert incidents.headline(bare) == bare.title
    assert incidents.reconciliation(bare).empty


# What facts allow


def test_the_band_of_the_reed_incident_is_none_to_all_until_the_end():
    band = incidents.band(96, 41.0)
    assert band.to_dict("records") == [{"start_s": 0.0, "end_s": 41.0, "least": 0, "most": 96}]


def test_a_partial_count_narrows_the_band():
    band = incidents.band(96, 41.0, [Partial(30.0, 41.0, at_least=3), Partial(0.0, 10.0, at_least=5, at_most=8)])
    assert band["least"].tolist() == [0, 5, 5]
    assert band["most"].tolist() == [8, 93, 96]


@pytest.mark.parametrize(
    "partial",
    [[Partial(0, 10, at_least=97)], [Partial(0, 41, at_most=95)],
     [Partial(0, 20, at_most=10), Partial(20, 41, at_most=10)], [Partial(5, 4)], [Partial(0, 1, 3, 2)]],
)  # fmt: skip
def test_facts_that_contradict_each_other_are_refused(partial):
    with pytest.raises(ValueError, match=r"contradict|cannot be"):
        incidents.band(96, 41.0, partial)


@pytest.mark.parametrize(("total", "span"), [(-1, 1.0), (1, 0.0), (1, float("inf"))])
def test_totals_and_spans_that_cannot_be_are_refused(total, span):
    with pytest.raises(ValueError, match="cannot be"):
        incidents.band(total, span)


partials = st.lists(
    st.tuples(st.integers(0, 3), st.integers(1, 4), st.integers(0, 4), st.integers(0, 4)).map(
        lambda draw: Partial(float(min(draw[0], draw[1])), float(max(draw[0], draw[1])), min(draw[2:]), max(draw[2:]))
    ),
    max_size=3,
)


@given(st.integers(0, 4), partials)
def test_the_band_is_exactly_what_trying_every_way_of_firing_gives(total, partial):
    # C(0), C(1), ... C(4): every non-decreasing way to reach the total that fits the facts.
    ways = [
        way
        for way in itertools.product(range(total + 1), repeat=3)
        for way in [(0, *way, total)]
        if list(way) == sorted(way)
        and all(fact.at_least <= way[int(fact.to_s)] - way[int(fact.from_s)] <= fact.at_most for fact in partial)
    ]
    if not ways:
        with pytest.raises(ValueError, match="contradict"):
            incidents.band(total, 4.0, partial)
        return
    for row in incidents.band(total, 4.0, partial).itertuples():
        assert row.least == min(way[int(row.start_s)] for way in ways)
        assert row.most == max(way[int(row.end_s)] for way in ways)


# Documented shootings


def test_thirty_or_more_documented_shootings_are_shipped_each_with_its_source():
    table = incidents.shootings()
    assert len(table) >= 30
    assert table["source_url"].str.startswith("http").all()
    assert table["source_publisher"].notna().all()


@pytest.mark.parametrize(("id", "shots", "span", "pace", "qualifier"), [
    ("dexter-reed-2024", 96, 41, 2.34, "approx"),
    ("jayland-walker-2022", 94, 6.7, 14.03, "exact"),
    ("russell-williams-2012", 137, 20, 6.85, "approx"),
    ("willie-mccoy-2019", 55, 3.5, 15.71, "exact"),
    ("philando-castile-2016", 7, 7, 1.0, "at_least"),
])  # fmt: skip
def test_known_answers_of_documented_shootings(id, shots, span, pace, qualifier):
    row = incidents.shootings().set_index("id").loc[id]
    assert (row["shots_by_police"], row["span_s"]) == (shots, span)
    assert row["pace"] == pytest.approx(pace, abs=0.005)
    assert row["pace_qualifier"] == qualifier


def test_rows_that_are_not_police_firing_or_a_part_of_another_are_left_out():
    table = incidents.shootings()
    assert not table["name"].str.contains("Rosenbaum|Uvalde|Brelo").any()
    butler = table.set_index("id").loc["butler-2024"]
    assert (butler["shots_by_police"], butler["shots_by_others"]) == (2, 8)


def test_every_shipped_figure_is_as_documented_or_its_difference_is_explained(shared):
    documented = pd.read_csv(shared / "data" / "facts" / "incidents_documented.csv")
    shipped = incidents.shootings()
    explained = {
        ("jamarion-robinson-2016", "shots_by_police"): "more than 90 by all, about three of them his",
        ("mario-woods-2015", "span_s"): "the 3 s hold 19 audible shots, not the 27 casings",
        ("north-hollywood-1997", "span_s"): "of the whole event, and police shots are not known",
        ("lapd-fid-023-20", "span_s"): "1.105 s is the span of the first five shots, not of all",
        ("butler-2024", "span_s"): "15.5 s runs from the gunman's first shot, the police shots are 10 s apart",
    }
    found = {}
    for row in shipped.to_dict("records"):
        (source,) = documented[documented["source_url"] == row["source_url"]].to_dict("records")
        for mine, theirs in (("shots_by_police", "shots_by_police"), ("span_s", "duration_s"), ("wounds", "wounds"),
                             ("officers_fired", "officers_fired"), ("shots_by_others", "shots_by_others")):  # fmt: skip
            same = (pd.isna(row[mine]) and pd.isna(source[theirs])) or row[mine] == source[theirs]
            if not same:
                found[row["id"], mine] = row[mine]
    assert set(found) == set(explained)


def test_a_rank_does_not_tell_bounds_and_equals_apart():
    table = pd.DataFrame({
        "shots": [96, 137, 87, 100, 90, 96], "how": ["approx", "exact", "at_least", "at_least", "exact", "exact"],
        "focus": [True, False, False, False, False, False],
    })  # fmt: skip
    rank = incidents.rank(table, "shots", "how")
    # Surely more than "about 96" (86.4 to 105.6) is 137 alone; 87 and 100 are least figures, and 90 and 96 lie within.
    assert (rank.more, rank.less, rank.unclear, rank.others) == (1, 0, 4, 5)


def test_where_the_reed_shooting_stands():
    table = incidents.beside(incidents.shootings(), incidents.load("dexter-reed-2024"))
    rank = incidents.rank(table, "shots_by_police", "shots_qualifier")
    # More: at least 600, and 137. Not told apart: at least 100, 87, 10 and 5, and 94, which "about 96" may be.
    assert (rank.more, rank.less, rank.unclear, rank.others) == (2, 23, 5, 30)


def test_a_new_incident_is_compared_and_a_simulated_one_never(incident_copy):
    folder = incident_copy("dexter-reed-2024")
    new = folder.rename(folder.with_name("other-2024"))
    _edit(new / "incident.toml", 'id = "dexter-reed-2024"', 'id = "other-2024"')
    table = incidents.shootings()
    beside = incidents.beside(table, incidents.load(new))
    assert len(beside) == len(table) + 1
    assert beside.loc[beside["focus"], "pace"].round(2).tolist() == [2.34]
    simulated = incidents.beside(table, incidents.load("rehearsal"))
    assert len(simulated) == len(table) and not simulated["focus"].any()
    assert "it is simulated" in incidents.standing(simulated, incidents.load("rehearsal"))


@pytest.mark.parametrize(("old", "new", "words"), [
    ("dexter-reed-2024,", "butler-2024,", "stands twice"),
    (",96,approx,", ",96,,", "go together"),
    (",96,approx,", ",96,roughly,", "not one of the words"),
    (",41,exact,", ",0,exact,", "0 s has no pace"),
])  # fmt: skip
def test_faults_in_a_table_of_shootings_are_told(tmp_path, old, new, words):
    file = tmp_path / "shootings.csv"
    text = (paths.data() / "shootings.csv").read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    with pytest.raises(InputError, match=words):
        incidents.shootings(file)


def test_a_partial_count_or_a_log_of_more_than_the_total_is_told(incident_copy):
    folder = incident_copy("lapd-fid-023-20")
    _edit(folder / "incident.toml", "value = 5", "value = 4")
    assert "5 certain shots by police in shots.csv" in str(_caught(folder))
    folder = incident_copy("rehearsal")
    _edit(folder / "incident.toml", "from_s = 29.0", "")
    _edit(folder / "incident.toml", "shots = 10", "shots = 500")
    assert "more than the 96 shots in all" in str(_caught(folder))


def test_a_part_of_a_shooting_is_not_ranked_among_whole_ones():
    lapd = incidents.load("lapd-fid-023-20")
    table = incidents.beside(incidents.shootings(), lapd)
    assert not table["focus"].any()
    assert "the first five shots only" in incidents.standing(table, lapd)
    assert "first five shots only" in incidents.in_words(lapd)


def test_an_incident_that_is_half_filled_in_does_not_hide_the_others(incident_copy):
    incident_copy("rehearsal")
    incidents.new("main-street-2026")
    table = incidents.listing().set_index("id")
    assert table.loc["main-street-2026", "title"].startswith("not ready")
    assert "dexter-reed-2024" in table.index


def test_a_second_span_is_said_beside_the_first(incident_copy):
    folder = incident_copy("dexter-reed-2024")
    _edit(folder / "incident.toml", "[facts.firing_span]", "[[facts.firing_span]]")
    _edit(folder / "incident.toml", "[facts.officers_fired]", '[[facts.firing_span]]\nvalue = 50\nsource = "wgn"\n\n'
          "[facts.officers_fired]")  # fmt: skip
    assert "Another source gives 50 seconds (WGN, 2024-04)." in incidents.in_words(incidents.load(folder))


def test_the_date_of_a_figure_is_that_of_the_sources_it_draws():
    assert incidents.load("dexter-reed-2024").as_of == "2024-04-09"


def test_shots_by_others_are_not_counted_as_police_shots(incident_copy):
    folder = incident_copy("lapd-fid-023-20")
    _edit(folder / "incident.toml", "value = 5", "value = 3")
    text = (folder / "shots.csv").read_text().replace("0.34,0.0005,Officer A,police", "0.34,0.0005,Man,other")
    (folder / "shots.csv").write_text(text.replace("0.626,0.001,Officer A,police", "0.626,0.001,unknown,unknown"))
    case = incidents.load(folder)
    (logged, *_) = incidents.log_summary(case)
    assert (logged.value, logged.qualifier, logged.note) == (3, "at_least", "3 confirmed, plus 1 possible")
    table = incidents.reconciliation(case)
    assert table.loc[table["how"] == "logged", "side"].tolist() == ["police", "others", "unknown"]
