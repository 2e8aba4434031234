"""After a rerun: which published numbers no longer hold.

The article is checked against the old facts and the new. What held then and does not now is stale.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .. import facts
from .check import Claim, Report, check, facts_for

__all__ = ["Stale", "hold", "stale"]

_HELD = ("supported", "rounded", "conflicting sources")


@dataclass(frozen=True)
class Stale:
    """A claim that held against the old facts (``before``) and does not hold as it did against the new (``now``)."""

    before: Claim
    now: Claim


def hold(
    article: str | Path,
    *,
    file: str | Path | None = None,
    incident: str | Path | None = None,
    since: str | Path | None = None,
) -> tuple[Report, list[Stale] | None]:
    """Hold an article against a ``facts.json``, an incident or both (as `facts_for` does), and against older facts.

    Returns the report, and what no longer holds since the older ``facts.json`` (None where none is given). Print
    them with `as_text(report, stale)`; it is a failure where ``report.failed()`` or something is stale.

    Raises
    ------
    InputError
        If the article, the facts or the incident cannot be read.
    """
    known, told_from = facts_for(file, incident)
    report = check(Path(article), known, told_from)
    return report, stale(check(Path(article), facts.read(Path(since))), report) if since else None


def stale(before: Report, now: Report) -> list[Stale]:
    """The claims of one article that two reports judge differently, where the old one let them stand."""
    pairs = {(claim.start, claim.end): claim for claim in before.claims}
    found = []
    for claim in now.claims:
        old = pairs.get((claim.start, claim.end))
        if old is None or old.status not in _HELD:
            continue
        worse = claim.status not in _HELD or (claim.status == "conflicting sources" != old.status)
        if worse:
            found.append(Stale(old, claim))
    return found
