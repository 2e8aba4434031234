"""Holding a claim against the facts: which facts are about the same thing, and whether its words are true of them.

A fact is used for a claim only where kind of quantity, subject, restriction, place, period and incident do not differ.
That the digits agree counts for nothing. Of the facts that remain, those of one name and different sources are
weighed together: where they disagree and the claim takes a side, its status is ``conflicting sources``.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from . import derived
from .coordinates import Coordinates
from .counted import FIELD, counts_as
from .cues import reckoned_only
from .gaps import days_between
from .lexicon import HEADS
from .marks import limits
from .names import labelled
from .quantities import Quantity
from .second import Second
from .subjects import Scene, Subject
from .universal import of_all
from .weighing import GOOD, Verdict, said
from .words import stem, stems

__all__ = ["STATUSES", "Matcher", "Verdict", "said"]

STATUSES = ("supported", "rounded", "contradicted", "conflicting sources", "unsupported", "not a claim")

_DERIVED = ("rate", "interval", "ratio", "difference", "share", "one in", "percent", "change", "points")


class Matcher(Second):
    """Holds claims of one article against a list of facts."""

    def verdict(self, quantity: Quantity, scene: Scene) -> Verdict:
        """The verdict on one quantity of a scene, worked out once: others of its sentence ask for it too."""
        if quantity.reason:
            return self._named(quantity, scene)
        key = id(scene), id(quantity)
        if key not in self.judged:
            # The quantity is kept with its verdict, so that no other can come to have its id.
            self.judged[key] = quantity, self._verdict(quantity, scene)
        return self.judged[key][1]

    def _verdict(self, quantity: Quantity, scene: Scene) -> Verdict:
        subject = scene.describe(quantity)
        first = limits(quantity, subject, scene, self)
        if first:
            return first
        found = self._first(quantity, subject, scene)
        if found.status in GOOD and _of_one_thing(found) and reckoned_only(quantity, scene):
            found = Verdict("unsupported", "a difference or an average that no facts give")
        if found.status in ("contradicted", "unsupported") and not subject.bare:
            found = self._second(quantity, subject, scene, found) or _introduced(quantity, subject, scene) or found
        if found.status in GOOD and _as_large_as_its_part(quantity, scene):
            found = Verdict("unsupported", "a part is told of it that is as large", found.facts, found.fact_value)
        found = (of_all(quantity, subject, scene, self) if found.status in GOOD else None) or found
        return self._of_the_source_named(quantity, scene, found)

    def _of_the_source_named(self, quantity: Quantity, scene: Scene, found: Verdict) -> Verdict:
        """ "CWB Chicago counted 96": a figure of record, but of another source than the one that stands beside it.

        A figure counted in the way that the words name ("by the officers' own reports") may be told by anybody.
        """
        if found.status not in GOOD or quantity.kind not in ("count", "duration") or not found.facts:
            return found
        owner = self.owner(quantity, scene)
        if owner and not any(known.fact is fact for known in owner for fact in found.facts):
            told = "; ".join(said(known.fact) for known in owner if known.kind == quantity.kind)
            working = f"the source whose number it is said to be has another: {told}"
            return Verdict("contradicted", working, tuple(known.fact for known in owner))
        name, basis = found.facts[0].name, scene.describe(quantity).basis
        if len({fact.name for fact in found.facts}) > 1 or not isinstance(found.facts[0].value, (int, float)):
            return found
        alike = [known for known in self.known if known.fact.name == name and known.kind == quantity.kind]
        fit = [known for known in alike if self._fitting(quantity, known)]
        if not fit:
            return found
        spoken = self.sources.beside(quantity, scene, far=20)
        beside = [known for known in spoken if known in alike]
        # A source that has told just one sort of such numbers is named for no other.
        head, bare = alike[0].subject.head, quantity.kind != "count" or counts_as(quantity, scene) == FIELD
        any_sort = bare and head != "officer"
        few = [one for one in spoken if one.kind == quantity.kind and (any_sort or one.subject.head == head)]
        beside = beside or (few if len(spoken) <= _FEW else [])
        # "Another has it over in four": who is named some words on is no source of it.
        before = range(max(0, quantity.first - 9), quantity.first)
        if any(scene.low(at) == "another" for at in before) and not any(
            self.sources.named_at(scene, at) for at in before
        ):
            return found
        told = self.sources.reaching(quantity, scene)
        borne = any(known in told or (basis and known.fact.basis == basis) for known in fit)
        if not beside or borne or any(known.incident != beside[0].incident for known in fit):
            return found
        said_by = "; ".join(said(known.fact) for known in beside)
        others = "; ".join(said(known.fact) for known in fit)
        working = f"{said_by}: the source named beside it; the figure is another's: {others}"
        return Verdict("contradicted", working, tuple(known.fact for known in beside), beside[0].fact.value)

    def _first(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict:
        """The verdict of the first reading: each word taken for what it says."""
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
            or days_between(quantity, scene, self)
            or self._years_apart(quantity, scene)
        )
        if lone:
            return lone
        found = self._of_its_year(quantity, scene, self._candidates(quantity, subject, scene))
        verdict = self._weigh(quantity, found, scene) if found else None
        each = subject.who == "each" and subject.head in ("shot", "times") and not (verdict and verdict.status in GOOD)
        if quantity.kind == "count" and each:
            # "Each of them fired ten times, on average": a count for each officer.
            quantity = replace(quantity, kind="rate", per=(1.0, stem("officer")))
        if quantity.kind in _DERIVED and not (verdict and verdict.status in GOOD):
            worked = derived.work(quantity, subject, scene, self)
            if worked:
                return self._weigh_derived(quantity, worked)
        picks = (
            subject.singular
            and scene.low(quantity.number[0]) == "one"
            and "of" in (scene.low(quantity.number[0] + 1), scene.low(quantity.number[1]))
        )
        if (
            picks
            and subject.head not in (("officer",) if quantity.head is None else FIELD)
            and not (verdict and verdict.status in GOOD)
        ):
            return Verdict("not a claim", "'one' picks out one of them here, no count")
        if verdict and verdict.status in GOOD:
            return verdict
        # Of "four of the officers" it is not said which: that all of them were five speaks against nothing.
        some = quantity.partitive and subject.head == "officer" and not subject.action
        loose = self._as_far_as_said(quantity, subject, scene) if some or not verdict else None
        return loose or verdict or self._nothing(quantity, subject, scene)

    def _of_its_year(self, quantity: Quantity, scene: Scene, found: list) -> list:
        """Of yearly facts those of the year told beside a bound: "fewer than 1,000 that year" is of no other."""
        if not quantity.written.bounds or not any(len(known.subject.years) == 1 for _, known in found):
            return found
        near = Coordinates(quantity, scene, self)
        told = near.beside or (near.years if len(near.years) == 1 else frozenset())
        return [one for one in found if told and one[1].subject.years == told] or found

    def _ordinal(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict:
        """``the 96th shot`` says that there were as many at the least."""
        counted = replace(quantity, kind="count")
        about = scene.describe(counted)
        if HEADS.get(stem(quantity.unit)) is None:
            run = self._by_cells(counted, about, scene)
            few = f"a place in a row, and the record holds {'another' if self.series_cells else 'no'} series"
            return run or Verdict("unsupported" if self.series_cells else "not a claim", few)
        found = self._candidates(counted, about, scene)
        if not found:
            return Verdict("not a claim", f"a place in an order, and no fact counts {quantity.unit}")
        enough = replace(counted, written=replace(quantity.written, hedge="at least"))
        verdict = self._weigh(enough, found, scene)
        # "A fifth officer was struck": what one did, not all five.
        whole = self._candidates(counted, replace(about, action="", definite=True), scene)
        held = self._weigh(enough, whole, scene) if whole and about.head == "officer" else verdict
        return held if held.status in GOOD else verdict

    def _named(self, quantity: Quantity, scene: Scene) -> Verdict:
        """A number that is a name: told apart, unless the record knows that name with another number only."""
        label, number = labelled(scene.text[quantity.start : quantity.end]) if quantity.kind == "name" else ("", "")
        if label:
            told = [f"{known.fact.value} {known.fact.counts}".lower().replace(".", "").split() for known in self.known]
            pairs = {(one, two) for text in told for one, two in pairwise(text) if two.isdigit()}
            known_numbers = {two for one, two in pairs if one == label}
            if known_numbers and number not in known_numbers:
                listed = ", ".join(f"{label.capitalize()} {known}" for known in sorted(known_numbers))
                return Verdict("unsupported", f"a name, but the record knows only {listed}")
        return Verdict("not a claim", quantity.reason)

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


def _as_large_as_its_part(quantity: Quantity, scene: Scene) -> bool:
    """Whether a whole is told with a part of the same number: "five of the five shots struck him"."""
    if quantity.kind != "count" or not scene.whole(quantity) or quantity.written.low < 2:
        return False
    parts = (q for q in scene.siblings(quantity) if q is not quantity and q.kind == "count" and not q.reason)
    return any(
        q.written == quantity.written and scene.low(q.first - 1) != "all" and 0 < quantity.first - q.number[1] <= 3
        for q in parts
    )


def _of_one_thing(found: Verdict) -> bool:
    """Whether a verdict rests on the figures of one thing, which are no average or difference themselves."""
    reckoned = any(stems(fact.counts) & _RECKONED for fact in found.facts)
    return len({fact.name for fact in found.facts}) == 1 and not reckoned


_RECKONED = stems("average each per difference gap apiece")
_FEW = 4  # facts of one source


def _introduced(quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
    """ "It turned on one officer, who reloaded": somebody is introduced, of whom the sentence goes on to tell."""
    before, one = scene.low(quantity.first - 1), quantity.number[0]
    if subject.head != "officer" or quantity.head is None or scene.low(one) not in ("one", "single"):
        return None
    after = [scene.low(at) for at in (quantity.head + 1, quantity.head + 2)]
    goes_on = after in ([",", "who"], [",", "whom"], [",", "whose"]) or after[:1] in (["who"], ["whose"])
    if quantity.first == one and goes_on and before in ("on", "to", "about", "against", "of", "is", "was", "and", ","):
        return Verdict("not a claim", "'one' introduces somebody here, no count")
    return None
