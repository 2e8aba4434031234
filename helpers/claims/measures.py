"""Numbers with their units: percentages, rates, ages, measures, counts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from . import dates
from .hedges import Written
from .lexicon import HEADS, UNITS, YEAR
from .numerals import Numeral, numeral
from .phrases import CURRENCY, FALLING, RISING
from .told_ages import ToldAges
from .words import stem, vocabulary

__all__ = ["Measures", "Quantity"]


@dataclass(frozen=True)
class Quantity:
    """A number as written. ``first`` up to ``last`` are its tokens with hedge and unit, ``start`` and ``end`` offsets.

    ``kind``: ``count``, ``duration`` (unit ``s``), ``age`` (years), ``decade`` ("in his 20s"), ``date``, ``year``,
    ``clock``, ``money``, ``percent``, ``points``, ``share`` (a fraction of something), ``one in``, ``rate``,
    ``interval`` ("a shot every 0.4 seconds"), ``ratio`` ("2.9 times as many"), ``change``, ``difference`` ("85 more
    shots than"), ``length``, ``ordinal``, ``name`` (no claim) or ``word`` (no claim). ``head`` is the token of the noun
    it counts; ``per`` what a rate is for each of; ``partitive`` says that the noun follows "of the". ``reason`` is why
    it is no claim, '' for a claim.
    """

    first: int
    last: int
    start: int
    end: int
    written: Written
    kind: str
    unit: str = ""
    head: int | None = None
    number: tuple[int, int] = (0, 0)
    per: tuple[float, str] | None = None
    partitive: bool = False
    direction: int = 0
    date: dates.When | None = None
    form: str = ""
    scale: float = 1.0
    reason: str = ""
    nouns: tuple[int, ...] = field(default=())


_RATIO_AFTER = {"as", "more", "higher", "greater", "larger", "likelier", "fewer", "less", "lower", "the", "that",
                "what", "bigger", "longer", "shorter", "smaller", "faster"}  # fmt: skip


class Measures(ToldAges):
    """Numbers with their units: percentages, rates, ages, measures, counts."""

    def _unit(self, first: int, number: Numeral, last: int, written: Written) -> Quantity | None:
        """The quantity with its unit, read from what follows the number (or stands before it, for money)."""
        make = Maker(self, first, number, written)
        if self.low(first - 1) in CURRENCY and first == number.first:
            return make(first - 1, last, "money", self.low(first - 1))
        if self.low(number.first - 1) in CURRENCY:
            return make(first, last, "money", self.low(number.first - 1))
        word = last + 1 if self.low(last) in ("-", "‐", "‑") else last
        if behind := self._counted_behind(last):
            last = word = behind
        low = self.low(word)
        if low == "per" and self.low(word + 1) == "cent":
            return self._percentage(make, first, word + 2)
        if low in ("%", "percent", "pct"):
            return self._percentage(make, first, word + 1)
        if low == "percentage" and self.low(word + 1) in ("point", "points"):
            return make(first, word + 2, "points", "percentage points")
        if low == "times" or (low == "fold" and number.form != "once"):
            return self._times(make, first, word, number)
        if number.form == "once":
            if low in ("as", "the", "that", "what"):
                return make(first, last, "ratio", "times")
            return self._rate(make, first, last, "count", "times", None)
        if low == "every" and last == word and self._per(last):
            return self._rate(make, first, last, "count", "", None)  # "two every second"
        if self._each_of_theirs(first):
            return replace(make(first, last, "ratio", "times"), form="for each")
        if number.form == "fraction" and low in ("as",):
            return make(first, last, "ratio", "times")
        in_n = self._one_in(make, first, number, last)
        if in_n:
            return in_n
        aged = self.low(first - 2) if self.low(first - 1) == "-" else self.low(first - 1)
        if low == "s" and number.value % 10 == 0 and aged in ("mid", "early", "late", "his", "her", "their", "the"):
            return self._decade(make, first, last + 1, number.value)
        if low in UNITS and (len(low) > 1 or word == last):
            return self._in_measure(make, first, word, number)
        if number.form == "fraction" and self.low(last - 1) in ("a", "an") and stem(low) in HEADS:
            rate = self._rate(make, first, last + 1, "count", low, last)
            if rate.kind == "rate":
                return rate  # "half a shooting per million residents"
        if number.form == "fraction":
            of_unit = self.low(last) == "of" and self.low(last + 1) in ("a", "an", "one")
            if of_unit and UNITS.get(self.low(last + 2), ("",))[0] == "time":
                return self._in_measure(make, first, last + 2, number)
            head, nouns, _ = self._noun(last)
            return make(first, last, "share", "share", head=head, partitive=True, nouns=nouns)
        age = self._age(make, first, last)
        if age:
            return age
        return self._counted(make, first, number, last, word)

    def _percentage(self, make: Maker, first: int, last: int) -> Quantity:
        if self.low(last) in ("point", "points"):
            return make(first, last + 1, "points", "percentage points")
        before = [self.low(at) for at in range(max(0, first - 3), first)]
        if before[-2:] in (["made", "up"], ["make", "up"], ["makes", "up"]):
            before = []  # "made up 90 percent" is no rise
        after = [self.low(at) for at in range(last, last + 2)]
        for direction, changes in ((1, RISING), (-1, FALLING)):
            if any(word in changes for word in before) or any(word in changes for word in after):
                return make(first, last, "change", "%", direction=direction)
        if any(word in ("more", "less") for word in after[:1]) and self.low(last + 1) in ("likely", "often", "than"):
            return make(first, last, "change", "%", direction=1 if after[0] == "more" else -1)
        head, nouns, partitive = self._noun(last)
        return make(first, last, "percent", "%", head=head, partitive=partitive, nouns=nouns)

    def _times(self, make: Maker, first: int, word: int, number: Numeral) -> Quantity:
        after = self.low(word + 1)
        if after == "more" and not self.low(word + 2).isalpha():
            return self._rate(make, first, word + 1, "count", "times", word)  # "fired three times more."
        if self.low(word) == "fold" or (after in _RATIO_AFTER and not self._during(word + 1)):
            return make(first, word + 1, "ratio", "times")
        return self._rate(make, first, word + 1, "count", "times", word)

    def _during(self, at: int) -> bool:
        """Whether "as", "the", "that" and so on at ``at`` begin something else than a comparison."""
        low, following = self.low(at), self.low(at + 1)
        if low == "as":
            return following in ("he", "she", "they", "it", "reed", "officers", "police", "the", "a")
        if low == "what":
            return False  # "nine times what the officer in Chicago fired"
        if low == "that" and not following.isalpha():
            return False  # "COPA's count is seven times that."
        if low in ("the", "that"):
            ratio = {"rate", "number", "share", "amount", "average", "count", "total", "size", "length", "of", "figure",
                     "first", "second", "latter", "former", "other", "median", "mean", "typical", "usual"}  # fmt: skip
            compared = low == "that" and following in ("for", "of", "among", "in")
            return not compared and not any(self.low(at + ahead) in ratio for ahead in (1, 2, 3))
        return False

    def _one_in(self, make: Maker, first: int, number: Numeral, last: int) -> Quantity | None:
        """``one in seven``, ``1 in 1,000``, ``one out of every five``; also ``3 in 4``."""
        at = last
        if number.value == 1 and stem(self.low(at)) in HEADS and self.low(at + 1) in ("in", "out"):
            # "one shot in two"
            at = last = at + 1
        elif number.value == 1 and stem(self.low(at + 1)) in HEADS and self.low(at + 2) in ("in", "out"):
            at = last = at + 2  # "one police round in seven"
        if self.low(at) == "out" and self.low(at + 1) == "of":
            at += 2
        elif self.low(at) in ("of", "for") and self.low(at + 1) in ("every", "each") and number.value > 1:
            at += 1  # "nine of every ten shots", "four for every five"
        elif self.low(at) == "in":
            at += 1
        else:
            return None
        if self.low(at) in ("every", "each"):
            at += 1
        second = numeral(self.words, at)
        if dates.read(self.words, at) or number.value != int(number.value) or not 0 < number.value <= 20:
            return None  # "3.45 in 2023"
        if not second or second.form not in ("digits", "words") or second.value <= number.value:
            return None
        if self.low(second.last) in UNITS or self.low(second.last) == "-":
            return None
        head, nouns, _ = self._noun(second.last)
        made = make(first, second.last, "one in", "share", head=head, partitive=True, nouns=nouns)
        if first == number.first and at == last + 1:
            hedge = self._hedge(second.first, last)[1]
            made = replace(made, written=replace(made.written, hedge=hedge or made.written.hedge))
        whole = second.value / number.value
        return replace(made, written=replace(made.written, low=whole, high=whole), number=(number.first, second.last))

    def _in_measure(self, make: Maker, first: int, word: int, number: Numeral) -> Quantity:
        low = self.low(word)
        quantity, size = UNITS[low]
        if quantity == "time":
            old = word + 2 if self.low(word + 1) in ("-", "‐", "‑") else word + 1
            age = self.low(old) in ("old", "olds", "old's") or (self.low(old) == "of" and self.low(old + 1) == "age")
            if age:
                last = old + 1 if self.low(old) != "of" else old + 2
                return make(first, last, "age", "years old", size=size / YEAR, head=word)
            if [self.low(at) for at in range(word + 1, word + 4)] == ["and", "a", "half"]:
                made = make(first, word + 4, "duration", "s", size=size, head=word)  # "a minute and a half"
                half = (made.written.low / size + 0.5) * size
                return replace(made, written=replace(made.written, low=half, high=half, step=size / 2))
            more = numeral(self.words, word + 2) if self.low(word + 1) == "and" else None
            below = UNITS.get(self.low(more.last), ("", 0.0)) if more else ("", 0.0)
            if more and below[0] == "time" and below[1] < size:
                # "a minute and five seconds"
                made = make(first, more.last + 1, "duration", "s", size=size, head=more.last)
                added, hedge = more.value * below[1], made.written.hedge
                total = made.written.low + added
                return replace(made, written=Written(total, total, more.step * below[1], hedge), scale=below[1])
            return make(first, word + 1, "duration", "s", size=size, head=word)
        if quantity == "money":
            return make(first, word + 1, "money", "$", size=size)
        after = self.low(word + 1)
        if quantity == "speed":
            return make(first, word + 1, "speed", "mph", size=size)
        if after in ("per", "an", "a", "/") and self.low(word + 2) in ("hour", "h") and size >= 1000:
            return make(first, word + 3, "speed", "mph", size=size / 1609.344)
        return make(first, word + 1, "length", "m", size=size)

    def _counted_behind(self, last: int) -> int:
        """The noun of ``41, the number of seconds`` and ``96 is how many shots``: its token, or 0."""
        at = last
        while self.low(at) in (",", "—", "–", "is", "was", "which"):
            at += 1
        if at == last:
            return 0
        at += self.low(at) == "the"
        if (self.low(at), self.low(at + 1)) in (("number", "of"), ("count", "of"), ("how", "many")):
            return at + 2
        return 0

    def _counted(self, make: Maker, first: int, number: Numeral, last: int, word: int) -> Quantity:
        if word > last and not self.words[word].is_word if word < len(self.words) else False:
            word = last
        comparison = self.low(last) in ("more", "fewer", "additional")
        start = last + 1 if comparison else word
        head, nouns, partitive = self._noun(start)
        if head is not None and self.low(head) == "shot" and make.written.high > 1 and self.low(head - 1) != "-":
            head, nouns, word = None, (), last  # "the busiest of the three shot nine times"
        if comparison and head is not None and self.low(head + 1) == "than":
            direction = -1 if self.low(last) == "fewer" else 1
            return make(first, head + 1, "difference", self.low(head), head=head, direction=direction, nouns=nouns)
        if comparison and self.low(last + 1) == "than":
            direction = -1 if self.low(last) == "fewer" else 1
            return make(first, last + 1, "difference", "", direction=direction)
        if head is not None and self.low(head + 1) in ("more", "fewer") and self.low(head + 2) == "than":
            direction = -1 if self.low(head + 1) == "fewer" else 1  # "85 rounds more than Reed"
            return make(first, head + 2, "difference", self.low(head), head=head, direction=direction, nouns=nouns)
        counted = self.low(first - 1) == "of" and self.low(first - 2) in _COUNTS
        if counted and head is not None and self.low(head) in _STANDS:
            head, nouns, word = None, (), last  # "if the count of 96 holds up"
        if head is None and self._each_of_them(last):
            return make(first, last + 4, "rate", "per officer", per=(1.0, stem("officer")))
        each = self._for_each(head) if head is not None else 0
        if each and self.low(each) == "of" and self.low(each + 1) in ("the", "those", "these", "them"):
            # "24 rounds for each of the four": of those who fired
            unit = f"{self.low(head)} per officer"
            return make(first, each, "rate", unit, head=head, per=(1.0, stem("officer")), nouns=nouns)
        if each:
            return replace(make(first, each, "ratio", "times", head=head, nouns=nouns), form="for each")
        near = head is not None and head - word <= 1 and head >= word
        end = head + 1 if near else last
        unit = self.low(head) if head is not None else ""
        made = self._rate(make, first, end, "count", unit, head, partitive=partitive, nouns=nouns)
        if made.kind == "rate" or head is None or near:
            return made
        rate = self._rate(make, first, head + 1, "count", unit, head, partitive=partitive, nouns=nouns)
        return rate if rate.kind == "rate" else made

    def _each_of_them(self, at: int) -> bool:
        """ "Some 20 for each of those who fired"."""
        words = [self.low(at + ahead) for ahead in range(4)]
        them = words[3] in ("them", "those") or (words[3] == "the" and numeral(self.words, at + 4) is not None)
        return words[0] in ("for", "from") and words[1] in ("each", "every") and words[2] == "of" and them

    def _each_of_theirs(self, first: int) -> bool:
        """ "For every shot Reed fired, the police fired nine": the shot that is compared opens the sentence."""
        near = (self.lows[begin:first] for begin in self._each if begin < first < begin + 16)
        return any("," in words and "." not in words for words in near)

    def _for_each(self, head: int) -> int:
        """The token after ``for every one``, ``for each``, ``to every`` behind a noun; 0 where it is not there."""
        at = head + 1
        if self.low(at) not in ("for", "to") or self.low(at + 1) not in ("every", "each"):
            return 0
        at += 2
        if self.low(at) in ("one", "single", "shot", "bullet", "round"):
            at += 1
        linked = self.low(at) in ("of", "by", "from", "the", "he", "she", "they") or (
            at < len(self.words) and self.words[at].capital
        )
        return at if linked or self.words[at - 1].low in ("shot", "bullet", "round") else 0

    def _rate(self, make: Maker, first: int, last: int, kind: str, unit: str, head: int | None, **more) -> Quantity:
        """A count, or a rate where ``a second``, ``per million`` or ``every half-second`` follows.

        Also behind the deed: "two shots were fired every second".
        """
        per = self._per(last)
        if per is None and head is not None:
            deed = last + 1 if self.low(last) in ("were", "was", "are", "being") else last
            if self.low(deed) in _FIRED and self.low(deed + 1) in ("every", "each", "per"):
                per = self._per(deed + 1)
        if per is None:
            return make(first, last, kind, unit, head=head, **more)
        size, noun, after = per
        if noun == "second" and self.low(last) == "every" and make.number.value == 1 and size != 1:
            # "One shot every 0.43 seconds" is written to a place of the interval, not of the rate.
            return self._interval(make, first, last, unit, head, after, more)
        label = f"{unit + ' ' if unit else ''}per {noun}"
        return make(first, after, "rate", label.strip(), head=head, per=(size, noun), **more)

    def _hedge_words(self, at: int) -> int:
        return at + 1 if self.low(at) in ("about", "roughly", "approximately", "nearly", "almost", "some") else at

    def _interval(self, make: Maker, first: int, last: int, unit: str, head: int | None, after: int, more) -> Quantity:
        hedged = self._hedge_words(last + 1)
        interval = numeral(self.words, hedged)
        at = self._of_a(interval.last) if interval else hedged
        size = UNITS[self.low(at + 1 if self.low(at) == "-" else at)][1]
        hedge = (self._hedge(hedged, last)[1] if interval else "") or make.written.hedge
        value, step = (interval.value * size, interval.step * size) if interval else (size, size)
        made = make(first, after, "interval", f"s per {unit}", head=head, per=(1.0, "second"), **more)
        return replace(made, written=Written(value, value, step, hedge), scale=size)

    def _per(self, at: int) -> tuple[float, str, int] | None:
        if self.low(at) == "for" and self.low(at + 1) in ("every", "each"):
            at += 1  # "3.45 for every million residents"
        low = self.low(at)
        if low not in ("a", "an", "per", "each", "every", "/"):
            return None
        begin = self._hedge_words(at + 1)
        number = numeral(self.words, begin)
        count, after = (number.value, self._of_a(number.last)) if number else (1.0, begin)
        word = after + 1 if self.low(after) == "-" else after
        unit = self.low(word)
        if unit in UNITS and UNITS[unit][0] == "time":
            if self.low(word + 1) in _APART:
                return None  # "from 1,095 a year earlier"
            return count * UNITS[unit][1], "second", word + 1
        if low in ("per", "/", "every", "each") and unit == "capita":
            return 1.0, "person", word + 1
        if unit in ("million", "thousand", "billion") and not number:
            many = {"million": 1e6, "thousand": 1e3, "billion": 1e9}[unit]
            return many * self._years_each(word + 1), "person", self._population(word + 1)
        if number and count >= 100 and low in ("per", "for", "every", "/"):
            return count * self._years_each(after), "person", self._population(after)
        each = low == "per" or (low in ("a", "an") and HEADS.get(stem(unit)) == "officer")
        if each and unit and self.words[word].is_word and not number:
            officer = HEADS.get(stem(unit)) == "officer"
            return 1.0, stem("officer" if officer else unit), word + 1
        return None

    def _years_each(self, at: int) -> float:
        """The years that a rate over people is for: a twelfth where "per million residents" is "a month", else one."""
        for here in range(at, at + 5):
            if self.low(here) in ("a", "per", "each", "every"):
                return {"month": 1 / 12, "week": 7 / 365.25, "day": 1 / 365.25}.get(self.low(here + 1), 1.0)
            if not self.low(here).isalpha() or numeral(self.words, here):
                break
        return 1.0

    def _of_a(self, at: int) -> int:
        """The token after "of a" in "four-tenths of a second"."""
        return at + 2 if self.low(at) == "of" and self.low(at + 1) in ("a", "an", "one") else at

    def _population(self, at: int) -> int:
        return at + 1 if self.low(at) in ("people", "residents", "inhabitants", "population", "person") else at


class Maker:
    """Builds quantities that share a number and a hedge."""

    def __init__(self, reading, first: int, number: Numeral, written: Written):
        self.words, self.number, self.written = reading.words, number, written

    def __call__(self, first: int, last: int, kind: str, unit: str, *, size: float = 1.0, **more) -> Quantity:
        # A hedge keeps to the grain of the number as written: about 0.7 minutes is 42 seconds to tenths of a minute.
        written = self.written.times(size)
        return Quantity(first, last, self.words[first].start, self.words[last - 1].end, written, kind, unit,
                        number=(self.number.first, max(last, self.number.last)), form=self.number.form, scale=size,
                        **more)  # fmt: skip


_COUNTS = vocabulary("count total figure tally estimate")
_APART = vocabulary("earlier before ago later after prior previously")
_STANDS = vocabulary("holds stands changes rests comes includes excludes covers counts matches agrees proves seems")
_FIRED = vocabulary("fired shot discharged loosed unleashed flew went off")
