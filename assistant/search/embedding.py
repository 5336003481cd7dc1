"""Texts become vectors with a SentenceTransformer: the bundled one, or any other by name or folder."""

import logging
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.errors import ModelError
from assistant.search.bundled import HUB_NAME, bundled_model

BUNDLED = "bundled"
BATCH = 16

Vectors = npt.NDArray[np.float32]


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
    """A loaded SentenceTransformer with the prompts its model card asks for."""

    def __init__(self, model: Any, name: str) -> None:
        self._model = model
        self.name = name
        self.dimension: int = model.get_embedding_dimension()

    @classmethod
    def load(cls, name: str, cache: Path) -> "Encoder":
        """Load a model by name; "bundled" is unpacked into `cache` the first time.

        Raises:
            ModelError: the model can't be found or loaded.
        """
        model_path = bundled_model(cache) if name == BUNDLED else name
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
        options: dict[str, Any] = {"dtype": torch.bfloat16 if _has_fast_bfloat16() else torch.float32}
        if name == BUNDLED:
            options["add_pooling_layer"] = False
        try:
            model = SentenceTransformer(model_path, device="cpu", model_kwargs=options)
        except (OSError, ValueError, RuntimeError) as error:
            reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise ModelError(
                f"The embedding model {model_path} can't be loaded: {reason}.",
                "Check ASSISTANT_EMBEDDING_MODEL: a folder, a name on the model hub (needs a network), or bundled.",
            ) from error
        return cls(model, HUB_NAME if name == BUNDLED else name)

    def embed_question(self, question: str) -> Vectors:
        """The question's vector, of shape (dimension,) and length 1."""
        vector: Vectors = self._encoded([question], "query")[0]
        return vector

    def embed_texts(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages without their sentences, of shape (len(texts), dimension)."""
        return self._encoded(texts, "document")

    def embed_passages(self, passages: Sequence[PassageText]) -> Iterator[PassageVectors]:
        """Vectors of passages and of their sentences, in order. Encode many at once: they are batched by length."""
        texts = [passage.text for passage in passages]
        outputs = self._model.encode(texts, batch_size=BATCH, output_value=None, **self._prompt("document"))
        prompt = (self._model.prompts or {}).get("document") or ""
        tokenizer = self._model.tokenizer
        for passage, output in zip(passages, outputs, strict=True):
            tokens = output["token_embeddings"].float().numpy()
            whole = _unit(output["sentence_embedding"].float().numpy())
            offsets = np.array(
                tokenizer(prompt + passage.text, return_offsets_mapping=True, truncation=True, max_length=len(tokens))[
                    "offset_mapping"
                ]
            )
            spans = np.array(passage.sentences).reshape(-1, 2) + len(prompt)
            yield PassageVectors(whole, _pooled(tokens[: len(offsets)], offsets, spans, whole))

    def _encoded(self, texts: Sequence[str], kind: str) -> Vectors:
        encoded = self._model.encode(list(texts), batch_size=BATCH, **self._prompt(kind))
        return _unit(np.asarray(encoded, np.float32))

    def _prompt(self, kind: str) -> dict[str, Any]:
        known = bool((self._model.prompts or {}).get(kind))
        return {"show_progress_bar": False, **({"prompt_name": kind} if known else {})}


def _pooled(tokens: Vectors, offsets: npt.NDArray[np.int_], spans: npt.NDArray[np.int_], whole: Vectors) -> Vectors:
    """The mean of each span's token vectors; the whole passage's for a span that the encoder's length limit cut off."""
    inside = (offsets[None, :, 1] > spans[:, :1]) & (offsets[None, :, 0] < spans[:, 1:])
    inside &= offsets[None, :, 1] > offsets[None, :, 0]
    counts = inside.sum(axis=1, keepdims=True)
    means = inside.astype(np.float32) @ tokens / np.maximum(counts, 1)
    return _unit(np.where(counts > 0, means, whole[None, :]).astype(np.float32))


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
