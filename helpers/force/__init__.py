"""Comparative statistics of police force: rates, ratios, trends and league tables with honest uncertainty.

The method, formula and source of each is in this folder's ``README.md``. Importing this loads nothing heavy.
"""

from .comparison import change, rate_difference, rate_ratio, ratios, ratios_table, year_over_year
from .definitions import DENOMINATORS, combine, definition_of
from .rates import Rate, rate, rates, side_by_side, table_of

__all__ = [
    "DENOMINATORS",
    "Rate",
    "change",
    "combine",
    "definition_of",
    "rate",
    "rate_difference",
    "rate_ratio",
    "rates",
    "ratios",
    "ratios_table",
    "side_by_side",
    "table_of",
    "year_over_year",
]
