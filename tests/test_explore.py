"""Live charts: what they add to the still one, and that no figure in them changes. The browser's part is in
tests/test_jupyterlab.py."""

from __future__ import annotations

import importlib

import pytest

from helpers import charts, incidents
from helpers.charts.display import datasets
from helpers.problems import InputError

live = importlib.import_module("helpers.charts.explore")


@pytest.fixture(scope="module")
def rehearsal():
    return charts.shots_over_time(incidents.load("rehearsal"))


@pytest.fixture(scope="module")
def explored(rehearsal):
    return charts.explore(rehearsal)


def _mark(explored, start, end):
    """Mark a stretch as the browser does."""
    explored.widget._vl_selections = {"zoomed": {"value": {}, "store": []},
                                      "marked": {"value": {"t_s": [start, end]}, "store": []}}  # fmt: skip


def test_a_live_chart_holds_the_same_rows_as_the_still_one(rehearsal):
    assert datasets(live.live_spec(rehearsal.to_dict())) == datasets(rehearsal.to_dict())


def test_it_is_shown_beside_the_still_picture_with_its_alt_text_and_fingerprint(explored, rehearsal):
    data, metadata = explored._repr_mimebundle_()
    still, described = rehearsal._repr_mimebundle_()
    assert data["image/png"] == still["image/png"] and data["text/plain"] == still["text/plain"]
    assert metadata["image/png"] == described["image/png"] and metadata["kit"] == "live"
    assert "application/vnd.jupyter.widget-view+json" in data


def test_its_script_is_whole_and_asks_nobody_for_more(explored):
    script = explored.widget._esm
    assert len(script) > 500_000 and "esm.sh" not in script and "import " not in script[:200]


def test_a_live_chart_writes_numbers_as_the_language_it_was_drawn_in(rehearsal):
    with charts.in_language("es"):
        explored = charts.explore(charts.shots_over_time(incidents.load("rehearsal")))
    options = explored.widget.embed_options
    assert (
        "enero" in options["timeFormatLocale"]["months"] and {"thousands", "decimal"} <= options["formatLocale"].keys()
    )


def test_what_is_marked_is_counted_ends_included_and_split_by_certainty(explored):
    log = incidents.load("rehearsal").shots
    assert explored.marked is None and explored.in_words() == "Nothing is marked."
    start, end = log["t_s"].iloc[10], log["t_s"].iloc[30]
    _mark(explored, end, start)
    assert explored.marked == (start, end), "dragged from right to left it is the same stretch"
    assert len(explored.rows()["shots"]) == 21
    certain = (log["confidence"].iloc[10:31] == "certain").sum()
    assert f"shots: 21 ({certain} certain" in explored.in_words()
    assert explored._said.value.endswith(f"{explored.in_words()}</span>")
    explored.widget._vl_selections = {"zoomed": {"value": {}, "store": []}, "marked": {"value": {}, "store": []}}
    assert explored.marked is None and len(explored.rows()["shots"]) == len(log)


def test_steps_of_a_curve_are_not_counted_as_shots(explored):
    assert set(explored.rows()) == {"shots"}


def test_a_line_or_an_area_tells_each_of_its_rows_and_never_the_first_for_all():
    spec = live.live_spec(charts.shots_over_time(incidents.load("dexter-reed-2024")).to_dict())
    told = [unit for unit in spec["layer"] if "tooltip" in unit.get("encoding", {})]
    kinds = [unit["mark"]["type"] for unit in told]
    assert set(kinds) == {"rule", "point"} and kinds.count("point") == 3, "both edges of the band, and the pace"
    for unit in told:
        columns = {tip["field"] for tip in unit["encoding"]["tooltip"]}
        assert all(columns <= row.keys() for row in unit["data"]["values"])


def test_names_beside_the_axis_are_not_clipped_and_marks_on_it_are(rehearsal):
    spec = live.live_spec(rehearsal.to_dict())
    units = [unit for panel in spec["vconcat"] for unit in panel["layer"]]
    names = [unit for unit in units if unit["data"]["name"] == "lanes" and unit["mark"]["type"] == "text"]
    assert [unit["mark"]["clip"] for unit in names] == [False]
    assert all(unit["mark"]["clip"] for unit in units if "field" in unit["encoding"].get("x", {}))


def test_days_are_marked_as_days():
    from helpers.force import chicago

    every = chicago.read()
    explored = charts.explore(charts.chicago_shots_over_years(every, **chicago.focus(incidents.load("rehearsal"))))
    year = [live._place("2014-01-01"), live._place("2014-12-31")]
    _mark(explored, *year)
    rows = explored.rows()["incidents"]
    assert len(rows) == sum(str(day).startswith("2014") for day in chicago.shootings(every)["date"]) > 10
    assert explored.in_words().startswith("From 2014-01-01 to 2014-12-31. incidents: ")


def test_a_chart_that_is_not_over_time_moves_and_zooms_and_marks_nothing():
    reed = incidents.load("dexter-reed-2024")
    explored = charts.explore(charts.shots_against_seconds(incidents.beside(incidents.shootings(), reed)))
    assert [param["name"] for param in explored.spec["params"]] == ["zoomed"]
    assert explored.marked is None and "mark a stretch" not in explored._said.value


def test_what_cannot_be_explored_says_why():
    from matplotlib.figure import Figure

    with pytest.raises(InputError, match="only charts for the web"):
        charts.explore(Figure())
    with pytest.raises(InputError, match="nothing to explore: no rows"):
        charts.explore(charts.Drawn(why="no rows"))
