"""Pinned claims: a reporter ties a sentence to a fact, and then only that fact counts, exactly.

In Markdown a marker stands behind the number, in a comment that no reader sees::

    Officers fired about 96 times.<!-- fact: shots_by_police -->

For any article, a ``claims.toml`` beside it (or ``<article>.claims.toml``) does the same::

    [[claim]]
    sentence = "Officers fired about 96 times."
    number = "about 96 times"        # where the sentence has several
    fact = "shots_by_police"
    source = "COPA"                  # where sources disagree; a part of the fact's source
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..facts import Fact
from ..problems import InputError, Problem

if TYPE_CHECKING:
    from .articles import Article
    from .matching import Matcher, Verdict
    from .quantities import Quantity
    from .subjects import Scene

__all__ = ["MARK", "Pin", "beside", "marks", "tie", "verdict"]

MARK = re.compile(r"<!--\s*fact:\s*([\w./-]+)\s*(?:[,(]\s*source:?\s*([^)>]*?)\)?\s*)?-->")


@dataclass(frozen=True)
class Pin:
    """A tie from a place in an article to a fact: by offset (``at``) or by words (``sentence``, ``number``)."""

    fact: str
    file: Path
    at: int | None = None
    sentence: str = ""
    number: str = ""
    source: str = ""
    row: int | None = None


def marks(text: str, path: Path) -> Iterable[Pin]:
    """The pins that markers in a Markdown text make."""
    for match in MARK.finditer(text):
        row = text.count("\n", 0, match.start()) + 1
        yield Pin(match.group(1), path, at=match.start(), source=(match.group(2) or "").strip(), row=row)


def beside(path: Path) -> list[Pin]:
    """The pins of the ``<article>.claims.toml`` or ``claims.toml`` beside an article; [] where there is neither.

    Raises
    ------
    InputError
        If the file is not TOML, or a claim in it lacks its ``sentence`` or ``fact`` or has a key of no meaning.
    """
    for file in (path.with_name(path.stem + ".claims.toml"), path.with_name("claims.toml")):
        if file.exists():
            return _read(file)
    return []


_KEYS = ("sentence", "number", "fact", "source")


def _read(file: Path) -> list[Pin]:
    try:
        document = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(
            Problem(f"not readable TOML ({error})", "See `kit claims --help` for an example.", file)
        ) from None
    rows = document.get("claim", [])
    if not isinstance(rows, list) or set(document) - {"claim"} or not all(isinstance(row, dict) for row in rows):
        raise InputError(Problem("only [[claim]] tables are read", "Begin each pinned claim with [[claim]].", file))
    problems, found = [], []
    for place, row in enumerate(rows, start=1):
        strange = sorted(set(row) - set(_KEYS))
        missing = [key for key in ("sentence", "fact") if not row.get(key)]
        words = all(isinstance(value, str) for value in row.values())
        if strange or missing or not words:
            what = f"claim {place}: " + "; ".join(
                [f"no {key}" for key in missing]
                + [f"{key!r} means nothing" for key in strange]
                + ([] if words else ["a value that is no text"])
            )
            problems.append(Problem(what, "Write sentence and fact, and where needed number and source.", file))
        else:
            found.append(Pin(row["fact"], file, sentence=row["sentence"], number=row.get("number", ""),
                             source=row.get("source", "")))  # fmt: skip
    if problems:
        raise InputError(problems)
    return found


def tie(pins: list[Pin], article: Article, scene: Scene, facts: list[Fact]) -> dict[int, list[Fact]]:
    """Which quantity (by its place among the scene's) each pin ties to which facts.

    Raises
    ------
    InputError
        With every pin that names no fact of record or no number of the article.
    """
    tied: dict[int, list[Fact]] = {}
    problems = []
    for pin in pins:
        chosen = [fact for fact in facts if fact.name == pin.fact and pin.source.lower() in fact.source.lower()]
        if not chosen:
            known = ", ".join(sorted({fact.name for fact in facts})) or "none"
            what = f"no fact is named {pin.fact}" + (f" from {pin.source}" if pin.source else "")
            problems.append(Problem(what, f"The facts are: {known}.", pin.file, row=pin.row))
            continue
        index = _by_mark(pin, scene) if pin.at is not None else _by_words(pin, article, scene)
        if index is None:
            what = "no number stands before this marker" if pin.at is not None else "no such number in the article"
            remedy = "Put it right behind the sentence or number it pins, or copy the sentence as it stands."
            problems.append(Problem(what, remedy, pin.file, row=pin.row, value=pin.number or pin.sentence or None))
            continue
        tied[index] = chosen
    if problems:
        raise InputError(problems)
    return tied


def _by_mark(pin: Pin, scene: Scene) -> int | None:
    """The last claim before the marker in its paragraph."""
    found = None
    for index, quantity in enumerate(scene.quantities):
        if quantity.start >= pin.at:
            break
        if not quantity.reason and "\n\n" not in scene.text[quantity.end : pin.at]:
            found = index
    return found


def _by_words(pin: Pin, article: Article, scene: Scene) -> int | None:
    """The claim in the words given; where no number is given, the sentence must hold one claim alone."""
    pattern = r"\s+".join(re.escape(word) for word in pin.sentence.split())
    match = re.search(pattern, article.text)
    if not match:
        return None
    inside = [
        (index, quantity)
        for index, quantity in enumerate(scene.quantities)
        if match.start() <= quantity.start < match.end() and not quantity.reason
    ]
    if pin.number:
        inside = [
            (index, quantity) for index, quantity in inside
            if _overlaps(scene.text[quantity.start : quantity.end], pin.number)
        ]  # fmt: skip
    return inside[0][0] if len(inside) == 1 or (inside and pin.number) else None


def _overlaps(text: str, number: str) -> bool:
    one, other = " ".join(text.lower().split()), " ".join(number.lower().split())
    return one in other or other in one


def verdict(quantity: Quantity, facts: list[Fact], matcher: Matcher) -> Verdict:
    """The verdict on a pinned claim: its value must be the fact's, with no rounding; a hedge keeps its meaning."""
    from . import hedges
    from .known import Known
    from .matching import Verdict

    fact = facts[0]
    results = []
    for one in facts:
        known = Known(one)
        shown = f"pinned to {one.name}: {one}" + (f" ({one.source})" if one.source else "")
        if not known.numeric:
            agrees = bool(quantity.date) and known.kind == "date" and quantity.date.agrees(str(one.value))
        elif known.kind != quantity.kind and {known.kind, quantity.kind} - {"count", "age", "duration"}:
            return Verdict("contradicted", f"{shown}: another kind of number", tuple(facts), one.value)
        else:
            size = quantity.per[0] if quantity.kind == "rate" and quantity.per else 1.0
            value = known.value * size
            own = hedges.Written(*(number / quantity.scale for number in
                                   (quantity.written.low, quantity.written.high, quantity.written.step)),
                                 quantity.written.hedge)  # fmt: skip
            near = hedges.fits(own, value / quantity.scale, exact_only=quantity.written.hedge != "about")
            agrees = bool(near) and not hedges.beyond(quantity.written, value, one.qualifier)
        results.append((agrees, shown))
    if all(agrees for agrees, _ in results):
        return Verdict("supported", results[0][1], tuple(facts), fact.value)
    status = "conflicting sources" if any(agrees for agrees, _ in results) else "contradicted"
    return Verdict(status, "; ".join(shown for _, shown in results), tuple(facts), fact.value)
