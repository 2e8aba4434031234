"""Which group a number is of: race, sex, arms, outcome, by the words of its noun phrase, its clause or its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .narrowing import contrasting
from .words import Sentence

if TYPE_CHECKING:
    from .quantities import Quantity
    from .subjects import Scene

__all__ = ["group_of"]

_MARKS = {";", ":", "—", "–", "(", ")", "“", "”", '"'}
_JOINING = {"and", "but", "while", "who", "which", "as", "after", "before", "when", "with"}


def _clause(scene: Scene, quantity: Quantity, sentence: Sentence) -> tuple[int, int]:
    """The clause around the quantity: up to the marks and joining words on either side."""
    low, high = quantity.first, max(quantity.last, (quantity.head or 0) + 1)
    while low > sentence.first and scene.low(low - 1) not in _MARKS:
        low -= 1
        if scene.low(low) in ("while", "but", "whereas") or (scene.low(low) == "," and scene.low(low + 1) in _JOINING):
            break
    while high < sentence.last and scene.low(high) not in _MARKS:
        if scene.low(high) in ("while", "but", "whereas") or (
            scene.low(high) == "," and scene.low(high + 1) in _JOINING
        ):
            break
        high += 1
    return low, high


def group_of(scene: Scene, quantity: Quantity, sentence: Sentence) -> tuple[tuple[str, str], ...]:
    """The contrasting words (race, sex, outcome) of the noun phrase; else of the clause or sentence, in order.

    What the noun phrase says of a contrast, the clause does not say again: "688 Black people, against 498 white".
    """
    number = scene.sentence_of(quantity.first)
    if number not in scene.sides:
        scene.sides[number] = tuple(contrasting(scene.words[sentence.first : sentence.last]))
    if not scene.sides[number]:
        return ()
    own = dict.fromkeys(contrasting([scene.words[at] for at in quantity.nouns]))
    beside = _contrasts_beside(scene, quantity, sentence) if quantity.kind in ("rate", "count", "percent") else ()
    if beside and not own:
        return beside
    low, high = _clause(scene, quantity, sentence)
    for first, last in ((low, high), (sentence.first, sentence.last)):
        found = dict.fromkeys(contrasting(scene.words[first:last]))
        if found:
            said = {name for name, _ in own}
            return (*own, *(one for one in found if one[0] not in said))
    return tuple(own)


def _contrasts_beside(scene: Scene, quantity: Quantity, sentence: Sentence) -> tuple[tuple[str, str], ...]:
    """Of "6.57 for Black residents and 2.49 for white residents", the side that stands with the number."""
    sides = set(scene.sides[scene.sentence_of(quantity.first)])
    if len(sides) < 2:
        return ()
    at, stop = quantity.last, min(quantity.last + 4, sentence.last)
    if scene.low(at) not in ("for", "among"):
        # "For Black residents it was 6.57, for white residents 2.49."
        start = max((q.last for q in scene.siblings(quantity) if q.last <= quantity.first), default=sentence.first)
        said = (here for here in range(start, quantity.first) if scene.low(here) in ("for", "among"))
        at = next(said, quantity.first)
        stop = min(at + 4, quantity.first)
    return tuple(dict.fromkeys(contrasting(scene.words[at:stop])))
