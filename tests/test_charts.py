"""Charts: the tables behind them, what a reader sees, and the fingerprint that notebooks are compared by."""

from __future__ import annotations

import dataclasses
import itertools
import json
import re
import subprocess
import sys
from pathlib import Path

import altair as alt
import numpy as np
import pandas as pd
import pytest
import vl_convert
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import font_manager
from matplotlib.figure import Figure

from helpers import charts, incidents, shots
from helpers.charts import labels, parts, style
from helpers.charts.display import datasets, fingerprint, fingerprint_figure
from helpers.charts.labels import Box
from helpers.charts.language import language
from tests import boxes

IDS = ("dexter-reed-2024", "lapd-fid-023-20", "rehearsal")
LAYOUTS = ("desktop", "mobile")


def _chart(name: str, layout: str):
    if name == "in context":
        reed = incidents.load("dexter-reed-2024")
        return charts.shots_against_seconds(incidents.beside(incidents.shootings(), reed), layout=layout)
    if name == "allowed with partial counts":
        return charts.what_facts_allow(incidents.load("rehearsal"), layout=layout)
    return charts.shots_over_time(incidents.load(name), layout=layout)


@pytest.fixture(scope="module", params=[(name, layout) for name in (*IDS, "in context", "allowed with partial counts")
                                        for layout in LAYOUTS], ids=" ".join)  # fmt: skip
def drawn(request):
    style.register_fonts()
    chart = _chart(*request.param)
    return (*request.param, chart, vl_convert.vegalite_to_svg(chart.to_dict()))


def test_no_text_overlaps_another(drawn):
    found, _ = boxes.texts(drawn[3])
    assert len(found) > 8
    assert boxes.overlaps(found) == []


def test_no_text_is_clipped_at_the_edge(drawn):
    found, picture = boxes.texts(drawn[3])
    room = Box(-1, -1, picture.right + 1, picture.bottom + 1)
    assert [text.words for text in found if not text.box.within(room)] == []


def test_the_picture_is_as_wide_as_its_layout(drawn):
    _, layout, _, svg = drawn
    _, picture = boxes.texts(svg)
    assert picture.right <= style.LAYOUTS[layout].width + 6


def test_the_alt_text_says_the_kind_the_place_and_a_finding(drawn):
    name, _, chart, _ = drawn
    assert len(chart.description) > 60
    assert re.search(r"\d", chart.description)
    assert ("Simulated" in chart.description) == (name in ("rehearsal", "allowed with partial counts"))


def test_simulated_data_is_marked_in_every_panel(drawn):
    name, _, _, svg = drawn
    expected = {"rehearsal": 3, "allowed with partial counts": 1}.get(name, 0)
    found, _ = boxes.texts(svg)
    assert sum(text.words == language("en").say("simulated_mark") for text in found) == expected


def test_the_subtitle_counts_the_rows(drawn):
    _, _, chart, _ = drawn
    subtitle = " ".join(chart.to_dict()["title"]["subtitle"])
    assert re.search(r"\d+ (rows|documented)", subtitle)


def test_the_house_typeface_is_drawn_and_not_a_substitute():
    style.register_fonts()
    pictures = [vl_convert.svg_to_png(f'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40"><text x="5" '
                f'y="25" font-size="20" font-family="{family}">Shots 96</text></svg>')
                for family in (style.FONT, "No Such Typeface")]  # fmt: skip
    assert pictures[0] != pictures[1]
    found = font_manager.findfont(style.FONT, fallback_to_default=False)
    assert found.endswith("SourceSansPro-Regular.ttf")


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("role", "least"), [
    ("text", 4.5), ("quiet_text", 4.5), ("focus", 4.5), ("reference", 4.5), ("event", 4.5), ("warning", 4.5),
    ("context", 3.0), ("axis", 3.0),
])  # fmt: skip
def test_colours_stand_out_from_the_background(role, least):
    light, dark = _luminance(style.COLOURS.background), _luminance(getattr(style.COLOURS, role))
    assert (light + 0.05) / (dark + 0.05) >= least


def test_a_chart_function_holds_no_colour_of_its_own():
    folder = Path(style.__file__).parent
    sources = {path.name: path.read_text() for path in folder.glob("*.py") if path.name != "style.py"}
    assert {name for name, text in sources.items() if re.search(r"#[0-9a-fA-F]{6}\b", text)} == set()


def test_the_time_axis_is_no_finer_than_the_timing_error():
    incident = incidents.load("lapd-fid-023-20")
    rough = incident.shots.assign(u_s=0.3)
    coarse = charts.timeline(dataclasses.replace(incident, shots=rough))
    assert np.diff(coarse.ticks).min() >= 0.6
    assert np.diff(charts.timeline(incident).ticks).min() < 0.6


def test_the_web_and_the_print_chart_draw_the_same_shots():
    incident = incidents.load("rehearsal")
    rows = datasets(charts.shots_over_time(incident).to_dict())["shots"]
    axes = charts.shots_over_time_print(incident).axes[0]
    drawn = sorted(float(x) for line in axes.lines for x in line.get_xdata())
    assert drawn == sorted(row["t_s"] for row in rows) and len(drawn) == 96


def test_shots_by_confidence_are_drawn_by_different_marks():
    spec = charts.shots_over_time(incidents.load("rehearsal")).to_dict()
    marks = {}
    for layer in spec["vconcat"][0]["layer"]:
        for transform in layer.get("transform", []):
            if "confidence" in str(transform):
                marks[str(transform)] = json.dumps({key: layer["mark"].get(key) for key in ("type", "shape", "filled")})
    assert len(set(marks.values())) == 3


def test_an_incident_without_a_count_says_in_its_chart_what_is_missing(incident_copy):
    folder = incident_copy("dexter-reed-2024")
    text = (folder / "incident.toml").read_text()
    (folder / "incident.toml").write_text(text[: text.index("[facts.age]")])
    bare = incidents.load(folder)
    for layout in LAYOUTS:
        found, _ = boxes.texts(vl_convert.vegalite_to_svg(charts.shots_over_time(bare, layout=layout).to_dict()))
        assert "Nothing to draw: how many shots police fired" in " ".join(text.words for text in found)
    assert "Nothing to draw" in charts.shots_over_time_print(bare).texts[0].get_text()


def test_many_events_at_one_time_do_not_collide(incident_copy):
    folder = incident_copy("rehearsal")
    rows = [
        f"{20 + number / 4},An officer shouts a rather long command number {number},simulator" for number in range(8)
    ]
    rows += ["40.9,The last event of all stands at the right edge,simulator"]
    (folder / "events.csv").write_text("\n".join(["t_s,label,source", *rows]) + "\n")
    incident = incidents.load(folder)
    for layout in LAYOUTS:
        found, _ = boxes.texts(vl_convert.vegalite_to_svg(charts.shots_over_time(incident, layout=layout).to_dict()))
        assert boxes.overlaps(found) == []
        assert sum(text.words.startswith("An officer shouts") for text in found) == 8


def test_names_that_are_long_are_cut_and_figures_never(incident_copy):
    table = incidents.shootings()
    table["name"] = "A name that goes on and on and will not fit into any margin of any chart"
    found, _ = boxes.texts(vl_convert.vegalite_to_svg(charts.shots_against_seconds(table).to_dict()))
    assert any(text.words.endswith("…: at least 600") for text in found)


def test_a_focus_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="no shooting 'nobody'"):
        charts.shots_against_seconds(incidents.shootings(), focus="nobody")


# Labels

points = st.lists(st.tuples(st.floats(0, 300), st.floats(0, 200)), min_size=1, max_size=15)


@given(points)
def test_placed_labels_overlap_neither_each_other_nor_a_mark(points):
    texts = [f"label {number}" for number in range(len(points))]
    room = Box(0, 0, 300, 200)
    centres = labels.place_around(points, texts, size=11, room=room)
    placed = [Box.around(*centre, style.text_width(text, 11), 11) for centre, text in zip(centres, texts, strict=True)
              if centre]  # fmt: skip
    marks = [Box.around(x, y, 9, 9) for x, y in points]
    assert not any(one.overlaps(other) for number, one in enumerate(placed) for other in placed[number + 1 :] + marks)
    assert all(box.within(Box(-1, -1, 301, 201)) for box in placed)
    for centre, own, text in zip(centres, points, texts, strict=True):
        if centre:
            box = Box.around(*centre, style.text_width(text, 11) + 4, 11 * 1.25)
            assert all(box.distance(*own) <= box.distance(*other) + 1e-9 for other in points)


@given(st.lists(st.floats(0, 500), min_size=1, max_size=30))
def test_spread_places_stand_apart_in_their_order_and_within_bounds(places):
    moved = labels.spread(places, apart=12, low=0, high=500)
    order = sorted(range(len(places)), key=lambda number: places[number])
    ranked = [moved[number] for number in order]
    assert all(later - earlier >= 12 - 1e-6 for earlier, later in itertools.pairwise(ranked))
    assert min(moved) >= -1e-6 and max(moved) <= 500 + 1e-6


def test_places_that_are_apart_already_are_not_moved():
    assert labels.spread([10, 50, 90], apart=12, low=0, high=100) == [10, 50, 90]


def test_more_labels_than_fit_are_refused():
    with pytest.raises(ValueError, match="do not fit"):
        labels.spread([1, 2, 3], apart=60, low=0, high=100)


@given(st.floats(1e-3, 1e4), st.integers(2, 12), st.floats(0, 10))
def test_a_nice_step_is_1_2_or_5_and_never_finer_than_asked(span, most, least):
    step = parts.nice_step(span, most=most, least=least)
    assert step >= least * (1 - 1e-6) and step * most >= span * (1 - 1e-6)
    assert f"{step:e}"[0] in "125"


@given(st.text(max_size=200), st.integers(60, 700))
def test_wrapped_lines_fit_and_lose_no_word(text, width):
    lines = style.wrap(text, width, 12)
    assert "".join(lines).replace(" ", "") == "".join(text.split())


@pytest.mark.parametrize("text", ["\0", "a\x01b", "\ufffe", "\uffff"])
def test_a_character_that_no_picture_can_hold_does_not_kill_the_notebook(text):
    frame = pd.DataFrame({"place": [text, "x"], "shots": [1, 2]})
    bundle, _ = alt.Chart(frame, title=f"t{text}").mark_bar().encode(x="place", y="shots")._repr_mimebundle_()
    assert bundle["image/png"].startswith(b"\x89PNG")


# Fingerprints


def _bars(value=90, label="shots", mark="bar", colour="steelblue"):
    frame = pd.DataFrame({"year": ["2023", "2024"], "shots": [value, 96]})
    chart = alt.Chart(frame, title=label)
    return (chart.mark_bar(color=colour) if mark == "bar" else chart.mark_point(color=colour)).encode(
        x="year", y="shots"
    )


@pytest.mark.parametrize("change", [{"value": 85}, {"label": "wounds"}, {"mark": "point"}, {"colour": "red"}])
def test_the_fingerprint_changes_with_datum_label_mark_and_colour(change):
    assert fingerprint(_bars().to_dict()) == fingerprint(_bars().to_dict())
    assert fingerprint(_bars().to_dict()) != fingerprint(_bars(**change).to_dict())


def test_the_fingerprint_of_many_rows_still_shows_a_change_in_the_last():
    frame = pd.DataFrame({"x": range(5000)})
    other = frame.copy()
    other.loc[4999, "x"] = -1
    prints = [fingerprint(alt.Chart(rows).mark_point().encode(x="x").to_dict()) for rows in (frame, other)]
    assert prints[0] != prints[1] and len(prints[0]) < 20_000


@pytest.mark.parametrize("change", [{"y": 3.0}, {"label": "b"}, {"marker": "s"}, {"color": "red"}])
def test_the_fingerprint_of_a_matplotlib_figure_changes_with_what_is_seen(change):
    def draw(y=2.0, label="a", marker="o", color="blue"):
        figure = Figure()
        axes = figure.subplots()
        axes.plot([1, 2], [1, y], marker=marker, color=color)
        axes.set_title(label)
        return fingerprint_figure(figure)

    assert draw() == draw()
    assert draw() != draw(**change)


def test_the_fingerprint_is_the_same_in_another_process():
    code = (
        "from helpers import charts, incidents\n"
        "from helpers.charts.display import fingerprint, fingerprint_figure\n"
        "case = incidents.load('rehearsal')\n"
        "print(fingerprint(charts.shots_over_time(case).to_dict()))\n"
        "print(fingerprint_figure(charts.shots_over_time_print(case)))"
    )
    runs = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout for _ in "12"
    }
    assert len(runs) == 1 and "rows, sha256" in runs.pop()


def test_in_a_notebook_a_chart_is_a_picture_with_alt_text_and_a_fingerprint():
    bundle, metadata = charts.shots_over_time(incidents.load("lapd-fid-023-20"))._repr_mimebundle_()
    assert set(bundle) == {"image/png", "text/plain"}
    assert bundle["image/png"].startswith(b"\x89PNG")
    assert metadata["image/png"]["alt"].startswith("Three charts")
    assert 600 < metadata["image/png"]["width"] < 760
    assert bundle["text/plain"].startswith("chart {")


def test_a_log_from_sound_alone_is_not_called_the_polices_and_counts_no_shooter():
    log = shots.check(
        pd.DataFrame({"t_s": [0.0, 1.0, 2.5], "side": "unknown", "status": "annotated", "confidence": "certain"})
    )
    case = incidents.heard(log, id="x", title="As heard", place="Main Street", zero="the first shot", source="a camera")
    drawn = charts.shots_over_time(case).to_json()
    assert "by police" not in drawn and "Shots by anyone so far" in drawn
    assert "who fired is not known" in drawn and "1 shooter" not in drawn
    printed = charts.shots_over_time_print(case)
    assert not any("by police" in axes.get_title() for axes in printed.axes)


def test_records_without_dates_leave_nothing_to_draw_by_year_and_the_notebook_says_so():
    from helpers import schema, sources

    records = pd.DataFrame({name: pd.Series([None, None], dtype="str") for name in schema.RECORDS.names})
    drawn = charts.both(charts.missing_by_year, sources.missing_by_year(records))
    assert drawn.desktop is None and "no record has a date" in drawn.why
    none = pd.DataFrame({word: [] for word in ("year", "old", "new", "change", "past")})
    assert charts.both(charts.changes_by_year, none, headline="No year is told.").desktop is None
