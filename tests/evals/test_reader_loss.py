"""What the reader's training makes small, with the arithmetic in sight."""

import math

import pytest
import torch

from evals.training.reader_data import Group
from evals.training.reader_loss import ranking_loss


def test_the_passage_that_answers_shall_come_before_the_others():
    """exp(2) of exp(2) + exp(0) + exp(0) is the first passage's share."""
    group = Group("q", ("a", "b", "c"), 3, 9)
    share = math.exp(2) / (math.exp(2) + 2)
    assert float(ranking_loss(torch.tensor([2.0, 0.0, 0.0]), group)) == pytest.approx(-math.log(share))


def test_where_nothing_answers_no_passage_shall_come_before_none():
    """None has relevance 0, so of three equal shares it has one."""
    group = Group("q", ("a", "b"))
    assert float(ranking_loss(torch.tensor([0.0, 0.0]), group)) == pytest.approx(math.log(3))
    assert float(ranking_loss(torch.tensor([-20.0, -20.0]), group)) == pytest.approx(0, abs=1e-6)
