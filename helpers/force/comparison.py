"""Comparing two rates: ratio with exact or mid-P interval and test, difference, before and after, year over year.

>>> from helpers.force import rate
>>> a = rate(10, 1, per=1, place="Here", many="shootings")
>>> b = rate(25, 5, per=1, place="There", many="shootings")
>>> found = rate_ratio(a, b)
>>> round(found.ratio, 2), [round(bound, 4) for bound in found.interval], round(found.p, 5)
(2.0, [0.8572, 4.3118], 0.06855)
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..problems import InputError, Problem
from .definitions import one_definition
from .exact import difference_interval, ratio_interval, ratio_test
from .exposure import ALL
from .rates import FEW, Rate
from .wording import chance_words, interval_words, p_words, ratio_words, sentence

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "RateDifference",
    "RateRatio",
    "change",
    "rate_difference",
    "rate_ratio",
    "ratios",
    "ratios_table",
    "year_over_year",
]


_MAY_BE_CHANCE = "the difference may be chance, which is not to say that there is none"


@dataclass(frozen=True)
class RateRatio:
    """How many times the rate ``against`` the rate ``of`` is; ``str()`` says it in one sentence.

    The interval and test are exact given the total number of events, or mid-P where ``mid_p``.
    """

    of: Rate
    against: Rate
    mid_p: bool = False

    @property
    def ratio(self) -> float:
        """``of`` over ``against``: infinite where ``against`` has no event, not a number where neither has."""
        if not self.against.events:
            return math.inf if self.of.events else math.nan
        return self.of.rate / self.against.rate

    @property
    def interval(self) -> tuple[float, float]:
        """The interval for the ratio."""
        return ratio_interval(*self._counts, level=self.of.level, mid_p=self.mid_p)

    @property
    def p(self) -> float:
        """The two-sided p-value that the rates are equal."""
        return ratio_test(*self._counts, mid_p=self.mid_p)

    @property
    def percent(self) -> float:
        """The change in percent from ``against`` to ``of``."""
        return (self.ratio - 1) * 100

    @property
    def if_unknown(self) -> tuple[float, float]:
        """The lowest and highest ratio there could be, wherever the events of unknown group belong."""
        scale = self.against.exposure / self.of.exposure
        below, above = self.against.events + self.against.unknown, self.of.events + self.of.unknown
        low = self.of.events / below * scale if below else math.nan
        return low, above / self.against.events * scale if self.against.events else (math.inf if above else math.nan)

    @property
    def may_be_chance(self) -> bool:
        """Whether the interval holds 1: the numbers do not tell the two rates apart."""
        low, high = self.interval
        return low <= 1 <= high

    @property
    def _few(self) -> bool:
        return not self.may_be_chance and min(self.of.events, self.against.events) < FEW

    @property
    def _counts(self):
        return self.of.events, self.of.exposure, self.against.events, self.against.exposure

    @property
    def _aside(self) -> list[str]:
        _, span = ratio_words(self.ratio, *self.interval)
        sources = " and ".join(dict.fromkeys(each.population for each in (self.of, self.against) if each.population))
        return [
            chance_words(self.of.level, span),
            f"{self.of.events:,} and {self.against.events:,} events",
            f"{'mid-P' if self.mid_p else 'exact'} {p_words(self.p)}",
            f"{self.of.divides_by.many}: {sources}" if sources else f"per {self.of.divides_by.one}",
        ]

    @property
    def _caveats(self) -> list[str]:
        low, high = self.if_unknown
        unknown = ""
        if max(self.of.unknown, self.against.unknown):
            least, span = ratio_words(low, low, high)
            unknown = f"depending on those whose group is not known, between {span}".replace(" to ", " and ")
            unknown = unknown if math.isfinite(high) else f"at least {least} wherever the unknown belong"
        years = " and ".join(dict.fromkeys(each.left_out for each in (self.of, self.against) if each.left_out))
        return [
            _MAY_BE_CHANCE if self.may_be_chance else "",
            f"with fewer than {FEW} events on a side it moves much by chance" if self._few else "",
            unknown,
            f"{years} left out, not being complete" if years else "",
            self.of.divides_by.caveat,
        ]

    def __str__(self) -> str:
        if math.isnan(self.ratio):
            lead = f"no {self.of.many} were counted {_label(self.of, self.against)} or {_label(self.against, self.of)}"
            return sentence(f"{lead}, so nothing can be said of their ratio", caveats=self._caveats[1:])
        one, other = _label(self.of, self.against), _label(self.against, self.of)
        value, _ = ratio_words(self.ratio, *self.interval)
        if not self.against.events:
            least = ratio_words(self.ratio, *self.interval)[1]
            lead = f"there were {self.of.events:,} {self.of.many} {one} and none {other}, so that no ratio can be given"
            lead += f", only that it is likely {least}" if not self.may_be_chance else ""
        else:
            lead = f"the rate of {self.of.many} {one} was {value} times the rate {other}"
        return sentence(_shared(self.of, self.against) + lead, aside=self._aside, caveats=self._caveats)


@dataclass(frozen=True)
class Change(RateRatio):
    """A `RateRatio` in time: ``against`` is before, ``of`` after; said as a rise or fall in percent."""

    def __str__(self) -> str:
        before, after = self.against, self.of
        if not before.events:
            return super().__str__()
        percent = _percent(abs(self.percent))
        way = "was the same" if self.percent == 0 else f"{'rose' if self.percent > 0 else 'fell'} by {percent}"
        where = f"in {after.place}, " if after.place == before.place and after.place else ""
        who = "" if after.group == ALL else f" of {after.group} people"
        lead = f"{where}the rate of {after.many}{who} {way} from {before.period} to {after.period}"
        low, high = (_signed((bound - 1) * 100) for bound in self.interval)
        return sentence(
            lead,
            aside=[chance_words(after.level, f"{low} to {high}"), *self._aside_after_interval()],
            caveats=self._caveats,
        )

    def _aside_after_interval(self) -> list[str]:
        before, after = self.against, self.of
        return [f"{before.events:,} events before and {after.events:,} after", *self._aside[2:]]


@dataclass(frozen=True)
class RateDifference:
    """The rate ``of`` less the rate ``against``, with MOVER's interval; ``str()`` says it in one sentence."""

    of: Rate
    against: Rate

    @property
    def difference(self) -> float:
        """In the rates' unit, events per ``per`` of exposure."""
        return self.of.rate - self.against.rate

    @property
    def interval(self) -> tuple[float, float]:
        """The interval for the difference, in the rates' unit."""
        counts = self.of.events, self.of.exposure, self.against.events, self.against.exposure
        low, high = difference_interval(*counts, level=self.of.level)
        return low * self.of.per, high * self.of.per

    def __str__(self) -> str:
        low, high = self.interval
        value, span = interval_words(self.difference, low, high, apart_from=0)
        more = "higher" if self.difference > 0 else "lower"
        one, other = _label(self.of, self.against), _label(self.against, self.of)
        unit = f"per {self.of.unit.split('per ', 1)[-1]}".replace(f"{self.of.group} ", "")
        lead = f"the rate of {self.of.many} {one} was {value.lstrip('-')} {unit} {more} than {other}"
        chance = _MAY_BE_CHANCE if low <= 0 <= high else ""
        aside = [f"the difference {chance_words(self.of.level, span)}"]
        aside.append(f"{self.of.events:,} and {self.against.events:,} events")
        return sentence(_shared(self.of, self.against) + lead, aside=aside, caveats=[chance, self.of.divides_by.caveat])


def rate_ratio(of: Rate, against: Rate, *, mid_p: bool = False) -> RateRatio:
    """The ratio of two rates.

    Raises
    ------
    InputError
        If the two count by different definitions, or divide by different things.
    """
    _comparable(of, against)
    return RateRatio(of, against, mid_p)


def rate_difference(of: Rate, against: Rate) -> RateDifference:
    """The difference of two rates; raises as `rate_ratio`, and where their bases differ."""
    _comparable(of, against)
    if of.per != against.per:
        raise InputError(Problem(f"rates per {of.per:,g} and per {against.per:,g}", "Use one base for both."))
    return RateDifference(of, against)


def change(before: Rate, after: Rate, *, mid_p: bool = False) -> Change:
    """The change from one period to another; raises as `rate_ratio`, and where places or groups differ."""
    _comparable(after, before)
    if (before.place, before.group) != (after.place, after.group):
        remedy = "Use rate_ratio for two places or groups."
        raise InputError(Problem("a change in time is of one place and one group", remedy))
    return Change(after, before, mid_p)


def year_over_year(rates: Iterable[Rate], *, mid_p: bool = False) -> list[Change]:
    """The change from each year to the next, of each place and group; years that are not neighbours are not compared.

    ``rates`` are yearly, as `rates.rates` gives them with ``year`` in ``by``.
    """
    yearly = {(each.place, each.group, int(each.period)): each for each in rates}
    pairs = [(yearly.get((place, group, year - 1)), after) for (place, group, year), after in sorted(yearly.items())]
    return [change(before, after, mid_p=mid_p) for before, after in pairs if before is not None]


def ratios(rates: Iterable[Rate], *, against: str, mid_p: bool = False) -> list[RateRatio]:
    """The ratio of every group's rate to that of the group ``against``, within each place and period.

    Raises
    ------
    InputError
        If a place and period has no rate for the group ``against``.
    """
    rates = list(rates)
    base = {(each.place, each.period): each for each in rates if each.group == against}
    lacking = dict.fromkeys((each.place, each.period) for each in rates if (each.place, each.period) not in base)
    if lacking:
        raise InputError(
            Problem(f"no rate for {against!r} in {place or 'all places'}, {period}", "Compare with another group.")
            for place, period in lacking
        )
    return [rate_ratio(each, base[each.place, each.period], mid_p=mid_p) for each in rates if each.group != against]


def ratios_table(ratios: Sequence[RateRatio]) -> pd.DataFrame:
    """Ratios as a table, a row a ratio.

    Columns: ``place, period, group, against_place, against_period, against_group, events, against_events, ratio, low,
    high, p, q, lowest, highest, says``. ``q`` is the p-value corrected for how many ratios are in the table
    (Benjamini and Hochberg's false discovery rate); ``lowest`` and ``highest`` are what events of unknown group allow.
    """
    import pandas as pd
    from scipy import stats

    p = [each.p for each in ratios]
    corrected = stats.false_discovery_control(p) if p else []
    return pd.DataFrame(
        {
            "place": each.of.place,
            "period": each.of.period,
            "group": each.of.group,
            "against_place": each.against.place,
            "against_period": each.against.period,
            "against_group": each.against.group,
            "events": each.of.events,
            "against_events": each.against.events,
            "ratio": each.ratio,
            "low": each.interval[0],
            "high": each.interval[1],
            "p": each.p,
            "q": float(q),
            "lowest": each.if_unknown[0],
            "highest": each.if_unknown[1],
            "says": str(each),
        }
        for each, q in zip(ratios, corrected, strict=True)
    )


def _comparable(of: Rate, against: Rate) -> None:
    one_definition([of.definition, against.definition])
    if (of.one, of.many) != (against.one, against.many):
        what = f"one rate counts {of.many}, the other {against.many}"
        raise InputError(Problem(what, "Compare rates of the same thing."))
    if of.denominator != against.denominator:
        what = f"one rate is per {of.divides_by.one}, the other per {against.divides_by.one}"
        raise InputError(Problem(what, "They answer different questions; compare rates over the same denominator."))
    if of.level != against.level:
        raise InputError(Problem(f"intervals of {of.level:g} and {against.level:g}", "Use one level for both."))


def _label(one: Rate, other: Rate) -> str:
    """What tells one rate from the other: its group, place or period."""
    parts = [f"for {_people(one)}" if one.group != other.group else ""]
    parts.append(f"in {one.place or 'all places'}" if one.place != other.place else "")
    parts.append(f"in {one.period}" if one.period != other.period else "")
    return " ".join(part for part in parts if part) or "here"


def _people(one: Rate) -> str:
    return "everyone" if one.group == ALL else f"{one.group} people"


def _shared(one: Rate, other: Rate) -> str:
    """What the two rates have in common, to begin the sentence with."""
    place = f"in {one.place}" if one.place == other.place and one.place else ""
    period = f"in {one.period}" if one.period == other.period and one.period else ""
    group = f"for {one.group} people" if one.group == other.group and one.group != ALL else ""
    together = " ".join(part for part in (place, period, group) if part)
    return f"{together}, " if together else ""


def _percent(size: float) -> str:
    return f"{size:,.0f}%" if size >= 10 else f"{size:.1f}%"


def _signed(percent: float) -> str:
    if not math.isfinite(percent):
        return "no upper limit"
    return f"{'+' if percent > 0 else '−' if percent < 0 else ''}{_percent(abs(percent))}"
