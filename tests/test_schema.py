"""The tables' checks: all problems at once, each where it stands, and nothing lost."""

from __future__ import annotations

import codecs

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import schema
from helpers.problems import InputError, Problem

HEADER = "t_s,side,status,confidence"


def _read(tmp_path, text, table=schema.SHOT_LOG):
    file = tmp_path / "table.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return schema.read_csv(table, file)


def _problems(tmp_path, text, table=schema.SHOT_LOG) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        _read(tmp_path, text, table)
    assert all(str(problem.file).endswith("table.csv") and problem.remedy for problem in caught.value.problems)
    return caught.value.problems


def test_a_right_log_is_typed_and_keeps_its_row_numbers_and_extra_columns(tmp_path):
    log = _read(tmp_path, f"{HEADER},radio\n0,police,annotated,certain,10-1\n\n1.5,other,annotated,possible,\n")
    assert log["t_s"].tolist() == [0.0, 1.5]
    assert log.index.tolist() == [2, 4]
    assert log["shooter"].tolist() == ["unknown", "unknown"]
    assert log["radio"].tolist()[0] == "10-1"
    assert log["u_s"].isna().all()


def test_every_problem_is_told_at_once_with_row_column_and_value(tmp_path):
    found = _problems(
        tmp_path, f"{HEADER}\nabc,polce,annotated,certain\n-1e9,police,,certain\n2,police,annotated,sure\n"
    )
    places = [(problem.row, problem.column, problem.value) for problem in found]
    assert places == [(2, "t_s", "abc"), (2, "side", "polce"), (3, "t_s", "-1e9"), (3, "status", None),
                      (4, "confidence", "sure")]  # fmt: skip


@pytest.mark.parametrize("cell", ["nan", "inf", "1_000", "0x10", "1,5", "--", "#VALUE!"])
def test_what_is_no_plain_number_is_refused(tmp_path, cell):
    (problem,) = _problems(tmp_path, f'{HEADER}\n"{cell}",police,annotated,certain\n')
    assert (problem.row, problem.column, problem.what, problem.value) == (2, "t_s", "not a number", cell)


def test_a_misspelt_column_is_named_with_the_right_spelling(tmp_path):
    (problem,) = _problems(tmp_path, "t_s,side,status,confidance\n0,police,annotated,certain\n")
    assert "confidance" in problem.what and problem.remedy == "Rename it to confidence."


def test_a_misspelt_optional_column_is_not_read_as_absent(tmp_path):
    (problem,) = _problems(tmp_path, f"{HEADER},shooters\n0,police,annotated,certain,A\n")
    assert problem.column == "shooter"


def test_missing_and_repeated_columns_are_named(tmp_path):
    found = _problems(tmp_path, "t_s,t_s,status,confidence\n0,0,annotated,certain\n")
    assert {problem.column for problem in found} == {"t_s", "side"}


def test_rows_with_too_few_or_too_many_cells_are_named(tmp_path):
    found = _problems(tmp_path, f"{HEADER}\n0,police,annotated\n1,police,annotated,certain,x\n")
    assert [problem.row for problem in found] == [2, 3]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"t_s,side\n0,\0\n", "null byte"),
        (b'"t_s,side\n0,1\n', "unclosed quote"),
        (codecs.BOM_UTF16_LE + "t_s".encode("utf-16-le"), "UTF-8"),
        ("t_s,nötig\n".encode("latin-1"), "UTF-8"),
    ],
)
def test_files_that_are_no_csv_say_so(tmp_path, content, words):
    (problem,) = _problems(tmp_path, content)
    assert words in str(problem)


def test_a_missing_file_and_a_folder_say_so(tmp_path):
    for path, words in ((tmp_path / "none.csv", "no such file"), (tmp_path, "a folder")):
        with pytest.raises(InputError, match=words):
            schema.read_csv(schema.SHOT_LOG, path)


def test_a_bom_is_no_part_of_the_first_column(tmp_path):
    log = _read(tmp_path, b"\xef\xbb\xbf" + f"{HEADER}\n0,police,annotated,certain\n".encode())
    assert log["t_s"].tolist() == [0.0]


@pytest.mark.parametrize(("cell", "right"), [("2024-03-21", True), ("21/03/2024", False), ("2024-02-30", False)])
def test_dates_are_days_that_exist(tmp_path, cell, right):
    table = schema.Table("days", "a day", (schema.SHOOTINGS["date"],))
    if right:
        assert _read(tmp_path, f"date\n{cell}\n", table)["date"].tolist() == [cell]
    else:
        (problem,) = _problems(tmp_path, f"date\n{cell}\n", table)
        assert problem.value == cell


def test_check_does_not_change_the_frame_it_was_given():
    frame = pd.DataFrame({"t_s": ["1"], "side": "police", "status": "annotated", "confidence": "certain"})
    before = frame.copy(deep=True)
    schema.check(schema.SHOT_LOG, frame)
    pd.testing.assert_frame_equal(frame, before)


def test_a_long_list_of_problems_says_how_many_more_there_are(tmp_path):
    rows = "\n".join("x,police,annotated,certain" for _ in range(30))
    with pytest.raises(InputError, match="and 10 more problems"):
        _read(tmp_path, f"{HEADER}\n{rows}\n")


def test_problems_survive_the_way_out_of_a_process_pool():
    import pickle

    error = InputError([Problem("wrong", "Mend it.", "a.csv", 2, "t_s", "x")])
    assert pickle.loads(pickle.dumps(error)).problems == error.problems


@given(st.lists(st.floats(min_value=-86400, max_value=86400), min_size=1, max_size=30))
def test_no_row_is_lost_and_no_number_changed(times):
    frame = pd.DataFrame({"t_s": [repr(time) for time in times], "side": "police", "status": "annotated",
                          "confidence": "certain"})  # fmt: skip
    assert schema.check(schema.SHOT_LOG, frame)["t_s"].tolist() == times


@pytest.mark.parametrize("table", [schema.SHOT_LOG, schema.EVENTS, schema.SHOOTINGS, schema.RECORDS, schema.TALLY,
                                   schema.POPULATION], ids=lambda table: table.name)  # fmt: skip
def test_every_column_tells_a_reporter_what_to_write(table):
    assert len(set(table.names)) == len(table.names)
    for column in table.columns:
        assert column.write.endswith("."), column.name
        assert (column.kind == "choice") == bool(column.choices), column.name


@pytest.mark.parametrize(("header", "words"), [("t_s;side;status;confidence", "semicolons"), ("t_s\tside", "tabs")])
def test_cells_that_are_not_separated_by_commas_are_told(tmp_path, header, words):
    (problem,) = _problems(tmp_path, f"{header}\n0\n")
    assert words in problem.what


def test_a_heading_in_capitals_is_shown_as_it_stands(tmp_path):
    (problem,) = _problems(tmp_path, "T_S,side,status,confidence\n0,police,annotated,certain\n")
    assert "there is 'T_S'" in problem.what


def test_a_problem_that_wraps_a_sentence_ends_it_once():
    inner = Problem("there is no such file", "Check the name.", "a.csv")
    assert str(Problem(str(inner), "Run it again.", "04")) == (
        "04: a.csv: there is no such file. Check the name. Run it again."
    )
    assert str(Problem("not a number", "Write one.")) == "not a number. Write one."
