"""Checking an article's numbers against the facts of record."""

from .articles import Article
from .check import Claim, Report, check, check_text
from .matching import STATUSES

__all__ = ["STATUSES", "Article", "Claim", "Report", "check", "check_text"]
