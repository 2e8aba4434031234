"""Days between two dates of record: "15 days after the agency's account", "nearly five weeks later".

Two days are compared. What stands behind "after" or "before" names the one, the rest of the sentence the other: an
event with a date of record, a source with a date, or a date itself. Only where nothing names a side may it be any.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from .lexicon import EVENTS, SAYING
from .occasions import DAY, beside_a_gap, day_of, event_of, source_day
from .operands import Operands
from .weighing import FITS, Verdict, judge
from .words import stem, vocabulary

if TYPE_CHECKING:
    from .known import Known
    from .quantities import Quantity
    from .second import Second
    from .subjects import Scene

__all__ = ["days_between"]

CALENDAR = 0.2  # of a gap of days, weeks or months: what "about a month" leaves open
_LINKS = vocabulary("after before since from following")
_ENDS = vocabulary(", ; : . — – and but")
_BETWEEN = _LINKS | vocabulary(
    "later earlier afterwards afterward between apart passed elapsed separate separated took takes taken waited until "
    "needed on"
)
_ENDING = vocabulary("end ends ended ending begin begins began starts started stop stops close closes closed")
Day = tuple["Known", date]


def days_between(quantity: Quantity, scene: Scene, matcher: Second) -> Verdict | None:
    """The verdict on a number of days (or longer) between two dates of record; None where nothing tells of two."""
    if quantity.kind != "duration" or quantity.scale < DAY:
        return None
    told = Operands(quantity, scene, matcher)
    if not told.words & _BETWEEN:
        return None
    subject = replace(scene.describe(quantity), years=frozenset())  # the other day may be of another year
    every = [(one, day) for one in matcher._by_kind["date"] if (day := day_of(one.fact.value))]
    every = [one for one in every if matcher.same_topic(one[0], subject) or len(scene.cases) > 1]
    sourced = [(one, day) for one in matcher.known if (day := day_of(source_day(one.fact.source)))]
    link, rest = _two_sides(told)
    ends = [_named(told, every, sourced, link, True), _named(told, every, sourced, rest, False)]
    both = all(ends) and len({day for end in ends for _, day in end}) > 1
    suing = "sue" in scene.clauses.tags(told.number)
    near = every + [one for one in sourced if id(one[0]) in told.sourced and not suing]
    near += _period_ends(told)
    pairs = [pair for pair in product(*(end or near for end in ends)) if _comparable(told, *pair)]
    verdicts = [_judged(quantity, one, other) for one, other in pairs]
    found = next((one for one in verdicts if one.status in FITS), None)
    return found or (verdicts[0] if both and verdicts and len(scene.cases) < 2 else None)


def _two_sides(told: Operands) -> tuple[list[int], list[int]]:
    """The tokens behind "after", as far as its phrase goes; and those of the sentence that belong to no such gap."""
    scene, quantity = told.scene, told.quantity
    sentence = scene.sentences[told.number]
    last, phrase = quantity.last, []
    if scene.low(last) in _LINKS:
        last += 1
        while last < sentence.last and (scene.low(last) not in _ENDS or not phrase):
            phrase.append(last)
            last += 1
    own = {*phrase, *range(quantity.first, quantity.last)}
    others = [at for at in range(sentence.first, sentence.last) if at not in own]
    aside = beside_a_gap(scene, others)
    return phrase, [at for at in others if at not in aside]


def _named(told: Operands, dates: list[Day], sourced: list[Day], tokens: Iterable[int], anchor: bool) -> list[Day]:
    """The days of record that some words name: by what happened, by the source that spoke, or by the date itself.

    A source that only says so (``COPA said``) names its day behind "after" alone.
    """
    scene, found = told.scene, []
    given = {at: q.date for q in scene.in_sentence(told.number) if q.date and q.date.day for at in range(*q.number)}
    for at in tokens:
        event = "sue" if scene.low(at) == "filed" else EVENTS.get(stem(scene.low(at)), "").replace("stop", "fire")
        found += [one for one in dates if event and event == event_of(one[0])]
        if at in given:
            found += [one for one in (*dates, *sourced) if given[at].agrees(str(one[1]))]
        if anchor or stem(scene.low(at + 1)) not in SAYING:
            spoken = {id(known) for known in told.matcher.sources.named_at(scene, at)}
            found += [one for one in sourced if id(one[0]) in spoken]
        others = (one for one in dates if not event_of(one[0]))
        found += [one for one in others if stem(scene.low(at)) in one[0].subject.stems - {"dat"}]
    return list({(one.incident, day): (one, day) for one, day in reversed(found)}.values())


def _period_ends(told: Operands) -> list[Day]:
    """The days with which the periods of facts begin and end, where a beginning or an end is told of."""
    if not told.words & _ENDING:
        return []
    ends = {one.fact.period: one for one in told.matcher.known if " to " in one.fact.period}
    return [(one, day) for period, one in ends.items() for end in period.split(" to ") if (day := day_of(end))]


def _comparable(told: Operands, one: Day, other: Day) -> bool:
    cases = {one[0].incident, other[0].incident}
    if not {one[0].kind, other[0].kind} & {"date"} and " to " in one[0].fact.period + other[0].fact.period:
        return False  # the ends of two periods have nothing to do with one another
    return one[1] != other[1] and (len(cases) == 1 or cases <= told.cases or len(told.scene.cases) < 2)


def _judged(quantity: Quantity, one: Day, other: Day) -> Verdict:
    apart = abs((other[1] - one[1]).days)
    shown = f"{one[1]} [{one[0].fact.name}] to {other[1]} [{other[0].fact.name}]: {apart} days"
    status, working = judge(quantity.written, apart * DAY, "exact", quantity.scale, shown)
    off, since = abs(apart * DAY - quantity.written.low), apart * DAY - quantity.written.low
    if quantity.scale <= DAY < quantity.written.low and quantity.written.low % DAY and off <= DAY:
        status = "rounded"  # "a month and three days"
    if not quantity.written.hedge and quantity.scale > DAY and 0 <= since < quantity.scale:
        status = "rounded"  # whole years and months that have passed
    wide = min(CALENDAR * apart * DAY, quantity.scale / 2) if quantity.scale > DAY else -1.0
    if quantity.written.hedge in ("about", "") and off <= wide:
        status = "rounded"  # "about a month later" is five weeks
    return Verdict(status, working, (one[0].fact, other[0].fact), apart)
