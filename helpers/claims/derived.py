"""Claims that no fact states but that follow from facts: pace, ratio, difference, share, percent change.

Numerator and denominator are settled by the words of the sentence, never by which pair would give the number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from .changes import change
from .hedges import turned
from .people import Mention
from .quantities import Quantity
from .subjects import Scene, Subject
from .words import stem
from .worked import Worked, divided, named, qualifier

if TYPE_CHECKING:
    from .known import Known
    from .matching import Matcher

__all__ = ["Worked", "work"]


def work(quantity: Quantity, subject: Subject, scene: Scene, matcher: Matcher) -> list[Worked]:
    """The derived values that the sentence asks for, from the facts charts use first; [] where there are none."""
    makers = {
        "rate": _pace, "interval": _pace, "ratio": _ratio, "difference": _difference, "share": _share,
        "one in": _share, "percent": _share, "change": change, "points": change,
    }  # fmt: skip
    return makers[quantity.kind](quantity, subject, scene, matcher)


# Pace.


def _pace(quantity: Quantity, subject: Subject, scene: Scene, matcher: Matcher) -> list[Worked]:
    """Shots over seconds, in the claim's own unit of time; for an interval, seconds over shots."""
    if (
        not quantity.per
        or quantity.per[1] not in ("second", stem("officer"))
        or subject.head not in ("shot", "times", "")
    ):
        return []
    who = "police" if subject.who in ("", "each") else subject.who
    subject = replace(subject, head="shot", action="fire", who=who)
    shots = [known for known in matcher._by_kind["count"] if _usable(known, subject, matcher)]
    if quantity.per[1] == "second":
        spans = [known for known in matcher._by_kind["duration"] if known.subject.action == "fire"
                 and not known.subject.restrict and matcher.same_topic(known, subject)]  # fmt: skip
    else:
        asked = replace(subject, head="officer", action="fire", who="")
        spans = [known for known in matcher._by_kind["count"] if _usable(known, asked, matcher)]
    found = []
    for above, below in _pairs(shots, spans):
        if quantity.kind == "interval":
            found.append(divided(below, above, 1.0, "s a shot"))
        else:
            found.append(divided(above, below, quantity.per[0], quantity.unit))
    return found


def _usable(known: Known, subject: Subject, matcher: Matcher) -> bool:
    return known.numeric and matcher.same_topic(known, subject) and matcher.same_count(known, subject)


def _pairs(above: list[Known], below: list[Known]) -> Iterable[tuple[Known, Known]]:
    """Facts of one incident and place, paired; those that stand first in their files come first."""
    for one, other in product(above, below):
        if one.incident == other.incident and one is not other:
            yield one, other


# Ratios and differences: who is compared with whom.


def _ratio(quantity: Quantity, subject: Subject, scene: Scene, matcher: Matcher) -> list[Worked]:
    if quantity.form == "change":
        return change(quantity, subject, scene, matcher)
    return [divided(above, below, 1.0, "times") for above, below in _compared(quantity, subject, scene, matcher)]


def _difference(quantity: Quantity, subject: Subject, scene: Scene, matcher: Matcher) -> list[Worked]:
    found = []
    for above, below in _compared(quantity, subject, scene, matcher):
        value = (above.value - below.value) * (quantity.direction or 1)
        working = f"{named(above)} - {named(below)} = {above.value - below.value:,.10g}"
        found.append(Worked(value, qualifier(above, below), working, (above.fact, below.fact)))
    return found


def _compared(quantity: Quantity, subject: Subject, scene: Scene, matcher: Matcher) -> list[tuple[Known, Known]]:
    """The facts on either side of ``N times as many shots as``, ``N more shots than``: by who did each."""
    number = scene.sentence_of(quantity.first)
    end = scene.sentences[number].last
    if quantity.form == "for each":
        return _for_each(quantity, subject, scene, matcher)
    link = next((at for at in range(max(quantity.last, quantity.number[1]), min(end, quantity.last + 9))
                 if scene.low(at) == "than" or (scene.low(at) == "as" and scene.low(at + 1) not in ("many", "much"))
                 ), None)  # fmt: skip
    of_whose = next(
        (at for at in range(quantity.last, min(end, quantity.last + 5)) if scene.low(at) in ("number",)), None
    )
    start = link if link is not None else of_whose
    other = next((m for m in scene.people.mentions(number) if start is not None and m.first > start), None)
    if other is None:
        return []
    doer = _comparing(quantity, scene, number)
    by = [m for m in scene.people.mentions(number) if m.first > quantity.number[1] and scene.low(m.first - 1) == "by"]
    if len(by) == 2:
        # "... were fired by police as by Reed"
        doer, other = by[0].who, by[1]
    head = _compared_head(subject, scene, number)
    aimed = scene.low(other.first - 1) in ("at", "on", "toward", "in", "into") and other.who == "other"
    if aimed and len({known.incident for known in matcher._by_kind["count"]} - {""}) > 1:
        return _between_incidents(other, scene, matcher)
    if not doer or doer == other.who or head != "shot":
        return []
    return _pairs_of(matcher, subject, doer, other.who)


def _pairs_of(matcher: Matcher, subject: Subject, *whose: str) -> list[tuple[Known, Known]]:
    """The facts of the shots of one and of the shots of another, paired."""
    sides = []
    for who in whose:
        asked = replace(subject, head="shot", action="fire", who=who, restrict=frozenset())
        sides.append([known for known in matcher._by_kind["count"] if _usable(known, asked, matcher)])
    return list(_pairs(*sides))


def _for_each(quantity: Quantity, subject: Subject, scene: Scene, matcher: Matcher) -> list[tuple[Known, Known]]:
    """``nine police bullets for every one of his``: whose they are, over the shots of whom the phrase ends with."""
    number = scene.sentence_of(quantity.first)
    if subject.head == "wound":
        return []
    mentions = scene.people.mentions(number)
    other = next((m for m in mentions if m.first >= quantity.last), None)
    if scene.low(scene.sentences[number].first) == "for":
        other = mentions[0] if mentions else None  # "For every shot Reed fired, the police fired nine."
        subject = replace(subject, who=next((m.who for m in mentions[1:] if m.last <= quantity.first), ""))
    who = other.who if other else "other"
    told = scene.people.subject(number, quantity.first)
    doer = (told.who if told else "") or subject.who or ("police" if who == "other" else "other")
    return _pairs_of(matcher, subject, doer, who) if doer != who else []


def _between_incidents(other: Mention, scene: Scene, matcher: Matcher) -> list[tuple[Known, Known]]:
    """The police's shots in two incidents: of the one told of, and of the one whose person is named after "than"."""
    police = [known for known in matcher._by_kind["count"] if known.subject.head == "shot" and known.incident
              and not known.subject.restrict and (known.subject.who or "police") == "police"]  # fmt: skip
    named = {scene.people.name(at) for at in range(other.first, other.last)}
    below = [known for known in police if known.subject.names & named]
    above = [known for known in police if not known.subject.names & named]
    return [(one, two) for one in above for two in below]


def _comparing(quantity: Quantity, scene: Scene, number: int) -> str:
    mention = scene.people.subject(number, quantity.first)
    return mention.who if mention else ""


def _compared_head(subject: Subject, scene: Scene, number: int) -> str:
    if subject.head == "shot":
        return "shot"
    sentence = scene.sentences[number]
    lows = {scene.low(at) for at in range(sentence.first, sentence.last)}
    return "shot" if lows & {"fired", "fire", "shots", "rounds", "bullets", "firing", "times", "shot"} else ""


# Shares.


def _share(quantity: Quantity, subject: Subject, scene: Scene, matcher: Matcher) -> list[Worked]:
    """A part of the shots, or of the officers: by whom or with what effect the sentence says."""
    number = scene.sentence_of(quantity.first)
    shots = bool(subject.stems & {"shot", "round", "bullet", "gunshot", "fir"})
    head = "shot" if subject.head in ("", "total", "tot") and shots else subject.head
    wholes = _wholes(head, subject, scene, number, matcher)
    parts = _parts(head, quantity, subject, scene, number, matcher)
    percent = quantity.kind == "percent"
    told = any(mention.who == subject.who for mention in scene.people.mentions(number))
    if not parts and head == "shot" and told:
        return _side_share(percent, subject, matcher)
    found = []
    for part, whole in _pairs(parts, wholes):
        if part.value <= whole.value:
            found.append(divided(part, whole, 100.0 if percent else 1.0, "%" if percent else "of them"))
    # Of what missed only where it is said nearer to this number than to the next: "14 percent, and 83 went elsewhere".
    sentence = scene.sentences[number]
    follows = [q.number[0] for q in scene.siblings(quantity) if q.number[0] >= quantity.last and not q.reason]
    missed = any(scene.low(at) in _MISSING for at in range(sentence.first, min([sentence.last, *follows])))
    return [_rest(item, 100.0 if percent else 1.0) for item in found] if missed else found


def _rest(item: Worked, whole: float) -> Worked:
    """What is left of the whole: the shots that missed, of those that hit."""
    return Worked(whole - item.value, turned(item.qualifier), f"{whole:g} - ({item.working})", item.facts)


def _side_share(percent: bool, subject: Subject, matcher: Matcher) -> list[Worked]:
    """``90 percent of the shots came from police``: one side's shots of both sides'."""
    sides = []
    for who in ("police", "other"):
        asked = replace(subject, head="shot", action="fire", who=who, restrict=frozenset())
        sides.append([known for known in matcher._by_kind["count"] if _usable(known, asked, matcher)])
    found = []
    for police, others in _pairs(*sides):
        part, rest = (police, others) if subject.who == "police" else (others, police)
        if not part.value + rest.value:
            continue
        value = part.value / (part.value + rest.value) * (100 if percent else 1)
        exact = part.fact.qualifier == rest.fact.qualifier == "exact"
        if {part.fact.qualifier, rest.fact.qualifier} <= {"exact", "approx"} and part.value:
            working = f"{named(part)} / ({named(part)} + {named(rest)}) = {value:,.4g}{' %' if percent else ''}"
            found.append(Worked(value, "exact" if exact else "approx", working, (part.fact, rest.fact)))
    return found


def _wholes(head: str, subject: Subject, scene: Scene, number: int, matcher: Matcher) -> list[Known]:
    if head in ("shot", "wound"):
        asked = replace(subject, head="shot", action="fire", who="police", restrict=frozenset())
    elif head == "officer":
        asked = replace(subject, head="officer", action="stop", who="", restrict=frozenset())
    else:
        return []
    return [known for known in matcher._by_kind["count"] if _usable(known, asked, matcher)]


_MISSING = {"missed", "missing", "miss", "astray", "elsewhere", "somewhere", "wide"}
_HITTING = {"hit", "struck", "wounded", "wounds", "hits", "found", *_MISSING}


def _parts(head: str, quantity: Quantity, subject: Subject, scene: Scene, number: int, matcher: Matcher) -> list[Known]:
    counts = matcher._by_kind["count"]
    if head == "officer":
        asked = replace(subject, restrict=frozenset())
        return [known for known in counts if subject.action in ("fire", "hit") and _usable(known, asked, matcher)]
    if subject.restrict:
        asked = replace(subject, head="shot", action="fire", who="police")
        return [known for known in counts if _usable(known, asked, matcher)]
    # "That is more than a third": of what the sentence before tells.
    tells = bool(scene.people.mentions(number)) or bool(scene.clauses.tags(number))
    first = scene.sentences[number if tells else max(0, number - 1)].first
    hit = any(scene.low(at) in _HITTING for at in range(first, scene.sentences[number].last))
    if hit or subject.head == "wound":
        return [known for known in counts if known.subject.head == "wound" and matcher.same_topic(known, subject)]
    if subject.who.startswith("person:"):
        asked = replace(subject, head="shot", action="fire", restrict=frozenset())
        return [known for known in counts if _usable(known, asked, matcher)]
    near = scene.people.mentions(number if tells else max(0, number - 1))
    lone = any(mention.who == "one officer" for mention in near)
    if lone:
        asked = replace(subject, head="shot", action="fire", who="one officer", restrict=frozenset())
        return [known for known in counts if _usable(known, asked, matcher)]
    return []
