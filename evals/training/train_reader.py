"""`python -m evals.training.train_reader`: trains the reader of search/reader.py; its model card is beside it.

Two rounds over NorQuAD and questions made by rule, then one over written questions, and over near misses, which the
texts don't answer, if they are wanted. What reads then chooses the sentences that two more rounds are about: questions
with single sentences of which the first answers, some with others that were judged not to. The weights at the ends of
these two are averaged. Low-rank adapters on all linear layers of the bundled encoder (LoRA, Hu et al. 2021) and two
heads. Each step takes four questions, each with the passage that answers it and three that don't (two in the third
round), the sentence that does and five that don't, or a near miss with two that don't. Killed, it goes on from its last
checkpoint when it is started again.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np
from safetensors.torch import load_file

from assistant.errors import SettingsError
from assistant.search.glossary import Glossary
from assistant.search.reader import WEIGHTS
from assistant.settings import Settings
from evals.benchmarks.data import read_questions
from evals.training.judged_groups import judged_sentences
from evals.training.judged_questions import judged_about
from evals.training.low_rank import averaged
from evals.training.plan import Plan, rounds_of, sentence_rounds_of
from evals.training.reader_data import Group, norquad_groups, policy_groups
from evals.training.sentence_groups import norquad_questions, norquad_sentences, written_sentences
from evals.training.trainer import Trainer, write
from evals.training.written_groups import near_miss_groups, written_groups
from evals.training.written_questions import about_policy, about_storting, more_norquad_questions


def main() -> int:
    """Gather, train, save."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, help="the folder of benchmark data (or set ASSISTANT_BENCHMARKS)")
    parser.add_argument("--workspace", type=Path, default=Path(".assistant/benchmarks"))
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--policy", type=int, default=Plan.policy, help="how many questions made from policy texts")
    parser.add_argument("--near-misses", type=int, default=Plan.near_misses, help="how many near misses to train with")
    parser.add_argument(
        "--sentences", type=int, default=Plan.sentences, help="how many questions with single sentences"
    )
    parser.add_argument("--judged", type=int, default=Plan.judged, help="how many judged questions")
    arguments = parser.parse_args()
    try:
        settings = Settings.load(benchmarks=arguments.data)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1
    if settings.benchmarks is None:
        print("Name the folder of benchmark data with --data or ASSISTANT_BENCHMARKS.", file=sys.stderr)
        return 1
    plan = Plan(
        policy=arguments.policy,
        near_misses=arguments.near_misses,
        sentences=arguments.sentences,
        judged=arguments.judged,
    )
    train(plan, settings, settings.benchmarks, arguments.workspace, arguments.out)
    return 0


def train(plan: Plan, settings: Settings, data: Path, workspace: Path, out: Path) -> None:
    """Gather what each round needs, train on it, and write the adapter and heads to `out`."""
    folder = workspace / "reader"
    folder.mkdir(parents=True, exist_ok=True)
    glossary = Glossary.load(settings.knowledge / "synonyms.yaml")
    made_with = (workspace, settings.embedding_model, glossary, plan.seed)
    norquad, policy, storting = data / "norquad", about_policy(data), about_storting(data)
    judged = judged_about(data)

    def most() -> Iterator[Group]:
        yield from norquad_groups(read_questions(norquad / "train.jsonl"), norquad, *made_with)
        yield from policy_groups(data, *made_with, plan.policy)

    def written() -> Iterator[Group]:
        yield from written_groups(policy, *made_with, plan.written)
        random = np.random.default_rng(plan.seed)
        drawn = [question for question in more_norquad_questions(norquad) if random.random() < plan.written]
        yield from norquad_groups(drawn, norquad, *made_with)

    def alone(reader: Path) -> Iterator[Group]:
        there_are = len(norquad_questions(norquad)) + len(policy.questions) + len(storting.questions)
        share = min(1.0, plan.sentences / there_are)
        yield from norquad_sentences(norquad, *made_with, reader, share)
        yield from written_sentences(policy, *made_with, reader, share)
        yield from written_sentences(storting, *made_with, reader, share)
        share = min(1.0, plan.judged / sum(len(one.questions) for one in judged))
        for about in judged:
            yield from judged_sentences(about, *made_with, reader, share)

    first = kept(folder / f"groups-{plan.policy}-{plan.seed}.jsonl", most)
    last = [
        one.with_negatives(plan.last_negatives)
        for one in kept(folder / f"written-{plan.written}-{plan.seed}.jsonl", written)
    ]
    if plan.near_misses:
        near = kept(folder / "near-misses.jsonl", lambda: near_miss_groups(policy, *made_with[:-1]))
        last += [near[i] for i in np.random.default_rng(plan.seed).permutation(len(near))[: plan.near_misses]]
    print(f"{len(first)} and {len(last)} questions with passages", flush=True)
    trainer, passages = Trainer(plan, folder / "checkpoint.pt"), folder / "passages.safetensors"
    for number, steps in enumerate(rounds_of(plan, len(first), len(last))):
        trainer.train_round([*first, *last], steps, 0.5 if number else 1.0, passages)
    sentences = kept(folder / f"sentences-{plan.sentences}-{plan.judged}-{plan.seed}.jsonl", lambda: alone(passages))
    print(f"{len(sentences)} questions with single sentences", flush=True)
    ends = []
    for number, steps in enumerate(sentence_rounds_of(plan, len(first) + len(last), len(sentences))):
        ends.append(folder / f"sentences-{number}.safetensors")
        trainer.train_round([*first, *last, *sentences], steps, 0.5, ends[-1])
    write(averaged([load_file(end) for end in ends]), plan, trainer.encoder, out)


def kept(path: Path, gather: Callable[[], Iterable[Group]]) -> list[Group]:
    """Questions with their passages, kept in a file so that a run that goes on has the same."""
    if not path.exists():
        lines = [json.dumps(asdict(group), ensure_ascii=False) for group in gather()]
        path.write_text("\n".join(lines), encoding="utf-8")
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [Group(row["question"], tuple(row["texts"]), row["start"], row["end"]) for row in rows]


if __name__ == "__main__":
    sys.exit(main())
