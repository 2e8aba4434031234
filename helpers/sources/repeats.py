"""Which rows may repeat another, told fast: the few that do are then compared whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from . import bulk

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["may_repeat"]

# Odd multipliers, so that no part of a fingerprint is lost (Knuth, The Art of Computer Programming 3, 6.4).
_MIXERS = tuple(np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64))


def may_repeat(*columns: pd.Series) -> np.ndarray:
    """The places, in order, of rows that may hold the same texts as another row in all of the columns.

    No row that repeats another is left out; a row that does not may be among them. A text stands for its length and
    its first and last eight bytes, so that a million rows take a tenth of the time of comparing them whole. Of the
    second column only the rows that may repeat another in the first are looked at, and so on.
    """
    rows = np.arange(len(columns[0]))
    for column in columns:
        # large: the texts taken from several blocks may together be more than an Arrow string column holds.
        texts = pa.array(column, pa.large_string())
        texts = texts if len(rows) == len(texts) else texts.take(pa.array(rows))
        if _rise(texts):
            return rows[:0]
        marks = np.empty(len(texts), dtype=np.uint64)
        for part in bulk.stretches(texts):
            marks[part.row : part.row + len(part.begins)] = _marks(part)
        ordered = np.sort(marks)
        again = ordered[1:][ordered[1:] == ordered[:-1]]
        rows = rows[np.isin(marks, np.unique(again))] if len(again) else rows[:0]
    return rows


def _rise(texts: pa.Array | pa.ChunkedArray) -> bool:
    """Whether every text is a whole number, greater than the one before, as a publisher's ids mostly are."""
    if texts.null_count:
        return False
    try:
        numbers = texts.cast(pa.int64())
    except pa.ArrowInvalid:
        return False
    numbers = numbers.to_numpy()
    return bool((numbers[1:] > numbers[:-1]).all())


def _marks(part: bulk.Stretch) -> np.ndarray:
    """A number for each text, the same for the same text."""
    # Eight bytes more at each end, so that eight can be taken anywhere.
    held = np.zeros(len(part.content) + 16, dtype=np.uint8)
    held[8:-8] = part.content
    eight = np.ndarray((len(held) - 7,), dtype="<u8", buffer=held, strides=(1,))
    lengths = part.ends - part.begins
    beyond = (8 * (8 - np.minimum(lengths, 8))).astype(np.uint64)
    first, last = eight[part.begins + 8], eight[part.ends]
    # A shorter text's eight bytes hold its neighbour's too, which are shifted out; all of them where it is empty.
    filled = lengths > 0
    first = np.where(filled, first << np.where(filled, beyond, 0), 0)
    last = np.where(filled, last >> np.where(filled, beyond, 0), 0)
    mixed = (first * _MIXERS[0]) ^ ((last + lengths.astype(np.uint64)) * _MIXERS[1])
    return mixed ^ (mixed >> np.uint64(29)) * _MIXERS[2]
