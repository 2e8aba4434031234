"""Long work in a notebook says how far it is; what it says is gone when it is done, and is never saved."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sized
from typing import Any, TypeVar

from .saving import live

__all__ = ["in_notebook", "progress"]

Item = TypeVar("Item")


def in_notebook() -> bool:
    """Whether this runs in a Jupyter kernel; tells without loading anything."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    return getattr(shell, "kernel", None) is not None


def progress(items: Iterable[Item], doing: str, *, total: int | None = None, long: bool = True) -> Iterator[Item]:
    """The items, one by one, with a bar in the notebook that moves as each is done with.

    Outside a notebook it shows nothing. The bar goes when the last item is done, or when the work stops.

    Parameters
    ----------
    doing : str
        What is being done, such as ``reading 3 files``; a screen reader says it.
    total : int, optional
        How many items there are, where they cannot be counted.
    long : bool
        Whether the work is long enough for a bar to be more than a flicker.
    """
    if not long or not in_notebook():
        yield from items
        return
    total = len(items) if total is None and isinstance(items, Sized) else total
    bar = _bar(doing, total)
    try:
        for done, item in enumerate(items, start=1):
            yield item
            bar.children[1].value = done if total else 0
            bar.children[2].value = f"{done} of {total}" if total else f"{done}"
    finally:
        bar.close_all()


def _bar(doing: str, total: int | None) -> Any:
    import ipywidgets
    from IPython.display import display

    class Bar(ipywidgets.HBox):
        def close_all(self) -> None:
            for child in self.children:
                child.close()
            self.close()

    moving = ipywidgets.FloatProgress(value=0, max=total or 1, layout={"width": "16em"})
    bar = Bar([ipywidgets.Label(f"{doing[:1].upper()}{doing[1:]} ..."), moving, ipywidgets.Label("")])
    data, metadata = live(bar)
    display(data, metadata=metadata, raw=True)
    return bar
