"""A spreadsheet of shot times becomes a shot log: every row of it, or none and the reasons."""

from __future__ import annotations

import zipfile

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import incidents
from helpers.cli import main
from helpers.incidents.entering import seconds
from helpers.problems import InputError


def _sheet(folder, text, name="times.csv"):
    (folder / name).write_text(text)
    return folder / name


@given(st.integers(0, 86_399_999))
def test_a_time_reads_the_same_however_it_is_written(milliseconds):
    whole = milliseconds / 1000
    minutes, rest = divmod(milliseconds, 60_000)
    hours, inner = divmod(minutes, 60)
    clock = f"{hours}:{inner:02d}:{rest / 1000:06.3f}"
    for text in (f"{whole:.3f}", f"{whole:.3f} s", f"{whole:.3f}".replace(".", ","), clock, clock.replace(".", ",")):
        assert seconds(text) == pytest.approx(whole, abs=1e-6), text


@pytest.mark.parametrize("text", ["", "soon", "1:75", "1:2", "12:61:00", "1.2.3", "--3", "1e3", "nan", "∞", "12 34"])
def test_what_is_no_time_is_none(text):
    assert seconds(text) is None


def test_headings_words_and_the_zero_of_a_reporters_own_spreadsheet_are_understood(tmp_path):
    text = "Time,Who fired,How sure,Remarks\n1:02.9,Officer B,maybe,loud\n1:02.4,Officer A,,\n1:03.0,,echo,\n"
    log = incidents.shots_from(_sheet(tmp_path, text), zero="1:02.4", side="police")
    assert list(log["t_s"]) == [0.0, 0.5, 0.6], "in order of time"
    assert list(log["shooter"]) == ["Officer A", "Officer B", "unknown"]
    assert list(log["confidence"]) == ["certain", "possible", "possible echo"]
    assert set(log["side"]) == {"police"} and set(log["status"]) == {"annotated"}


def test_nobody_is_made_police_unless_the_spreadsheet_or_the_reporter_says_so(tmp_path):
    assert set(incidents.shots_from(_sheet(tmp_path, "time\n0\n1\n"))["side"]) == {"unknown"}
    mixed = incidents.shots_from(_sheet(tmp_path, "time,side\n0,other\n1,police\n"))
    assert list(mixed["side"]) == ["other", "police"]


def test_every_cell_that_cannot_be_read_is_named_at_once(tmp_path):
    text = "Time,How sure,Side\n0:01.0,yes,police\nsoon,yes,police\n0:03.0,dunno,cops\n,yes,police\n"
    with pytest.raises(InputError) as caught:
        incidents.shots_from(_sheet(tmp_path, text))
    told = [(problem.row, problem.column, problem.value) for problem in caught.value.problems]
    assert told == [(3, "Time", "soon"), (4, "How sure", "dunno"), (4, "Side", "cops"), (5, "Time", None)]


def _row(number, *cells):
    texts = "".join(f'<c r="{"AB"[at]}{number}" t="inlineStr"><is><t>{cell}</t></is></c>' if isinstance(cell, str)
                    else f'<c r="{"AB"[at]}{number}"><v>{cell}</v></c>' for at, cell in enumerate(cells))  # fmt: skip
    return f'<row r="{number}">{texts}</row>'


def test_a_workbook_is_read_as_a_text_file_is(tmp_path):
    cells = _row(1, "Seconds", "Officer") + _row(2, 0, "A") + _row(3, 0.455, "B")
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {space} xmlns:r="{office}"><sheets><sheet name="shots" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<worksheet {space}><sheetData>{cells}</sheetData></worksheet>",
    }
    with zipfile.ZipFile(tmp_path / "times.xlsx", "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    log = incidents.shots_from(tmp_path / "times.xlsx")
    assert list(log["t_s"]) == [0.0, 0.455] and list(log["shooter"]) == ["A", "B"]


@pytest.mark.parametrize(("text", "words"), [
    ("when,who\n1,A\n", "Head the column of times"),
    ("time\n", "no shot|empty|no rows"),
    ("time,who\n1,A\n1,A\n", "fires twice"),
])  # fmt: skip
def test_a_spreadsheet_without_times_or_with_a_row_twice_is_refused(tmp_path, text, words):
    with pytest.raises(InputError, match=words):
        incidents.shots_from(_sheet(tmp_path, text))


@pytest.mark.parametrize("given", [{"status": "guessed"}, {"side": "cops"}, {"zero": "noon"}])
def test_a_word_or_zero_that_means_nothing_is_refused_with_what_would_do(tmp_path, given):
    with pytest.raises(InputError, match="Write"):
        incidents.shots_from(_sheet(tmp_path, "time\n0\n"), **given)


def test_the_log_that_comes_back_is_the_log_that_was_written_out(incident_copy):
    """Through a spreadsheet and back, the simulated log loses nothing it said."""
    case = incidents.load("rehearsal")
    practised = incidents.practice(case)
    again = practised.add_shots()
    columns = ["t_s", "shooter", "side", "status", "confidence", "u_s"]
    pd.testing.assert_frame_equal(
        again[columns].reset_index(drop=True), case.shots[columns].reset_index(drop=True), check_dtype=False
    )
    assert incidents.load(practised.filled).shots is not None
    assert len(practised.add_shots()) == len(again), "a cell can be run twice"


def test_a_log_that_contradicts_the_facts_is_not_written(incident_copy, tmp_path):
    folder = incident_copy("rehearsal")
    (folder / "shots.csv").unlink()
    sheet = _sheet(tmp_path, "time\n0\n75\n")
    with pytest.raises(InputError, match="outside the reported span"):
        incidents.add_shots("rehearsal", sheet, status="simulated", side="police")
    assert not (folder / "shots.csv").exists()
    incidents.add_shots("rehearsal", _sheet(tmp_path, "time\n0\n40\n"), status="simulated", side="police")
    with pytest.raises(InputError, match="there is a shot log already"):
        incidents.add_shots("rehearsal", sheet)


def test_a_new_incident_from_the_command_line_to_a_log_and_a_chart(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("KIT_INCIDENTS", str(tmp_path))
    assert main(["incident", "new", "main-street-2026"]) == 0
    assert main(["incident", "check", "main-street-2026"]) == 1
    told = capsys.readouterr().err
    assert "title" in told and "place" in told and "Traceback" not in told
    file = tmp_path / "main-street-2026" / "incident.toml"
    text = file.read_text().replace('title = ""', 'title = "Rehearsal"', 1).replace('place = ""', 'place = "Nowhere"')
    text = text.replace('agency = ""', 'agency = "Simulated police"').replace("# date", "simulated = true\n# date")
    text = text.replace('publisher = ""', 'publisher = "A test"').replace('title = ""', 'title = "A test"')
    file.write_text(text)
    assert main(["incident", "check", "main-street-2026"]) == 0
    sheet = str(_sheet(tmp_path, "time;side\n1:02,4;police\n1:02,9;police\n"))
    words = ["incident", "shots", "main-street-2026", sheet, "--zero", "1:02.4"]
    assert main([*words, "--status", "simulated"]) == 0
    assert "2 shots in the simulated log" in capsys.readouterr().out
    assert main(words) == 1 and "there is a shot log already" in capsys.readouterr().err
    assert list(incidents.load("main-street-2026").shots["t_s"]) == [0.0, 0.5]


def test_practice_makes_up_nothing_and_says_its_mistake_is_one():
    for id in ("dexter-reed-2024", "lapd-fid-023-20", "rehearsal"):
        case = incidents.load(id)
        practised = incidents.practice(case)
        assert (practised.spreadsheet is None) == (case.shots is None)
        draft = practised.draft.read_text()
        assert str(case.fact("shots_by_police")) in draft and "A mistake made on purpose" in draft
        with pytest.raises(InputError):
            incidents.load(practised.empty)
        assert incidents.load(practised.filled).shots is None
        assert len(practised.add_shots()) == (0 if case.shots is None else len(case.shots))
