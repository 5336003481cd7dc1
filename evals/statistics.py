"""Means with their uncertainty."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

RESAMPLES = 2_000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over `n` questions with its 95 % bootstrap interval."""

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
