"""Questions asked in the Storting, 32,297 of them: how long does a question take in a large collection?"""

import datetime
import statistics
import time
from pathlib import Path

from assistant import Assistant
from assistant.corpus.actors import Actors
from evals.benchmarks.data import Texts, read_lines
from evals.benchmarks.running import Measured, open_collection, open_lexicon
from evals.statistics import estimate_of

# Written for this benchmark: topics that members asked about, three languages, some with dates, one without an answer.
QUESTIONS = (
    "Hva ble det spurt om ventetider i psykisk helsevern?",
    "Hvilke tiltak mot mobbing i skolen ble det spurt om?",
    "Hva har statsråden gjort for å få flere fastleger i distriktene?",
    "E18 gjennom Aust-Agder",
    "Hvorfor er det lange køer hos barne- og ungdomspsykiatrien?",
    "Hva ble det spurt om kontantstøtten før 2000?",
    "Spørsmål om døgnplasser etter 2010",
    "Kva vart det spurt om ferjesamband i Sogn og Fjordane?",
    "Kvifor vert lokalsjukehus lagde ned?",
    "Kva skjer med straumprisane?",
    "What was asked about the treatment of asylum seekers?",
    "How many beds have been closed in mental health care?",
    "Questions about salmon farming and sea lice",
    "Will the minister of transport build high-speed rail?",
    "What was asked about the oil fund in 2008?",
    "Hvor høyt er Eiffeltårnet?",
)
REPEATS = 3


def run(data: Path, workspace: Path, model: str, *, reading: bool) -> list[Measured]:
    """The median time of a question that nobody has asked before, in seconds."""
    texts = _read(data / "storting" / "questions.jsonl")
    opened = open_collection("storting", texts, workspace, model, reading=reading)
    assistant = Assistant(opened.retriever, Actors(), open_lexicon(opened, workspace))
    for question in QUESTIONS:
        assistant.ask(question)
    times = [_seconds(assistant, question) for _ in range(REPEATS) for question in QUESTIONS]
    value = estimate_of(times, statistics.median)
    return [Measured("storting", "warm question, p50 in seconds", value, texts.hash, sum(times))]


def _seconds(assistant: Assistant, question: str) -> float:
    # Neither its vector nor what was read must be remembered from the last round.
    assistant.retriever.vectors.clear()
    assistant.retriever.readings.clear()
    started = time.perf_counter()
    assistant.ask(question)
    return time.perf_counter() - started


def _read(path: Path) -> Texts:
    rows = list(read_lines(path))
    return Texts(
        {row["_id"]: row["text"] for row in rows},
        {row["_id"]: f"{row['type']} fra {row['from']} ({row['from_party']}) til {row['to_minister']}" for row in rows},
        {row["_id"]: datetime.date.fromisoformat(row["asked"]) for row in rows},
    )
