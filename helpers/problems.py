"""Errors written for a reporter: what is wrong, where, and what to do next.

Every fault in a file a person brought is a `Problem`. A reader collects all of them and raises one `InputError`, so
that a reporter mends a file once rather than once for each fault.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from os import PathLike
from typing import Any

__all__ = ["InputError", "Problem"]

MOST_SHOWN = 20


@dataclass(frozen=True)
class Problem:
    """One fault: what is wrong and its remedy, with the place where it stands.

    ``row`` counts as a spreadsheet does: the header is row 1, the first row of data is row 2.
    """

    what: str
    remedy: str
    file: str | PathLike[str] | None = None
    row: int | None = None
    column: str | None = None
    value: Any = None

    @property
    def where(self) -> str:
        """The place in words, '' where none is known."""
        place = [str(self.file)] if self.file is not None else []
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column is not None:
            place.append(f"column {self.column}")
        if self.value is not None:
            text = str(self.value)
            place.append(f"value {text if len(text) <= 60 else text[:57] + '...'!r}")
        return ", ".join(place)

    def __str__(self) -> str:
        where = self.where
        # What was wrong may itself be a sentence, such as another problem's text.
        stop = "" if self.what.rstrip().endswith((".", "!", "?")) else "."
        return f"{where + ': ' if where else ''}{self.what.rstrip()}{stop} {self.remedy}"


class InputError(ValueError):
    """What a person gave the kit cannot be used as it is; ``problems`` holds every reason, in the file's order.

    Its text is meant to be read by a reporter: one line for each problem, the first twenty of them.
    """

    def __init__(self, problems: Problem | Iterable[Problem]):
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        shown = [str(problem) for problem in self.problems[:MOST_SHOWN]]
        if len(self.problems) > MOST_SHOWN:
            shown.append(f"... and {len(self.problems) - MOST_SHOWN} more problems like these.")
        super().__init__("\n".join(shown))

    def __reduce__(self):
        # Exceptions pickle by their text alone, which would lose the problems on the way out of a process pool.
        return type(self), (self.problems,)
