"""Whose age a number is: the person of record's, an officer's, or somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .lexicon import KIN, PEOPLE
from .words import stem, vocabulary

if TYPE_CHECKING:
    from .quantities import Quantity
    from .subjects import Scene

__all__ = ["whose_age"]

_OTHERS = KIN | vocabulary("witness bystander neighbor neighbour partner prosecutor judge mayor superintendent chief")


def whose_age(scene: Scene, quantity: Quantity) -> str:
    """``other`` for the person of record, ``police``, or ``named:...`` for somebody else; '' where nothing says."""
    number = scene.sentence_of(quantity.first)
    sentence = scene.sentences[number]
    near = range(max(sentence.first, quantity.first - 9), min(sentence.last, quantity.last + 5))
    if quantity.unit == "years old" and any(scene.low(at) == "his" and scene.low(at + 1) == "age" for at in near):
        return "other"
    mentions = scene.people.mentions(number)
    before = scene.low(quantity.first - 1)
    if before in ("his", "her") and scene.low(quantity.first - 2) == "in":
        return _noun(scene.low(quantity.first - 3)) or "other"  # "stopped a man in his mid-twenties"
    if before in (",", "(") or scene.low(quantity.first) in ("age", "aged"):
        last = quantity.first - 1 if before in (",", "(") else quantity.first
        named = next((m for m in mentions if m.last == last), None)
        if named:
            return named.who
        if last and scene.words[last - 1].capital and scene.words[last - 1].is_word:
            return f"named:{scene.low(last - 1)}"
    if before in ("was", "is") and scene.low(quantity.first - 2) == "who":
        back = quantity.first - 4 if scene.low(quantity.first - 3) == "," else quantity.first - 3
        whose = _noun(scene.low(back)) or next((m.who for m in mentions if m.last == back + 1), "")
        if whose:
            return whose
    if scene.low(quantity.number[0] - 1) == "of" and scene.low(quantity.first) not in ("age", "aged"):
        return _noun(scene.low(quantity.first)) or "other"
    if quantity.head is not None and scene.low(quantity.head) in ("year", "month", "day", "week"):
        return _described(scene, quantity, mentions)
    subject = scene.people.subject(number, quantity.first)
    return subject.who if subject else ""


def _described(scene: Scene, quantity: Quantity, mentions: list) -> str:
    """The noun or name that ``26-year-old`` describes, a few words on; the person of record where it stands alone."""
    sentence = scene.sentences[scene.sentence_of(quantity.first)]
    for at in range(quantity.last, min(sentence.last, quantity.last + 6)):
        token = scene.words[at]
        if not token.is_word and token.text not in ("-", "’", "“", '"'):
            break
        mention = next((m for m in mentions if m.first == at and not m.pronoun and not m.possessive), None)
        if mention and not (mention.who == "police" and scene.low(at) == "police"):
            return mention.who
        found = _noun(token.low)
        if found:
            return found
        if _ends_noun(scene, at):
            break
    return "other"


def _ends_noun(scene: Scene, at: int) -> bool:
    low = scene.low(at)
    return low in _SMALL_WORDS or (low.endswith("ed") and not scene.words[at].capital)


_SMALL_WORDS = vocabulary(
    "was is who had has and but in on at of to from by with after died fell got the a an his her whom whose which that"
)


def _noun(word: str) -> str:
    if word in _OTHERS:
        return f"named:{word}"
    return {"police": "police", "other": "other"}.get(PEOPLE.get(stem(word), ""), "")
