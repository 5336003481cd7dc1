"""A question's passages as numbers, for `fit_scores`."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

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
