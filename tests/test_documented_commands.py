"""Every command that the README and the notebooks tell is run, and works, or is listed with where it is proven."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import nbformat
import pytest

from helpers import paths
from helpers.cli import _parser, main

ROOT = Path(__file__).parent.parent
# What is proven elsewhere, for it takes minutes, installs packages, opens a window or needs the network.
ELSEWHERE = {
    "kit verify": "tests/test_publish_trust.py",
    "make story": "tests/test_rerun.py runs the notebooks into a folder of figures",
    "make test": "this is it",
    "make lab": "tests/test_lab.py and tests/test_jupyterlab.py",
    "make test-slow": "it runs the tests marked slow",
    "make references": "tests/test_notebooks.py refreshes a notebook",
    "make help": "tests/test_house.py",
    "make lock": "tests/test_house.py holds the lock to pyproject.toml",
    "make cross-check": "tests/test_force_r_cross_check.py",
    "conda env create": "tests/test_house.py holds environment.yml to pyproject.toml",
    "source .venv/bin/activate": "only puts the command on a path",
    ".venv/bin/python -m pytest": "tests/test_notebooks.py runs nbval so",
    "kit rerun": "tests/test_rerun.py, tests/test_notebooks.py and tests/test_jupyterlab.py run the notebooks",
    "kit fetch": "tests/sources/test_fetch.py, without the network",
    "kit lab": "tests/test_lab.py",
}
# The files a reporter would have; each stands for what the text calls it.
NEED = ("incident", "claims", "convert", "align", "shots", "records", "tally", "diff", "fetch")
STANDS_FOR = {
    "FILE": "simulated.csv",
    "OLD": "data/shootings.csv",
    "NEW": "data/shootings.csv",
    "story.md": "tests/articles/reed-stop.md",
    "times.csv": "times.csv",
    "times.xlsx": "times.csv",
}


def _fenced(text: str) -> list[str]:
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def _texts() -> dict[str, str]:
    found = {"README.md": (ROOT / "README.md").read_text()}
    for notebook in sorted(paths.notebooks().glob("*.ipynb")):
        cells = nbformat.read(notebook, as_version=4).cells
        found[notebook.name] = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    return found


def _commands(text: str) -> list[str]:
    """The commands of fenced blocks, a comment after each left out, and those between backticks in a line."""
    lines = [re.split(r"\s{2,}#|\s#\s", line)[0].strip() for line in _fenced(text)]
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    lines += [" ".join(code.split()) for code in re.findall(r"`([^`]+)`", prose)]
    starts = ("kit ", "make ", "conda ", "source ", ".venv/bin/p", "python -m")
    # `kit claims` alone is a name, not a command to run.
    told = [
        line
        for line in lines
        if line.startswith(starts) and not re.fullmatch(rf"kit ({'|'.join(NEED)})( [a-z]+)?", line)
    ]
    return list(dict.fromkeys(line for line in told if "--help" not in line))


TOLD = [(name, command) for name, text in _texts().items() for command in _commands(text)]
LISTED = [each for each in TOLD if any(each[1].startswith(start) for start in ELSEWHERE)]
RUN = sorted({command for _, command in TOLD if not any(command.startswith(start) for start in ELSEWHERE)})


def test_the_readme_and_the_notebooks_tell_commands_to_test():
    names = {name for name, _ in TOLD}
    assert {"README.md", "00-start-here.ipynb", "06-your-own-incident.ipynb"} <= names and len(RUN) >= 8


@pytest.mark.parametrize("command", sorted({command for _, command in TOLD if command.startswith("kit ")}))
def test_every_command_told_is_one_that_the_kit_takes(command):
    _parser().parse_args(shlex.split(command)[1:])


def test_every_make_target_told_is_one():
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE).group(1).split()
    told = {command.split()[1] for _, command in TOLD if command.startswith("make ")}
    assert told - {"PYTHON=/path/to/python3.12"} <= set(phony)


@pytest.fixture
def desk(tmp_path) -> Path:
    """A reporter's folder: an incident begun as the texts tell, a spreadsheet of shot times, a publisher's file."""
    folder = tmp_path
    heads = "id,date,name,age,gender,race,city,state,armed,manner_of_death,signs_of_mental_illness,threat_level,flee"
    rows = "1,2015-01-02,,53,M,A,Nowhere,WA,gun,shot,True,attack,Not fleeing,False\n"
    rows += "2,2016-01-02,,47,M,W,Nowhere,OR,gun,shot,False,attack,Not fleeing,False\n"
    # Two rows in the Post's columns, of nobody.
    (folder / "simulated.csv").write_text(f"{heads},body_camera\n{rows}")
    (folder / "times.csv").write_text("Time,Side\n0:00.0,police\n0:01.5,police\n")
    simulated = paths.data() / "incidents" / "rehearsal"
    mine = Path(shutil.copytree(simulated, folder / "incidents" / "main-street-2026"))
    text = (mine / "incident.toml").read_text().replace('id = "rehearsal"', 'id = "main-street-2026"')
    (mine / "incident.toml").write_text(text)
    (mine / "shots.csv").unlink()
    (folder / "labels.txt").write_text("0.5\t0.5\tshot\n1.5\t1.5\tshot\n")
    return folder


@pytest.fixture(scope="module")
def filmed(tmp_path_factory) -> Path:
    """Two cameras' simulated recordings of one scene, as video files hold them, and one as the body camera's."""
    from helpers.footage.simulate import Camera, simulate
    from tests import recordings

    folder = tmp_path_factory.mktemp("filmed")
    scene = simulate(seed=3, shots=12, seconds=20, cameras=(Camera("A", rate=48000), Camera("B", x_m=3.0, rate=48000)))
    for name, recording in zip(("camera-1", "camera-2"), scene.recordings, strict=True):
        recordings.write(folder / f"{name}.mp4", recording.samples, codec="aac", rate=recording.rate)
    shutil.copy(folder / "camera-1.mp4", folder / "bodycam.mp4")
    return folder


@pytest.mark.parametrize("command", RUN)
def test_a_command_told_works(command, desk, monkeypatch, capsys, request):
    if ".mp4" in command:
        for clip in request.getfixturevalue("filmed").iterdir():
            shutil.copy(clip, desk)
    words = [STANDS_FOR.get(word, word) for word in shlex.split(command)]
    assert words[0] == "kit", "any other is to be listed in ELSEWHERE"
    if words[1:3] == ["incident", "shots"]:
        # The incident that stands for the reporter's is the simulated one.
        words += ["--status", "simulated"]
    words = [str(ROOT / word) if "/" in word and (ROOT / word).is_file() else word for word in words[1:]]
    monkeypatch.chdir(desk)
    monkeypatch.setenv("KIT_INCIDENTS", str(desk / ("new" if words[1:2] == ["new"] else "incidents")))
    monkeypatch.setenv("KIT_OUT", str(desk / "out"))
    status, told = main(words), capsys.readouterr()
    # An article with a contradicted number ends with 1, as it should.
    assert status == 0 or (words[0] == "claims" and "CONTRADICTED" in told.out), told


def test_what_is_proven_elsewhere_is_still_told_somewhere():
    for start in ("make story", "make test", "make lab", "kit rerun"):
        assert any(command.startswith(start) for _, command in LISTED), start
