"""What a duration or a date is of: the firing, the stop, the lawsuit, or something that the record does not know."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

from .dates import WEEKDAYS
from .lexicon import EVENTS, HEADS, OTHER_EVENTS, OTHER_LASTING, UNITS, WAITING
from .quantities import Quantity
from .words import STOP_WORDS, stem

if TYPE_CHECKING:
    from .known import Known
    from .subjects import Scene, Subject

__all__ = [
    "DAY", "RIVALS", "beside_a_gap", "day_of", "event_of", "lasting", "recurs", "same_occasion", "source_day",
    "told_on", "wrong_weekday",
]  # fmt: skip

DAY = 86400.0  # seconds

_GAP = {"later", "ago", "earlier", "before", "after", "into", "apart"}
# "Over 41 seconds after he had fired" is no gap of 41 seconds: what happened took as long.
_THROUGHOUT = {"over", "during", "within", "in", "for", "throughout", "across"}
_LAST_VERBS = {"lasted", "lasts", "lasting", "took", "takes", "ran", "runs", "spanned", "spans", "continued", "went"}
# What a duration may be of other than the firing, told by its own word; "gap" is a time between two things.
RIVALS = OTHER_LASTING | WAITING | {"gap"}
_HAPPENED = frozenset({"fire", "kill", "stop", "hit"})
_PRONOUNS = {"it", "this", "that", "all", "everything", "they", "he", "she", "who", "which", "whole", "thing"}


def lasting(quantity: Quantity, scene: Scene, beside: bool = True) -> str:
    """What a duration is of: ``fire``, the stem of another event's noun, or '' where nothing near says.

    The noun that lasts decides; then the last thing spoken of before it in its sentence; then what follows; then the
    sentences beside it ("Forty-one seconds is not long. It was long enough to fire 96 times."), unless not ``beside``.
    """
    number = scene.sentence_of(quantity.first)
    sentence = scene.sentences[number]
    before = [scene.low(at) for at in range(sentence.first, quantity.first)]
    rest = [scene.low(at) for at in range(quantity.last, sentence.last)]
    if rest[:1] and rest[0] in _GAP and not (rest[0] in ("after", "before") and set(before[-1:]) & _THROUGHOUT):
        return "gap"
    noun = _lasting_noun(before)
    if noun:
        return "fire" if EVENTS.get(noun) == "fire" else noun
    parted = max((at for at, word in enumerate(before) if word in (";", "—", "while", "but")), default=-1)
    others = [
        [scene.low(at) for at in range(scene.sentences[near].first, scene.sentences[near].last)]
        for near in ((number - 1, number + 1, number - 2) if beside else ())
        if 0 <= near < len(scene.sentences)
    ]
    follows = rest[:1] in (["of"], ["in"], ["during"]) and rest[1:2] != ["a"]  # "the 41 seconds in which he was shot"
    own = (rest, before[parted + 1 :]) if follows else (before[parted + 1 :], rest)
    for words in (*own, *others):
        for word in reversed(words):
            found = _event(word)
            if found:
                return found
    fired = any(verb.deed in ("fire", "shoot") for verb in scene.clauses.predicates(number))
    return "fire" if fired else ""


def _event(word: str) -> str:
    root = stem(word)
    if word in ("stopped", "stops"):
        return ""  # "the shooting stopped" names no stop
    if EVENTS.get(root) == "fire" or HEADS.get(root) == "shot":
        return "fire"
    return root if root in WAITING or root in OTHER_LASTING else ""


def _lasting_noun(before: list[str]) -> str:
    """The stem of the noun that a verb of lasting has for its subject: "the stop lasted"."""
    for at, word in enumerate(before):
        if word in _LAST_VERBS and at:
            back = [other for other in before[max(0, at - 4) : at] if other.isalpha() and other not in STOP_WORDS]
            noun = back[-1] if back and not set(before[at - 1 : at]) & _PRONOUNS else ""
            if HEADS.get(stem(noun)) in ("officer", "person"):
                return ""  # "the shooting, by four officers, went on for 41 seconds"
            return stem(noun) if noun and not noun.endswith(("ed", "ly")) and noun not in _PRONOUNS else ""
    return ""


def recurs(quantity: Quantity, scene: Scene) -> bool:
    """Whether "every" stands before a duration: something comes back after it."""
    return "every" in (scene.low(quantity.first - 1), scene.low(quantity.number[0] - 1))


def event_of(known: Known) -> str:
    """What happened on a date of record: ``fire`` (and ``stop``), ``sue``, or '' for what its own words say."""
    if "sue" in known.subject.actions:
        return "sue"
    return "fire" if _HAPPENED & known.subject.actions or "incident" in known.subject.stems else ""


def same_occasion(known: Known, quantity: Quantity, subject: Subject, scene: Scene) -> bool:
    """Whether a date of record may be that of what the sentence tells: the shooting, the lawsuit, the release."""
    number = scene.sentence_of(quantity.first)
    event, told = event_of(known), _nearest_event(scene, number, quantity)
    if event == "sue":
        return told == "sue" or (told in ("", "filed") and "sue" in _spoken_of(scene, number))
    if not event:
        return bool((known.subject.stems - {"dat", "day"}) & subject.stems)
    return told not in ("sue", "other", "filed")


def _nearest_event(scene: Scene, number: int, quantity: Quantity) -> str:
    """What happened on a date: the nearest event before it in its sentence; after it, where it opens the sentence."""
    sentence = scene.sentences[number]
    before = [scene.low(at) for at in range(max(sentence.first, quantity.first - 4), quantity.first)]
    while before and (before[-1] in WEEKDAYS or before[-1] == ","):
        before.pop()
    if before[-1:] == ["of"] and before[-2:-1] and before[-2] in ("night", "evening", "day", "morning", "events"):
        return "stop"
    left = list(range(quantity.first - 1, sentence.first - 1, -1))
    right = list(range(quantity.last, sentence.last))
    opens = quantity.first - sentence.first <= 3 or (
        scene.low(quantity.first - 1) == "on" and scene.low(quantity.first - 2) in ("and", "but", ";")
    )
    aside = beside_a_gap(scene, [*left[::-1], *right])
    at = quantity.first - 1
    while at in aside:  # "a month after the shooting on March 21": the gap's own day
        aside.remove(at)
        at -= 1
    for at in right if opens else left + right:
        word = stem(scene.low(at))
        if at in aside:
            continue
        if scene.low(at) in WEEKDAYS or scene.low(at) == "march":
            continue
        if scene.low(at) == "filed" and "sue" in _spoken_of(scene, number):
            return "sue"
        if scene.low(at) == "filed":
            return "filed"
        if EVENTS.get(word):
            return EVENTS[word]
        if word in OTHER_EVENTS and not (word == stem("sworn") and scene.low(at + 1) != "in"):
            return "other"
    return ""


def beside_a_gap(scene: Scene, tokens: list[int]) -> set[int]:
    """The tokens of "five weeks after the shooting", which tell of another day than the one named."""
    aside: set[int] = set()
    for at in tokens:
        gap = scene.low(at) in ("after", "before", "since") and UNITS.get(scene.low(at - 1), ("",))[0] == "time"
        while gap and at in tokens and scene.low(at) not in (",", ";", "."):
            aside.add(at)
            at += 1
    return aside


def _spoken_of(scene: Scene, number: int) -> set[str]:
    """The events that a sentence and those just before it speak of."""
    return {
        EVENTS[word] for near in range(max(0, number - 2), number + 1) for word in scene.stems(near) if word in EVENTS
    }


def wrong_weekday(weekday: int | None, value: str) -> str:
    """Why a weekday named beside a date of record is wrong; '' where it is right or none is named."""
    if weekday is None or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return ""
    day = datetime.date.fromisoformat(value)
    return "" if day.weekday() == weekday else f"that day was a {day:%A}"


def day_of(value: object) -> datetime.date | None:
    """The day that a date of record names; None for a month, a year or words."""
    whole = re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(value))
    return datetime.date.fromisoformat(str(value)) if whole else None


def source_day(source: str) -> str:
    """The day that a source's name ends with, as YYYY-MM-DD; "0" (which agrees with no date) where it has none."""
    found = re.search(r"\b\d{4}-\d{2}-\d{2}$", source)
    return found.group() if found else "0"


def told_on(quantity: Quantity, scene: Scene) -> str:
    """The event other than the shooting that a date is of: ``sue``, ``filed`` or ``other``; '' where there is none."""
    told = _nearest_event(scene, scene.sentence_of(quantity.first), quantity)
    return told if told in ("sue", "filed", "other") else ""
