"""Counting records, with one answer whatever counts them."""

import importlib
import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import cli, paths
from helpers.force.tally import tally, tally_files
from helpers.problems import InputError

# The module: the package gives its function under the same name.
counting = importlib.import_module("helpers.force.tally")

ROWS = [
    {"date": "2022-01-02", "state": "IL", "race": "Black", "agency": "A; B"},
    {"date": "2022-12-30", "state": "IL", "race": None, "agency": "A"},
    {"date": "2023-04-05", "state": "TX", "race": "White", "agency": ""},
    {"date": None, "state": "TX", "race": "White", "agency": "B"},
]


@pytest.fixture
def records():
    return pd.DataFrame(ROWS).astype("str")


def engines(frame):
    """The same table on every engine that is installed."""
    yield "pandas", frame
    polars = pytest.importorskip("polars")
    text = {name: [None if pd.isna(cell) else cell for cell in frame[name]] for name in frame}
    yield "polars", polars.DataFrame(text)
    yield "polars lazy", polars.DataFrame(text).lazy()
    duckdb = pytest.importorskip("duckdb")
    yield "duckdb", duckdb.from_arrow(polars.DataFrame(text).to_arrow())


def test_every_engine_gives_the_same_counts(records):
    for by in (["year"], ["place", "group"], ["agency", "year"], list(counting.COLUMNS)):
        expected = tally(records, by)
        for name, frame in engines(records):
            pd.testing.assert_frame_equal(tally(frame, by), expected, obj=f"{name} by {by}")


@pytest.mark.spark
def test_spark_gives_the_same_counts(records):
    sql = pytest.importorskip("pyspark.sql")
    spark = sql.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    frame = spark.createDataFrame(ROWS, "date string, state string, race string, agency string")
    for by in (["year"], ["agency", "year"], list(counting.COLUMNS)):
        pd.testing.assert_frame_equal(tally(frame, by), tally(records, by))
    spark.stop()


def test_no_record_is_left_out_and_unknown_is_named(records):
    found = tally(records, ["year", "race"])
    assert found["events"].sum() == 4
    assert found.loc[found["year"].isna(), "events"].tolist() == [1]
    assert found.loc[found["race"] == "unknown", "events"].tolist() == [1]


def test_a_record_of_several_agencies_counts_once_for_each(records):
    assert dict(tally(records, ["agency"])[["agency", "events"]].to_numpy()) == {"A": 2, "B": 2, "unknown": 1}


def test_years_the_dates_do_not_cover_are_marked_partial(records):
    found = tally(records, ["year"]).dropna(subset="year").set_index("year")["partial"]
    assert found.to_dict() == {2022: False, 2023: True}


@given(st.lists(st.tuples(st.sampled_from("AB"), st.integers(2000, 2003)), min_size=1, max_size=50))
def test_a_tally_counted_again_is_the_tally_of_the_whole(rows):
    frame = pd.DataFrame(rows, columns=["place", "year"])
    fine = tally(frame, ["place", "year"])
    pd.testing.assert_frame_equal(tally(fine, ["year"]), tally(frame, ["year"]))


def test_the_shipped_tally_counted_by_year_gives_the_posts_years_partial_year_and_definition():
    found, _ = tally_files([paths.data() / "fatal_shootings.csv"], ["year"])
    assert found["events"].tolist() == [995, 958, 984, 992, 997, 1020, 1050, 1095, 1162, 265]
    assert found.loc[found["partial"], "year"].tolist() == [2024]
    assert found["definition"].unique().tolist() == ["fatal shootings by on-duty police"]


def test_two_definitions_are_never_counted_together(shared):
    files = [*shared.glob("washington-post/*data_v2*"), *shared.glob("the-counted/*.csv")]
    with pytest.raises(InputError, match="different definitions"):
        tally_files(files, ["year"])


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_large_file_is_counted_by_duckdb_to_the_same_counts(tmp_path, monkeypatch, records, ending):
    path = tmp_path / f"table.{ending}"
    records.to_csv(path, index=False) if ending == "csv" else records.to_parquet(path, index=False)
    small, _ = tally_files([path], ["agency", "year"])
    monkeypatch.setattr(counting, "LARGE_BYTES", 1)
    large, notes = tally_files([path], ["agency", "year"])
    pd.testing.assert_frame_equal(large, small)
    assert "DuckDB" in notes[0]


def test_more_columns_than_their_combinations_can_be_numbered_are_counted_too():
    words = [f"column {n}" for n in range(9)]
    frame = pd.DataFrame(
        {word: [str((n * (place + 3)) % 999) for n in range(2000)] for place, word in enumerate(words)}
    )
    counts = tally(frame, words)
    expected = frame.groupby(words).size()
    assert len(counts) == len(expected) and counts["events"].sum() == 2000
    assert counts.set_index(words)["events"].to_dict() == expected.to_dict()


def test_a_table_too_large_to_read_at_once_and_too_small_for_duckdb_is_counted_too(tmp_path, monkeypatch):
    from helpers.sources import reading

    monkeypatch.setattr(reading, "LARGE", 1)
    file = tmp_path / "table.csv"
    table = pd.DataFrame({"agency": ["A", "B"] * 50, "year": ["2020", "2021"] * 50, "race": ["W", "", "B", "W"] * 25})
    table.to_csv(file, index=False)
    counts, _ = tally_files([file], ["agency", "year", "race"])
    assert counts["events"].sum() == 100 and set(counts["year"]) == {2020, 2021}


def test_a_damaged_row_of_a_large_file_is_an_error_and_never_left_out(tmp_path, monkeypatch):
    path = tmp_path / "table.csv"
    path.write_text("state,year\n" + "IL,2020\n" * 50 + "IL\n" + "TX,2021,x,y\n")
    for size in (1, 10**9):
        monkeypatch.setattr(counting, "LARGE_BYTES", size)
        with pytest.raises(InputError):
            tally_files([path], ["state"])


def test_the_command_counts_and_refuses_a_column_that_is_not_there(tmp_path, capsys):
    file = str(paths.data() / "shootings.csv")
    assert cli.main(["tally", file, "--by", "state", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["events"] == 34
    out = tmp_path / "tally.csv"
    assert cli.main(["tally", file, "--by", "year,agency", "-o", str(out)]) == 0
    assert out.read_text().startswith("year,agency,events")
    assert cli.main(["tally", file, "--by", "colour"]) == 1
    assert "there is no column 'colour'" in capsys.readouterr().err
