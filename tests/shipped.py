"""Every figure the notebooks publish, made by their own code cells in this process: without a kernel, in seconds.

A notebook shows its charts as well as publishing them; here they are published only, so that a test of the published
figures draws each once.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
from pathlib import Path

from helpers import facts, paths

__all__ = ["publish_all", "publishing_notebooks"]


def publishing_notebooks() -> list[Path]:
    """The notebooks that publish figures, in reading order."""
    return [path for path in sorted(paths.notebooks().glob("*.ipynb")) if "publish.figure" in path.read_text()]


def publish_all(out: Path) -> list[Path]:
    """Publish the figures of every notebook below ``out`` and return their folders."""
    before = os.environ.get("KIT_OUT")
    os.environ["KIT_OUT"] = str(out)
    try:
        for notebook in publishing_notebooks():
            cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
            code = "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(code, notebook.name, "exec"), {"__name__": notebook.stem})
    finally:
        facts.notebook("")
        os.environ.pop("KIT_OUT") if before is None else os.environ.update(KIT_OUT=before)
    return sorted(path.parent for path in out.glob("*/figure.json"))
