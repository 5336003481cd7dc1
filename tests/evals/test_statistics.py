"""Intervals and differences."""

import pytest

from evals.statistics import difference, estimate, estimate_of


def test_an_estimate_has_its_mean_inside_its_interval():
    found = estimate([0, 1, 1, 1])
    assert found.mean == 3 / 4
    assert found.low <= found.mean <= found.high
    assert found.n == 4
    assert estimate([]) is None


def test_any_statistic_gets_an_interval():
    found = estimate_of([1, 2, 3, 4], max)
    assert (found.mean, found.high) == (4, 4)
    assert estimate_of([1], lambda _: None) is None


def test_mcnemar_looks_only_at_what_changed():
    # Six better and none worse: two sided, p = 2 * 0.5 ** 6.
    found = difference([0] * 6 + [1] * 10, [1] * 16)
    assert (found.better, found.worse) == (6, 0)
    assert found.p == pytest.approx(2 * 0.5**6)
    assert found.is_more_than_chance


def test_one_better_and_one_worse_is_chance():
    found = difference([0, 1, 1], [1, 0, 1])
    assert found.p == 1
    assert not found.is_more_than_chance


def test_scores_that_are_not_all_or_nothing_are_judged_by_their_interval():
    found = difference([0.1, 0.2, 0.3, 0.4] * 5, [0.4, 0.5, 0.6, 0.7] * 5)
    assert found.p is None
    assert found.mean == pytest.approx(0.3)
    assert found.is_more_than_chance


def test_the_same_scores_twice_differ_by_nothing():
    found = difference([0.5, 0.7], [0.5, 0.7])
    assert (found.mean, found.low, found.high) == (0, 0, 0)
    assert not found.is_more_than_chance
