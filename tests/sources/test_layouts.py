"""Real publishers' files read into records: every row accounted for, and the known figures reached."""

import csv
import io

import pytest

from helpers import cli, schema, sources
from helpers.problems import InputError
from helpers.sources import values
from helpers.sources.layouts import ALL

FILES = {
    "washington-post-v2": ["washington-post/*data_v2*.csv", "washington-post/*agencies*.csv"],
    "mapping-police-violence": ["mapping-police-violence/*.xlsx"],
    "the-counted": ["the-counted/*.csv"],
    "fivethirtyeight": ["fivethirtyeight/*.csv"],
    "buzzfeed-2015": ["buzzfeed-2015/*.csv"],
    "austin": ["austin/*.csv"],
    "chicago-trr": ["chicago-trr/*.csv.gz"],
}
RECORDS = {
    "washington-post-v2": 9518, "mapping-police-violence": 9097, "the-counted": 1146, "fivethirtyeight": 467,
    "buzzfeed-2015": 912, "austin": 59, "chicago-trr": 974,
}  # fmt: skip


@pytest.fixture(scope="module")
def readings(shared):
    kept = {}

    def read(name):
        if name not in kept:
            kept[name] = sources.read([file for pattern in FILES[name] for file in sorted(shared.glob(pattern))])
        return kept[name]

    return read


@pytest.mark.parametrize("name", FILES)
def test_a_publishers_file_is_recognised_and_every_row_accounted_for(readings, name):
    reading = readings(name)
    assert {entry.layout for entry in reading.report.files} == {name}
    for entry in reading.report.files:
        assert entry.read == entry.records + entry.joined + entry.aside
    assert sum(entry.aside for entry in reading.report.files) == len(reading.set_aside)
    assert all(row.reason for row in reading.set_aside)
    assert len(reading.records) == reading.report.records == RECORDS[name]


@pytest.mark.parametrize("name", FILES)
def test_records_have_the_tables_columns_ids_of_their_own_and_words_of_the_kit(readings, name):
    records = readings(name).records
    assert list(records.columns[: len(schema.RECORDS.names)]) == schema.RECORDS.names
    assert records["record_id"].is_unique
    assert set(records["race"]) <= set(values.RACES)
    assert records["layout"].eq(name).all()
    schema.check(schema.RECORDS, records)


def test_the_posts_years_races_and_agencies_are_the_known_ones(readings):
    reading = readings("washington-post-v2")
    by_year = reading.records["date"].str[:4].value_counts().sort_index().tolist()
    assert by_year == [995, 958, 984, 992, 997, 1020, 1050, 1095, 1162, 265]
    assert (reading.records["race"] == "unknown").sum() == 1111
    assert reading.records["agency"].str.contains("; ").sum() == 612
    reed = reading.records.set_index("record_id").loc["10273"]
    assert (reed["name"], reed["agency"]) == ("Dexter Reed", "Chicago Police Department, IL")
    assert reading.records["body_camera"].value_counts().to_dict() == {"unknown": 7917, "yes": 1601}


def test_an_impossible_coordinate_of_the_posts_is_unknown_told_and_kept(readings):
    reading = readings("washington-post-v2")
    row = reading.records[reading.records["source_row"] == 8827].iloc[0]
    assert row[["longitude"]].isna().all()
    assert row["longitude_raw"] == "-9007175462532118.0"
    assert "out of bounds: '-9007175462532118.0' (row 8827)" in str(reading.report)


def test_without_its_agencies_file_the_posts_agencies_stand_as_numbers(shared):
    reading = sources.read(list(shared.glob(FILES["washington-post-v2"][0])))
    assert reading.records["agency"].iloc[0] == "agency 73"
    assert "give fatal-police-shootings-agencies.csv" in str(reading.report)


def test_mapping_police_violence_ages_races_and_other_sheets(readings):
    reading = readings("mapping-police-violence")
    records = reading.records
    assert (records["race"] == "unknown").sum() == 929
    assert records.loc[records["age_raw"] == "40s", "age"].isna().all()
    assert records["name"].isna().sum() == 184
    assert records["body_camera"].value_counts().to_dict() == {"no": 5279, "unknown": 3164, "yes": 654}
    assert sum("is not a table of records" in note for note in reading.report.notes) == 3


def test_renamed_columns_of_mapping_police_violence_are_matched_by_meaning():
    newer = "name,age,gender,race,date,city,state,agency_responsible,ori,cause_of_death,circumstances,"
    newer += "disposition_official,officer_charged,signs_of_mental_illness,wapo_armed,wapo_body_camera,mpv_id\n"
    newer += "A B,40s,Male,Black,3/2/2023,Chicago,IL,Chicago Police Department,X,Gunshot,..,..,No,Yes,gun,Yes,7\n"
    (record,) = _read_text(newer).to_dict("records")
    assert record["date"] == "2023-03-02"
    assert (record["record_id"], record["armed"], record["body_camera"]) == ("7", "gun", "yes")


def _read_text(text, layout=None, tmp=None):
    import tempfile
    from pathlib import Path

    path = Path(tempfile.mkdtemp()) / "file.csv"
    path.write_text(text, encoding="utf-8")
    return sources.read([path], layout).records


def test_a_known_file_with_missing_renamed_added_and_reordered_columns_is_read_as_far_as_it_can_be(shared, tmp_path):
    (file,) = shared.glob(FILES["washington-post-v2"][0])
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))[:50]
    places = [place for place, name in reversed(list(enumerate(rows[0]))) if name not in ("county", "race_source")]
    rows[0][rows[0].index("latitude")] = "latitudes"
    changed = [[row[place] for place in places] + ["new"] for row in rows]
    path = tmp_path / "changed.csv"
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows(changed)
    reading = sources.read([path])
    assert len(reading.records) == 49
    assert reading.records["latitude"].notna().any()
    told = str(reading.report)
    assert "its spelling is close to 'latitude'" in told
    assert "county: the file has no such column; unknown in every record." in told
    assert "new" in told


def test_the_counted_and_fivethirtyeight_put_dates_together_from_their_parts(readings):
    assert readings("the-counted").records["date"].notna().all()
    records = readings("fivethirtyeight").records
    assert records["date"].notna().all()
    assert (records["nat_bucket"] == 1).sum() == 139
    assert (records["share_black"] > 50).sum() == 55
    assert readings("fivethirtyeight").report.files[0].encoding == "Windows-1252"


def test_buzzfeeds_shares_by_race_are_the_published_ones(readings):
    known = readings("buzzfeed-2015").records.query("race != 'unknown'")["race"]
    shares = (known.value_counts(normalize=True) * 100).round(1).to_dict()
    assert shares == {
        "White": 51.1,
        "Black": 27.1,
        "Hispanic": 17.9,
        "Other": 1.5,
        "Asian": 1.4,
        "Native American": 1.0,
    }


def test_austins_shots_hits_and_disagreements_are_the_known_ones(readings):
    reading = readings("austin")
    assert reading.records["shots"].sum() == 336
    assert reading.records["hits"].sum() == 130
    assert reading.records["incident"].nunique() == 57
    by_incident = reading.records.groupby("incident")["shots"].sum()
    assert (by_incident.median(), by_incident.max()) == (3, 23)
    assert sum("the list was counted" in note for note in reading.report.notes) == 2


def test_the_shifted_chicago_extract_is_recognised_and_proved_against_the_other(shared, readings):
    from helpers.sources.layouts.chicago import shift
    from helpers.sources.reading import read_file

    by = {path.name[22:31]: shift(read_file(path)[0]) for path in shared.glob("chicago-trr/*discharges*")}
    assert by == {"2004-2016": 0, "2004-2018": -1, "2017-2021": 0, "2021-2023": 0}
    report = str(readings("chicago-trr").report)
    assert "stand one column off its cells" in report
    assert "(100.0%) give the same shots in both" in report


def test_chicago_2004_to_2016_alone_reaches_its_known_sums(shared):
    files = [*shared.glob("chicago-trr/*discharges_2004-2016*"), *shared.glob("chicago-trr/*main_2004-2018*")]
    reading = sources.read(files)
    raw = sum(sum(int(n) for n in cell.split(";")) for cell in reading.records["shots_raw"])
    # 4,404 in all, of which 25 are of Tasers and 2 of a weapon that is not named.
    assert raw == 4404 - 27
    # With officers' ids the sum is 4,330, Tasers included: within 1 % of what the firearm's description comes to.
    assert reading.records["shots"].sum() == pytest.approx(4330 - 27, rel=0.01)


def test_tasers_animals_and_accidents_are_set_aside_with_their_reason(readings):
    reasons = readings("chicago-trr").aside()["reason"].value_counts()
    assert reasons["a Taser: its cycles are no shots"] == 15
    assert reasons["shots at an animal"] == 62 + 16 + 2
    assert reasons["an accidental discharge"] == 22 + 15


def test_chicago_discharges_without_their_reports_are_refused_with_what_to_give(shared):
    with pytest.raises(InputError, match="TRR-main"):
        sources.read(shared.glob("chicago-trr/*discharges_2021*"))


def test_a_known_layout_named_for_another_publishers_file_is_refused(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("alpha,beta\n1,2\n")
    with pytest.raises(InputError, match="too few of the headings that tell"):
        sources.read([path], "the-counted")


def test_a_layout_that_fits_too_little_of_a_file_is_refused_though_it_was_named(shared):
    with pytest.raises(InputError, match="too few of the headings that tell"):
        sources.read(shared.glob("austin/*SUBJECTS*"), "the-counted")


def test_the_command_writes_records_and_tells_the_report(shared, tmp_path, capsys):
    files = [str(file) for pattern in FILES["the-counted"] for file in shared.glob(pattern)]
    out = tmp_path / "records.csv"
    assert cli.main(["records", *files, "-o", str(out)]) == 0
    assert "1,146 became records" in capsys.readouterr().out
    assert len(schema.read_csv(schema.RECORDS, out)) == 1146
    assert cli.main(["records", *files, "--json"]) == 0
    assert '"records": 1146' in capsys.readouterr().out


def test_a_workbooks_other_sheets_are_left_out_also_where_the_layout_is_named(shared):
    reading = sources.read(shared.glob("mapping-police-violence/*.xlsx"), "mapping-police-violence")
    assert len(reading.records) == 9097


def test_an_unknown_file_is_refused_with_what_to_do(tmp_path, capsys):
    path = tmp_path / "x.csv"
    path.write_text("alpha,beta\n1,2\n")
    assert cli.main(["records", str(path)]) == 1
    told = capsys.readouterr().err
    assert "no known publisher lays out a file like this" in told
    assert "--layout new" in told


@pytest.mark.parametrize("layout", [layout.name for layout in ALL])
def test_a_file_of_nothing_but_headings_is_no_records_or_a_message(layout, tmp_path):
    # Found on 22 November 2026 among 5,000 spoilt files: Austin's ended in a traceback.
    known = next(each for each in ALL if each.name == layout)
    path = tmp_path / "headings.csv"
    path.write_text(",".join(names[0] for names in known.marks) + "\n")
    try:
        reading = sources.read([path], layout)
    except InputError as told:
        assert str(told)
    else:
        assert len(reading.records) == 0
