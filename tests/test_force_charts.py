"""The charts of rates: what is drawn is what was given, and what they say of it."""

import pandas as pd
import pytest

from helpers import charts, force
from helpers.charts.display import datasets
from helpers.problems import InputError

WORDS = dict(one="fatal police shooting", many="fatal police shootings", population="Census Bureau", period="2015-2023")


@pytest.fixture
def groups():
    sizes = {"White": (500, 2e8), "Black": (690, 1e8), "Asian": (6, 4e7)}
    return [force.rate(x, n, group=group, place="Ohio", unknown=40, **WORDS) for group, (x, n) in sizes.items()]


@pytest.fixture
def yearly():
    words = {key: value for key, value in WORDS.items() if key != "period"}
    return [
        force.rate(90 + number, 3e7, place=place, period=str(2015 + number), **words)
        for place in ("Ohio", "Utah")
        for number in range(6)
    ]


def _rows(chart, name):
    return datasets(chart.to_dict())[name]


@pytest.mark.parametrize("layout", ["desktop", "mobile"])
def test_rate_dots_draw_each_rate_with_its_exact_interval(groups, layout):
    rows = {row["group"]: row for row in _rows(charts.rate_dots(groups, layout=layout), "rates")}
    for each in groups:
        drawn = rows[each.group]
        assert (drawn["rate"], drawn["low"], drawn["high"]) == pytest.approx((each.rate, *each.interval))
        assert drawn["if_all_unknown"] == pytest.approx(each.if_all_unknown)
        assert drawn["few"] == (each.events < 20)


def test_rate_dots_alt_text_states_the_finding(groups):
    chart = charts.rate_dots(groups)
    assert chart.description.startswith("Dot chart of 3 rates of fatal police shootings per million residents a year")
    assert "The highest is Black, 6.90 (6.39 to 7.43); the lowest is Asian, 0.15 (0.06 to 0.33)" in chart.description
    said = " ".join(chart.title.subtitle)
    assert "Hollow: fewer than 20 events." in said
    assert "Dashes" in said
    assert "Census Bureau" in said


def test_rates_of_different_things_are_not_drawn_together(groups):
    with pytest.raises(InputError, match="count different things"):
        charts.rate_dots([*groups, force.rate(3, 1e5, denominator="arrests", many="fatal police shootings")])
    with pytest.raises(InputError, match="no rate to draw"):
        charts.rate_dots([])


def test_ratio_dots_leave_out_what_has_no_ratio_and_say_so(groups):
    nothing = force.rate(0, 1e6, group="Pacific Islander", place="Ohio", **WORDS)
    chart = charts.ratio_dots(force.ratios([*groups, nothing], against="White"), focus="Black")
    rows = {row["group"]: row for row in _rows(chart, "ratios")}
    assert set(rows) == {"Black", "Asian"}
    assert rows["Black"]["ratio"] == pytest.approx(690 / 500 * 2)
    assert (rows["Black"]["lowest"], rows["Black"]["highest"]) == pytest.approx((690 / 540 * 2, 730 / 500 * 2))
    assert "Not drawn, one side having no events: Pacific Islander." in " ".join(chart.title.subtitle)
    assert chart.to_dict()["layer"][0]["encoding"]["x"]["scale"]["type"] == "log"
    with pytest.raises(InputError, match="no ratio can be drawn"):
        charts.ratio_dots(force.ratios([groups[0], nothing], against="White"))


def test_a_partial_year_is_hollow_and_in_no_line_or_band(yearly):
    ohio = [each for each in yearly if each.place == "Ohio"]
    partial = [force.rate(20, 3e7, place="Ohio", period="2021", one=ohio[0].one, many=ohio[0].many)]
    chart = charts.rates_by_year(ohio, partial=partial)
    rows = {row["year"]: row["partial"] for row in _rows(chart, "rates")}
    assert rows == {2015: False, 2016: False, 2017: False, 2018: False, 2019: False, 2020: False, 2021: True}
    layers = chart.to_dict()["layer"]
    filters = [(layer["mark"]["type"], layer["transform"][0]["filter"]) for layer in layers]
    assert filters == [("area", "!datum.partial"), ("line", "!datum.partial"), ("point", "!datum.partial"),
                       ("point", "datum.partial")]  # fmt: skip
    assert "2021 is not complete and stands apart" in chart.description
    assert "Hollow: 2021, not complete." in " ".join(chart.title.subtitle)


def test_several_places_in_one_line_are_refused_and_drawn_as_small_multiples(yearly):
    with pytest.raises(InputError, match="a year stands twice"):
        charts.rates_by_year(yearly)
    chart = charts.rates_by_year_and_place(yearly)
    assert len(_rows(chart, "rates")) == len(yearly)
    assert "in 2 places, 2015 to 2020" in chart.description


def test_a_funnel_draws_every_place_and_names_those_outside():
    table = pd.DataFrame({"place": [f"City {n}" for n in range(40)], "events": 20, "exposure": 4e6, "per": 1e6})
    table.loc[7, "events"] = 80
    chart = charts.funnel(*force.funnel(table), title="Shootings", unit="per million residents a year", focus="City 3")
    assert len(_rows(chart, "places")) == 40
    assert {row["place"] for row in _rows(chart, "labels")} <= {"City 3", "City 7"}
    assert "Outside the 99.8% limits: 1 above, 0 below (City 7)" in chart.description


def test_shots_per_incident_count_every_known_incident_and_say_how_many_are_not():
    table = pd.DataFrame({"shots": [1, 1, 2, 6, 7, 30, None, None]})
    chart = charts.shots_per_incident({"Ohio": table}, shots=96, label="Reed: about 96")
    rows = {row["shots"]: row["incidents"] for row in _rows(chart, "shots, Ohio")}
    assert rows == {"1": 2, "2": 1, "6-7": 2, "30-49": 1}
    assert "Ohio: 6 incidents, median 4, 2 more with no known count" in chart.description
    assert "Reed: about 96, more than 6 of 6" in chart.description
    with pytest.raises(InputError, match="no incident of Utah has a known count"):
        charts.shots_per_incident({"Utah": table.tail(2)})


def test_words_too_long_for_the_mark_stand_in_the_subtitle():
    table = pd.DataFrame({"shots": [1, 1, 2, 6, 7, 30]})
    long = "Los Angeles police shooting 023-20, first five shots, 2020: 5"
    chart = charts.shots_per_incident({"Ohio": table}, shots=5, label=long, layout="mobile")
    assert [row["label"] for row in _rows(chart, "focus, Ohio")] == ["5"]
    assert f"Marked: {long}." in " ".join(chart.title.subtitle)
    assert "Marked" not in " ".join(charts.shots_per_incident({"Ohio": table}, shots=5, label="Here: 5").title.subtitle)


def test_the_charts_draw(groups, yearly):
    import vl_convert

    table = pd.DataFrame({"shots": [1, 1, 2, 6]})
    for chart in (
        charts.rate_dots(groups),
        charts.ratio_dots(force.ratios(groups, against="White")),
        charts.rates_by_year_and_place(yearly, layout="mobile"),
        charts.shots_per_incident({"a": table, "b": table}, shots=9, label="Here: 9"),
    ):
        assert vl_convert.vegalite_to_svg(chart.to_dict()).startswith("<svg")


def test_every_alt_text_and_headline_is_there(groups, yearly):
    for chart in (charts.rate_dots(groups), charts.rates_by_year_and_place(yearly)):
        assert len(chart.description) > 80
        assert charts.headline(chart) == "Fatal police shootings, per million residents a year"
