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
    "AWAY", "EACH", "FEWER", "GAP", "HELD", "MISSED", "MORE", "PACE", "REST", "TOGETHER", "said", "spoken",
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
    partners apart aside balance another between"""
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
    "each apiece average averages averaged averaging evenly equally divide divided split mean per spread individually "
    "typical"
)
PACE = vocabulary("every between apart interval intervals gap gaps separated each pause average")
TOGETHER = vocabulary(
    """between together combined altogether total sum totaled totalled jointly both add adding adds added all plus and
    counting include including includes"""
)
# Said anywhere in a sentence these tell its form; all others only near the number.
_FAR = vocabulary(
    """minus subtract subtracted subtracting subtraction away deduct add adding added together combined altogether
    difference gap discrepancy disparity unreported unaccounted shortfall average averages averaged missed astray apiece
    evenly rest"""
)
_NEAR, _BOUND = 8, 5  # tokens on either side of a number; of one that is only a bound


def said(told: Operands) -> frozenset[str]:
    """The words that may say what form a reckoning has: those near a number that are no part of a hedge."""
    scene, quantity = told.scene, told.quantity
    sentence = scene.sentences[told.number]
    reach = _NEAR if quantity.written.hedge in ("", "about", "nearly", "exactly") else _BOUND
    end = max(quantity.number[1], (quantity.head or 0) + 1)
    near = range(max(sentence.first, quantity.first - reach), min(sentence.last, end + reach))
    hedges = {at for other in scene.in_sentence(told.number) for at in range(other.first, other.number[0])}
    found = {scene.low(at) for at in near if at not in hedges and not _in_hedge(told, at)}
    if scene.low(end) in ("a", "an") and scene.low(end + 1) in ("man", "officer", "gun", "head", "person", "shooter"):
        found.add("each")
    return frozenset(found | (told.words & _FAR))


def _in_hedge(told: Operands, at: int) -> bool:
    """Whether a word belongs to a hedge behind a number: "50 or more", "46 at the most"."""
    low = told.scene.low
    return low(at) in ("more", "fewer", "less", "over", "under") and low(at - 1) in ("or", "no", "and")


_WOUND = frozenset(
    stem(word)
    for word in vocabulary(
        """wound wounds hit hits struck strike autopsy autopsies examiner coroner pathologist doctor doctors hole holes
        body bodies missed miss landed reached target mark astray wide injuries"""
    )
)
_OWN = vocabulary(
    """own reports paperwork themselves statements accounts tallies recollections recalled admitted admit acknowledged
    claimed self-reported forms memories owned they"""
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
