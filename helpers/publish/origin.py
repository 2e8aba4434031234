"""What a figure was made from, so that it can be made again, and so that a change to any of it is noticed.

Data is watched widely: every file below ``data/`` (but not downloads), every incident's folder and whatever the
notebook names. A figure may be called stale because of a file that it does not use; never the other way round.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .. import facts, files, paths
from ..problems import InputError, Problem
from ..provenance import versions

__all__ = ["DATA_ENDINGS", "data_hashes", "helpers_hashes", "made_from", "notebook_hash"]

DATA_ENDINGS = (".csv", ".toml", ".json", ".parquet", ".xlsx", ".gz")
# What decides how a figure looks and what it says; reading articles or recordings does not.
ROOMS = ("charts", "publish", "force", "incidents", "shots", "sources")
MODULES = ("facts", "files", "paths", "provenance", "schema", "problems")


def made_from(inputs: Iterable[str | Path | None] = ()) -> dict[str, Any]:
    """The notebook with its parameters and hash, the hashes of data and helpers, and the packages' versions."""
    name = facts.current_notebook()
    return {
        "notebook": name or None,
        "notebook_sha256": notebook_hash(name),
        "parameters": _parameters(name),
        "data": data_hashes(inputs),
        "helpers": helpers_hashes(),
        "versions": versions(),
    }


def notebook_hash(name: str) -> str | None:
    """The SHA-256 of a reference notebook's code, whatever its outputs; None where there is no such notebook."""
    cells = _cells(name)
    return files.sha256("\n\0".join("".join(cell["source"]) for cell in cells)) if cells else None


def data_hashes(inputs: Iterable[str | Path | None] = ()) -> dict[str, str]:
    """The SHA-256 of each file of data by its name as it may be printed.

    Raises
    ------
    InputError
        If a named file is not there.
    """
    inputs = [Path(file) for file in inputs if file]
    missing = [file for file in inputs if not file.is_file()]
    if missing:
        raise InputError(Problem("there is no such file", "Name the files it was made from.", file, column="inputs")
                         for file in missing)  # fmt: skip
    raw = paths.data() / "raw"
    found = [file for file in paths.data().rglob("*") if file.suffix in DATA_ENDINGS and raw not in file.parents]
    for folder in paths.incident_folders():
        found += [file for file in folder.rglob("*") if file.suffix in DATA_ENDINGS]
    found += inputs
    return {name: digest for name, digest in sorted({paths.shown(file): _hash(file) for file in found}.items())}


def helpers_hashes() -> dict[str, str]:
    """One SHA-256 for each room of the kit that decides what a figure is."""
    base = Path(__file__).parent.parent
    rooms = {room: sorted(file for file in (base / room).rglob("*") if _is_source(file)) for room in ROOMS}
    rooms |= {name: [base / f"{name}.py"] for name in MODULES}
    return {
        room: files.sha256("\n".join(f"{file.relative_to(base).as_posix()} {_hash(file)}" for file in sources))
        for room, sources in rooms.items()
    }


def _is_source(file: Path) -> bool:
    return file.is_file() and file.suffix in (".py", ".toml", ".js", ".css")


_known: dict[tuple[str, int, int], str] = {}


def _hash(file: Path) -> str:
    """The SHA-256 of a file, worked out once for as long as its size and time stay."""
    state = file.stat()
    key = (str(file.resolve()), state.st_size, state.st_mtime_ns)
    if key not in _known:
        _known[key] = files.sha256(file)
    return _known[key]


def _cells(name: str) -> list[dict[str, Any]]:
    place = paths.notebooks() / f"{name}.ipynb"
    if not name or not place.is_file():
        return []
    cells = json.loads(place.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def _parameters(name: str) -> dict[str, Any]:
    """What the notebook's cell of parameters sets, as it stands in the running notebook."""
    tagged = [cell for cell in _cells(name) if "parameters" in cell["metadata"].get("tags", [])]
    try:
        shell = get_ipython()  # type: ignore[name-defined]  # IPython puts it among the builtins
    except NameError:
        return {}
    names = [
        target.id
        for cell in tagged
        for line in ast.parse("".join(cell["source"])).body
        if isinstance(line, ast.Assign)
        for target in line.targets
        if isinstance(target, ast.Name)
    ]
    return {each: _plain(shell.user_ns[each]) for each in names if each in shell.user_ns}


def _plain(value: Any) -> Any:
    if isinstance(value, (str, Path)):
        return paths.shown(value) if Path(value).is_absolute() else str(value)
    return value if value is None or isinstance(value, (int, float, bool)) else str(value)
