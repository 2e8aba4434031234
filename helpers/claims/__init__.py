"""Checking an article's numbers against the facts of record.

>>> from helpers.facts import Fact
>>> shots = Fact("shots_by_police", 96, "shots", "approx", counts="shots fired by police", source="COPA")
>>> for claim in check_text("Police fired nearly 100 rounds. Police fired more than 100 rounds.", [shots]).claims:
...     print(claim.text, "|", claim.status)
nearly 100 rounds | supported
more than 100 rounds | contradicted
"""

from .articles import Article
from .check import Claim, Report, check, check_text, facts_for
from .matching import STATUSES
from .report import as_json, as_page, as_text, summary, write_page
from .since import Stale, hold, stale

__all__ = [
    "STATUSES",
    "Article",
    "Claim",
    "Report",
    "Stale",
    "as_json",
    "as_page",
    "as_text",
    "check",
    "check_text",
    "facts_for",
    "hold",
    "stale",
    "summary",
    "write_page",
]
