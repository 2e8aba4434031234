"""One incident in depth: its facts, events, shot log and bounds; and the table of documented shootings."""

from .bounds import Partial, band
from .incident import Incident, load
from .listing import listing
from .measures import log_summary, pace, ratio_qualifier, reconciliation, reported
from .scaffold import new
from .shootings import shootings

__all__ = [
    "Incident",
    "Partial",
    "band",
    "listing",
    "load",
    "log_summary",
    "new",
    "pace",
    "ratio_qualifier",
    "reconciliation",
    "reported",
    "shootings",
]
