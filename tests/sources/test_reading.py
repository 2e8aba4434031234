"""Opening files of every shape, with every row accounted for."""

import gzip
import io
import zipfile

import pytest

from helpers.files import as_csv
from helpers.problems import InputError
from helpers.sources import reading
from helpers.sources.reading import read_file

TEXT = 'id,name,note\n1,Zoë,"two\nlines"\n2,Peña,\n'


def one(tmp_path, content, name="a.csv"):
    path = tmp_path / name
    path.write_bytes(content)
    (sheet,) = read_file(path)
    return sheet


def cells(sheet):
    return [sheet.column(place).to_pylist() for place in range(len(sheet.headings))]


@pytest.mark.parametrize(
    ("encoding", "called"),
    [
        ("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8 with BOM"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
)  # fmt: skip
def test_every_usual_encoding_is_told_and_read(tmp_path, encoding, called):
    sheet = one(tmp_path, TEXT.encode(encoding))
    assert (sheet.encoding, cells(sheet)[1]) == (called, ["Zoë", "Peña"])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told(tmp_path, delimiter):
    sheet = one(tmp_path, TEXT.replace(",", delimiter).encode())
    assert sheet.headings == ["id", "name", "note"]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_every_line_end_is_read_and_newlines_in_cells_are_kept(tmp_path, ends):
    sheet = one(tmp_path, TEXT.replace("\n", ends).encode())
    assert len(cells(sheet)[0]) == 2
    assert cells(sheet)[2][0].split() == ["two", "lines"]


def test_gzip_and_a_zip_of_one_file_are_read(tmp_path):
    assert cells(one(tmp_path, gzip.compress(TEXT.encode()), "a.csv.gz"))[0] == ["1", "2"]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inside.csv", TEXT)
    sheet = one(tmp_path, packed.getvalue(), "a.zip")
    assert sheet.file == "a.zip/inside.csv"


def test_a_row_of_too_many_or_too_few_cells_is_set_aside_with_its_reason_and_row(tmp_path):
    sheet = one(tmp_path, b"\na,b\n1,2\n\n3,4,5\n6\n7,8,\n,\n9,10\n")
    assert cells(sheet) == [["1", "7", "9"], ["2", "8", "10"]]
    assert sheet.rows.tolist() == [3, 7, 9]
    assert [(row.row, row.reason) for row in sheet.aside] == [
        (5, "3 cells where the header has 2"),
        (6, "1 cells where the header has 2"),
    ]
    assert sheet.rows_read == 5


def test_an_open_quote_that_would_swallow_the_rest_is_refused_with_its_row(tmp_path):
    with pytest.raises(InputError, match="row 3: a quote is opened and never closed"):
        one(tmp_path, b'a,b\n1,2\n3,"4\n5,6\n7,8\n')


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"), (b"  \n \n", "nothing but blanks"), (b"<!DOCTYPE html><html>", "a web page"),
        (gzip.compress(b"a,b\n1,2\n" * 1000)[:-20], "stops in its middle"), (b"\x1f\x8bnonsense", "damaged gzip"),
        (b"PK\x03\x04nonsense", "damaged zip"), (gzip.compress(b"\0" * 200_000_000), "no data file packs so small"),
    ],
    ids=["empty", "blank", "web page", "gzip cut off", "gzip damaged", "zip damaged", "gzip bomb"],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused_with_the_reason(tmp_path, content, why):
    with pytest.raises(InputError, match=why):
        one(tmp_path, content)


def test_a_large_file_reads_the_same_as_a_small_one(tmp_path, monkeypatch):
    text = "id,name,state\n" + "".join(f"{n},Name {n},{'IL' if n % 2 else 'TX'}\n" for n in range(30_000)) + "1,2\n"
    small = one(tmp_path, text.encode())
    monkeypatch.setattr(reading, "LARGE", 1000)
    large = one(tmp_path, text.encode())
    assert cells(large) == cells(small)
    assert (large.sha256, large.rows.tolist(), large.aside) == (small.sha256, small.rows.tolist(), small.aside)


def test_a_workbook_whose_one_far_cell_asks_for_billions_is_refused(tmp_path):
    import mutations

    with pytest.raises(InputError, match="reaches over"):
        one(tmp_path, mutations.workbook_far_cell(b"", __import__("random").Random(1)), "a.xlsx")


def test_no_cell_the_kit_writes_begins_a_formula_and_numbers_stay_numbers():
    import pandas as pd

    frame = pd.DataFrame({"=name": ["=1+1", "@x", "+1", "-2", "\t=1", "fine", None], "longitude": [-97.5] * 7})
    text = as_csv(frame)
    assert text.splitlines()[0] == "'=name,longitude"
    assert [line.split(",")[0] for line in text.splitlines()[1:6]] == ["'=1+1", "'@x", "'+1", "'-2", "'\t=1"]
    assert text.count(",-97.5") == 7
