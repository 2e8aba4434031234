"""The reference notebooks: that nbval has something to compare, and that it sees every kind of change."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SANITIZE = ROOT / "tests" / "nbval-sanitize.cfg"


@pytest.fixture(params=NOTEBOOKS, ids=lambda notebook: notebook.stem)
def content(request):
    return nbformat.read(request.param, as_version=4)


def _code(content):
    return [cell for cell in content.cells if cell.cell_type == "code" and cell.source.strip()]


def test_there_are_notebooks_to_test():
    assert {"00-start-here", "01-shots-over-time", "03-shootings-in-context"} <= {path.stem for path in NOTEBOOKS}


def test_no_notebook_passes_vacuously(content):
    cells = _code(content)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    compared = [output for cell in cells for output in cell.outputs if "text/plain" in output.get("data", {})]
    assert len(compared) >= 3
    assert not any("nbval-ignore-output" in cell.metadata.get("tags", []) for cell in cells)


def test_every_chart_has_alt_text_and_a_fingerprint(content):
    pictures = [output for cell in _code(content) for output in cell.outputs if "image/png" in output.get("data", {})]
    assert pictures
    for output in pictures:
        assert len(output.metadata["image/png"]["alt"]) > 60
        assert re.match(r"(chart|figure) \{", output.data["text/plain"])
        assert "rows, sha256" in output.data["text/plain"]


def test_no_output_holds_a_path_a_warning_or_an_error(content):
    for cell in _code(content):
        for output in cell.outputs:
            assert output.output_type != "error"
            assert output.get("name") != "stderr"
            text = json.dumps({key: value for key, value in output.get("data", {}).items() if key != "image/png"})
            assert not re.search(r"(/(home|root|tmp|work|Users)/|[A-Z]:\\\\)", text + output.get("text", ""))
            assert "object at 0x" not in text


def test_prose_types_no_number_of_the_data(content):
    """Numbers in prose are computed: a typed one goes stale when the notebook is rerun."""
    for cell in content.cells:
        if cell.cell_type == "markdown":
            words = re.sub(r"```.*?```|`[^`]*`|\*\*\d\d-[\w-]+\*\*|\[.*?\]\(.*?\)", "", cell.source, flags=re.DOTALL)
            typed = re.findall(r"(?<![\w-])\d+(?:\.\d+)?(?![\w-])", words)
            # '3 ms a metre' is the speed of sound, not a datum.
            assert set(typed) <= {"3"}, (cell.source[:60], typed)


def test_notebooks_hold_no_logic(content):
    for cell in _code(content):
        assert not re.search(r"^\s*(def|class|for|while|if|lambda) ", cell.source, re.MULTILINE), cell.source


def test_a_run_writes_only_below_the_output_folder(content):
    for cell in _code(content):
        assert not re.search(r"to_csv|open\(|write_text|savefig|\.save\([\"']", cell.source)


# That nbval sees each kind of change

CELLS = (
    "import altair as alt\nimport pandas as pd\nfrom helpers import charts, incidents\n"
    "frame = pd.DataFrame({'t_s': [0.0, 0.34, 0.626], 'shots': [1, 2, 3]})\n"
    "frame",
    "alt.Chart(frame.assign(t_s=[0.0, 0.34, 0.626])).mark_point().encode(x='t_s', y='shots')",
    "alt.Chart(frame, title='Shots so far').mark_point().encode(x='t_s', y='shots')",
    "alt.Chart(frame).mark_point().encode(x='t_s', y='shots')",
    "incidents.pace(incidents.load('lapd-fid-023-20')).value",
    "from matplotlib.figure import Figure\nfigure = Figure(figsize=(3, 2))\n"
    "_ = figure.subplots().plot([0.0, 0.34, 0.626], [1, 2, 3])\n"
    "charts.show(figure, alt='A line')",
)
CHANGES = {
    "a datum": (1, "0.626", "0.627"),
    "a label": (2, "Shots so far", "Wounds so far"),
    "a mark": (3, "mark_point", "mark_bar"),
    "a displayed number": (4, ".value", ".value + 0.01"),
    "a datum in a figure by matplotlib": (5, "0.626", "0.627"),
}


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    """A small notebook with charts of each kind and a number, run and stored as the shipped ones are."""
    from tests.references import refresh

    notebook = tmp_path_factory.mktemp("notebook") / "light.ipynb"
    content = nbformat.v4.new_notebook()
    content.cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    nbformat.write(content, notebook)
    refresh(notebook)
    return notebook


def _nbval(notebook: Path) -> tuple[set[int], str]:
    """The cells that nbval finds changed, and all that it says."""
    command = [sys.executable, "-m", "pytest", "-vv", "-p", "no:cacheprovider", "--nbval", "--nbval-current-env",
               "--nbval-sanitize-with", str(SANITIZE), "-c", str(ROOT / "pyproject.toml"), str(notebook)]  # fmt: skip
    told = subprocess.run(command, capture_output=True, text=True).stdout
    return {int(number) for number in re.findall(r"Cell (\d+): Cell outputs differ", told)}, told


def test_an_unchanged_notebook_passes(reference):
    changed, told = _nbval(reference)
    assert changed == set() and f"{len(CELLS)} passed" in told


def test_nbval_sees_a_changed_datum_label_mark_and_number_and_shows_the_line(reference, tmp_path):
    content = nbformat.read(reference, as_version=4)
    for cell, old, new in CHANGES.values():
        assert old in content.cells[cell].source
        content.cells[cell].source = content.cells[cell].source.replace(old, new)
    nbformat.write(content, tmp_path / "changed.ipynb")
    changed, told = _nbval(tmp_path / "changed.ipynb")
    assert changed == {cell for cell, _, _ in CHANGES.values()}
    assert told.count("mismatch 'text/plain'") >= len(CHANGES), "each by comparison, none by an error"
    assert re.search(r"-.*t_s=0\.627", told) and re.search(r"\+.*t_s=0\.626", told)


def test_the_sanitize_file_hides_addresses_and_nothing_else():
    pairs = re.findall(r"^regex: (.+)\nreplace: (.+)$", SANITIZE.read_text(), re.MULTILINE)
    assert len(pairs) == len(re.findall(r"^regex:", SANITIZE.read_text(), re.MULTILINE)) == 1

    def clean(text):
        for pattern, replacement in pairs:
            text = re.sub(pattern, replacement, text)
        return text

    assert clean("<Thing at 0x7f00deadbeef>") == clean("<Thing at 0x7f1234567890>")
    for text in ("96 shots", "t_s=0.626", "sha256 0123456789abcdef", "#0072b2"):
        assert clean(text) == text


def test_the_pictures_of_the_readme_are_what_the_charts_draw_now():
    from tests.references import pictures

    shown = set(re.findall(r"\]\(notebooks/pictures/([\w-]+\.png)\)", (ROOT / "README.md").read_text()))
    drawn = pictures()
    assert shown == set(drawn) and len(shown) >= 3
    for name, picture in drawn.items():
        assert (ROOT / "notebooks" / "pictures" / name).read_bytes() == picture, f"{name}: run make references"
