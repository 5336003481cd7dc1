"""Words that the collection doesn't have become words that it has, through the embedding space.

Every word of the collection is embedded once, and so is a word of a question that it lacks: an English one, a nynorsk
form, a synonym. Both are compared after their own languages' mean has been taken away, since a multilingual encoder
puts languages beside each other rather than upon each other. The recipe is measured in evals/benchmarks (flores,
helseatlas).
"""

import json
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from assistant.search.embedding import Encoder, Vectors
from assistant.search.index import Index
from assistant.search.norwegian import ENGLISH_STOP_WORDS, STOP_WORDS, VERSION, stem, words

# How many words of the collection may stand for one of the question, and how near each must be.
NEAREST, LEAST = 3, 0.45
# Words shorter than this are names or abbreviations, which have no neighbours worth the name.
SHORTEST = 3
# The most common words are enough; embedding takes about a second for a thousand.
LARGEST = 40_000
# A sample of English where there is no glossary.
ENGLISH = sorted(ENGLISH_STOP_WORDS)


@dataclass(frozen=True)
class Projection:
    """The collection's words as vectors.

    Attributes:
        stems: of each word.
        vectors: shape (words, dimension), of length 1, their mean taken away.
        mean: of the words' vectors as they came.
        foreign_mean: of English words' vectors.
        known: whether the collection has a stem.
    """

    stems: tuple[str, ...]
    vectors: Vectors
    mean: Vectors
    foreign_mean: Vectors
    encoder: Encoder
    known: Callable[[str], bool]

    @classmethod
    def of(
        cls, stems: Sequence[str], raw: Vectors, foreign: Vectors, encoder: Encoder, known: Callable[[str], bool]
    ) -> "Projection":
        """The projection onto words given by stem and vector, from a language given by vectors of some of its words."""
        mean = raw.mean(axis=0) if len(raw) else np.zeros(encoder.dimension, np.float32)
        return cls(tuple(stems), _unit(raw - mean), mean, foreign.mean(axis=0), encoder, known)

    def replacements(self, question_words: Sequence[str], *, foreign: bool) -> list[dict[str, float]]:
        """For each word the stems that come nearest, with their cosine similarity; most words have few or none."""
        if not question_words or not self.stems:
            return [{} for _ in question_words]
        raw = self.encoder.embed_words(list(question_words))
        similar = _unit(raw - (self.foreign_mean if foreign else self.mean)) @ self.vectors.T
        found = []
        for row in similar:
            best = np.argsort(-row)[:NEAREST]
            found.append({self.stems[i]: float(row[i]) for i in best if row[i] > LEAST})
        return found

    def nearness(self, asked: Sequence[str], there: Sequence[str], *, foreign: bool) -> list[float]:
        """For each word its highest cosine similarity to one of the words that are there; 0 if none are."""
        if not asked or not there:
            return [0.0 for _ in asked]
        raw = self.encoder.embed_words([*asked, *there])
        ours = _unit(raw[: len(asked)] - (self.foreign_mean if foreign else self.mean))
        best = (ours @ _unit(raw[len(asked) :] - self.mean).T).max(axis=1)
        return [float(value) for value in best]


def open_projection(folder: Path, index: Index, encoder: Encoder, foreign: Sequence[str]) -> Projection:
    """The projection of a collection, from its file in the index folder, brought up to date with the documents.

    Only words that are new are embedded. The file is a cache: without it, all are.
    """
    path = folder / f"words-{index.name}.npz"
    stored = known = _read(path, encoder)
    documents = {identifier: entry.fingerprint for identifier, entry in index.catalogue.items()}
    unread = [i for i, fingerprint in documents.items() if stored.documents.get(i) != fingerprint]
    if unread:
        counts = vocabulary(record.document.text for page in _pages(unread) for record in index.records(page).values())
        fresh = {key: word for key, word in counts.items() if key not in set(stored.stems)}
        fresh = dict(list(fresh.items())[: max(0, LARGEST - len(stored.stems))])
        vectors = encoder.embed_words(list(fresh.values())) if fresh else stored.vectors[:0]
        both = np.concatenate([stored.vectors, vectors])
        stored = replace(stored, stems=(*stored.stems, *fresh), vectors=both, documents=documents)
    sample = tuple(foreign or ENGLISH)
    if stored.foreign != sample:
        stored = replace(stored, foreign=sample, foreign_vectors=encoder.embed_words(sample))
    if stored is not known:
        _write(path, stored, encoder)
    return Projection.of(stored.stems, stored.vectors, stored.foreign_vectors, encoder, index.knows)


@dataclass(frozen=True)
class _Stored:
    """What the file has: vectors of the collection's words and of English ones.

    Attributes:
        documents: the fingerprints of the documents that were read for the words.
        foreign: the English words.
    """

    stems: tuple[str, ...]
    vectors: Vectors
    documents: Mapping[str, str]
    foreign: tuple[str, ...]
    foreign_vectors: Vectors


def _read(path: Path, encoder: Encoder) -> _Stored:
    try:
        with np.load(path) as file:
            about = json.loads(str(file["about"]))
            if about["made"] == _made(encoder):
                return _Stored(
                    tuple(about["stems"]),
                    file["vectors"].astype(np.float32),
                    about["documents"],
                    tuple(about["foreign"]),
                    file["foreign_vectors"].astype(np.float32),
                )
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        # Missing, damaged or of another version: it is made anew.
        pass
    none = np.zeros((0, encoder.dimension), np.float32)
    return _Stored((), none, {}, (), none)


def _write(path: Path, stored: _Stored, encoder: Encoder) -> None:
    """Write the file whole or not at all."""
    about = {
        "made": _made(encoder),
        "stems": stored.stems,
        "documents": stored.documents,
        "foreign": stored.foreign,
    }
    vectors = {name: getattr(stored, name).astype(np.float16) for name in ("vectors", "foreign_vectors")}
    beside = path.with_suffix(".new.npz")
    beside.parent.mkdir(parents=True, exist_ok=True)
    np.savez(beside, about=np.array(json.dumps(about)), **vectors)
    beside.replace(path)


def _made(encoder: Encoder) -> list[str | int]:
    return [encoder.name, encoder.dimension, VERSION]


def _pages(identifiers: Sequence[str], size: int = 200) -> Iterator[Sequence[str]]:
    for start in range(0, len(identifiers), size):
        yield identifiers[start : start + size]


def vocabulary(texts: Iterable[str]) -> dict[str, str]:
    """The stems of texts, each with the word that has it most often."""
    counts = Counter(word for text in texts for word in words(text) if word not in STOP_WORDS)
    chosen: dict[str, str] = {}
    for word, _ in counts.most_common():
        if len(word) >= SHORTEST and not word[0].isdigit():
            chosen.setdefault(stem(word), word)
    return chosen


def _unit(vectors: Vectors) -> Vectors:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12), np.float32)
