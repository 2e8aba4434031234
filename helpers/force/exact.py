"""Exact intervals and tests for counts of events: numbers in, numbers out.

Every function takes numbers or arrays that broadcast together and holds for any count, zero included. "Exact" means
that the interval covers at least as often as it says, whatever the true rate is; it may cover more often.

>>> [round(limit, 4) for limit in garwood_interval(10)]
[4.7954, 18.3904]
>>> [round(limit, 4) for limit in ratio_interval(10, 1, 25, 5)]
[0.8572, 4.3118]
>>> round(ratio_test(10, 1, 25, 5), 5)
0.06855
"""

from __future__ import annotations

from typing import Any

__all__ = [
    "clopper_pearson_interval",
    "difference_interval",
    "garwood_interval",
    "ratio_interval",
    "ratio_test",
    "standardised_interval",
    "table_test",
]

MOST_TABLES = 1_000_000
MOST_FILLS = 20_000  # ways to fill one column; beyond these the test takes minutes
SAME = 1 + 1e-7  # probabilities this close are the same one: R's rule, without which rounding decides a tie


def garwood_interval(events: Any, exposure: Any = 1.0, *, level: float = 0.95) -> tuple[Any, Any]:
    """The exact interval for a Poisson rate, events per unit of exposure (Garwood 1936).

    ``low = chi2(a/2; 2x)/2``, 0 where no event was seen; ``high = chi2(1-a/2; 2x+2)/2``; both over the exposure.

    Raises
    ------
    ValueError
        If a count is negative or not whole, an exposure is not above 0, or the level is not between 0 and 1.
    """
    import numpy as np
    from scipy import stats

    x, e = _counts(events), _exposures(exposure)
    tail = _tail(level)
    # 1 stands in for no event, where the quantile has no degrees of freedom; the limit is then 0 by definition.
    low = np.where(x > 0, stats.chi2.ppf(tail, 2 * np.maximum(x, 1)) / 2, 0.0)
    return _plain(low / e), _plain(stats.chi2.isf(tail, 2 * x + 2) / 2 / e)


def clopper_pearson_interval(events: Any, trials: Any, *, level: float = 0.95) -> tuple[Any, Any]:
    """The exact interval for a proportion (Clopper and Pearson 1934); 0 to 1 where nothing was tried."""
    import numpy as np
    from scipy import stats

    x, n = _counts(events), _counts(trials)
    if np.any(x > n):
        raise ValueError("more events than trials")
    tail = _tail(level)
    low = np.where(x > 0, stats.beta.ppf(tail, np.maximum(x, 1), n - x + 1), 0.0)
    high = np.where(x < n, stats.beta.isf(tail, x + 1, np.maximum(n - x, 1)), 1.0)
    return _plain(low), _plain(high)


def ratio_interval(
    events: Any, exposure: Any, against_events: Any, against_exposure: Any, *, level: float = 0.95, mid_p: bool = False
) -> tuple[Any, Any]:
    """The interval for the ratio of two Poisson rates, given their total (exact conditional, or mid-P).

    Given ``n = x1 + x2`` events in all, ``x1`` is binomial with ``p = r e1 / (r e1 + e2)``, so an interval for ``p``
    is one for the ratio ``r = p/(1-p) * e2/e1``. Exact: Clopper-Pearson's, as R's ``poisson.test``. Mid-P counts half
    the probability of what was seen (Lancaster 1961; Berry and Armitage 1995): narrower, 95 % only on average.
    The interval is 0 to infinity where neither has an event.
    """
    import numpy as np

    x1, e1, x2, e2 = _two(events, exposure, against_events, against_exposure)
    n = x1 + x2
    low, high = _mid_p_limits(x1, n, level) if mid_p else clopper_pearson_interval(x1, n, level=level)
    low, high = np.asarray(low, float), np.asarray(high, float)
    with np.errstate(divide="ignore"):
        upper = np.where(high < 1, high / np.where(high < 1, 1 - high, 1) * (e2 / e1), np.inf)
        return _plain(np.where(low < 1, low / np.where(low < 1, 1 - low, 1) * (e2 / e1), np.inf)), _plain(upper)


def ratio_test(events: Any, exposure: Any, against_events: Any, against_exposure: Any, *, mid_p: bool = False) -> Any:
    """The two-sided p-value that two Poisson rates are equal, given their total; 1 where neither has an event.

    Exact: the probability of every split no likelier than the one seen, as R's ``poisson.test``. Mid-P: twice the
    smaller tail, half of what was seen counted.
    """
    import numpy as np
    from scipy import stats

    x1, e1, x2, e2 = np.broadcast_arrays(*_two(events, exposure, against_events, against_exposure))
    n, p = x1 + x2, e1 / (e1 + e2)
    if mid_p:
        half = stats.binom.pmf(x1, n, p) / 2
        below, above = stats.binom.cdf(x1 - 1, n, p), stats.binom.sf(x1, n, p)
        return _plain(np.where(n == 0, 1.0, np.minimum(2 * (np.minimum(below, above) + half), 1)))
    p_values = [
        stats.binomtest(int(a), int(b), float(c)).pvalue if b else 1.0
        for a, b, c in zip(x1.flat, n.flat, p.flat, strict=True)
    ]
    return _plain(np.reshape(p_values, n.shape))


def difference_interval(
    events: Any, exposure: Any, against_events: Any, against_exposure: Any, *, level: float = 0.95
) -> tuple[Any, Any]:
    """An interval for the difference of two Poisson rates from the two Garwood intervals (MOVER).

    ``low = d - sqrt((r1-l1)^2 + (u2-r2)^2)`` and ``high = d + sqrt((u1-r1)^2 + (r2-l2)^2)``: the method of
    variance estimates recovery (Zou and Donner 2008). Not exact: ``tests/benchmarks/coverage.py`` measures it.
    """
    import numpy as np

    x1, e1, x2, e2 = _two(events, exposure, against_events, against_exposure)
    r1, r2 = x1 / e1, x2 / e2
    (l1, u1), (l2, u2) = garwood_interval(x1, e1, level=level), garwood_interval(x2, e2, level=level)
    return _plain(r1 - r2 - np.hypot(r1 - l1, u2 - r2)), _plain(r1 - r2 + np.hypot(u1 - r1, r2 - l2))


def standardised_interval(events: Any, weights: Any, *, level: float = 0.95) -> tuple[float, float]:
    """The gamma interval for a weighted sum of Poisson counts, such as a directly standardised rate (Fay, Feuer 1997).

    Parameters
    ----------
    events : array of counts, one for each stratum
    weights : array, one for each stratum
        What one event in the stratum adds to the standardised rate: its share of the standard population over the
        stratum's exposure.

    Notes
    -----
    With ``y = sum(w x)``, ``v = sum(w^2 x)`` and ``w* = max(w)``: ``low = v/(2y) chi2(a/2; 2y^2/v)`` and
    ``high = (v + w*^2)/(2(y + w*)) chi2(1-a/2; 2(y + w*)^2/(v + w*^2))``. One stratum gives Garwood's interval.
    """
    import numpy as np
    from scipy import stats

    x, w = np.broadcast_arrays(_counts(events), _exposures(weights))
    y, v, most, tail = (w * x).sum(), (w**2 * x).sum(), w.max(), _tail(level)
    low = v / (2 * y) * stats.chi2.ppf(tail, 2 * y**2 / v) if y > 0 else 0.0
    top, spread = y + most, v + most**2
    return float(low), float(spread / (2 * top) * stats.chi2.isf(tail, 2 * top**2 / spread))


def table_test(table: Any) -> float:
    """Fisher's exact test that rows and columns of a table of counts are independent (Freeman and Halton 1951).

    The probability, given the margins, of every table no likelier than the one seen, as R's ``fisher.test``.

    Raises
    ------
    ValueError
        If a count is negative or not whole, or the table has so many alternatives (over a million) that the exact
        test is out of reach: its cells are then large enough for the chi-squared test.
    """
    import numpy as np
    from scipy import special

    counts = _counts(table).astype(int)
    if counts.ndim != 2:
        raise ValueError("a table of rows and columns is needed")
    if counts.shape[0] > counts.shape[1]:
        counts = counts.T
    # Widest first: the fewest partial tables are then open at once.
    counts = counts[:, np.argsort(-counts.sum(axis=0), kind="stable")]
    log_factorial = special.gammaln(np.arange(counts.sum() + 1) + 1.0)
    constant = (
        log_factorial[counts.sum(axis=1)].sum() + log_factorial[counts.sum(axis=0)].sum() - log_factorial[counts.sum()]
    )
    seen = constant - log_factorial[counts].sum()
    every = constant - _log_products(counts, log_factorial)
    return float(min(np.exp(every[every <= seen + np.log(SAME)]).sum(), 1.0))


def _log_products(counts, log_factorial):
    """For every table with these margins, the sum of the logs of its cells' factorials."""
    import numpy as np

    rows, columns = counts.sum(axis=1), counts.sum(axis=0)
    # What is left of each row's total, and the sum so far, for every way to fill the columns up to this one.
    left, so_far = rows[None, :], np.zeros(1)
    for total in columns[:-1]:
        fills = _fills(rows, total)
        if len(left) * len(fills) > 5 * MOST_TABLES:
            raise ValueError("too many tables for the exact test")
        lefts, sums = [], []
        for fill in fills:
            fits = (left >= fill).all(axis=1)
            lefts.append(left[fits] - fill)
            sums.append(so_far[fits] + log_factorial[fill].sum())
        left, so_far = np.concatenate(lefts), np.concatenate(sums)
        if len(left) > MOST_TABLES:
            raise ValueError("too many tables for the exact test")
    return so_far + log_factorial[left].sum(axis=1)


def _fills(rows, total: int):
    """Every way to put ``total`` into cells that hold at most ``rows``; shape (ways, rows)."""
    import numpy as np

    ways = np.zeros((1, 0), int)
    for cell, most in enumerate(rows):
        room = rows[cell + 1 :].sum()
        grown = []
        for value in range(min(most, total) + 1):
            rest = total - ways.sum(axis=1) - value
            fits = (rest >= 0) & (rest <= room)
            grown.append(np.column_stack([ways[fits], np.full(fits.sum(), value)]))
        ways = np.concatenate(grown)
        if len(ways) > MOST_FILLS:
            raise ValueError("too many tables for the exact test")
    return ways


def _mid_p_limits(x, n, level: float):
    """The mid-P limits for a proportion: where half the probability of ``x`` and the tail beyond it make ``a/2``."""
    import numpy as np
    from scipy import optimize, special

    tail = _tail(level)

    def limits(x, n):
        def beyond(p):  # P(X > x) + P(X = x)/2, which rises with p from 0 (1/2 where x is 0) to 1 (1/2 where x is n)
            above = special.betainc(x + 1, n - x, p) if x < n else 0.0
            return (above + (special.betainc(x, n - x + 1, p) if x > 0 else 1.0)) / 2

        def solve(target):
            return optimize.brentq(lambda p: beyond(p) - target, 0.0, 1.0, xtol=1e-15, rtol=1e-14)

        return (solve(tail) if x > 0 else 0.0), (solve(1 - tail) if x < n else 1.0)

    x, n = np.broadcast_arrays(x, n)
    found = np.array([limits(int(a), int(b)) if b else (0.0, 1.0) for a, b in zip(x.flat, n.flat, strict=True)])
    return found[:, 0].reshape(x.shape), found[:, 1].reshape(x.shape)


def _two(events, exposure, against_events, against_exposure):
    return _counts(events), _exposures(exposure), _counts(against_events), _exposures(against_exposure)


def _counts(values):
    import numpy as np

    counts = np.asarray(values, float)
    if np.any(~np.isfinite(counts)) or np.any(counts < 0) or np.any(counts != np.floor(counts)):
        raise ValueError("events must be counted: whole numbers, 0 or more")
    return counts


def _exposures(values):
    import numpy as np

    exposures = np.asarray(values, float)
    if np.any(~np.isfinite(exposures)) or np.any(exposures <= 0):
        raise ValueError("exposure must be above 0")
    return exposures


def _tail(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError(f"level {level} is not between 0 and 1, such as 0.95")
    return (1 - level) / 2


def _plain(values):
    """A number where numbers were given, an array where arrays were."""
    import numpy as np

    return float(values) if np.ndim(values) == 0 else values
