"""The words that a published figure needs, declared once, and what is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..charts.language import Language, language, languages
from ..charts.style import drawable
from ..problems import InputError, Problem
from ..provenance import STATUSES, is_date

__all__ = ["RESERVED", "Words"]

SHORTEST_ALT = 30
FEWEST_WORDS = 5
# Folders and files of the output folder that a figure must not take the place of.
RESERVED = ("assets", "facts", "index", "notebooks")


@dataclass(frozen=True)
class Words:
    """What stands around a figure.

    ``slug`` names its folder; ``title`` and ``subtitle`` stand above it; ``alt`` says what it shows to who cannot see
    it; ``source``, ``notes`` and ``credit`` stand below; ``as_of`` is the date (YYYY-MM-DD) the data is good for;
    ``status`` is how the figures are known, None where that is not stated; ``language`` is what readers read.
    """

    slug: str
    title: str
    alt: str
    source: str
    subtitle: str = ""
    credit: str = ""
    notes: str = ""
    as_of: str = ""
    status: str | None = None
    language: str = "en"

    def __post_init__(self):
        for word in ("title", "alt", "source", "subtitle", "credit", "notes"):
            object.__setattr__(self, word, drawable(str(getattr(self, word) or "")))

    def check(self) -> None:
        """Refuse what must not be published.

        Raises
        ------
        InputError
            With every refusal: a slug that is no folder name, no title, no source, an alt text that is empty, too
            short or only the title again, an unknown status, a date that is none.
        """
        found = list(self._refusals())
        if found:
            raise InputError(Problem(what, remedy, column=f"{self.slug}: {word}") for word, what, remedy in found)

    def _refusals(self):
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", self.slug) or self.slug in RESERVED:
            yield (
                "slug",
                "not a name for a folder",
                "Use lower-case words and numbers with hyphens, such as 'reed-shots'.",
            )
        for word, value in (("title", self.title), ("source", self.source)):
            if not value.strip():
                yield word, "missing", f"Every published figure has a {word}."
        if not self.alt.strip():
            yield "alt", "missing", "Say what the chart shows, for readers who cannot see it."
        elif _plain(self.alt) == _plain(self.title):
            yield "alt", "only the title again", "Say what the chart shows: its kind, its data, its finding."
        elif _plain(self.alt).startswith(_plain(self.title)) and _too_little(
            _plain(self.alt)[len(_plain(self.title)) :]
        ):
            yield (
                "alt",
                "little more than the title again",
                "Say what the chart shows: its kind, its data, its finding.",
            )
        elif len(self.alt.strip()) < SHORTEST_ALT or len(set(_plain(self.alt).split())) < FEWEST_WORDS:
            yield (
                "alt",
                f"shorter than {SHORTEST_ALT} letters or {FEWEST_WORDS} words",
                "Say what the chart shows: its kind, its data, its finding.",
            )
        if self.status is not None and self.status not in STATUSES:
            yield "status", f"{self.status!r} is not known", f"Use one of: {', '.join(STATUSES)}."
        if self.language not in languages():
            yield "language", f"the kit does not speak {self.language!r}", f"Use one of: {', '.join(languages())}."
        if self.as_of and not is_date(self.as_of):
            yield "as_of", f"{self.as_of!r} is not a date", "Write YYYY-MM-DD."

    @property
    def spoken(self) -> Language:
        """The language the figure's readers read."""
        return language(self.language)

    def footer(self) -> list[str]:
        """What stands below the picture, a paragraph an entry."""
        speak = self.spoken
        source = (
            speak.say("source_as_of", source=self.source, date=speak.date(self.as_of))
            if self.as_of
            else speak.say("source", source=self.source)
        )
        return [line for line in (self.notes, source, self.credit) if line]


def _too_little(text: str) -> bool:
    return len(text.strip()) < SHORTEST_ALT


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()
