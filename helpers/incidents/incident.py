"""The incident folder: reading it, and checking all of it at once.

``data/incidents/<id>/`` holds ``incident.toml`` and ``events.csv``, and where there is one ``shots.csv``. A fact that
two sources state differently stands twice, as ``[[facts.<name>]]``; the first is the one that charts use, and nothing
is averaged or dropped.
"""

from __future__ import annotations

import datetime
import difflib
import math
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import paths, schema, shots
from ..facts import BASES, Fact
from ..problems import InputError, Problem
from ..provenance import QUALIFIERS, STATUSES, Source, is_date
from .bounds import Partial, band

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Incident", "load"]

FACT_KEYS = ("value", "qualifier", "unit", "counts", "basis", "status", "period", "source", "note")
HEAD_KEYS = ("id", "title", "date", "place", "agency", "zero", "simulated", "part", "sources", "facts", "partial")
PARTIAL_KEYS = ("shots", "qualifier", "what", "from_s", "to_s", "source", "note")
UNITS = {"firing_span": "s", "shots_by_police": "shots", "shots_by_others": "shots", "shots_heard": "shots"}
COUNTS = ("shots_by_police", "shots_by_others", "shots_heard", "officers_fired", "wounds")


@dataclass(frozen=True)
class Incident:
    """One police shooting studied in depth.

    ``facts`` are in the file's order, several of a name where sources conflict. ``events`` is the table
    ``schema.EVENTS``, ``shots`` the shot log or None, ``partial`` the counts known for a part of the span.
    ``zero`` says what 0 seconds is. ``part`` says which part of the shooting its counts are of, where they are not of
    all of it; such an incident is not ranked. ``status`` is ``simulated`` for an incident that never happened.
    """

    id: str
    title: str
    date: str
    place: str
    agency: str
    zero: str
    facts: list[Fact]
    sources: dict[str, Source]
    events: pd.DataFrame = field(repr=False)
    shots: pd.DataFrame | None = field(repr=False)
    partial: list[dict[str, Any]]
    simulated: bool = False
    part: str = ""
    folder: Path = field(default=Path(), repr=False)

    def all(self, name: str) -> list[Fact]:
        """Every fact of a name, in the file's order."""
        return [fact for fact in self.facts if fact.name == name]

    def fact(self, name: str) -> Fact | None:
        """The fact of a name that charts use, the first in the file; None where there is none."""
        return next(iter(self.all(name)), None)

    @property
    def status(self) -> str:
        """How its timing is known: the shot log's status, or ``reported`` where there is no log."""
        if self.simulated:
            return "simulated"
        if self.shots is None:
            return "reported"
        ladder = ("detected", "reported", "annotated", "measured")
        return min(self.shots["status"].unique(), key=ladder.index)

    @property
    def credits(self) -> str:
        """Its sources in one line, each once, in the file's order."""
        return "; ".join(dict.fromkeys(str(source) for source in self.sources.values()))

    def credits_of(self, *names: str) -> str:
        """The sources of the facts of these names in one line, each once; all its sources where there are none."""
        return "; ".join(dict.fromkeys(fact.source for name in names for fact in self.all(name))) or self.credits

    @property
    def as_of(self) -> str:
        """The latest date of the sources of its counts and span, or of all its sources, as precise as that is given."""
        drawn = [fact.as_of for name in ("shots_by_police", "firing_span") for fact in self.all(name)]
        return max(drawn or [source.date for source in self.sources.values()])

    def partial_bounds(self) -> list[Partial]:
        """The partial counts whose times are known, as `bounds.band` takes them."""
        known = [part for part in self.partial if part.get("from_s") is not None or part.get("to_s") is not None]
        return [_partial(part, self.fact("firing_span").value) for part in known]


def load(incident: str | Path) -> Incident:
    """Load an incident by its id, or from a folder, checking all of it.

    Raises
    ------
    InputError
        With every problem found: no such incident, TOML that does not parse, a fact without value, source or unit of
        its kind, a source that is not listed, facts that contradict each other, a shot log that is out of order or
        leaves the reported span, an event from a source that is not listed.
    """
    folder = _folder(incident)
    problems: list[Problem] = []
    told = _Told(folder / "incident.toml", problems)
    document = _toml(told.file)
    head = _head(document, folder.name, told)
    sources = _sources(document.get("sources"), told)
    loaded = Incident(
        **head,
        sources=sources,
        facts=_facts(document.get("facts", {}), sources, head, told),
        partial=_partials(document.get("partial", []), sources, told),
        events=_table(lambda: _events(folder / "events.csv", sources), problems),
        shots=_table(lambda: shots.read(folder / "shots.csv"), problems) if (folder / "shots.csv").exists() else None,
        folder=folder,
    )
    problems = problems or _contradictions(loaded)
    if problems:
        raise InputError(problems)
    return loaded


@dataclass(frozen=True)
class _Told:
    """Adds problems of one file; ``column`` is the key as TOML writes it, such as ``facts.wounds.value``."""

    file: Path
    problems: list[Problem]

    def __call__(self, key: str, value: Any, what: str, remedy: str) -> None:
        self.problems.append(Problem(what, remedy, self.file, column=key, value=value))


def _folder(incident: str | Path) -> Path:
    path = Path(incident)
    if path.is_dir() and (path / "incident.toml").is_file():
        return path.resolve()
    known = {folder.name: folder for folder in paths.incident_folders()}
    if str(incident) in known:
        return known[str(incident)]
    if path.is_dir():
        raise InputError(Problem("no incident.toml in this folder", "Make one with: kit incident new ID", path))
    near = difflib.get_close_matches(str(incident), known, n=1)
    hint = f"Did you mean {near[0]!r}?" if near else "Make it with: kit incident new ID."
    raise InputError(Problem(f"there is no incident {str(incident)!r}", f"{hint} There are: {', '.join(known)}."))


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError:
        raise InputError(Problem("not UTF-8 text", "Save it as UTF-8.", file)) from None
    except ValueError as error:
        # TOML's own errors, and numbers of thousands of digits.
        raise InputError(
            Problem(f"not readable as TOML: {error}", "Look at that line's quotes and '='.", file)
        ) from None
    except OSError as error:
        raise InputError(Problem(f"cannot be read ({error.strerror})", "Change its rights.", file)) from None


def _head(document: dict[str, Any], folder: str, told: _Told) -> dict[str, Any]:
    """What the file says of the incident as a whole, in the fields of `Incident`."""
    _no_strangers(document, HEAD_KEYS, "", told)
    head: dict[str, Any] = {key: _words(document, key, told) for key in ("id", "title", "place", "agency", "zero")}
    if head["id"] and head["id"] != folder:
        told("id", head["id"], "not the folder's name", f"Write {folder!r}, or rename the folder.")
    simulated = document.get("simulated", False)
    if not isinstance(simulated, bool):
        told("simulated", simulated, "neither true nor false", "Write true or false, without quotes.")
    date = document.get("date")
    # Only what never happened has no date.
    if type(date) is not datetime.date and not (simulated is True and date is None):
        told("date", date, "missing, or not a date", "Write the day without quotes, such as date = 2024-03-21.")
    part = _words(document, "part", told) if "part" in document else ""
    return head | {"date": str(date or ""), "simulated": simulated is True, "part": part}


def _words(table: dict, key: str, told: _Told, prefix: str = "") -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        told(prefix + key, value or None, "missing, empty or not in quotes", f'Write {key} = "...".')
        return ""
    return value


def _no_strangers(table: dict, known: tuple[str, ...], prefix: str, told: _Told) -> None:
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            remedy = f"Did you mean {near[0]!r}?" if near else f"Keys here are: {', '.join(known)}."
            told(prefix + key, None, "a key that means nothing here", remedy)


def _sources(listed: Any, told: _Told) -> dict[str, Source]:
    if not isinstance(listed, list) or not listed:
        told("sources", None, "no source is listed", "Add a [[sources]] table with id, publisher, title, date, url.")
        return {}
    sources = {}
    known = tuple(field.name for field in fields(Source))
    for number, entry in enumerate(listed, start=1):
        prefix = f"sources[{number}]."
        if not isinstance(entry, dict):
            told(prefix.rstrip("."), entry, "not a table", "Write each as [[sources]].")
            continue
        _no_strangers(entry, known, prefix, told)
        words = {key: str(entry.get(key, "")) for key in known}
        for key in ("id", "publisher", "title"):
            _words(entry, key, told, prefix)
        if words["date"] and not is_date(words["date"]):
            told(prefix + "date", words["date"], "not a date", "Write YYYY-MM-DD, YYYY-MM or YYYY, or leave it empty.")
        if words["id"] in sources:
            told(prefix + "id", words["id"], "two sources share this id", "Give each its own.")
        sources[words["id"]] = Source(**words)
    return sources


def _unlisted(source: Any, file: Path, sources: dict, **place) -> Problem:
    remedy = f"Write one of: {', '.join(sources)}; or add it as a [[sources]] table to incident.toml."
    return Problem("the source is missing or not listed", remedy, file, value=source, **place)


def _facts(tables: Any, sources: dict[str, Source], head: dict[str, Any], told: _Told) -> list[Fact]:
    if not isinstance(tables, dict):
        told("facts", tables, "not a table", "Write each as [facts.NAME] with a value and a source.")
        return []
    found = []
    for name, given in tables.items():
        entries = given if isinstance(given, list) else [given]
        for number, entry in enumerate(entries, start=1):
            prefix = f"facts.{name}[{number}]." if len(entries) > 1 else f"facts.{name}."
            before = len(told.problems)
            _check_fact(name, entry, prefix, sources, told)
            if len(told.problems) > before:
                continue
            source = sources[entry["source"]]
            kept = {key: str(entry[key]) for key in FACT_KEYS if key in entry and key not in ("value", "source")}
            fact = {"period": head["date"], "status": "reported", "unit": UNITS.get(name, "")} | kept
            fact |= {"status": "simulated"} if head["simulated"] else {}
            fact |= {"place": head["place"], "incident": head["id"], "source": str(source), "as_of": source.date}
            found.append(Fact(name, entry["value"], **fact))
    return found


def _check_fact(name: str, entry: Any, prefix: str, sources: dict[str, Source], told: _Told) -> None:
    if not isinstance(entry, dict):
        told(prefix.rstrip("."), entry, "not a table", f"Write it as [facts.{name}] with a value and a source.")
        return
    _no_strangers(entry, FACT_KEYS, prefix, told)
    value = entry.get("value")
    number = _is_number(value)
    near = difflib.get_close_matches(name, (*COUNTS, "firing_span"), n=1, cutoff=0.88)
    if near and near[0] != name:
        told(prefix.rstrip("."), None, "nearly the name of a fact that charts use", f"Did you mean facts.{near[0]}?")
    unit = UNITS.get(name)
    if unit and entry.get("unit", unit) != unit:
        told(prefix + "unit", entry["unit"], "not the unit of this fact", f"Work the value out in {unit!r}.")
    if number and value < 0:
        told(prefix + "value", value, "below 0", "Write 0 or more.")
    if name in COUNTS and not (number and value >= 0 and float(value).is_integer()):
        told(prefix + "value", value, "not a count", "Write a whole number, 0 or more, without quotes.")
    elif name == "firing_span" and not (number and value > 0):
        told(prefix + "value", value, "not a span", "Write seconds, more than 0, without quotes.")
    elif not number and not (isinstance(value, str) and value):
        told(prefix + "value", value, "no value", "Write a number, or words in quotes.")
    for key, words in (("qualifier", QUALIFIERS), ("status", STATUSES), ("basis", BASES)):
        if key in entry and not (isinstance(entry[key], str) and entry[key] in words):
            told(prefix + key, entry[key], f"not a {key} the kit knows", f"Write one of: {', '.join(words)}.")
    if not _listed(entry, sources):
        told.problems.append(_unlisted(entry.get("source"), told.file, sources, column=prefix + "source"))


def _listed(entry: dict[str, Any], sources: dict[str, Source]) -> bool:
    return isinstance(entry.get("source"), str) and entry["source"] in sources


def _is_number(value: Any) -> bool:
    """A number that charts can draw: finite, and not of hundreds of digits."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e12


def _partials(entries: Any, sources: dict, told: _Told) -> list[dict[str, Any]]:
    if not isinstance(entries, list):
        told("partial", None, "not a list of tables", "Write each as [[partial]].")
        return []
    for number, entry in enumerate(entries, start=1):
        prefix = f"partial[{number}]."
        if not isinstance(entry, dict):
            told(prefix.rstrip("."), entry, "not a table", "Write each as [[partial]].")
            continue
        _no_strangers(entry, PARTIAL_KEYS, prefix, told)
        _words(entry, "what", told, prefix)
        if not (_is_number(entry.get("shots")) and entry["shots"] >= 0 and float(entry["shots"]).is_integer()):
            told(prefix + "shots", entry.get("shots"), "not a count", "Write a whole number, 0 or more.")
        if not (isinstance(entry.get("qualifier", "exact"), str) and entry.get("qualifier", "exact") in QUALIFIERS):
            told(prefix + "qualifier", entry["qualifier"], "not a qualifier", f"Write one of: {', '.join(QUALIFIERS)}.")
        for key in ("from_s", "to_s"):
            if key in entry and not (_is_number(entry[key]) and entry[key] >= 0):
                told(prefix + key, entry[key], "not a time", "Write seconds after the zero, or leave it out.")
        if not _listed(entry, sources):
            told.problems.append(_unlisted(entry.get("source"), told.file, sources, column=prefix + "source"))
    return list(entries)


def _partial(part: dict[str, Any], span_s: float) -> Partial:
    least, most = {
        "exact": (part["shots"], part["shots"]),
        # 'About' bounds nothing for certain.
        "approx": (0, math.inf),
        "at_least": (part["shots"], math.inf),
        "at_most": (0, part["shots"]),
    }[part.get("qualifier", "exact")]
    return Partial(part.get("from_s", 0.0), part.get("to_s", span_s), least, most)


def _events(file: Path, sources: dict[str, Source]) -> pd.DataFrame:
    events = schema.read_csv(schema.EVENTS, file)
    unlisted = events[~events["source"].isin(list(sources))]["source"]
    if len(unlisted):
        raise InputError(_unlisted(id, file, sources, row=row, column="source") for row, id in unlisted.items())
    return events


def _table(read, problems: list[Problem]) -> pd.DataFrame | None:
    try:
        return read()
    except InputError as error:
        problems += error.problems
        return None


def _contradictions(incident: Incident) -> list[Problem]:
    """What only shows when the parts are held against each other."""
    problems = []
    file = incident.folder / "incident.toml"
    span = incident.fact("firing_span")
    total = incident.fact("shots_by_police")
    timed = [part for part in incident.partial if "from_s" in part or "to_s" in part]
    if timed and not (span and total):
        what = "a partial count needs the total and the span"
        problems.append(Problem(what, "Add [facts.shots_by_police] and [facts.firing_span].", file, column="partial"))
    elif span and total and total.qualifier != "at_least":
        try:
            band(int(total.value), float(span.value), incident.partial_bounds())
        except ValueError as error:
            remedy = "Check the counts and times of the partial facts against the total and the span."
            problems.append(Problem(str(error), remedy, file, column="partial"))
    for number, part in enumerate(incident.partial, start=1):
        if total and total.qualifier in ("exact", "at_most") and part["shots"] > total.value:
            what = f"more than the {total} in all"
            problems.append(Problem(what, "Correct one of them.", file, column=f"partial[{number}].shots"))
    if incident.shots is not None and total and total.qualifier in ("exact", "at_most"):
        certain = shots.count(shots.by_police(incident.shots)).lowest
        if certain > total.value:
            what = f"{certain} certain shots by police in shots.csv, and the fact shots_by_police says {total}"
            problems.append(Problem(what, "Correct one of them.", file, column="facts.shots_by_police"))
    if incident.shots is not None:
        simulated = bool((incident.shots["status"] == "simulated").any())
        if simulated != incident.simulated:
            what = f"simulated is {str(incident.simulated).lower()} here, but shots.csv says otherwise"
            problems.append(Problem(what, "Make the two agree.", file, column="simulated"))
        if span:
            problems += _outside(incident, span)
    return problems


def _outside(incident: Incident, span: Fact) -> list[Problem]:
    """Police shots later than the reported span allows, given its qualifier, its last digit and their own error."""
    if span.qualifier == "at_least":
        return []
    digits = len(str(span.value).partition(".")[2].rstrip("0"))
    slack = 0.5 * 10.0**-digits + (0.1 * span.value if span.qualifier == "approx" else 0)
    police = shots.by_police(incident.shots)
    late = police[police["t_s"] - police["u_s"].fillna(0) - police["t_s"].min() > span.value + slack]
    remedy = "Correct the time, or the fact firing_span in incident.toml."
    return [
        Problem(f"outside the reported span of {span}", remedy, incident.folder / "shots.csv", row, "t_s", f"{time:g}")
        for row, time in late["t_s"].items()
    ]
