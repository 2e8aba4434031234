"""Which incident a fact belongs to where its file does not say: that of its day, its place and the person it names.

A file of facts need not carry the kit's incident ids. Facts of one day and one place are still of one case, and whoever
most of them name is the person of record; without that, "shots at Jayland Walker" would be shots at a stranger.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from ..facts import Fact
from .places import of_text
from .words import fold, tokens, vocabulary

__all__ = ["NO_NAMES", "case_of", "cases"]

NO_NAMES = vocabulary(
    """the of a shooting case stop traffic police fid officer rehearsal ois lapd incident who time date gunshot shots
    officers district unit lawsuit family department court jury city state states united simulated medical examiner"""
)  # fmt: skip
_RACES = vocabulary("black white hispanic asian native latino latina american african")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SLUG = re.compile(r"[^a-z0-9]+")


def cases(facts: list[Fact]) -> list[str]:
    """The incident of each fact: its own, else one made of whom its day and place name; '' where it has no day."""
    groups: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        if not fact.incident and _DAY.fullmatch(fact.period):
            groups[fact.place, fact.period].append(fact)
    # A day of which no figure is known ("the report came out on ...") is no incident of its own.
    named = {key: _most_named(group) for key, group in groups.items()
             if any(isinstance(fact.value, (int, float)) for fact in group)}  # fmt: skip
    return [fact.incident or case_of(fact, named.get((fact.place, fact.period))) for fact in facts]


def case_of(fact: Fact, names: list[str] | None) -> str:
    """An incident's id from the person it is named for and its day."""
    if names is None or not (names or fact.place):
        return ""
    return _SLUG.sub("-", fold(" ".join(names) or f"case {fact.place}")).strip("-") + f"-{fact.period}"


def _most_named(group: list[Fact]) -> list[str]:
    """The full name that most facts of a group bear; [] where none names anybody by two words."""
    counted: Counter[tuple[str, ...]] = Counter()
    for fact in group:
        places = {part for place in of_text(fact.place) for part in place.split()}
        run: list[str] = []
        found = set()
        for token in [*tokens(fact.counts), None]:
            name = fold(token.low) if token else ""
            if token and token.is_word and token.capital and name not in NO_NAMES | places | _RACES:
                run.append(name)
            else:
                found |= {tuple(run)} if len(run) > 1 else set()
                run = []
        counted.update(found)
    return list(min(counted, key=lambda name: (-counted[name], name))) if counted else []
