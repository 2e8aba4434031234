"""What a notebook keeps of what was live in it: the still picture, the words, the table; never the widget.

A live chart or menu is shown beside its still form, in one output. The live form means something only to the kernel
that made it: kept, it would show *model not found* when the notebook is opened again, and its random name would make
every run differ. Whoever saves a notebook therefore calls `without_live`: JupyterLab as ``make lab`` starts it, reruns
and references.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

__all__ = ["LIVE", "VIEW", "live", "save_hook", "without_live"]

VIEW = "application/vnd.jupyter.widget-view+json"
# Marks an output of the kit's own; other widgets in a reporter's notebook are none of our business.
LIVE = {"kit": "live"}


def live(widget: Any, still: tuple[dict[str, Any], dict[str, Any]] = ({}, {})) -> tuple[dict, dict]:
    """A widget and its still form as one output: what a front end with widgets shows, and what anyone else does.

    Parameters
    ----------
    widget : ipywidgets.Widget
    still : (data, metadata)
        A MIME bundle; without one the output is not kept at all.
    """
    data, metadata = still
    view = {VIEW: {"version_major": 2, "version_minor": 0, "model_id": widget.model_id}}
    return {**data, **view}, {**metadata, **LIVE}


def without_live(notebook: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take the live forms out of a notebook, in place; what stays is the same from run to run. Returns the notebook."""
    found = False
    for cell in notebook.get("cells", []):
        kept = []
        for output in cell.get("outputs", []):
            metadata, data = output.get("metadata", {}), output.get("data", {})
            if all(metadata.get(key) == value for key, value in LIVE.items()) and data.pop(VIEW, None) is not None:
                found = True
                for key in LIVE:
                    metadata.pop(key)
                if not data:
                    continue
            kept.append(output)
        if "outputs" in cell:
            cell["outputs"] = kept
    if found:
        notebook.get("metadata", {}).pop("widgets", None)
    return notebook


def save_hook(model: dict[str, Any], **_: Any) -> None:
    """Jupyter's hook before a file is saved: a notebook is saved without its live forms."""
    if model.get("type") == "notebook" and model.get("content"):
        without_live(model["content"])
