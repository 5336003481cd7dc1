"""Texts become vectors with a SentenceTransformer: the bundled one, or any other by name or folder."""

import logging
import os
from bisect import bisect_left
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numpy as np
import numpy.typing as npt

from assistant.errors import ModelError
from assistant.search.bundled import HUB_NAME, bundled_model

BUNDLED = "bundled"
BATCH = 16

Vectors = npt.NDArray[np.float32]
Given = ParamSpec("Given")
Result = TypeVar("Result")


@dataclass(frozen=True)
class PassageVectors:
    """A passage's vector, and one for each of its sentences, all of length 1.

    A sentence's vector is the mean of its tokens' vectors as they come out of the passage's own pass through the
    encoder ("late chunking", Günther et al. 2024, arXiv:2409.04701): it costs nothing more and knows its context.
    """

    passage: Vectors
    sentences: Vectors


@dataclass(frozen=True)
class PassageText:
    """What is embedded for a passage, and the spans of its sentences in that text."""

    text: str
    sentences: tuple[tuple[int, int], ...]


class Encoder:
    """A loaded SentenceTransformer with the prompts its model card asks for; it may be used from several threads.

    All that Torch computes is computed in one thread. Torch's OpenMP keeps helpers for every thread that it has worked
    for, and once they outnumber the processors none of them stays awake between two steps: an answer takes a third
    longer.
    """

    def __init__(self, model: Any, name: str, thread: ThreadPoolExecutor) -> None:
        self._model = model
        self._thread = thread
        self.name = name
        self.dimension: int = model.get_embedding_dimension()

    @classmethod
    def load(cls, name: str, cache: Path) -> "Encoder":
        """Load a model by name; "bundled" is unpacked into `cache` the first time.

        Raises:
            ModelError: the model can't be found or loaded.
        """
        thread = ThreadPoolExecutor(1, thread_name_prefix="torch")
        model = thread.submit(_opened, name, cache).result()
        return cls(model, HUB_NAME if name == BUNDLED else name, thread)

    def compute(self, work: Callable[Given, Result], *given: Given.args, **named: Given.kwargs) -> Result:
        """What `work` returns or raises, in the thread in which Torch computes; `work` must not call this itself."""
        return self._thread.submit(work, *given, **named).result()

    @property
    def parts(self) -> tuple[Any, Any]:
        """The transformer itself and its tokenizer, for what is built on them."""
        return self._model[0].model, self._model.tokenizer

    def embed_question(self, question: str) -> Vectors:
        """The question's vector, of shape (dimension,) and length 1."""
        vector: Vectors = self._encoded([question], "query")[0]
        return vector

    def embed_words(self, words: Sequence[str]) -> Vectors:
        """Vectors of single words, of shape (len(words), dimension)."""
        return self._encoded(words, "query", 16 * BATCH)

    def embed_texts(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages without their sentences, of shape (len(texts), dimension)."""
        return self._encoded(texts, "document")

    def embed_passages(self, passages: Sequence[PassageText]) -> list[PassageVectors]:
        """Vectors of passages and of their sentences, in order. Encode many at once: they are batched by length."""
        return self.compute(self._passages, passages)

    def _passages(self, passages: Sequence[PassageText]) -> list[PassageVectors]:
        texts = [passage.text for passage in passages]
        outputs = self._model.encode(texts, batch_size=BATCH, output_value=None, **self._prompt("document"))
        prompt = (self._model.prompts or {}).get("document") or ""
        limit = self._model.max_seq_length
        tokenised = self._model.tokenizer(
            [prompt + text for text in texts], return_offsets_mapping=True, truncation=True, max_length=limit
        )
        vectors = []
        for passage, output, offsets in zip(passages, outputs, tokenised["offset_mapping"], strict=True):
            whole = output["sentence_embedding"].float()
            spans = [(start + len(prompt), end + len(prompt)) for start, end in passage.sentences]
            means = _means(output["token_embeddings"][: len(offsets)], offsets, spans, whole)
            vectors.append(PassageVectors(_unit(whole.numpy()), _unit(means.numpy().reshape(-1, self.dimension))))
        return vectors

    def _encoded(self, texts: Sequence[str], kind: str, batch: int = BATCH) -> Vectors:
        encoded = self.compute(self._model.encode, list(texts), batch_size=batch, **self._prompt(kind))
        return _unit(np.asarray(encoded, np.float32))

    def _prompt(self, kind: str) -> dict[str, Any]:
        known = bool((self._model.prompts or {}).get(kind))
        return {"show_progress_bar": False, **({"prompt_name": kind} if known else {})}


def _opened(name: str, cache: Path) -> Any:
    """The SentenceTransformer of that name."""
    # The libraries' own progress bars and notices would break into ours.
    for library in ("transformers", "sentence_transformers", "huggingface_hub"):
        logging.getLogger(library).setLevel(logging.ERROR)
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import torch
    import transformers
    from sentence_transformers import SentenceTransformer

    transformers.utils.logging.disable_progress_bar()
    model_path = bundled_model(cache) if name == BUNDLED else name
    options: dict[str, Any] = {"dtype": torch.bfloat16 if _has_fast_bfloat16() else torch.float32}
    if name == BUNDLED:
        options["add_pooling_layer"] = False
    try:
        return SentenceTransformer(model_path, device="cpu", model_kwargs=options)
    except (OSError, ValueError, RuntimeError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise ModelError(
            f"The embedding model {model_path} can't be loaded: {reason}.",
            "Check ASSISTANT_EMBEDDING_MODEL: a folder, a name on the model hub (needs a network), or bundled.",
        ) from error


def _means(tokens: Any, offsets: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]], whole: Any) -> Any:
    """The mean of each span's token vectors; the whole passage's for a span that the encoder's length limit cut off."""
    import torch

    # Special tokens have empty offsets; between them tokens come in the order of the text.
    starts = [start for start, end in offsets[1:-1] if end > start]
    first = 1 + next((i for i, (start, end) in enumerate(offsets[1:-1]) if end > start), 0)
    sums = tokens.float().cumsum(0)
    means = []
    for start, end in spans:
        low, high = first + bisect_left(starts, start), first + bisect_left(starts, end)
        # A token may begin with the space before the sentence.
        low -= low > first and offsets[low - 1][1] > start
        means.append((sums[high - 1] - sums[low - 1]) / (high - low) if high > low else whole)
    return torch.stack(means) if means else whole.new_zeros((0, len(whole)))


def _unit(vectors: Vectors) -> Vectors:
    """The vectors scaled to length 1."""
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), np.float32)


def _has_fast_bfloat16() -> bool:
    """Whether the processor computes in bfloat16 itself; elsewhere torch emulates it, slowly."""
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="ignore")
    except OSError:
        return False
    return "avx512_bf16" in flags or "amx_bf16" in flags
