"""Running the notebooks on given data, in parallel, into an output folder that is replaced whole or not at all.

The reference notebooks are read and never written. Executed copies and figures are built beside the output folder and
take its place in one step when every notebook has run; a run that fails or is killed leaves the last good output.
"""

from __future__ import annotations

import ast
import contextlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from . import desk, facts, files, incidents, paths
from .problems import InputError, Problem

__all__ = ["Rerun", "kernel_options", "parameters", "rerun", "selected"]

PAGE, COPIES = "index.html", "notebooks"


@dataclass(frozen=True)
class Rerun:
    """What a run made: the ``out`` folder, the ``notebooks`` run, the ``figures`` in the folder and its ``facts``."""

    out: Path
    notebooks: tuple[str, ...]
    figures: tuple[str, ...]
    facts: int
    seconds: float


def rerun(
    *,
    incident: str | None = None,
    records: str | Path | None = None,
    population: str | Path | None = None,
    out: str | Path | None = None,
    jobs: int | None = None,
    only: str | None = None,
    told: Callable[[str, float, str | None], None] = lambda name, seconds, error: None,
) -> Rerun:
    """Run the notebooks on this data and put executed copies, figures and facts into ``out``.

    Parameters
    ----------
    incident : str, optional
        An incident's id, or the path of an incident folder.
    records, population : path, optional
        Files that notebooks with such a parameter read.
    out : path, optional
        ``published/`` unless told. Figures there that other notebooks made are kept.
    jobs : int, optional
        Notebooks run at a time; as many as there are processors unless told.
    only : str, optional
        Run just the notebooks whose name begins so, such as ``01``.
    told : callable, optional
        Called with a notebook's name, its seconds and its error or None, as each is done.

    Raises
    ------
    InputError
        If the incident is not right, no notebook takes a given parameter, ``out`` holds something else, or a notebook
        fails: each failure in a line that names notebook, cell and error. What ``out`` held is then unharmed, and the
        executed copies, with what went wrong in them, are in ``<out>-failed/``.
    """
    started = time.monotonic()
    chosen = selected(only)
    base = Path(out).resolve() if out is not None else paths.out()
    _refuse_foreign(base)
    environment = {"KIT_ROOT": str(paths.root())}
    given: dict[str, Any] = {}
    if incident is not None:
        loaded = incidents.load(incident)
        given["incident"] = loaded.id
        environment["KIT_INCIDENTS"] = str(loaded.folder.parent)
    for name, value in (("records", records), ("population", population)):
        if value is not None:
            given[name] = str(_existing(value))
    taken = {notebook: parameters(notebook) for notebook in chosen}
    _refuse_untaken(given, taken)
    failed = base.with_name(base.name + "-failed")
    with files.build_folder(base) as building:
        _carry_over(base, building, {notebook.stem for notebook in chosen})
        environment["KIT_OUT"] = str(building)
        errors = _run_all(chosen, given, taken, building / COPIES, environment, jobs, told)
        if errors:
            with files.build_folder(failed) as kept:
                shutil.copytree(building / COPIES, kept, dirs_exist_ok=True)
            raise InputError(
                Problem(error, f"The executed copy is in {paths.shown(failed)}.", name)
                for name, error in errors.items()
            )
        facts.collect(building)
        from .publish import gallery

        gallery(building)
    shutil.rmtree(failed, ignore_errors=True)
    made = tuple(sorted(place.parent.name for place in base.glob("*/figure.json")))
    known = len(facts.read(base / "facts.json"))
    return Rerun(base, tuple(notebook.stem for notebook in chosen), made, known, time.monotonic() - started)


def parameters(notebook: Path) -> set[str]:
    """The names that a notebook's cell with the tag ``parameters`` sets; none where there is no such cell."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    tagged = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
    names: set[str] = set()
    for cell in tagged:
        for statement in ast.parse("".join(cell["source"])).body:
            if isinstance(statement, ast.Assign):
                names |= {target.id for target in statement.targets if isinstance(target, ast.Name)}
    return names


def selected(only: str | None) -> list[Path]:
    """The notebooks whose name begins with ``only``, all of them where it is None, in reading order."""
    there = sorted(paths.notebooks().glob("*.ipynb"))
    chosen = [notebook for notebook in there if notebook.stem.startswith(only or "")]
    if not chosen:
        remedy = f"There are: {', '.join(notebook.stem for notebook in there)}."
        raise InputError(Problem(f"no notebook's name begins with {only!r}", remedy))
    return chosen


def _existing(path: str | Path) -> Path:
    full = Path(path).resolve()
    if not full.is_file():
        raise InputError(Problem("there is no such file", "Check the name and the folder.", path))
    return full


def _refuse_untaken(given: Iterable[str], taken: dict[Path, set[str]]) -> None:
    for name in given:
        if not any(name in names for names in taken.values()):
            remedy = "Run without it, or without --only."
            raise InputError(Problem(f"none of the notebooks to run takes --{name}", remedy))


def _refuse_foreign(out: Path) -> None:
    """Refuse a folder that holds what this kit did not make: it would be moved aside and lost."""
    if not out.is_dir() or not any(out.iterdir()):
        return
    if not ((out / PAGE).is_file() and any(out.glob("*/figure.json"))) and not (out / "facts.json").is_file():
        raise InputError(
            Problem("the folder holds other things", "Name a new folder, or an empty one.", paths.shown(out))
        )


def _carry_over(old: Path, new: Path, running: set[str]) -> None:
    """Copy what this run will not make again: other notebooks' figures, facts and copies, and the reporter's own."""
    for place in sorted(old.iterdir()) if old.is_dir() else ():
        if place.name in (COPIES, facts.FOLDER):
            (new / place.name).mkdir()
            for file in place.iterdir():
                if file.stem not in running:
                    shutil.copy2(file, new / place.name)
        elif place.is_dir() and not place.name.startswith("."):
            if _made_by(place / "figure.json") not in running:
                shutil.copytree(place, new / place.name)
        elif place.is_file() and place.name not in (PAGE, "facts.json"):
            shutil.copy2(place, new)


def _made_by(about: Path) -> str | None:
    try:
        return json.loads(about.read_text(encoding="utf-8")).get("notebook")
    except (OSError, ValueError, AttributeError):
        return None


def _run_all(chosen, given, taken, copies: Path, environment, jobs, told) -> dict[str, str]:
    """Run each notebook in a process of its own; returns the errors by notebook, none if all went well."""
    copies.mkdir(exist_ok=True)
    workers = max(1, min(jobs or os.cpu_count() or 1, len(chosen)))
    errors: dict[str, str] = {}
    # Spawned, not forked: a fork of a process with threads can hang.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        started = time.monotonic()
        running = {}
        for notebook in chosen:
            mine = {name: value for name, value in given.items() if name in taken[notebook]}
            running[pool.submit(_run, notebook, copies / notebook.name, mine, environment)] = notebook
        for done in as_completed(running):
            name = running[done].stem
            error = done.result()
            if error is not None:
                errors[name] = error
            told(name, time.monotonic() - started, error)
    return dict(sorted(errors.items()))


def _run(notebook: Path, copy: Path, given: dict[str, Any], environment: dict[str, str]) -> str | None:
    """Run one notebook into its copy; returns what went wrong, with the cell, or None. Called in a worker process."""
    import logging

    import papermill
    from nbclient.exceptions import DeadKernelError

    os.environ.update(environment)
    logging.getLogger("papermill").setLevel(logging.ERROR)
    logging.getLogger("traitlets").setLevel(logging.CRITICAL)
    error = None
    try:
        with kernel_options() as options:
            papermill.execute_notebook(
                notebook, copy, given, kernel_name="python3", language="python", cwd=str(notebook.parent),
                progress_bar=False, **options,
            )  # fmt: skip
    except papermill.PapermillExecutionError as failed:
        value = "; ".join(line for line in str(failed.evalue).splitlines() if line.strip())
        error = f"cell {failed.exec_count}: {failed.ename}: {value}"
    except DeadKernelError:
        error = "DeadKernelError: the kernel was ended while it ran, most often because memory ran out; try --jobs 1"
    except Exception as failed:
        error = f"{type(failed).__name__}: {failed}"
    if copy.exists():
        _without_paths(copy)
    return error


@contextlib.contextmanager
def kernel_options() -> Iterator[dict[str, Any]]:
    """What nbclient is told of the kernels it starts, for as long as the block lasts.

    They talk over sockets in a private folder, not over TCP ports: nobody else can listen, and two kernels that start
    at once cannot choose the same port. Where there are no such sockets, they use ports.
    """
    from traitlets.config import Config

    with tempfile.TemporaryDirectory(prefix="kit-") as folder:
        private = {"transport": "ipc", "ip": str(Path(folder) / "kernel")}
        config = Config({} if sys.platform == "win32" else {"KernelManager": private})
        yield {"config": config, "extra_arguments": ["--log-level=CRITICAL"], "store_widget_state": False}


def _without_paths(copy: Path) -> None:
    """Take out what papermill notes of this machine and this minute, and what was live only while it ran."""
    notebook = desk.without_live(json.loads(copy.read_text(encoding="utf-8")))
    for part in (notebook, *notebook["cells"]):
        part["metadata"].pop("papermill", None)
    files.write(copy, json.dumps(notebook, indent=1, ensure_ascii=False) + "\n")
