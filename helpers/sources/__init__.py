"""Reading publishers: any use-of-force file to records, with a report of what is wrong with it.

>>> from helpers import sources
>>> reading = sources.read(["fatal-police-shootings-data.csv"])     # doctest: +SKIP
>>> reading.records, reading.report, reading.set_aside              # doctest: +SKIP
"""

from .diff import Difference, diff, exercise
from .output import write
from .quality import Report, missing_by_year, unknown_by_year
from .records import Reading, draft, named, read, recognise

__all__ = [
    "Difference",
    "Reading",
    "Report",
    "diff",
    "draft",
    "exercise",
    "missing_by_year",
    "named",
    "read",
    "recognise",
    "unknown_by_year",
    "write",
]
