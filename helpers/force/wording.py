"""Numbers as a reader should meet them: rounded to what they can bear, with the unit and the interval in words.

>>> interval_words(8.532, 5.409, 12.803)
('8.5', '5.4 to 12.8')
>>> p_words(0.06855), p_words(0.0000001)
('p = 0.07', 'p < 0.001')
>>> base_words(1_000_000), base_words(100_000), base_words(1)
('million', '100,000', '1')
"""

from __future__ import annotations

import math
from collections.abc import Iterable

__all__ = ["base_words", "chance_words", "count_words", "interval_words", "p_words", "ratio_words", "sentence"]
__all__ += ["years_words"]


def interval_words(estimate: float, low: float, high: float, *, apart_from: float | None = None) -> tuple[str, str]:
    """An estimate and its interval, rounded to what the interval can bear: two figures of half its width.

    Rounding never makes an interval that leaves out ``apart_from`` (0 for a difference) touch it.
    """
    ends = [value for value in (low, high) if math.isfinite(value)]
    half = (high - low) / 2 if len(ends) == 2 else abs(ends[0]) if ends else 0.0
    places = 2 if half <= 0 else min(max(1 - math.floor(math.log10(half)), 0), 6)
    places = _clear_of(apart_from, ends, places)
    return _number(estimate, places), _span(low, high, places, places)


def ratio_words(ratio: float, low: float, high: float) -> tuple[str, str]:
    """A ratio and its interval: two figures each, three where the interval is narrow, and never rounded onto 1.

    >>> ratio_words(7.839, 1.834, 70.66), ratio_words(1.2087, 1.1112, 1.3147)
    (('7.8', '1.8 to 71'), ('1.21', '1.11 to 1.31'))
    """
    narrow = low > 0 and math.isfinite(high) and high / low < 1.3

    def places(value: float) -> int:
        if not math.isfinite(value) or value <= 0:
            return 0
        return min(max(1 + narrow - math.floor(math.log10(value)), 0), 3)

    low_places = _clear_of(1.0, [low], places(low))
    high_places = _clear_of(1.0, [high], places(high))
    return _number(ratio, places(ratio)), _span(low, high, low_places, high_places)


def p_words(p: float) -> str:
    """A p-value: two decimals, three below 0.01 and around the usual lines, never 0."""
    if p < 0.001:
        return "p < 0.001"
    places = 3 if p < 0.01 or round(p, 2) in (0.05, 0.01) else 2
    return f"p = {p:.{places}f}"


def base_words(per: float) -> str:
    """The base of a rate: ``million``, or the number with its thousands."""
    return "million" if per == 1_000_000 else f"{per:,.10g}"


def count_words(events: int, one: str, many: str) -> str:
    """``no killings``, ``1 killing``, ``1,234 killings``."""
    if events == 0:
        return f"no {many}"
    return f"{events:,} {one if events == 1 else many}"


def years_words(years: Iterable[int]) -> str:
    """Years as a period: ``2015``, ``2015-2019``; years that do not follow each other are listed by their runs."""
    years = sorted({int(year) for year in years})
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def chance_words(level: float, span: str) -> str:
    """An interval for a reader: ``allowing for chance, 5.4 to 12.8, the 95% interval``."""
    return f"allowing for chance, {span}, the {level * 100:.4g}% interval"


def sentence(lead: str, *, aside: Iterable[str] = (), caveats: Iterable[str] = ()) -> str:
    """One sentence: what was found, in brackets what it rests on, then what must be known to read it rightly."""
    brackets = "; ".join(part for part in aside if part)
    text = lead + (f" ({brackets})" if brackets else "")
    text = "; ".join([text, *(caveat.rstrip(".") for caveat in dict.fromkeys(caveats) if caveat)])
    return text[0].upper() + text[1:] + "."


def _clear_of(line: float | None, bounds: list[float], places: int) -> int:
    """The decimals at which no bound that is off the line is rounded onto it."""
    for bound in bounds:
        while line is not None and bound != line and round(bound, places) == line and places < 8:
            places += 1
    return places


def _span(low: float, high: float, low_places: int, high_places: int) -> str:
    if not math.isfinite(high):
        return f"at least {_number(low, low_places)}"
    return f"{_number(low, low_places)} to {_number(high, high_places)}"


def _number(value: float, places: int) -> str:
    if not math.isfinite(value):
        return "no upper limit" if value > 0 else "unknown"
    if value == 0:
        return "0"
    text = f"{value:,.{places}f}"
    return text[1:] if text.startswith("-") and float(text.replace(",", "")) == 0 else text
