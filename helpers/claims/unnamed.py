"""Numbers whose noun does not say what they count, but of which enough else is told: what hit, who came, when.

"Of the 96 shots, 13 left wounds", "the four let go 96 bullets", "including three after he lay still": a fact of this
very value bears them where the words beside the number are of its sort.
"""

from __future__ import annotations

from .counted import FIELD, counts_as
from .cues import WOUNDING
from .dated import Dated
from .known import Known
from .quantities import Quantity
from .subjects import Scene, Subject
from .weighing import FITS, Verdict
from .words import stem, vocabulary

__all__ = ["Unnamed"]

_FEW_WOUNDS, _TEAM = 4, 12  # so few may be of anything; a larger number is hardly of a team
_WENT = vocabulary("went came got left stood drew ran sat shot kept held took made")


class Unnamed(Dated):
    """Numbers whose noun does not say what they count."""

    def _fitting(self, quantity: Quantity, known: Known) -> Verdict | None:
        status, working = self._against(quantity, known)
        return Verdict(status, working, (known.fact,), known.fact.value) if status in FITS else None

    def _restricted(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
        """ "Including three after he lay still": a fact so narrow, where its sentence tells what narrows it."""
        told = {name for name, _, _ in scene.narrowed(scene.sentence_of(quantity.first))}
        heads = counts_as(quantity, scene) if quantity.kind == "count" else frozenset()
        for known in self._by_kind["count"] if told else ():
            narrow = known.numeric and known.subject.restrict and known.subject.restrict <= told
            if narrow and known.subject.head in heads and self.same_topic(known, subject) and subject.who != "other":
                verdict = self._fitting(quantity, known)
                if verdict:
                    return verdict
        return None

    def _of_wounds(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
        """ "Of the 96 shots, 13 left wounds", "13 times a bullet cut into him": what hit, whatever noun it bears."""
        number = scene.sentence_of(quantity.first)
        sentence = scene.sentences[number]
        if quantity.kind != "count" or not counts_as(quantity, scene) & {"shot", "wound"} or subject.who == "police":
            return None
        end = max(quantity.last, (quantity.head or 0) + 1)
        near = range(max(sentence.first, quantity.first - 5), min(sentence.last, end + 7))
        if not any(stem(scene.low(at)) in WOUNDING for at in near):
            return None
        fires = [verb for verb in scene.clauses.predicates(number) if verb.deed == "fire" and not verb.passive]
        if any(0 <= quantity.first - verb.last <= 3 or 0 <= verb.at - end <= 1 for verb in fires):
            return None
        for known in self._by_kind["count"]:
            whose = subject.who in ("", known.subject.who) or (subject.who == "one officer" and subject.head == "shot")
            if known.numeric and known.subject.head == "wound" and whose and self.same_topic(known, subject):
                verdict = self._fitting(quantity, known) if quantity.written.low > _FEW_WOUNDS else None
                if verdict:
                    return verdict
        return None

    def _of_the_team(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
        """ "The four let go 96 bullets": so many of the officers as are on record, where they are taken up as known."""
        definite = scene.low(quantity.first - 1) in ("the", "those", "these", "all")
        bare = quantity.kind == "count" and counts_as(quantity, scene) == FIELD and subject.head != "officer"
        following = scene.low(quantity.last)
        opens = scene.low(quantity.first - 1) in ("", ".", ";", ":", ",", "and", "but", "”")
        acting = definite or (opens and (following.endswith("ed") or following in _WENT))
        named = acting and bare and 1 < quantity.written.low <= _TEAM
        if not named or not following.isalpha() or following == "of":
            return None
        for known in self._by_kind["count"]:
            if known.numeric and known.subject.head == "officer" and self.same_topic(known, subject):
                verdict = self._fitting(quantity, known)
                if verdict:
                    return verdict
        return None
