"""The words that say what form a reckoning has, and by which a fact is spoken of without its number.

"17 short" is a difference, "apiece" an average, "the rest" what one part leaves; "their own reports" speak of the
officers' count, "the autopsy" of the wounds, "a single gun" of one officer's part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .lexicon import HEADS
from .words import stem, vocabulary

if TYPE_CHECKING:
    from .known import Known
    from .operands import Operands

__all__ = [
    "AWAY", "EACH", "FEWER", "GAP", "HELD", "MISSED", "MORE", "PACE", "REST", "TOGETHER", "spoken",
]  # fmt: skip

FEWER = vocabulary("fewer less lower below short shy under shorter smaller behind beneath missing")
MORE = vocabulary("more higher above over greater longer extra larger beyond exceeds exceeded surplus excess outnumber")
GAP = vocabulary(
    """difference gap discrepancy disparity margin gulf shortfall apart differ differs differed separates separated
    separate unreported unaccounted unexplained omitted omit omits undercount undercounted deficit spread between"""
)
AWAY = vocabulary(
    """minus subtract subtracted subtracting subtraction away deduct deducting remove removing left leaves leave leaving
    remain remains remaining remainder without balance besides"""
)
REST = vocabulary(
    """other others rest remaining remainder remain remains else everyone everybody left leaves leave leaving colleagues
    partners apart aside balance another between share"""
)
MISSED = vocabulary(
    """missed miss misses missing wide astray elsewhere other no not without never nothing nowhere none harm harmlessly
    somewhere failed didn't left rest remaining others"""
)
HELD = vocabulary(
    """never not no holstered kept held hold holding without refrained didn't neither nor except but none silent only
    save bar unfired other fifth third"""
)
EACH = vocabulary(
    "each apiece average averages averaged averaging evenly equally divide divided split mean per spread man gun share "
    "individually typical officer"
)
PACE = vocabulary("every between apart interval intervals gap gaps separated each pause average one shot")
TOGETHER = vocabulary(
    """between together combined altogether total sum totaled totalled jointly both add adding adds added all plus and
    counting include including includes"""
)

_WOUND = frozenset(
    stem(word)
    for word in vocabulary(
        """wound wounds hit hits struck strike autopsy autopsies examiner coroner pathologist doctor doctors hole holes
        body bodies missed miss landed reached target mark astray wide injuries"""
    )
)
_OWN = vocabulary(
    """own reports report reported reporting paperwork themselves statements statement accounts account tallies tally
    recollections recalled admitted admit acknowledged claimed paper self-reported lower two figures counts count totals
    figure forms memories reckoning"""
)
_SOLE = vocabulary("single one lone busiest that 50 fifty individual")
_SECONDS = vocabulary("second seconds minute minutes pace rate every time moment speed interval intervals")


def spoken(known: Known, told: Operands) -> bool:
    """Whether the words near a number speak of a fact: by its value, by its source, or by what it is of."""
    if told.is_stated(known) or id(known) in told.sourced:
        return True
    fact, words = known.subject, told.near_words
    if known.kind == "duration":
        return bool(words & _SECONDS) or told.fires
    if fact.head == "officer":
        return any(HEADS.get(stem(word)) in ("officer", "person") for word in words) or bool(words & {"police", "team"})
    if fact.head == "wound":
        return any(stem(word) in _WOUND for word in words)
    if fact.basis == "self-reported":
        return bool(words & _OWN)
    if fact.who == "one officer":
        return "one officer" in told.doers or bool(words & _SOLE)
    if fact.who == "other":
        return "other" in told.doers
    return True
