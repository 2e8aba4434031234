"""Whether the words are true of the facts they are about: sources, bounds, rounding."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace

from ..facts import Fact
from ..provenance import say
from . import derived, hedges
from .bearing import Bearing
from .cases import cases
from .known import Known, extras, people
from .quantities import Quantity
from .subjects import Scene, Subject

__all__ = ["FAR", "FITS", "GOOD", "SLACK", "Verdict", "Weighing", "judge", "said"]


@dataclass(frozen=True)
class Verdict:
    """A claim's status, the facts it rests on, and the working or reason an editor can follow."""

    status: str
    working: str
    facts: tuple[Fact, ...] = ()
    fact_value: object = None


FITS = ("supported", "rounded")

GOOD = (*FITS, "conflicting sources")

# A fact that fits may have this many points less than one that does not, and still be the one that is meant.
SLACK = 1

# Who says "more than 15" of 96, or "fewer than 300" of 96, has another number in mind.
FAR, FURTHER = 3.0, 1.5

_LOWER = ("more than", "at least", "just over")


class Weighing:
    """Whether the words are true of the facts they are about: sources, bounds, rounding."""

    def __init__(self, facts: list[Fact]):
        self.facts = facts
        told = cases(facts)
        told_of = [replace(fact, incident=incident) for fact, incident in zip(facts, told, strict=True)]
        self.names, self.extras = people(told_of), extras(told_of)
        self.known = [Known(fact, self.extras, case) for fact, case in zip(facts, told, strict=True)]
        of_case = {known.incident: known for known in self.known if known.incident}
        self.cases = tuple(
            (known.subject.names & self.names, known.subject.places, known.subject.years) for known in of_case.values()
        )
        self.bearing = Bearing(self.known)
        self._weights: dict[tuple, Verdict] = {}
        self._bearing_on: dict[tuple, list[tuple[int, Known]]] = {}
        self._by_kind = self.bearing.by_kind
        self._criteria = [(known, number) for known in self.known for number in known.criteria]

    def of_fact(self, fact: Fact) -> Known:
        """A fact with what it is about."""
        return next(known for known in self.known if known.fact is fact)

    # Which facts are about the same thing.

    def _candidates(self, quantity: Quantity, subject: Subject, scene: Scene) -> list[tuple[int, Known]]:
        kinds = {"one in": ("percent",), "share": ("percent",), "decade": ("age",)}.get(quantity.kind, (quantity.kind,))
        # What a duration is of depends on where it stands; all else is the same for the same subject in a sentence.
        key = (scene.sentence_of(quantity.first), quantity.kind, quantity.per, subject)
        if quantity.kind != "duration" and key in self._bearing_on:
            return self._bearing_on[key]
        found = []
        for known in (known for kind in kinds for known in self._by_kind[kind]):
            points = self.bearing.points(known, quantity, subject, scene)
            if points:
                found.append((points, known))
        self._bearing_on[key] = self._closest_topic(found, scene)
        return self._bearing_on[key]

    def same_topic(self, known: Known, subject: Subject) -> bool:
        """Whether place, period, incident and people do not speak against a fact."""
        return self.bearing.same_topic(known, subject)

    def same_place(self, known: Known, subject: Subject) -> bool:
        """Whether the place named does not speak against a fact."""
        return self.bearing.same_place(known, subject)

    def same_count(self, known: Known, subject: Subject) -> bool:
        """Whether a fact counts just these shots, wounds or officers."""
        return self.bearing.same_count(known, subject)

    def _closest_topic(self, found: list[tuple[int, Known]], scene: Scene) -> list[tuple[int, Known]]:
        """Of facts about several incidents, those of the one that the article names most."""
        incidents = {known.incident for _, known in found}
        if len(incidents) < 2:
            return found
        score = {known.incident: scene.named(known.subject.names) for _, known in found}
        best = max(score.values())
        return [one for one in found if score[one[1].incident] == best or not one[1].incident]

    # Whether the words are true of them.

    def _weigh(self, quantity: Quantity, found: list[tuple[int, Known]], scene: Scene) -> Verdict:
        """As `_weighed` says; of words that say the same against the same facts once only."""
        key = (quantity.kind, quantity.written, quantity.per, quantity.scale, quantity.direction,
               scene.describe(quantity).basis, tuple((points, id(known)) for points, known in found))  # fmt: skip
        if key not in self._weights:
            self._weights[key] = self._weighed(quantity, found, scene)
        return self._weights[key]

    def _weighed(self, quantity: Quantity, found: list[tuple[int, Known]], scene: Scene) -> Verdict:
        """By the facts for which most speaks: one that fits is meant before one that does not, within `SLACK`."""
        if quantity.written.bounds:
            # A bound on a year's count is no bound on that of a longer time.
            years = scene.describe(quantity).years
            found = [one for one in found if years and one[1].subject.years == years] or found
        groups: dict[tuple, list[Known]] = defaultdict(list)
        points: dict[tuple, int] = defaultdict(int)
        for speaks, known in found:
            key = known.fact.name, known.incident, known.fact.place, known.fact.period
            groups[key].append(known)
            points[key] = max(points[key], speaks)
        likely = [key for key in groups if points[key] >= max(points.values()) - SLACK]
        if quantity.written.bounds and quantity.written.low > 0:
            # Many numbers are "fewer than 900"; who says so has the nearest in mind.
            likely = [min(likely, key=lambda key: (_apart(groups[key][0].value, quantity.written.low), -points[key]))]
        verdicts = [(points[key], self._weigh_group(quantity, groups[key], scene)) for key in likely]
        order = ("supported", "rounded", "conflicting sources", "contradicted", "unsupported")
        return min(verdicts, key=lambda one: (order.index(one[1].status) if one[1].status in GOOD else 9, -one[0]))[1]

    def _weigh_group(self, quantity: Quantity, group: list[Known], scene: Scene) -> Verdict:
        """The verdict against facts of one name, which several sources may state differently."""
        basis = scene.describe(quantity).basis
        group = [known for known in group if basis and known.fact.basis == basis] or group
        results = [self._against(quantity, known) for known in group]
        first = group[0]
        own = [result for known, result in zip(group, results, strict=True) if known.fact.basis == first.fact.basis]
        good = FITS
        facts = tuple(known.fact for known in group)
        if all(status in good for status, _ in own):
            status, working = own[0]
            working += "".join(f"; {said(known.fact)}" for known in group[1:] if known.fact.basis == first.fact.basis)
            others = [known.fact for known in group if known.fact.basis != first.fact.basis]
            working += "".join(f"; counted another way ({fact.basis or 'not said'}): {said(fact)}" for fact in others)
            return Verdict(status, working, facts, first.fact.value)
        # A bound that only another way of counting meets takes no side: it is false of the count that is meant.
        bound = quantity.written.bounds
        if any(status in good for status, _ in (own if bound else results)):
            sides = "; ".join(said(known.fact) for known in group)
            return Verdict("conflicting sources", f"sources disagree: {sides}", facts, first.fact.value)
        status, working = results[0]
        working += "".join(f"; {known.fact} ({known.fact.source})" for known in group[1:])
        return Verdict(status, working, facts, first.fact.value)

    def _against(self, quantity: Quantity, known: Known) -> tuple[str, str]:
        """Status and working of a claim against one fact."""
        fact, written, value = known.fact, quantity.written, known.value
        shown = f"{fact.name}: {fact}" + (f" ({fact.source})" if fact.source else "")
        if quantity.kind in ("share", "one in"):
            value = value / 100
        if quantity.kind == "one in":
            return self._one_in(quantity, value, fact.qualifier, shown)
        if quantity.kind == "rate":
            size = quantity.per[0] if quantity.per else 1.0
            value = value * size
        if quantity.kind == "change":
            if quantity.direction * value < 0:
                return "contradicted", f"{shown}: the other direction"
            value = abs(value)
        if quantity.kind == "age":
            value = float(int(value + 1e-9))
        return judge(written, value, fact.qualifier, quantity.scale, shown)

    def _one_in(self, quantity: Quantity, share: float, qualifier: str, shown: str) -> tuple[str, str]:
        """ "One in seven" is rounded as seven is; "more than one in seven" bounds the share."""
        written = quantity.written
        if written.hedge in ("", "about", "exactly") and share:
            return judge(written, 1 / share, hedges.turned(qualifier), 1.0, shown)
        part = replace(written, low=1 / written.low, high=1 / written.low)
        return judge(part, share, qualifier, 1.0, shown)

    def _weigh_derived(self, quantity: Quantity, worked: list[derived.Worked]) -> Verdict:
        results = [
            self._one_in(quantity, item.value, item.qualifier, item.working) if quantity.kind == "one in"
            else judge(quantity.written, item.value, item.qualifier, quantity.scale, item.working)
            for item in worked
        ]  # fmt: skip
        good = FITS
        status, working = results[0]
        if status in good:
            return Verdict(status, working, worked[0].facts, round(worked[0].value, 6))
        bound = quantity.written.bounds
        for item, (other, text) in zip(worked[1:], results[1:], strict=True):
            same_basis = [fact.basis for fact in item.facts] == [fact.basis for fact in worked[0].facts]
            if other in good and (same_basis or not bound):
                return Verdict("conflicting sources", f"{text}; but {working}", item.facts, round(item.value, 6))
        return Verdict(status, working, worked[0].facts, round(worked[0].value, 6))


def _apart(value: float, number: float) -> float:
    """How many times one number is the other."""
    return abs(math.log(value / number)) if value > 0 < number else math.inf


def judge(written: hedges.Written, value: float, qualifier: str, scale: float, shown: str) -> tuple[str, str]:
    """Status and working of words against a value of record; both in the base unit, ``scale`` the claim's own unit."""
    over = hedges.beyond(written, value, qualifier)
    if over:
        wide = "contradicted" if _impossible(written, value, qualifier) else "unsupported"
        return wide, f"{shown}: {over}"
    if written.low > 0 and value > 0 and written.bounds and qualifier != "at_most":
        times = value / written.low if written.hedge in _LOWER else written.low / value
        if times > FAR or (times > FURTHER and abs(value - written.low) > _round(written.low / scale) * scale):
            return "unsupported", f"{shown}: true, but so far from the bound that the words say something else"
    if written.bounds and value == 0 and written.low > scale:
        return "unsupported", f"{shown}: none, of which the words would say so"
    status = hedges.fits(written.over(scale), value / scale)
    if not status:
        return "contradicted", f"{shown}"
    note = ""
    if qualifier == "approx" and not written.hedge and written.low == written.high:
        note = "; the source says about"
    return status, shown + note


def _round(number: float) -> float:
    """The power of ten, no less than one, of which a number is a multiple: who bounds by 40 counts by tens; else 0."""
    size = float(number >= 1)
    while size and number >= size * 10 and not number % (size * 10):
        size *= 10
    return size


def _impossible(written: hedges.Written, value: float, qualifier: str) -> bool:
    """Whether a claim lies on the wrong side of a bound of record."""
    if qualifier == "at_least":
        return written.high < value - 1e-9 and written.hedge not in ("at least", "more than", "just over")
    if qualifier == "at_most":
        return written.low > value + 1e-9 and written.hedge not in ("at most", "less than", "nearly")
    return False


def said(fact: Fact) -> str:
    """A fact in words with its source."""
    return f"{say(fact.value, fact.qualifier, fact.unit)}" + (f" ({fact.source})" if fact.source else "")
