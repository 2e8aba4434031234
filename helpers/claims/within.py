"""Numbers held against what the facts of one incident give: differences, sums, shares, averages, paces.

Each reckoning is worked out once (`reckonings.py`); a number is held against all
of its own kind, and borne where its value and its unit fit, where the words near it speak of both facts, and where the
form is said: "17 short", "apiece", "the rest". So no phrase need be known whole, and no fact need stand beside it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .counted import FIELD, told_of
from .cues import (
    EACH,
    FEWER,
    HELD,
    MORE,
    OTHERS,
    of_one,
    said,
    share_of,
    spoken,
)
from .lexicon import HEADS
from .operands import Operands, borne
from .reckonings import Reckoning
from .weighing import Verdict
from .words import stem, vocabulary

if TYPE_CHECKING:
    from .known import Known

__all__ = ["rightly_compared", "within"]

_SMALL = 5
_GAP = vocabulary("gap difference discrepancy disparity gulf margin")
_SIDE = 6  # tokens around a number in which the other side of its proportion stands
_ADDING = vocabulary("include including includes included add adding added adds plus counting both sides")
_WIDE = 1.6
_CLOSE = 1.1  # a share that is only bounded lies within a tenth of the bound
_LINKS = ("than", "below", "above", "of", "under", "over", "behind")


def within(told: Operands) -> Verdict | None:
    """The verdict on a number as a reckoning over one incident's facts; None where none that is spoken of gives it."""
    quantity, matcher = told.quantity, told.matcher
    subject = told.scene.describe(quantity)
    words, heads = said(told), told.heads
    if told.scene.whole(quantity) and subject.who not in ("police", "one officer"):
        words |= {"total"}  # "of the 107 rounds fired that day, a tenth were his"
    end = max(quantity.last, (quantity.head or 0) + 1)
    each = {told.scene.low(end), told.scene.low(end - 1)} & {"each", "apiece"}
    if heads == FIELD and quantity.kind == "count" and not _beside_others(told):
        heads = FIELD - {"officer"}  # a bare number is of officers only in "the other three", "three of them did not"
    every = quantity.kind == "count" and _for_each(told)
    for one in [*matcher.reckonings(quantity.kind), *(matcher.reckonings("ratio") if every else ())]:
        if quantity.kind in ("count", "difference", "ratio") and one.counts and not one.counts & heads:
            continue
        if one.said is EACH and not one.also and words & OTHERS and len(one.facts) == 2 and _lone(told, one):
            continue  # "the rest averaged 15": not all of them
        if told.of_time and any(known.kind != "duration" for known in one.facts):
            continue
        if one.kind == "ratio" and quantity.kind == "count" and not _of_its_sides(told, one):
            continue
        if (one.said and not one.said & words) or (one.also and not one.also & words):
            continue
        if one.sign == "-" and words & _GAP and _others_stated(told, one):
            continue
        found = _fits(told, one) if _of_its_noun(told, one) else None
        if not found or not all(matcher.same_topic(known, subject) for known in one.facts):
            continue
        if one.sign == "-" and one.said is not EACH and each:
            continue  # "17 rounds each" is no difference
        if _one_sided(told, one) or (one.sign != "-" and any(told.rival(known) for known in one.facts)):
            continue
        if all(spoken(known, told) for known in one.facts) and _telling(told, one) and _right_way(told, one):
            return found
    return None


def _others_stated(told: Operands, one: Reckoning) -> bool:
    """Whether two other figures of the sort are stated near: "79, against COPA's 96. The gap is 17"."""
    sort = {known.subject.head for known in one.facts}
    stated = [known for known in told.stated if known.subject.head in sort and not known.subject.restrict]
    several = len({known.value for known in stated}) > 1
    return several and not all(any(known is other for other in stated) for known in one.facts)


def _beside_others(told: Operands) -> bool:
    """Whether a number stands beside "other", "rest" or "of them", or officers are what is told of before it."""
    scene, quantity = told.scene, told.quantity
    beside = {scene.low(at) for at in range(quantity.first - 2, quantity.last + 2)}
    of_officers = told_of(quantity, scene)[0] == "officer" and not scene.self_reported(told.number)
    return of_officers or bool(beside & (OTHERS | HELD))


def _of_its_sides(told: Operands, one: Reckoning) -> bool:
    """Whether a ratio of shots is not said of wounds: "one wound for every nine shots"."""
    scene, quantity = told.scene, told.quantity
    near = range(quantity.first - _SIDE, max(quantity.last, (quantity.head or 0) + 1) + _SIDE)
    wounds = any(HEADS.get(stem(scene.low(at))) == "wound" for at in near)
    return not wounds or any(known.subject.head == "wound" for known in one.facts)


def _for_each(told: Operands) -> bool:
    """Whether a sentence sets something against each of others: "each of his shots", "for every one of his"."""
    scene, sentence = told.scene, told.scene.sentences[told.number]
    each = (at for at in range(sentence.first, sentence.last)
            if scene.low(at) in ("each", "every") and scene.low(at + 1) != "other")  # fmt: skip
    return any(scene.low(at - 1) in ("for", "to") or scene.low(at + 1) in _SET_AGAINST for at in each)


def _one_sided(told: Operands, one: Reckoning) -> bool:
    """Whether a sum of both sides' shots is said of one of them alone, or one side's share of one officer."""
    mentions = told.scene.people.mentions(told.number)
    if one.kind in ("percent", "share", "one in") and {known.subject.who for known in one.facts} == {"police", "other"}:
        named = told.doers
        return one.facts[0].subject.who not in named or of_one(told)
    if one.sign != "+":
        return False
    if told.scene.self_reported(told.number):
        return True
    whose = {m.who for m in mentions if not m.pronoun}
    if told.words & _ADDING:
        return False
    return bool(told.scene.describe(told.quantity).who) and not {"police", "other"} <= whose


def _of_its_noun(told: Operands, one: Reckoning) -> bool:
    """Whether a share is of what its noun says, and of the one officer where one is told of."""
    if one.kind not in ("percent", "share", "one in", "change"):
        return True
    heads = {known.subject.head for known in one.facts}
    if of_one(told) and heads == {"shot"} and all(known.subject.who != "one officer" for known in one.facts):
        return False
    return share_of(told, heads)


def _lone(told: Operands, one: Reckoning) -> bool:
    """Whether the record knows one officer's part beside an average over all."""
    incident = one.facts[0].incident
    return any(known.subject.who == "one officer" and known.incident == incident for known in told.matcher.known)


def _telling(told: Operands, one: Reckoning) -> bool:
    """Whether a value is particular enough: a difference of one or two may be of anything, unless both are told."""
    small = one.sign == "-" and one.kind in ("count", "difference") and one.value < _SMALL
    return not small or "officer" in one.counts or all(told.is_stated(known) for known in one.facts)


def _fits(told: Operands, one: Reckoning) -> Verdict | None:
    quantity = told.quantity
    written, value, scale = quantity.written, one.value, quantity.scale
    if written.high > written.low * _WIDE:
        return None  # "dozens"
    if written.bounds and quantity.kind == "share" and not 1 / _CLOSE <= value / max(written.low, 1e-9) <= _CLOSE:
        return None
    if quantity.kind == "rate":
        value, scale = value * quantity.per[0], 1.0
    if one.hedge and not written.hedge:
        written = replace(written, hedge=one.hedge)
    if quantity.kind == "one in" and written.low != int(written.low):
        part = 1 / written.low  # "six of every seven"
        written = replace(written, low=part, high=part, fraction=True)
    elif quantity.kind == "one in":
        if written.bounds:
            written = replace(written, low=1 / written.low, high=1 / written.low)
        else:
            value = 1 / value
    elif quantity.kind in ("percent", "change", "points"):
        value *= 100
    stated = one.sign == "-" and quantity.kind == "count" and all(told.is_stated(known) for known in one.facts)
    stated = stated or len(one.facts) > 2
    return borne(written, value, list(one.facts), one.sign, scale, stated)


def _right_way(told: Operands, one: Reckoning) -> bool:
    """Whether nothing says the sides the wrong way round: "79, 17 more than COPA's 96"."""
    if one.kind == "ratio":
        return _outnumbered(told, one)
    if one.sign != "-" or len(one.facts) != 2 or one.kind not in ("count", "difference"):
        return True
    return rightly_compared(told, *one.facts)


def rightly_compared(told: Operands, more: Known, less: Known) -> bool:
    """Whether of two facts the lesser is not said to be so much more than the other, nor the greater less."""
    scene, quantity = told.scene, told.quantity
    sentence = scene.sentences[told.number]
    behind = range(quantity.number[0] + 1, sentence.last)
    way = next((at for at in behind if scene.low(at) in FEWER | MORE), None)
    if scene.low(quantity.first - 1) == "by" and scene.low(quantity.first - 2) in FEWER | MORE:
        way = quantity.first - 2  # "higher by 17"
    if way is None or way > quantity.number[1] + 5:
        return True
    link = next((at for at in range(way, min(way + 5, sentence.last)) if scene.low(at) in _LINKS), None)
    whose = {m.who for m in scene.people.mentions(told.number) if link is not None and m.first > link} - {"police", ""}
    if whose and not whose & {more.subject.who, less.subject.who}:
        return False
    compared = _sides(told, range(link, sentence.last), (more, less)) if link is not None else []
    if len(compared) == 1:
        return compared[0] is (more if scene.low(way) in FEWER else less)
    before = _sides(told, range(quantity.first - 1, sentence.first - 1, -1), (more, less))
    return not before or before[0] is (less if scene.low(way) in FEWER else more)


def _sides(told: Operands, tokens: range, facts: tuple[Known, ...]) -> list[Known]:
    """Which of two facts some words name, by their source or their number, in the order of the words."""
    scene, found = told.scene, []
    for at in tokens:
        named = told.matcher.sources.named_at(scene, at)
        named += [known for other in scene.in_sentence(told.number) if other.number[0] == at
                  and other is not told.quantity for known in told.stated_by(other)]  # fmt: skip
        mention = next((m.who for m in scene.people.mentions(told.number) if m.first == at), "")
        named += [known for known in facts if mention and known.subject.who == mention and not named]
        one = [known for known in facts if any(known is other for other in named)]
        found += one if len(one) == 1 and one[0] not in found else []
    return found


def _outnumbered(told: Operands, one: Reckoning) -> bool:
    """Whether those who fired less are not told of as those who fired more."""
    less = one.facts[1].subject.who
    if one.facts[1].subject.head != "shot" or less != "other":
        return True
    scene, quantity = told.scene, told.quantity
    end = max(quantity.last, quantity.number[1], (quantity.head or 0) + 1)
    mentions = scene.people.mentions(told.number)
    own = next((m.who for m in mentions if end - 1 <= m.first < end + 3), "")
    sentence = scene.sentences[told.number]
    ahead = range(end - 2, min(end + 12, sentence.last))
    every = next((at for at in ahead if scene.low(at) in ("every", "each", "than")), None)
    if every is None:  # "for each shot the police fired he sent back nine"
        behind = range(quantity.first - 1, sentence.first, -1)
        every = next((at for at in behind if scene.low(at) in ("every", "each") and scene.low(at - 1) == "for"), None)
    subject = scene.people.subject(told.number, quantity.first)
    if one.kind == "ratio" and quantity.kind == "ratio" and subject and subject.who == less and not subject.pronoun:
        return False
    per = next((m.who for m in mentions if every is not None and every < m.first < every + 6), "")
    return own != less if not per else per != "police"


_SET_AGAINST = vocabulary("of one single time shot round bullet")
