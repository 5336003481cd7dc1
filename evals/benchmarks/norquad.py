"""NorQuAD: Norwegian questions with answer spans in news and encyclopedia articles."""

import math
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from assistant.answers.evidence import Evidence, collect, look_again
from assistant.answers.expected import expected
from assistant.search.lexicon import Lexicon
from assistant.search.retrieval import WEIGHED, Hit, Query
from evals.benchmarks.data import Question, Spans, Texts, read_questions, read_texts
from evals.benchmarks.running import Measured, Opened, open_collection, open_lexicon
from evals.statistics import estimate

DEPTH = 50


def run(data: Path, workspace: Path, model: str, *, reading: bool) -> list[Measured]:
    """What the product's own index, retriever, reader and choice of sentences reach on the dev questions.

    span@1 and span@5, document nDCG@10, and whether the answer stands in the first of the sentences, or first three.
    """
    texts = read_texts(data / "norquad" / "corpus.jsonl")
    questions = read_questions(data / "norquad" / "dev.jsonl")
    opened = open_collection("norquad", texts, workspace, model, reading=reading)
    lexicon = open_lexicon(opened, workspace)
    started = time.perf_counter()
    rows = [scores(opened, lexicon, texts, question) for question in questions]
    seconds = time.perf_counter() - started
    names = ("span@1", "span@5", "document nDCG@10", "answer in the first sentence", "answer in the first three")
    return [
        Measured("norquad", name, estimate([row[i] for row in rows]), texts.hash, seconds)
        for i, name in enumerate(names)
    ]


def scores(opened: Opened, lexicon: Lexicon, texts: Texts, question: Question) -> tuple[float, ...]:
    """The figures of one question."""
    hits = opened.retriever.read(question.text, opened.retriever.search(Query.of(question.text), DEPTH))
    found = [any(holds_answer(hit, texts, question) for hit in hits[:k]) for k in (1, 5)]
    ranking = list(dict.fromkeys(texts.names[hit.document.id] for hit in hits))
    chosen = collect(hits[:WEIGHED], lambda _: True, expected(question.text, lexicon, "nb"))
    sentences = look_again(chosen, hits, partial(opened.retriever.readings_of, question.text))
    stated = [any(states_answer(item, texts, question) for item in sentences[:k]) for k in (1, 3)]
    return (*map(float, found), ndcg(ranking, question.documents), *map(float, stated))


def states_answer(item: Evidence, texts: Texts, question: Question) -> bool:
    """Whether the sentence holds a gold answer whole."""
    name = texts.names[item.document.id]
    if name != question.documents[0]:
        return False
    spans = Spans(texts.texts[name], item.document.text)
    return any(spans.holds(item.sentence.start, item.sentence.end, answer) for answer in question.answers)


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
