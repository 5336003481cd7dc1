"""Means and other statistics with their uncertainty, and differences between two runs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

RESAMPLES = 2_000
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Estimate:
    """A statistic over `n` questions with its 95 % bootstrap interval."""

    mean: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        return f"{self.mean:.3f} [{self.low:.3f}, {self.high:.3f}] n={self.n}"


def estimate(values: Sequence[float]) -> Estimate | None:
    """The mean of `values` with a percentile bootstrap interval (seed fixed); None for no values."""
    if not len(values):
        return None
    sample = np.asarray(values, float)
    draws = np.random.default_rng(0).integers(0, len(sample), (RESAMPLES, len(sample)))
    low, high = np.percentile(sample[draws].mean(axis=1), [2.5, 97.5])
    return Estimate(float(sample.mean()), float(low), float(high), len(sample))


def estimate_of(items: Sequence[Item], statistic: Callable[[list[Item]], float | None]) -> Estimate | None:
    """Any statistic of `items` with a percentile bootstrap interval (seed fixed); None where it has no value."""
    value = statistic(list(items))
    if value is None:
        return None
    draws = np.random.default_rng(0).integers(0, len(items), (RESAMPLES // 4, len(items)))
    again = [statistic([items[i] for i in row]) for row in draws]
    low, high = np.percentile([other for other in again if other is not None], [2.5, 97.5])
    return Estimate(value, float(low), float(high), len(items))


@dataclass(frozen=True, slots=True)
class Difference:
    """How much higher the second of two runs scores on the same questions.

    Attributes:
        mean, low, high: the difference with its 95 % interval, by a paired bootstrap (scipy, percentile, seed fixed).
        better, worse: questions whose score rose or fell.
        p: for scores of 0 and 1, the exact McNemar test's p (scipy's binomial test on the questions that changed);
            None for other scores.
    """

    mean: float
    low: float
    high: float
    n: int
    better: int
    worse: int
    p: float | None

    @property
    def is_more_than_chance(self) -> bool:
        """Whether the difference would be unlikely if the two were equally good."""
        return self.p < 0.05 if self.p is not None else self.low > 0 or self.high < 0


def difference(before: Sequence[float], after: Sequence[float]) -> Difference | None:
    """The difference between two runs' scores of the same questions; None for no questions."""
    from scipy import stats

    if not len(before):
        return None
    change = np.asarray(after, float) - np.asarray(before, float)
    better, worse = int((change > 0).sum()), int((change < 0).sum())
    mean = low = high = float(change.mean())
    if change.std() > 0:
        interval = stats.bootstrap(
            (change,), np.mean, n_resamples=RESAMPLES, method="percentile", rng=np.random.default_rng(0)
        ).confidence_interval
        low, high = float(interval.low), float(interval.high)
    p = None
    if set(before) | set(after) <= {0.0, 1.0}:
        p = float(stats.binomtest(better, better + worse).pvalue) if better + worse else 1.0
    return Difference(mean, low, high, len(change), better, worse, p)
