"""Writing whole or not at all."""

from __future__ import annotations

import csv
import errno
import os
import signal
import subprocess
import sys

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import files
from helpers.problems import InputError


def test_a_failed_write_leaves_the_old_file_and_nothing_beside_it(tmp_path, monkeypatch):
    file = files.write(tmp_path / "a.txt", "old")

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="the disk is full"):
        files.write(file, "new")
    assert file.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_written_file_can_be_read_by_others(tmp_path):
    assert files.write(tmp_path / "a.txt", "x").stat().st_mode & 0o044


@pytest.mark.parametrize("exchange", [True, False], ids=["in one step", "in two renames"])
def test_a_folder_takes_its_place_whole(tmp_path, monkeypatch, exchange):
    if not exchange:
        monkeypatch.setattr(files, "_exchange", lambda *_: False)
    place = tmp_path / "figure"
    for content in ("old", "new"):
        with files.build_folder(place) as folder:
            (folder / "a").write_text(content)
    assert (place / "a").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["figure"]


def test_a_folder_that_fails_is_left_as_it_was(tmp_path):
    place = tmp_path / "figure"
    with files.build_folder(place) as folder:
        (folder / "a").write_text("old")
    with pytest.raises(RuntimeError), files.build_folder(place) as folder:
        (folder / "a").write_text("new")
        raise RuntimeError
    assert (place / "a").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["figure"]


def test_a_file_in_the_folders_place_is_not_overwritten(tmp_path):
    (tmp_path / "figure").write_text("mine")
    with pytest.raises(InputError, match="a file stands"), files.build_folder(tmp_path / "figure"):
        pass
    assert (tmp_path / "figure").read_text() == "mine"


def test_what_a_killed_run_left_is_cleared_by_the_next(tmp_path):
    place = tmp_path / "figure"
    code = (
        "import sys, time, pathlib; from helpers import files\n"
        f"with files.build_folder(pathlib.Path({str(place)!r})) as folder:\n"
        "    (folder / 'a').write_text('half'); print('building', flush=True); time.sleep(60)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "building\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not place.exists() and len(list(tmp_path.iterdir())) == 1
    with files.build_folder(place) as folder:
        (folder / "a").write_text("whole")
    assert [path.name for path in tmp_path.iterdir()] == ["figure"]


def test_a_folder_that_waits_between_two_renames_is_put_back(tmp_path):
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True)
    place = tmp_path / "figure"
    aside = tmp_path / f".figure{files.BUILDING}{dead.stdout.strip()}-x-old"
    aside.mkdir()
    (aside / "a").write_text("old")
    with pytest.raises(RuntimeError), files.build_folder(place):
        raise RuntimeError
    assert (place / "a").read_text() == "old"


def test_a_folder_that_may_not_be_written_is_explained(tmp_path, monkeypatch):
    # Root may write anywhere, so the refusal is raised where the system would raise it.
    monkeypatch.setattr(files.tempfile, "mkstemp", _denied)
    with pytest.raises(InputError, match="cannot be written to"):
        files.write(tmp_path / "a", "x")


def _denied(prefix, dir):
    raise PermissionError(errno.EACCES, "Permission denied", str(dir / prefix))


def test_an_error_about_another_file_is_not_blamed_on_the_output(tmp_path):
    with pytest.raises(PermissionError), files.build_folder(tmp_path / "figure"):
        raise PermissionError(errno.EACCES, "Permission denied", "/somewhere/else.csv")


@given(st.lists(st.one_of(st.text(max_size=20), st.integers(), st.floats(allow_nan=False)), min_size=1, max_size=10))
def test_no_text_that_the_kit_writes_can_start_a_formula(tmp_path_factory, cells):
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    files.write_csv(path, pd.DataFrame({"=cmd()": [*cells, "=1+1", "@SUM(A1)", "\tx"]}, dtype="object"))
    with path.open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    assert header == ["'=cmd()"]
    for cell, row in zip(cells, rows, strict=False):
        if isinstance(cell, str):
            assert not row or row[0][:1] not in ("=", "+", "-", "@", "\t", "\r")


def test_numbers_below_zero_stay_numbers_and_missing_stays_empty(tmp_path):
    path = files.write_csv(tmp_path / "a.csv", pd.DataFrame({"x": [-1.5, None], "y": ["a", None]}))
    assert path.read_text() == "x,y\n-1.5,a\n,\n"


def test_two_folders_can_be_built_at_once(tmp_path):
    with files.build_folder(tmp_path / "one"), files.build_folder(tmp_path / "two"):
        pass
    assert {path.name for path in tmp_path.iterdir()} == {"one", "two"}
