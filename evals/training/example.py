"""A question's passages as numbers, for `fit_scores`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.answers.evidence import WITHOUT_READER, Evidence, values
from assistant.answers.expected import Expected
from assistant.corpus.document import Sentence
from assistant.search.retrieval import Hit

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """What was found for one question.

    Attributes:
        answerable: whether anything searched answers it.
        sentences: of each sentence what `evidence.values` gives, and with the reader whether it was looked at by
            itself, and its relevance then.
        gold: which of them the answer begins in.
        passages: score before reading and relevance of each passage that was read.
        holding: which of them hold the answer.
        features: what the confidence is computed from.
        language: of the question.
    """

    answerable: bool
    sentences: Array
    gold: npt.NDArray[np.bool_]
    passages: Array
    holding: npt.NDArray[np.bool_]
    features: tuple[float, ...]
    language: str = "nb"


def sentences_as_numbers(
    hits: Sequence[Hit],
    asks_for: Expected,
    evidence: Sequence[Evidence],
    wanted: Callable[[Hit, Sentence], bool],
    answers: Callable[[Hit, Sentence], bool],
) -> tuple[Array, npt.NDArray[np.bool_]]:
    """Of each wanted sentence of the passages what its score is computed from, and whether it answers.

    `evidence` is the same sentences after the reader has looked at some of them by themselves.
    """
    counted = None if any(hit.reading for hit in hits) else len(WITHOUT_READER)
    alone = {(item.document.id, item.sentence.start): item.alone for item in evidence if item.alone is not None}
    rows, gold = [], []
    for hit in hits:
        for number, sentence in enumerate(hit.document.sentences_of(hit.passage)):
            if wanted(hit, sentence):
                relevance = alone.get((hit.document.id, sentence.start))
                looked = (0.0, 0.0) if relevance is None else (1.0, relevance)
                rows.append((*values(hit, number, asks_for), *looked)[:counted])
                gold.append(answers(hit, sentence))
    return np.array(rows), np.array(gold, bool)
