"""Errors in a notebook, for reporters: one framed message with what, where and remedy, and the traceback a click away.

The frame is shown beside Jupyter's own error, which shrinks to a line: whatever runs notebooks without a reader
(nbclient, papermill, ``kit rerun``) still sees that the cell failed, and with which words.
"""

from __future__ import annotations

import contextlib
import sys
import traceback
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

from .. import paths
from ..problems import InputError, Problem

__all__ = ["explained", "framed", "install"]

_BOX = (
    "border:1px solid var(--jp-error-color1,#b3261e);border-left-width:6px;border-radius:4px;padding:.6em 1em;"
    "margin:.4em 0;max-width:60em;white-space:normal"
)
MOST_SHOWN = 20


def install(shell: Any) -> None:
    """Have an IPython shell show an `InputError` this way; every other error is shown as ever."""
    shell.set_custom_exc((InputError,), _shown)


def _shown(shell: Any, kind: type, error: InputError, trace: Any, tb_offset: int | None = None) -> list[str]:
    from IPython.display import display

    # For %tb, which shows the whole traceback in colour.
    sys.last_type, sys.last_value, sys.last_traceback = kind, error, trace
    display(framed(error, _of_the_cell(kind, error, trace)), raw=True)
    quiet = [f"{kind.__name__}: {_count(error)}, told above. The whole traceback: click above, or run %tb"]
    shell._showtraceback(kind, error, quiet)
    whole = [*quiet, str(error)]
    if hasattr(shell, "_last_traceback"):
        # What the reply tells a program that runs the notebook and shows no outputs.
        shell._last_traceback = whole
    return whole


def _of_the_cell(kind: type, error: InputError, trace: Any) -> str:
    """The traceback from the notebook's cell on, without the frames that run the cell."""
    inner = trace
    while inner is not None and "IPython" in inner.tb_frame.f_code.co_filename.split("site-packages")[-1]:
        inner = inner.tb_next
    return "".join(traceback.format_exception(kind, error, inner or trace))


def _count(error: InputError) -> str:
    many = len(error.problems)
    return f"{many} problem{'' if many == 1 else 's'}"


def framed(error: InputError, trace: str = "") -> dict[str, str]:
    """An error as a MIME bundle: a frame that a screen reader announces, and plain text.

    ``trace`` is folded in below the problems, where there is one.
    """
    shown = [_without_path(problem) for problem in error.problems[:MOST_SHOWN]]
    more = len(error.problems) - len(shown)
    items = [f"<li style='margin:.4em 0'>{_item(problem)}</li>" for problem in shown]
    items += [f"<li>... and {more} more problems like these.</li>"] if more else []
    listed = f"<ul style='margin:.3em 0 0;padding-left:1.2em'>{''.join(items)}</ul>"
    folded = (
        f"<details style='margin-top:.5em'><summary>Where in the code, for whoever mends it</summary>"
        f"<pre style='overflow:auto;font-size:85%'>{escape(trace)}</pre></details>"
        if trace
        else ""
    )
    title = f"The kit stops here: {_count(error)}"
    page = (
        f"<section role='alert' aria-label='{title}' style='{_BOX}'><strong>{title}</strong>{listed}{folded}</section>"
    )
    lines = [title, *map(str, shown)] + ([f"... and {more} more problems like these."] if more else [])
    return {"text/html": page, "text/plain": "\n".join(lines)}


def _item(problem: Problem) -> str:
    what, where = escape(problem.what.rstrip()), problem.where
    stop = "" if what.endswith((".", "!", "?")) else "."
    what = f"{what[:1].upper()}{what[1:]}{stop}"
    place = f"<br><span style='opacity:.8'>Where:</span> <code>{escape(where)}</code>" if where else ""
    return f"{what}{place}<br><span style='opacity:.8'>What to do:</span> {escape(problem.remedy)}"


def _without_path(problem: Problem) -> Problem:
    """The problem, its file named from the kit's folder on, any other with its folder alone: no path of a machine."""
    if problem.file is None:
        return problem
    file = Path(problem.file)
    short = paths.shown(file)
    return replace(problem, file=f"{file.parent.name}/{file.name}" if short == file.name != str(file) else short)


@contextlib.contextmanager
def explained() -> Iterator[None]:
    """Show what a block raises as a framed message and go on: for trying things out, and for teaching.

    Examples
    --------
    >>> with explained():
    ...     raise InputError(Problem("there is no such file", "Check the name.", "shots.csv"))
    The kit stops here: 1 problem
    shots.csv: there is no such file. Check the name.
    """
    try:
        yield
    except InputError as error:
        bundle = framed(error)
        if "IPython" in sys.modules and sys.modules["IPython"].get_ipython() is not None:
            from IPython.display import display

            display(bundle, raw=True)
        else:
            print(bundle["text/plain"])
