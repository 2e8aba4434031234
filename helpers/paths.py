"""Where folders are. No other module knows.

``KIT_ROOT`` names another checkout's folder, ``KIT_OUT`` the folder that published figures go to, ``KIT_INCIDENTS`` a
folder of the reporter's own incidents, looked in before the shipped ones.
"""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["data", "incident_folders", "incidents", "notebooks", "out", "root", "shown"]


def root() -> Path:
    """The kit's folder: the one that holds ``notebooks/`` and ``data/``."""
    named = os.environ.get("KIT_ROOT")
    return Path(named).resolve() if named else Path(__file__).resolve().parent.parent


def data() -> Path:
    """The shipped data."""
    return root() / "data"


def incidents() -> Path:
    """Where new incidents go: ``KIT_INCIDENTS``, or the folder of the shipped ones."""
    named = os.environ.get("KIT_INCIDENTS")
    return Path(named).resolve() if named else data() / "incidents"


def incident_folders() -> list[Path]:
    """The folders of all incidents, the reporter's own first; of two that share a name, the first counts."""
    found: dict[str, Path] = {}
    for base in (incidents(), data() / "incidents"):
        for folder in sorted(base.iterdir()) if base.is_dir() else ():
            if (folder / "incident.toml").is_file():
                found.setdefault(folder.name, folder)
    return list(found.values())


def notebooks() -> Path:
    """The reference notebooks, which a rerun reads and never writes."""
    return root() / "notebooks"


def out() -> Path:
    """Where published figures go: ``KIT_OUT``, or ``published/`` in the kit's folder."""
    named = os.environ.get("KIT_OUT")
    return Path(named).resolve() if named else root() / "published"


def shown(path: str | os.PathLike[str]) -> str:
    """A path as it may be printed: relative to the kit or to the working folder, so that no output names a machine."""
    full = Path(path).resolve()
    for base in (root(), Path.cwd()):
        if full.is_relative_to(base):
            return full.relative_to(base).as_posix()
    return full.name
