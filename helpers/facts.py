"""The record of named numbers that a notebook fills, and that publishing and claim-checking read.

A notebook says which one it is, records what it computes, shows the table and saves it:

>>> notebook("01-shots-over-time")
>>> _ = record("pace", 96 / 41, "shots a second", counts="average pace of police fire", digits=3, source="COPA")
>>> table()[["fact", "value", "unit"]].to_dict("records")
[{'fact': 'pace', 'value': '2.34', 'unit': 'shots a second'}]

Two facts of one name from two sources stand side by side: a conflict is shown, never averaged and never dropped.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import files, paths
from .problems import InputError, Problem
from .provenance import QUALIFIERS, STATUSES, say

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["BASES", "Fact", "collect", "current_notebook", "notebook", "read", "record", "record_all", "save", "table"]

FOLDER = "facts"

BASES = {
    "reported": "stated by an agency or the press, however they counted",
    "self-reported": "the officers' own reports, added up",
    "casings": "cartridge cases found",
    "heard": "sounds on a recording, whoever fired",
    "logged": "rows of the kit's shot log",
}


@dataclass(frozen=True)
class Fact:
    """A named number of record.

    ``value`` is a number, or words where the fact is not a number. ``counts`` says what it counts and ``basis`` how it
    was counted (`BASES`), ``place`` and ``period`` where and when, ``computed`` how it was worked out (empty where it
    is as the source states it), ``incident`` the incident it belongs to. ``notebook`` and ``cell`` are where it was
    recorded.
    """

    name: str
    value: float | int | str
    unit: str = ""
    qualifier: str = "exact"
    counts: str = ""
    basis: str = ""
    place: str = ""
    period: str = ""
    source: str = ""
    as_of: str = ""
    status: str = "reported"
    computed: str = ""
    note: str = ""
    incident: str = ""
    notebook: str = ""
    cell: int | None = None

    def __post_init__(self):
        if self.qualifier not in QUALIFIERS:
            raise ValueError(f"fact {self.name}: qualifier {self.qualifier!r} is not one of {', '.join(QUALIFIERS)}")
        if self.status not in STATUSES:
            raise ValueError(f"fact {self.name}: status {self.status!r} is not one of {', '.join(STATUSES)}")
        if self.basis and self.basis not in BASES:
            raise ValueError(f"fact {self.name}: basis {self.basis!r} is not one of {', '.join(BASES)}")
        if isinstance(self.value, float) and not math.isfinite(self.value):
            raise ValueError(f"fact {self.name}: {self.value} is not a number that can be published")

    def __str__(self) -> str:
        return say(self.value, self.qualifier, self.unit)


_recorded: list[Fact] = []
_notebook: str = ""


def notebook(name: str) -> None:
    """Begin the record of one notebook, empty. Every notebook calls this in its first cell of code."""
    global _notebook
    _notebook = name
    _recorded.clear()


def current_notebook() -> str:
    """The notebook that is being run, or '' outside one."""
    return _notebook


def record(name: str, value: Any, unit: str = "", *, digits: int | None = None, **more: Any) -> Fact:
    """Record a fact and return it; in a notebook the cell is noted too.

    Parameters
    ----------
    name : str
        A short name, such as ``shots_by_police``.
    value : number or str
        numpy's numbers are taken as Python's.
    digits : int, optional
        Significant digits to keep, where ``value`` is computed.
    **more
        The other fields of `Fact`.

    Raises
    ------
    ValueError
        If the value is not finite, or the qualifier or status is not one of the kit's words.
    """
    value = value.item() if hasattr(value, "item") else value
    if digits is not None:
        value = float(f"{value:.{digits}g}")
    fact = Fact(name, value, unit, **more, notebook=_notebook, cell=_cell())
    if fact not in _recorded:
        # A cell that is run again replaces what it recorded before; a second source in the same cell is a conflict.
        _recorded[:] = [old for old in _recorded if not _again(old, fact)]
        _recorded.append(fact)
    return fact


def record_all(found: Iterable[Fact | dict[str, Any]]) -> None:
    """Record facts that are made already: an incident's, or the fields of facts from rooms below this one."""
    for fact in found:
        made = asdict(fact) if isinstance(fact, Fact) else fact
        record(**{key: value for key, value in made.items() if key not in ("notebook", "cell")})


def table() -> pd.DataFrame:
    """The facts recorded so far: ``fact, value, unit, counts, source, status, note``, as text, a row a fact."""
    import pandas as pd

    rows = [
        {
            "fact": fact.name,
            "value": say(fact.value, fact.qualifier),
            "unit": fact.unit,
            "counts": fact.counts,
            "source": fact.source,
            "status": fact.status,
            "note": " ".join(part for part in (fact.computed, fact.note) if part),
        }
        for fact in _recorded
    ]
    return pd.DataFrame(rows, columns=["fact", "value", "unit", "counts", "source", "status", "note"])


def save(out: Path | None = None) -> Path:
    """Write this notebook's facts below ``out`` and collect all notebooks' into ``facts.json``; returns its path.

    Raises
    ------
    RuntimeError
        If no notebook has begun a record.
    """
    if not _notebook:
        raise RuntimeError("facts.notebook('01-...') must come before facts.save()")
    out = out or paths.out()
    files.write(out / FOLDER / f"{_notebook}.json", _as_json(_recorded))
    return collect(out)


def collect(out: Path) -> Path:
    """Gather the facts of every notebook below ``out`` into ``out/facts.json`` and return its path."""
    facts = [fact for part in sorted((out / FOLDER).glob("*.json")) for fact in read(part)]
    return files.write(out / "facts.json", _as_json(facts))


def read(path: str | PathLike[str]) -> list[Fact]:
    """Read a file of facts: a JSON object whose ``facts`` is a list of objects with the fields of `Fact`.

    Raises
    ------
    InputError
        If there is no such file, it is not JSON, or a fact lacks its name or value or has a field of no meaning.
    """
    try:
        rows = json.loads(Path(path).read_text(encoding="utf-8"))["facts"]
        known = {field.name for field in fields(Fact)}
        strange = sorted({key for row in rows for key in row if key not in known})
        if strange:
            raise ValueError(f"unknown fields: {', '.join(strange)}")
        return [Fact(**row) for row in rows]
    except FileNotFoundError:
        raise InputError(Problem("there is no such file", "Run the notebooks first: kit rerun.", path)) from None
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        remedy = "Make it again with kit rerun; it is not meant to be written by hand."
        raise InputError(Problem(f"not a file of facts ({error})", remedy, path)) from None


def _as_json(facts: list[Fact]) -> str:
    return json.dumps({"facts": [asdict(fact) for fact in facts]}, indent=1, ensure_ascii=False) + "\n"


def _again(old: Fact, new: Fact) -> bool:
    return (old.name, old.incident, old.source, old.counts) == (new.name, new.incident, new.source, new.counts)


def _cell() -> int | None:
    """The number of the running cell, where there is one."""
    try:
        shell = get_ipython()  # type: ignore[name-defined]  # IPython puts it among the builtins
    except NameError:
        return None
    return getattr(shell, "execution_count", None)
