"""NorQuAD: Norwegian questions with answer spans in news and encyclopedia articles."""

import math
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.search.retrieval import Hit, Query
from evals.benchmarks.data import Question, Spans, Texts, read_questions, read_texts
from evals.benchmarks.running import Measured, Opened, open_collection
from evals.statistics import estimate

DEPTH = 50


def run(data: Path, workspace: Path, model: str) -> list[Measured]:
    """span@1, span@5 and document nDCG@10 on the dev questions, through the product's index and retriever."""
    texts = read_texts(data / "norquad" / "corpus.jsonl")
    questions = read_questions(data / "norquad" / "dev.jsonl")
    opened = open_collection("norquad", texts, workspace, model)
    started = time.perf_counter()
    rows = [scores(opened, texts, question) for question in questions]
    seconds = time.perf_counter() - started
    names = ("span@1", "span@5", "document nDCG@10")
    return [
        Measured("norquad", name, estimate([row[i] for row in rows]), texts.hash, seconds)
        for i, name in enumerate(names)
    ]


def scores(opened: Opened, texts: Texts, question: Question) -> tuple[float, float, float]:
    """span@1, span@5 and nDCG@10 of one question."""
    hits = opened.retriever.search(Query.of(question.text), DEPTH)
    found = [any(holds_answer(hit, texts, question) for hit in hits[:k]) for k in (1, 5)]
    ranking = list(dict.fromkeys(texts.names[hit.document.id] for hit in hits))
    return float(found[0]), float(found[1]), ndcg(ranking, question.documents)


def holds_answer(hit: Hit, texts: Texts, question: Question) -> bool:
    """Whether the passage holds a gold answer whole."""
    name = texts.names[hit.document.id]
    if name != question.documents[0]:
        return False
    spans = Spans(texts.texts[name], hit.document.text)
    return any(spans.holds(hit.passage.start, hit.passage.end, answer) for answer in question.answers)


def ndcg(ranking: Sequence[str], relevant: Sequence[str], depth: int = 10) -> float:
    """Normalised discounted cumulative gain with a gain of 1 for each relevant document."""
    wanted = set(relevant)
    gain = sum(1 / math.log2(rank + 2) for rank, name in enumerate(ranking[:depth]) if name in wanted)
    ideal = sum(1 / math.log2(rank + 2) for rank in range(min(len(wanted), depth)))
    return gain / ideal if ideal else 0.0
