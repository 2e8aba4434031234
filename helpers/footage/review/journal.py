"""The journal of a review: a line of JSON for each thing the reviewer did, on the disk before the next one is taken.

The first line says what is reviewed and by whom; every other line is an action. Nothing is ever changed in it: undoing
is an action too. A crash loses at most the action that was being written.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from pathlib import Path
from typing import Any

from ... import files
from ...problems import InputError, Problem

__all__ = ["KIND", "Journal", "file_name"]

KIND = "shot review"
VERSION = 1
_CUT = b"\n"


def file_name(reviewer: str) -> str:
    """The journal's file name for a reviewer.

    >>> file_name("Ana-Lucía Ortiz ")
    'ana-lucia-ortiz.jsonl'

    Raises
    ------
    InputError
        If the name holds no letter or digit.
    """
    plain = unicodedata.normalize("NFKD", reviewer).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if not slug:
        remedy = "Give the name of the person who reviews, in letters."
        raise InputError(Problem("a review needs its reviewer's name", remedy, value=reviewer or None))
    return f"{slug}.jsonl"


class Journal:
    """One reviewer's journal file. ``head`` is its first line, ``actions`` the others, oldest first."""

    def __init__(self, path: Path, head: dict[str, Any], actions: list[dict[str, Any]], size: int):
        self.path, self.head, self.actions = path, head, actions
        self._size = size

    @classmethod
    def start(cls, path: Path, head: dict[str, Any]) -> Journal:
        """Begin a journal.

        Raises
        ------
        InputError
            If there is one already: a review is never begun over another.
        """
        if path.exists():
            remedy = "Resume it, or give another reviewer's name."
            raise InputError(Problem("this reviewer's journal is there already", remedy, path))
        head = {"kind": KIND, "version": VERSION, **head}
        files.write(path, _line(head) + "\n")
        return cls(path, head, [], path.stat().st_size)

    @classmethod
    def read(cls, path: Path) -> Journal:
        """Read a journal; a last line that a crash cut off was never acknowledged and is left away.

        Raises
        ------
        InputError
            If it is not a journal, is of a newer kit, or a line in its middle is damaged.
        """
        try:
            content = path.read_bytes()
        except OSError as error:
            raise InputError(Problem(f"cannot be read ({error.strerror})", "Check the name.", path)) from None
        whole = content[: content.rfind(_CUT) + 1]
        lines = []
        for row, line in enumerate(whole.split(_CUT)[:-1], start=1):
            try:
                lines.append(json.loads(line))
                if not isinstance(lines[-1], dict):
                    raise ValueError("not an object")
            except ValueError:
                what, remedy = "a damaged line", "Restore the file from a copy; its lines must not be edited."
                raise InputError(Problem(what, remedy, path, row, value=line[:40].decode(errors="replace"))) from None
        if not lines or lines[0].get("kind") != KIND:
            raise InputError(Problem("not the journal of a review", "Name a file of the folder reviews/.", path))
        if lines[0].get("version") != VERSION:
            what = f"written by another version of the kit ({lines[0].get('version')})"
            raise InputError(Problem(what, "Use that version to finish the review.", path))
        return cls(path, lines[0], lines[1:], len(whole))

    def append(self, action: dict[str, Any]) -> None:
        """Write an action and wait until it is on the disk.

        Raises
        ------
        InputError
            If something else has written to the file since, or it cannot be written to.
        """
        there = self.path.stat().st_size if self.path.exists() else -1
        if there != self._size:
            if there > self._size and self._cut_off():
                os.truncate(self.path, self._size)
            else:
                what = "this journal was changed by another window or program"
                raise InputError(Problem(what, "Close the other, and open the review again.", self.path))
        line = _line(action)
        files.append(self.path, line)
        self._size += len(line.encode()) + 1
        self.actions.append(action)

    def _cut_off(self) -> bool:
        """Whether all that stands after what was read is a line without its end, as a crash leaves one."""
        with self.path.open("rb") as file:
            file.seek(self._size)
            return _CUT not in file.read()


def _line(entry: dict[str, Any]) -> str:
    return json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
