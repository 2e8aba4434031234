"""The desk: errors in a frame, tables that are read, menus, progress, and what a notebook keeps of what was live."""

from __future__ import annotations

import copy
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import html5lib
import nbformat
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from helpers import desk, incidents, paths, records
from helpers.desk import tables
from helpers.problems import InputError, Problem
from helpers.rerun import kernel_options

VIEW = "application/vnd.jupyter.widget-view+json"


def _run(*cells: str, allow_errors: bool = True, env: dict | None = None):
    """Run cells in a kernel as nbclient runs a notebook; returns them with their outputs."""
    import os

    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
    with kernel_options() as options:
        client = NotebookClient(notebook, kernel_name="python3", allow_errors=allow_errors, **options)
        client.execute(env=os.environ | (env or {}))
    return notebook.cells


@pytest.fixture(scope="module")
def ran():
    """One kernel for what must be seen in a kernel."""
    return _run(
        "import helpers",
        "from helpers import incidents\nincidents.load('dexter-red-2024')",
        "%tb",
        "1 / 0",
        "import pandas as pd\npd.DataFrame({'t_s': [1.0, None]})",
        "from helpers import desk\nlist(desk.progress([1, 2], 'reading 2 files'))",
        "incidents.pick()",
        "incidents.pick(first='nobody')",
    )


def _errors(cell):
    return [output for output in cell.outputs if output.output_type == "error"]


def test_an_error_of_the_kit_is_one_framed_message_with_the_traceback_folded_in(ran):
    frame, error = ran[1].outputs
    page = frame.data["text/html"]
    assert "role='alert'" in page and "no incident &#x27;dexter-red-2024&#x27;" in page and "What to do:" in page
    before, folded = page.split("<details", 1)
    assert "Traceback" not in before and "helpers/incidents/incident.py" in folded
    assert frame.data["text/plain"].startswith("The kit stops here: 1 problem\nthere is no incident")
    assert error.output_type == "error" and error.ename == "InputError"
    assert len(error.traceback) == 1 and "told above" in error.traceback[0]


def test_whoever_runs_a_notebook_without_seeing_it_is_told_the_whole_message():
    with pytest.raises(CellExecutionError) as caught:
        _run("from helpers import incidents\nincidents.load('dexter-red-2024')", allow_errors=False)
    assert caught.value.ename == "InputError"
    assert "Did you mean 'dexter-reed-2024'?" in caught.value.evalue and "Did you mean" in str(caught.value)


def test_the_whole_traceback_is_a_call_away_and_other_errors_are_shown_as_ever(ran):
    shown = "".join(output.get("text", "") + "".join(output.get("traceback", [])) for output in ran[2].outputs)
    assert "incidents.load" in shown and "dexter-red-2024" in shown and "_folder" in shown
    (error,) = ran[3].outputs
    assert error.ename == "ZeroDivisionError" and any("1 / 0" in line or "1" in line for line in error.traceback)


def test_many_problems_are_counted_escaped_and_named_without_a_path_of_the_machine(tmp_path):
    file = tmp_path / "mine" / "shots.csv"
    error = InputError([Problem("<b>bold</b>", "Mend it.", file, row, "t_s", "<i>") for row in range(2, 30)])
    bundle = desk.framed(error, "frames <here>")
    assert "28 problems" in bundle["text/html"] and "and 8 more problems" in bundle["text/html"]
    assert "<b>bold" not in bundle["text/html"] and "<i>" not in bundle["text/html"]
    assert "mine/shots.csv, row 2, column t_s" in bundle["text/plain"]
    assert str(tmp_path) not in bundle["text/html"] + bundle["text/plain"]
    shipped = InputError(Problem("wrong", "Mend it.", paths.data() / "shootings.csv"))
    assert "data/shootings.csv: wrong" in desk.framed(shipped)["text/plain"]


def test_a_block_can_be_tried_out_and_the_work_goes_on(capsys):
    with desk.explained():
        incidents.load("dexter-red-2024")
    assert "The kit stops here: 1 problem" in capsys.readouterr().out
    with pytest.raises(ZeroDivisionError), desk.explained():
        _ = 1 / 0


def test_installing_the_desk_loads_nothing_heavy():
    code = (
        "import sys, IPython\nfrom unittest.mock import MagicMock\nshell = MagicMock()\n"
        "IPython.get_ipython = lambda: shell\nimport helpers\nassert shell.set_custom_exc.called\n"
        "print(sorted({'pandas', 'numpy', 'altair', 'ipywidgets', 'matplotlib'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


# Tables


class _Cells(HTMLParser):
    """The texts of a table's headings and cells, a row at a time."""

    def __init__(self):
        super().__init__()
        self.heads, self.rows, self._into = [], [], None

    def handle_starttag(self, tag, attributes):
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self._into = self.heads if tag == "th" else self.rows[-1]
            self._into.append("")
        if tag == "script":
            self._into = None

    def handle_endtag(self, tag):
        if tag in ("th", "td"):
            self._into = None

    def handle_data(self, data):
        if self._into is not None:
            self._into[-1] += data


def _read(frame):
    parser = _Cells()
    parser.feed(desk.as_html(frame))
    return parser.heads, parser.rows[1:]


def test_a_table_shows_units_gaps_and_every_row_of_a_short_one(ran):
    frame = pd.DataFrame({"name": ["A", None], "span_s": [41.0, float("nan")], "year": [2024, 2023],
                          "people": pd.array([2_746_388, None], "Int64"), "shot": [True, False]})  # fmt: skip
    heads, rows = _read(frame)
    assert heads == ["name", "span_sseconds", "year", "people", "shot"]
    assert rows == [["A", "41", "2024", "2,746,388", "yes"], ["–", "–", "2023", "–", "no"]]
    assert "2 rows" in desk.as_html(frame)
    shown = ran[4].outputs[0].data
    assert "kit-table" in shown["text/html"] and shown["text/plain"].startswith("   t_s")


def test_an_index_that_says_something_is_shown_and_a_count_of_rows_is_not():
    frame = pd.DataFrame({"shots": [96]}, index=pd.Index(["reed"], name="id"))
    assert _read(frame) == (["id", "shots"], [["reed", "96"]])
    assert _read(frame.reset_index(drop=True))[0] == ["shots"]
    two = pd.DataFrame({"n": [1]}, index=pd.MultiIndex.from_tuples([("IL", 2024)], names=["state", "n"]))
    assert _read(two) == (["state", "n", "n"], [["IL", "2024", "1"]])


def test_a_long_table_says_how_many_rows_it_has_and_how_many_are_shown():
    page = desk.as_html(pd.DataFrame({"n": range(1234)}))
    assert page.count("<tr>") == 1 + tables.MOST_ROWS and "The first 200 of 1,234 rows" in page


@pytest.mark.parametrize(
    ("several", "shown"),
    [
        (("28 dB over the noise", "on one camera only"), "28 dB over the noise; on one camera only"),
        ([1, 2], "1; 2"),
        ({"b", "a"}, "a; b"),
        ({"lag": 3}, "lag: 3"),
        ((), "–"),
    ],
)
def test_several_values_in_a_cell_are_no_brackets_and_quotes(several, shown):
    # Found on 23 November 2026: the reasons of proposals stood in notebook 02 as Python writes a tuple.
    assert _read(pd.DataFrame({"reasons": pd.Series([several], dtype=object)})) == (["reasons"], [[shown]])


@given(st.lists(st.text(), min_size=1, max_size=5), st.text(min_size=1, max_size=9))
def test_no_cell_or_heading_becomes_markup(cells, heading):
    page = desk.as_html(pd.DataFrame({heading: cells}))
    found = html5lib.parse(page, namespaceHTMLElements=False)
    assert {element.tag for element in found.iter() if isinstance(element.tag, str)} <= {
        "html", "head", "body", "div", "table", "thead", "tbody", "tr", "th", "td", "p", "script", "br", "small",
    }  # fmt: skip
    assert len(found.findall(".//td")) == len(cells)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e5, max_value=1e5))
def test_a_number_is_shown_to_six_digits_and_sorted_by_all_of_it(value):
    cell = tables._cell(value)
    assert float(cell.split("data-v='")[1].split("'")[0]) == value
    shown = float(cell.split(">")[1].split("<")[0])
    assert shown == pytest.approx(value, rel=1e-5)


def test_a_figure_in_words_is_sorted_by_its_number_and_other_words_as_words():
    keys = {"about 46": ["46"], "at least 1,234.5": ["1234.5"], "7": ["7"], "2024-03-21": [], "x 7": [], "about": []}
    for text, key in {**keys, "٣": []}.items():
        assert re.findall(r"data-v='([^']*)'", tables._cell(text)) == key, text


# What is kept


def _live_notebook():
    data = {VIEW: {"model_id": "1"}, "image/png": "aGk=", "text/plain": "chart"}
    described = {"kit": "live", "image/png": {"alt": "A chart"}}
    output = nbformat.v4.new_output("display_data", data, metadata=described)
    bare = nbformat.v4.new_output("display_data", {VIEW: {"model_id": "2"}}, metadata={"kit": "live"})
    other = nbformat.v4.new_output("display_data", {VIEW: {"model_id": "3"}, "text/plain": "Slider"})
    notebook = nbformat.v4.new_notebook(metadata={"widgets": {"state": 1}})
    notebook.cells = [nbformat.v4.new_code_cell("x", outputs=[output, bare, other]), nbformat.v4.new_markdown_cell("y")]
    return notebook


def test_a_saved_notebook_keeps_the_still_picture_and_leaves_other_widgets_alone():
    kept = desk.without_live(_live_notebook()).cells[0].outputs
    assert [sorted(output.data) for output in kept] == [["image/png", "text/plain"], sorted([VIEW, "text/plain"])]
    assert kept[0].metadata == {"image/png": {"alt": "A chart"}}
    alone = nbformat.v4.new_notebook(metadata={"widgets": {"state": 1}})
    assert desk.without_live(copy.deepcopy(alone)) == alone


def test_the_hook_leaves_files_and_folders_alone():
    for model in ({"type": "file", "content": "text"}, {"type": "directory"}, {"type": "notebook", "content": None}):
        before = copy.deepcopy(model)
        desk.save_hook(model, path="x")
        assert model == before
    model = {"type": "notebook", "content": _live_notebook()}
    desk.save_hook(model=model, path="x.ipynb", contents_manager=None)
    assert len(model["content"]["cells"][0]["outputs"]) == 2


def test_progress_shows_in_a_notebook_gives_every_item_and_is_not_kept(ran):
    bar, result = ran[5].outputs
    assert result.data["text/plain"] == "[1, 2]"
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [copy.deepcopy(ran[5])]
    assert set(bar.data) == {VIEW}
    assert [output.output_type for output in desk.without_live(notebook).cells[0].outputs] == ["execute_result"]


def test_progress_outside_a_notebook_is_silent(capsys):
    assert list(desk.progress(iter("abc"), "reading")) == ["a", "b", "c"]
    assert capsys.readouterr() == ("", "")


# Menus


def test_the_menu_of_incidents_stands_above_what_it_shows_and_says_its_choice_when_saved(ran):
    menu, shown = ran[6].outputs
    assert VIEW in menu.data and menu.data["text/plain"].startswith("Incident: ")
    assert shown.data["text/markdown"].startswith("Police fired") or "simulation" in shown.data["text/markdown"]
    (error,) = _errors(ran[7])
    assert "no incident 'nobody' in the menu" in error.evalue


def test_every_incident_is_in_the_menu_and_one_that_is_not_ready_says_why(incident_copy):
    folder = incident_copy("dexter-reed-2024")
    (folder / "incident.toml").write_text('id = "dexter-reed-2024"\n')
    menu = incidents.pick(lambda incident: incident.title)
    names = dict((value, name) for name, value in menu.choices)
    assert names["dexter-reed-2024"] == "dexter-reed-2024 (not ready)"
    assert names["rehearsal"] == "Rehearsal: a simulated shooting (simulated shot log)"
    menu.choose("rehearsal")
    assert menu.shown() == "Rehearsal: a simulated shooting"
    menu.choose("dexter-reed-2024")
    assert "problems" in menu.shown()._repr_mimebundle_()["text/plain"]
    with pytest.raises(InputError, match="Choose another"):
        menu.choose("nobody")


def test_two_incidents_of_one_title_are_told_apart(incident_copy):
    folder = incident_copy("rehearsal")
    twin = folder.rename(folder.with_name("rehearsal-two"))
    text = (twin / "incident.toml").read_text().replace('id = "rehearsal"', 'id = "rehearsal-two"')
    (twin / "incident.toml").write_text(text)
    names = [name for name, _ in incidents.pick().choices]
    assert len(names) == len(set(names)) and any("rehearsal-two" in name for name in names)


def test_a_menu_of_nothing_is_refused():
    with pytest.raises(InputError, match="no file to choose"):
        desk.Menu("File", [], str)


def test_the_menu_of_files_has_the_reporters_own_first_and_the_shipped_one_always(tmp_path):
    own = tmp_path / "city"
    own.mkdir()
    (own / "2024.csv").write_text("date,shots\n2024-01-05,3\n")
    (own / "notes.txt").write_text("not a table")
    (tmp_path / "2024.csv").write_text("date,shots\n")
    menu = records.pick(lambda reading: len(reading.records), more=[own, tmp_path / "2024.csv"])
    assert [name for name, _ in menu.choices][-1] == "data/shootings.csv (shipped)"
    assert len(menu.choices) >= 3, "two files of one name are two choices"
    menu.choose("data/shootings.csv")
    assert menu.shown() == 34
    menu.choose("2024.csv")
    assert "problem" in menu.shown()._repr_mimebundle_()["text/plain"], "a file no layout knows says so in its place"


def test_without_a_drawing_the_menu_of_files_shows_the_report():
    assert "34 rows read" in repr(records.pick(first="data/shootings.csv").shown())


def test_the_desk_has_its_words_in_order():
    assert desk.__all__ == sorted(desk.__all__, key=lambda name: (not name[0].isupper(), name))
    assert Path(desk.__file__).with_name("README.md").is_file()
