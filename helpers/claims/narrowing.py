"""What narrows a number to a part: after he lay still, the first of them, by the officers' own count, a race, a sex.

A fact of a part says nothing about the whole, nor one of the whole about a part.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from .lexicon import CONTRASTS
from .words import Token, stem, vocabulary

if TYPE_CHECKING:
    from .quantities import Quantity
    from .subjects import Scene

__all__ = ["FALLEN", "SELF_REPORTED", "STILL", "contrasting", "phrases", "restrictions"]

STILL = re.compile(
    r"(?i)\b(?:stopped|ceased|quit|no longer|not|not even|wasn.t|wasn.t even|nor|without|never)\s+mov(?:ing|ed)\b"
    r"|\bmotionless\b|\b(?:lay|lying|was|laid|gone|went|been|fallen) (?:completely )?still\b|\bunmoving\b"
    r"|\bafter_still\b|\b(?:stopped|ceased|quit) to move\b"
    r"|\bno longer (?:was |were )?(?:able to )?mov(?:e|ed|ing)\b"
    r"|\b(?:stopped|ceased|quit|without) (?:all |any |further )?(?:movement|motion)\b|\b(?:lay|lying|lies) still\b"
    r"|\bimmobile\b|\bstopped (?:all )?movement\b|\bno longer mov"
)
FALLEN = re.compile(
    r"(?i)\bafter\b[^.;,]{0,40}\b(?:fell|fallen|on the ground|down|collapsed)\b|\bwhile\b[^.;,]{0,25}\bon the ground\b"
)
SELF_REPORTED = re.compile(
    r"(?i)\bself[- ]reported\b|\bown (?:reports?|accounts?|counts?|estimates?)\b"
    r"|\bown (?:tall(?:y|ies)|reporting|figures?|paperwork|numbers?|reckoning|sums?|statements?|totals?|claims?)\b"
    r"|\bofficers['’] (?:reports|accounts|statements|paperwork|forms|tallies|recollections)\b"
    r"|\btheir (?:reports|paperwork|accounts|statements)\b"
    r"|\breports (?:that )?(?:the )?(?:officers|they) (?:filed|made|wrote|gave|filled)\b"
    r"|\bcount(?:ed|ing)? (?:up )?their own\b"
    r"|\bown (?:word|memor(?:y|ies)|recollections?)\b"
    r"|\bofficers(?: themselves)? reported (?:firing|having fired)\b|\breported firing\b"
    r"|\bofficers (?:had |have )?(?:each )?themselves (?:reported|said|counted|put|gave|estimated|wrote|told)\b"
    r"|(?<!one of )\b(?:their|officers['’]) own\b(?! (?:guns?|weapons?|pistols?|fire|side|unit|car|safety|li[fv]))"
)
_PARTS = vocabulary("first last final next other remaining additional another further extra")
_MORE = vocabulary("another additional further extra")
_NEW_CLAUSE = vocabulary("they it he she that this police officers the still after after, some did was were had")
_INCLUDING = vocabulary("including even some continued continuing kept continue")


def restrictions(scene: Scene, quantity: Quantity) -> frozenset[str]:
    """What narrows a number: ``still``, ``fallen``, ``part`` (the first or last of them), ``more`` (besides others)."""
    found = set()
    left, number = quantity.first, quantity.number
    opens = scene.sentences[scene.sentence_of(left)].first
    beside = (*(at for at in (number[0] - 1, left - 1, left - 2) if at >= opens), *range(*number))
    before = {scene.low(at) for at in beside}
    counted = quantity.head is not None and quantity.kind == "count"
    if scene.low(left - 1) in (",", "("):
        before &= {scene.low(at) for at in range(*number)}  # "fired first, about 11 times" is no first of them
    if counted and before & _PARTS and "at" not in before:
        found.add("more" if before & _MORE else "part")
    if counted and scene.low(number[1] - 1) == "more" and not quantity.written.hedge:
        found.add("more")
    for name, start, end in scene.narrowed(scene.sentence_of(left)):
        if _attached(scene, quantity, start, end):
            found.add(name)
    if "still" in found:
        found.discard("fallen")  # who lies still has fallen
    return frozenset(found - {"more"} if found & {"still", "fallen"} else found)


def phrases(text: str, first: int, last: int) -> list[tuple[str, int, int]]:
    """The phrases of a stretch of text that narrow a number: ``still`` or ``fallen``, with their offsets."""
    return [
        (name, match.start(), match.end())
        for name, pattern in (("still", STILL), ("fallen", FALLEN))
        for match in pattern.finditer(text, first, last)
    ]


def _attached(scene: Scene, quantity: Quantity, start: int, end: int) -> bool:
    """Whether a phrase (offsets) belongs to a quantity: no other one stands between, nor "including"."""
    mine = scene.words[quantity.number[0]].start
    sentence = scene.sentences[scene.sentence_of(quantity.first)]
    words = scene.words[sentence.first : sentence.last]
    if {token.low for token in [token for token in words if token.end <= start][-7:]} & _INCLUDING:
        return False
    low, high = (mine, start) if start > mine else (end, mine)
    between = any(
        low < scene.words[other.number[0]].start < high and not other.reason and other.kind == "count"
        for other in scene.siblings(quantity)
    )
    parted = [token for token in words if low < token.start < high]
    # "At 96 shots, police were firing two a second, and they were still at it after he fell": another clause's.
    joined = any(one.low == "and" and two.low in _NEW_CLAUSE for one, two in pairwise(parted))
    return not between and not joined and not any(token.text in (";", "—") for token in parted)


_SIDES: dict[str, list[tuple[str, str]]] = {}
for _contrast, _table in CONTRASTS.items():
    for _word, _side in _table.items():
        _SIDES.setdefault(_word, []).append((_contrast, _side))
_COLOURED = vocabulary("vehicle car suv van truck sedan house smoke shirt gun ford house hat hoodie jeep pickup")


def contrasting(words: list[Token]) -> list[tuple[str, str]]:
    """The contrasting words among tokens, each as its contrast and its side."""
    found = []
    for place, token in enumerate(words):
        if token.low == "middle" and [word.low for word in words[max(0, place - 3) : place]] == ["one", "in", "the"]:
            found.append(("statistic", "median"))
        for contrast, side in _SIDES.get(stem(token.low), ()) if token.is_word else ():
            following = words[place + 1].low if place + 1 < len(words) else ""
            if not (token.low in ("black", "white") and following in _COLOURED):
                found.append((contrast, side))
    return found
