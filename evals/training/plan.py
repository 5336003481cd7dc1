"""How the reader is trained: what is taken in which round, and at which rate."""

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Plan:
    """What is trained and how.

    Attributes:
        rate, heads_rate: the highest learning rates of the first round; those of the others are half of it.
        rounds: how often the rate rises and falls over NorQuAD and the questions made by rule; each takes `epochs`
            times these.
        written: the share of the written questions that is drawn for one more round, `rehearsed` of the others among
            them, so that what was learnt isn't forgotten.
        sentences, judged: about how many questions with single sentences are drawn, of those with one answer each and
            of those for which every sentence of a set was judged.
        sentence_rounds: over how many last rounds these are spread, `read_again` of those with passages among them in
            each; the weights at the ends of these rounds are averaged.
        last_negatives: how many passages that don't answer each written question has, fewer than the others for time.
        near_misses: how many of them are taken; none for the reader that is kept, as its card says.
        parts: into how many parts a step's passages are divided by length, so that short ones aren't padded to the
            length of the longest.
    """

    rank: int = 64
    scale: float = 2.0
    rate: float = 4e-4
    heads_rate: float = 1e-3
    warm_up: float = 0.06
    epochs: float = 1.3
    rounds: int = 2
    written: float = 0.45
    rehearsed: int = 600
    last_negatives: int = 2
    sentences: int = 5_000
    judged: int = 2_500
    sentence_rounds: int = 2
    read_again: int = 1_400
    near_misses: int = 0
    questions: int = 4
    parts: int = 4
    policy: int = 900
    seed: int = 0
    checkpoint_every: int = 100


def rounds_of(plan: Plan, first: int, last: int) -> Iterator[list[list[int]]]:
    """For each round with passages which groups each step takes, those of `last` numbered after those of `first`."""
    random = np.random.default_rng(plan.seed)
    # A round over the first groups goes on in the order in which the one before left off.
    orders = itertools.chain.from_iterable(random.permutation(first).tolist() for _ in itertools.count())
    for _ in range(plan.rounds):
        yield _steps(itertools.islice(orders, round(plan.epochs * first)), plan.questions)
    mixed = np.array([*range(first, first + last), *random.permutation(first)[: plan.rehearsed]])
    yield _steps(iter(random.permutation(mixed).tolist()), plan.questions)


def sentence_rounds_of(plan: Plan, read: int, sentences: int) -> Iterator[list[list[int]]]:
    """The same for each round with single sentences, whose groups are numbered after those that were `read` before."""
    random = np.random.default_rng(plan.seed)
    for drawn in np.array_split(random.permutation(sentences) + read, plan.sentence_rounds):
        mixed = np.array([*drawn, *random.permutation(read)[: plan.read_again]])
        yield _steps(iter(random.permutation(mixed).tolist()), plan.questions)


def _steps(groups: Iterator[int], size: int) -> list[list[int]]:
    """Groups in full steps; what is left over is left out."""
    whole = list(groups)
    return [whole[i : i + size] for i in range(0, len(whole) - size + 1, size)]


def rate(step: int, steps: int, warm_up: float) -> float:
    """The share of the highest rate at a step of a round: linear warm-up, then linear decay."""
    rise = max(1, math.ceil(warm_up * steps))
    return min((step + 1) / rise, (steps - step) / max(1, steps - rise))
