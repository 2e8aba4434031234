"""What a table of facts knows, cell by cell: its facts, the limits of their intervals, and what follows at once.

A cell is one value with its coordinates: of which year, group and incident it is, and of which sort, that is what it
shares with the cells it may be compared with. "Events in 2015" and "events in 2016" are of one sort and differ in their
year; so do the police's shots in two incidents. What follows at once from facts of one incident or one year (a pace,
an average, the rest beside a part, the people a rate is of) is a cell too, and says how it was made.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from ..facts import Fact
from .hedges import turned
from .lexicon import CONTRASTS
from .weighing import said
from .words import stem

if TYPE_CHECKING:
    from .known import Known

__all__ = ["GROUPS", "Cell", "cells", "interval"]

GROUPS = ("race", "sex", "arms", "age group", "statistic")
# "95% interval 2.35 to 2.97", as the kit's own rates note it; also "confidence interval from ... to ...".
_INTERVAL = re.compile(
    r"(?i)\b(\d+(?:\.\d+)?) ?(?:%|percent) (?:\w+ )?interval:? (?:from |of )?"
    r"(\d[\d,.]*\d|\d) ?(?:to|-|–) ?(\d[\d,.]*\d|\d)"
)
_SIDES = frozenset(word for contrast in GROUPS for word in CONTRASTS.get(contrast, {})) | {
    stem(word) for word in ("people", "residents", "american", "americans")
}


@dataclass(frozen=True, eq=False)
class Cell:
    """One value with its coordinates.

    ``value`` is in the base unit of its ``kind`` (seconds, percent, a rate for each second, person or officer),
    ``told`` the number as its source writes it. ``made`` says how it follows from ``facts``: '' for a fact itself,
    ``limit``, ``people``, ``pace``, ``each``, ``rest``, ``missed``, ``rest each``, ``share``,
    ``missed share``, ``proportion``. ``foremost`` says that it rests on no second source's figure counted another way.
    """

    value: float
    told: float
    kind: str
    head: str
    sort: tuple
    years: frozenset[int]
    groups: frozenset[tuple[str, str]]
    case: str
    facts: tuple[Fact, ...]
    qualifier: str
    shown: str
    made: str = ""
    per: str = ""
    known: Known | None = None
    foremost: bool = True

    @cached_property
    def year(self) -> int | None:
        """The one year it is of; None for a period."""
        return next(iter(self.years)) if len(self.years) == 1 else None

    @cached_property
    def place(self) -> tuple:
        """Its coordinates, and whether it counts the people of them: what words must name to mean it."""
        return self.case, self.years, self.groups, self.made == "people"


def interval(fact: Fact) -> tuple[float, float, float] | None:
    """The level (percent) and the limits of the interval that a fact's note gives; None without one."""
    found = _INTERVAL.search(fact.note or "")
    return tuple(float(part.replace(",", "")) for part in found.groups()) if found else None


def cells(known: list[Known]) -> list[Cell]:
    """Every cell of the facts: their own first, then what follows from them."""
    first: dict[tuple, Known] = {}
    for one in known:
        first.setdefault((one.fact.name, one.incident, one.fact.place, one.fact.period), one)
    foremost = {id(one) for one in first.values()}
    bases = {id(one): first[one.fact.name, one.incident, one.fact.place, one.fact.period].fact.basis for one in known}
    own = [_own(one, id(one) in foremost or one.fact.basis == bases[id(one)]) for one in known if one.numeric]
    return [*own, *_limits(own), *_people(own), *_remainders(own), *_of_incidents(own)]


def _own(one: Known, foremost: bool) -> Cell:
    fact, subject = one.fact, one.subject
    groups = frozenset(pair for pair in subject.contrasts if pair[0] in GROUPS and not one.incident)
    return Cell(one.value, float(fact.value), one.kind, subject.head, _sort(one), subject.years if not one.incident
                else frozenset(), groups, one.incident, (fact,), fact.qualifier, f"{said(fact)} [{fact.name}]",
                per=one.per, known=one, foremost=foremost)  # fmt: skip


def _sort(one: Known) -> tuple:
    """What a fact shares with those of other years, groups or incidents."""
    subject = one.subject
    if one.incident:
        whose = "" if subject.who.startswith("person:") or subject.head == "wound" else subject.who or "police"
        return one.kind, subject.head, subject.action, whose, subject.restrict
    words = frozenset(stem(word) for word in re.findall(r"[^\W\d_]+", one.fact.counts.lower())) - _SIDES
    return one.kind, one.per, words


def _limits(own: list[Cell]) -> Iterator[Cell]:
    """The limits of the intervals that notes give."""
    for cell in own:
        found = interval(cell.facts[0])
        for limit in found[1:] if found and cell.told else ():
            shown = f"{found[0]:g} % interval of {cell.shown}: {limit:g}"
            yield Cell(cell.value * limit / cell.told, limit, cell.kind, cell.head, ("limit",), cell.years, cell.groups,
                       cell.case, cell.facts, "exact", shown, "limit", cell.per)  # fmt: skip


def _people(own: list[Cell]) -> Iterator[Cell]:
    """How many people a yearly rate is of: its events over the rate."""
    rates = [one for one in own if one.kind == "rate" and one.per == "person" and one.value and one.years]
    counts = [one for one in own if one.kind == "count" and one.years]
    for rate, count in product(rates, counts):
        if rate.years == count.years and rate.groups == count.groups and count.sort[2] <= rate.sort[2]:
            shown = f"{count.shown} / {rate.shown}"
            value = count.value / rate.value
            for many in dict.fromkeys((value / len(rate.years), value)):  # and those of all its years added up
                yield Cell(many, many, "count", "person", ("people",), count.years, count.groups, "",
                           count.facts + rate.facts, "approx", shown, "people")  # fmt: skip


def _remainders(own: list[Cell]) -> Iterator[Cell]:
    """What a part leaves of its whole, counted and as a share: all shootings less those "with fewer than 5 shots"."""
    counts = [one for one in own if one.kind == "count" and not one.case and not one.groups]
    for whole, part in product(counts, counts):
        same = (whole.head, whole.facts[0].place, whole.years) == (part.head, part.facts[0].place, part.years)
        if same and part.known.criteria and not whole.known.criteria and whole.value > part.value > 0:
            left = whole.value - part.value
            for value, kind in ((left, "count"), (left / whole.value, "share")):
                shown = f"({whole.shown} - {part.shown} = {left:,.4g})"
                yield Cell(value, value, kind, whole.head, ("remainder",), whole.years, whole.groups, "",
                           whole.facts + part.facts, "exact", shown, "remainder")  # fmt: skip


def _of_incidents(own: list[Cell]) -> Iterator[Cell]:
    """What follows within each incident."""
    found: dict[str, list[Cell]] = defaultdict(list)
    for cell in own:
        if cell.case:
            found[cell.case].append(cell)
    for incident in found.values():
        yield from _of_one(incident)


def _of_one(own: list[Cell]) -> Iterator[Cell]:
    fields = defaultdict(list)
    for cell in own:
        fields[_field(cell)].append(cell)
    police, single, wounds = fields["police"], fields["single"], fields["wounds"]
    last, fired, came, spans = fields["last"], fields["fired"], fields["came"], fields["span"]
    for above, below in [*product(police, spans), *product(single, fields["own span"]),
                         *product(last, fields["last span"])]:  # fmt: skip
        if below.value:
            yield _made(above, below, above.value / below.value, "/", "pace", "rate", "shot", "second")
    for above, below in product(police, fired):
        if below.value:
            yield _made(above, below, above.value / below.value, "/", "each", "count", "shot")
    pairs = [*product(police, [*single, *wounds]), *product(single, last), *product(came, fired)]
    for whole, part in [*pairs, *product(police, last)]:
        if whole.value > part.value > 0:
            yield _made(part, whole, part.value / whole.value, "/", "share", "share", part.head)
            yield _made(
                whole, part, (whole.value - part.value) / whole.value, "less", "missed share", "share", part.head
            )
    for above, below in product(police, [*wounds, *fields["others"]]):
        if below.value:
            yield _made(above, below, above.value / below.value, "/", "proportion", "ratio", "shot")
    rests = [
        (whole, part, _made(whole, part, whole.value - part.value, "-", made, "count", whole.head))
        for whole, part in pairs
        if whole.value > part.value
        for made in ("missed" if part in wounds else "rest",)
    ]
    yield from (rest for _, _, rest in rests)
    for (_, part, rest), officers in product(rests, fired):
        if part in single and officers.value > 1:
            yield _made(rest, _less_one(officers), rest.value / (officers.value - 1), "/", "rest each", "count", "shot")


def _field(cell: Cell) -> str:
    """Which of the field's figures a cell is; '' for another."""
    known = cell.known
    lone = known.subject.who == "one officer" or (known.subject.who.startswith("person:") and known.by_officer)
    if cell.kind == "duration" and known.subject.action == "fire":
        narrowed = (
            known.subject.restrict or {"last", "first", "final"} & known.subject.stems or "last" in known.fact.name
        )
        one = "that one" in known.fact.counts or lone
        return "last span" if one and narrowed else "own span" if one else "span"
    if cell.kind != "count":
        return ""
    if known.subject.head == "wound":
        return "wounds"
    if known.subject.head == "officer" and not known.subject.restrict:
        return {"fire": "fired", "stop": "came"}.get(known.subject.action, "")
    if known.subject.head != "shot":
        return ""
    if lone:
        return "last" if known.subject.restrict else "single"
    if known.subject.restrict:
        return ""
    return "police" if known.subject.who in ("police", "") else "others" if known.subject.who == "other" else ""


def _made(one: Cell, other: Cell, value: float, sign: str, made: str, kind: str, head: str, per: str = "") -> Cell:
    theirs = turned(other.qualifier)
    known = [one.qualifier, theirs]
    bounds = {"at_least", "at_most"} & set(known)
    qualifier = "approx" if len(bounds) == 2 else next(iter(bounds), "approx" if "approx" in known else "exact")
    facts = tuple(dict.fromkeys(one.facts + other.facts))
    narrowed = tuple(sorted(one.known.subject.restrict)) if one.known else ()
    sort = (made, kind, head, one.sort[3] if len(one.sort) > 3 else "", narrowed)
    return Cell(value, value, kind, head, sort, frozenset(), frozenset(), one.case, facts, qualifier,
                f"({one.shown} {sign} {other.shown} = {value:,.4g})", made, per,
                foremost=one.foremost and other.foremost)  # fmt: skip


def _less_one(officers: Cell) -> Cell:
    """The officers but the one who is counted alone."""
    value = officers.value - 1
    return Cell(value, value, "count", "officer", ("rest", "officer"), frozenset(), frozenset(), officers.case,
                officers.facts, officers.qualifier, f"({officers.shown} - 1 = {value:g})", "rest")  # fmt: skip
