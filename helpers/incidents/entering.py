"""A spreadsheet of shot times, as a reporter or an editor wrote it, made into an incident's shot log."""

from __future__ import annotations

import re
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import files, paths, shots
from ..problems import InputError, Problem
from ..provenance import STATUSES
from .incident import load

if TYPE_CHECKING:
    import pandas as pd

    from ..sources.reading import Sheet

__all__ = ["add_shots", "seconds", "shots_from"]

SIDES = ("police", "other", "unknown")
HEADINGS = {
    "t_s": ("t_s", "time", "seconds", "time (s)", "shot time", "start", "onset", "timecode"),
    "shooter": ("shooter", "who", "who fired", "officer", "fired by"),
    "side": ("side",),
    "confidence": ("confidence", "sure", "how sure", "certainty"),
    "u_s": ("u_s", "uncertainty", "give or take", "plus or minus", "+/-"),
    "note": ("note", "notes", "comment", "comments"),
}
CONFIDENCE = {
    "certain": ("certain", "sure", "yes", "y", ""),
    "possible": ("possible", "maybe", "unsure", "perhaps", "?", "no", "n"),
    "possible echo": ("possible echo", "echo", "echo?"),
}


def add_shots(
    incident: str | Path, spreadsheet: str | PathLike[str], *, status: str = "annotated", side: str = "unknown",
    zero: str | float = 0.0,
) -> pd.DataFrame:  # fmt: skip
    """Write a spreadsheet's shot times into an incident's ``shots.csv`` and return the shot log; see `shots_from`.

    The whole incident is checked with it; where something is wrong, nothing is written.

    Raises
    ------
    InputError
        If the incident has a shot log already, the spreadsheet cannot be read, or the two contradict each other.
    """
    folder = _folder(incident)
    place = folder / "shots.csv"
    if place.exists():
        raise InputError(Problem("there is a shot log already", "Move it away first.", place))
    log = shots_from(spreadsheet, status=status, side=side, zero=zero)
    files.write_csv(place, log)
    try:
        load(folder)
    except BaseException:
        place.unlink()
        raise
    return log


def _folder(incident: str | Path) -> Path:
    known = {folder.name: folder for folder in paths.incident_folders()}
    # A folder may be named too; one that cannot be loaded says why.
    return known[str(incident)] if str(incident) in known else load(incident).folder


def shots_from(
    spreadsheet: str | PathLike[str], *, status: str = "annotated", side: str = "unknown", zero: str | float = 0.0
) -> pd.DataFrame:
    """The shot log in a spreadsheet, a row a shot: CSV, Excel or LibreOffice, whatever its columns are called.

    Parameters
    ----------
    spreadsheet : path
        A column of times is needed, headed ``time``, ``seconds``, ``t_s`` or alike. Columns for who fired, the side,
        how sure, the uncertainty and notes are read where there are any (`HEADINGS`); others are left out.
    status : str
        How the times are known, one of ``provenance.STATUSES``.
    side : {'police', 'other', 'unknown'}
        Who fired, where no column says so.
    zero : str or float
        The time in the spreadsheet that is the incident's 0 seconds, such as ``"1:02.4"``.

    Returns
    -------
    DataFrame
        The columns of ``schema.SHOT_LOG``, in order of time; every row of the spreadsheet is in it.

    Raises
    ------
    InputError
        With every row that cannot be read: a time that is none, a word that means nothing here.
    """
    import pandas as pd

    for given, words, name in ((status, tuple(STATUSES), "status"), (side, SIDES, "side")):
        if given not in words:
            raise InputError(Problem(f"{given!r} is not a {name}", f"Write one of: {', '.join(words)}."))
    start = seconds(str(zero))
    if start is None:
        raise InputError(Problem(f"{zero!r} is not a time", "Write seconds or minutes:seconds, such as 1:02.4."))
    sheet = _sheet(Path(spreadsheet))
    columns = _columns(sheet)
    problems = [
        Problem(f"not read: {aside.reason}", "Correct the row.", sheet.file, aside.row) for aside in sheet.aside
    ]
    rows = []
    cells = {name: sheet.column(place).to_pylist() for name, (place, _) in columns.items()}
    for at, row in enumerate(sheet.rows):
        found: dict[str, Any] = {"status": status, "side": side}
        for name, (_, heading) in columns.items():
            text = (cells[name][at] or "").strip()
            value, wrong = _read(name, text)
            if wrong:
                problems.append(Problem(wrong[0], wrong[1], sheet.file, int(row), heading, text or None))
            elif value is not None:
                found[name] = value
        rows.append(found)
    if problems:
        raise InputError(sorted(problems, key=lambda problem: problem.row or 0))
    if not rows:
        raise InputError(Problem("there is no shot in it", "Add a row a shot.", sheet.file))
    log = pd.DataFrame(rows)
    log["t_s"] = (log["t_s"] - start).round(6)
    log["confidence"] = log["confidence"].fillna("certain") if "confidence" in log else "certain"
    return shots.check(log.sort_values("t_s", kind="stable").reset_index(drop=True), file=sheet.file)


def _sheet(path: Path) -> Sheet:
    """The one table of a file whose heading names a column of times."""
    from ..sources.reading import read_file

    sheets = read_file(path)
    timed = [sheet for sheet in sheets if "t_s" in _columns(sheet)]
    if len(timed) == 1:
        return timed[0]
    if timed:
        named = ", ".join(sheet.part or sheet.file for sheet in timed)
        raise InputError(Problem(f"{len(timed)} sheets hold times: {named}", "Keep one in the file.", path))
    headings = ", ".join(dict.fromkeys(heading for sheet in sheets for heading in sheet.headings))
    remedy = f"Head the column of times 'time' or 'seconds'. The headings are: {headings}."
    raise InputError(Problem("no column of times", remedy, path))


def _columns(sheet: Sheet) -> dict[str, tuple[int, str]]:
    """Where each of the log's columns stands in a sheet, and its heading there."""
    found: dict[str, tuple[int, str]] = {}
    for place, heading in enumerate(sheet.headings):
        plain = " ".join(heading.lower().split())
        for name, words in HEADINGS.items():
            if plain in words:
                found.setdefault(name, (place, heading))
    return found


def _read(name: str, text: str) -> tuple[Any, tuple[str, str] | None]:
    """A cell's value, None where it is empty and may be; and what is wrong with it, with the remedy."""
    if name == "t_s":
        value = seconds(text)
        wrong = "no time" if not text else "not a time"
        return value, None if value is not None else (wrong, "Write seconds or minutes:seconds, such as 1:02.4.")
    if name == "u_s":
        value = seconds(text.lstrip("±+-/ "))
        return value, None if value is not None or not text else ("not a time", "Write seconds, such as 0.05.")
    if name == "confidence":
        value = next((word for word, ways in CONFIDENCE.items() if text.lower() in ways), None)
        remedy = f"Write one of: {', '.join(CONFIDENCE)}."
        return value, None if value is not None else ("a word for how sure that means nothing here", remedy)
    if name == "side" and text:
        value = text.lower() if text.lower() in SIDES else None
        return value, None if value else ("not a side", f"Write one of: {', '.join(SIDES)}.")
    return text or None, None


def seconds(text: str) -> float | None:
    """Seconds from a time as people write it: ``62.4``, ``1:02.4``, ``0:01:02.4``, with a comma or point; else None.

    >>> seconds("1:02.4"), seconds("62,4 s"), seconds("1:75"), seconds("soon")
    (62.4, 62.4, None, None)
    """
    plain = text.strip().lower().removesuffix("seconds").removesuffix("sec").removesuffix("s").strip().replace(",", ".")
    if re.fullmatch(r"-?\d+(\.\d+)?", plain):
        return float(plain)
    parts = re.fullmatch(r"(?:(\d{1,2}):)?(\d{1,2}):([0-5]\d(?:\.\d+)?)", plain)
    if parts is None or (parts[1] is not None and int(parts[2]) > 59):
        return None
    return round(3600 * int(parts[1] or 0) + 60 * int(parts[2]) + float(parts[3]), 6)
