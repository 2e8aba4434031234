"""Facts of record, read for what they are about, so that claims can be held against them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from ..facts import Fact
from . import names
from .cases import NO_NAMES
from .lexicon import ACTIONS, HEADS, KIN, YEAR
from .narrowing import FALLEN, STILL, contrasting
from .places import is_city, of_text
from .quantities import Quantity, quantities
from .subjects import Subject
from .words import STOP_WORDS, fold, stem, stems, tokens

__all__ = ["Known", "extras", "people"]

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_RATIO_WORDS = re.compile(r"(?i)\b(ratio|times as|times the|times more|relative)\b")
_EXTREME = re.compile(r"(?i)(the )?(most|fewest|largest|smallest|highest|lowest|maximum|minimum)\b")
_SHARE_WORDS = re.compile(r"(?i)\b(share|percent|proportion|fraction)\b")


@dataclass(frozen=True)
class Known:
    """A fact with what it is about. ``value`` is in the base unit of its ``kind`` (seconds, years, percent, ...).

    ``named`` are the names of those beside whom its incident is named for (`extras` of all its facts); ``incident`` is
    the fact's own or the case that its day and place make (`cases.py`).
    """

    fact: Fact
    named: frozenset[str] = frozenset()
    incident: str = ""

    def __post_init__(self):
        if self.fact.incident and not self.incident:
            object.__setattr__(self, "incident", self.fact.incident)

    @cached_property
    def numeric(self) -> bool:
        """Whether the fact is a number."""
        return isinstance(self.fact.value, (int, float)) and not isinstance(self.fact.value, bool)

    @cached_property
    def extreme(self) -> bool:
        """Whether it is the most or the fewest of many: "most shots by police in one shooting"."""
        return not self.incident and bool(_EXTREME.match(self.fact.counts))

    @cached_property
    def _quantity(self) -> Quantity | None:
        """The fact's unit read as an article's would be: "1 shots a second" is a rate."""
        if not self.numeric or not self.fact.unit:
            return None
        text = f"1 {self.fact.unit}" if self.fact.unit[0] != "$" else f"{self.fact.unit}1"
        return next((q for q in quantities(tokens(text), []) if not q.reason), None)

    @cached_property
    def kind(self) -> str:
        """The kind of quantity, as in `Quantity`; ``date`` and ``text`` for words."""
        fact = self.fact
        if not self.numeric:
            return "date" if _DATE.fullmatch(str(fact.value)) else "text"
        words = f"{fact.name} {fact.counts} {fact.unit}".replace("_", " ")
        if self._quantity and self._quantity.kind in ("duration",) and re.search(r"(?i)\b(age|aged|old)\b", words):
            return "age"
        measured = ("duration", "money", "points", "length", "speed", "rate", "interval")
        if self._quantity and self._quantity.kind in measured:
            return self._quantity.kind
        if fact.unit.strip().lower() in ("%", "percent", "per cent", "pct"):
            return (
                "change"
                if re.search(r"(?i)\b(change|rise|fall|growth|increase|decrease|decline|drop)\b", words)
                else ("percent")
            )
        if fact.unit in ("times", "ratio", "x", "") and _RATIO_WORDS.search(words):
            return "ratio"
        if not fact.unit and isinstance(fact.value, float) and 0 <= fact.value <= 1 and _SHARE_WORDS.search(words):
            return "percent"
        if re.search(r"(?i)^(year|calendar year)$", fact.unit):
            return "year"
        return "count"

    @cached_property
    def value(self) -> float:
        """The number in its kind's base unit: seconds, years, percent, a rate for each second or person."""
        value = float(self.fact.value)
        if self.kind == "percent" and not self.fact.unit:
            return value * 100
        if self.kind == "age" and self._quantity:
            return value * self._quantity.written.low / YEAR
        if self.kind == "rate" and self._quantity:
            return value / self._quantity.per[0]
        if self.kind in ("duration", "money", "length", "speed") and self._quantity:
            return value * self._quantity.written.low
        return value

    @cached_property
    def per(self) -> str:
        """What a rate is for each of: ``second``, ``person``."""
        return self._quantity.per[1] if self._quantity and self._quantity.per else ""

    @cached_property
    def criteria(self) -> tuple[Quantity, ...]:
        """The numbers in what a fact counts and where: "shootings with fewer than 5 shots", "94 places"."""
        text = f"{self.fact.counts} . {self.fact.place}"
        return tuple(q for q in quantities(tokens(text), []) if not q.reason and q.kind == "count")

    @cached_property
    def subject(self) -> Subject:
        """What it is about, from its name, its unit and what it says it counts."""
        fact = self.fact
        text = f"{fact.counts} . {fact.name.replace('_', ' ')} . {fact.unit}"
        words = [token for token in tokens(text) if token.is_word]
        found = {stem(token.low) for token in words}
        head = self._head()
        restrict = set()
        if STILL.search(fact.counts) or "after_still" in fact.name or "still" in fact.name:
            restrict.add("still")
        elif FALLEN.search(fact.counts):
            restrict.add("fallen")
        if (
            re.search(r"(?i)\b(first|last|final|the rest|remaining)\b(?! shot to)", fact.counts)
            and self.kind == "count"
        ):
            restrict.add("part")
        return Subject(
            head=head,
            action=self._action(head),
            who=self._who(head),
            restrict=frozenset(restrict),
            basis=fact.basis,
            stems=self._words(),
            contrasts=tuple(dict.fromkeys(contrasting(words))),
            actions=frozenset(ACTIONS[word] for word in found if word in ACTIONS),
            years=_years(fact.period),
            places=of_text(fact.place),
            names=_incident_names(fact, self.incident),
        )

    def _words(self) -> frozenset[str]:
        """The stems of its words of meaning, without its place, period and unit of measure."""
        fact = self.fact
        words = stems(f"{fact.name} {fact.counts}")
        # A count's unit is its subject ("pages"); a unit of measure is not.
        words |= stems(fact.unit) if self.kind in ("count", "rate") else frozenset()
        idle = stems(fact.place) | {"million", "thousand", "hundred", "second", "minute", "total", "estimat"}
        return frozenset(word for word in words - idle if word not in STOP_WORDS)

    def _head(self) -> str:
        fact = self.fact
        if self.kind not in ("count", "rate", "interval"):
            return ""
        for text in (fact.unit, fact.counts, fact.name.replace("_", " ")):
            text = re.split(r"(?i)\bper\b|\ba second\b|/", text)[0]
            classes = [HEADS[stem(word)] for word in re.findall(r"[^\W\d_]+", text.lower()) if stem(word) in HEADS]
            if classes and (text is not fact.unit or classes):
                return classes[-1] if text is fact.unit else classes[0]
            if text is fact.unit and text.strip() and text.lower().strip() not in ("times", "people", "incidents"):
                return stem(re.findall(r"[^\W\d_]+", text.lower() + " x")[0])
        words = re.findall(r"[^\W\d_]+", fact.counts.lower())
        return stem(words[0]) if words else ""

    def _action(self, head: str) -> str:
        words = stems(f"{self.fact.counts} {self.fact.name.replace('_', ' ')}")
        found = {ACTIONS[word] for word in words if word in ACTIONS}
        if self.kind == "duration" and {HEADS.get(word) for word in words} & {"shot"}:
            found.add("fire")
        if "shot" in words and head == "officer" and not found & {"fire", "hit"}:
            found.add("hit")
        for action in ("reload", "hit", "fire", "stop", "kill", "sue", "release"):
            if action in found:
                return action
        return {"shot": "fire", "wound": "hit"}.get(head, "")

    def _who(self, head: str) -> str:
        fact = self.fact
        text = f"{fact.counts} {fact.name.replace('_', ' ')}".lower()
        if self.kind == "age":
            kin = next((word for word in re.findall(r"[a-z]+", text.replace("'s", "")) if word in KIN), "")
            if kin:
                return f"named:{kin}"
            return self._named_person() or ("police" if re.search(r"\bofficer", text) else "other")
        if head == "wound" and self._named_person():
            return self._named_person()
        if head == "wound":
            return "one officer" if re.search(r"\bofficer", text) else "other"
        if head != "shot" and self.kind not in ("duration",):
            return ""
        if re.search(r"\bby (the )?(police|officers|cops|deputies|troopers)( (at|on|in|toward|into|during)\b|[,;]|$)",
                     fact.counts.lower()):  # fmt: skip
            return "police"  # "shots fired by police at Sean Bell": who is named is not who fired
        person = self._named_person()
        if person:
            return person
        if re.search(r"\b(one|that|an?|single|the|another)(?: (?:second|third|fourth|other|single))? officer\b", text):
            return "one officer"
        if re.search(r"\b(each|every|per) officer\b", text):
            return "each"
        if re.search(r"\b(police|officers|cops|deputies|troopers)\b", text):
            return "police"
        named = re.search(r"\bby (?:the )?([a-z]+)(?: ([a-z]+))?", text)
        civil = r"\b(others?|suspect|driver|man|woman|civilian|gunman|him|motorist)\b"
        if re.search(civil, text) or (named and set(named.groups()) & _incident_names(fact, self.incident)):
            return "other"
        return "other" if named and head == "shot" else ""

    def _named_person(self) -> str:
        """Someone named in what is counted who is not the one the incident is named for: ``person:...``."""
        named = self.named or extras([self.fact])
        if re.search(r"[A-Z][\w']+ and (?:[A-Z][\w']+ ?)+", self.fact.counts):
            return ""  # of two together, of neither alone
        found = [fold(token.low) for token in tokens(self.fact.counts) if token.capital]
        return next((f"person:{name}" for name in reversed(found) if name in named), "")

    @cached_property
    def own_names(self) -> frozenset[str]:
        """The names in what it counts."""
        return frozenset(fold(token.low) for token in tokens(self.fact.counts) if token.is_word and token.capital)

    @property
    def by_officer(self) -> bool:
        """Whether who is named is an officer."""
        return bool(
            re.search(r"(?i)\b(officer|detective|sgt|sergeant|deputy|trooper|lieutenant|police)\b", self.fact.counts)
        )


def _years(period: str) -> frozenset[int]:
    years = [int(year) for year in re.findall(r"\b(?:1[89]|20)\d\d\b", period)]
    if len(years) == 2 and years[0] < years[1] <= years[0] + 100:
        return frozenset(range(years[0], years[1] + 1))
    return frozenset(years)


def _incident_names(fact: Fact, incident: str = "") -> frozenset[str]:
    words = re.findall(r"[^\W\d_]{3,}", fold(incident or fact.incident))
    words += [fold(token.low) for token in tokens(fact.counts) if token.is_word and token.capital]
    places = {part for place in of_text(fact.place) for part in place.split()}
    named = frozenset(word for word in words if word not in NO_NAMES and word not in places and len(word) > 2)
    # "stockton-bank-2014" is named for a city, of which every fact of it need not say that it is the place.
    return frozenset(word for word in named if not is_city(word)) or named


def extras(facts: list[Fact]) -> frozenset[str]:
    """Names in what facts count that their incident is not named for: officers, companions."""
    found: set[str] = set()
    named: dict[str, set[str]] = {}
    for fact in facts:
        subject = set(re.findall(r"[^\W\d_]{3,}", fold(fact.incident)))
        if subject:
            found |= people([fact]) - subject
            if fact.unit in ("wounds", "shots", "years"):
                named.setdefault(fact.incident, set()).update(_surnames(fact) & subject)
    # Where an incident is named for several people, what is counted of one says nothing of another.
    return frozenset(found.union(*(names for names in named.values() if len(names) > 1)))


def _surnames(fact: Fact) -> set[str]:
    """The last words of the names of several words in what a fact counts."""
    return {fold(name.split()[-1]) for name in re.findall(r"(?:[A-Z][\w']+ )+[A-Z][\w']+", fact.counts)}


def people(facts: list[Fact]) -> frozenset[str]:
    """The names, in lower case, of those the facts' incidents are about."""
    # What words are on record of (a headline, an agency) may be capitalised for other reasons.
    told = (fact for fact in facts if isinstance(fact.value, (int, float)) or fact.name == "date")
    named = frozenset().union(*(_incident_names(fact) for fact in told if fact.incident))
    races = {"black", "white", "hispanic", "asian", "native", "latino", "latina", "american"}
    return frozenset(
        name for name in named if name not in names.LABELS and name not in races and stem(name) not in HEADS
    )
