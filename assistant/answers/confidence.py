"""How sure it is that the passages found hold an answer: a probability fitted on data, not a chosen threshold."""

import math
from collections.abc import Sequence
from statistics import fmean

from assistant.answers.evidence import Evidence
from assistant.answers.expected import Expected
from assistant.corpus.language import EN, NB
from assistant.search.retrieval import Hit

# Where nothing is at hand: what the bundled model gives for texts that have nothing to do with each other.
_UNRELATED = 0.75
# How many of the first passages may have the question's names.
_BEST = 5
# What the reader gives for sentences none of which it has read.
_UNLIKELY = -20.0

# The logistic model's intercept and coefficients over `features`, without and with the reader's; fitted by
# evals/training/fit_scores.py.
WITHOUT_READER = (-33.098, 16.563, 18.851, 1.713, 3.757, 0.492, -2.539, 0.618, -0.293)
WITH_READER = (-18.455, 10.678, 8.818, 2.307, 2.584, -0.109, -3.772, 0.19, -0.142, 0.589, -0.322, 0.13, -1.61, -1.533)

# By how many log-odds a question gets less in English than in Norwegian, with the reader: between what fits the English
# dev cases of the policy sets (0.75) and their Norwegian ones put into English by two language models (0.05).
ENGLISH = 0.5


def features(evidence: Sequence[Evidence], hits: Sequence[Hit], passages: int, wanted: Expected) -> tuple[float, ...]:
    """What the confidence is computed from.

    The best cosine similarity of a passage and of a sentence, and the best coverage of the question's words by a
    passage, by a sentence, and by a sentence with its neighbours; then the share of the question's names that none of
    the best passages has, and by how much the first passage's fused score stands out from the others',
    and the logarithm of the number of passages searched, since one stands out more easily among many. With the reader
    also the highest relevance of a passage, the highest relevance together with the probability of a sentence, and the
    relevance of the best sentence that was looked at by itself; and whether the best sentence lacks the kind of answer
    asked for, a number or a point in time, and a number of what is to be counted: near misses are read as likely as
    answers, and most often lack just that.
    """
    relevance = [hit.reading.relevance for hit in hits if hit.reading]
    stated = max((item.read for item in evidence if item.read is not None), default=_UNLIKELY)
    lacks = wanted.lacking(evidence[0].text if evidence else "")
    alone = next((item.alone for item in evidence if item.alone is not None), _UNLIKELY)
    by_reader = (max(relevance), stated, alone, *lacks) if relevance else ()
    return (
        max((hit.cosine for hit in hits if hit.cosine is not None), default=_UNRELATED),
        max((item.fit.cosine for item in evidence), default=_UNRELATED),
        max((hit.coverage for hit in hits), default=0.0),
        max((item.fit.coverage for item in evidence), default=0.0),
        max((item.fit.context for item in evidence), default=0.0),
        1.0 - max((hit.named for hit in hits[:_BEST] if hit.named is not None), default=1.0 if hits else 0.0),
        hits[0].fused - fmean(hit.fused for hit in hits) if hits else 0.0,
        math.log(max(passages, 1)),
        *by_reader,
    )


def confidence(values: Sequence[float], language: str = NB) -> float:
    """The probability, by the logistic model, that a question with these features in this language is answered."""
    read = len(values) >= len(WITHOUT_READER)
    return 1 / (1 + math.exp(-log_odds(values) - (ENGLISH if read and language == EN else 0.0)))


def log_odds(values: Sequence[float]) -> float:
    """What the logistic model gives before the language counts."""
    weights = WITH_READER if len(values) >= len(WITHOUT_READER) else WITHOUT_READER
    return sum(weight * value for weight, value in zip(weights, (1.0, *values), strict=True))
