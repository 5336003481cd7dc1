"""What an answer is measured by: small functions of plain values. None means that there is nothing to measure."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.corpus.numbers import find_dates, find_numbers
from evals.cases import Fact, Span

Gold = Sequence[Sequence[Span]]
"""For each quote that is expected, the spans of which one is enough."""


def share(flags: Sequence[bool]) -> float | None:
    """The share that is true."""
    return sum(flags) / len(flags) if flags else None


def recall_at(ranked: Sequence[Span], gold: Gold, k: int) -> float | None:
    """The share of expected quotes that lie wholly inside one of the first `k` passages."""
    return share([any(_holds(passage, spans) for passage in ranked[:k]) for spans in gold])


def reciprocal_rank(ranked: Sequence[Span], gold: Gold) -> float | None:
    """1 / the rank of the first passage with an expected quote; 0 if there is none."""
    if not gold:
        return None
    return next(
        (1 / rank for rank, passage in enumerate(ranked, 1) if any(_holds(passage, spans) for spans in gold)), 0.0
    )


def ndcg_at(ranked: Sequence[Span], gold: Gold, k: int) -> float | None:
    """Normalised discounted cumulative gain; a passage gains 1 if it has an expected quote that none before it had."""
    if not gold:
        return None
    open_quotes = list(gold)
    gain = 0.0
    for rank, passage in enumerate(ranked[:k], 1):
        held = [spans for spans in open_quotes if _holds(passage, spans)]
        if held:
            gain += 1 / math.log2(rank + 1)
            open_quotes = [spans for spans in open_quotes if spans not in held]
    # Two quotes in one passage can gain only once, so the best possible is as many gains as there are such passages.
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(_passages_needed(ranked, gold), k) + 1))
    return gain / ideal


def _passages_needed(ranked: Sequence[Span], gold: Gold) -> int:
    """How many passages hold the expected quotes; one for each that no ranked passage holds."""
    missing, count = list(gold), 0
    for passage in ranked:
        held = [spans for spans in missing if _holds(passage, spans)]
        count += bool(held)
        missing = [spans for spans in missing if spans not in held]
    return count + len(missing)


def _holds(passage: Span, spans: Iterable[Span]) -> bool:
    return any(passage.holds(span) for span in spans)


def evidence_at(shown: Sequence[Span], gold: Gold, k: int) -> float | None:
    """1 if one of the first `k` quotes shown is an expected one, else 0."""
    if not gold:
        return None
    return float(any(_overlaps(quote, spans) for quote in shown[:k] for spans in gold))


def citation_recall(shown: Sequence[Span], gold: Gold) -> float | None:
    """The share of expected quotes that are shown."""
    return share([any(_overlaps(quote, spans) for quote in shown) for spans in gold])


def citation_precision(shown: Sequence[Span], gold: Gold) -> float | None:
    """The share of quotes shown that are expected; no score where none is expected or shown."""
    return share([any(_overlaps(quote, spans) for spans in gold) for quote in shown]) if gold else None


def _overlaps(quote: Span, spans: Iterable[Span]) -> bool:
    return any(quote.overlaps(span) for span in spans)


def fact_recall(texts: Sequence[str], facts: Sequence[Fact]) -> float | None:
    """The share of facts that one of the texts contains."""
    return share([any(contains(text, fact) for text in texts) for fact in facts])


def contains(text: str, fact: Fact) -> bool:
    """Whether a text has the number (with or without its scale: 3 or 3,000,000,000), the date, or one of the forms."""
    if fact.number is not None:
        return any(
            abs(value - fact.number) <= fact.tolerance
            for number in find_numbers(text)
            for value in (number.value, number.bare)
        )
    if fact.date is not None:
        return fact.date in find_dates(text)
    flat = " ".join(text.split()).lower()
    return any(" ".join(form.split()).lower() in flat for form in fact.text or ())


def avoids(texts: Sequence[str], forbidden: Sequence[str]) -> float | None:
    """1 if none of the texts contains forbidden words, else 0."""
    if not forbidden:
        return None
    return float(not any(words.lower() in text.lower() for text in texts for words in forbidden))


def unsupported(words: str, sources: Sequence[str]) -> float | None:
    """The share of numbers and names in the assistant's own words that stand in none of the sources."""
    known = {number.value for source in sources for number in find_numbers(source)}
    vocabulary = {word.lower() for source in sources for word in re.findall(r"\w+", source)}
    flags = [number.value not in known for number in find_numbers(words)]
    # A capital letter inside a sentence is a name.
    names = re.findall(r"(?<=[^\s.!?:»«“”–-]\s)([A-ZÆØÅ][\w-]+)", words)
    flags += [any(part.lower() not in vocabulary for part in re.findall(r"\w+", name)) for name in names]
    return share(flags)


def abstention(pairs: Sequence[tuple[bool, bool]]) -> tuple[float | None, float | None]:
    """Precision and recall of giving no answer, from pairs of (there is no answer, none was given)."""
    right = sum(wanted and given for wanted, given in pairs)
    given_count, wanted_count = sum(given for _, given in pairs), sum(wanted for wanted, _ in pairs)
    return (right / given_count if given_count else None), (right / wanted_count if wanted_count else None)


def risk_coverage(judged: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Points (share of questions answered, share of those answered wrong), the surest answers first.

    From pairs of (confidence, right). El-Yaniv and Wiener (2010), "On the foundations of noise-free selective
    classification", JMLR 11.
    """
    ordered = sorted(judged, key=lambda pair: -pair[0])
    wrong, points = 0, []
    for count, (_, right) in enumerate(ordered, 1):
        wrong += not right
        points.append((count / len(ordered), wrong / count))
    return points


def area_under(points: Sequence[tuple[float, float]]) -> float | None:
    """The mean risk over all coverages: lower is better."""
    return sum(risk for _, risk in points) / len(points) if points else None


def confusion(pairs: Iterable[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """How often each (expected, given) pair of statuses came up."""
    return Counter(pairs)
