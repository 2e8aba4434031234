"""What the facts of one incident give: every difference, sum, share, average and pace that a reporter makes of them.

The facts of an incident are few, and so are the sums they allow; each is worked out once, with the words that say its
form. `within.py` holds an article's numbers against them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from .cues import AWAY, EACH, FEWER, GAP, HARMLESS, HELD, MISSED, MORE, OTHERS, PACE, REST, TIMED, TOGETHER

if TYPE_CHECKING:
    from .known import Known

__all__ = ["Reckoning", "of_incident"]


@dataclass(frozen=True)
class Reckoning:
    """A value that ``facts`` give, in its kind's base unit, and what it counts.

    One of the words ``said`` must stand near a number, and one of ``also`` too; ``hedge`` is meant where none is told.
    """

    kind: str
    counts: frozenset[str]
    value: float
    facts: tuple[Known, ...]
    sign: str
    said: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()
    hedge: str = ""


def of_incident(facts: list[Known]) -> list[Reckoning]:
    """Every simple reckoning over the facts of one incident."""
    counts = [one for one in facts
              if one.kind == "count" and one.numeric and one.value > 0 and not one.subject.restrict]  # fmt: skip
    by_head: dict[str, list[Known]] = defaultdict(list)
    for one in counts:
        by_head[one.subject.head].append(one)
    shots = {who: [one for one in by_head["shot"] if one.subject.who == who] for who in ("police", "other")}
    lone = [one for one in by_head["shot"] if one.subject.who == "one officer"]
    fired = [one for one in by_head["officer"] if one.subject.action == "fire"]
    came = [one for one in by_head["officer"] if one.subject.action == "stop"]
    spans = [one for one in facts if one.kind == "duration" and one.numeric and one.value > 0
             and one.subject.action == "fire" and not one.subject.restrict]  # fmt: skip
    sides = _of_two_sides(shots["police"], shots["other"])
    return [
        *_differences(by_head, shots["police"], lone),
        *_parts(shots["police"], by_head["wound"], lone, fired, came),
        *sides,
        *_averages(shots["police"], lone, fired),
        *_officers(fired, came),
        *_paces(shots["police"], spans),
    ]


def _differences(by_head: dict[str, list[Known]], police: list[Known], lone: list[Known]) -> list[Reckoning]:
    """What one count is more than another of its sort; what missed; what one officer leaves to the rest."""
    found = []
    for head in ("shot", "wound"):
        for more, less in product(by_head[head], by_head[head]):
            if more.value > less.value and (more.fact.name == less.fact.name or more.subject.who != less.subject.who):
                form = FEWER | MORE | GAP | AWAY | (REST if less in lone else frozenset())
                found += _both("-", more.value - less.value, (more, less), head, form)
    for more, less in product(police, by_head["wound"]):
        if more.value > less.value:
            form = MISSED | FEWER | MORE | AWAY | GAP
            found += _both("-", more.value - less.value, (more, less), "shot", form)
    return found


def _both(sign: str, value: float, facts: tuple[Known, ...], head: str, said: frozenset[str]) -> list[Reckoning]:
    """A count and a difference of one value: "17 shots short" and "17 shots fewer than" are read as either."""
    counts = frozenset({head})
    return [Reckoning(kind, counts, value, facts, sign, said) for kind in ("count", "difference")]


def _parts(police, wounds, lone, fired, came) -> list[Reckoning]:
    """A part over its whole, and what is left of the whole: in percent, as a fraction, as one in so many, in times."""
    own = [(one, two) for one, two in product(police, police) if one.fact.basis != two.fact.basis]
    pairs = [
        *((part, whole, HARMLESS) for part, whole in product(wounds, police)),
        *((part, whole, REST) for part, whole in product(lone, police)),
        *((part, whole, HELD | REST) for part, whole in product(fired, came)),
        *((part, whole, FEWER | GAP | HARMLESS) for part, whole in own),
    ]
    found = []
    for part, whole, left in pairs:
        if not part.value < whole.value:
            continue
        share = part.value / whole.value
        for kind in ("percent", "share", "one in"):
            found.append(Reckoning(kind, frozenset(), share, (part, whole), "/"))
            found.append(Reckoning(kind, frozenset(), 1 - share, (whole, part), "-", left))
        found.append(Reckoning("change", frozenset(), 1 - share, (whole, part), "-", left))
        found.append(Reckoning("ratio", frozenset({whole.subject.head}), 1 / share, (whole, part), "/", hedge="about"))
    return found


def _of_two_sides(police: list[Known], others: list[Known]) -> list[Reckoning]:
    """Both sides' shots together, each one's share of them, and how many times the other's the one's are."""
    found = []
    for one, other in product(police, others):
        whole = one.value + other.value
        found.append(Reckoning("count", frozenset({"shot"}), whole, (one, other), "+", TOGETHER))
        for kind, part in product(("percent", "share", "one in"), (one, other)):
            found.append(Reckoning(kind, frozenset(), part.value / whole, (part, one if part is other else other), "/"))
        for kind in ("percent", "share", "one in") if other.value < one.value else ():
            found.append(Reckoning(kind, frozenset(), other.value / one.value, (other, one), "/"))
        if other.value < one.value:
            found.append(Reckoning("ratio", frozenset(), one.value / other.value, (one, other), "/", hedge="about"))
    return found


def _averages(police: list[Known], lone: list[Known], fired: list[Known]) -> list[Reckoning]:
    """Shots for each officer who fired, and for each of the rest where one officer's part is on record."""
    shot, found = frozenset({"shot"}), []
    for shots, who in product(police, fired):
        found.append(Reckoning("count", shot, shots.value / who.value, (shots, who), "/", EACH))
        for one in lone if who.value > 1 else ():
            rest = (shots.value - one.value) / (who.value - 1)
            if rest > 0:
                found.append(Reckoning("count", shot, rest, (shots, who, one), "/", EACH, OTHERS, "about"))
    return found


def _officers(fired: list[Known], came: list[Known]) -> list[Reckoning]:
    """Those who came and did not fire, and those besides one of them."""
    officer, found = frozenset({"officer"}), []
    for there, shooting in product(came, fired):
        if there.value > shooting.value:
            found.append(Reckoning("count", officer, there.value - shooting.value, (there, shooting), "-", HELD))
    for one in fired or came:
        if one.value > 2:
            found.append(Reckoning("count", officer, one.value - 1, (one,), "- 1", OTHERS))
    return found


def _paces(police: list[Known], spans: list[Known]) -> list[Reckoning]:
    """Shots a second, and the time from one shot to the next."""
    found = []
    for shots, span in product(police, spans):
        pace = shots.value / span.value
        found.append(Reckoning("rate", frozenset({"shot"}), pace, (shots, span), "/"))
        for kind in ("interval", "duration"):
            found.append(Reckoning(kind, frozenset(), 1 / pace, (span, shots), "/", PACE, hedge="about"))
        for size, form in ((1.0, frozenset({"second"})), (60.0, frozenset({"minute"}))):
            found.append(Reckoning("count", frozenset({"shot"}), pace * size, (shots, span), "/", form, TIMED, "about"))
    return found
