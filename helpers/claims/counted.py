"""What a number may count by its noun alone, and what the words just before it were about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .lexicon import HEADS, PREPOSITIONS
from .words import STOP_WORDS, stem, vocabulary

if TYPE_CHECKING:
    from .quantities import Quantity
    from .subjects import Scene

__all__ = ["EXAMINERS", "FIELD", "KILLED", "counts_as", "doers_before", "told_of"]

FIELD = frozenset({"shot", "wound", "officer"})
# People killed, killings and fatal shootings are counted as one another.
KILLED = frozenset({"person", "killing", "shooting", "dead"})
# What may follow a number without being what it counts.
_NO_NOUNS = STOP_WORDS | vocabulary(
    """apart each apiece together fewer less more short shy higher lower below above altogether theirs own average
    overall later earlier said reported according combined total extra additional instead alone there here too gone
    goes others go likely right wrong without besides plus minus versus against"""
)


EXAMINERS = frozenset(stem(word) for word in ("autopsy", "examiner", "coroner", "pathologist", "doctor", "doctors"))
_PLURALS = vocabulary("men women people police children feet teeth personnel staff dozen hundred thousand cases lives")
_VERBS = vocabulary("comes is was makes gives equals goes gets does has leaves becomes yields as this thus less")


def counts_as(quantity: Quantity, scene: Scene) -> frozenset[str]:
    """The classes of things (`HEADS`, or a stem) that a number may count: all of the field's, where no noun says."""
    noun = scene.low(quantity.head) if quantity.head is not None else ""
    if noun == "times" or quantity.form == "once":
        return frozenset({"shot", "wound"})
    if scene.low(quantity.number[0] + 1) == "who":
        return frozenset({"officer", "person"})  # "the ten who made the stop"
    if not noun or noun in _NO_NOUNS | PREPOSITIONS or noun.endswith("'s") or _no_plural(noun, quantity, scene):
        return FIELD
    return frozenset({HEADS.get(stem(noun), stem(noun))})


def _no_plural(noun: str, quantity: Quantity, scene: Scene) -> bool:
    """Whether a word behind several can be no noun that they count, for it is no plural: "17 higher", "50 away"."""
    known = HEADS.get(stem(noun)) or noun in _PLURALS
    joined = scene.low(quantity.head - 1) in ("-", "‐")
    return quantity.written.high > 1 and not known and not joined and (not noun.endswith("s") or noun in _VERBS)


def told_of(quantity: Quantity, scene: Scene) -> tuple[str, set[str]]:
    """What the nearest words before a number are about (``shot``, ``wound``, ``officer``), and who is named there."""
    number = scene.sentence_of(quantity.first)
    after, behind = scene.low(quantity.last), scene.people.mentions(number)
    if after in ("at", "on") and any(m.first == quantity.last + 1 and m.who == "other" for m in behind):
        found = scene.lows(number)
        wounds = after == "on" and any(stem(w) in EXAMINERS or HEADS.get(stem(w)) == "wound" for w in found)
        return "wound" if wounds else "shot", {"police"}  # "ninety-six at Reed and 94 at Walker"
    for near in range(number, max(-1, number - 4), -1):
        sentence = scene.sentences[near]
        stop = quantity.first if near == number else sentence.last
        for at in range(stop - 1, sentence.first - 1, -1):
            low = scene.low(at) if scene.words[at].is_word else ""
            head = "wound" if stem(low) in EXAMINERS else HEADS.get(stem(low), "")
            if head in FIELD and not (head == "officer" and _only_owners(scene, near)):
                return head, _doers(scene, near, quantity)
        beside = _behind(quantity, scene) if near == number else ""
        if beside:
            return beside, _doers(scene, number, quantity)
        if near < number - 1 and scene.sentences[near].paragraph != scene.sentences[number].paragraph:
            break
    return "", set()


def _behind(quantity: Quantity, scene: Scene) -> str:
    """What stands behind a number in apposition: "Walker had 46, entrance and graze wounds together"."""
    if scene.low(quantity.last) not in (",", "(", "—", "–"):
        return ""
    sentence = scene.sentences[scene.sentence_of(quantity.first)]
    for at in range(quantity.last + 1, min(quantity.last + 8, sentence.last)):
        head = HEADS.get(stem(scene.low(at)), "")
        if head in FIELD:
            return head
        if not scene.words[at].is_word or scene.words[at].is_number:
            break
    return ""


def _only_owners(scene: Scene, number: int) -> bool:
    """Whether a sentence speaks of shots or wounds too: "the officers' own reports", "officers' rounds"."""
    return any(HEADS.get(stem(word)) in ("shot", "wound") for word in scene.lows(number))


def doers_before(scene: Scene, quantity: Quantity) -> list[str]:
    """Who is named before a number in its sentence, in order."""
    return _named(scene, scene.sentence_of(quantity.first), quantity.first, things=False)


def _doers(scene: Scene, number: int, quantity: Quantity) -> set[str]:
    """Who is named last before a number in its sentence; else all whom the sentence that tells of it names."""
    named = set(doers_before(scene, quantity)[-1:]) or set(_named(scene, number, scene.sentences[number].last))
    return named or {"police", "other"}


def _named(scene: Scene, number: int, stop: int, things: bool = True) -> list[str]:
    """Whose doing a sentence tells before a token, by names and nouns, else by pronouns.

    Without ``things`` no "they" or "them": "put them at 11" is of the shots.
    """
    mentions = [
        m for m in scene.people.mentions(number) if m.first < stop and not scene.people.attribution(m)
        and m.who in ("police", "other", "one officer", "each") and (things or not (m.pronoun and m.plural))
    ]  # fmt: skip
    return [m.who for m in mentions if not m.pronoun] or [m.who for m in mentions]
