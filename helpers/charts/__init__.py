"""Pure functions from tables to charts in the house style, and how charts show in a notebook.

Importing this package makes Altair draw in the house style and show pictures with alt text and a text fingerprint.
"""

from . import display, style
from .chicago import chicago_shots_over_years
from .display import show
from .parts import mark_simulated
from .quality import changes_by_year, missing_by_year
from .shots_against_seconds import shots_against_seconds
from .shots_over_time import shots_over_time, timeline, what_facts_allow
from .shots_over_time_print import shots_over_time_print

display.register()

__all__ = [
    "changes_by_year",
    "chicago_shots_over_years",
    "display",
    "mark_simulated",
    "missing_by_year",
    "shots_against_seconds",
    "shots_over_time",
    "shots_over_time_print",
    "show",
    "style",
    "timeline",
    "what_facts_allow",
]
