"""Trends over years by Poisson regression, the overdispersion checked; a change point only where it is asked for.

>>> import pandas as pd
>>> post = pd.DataFrame({"year": range(2015, 2024),
...                      "events": [995, 958, 984, 992, 997, 1020, 1050, 1095, 1162], "exposure": 330e6})
>>> found = trend(post)
>>> round(found.percent, 1), [round(bound, 1) for bound in found.interval]
(2.0, [1.1, 3.0])
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..problems import InputError, Problem
from .rates import Rate, table_of
from .wording import chance_words, p_words, sentence, years_words

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ChangePoint", "Trend", "change_point", "trend", "trends_if_enough"]

FEWEST_YEARS = 5
RESAMPLES = 4_999
SEED = 20150102


@dataclass(frozen=True)
class Trend:
    """A steady yearly change of a rate in percent, with its interval; ``str()`` says it in one sentence.

    ``dispersion`` is Pearson's chi-squared over its degrees of freedom: about 1 where chance alone moves the years,
    more where they vary beyond it. ``method`` is ``quasi-Poisson`` where that widened the interval, else ``Poisson``
    (or ``negative binomial`` where it was asked for). ``fitted`` has ``year, events, exposure, fitted``.
    """

    percent: float
    interval: tuple[float, float]
    p: float
    dispersion: float
    dispersion_p: float
    method: str
    level: float
    years: str
    events: int
    many: str = "events"
    place: str = ""
    fitted: pd.DataFrame = field(repr=False, compare=False, default=None)

    def __str__(self) -> str:
        low, high = self.interval
        where = f"in {self.place}, " if self.place else ""
        span = f"{low:+.1f}% to {high:+.1f}%".replace("-", "−")
        if low <= 0 <= high:
            lead = f"{where}the rate of {self.many} shows no clear rise or fall over {self.years}"
        else:
            way = "rose" if self.percent > 0 else "fell"
            lead = f"{where}the rate of {self.many} {way} by about {abs(self.percent):.1f}% a year over {self.years}"
        wide = "years differ by more than chance, for which the interval is widened" if self.dispersion_p < 0.05 else ""
        change = chance_words(self.level, f"{span} a year")
        return sentence(
            lead,
            aside=[change, f"{self.events:,} events", f"{self.method} regression, {p_words(self.p)}"],
            caveats=[wide, "a steady change is assumed, and none is promised beyond these years"],
        )


@dataclass(frozen=True)
class ChangePoint:
    """The year from which a rate was different, as the data pick it; ``str()`` says it in one sentence.

    ``p`` counts that the year was searched for. No interval is given for ``ratio``: it is too large on average,
    having been picked for its size.
    """

    year: int
    ratio: float
    p: float
    years: str
    events: int
    many: str = "events"
    place: str = ""

    def __str__(self) -> str:
        where = f"in {self.place}, " if self.place else ""
        lead = f"{where}the year that best splits the rate of {self.many} over {self.years} is {self.year}"
        verdict = (
            "which chance alone would often bring about" if self.p >= 0.05 else "more than chance would often bring"
        )
        return sentence(
            f"{lead}, {self.ratio:.2f} times the rate before, {verdict}",
            aside=[f"{self.events:,} events", f"{p_words(self.p)}, the search taken into account"],
            caveats=["a split the data pick looks larger than it is, and says nothing of why"],
        )


def trend(
    yearly: pd.DataFrame | Iterable[Rate],
    *,
    method: str = "auto",
    level: float = 0.95,
    many: str = "events",
    place: str = "",
) -> Trend:
    """The steady yearly change of a rate: ``log(events) = log(exposure) + a + b year``, by Poisson regression.

    Parameters
    ----------
    yearly : DataFrame or list of Rate
        ``year, events, exposure``, a row a complete year; or the yearly rates of one place and group.
    method : {'auto', 'poisson', 'quasi', 'negative binomial'}
        ``auto`` and ``quasi`` scale the standard error by the square root of the dispersion where it is above 1 and
        use Student's t (Wedderburn 1974; McCullagh and Nelder 1989); ``auto`` says Poisson where it is not.

    Raises
    ------
    InputError
        If there are fewer than five years, a year stands twice, nothing was counted, or the rates are of several
        places or groups.
    """
    import numpy as np
    import statsmodels.api as sm
    from scipy import stats

    table, many, place = _yearly(yearly, many, place)
    year = table["year"].to_numpy(float)
    design = np.column_stack([np.ones(len(year)), year - year.mean()])
    events, exposure = table["events"].to_numpy(float), table["exposure"].to_numpy(float)
    model = sm.GLM(events, design, family=sm.families.Poisson(), exposure=exposure).fit()
    df = int(model.df_resid)
    dispersion = float(model.pearson_chi2 / df)
    slope, error, used = float(model.params[1]), float(model.bse[1]), "Poisson"
    quantile = stats.norm.isf((1 - level) / 2)
    p = 2 * stats.norm.sf(abs(slope / error))
    if method == "negative binomial":
        slope, error = _negative_binomial(events, design, exposure)
        p, used = 2 * stats.norm.sf(abs(slope / error)), method
    elif method in ("auto", "quasi"):
        error *= math.sqrt(max(dispersion, 1))
        quantile, p = stats.t.isf((1 - level) / 2, df), 2 * stats.t.sf(abs(slope / error), df)
        used = "quasi-Poisson" if dispersion > 1 or method == "quasi" else "Poisson"
    elif method != "poisson":
        raise InputError(Problem("no such method", "Use auto, poisson, quasi or negative binomial.", value=method))
    low, high = (math.expm1(slope + sign * quantile * error) * 100 for sign in (-1, 1))
    return Trend(
        percent=math.expm1(slope) * 100,
        interval=(low, high),
        p=float(p),
        dispersion=dispersion,
        dispersion_p=float(stats.chi2.sf(model.pearson_chi2, df)),
        method=used,
        level=level,
        years=years_words(table["year"]),
        events=int(events.sum()),
        many=many,
        place=place,
        fitted=table.assign(fitted=model.fittedvalues),
    )


def trends_if_enough(yearly: Iterable[Rate], **rest) -> list[Trend]:
    """The trend in a list, which is empty where there are fewer than five years or no events."""
    rates = list(yearly)
    enough = len(rates) >= FEWEST_YEARS and any(each.events for each in rates)
    return [trend(rates, **rest)] if enough else []


def change_point(
    yearly: pd.DataFrame | Iterable[Rate], *, many: str = "events", place: str = "", seed: int = SEED
) -> ChangePoint:
    """The year that best splits a series of rates in two, and whether chance would split one as well.

    The likelihood ratio of two rates against one, at its largest over all years; its p-value from 4,999 series with
    the same total spread over the years by exposure (a Monte Carlo test with fixed seed, given the total).

    Raises
    ------
    InputError
        As `trend`.
    """
    import numpy as np

    table, many, place = _yearly(yearly, many, place)
    events, exposure = table["events"].to_numpy(), table["exposure"].to_numpy(float)
    gains = _split_gains(events[None, :], exposure)[0]
    best = int(gains.argmax())
    rng = np.random.default_rng(seed)
    chance = rng.multinomial(events.sum(), exposure / exposure.sum(), size=RESAMPLES)
    at_least = (_split_gains(chance, exposure).max(axis=1) >= gains[best] - 1e-9).sum()
    after, before = slice(best + 1, None), slice(None, best + 1)
    old = events[before].sum() / exposure[before].sum()
    new = events[after].sum() / exposure[after].sum()
    return ChangePoint(
        year=int(table["year"].iloc[best + 1]),
        ratio=float(new / old) if old else math.inf,
        p=float((at_least + 1) / (RESAMPLES + 1)),
        years=years_words(table["year"]),
        events=int(events.sum()),
        many=many,
        place=place,
    )


def _split_gains(events, exposure):
    """The gain in log-likelihood of two rates over one, for each series and each place to split; (series, years-1)."""
    import numpy as np
    from scipy.special import xlogy

    before, exposed = np.cumsum(events, axis=1)[:, :-1], np.cumsum(exposure)[:-1]
    total, all_exposed = events.sum(axis=1, keepdims=True), exposure.sum()
    after = total - before
    split = xlogy(before, before / exposed) + xlogy(after, after / (all_exposed - exposed))
    return split - xlogy(total, total / all_exposed)


def _negative_binomial(events, design, exposure) -> tuple[float, float]:
    import warnings

    import numpy as np
    import statsmodels.api as sm

    with warnings.catch_warnings():
        # Without overdispersion the likelihood has its maximum at the edge; what it found is checked just below.
        warnings.simplefilter("ignore")
        model = sm.NegativeBinomial(events, design, exposure=exposure).fit(disp=0, maxiter=500)
    if not np.all(np.isfinite(model.bse)):
        raise InputError(Problem("no negative binomial fits these years", "They vary no more than chance: use auto."))
    return float(model.params[1]), float(model.bse[1])


def _yearly(yearly, many: str, place: str):
    """``year, events, exposure`` by year, and the words for what and where."""
    import pandas as pd

    if not isinstance(yearly, pd.DataFrame):
        rates = list(yearly)
        if len({(each.place, each.group) for each in rates}) > 1:
            raise InputError(Problem("a trend is of one place and one group", "Pick one, or pool them first."))
        if rates:
            many, place = rates[0].many, rates[0].place
        table = table_of(rates)
        yearly = table.assign(year=table["period"].astype(int)) if len(table) else pd.DataFrame(columns=_YEARLY)
    missing = [name for name in _YEARLY if name not in yearly]
    if missing:
        raise InputError(Problem("the column is missing", "Give year, events and exposure.", column=missing[0]))
    table = yearly[list(_YEARLY)].sort_values("year", ignore_index=True)
    twice = table.loc[table["year"].duplicated(), "year"]
    if len(twice):
        raise InputError(Problem("the year stands twice", "Add its rows up first.", column="year", value=twice.iloc[0]))
    if len(table) < FEWEST_YEARS:
        remedy = f"A trend needs {FEWEST_YEARS} complete years; compare two periods with change instead."
        raise InputError(Problem(f"{len(table)} years are too few for a trend", remedy))
    if not table["events"].sum():
        raise InputError(Problem("no events in any year", "There is no trend in nothing."))
    if (table["exposure"] <= 0).any():
        raise InputError(Problem("exposure must be above 0", "Check the population.", column="exposure"))
    return table, many, place


_YEARLY = ("year", "events", "exposure")
