"""Charts speak the reader's language: every word the kit writes, and every number and date."""

from __future__ import annotations

import re

import pandas as pd
import pytest
import vl_convert
from matplotlib.text import Text

from helpers import charts, force, incidents
from helpers.charts.display import language_of
from helpers.charts.language import language
from helpers.charts.style import LAYOUTS
from helpers.force import chicago
from helpers.publish import plotted
from tests import boxes

# Words that a sentence of English can hardly do without, and none of which is a word of Spanish or a name here.
ENGLISH = re.compile(
    r"\b(the|of|and|with|not|shots|police|seconds|rate|rates|year|years|band|line|lines|each|than|hollow|from|highest|"
    r"lowest|about|least|incidents|residents|unknown|reported|average|per million|log scale|are|drawn|before)\b",
    re.IGNORECASE,
)
NAMES = (
    "The shooting of Dexter Reed", "Rehearsal: a simulated shooting", "Nowhere (simulated)", "Shooter ", "Chicago, IL",
    "US Census Bureau estimates via FRED, Federal Reserve Bank of St. Louis",
    "US Census Bureau, 2010 census, as compiled by Mapping Police Violence",
)  # fmt: skip


def _drawings():
    loaded = force.load(None, None)
    words = force.event_words(loaded.tally, None, None)
    yearly = force.rates(loaded.tally, loaded.population, by=["year"], places=loaded.places, **words)
    partial = force.partial_rates(loaded.tally, loaded.population, places=loaded.places, **words)
    places = force.rates(loaded.tally, loaded.population, places=loaded.places, **words)
    grouped = loaded.by_group()
    groups = grouped.rates(loaded.population, **words)
    cities = grouped.rates_of_most(loaded.population, ["place", "year"], **words)
    every, reed = chicago.read(), incidents.load("dexter-reed-2024")
    shootings = incidents.beside(incidents.shootings(), reed).assign(name="N")
    missing = pd.DataFrame({"year": [2022, 2023], "column": "race", "records": 100, "missing": [10, 30],
                            "share": [0.1, 0.3]})  # fmt: skip
    changes = pd.DataFrame({"year": [2022, 2023], "old": [100, 103], "new": [100, 100], "change": [0, -3],
                            "past": True})  # fmt: skip
    return {
        "shots over time": lambda layout: charts.shots_over_time(incidents.load("rehearsal"), layout=layout),
        "what facts allow": lambda layout: charts.shots_over_time(reed, layout=layout),
        "by year": lambda layout: charts.rates_by_year(yearly, partial=partial, layout=layout),
        "by place": lambda layout: charts.rates_by_place(places, layout=layout),
        "by group": lambda layout: charts.rate_dots(groups, layout=layout),
        "ratios": lambda layout: charts.ratio_dots(force.ratios_if_any(groups, against="White"), layout=layout),
        "by city": lambda layout: charts.rates_by_year_and_place(cities, layout=layout),
        "chicago": lambda layout: charts.chicago_shots_over_years(every, shots=96, label="N", layout=layout),
        "against seconds": lambda layout: charts.shots_against_seconds(shootings, layout=layout),
        "missing": lambda layout: charts.missing_by_year(missing, layout=layout),
        "changes": lambda layout: charts.changes_by_year(changes, headline="3 registros menos en 2023.", layout=layout),
        "per incident": lambda layout: charts.shots_per_incident({"N": chicago.shootings(every)}, layout=layout),
    }


@pytest.fixture(scope="module")
def drawings():
    return _drawings()


CHARTS = ("shots over time", "what facts allow", "by year", "by place", "by group", "ratios", "by city", "chicago",
          "against seconds", "missing", "changes", "per incident")  # fmt: skip


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_in_spanish_has_no_english_left_and_nothing_covered(drawings, name):
    spanish = language("es")
    for layout in LAYOUTS:
        with charts.in_language("es"):
            chart = drawings[name](layout)
        assert language_of(chart) == "es"
        spec = chart.to_dict()
        found, picture = boxes.texts(vl_convert.vegalite_to_svg(spec, **spanish.locales()))
        told = [text.words for text in found] + [chart.description, *_tooltips(spec)]
        text = " ".join(told)
        for name_of_data in NAMES:
            text = text.replace(name_of_data, "N")
        assert ENGLISH.findall(text) == [], text
        # In the table that readers may unfold, too.
        assert set(plotted.table(spec).columns) - {"table"} <= set(spanish.columns)
        assert boxes.overlaps(found) == []
        room = boxes.Box(-1, -1, picture.right + 1, picture.bottom + 1)
        assert [text.words for text in found if not text.box.within(room)] == []


@pytest.mark.parametrize("incident", ["rehearsal", "dexter-reed-2024", "lapd-fid-023-20"])
def test_a_figure_for_print_in_spanish_has_no_english_left(incident):
    loaded = incidents.load(incident)
    with charts.in_language("es"):
        figure = charts.shots_over_time_print(loaded)
    figure.draw_without_rendering()
    right = figure.bbox.width
    # A longer language must not push a number off the edge; ticks beyond the axis are not drawn.
    ticks = {label for axes in figure.axes for label in (*axes.get_xticklabels(), *axes.get_yticklabels())}
    told = [each for each in figure.findobj(Text) if each.get_text() and each not in ticks]
    assert [each.get_text() for each in told if each.get_window_extent().x1 > right] == []
    assert language_of(figure) == "es" and language_of(charts.shots_over_time_print(loaded)) == "en"
    text = " ".join(each.get_text() for each in figure.findobj(Text)).replace(loaded.title, "N")
    for name_of_data in (*NAMES, *([] if loaded.events is None else loaded.events["label"])):
        text = text.replace(name_of_data, "N")
    assert ENGLISH.findall(text) == [], text


def _tooltips(part) -> list[str]:
    """The headings of a specification's tooltips."""
    if isinstance(part, list):
        return [title for each in part for title in _tooltips(each)]
    if not isinstance(part, dict):
        return []
    own = part.get("tooltip", [])
    told = [each.get("title", each["field"]) for each in (own if isinstance(own, list) else [own]) if "field" in each]
    return told + [title for key, each in part.items() if key not in ("datasets", "data") for title in _tooltips(each)]


def test_a_chart_in_english_says_nothing_of_its_language():
    chart = charts.shots_over_time(incidents.load("rehearsal"))
    assert language_of(chart) == "en" and "language" not in chart.usermeta["kit"]


def test_the_mark_of_what_is_simulated_is_spanish_in_spanish_and_publishing_knows_it(tmp_path):
    from helpers import publish

    with charts.in_language("es"):
        chart = charts.shots_over_time(incidents.load("rehearsal"))
    folder = publish.figure(chart, slug="ensayo", title="Ensayo de disparos", alt=chart.description, source="Simulador",
                            out=tmp_path).folder  # fmt: skip
    assert "SIMULADO: no es un hecho real" in (folder / "desktop.svg").read_text()
    page = (folder / "embed.html").read_text()
    assert '<html lang="es">' in page and "Simulado: no es un hecho real." in page
    assert "SIMULATED" not in page
