"""Training that is stopped goes on as if nothing had happened."""

import pytest
import torch
from safetensors.torch import load_file

from evals.training.plan import Plan
from evals.training.reader_data import Group
from evals.training.trainer import Trainer

PLAN = Plan(rank=2, checkpoint_every=1, parts=1)
GROUPS = [
    Group("Hva krever NAPHA?", ("NAPHA krever et løft.", "Regjeringen svarer senere."), 0, 21),
    Group("Når svarer regjeringen?", ("Regjeringen svarer senere.", "NAPHA krever et løft."), 0, 26),
]
STEPS = [[0], [1], [0], [1]]


def test_a_run_that_was_killed_ends_with_the_weights_of_one_that_was_not(tmp_path):
    """Killed after three of four steps; the rates of the steps are those of the whole round either way."""
    Trainer(PLAN, tmp_path / "whole.pt").train_round(GROUPS, STEPS, 1.0, tmp_path / "whole")
    killed = Trainer(PLAN, tmp_path / "parts.pt")
    with pytest.raises(AttributeError):
        killed.train_round([GROUPS[0], GROUPS[1], None], [*STEPS[:3], [2]], 1.0, tmp_path / "parts")
    again = Trainer(PLAN, tmp_path / "parts.pt")
    again.train_round(GROUPS, STEPS, 1.0, tmp_path / "parts")
    whole, parts = load_file(tmp_path / "whole"), load_file(tmp_path / "parts")
    assert whole.keys() == parts.keys()
    assert all(torch.allclose(whole[name].float(), parts[name].float(), atol=1e-3) for name in whole)
    assert any(tensor.float().abs().max() > 0 for name, tensor in whole.items() if name.endswith(".up"))


def test_a_round_that_was_done_is_passed_over(tmp_path):
    first = Trainer(PLAN, tmp_path / "checkpoint.pt")
    first.train_round(GROUPS, STEPS[:1], 1.0, tmp_path / "first")
    written = (tmp_path / "first").stat().st_mtime_ns
    again = Trainer(PLAN, tmp_path / "checkpoint.pt")
    again.train_round([], STEPS[:1], 1.0, tmp_path / "first")
    assert (tmp_path / "first").stat().st_mtime_ns == written
