"""NorQuAD with a quarter of the documents left out: does the assistant say so when nothing answers?"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant import Answer, Assistant
from assistant.corpus.actors import Actors
from evals.benchmarks.data import Texts, read_lines, read_texts
from evals.benchmarks.running import Measured, open_collection, open_lexicon
from evals.metrics import abstention
from evals.statistics import estimate, estimate_of


@dataclass(frozen=True)
class _Asked:
    """Whether a question has an answer, whether none was given, and whether the right one was shown."""

    answerable: bool
    abstained: bool
    shown: bool


def run(data: Path, workspace: Path, model: str, *, reading: bool) -> list[Measured]:
    """Precision and recall of "nothing found", and answerable questions whose answer stands in a quote shown."""
    every = read_texts(data / "norquad" / "corpus.jsonl")
    kept = set(json.loads((data / "norquad" / "abstention_documents.json").read_text(encoding="utf-8")))
    texts = Texts({name: text for name, text in every.texts.items() if name in kept}, every.titles)
    opened = open_collection("abstention", texts, workspace, model, reading=reading)
    assistant = Assistant(opened.retriever, Actors(), open_lexicon(opened, workspace))
    rows = list(read_lines(data / "norquad" / "abstention_dev.jsonl"))
    started = time.perf_counter()
    asked = [_asked(assistant.ask(row["text"], "nb"), texts, row) for row in rows]
    seconds = time.perf_counter() - started
    pairs = [(not item.answerable, item.abstained) for item in asked]
    figures = {
        "nothing found, precision": estimate_of(pairs, lambda some: abstention(some)[0]),
        "nothing found, recall": estimate_of(pairs, lambda some: abstention(some)[1]),
        "answerable, answered": estimate([float(not item.abstained) for item in asked if item.answerable]),
        "answerable, answer shown": estimate([float(item.shown) for item in asked if item.answerable]),
    }
    return [Measured("abstention", name, value, texts.hash, seconds) for name, value in figures.items()]


def _asked(answer: Answer, texts: Texts, row: Mapping[str, Any]) -> _Asked:
    shown = any(
        texts.names[quote.document.id] == row["doc"]
        and any(_flat(gold) in _flat(quote.text) for gold in row["answers"])
        for quote in answer.quotes
    )
    return _Asked(bool(row["answerable"]), not answer.quotes, shown)


def _flat(text: str) -> str:
    return " ".join(text.split())
