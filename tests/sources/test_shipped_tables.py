"""The shipped tables: valid, equal to the known figures, and what their rebuild command makes of the sources."""

import json

import pandas as pd
import pytest

from helpers import paths, schema
from helpers.files import as_csv
from helpers.sources import shipped
from helpers.sources.descriptor import descriptor

YEARS = {
    2015: 995,
    2016: 958,
    2017: 984,
    2018: 992,
    2019: 997,
    2020: 1020,
    2021: 1050,
    2022: 1095,
    2023: 1162,
    2024: 265,
}


@pytest.fixture(scope="module")
def fatal():
    return schema.read_csv(schema.TALLY, paths.data() / "fatal_shootings.csv")


@pytest.fixture(scope="module")
def people():
    return schema.read_csv(schema.POPULATION, paths.data() / "population.csv")


@pytest.fixture(scope="module")
def chicago():
    return pd.read_csv(paths.data() / "chicago_shootings.csv")


def test_fatal_shootings_sum_to_the_posts_known_figures_by_year(fatal):
    assert fatal.groupby("year")["events"].sum().to_dict() == YEARS


def test_only_2024_is_marked_partial_in_the_fatal_shootings(fatal):
    assert set(fatal.loc[fatal["partial"] == "True", "year"]) == {2024}
    assert set(fatal.loc[fatal["partial"] == "False", "year"]) == set(YEARS) - {2024}


def test_fatal_shootings_by_race_are_the_posts_counts_by_the_stated_rule(fatal):
    by_race = fatal.groupby("group")["events"].sum().to_dict()
    # Of the Post's 5 records with several races, W;H, N;H and twice B;H are Hispanic; W;B (2) and W;B;N are several.
    assert by_race == {
        "White": 4288, "Black": 2239, "Hispanic": 1548 + 4, "unknown": 1111, "Asian": 167, "Native American": 128,
        "Other": 30, "Two or more": 3,
    }  # fmt: skip


def test_a_record_of_several_agencies_stands_in_one_row_of_the_fatal_shootings(fatal):
    several = fatal["agency"].str.contains("; ")
    assert fatal.loc[several, "events"].sum() == 612


def test_fatal_shootings_per_million_are_the_known_rates(fatal, people):
    nation = people[people["place"].str.len() == 2].groupby("year")["people"].sum()
    rates = fatal.groupby("year")["events"].sum() / nation * 1e6
    assert round(rates[2015], 2) == 3.10
    assert round(rates[2023], 2) == 3.45


def test_the_population_holds_every_state_in_every_year(people):
    states = people[people["place"].str.len() == 2]
    assert states.groupby("year")["place"].nunique().to_dict() == dict.fromkeys(range(2000, 2026), 51)


def test_the_100_cities_races_sum_to_everyone(people):
    cities = people[people["place"].str.contains(", ")].pivot(index="place", columns="group", values="people")
    parts = ["White", "Black", "Native American", "Asian", "Pacific Islander", "Other", "Two or more", "Hispanic"]
    assert len(cities) == 100
    assert (cities[parts].sum(axis=1) == cities["all"]).all()
    assert (cities["Asian"] + cities["Pacific Islander"] == cities["Asian or Pacific Islander"]).all()
    assert cities.loc["Chicago, IL", ["all", "Black"]].tolist() == [2_695_598, 872_286]


@pytest.mark.parametrize(
    ("day", "shots", "officers"),
    [
        pytest.param("2016-07-28", 15, 3, id="Paul O'Neal: 9 + 1 + 5"),
        pytest.param("2018-07-14", 5, 1, id="Harith Augustus"),
        pytest.param("2021-03-29", 1, 1, id="Adam Toledo"),
        pytest.param("2021-03-31", 5, 1, id="Anthony Alvarez"),
        pytest.param("2020-07-30", 77, 4, id="25th District station: 14 + 31 + 30 + 2"),
    ],
)
def test_a_documented_chicago_incident_has_its_known_shots(chicago, day, shots, officers):
    that_day = chicago[(chicago["date"] == day) & (chicago["kind"] == "shooting")]
    assert (shots, officers) in set(zip(that_day["shots"], that_day["officers_fired"], strict=True))


def test_laquan_mcdonalds_shooting_is_missing_from_the_chicago_records(chicago):
    assert "2014-10-20" not in set(chicago["date"])


def test_chicago_incidents_are_told_apart_and_hashed(chicago):
    assert not chicago.duplicated(["incident", "kind"]).any()
    assert chicago["incident"].str.fullmatch(r"([0-9a-f]{64}|trr-\S+)(; ([0-9a-f]{64}|trr-\S+))*").all()
    assert chicago["date"].between("2004-01-08", "2023-09-15").all()
    assert set(chicago.loc[chicago["partial"], "year"]) == {2004, 2023}


def test_no_incident_counts_more_shots_than_its_reports_say(chicago):
    assert (chicago["shots"] <= chicago["shots_all_reports"]).all()
    assert (chicago["officers_fired"] <= chicago["reports"]).all()


def test_the_descriptor_is_what_the_kit_writes_and_frictionless_finds_the_data_valid():
    frictionless = pytest.importorskip("frictionless")
    path = paths.data() / "datapackage.json"
    assert json.loads(path.read_text(encoding="utf-8")) == descriptor()
    report = frictionless.validate(str(path))
    assert report.valid, report.flatten(["name", "type", "note"])[:10]


def test_the_shipped_tables_name_no_person(fatal, people, chicago):
    columns = {*fatal.columns, *people.columns, *chicago.columns}
    assert not columns & {"name", "age", "gender", "street", "block", "latitude", "longitude"}


@pytest.mark.parametrize(
    ("table", "sources"),
    [
        ("fatal_shootings", ["washington-post/*.csv"]),
        ("population", ["population/historical_state_population_by_year.csv", "mpv-cities-2015/cities.csv"]),
        ("chicago_shootings", ["chicago-trr/*.csv.gz"]),
    ],
)
def test_rebuilding_a_shipped_table_from_its_sources_gives_it_byte_for_byte(shared, table, sources):
    files = [file for pattern in sources for file in sorted(shared.glob(pattern))]
    rebuilt = as_csv(shipped.BUILDERS[table][0](files))
    assert rebuilt == (paths.data() / f"{table}.csv").read_text(encoding="utf-8")
