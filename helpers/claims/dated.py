"""Dates and years: of what they are, and how far apart."""

from __future__ import annotations

from ..facts import Fact
from .dates import WEEKDAYS, weekday_of
from .lexicon import EVENTS, YEAR
from .occasions import day_of, same_occasion, source_day, told_on, wrong_weekday
from .quantities import Quantity
from .subjects import Scene, Subject
from .untold import Untold
from .weighing import Verdict
from .words import stem, vocabulary

__all__ = ["Dated"]

_MARKS = (",", ";", "—", "–", "and", "but")
_RELEASING = frozenset(
    stem(word)
    for word in vocabulary(
        """release released publish published gave give dated issue issued posted announce announced disclosed account
        report statement said says put made public out video videos unveiled findings wrote told update"""
    )
)
_STRETCH = vocabulary("from between since through until and to over by after before")
_YEARLY = vocabulary("rate rates count counts total totals figure figures toll number numbers")


class Dated(Untold):
    """Dates and years: of what they are, and how far apart."""

    # Dates, years, ordinals, names.

    def _dated(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict:
        when = quantity.date
        dated = [known for known in self._by_kind["date"] if same_occasion(known, quantity, subject, scene)]
        if when.kind == "date" and not dated and told_on(quantity, scene) == "filed":
            # "The action was filed on April 24": what was filed that day, on record.
            dated = [known for known in self._by_kind["date"] if "sue" in known.subject.actions
                     and when.agrees(str(known.fact.value)) and self.same_topic(known, subject)]  # fmt: skip
        released = self._released(quantity, subject, scene)
        if released and not any(when.agrees(str(known.fact.value)) for known in dated):
            return released
        dated = [known for known in dated if not (known.incident and subject.names and known.subject.names
                                                  and not subject.names & known.subject.names)]  # fmt: skip
        for known in dated:
            if when.agrees(str(known.fact.value)):
                weekday = weekday_of(scene.words, quantity.first)
                behind = [scene.low(at) for at in range(quantity.last, quantity.last + 3)]
                if weekday is None and behind[:2] == [",", "a"]:
                    weekday = WEEKDAYS.get(behind[2])  # "on March 21, a Thursday"
                wrong = wrong_weekday(weekday, str(known.fact.value))
                shown = f"{known.fact.name}: {known.fact.value} ({known.fact.source})"
                if wrong:
                    return Verdict("contradicted", f"{shown}: {wrong}", (known.fact,), known.fact.value)
                return Verdict("supported", shown, (known.fact,), known.fact.value)
        if when.kind == "year":
            period = (
                self._period(quantity, scene)
                or self._since(quantity, subject, scene)
                or self._of_series(quantity, scene)
            )
            if period:
                return Verdict("supported", f"the period of {period.name}: {period.period}", (period,), period.period)
        held = (
            when.kind == "date"
            and when.year
            and not any(known.incident and known.subject.names & subject.names for known in dated)
        )
        days = [known for known in self.known if day_of(known.fact.period)]
        for known in days if held and told_on(quantity, scene) == "" else ():
            # "On July 6, 2016, an officer killed Castile": the day to which a fact about Castile belongs.
            if when.agrees(known.fact.period) and self.same_topic(known, subject):
                shown = f"the day of {known.fact.name}: {known.fact.period}"
                return Verdict("supported", shown, (known.fact,), known.fact.period)
        for known in self.known:
            # "Between February 2004 and September 2023": the ends of the period that a fact is of.
            ends = known.fact.period.split(" to ") if " to " in known.fact.period else ()
            if when.kind == "date" and when.year and any(when.agrees(end) for end in ends if day_of(end)):
                shown = f"the period of {known.fact.name}: {known.fact.period}"
                return Verdict("supported", shown, (known.fact,), known.fact.period)
        if when.kind == "year" and self._only_a_year(quantity, subject, scene):
            return Verdict("not a claim", "a year that the record reaches, of which nothing counted is told")
        if dated:
            fact = dated[0].fact
            return Verdict("contradicted", f"{fact.name}: {fact.value} ({fact.source})", (fact,), fact.value)
        return Verdict("unsupported", "no fact gives this date for what the sentence tells")

    def _released(self, quantity: Quantity, subject: Subject, scene: Scene) -> Verdict | None:
        """ "Its account is dated April 9", "on April 9, COPA put out": the day on which a source of record spoke."""
        number = scene.sentence_of(quantity.first)
        sentence = scene.sentences[number]
        first = quantity.first
        while first > sentence.first and scene.low(first - 1) not in _MARKS:
            first -= 1
        if quantity.first - first <= 2 and first - 2 > sentence.first:
            first -= 2  # "set out its account 19 days later, on April 9"
            while first > sentence.first and scene.low(first - 1) not in _MARKS:
                first -= 1
        clause = range(first, quantity.first)
        told = {EVENTS.get(stem(scene.low(at)), "") for at in clause if scene.low(at - 1) != "the"} & {"fire", "sue"}
        beside = [*clause, *range(quantity.last, min(quantity.last + 8, sentence.last))]
        if quantity.date.kind != "date" or not quantity.date.day or told:
            return None
        telling = any(stem(scene.low(at)) in _RELEASING for at in beside)
        named = [known for at in beside for known in self.sources.named_at(scene, at)]
        for known in named or (self.known if telling else ()):
            if quantity.date.agrees(source_day(known.fact.source)) and self.same_topic(known, subject):
                shown = f"the day of the source of {known.fact.name}: {known.fact.source}"
                return Verdict("supported", shown, (known.fact,), source_day(known.fact.source))
        return None

    def _period(self, quantity: Quantity, scene: Scene) -> Fact | None:
        """The fact whose period a year names: one that another number of the sentence rests on."""
        for other in scene.siblings(quantity):
            if other.reason or other.kind in ("date", "year", "clock"):
                continue
            for fact in self.verdict(other, scene).facts:
                years = self.of_fact(fact).subject.years
                if quantity.date.year in years and self._bounds_right(quantity, scene, years):
                    return fact
        return None

    def _of_series(self, quantity: Quantity, scene: Scene) -> Fact | None:
        """The yearly fact of a year that opens or closes a stretch: "from 2015 on", "goes back to 2015"."""
        before, after = scene.low(quantity.first - 1), scene.low(quantity.last)
        begins = before in ("to", "in") and scene.low(quantity.first - 2) in (
            "back",
            "begin",
            "begins",
            "began",
            "starts",
        )
        of_year = {min(known.subject.years): known.fact for known in self.known
                   if not known.incident and len(known.subject.years) == 1}  # fmt: skip
        if begins or (before in ("since", "from") and after == "on"):
            of_year = {year: fact for year, fact in of_year.items() if year == min(of_year)}
        elif before not in _STRETCH and not (before == "the" and scene.low(quantity.last) in _YEARLY):
            return None
        return of_year.get(quantity.date.year)

    def _only_a_year(self, quantity: Quantity, subject: Subject, scene: Scene) -> bool:
        """Whether the record has figures of a year, and its sentence tells no deed, names nobody, counts nothing."""
        number = scene.sentence_of(quantity.first)
        counted = any(not q.reason and not q.date for q in scene.in_sentence(number))
        told = counted or scene.clauses.tags(number) or subject.names & self.names
        if told or scene.low(quantity.first - 1) in _STRETCH | {"in", "to"}:
            return False
        return any(known.subject.years == {quantity.date.year} for known in self.known if not known.incident)

    def _since(self, quantity: Quantity, subject: Subject, scene: Scene) -> Fact | None:
        """The fact that begins with, or is of, the year after "since": "more than in any year since 2015"."""
        if scene.low(quantity.first - 1) != "since":
            return None
        of_year = (known for known in self.known if not known.incident and known.subject.years)
        return next((known.fact for known in of_year if min(known.subject.years) == quantity.date.year), None)

    def _bounds_right(self, quantity: Quantity, scene: Scene, years: frozenset[int]) -> bool:
        """Whether a year that opens or closes a period ("between 2004 and 2023") is the fact's first or last."""
        near = [other.first for other in scene.siblings(quantity) if other.kind == "year" and other is not quantity]
        opens, closes = quantity.last + 1 in near, quantity.first - 2 in near
        if not opens and not closes:
            return True
        between = scene.low(quantity.last if opens else quantity.first - 1)
        if between not in ("and", "to", "through", "until", "-", "–"):
            return True
        if between == "and" and scene.low(quantity.first - (1 if opens else 3)) != "between":
            return True
        return quantity.date.year == (min(years) if opens else max(years))

    def _years_apart(self, quantity: Quantity, scene: Scene) -> Verdict | None:
        """``Eight years earlier``: between two years that the article names."""
        number = scene.sentence_of(quantity.first)
        if quantity.kind != "duration" or scene.low(quantity.last) not in ("earlier", "later", "before", "after"):
            return None
        near = [q for n in range(max(0, number - 8), number + 1) for q in scene.in_sentence(n)]
        years = sorted({q.date.year for q in near if q.date and q.date.year})
        span = quantity.written.low / YEAR
        pair = next(((one, two) for one in years for two in years if two - one == span), None)
        return Verdict("not a claim", f"from {pair[0]} to {pair[1]}, as the article says") if pair else None
