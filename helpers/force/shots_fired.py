"""Shots per incident, per officer and hits: distributions over incidents, the missing share always stated.

Every function takes a table of incidents with ``shots`` (missing where not known) and, where they are needed,
``officers``, ``hits`` and ``shots_qualifier`` (``exact``, ``approx``, ``at_least``, ``at_most``).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..problems import InputError, Problem
from .exact import clopper_pearson_interval
from .wording import chance_words, interval_words, p_words, sentence

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = [
    "Comparison",
    "Share",
    "ShotsPerIncident",
    "Standing",
    "compare",
    "hit_rate",
    "shots_per_incident",
    "shots_per_officer",
    "standing",
]

FEWEST = 10
UNDER = 5
RESAMPLES = 4_000
SEED = 20150102


@dataclass(frozen=True)
class ShotsPerIncident:
    """The distribution of shots over incidents; ``str()`` says it in one sentence.

    ``median_interval`` is exact (order statistics), ``mean_interval`` a studentised bootstrap, ``above_interval``
    Clopper and Pearson's for the share of incidents with more than ``above_than`` shots, in percent. Intervals are
    missing under ten incidents with a known count.
    """

    incidents: int
    known: int
    median: float
    median_interval: tuple[float, float] | None
    quartiles: tuple[float, float]
    most: int
    mean: float
    mean_interval: tuple[float, float] | None
    above_than: int
    above: int
    above_interval: tuple[float, float] | None
    not_exact: int
    level: float
    place: str = ""
    period: str = ""

    @property
    def missing_percent(self) -> float:
        """The share of incidents without a known count."""
        return (1 - self.known / self.incidents) * 100

    @property
    def above_percent(self) -> float:
        """The share of incidents with a known count that had more than ``above_than`` shots."""
        return self.above / self.known * 100

    def __str__(self) -> str:
        where = f"in {self.place}, " if self.place else ""
        when = f" in {self.period}" if self.period else ""
        low, high = self.quartiles
        lead = (
            f"{where}half of the police shootings{when} with a known count had {self.median:g} shots or fewer, and the "
            f"middle half had {low:g} to {high:g}"
        )
        unknown = self.incidents - self.known
        missing = f"for {unknown:,} of {self.incidents:,} ({self.missing_percent:.0f}%) the shots are not known"
        aside = [f"{self.known:,} incidents"]
        if self.median_interval:
            aside.append(f"median {chance_words(self.level, '{:g} to {:g}'.format(*self.median_interval))}")
        caveats = [
            f"{self.above_percent:.0f}% had more than {self.above_than}",
            missing if unknown else "",
            f"{self.not_exact:,} of the counts are not exact" if self.not_exact else "",
        ]
        return sentence(lead, aside=aside, caveats=caveats)


@dataclass(frozen=True)
class Standing:
    """Where a number of shots falls among others' incidents; ``str()`` says it in one sentence.

    ``said`` is the number in words, such as ``about 96``. ``shots`` is 0 where no number is in focus: then ``str()``
    tells of the others alone. ``under_five``, ``most`` and ``median`` are of the others.
    """

    shots: int
    fewer: int
    as_many: int
    more: int
    unknown: int
    under_five: int
    most: int
    median: float
    said: str = ""
    place: str = ""
    period: str = ""

    @property
    def known(self) -> int:
        """Incidents with a known count."""
        return self.fewer + self.as_many + self.more

    @property
    def under_five_share(self) -> float:
        """The share of incidents with a known count that had fewer than five shots, 0 to 1."""
        return self.under_five / self.known

    def __str__(self) -> str:
        where = f" in {self.place}" if self.place else ""
        # A period is years, or days from one to another.
        when = f" {'from' if ' to ' in self.period else 'in'} {self.period}" if self.period else ""
        among = f"the {self.known:,} police shootings{where}{when} with a known count"
        unknown = f"the shots of {self.unknown:,} more are not known" if self.unknown else ""
        if not self.shots:
            lead = f"of {among}, half had {self.median:g} shots or fewer; no number of shots is compared with them"
            return sentence(lead, caveats=[unknown])
        others = f"{self.more:,} had more" if self.more else "none had more"
        same = f", {self.as_many:,} as many" if self.as_many else ""
        lead = f"{self.said or f'{self.shots:,}'} shots are more than in {self.fewer:,} of {among}; {others}{same}"
        return sentence(lead, caveats=[unknown])


@dataclass(frozen=True)
class Share:
    """A ratio of two sums over incidents, such as hits to shots; ``str()`` says it in one sentence.

    The interval takes incidents, not shots, as what varies: shots of one incident are not independent.
    """

    top: int
    bottom: int
    incidents: int
    left_out: int
    interval: tuple[float, float] | None
    level: float
    percent: bool
    words: str

    @property
    def value(self) -> float:
        """``top`` over ``bottom``, in percent where ``percent``."""
        return self.top / self.bottom * (100 if self.percent else 1)

    def __str__(self) -> str:
        unit = "%" if self.percent else ""
        low, high = self.interval or (math.nan, math.nan)
        value, span = interval_words(self.value, low, high) if self.interval else (f"{self.value:.1f}", "")
        span = span.replace(" to ", f"{unit} to ") + unit
        lead = self.words.format(top=f"{self.top:,}", bottom=f"{self.bottom:,}", value=value + unit)
        aside = [f"{self.incidents:,} incidents", chance_words(self.level, span) if self.interval else ""]
        left = f"{self.left_out:,} incidents are left out, one of the two not being known" if self.left_out else ""
        return sentence(lead, aside=aside, caveats=[left])


@dataclass(frozen=True)
class Comparison:
    """Two sets of incidents by a rank test; ``str()`` says it in one sentence.

    ``superiority`` is the probability that an incident of the first, picked at random, has more shots than one of
    the second, a tie counting half (Vargha and Delaney's A); its interval is Brunner and Munzel's on the logit.
    """

    superiority: float
    interval: tuple[float, float]
    p: float
    medians: tuple[float, float]
    known: tuple[int, int]
    missing: tuple[int, int]
    names: tuple[str, str]
    level: float

    def __str__(self) -> str:
        one, other = self.names
        low, high = (f"{bound * 100:.0f}" for bound in self.interval)
        lead = (
            f"picked at random, a police shooting of {one} has more shots than one of {other} in "
            f"{self.superiority * 100:.0f} of 100 pairs, ties counted half"
        )
        aside = [
            chance_words(self.level, f"{low} to {high}"),
            f"rank test {p_words(self.p)}",
            f"medians {self.medians[0]:g} and {self.medians[1]:g}",
            f"{self.known[0]:,} and {self.known[1]:,} incidents",
        ]
        lacking = sum(self.missing)
        caveats = [
            "the difference may be chance, which is not to say that there is none" if self.p >= 0.05 else "",
            f"the shots of {self.missing[0]:,} and {self.missing[1]:,} more are not known" if lacking else "",
        ]
        return sentence(lead, aside=aside, caveats=caveats)


def shots_per_incident(
    incidents: pd.DataFrame,
    *,
    above: int = 10,
    level: float = 0.95,
    seed: int = SEED,
    place: str = "",
    period: str = "",
) -> ShotsPerIncident:
    """The distribution of shots over incidents.

    Raises
    ------
    InputError
        If there is no column ``shots``, no incident has a known count, or a count is impossible.
    """
    import numpy as np

    shots = _known(incidents, "shots")
    enough = len(shots) >= FEWEST
    many = int((shots > above).sum())
    low, high = clopper_pearson_interval(many, len(shots), level=level)
    return ShotsPerIncident(
        incidents=len(incidents),
        known=len(shots),
        median=float(np.median(shots)),
        median_interval=median_interval(shots, level) if enough else None,
        quartiles=tuple(float(value) for value in np.quantile(shots, [0.25, 0.75])),
        most=int(shots.max()),
        mean=float(shots.mean()),
        mean_interval=bootstrap_interval(shots, level=level, seed=seed) if enough else None,
        above_than=above,
        above=many,
        above_interval=(low * 100, high * 100) if enough else None,
        not_exact=_not_exact(incidents),
        level=level,
        place=place,
        period=period,
    )


def standing(
    shots: int | None, incidents: pd.DataFrame, *, said: str = "", place: str = "", period: str = ""
) -> Standing:
    """Where an incident of ``shots`` shots, or None, falls among others; it should not itself be among them.

    Raises
    ------
    InputError
        If no incident has a known count, or a count is impossible.
    """
    import numpy as np

    known, shots = _known(incidents, "shots"), int(shots or 0)
    return Standing(
        shots=shots,
        fewer=int((known < shots).sum()),
        as_many=int((known == shots).sum()) if shots else 0,
        more=int((known > shots).sum()) if shots else len(known),
        unknown=len(incidents) - len(known),
        under_five=int((known < UNDER).sum()),
        most=int(known.max()),
        median=float(np.median(known)),
        said=said,
        place=place,
        period=period,
    )


def shots_per_officer(incidents: pd.DataFrame, *, level: float = 0.95) -> Share:
    """Shots over officers who fired, summed over the incidents where both are known."""
    words = "{top} shots by {bottom} officers, {value} shots an officer"
    return _share(incidents, "shots", "officers", level, percent=False, words=words)


def hit_rate(incidents: pd.DataFrame, *, level: float = 0.95) -> Share:
    """Hits over shots, in percent, summed over the incidents where both are known.

    Raises
    ------
    InputError
        If an incident has more hits than shots, besides what `shots_per_incident` raises.
    """
    words = "{top} of {bottom} shots hit, {value}"
    return _share(incidents, "hits", "shots", level, percent=True, words=words)


def compare(
    first: pd.DataFrame,
    second: pd.DataFrame,
    *,
    names: tuple[str, str] = ("the first", "the second"),
    level: float = 0.95,
    seed: int = SEED,
) -> Comparison:
    """Compare shots per incident of two places or periods by the Mann-Whitney test.

    Under 50 incidents on each side the p-value is exact where no two counts are equal, and of 9,999 permutations with
    fixed seed where some are; otherwise it is the normal approximation corrected for ties.

    Raises
    ------
    InputError
        If either has fewer than ten incidents with a known count.
    """
    import numpy as np
    from scipy import stats

    x, y = _known(first, "shots"), _known(second, "shots")
    for values, name in zip((x, y), names, strict=True):
        if len(values) < FEWEST:
            remedy = f"The comparison needs {FEWEST} on each side; show the incidents one by one."
            raise InputError(Problem(f"{len(values)} incidents of {name} have a known count", remedy))
    few = max(len(x), len(y)) < 50
    tied = len(np.unique(np.concatenate([x, y]))) < len(x) + len(y)
    method = "exact" if few else "asymptotic"
    if few and tied:
        method = stats.PermutationMethod(n_resamples=9_999, rng=np.random.default_rng(seed))
    test = stats.mannwhitneyu(x, y, method=method)
    return Comparison(
        superiority=float(test.statistic / (len(x) * len(y))),
        interval=superiority_interval(x, y, level),
        p=float(test.pvalue),
        medians=(float(np.median(x)), float(np.median(y))),
        known=(len(x), len(y)),
        missing=(len(first) - len(x), len(second) - len(y)),
        names=names,
        level=level,
    )


def bootstrap_interval(
    tops: np.ndarray, bottoms: np.ndarray | None = None, *, level: float = 0.95, seed: int = SEED
) -> tuple[float, float]:
    """The studentised bootstrap interval for a mean, or for a ratio of two sums over incidents, with a fixed seed.

    Percentile intervals fall short for skewed counts such as shots. Dividing each resample's error by its own standard
    error (Efron and Tibshirani 1993, chapter 12; of a ratio: Cochran 1977, 6.4) mends most of that. A small sample
    also tends to lack the rare incident of very many shots, and no resample can hold what the sample lacks: the
    quantiles are therefore taken further out, at the normal probability of Student's quantile times sqrt(n/(n-1)), as
    Hesterberg (2015, section 5.3) widens percentile intervals. ``tests/benchmarks/coverage.py`` shows that it covers.

    Parameters
    ----------
    tops, bottoms : array
        One number an incident; the mean of ``tops`` without ``bottoms``.
    """
    import numpy as np
    from scipy import stats

    x = np.asarray(tops, float)
    n = np.ones_like(x) if bottoms is None else np.asarray(bottoms, float)
    count, ratio = len(x), x.sum() / n.sum()
    error = float(_linear_error(x, n))
    if error == 0:
        return float(ratio), float(ratio)
    picked = np.random.default_rng(seed).integers(count, size=(RESAMPLES, count))
    x, n = x[picked], n[picked]
    spread = _linear_error(x, n)
    varied = spread > 1e-9 * error
    t = (x.sum(axis=1) / n.sum(axis=1) - ratio)[varied] / spread[varied]
    tail = stats.norm.sf(stats.t.isf((1 - level) / 2, count - 1) * math.sqrt(count / (count - 1)))
    low, high = np.quantile(t, [tail, 1 - tail])
    return float(ratio - high * error), float(ratio - low * error)


def _linear_error(x: np.ndarray, n: np.ndarray) -> np.ndarray:
    """The standard error of sum(x)/sum(n) over the last axis, by linearisation; that of the mean where n is 1."""
    import numpy as np

    count, bottom = x.shape[-1], n.sum(axis=-1, keepdims=True)
    off = x - x.sum(axis=-1, keepdims=True) / bottom * n
    return np.sqrt((off**2).sum(axis=-1) * count / (count - 1)) / bottom[..., 0]


def median_interval(values: np.ndarray, level: float = 0.95) -> tuple[float, float]:
    """The exact interval for a median: the order statistics between which it lies at least ``level`` of the time."""
    import numpy as np
    from scipy import stats

    ordered, n = np.sort(values), len(values)
    # The largest r for which fewer than r of n below the median is no likelier than half of what the level leaves.
    r = int(stats.binom.ppf((1 - level) / 2, n, 0.5))
    return float(ordered[r - 1]), float(ordered[n - r])


def superiority_interval(x, y, level: float) -> tuple[float, float]:
    """Brunner and Munzel's interval (2000) for the probability of superiority, on the logit scale."""
    import numpy as np
    from scipy import stats

    n, m = len(x), len(y)
    every = stats.rankdata(np.concatenate([x, y]))
    within_x, within_y = stats.rankdata(x), stats.rankdata(y)
    above_x, above_y = (every[:n] - within_x) / m, (every[n:] - within_y) / n  # each one's share of the others below
    a = above_x.mean()
    if a in (0.0, 1.0):
        # No pair the other way round: the logit is infinite; the open side is the exact limit of the smaller sample.
        edge = clopper_pearson_interval(0, min(n, m), level=level)[1]
        return (0.0, edge) if a == 0 else (1 - edge, 1.0)
    parts = above_x.var(ddof=1) / n, above_y.var(ddof=1) / m
    error = math.sqrt(sum(parts))
    df = sum(parts) ** 2 / (parts[0] ** 2 / (n - 1) + parts[1] ** 2 / (m - 1)) if error else n + m - 2
    reach = stats.t.isf((1 - level) / 2, df) * error / (a * (1 - a))
    centre = math.log(a / (1 - a))
    return tuple(1 / (1 + math.exp(-(centre + sign * reach))) for sign in (-1, 1))


def _share(incidents, top: str, bottom: str, level: float, *, percent: bool, words: str) -> Share:
    _known(incidents, top), _known(incidents, bottom)
    both = incidents[incidents[top].notna() & incidents[bottom].notna()]
    x, n = both[top].to_numpy(float), both[bottom].to_numpy(float)
    if not n.sum():
        raise InputError(Problem(f"no incident has both {top} and {bottom}", "Bring records that have both."))
    if percent and (x > n).any():
        row = both.index[(x > n).argmax()]
        what = f"{x[(x > n).argmax()]:g} {top} of {n[(x > n).argmax()]:g} {bottom}"
        raise InputError(Problem(what, "Correct it, or leave one of the two empty.", row=int(row), column=top))
    interval = None
    if len(both) >= FEWEST:
        interval = _percent_interval(x, n, level) if percent else bootstrap_interval(x, n, level=level)
    return Share(int(x.sum()), int(n.sum()), len(both), len(incidents) - len(both), interval, level, percent, words)


def _percent_interval(x, n, level: float) -> tuple[float, float] | None:
    """The interval of a share of sums over incidents, in percent: the jackknife with Student's t, on the logit."""
    import numpy as np
    from scipy import special, stats

    count, share = len(x), x.sum() / n.sum()
    tops, bottoms = x.sum() - x, n.sum() - n
    if tops.min() <= 0 or bottoms.min() <= 0 or (tops >= bottoms).any():
        return None  # One incident holds every hit or every miss: the others say nothing of how much it varies.
    without = special.logit(tops / bottoms)
    error = math.sqrt((count - 1) / count * ((without - without.mean()) ** 2).sum())
    # Incidents of many shots weigh more, so that there are fewer to learn from than there are incidents (Kish 1965).
    effective = n.sum() ** 2 / (n**2).sum()
    reach = stats.t.isf((1 - level) / 2, max(effective - 1, 1)) * error
    low, high = special.expit(special.logit(share) + np.array([-reach, reach])) * 100
    return float(low), float(high)


def _known(incidents: pd.DataFrame, column: str) -> np.ndarray:
    """The known counts of a column."""
    import numpy as np
    import pandas as pd

    if column not in incidents:
        raise InputError(Problem("the column is missing", "Bring a table of incidents that has it.", column=column))
    numbers = pd.to_numeric(incidents[column], errors="coerce")
    unread = numbers.isna() & incidents[column].notna()
    wrong = unread | (numbers < 0) | (numbers % 1 != 0) & numbers.notna()
    if wrong.fillna(False).any():
        remedy = "Write a whole number, 0 or more, or leave it empty where it is not known."
        raise InputError(
            Problem("not a count", remedy, row=int(row), column=column, value=value)
            for row, value in incidents.loc[wrong.fillna(False), column].items()
        )
    known = numbers.dropna().to_numpy(float)
    if not len(known):
        raise InputError(Problem("no incident has a known count", "Bring records that have it.", column=column))
    return np.asarray(known)


def _not_exact(incidents: pd.DataFrame) -> int:
    if "shots_qualifier" not in incidents:
        return 0
    known = incidents[incidents["shots"].notna()]
    return int((known["shots_qualifier"].notna() & ~known["shots_qualifier"].isin(["exact", ""])).sum())
