"""One incident in depth: its facts, events, shot log and bounds; and the table of documented shootings."""

from .bounds import Partial, band
from .entering import add_shots, shots_from
from .heard import heard
from .incident import Incident, load
from .listing import check, listing
from .measures import (
    after_events,
    all_facts,
    log_summary,
    log_table,
    pace,
    ratio_qualifier,
    reconciliation,
    reported,
    shooters,
    what_happened,
)
from .picking import pick
from .practice import Practice, practice
from .scaffold import new
from .sentences import headline, in_words, standing
from .shootings import Rank, beside, comparison_facts, coverage, paces, rank, shootings, sourced

__all__ = [
    "Incident",
    "Partial",
    "Practice",
    "Rank",
    "add_shots",
    "after_events",
    "all_facts",
    "band",
    "beside",
    "check",
    "comparison_facts",
    "coverage",
    "headline",
    "heard",
    "in_words",
    "listing",
    "load",
    "log_summary",
    "log_table",
    "new",
    "pace",
    "paces",
    "pick",
    "practice",
    "rank",
    "ratio_qualifier",
    "reconciliation",
    "reported",
    "shooters",
    "shootings",
    "shots_from",
    "sourced",
    "standing",
    "what_happened",
]
