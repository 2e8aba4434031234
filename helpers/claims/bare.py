"""Numbers that stand alone: reckoned with ("96 over 41", "take 50 from 96"), or spoken of as numbers ("96, 41 and 13").

Such a number names a figure of record by its very value. It counts nothing itself, so that nothing else can bear it:
its value must be just that of a fact, and the words must be of reckoning or of numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .counted import FIELD, counts_as
from .lexicon import HEADS
from .operands import Operands
from .weighing import Verdict
from .words import stem, vocabulary

if TYPE_CHECKING:
    from .known import Known
    from .quantities import Quantity

__all__ = ["as_a_figure"]

_JOINS = vocabulary("over from by minus plus into times against and with to")
_RECKONING = vocabulary(
    """take taking subtract subtracting divide divided dividing add adding deduct multiply split minus plus over
    compare away spread stack"""
)
_PUTS, _BESIDE = vocabulary("put set setting putting hold"), vocabulary("against beside over next alongside to")
_DIVIDES, _TIMES = vocabulary("over by into"), vocabulary("second seconds minute minutes time clock")
_NUMBERS = frozenset(
    stem(word)
    for word in vocabulary(
        "number numbers figure figures sum sums digit digits arithmetic math maths division subtraction divide"
    )
)
_TELLING = 10  # a smaller number may be of anything
_LISTED = 3  # but not among other figures of record
_NEAR = 6  # tokens from one number to the one it is reckoned with


def as_a_figure(told: Operands) -> Verdict | None:
    """The fact whose very value a lone number is, where it is reckoned with or spoken of as a number."""
    quantity = told.quantity
    others = [q for q in told.scene.in_sentence(told.number) if q is not quantity and q.written.low >= _TELLING]
    least = _LISTED if len(others) > 1 and _listed(told) else _TELLING
    if quantity.kind != "count" or quantity.written.low < least or counts_as(quantity, told.scene) != FIELD:
        return None
    between = _reckoned_with(told)
    if between is None and not _listed(told):
        return None
    subject = told.scene.describe(quantity)
    own = [one for one in told.matcher.sources.beside(quantity, told.scene, far=_NEAR) if one.numeric]
    for known in own or told.matcher.known:
        if not known.numeric or known.value != quantity.written.low or not told.matcher.same_topic(known, subject):
            continue
        if _of_its_sort(told, known, between):
            return _verdict(told.quantity, known)
    return None


def _of_its_sort(told: Operands, known: Known, between: set[str] | None) -> bool:
    """Whether the words let a lone number be of a fact's sort: of shots, of a time that is divided by, of an age."""
    listed = between is None
    if known.kind == "duration":
        return bool(between & _DIVIDES) if not listed else bool(told.words & _TIMES) or known in told.stated
    if known.kind == "age":
        return bool(told.words & {"age", "years", "old"})
    nouns = {HEADS.get(stem(word), "") for word in told.words} & FIELD
    return known.kind == "count" and known.subject.head in (nouns or {"shot"} | ({"wound"} if listed else set()))


def _verdict(quantity: Quantity, known: Known) -> Verdict | None:
    if (
        quantity.written.hedge not in ("", "about", "at least", "exactly")
        or quantity.written.high > quantity.written.low
    ):
        return None
    shown = f"{known.fact.name}: {known.fact} ({known.fact.source}); the figure itself, which the words reckon with"
    return Verdict("supported", shown, (known.fact,), known.fact.value)


def _reckoned_with(told: Operands) -> set[str] | None:
    """The words that join a number to another it is reckoned with: "96 over 41", "take 50 away from 96"; or None."""
    scene, at = told.scene, told.quantity.number
    others = [q for q in scene.in_sentence(told.number) if q is not told.quantity and not q.reason and not q.date]
    for other in others:
        first, last = sorted((at, other.number))
        if last[0] - first[1] > _NEAR:
            continue
        between = {scene.low(token) for token in range(first[1], last[0])}
        before = {scene.low(token) for token in range(first[0] - 4, first[0])}
        if between & _JOINS and ((between | before) & _RECKONING or (between & _BESIDE and before & _PUTS)):
            return between
    return None


def _listed(told: Operands) -> bool:
    """Whether a sentence, or the one before, speaks of numbers as such: "The first number is 96; the second, 41"."""
    scene = told.scene
    sentence = scene.sentences[told.number]
    spoken = any(stem(word) in _NUMBERS for word in told.words)
    before = scene.low(told.quantity.first - 1)
    after = scene.low(told.quantity.number[1])
    lone = before in (",", ":", "and", "is", "the", ";", "") or told.quantity.first == sentence.first
    return spoken and lone and (not after.isalpha() or after in ("and", "is", "was", "seconds", "for"))
