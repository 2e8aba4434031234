"""Reckonings that articles make of facts in their own words: differences, averages, what is left, sums, days between.

Tried only where the first reading found nothing that bears a number, and only with facts that the words near it tell of
(`operands.py`). The form must be said ("fewer", "apart", "each", "the other", "in all"), and the working is shown.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from .counted import counts_as
from .cues import OTHERS
from .operands import Operands, borne, plain
from .proportions import for_years, proportion, times_as_many
from .subjects import Subject
from .weighing import FITS, Verdict, judge
from .within import rightly_compared
from .words import vocabulary

if TYPE_CHECKING:
    from .known import Known

__all__ = ["reckoned"]

_FEWER = vocabulary("fewer less lower below short shy under shorter smaller")
_MORE = vocabulary("more higher above over greater longer extra larger beyond")
_NEEDS_THAN = vocabulary("more less over under above below")
_APART = vocabulary(
    """difference gap discrepancy disparity margin gulf shortfall apart differ differs separates separated separate
    unreported unaccounted missing omitted undercount subtract subtraction deficit spread"""
)
_LEFT = vocabulary("other others remaining rest leaves leaving left remainder balance colleagues")
_REST = vocabulary("others remaining rest colleagues leaves leaving remainder")  # wherever in the sentence
_CHANGED = vocabulary(
    "rise rose risen increase increased grew growth jump jumped climbed drop dropped decline declined"
)
_EACH = vocabulary("each apiece average averages averaged averaging evenly divided split mean")
_SUM = vocabulary("between together combined altogether total sum totaled totalled jointly add adding adds")
_HELD = vocabulary("held hold holding not never without refrained didn't neither")
_TOPPING = vocabulary(
    "top tops topped exceed exceeds exceeded beat beats pass passes passed surpass surpasses trail trails"
)
_KINDS = ("count", "difference", "ratio", "share", "percent", "one in", "duration", "rate", "interval")


def reckoned(told: Operands, subject: Subject, worked: bool = False) -> Verdict | None:
    """The verdict on a number as a reckoning of facts told near it, None where no such reckoning gives it.

    ``worked`` says that the first reading knew which facts are meant, and that they do not give the number.
    """
    quantity = told.quantity
    if quantity.kind not in _KINDS:
        return None
    if worked and quantity.kind == "difference" and quantity.head is None:
        return _difference(told, subject)
    if worked:
        return _average(told) or for_years(told) or times_as_many(told, worked=True)
    return (
        _difference(told, subject)
        or _average(told)
        or _every_so_often(told)
        or _held_fire(told)
        or _cases_told(told)
        or _sum(told)
        or proportion(told)
    )


def _behind(told: Operands, ahead: int = 4) -> list[str]:
    """The words right behind a number and its noun."""
    scene, quantity = told.scene, told.quantity
    first, stop = quantity.number[0], scene.sentences[told.number].last
    end = max(quantity.last, (quantity.head or 0) + 1, quantity.number[1])
    return [scene.low(at) for at in range(first + 1, min(end + ahead, stop))]


def _direction(told: Operands) -> int | None:
    """-1 for "17 fewer", 1 for "17 more than", 0 for "17 apart"; None where no difference is spoken of."""
    quantity, scene = told.quantity, told.scene
    if quantity.kind == "difference":
        return quantity.direction
    sentence = scene.sentences[told.number]
    head = max(quantity.head or 0, quantity.number[0])
    bound = quantity.written.bounds
    for at in range(quantity.number[0] + 1, max(quantity.number[1], head + 2)):
        word = scene.low(at)
        if word not in _FEWER | _MORE or (bound and at > head and scene.low(at - 1) == "or"):
            continue
        than = any(scene.low(ahead) == "than" for ahead in range(at + 1, sentence.last))
        if word not in _NEEDS_THAN or than or (word in ("below", "above") and told.after):
            return -1 if word in _FEWER else 1
    near = {scene.low(at) for at in range(quantity.first - 5, quantity.first - 1)}
    before = scene.low(quantity.first - 1) == "by" and bool(near & (_TOPPING | {"up", "down"}))
    if before or (told.words & _CHANGED and len(told.stated) > 1):
        return 0
    if told.words & _APART or ({"left", "out"} <= told.words):
        return 0
    return None


def _difference(told: Operands, subject: Subject) -> Verdict | None:
    """ "17 fewer than COPA's 96", "nine shots apart", "the other three", "left with 46 at most"."""
    quantity = told.quantity
    if quantity.kind not in ("count", "difference", "duration"):
        return None
    way = _direction(told)
    left, part = _of_the_rest(told), _of_a_whole(told)
    if way is None and not left and not part:
        return None
    heads = counts_as(quantity, told.scene)
    kinds = ("duration",) if quantity.kind == "duration" else ("count",)
    for more, less in told.closest(heads, kinds, both_spoken=way is not None):
        alike = more.kind in kinds and less.kind in kinds and more.subject.head == less.subject.head
        if not alike or more.value < less.value or less.subject.restrict:
            continue
        if part and not left and more not in told.after:
            continue
        if way and not _right_way(told, more, less, way):
            continue
        found = borne(plain(quantity.written) if left else quantity.written, more.value - less.value, [more, less], "-",
                      quantity.scale)  # fmt: skip
        if found:
            return found
    return _others(told) if left else None


def _of_the_rest(told: Operands) -> bool:
    """Whether a number is of what is left: "the other three", "the remaining 46", "are left with 46"."""
    scene, quantity = told.scene, told.quantity
    before = {scene.low(at) for at in range(quantity.first - 3, quantity.number[0])}
    return bool((before | set(_behind(told, 2))) & _LEFT or told.words & _REST or _other_ones(told))


def _other_ones(told: Operands) -> bool:
    """Whether a sentence speaks of "the other three"."""
    scene = told.scene
    return any(scene.low(q.number[0] - 1) == "other" for q in scene.in_sentence(told.number))


def _of_a_whole(told: Operands) -> bool:
    """Whether a number is part of a stated whole: "366 of the 974"."""
    scene, at = told.scene, told.quantity.number[1]
    whole = any(at < q.number[0] <= at + 3 for q in scene.siblings(told.quantity))
    return scene.low(at) == "of" and whole


def _others(told: Operands) -> Verdict | None:
    """ "The other three": the officers who fired, or came, less the one who is told of."""
    if "officer" not in counts_as(told.quantity, told.scene) or not told.words & _REST:
        return None
    lone = any(m.who == "one officer" for near in told.near for m in told.scene.people.mentions(near))
    for known in told.matcher._by_kind["count"]:
        if (
            lone
            and known.numeric
            and known.subject.head == "officer"
            and known.value > 2
            and told.together(known, known)
        ):
            found = borne(told.quantity.written, known.value - 1, [known], "-")
            if found:
                return Verdict(found.status, f"{found.working} without the one told of", found.facts, found.fact_value)
    return None


def _right_way(told: Operands, more: Known, less: Known, way: int) -> bool:
    """Whether what is named after "than" is the greater for "fewer", the lesser for "more"."""
    scene, quantity = told.scene, told.quantity
    sentence = scene.sentences[told.number]
    ahead = range(quantity.number[1], sentence.last)
    than = next((at for at in ahead if scene.low(at) in ("than", "of", "below", "as")), None)
    if more.incident == less.incident and not rightly_compared(told, more, less):
        return False
    after = [one for one in told.after if one in (more, less)]
    behind = next(
        (q for q in scene.siblings(quantity) if than and than < q.number[0] <= than + 4 and not q.reason), None
    )
    if behind and told.stated_by(behind) and not after:
        return False
    if more.incident != less.incident and than:
        named = [cases for at, cases in scene.told_cases.named(told.number) if at > than]
        compared = told.incidents(named[:1])
        if compared and len(compared & {more.incident, less.incident}) == 1:
            return (more if way < 0 else less).incident in compared
    if after:
        return after[0] is (more if way < 0 else less)
    here = [one for one in told.before if one in (more, less)]
    return not here or here[-1] is (less if way < 0 else more)


def _average(told: Operands) -> Verdict | None:
    """ "24 rounds apiece", "about 10 each": the police's shots over the officers who fired."""
    quantity = told.quantity
    if quantity.kind == "rate" and quantity.per[1] == "second":
        return None
    if quantity.kind not in ("count", "rate") or not (set(_behind(told)) | told.words) & _EACH:
        return None
    if "shot" not in counts_as(quantity, told.scene) or told.words & OTHERS:
        return None  # what the others fired on average is told in `within`
    counts = [one for one in told.matcher._by_kind["count"] if one.numeric and not one.subject.restrict]
    shots = [one for one in counts if one.subject.head == "shot" and one.subject.who in ("police", "")]
    fired = [one for one in counts if one.subject.head == "officer" and one.subject.action == "fire" and one.value]
    subject = told.scene.describe(quantity)
    for above in shots:
        for below in fired:
            same = above.incident == below.incident and told.matcher.same_topic(above, subject)
            found = same and borne(quantity.written, above.value / below.value, [above, below], "/")
            if found:
                return found
    return None


def _every_so_often(told: Operands) -> Verdict | None:
    """ "One shot at him roughly every seven-hundredths of a second": the time of the firing over the shots."""
    quantity, scene = told.quantity, told.scene
    if quantity.kind != "duration" or "every" not in (scene.low(quantity.number[0] - 1), scene.low(quantity.first - 1)):
        return None
    subject = scene.describe(quantity)
    spans = [one for one in told.matcher._by_kind["duration"] if one.numeric and one.subject.action == "fire"]
    for span in spans:
        for shots in told.matcher._by_kind["count"]:
            police = shots.subject.head == "shot" and shots.subject.who == "police" and not shots.subject.restrict
            if police and shots.value and shots.incident == span.incident and told.matcher.same_topic(span, subject):
                written = replace(quantity.written, hedge=quantity.written.hedge or "about")
                found = borne(written, span.value / shots.value, [span, shots], "/")
                if found:
                    return found
    return None


def _held_fire(told: Operands) -> Verdict | None:
    """ "A single officer held fire", "One did not": those who came less those who fired."""
    near = set(_behind(told, 5)) & _HELD
    if not near or told.quantity.kind != "count" or "officer" not in counts_as(told.quantity, told.scene):
        return None
    officers = [one for one in told.matcher._by_kind["count"] if one.numeric and one.subject.head == "officer"]
    for came, fired in ((one, two) for one in officers for two in officers):
        if (came.subject.action, fired.subject.action) == ("stop", "fire") and told.together(came, fired):
            found = borne(told.quantity.written, came.value - fired.value, [came, fired], "-")
            if found:
                return found
    return None


def _cases_told(told: Operands) -> Verdict | None:
    """ "Five men", "the two New York shootings", "the three that were timed": how many incidents the record knows."""
    quantity, scene = told.quantity, told.scene
    if quantity.kind != "count" or quantity.written.low < 2 or len(scene.cases) < 2:
        return None
    if not counts_as(quantity, scene) & {"person", "shooting", "killing", "cas", "incident"}:
        return None
    if scene.low(quantity.head or 0) == "people" and "fire" in scene.describe(quantity).actions:
        return None
    told_here = {case for near in range(max(0, told.number - 2), min(told.number + 3, len(scene.sentences)))
                 for _, cases in scene.told_cases.named(near) for case in cases}  # fmt: skip
    there = scene.topic(told.number)[0]
    timed = bool({"timed", "duration", "durations", "clocked", "seconds"} & told.words)
    of_case: dict[str, list[Known]] = {}
    for known in told.matcher.known:
        if known.incident:
            of_case.setdefault(known.incident, []).append(known)
    held = [
        facts for facts in of_case.values()
        if (not there or there & facts[0].subject.places)
        and (not timed or any(one.kind == "duration" and one.numeric for one in facts))
    ]  # fmt: skip
    status, _ = judge(quantity.written, float(len(held)), "exact", 1.0, "")
    if status not in FITS and quantity.written.low in (len(told.cases), len(told_here)):
        held = [facts for place, facts in enumerate(of_case.values()) if place in told_here] or held
        status = "supported"
    if status not in FITS:
        return None
    firsts = tuple(facts[0].fact for facts in held)
    return Verdict(status, f"{len(held)} such incidents are on record", firsts, len(held))


def _sum(told: Operands) -> Verdict | None:
    """ "27 officers, some 336 shots" over all incidents; "107 shots in all" by both sides."""
    quantity, scene = told.quantity, told.scene
    if quantity.kind != "count":
        return None
    heads = counts_as(quantity, scene)
    said = _added(told)
    counts = [one for one in told.matcher._by_kind["count"] if one.numeric and not one.subject.restrict
              and one.subject.head in heads and one.subject.head in ("shot", "wound", "officer")]  # fmt: skip
    named = scene.told_cases.named(told.number)
    times = heads == {"shot", "wound"}
    if len(scene.cases) > 1 and (len(heads) == 1 or times) and (said or not named):
        for name in dict.fromkeys(one.fact.name for one in counts):
            first = {one.incident: one for one in reversed(counts) if one.fact.name == name and one.incident}
            here = set(told.incidents(cases for _, cases in named))
            # Where two are named here, their sum is meant, not that of all.
            wider = (first, told.cases & set(first)) if len(here) < 2 else ()
            chosen = (*wider, here & set(first))
            for parts in ([first[case] for case in first if case in some] for some in chosen):
                found = len(parts) > 1 and borne(quantity.written, sum(one.value for one in parts), parts, "+")
                if found:
                    return found
    whose = {m.who for m in scene.people.mentions(told.number) if not m.pronoun}
    one_side = scene.describe(quantity).who and not {"police", "other"} <= whose
    both = said and len(heads) == 1 and not one_side and quantity.written.hedge in ("", "about", "nearly")
    for one, other in combinations(counts, 2) if both else ():
        sides = {one.subject.who, other.subject.who} == {"police", "other"} and told.together(one, other)
        found = sides and borne(quantity.written, one.value + other.value, [one, other], "+")
        if found:
            return found
    return None


def _added(told: Operands) -> bool:
    """Whether a word of sum stands in the number's part of the sentence or opens it: "41 in all" adds up no others."""
    scene, sentence = told.scene, told.scene.sentences[told.number]
    marks = [at for at in range(sentence.first, sentence.last) if scene.low(at) in (",", ";", ":", "—", "but", "while")]
    begins = max((at for at in marks if at < told.quantity.first), default=sentence.first)
    ends = min((at for at in marks if at >= told.quantity.number[1]), default=sentence.last)
    opening = range(sentence.first, min(marks, default=sentence.last))
    words = {scene.low(at) for at in (*opening, *range(begins, ends))}
    return bool(words & _SUM) or {"in", "all"} <= words or {"all", "told"} <= words


_REST = vocabulary("other others remaining rest besides else remainder")
