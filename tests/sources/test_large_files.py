"""A large file is read on all processors, and read as a small one is, whatever stands in it."""

from __future__ import annotations

import random

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import sources
from helpers.sources import layout, reading, values

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
