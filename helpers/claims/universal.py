"""What is said of all, of none or of only one of a known group: "all five of those who made the stop opened fire".

That there were five is borne; that all of them fired is another claim, which the record may bear out or not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .counted import FIELD, counts_as
from .lexicon import VERBS
from .weighing import FITS, Verdict, judge, said
from .words import stem, vocabulary

if TYPE_CHECKING:
    from .clauses import Predicate
    from .hedges import Written
    from .known import Known
    from .quantities import Quantity
    from .second import Second
    from .subjects import Scene, Subject

__all__ = ["of_all"]

_EXCEPTING = vocabulary("except exception but save bar besides excepting excluding apart not never n't nearly almost")
_RELATIVE = vocabulary("who that which")
_AUXILIARY = vocabulary("was were are is be been being have had has did themselves said reported alleged to")
_OTHERS = vocabulary("other others remaining rest")
_NARROWER = vocabulary(
    "first last more most fewer fewest less least only once no the at some about nearly one two three"
)


def of_all(quantity: Quantity, subject: Subject, scene: Scene, matcher: Second) -> Verdict | None:
    """The verdict on what a sentence says of all (none, only one) of so many officers, where the record counts it."""
    if (subject.head != "officer" and counts_as(quantity, scene) != FIELD) or quantity.kind != "count":
        return None
    if len(scene.cases) > 1:
        return None  # "16 officers who fired" may be those of several
    written = quantity.written
    number = scene.sentence_of(quantity.first)
    deed = _of_whom(quantity, scene, subject.action) or _asked(quantity, scene)
    if not deed or _did(deed, written, subject, matcher) is None:
        many = _quantified(quantity, scene)
        first = max(scene.sentences[number].first, quantity.first - 4)
        excepting = {scene.low(at) for at in range(first, scene.sentences[number].last)} & _EXCEPTING
        if many is None or written.low != written.high or excepting:
            return None
        deed, written = _told(_main_verb(quantity, scene), scene), replace(written, low=many, high=many)
    did = _did(deed, written, subject, matcher)
    if not did:
        return None
    facts = tuple(one.fact for one in did)
    told = "; ".join(said(one) for one in facts)
    return Verdict("contradicted", f"{facts[0].name}: {told}; the words say so of {written.low:g}", facts, did[0].value)


def _did(deed: str, written: Written, subject: Subject, matcher: Second) -> list[Known] | None:
    """The facts that count the officers who did so, of another value than the words say; None where one has it."""
    counts = [one for one in matcher._by_kind["count"] if _of_officers(one) and matcher.same_topic(one, subject)]
    did = [one for one in counts if deed and one.subject.action == deed]
    if len({one.incident for one in did}) > 1:
        return []
    fits = any(judge(written, one.value, one.fact.qualifier, 1.0, "")[0] in FITS for one in did)
    return None if fits else did


def _told(verb: Predicate | None, scene: Scene) -> str:
    """The deed of a verb as the facts have it; '' for what was done by others to others."""
    deed = {"shoot": "fire", "receive": "hit"}.get(verb.deed, verb.deed) if verb else ""
    if (deed == "hit" and not verb.passive and verb.deed != "receive") or (
        deed == "fire" and (verb.passive or scene.clauses.aimed(verb))
    ):
        return ""
    return deed


def _of_whom(quantity: Quantity, scene: Scene, done: str) -> str:
    """What a clause right behind several says that they did: "the four who fired", "five officers at the stop"."""
    end = max(quantity.last, (quantity.head or 0) + 1)
    if quantity.written.low < 2 or quantity.partitive or scene.low(quantity.number[0] - 1) in _OTHERS:
        return ""
    number = scene.sentence_of(quantity.first)
    behind = [scene.low(at) for at in range(end, min(end + 5, scene.sentences[number].last))]
    if (
        "stop" in behind
        and (done in ("", "stop") or scene.whole(quantity))
        and (behind[0] in ("at", "in") or behind[1:2] in (["made"], ["carried"], ["conducted"]))
    ):
        return "stop" if behind.index("stop") <= 4 else ""
    if behind[:1] not in (["who"], ["that"]) or _OTHERS & {scene.low(at) for at in quantity.nouns}:
        return ""
    verb = next((one for one in scene.clauses.predicates(number) if end < one.at <= end + 3), None)
    narrowed = verb and (scene.low(verb.last) in _NARROWER or scene.words[verb.last : verb.last + 1] == []
                         or scene.words[verb.last].is_number)  # fmt: skip
    held = {scene.low(at) for at in range(end, verb.at)} & {"not", "never", "didn't"} if verb else ()
    return _told(verb, scene) if verb and not narrowed and not held else ""


def _of_officers(known: Known) -> bool:
    return known.numeric and known.subject.head == "officer" and not known.subject.restrict


def _asked(quantity: Quantity, scene: Scene) -> str:
    """What an answer leaves out, of the question before it: "Were any police hit? One officer was." """
    number, end = scene.sentence_of(quantity.first), max(quantity.last, (quantity.head or 0) + 1)
    while scene.low(end) in ("of", "them", "the", "those", "these", "officers"):
        end += 1
    verb = scene.low(end)
    behind = scene.low(end + 1)
    if (
        verb not in ("was", "were", "did", "had")
        or behind.isalpha()
        or quantity.first - scene.sentences[number].first > 2
    ):
        return ""
    deeds = {VERBS.get(stem(word)) for word in scene.asked(number)} if number else set()
    return "hit" if verb in ("was", "were") and "hit" in deeds else "fire" if deeds & {"fire", "shoot"} else ""


def _quantified(quantity: Quantity, scene: Scene) -> float | None:
    """Of how many the sentence says it: "all of the five" are five, "none of the five" nobody, "only one of the five"
    one; None where it says it of none of these.
    """
    low, at = scene.low, quantity.first - 1
    if low(quantity.number[0]) in ("all", "both"):
        return quantity.written.low
    while low(at) in ("the", "those", "these", "officers", "their"):
        at -= 1
    of = low(at) == "of"
    at -= of
    if low(at) == "all":
        return quantity.written.low
    if of and (low(at) == "each" or (low(at) == "one" and low(at - 1) in ("every", "each"))):
        return quantity.written.low
    if of and low(at) in ("none", "neither"):
        return 0.0
    if of and low(at) == "one" and low(at - 1) in ("only", "just"):
        return 1.0
    return None


def _main_verb(quantity: Quantity, scene: Scene) -> Predicate | None:
    """What the group did: the verb behind a relative clause ("who made the stop"), else the first one."""
    number = scene.sentence_of(quantity.first)
    end = max(quantity.last, quantity.number[1], (quantity.head or 0) + 1)
    stop = scene.sentences[number].last
    who = next((at for at in range(end, min(end + 5, stop)) if scene.low(at) in _RELATIVE), None)
    clause = next((at for at in range(end, stop) if scene.low(at) in (",", ";", "—", "and", "before", "after", "when")
                   and (who is None or at > who + 3)), stop)  # fmt: skip
    verbs = [verb for verb in scene.clauses.predicates(number) if end <= verb.at < clause]
    if who is None:
        return verbs[0] if verbs else None
    if not verbs:
        return None
    behind = range(verbs[-1].at - 1, who, -1)
    main = len(verbs) > 1 or any(scene.low(at) in _AUXILIARY for at in behind if at > who + 2) or len(behind) > 2
    return verbs[-1] if main else None
