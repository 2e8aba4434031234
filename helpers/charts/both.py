"""A chart in both layouts, or the reason why there is none: what a notebook shows whichever records it is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..problems import InputError

__all__ = ["Drawn", "NothingToDraw", "both"]


class NothingToDraw(InputError):
    """What was given is right, but holds nothing that the chart could show."""


@dataclass(frozen=True)
class Drawn:
    """A chart for desktop and phone, or neither and ``why``. A notebook shows the desktop's, or why there is none."""

    desktop: Any = None
    mobile: Any = None
    why: str = ""

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        if self.desktop is None:
            words = f"Nothing to draw: {self.why}"
            return {"text/plain": words, "text/markdown": words}
        return self.desktop._repr_mimebundle_(include, exclude)


def both(draw: Callable[..., Any], *given: Any, **words: Any) -> Drawn:
    """Draw for desktop and phone with the same arguments.

    Returns
    -------
    Drawn
        Without charts, and with the reason, where ``draw`` raises `NothingToDraw`.

    Raises
    ------
    InputError
        Whatever else ``draw`` raises: wrong data is not the same as none.
    """
    try:
        return Drawn(*(draw(*given, layout=layout, **words) for layout in ("desktop", "mobile")))
    except NothingToDraw as nothing:
        return Drawn(why=str(nothing))
