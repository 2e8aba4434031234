"""A menu in a notebook, and what follows it below: a chart, a table, a report, drawn anew for each choice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from ..problems import InputError, Problem
from .errors import framed
from .saving import live

__all__ = ["Menu"]


class Menu:
    """Choices under a label; ``show`` is called with the choice, and what it returns stands below the menu.

    What is saved with the notebook is the name of the choice and what was shown last.

    Parameters
    ----------
    label : str
        What is chosen, such as ``Incident``.
    choices : sequence of (str, value)
        What the menu says, and what it stands for.
    show : callable
        From a choice to anything that a notebook shows.
    first : value, optional
        The choice to begin with; the first unless told.

    Raises
    ------
    InputError
        If there is nothing to choose, or ``first`` is not among the choices.
    """

    def __init__(
        self, label: str, choices: Sequence[tuple[str, Any]], show: Callable[[Any], Any], first: Any = None
    ) -> None:
        values = [value for _, value in choices]
        if not choices:
            raise InputError(Problem(f"there is no {label.lower()} to choose", "Make or fetch one first."))
        if first is not None and first not in values:
            remedy = f"There are: {', '.join(map(str, values))}."
            raise InputError(Problem(f"there is no {label.lower()} {str(first)!r} in the menu", remedy))
        self.label, self.choices, self._show = label, list(choices), show
        self.value = values[0] if first is None else first
        self._place: Any = None

    @property
    def name(self) -> str:
        """What the menu says of the choice."""
        return next(name for name, value in self.choices if value == self.value)

    def choose(self, value: Any) -> None:
        """Choose, and show what follows where the menu is on show."""
        if value not in [each for _, each in self.choices]:
            raise InputError(Problem(f"there is no {self.label.lower()} {str(value)!r} in the menu", "Choose another."))
        self.value = value
        if self._place is not None:
            self._publish(update=True)

    def shown(self) -> Any:
        """What ``show`` gives for the choice, or the reason in a frame why it gives nothing."""
        try:
            return self._show(self.value)
        except InputError as error:
            return _Frame(error)
        except ValueError as error:
            return _Frame(InputError(Problem(str(error), "Choose another.")))

    def _ipython_display_(self) -> None:
        import uuid

        import ipywidgets
        from IPython.display import display

        menu = ipywidgets.Dropdown(
            options=self.choices, value=self.value, description=self.label, layout={"width": "max-content"},
            style={"description_width": "initial"},
        )  # fmt: skip
        menu.observe(lambda change: self.choose(change["new"]), names="value")
        text = f"{self.label}: {self.name}"
        still = {"text/plain": text, "text/html": f"<p>{self.label}: <strong>{escape(self.name)}</strong></p>"}
        data, metadata = live(menu, (still, {}))
        display(data, metadata=metadata, raw=True)
        self._place = uuid.uuid4().hex
        self._publish(update=False)

    def _publish(self, *, update: bool) -> None:
        from IPython import get_ipython
        from IPython.display import publish_display_data

        shown = self.shown()
        data, metadata = get_ipython().display_formatter.format(shown)
        publish_display_data(data, metadata, transient={"display_id": self._place}, update=update)


class _Frame:
    """An error to be shown in place of what it prevents."""

    def __init__(self, error: InputError) -> None:
        self._error = error

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return framed(self._error)
