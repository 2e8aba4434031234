"""Rerunning: on other data, when a notebook fails, and when the whole run is killed."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from helpers import paths
from helpers.cli import main
from helpers.problems import InputError
from helpers.rerun import parameters, rerun

LIGHT = """\
import json, time
from helpers import facts, files, paths
facts.notebook({name!r})
facts.record("made", incident, counts="which incident")
facts.save()
with files.build_folder(paths.out() / ({name!r} + "-figure")) as folder:
    about = {{"title": incident, "alt": "x", "source": "x", "status": None, "files": {{}}, "notebook": {name!r}}}
    (folder / "figure.json").write_text(json.dumps(about))
{more}
"""


def _notebook(folder: Path, name: str, more: str = "") -> Path:
    content = nbformat.v4.new_notebook()
    tagged = nbformat.v4.new_code_cell('incident = "first"', metadata={"tags": ["parameters"]})
    content.cells = [tagged, nbformat.v4.new_code_cell(LIGHT.format(name=name, more=more))]
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(content, folder / f"{name}.ipynb")
    return folder / f"{name}.ipynb"


@pytest.fixture
def kit(tmp_path, monkeypatch):
    """A kit of two light notebooks and the shipped incidents."""
    root = tmp_path / "kit"
    _notebook(root / "notebooks", "01-one")
    _notebook(root / "notebooks", "02-two")
    shutil.copytree(paths.data() / "incidents", root / "data" / "incidents")
    monkeypatch.setenv("KIT_ROOT", str(root))
    return root


def _everything(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*")) if path.is_file()}  # fmt: skip


def test_a_run_gives_executed_copies_figures_facts_and_a_page(kit, tmp_path):
    before = _everything(kit / "notebooks")
    told = []
    made = rerun(
        incident="rehearsal", out=tmp_path / "out", told=lambda name, seconds, error: told.append((name, error))
    )
    assert sorted(told) == [("01-one", None), ("02-two", None)]
    assert made.figures == ("01-one-figure", "02-two-figure") and made.facts == 2
    values = [fact["value"] for fact in json.loads((tmp_path / "out" / "facts.json").read_text())["facts"]]
    assert values == ["rehearsal", "rehearsal"]
    assert (tmp_path / "out" / "index.html").is_file()
    assert _everything(kit / "notebooks") == before, "the reference notebooks are never touched"


def test_executed_copies_name_no_path_of_the_machine(kit, tmp_path):
    rerun(out=tmp_path / "out")
    for copy in (tmp_path / "out" / "notebooks").iterdir():
        assert str(tmp_path) not in copy.read_text() and "papermill" not in copy.read_text()


def test_a_failing_notebook_is_named_with_cell_and_error_and_the_old_output_kept(kit, tmp_path):
    out = tmp_path / "out"
    rerun(out=out)
    before = _everything(out)
    _notebook(kit / "notebooks", "02-two", 'raise ValueError("the file has\\nno rows")')
    with pytest.raises(InputError) as caught:
        rerun(out=out)
    (line,) = str(caught.value).splitlines()
    assert line.startswith("02-two: cell 2: ValueError: the file has; no rows.") and "out-failed" in line
    assert _everything(out) == before
    failed = nbformat.read(tmp_path / "out-failed" / "02-two.ipynb", as_version=4)
    assert any(output.output_type == "error" for cell in failed.cells for output in cell.get("outputs", []))


def test_a_kernel_that_dies_is_told(kit, tmp_path):
    _notebook(kit / "notebooks", "02-two", "import os; os._exit(9)")
    with pytest.raises(InputError, match="02-two: DeadKernelError"):
        rerun(out=tmp_path / "out", only="02")
    assert not (tmp_path / "out").exists()


def test_only_some_notebooks_run_and_the_others_figures_stay(kit, tmp_path):
    out = tmp_path / "out"
    rerun(out=out)
    (out / "my-own-figure").mkdir()
    (out / "my-own-figure" / "figure.json").write_text('{"notebook": null, "title": "mine"}')
    made = rerun(incident="rehearsal", out=out, only="02")
    assert made.notebooks == ("02-two",)
    assert made.figures == ("01-one-figure", "02-two-figure", "my-own-figure")
    facts = json.loads((out / "facts.json").read_text())["facts"]
    assert {fact["notebook"]: fact["value"] for fact in facts} == {"01-one": "first", "02-two": "rehearsal"}
    assert (out / "notebooks" / "01-one.ipynb").is_file()


def test_a_folder_that_holds_other_things_is_refused_and_unharmed(kit, tmp_path):
    mine = tmp_path / "documents"
    mine.mkdir()
    (mine / "thesis.docx").write_text("all my work")
    with pytest.raises(InputError, match="holds other things"):
        rerun(out=mine)
    assert [path.name for path in mine.iterdir()] == ["thesis.docx"]


@pytest.mark.parametrize(("options", "words"), [
    ({"incident": "nobody"}, "there is no incident 'nobody'"),
    ({"only": "99"}, "no notebook's name begins with '99'"),
    ({"records": __file__}, "takes --records"),
    ({"records": "none.csv"}, "no such file"),
])  # fmt: skip
def test_what_cannot_be_run_is_told_before_anything_runs(kit, tmp_path, options, words):
    with pytest.raises(InputError, match=words):
        rerun(out=tmp_path / "out", **options)
    assert not (tmp_path / "out").exists()


def test_an_incident_is_taken_from_a_folder_anywhere(kit, tmp_path):
    mine = shutil.copytree(kit / "data" / "incidents" / "rehearsal", tmp_path / "mine" / "street-2026")
    text = (mine / "incident.toml").read_text().replace('id = "rehearsal"', 'id = "street-2026"')
    (mine / "incident.toml").write_text(text)
    rerun(incident=str(mine), out=tmp_path / "out")
    facts = json.loads((tmp_path / "out" / "facts.json").read_text())["facts"]
    assert {fact["value"] for fact in facts} == {"street-2026"}


def test_a_rerun_ends_with_the_report_on_an_article(kit, tmp_path, capsys):
    fact = "facts.record('shots_by_police', {}, 'shots', counts='shots fired by police', source='COPA'); facts.save()"
    article = tmp_path / "story.md"
    article.write_text("Police fired 96 shots.\n")
    words = ["rerun", "--out", str(tmp_path / "out"), "--article", str(article), "--only", "02"]
    _notebook(kit / "notebooks", "02-two", fact.format(96))
    assert main(words) == 0 and "supported" in capsys.readouterr().out
    _notebook(kit / "notebooks", "02-two", fact.format(79))
    assert main(words) == 1 and "CONTRADICTED" in capsys.readouterr().out
    assert main(["rerun", "--article", "none.md"]) == 1


def test_parameters_are_those_of_the_tagged_cell(kit):
    assert parameters(kit / "notebooks" / "01-one.ipynb") == {"incident"}
    for notebook in sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb")):
        assert parameters(notebook), notebook.name


@pytest.mark.parametrize("moments", [4, pytest.param(20, marks=pytest.mark.slow)])
def test_a_run_killed_at_any_moment_leaves_the_old_output_whole(kit, tmp_path, moments):
    out = tmp_path / "out"
    started = time.monotonic()
    rerun(out=out)
    whole = time.monotonic() - started
    before = _everything(out)
    draw = random.Random(41)
    command = [sys.executable, "-m", "helpers", "rerun", "--incident", "rehearsal", "--out", str(out)]
    killed = 0
    for moment in (draw.random() for _ in range(moments)):
        process = subprocess.Popen(
            command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(timeout=moment * whole)
        except subprocess.TimeoutExpired:
            killed += 1
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            assert _everything(out) == before
        else:
            rerun(out=out)
            before = _everything(out)
    assert killed >= moments / 2
    rerun(out=out)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"kit", "out"}, "and the next run clears away what the killed ones left"
