"""Numbers of groups and years: a fact's very value, where no other group, year, place or thing is named beside it.

"For Asian people it was 1.44", "22 deaths", "62 percent": published rates and counts are told in many words, but each
is of one group and one year. A number goes with the group that is named nearest to it, and with a fact of that group
only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .bearing import extreme_told
from .coordinates import years_told
from .counted import FIELD, KILLED, counts_as
from .known import Known
from .narrowing import contrasting
from .operands import NEAR
from .quantities import Quantity
from .reckoned import least
from .subjects import Scene, Subject
from .weighing import FITS, Verdict, judge

if TYPE_CHECKING:
    from .second import Second

__all__ = ["criteria", "in_order", "of_its_group", "own_criteria"]

_KINDS = ("rate", "percent", "ratio", "count")
_GROUPS = ("race", "arms", "age group", "statistic")
_SPECIFIC = 20  # a bare count below it may be of anything
_COMMA, _LEAD, _BESIDE = 5, 3, 8


def of_its_group(quantity: Quantity, subject: Subject, scene: Scene, matcher: Second, told: bool) -> Verdict | None:
    """The fact of no incident whose value a number is, of the group and the year named nearest; None without one.

    ``told`` says that the first reading knew which fact is meant: then no other of its kind is tried.
    """
    if quantity.kind not in (*_KINDS, "share", "one in", "interval", "points"):
        return None
    if all(known.incident for known in matcher.known):
        return None
    told_criteria = criteria(scene, scene.sentence_of(quantity.first), matcher)
    group, years = _nearest_group(quantity, scene), subject.years
    named = {year for _, year in years_told(scene, scene.sentence_of(quantity.first))}
    for kind in _KINDS:
        for known in matcher._by_kind[kind]:
            if not known.numeric or not known.value or known.incident or not _may_count(quantity, known, scene):
                continue
            own = bool(group) and known.kind != "ratio"  # the group itself is named beside the number
            if told and known.kind == quantity.kind and not own and not scene.whole(quantity):
                continue
            if known.extreme and not extreme_told(scene, scene.sentence_of(quantity.first)):
                continue
            if known.kind == "ratio" and not in_order(known, scene, quantity):
                continue
            if own_criteria(known) != told_criteria and not scene.whole(quantity):
                continue
            if not _same_group(known, group) or (known.subject.years and years and not known.subject.years & years):
                continue
            if len(known.subject.years) == 1 and named and not known.subject.years & named:
                continue  # "every year since 2016, when it stood at 958"
            if subject.places and known.subject.places and not matcher.same_topic(known, subject):
                continue
            found = _fits(quantity, known)
            if found:
                return found
    return None


def criteria(scene: Scene, number: int, matcher: Second) -> set[float]:
    """The numbers of a sentence that are part of what facts count: "fewer than five shots"."""
    told = {least(q.written) for q in scene.in_sentence(number) if not q.reason}
    return {
        one.written.low
        for known, one in matcher._criteria
        if one.written.low in own_criteria(known) and least(one.written) in told
    }


def own_criteria(known: Known) -> set[float]:
    """The numbers in what a fact counts, without those of its place: "94 places"."""
    return {number.written.low for number in known.criteria if f"{number.written.low:g} " not in known.fact.place}


def in_order(known: Known, scene: Scene, quantity: Quantity) -> bool:
    """Whether the groups that a ratio is of are named, and no others, the one over the other."""
    sentence = scene.sentences[scene.sentence_of(quantity.first)]
    named = [side for name, side in contrasting(scene.words[sentence.first : sentence.last]) if name == "race"]
    sides = [side for name, side in known.subject.contrasts if name == "race"]
    named = list(dict.fromkeys(named))
    return not sides or named in (sides, sides[:1])


def _may_count(quantity: Quantity, known: Known, scene: Scene) -> bool:
    """Whether a number is of a fact's kind, or leaves it open and is too particular to be of anything."""
    whole = quantity.written.low == int(quantity.written.low)
    if known.kind == "count":
        heads = counts_as(quantity, scene)
        mine = known.subject.head
        killed = bool(heads & KILLED) and mine in KILLED
        bare = heads == FIELD and quantity.written.low >= _SPECIFIC
        return quantity.kind == "count" and whole and (mine in heads or killed or bare)
    if quantity.kind == "count":
        named = quantity.unit == "times" and known.kind == "ratio"
        return named or (not whole and quantity.head is None) or (not whole and counts_as(quantity, scene) == FIELD)
    if known.kind == "percent":
        return quantity.kind in ("percent", "share", "one in")
    if known.kind == "rate":
        lent = quantity.kind in ("ratio", "interval") and quantity.form == "lent"
        return (quantity.kind == "rate" or lent) and (quantity.kind != "rate" or _same_per(quantity, known))
    return quantity.kind == known.kind


def _same_per(quantity: Quantity, known: Known) -> bool:
    return bool(quantity.per) and quantity.per[1] == known.per


def _fits(quantity: Quantity, known: Known) -> Verdict | None:
    value = known.value
    if quantity.kind == "one in" and value:
        value = 100 / value
    elif quantity.kind == "share":
        value = value / 100
    elif known.kind == "rate":
        value = float(known.fact.value) if quantity.kind != "rate" else value * quantity.per[0]
    bound = quantity.written.bounds
    if bound and not 1 / NEAR <= value / max(quantity.written.low, 1e-9) <= NEAR:
        return None
    shown = f"{known.fact.name}: {known.fact}" + (f" ({known.fact.source})" if known.fact.source else "")
    status, working = judge(quantity.written, value, known.fact.qualifier, quantity.scale, shown)
    return Verdict(status, working, (known.fact,), known.fact.value) if status in FITS else None


def _same_group(known: Known, group: dict[str, str]) -> bool:
    """Whether a fact is of the groups named: of one that is named, and of none where none is."""
    fact = known.subject.contrasts
    for contrast in _GROUPS:
        mine = [side for name, side in fact if name == contrast]
        theirs = group.get(contrast)
        if known.kind == "ratio" and len(mine) > 1:
            if theirs is not None and theirs not in mine:
                return False
        elif (mine[:1] or [None])[0] != theirs:
            return False
    return True


def _nearest_group(quantity: Quantity, scene: Scene) -> dict[str, str]:
    """Of each contrast (race, arms, ...) the side named nearest to a number; of the sentence before, if none is."""
    number = scene.sentence_of(quantity.first)
    for near in (number, number - 1):
        if near < 0 or scene.sentences[near].paragraph != scene.sentences[number].paragraph:
            break
        sentence = scene.sentences[near]
        found: dict[str, tuple[int, str]] = {}
        for at in range(sentence.first, sentence.last):
            for contrast, side in contrasting(scene.words[at : min(at + 2, sentence.last)][:1]):
                cost = _cost(quantity, scene, at) if near == number else 0
                if contrast == "statistic" and (cost > _BESIDE or near != number):
                    continue  # "62 percent ..., and the median was three"
                if contrast in _GROUPS and cost < found.get(contrast, (999, ""))[0]:
                    found[contrast] = (cost, side)
        if found:
            return {contrast: side for contrast, (_, side) in found.items()}
    return {}


def _cost(quantity: Quantity, scene: Scene, at: int) -> int:
    """How far a word is from a number, in tokens, more across commas and other numbers; less behind "for"."""
    first, last = quantity.number[0], max(quantity.last, quantity.number[1])
    low, high = (last, at) if at >= last else (at, first)
    cost = high - low
    cost += sum(
        _COMMA for token in range(low, high) if scene.low(token) in (",", ";", "and", "against", "while", "but")
    )
    numbers = (q for q in scene.siblings(quantity) if q is not quantity and low <= q.number[0] < high and not q.date)
    cost += sum(_COMMA for _ in numbers)
    if at < last:
        return cost
    return cost + (-_LEAD if scene.low(at - 1) in ("for", "among", "of", "by") else _LEAD)
