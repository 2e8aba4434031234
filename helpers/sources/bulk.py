"""A column's texts at the level of bytes: what is asked of a million of them at once.

Arrow keeps the texts of a column one behind another; most questions (is one blank, may one be a placeholder, may two
be the same) are answered there by a few comparisons of bytes, and only what they leave open is looked at as text. A
stretch of rows at a time, so that what is worked out on the way stays in the processor's cache and takes no memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

__all__ = [
    "BLANKS",
    "Stretch",
    "are_blank",
    "are_empty",
    "beginning_with",
    "may_be",
    "may_be_untidy",
    "stretches",
    "whole",
    "with_missing",
]

Texts = pa.Array | pa.ChunkedArray

ROWS = 50_000
# What Python's str.split() parts a text at; Arrow's own \s is ASCII's blanks, without the vertical tab.
BLANKS = r"[\s\x0b\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]+"
# The first bytes, in UTF-8, of every blank that is not ASCII.
OTHER_BLANKS = (0xC2, 0xE1, 0xE2, 0xE3)
_MAY_BE_BLANK = np.isin(np.arange(256), [*range(33), *OTHER_BLANKS])
_LOWER = np.array([ord(chr(byte).lower()) if byte < 128 else byte for byte in range(256)])


@dataclass(frozen=True)
class Stretch:
    """Some rows of a column: the row it begins at, where each text begins and ends, and the bytes of all of them."""

    row: int
    begins: np.ndarray
    ends: np.ndarray
    content: np.ndarray

    def texts_at(self, places: np.ndarray) -> np.ndarray:
        """The rows of the column whose texts hold these places of ``content``."""
        return self.row + np.searchsorted(self.begins, places, side="right") - 1


def stretches(texts: Texts) -> Iterator[Stretch]:
    """A column of text without missing values, a stretch at a time, in order."""
    row = 0
    for chunk in _chunks(texts):
        _, offsets, content = chunk.buffers()
        if not len(chunk):
            continue
        kind = np.int64 if pa.types.is_large_string(chunk.type) else np.int32
        stands = np.frombuffer(offsets, dtype=kind)[chunk.offset : chunk.offset + len(chunk) + 1]
        held = np.frombuffer(content, dtype=np.uint8) if content is not None else np.empty(0, np.uint8)
        for first in range(0, len(chunk), ROWS):
            at = stands[first : first + ROWS + 1].astype(np.int64)
            yield Stretch(row + first, at[:-1] - at[0], at[1:] - at[0], held[at[0] : at[-1]])
        row += len(chunk)


def whole(column: Texts) -> pa.Array:
    """A column in one piece."""
    if isinstance(column, pa.Array):
        return column
    if column.num_chunks == 1:
        return column.chunk(0)
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)


def _chunks(texts: Texts) -> list[pa.Array]:
    return texts.chunks if isinstance(texts, pa.ChunkedArray) else [texts]


def _places(found: list[np.ndarray]) -> np.ndarray:
    """What was found stretch by stretch, together."""
    return np.concatenate(found) if found else np.array([], dtype=np.int64)


def with_missing(texts: Texts, missing: np.ndarray) -> Texts:
    """The column with some of its texts missing; the bytes of the others are not copied."""
    if not missing.any():
        return texts
    parts, row = [], 0
    for chunk in _chunks(texts):
        _, stands, content = chunk.buffers()
        known = np.concatenate([np.zeros(chunk.offset, dtype=bool), ~missing[row : row + len(chunk)]])
        bits = pa.py_buffer(np.packbits(known, bitorder="little"))
        parts.append(pa.Array.from_buffers(chunk.type, len(chunk), [bits, stands, content], offset=chunk.offset))
        row += len(chunk)
    return pa.chunked_array(parts, texts.type)


def are_empty(texts: Texts) -> np.ndarray:
    """Whether each text has no letter at all."""
    return pc.equal(pc.binary_length(texts), 0).to_numpy(zero_copy_only=False)


def are_blank(texts: Texts) -> np.ndarray:
    """Whether each text has nothing but blanks."""
    found = are_empty(texts).copy()
    if len(at := _opening(texts, _MAY_BE_BLANK)):
        found[at] = pc.equal(pc.utf8_trim_whitespace(texts.take(pa.array(at))), "").to_numpy(zero_copy_only=False)
    return found


def may_be_untidy(texts: Texts) -> np.ndarray:
    """The places of the texts that may have an outer or doubled blank, or one that is not the space; no other has."""
    found = []
    for part in stretches(texts):
        content = part.content
        if not len(content):
            continue
        blank, suspect = content == 32, []
        if content.min() < 32:
            suspect.append(np.flatnonzero(content < 32))
        if content.max() > 127:
            suspect += [np.flatnonzero(content == byte) for byte in OTHER_BLANKS]
        if blank.any():
            filled = np.flatnonzero(part.ends > part.begins)
            outer = blank[part.begins[filled]] | blank[part.ends[filled] - 1]
            suspect += [part.begins[filled[outer]], np.flatnonzero(blank[1:] & blank[:-1])]
        if places := [part.texts_at(at) for at in suspect if len(at)]:
            found.append(np.unique(np.concatenate(places)))
    return _places(found)


def may_be(texts: Texts, words: Iterable[str]) -> np.ndarray:
    """The places of the texts that may be one of the words, in any case; no other is.

    Of many names few have the length, first and last letter of such a word. A text with a letter that is not ASCII may
    always be one: in another case it may have another length.
    """
    words = list(words)
    longest = max(map(len, words))
    begin = np.isin(_LOWER, [ord(word[0]) for word in words])
    told = np.array([(len(word) << 16) + (ord(word[0]) << 8) + ord(word[-1]) for word in words])
    found = []
    for part in stretches(texts):
        lengths = part.ends - part.begins
        short = np.flatnonzero((lengths > 0) & (lengths <= longest))
        short = short[begin[part.content[part.begins[short]]]]
        first, last = (_LOWER[part.content[at]] for at in (part.begins[short], part.ends[short] - 1))
        short = short[np.isin((lengths[short] << 16) + (first << 8) + last, told)]
        if len(part.content) and part.content.max() > 127:
            short = np.union1d(short, part.texts_at(np.flatnonzero(part.content > 127)) - part.row)
        found.append(part.row + short)
    return _places(found)


def beginning_with(texts: Texts, letters: Iterable[str]) -> np.ndarray:
    """The places of the texts whose first letter is one of these (ASCII's), in either case."""
    return _opening(texts, np.isin(_LOWER, [ord(letter) for letter in letters]))


def _opening(texts: Texts, wanted: np.ndarray) -> np.ndarray:
    """The places of the texts whose first byte is one that ``wanted`` marks."""
    found = []
    for part in stretches(texts):
        filled = np.flatnonzero(part.ends > part.begins)
        found.append(part.row + filled[wanted[part.content[part.begins[filled]]]])
    return _places(found)
