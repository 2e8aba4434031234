"""Writing tables to CSV, which no spreadsheet will run, and to Parquet."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from .. import files
from ..problems import InputError, Problem

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["as_csv", "write"]

# A cell of text that begins so is run as a formula by spreadsheets (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def as_csv(frame: pd.DataFrame) -> str:
    """A table as CSV text: text that a spreadsheet would take for a formula stands behind an apostrophe.

    Numbers are never touched: a longitude of -97.28 stays a number.
    """
    import pandas as pd

    safe = frame.copy(deep=False)
    for column in safe.columns:
        values = safe[column]
        if pd.api.types.is_numeric_dtype(values) or pd.api.types.is_bool_dtype(values):
            continue
        risky = values.astype("str").str.startswith(_FORMULA).fillna(False).astype(bool)
        if risky.any():
            safe[column] = values.where(~risky, "'" + values.astype("str"))
    safe.columns = [f"'{name}" if str(name).startswith(_FORMULA) else name for name in safe.columns]
    return safe.to_csv(index=False, lineterminator="\n")


def write(frame: pd.DataFrame, path: Path) -> Path:
    """Write a table as its ending says, whole or not at all.

    Raises
    ------
    InputError
        If the ending is neither .csv nor .parquet, or the file cannot be written.
    """
    if path.suffix == ".csv":
        return files.write(path, as_csv(frame))
    if path.suffix == ".parquet":
        buffer = io.BytesIO()
        frame.to_parquet(buffer, index=False)
        return files.write(path, buffer.getvalue())
    raise InputError(Problem(f"{path.suffix or 'no ending'} is not written", "Name a .csv or a .parquet.", path))
