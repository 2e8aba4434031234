"""A second reading of a number that the first would flag: is there a reason to?

The first reading (`bearing.py`) takes each word for what it says; words it does not know can lead it astray. Before a
number is flagged it is asked whether its value and its unit are those of a fact, or of a simple reckoning of facts,
while no word near it names a rival: another doer, person, place, part or source. Digits alone bear nothing: the noun
must agree, or the words just before must have been about that very thing.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from .arithmetic import reckoned
from .bare import as_a_figure
from .combined import by_cells
from .coordinates import groups_told
from .counted import FIELD, counts_as, doers_before, told_of
from .cues import reckoned_only
from .known import Known
from .lexicon import HEADS
from .occasions import RIVALS, lasting, recurs
from .operands import Operands
from .quantities import Quantity
from .remarks import counted_out, remark
from .sides import of_its_group
from .subjects import Scene, Subject
from .tables import Tables
from .weighing import FITS, Verdict, judge, said
from .within import within
from .words import stem, vocabulary

__all__ = ["Second"]


class Second(Tables):
    """Numbers read once more, by value, unit and want of a rival."""

    def __init__(self, facts):
        super().__init__(facts)
        self.judged: dict[tuple[int, int], tuple[Quantity, Verdict]] = {}
        self.stated_by: dict[tuple, list[Known]] = {}

    def _second(self, quantity: Quantity, subject: Subject, scene: Scene, first: Verdict) -> Verdict | None:
        """The verdict of the second reading, where it finds what bears a number; None where it does not."""
        if len(scene.siblings(quantity)) > _CROWD:
            return None  # a list, no sentence
        numbered = (scene.low(quantity.last), scene.low(quantity.last + 1)) == (
            "in",
            "number",
        )  # "were eight in number"
        untold = first.status == "unsupported" or numbered
        plain = (
            None
            if reckoned_only(quantity, scene)
            else (
                self._by_source(quantity, subject, scene)
                or self._narrowed(quantity, subject, scene)
                or self._as_part(quantity, subject, scene)
                or self._as_whole(quantity, subject, scene)
                or (self._as_told(quantity, subject, scene) if untold else None)
                or (self._echo(quantity, scene) if untold else None)
            )
        )
        return (
            plain
            or self._lasted(quantity, subject, scene)
            or of_its_group(quantity, subject, scene, self, told=not untold)
            or self._reckoned(quantity, subject, scene, first)
            or self._restricted(quantity, subject, scene)
            or self._of_wounds(quantity, subject, scene)
            or self._of_the_team(quantity, subject, scene)
            or self._by_cells(quantity, subject, scene)
            or remark(quantity, scene)
        )

    def _of_groups(self, quantity: Quantity, scene: Scene) -> bool:
        """Whether a sentence compares groups that the record tells apart: no incident's figures are meant then."""
        groups = groups_told(scene, scene.sentence_of(quantity.first))
        return any(pair[0] in self.contrasts for _, pair in groups)

    def _reckoned(self, quantity: Quantity, subject: Subject, scene: Scene, first: Verdict) -> Verdict | None:
        """What the facts told near a number give, or the facts of one incident, or the bare figure itself."""
        told = Operands(quantity, scene, self)
        worked = len(first.facts) > 1 and quantity.kind != "count"
        apart = self._of_groups(quantity, scene)
        return reckoned(told, subject, worked) or (None if apart else within(told)) or as_a_figure(told)

    def _by_cells(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
        """What the cells bear; of the one incident that the record knows, `within` has told all there is."""
        alone = len(scene.cases) < 2
        if alone and all(known.incident for known in self.known) and not self._parts:
            return None
        found = by_cells(quantity, subject, scene, self)
        if not found or not alone:
            return found
        facts = [self.of_fact(fact) for fact in found.facts]
        part = any(
            known is one for known in facts for one in self._parts if len(facts) > 1 or one.subject.head != "shot"
        )
        return found if part or not facts or any(not known.incident for known in facts) else None

    @cached_property
    def _parts(self) -> list[Known]:
        """What `within` reckons nothing of: a part that one officer fired ("his last 15 shots"), and people counted."""
        counts = self._by_kind["count"]
        return [one for one in counts if one.subject.head == ("shot" if one.subject.restrict & {"part"} else "person")]

    def _by_source(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
        """What the source named beside the number says of the same sort of thing."""
        if quantity.kind not in ("count", "duration"):
            return None
        heads = counts_as(quantity, scene)
        for known in self.sources.beside(quantity, scene):
            same = known.kind == quantity.kind and self.same_topic(known, subject) and known.numeric
            own = same and (quantity.written.low >= _TELLING or known.subject.head == "shot")
            if (
                own
                and any(known is one for one in self.owner(quantity, scene))
                and (verdict := self._fitting(quantity, known))
            ):
                return replace(verdict, working=f"{verdict.working}; the source whose number it is said to be")
            if not same or (quantity.kind == "count" and known.subject.head not in heads):
                continue
            if known.subject.restrict != subject.restrict - {"part"} or self._rival(known, quantity, scene):
                continue
            head, doers = told_of(quantity, scene) if len(heads) > 1 else ("", set())
            if {head, known.subject.head} == {"shot", "wound"}:
                continue
            if head == known.subject.head == "shot" and known.subject.who not in doers | {"one officer"}:
                continue
            verdict = self._fitting(quantity, known)
            if verdict:
                return replace(verdict, working=f"{verdict.working}; the source named beside it")
        return None

    def owner(self, quantity: Quantity, scene: Scene) -> list[Known]:
        """ "The agency's 96 or so", "the 11 that the alderman spoke of": the facts of the source whose number it is.

        [] where no source is said to own it, or where a noun says what it counts.
        """
        if quantity.head is not None and HEADS.get(stem(scene.low(quantity.head))):
            return []
        at = quantity.first - 1
        at -= scene.low(at) in ("own", "'s", "’s")
        if scene.low(at).endswith(("'s", "’s")) or at < quantity.first - 1:
            return self.sources.named_at(scene, at) or self.sources.named_at(scene, at - 2)  # "the Sun-Times's 11"
        if scene.low(quantity.first - 1) != "the":
            return []
        behind = range(quantity.number[1], quantity.number[1] + 5)
        told = next((at for at in behind if stem(scene.low(at)) in _TELLS), None)
        if told is None:
            return []
        between = [at for at in behind if at < told]
        known = (self.sources.named_at(scene, at) or scene.words[at].capital for at in between)
        if any(scene.low(at) not in _SMALL and not named for at, named in zip(between, known, strict=True)):
            return []
        return next((found for at in between if (found := self.sources.named_at(scene, at))), [])

    def _rival(self, known: Known, quantity: Quantity, scene: Scene) -> bool:
        """Whether the words name another deed, or somebody else (by no mere pronoun) as who did what a fact counts."""
        subject, fact = scene.describe(quantity), known.subject
        if fact.head == "officer":
            return subject.head == "officer" and subject.action != fact.action
        mine, theirs = subject.who, fact.who or ("police" if fact.head == "shot" else "other")
        if fact.head not in ("shot", "wound") or mine == theirs:
            return False
        if fact.head == "wound" and mine == "police" and theirs == "other":
            # Police may be who hit him: he is named, or stands there as "he".
            return not any(m.who == "other" for m in scene.people.mentions(scene.sentence_of(quantity.first)))
        if not mine:
            return theirs == "police" and self._of_one(quantity, scene)
        if theirs != "one officer":
            return True
        # "He" may be the officer, and "the officers" may be the one whose shots the words before tell of.
        mentions = scene.people.mentions(scene.sentence_of(quantity.first))
        named = {m.who for m in mentions if not m.pronoun and not scene.people.attribution(m)}
        before = [m.who for m in mentions if m.last <= quantity.first and not m.pronoun and m.who in named]
        if mine == "other" and before[-1:] == ["other"]:
            return True
        return mine == "each" or (mine in named and "one officer" not in named)

    def _of_one(self, quantity: Quantity, scene: Scene) -> bool:
        """Whether the last person named before a number is one alone: "he is responsible for all 96"."""
        mentions = scene.people.mentions(scene.sentence_of(quantity.first))
        before = [m for m in mentions if m.last <= quantity.first and not scene.people.attribution(m)]
        return bool(before) and (before[-1].who == "one officer" or (before[-1].pronoun and not before[-1].plural))

    def _narrowed(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
        """ "Three of those came after he lay still": what so narrow a fact counts, whoever seems to do it."""
        heads = counts_as(quantity, scene)
        for known in self._by_kind["count"] if quantity.kind == "count" else ():
            narrow = known.numeric and known.subject.restrict and known.subject.restrict == subject.restrict - {"part"}
            if narrow and known.subject.head in heads and self.same_topic(known, subject):
                verdict = self._fitting(quantity, known)
                if verdict:
                    return verdict
        return None

    def _as_part(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
        """ "One officer accounts for 50 or more of some 96 rounds": a part counts what its whole does."""
        after = {quantity.last, quantity.number[1]}
        whole = next((q for q in scene.siblings(quantity) if q.head is not None and any(
            scene.low(at) == "of" and at < q.number[0] <= at + 4 and not q.reason for at in after)), None)  # fmt: skip
        if whole is None or quantity.kind != "count" or quantity.head not in (None, whole.head):
            return None
        heads = counts_as(whole, scene)
        doers = set(doers_before(scene, quantity)[-1:])
        for known in self._by_kind["count"]:
            fact = known.subject
            same = known.numeric and fact.head in heads and not fact.restrict and self.same_topic(known, subject)
            verdict = self._fitting(quantity, known) if same and len(heads) == 1 and fact.who in doers else None
            if verdict:
                return verdict
        return None

    def _as_whole(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
        """ "50 or more of some 96 rounds": the whole of which another number is a part."""
        ends = {end for q in scene.siblings(quantity) if q is not quantity for end in (q.number[1], q.last)}
        at = quantity.first - 1
        while scene.low(at) in ("the", "those", "these", "all"):
            at -= 1
        if quantity.kind != "count" or scene.low(at) != "of" or at not in ends:
            return None
        head = ""
        if counts_as(quantity, scene) == FIELD:  # "one of the four" picks an officer; else what is told of before it
            head = "officer" if scene.low(at - 1) in ("one", "1") else told_of(quantity, scene)[0]
        return self._first_of(quantity, subject, scene, set(), "; the whole that is spoken of", head)

    def _as_told(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
        """A number that leaves its noun out: of what the words just before are about, and by whom."""
        if quantity.kind != "count" or len(counts_as(quantity, scene)) < 3:
            return None
        head, doers = told_of(quantity, scene)
        if not head:
            return None
        asked = replace(subject, head=head)
        return self._first_of(quantity, asked, scene, doers, "; what the words before it are about", head)

    def _first_of(
        self, quantity: Quantity, subject: Subject, scene: Scene, doers: set[str], note: str, head: str = ""
    ) -> Verdict | None:
        """The first fact that fits and that nobody but ``doers`` did, of what the number may count."""
        heads = {head} if head else counts_as(quantity, scene)
        for known in self._by_kind["count"]:
            if not known.numeric or known.subject.head not in heads or not self.same_topic(known, subject):
                continue
            if (
                known.extreme
                or known.subject.restrict
                or (doers and known.subject.head == "shot" and known.subject.who not in doers)
            ):
                continue
            other_deed = subject.head == "officer" and subject.action not in ("", known.subject.action)
            if other_deed or (doers and self._rival(known, quantity, scene)):
                continue
            beside = self.sources.beside(quantity, scene)
            rivals = [one for one in beside if one.subject.head == known.subject.head and one.kind == known.kind]
            if rivals and known not in rivals:
                continue
            verdict = self._fitting(quantity, known)
            if verdict:
                return replace(verdict, working=verdict.working + note)
        return None

    def _echo(self, quantity: Quantity, scene: Scene) -> Verdict | None:
        """ "Ninety-six," said a neighbor: a number alone, which the article has told before with what it counts."""
        after = scene.low(quantity.last)
        alone = quantity.kind == "count" and quantity.head is None and quantity.written.low >= _TELLING
        if not alone or quantity.written.bounds or (after.isalpha() and after not in ("said", "says")):
            return None
        sentence = scene.sentences[scene.sentence_of(quantity.first)]
        if quantity.first - sentence.first > _OPENING:
            return None
        for other in scene.quantities[:_MOST]:
            if other.first >= quantity.first:
                break
            if other.kind != "count" or other.reason or other.head is None or other.written.low < _TELLING:
                continue
            verdict = self._first(other, scene.describe(other), scene)
            if verdict.status in FITS and len(verdict.facts) and isinstance(verdict.fact_value, (int, float)):
                fact = verdict.facts[0]
                status, working = judge(quantity.written, float(verdict.fact_value), fact.qualifier, 1.0, said(fact))
                if status in FITS:
                    return Verdict(status, f"{working}; as told before", verdict.facts, verdict.fact_value)
        return None

    def _over(self, quantity: Quantity, scene: Scene) -> bool:
        """Whether a duration is that of shots told right before it: "96 over 41 seconds"."""
        before = next(
            (q for q in scene.siblings(quantity) if quantity.first - q.last in (1, 2) and q.kind == "count"), None
        )
        joined = scene.low(quantity.first - 1) in ("over", "in", "within", "for", "during")
        shots = (one for one in self._by_kind["count"] if one.numeric and one.subject.head == "shot")
        return bool(before) and joined and any(self._against(before, one)[0] in FITS for one in shots)

    def _lasted(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
        """ "For 41 seconds police fired at a man pulled over": the firing is told, whatever else is."""
        if counted_out(quantity, scene):
            quantity = replace(quantity, kind="duration")
        size = _unit_before(quantity, scene)
        if size:  # "14 seconds by one account, and by another four"
            quantity = replace(quantity, kind="duration", written=quantity.written.times(size), scale=size)
        if quantity.kind != "duration" or recurs(quantity, scene):
            return None
        number = scene.sentence_of(quantity.first)
        titled = quantity.first == scene.sentences[number].first and scene.low(quantity.last) in (":", "—", "–", ".")
        fires = titled or "fire" in scene.clauses.tags(number)
        fires = fires or self._over(quantity, scene)
        told = fires or lasting(quantity, scene, beside=False) not in RIVALS
        sentence = scene.sentences[number]
        other = {scene.low(at) for at in range(quantity.last, min(quantity.last + 4, sentence.last))} & _OTHER
        if (
            not told
            or (other and not titled)
            or scene.low(quantity.last) in ("after", "later", "earlier", "before", "ago", "apart")
        ):
            return None
        for known in self._by_kind["duration"]:
            if known.numeric and known.subject.action == "fire" and self.same_topic(known, subject):
                verdict = self._fitting(quantity, known)
                if verdict:
                    return replace(verdict, working=f"{verdict.working}; the firing that is told of")
        return None


def _unit_before(quantity: Quantity, scene: Scene) -> float:
    """The unit of the duration told before a number without a noun in its sentence, in seconds; 0 for none."""
    if quantity.kind != "count" or counts_as(quantity, scene) != FIELD:
        return 0.0
    before = [q for q in scene.siblings(quantity) if q.first < quantity.first and not q.reason and not q.date]
    return before[-1].scale if before and before[-1].kind == "duration" and before[-1].scale <= 60 else 0.0


_SMALL = vocabulary("that which the an a has had have")
_TELLS = frozenset(stem(word) for word in vocabulary("spoke gave cited counted told reported mentioned named put said"))
_CROWD = 12  # numbers in one sentence
_TELLING, _OPENING, _MOST = 20, 3, 30  # a number so large, so early in its sentence, so far into the article
_OTHER = vocabulary("chase pursuit stop standoff video clip footage recording pause silence wait")
