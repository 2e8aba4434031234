"""Runs the reference notebooks in place, and draws the README's pictures: ``make references``.

This is the only thing that writes to ``notebooks/``. Run it after a change to a chart or to the shipped data, look at
what changed with ``git diff``, and commit both together.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from helpers import files, paths
from helpers.desk import without_live
from helpers.rerun import kernel_options


def refresh(notebook: Path) -> None:
    """Run one notebook from top to bottom and store it with its outputs, and with nothing of this machine or minute."""
    content = nbformat.read(notebook, as_version=4)
    with tempfile.TemporaryDirectory() as out, kernel_options() as options:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("KIT_")}
        here = {"metadata": {"path": str(notebook.parent)}}
        client = NotebookClient(content, kernel_name="python3", resources=here, **options)
        client.execute(env=environment | {"KIT_OUT": out})
    without_live(content)
    content.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for cell in content.cells:
        cell.metadata.pop("execution", None)
    files.write(notebook, nbformat.writes(content) + "\n")


def pictures() -> dict[str, bytes]:
    """The README's pictures by file name, as the notebooks show them."""
    from helpers import charts, incidents

    reed, rehearsal = incidents.load("dexter-reed-2024"), incidents.load("rehearsal")
    drawn = {
        "in-context": charts.shots_against_seconds(incidents.beside(incidents.shootings(), reed)),
        "what-facts-allow": charts.what_facts_allow(reed),
        "shots-over-time": charts.shots_over_time(rehearsal),
    }
    return {f"{name}.png": chart._repr_mimebundle_()[0]["image/png"] for name, chart in drawn.items()}


def main(names: list[str]) -> None:
    """Refresh the notebooks whose names begin with one of ``names``; all of them where there is none."""
    for notebook in sorted(paths.notebooks().glob("*.ipynb")):
        if not names or notebook.stem.startswith(tuple(names)):
            print(notebook.name, flush=True)
            refresh(notebook)
    for name, picture in pictures().items():
        files.write(paths.notebooks() / "pictures" / name, picture)


if __name__ == "__main__":
    main(sys.argv[1:])
