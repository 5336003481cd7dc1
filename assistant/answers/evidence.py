"""Which sentences of the passages found answer the question."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.answers.expected import Expected
from assistant.corpus.cleaning import FINITE_VERB
from assistant.corpus.document import BlockKind, Document, Sentence
from assistant.search.norwegian import keywords
from assistant.search.retrieval import Fit, Hit

# A sentence's score is a weighted sum of its passage's fused score, its cosine similarity, its coverage, its context's
# coverage, whether it has a number or a point in time if one is asked for, and whether it counts what is to be counted.
# Fitted by evals/training/fit_scores.py on NorQuAD's training questions.
FUSED, COSINE, COVERAGE, CONTEXT, KIND, COUNTED = 0.25, 59.01, 3.12, 3.58, 2.30, 1.91

_REPEATED = 0.8


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence, and how well it fits the question; `score` is comparable within one question only."""

    document: Document
    sentence: Sentence
    fit: Fit
    score: float

    @property
    def text(self) -> str:
        """The sentence as it stands in the document."""
        return self.document.text[self.sentence.start : self.sentence.end]


def collect(hits: Sequence[Hit], wanted: Callable[[Sentence], bool], asks_for: Expected) -> list[Evidence]:
    """The wanted sentences of the passages, best first; those that have the kind of answer asked for are put up."""
    found = []
    for hit in hits:
        for sentence, fit in zip(hit.document.sentences_of(hit.passage), hit.sentences, strict=True):
            if not (wanted(sentence) and _states_something(hit.document, sentence)):
                continue
            score = FUSED * hit.fused + COSINE * fit.cosine + COVERAGE * fit.coverage + CONTEXT * fit.context
            kind, counted = asks_for.offered(hit.document.text[sentence.start : sentence.end])
            score += KIND * kind + COUNTED * counted
            found.append(Evidence(hit.document, sentence, fit, score))
    return sorted(found, key=lambda item: (-item.score, item.document.id, item.sentence.start))


def _states_something(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence can be quoted as a statement: not a footnote, a signature or a heading without a verb."""
    kind = document.blocks[sentence.block].kind
    if kind is BlockKind.HEADING:
        return bool(FINITE_VERB.search(document.text, sentence.start, sentence.end))
    return kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)


def distinct(evidence: Iterable[Evidence]) -> list[Evidence]:
    """The same without sentences that repeat a better one: two that share four fifths of their words say the same."""
    kept: list[tuple[Evidence, set[str]]] = []
    for item in evidence:
        stems = set(keywords(item.text))
        if not any(_overlap(stems, other) >= _REPEATED for _, other in kept):
            kept.append((item, stems))
    return [item for item, _ in kept]


def _overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0
