"""The reporter's desk: how the kit shows itself in a notebook. Loads nothing heavy."""

from .saving import live, save_hook, without_live

__all__ = ["live", "save_hook", "without_live"]
