"""A question's passages as numbers, for `fit_scores`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.answers.evidence import WITHOUT_READER, values
from assistant.answers.expected import Expected
from assistant.corpus.document import Sentence
from assistant.search.retrieval import Hit

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """What was found for one question.

    Attributes:
        answerable: whether anything searched answers it.
        sentences: of each sentence what `evidence.values` gives.
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
    wanted: Callable[[Sentence], bool],
    answers: Callable[[Hit, Sentence], bool],
) -> tuple[Array, npt.NDArray[np.bool_]]:
    """Of each wanted sentence of the passages what its score is computed from, and whether it answers."""
    counted = None if any(hit.reading for hit in hits) else len(WITHOUT_READER)
    rows, gold = [], []
    for hit in hits:
        for number, sentence in enumerate(hit.document.sentences_of(hit.passage)):
            if wanted(sentence):
                rows.append(values(hit, number, asks_for)[:counted])
                gold.append(answers(hit, sentence))
    return np.array(rows), np.array(gold, bool)
