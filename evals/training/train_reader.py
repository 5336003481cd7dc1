"""`python -m evals.training.train_reader`: trains the reader of search/reader.py; its model card is beside it.

Two rounds over NorQuAD and questions made by rule, then one over written questions, and over near misses, which the
texts don't answer, if they are wanted, then two over all questions with single sentences; the weights at the ends of
these two are averaged. Low-rank adapters on all linear layers of the bundled encoder (LoRA, Hu et al. 2021) and two
heads. Each step takes four questions, each with the passage that answers it and three that don't (two in the third
round), the sentence that does and five that don't, or a near miss with two that don't. Killed, it goes on from its last
checkpoint when it is started again.
"""

import argparse
import itertools
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from platformdirs import user_cache_path
from safetensors.torch import load_file, save_file
from transformers import AutoModel

from assistant.answers.opening import APPLICATION
from assistant.errors import SettingsError
from assistant.search.bundled import bundled_model
from assistant.search.embedding import Encoder
from assistant.search.glossary import Glossary
from assistant.search.reader import FORMAT, WEIGHTS
from assistant.settings import Settings
from evals.benchmarks.data import read_questions
from evals.training.low_rank import adapter_tensors, add_adapters, averaged
from evals.training.plan import Plan, rate, rounds_of
from evals.training.reader_data import Group, norquad_groups, policy_groups
from evals.training.reader_loss import add_gradients
from evals.training.sentence_groups import norquad_sentences, policy_sentences
from evals.training.written_questions import more_norquad_questions, near_miss_groups, written_groups


def main() -> int:
    """Gather, train, save."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, help="the folder of benchmark data (or set ASSISTANT_BENCHMARKS)")
    parser.add_argument("--workspace", type=Path, default=Path(".assistant/benchmarks"))
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--policy", type=int, default=Plan.policy, help="how many questions made from policy texts")
    parser.add_argument("--near-misses", type=int, default=Plan.near_misses, help="how many near misses to train with")
    arguments = parser.parse_args()
    try:
        settings = Settings.load(benchmarks=arguments.data)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1
    if settings.benchmarks is None:
        print("Name the folder of benchmark data with --data or ASSISTANT_BENCHMARKS.", file=sys.stderr)
        return 1
    plan = Plan(policy=arguments.policy, near_misses=arguments.near_misses)
    folder = arguments.workspace / "reader"
    folder.mkdir(parents=True, exist_ok=True)
    data, norquad = settings.benchmarks, settings.benchmarks / "norquad"
    glossary = Glossary.load(settings.knowledge / "synonyms.yaml")
    made_with = (arguments.workspace, settings.embedding_model, glossary, plan.seed)

    def most() -> Iterator[Group]:
        yield from norquad_groups(read_questions(norquad / "train.jsonl"), norquad, *made_with)
        yield from policy_groups(data, *made_with, plan.policy)

    def written() -> Iterator[Group]:
        yield from written_groups(data, *made_with)
        yield from norquad_groups(more_norquad_questions(norquad), norquad, *made_with)

    def alone() -> Iterator[Group]:
        yield from norquad_sentences(norquad, *made_with)
        yield from policy_sentences(data, *made_with)

    first = kept(folder / f"groups-{plan.policy}-{plan.seed}.jsonl", most)
    last = [one.with_negatives(plan.last_negatives) for one in kept(folder / f"written-{plan.seed}.jsonl", written)]
    if plan.near_misses:
        near = kept(folder / "near-misses.jsonl", lambda: near_miss_groups(data, *made_with[:-1]))
        last += [near[i] for i in np.random.default_rng(plan.seed).permutation(len(near))[: plan.near_misses]]
    sentences = kept(folder / f"sentences-{plan.seed}.jsonl", alone)
    print(f"{len(first)}, {len(last)} and {len(sentences)} questions", flush=True)
    train(plan, (first, last, sentences), folder / "checkpoint.pt", arguments.out)
    return 0


def kept(path: Path, gather: Callable[[], Iterable[Group]]) -> list[Group]:
    """Questions with their passages, kept in a file so that a run that goes on has the same."""
    if not path.exists():
        lines = [json.dumps(asdict(group), ensure_ascii=False) for group in gather()]
        path.write_text("\n".join(lines), encoding="utf-8")
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [Group(row["question"], tuple(row["texts"]), row["start"], row["end"]) for row in rows]


def train(plan: Plan, parts: Sequence[Sequence[Group]], checkpoint: Path, out: Path) -> None:
    """Train on the three parts, one after the other, and write the adapter and heads to `out`, now and then too."""
    torch.manual_seed(plan.seed)
    encoder = Encoder.load("bundled", user_cache_path(APPLICATION))
    _, tokenizer = encoder.parts
    model = model_with_adapters(plan)
    heads = torch.nn.ParameterDict(
        {"relevance": torch.randn(encoder.dimension) * 0.02, "spans": torch.randn(encoder.dimension, 2) * 0.02}
    )
    adapter = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": adapter, "lr": plan.rate}, {"params": list(heads.parameters()), "lr": plan.heads_rate}],
        weight_decay=0.01,
    )
    groups = [group for part in parts for group in part]
    rounds = list(rounds_of(plan, *map(len, parts)))
    steps = [step for one in rounds for step in one]
    ends = list(itertools.accumulate(map(len, rounds)))[-plan.sentence_rounds :]
    at_the_ends = {end: checkpoint.with_name(f"round-{i}.safetensors") for i, end in enumerate(ends)}
    rates: list[float] = []
    for one in rounds:
        highest = 0.5 if rates else 1.0
        rates += [highest * rate(i, len(one), plan.warm_up) for i in range(len(one))]
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: [*rates, 0.0][step])
    done = _resume(checkpoint, model, heads, optimizer, schedule)
    started, losses = time.monotonic(), []
    for step in range(done, len(steps)):
        losses.append(add_gradients(model, heads, tokenizer, [groups[i] for i in steps[step]], plan.parts))
        torch.nn.utils.clip_grad_norm_([*adapter, *heads.parameters()], 1.0)
        optimizer.step()
        optimizer.zero_grad()
        schedule.step()
        if (step + 1) % plan.checkpoint_every == 0 or step + 1 in at_the_ends:
            # Before the checkpoint, which a run goes on from without coming by here again.
            export(model, heads, plan, encoder.name, at_the_ends.get(step + 1, out))
            _save(checkpoint, step + 1, model, heads, optimizer, schedule)
            took = (time.monotonic() - started) / len(losses)
            mean = np.mean(losses[-plan.checkpoint_every :], axis=0).round(3).tolist()
            print(f"step {step + 1} of {len(steps)}: loss {mean}, {took:.1f} s a step", flush=True)
    write(averaged([load_file(path) for path in at_the_ends.values()]), plan, encoder.name, out)


def model_with_adapters(plan: Plan) -> Any:
    """The bundled encoder with adapters that add nothing yet."""
    folder = bundled_model(user_cache_path(APPLICATION))
    # Dropout is slow on CPUs, and a low-rank adapter needs little other restraint. Of Torch's attentions the plain one
    # has the fastest way back there: with passages parted by length a step takes a quarter less time than with "sdpa".
    options = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0, "attn_implementation": "eager"}
    body = AutoModel.from_pretrained(folder, dtype=torch.float32, add_pooling_layer=False, **options)
    add_adapters(body, plan.rank, plan.scale)
    return body.train()


def _save(checkpoint: Path, step: int, model: Any, heads: Any, optimizer: Any, schedule: Any) -> None:
    state = {
        "step": step,
        "adapter": {name: tensor.detach() for name, tensor in adapter_tensors(model).items()},
        "heads": heads.state_dict(),
        "optimizer": optimizer.state_dict(),
        "schedule": schedule.state_dict(),
    }
    beside = checkpoint.with_suffix(".new")
    torch.save(state, beside)
    beside.replace(checkpoint)


def _resume(checkpoint: Path, model: Any, heads: Any, optimizer: Any, schedule: Any) -> int:
    """Bring everything to the last checkpoint, and return the number of steps done."""
    if not checkpoint.exists():
        return 0
    state = torch.load(checkpoint, weights_only=True)
    with torch.no_grad():
        for name, tensor in adapter_tensors(model).items():
            tensor.copy_(state["adapter"][name])
    heads.load_state_dict(state["heads"])
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])
    return int(state["step"])


def export(model: Any, heads: Any, plan: Plan, encoder: str, out: Path) -> None:
    """Write the adapter and the heads of a model."""
    write(adapter_tensors(model) | {name: heads[name] for name in ("relevance", "spans")}, plan, encoder, out)


def write(tensors: dict[str, Any], plan: Plan, encoder: str, out: Path) -> None:
    """Write a reader as one file of half-precision numbers, named as in the encoder itself."""
    half = {name: tensor.detach().to(torch.float16).contiguous() for name, tensor in tensors.items()}
    out.parent.mkdir(parents=True, exist_ok=True)
    save_file(half, out, metadata={"format": FORMAT, "encoder": encoder, "scale": str(plan.scale)})


if __name__ == "__main__":
    sys.exit(main())
