"""Many agencies at once: shrunken rates, a funnel, false-discovery control, ranks with their uncertainty, peers.

Every function takes a table with ``place, events, exposure`` and, where rates are to be shown, ``per``: what
`rates.table_of` gives, with agencies or cities or states as places. Each returns it with columns added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..problems import InputError, Problem
from .rates import Rate, table_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["city_police", "compared_with_all", "funnel", "overdispersion", "peers", "ranks", "shrunken"]
__all__ += ["spread", "two_sided"]

FEWEST = 10
LEAST_EVENTS = 10
DRAWS = 10_000
SEED = 20150102
WINSORISED = 0.10
# The mean square of a standard normal whose outer tenths are drawn in to its deciles; 1 without winsorising.
WINSORISED_SQUARE = 0.6786545552894278


def city_police(tally: pd.DataFrame, cities: Iterable[str]) -> tuple[pd.DataFrame, list[str]]:
    """The tally of cities' own police departments, named as their cities, and the cities without one in the tally.

    ``tally`` is by ``agency``, as `tally.tally` gives it: a record of several agencies is in each. "Chicago Police
    Department, IL" is the police of "Chicago, IL"; a department by any other name is not guessed at, and its city is
    in the list.

    Raises
    ------
    InputError
        If the tally has no column ``agency``.
    """
    if "agency" not in tally:
        raise InputError(Problem("the column is missing", "Tally by agency and year first.", column="agency"))
    cities = list(cities)
    police = {_department(city): city for city in cities}
    found = tally[tally["agency"].isin(police)]
    found = found.assign(place=found["agency"].map(police)).reset_index(drop=True)
    seen = set(found["place"])
    return found, [city for city in cities if city not in seen]


def _department(city: str) -> str:
    name, _, state = city.rpartition(", ")
    return f"{name} Police Department, {state}"


def shrunken(rates: pd.DataFrame | Iterable[Rate], *, level: float = 0.95, seed: int = SEED) -> pd.DataFrame:
    """Empirical-Bayes rates: each drawn towards what is common to all, the more so the less is known of it.

    True rates are taken to follow a gamma distribution of mean ``m`` and shape ``k``, so that counts are negative
    binomial and, given ``m`` and ``k``, a rate is gamma with mean ``(k + x)/(k/m + e)``. How little is known of ``m``
    and ``k`` themselves is carried into the interval, over a grid, with the priors of Tak, Kelly and Morris (2017):
    uniform on ``1/k`` and on ``log m``. The interval is of 10,000 draws with fixed seed.

    Returns
    -------
    DataFrame
        Added: ``shrunken, shrunken_low, shrunken_high`` in the rates' unit; ``weight``, how much of the agency's own
        rate is in it (0 none, 1 all).

    Raises
    ------
    InputError
        If there are fewer than ten agencies, or fewer than three have an event.
    """
    import numpy as np

    table, events, exposure, per = _many(rates)
    prior = _Prior.fitted(events, exposure)
    mean, weight = prior.means(events, exposure)
    bounds = [
        np.quantile(draws, [(1 - level) / 2, (1 + level) / 2], axis=0)
        for draws in prior.draws(events, exposure, np.random.default_rng(seed))
    ]
    low, high = np.concatenate(bounds, axis=1) * per
    return table.assign(shrunken=mean * per, shrunken_low=low, shrunken_high=high, weight=weight)


def overdispersion(events, expected) -> float:
    """How much more agencies vary than chance would have them, as a ratio of variances; 1 where no more.

    The mean square of exact z-scores (from the mid-P tail of the Poisson), the outer tenths drawn in to the deciles
    so that the agencies in question do not set the measure (Spiegelhalter 2005), corrected for having been drawn in.
    Only agencies with at least one event expected are used; fewer than ten of them, and 1 is returned.
    """
    return max(_overdispersion(events, expected)[0], 1.0)


def spread(events, expected) -> float:
    """The coefficient of variation of the agencies' true rates, 0 where they vary no more than chance.

    Spiegelhalter's additive overdispersion (2005): the variance between agencies that the measure of `overdispersion`
    leaves over, by moments. It adds to chance, and so tells in large agencies above all.
    """
    import numpy as np

    ratio, expected = _overdispersion(events, expected)
    if len(expected) < FEWEST:
        return 0.0
    left = len(expected) * ratio - (len(expected) - 1)
    return float(np.sqrt(max(left, 0.0) / (expected.sum() - (expected**2).sum() / expected.sum())))


def _overdispersion(events, expected):
    """The measure before it is cut off at 1, and the expected counts it is of."""
    import numpy as np
    from scipy import stats

    events, expected = np.asarray(events, float), np.asarray(expected, float)
    enough = expected >= 1
    x, mean = events[enough], expected[enough]
    if len(x) < FEWEST:
        return 1.0, mean
    below = stats.poisson.cdf(x - 1, mean) + stats.poisson.pmf(x, mean) / 2
    above = stats.poisson.sf(x, mean) + stats.poisson.pmf(x, mean) / 2
    # A tail too small for a double is as far out as one can tell: 37 standard deviations.
    tail = np.maximum(np.minimum(below, above), 1e-300)
    z = stats.norm.isf(tail) * np.where(below < above, -1, 1)
    low, high = np.quantile(z, [WINSORISED, 1 - WINSORISED])
    return float(np.mean(np.clip(z, low, high) ** 2) / WINSORISED_SQUARE), mean


def funnel(
    rates: pd.DataFrame | Iterable[Rate], *, target: float | None = None, points: int = 80
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A funnel plot: each agency's rate against its size, and the limits chance would keep it in.

    Parameters
    ----------
    target : float, optional
        The rate to compare with, in the rates' unit; the pooled rate of all without it.

    Returns
    -------
    (DataFrame, DataFrame)
        The table with ``rate, expected, target, spread, outside`` added, ``outside`` one of ``''``, ``95%`` and
        ``99.8%``; and the limits ``exposure, target, low_95, high_95, low_998, high_998``. They are quantiles of the
        Poisson distribution at 0.025/0.975 and 0.001/0.999 of target x exposure; where true rates vary by ``spread``
        (see `spread`), of the negative binomial whose variance is ``expected + (spread * expected)^2``.
    """
    import numpy as np
    import pandas as pd

    table, events, exposure, per = _many(rates)
    aim = events.sum() / exposure.sum() if target is None else target / per
    varies = spread(events, aim * exposure)
    outside = np.full(len(table), "", dtype=object)
    for name, tail in (("95%", 0.025), ("99.8%", 0.001)):
        low, high = _limits(aim * exposure, varies, tail)
        outside[(events < low) | (events > high)] = name
    found = table.assign(
        rate=events / exposure * per,
        expected=aim * exposure,
        target=aim * per,
        spread=varies,
        outside=outside.astype("str"),
    )
    sizes = np.geomspace(exposure.min(), exposure.max(), points)
    limits = {"exposure": sizes, "target": aim * per}
    for name, tail in (("95", 0.025), ("998", 0.001)):
        low, high = _limits(aim * sizes, varies, tail)
        limits |= {f"low_{name}": low / sizes * per, f"high_{name}": high / sizes * per}
    return found, pd.DataFrame(limits)


def compared_with_all(rates: pd.DataFrame | Iterable[Rate], *, q: float = 0.05) -> pd.DataFrame:
    """Which agencies differ from the pooled rate, the false discoveries held to a share ``q``.

    Added: ``expected``, ``p`` (two-sided, exact; of a negative binomial where agencies vary more than chance), ``q``
    (Benjamini and Hochberg 1995), ``differs`` (``higher``, ``lower`` or '').
    """
    import numpy as np
    from scipy import stats

    table, events, exposure, _ = _many(rates)
    expected = events.sum() / exposure.sum() * exposure
    p = two_sided(events, expected, spread(events, expected))
    corrected = stats.false_discovery_control(p)
    way = np.where(events > expected, "higher", "lower")
    differs = np.where(corrected <= q, way, "")
    return table.assign(expected=expected, p=p, q=corrected, differs=differs.astype("str"))


def two_sided(events: np.ndarray, expected: np.ndarray, varies: float = 0.0) -> np.ndarray:
    """The two-sided p-value of each count given what was expected: twice the smaller exact tail, 1 at most."""
    import numpy as np

    law = _law(expected, varies)
    return np.minimum(2 * np.minimum(law.cdf(events), law.sf(events - 1)), 1)


def ranks(
    rates: pd.DataFrame | Iterable[Rate], *, least_events: int = LEAST_EVENTS, level: float = 0.95, seed: int = SEED
) -> pd.DataFrame:
    """Each agency's rank by shrunken rate, 1 the highest, with the range it may well have.

    Parameters
    ----------
    least_events : int
        An agency with fewer is not ranked: its rank columns are missing and ``why_not`` says so.

    Returns
    -------
    DataFrame
        Added: ``rank`` (the middle of 10,000 draws from the shrunken rates' distributions, with fixed seed),
        ``rank_low, rank_high``, ``ranked_of`` (how many were ranked), ``why_not``.

    Raises
    ------
    InputError
        If fewer than two agencies have that many events.
    """
    import numpy as np
    import pandas as pd

    table, events, exposure, _ = _many(rates)
    enough = events >= least_events
    if enough.sum() < 2:
        what = f"{int(enough.sum())} of {len(table)} have {least_events} events or more"
        raise InputError(Problem(f"no ranking: {what}", "Pool more years, or show the rates with their intervals."))
    prior = _Prior.fitted(events, exposure)
    rng = np.random.default_rng(seed)
    draws = np.concatenate(list(prior.draws(events[enough], exposure[enough], rng)), axis=1)
    order = draws.shape[1] - draws.argsort(axis=1).argsort(axis=1)
    tail = (1 - level) / 2
    found = np.quantile(order, [0.5, tail, 1 - tail], axis=0, method="nearest").astype(int)
    ranked = table.assign(why_not=np.where(enough, "", f"fewer than {least_events} events"))
    for name, values in zip(("rank", "rank_low", "rank_high"), found, strict=True):
        ranked[name] = pd.Series(pd.NA, index=ranked.index, dtype="Int64")
        ranked.loc[enough, name] = values
    return ranked.assign(ranked_of=int(enough.sum()))


def peers(rates: pd.DataFrame | Iterable[Rate], place: str, *, within: float = 1.5, least: int = 3) -> pd.DataFrame:
    """The agencies of similar size: exposure no more than ``within`` times larger or smaller, nearest first.

    ``place`` itself comes first. Added: ``size_ratio``, its exposure over that of ``place``.

    Raises
    ------
    InputError
        If ``place`` is not in the table, or has fewer than ``least`` peers.
    """
    import numpy as np

    table, _, exposure, _ = _many(rates, fewest=1)
    own = table["place"] == place
    if not own.any():
        raise InputError(Problem("no such place in the table", "Write it as the table does.", value=place))
    ratio = exposure / exposure[own.to_numpy()][0]
    found = table.assign(size_ratio=ratio)[np.abs(np.log(ratio)) <= np.log(within) + 1e-12]
    if len(found) - 1 < least:
        remedy = f"Allow a wider range than {within:g} times, or bring more agencies."
        raise InputError(Problem(f"{place} has {len(found) - 1} peers of similar size", remedy))
    nearness = np.abs(np.log(found["size_ratio"])).where(found["place"] != place, -1)
    return found.loc[nearness.sort_values(kind="stable").index].reset_index(drop=True)


@dataclass(frozen=True)
class _Prior:
    """What the agencies together say of the gamma distribution their rates come from: weighted pairs of k and m."""

    weight: np.ndarray
    k: np.ndarray
    m: np.ndarray

    @classmethod
    def fitted(cls, events: np.ndarray, exposure: np.ndarray) -> _Prior:
        import numpy as np
        from scipy import special

        if (events > 0).sum() < 3:
            what = f"{int((events > 0).sum())} of {len(events)} places have an event"
            raise InputError(Problem(what, "Nothing can be learned of how they vary; show rates with intervals."))
        pooled = events.sum() / exposure.sum()
        middling = np.median(exposure) * pooled
        steps, around = np.linspace(-9, 9, 73), np.linspace(-7, 7, 43)
        logs, ks, ms = [], [], []
        for step in steps:
            # The grid is even in the logit of the shrinkage B = k/(k + middling); a density uniform on 1/k is
            # (1-B)/B there. Its columns follow the spread of log m given k, whose width is part of the sum.
            shrinkage = special.expit(step)
            k = middling * np.exp(step)
            width = 1 / np.sqrt((pooled * exposure * k / (k + pooled * exposure)).sum())
            m = pooled * np.exp(around * width)
            expected = m[:, None] * exposure
            likely = (
                special.gammaln(k + events)
                - special.gammaln(k)
                + k * np.log(k / (k + expected))
                + special.xlogy(events, expected / (k + expected))
            ).sum(axis=1)
            logs.append(likely + np.log(width * (1 - shrinkage) / shrinkage))
            ks.append(np.full(len(m), k))
            ms.append(m)
        logs = np.concatenate(logs)
        weight = np.exp(logs - logs.max())
        kept = weight > 1e-7
        return cls(weight[kept] / weight[kept].sum(), np.concatenate(ks)[kept], np.concatenate(ms)[kept])

    def means(self, events: np.ndarray, exposure: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Each agency's mean rate, and the weight of its own rate in it."""
        weight, k, prior_exposure = self.weight[:, None], self.k[:, None], (self.k / self.m)[:, None]
        mean = (weight * (k + events) / (prior_exposure + exposure)).sum(axis=0)
        return mean, (weight * exposure / (prior_exposure + exposure)).sum(axis=0)

    def draws(self, events: np.ndarray, exposure: np.ndarray, rng: np.random.Generator) -> Iterator[np.ndarray]:
        """Draws of the agencies' true rates, (draws, agencies), some agencies at a time; one k and m in a draw."""
        picked = rng.choice(len(self.weight), size=DRAWS, p=self.weight)
        k, prior_exposure = self.k[picked, None], (self.k / self.m)[picked, None]
        for start in range(0, len(events), 250):
            x, e = events[start : start + 250], exposure[start : start + 250]
            yield rng.gamma(k + x, 1 / (prior_exposure + e))


def _law(expected, varies: float):
    """The distribution of counts: Poisson, or negative binomial where true rates vary by this share of their mean."""
    from scipy import stats

    if varies <= 0:
        return stats.poisson(expected)
    return stats.nbinom(1 / varies**2, 1 / (1 + varies**2 * expected))


def _limits(expected, varies: float, tail: float):
    """The fewest and most events that are not beyond the tails."""
    law = _law(expected, varies)
    return law.ppf(tail), law.isf(tail)


def _many(rates, *, fewest: int = FEWEST):
    """The table with its index plain, and its events, exposures and base as arrays."""
    import numpy as np
    import pandas as pd

    table = (rates if isinstance(rates, pd.DataFrame) else table_of(rates)).reset_index(drop=True)
    missing = [name for name in ("place", "events", "exposure") if name not in table]
    if missing:
        raise InputError(Problem("the column is missing", "Give place, events and exposure.", column=missing[0]))
    events, exposure = table["events"].to_numpy(float), table["exposure"].to_numpy(float)
    wrong = (events < 0) | (events % 1 != 0) | ~np.isfinite(events) | (exposure <= 0) | ~np.isfinite(exposure)
    twice = table["place"].duplicated().to_numpy()
    problems = [
        Problem("not a count over an exposure above 0", "Check the events and what they are divided by.", value=place)
        for place in table.loc[wrong, "place"]
    ] + [Problem("the place stands twice", "Pool its rows first.", value=place) for place in table.loc[twice, "place"]]
    if problems:
        raise InputError(problems)
    if len(table) < fewest:
        remedy = "Show the rates with their intervals instead."
        raise InputError(Problem(f"{len(table)} places are too few to compare as many", remedy))
    if fewest > 1 and not events.sum():
        raise InputError(Problem("no place has an event", "There is nothing to compare."))
    per = table["per"].to_numpy(float) if "per" in table else np.ones(len(table))
    if len(set(per)) > 1:
        raise InputError(Problem("the rates have different bases", "Use one, such as per million.", column="per"))
    return table, events, exposure, float(per[0])
