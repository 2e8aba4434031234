"""Checking an article: its claims in order, each with a verdict."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from .. import facts, incidents, paths
from ..facts import Fact
from . import names, pins
from .articles import Article, read
from .ellipsis import completed
from .matching import STATUSES, Matcher, Verdict
from .quantities import Quantity, quantities
from .repeated import twins
from .subjects import Scene
from .words import sentences, tokens

__all__ = ["Claim", "Report", "check", "check_text", "facts_for"]

DEFAULT_INCIDENT = "dexter-reed-2024"


@dataclass(frozen=True)
class Claim:
    """A number in an article with its verdict.

    ``start`` and ``end`` are character offsets into the article's text: ``article[start:end] == text``. ``value`` is
    the number as written in ``unit`` ([low, high] for a range; a date as text; None for what is no number). ``facts``
    are the facts of record it was held against; ``working`` how, or the reason where it is no claim.
    """

    sentence: str
    text: str
    value: float | int | list | str | None
    unit: str
    kind: str
    hedge: str
    status: str
    facts: tuple[Fact, ...]
    fact_value: object
    working: str
    start: int
    end: int
    pinned: bool = False

    @property
    def fact(self) -> str | None:
        """The name of the first fact, None where there is none."""
        return self.facts[0].name if self.facts else None


@dataclass(frozen=True)
class Report:
    """An article's claims in order, with the text their offsets are counted in."""

    article: Article
    claims: tuple[Claim, ...]
    facts: int
    facts_from: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """How many claims have each status, in the order of `STATUSES`."""
        counted = Counter(claim.status for claim in self.claims)
        return {status: counted[status] for status in STATUSES}

    def failed(self, strict: bool = False) -> bool:
        """Whether anything is contradicted; with ``strict`` also whether anything is unsupported."""
        wrong = {"contradicted", "unsupported"} if strict else {"contradicted"}
        return any(claim.status in wrong for claim in self.claims)


def check(path: Path, known: list[Fact], facts_from: str = "") -> Report:
    """Check every number of an article against facts.

    Parameters
    ----------
    path : Path
        A ``.txt``, ``.md``, ``.html`` or ``.docx`` file. A ``claims.toml`` beside it pins its sentences to facts.
    known : list of Fact
        What may be said: ``facts.read(path)``, or an incident's ``facts``.
    facts_from : str
        Where the facts are from, for the report.

    Raises
    ------
    InputError
        If the article cannot be read, or a pin names a fact or a sentence that is not there.
    """
    article = read(path)
    return _report(article, known, facts_from, pins.beside(path))


def facts_for(file: str | Path | None = None, incident: str | Path | None = None) -> tuple[list[Fact], str]:
    """The facts to hold an article against, and where they are from.

    A ``facts.json`` and an incident's facts where they are named, both where both are; else ``published/facts.json``,
    and where no notebook has been run the incident ``dexter-reed-2024``.

    Raises
    ------
    InputError
        If there is no such file or incident, or it is not right.
    """
    found: list[Fact] = []
    told = []
    published = paths.out() / "facts.json"
    if file is None and incident is None:
        file, incident = (published, None) if published.exists() else (None, DEFAULT_INCIDENT)
    if file is not None:
        found += facts.read(Path(file))
        told.append(paths.shown(file))
    if incident is not None:
        loaded = incidents.load(incident)
        held = {(fact.incident, fact.name, fact.value, fact.source) for fact in found}
        found += [fact for fact in loaded.facts if (fact.incident, fact.name, fact.value, fact.source) not in held]
        told.append(f"the incident {loaded.id}")
    return found, " and ".join(told)


def check_text(text: str, known: list[Fact]) -> Report:
    """Check a text that is in no file."""
    return _report(Article(Path("text"), text, (), ()), known, "", [])


def _report(article: Article, known: list[Fact], facts_from: str, pinned: list[pins.Pin]) -> Report:
    words = tokens(article.text)
    skipped = names.apart([*article.skipped, *names.spans(article.text), *names.runs(words)])
    found = completed(quantities(words, skipped), words)
    matcher = Matcher(_measured(known, article.text))
    scene = Scene(article.text, words, sentences(article.text, words), found, matcher.names, matcher.extras,
                  matcher.cases)  # fmt: skip
    same = twins(scene)
    tied = pins.tie([*article.pins, *pinned], article, scene, known)
    claims = []
    verdicts: dict[tuple[int, int], Verdict] = {}
    for index, quantity in enumerate(found):
        pin = tied.get(index)
        number = scene.sentence_of(quantity.first)
        place = same[number], quantity.first - scene.sentences[number].first
        if not pin and place not in verdicts:
            verdicts[place] = matcher.verdict(quantity, scene)
        verdict = pins.verdict(quantity, pin, matcher) if pin else verdicts[place]
        claims.append(_claim(quantity, verdict, scene, bool(pin)))
    return Report(article, tuple(claims), len(known), facts_from)


def _measured(known: list[Fact], text: str) -> list[Fact]:
    """The facts that may be meant: none simulated beside those that are not, where no simulation is told of."""
    real = [fact for fact in known if fact.status != "simulated"]
    return known if not real or "simulat" in text.lower() or "rehears" in text.lower() else real


def _claim(quantity: Quantity, verdict: Verdict, scene: Scene, pinned: bool) -> Claim:
    return Claim(
        sentence=scene.shown(scene.sentence_of(quantity.first)),
        text=scene.text[quantity.start : quantity.end],
        value=_value(quantity),
        unit=_unit(quantity),
        kind=quantity.kind,
        hedge=quantity.written.hedge,
        status=verdict.status,
        facts=verdict.facts,
        fact_value=verdict.fact_value,
        working=verdict.working,
        start=quantity.start,
        end=quantity.end,
        pinned=pinned,
    )


def _value(quantity: Quantity) -> float | int | list | str | None:
    if quantity.reason:
        return None
    if quantity.date:
        return quantity.date.year if quantity.kind == "year" else str(quantity.date)
    low, high = (_plain(number) for number in (quantity.written.low, quantity.written.high))
    if quantity.kind == "one in":
        return round(1 / quantity.written.low, 6)
    return low if low == high else [low, high]


def _plain(number: float) -> float | int:
    return int(number) if number == int(number) else round(number, 6)


def _unit(quantity: Quantity) -> str:
    return "" if quantity.reason else quantity.unit
