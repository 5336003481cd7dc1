"""Who speaks in each sentence, as people read it: what attributions are measured by."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.corpus.document import Document, Sentence
from assistant.yaml_files import line_of, read_yaml, validated
from evals.cases import SetError

Label = tuple[str, str]
"""Manner and actor."""


class Reading(BaseModel):
    """A second reading of a sentence that is as good as the first."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    manner: Literal["own", "quoted", "reported"]
    actor: str


class OtherVoice(BaseModel):
    """Sentences that aren't the author's own words."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    start: Annotated[str, Field(alias="from")]
    until: str = ""
    manner: Literal["own", "quoted", "reported"]
    actor: str
    other: Annotated[Reading | None, Field(alias="or")] = None

    @property
    def labels(self) -> tuple[Label, ...]:
        """The readings that are right."""
        first = (self.manner, self.actor)
        return (first, (self.other.manner, self.other.actor)) if self.other else (first,)


class DocumentVoices(BaseModel):
    """The voices of one document."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    author: str
    others: tuple[OtherVoice, ...] = ()


@dataclass(frozen=True)
class GoldVoices:
    """The labels of sentences by document id and start."""

    labels: Mapping[tuple[str, int], tuple[Label, ...]]

    def right(self, document: str, start: int, manner: str, actor: str) -> bool | None:
        """Whether an attribution is right; None for a sentence that nobody has labelled."""
        labels = self.labels.get((document, start))
        return None if labels is None else (manner, actor) in labels


def load_voices(path: Path, documents: Mapping[str, Document]) -> GoldVoices:
    """Read gold voices; a missing file, or one about other documents, labels nothing.

    Raises:
        SetError: the file is malformed, or a sentence isn't there.
    """
    labels: dict[tuple[str, int], tuple[Label, ...]] = {}
    if not path.exists():
        return GoldVoices(labels)
    value, node = read_yaml(path, SetError)
    for name, entry in (value or {}).items():
        read = validated(DocumentVoices, entry, path, node, (name,), SetError)
        document = documents.get(name)
        if document is None:
            continue
        labels |= {(name, sentence.start): (("own", read.author),) for sentence in document.sentences}
        for i, other in enumerate(read.others):
            sentences = _sentences(document, other)
            if not sentences:
                place = line_of(node, (name, "others", i))
                raise SetError(f"{path}, line {place}: no sentence of {name} begins so.", "Copy its first words.")
            labels |= {(name, sentence.start): other.labels for sentence in sentences}
    return GoldVoices(labels)


def _sentences(document: Document, other: OtherVoice) -> list[Sentence]:
    first = _beginning(document, other.start)
    last = _beginning(document, other.until) if other.until else first
    return list(document.sentences[first : last + 1]) if first is not None and last is not None else []


def _beginning(document: Document, words: str) -> int | None:
    """The number of the first sentence that begins with these words."""
    starts = ("– ", "- ", "")
    return next(
        (
            i
            for i, s in enumerate(document.sentences)
            if any(document.text[s.start : s.end].replace("\n", " ").startswith(mark + words) for mark in starts)
        ),
        None,
    )
