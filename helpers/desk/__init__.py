"""The reporter's desk: how the kit shows itself in a notebook. Importing it loads nothing heavy."""

from typing import Any

from . import errors, tables
from .errors import explained, framed
from .menu import Menu
from .progress import in_notebook, progress
from .saving import live, save_hook, without_live
from .tables import as_html

__all__ = [
    "Menu",
    "as_html",
    "explained",
    "framed",
    "in_notebook",
    "install",
    "live",
    "progress",
    "save_hook",
    "without_live",
]


def install(shell: Any) -> None:
    """Have an IPython shell show the kit's errors and pandas' tables as a reporter reads them."""
    errors.install(shell)
    tables.install(shell)
