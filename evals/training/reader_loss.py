"""What the reader's training makes small.

The cross-entropy of the right passage among a question's own (of none, which has relevance 0, if none answers), plus
half the binary cross-entropy of each passage's relevance, plus half the cross-entropies of the answer's first and last
token.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch.nn.utils import parametrize

from assistant.search.attention import added
from assistant.search.reader import Pair, outputs, padded, pair_up
from evals.training.reader_data import Group


def add_gradients(
    model: Any, heads: Any, tokenizer: Any, groups: Sequence[Group], parts: int = 1
) -> tuple[float, float, float]:
    """Add the gradients of one step's loss to the model and the heads.

    Args:
        model: the encoder with its adapter.
        heads: what is learnt beside it, `relevance` (hidden,) and `spans` (hidden, 2).
        tokenizer: the encoder's.
        groups: the step's questions with their passages.
        parts: into how many parts of like length the passages are divided.

    Returns:
        The three parts of the loss: ranking, relevance, place.
    """
    sizes = [len(group.texts) for group in groups]
    pairs = [pair for group in groups for pair in pair_up(tokenizer, group.question, group.texts)]
    with parametrize.cached():
        read = _read(model, heads, pairs, tokenizer.pad_token_id, parts)
    relevance = torch.stack([of_pair for of_pair, _ in read]).split(sizes)
    firsts = np.cumsum([0, *sizes[:-1]])
    ranking = torch.stack([ranking_loss(own, group) for own, group in zip(relevance, groups, strict=True)]).mean()
    right = torch.cat([torch.arange(size) == (0 if g.answered else -1) for size, g in zip(sizes, groups, strict=True)])
    binary = torch.nn.functional.binary_cross_entropy_with_logits(torch.cat(relevance), right.float())
    answering = [i for i, group in zip(firsts, groups, strict=True) if group.answered]
    place = _span_loss(
        [read[i][1] for i in answering], [pairs[i] for i in answering], [g for g in groups if g.answered]
    )
    (ranking + 0.5 * binary + 0.5 * place).backward()
    return float(ranking.detach()), float(binary.detach()), float(place.detach())


def _read(model: Any, heads: Any, pairs: Sequence[Pair], padding: int, parts: int) -> list[tuple[Any, Any]]:
    """Each pair's relevance and span scores, read in parts of like length."""
    read: dict[int, tuple[Any, Any]] = {}
    for part in np.array_split(np.argsort([len(pair.ids) for pair in pairs], kind="stable"), parts):
        ids, mask = padded([pairs[i].ids for i in part], padding)
        with torch.autocast("cpu", torch.bfloat16):
            states = model(input_ids=ids, attention_mask=added(mask, torch.bfloat16)).last_hidden_state
        read |= zip(part.tolist(), zip(*outputs(states.float(), heads), strict=True), strict=True)
    return [read[i] for i in range(len(pairs))]


def ranking_loss(relevance: Any, group: Group) -> Any:
    """Cross-entropy of the first passage among the group's, or of none, which has relevance 0."""
    among = relevance if group.answered else torch.cat([torch.zeros(1), relevance])
    return torch.nn.functional.cross_entropy(among[None], torch.zeros(1, dtype=torch.long))


def _span_loss(logits: Sequence[Any], pairs: Sequence[Pair], groups: Sequence[Group]) -> Any:
    """Cross-entropy of the first and of the last token of each answer, over the passage's tokens."""
    losses = []
    for row, pair, group in zip(logits, pairs, groups, strict=True):
        inside = [i for i, (start, end) in enumerate(pair.offsets) if end > group.start and start < group.end]
        if inside:
            within = row[pair.first : pair.first + len(pair.offsets)]
            target = torch.tensor([inside[0], inside[-1]])
            losses.append(torch.nn.functional.cross_entropy(within.T, target, reduction="sum"))
    return torch.stack(losses).mean() if losses else torch.zeros(())
