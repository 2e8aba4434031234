"""Holding a claim against the facts: which facts are about the same thing, and whether its words are true of them.

A fact is used for a claim only where kind of quantity, subject, restriction, place, period and incident do not differ.
That the digits agree counts for nothing. Of the facts that remain, those of one name and different sources are
weighed together: where they disagree and the claim takes a side, its status is ``conflicting sources``.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise

from ..facts import Fact
from ..provenance import say
from . import derived, hedges
from .dates import weekday_of
from .known import Known, extras, people
from .lexicon import ACTIONS, HEADS
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


_GENERIC_KINDS = ("percent", "points", "ratio", "change", "money", "length", "rate", "interval")
_RESTRICTING = ("race", "sex", "arms", "age group", "statistic")
_DERIVED = ("rate", "interval", "ratio", "difference", "share", "one in", "percent", "change", "points")
# People killed, killings and fatal shootings are counted as one another; so are people shot and shootings.
_KILLED = {"person", "killing", "shooting"}


class Matcher:
    """Holds claims of one article against a list of facts."""

    def __init__(self, facts: list[Fact]):
        self.facts = facts
        self.known = [Known(fact) for fact in facts]
        self.names, self.extras = people(facts), extras(facts)
        self._verdicts: dict[int, Verdict] = {}
        self._by_kind: dict[str, list[Known]] = defaultdict(list)
        for known in self.known:
            self._by_kind[known.kind].append(known)

    def verdict(self, quantity: Quantity, scene: Scene) -> Verdict:
        """The verdict on one quantity of a scene."""
        if quantity.reason:
            return self._named(quantity, scene)
        subject = scene.describe(quantity)
        if quantity.kind in ("date", "year"):
            return self._dated(quantity, subject, scene)
        if quantity.kind == "ordinal":
            return self._ordinal(quantity, subject, scene)
        lone = self._one_of_them(quantity, subject, scene)
        if lone:
            return lone
        found = self._candidates(quantity, subject, scene)
        if found:
            return self._weigh(quantity, found, scene)
        if quantity.kind in _DERIVED:
            worked = derived.work(quantity, subject, scene, self)
            if worked:
                return self._weigh_derived(quantity, worked)
        return self._nothing(quantity, subject, scene)

    # Which facts are about the same thing.

    def _candidates(self, quantity: Quantity, subject: Subject, scene: Scene) -> list[Known]:
        kinds = {"one in": ("percent",), "share": ("percent",), "decade": ("age",)}.get(quantity.kind, (quantity.kind,))
        found = [
            known for kind in kinds for known in self._by_kind[kind] if self.about(known, quantity, subject, scene)
        ]
        return self._closest_topic(found, subject, scene)

    def about(self, known: Known, quantity: Quantity, subject: Subject, scene: Scene) -> bool:
        """Whether a fact is about what the claim is about."""
        if not known.numeric or not self.same_topic(known, subject):
            return False
        fact = known.subject
        if quantity.kind == "age":
            return fact.who == ("other" if subject.who == "" else subject.who)
        if quantity.kind == "duration":
            return self._same_event(known, subject, quantity, scene)
        if quantity.kind == "count" and {fact.head, subject.head} & {"shot", "wound", "officer", "reload"}:
            return self.same_count(known, subject)
        if quantity.kind == "rate" and known.per != (quantity.per or ("", ""))[1]:
            return False
        if quantity.kind == "rate" and fact.head == "shot" and subject.head == "shot":
            return self._same_who(fact, subject) and fact.restrict == subject.restrict
        return self._generic(known, quantity, subject, scene)

    def same_topic(self, known: Known, subject: Subject) -> bool:
        """Whether place, period, incident and the people named do not speak against a fact."""
        fact = known.subject
        if subject.places and fact.places and not subject.places & fact.places:
            return False
        if subject.years and fact.years and not subject.years & fact.years:
            return False
        if subject.who.startswith("named:"):
            return False
        return not (known.fact.incident and subject.names and fact.names and not subject.names & fact.names)

    def same_count(self, known: Known, subject: Subject) -> bool:
        """Whether a fact counts the same shots, wounds or officers: same head, doer, deed and restriction."""
        fact = known.subject
        if fact.head != subject.head or fact.restrict != subject.restrict or _statistic(fact) != _statistic(subject):
            return False
        if subject.head in ("shot", "wound"):
            if subject.restrict == {"still"} and {fact.who, subject.who} <= {"police", "one officer"}:
                return True
            named_officer = fact.who.startswith("person:") and subject.who == "one officer" and known.by_officer
            return self._same_who(fact, subject) or named_officer or self._only_one_fired(known, subject)
        if subject.head == "officer":
            return subject.action == fact.action if subject.action else subject.definite
        return True

    def _same_who(self, fact: Subject, subject: Subject) -> bool:
        return (fact.who or "police") == (subject.who or "police")

    def _only_one_fired(self, known: Known, subject: Subject) -> bool:
        """Whether "an officer" and "police" are the same, since one officer alone fired in the incident."""
        if {known.subject.who or "police", subject.who} != {"police", "one officer"} or subject.head != "shot":
            return False
        same = [other for other in self._by_kind["count"] if other.fact.incident == known.fact.incident]
        fired = [other.value for other in same if other.subject.head == "officer" and other.subject.action == "fire"]
        alone = not any(other.subject.who == "one officer" or other.subject.who.startswith("person:") for other in same)
        # Where the record says neither how many officers fired nor what one of them did, the two cannot be told apart.
        return fired == [1] if fired else alone

    def _same_event(self, known: Known, subject: Subject, quantity: Quantity, scene: Scene) -> bool:
        """Whether a duration is of the same event: for a span of fire, the sentence must speak of firing."""
        fact = known.subject
        if fact.action == "fire":
            return derived.firing_time(quantity, subject, scene)
        return self._covers(fact, subject, 0.5)

    def _generic(self, known: Known, quantity: Quantity, subject: Subject, scene: Scene) -> bool:
        """For what the field's tables do not name: same noun, same contrasts, and most of the fact's words."""
        fact = known.subject
        if not self._same_contrasts(known, subject, ordered=quantity.kind == "ratio"):
            return False
        if fact.restrict != subject.restrict:
            return False
        if quantity.kind == "count":
            if not subject.head and fact.years:
                return subject.years == fact.years and self._covers(fact, subject, 0.6)
            if not self._same_head(fact, subject):
                return False
            others = fact.stems - {fact.head} - {word for word in fact.stems if HEADS.get(word) == fact.head}
            return not others or bool(others & subject.stems) or bool(self._tags(others) & subject.actions)
        if quantity.kind in ("share", "one in"):
            return self._covers(fact, subject, 0.6)
        if quantity.kind == "change" and known.value and quantity.direction * known.value < 0:
            return self._covers(fact, subject, 0.5)
        return self._covers(fact, subject, 0.5)

    def _same_head(self, fact: Subject, subject: Subject) -> bool:
        if fact.head == subject.head:
            return True
        if {fact.head, subject.head} <= _KILLED and fact.head and subject.head:
            return ("kill" in fact.actions) == ("kill" in subject.actions) and "fire" not in (
                {fact.action} - fact.actions)  # fmt: skip
        return bool(subject.head) and subject.head in fact.stems and fact.head not in HEADS.values()

    def _tags(self, words: frozenset[str]) -> frozenset[str]:
        return frozenset(ACTIONS[word] for word in words if word in ACTIONS)

    def _same_contrasts(self, known: Known, subject: Subject, ordered: bool) -> bool:
        fact = known.subject
        for contrast in (*_RESTRICTING, "outcome"):
            mine = [side for name, side in fact.contrasts if name == contrast]
            theirs = [side for name, side in subject.contrasts if name == contrast]
            if contrast == "outcome":
                if mine and not theirs and "kill" not in subject.actions:
                    return False
                continue
            if contrast == "sex" and not mine:
                continue
            if set(mine) != set(theirs) and (mine or contrast in _RESTRICTING):
                return False
            if ordered and len(mine) > 1 and mine != theirs:
                return False
        return True

    def _covers(self, fact: Subject, subject: Subject, share: float) -> bool:
        """Whether the sentence speaks of at least ``share`` of the fact's words, and of one at the least."""
        if not fact.stems:
            return False
        tags = self._tags(fact.stems)
        met = {word for word in fact.stems if word in subject.stems or (
            self._tags(frozenset({word})) & subject.actions if tags else False)}  # fmt: skip
        return len(met) >= max(1, share * len(fact.stems))

    def _closest_topic(self, found: list[Known], subject: Subject, scene: Scene) -> list[Known]:
        """Of facts about several incidents, those of the one that the article names."""
        incidents = {known.fact.incident for known in found}
        if len(incidents) < 2:
            return found
        low = scene.text.lower()
        score = {known.fact.incident: sum(low.count(name) for name in known.subject.names) for known in found}
        best = max(score.values())
        return [known for known in found if score[known.fact.incident] == best or not known.fact.incident]

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

    def _weigh(self, quantity: Quantity, found: list[Known], scene: Scene) -> Verdict:
        groups: dict[tuple, list[Known]] = defaultdict(list)
        for known in found:
            groups[known.fact.name, known.fact.incident, known.fact.place, known.fact.period].append(known)
        verdicts = [self._weigh_group(quantity, group, scene) for group in groups.values()]
        order = ("supported", "rounded", "conflicting sources", "contradicted", "unsupported")
        return min(verdicts, key=lambda verdict: order.index(verdict.status))

    def _weigh_group(self, quantity: Quantity, group: list[Known], scene: Scene) -> Verdict:
        """The verdict against facts of one name, which several sources may state differently."""
        basis = scene.describe(quantity).basis
        group = [known for known in group if basis and known.fact.basis == basis] or group
        results = [self._against(quantity, known) for known in group]
        first = group[0]
        own = [result for known, result in zip(group, results, strict=True) if known.fact.basis == first.fact.basis]
        good = ("supported", "rounded")
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
        good = ("supported", "rounded")
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
        dated = [known for known in self._by_kind["date"] if derived.same_occasion(known, quantity, subject, scene)]
        dated = [known for known in dated if not (known.fact.incident and subject.names and known.subject.names
                                                  and not subject.names & known.subject.names)]  # fmt: skip
        for known in dated:
            if when.agrees(str(known.fact.value)):
                weekday = weekday_of(scene.words, quantity.first)
                wrong = derived.wrong_weekday(weekday, str(known.fact.value))
                shown = f"{known.fact.name}: {known.fact.value} ({known.fact.source})"
                if wrong:
                    return Verdict("contradicted", f"{shown}: {wrong}", (known.fact,), known.fact.value)
                return Verdict("supported", shown, (known.fact,), known.fact.value)
        if when.kind == "year":
            period = self._period(quantity, scene)
            if period:
                return Verdict("supported", f"the period of {period.name}: {period.period}", (period,), period.period)
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
                if quantity.date.year in Known(fact).subject.years:
                    return fact
        return None

    def _ordinal(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict:
        """``the 96th shot`` says that there were as many at the least."""
        counted = replace(quantity, kind="count")
        found = self._candidates(counted, scene.describe(counted), scene)
        if not found:
            return Verdict("not a claim", f"a place in an order, and no fact counts {quantity.unit}")
        enough = replace(counted, written=replace(quantity.written, hedge="at least"))
        return self._weigh(enough, found, scene)

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

    def _nothing(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict:
        lone = subject.singular and quantity.kind == "count" and scene.words[quantity.number[0]].low == "one"
        stressed = scene.low(quantity.first - 1) in ("only", "just", "but")
        if (
            lone
            and not stressed
            and (not subject.head or (subject.head == "officer" and subject.action in ("", "stop")))
        ):
            return Verdict("not a claim", "'one' picks out one of them here, no count")
        what = quantity.unit or stem(subject.head) or "this number"
        about = " ".join(part for part in (
            f"of {subject.who.removeprefix('named:')}" if subject.who else "",
            f"({subject.action})" if subject.action else "",
            f"({', '.join(sorted(subject.restrict))})" if subject.restrict else "",
        ) if part)  # fmt: skip
        return Verdict("unsupported", f"no fact about {what}{' ' + about if about else ''} as the sentence tells it")


def _statistic(subject: Subject) -> set[str]:
    return {side for contrast, side in subject.contrasts if contrast == "statistic"}


def judge(written: hedges.Written, value: float, qualifier: str, scale: float, shown: str) -> tuple[str, str]:
    """Status and working of words against a value of record; both in the base unit, ``scale`` the claim's own unit."""
    over = hedges.beyond(written, value, qualifier)
    if over:
        wide = "contradicted" if _impossible(written, value, qualifier) else "unsupported"
        return wide, f"{shown}: {over}"
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
