"""Rows that may repeat another are found, all of them, whatever their texts."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.sources.repeats import may_repeat

SHORT = st.text("ab é☃\0", max_size=10)


@given(st.lists(st.tuples(SHORT, SHORT), max_size=60))
def test_no_row_that_repeats_another_is_left_out(rows):
    table = pd.DataFrame(rows, columns=["name", "date"], dtype="str")
    repeats = table.duplicated(keep=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("helpers.sources.bulk.ROWS", 7)
        found = may_repeat(table["name"], table["date"])
    assert set(table.index[repeats]) <= set(found)
    assert list(found) == sorted(found)


@given(st.lists(st.integers(0, 40), max_size=60))
def test_ids_that_are_numbers_are_found_too(numbers):
    ids = pd.Series([str(number) for number in numbers], dtype="str")
    assert set(ids.index[ids.duplicated(keep=False)]) <= set(may_repeat(ids))


def test_ids_that_rise_and_texts_that_differ_do_not_repeat():
    assert len(may_repeat(pd.Series(["1", "2", "10"], dtype="str"))) == 0
    assert len(may_repeat(pd.Series([f"Somebody {n}" for n in range(10_000)], dtype="str"))) == 0


def test_an_unknown_text_is_no_trouble():
    assert set(may_repeat(pd.Series(["a", None, "a", None], dtype="str"))) >= {0, 2}
