"""Whether a fact bears on a claim, and how much speaks for it.

A fact is ruled out by anything the words say that it does not: another doer, deed, part, group, place, year, person or
event. What the words leave open rules out nothing. Of what is left, each part that the words and the fact share is a
point for it; a fact with no point has nothing but digits in common with the claim, and bears on nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from .counted import EXAMINERS
from .known import Known
from .lexicon import ACTIONS, HEADS, OTHER_EVENTS, PEOPLE, THINGS
from .occasions import DAY, lasting, recurs
from .quantities import Quantity
from .subjects import Scene, Subject
from .words import stem, vocabulary

__all__ = ["Bearing", "extreme_told", "loosened"]

_RESTRICTING = ("race", "sex", "arms", "age group", "statistic")
# People killed, killings and fatal shootings are counted as one another; so are people shot and shootings.
_KILLED = {"person", "killing", "shooting"}
_FIELD = {"shot", "wound", "officer", "reload"}
_NARROW = frozenset(HEADS.values()) - {"person"}


_EXTREMES = vocabulary(
    """most highest largest biggest maximum max top tops topped record peak peaked reach reached reaches exceed exceeded
    exceeds never none worst ever heaviest match matches matched greatest closest surpass surpassed ceiling fewest
    lowest smallest minimum least"""
)


def extreme_told(scene: Scene, number: int) -> bool:
    """Whether a sentence or the one before it speaks of the most or the fewest of many."""
    return any(scene.lows(near) & _EXTREMES for near in range(max(0, number - 1), number + 1))


class Bearing:
    """The facts of record, asked which of them bear on a claim."""

    def __init__(self, known: Iterable[Known]):
        self.by_kind: dict[str, list[Known]] = defaultdict(list)
        for one in known:
            self.by_kind[one.kind].append(one)

    def points(self, known: Known, quantity: Quantity, subject: Subject, scene: Scene) -> float | None:
        """How much speaks for a fact being about a claim; None where something that is said speaks against it."""
        if not known.numeric or not self.same_topic(known, subject):
            return None
        if known.extreme and not extreme_told(scene, scene.sentence_of(quantity.first)):
            return None
        if quantity.kind == "age":
            return self._age(known, subject)
        if quantity.kind == "duration":
            return self._duration(known, quantity, subject, scene)
        if quantity.kind == "rate" and known.per != (quantity.per or ("", ""))[1]:
            return None
        if quantity.kind == "rate" and known.subject.head == "shot":
            return self._pace(known.subject, subject)
        if quantity.kind in ("count", "ordinal") and self._of_the_field(known.subject, subject):
            return self.count(known, subject, scene, scene.sentence_of(quantity.first))
        return self._words(known, quantity, subject, scene)

    def same_topic(self, known: Known, subject: Subject) -> bool:
        """Whether place, period, incident and the people named do not speak against a fact."""
        fact = known.subject
        if subject.places and fact.places and not _same_place(subject.places, fact.places):
            return False
        if subject.years and fact.years and not subject.years & fact.years:
            return False
        if subject.who.startswith("named:") and known.kind != "age":
            return False
        return not (known.incident and subject.names and fact.names and not subject.names & fact.names)

    def same_place(self, known: Known, subject: Subject) -> bool:
        """Whether a place that the words name is not another than a fact's."""
        return not (subject.places and known.subject.places) or _same_place(subject.places, known.subject.places)

    def _age(self, known: Known, subject: Subject) -> int | None:
        """Of the person whose age it is: by name, by kinship ("her 4-year-old daughter"), else the one of record."""
        whose = subject.who or "other"
        named = whose.partition(":")[2]
        return 2 if known.subject.who == whose or (named and named in known.own_names) else None

    def _duration(self, known: Known, quantity: Quantity, subject: Subject, scene: Scene) -> int | None:
        """Of the firing, or of another event by its own words; a duration of nothing told may be any of them."""
        if recurs(quantity, scene):
            return None  # "one about every seven seconds" lasts no seven seconds
        event = lasting(quantity, scene)
        if known.subject.action == "fire":
            if quantity.scale >= DAY and lasting(quantity, scene, beside=False) != "fire":
                return None  # of "30 days of desk duty" no neighbouring sentence makes gunfire
            return {"fire": 2}.get(event)
        own = {word for word in known.subject.stems if ACTIONS.get(word) != "fire"}
        shared = own & subject.stems
        return 1 + len(shared) if shared and (event in ("", "fire") or event in known.subject.stems) else None

    def _pace(self, fact: Subject, subject: Subject) -> int | None:
        if subject.head not in ("shot", "times", "") or fact.restrict != subject.restrict:
            return None
        return 2 if (fact.who or "police") == (subject.who or "police") else None

    # Shots, wounds, officers.

    def _of_the_field(self, fact: Subject, subject: Subject) -> bool:
        return fact.head in _FIELD and (subject.head in _FIELD or subject.head in ("", "times"))

    def count(self, known: Known, subject: Subject, scene: Scene | None = None, number: int = 0) -> int | None:
        """Points for a fact that counts shots, wounds, officers or reloads."""
        fact = known.subject
        if fact.restrict != subject.restrict or _statistic(fact) != _statistic(subject):
            return None
        if not subject.head and fact.head != "wound" and scene and _only_wounds(scene, number):
            return None  # "the autopsy put the wounds at 13"
        points = 2 if fact.restrict else 0
        if subject.head == fact.head:
            points += 2
        elif subject.head == "times":
            points += 1
            if fact.head == "officer":
                return None
        elif subject.head:
            return None
        if fact.head == "officer":
            deed = self._officers(fact, subject, scene, number)
            return None if deed is None else points + deed
        who = self._who(known, subject)
        return None if who is None else points + who

    def same_count(self, known: Known, subject: Subject) -> bool:
        """Whether a fact counts just these shots, wounds or officers, with nothing left open but who is the police."""
        fact = known.subject
        if known.extreme:
            return False  # no count of any one shooting that is told of
        if subject.head != fact.head or (fact.head == "officer" and subject.action and subject.action != fact.action):
            return False
        return self.count(known, subject) is not None and bool(
            subject.who or fact.head != "shot" or fact.who == "police"
        )

    def _who(self, known: Known, subject: Subject) -> int | None:
        fact, mine = known.subject, subject.who
        theirs = fact.who or ("police" if fact.head == "shot" else "other")
        if not mine:
            return 0
        if mine == theirs:
            return 2
        if subject.restrict == {"still"} and {theirs, mine} <= {"police", "one officer"}:
            return 1
        if theirs.startswith("person:") and mine == "one officer" and known.by_officer:
            return 1
        return 1 if self._only_one_fired(known, theirs, mine) else None

    def _only_one_fired(self, known: Known, theirs: str, mine: str) -> bool:
        """Whether "an officer" and "police" are the same, since one officer alone fired in the incident."""
        if {theirs, mine} != {"police", "one officer"} or known.subject.head != "shot":
            return False
        same = [other for other in self.by_kind["count"] if other.incident == known.incident]
        fired = [other.value for other in same if other.subject.head == "officer" and other.subject.action == "fire"]
        alone = not any(other.subject.who == "one officer" or other.subject.who.startswith("person:") for other in same)
        # Where the record says neither how many officers fired nor what one of them did, the two cannot be told apart.
        return fired == [1] if fired else alone

    def _officers(self, fact: Subject, subject: Subject, scene: Scene | None, number: int) -> int | None:
        """By what they did; where that is not said, by their being spoken of as those of the incident."""
        if subject.action:
            return 2 if subject.action == fact.action else None
        if subject.definite or scene is None:
            return 1
        if subject.stems & OTHER_EVENTS:
            return None
        sentence = scene.sentences[number]
        if sentence.last - sentence.first <= 7 and not scene.clauses.predicates(number):
            return 0  # "Four cops."
        told = [verb.deed for verb in scene.clauses.predicates(number)]
        if fact.action == "fire" and not {"fire", "shoot"} & {*told, *subject.actions} and self._knows_who_came(fact):
            return None
        met = any(mention.who == "other" for mention in scene.people.mentions(number))
        there = bool(scene.lows(number) & THINGS)
        return 0 if met or there or {"fire", "hit", "kill", "stop"} & subject.actions else None

    def _knows_who_came(self, fired: Subject) -> bool:
        """Whether the record counts the officers on the scene apart: others than those who fired may be meant."""
        return any(
            other.subject.head == "officer" and other.subject.action == "stop" and other.subject.names & fired.names
            for other in self.by_kind["count"]
        )

    # Everything else: by its noun, its contrasts and the words shared.

    def _words(self, known: Known, quantity: Quantity, subject: Subject, scene: Scene) -> float | None:
        fact = known.subject
        if (
            not self.same_contrasts(known, subject, ordered=quantity.kind == "ratio")
            or fact.restrict != subject.restrict
        ):
            return None
        shared = self.shared(fact, subject)
        if quantity.kind == "count":
            head = self._same_head(fact, subject)
            if head is None:
                return None
            others = fact.stems - {word for word in fact.stems if HEADS.get(word, word) == fact.head}
            if not subject.head and not (shared or subject.years & fact.years):
                return None
            # What a fact says beyond the claim's words narrows it, and speaks against it a little.
            return max(0.5, head + shared - 0.5 * (len(others) - shared)) if shared or not others else None
        earlier = self._before(fact, quantity, scene) if not shared else 0
        return shared + 1 if shared else 1 if earlier else None

    def _before(self, fact: Subject, quantity: Quantity, scene: Scene) -> int:
        """The words that a fact shares with the sentence before, in the same paragraph: "It was 2.5 for whites." """
        number = scene.sentence_of(quantity.first)
        return sum(len(fact.stems & scene.stems(near)) for near in range(max(0, number - 2), number))

    def _same_head(self, fact: Subject, subject: Subject) -> int | None:
        """Points for the noun: the same, one of its class, left out, or a word of the fact's own."""
        if fact.head == subject.head:
            return 2
        if not subject.head:
            return 0
        if {fact.head, subject.head} <= _KILLED and fact.head and not subject.singular:
            killed = ("kill" in fact.actions) == ("kill" in subject.actions)
            return 2 if killed and "fire" not in {fact.action} - fact.actions else None
        if subject.head == "times":
            return 1 if fact.head == "times" or (fact.head and fact.head == subject.action) else None
        if subject.head in _FIELD:
            return None  # shots are no people who were shot
        # "Three robbers" are the people whom a fact counts as "bank robbers".
        return 1 if subject.head in fact.stems and fact.head not in _NARROW else None

    def same_contrasts(self, known: Known, subject: Subject, ordered: bool) -> bool:
        """Whether race, sex, arms, age group, statistic and outcome are a fact's, in order where that matters."""
        fact = known.subject
        for contrast in _RESTRICTING:
            mine = [side for name, side in fact.contrasts if name == contrast]
            theirs = [side for name, side in subject.contrasts if name == contrast]
            if contrast == "sex" and not mine:
                continue
            if set(mine) != set(theirs) or (ordered and len(mine) > 1 and mine != theirs):
                return False
        killed = any(name == "outcome" for name, _ in fact.contrasts)
        return not killed or "kill" in subject.actions or any(name == "outcome" for name, _ in subject.contrasts)

    def shared(self, fact: Subject, subject: Subject) -> int:
        """How many of a fact's words the sentence speaks of, in the same words or in others of their class."""
        return sum(
            1
            for word in fact.stems
            if word in subject.stems
            or (len(word) > 6 and any(word.startswith(one) for one in subject.stems if len(one) > 5))
            or ACTIONS.get(word) in subject.actions
            or (PEOPLE.get(word) == "police" and "polic" in subject.stems)
        )

    def covers(self, fact: Subject, subject: Subject, share: float) -> bool:
        """Whether the sentence speaks of at least ``share`` of the fact's words, and of one at the least."""
        return bool(fact.stems) and self.shared(fact, subject) >= max(1, share * len(fact.stems))


def loosened(subject: Subject, quantity: Quantity, firing: bool) -> Iterable[Subject]:
    """A subject without what its words need not mean: rivals (hit for fired, another person, a part) are kept.

    Officers who came, surrounded or stood there may be those who fired; people who fired may be officers.
    """
    if subject.head == "officer" and subject.action in ("stop", "kill") and not subject.actions & {"release"}:
        yield replace(subject, action="fire")
    suing = {stem("filed")} if "sue" in subject.actions else set()
    if subject.head == "officer" and not subject.action and not subject.stems & (OTHER_EVENTS - suing):
        yield replace(subject, definite=True)
    if subject.head == "officer" and not subject.action and quantity.partitive:
        yield replace(subject, action="fire")  # "four of the officers were stripped of their powers"
    if subject.head == stem("guns"):
        yield replace(subject, head="officer", action="fire", contrasts=())  # "96 shots from four guns"
    if subject.head == "person" and firing:
        yield replace(subject, head="officer", action="fire", contrasts=())
    if subject.head == "wound" and subject.who == "other" and HEADS.get(stem(quantity.unit)) == "shot":
        # "Killed him with seven shots": at least they were fired.
        yield from (replace(subject, head="shot", action="fire", who=who) for who in ("police", "one officer"))
    if "part" in subject.restrict and len(subject.restrict) > 1:
        yield replace(subject, restrict=subject.restrict - {"part"})


def _only_wounds(scene: Scene, number: int) -> bool:
    """Whether a sentence speaks of wounds and of nothing else that the field counts."""
    words = {stem(word) for word in scene.lows(number)}
    told = {HEADS.get(word, "") for word in words} & _FIELD | ({"wound"} if words & EXAMINERS else set())
    return told == {"wound"} and "fire" not in scene.clauses.tags(number)


def _same_place(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether a place is one of a fact's, or part of its name: Cleveland's officers in East Cleveland."""
    return any(one in other or other in one for one in mine for other in theirs)


def _statistic(subject: Subject) -> set[str]:
    return {side for contrast, side in subject.contrasts if contrast == "statistic"}
