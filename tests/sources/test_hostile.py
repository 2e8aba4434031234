"""Hostile files: exit 0 or 1 with a message, never a traceback. The whole run is ``tests/benchmarks/hostile.py``."""

import contextlib
import csv
import io

import pytest
from mutations import MUTATIONS, mutate, victims

from helpers import cli

FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def check(seed, shared, tmp_path):
    name, content = mutate(victims(shared), seed)
    file, out = tmp_path / name, tmp_path / "out.csv"
    file.write_bytes(content)
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
        status = cli.main(["records", str(file), "-o", str(out)])
    assert status in (0, 1)
    assert told.getvalue().strip()
    if status == 0:
        for row in csv.reader(out.open(newline="", encoding="utf-8")):
            for cell in row:
                assert not cell.startswith(FORMULAS) or _is_number(cell), cell


def _is_number(cell):
    with contextlib.suppress(ValueError):
        return bool(float(cell)) or True
    return False


@pytest.mark.parametrize("seed", range(len(MUTATIONS)), ids=[change.__name__ for change in MUTATIONS])
def test_a_hostile_file_is_met_with_a_message_and_no_traceback(shared, tmp_path, seed):
    check(seed, shared, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(len(MUTATIONS), 1000))
def test_a_thousand_hostile_files_are_met_with_a_message_and_no_traceback(shared, tmp_path, seed):
    check(seed, shared, tmp_path)


@pytest.mark.parametrize("seed", [290, 25, 41, 65])
def test_a_hostile_file_that_once_broke_the_kit_no_longer_does(shared, tmp_path, seed):
    check(seed, shared, tmp_path)


def test_files_that_belong_together_with_a_column_missing_are_refused_with_its_name(shared, tmp_path):
    from helpers import sources
    from helpers.problems import InputError

    (agencies,) = shared.glob("washington-post/*agencies*")
    (people,) = shared.glob("washington-post/*data_v2*")
    cut = tmp_path / "agencies.csv"
    cut.write_text(agencies.read_text(encoding="utf-8").replace('"state"', '"place"', 1), encoding="utf-8")
    with pytest.raises(InputError, match="column state: the column is missing"):
        sources.read([people, cut])
