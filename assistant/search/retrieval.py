"""A query becomes ranked passages: dense vectors and keywords, fused by their scores, then weighed by sentences."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from assistant.corpus.document import Document, Passage
from assistant.search.embedding import Encoder, PassageText, Vectors
from assistant.search.fusion import fuse
from assistant.search.index import Index
from assistant.search.keywords import Weights
from assistant.search.norwegian import keywords
from assistant.search.reader import Reader, Reading
from assistant.search.records import document_of, indexed_text, lone_text
from assistant.search.terms import Terms

# How many passages each of the three scores proposes, and how many of the fused first are weighed by their sentences.
POOL, WEIGHED = 200, 20
# The weights of the fused score, of the best sentence's cosine similarity and of the best coverage by a sentence and
# its neighbours, fitted on NorQuAD's training questions.
FUSED, BEST_COSINE, BEST_CONTEXT = 0.44, 43.6, 5.0
# How many passages the reader reads, and what its relevance counts for in the ranking; fitted like the others, on
# questions about documents that the reader was not trained on.
READ = 4
RELEVANCE = 0.73
# Where none of those seems to answer, of how many more passages the best sentence is read by itself, which takes a
# third of the time; and what such a passage loses for not having been read whole, chosen on the same questions.
GLANCED, UNREAD = 8, 1.0
_REMEMBERED, _READINGS = 32, 1_000


@dataclass(frozen=True)
class Query:
    """What is searched for.

    Attributes:
        text: what is embedded.
        asked: what the reader reads the passages with.
        terms: what is looked up: for each word, its stems with weights, of which the best counts.
        documents: ids of the documents to search; None for all.
        names: for each of the terms, the number of the name it belongs to, from 1, or 0; empty if there are no names.
    """

    text: str
    asked: str
    terms: tuple[Weights, ...]
    documents: tuple[str, ...] | None = None
    names: tuple[int, ...] = ()

    @classmethod
    def of(cls, text: str, documents: Sequence[str] | None = None) -> "Query":
        """A query for a text as it stands."""
        terms = tuple({stem: 1.0} for stem in dict.fromkeys(keywords(text)))
        return cls(text, text, terms, tuple(documents) if documents is not None else None)


@dataclass(frozen=True, slots=True)
class Fit:
    """How well one sentence fits the query.

    Attributes:
        cosine: similarity of the query's and the sentence's vectors.
        coverage: share of the query's words, by rarity, in the sentence.
        context: the same in the sentence and its two neighbours.
    """

    cosine: float
    coverage: float
    context: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.

    Attributes:
        score: what the ranking is by; comparable within one search only.
        fused: the weighted sum of the z-scores.
        cosine: similarity of the query's and the passage's vectors; None where it isn't among the nearest.
        coverage: share of the query's words, by rarity, in the passage.
        named: share of the query's names in the passage, its title or its headings; None for a query without names.
        sentences: how well each of its sentences fits, in order.
        reading: what the reader found in it; None where it hasn't been read.
    """

    document: Document
    passage: Passage
    score: float
    fused: float
    cosine: float | None
    coverage: float
    named: float | None
    sentences: tuple[Fit, ...]
    reading: Reading | None = None

    @property
    def text(self) -> str:
        """The passage as it stands in the document."""
        return self.document.text[self.passage.start : self.passage.end]

    def read_at(self, number: int) -> tuple[float, float] | None:
        """How relevant what a sentence was read in was found, and how likely the answer is in it; None if unread."""
        likely = self.reading.sentences[number] if self.reading else None
        return (self.reading.relevance, likely) if self.reading and likely is not None else None


@dataclass(frozen=True)
class Retriever:
    """Searches one index, and reads what was found.

    The vectors of the last questions and the last readings are kept, since one question is often several searches.

    Attributes:
        reader: re-ranks the first passages and weighs their sentences; None to go without.
    """

    index: Index
    encoder: Encoder
    reader: Reader | None = None
    vectors: OrderedDict[str, Vectors] = field(default_factory=OrderedDict)
    readings: OrderedDict[tuple[str, str], Reading] = field(default_factory=OrderedDict)

    def search(self, query: Query, limit: int) -> list[Hit]:
        """The `limit` best passages, best first; fewer if the collection has fewer."""
        vector = self._vector(query)
        cosines = self.index.nearest(vector, POOL, query.documents)
        scores = self.index.matching(query.terms, POOL, query.documents)
        wholes = self.index.matching_documents(query.terms, POOL, query.documents)
        fused = fuse(cosines, scores, wholes)
        # Some passages may belong to no document any more (see `index`), so a few more than asked for are looked at.
        first = sorted(fused, key=lambda i: (-fused[i], i))[: max(limit, WEIGHED) + 10]
        terms = Terms.of(query.terms, query.names, self.index.rarity)
        hits = self._hits(first, fused, cosines, terms, vector)
        weighed = sorted(hits[:WEIGHED], key=lambda hit: -hit.score)
        # What is not weighed keeps its place behind what is.
        least = weighed[-1].score if weighed else 0.0
        rest = [replace(hit, score=least - 1 + hit.fused - hits[0].fused) for hit in hits[WEIGHED:]]
        return [*weighed, *rest][:limit]

    def read(self, question: str, hits: Sequence[Hit], *, further: bool = True) -> list[Hit]:
        """The same passages, put in order by what the reader finds in the first of them too.

        The first `READ` are read with the question. Where none of them seems to answer it, the best sentence of each of
        the next `GLANCED` is read by itself, if wanted.
        """
        texts = [indexed_text(hit.document, hit.passage) for hit in hits[:READ]]
        first = [_reread(hit, reading) for hit, reading in zip(hits, self.readings_of(question, texts), strict=False)]
        if further and first and all(hit.reading.relevance <= 0 for hit in first if hit.reading):
            first += self._glanced_at(question, hits[READ : READ + GLANCED])
        return [*sorted(first, key=lambda hit: -hit.score), *hits[len(first) :]]

    def _glanced_at(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        """The same, scored by their best sentences, which alone are read."""
        best = [_best_sentence(hit) for hit in hits]
        texts = [
            lone_text(hit.document, hit.document.sentences_of(hit.passage)[i])
            for hit, i in zip(hits, best, strict=True)
        ]
        return [
            _reread(replace(hit, score=hit.score - UNREAD), reading.of_one(i, len(hit.sentences)))
            for hit, i, reading in zip(hits, best, self.readings_of(question, texts), strict=True)
        ]

    def readings_of(self, question: str, texts: Sequence[PassageText]) -> list[Reading]:
        """What the reader finds in each of the texts; nothing without a reader."""
        if self.reader is None or not texts:
            return []
        known = {text.text: self.readings.get((question, text.text)) for text in texts}
        missing = [text for text in texts if known[text.text] is None]
        fresh = {text.text: one for text, one in zip(missing, self.reader.read(question, missing), strict=True)}
        self.readings.update({(question, text): reading for text, reading in fresh.items()})
        while len(self.readings) > _READINGS:
            self.readings.popitem(last=False)
        found = {**known, **fresh}
        return [reading for text in texts if (reading := found[text.text])]

    def _vector(self, query: Query) -> Vectors:
        vector = self.vectors.get(query.text)
        if vector is None:
            vector = self.vectors[query.text] = self.encoder.embed_question(query.text)
            while len(self.vectors) > _REMEMBERED:
                self.vectors.popitem(last=False)
        return vector

    def _hits(
        self,
        identifiers: Sequence[str],
        fused: Mapping[str, float],
        cosines: Mapping[str, float],
        terms: Terms,
        vector: Vectors,
    ) -> list[Hit]:
        stored = self.index.passages(identifiers) if identifiers else {}
        records = self.index.records(document_of(identifier) for identifier in identifiers)
        hits = []
        for identifier in identifiers:
            record = records.get(document_of(identifier))
            if record is None or identifier not in record.passage_ids or identifier not in stored:
                continue
            passage = record.document.passages[record.passage_ids.index(identifier)]
            similar = np.asarray(stored[identifier] @ vector).tolist()
            coverage, fits = _fits(record.document, passage, similar, terms)
            score = (
                FUSED * fused[identifier]
                + BEST_COSINE * max((fit.cosine for fit in fits), default=0.0)
                + BEST_CONTEXT * max((fit.context for fit in fits), default=0.0)
            )
            cosine = cosines.get(identifier)
            named = terms.named(keywords(indexed_text(record.document, passage).text)) if any(terms.names) else None
            hits.append(Hit(record.document, passage, score, fused[identifier], cosine, coverage, named, fits))
        return hits


def _best_sentence(hit: Hit) -> int:
    fits = hit.sentences
    return max(range(len(fits)), key=lambda i: BEST_COSINE * fits[i].cosine + BEST_CONTEXT * fits[i].context)


def _reread(hit: Hit, reading: Reading) -> Hit:
    return replace(hit, score=hit.score + RELEVANCE * reading.relevance, reading=reading)


def _fits(
    document: Document, passage: Passage, cosines: Sequence[float], terms: Terms
) -> tuple[float, tuple[Fit, ...]]:
    """The coverage of the whole passage, and how well each sentence fits."""
    stems = [keywords(document.text[s.start : s.end]) for s in document.sentences_of(passage)]
    fits = []
    for i, (own, cosine) in enumerate(zip(stems, cosines, strict=True)):
        near = [stem for neighbour in stems[max(0, i - 1) : i + 2] for stem in neighbour]
        fits.append(Fit(cosine, terms.coverage(own), terms.coverage(near)))
    return terms.coverage(stem for sentence in stems for stem in sentence), tuple(fits)
