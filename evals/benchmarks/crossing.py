"""Questions in one language, documents in another: helseatlas (English to Norwegian) and flores."""

import time
from collections.abc import Callable
from pathlib import Path

from assistant.search.glossary import Glossary
from evals.benchmarks.data import Question, read_questions, read_texts
from evals.benchmarks.norquad import DEPTH, ndcg
from evals.benchmarks.running import Measured, open_collection, open_lexicon
from evals.statistics import estimate

_NAMES = {"en": "English", "nn": "nynorsk", "nb": "bokmål"}


def benchmark(name: str, glossary: Path | None = None) -> Callable[..., list[Measured]]:
    """The benchmark in the folder `name`: document nDCG@10 for each language of its questions.

    Args:
        name: of the folder.
        glossary: a synonyms.yaml for the benchmark's field, if it has one.
    """

    def run(data: Path, workspace: Path, model: str, *, reading: bool) -> list[Measured]:
        texts = read_texts(data / name / "corpus.jsonl")
        opened = open_collection(name, texts, workspace, model, reading=reading)
        lexicon = open_lexicon(opened, workspace, Glossary.load(glossary) if glossary else None)

        def score(question: Question) -> float:
            found = opened.retriever.search(lexicon.query(question.text, question.language), DEPTH)
            hits = opened.retriever.read(question.text, found)
            return ndcg(list(dict.fromkeys(texts.names[hit.document.id] for hit in hits)), question.documents)

        measured = []
        questions = read_questions(data / name / "dev.jsonl")
        for language in sorted({question.language for question in questions}):
            started = time.perf_counter()
            scores = [score(question) for question in questions if question.language == language]
            seconds = time.perf_counter() - started
            metric = f"document nDCG@10, {_NAMES[language]}"
            measured.append(Measured(name, metric, estimate(scores), texts.hash, seconds))
        return measured

    return run
