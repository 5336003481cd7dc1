"""Scores of different kinds become one: the weighted sum of their z-scores (score fusion)."""

from collections.abc import Mapping
from statistics import fmean, pstdev

from assistant.search.records import document_of

# The z-score of what isn't among the candidates, fitted on NorQuAD's training questions.
FLOOR = -1.5
# The weights of cosine similarity, of the passage's BM25 and of the whole document's BM25, fitted like that.
DENSE, KEYWORDS, WHOLE = 0.5, 0.5, 0.3


def fuse(cosines: Mapping[str, float], scores: Mapping[str, float], wholes: Mapping[str, float]) -> dict[str, float]:
    """The weighted sum of each passage's z-scores, by passage id; `wholes` is by document id."""
    dense, lexical, whole = z_scores(cosines), z_scores(scores), z_scores(wholes)
    return {
        identifier: DENSE * dense.get(identifier, FLOOR)
        + KEYWORDS * lexical.get(identifier, FLOOR)
        + WHOLE * whole.get(document_of(identifier), FLOOR)
        for identifier in dense | lexical
    }


def z_scores(scores: Mapping[str, float]) -> dict[str, float]:
    """(score - mean) / standard deviation, none below `FLOOR`; 0 for all when they don't differ."""
    if not scores:
        return {}
    mean, deviation = fmean(scores.values()), pstdev(scores.values())
    if deviation == 0:
        return dict.fromkeys(scores, 0.0)
    return {key: max((score - mean) / deviation, FLOOR) for key, score in scores.items()}
