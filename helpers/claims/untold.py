"""Claims whose sentence leaves open what they are of: only a value that fits counts."""

from __future__ import annotations

from dataclasses import replace

from .bearing import loosened
from .counted import FIELD
from .occasions import lasting
from .quantities import Quantity
from .reckoned import Reckoned
from .subjects import Scene, Subject
from .weighing import FITS, GOOD, Verdict

__all__ = ["Untold"]


class Untold(Reckoned):
    """Claims whose sentence leaves open what they are of: only a value that fits counts."""

    def _as_far_as_said(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
        """Where no fact is about just this: one that the words do not contradict, and only if its value fits.

        What a mismatch would prove is not known here, so that a number which does not fit stays unsupported.
        """
        verb = scene.clauses.right(scene.sentence_of(quantity.first), quantity.last)
        firing = bool(verb and verb.deed in ("fire", "shoot") and not verb.passive)
        if quantity.kind == "duration":
            return self._lasting_untold(quantity, subject, scene)
        if quantity.kind == "rate":
            return self._rate_untold(quantity, subject, scene)
        if quantity.kind == "count" and quantity.head is None:
            return self._told_before(quantity, subject, scene)
        for looser in loosened(subject, quantity, firing) if quantity.kind == "count" else ():
            found = self._candidates(quantity, looser, scene)
            verdict = self._weigh(quantity, found, scene) if found else None
            if verdict and verdict.status in GOOD:
                return replace(verdict, working=f"{verdict.working}; as far as the words say")
        return None

    def _lasting_untold(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
        """ "It took them 41 seconds": a duration of nothing that its sentence names may be any that is on record."""
        if lasting(quantity, scene, beside=False):
            return None
        for known in self._by_kind["duration"]:
            if known.numeric and self.same_topic(known, subject):
                verdict = self._weigh(quantity, [(1, known)], scene)
                if verdict.status in FITS:
                    return replace(verdict, working=f"{verdict.working}; as far as the words say")
        return None

    def _rate_untold(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
        """ "The rate was 6.57 per million for Black residents": of what, the article told earlier."""
        for known in self._by_kind["rate"]:
            same = known.per == (quantity.per or ("", ""))[1] == "person" and self.same_topic(known, subject)
            told = replace(subject, actions=subject.actions | {"kill"})
            if same and self.bearing.same_contrasts(known, told, ordered=False):
                verdict = self._weigh(quantity, [(1, known)], scene)
                if verdict.status in FITS and quantity.written.hedge in ("", "about", "nearly"):
                    return replace(verdict, working=f"{verdict.working}; as far as the words say")
        return None

    def _told_before(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
        """ "The largest number was 89": a fact of this very value, half of whose words were told just before."""
        number = scene.sentence_of(quantity.first)
        before = range(max(0, number - 2), number + 1)
        asked = replace(subject, stems=frozenset().union(*(scene.stems(near) for near in before)),
                        actions=subject.actions.union(*(scene.clauses.tags(near) for near in before)))  # fmt: skip
        if (subject.head in FIELD and subject.who) or quantity.written.low < 20 or quantity.written.hedge:
            return None
        for known in self._by_kind["count"]:
            fits = known.numeric and known.value == quantity.written.low and self.same_topic(known, asked)
            if fits and self.bearing.covers(known.subject, asked, 0.5):
                verdict = self._weigh(quantity, [(1, known)], scene)
                if verdict.status in FITS:
                    return replace(verdict, working=f"{verdict.working}; as told before it")
        return None
