"""What changed between two versions of a file."""

import json

import pytest

from helpers import cli, sources
from helpers.problems import InputError

HEADER = "id,date,name,race,latitude\n"
OLD = HEADER + "1,2022-01-02,A,W,41.50\n2,2022-05-06,B,B,30\n3,2023-01-01,C,H,29\n4,2023-02-01,D,,28\n"
NEW = (
    HEADER
    + "1,2022-01-02,A,W,41.5\n2,2022-05-06,B,H,30\n4,2023-02-01,D,,28\n5,2022-07-07,E,W,27\n6,2024-01-01,F,W,26\n"
)


@pytest.fixture
def versions(tmp_path):
    (tmp_path / "old.csv").write_text(OLD)
    (tmp_path / "new.csv").write_text(NEW)
    return tmp_path / "old.csv", tmp_path / "new.csv"


def test_a_past_years_changed_count_is_the_headline(versions):
    found = sources.diff(*versions)
    assert found.headline() == "Counts of past years changed: 2022 2 -> 3."
    assert str(found).startswith(found.headline())
    assert found.years[["year", "old", "new"]].to_numpy().tolist() == [[2022, 2, 3], [2023, 2, 1], [2024, 0, 1]]


def test_rows_are_matched_by_id_and_changes_told_by_column_and_year(versions):
    found = sources.diff(*versions)
    assert found.key == ("id",)
    assert (found.added.index.tolist(), found.removed.index.tolist()) == (["5", "6"], ["3"])
    real = found.changes[~found.changes["only_written"]]
    assert real[["key", "column", "old", "new", "year"]].to_numpy().tolist() == [["2", "race", "B", "H", 2022]]


def test_one_number_written_in_two_ways_is_no_change(versions):
    found = sources.diff(*versions)
    assert found.changes["only_written"].sum() == 1
    assert found.by_column() == {"race": 1}


def test_without_an_id_rows_are_matched_by_a_stated_key(tmp_path):
    (tmp_path / "a.csv").write_text("who,when,what\nA,2020,x\nB,2021,y\n")
    (tmp_path / "b.csv").write_text("who,when,what\nA,2020,z\nB,2021,y\n")
    found = sources.diff(tmp_path / "a.csv", tmp_path / "b.csv", key=["who", "when"])
    assert len(found.changes) == 1
    whole = sources.diff(tmp_path / "a.csv", tmp_path / "b.csv")
    assert (len(whole.added), len(whole.removed), whole.key) == (1, 1, ())


def test_a_version_compared_with_itself_has_changed_in_nothing(versions):
    found = sources.diff(versions[0], versions[0])
    assert (len(found.added), len(found.removed), len(found.changes)) == (0, 0, 0)
    assert found.headline() == "No past year's count changed."


def test_rows_that_repeat_an_id_are_not_lost(tmp_path):
    (tmp_path / "a.csv").write_text("id,date\n1,2020\n1,2020\n")
    (tmp_path / "b.csv").write_text("id,date\n1,2020\n1,2020\n1,2020\n")
    found = sources.diff(tmp_path / "a.csv", tmp_path / "b.csv")
    assert (len(found.added), len(found.removed)) == (1, 0)
    assert any("repeat a key" in note for note in found.notes)


def test_columns_that_came_and_went_are_told(tmp_path):
    (tmp_path / "a.csv").write_text("id,date,old thing\n1,2020,x\n")
    (tmp_path / "b.csv").write_text("id,date,new thing\n1,2020,x\n")
    found = sources.diff(tmp_path / "a.csv", tmp_path / "b.csv")
    assert (found.columns_added, found.columns_removed) == (["new thing"], ["old thing"])


def test_two_publishers_files_are_not_two_versions(shared):
    (one,), (other,) = shared.glob("the-counted/*.csv"), shared.glob("fivethirtyeight/*.csv")
    with pytest.raises(InputError, match="two versions of one publisher"):
        sources.diff(one, other)


def test_the_command_tells_it_in_words_and_as_json(versions, capsys):
    old, new = map(str, versions)
    assert cli.main(["diff", old, new]) == 0
    assert "2 added, 1 removed, 1 changed" in capsys.readouterr().out
    assert cli.main(["diff", old, new, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["past_years_changed"] == [{"year": 2022, "old": 2, "new": 3, "change": 1, "past": True}]
    assert told["changed_cells_by_year"] == [{"column": "race", "year": 2022, "cells": 1}]
    assert cli.main(["diff", old, new, "--key", "nothing"]) == 1
    assert "not both files have the column 'nothing'" in capsys.readouterr().err
