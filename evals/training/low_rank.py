"""Low-rank adapters (LoRA, Hu et al. 2021, arXiv:2106.09685) on an encoder's linear layers while it is trained.

Torch's parametrizations add them to the weights, once for all that is read within `torch.nn.utils.parametrize.cached`,
so that passages go through plain layers of half precision. On two cores a step takes two thirds of the time that it
takes with adapters kept beside the layers, as peft has them; the adapter is the same.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch.nn.utils import parametrize


class LowRank(torch.nn.Module):  # type: ignore[misc]  # Torch is not checked
    """What is added to one layer's weight: `scale` times `up` (out, rank) times `down` (rank, in), at first nothing."""

    def __init__(self, weight: Any, rank: int, scale: float) -> None:
        super().__init__()
        self.down = torch.nn.Parameter(torch.empty(rank, weight.shape[1]))
        self.up = torch.nn.Parameter(torch.zeros(weight.shape[0], rank))
        self.scale = scale
        torch.nn.init.kaiming_uniform_(self.down, a=math.sqrt(5))

    def forward(self, weight: Any) -> Any:
        """The weight with the adapter added, in half precision."""
        with torch.autocast("cpu", enabled=False):
            return (weight + self.scale * self.up @ self.down).to(torch.bfloat16)


def add_adapters(body: Any, rank: int, scale: float) -> None:
    """Give each linear layer an adapter, and leave nothing but these to be trained."""
    body.requires_grad_(False)
    for module in list(body.modules()):
        if isinstance(module, torch.nn.Linear):
            # Unsafe is what Torch calls a change of the weight's precision.
            parametrize.register_parametrization(module, "weight", LowRank(module.weight, rank, scale), unsafe=True)


def adapter_tensors(body: Any) -> dict[str, Any]:
    """Each layer's `<name>.down` and `<name>.up`, named as in the encoder itself."""
    tensors: dict[str, Any] = {}
    for name, module in body.named_modules():
        if isinstance(module, LowRank):
            layer = name.removesuffix(".parametrizations.weight.0")
            tensors |= {f"{layer}.down": module.down, f"{layer}.up": module.up}
    return tensors


def averaged(readers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The mean of what several adapters add to the weights, brought back to the first one's rank, and of their heads.

    Taken at the ends of several rounds it does better on what wasn't trained with than the last of them (stochastic
    weight averaging, Izmailov et al. 2018, arXiv:1803.05407). The mean of products is no product of means, so its best
    approximation of that rank is taken (Eckart and Young 1936).
    """
    first, count = readers[0], len(readers)
    adapted = [name.removesuffix(".down") for name in first if name.endswith(".down")]
    tensors: dict[str, Any] = {}
    for name in adapted:
        added = sum(one[f"{name}.up"].float() @ one[f"{name}.down"].float() for one in readers) / count
        left, sizes, right = torch.linalg.svd(added, full_matrices=False)
        rank = len(first[f"{name}.down"])
        roots = sizes[:rank].sqrt()
        tensors |= {f"{name}.down": roots[:, None] * right[:rank], f"{name}.up": left[:, :rank] * roots}
    heads = [name for name in first if not name.endswith((".down", ".up"))]
    return tensors | {name: sum(one[name].float() for one in readers) / count for name in heads}
