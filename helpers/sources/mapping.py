"""A reporter's own mapping of any file (stub to be replaced within the hour)."""

from pathlib import Path


def read(path: Path):
    raise NotImplementedError
