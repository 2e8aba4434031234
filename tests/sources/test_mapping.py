"""Any file through a reporter's mapping, and the draft of one."""

import tomllib

import pytest

from helpers import cli, schema, sources
from helpers.problems import InputError
from helpers.sources import mapping

OFFICERS = """Case Number,Incident Date,Subject Race,Rounds Fired,Force Type,Officer
24-001,13/02/2024,BLK,3,Firearm,Smith
24-001,13/02/2024,BLK,Multiple,Firearm,Jones
24-002,14/02/2024,W/H,16;2,Firearm,Brown
24-003,15/02/2024,WHT,,Taser,Green
,16/02/2024,WHT,4,Firearm,White
"""
MAPPING = """
name = "memphis"
publisher = "A police department"
counts = "times an officer fired"

[columns]
date = { from = "Incident Date", order = "dmy" }
race = { from = "Subject Race", separators = "/", words = { BLK = "Black", WHT = "White" } }
shots = "Rounds Fired"

[fixed]
state = "TN"
outcome = "unknown"

[keep]
"Force Type" = ["Firearm"]

[group]
by = ["Case Number"]
rows = "officer"
shots = "sum"
"""


@pytest.fixture
def files(tmp_path):
    (tmp_path / "force.csv").write_text(OFFICERS)
    (tmp_path / "force.toml").write_text(MAPPING)
    return tmp_path


def test_officer_rows_become_incidents_and_every_row_is_accounted_for(files):
    reading = sources.read([files / "force.csv"], files / "force.toml")
    (entry,) = reading.report.files
    assert (entry.read, entry.records, entry.joined, entry.aside) == (5, 3, 1, 1)
    assert "Force Type = 'Taser'" in reading.set_aside[0].reason
    first, second, third = reading.records.to_dict("records")
    assert (first["record_id"], first["date"], first["race"], first["officers"]) == ("24-001", "2024-02-13", "Black", 2)
    # One officer's shots are not known: the incident's are at least the other's.
    assert (first["shots"], first["shots_qualifier"], first["shots_raw"]) == (3, "at_least", "3;Multiple")
    assert (second["shots"], second["shots_qualifier"], second["race"]) == (18, "exact", "Hispanic")
    assert (third["record_id"], third["shots"], third["state"]) == ("row 6", 4, "TN")


def test_persons_to_incidents_whose_rows_repeat_one_number(files):
    (files / "persons.csv").write_text("Case,Shots\na,5\na,5\nb,3\nb,4\n")
    (files / "persons.toml").write_text(
        '[columns]\nshots = "Shots"\n[group]\nby = ["Case"]\nrows = "person"\nshots = "same"\n'
    )
    reading = sources.read([files / "persons.csv"], files / "persons.toml")
    assert reading.records["shots"].fillna(-1).tolist() == [5, -1]
    assert reading.records["people"].tolist() == [2, 2]
    assert any("do not repeat one number" in note for note in reading.report.notes)


def test_a_stated_qualifier_column_overrides_the_numbers_own_writing(files):
    (files / "q.csv").write_text("Shots,How\n96,approx\n5,\n,exact\n")
    (files / "q.toml").write_text('[columns]\nshots_qualifier = "How"\nshots = "Shots"\n')
    records = sources.read([files / "q.csv"], files / "q.toml").records
    assert records["shots_qualifier"].fillna("-").tolist() == ["approx", "exact", "-"]


def test_a_mappings_faults_are_told_all_at_once(files):
    (files / "bad.toml").write_text(
        'color = 1\n[columns]\ndat = "x"\nrace = { from = "y", words = { a = "Blak" }, sep = ";" }\n'
        '[fixed]\noutcome = "dead"\n[keep]\na = "b"\n[group]\nby = "case"\nrows = "cop"\n'
    )
    with pytest.raises(InputError) as caught:
        mapping.read(files / "bad.toml")
    told = str(caught.value)
    for part in ("'color' means nothing", "Did you mean date?", "'Blak' is not one of the kit's words", "'sep' means",
                 "outcome cannot be 'dead'", "'a' needs a list", "group does not say by what", "'cop'"):  # fmt: skip
        assert part in told


@pytest.mark.parametrize(
    ("text", "why"),
    [("columns = ", "not TOML"), ("", "it takes no column"), ("[columns]\nrace = 5\n", "does not say which column"),
     ("keep = 1\n[columns]\ndate = 'x'\n", "not a table"), ("columns = 3\n", "it takes no column"),
     ("[columns]\nrace = { from = 'x', words = 3 }\n", "words is not a table"),
     ("group = 3\n[columns]\ndate = 'x'\n", "not a table")],
)  # fmt: skip
def test_a_mapping_that_cannot_be_used_is_refused_in_words(files, text, why):
    (files / "bad.toml").write_text(text)
    with pytest.raises(InputError, match=why):
        mapping.read(files / "bad.toml")


def test_a_heading_the_file_does_not_have_is_told_with_the_nearest(files):
    (files / "force.toml").write_text(MAPPING.replace("Rounds Fired", "Rounds Fird"))
    with pytest.raises(InputError, match="Did you mean Rounds Fired"):
        sources.read([files / "force.csv"], files / "force.toml")


def test_a_draft_is_a_mapping_that_reads_its_file(files, capsys):
    out = files / "draft.toml"
    assert cli.main(["records", str(files / "force.csv"), "--layout", "new", "-o", str(out)]) == 0
    drafted = tomllib.loads(out.read_text())["columns"]
    assert drafted["date"] == {"from": "Incident Date", "order": "dmy"}
    assert drafted["record_id"] == "Case Number"
    assert drafted["race"]["words"] == {"BLK": "unknown", "WHT": "unknown", "W/H": "unknown"}
    assert "# '24-001' (2)" in out.read_text()
    assert cli.main(["records", str(files / "force.csv"), "--layout", str(out)]) == 0
    assert "5 became records" in capsys.readouterr().out


def test_the_shipped_example_mapping_reads_the_documented_shootings():
    from helpers import paths

    records = sources.read([paths.data() / "shootings.csv"], paths.data() / "mappings" / "shootings.toml").records
    table = schema.read_csv(schema.SHOOTINGS, paths.data() / "shootings.csv")
    assert records["shots"].fillna(-1).tolist() == table["shots_by_police"].fillna(-1).tolist()
    assert records["shots_qualifier"].fillna("").tolist() == table["shots_qualifier"].fillna("").tolist()
