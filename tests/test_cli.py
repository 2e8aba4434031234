"""The kit command: its exit status, its messages, and how soon it answers."""

from __future__ import annotations

import subprocess
import sys

import pytest

from helpers.cli import main


def _run(capsys, *words) -> tuple[int, str, str]:
    try:
        status = main(words)
    except SystemExit as stop:
        status = stop.code
    told = capsys.readouterr()
    return status, told.out, told.err


def test_help_lists_every_command_and_each_has_examples(capsys):
    status, out, _ = _run(capsys, "--help")
    assert status == 0
    for command in ("rerun", "incident"):
        assert command in out
        status, more, _ = _run(capsys, command, "--help")
        assert status == 0 and f"kit {command}" in more.split("examples:")[1]


@pytest.mark.parametrize("words", [(), ("nothing",), ("rerun", "--jobs", "0"), ("rerun", "--jobs", "x"),
                                   ("incident", "new"), ("incident", "burn", "x")])  # fmt: skip
def test_wrong_usage_exits_2(capsys, words):
    status, _, err = _run(capsys, *words)
    assert status == 2 and "usage: kit" in err


def test_checking_a_right_incident_says_what_it_holds(capsys):
    status, out, _ = _run(capsys, "incident", "check", "lapd-fid-023-20")
    assert status == 0 and "all right. 3 facts, 1 source, " in out and "5 shots in the measured log" in out


def test_a_broken_incident_exits_1_with_every_problem_and_no_traceback(capsys, incident_copy):
    folder = incident_copy("lapd-fid-023-20")
    (folder / "shots.csv").write_text("t_s,side,status,confidence\nsoon,police,annotated,certain\n")
    status, out, err = _run(capsys, "incident", "check", "lapd-fid-023-20")
    assert status == 1 and out == ""
    assert "shots.csv, row 2, column t_s, value 'soon'" in err and "Traceback" not in err


def test_a_new_incident_is_made_and_its_check_says_what_to_fill_in(capsys, incident_copy):
    incident_copy("rehearsal")
    status, out, _ = _run(capsys, "incident", "new", "main-street-2026")
    assert status == 0 and "kit incident check main-street-2026" in out
    status, _, err = _run(capsys, "incident", "check", "main-street-2026")
    assert status == 1 and "column title" in err


def test_the_list_shows_shipped_incidents_and_how_their_timing_is_known(capsys):
    status, out, _ = _run(capsys, "incident", "list")
    assert status == 0 and "dexter-reed-2024" in out and "simulated" in out


@pytest.mark.parametrize("words", [("--incident", "nobody"), ("--only", "99"), ("--records", "none.csv")])
def test_a_rerun_of_what_is_not_there_exits_1(capsys, tmp_path, words):
    status, _, err = _run(capsys, "rerun", "--out", str(tmp_path / "out"), *words)
    assert status == 1 and err.startswith("kit rerun: ") and "Traceback" not in err


@pytest.mark.parametrize("words", [["--help"], ["rerun", "--help"], ["incident", "--help"]], ids=" ".join)
def test_help_loads_nothing_heavy(words):
    code = (
        "import sys; from helpers.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print(sorted({'pandas', 'numpy', 'altair', 'matplotlib', 'papermill', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_command_and_the_module_are_the_same():
    told = {subprocess.run([*command, "--version"], capture_output=True, text=True, check=True).stdout
            for command in ([sys.executable, "-m", "helpers"], [sys.executable.replace("python", "kit", 1)])
            if command[0] == sys.executable}  # fmt: skip
    assert told == {"kit 0.1.0\n"}
