"""Reading a shot log, and the checks that no single row can show."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING

from .. import schema
from ..problems import InputError, Problem

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["check", "read"]


def read(path: str | PathLike[str]) -> pd.DataFrame:
    """Read a shot log from CSV: the columns of ``schema.SHOT_LOG``, a row a shot, indexed by the file's row numbers.

    Raises
    ------
    InputError
        With every problem of the file: see `check`.
    """
    return check(schema.read_csv(schema.SHOT_LOG, path), file=path)


def check(log: pd.DataFrame, *, file: str | PathLike[str] | None = None) -> pd.DataFrame:
    """Check a shot log whole and return it typed.

    Raises
    ------
    InputError
        If a cell is wrong, there is no shot, shots stand out of order, one shooter fires twice at one time (a row
        entered twice), or simulated shots are mixed with others.
    """
    log = schema.check(schema.SHOT_LOG, log, file=file)
    if log.empty:
        raise InputError(Problem("there is no shot in it", "Add a row a shot, or remove the file.", file))
    problems = []
    previous = log["t_s"].cummax().shift()
    for row, time, before in zip(log.index, log["t_s"], previous, strict=True):
        if time < before:
            what = f"out of order: a shot at {before:g} s stands before it"
            problems.append(Problem(what, "Sort the rows by t_s, or correct the time.", file, row, "t_s", f"{time:g}"))
    named = log[log["shooter"] != "unknown"]
    for row in named.index[named.duplicated(["t_s", "shooter", "side"])]:
        what = f"{named.at[row, 'shooter']} fires twice at this time"
        remedy = "Remove the row if it was entered twice, or correct the time."
        problems.append(Problem(what, remedy, file, row, "t_s", f"{named.at[row, 't_s']:g}"))
    simulated = log["status"] == "simulated"
    if simulated.any() and not simulated.all():
        row = simulated.index[simulated != simulated.iloc[0]][0]
        what = "simulated shots stand among real ones"
        problems.append(Problem(what, "Keep them in separate incidents.", file, row, "status", log.at[row, "status"]))
    if problems:
        raise InputError(sorted(problems, key=lambda problem: problem.row))
    if simulated.any():
        # Kept by what is computed from it, so that publishing knows even where no column says so.
        log.attrs["status"] = "simulated"
    return log
