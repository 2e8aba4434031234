"""Counts that no fact states but that two facts give: all but one, those that missed, a sum."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from .hedges import Written
from .lexicon import HEADS
from .quantities import Quantity
from .subjects import Scene, Subject
from .weighing import FITS, Verdict, Weighing, judge, said
from .words import stem

__all__ = ["Reckoned", "least"]

_MISSED = {"missed", "wide", "astray", "miss"}

_TOGETHER = {"together", "combined", "add", "adds", "sum", "them"}


def least(written: Written) -> tuple[float, str]:
    """A count with its hedge, "more than once" as "at least twice", "fewer than five" as "at most four"."""
    if written.hedge == "less than":
        return written.low - 1, "at most"
    return (written.low + 1, "at least") if written.hedge == "more than" else (written.low, written.hedge)


def _opposite(one: Written, other: Written) -> bool:
    """Whether two bounds part all numbers between them: "fewer than five" and "at least five"."""
    (low, below), (high, above) = sorted((least(one), least(other)))
    return (below, above) == ("at most", "at least") and high == low + 1


class Reckoned(Weighing):
    """Counts that no fact states but that two facts give: all but one, those that missed, a sum."""

    def _held_fire(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
        """ "Four of the seven never fired": those present less those who fired."""
        if subject.action != "held" or quantity.kind != "count":
            return None
        officers = [one for one in self._by_kind["count"] if one.subject.head == "officer" and not one.subject.restrict
                    and self.same_topic(one, subject)]  # fmt: skip
        fired = [one for one in officers if one.subject.action == "fire"]
        came = [one for one in officers if one.subject.action in ("stop", "") and one not in fired]
        for whole, part in product(came, fired):
            if whole.incident == part.incident:
                shown = f"{said(whole.fact)} - {said(part.fact)}"
                status, working = judge(quantity.written, whole.value - part.value, "exact", 1.0, shown)
                return Verdict(status, working, (whole.fact, part.fact), whole.value - part.value)
        return None

    def _missed(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
        """ "Two of the shots missed": those fired less those that hit."""
        sentence = scene.sentences[scene.sentence_of(quantity.first)]
        behind = {scene.low(at) for at in range(quantity.last, min(quantity.last + 3, sentence.last))}
        if quantity.kind != "count" or subject.head not in ("shot", "times", "wound", "") or not behind & _MISSED:
            return None
        fired = [one for one in self._by_kind["count"] if one.subject.head == "shot" and not one.subject.restrict
                 and one.subject.who != "other" and self.same_topic(one, subject)]  # fmt: skip
        hits = [one for one in self._by_kind["count"] if one.subject.head == "wound" and self.same_topic(one, subject)]
        pairs = [(one, two) for one, two in product(fired, hits) if one.incident == two.incident]
        verdicts = []
        for one, two in pairs:
            shown = f"{said(one.fact)} - {said(two.fact)}"
            vague = "approx" in (one.fact.qualifier, two.fact.qualifier)
            status, working = judge(quantity.written, one.value - two.value, "approx" if vague else "exact", 1.0, shown)
            verdicts.append(Verdict(status, working, (one.fact, two.fact), one.value - two.value))
        return next((one for one in verdicts if one.status in FITS), verdicts[0] if verdicts else None)

    def _all_but(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
        """ "All but one of them fired": the whole less the number, where a fact counts such a whole."""
        first = quantity.first
        excepted = quantity.head is not None and stem(scene.low(quantity.head)) == stem("exception") and any(
            scene.low(at) in ("all", "every") for at in range(first - 12, first))  # fmt: skip
        if excepted and "fire" in subject.actions:
            subject = replace(subject, head="officer", action="fire")  # "all of them fired, with one exception"
        elif quantity.kind != "count" or (scene.low(first - 2), scene.low(first - 1)) != ("all", "but"):
            return None
        if subject.head != "officer":
            return None
        asked = replace(subject, singular=False)
        wholes = [one for _, one in self._candidates(quantity, replace(asked, action="", definite=True), scene)]
        parts = [one for _, one in self._candidates(quantity, asked, scene)]
        for whole, part in product(wholes, parts):
            if whole is not part and whole.incident == part.incident:
                left = replace(quantity.written, low=whole.value - quantity.written.low,
                               high=whole.value - quantity.written.low)  # fmt: skip
                shown = f"{said(whole.fact)} - {quantity.written.low:g}; {part.fact.name}: {said(part.fact)}"
                status, working = judge(left, part.value, part.fact.qualifier, 1.0, shown)
                if status in FITS or part is parts[-1]:
                    return Verdict(status, working, (whole.fact, part.fact), part.value)
        return None

    def _criterion(self, quantity: Quantity, subject: Subject) -> Verdict | None:
        """``fewer than five shots`` in the very words of a fact: what it counts, and no number of its own."""
        if quantity.kind != "count" or (quantity.head is None and quantity.form != "once"):
            return None
        reloads = "reload" in (subject.head, subject.action) and subject.who != "other"
        for known, number in self._criteria:
            if number.form == "once" and (quantity.form == "once" or reloads):
                same = least(number.written) == least(quantity.written)
                if same and {"reload"} & known.subject.actions and (reloads or "reload" in subject.actions):
                    shown = f"in the words of {known.fact.name}: {known.fact.counts}"
                    return Verdict("supported", shown, (known.fact,), known.fact.value)
                continue
            same = least(number.written) == least(quantity.written)
            shots = {HEADS.get(stem(number.unit)), subject.head} <= {"shot", "times"}  # "fired fewer than five times"
            noun = {stem(number.unit)} & subject.nouns or number.unit == quantity.unit or shots
            if noun and not same and self.same_topic(known, subject) and _opposite(number.written, quantity.written):
                shown = f"what {known.fact.name} leaves: it counts {known.fact.counts}"
                return Verdict("not a claim", shown, (known.fact,))
            plain = number.written.hedge in ("", "about")
            if plain and HEADS.get(stem(number.unit)):
                continue  # "the 13 wounds" may be another's; "the 94 places" and "fewer than five shots" are its terms
            if same and noun and self.same_topic(known, subject):
                shown = f"part of what {known.fact.name} counts: {known.fact.counts}"
                return Verdict("supported", shown, (known.fact,), known.fact.value)
        return None

    def _one_of_them(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
        """``One officer fired at least 50 rounds`` picks out an officer: it counts those whose share is told."""
        officer = subject.singular and subject.head == "officer" and subject.action in ("fire", "")
        if not officer or quantity.kind != "count" or quantity.written.hedge:
            return None
        number = scene.sentence_of(quantity.first)
        if scene.low(quantity.number[1]) == "of" or quantity.partitive:
            # "One of the officers fired again and again. ABC7 reports at least 50": the next words tell of his part.
            for known in self._by_kind["count"] if number + 1 < len(scene.sentences) else ():
                for other in scene.in_sentence(number + 1) if known.subject.who == "one officer" else ():
                    if other.kind == "count" and self._against(other, known)[0] in FITS:
                        return Verdict(
                            "supported", f"the one officer of {known.fact.name}: {said(known.fact)}", (known.fact,), 1
                        )
        for other in scene.siblings(quantity):
            if other is quantity or other.reason or other.kind not in ("count", "share", "percent", "one in"):
                continue
            whose = scene.describe(other)
            if other.kind != "count":
                whose = replace(whose, head="shot", action="fire", who="one officer", restrict=frozenset())
            if whose.head == "shot" and whose.who == "one officer":
                share = next((known for known in self.known if known.numeric and self.same_count(known, whose)), None)
                if share:
                    shown = f"the one officer of {share.fact.name}: {said(share.fact)}"
                    return Verdict("supported", shown, (share.fact,), 1)
        return None

    def _sum(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
        """``Together they were hit 47 times``: the sum over those of whom each has a fact of the kind."""
        if quantity.kind != "count" or subject.head not in ("wound", "shot", "times"):
            return None
        said_together = scene.lows(scene.sentence_of(quantity.first)) & _TOGETHER
        if not said_together or said_together == {"them"}:
            return None
        parts = [
            known for known in self._by_kind["count"]
            if known.subject.who.startswith("person:") and known.subject.head in (subject.head, "wound")
            and self.same_topic(known, subject) and known.fact.qualifier == "exact"
        ]  # fmt: skip
        if len(parts) < 2 or len({known.incident for known in parts}) > 1:
            return None
        total = sum(known.value for known in parts)
        working = " + ".join(f"{known.fact} [{known.fact.name}]" for known in parts) + f" = {total:,.10g}"
        status, working = judge(quantity.written, total, "exact", 1.0, working)
        return Verdict(status, working, tuple(known.fact for known in parts), total)
