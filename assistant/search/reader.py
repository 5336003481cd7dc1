"""The reader: a cross-encoder that reads question and passage together and says where the answer stands.

It is the bundled encoder with a low-rank adapter (LoRA, Hu et al. 2021, arXiv:2106.09685) merged into a copy of its
layers, and two heads: one for relevance, from the first token, and one for where an answer starts and ends, over the
passage's tokens (Devlin et al. 2019, arXiv:1810.04805). evals/training/train_reader.py makes the file that it loads.
"""

import copy
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.errors import ModelError
from assistant.search.attention import added, with_capped_attention
from assistant.search.embedding import Encoder, PassageText
from assistant.search.together import Together

WEIGHTS = Path(__file__).with_name("weights") / "reader.safetensors"
# Raised whenever what the file holds or what the encoder is given changes.
FORMAT = "1"
LONGEST_QUESTION, LONGEST = 64, 384
# How many pairs go through the model at once: few, so that short ones aren't padded to the length of the longest.
_PART = 2

Array = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Reading:
    """What was read in one passage.

    Attributes:
        relevance: log-odds that the passage answers the question at all.
        sentences: for each sentence, the log of the probability that the answer starts in it plus that it ends in it;
            what the length limit cut off has the least, and what wasn't read None.
    """

    relevance: float
    sentences: tuple[float | None, ...]

    @property
    def whole(self) -> bool:
        """Whether every sentence was read."""
        return None not in self.sentences

    def of_one(self, number: int, count: int) -> "Reading":
        """What was read in a sentence by itself, as the reading of a passage of `count` of which no other was read."""
        return Reading(self.relevance, tuple(self.sentences[0] if i == number else None for i in range(count)))


@dataclass(frozen=True)
class Pair:
    """A question and a passage as token ids, and which characters of the passage each of its tokens covers."""

    ids: list[int]
    first: int
    offsets: list[tuple[int, int]]


class Reader:
    """A loaded reader; it may be used from several threads."""

    def __init__(self, encoder: Encoder, body: Any, heads: dict[str, Any]) -> None:
        self._body = body
        self._tokenizer = encoder.parts[1]
        self._heads = heads
        self._outputs = Together[Pair, tuple[float, Array]](lambda pairs: encoder.compute(self._run, pairs))

    @classmethod
    def load(cls, encoder: Encoder, path: Path | None = None) -> "Reader":
        """Merge the adapter into a copy of the encoder's layers; the vocabulary, most of its memory, is shared.

        Raises:
            ModelError: the file is missing or damaged, or belongs to another encoder.
        """
        from safetensors import SafetensorError, safe_open

        path = path or WEIGHTS
        try:
            with safe_open(path, framework="pt") as file:
                made_for = file.metadata() or {}
                tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - not a mapping
        except (OSError, SafetensorError) as error:
            raise ModelError(f"The reader {path} can't be loaded: {error}.", _WITHOUT) from error
        if made_for.get("format") != FORMAT or made_for.get("encoder") != encoder.name:
            raise ModelError(
                f"The reader {path} belongs to the encoder {made_for.get('encoder', 'of another version')}, not to "
                f"{encoder.name}.",
                _WITHOUT,
            )
        try:
            body = with_capped_attention(encoder.compute(merged, encoder.parts[0], tensors, float(made_for["scale"])))
        except (KeyError, AttributeError, RuntimeError, ValueError) as error:
            raise ModelError(f"The reader {path} doesn't fit the encoder {encoder.name}: {error}.", _WITHOUT) from error
        heads = {name: tensors[name].to(body.dtype) for name in ("relevance", "spans")}
        return cls(encoder, body, heads)

    def read(self, question: str, passages: Sequence[PassageText]) -> list[Reading]:
        """Read the question with each passage, in one batch with what other threads want read at the same time."""
        if not passages:
            return []
        pairs = pair_up(self._tokenizer, question, [passage.text for passage in passages])
        read = zip(pairs, passages, self._outputs(pairs), strict=True)
        return [
            Reading(found, sentence_scores(spans, pair, passage.sentences)) for pair, passage, (found, spans) in read
        ]

    def _run(self, pairs: Sequence[Pair]) -> list[tuple[float, Array]]:
        """Each pair's relevance, and its logits of start and end; those of like length are run together."""
        import torch

        found: dict[int, tuple[float, Array]] = {}
        order = sorted(range(len(pairs)), key=lambda i: len(pairs[i].ids))
        for part in (order[i : i + _PART] for i in range(0, len(order), _PART)):
            ids, mask = padded([pairs[i].ids for i in part], self._tokenizer.pad_token_id)
            with torch.inference_mode():
                states = self._body(input_ids=ids, attention_mask=added(mask, self._body.dtype)).last_hidden_state
                relevance, spans = outputs(states, self._heads)
            found |= {i: (float(relevance[row]), spans[row].numpy()) for row, i in enumerate(part)}
        return [found[i] for i in range(len(pairs))]


_WITHOUT = "Answers go on without it. To stop this notice set ASSISTANT_READER=off."
_NONE = -30.0


def pair_up(tokenizer: Any, question: str, texts: Sequence[str]) -> list[Pair]:
    """Token ids of question and text, as `<s> query: question </s> text </s>`."""
    asked = tokenizer(f"query: {question}", truncation=True, max_length=LONGEST_QUESTION)["input_ids"]
    room = LONGEST - len(asked)
    read = tokenizer(
        list(texts), add_special_tokens=False, truncation=True, max_length=room - 1, return_offsets_mapping=True
    )
    end = tokenizer.eos_token_id
    return [
        Pair([*asked, *ids, end], len(asked), [(int(start), int(stop)) for start, stop in offsets])
        for ids, offsets in zip(read["input_ids"], read["offset_mapping"], strict=True)
    ]


def padded(rows: Sequence[Sequence[int]], padding: int) -> tuple[Any, Any]:
    """Token ids and attention mask, both of shape (rows, longest)."""
    import torch

    longest = max(len(row) for row in rows)
    ids = torch.tensor([[*row, *[padding] * (longest - len(row))] for row in rows])
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
    return ids, mask


def outputs(states: Any, heads: dict[str, Any]) -> tuple[Any, Any]:
    """From hidden states (n, tokens, hidden): relevance (n,), and logits of start and end (n, tokens, 2)."""
    relevance = (states[:, 0] @ heads["relevance"]).float()
    return relevance, (states @ heads["spans"]).float()


def merged(transformer: Any, tensors: dict[str, Any], scale: float) -> Any:
    """A copy of the transformer with the adapter added to its weights; the embeddings are the transformer's own."""
    body = copy.deepcopy(transformer, {id(transformer.embeddings): transformer.embeddings})
    modules = dict(body.named_modules())
    for name in sorted({key.removesuffix(".down") for key in tensors if key.endswith(".down")}):
        weight = modules[name].weight
        change = scale * tensors[f"{name}.up"].float() @ tensors[f"{name}.down"].float()
        weight.data = (weight.data.float() + change).to(weight.dtype)
    return body.eval()


def sentence_scores(logits: Array, pair: Pair, sentences: Sequence[tuple[int, int]]) -> tuple[float, ...]:
    """The sentences' scores from logits of start and end, over the passage's tokens only."""
    within = logits[pair.first : pair.first + len(pair.offsets)].astype(np.float64)
    if not len(within):
        return tuple(2 * _NONE for _ in sentences)
    highest = within.max(axis=0)
    probabilities = np.exp(within - highest)
    sums = np.vstack([np.zeros(2), np.cumsum(probabilities / probabilities.sum(axis=0), axis=0)])
    ends = [stop for _, stop in pair.offsets]
    starts = [start for start, _ in pair.offsets]
    scores = []
    for start, stop in sentences:
        # Tokens that begin before the sentence's end and end after its start.
        low, high = bisect_right(ends, start), bisect_left(starts, stop)
        share = sums[max(low, high)] - sums[low]
        scores.append(float(np.maximum(np.log(np.maximum(share, 1e-13)), _NONE).sum()))
    return tuple(scores)
