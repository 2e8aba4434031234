"""After a rerun: which published numbers no longer hold.

The article is checked against the old facts and the new. What held then and does not now is stale.
"""

from __future__ import annotations

from dataclasses import dataclass

from .check import Claim, Report

__all__ = ["Stale", "stale"]

_HELD = ("supported", "rounded", "conflicting sources")


@dataclass(frozen=True)
class Stale:
    """A claim that held against the old facts (``before``) and does not hold as it did against the new (``now``)."""

    before: Claim
    now: Claim


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
