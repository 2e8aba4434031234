"""Holding a claim against the facts: which facts are about the same thing, and whether its words are true of them.

A fact is used for a claim only where kind of quantity, subject, restriction, place, period and incident do not differ.
That the digits agree counts for nothing. Of the facts that remain, those of one name and different sources are
weighed together: where they disagree and the claim takes a side, its status is ``conflicting sources``.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import combinations, pairwise, product

from ..facts import Fact
from ..provenance import say
from . import derived, hedges
from .bearing import Bearing, loosened
from .dates import weekday_of
from .known import Known, extras, people
from .lexicon import HEADS
from .occasions import DAY, day_of, lasting, same_occasion, told_of, told_on, wrong_weekday
from .quantities import Quantity
from .subjects import Scene, Subject
from .words import stem

__all__ = ["STATUSES", "Matcher", "Verdict", "said"]

STATUSES = ("supported", "rounded", "contradicted", "conflicting sources", "unsupported", "not a claim")


@dataclass(frozen=True)
class Verdict:
    """A claim's status, the facts it rests on, and the working or reason an editor can follow."""

    status: str
    working: str
    facts: tuple[Fact, ...] = ()
    fact_value: object = None


_BOUNDS = ("more than", "less than", "at least", "at most", "just over")
_MISSED = {"missed", "wide", "astray", "miss"}
CALENDAR = 0.2  # of a gap of days, weeks or months: what "about a month" leaves open
_TOGETHER = {"together", "combined", "add", "adds", "sum", "them"}
_DERIVED = ("rate", "interval", "ratio", "difference", "share", "one in", "percent", "change", "points")
_FITS = ("supported", "rounded")
_GOOD = (*_FITS, "conflicting sources")
# A fact that fits may have this many points less than one that does not, and still be the one that is meant.
SLACK = 1
# Who says "more than 15" of 96, or "fewer than 300" of 96, has another number in mind.
FAR = 3.0
_FIELD = ("officer", "shot", "wound")
_LOWER = ("more than", "at least", "just over")


class Matcher:
    """Holds claims of one article against a list of facts."""

    def __init__(self, facts: list[Fact]):
        self.facts = facts
        self.names, self.extras = people(facts), extras(facts)
        self.known = [Known(fact, self.extras) for fact in facts]
        self.bearing = Bearing(self.known)
        self._weights: dict[tuple, Verdict] = {}
        self._bearing_on: dict[tuple, list[tuple[int, Known]]] = {}
        self._by_kind = self.bearing.by_kind
        self._criteria = [(known, number) for known in self.known for number in known.criteria]

    def verdict(self, quantity: Quantity, scene: Scene) -> Verdict:
        """The verdict on one quantity of a scene."""
        if quantity.reason:
            return self._named(quantity, scene)
        subject = scene.describe(quantity)
        if quantity.kind in ("date", "year"):
            return self._dated(quantity, subject, scene)
        if quantity.kind == "ordinal":
            return self._ordinal(quantity, subject, scene)
        if subject.bare and quantity.kind == "count":
            return Verdict("unsupported", "no word near this number says what it counts")
        lone = (
            self._all_but(quantity, subject, scene)
            or self._missed(quantity, subject, scene)
            or self._held_fire(quantity, subject, scene)
            or self._one_of_them(quantity, subject, scene)
            or self._criterion(quantity, subject)
            or self._sum(quantity, subject, scene)
            or self._days_apart(quantity, subject, scene)
            or self._years_apart(quantity, scene)
        )
        if lone:
            return lone
        found = self._candidates(quantity, subject, scene)
        verdict = self._weigh(quantity, found, scene) if found else None
        each = subject.who == "each" and subject.head in ("shot", "times") and not (verdict and verdict.status in _GOOD)
        if quantity.kind == "count" and each:
            # "Each of them fired ten times, on average": a count for each officer.
            quantity = replace(quantity, kind="rate", per=(1.0, stem("officer")), written=_coarse(quantity.written))
        if quantity.kind in _DERIVED and not (verdict and verdict.status in _GOOD):
            worked = derived.work(quantity, subject, scene, self)
            if worked:
                return self._weigh_derived(quantity, worked)
        picks = subject.singular and scene.low(quantity.number[0]) == "one" and scene.low(quantity.number[1]) == "of"
        if (
            picks
            and subject.head not in (("officer",) if quantity.head is None else _FIELD)
            and not (verdict and verdict.status in _GOOD)
        ):
            return Verdict("not a claim", "'one' picks out one of them here, no count")
        if verdict and verdict.status in _GOOD:
            return verdict
        # Of "four of the officers" it is not said which: that all of them were five speaks against nothing.
        some = quantity.partitive and subject.head == "officer" and not subject.action
        loose = self._as_far_as_said(quantity, subject, scene) if some or not verdict else None
        return loose or verdict or self._nothing(quantity, subject, scene)

    def _as_far_as_said(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
        """Where no fact is about just this: one that the words do not contradict, and only if its value fits.

        What a mismatch would prove is not known here, so that a number which does not fit stays unsupported.
        """
        verb = scene.clauses.right(scene.sentence_of(quantity.first), quantity.last)
        firing = bool(verb and verb.deed in ("fire", "shoot") and not verb.passive)
        if quantity.kind == "duration":
            return self._lasting_untold(quantity, subject, scene)
        if quantity.kind == "rate":
            return self._rate_untold(quantity, subject, scene)
        if quantity.kind == "count" and quantity.head is None:
            return self._told_before(quantity, subject, scene)
        for looser in loosened(subject, quantity, firing) if quantity.kind == "count" else ():
            found = self._candidates(quantity, looser, scene)
            verdict = self._weigh(quantity, found, scene) if found else None
            if verdict and verdict.status in _GOOD:
                return replace(verdict, working=f"{verdict.working}; as far as the words say")
        return None

    def _lasting_untold(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
        """ "It took them 41 seconds": a duration of nothing that its sentence names may be any that is on record."""
        if lasting(quantity, scene, beside=False):
            return None
        for known in self._by_kind["duration"]:
            if known.numeric and self.same_topic(known, subject):
                verdict = self._weigh(quantity, [(1, known)], scene)
                if verdict.status in _FITS:
                    return replace(verdict, working=f"{verdict.working}; as far as the words say")
        return None

    def _held_fire(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
        """ "Four of the seven never fired": those present less those who fired."""
        if subject.action != "held" or quantity.kind != "count":
            return None
        officers = [one for one in self._by_kind["count"] if one.subject.head == "officer" and not one.subject.restrict
                    and self.same_topic(one, subject)]  # fmt: skip
        fired = [one for one in officers if one.subject.action == "fire"]
        came = [one for one in officers if one.subject.action in ("stop", "") and one not in fired]
        for whole, part in product(came, fired):
            if whole.fact.incident == part.fact.incident:
                shown = f"{said(whole.fact)} - {said(part.fact)}"
                status, working = judge(quantity.written, whole.value - part.value, "exact", 1.0, shown)
                return Verdict(status, working, (whole.fact, part.fact), whole.value - part.value)
        return None

    def _missed(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
        """ "Two of the shots missed": those fired less those that hit."""
        sentence = scene.sentences[scene.sentence_of(quantity.first)]
        behind = {scene.low(at) for at in range(quantity.last, min(quantity.last + 3, sentence.last))}
        if quantity.kind != "count" or subject.head not in ("shot", "times", "wound", "") or not behind & _MISSED:
            return None
        fired = [one for one in self._by_kind["count"] if one.subject.head == "shot" and not one.subject.restrict
                 and one.subject.who != "other" and self.same_topic(one, subject)]  # fmt: skip
        hits = [one for one in self._by_kind["count"] if one.subject.head == "wound" and self.same_topic(one, subject)]
        pairs = [(one, two) for one, two in product(fired, hits) if one.fact.incident == two.fact.incident]
        verdicts = []
        for one, two in pairs:
            shown = f"{said(one.fact)} - {said(two.fact)}"
            vague = "approx" in (one.fact.qualifier, two.fact.qualifier)
            status, working = judge(quantity.written, one.value - two.value, "approx" if vague else "exact", 1.0, shown)
            verdicts.append(Verdict(status, working, (one.fact, two.fact), one.value - two.value))
        return next((one for one in verdicts if one.status in _FITS), verdicts[0] if verdicts else None)

    def _rate_untold(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
        """ "The rate was 6.57 per million for Black residents": of what, the article told earlier."""
        for known in self._by_kind["rate"]:
            same = known.per == (quantity.per or ("", ""))[1] == "person" and self.same_topic(known, subject)
            told = replace(subject, actions=subject.actions | {"kill"})
            if same and self.bearing.same_contrasts(known, told, ordered=False):
                verdict = self._weigh(quantity, [(1, known)], scene)
                if verdict.status in _FITS and quantity.written.hedge in ("", "about", "nearly"):
                    return replace(verdict, working=f"{verdict.working}; as far as the words say")
        return None

    def _told_before(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
        """ "The largest number was 89": a fact of this very value, half of whose words were told just before."""
        number = scene.sentence_of(quantity.first)
        before = range(max(0, number - 2), number + 1)
        asked = replace(subject, stems=frozenset().union(*(scene.stems(near) for near in before)),
                        actions=subject.actions.union(*(scene.clauses.tags(near) for near in before)))  # fmt: skip
        if subject.head in _FIELD and subject.who or quantity.written.low < 20 or quantity.written.hedge:
            return None
        for known in self._by_kind["count"]:
            fits = known.numeric and known.value == quantity.written.low and self.same_topic(known, asked)
            if fits and self.bearing.covers(known.subject, asked, 0.5):
                verdict = self._weigh(quantity, [(1, known)], scene)
                if verdict.status in _FITS:
                    return replace(verdict, working=f"{verdict.working}; as told before it")
        return None

    def _all_but(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
        """ "All but one of them fired": the whole less the number, where a fact counts such a whole."""
        first = quantity.first
        if quantity.kind != "count" or (scene.low(first - 2), scene.low(first - 1)) != ("all", "but"):
            return None
        if subject.head != "officer":
            return None
        asked = replace(subject, singular=False)
        wholes = [one for _, one in self._candidates(quantity, replace(asked, action="", definite=True), scene)]
        parts = [one for _, one in self._candidates(quantity, asked, scene)]
        for whole, part in product(wholes, parts):
            if whole is not part and whole.fact.incident == part.fact.incident:
                left = replace(quantity.written, low=whole.value - quantity.written.low,
                               high=whole.value - quantity.written.low)  # fmt: skip
                shown = f"{said(whole.fact)} - {quantity.written.low:g}; {part.fact.name}: {said(part.fact)}"
                status, working = judge(left, part.value, part.fact.qualifier, 1.0, shown)
                if status in _FITS or part is parts[-1]:
                    return Verdict(status, working, (whole.fact, part.fact), part.value)
        return None

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

    def same_count(self, known: Known, subject: Subject) -> bool:
        """Whether a fact counts just these shots, wounds or officers."""
        return self.bearing.same_count(known, subject)

    def _closest_topic(self, found: list[tuple[int, Known]], scene: Scene) -> list[tuple[int, Known]]:
        """Of facts about several incidents, those of the one that the article names most."""
        incidents = {known.fact.incident for _, known in found}
        if len(incidents) < 2:
            return found
        score = {known.fact.incident: scene.named(known.subject.names) for _, known in found}
        best = max(score.values())
        return [one for one in found if score[one[1].fact.incident] == best or not one[1].fact.incident]

    def _criterion(self, quantity: Quantity, subject: Subject) -> Verdict | None:
        """``fewer than five shots`` in the very words of a fact: what it counts, and no number of its own."""
        if quantity.kind != "count" or quantity.head is None:
            return None
        for known, number in self._criteria:
            same = (number.written.low, number.written.hedge) == (quantity.written.low, quantity.written.hedge)
            noun = {stem(number.unit)} & subject.nouns or number.unit == quantity.unit
            plain = number.written.hedge in ("", "about")
            if plain and HEADS.get(stem(number.unit)):
                continue  # "the 13 wounds" may be another's; "the 94 places" and "fewer than five shots" are its terms
            if same and noun and self.same_topic(known, subject):
                shown = f"part of what {known.fact.name} counts: {known.fact.counts}"
                return Verdict("supported", shown, (known.fact,), known.fact.value)
        return None

    def _one_of_them(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
        """``One officer fired at least 50 rounds`` picks out an officer: it counts those whose share is told."""
        officer = subject.singular and subject.head == "officer" and subject.action in ("fire", "")
        if not officer or quantity.kind != "count" or quantity.written.hedge:
            return None
        for other in scene.siblings(quantity):
            if other is quantity or other.reason or other.kind not in ("count", "share", "percent", "one in"):
                continue
            whose = scene.describe(other)
            if other.kind != "count":
                whose = replace(whose, head="shot", action="fire", who="one officer", restrict=frozenset())
            if whose.head == "shot" and whose.who == "one officer":
                share = next((known for known in self.known if known.numeric and self.same_count(known, whose)), None)
                if share:
                    shown = f"the one officer of {share.fact.name}: {said(share.fact)}"
                    return Verdict("supported", shown, (share.fact,), 1)
        return None

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
        groups: dict[tuple, list[Known]] = defaultdict(list)
        points: dict[tuple, int] = defaultdict(int)
        for speaks, known in found:
            key = known.fact.name, known.fact.incident, known.fact.place, known.fact.period
            groups[key].append(known)
            points[key] = max(points[key], speaks)
        likely = [key for key in groups if points[key] >= max(points.values()) - SLACK]
        if quantity.written.hedge in _BOUNDS and quantity.written.low > 0:
            # Many numbers are "fewer than 900"; who says so has the nearest in mind.
            likely = [min(likely, key=lambda key: (_apart(groups[key][0].value, quantity.written.low), -points[key]))]
        verdicts = [(points[key], self._weigh_group(quantity, groups[key], scene)) for key in likely]
        order = ("supported", "rounded", "conflicting sources", "contradicted", "unsupported")
        return min(verdicts, key=lambda one: (order.index(one[1].status) if one[1].status in _GOOD else 9, -one[0]))[1]

    def _weigh_group(self, quantity: Quantity, group: list[Known], scene: Scene) -> Verdict:
        """The verdict against facts of one name, which several sources may state differently."""
        basis = scene.describe(quantity).basis
        group = [known for known in group if basis and known.fact.basis == basis] or group
        results = [self._against(quantity, known) for known in group]
        first = group[0]
        own = [result for known, result in zip(group, results, strict=True) if known.fact.basis == first.fact.basis]
        good = _FITS
        facts = tuple(known.fact for known in group)
        if all(status in good for status, _ in own):
            status, working = own[0]
            working += "".join(f"; {said(known.fact)}" for known in group[1:] if known.fact.basis == first.fact.basis)
            others = [known.fact for known in group if known.fact.basis != first.fact.basis]
            working += "".join(f"; counted another way ({fact.basis or 'not said'}): {said(fact)}" for fact in others)
            return Verdict(status, working, facts, first.fact.value)
        # A bound that only another way of counting meets takes no side: it is false of the count that is meant.
        bound = quantity.written.hedge not in ("", "about", "nearly", "exactly")
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
        good = _FITS
        status, working = results[0]
        if status in good:
            return Verdict(status, working, worked[0].facts, round(worked[0].value, 6))
        bound = quantity.written.hedge not in ("", "about", "nearly", "exactly")
        for item, (other, text) in zip(worked[1:], results[1:], strict=True):
            same_basis = [fact.basis for fact in item.facts] == [fact.basis for fact in worked[0].facts]
            if other in good and (same_basis or not bound):
                return Verdict("conflicting sources", f"{text}; but {working}", item.facts, round(item.value, 6))
        return Verdict(status, working, worked[0].facts, round(worked[0].value, 6))

    # Dates, years, ordinals, names.

    def _dated(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict:
        when = quantity.date
        dated = [known for known in self._by_kind["date"] if same_occasion(known, quantity, subject, scene)]
        if when.kind == "date" and not dated and told_on(quantity, scene) == "filed":
            # "The action was filed on April 24": what was filed that day, on record.
            dated = [known for known in self._by_kind["date"] if "sue" in known.subject.actions
                     and when.agrees(str(known.fact.value)) and self.same_topic(known, subject)]  # fmt: skip
        dated = [known for known in dated if not (known.fact.incident and subject.names and known.subject.names
                                                  and not subject.names & known.subject.names)]  # fmt: skip
        for known in dated:
            if when.agrees(str(known.fact.value)):
                weekday = weekday_of(scene.words, quantity.first)
                wrong = wrong_weekday(weekday, str(known.fact.value))
                shown = f"{known.fact.name}: {known.fact.value} ({known.fact.source})"
                if wrong:
                    return Verdict("contradicted", f"{shown}: {wrong}", (known.fact,), known.fact.value)
                return Verdict("supported", shown, (known.fact,), known.fact.value)
        if when.kind == "year":
            period = self._period(quantity, scene) or self._since(quantity, subject, scene)
            if period:
                return Verdict("supported", f"the period of {period.name}: {period.period}", (period,), period.period)
        held = (
            when.kind == "date"
            and when.year
            and not any(known.fact.incident and known.subject.names & subject.names for known in dated)
        )
        days = [known for known in self.known if day_of(known.fact.period)]
        for known in days if held and told_on(quantity, scene) == "" else ():
            # "On July 6, 2016, an officer killed Castile": the day to which a fact about Castile belongs.
            if when.agrees(known.fact.period) and self.same_topic(known, subject):
                shown = f"the day of {known.fact.name}: {known.fact.period}"
                return Verdict("supported", shown, (known.fact,), known.fact.period)
        if dated:
            fact = dated[0].fact
            return Verdict("contradicted", f"{fact.name}: {fact.value} ({fact.source})", (fact,), fact.value)
        return Verdict("unsupported", "no fact gives this date for what the sentence tells")

    def _period(self, quantity: Quantity, scene: Scene) -> Fact | None:
        """The fact whose period a year names: one that another number of the sentence rests on."""
        for other in scene.siblings(quantity):
            if other.reason or other.kind in ("date", "year", "clock"):
                continue
            for fact in self.verdict(other, scene).facts:
                years = Known(fact).subject.years
                if quantity.date.year in years and self._bounds_right(quantity, scene, years):
                    return fact
        return None

    def _since(self, quantity: Quantity, subject: Subject, scene: Scene) -> Fact | None:
        """The fact that begins with, or is of, the year after "since": "more than in any year since 2015"."""
        if scene.low(quantity.first - 1) != "since":
            return None
        of_year = (known for known in self.known if not known.fact.incident and known.subject.years)
        return next((known.fact for known in of_year if min(known.subject.years) == quantity.date.year), None)

    def _bounds_right(self, quantity: Quantity, scene: Scene, years: frozenset[int]) -> bool:
        """Whether a year that opens or closes a period ("between 2004 and 2023") is the fact's first or last."""
        near = [other.first for other in scene.siblings(quantity) if other.kind == "year" and other is not quantity]
        opens, closes = quantity.last + 1 in near, quantity.first - 2 in near
        if not opens and not closes:
            return True
        between = scene.low(quantity.last if opens else quantity.first - 1)
        if between not in ("and", "to", "through", "until", "-", "–"):
            return True
        if between == "and" and scene.low(quantity.first - (1 if opens else 3)) != "between":
            return True
        return quantity.date.year == (min(years) if opens else max(years))

    def _ordinal(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict:
        """``the 96th shot`` says that there were as many at the least."""
        counted = replace(quantity, kind="count")
        about = scene.describe(counted)
        found = self._candidates(counted, about, scene)
        if not found:
            return Verdict("not a claim", f"a place in an order, and no fact counts {quantity.unit}")
        enough = replace(counted, written=replace(quantity.written, hedge="at least"))
        verdict = self._weigh(enough, found, scene)
        # "A fifth officer was struck": what one did, not all five.
        whole = self._candidates(counted, replace(about, action="", definite=True), scene)
        held = self._weigh(enough, whole, scene) if whole and about.head == "officer" else verdict
        return held if held.status in _GOOD else verdict

    def _named(self, quantity: Quantity, scene: Scene) -> Verdict:
        """A number that is a name: told apart, unless the record knows that name with another number only."""
        shown = scene.text[quantity.start : quantity.end]
        words = shown.lower().split()
        if len(words) == 2 and quantity.kind == "name" and words[0].isalpha() and words[1].isdigit():
            told = [f"{known.fact.value} {known.fact.counts}".lower().replace(".", "").split() for known in self.known]
            pairs = {(one, two) for text in told for one, two in pairwise(text) if two.isdigit()}
            known_numbers = {two for one, two in pairs if one == words[0]}
            if known_numbers and words[1] not in known_numbers:
                listed = ", ".join(f"{words[0].capitalize()} {number}" for number in sorted(known_numbers))
                return Verdict("unsupported", f"a name, but the record knows only {listed}")
        return Verdict("not a claim", quantity.reason)

    def _sum(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
        """``Together they were hit 47 times``: the sum over those of whom each has a fact of the kind."""
        if quantity.kind != "count" or subject.head not in ("wound", "shot", "times"):
            return None
        said_together = scene.lows(scene.sentence_of(quantity.first)) & _TOGETHER
        if not said_together or said_together == {"them"}:
            return None
        parts = [
            known for known in self._by_kind["count"]
            if known.subject.who.startswith("person:") and known.subject.head in (subject.head, "wound")
            and self.same_topic(known, subject) and known.fact.qualifier == "exact"
        ]  # fmt: skip
        if len(parts) < 2 or len({known.fact.incident for known in parts}) > 1:
            return None
        total = sum(known.value for known in parts)
        working = " + ".join(f"{known.fact} [{known.fact.name}]" for known in parts) + f" = {total:,.10g}"
        status, working = judge(quantity.written, total, "exact", 1.0, working)
        return Verdict(status, working, tuple(known.fact for known in parts), total)

    def _days_apart(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
        """``Sued a month after the shooting``: between two dates of record of which the sentence tells."""
        if quantity.kind != "duration" or quantity.scale < DAY:
            return None
        if scene.low(quantity.last) not in ("after", "later", "before", "earlier", "from", "since"):
            return None
        days = [(known, parsed) for known in self._by_kind["date"] if (parsed := day_of(known.fact.value))]
        told = [one for one in days if self.same_topic(one[0], subject) and told_of(one[0], subject)]
        for (one, first), (other, second) in combinations(told, 2):
            if one.fact.incident == other.fact.incident and first != second:
                apart = abs((second - first).days)
                shown = f"{one.fact.value} [{one.fact.name}] to {other.fact.value} [{other.fact.name}]: {apart} days"
                status, working = judge(quantity.written, apart * DAY, "exact", quantity.scale, shown)
                off = abs(apart * DAY - quantity.written.low)
                if quantity.written.hedge == "about" and off <= CALENDAR * apart * DAY:
                    status = "rounded"  # "about a month later" is five weeks
                return Verdict(status, working, (one.fact, other.fact), apart)
        return None

    def _years_apart(self, quantity: Quantity, scene: Scene) -> Verdict | None:
        """``Eight years earlier``: between two years that the article names."""
        number = scene.sentence_of(quantity.first)
        if quantity.kind != "duration" or scene.low(quantity.last) not in ("earlier", "later", "before", "after"):
            return None
        near = [q for n in range(max(0, number - 8), number + 1) for q in scene.in_sentence(n)]
        years = sorted({q.date.year for q in near if q.date and q.date.year})
        span = quantity.written.low / 31557600.0
        pair = next(((one, two) for one in years for two in years if two - one == span), None)
        return Verdict("not a claim", f"from {pair[0]} to {pair[1]}, as the article says") if pair else None

    def _nothing(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict:
        lone = subject.singular and quantity.kind == "count" and scene.words[quantity.number[0]].low == "one"
        if lone and quantity.unit in ("man", "woman", "person", "driver", "motorist") and "kill" in subject.actions:
            return Verdict("not a claim", "'one' introduces who was killed, no count")
        stressed = scene.low(quantity.first - 1) in ("only", "just", "but")
        number = scene.sentence_of(quantity.first)
        hurt = any(verb.deed in ("hit", "shoot", "kill") for verb in scene.clauses.predicates(number))
        idle = (subject.head == "officer" and subject.action in ("", "stop")) or (
            (subject.head in ("person", "dead") or subject.head not in HEADS.values()) and not hurt
        )
        if lone and not stressed and (not subject.head or idle):
            return Verdict("not a claim", "'one' picks out one of them here, no count")
        what = quantity.unit or stem(subject.head) or "this number"
        about = " ".join(part for part in (
            f"of {subject.who.removeprefix('named:')}" if subject.who else "",
            f"({subject.action})" if subject.action else "",
            f"({', '.join(sorted(subject.restrict))})" if subject.restrict else "",
        ) if part)  # fmt: skip
        return Verdict("unsupported", f"no fact about {what}{' ' + about if about else ''} as the sentence tells it")


def _coarse(written: hedges.Written) -> hedges.Written:
    return replace(written, hedge=written.hedge or "about")


def _apart(value: float, number: float) -> float:
    """How many times one number is the other."""
    return abs(math.log(value / number)) if value > 0 else math.inf


def judge(written: hedges.Written, value: float, qualifier: str, scale: float, shown: str) -> tuple[str, str]:
    """Status and working of words against a value of record; both in the base unit, ``scale`` the claim's own unit."""
    over = hedges.beyond(written, value, qualifier)
    if over:
        wide = "contradicted" if _impossible(written, value, qualifier) else "unsupported"
        return wide, f"{shown}: {over}"
    if written.low > 0 and value > 0 and written.hedge in _BOUNDS and qualifier != "at_most":
        times = value / written.low if written.hedge in _LOWER else written.low / value
        if times > FAR:
            return "unsupported", f"{shown}: true, but so far from the bound that the words say something else"
    own = replace(written, low=written.low / scale, high=written.high / scale, step=written.step / scale)
    status = hedges.fits(own, value / scale)
    if not status:
        return "contradicted", f"{shown}"
    note = ""
    if qualifier == "approx" and not written.hedge and written.low == written.high:
        note = "; the source says about"
    return status, shown + note


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
