"""Proportions that articles make of facts: "one wound for every seven rounds", "nine to one", "half as many"."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from .counted import FIELD, counts_as, told_of
from .cues import of_one, share_of
from .hedges import Written
from .lexicon import HEADS, YEAR
from .operands import Operands, borne
from .quantities import Quantity
from .weighing import Verdict
from .words import stem, vocabulary

if TYPE_CHECKING:
    from .known import Known

__all__ = ["for_years", "proportion", "times_as_many"]

_ONE = vocabulary("one 1")


def proportion(told: Operands) -> Verdict | None:
    """The verdict on a number as one side of a proportion of facts told near it."""
    return for_years(told) or _for_every(told) or _to_one(told) or _share(told) or times_as_many(told)


def _for_every(told: Operands) -> Verdict | None:
    """ "One wound for every seven rounds", "nearly nine of theirs for every shot of his"."""
    scene, quantity = told.scene, told.quantity
    sentence = scene.sentences[told.number]
    every = [at for at in range(sentence.first, sentence.last) if _every(told, at)]
    chosen = told.incidents([scene.told_cases.chosen(quantity)]) if len(scene.cases) > 1 else set()
    for at in every:
        sides = _sides(told, at)
        if not sides or quantity not in sides[:2]:
            continue
        many, per, heads, whose = sides
        for above, below in told.pairs(both_spoken=True):
            if heads[1] == FIELD and below.subject.head == "officer" and not _of_officers(told):
                continue
            if not _side_fits(above, heads[0], whose[0]) or not _side_fits(below, heads[1], whose[1]):
                continue
            if {above.subject.head, below.subject.head} == {"shot", "wound"} and "other" in (
                above.subject.who if above.subject.head == "shot" else below.subject.who,
            ):
                continue  # nobody is wounded by his own shots
            if chosen and not {above.incident, below.incident} & chosen:
                continue
            if not below.value or not above.value or (above.subject.head == below.subject.head == "shot"
                                                      and above.subject.who == below.subject.who):  # fmt: skip
                continue
            found = _in_proportion(many, per, above, below)
            if found:
                return found
    return None


def _of_officers(told: Operands) -> bool:
    """Whether a sentence speaks of officers."""
    return any(HEADS.get(stem(word)) == "officer" for word in told.words)


def _every(told: Operands, at: int) -> bool:
    """Whether "for every" stands at a token, of things ("for each of the four" is of people)."""
    low = told.scene.low
    if low(at) not in ("every", "each"):
        return False
    joined = low(at - 1) in ("for", "to", "with") or low(at - 2) in ("for", "to", "with")
    return low(at + 1) != "of" and joined


def _sides(told: Operands, every: int):
    """The number before "for every" (or after its clause), the one behind it, what they count and whose it is."""
    scene = told.scene
    counts = [q for q in scene.in_sentence(told.number) if not q.reason and not q.date]
    per = next((q for q in counts if every < q.number[0] <= every + 3), None)
    before = [q for q in counts if every - 8 <= q.number[0] < every and q is not per]
    after = [q for q in counts if q.number[0] > every + 1 and q is not per]
    many = before[-1] if before else after[0] if after else None
    if many is None:
        return None
    behind = range(every + 1, min(every + 8, scene.sentences[told.number].last))
    noun = next((found for at in behind if (found := _thing(scene.low(at)))), "")
    mine = counts_as(many, scene) if many.kind != "share" else FIELD
    spoken_of = told_of(many, scene)[0] if mine == FIELD and many.kind == "count" else ""
    mine = frozenset({spoken_of}) if spoken_of else mine  # "nine wounds, one for every ten shots"
    return (
        many,
        per,
        (mine if len(mine) == 1 else FIELD, frozenset({noun}) if noun else mine),
        _owners(told, many, every),
    )


def _thing(word: str) -> str:
    if word in ("year", "years"):
        return "age"
    found = HEADS.get(stem(word), "")
    return found if found in FIELD else ""


def _owners(told: Operands, many: Quantity, every: int) -> tuple[str, str]:
    """Whose the two sides of a proportion are, where the words behind each say: "of theirs", "of Reed's"."""
    scene = told.scene
    mentions = scene.people.mentions(told.number)
    stop = many.number[0] if many.number[0] > every else scene.sentences[told.number].last
    below = next((m.who for m in mentions if every < m.first < min(every + 8, stop)), "")
    end = max(many.last, (many.head or 0) + 1)
    above = next((m.who for m in mentions if end - 1 <= m.first < end + 4 and not every < m.first < every + 8), "")
    return above, below


def _side_fits(known: Known, heads: frozenset[str], who: str) -> bool:
    if known.kind == "age":
        return "age" in heads
    if known.kind != "count" or known.subject.head not in heads or known.subject.restrict:
        return False
    return known.subject.head != "shot" or not who or known.subject.who in ("", who)


def _in_proportion(many: Quantity, per: Quantity | None, above: Known, below: Known) -> Verdict | None:
    size = per.written.low if per else 1.0
    if size <= 0:
        return None
    if many.written.low == 1 and size > 1:
        hedge = per.written.hedge or many.written.hedge
        return borne(_about(replace(per.written, hedge=hedge)), below.value / above.value, [below, above], "/")
    written = replace(many.written, low=many.written.low / size, high=many.written.high / size, fraction=size > 1)
    return borne(_about(written), above.value / below.value, [above, below], "/")


def _about(written: Written) -> Written:
    """A whole number in a proportion is hardly ever exact."""
    return replace(written, hedge=written.hedge or "about")


def for_years(told: Operands) -> Verdict | None:
    """ "One for every two years he had lived": what is told just before, over an age."""
    quantity = told.quantity
    if quantity.kind != "rate" or not quantity.per or quantity.per[1] != "second" or quantity.per[0] < YEAR:
        return None
    written = replace(quantity.written, fraction=True)
    for above, below in told.pairs():
        if below.kind == "age" and above.kind == "count" and above in told.before[-3:]:
            found = borne(_about(written), above.value / below.value * quantity.per[0] / YEAR, [above, below], "/")
            if found:
                return found
    return None


def _to_one(told: Operands) -> Verdict | None:
    """ "Outshot him by more than eight to one": the police's shots over those of whom they met."""
    scene, quantity = told.scene, told.quantity
    at = quantity.number[1]
    at += scene.low(at) in ("-", "‐")
    one = at + 1 + (scene.low(at + 1) in ("-", "‐"))
    if scene.low(at) != "to" or scene.low(one) not in _ONE or quantity.kind != "count":
        return None
    subject = scene.people.subject(told.number, quantity.first)
    if subject and subject.who == "other":
        return None
    counts = [one for one in told.matcher._by_kind["count"] if one.numeric and not one.subject.restrict]
    for above, below in product(counts, counts):
        if above.incident != below.incident or not told.together(above, below):
            continue
        sides = (above.subject.head, above.subject.who, below.subject.head, below.subject.who)
        if sides == ("shot", "police", "shot", "other") and below.value:
            found = borne(_about(quantity.written), above.value / below.value, [above, below], "/")
            if found:
                return found
    return None


def _share(told: Operands) -> Verdict | None:
    """ "More than half of it, from one person", "about a sixth of what it took in Chicago"."""
    quantity = told.quantity
    if quantity.kind not in ("share", "percent", "one in"):
        return None
    size = 100.0 if quantity.kind == "percent" else 1.0
    # "Less than half of what was fired in Chicago": of another incident's than the one told of.
    behind = [told.scene.low(at) for at in (quantity.last, quantity.last + 1)]
    named = told.incidents(cases for _, cases in told.scene.told_cases.named(told.number))
    between = len(named) > 1 and behind in (["of", "what"], ["of", "that"], ["of", "those"])
    for part, whole in told.pairs(both_spoken=False):
        heads = {part.subject.head, whole.subject.head}
        if not share_of(told, heads) or (heads == {"shot"} and of_one(told) and part.subject.who == "police"):
            continue
        if part.kind != whole.kind or not whole.value or not part.value < whole.value or not _part_of(part, whole):
            continue
        if between and part.incident == whole.incident:
            continue
        if quantity.kind == "one in":
            found = borne(_about(quantity.written), whole.value / part.value, [whole, part], "/")
        else:
            found = borne(quantity.written, part.value / whole.value * size, [part, whole], "/")
        if found:
            return found
    return None


def _part_of(part: Known, whole: Known) -> bool:
    if part.kind == "duration":
        return part.incident != whole.incident
    heads = (part.subject.head, whole.subject.head)
    if heads == ("shot", "shot") and part.incident == whole.incident and whole.subject.who not in ("police", ""):
        return False  # what police fired is no part of what they were shot at with
    return heads in (("shot", "shot"), ("wound", "shot"), ("officer", "officer"), ("wound", "wound"))


def times_as_many(told: Operands, worked: bool = False) -> Verdict | None:
    """ "Half as many as he had years", "twice as many shots as officers": one told fact over another."""
    quantity = told.quantity
    if quantity.kind != "ratio":
        return None
    for above, below in told.pairs(both_spoken=False):
        apart = above.incident != below.incident
        if above.kind != below.kind and "age" not in (above.kind, below.kind):
            continue  # seconds are no so many times as many as shots
        if (worked and not apart) or (apart and above.subject.head != below.subject.head):
            continue
        if below.value and above in told.stated:
            found = borne(quantity.written, above.value / below.value, [above, below], "/")
            if found:
                return found
    return None
