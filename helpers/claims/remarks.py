"""Numbers in remarks that claim nothing of record: "thought twice", "two tallies", "a single bullet can".

Tried only where no fact bears a number. What could be checked is never called a remark: shots, wounds and officers are
counted by the field, unless the words say that they are meant in general.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from .lexicon import GUNS, HEADS, VERBS
from .weighing import Verdict
from .words import STOP_WORDS, stem, vocabulary

if TYPE_CHECKING:
    from .quantities import Quantity
    from .subjects import Scene

__all__ = ["counted_out", "remark"]

_TELLING = frozenset(
    stem(word)
    for word in vocabulary(
        """count counts tally tallies figure figures number numbers total totals account accounts version versions
        story stories question questions answer answers reason reasons thing things way ways side sides
        point points word words statement statements estimate estimates theory theories rule rules lesson
        lessons idea ideas fact facts camp camps chart charts table tables column columns line lines sum
        sums reading readings problem problems kind kinds sort sorts caveat caveats measure measures
        comparison comparisons set sets half halves"""
    )
)
_SERIES = frozenset(stem(word) for word in vocabulary("series scale chart record data database table period range"))
_AUXILIARY = vocabulary("have has had to must should would never not")
_AGES = vocabulary("century lifetime decade generation")
_FEW = 13
_MANY_TIMES = 3
_NEAR = 8  # tokens between a verb of the field and its number


def remark(quantity: Quantity, scene: Scene) -> Verdict | None:
    """Why a number that no fact bears is no claim; None where it may be one."""
    if quantity.kind == "share" and scene.low(quantity.last) == "of" and scene.low(quantity.last + 2) in _AGES:
        return Verdict("not a claim", "a stretch of time, no share")
    if quantity.kind != "count" or not quantity.written.low <= _FEW:
        return None
    kinds = (_picked_out, _between_two, _told_of, _other_side, _none_of_them, _in_general, _of_telling, _idle_times)
    reason = next((why for kind in kinds if (why := kind(quantity, scene))), "")
    return Verdict("not a claim", reason) if reason else None


def _picked_out(quantity: Quantity, scene: Scene) -> str:
    """ "One officer's conduct", "from a single gun", "one officer, who reloaded": one is told of, none are counted."""
    low = scene.low(quantity.number[0])
    lone = quantity.written.low == quantity.written.high == 1 and low in ("one", "a", "single", "lone", "the")
    stressed = scene.low(quantity.first - 1) in ("only", "just", "but") or scene.low(quantity.last) in ("alone", "only")
    if not lone or quantity.written.hedge not in ("", "about") or stressed:
        return ""
    noun = scene.low(quantity.head) if quantity.head is not None else ""
    subject = scene.describe(quantity)
    partitive = scene.low(quantity.number[1]) == "of" and any(
        m.who == "one officer" and m.first <= quantity.number[0] < m.last
        for m in scene.people.mentions(scene.sentence_of(quantity.first))
    )
    told = (
        partitive or noun.endswith("'s") or noun in GUNS or (subject.head == "officer" and subject.action == "reload")
    )
    rest = [scene.low(at) for at in range(quantity.last, scene.sentences[scene.sentence_of(quantity.first)].last)]
    told = told or (subject.head == "shot" and bool({"every", "interval", "intervals"} & set(rest)))
    supposed = scene.low(scene.sentences[scene.sentence_of(quantity.first)].first) == "if" or "if" in [
        scene.low(at) for at in range(quantity.first - 8, quantity.first)
    ]
    return "'one' picks out one of them here, no count" if told or (supposed and subject.head != "officer") else ""


def _between_two(quantity: Quantity, scene: Scene) -> str:
    """ "Between two shots lay half a second": any two, of which nothing is counted."""
    two = quantity.written.low == quantity.written.high == 2 and quantity.head is not None
    between = two and scene.low(quantity.first - 1) in ("between", "any")
    return "any two of them, no count" if between else ""


def _told_of(quantity: Quantity, scene: Scene) -> str:
    """ "Those two deaths": the ones told of just before."""
    noun = HEADS.get(stem(scene.low(quantity.head)), "") if quantity.head is not None else ""
    these = scene.low(quantity.first - 1) in ("these", "those", "both")
    return "those told of before it" if these and noun in ("killing", "shooting", "person") else ""


def _other_side(quantity: Quantity, scene: Scene) -> str:
    """ "Outfired him 94 to 1": the other side of a ratio, which is held against the facts as one number."""
    before = any(q.number[1] == quantity.first - 1 for q in scene.siblings(quantity) if not q.reason)
    joined = scene.low(quantity.first - 1) == "to" and quantity.written.low == 1 and quantity.head is None
    return "the other side of a ratio" if joined and before else ""


def _none_of_them(quantity: Quantity, scene: Scene) -> str:
    """ "Not one of the eight was charged": none did what no record counts."""
    none = quantity.written.low == quantity.written.high == 0 and scene.low(quantity.number[1]) == "of"
    field = [verb for verb in scene.clauses.predicates(scene.sentence_of(quantity.first)) if verb.deed != "find"]
    missed = scene.lows(scene.sentence_of(quantity.first)) & {"missed", "miss", "wide", "astray", "hurt"}
    before = [q for q in scene.siblings(quantity) if q.first < quantity.first and not q.reason]
    if quantity.form == "none" and before and scene.low(quantity.first - 1) in ("left", "leave", "leaves", "made"):
        return "what is told of so many, no count"  # "83 of the 96 left no wound"
    return "none did what no record counts" if none and not field and not missed else ""


def _in_general(quantity: Quantity, scene: Scene) -> str:
    """ "A single bullet can leave more than a single wound": of any, not of one."""
    sentence = scene.sentences[scene.sentence_of(quantity.first)]
    lone = quantity.written.low == quantity.written.high == 1
    article = scene.low(quantity.number[0] - 1) in ("a", "an", "any") or scene.low(quantity.number[0]) in ("a", "one")
    near = range(max(sentence.first, quantity.first - 8), min(sentence.last, quantity.last + 3))
    modal = any(scene.low(at) in ("can", "may", "might", "could") for at in near)
    if lone and article and modal:
        return "a general remark, no count"
    # "One round can leave two holes": what any may do.
    before = [scene.low(at) for at in range(sentence.first, quantity.first)]
    any_one = any(one in ("a", "one", "single") and HEADS.get(stem(noun)) for one, noun in pairwise(before)) and bool(
        {"can", "may", "might", "could"} & set(before[-4:])
    )
    same = "same" in before[-4:] and bool({"not", "n't", "isn't", "never"} & set(before[-8:]))
    return "a general remark, no count" if any_one or (same and before[-1] in ("as", "than")) else ""


def _of_telling(quantity: Quantity, scene: Scene) -> str:
    """ "Two tallies", "the two wound counts": what is told, not what happened."""
    if quantity.head is None:
        return ""
    end = max(quantity.head + 1, quantity.last)
    if [scene.low(end), scene.low(end + 1)] == ["of", "the"] and stem(scene.low(end + 2)) in _SERIES:
        return (
            f"{scene.low(quantity.head)} of what is told of, no count of what happened"  # "the two ends of the series"
        )
    for at in dict.fromkeys((quantity.head, end, *quantity.nouns)):
        noun = stem(scene.low(at))
        several = at == quantity.head or scene.low(at).endswith("s")
        counted = at in quantity.nouns and at != quantity.head and HEADS.get(stem(scene.low(quantity.head)))
        if noun in _TELLING and several and not HEADS.get(noun) and not counted:
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
    said = [scene.low(at) for at in range(quantity.first - 2, quantity.first)]
    if said[0] in _AUXILIARY and not VERBS.get(stem(said[1])) and said[1].endswith(("ed", "t", "k")):
        return "times of what no record counts"  # "to have thought twice"
    field = (*scene.clauses.predicates(number),)
    if any(0 <= quantity.first - verb.last <= _NEAR or 0 <= verb.at - quantity.last <= 2 for verb in field):
        return ""
    before = [scene.words[at] for at in range(max(sentence.first, quantity.first - 5), quantity.first)]
    said = [token for token in before if token.is_word and not token.capital and token.low not in STOP_WORDS]
    told = any(HEADS.get(stem(token.low)) in ("shot", "wound") or token.low in GUNS for token in before)
    return "times of what no record counts" if said and not told and before[-1].low not in (",", ":") else ""


def counted_out(quantity: Quantity, scene: Scene) -> bool:
    """Whether a number is of seconds that a reader is told to count: "count to forty-one"."""
    before = [scene.low(at) for at in range(quantity.first - 4, quantity.first)]
    counting = {"count", "counting", "counted"} & set(before)
    return quantity.kind == "count" and quantity.head is None and bool(counting) and before[-1] == "to"
