"""The reader in training: an encoder with adapters, two heads, and a way to go on after having been killed."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from platformdirs import user_cache_path
from safetensors.torch import save_file
from transformers import AutoModel

from assistant.answers.opening import APPLICATION
from assistant.search.bundled import bundled_model
from assistant.search.embedding import Encoder
from assistant.search.reader import FORMAT
from evals.training.attention import with_half_attention
from evals.training.low_rank import adapter_tensors, add_adapters
from evals.training.plan import Plan, rate
from evals.training.reader_data import Group
from evals.training.reader_loss import add_gradients


class Trainer:
    """Trains one round after another; started again, it passes over the steps done before its last checkpoint.

    Attributes:
        encoder: the name of what the reader is made from.
    """

    def __init__(self, plan: Plan, checkpoint: Path) -> None:
        torch.manual_seed(plan.seed)
        loaded = Encoder.load("bundled", user_cache_path(APPLICATION))
        self.encoder = loaded.name
        self._plan, self._checkpoint, self._tokenizer = plan, checkpoint, loaded.parts[1]
        self._model = model_with_adapters(plan)
        size = loaded.dimension
        self._heads = torch.nn.ParameterDict(
            {"relevance": torch.randn(size) * 0.02, "spans": torch.randn(size, 2) * 0.02}
        )
        adapter = [parameter for parameter in self._model.parameters() if parameter.requires_grad]
        self._trained = [*adapter, *self._heads.parameters()]
        self._optimizer = torch.optim.AdamW(
            [{"params": adapter}, {"params": list(self._heads.parameters())}], weight_decay=0.01
        )
        self._step, self._done = 0, self._resumed()
        self._started, self._losses = time.monotonic(), list[tuple[float, ...]]()

    def train_round(self, groups: Sequence[Group], steps: Sequence[Sequence[int]], highest: float, end: Path) -> None:
        """Train on groups, and at the end of the round write the reader.

        Args:
            groups: questions with what is read for them.
            steps: for each step, which of the groups it takes.
            highest: the share of the plan's rates that the round goes up to.
            end: the file that the reader is written to.
        """
        for i, step in enumerate(steps):
            self._step += 1
            if self._step <= self._done:
                continue
            share = highest * rate(i, len(steps), self._plan.warm_up)
            for part, most in zip(self._optimizer.param_groups, (self._plan.rate, self._plan.heads_rate), strict=True):
                part["lr"] = share * most
            losses = add_gradients(
                self._model, self._heads, self._tokenizer, [groups[j] for j in step], self._plan.parts
            )
            self._losses.append(losses)
            torch.nn.utils.clip_grad_norm_(self._trained, 1.0)
            self._optimizer.step()
            self._optimizer.zero_grad()
            if i + 1 == len(steps):
                # Before the checkpoint, which a run goes on from without coming by here again.
                export(self._model, self._heads, self._plan, self.encoder, end)
            if i + 1 == len(steps) or self._step % self._plan.checkpoint_every == 0:
                self._save()
                self._report(i + 1, len(steps))

    def _report(self, done: int, steps: int) -> None:
        took = (time.monotonic() - self._started) / len(self._losses)
        mean = np.mean(self._losses[-self._plan.checkpoint_every :], axis=0).round(3).tolist()
        print(f"step {done} of {steps} in this round: loss {mean}, {took:.1f} s a step", flush=True)

    def _save(self) -> None:
        state = {
            "step": self._step,
            "adapter": {name: tensor.detach() for name, tensor in adapter_tensors(self._model).items()},
            "heads": self._heads.state_dict(),
            "optimizer": self._optimizer.state_dict(),
        }
        beside = self._checkpoint.with_suffix(".new")
        torch.save(state, beside)
        beside.replace(self._checkpoint)

    def _resumed(self) -> int:
        """Bring everything to the last checkpoint, and return the number of steps done."""
        if not self._checkpoint.exists():
            return 0
        state = torch.load(self._checkpoint, weights_only=True)
        with torch.no_grad():
            for name, tensor in adapter_tensors(self._model).items():
                tensor.copy_(state["adapter"][name])
        self._heads.load_state_dict(state["heads"])
        self._optimizer.load_state_dict(state["optimizer"])
        return int(state["step"])


def model_with_adapters(plan: Plan) -> Any:
    """The bundled encoder with adapters that add nothing yet."""
    folder = bundled_model(user_cache_path(APPLICATION))
    # Dropout is slow on CPUs, and a low-rank adapter needs little other restraint.
    options = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
    body = AutoModel.from_pretrained(folder, dtype=torch.float32, add_pooling_layer=False, **options)
    add_adapters(body, plan.rank, plan.scale)
    # Torch's own attentions are slow on the way back.
    return with_half_attention(body).train()


def export(model: Any, heads: Any, plan: Plan, encoder: str, out: Path) -> None:
    """Write the adapter and the heads of a model."""
    write(adapter_tensors(model) | {name: heads[name] for name in ("relevance", "spans")}, plan, encoder, out)


def write(tensors: dict[str, Any], plan: Plan, encoder: str, out: Path) -> None:
    """Write a reader as one file of half-precision numbers, named as in the encoder itself."""
    half = {name: tensor.detach().to(torch.float16).contiguous() for name, tensor in tensors.items()}
    out.parent.mkdir(parents=True, exist_ok=True)
    save_file(half, out, metadata={"format": FORMAT, "encoder": encoder, "scale": str(plan.scale)})
