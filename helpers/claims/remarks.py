"""Numbers in remarks that claim nothing of record: "thought twice", "two tallies", "a single bullet can", "count to ten".

Tried only where no fact bears a number. What could be checked is never called a remark: shots, wounds and officers are
counted by the field, unless the words say that they are meant in general.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .lexicon import HEADS, VERBS
from .weighing import Verdict
from .words import stem, vocabulary

if TYPE_CHECKING:
    from .quantities import Quantity
    from .subjects import Scene

__all__ = ["counted_out", "remark"]

_GENERAL = vocabulary("can may might could would cannot never will shall should")
_TELLING = frozenset(
    stem(word)
    for word in """count counts tally tallies figure figures number numbers total totals account accounts version versions
    story stories question questions answer answers reason reasons thing things way ways side sides point points word
    words statement statements estimate estimates theory theories rule rules lesson lessons idea ideas fact facts camp
    camps chart charts table tables column columns line lines sum sums reading readings problem problems kind kinds sort
    sorts caveat caveats measure measures comparison comparisons set sets half halves""".split()
)
_FEW = 12
_MANY_TIMES = 3


def remark(quantity: Quantity, scene: Scene) -> Verdict | None:
    """Why a number that no fact bears is no claim; None where it may be one."""
    if quantity.kind != "count" or not quantity.written.low <= _FEW:
        return None
    reason = _in_general(quantity, scene) or _of_telling(quantity, scene) or _idle_times(quantity, scene)
    return Verdict("not a claim", reason) if reason else None


def _in_general(quantity: Quantity, scene: Scene) -> str:
    """ "A single bullet can leave more than a single wound": of any, not of one."""
    sentence = scene.sentences[scene.sentence_of(quantity.first)]
    lone = quantity.written.low == quantity.written.high == 1
    article = scene.low(quantity.number[0] - 1) in ("a", "an", "any") or scene.low(quantity.number[0]) in ("a", "one")
    near = range(max(sentence.first, quantity.first - 8), min(sentence.last, quantity.last + 3))
    modal = any(scene.low(at) in ("can", "may", "might", "could") for at in near)
    return "a general remark, no count" if lone and article and modal else ""


def _of_telling(quantity: Quantity, scene: Scene) -> str:
    """ "Two tallies", "the two wound counts": what is told, not what happened."""
    if quantity.head is None or quantity.written.hedge:
        return ""
    end = max(quantity.head + 1, quantity.last)
    for at in (quantity.head, end):
        noun = stem(scene.low(at))
        if noun in _TELLING and (at == quantity.head or scene.low(at).endswith("s")) and not HEADS.get(noun):
            return f"{scene.low(at)} are what is told of, no count of what happened"
    return ""


def _idle_times(quantity: Quantity, scene: Scene) -> str:
    """ "Thought twice", "the same thing twice": times of nothing that the field counts."""
    once = quantity.form == "once" or (
        quantity.head is not None and scene.low(quantity.head) == "times" and quantity.written.low <= _MANY_TIMES
    )
    if not once:
        return ""
    number = scene.sentence_of(quantity.first)
    sentence = scene.sentences[number]
    for at in range(quantity.first - 1, max(sentence.first - 1, quantity.first - 5), -1):
        root = stem(scene.low(at))
        if VERBS.get(root) in ("fire", "shoot", "hit", "receive", "reload", "kill") or HEADS.get(root) == "shot":
            return ""
        if scene.low(at) in ("just", "at", "least", "only", "more", "than", "not", "even", ",", "about", "have", "has"):
            continue
        if scene.words[at].is_word and scene.low(at) not in ("and", "or", "him", "her", "them", "back", "it", "he"):
            return "times of what no record counts"
    return ""


def counted_out(quantity: Quantity, scene: Scene) -> bool:
    """Whether a number is of seconds that a reader is told to count: "count to forty-one"."""
    before = [scene.low(at) for at in range(quantity.first - 4, quantity.first)]
    counting = {"count", "counting", "counted"} & set(before)
    return quantity.kind == "count" and quantity.head is None and bool(counting) and before[-1] == "to"
