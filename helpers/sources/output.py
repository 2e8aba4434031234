"""Writing tables to CSV, which no spreadsheet will run, and to Parquet."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from .. import files
from ..problems import InputError, Problem

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["write"]


def write(frame: pd.DataFrame, path: Path) -> Path:
    """Write a table as its ending says, whole or not at all.

    Raises
    ------
    InputError
        If the ending is neither .csv nor .parquet, or the file cannot be written.
    """
    if path.suffix == ".csv":
        return files.write_csv(path, frame)
    if path.suffix == ".parquet":
        buffer = io.BytesIO()
        frame.to_parquet(buffer, index=False)
        return files.write(path, buffer.getvalue())
    raise InputError(Problem(f"{path.suffix or 'no ending'} is not written", "Name a .csv or a .parquet.", path))
