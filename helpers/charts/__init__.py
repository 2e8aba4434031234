"""Pure functions from tables to charts in the house style, and how charts show in a notebook.

Importing this package makes Altair draw in the house style and show pictures with alt text and a text fingerprint.
"""

from . import first  # noqa: F401

# isort: split
from . import display, style
from .both import Drawn, NothingToDraw, both
from .chicago import chicago_shots_over_years
from .display import show
from .explore import Explored, explore
from .funnel import funnel, rates_by_place
from .intervals import rate_dots, ratio_dots
from .language import in_language, languages
from .parts import headline, mark_simulated
from .quality import changes_by_year, missing_by_year
from .rates_by_year import rates_by_year, rates_by_year_and_place
from .shots_against_seconds import shots_against_seconds
from .shots_over_time import shots_over_time, timeline, what_facts_allow
from .shots_over_time_print import shots_over_time_print
from .shots_per_incident import shots_per_incident
from .sound_with_marks import reviewing, sound_with_marks

display.register()

__all__ = [
    "Drawn",
    "Explored",
    "NothingToDraw",
    "both",
    "changes_by_year",
    "chicago_shots_over_years",
    "display",
    "explore",
    "funnel",
    "headline",
    "in_language",
    "languages",
    "mark_simulated",
    "missing_by_year",
    "rate_dots",
    "rates_by_place",
    "rates_by_year",
    "rates_by_year_and_place",
    "ratio_dots",
    "reviewing",
    "shots_against_seconds",
    "shots_over_time",
    "shots_over_time_print",
    "shots_per_incident",
    "show",
    "sound_with_marks",
    "style",
    "timeline",
    "what_facts_allow",
]
