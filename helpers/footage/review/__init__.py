"""Reviewing proposed shots by ear and eye: the session and its journal, what it gives, and the widget."""

from .compare import Comparison, compare, joint_log, kappa
from .outcome import MERGE_FLOOR_S, in_words, merged_share, shot_log, timing, write
from .session import VERDICTS, Mark, Recording, Review, start

__all__ = [
    "MERGE_FLOOR_S",
    "VERDICTS",
    "Comparison",
    "Mark",
    "Recording",
    "Review",
    "compare",
    "in_words",
    "joint_log",
    "kappa",
    "merged_share",
    "shot_log",
    "start",
    "timing",
    "write",
]
