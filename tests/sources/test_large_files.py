"""A large file is read on all processors, and read as a small one is, whatever stands in it."""

from __future__ import annotations

import random

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import sources
from helpers.problems import InputError
from helpers.sources import bulk, layout, reading, values

HEADINGS = "id,date,name,age,gender,race,city,state,latitude,longitude,body_camera,armed_with,threat_type,flee_status"
NAMES = ["Ann  Lee", " Bo", "Cy\u00a0Ng", "José", "Name withheld", "TK TK", "", "O’Neil", "x" * 40, "Zoë"]


def rows(count: int) -> list[str]:
    chance = random.Random(1)
    return [
        f'{n},2020-01-{n % 28 + 1:02},"{chance.choice(NAMES)} {n}",{n % 90},male,{chance.choice("WBHA")},'
        f'"City, {n % 7}",IL,{40 + n / 1e5:.5f},-{80 + n / 1e5:.5f},False,gun,shoot,not'
        for n in range(count)
    ]


def both_ways(path, monkeypatch) -> tuple[sources.Reading, sources.Reading]:
    """The file read as a small one, and as a large one by threads."""
    small = sources.read([path])
    monkeypatch.setattr(reading, "LARGE", 1)
    monkeypatch.setattr(layout, "MANY", 100)
    return small, sources.read([path])


def test_lines_that_are_rows_are_read_the_same_in_threads(tmp_path, monkeypatch):
    path = tmp_path / "many.csv"
    path.write_text("\n".join([HEADINGS, *rows(3000)]) + "\n")
    careful = []
    with monkeypatch.context() as patched:
        cells = reading._cells
        patched.setattr(reading, "_cells", lambda *given: careful.append(given[0]) or cells(*given))
        small, large = both_ways(path, monkeypatch)
    assert careful == ["many.csv"], "the large one was read the slow way too"
    pd.testing.assert_frame_equal(small.records, large.records)
    assert str(small.report) == str(large.report)
    assert len(large.records) == 3000


@pytest.mark.parametrize(
    "spoil",
    [
        lambda lines: [*lines[:50], '50,2020-01-01,"Two\nlines",3,male,W,"A",IL,1,2,False,gun,shoot,not', *lines[51:]],
        lambda lines: [*lines[:50], "too,few", *lines[50:]],
        lambda lines: [*lines[:50], lines[50] + ",one,more", *lines[51:]],
        lambda lines: [*lines[:50], "", "", *lines[50:]],
        lambda lines: [*lines[:50], "," * 13, *lines[50:]],
        lambda lines: [*lines[:1], *['9,2020-01-01,"\n\n",3,male,W,"A",IL,1,2,False,gun,shoot,not'] * 40, *lines[1:]],
    ],
    ids=["a line break in quotes", "too few", "too many", "blank lines", "an empty row", "many line breaks"],
)
def test_what_is_no_row_of_its_own_line_is_accounted_for_the_same(tmp_path, monkeypatch, spoil):
    path = tmp_path / "odd.csv"
    path.write_text("\n".join(spoil([HEADINGS, *rows(300)])))
    small, large = both_ways(path, monkeypatch)
    pd.testing.assert_frame_equal(small.records, large.records)
    assert [(row.row, row.reason) for row in small.set_aside] == [(row.row, row.reason) for row in large.set_aside]


def test_a_break_inside_quotes_where_two_blocks_meet_is_no_row_s_end(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "BLOCK", 2_000)
    note = 'x,2020-01-01,"' + "a\n" * 900 + '",3,male,W,"A",IL,1,2,False,gun,shoot,not'
    path = tmp_path / "long.csv"
    path.write_text("\n".join([HEADINGS, *rows(20), note, *rows(20)]))
    small, large = both_ways(path, monkeypatch)
    pd.testing.assert_frame_equal(small.records, large.records)
    assert len(large.records) == 41


_WORDS = st.sampled_from(
    ["", " ", "-", "Unknown", "UNKNOWN", "unknow\u212a", "n/a", "Name withheld", "an unidentified man", "#N/A", "None",
     "Ana Ortiz", "Ñandú", "  Lee", "Ida  B. Wells", "Nobody", "not available", "identity not released", "TBD"]
)  # fmt: skip


@given(st.lists(st.one_of(_WORDS, st.text(max_size=20)), min_size=1, max_size=40))
def test_many_texts_at_once_are_read_as_one_at_a_time(texts):
    column = pa.array(texts, pa.string())
    for fast, slow in ((layout._names, values.name), (layout._texts, values.text)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(layout, "MANY", 0)
            found = fast(column, {})
        known, expected = pa.array(found.known, pa.string()).to_pylist(), [slow(text) for text in texts]
        assert known == [each.value for each in expected]
        assert found.troubles == {at: each.trouble for at, each in enumerate(expected) if each.trouble}


_NUMBERS = st.one_of(
    st.sampled_from(["", " ", "-", "n/a", "unknown", "+5", " 7", "1e3", "nan", "inf", "1_0", "0x10", "12.", ".5",
                     "-91", "\u0663"]),
    st.floats(-80, 80).map(str), st.text("0123456789.-+e ", max_size=6),
)  # fmt: skip


@given(st.lists(_NUMBERS, min_size=1, max_size=30))
def test_many_numbers_at_once_are_read_as_one_at_a_time(texts):
    expected = [values.number(text, low=-90, high=90) for text in texts]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layout, "MANY", 0)
        found = layout._numbers(pa.array(texts, pa.string()), {"low": -90, "high": 90})
    assert pa.array(found.known, pa.float64()).to_pylist() == [each.value for each in expected]
    assert found.troubles == {at: each.trouble for at, each in enumerate(expected) if each.trouble}


@given(st.lists(st.one_of(_WORDS, st.text(" a\u00a0\u2003\x1f\té", max_size=6)), max_size=40), st.integers(1, 9))
def test_what_is_told_from_bytes_is_told_of_every_text(texts, rows):
    pieces = [texts[at : at + 7] for at in range(0, len(texts), 7)]
    column = pa.chunked_array([pa.array(["x", *piece], pa.string())[1:] for piece in pieces], pa.string())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bulk, "ROWS", rows)
        untidy, may = set(bulk.may_be_untidy(column)), set(bulk.may_be(column, values.PLACEHOLDERS))
        starts, blank = set(bulk.beginning_with(column, ["a", "n"])), bulk.are_blank(column)
    assert {at for at, text in enumerate(texts) if " ".join(text.split()) != text} <= untidy
    assert {at for at, text in enumerate(texts) if text.casefold() in values.PLACEHOLDERS} <= may
    assert starts == {at for at, text in enumerate(texts) if text[:1] in ("a", "A", "n", "N")}
    assert [at for at, text in enumerate(texts) if not text.strip(" \t\x1f\u00a0\u2003")] == list(blank.nonzero()[0])
    missing = [len(text) % 2 == 0 for text in texts]
    left = bulk.with_missing(column, np.array(missing, dtype=bool))
    left.validate(full=True)
    assert left.to_pylist() == [None if gone else text for text, gone in zip(texts, missing, strict=True)]


def test_placeholders_in_a_large_column_of_numbers_are_counted(tmp_path, monkeypatch):
    lines = rows(3000)
    lines[7] = lines[7].replace(",40.00007,", ",n/a,")
    lines[9] = lines[9].replace(",40.00009,", ",n/a,")
    path = tmp_path / "numbers.csv"
    path.write_text("\n".join([HEADINGS, *lines]) + "\n")
    small, large = both_ways(path, monkeypatch)
    pd.testing.assert_frame_equal(small.records, large.records)
    assert "n/a" in str(large.report)
    assert str(small.report) == str(large.report)


def test_a_large_file_that_may_not_be_read_is_told_by_name(tmp_path, monkeypatch):
    path = tmp_path / "locked.csv"
    path.write_text("\n".join([HEADINGS, *rows(10)]))
    monkeypatch.setattr(reading, "LARGE", 1)

    def refused(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(reading.pa, "OSFile", refused)
    monkeypatch.setattr(type(path), "read_bytes", refused)
    with pytest.raises(InputError, match=r"locked\.csv.*cannot be read.*Permission denied"):
        sources.read([path])
