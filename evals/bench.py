"""`make bench`: speed, memory and size as a table, each figure beside what it must reach."""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from platformdirs import user_cache_path
from rich.console import Console
from rich.table import Table

from assistant import Assistant
from assistant.answers.opening import APPLICATION
from assistant.search.embedding import Encoder
from assistant.search.index import Index
from assistant.search.indexing import sync
from assistant.search.records import indexed_text
from assistant.settings import Settings
from evals.bench_page import page_speed
from evals.benchmarks.data import Texts, read_texts
from evals.evaluation import Evaluator
from evals.run import answer_all, manifest_of, start

QUESTIONS = (
    "Hva sa ministeren om døgnplasser?",
    "What did the minister say about day-bed capacity?",
    "Hva mener NAPHA om lovkrav?",
    "Kva seier brukarorganisasjonane om pårørande?",
    "Hvor mange medlemmer har Mental Helse?",
    "Når skal helsereformutvalget levere sin rapport?",
    "What does Mental Helse say about prevention?",
    "Hva sier Riksrevisjonen om oppfølging?",
    "Hvor høy er Eiffeltårnet?",
    "Hva sa ministeren om ventetider for barn og unge?",
)
REPEATS = 5
SETS = Path(__file__).with_name("sets")
# Documents that are encoded, then indexed, before the next ones: enough to fill a lot of `sync`.
PART = 190


@dataclass(frozen=True)
class Figure:
    """One figure, what it must reach, and whether it does."""

    name: str
    value: str
    bar: str
    reached: bool


def main() -> int:
    """Measure everything and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="the folder of benchmark data (or set ASSISTANT_BENCHMARKS)")
    settings = Settings.load(benchmarks=parser.parse_args().data)
    figures = [help_time(), *questions_and_reindexing(settings), *page(), runner_overhead(settings), memory()]
    if settings.benchmarks and (settings.benchmarks / "norquad").is_dir():
        figures.append(indexing_rate(settings.benchmarks / "norquad" / "corpus.jsonl"))
    table = Table("figure", "measured", "bar", "reached", title="Speed and size")
    for figure in figures:
        table.add_row(figure.name, figure.value, figure.bar, "yes" if figure.reached else "no")
    Console().print(table)
    return 0


def seconds(run: Callable[[], object]) -> float:
    """How long a call takes."""
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def help_time() -> Figure:
    """The median of five starts of `assistant --help`."""
    command = [sys.executable, "-m", "assistant", "--help"]
    took = statistics.median(
        seconds(lambda: subprocess.run(command, capture_output=True, check=True)) for _ in range(5)
    )
    return Figure("assistant --help", f"{took:.2f} s", "≤ 0.7 s", took <= 0.7)


def questions_and_reindexing(settings: Settings) -> Iterator[Figure]:
    """Warm questions over the five documents, and a second indexing run that has nothing to do."""
    with tempfile.TemporaryDirectory() as folder:
        chosen = settings.model_copy(update={"index": Path(folder)})
        for reading, bars in ((False, (120, 250)), (True, (300, None))):
            assistant = Assistant.from_settings(chosen.model_copy(update={"reader": reading}))
            yield from _warm_questions(assistant, "with the reader" if reading else "without the reader", bars)
        started = time.perf_counter()
        _, report = Assistant.open(chosen)
        took = time.perf_counter() - started
        yield Figure("passages embedded by a second run", str(report.embedded), "0", report.embedded == 0)
        yield Figure("second run, model loading included", f"{took:.1f} s", "", True)


def _warm_questions(assistant: Assistant, how: str, bars: tuple[int, int | None]) -> Iterator[Figure]:
    """The median and the 95th percentile of questions that nobody has asked before."""
    for question in QUESTIONS:
        assistant.ask(question)
    times = sorted(_asking(assistant, question) for _ in range(REPEATS) for question in QUESTIONS)
    for name, place, bar in zip(("p50", "p95"), (0.5, 0.95), bars, strict=True):
        took = times[int(place * len(times))] * 1000
        bound = f"≤ {bar} ms" if bar else ""
        yield Figure(f"warm question {how}, {name} of {len(times)}", f"{took:.0f} ms", bound, not bar or took <= bar)


def _asking(assistant: Assistant, question: str) -> float:
    # Neither its vector nor what was read must be remembered from the last round.
    assistant.retriever.vectors.clear()
    assistant.retriever.readings.clear()
    return seconds(lambda: assistant.ask(question))


def page() -> Iterator[Figure]:
    """The page in a real browser, where there is one."""
    speed = page_speed(QUESTIONS)
    if speed is None:
        yield Figure("first paint of the page, first words of an answer", "no Chromium", "", True)
        return
    paint, words = speed
    yield Figure("first paint of the page, p50", f"{paint:.0f} ms", "≤ 1500 ms", paint <= 1500)
    yield Figure("first words of an answer on the page, p50", f"{words:.0f} ms", "≤ 400 ms", words <= 400)


def runner_overhead(settings: Settings) -> Figure:
    """How much longer running a set takes than its answers do by themselves."""
    with tempfile.TemporaryDirectory() as folder:
        chosen = settings.model_copy(update={"index": Path(folder) / "index"})
        evaluator = Evaluator(Assistant.from_settings(chosen), chosen)
        cases = evaluator.load(SETS / "policy.yaml")
        run = start(Path(folder), manifest_of(evaluator.assistant, cases, "", 1, {}), SETS / "policy.yaml")
        took = seconds(lambda: answer_all(evaluator.assistant, run, cases))
        answers = sum(record["seconds"] for record in run.records())
    over = took / answers - 1
    return Figure(f"evaluation runner, overhead on {len(cases.cases)} cases", f"{over:.1%}", "≤ 10 %", over <= 0.1)


def memory() -> Figure:
    """Resident memory of a process that serves the five documents and has answered questions."""
    program = (
        "import resource, sys\n"
        "from assistant import Assistant, Settings\n"
        "from assistant.web.server import build_app\n"
        "from assistant.answers.library import Library\n"
        "settings = Settings()\n"
        "assistant = Assistant.from_settings(settings)\n"
        "app = build_app(Library(settings, assistant), settings.index_folder)\n"
        "[assistant.ask(question) for question in sys.argv[1:]]\n"
        "print(int(open('/proc/self/statm').read().split()[1]) * resource.getpagesize())\n"
    )
    done = subprocess.run([sys.executable, "-c", program, *QUESTIONS], capture_output=True, text=True, check=True)
    used = int(done.stdout.split()[-1]) / 1e9
    return Figure("serving, resident memory", f"{used:.2f} GB", "≤ 1.5 GB", used <= 1.5)


def indexing_rate(corpus: Path) -> Figure:
    """Passages a second while indexing, over the model's own rate on the same passages.

    Each part of the corpus is encoded, indexed, and encoded again, and the mean of the two encodings counts: a machine
    that grows slower or faster meanwhile does so for both.
    """
    texts = read_texts(corpus)
    encoder = Encoder.load("bundled", user_cache_path(APPLICATION))
    names = list(texts.texts)
    encoding = indexing = 0.0
    passages = 0
    with tempfile.TemporaryDirectory() as folder:
        index = Index.open(Path(folder), "rate", encoder, create=True)
        for start in range(0, len(names), PART):
            part = Texts({name: texts.texts[name] for name in names[start : start + PART]}, texts.titles)
            documents = [part.read(path) for path in part.files()]
            plain = [indexed_text(document, passage).text for document in documents for passage in document.passages]
            encode = partial(encoder.embed_texts, plain)
            before = seconds(encode)
            indexing += seconds(partial(sync, index, encoder, part, str(start)))
            encoding += (before + seconds(encode)) / 2
            passages += len(plain)
    ratio = encoding / indexing
    name = f"indexing {len(names)} documents ({passages / indexing:.0f} passages/s) / encoding alone"
    parts = f"encoding {encoding:.0f} s, indexing {indexing:.0f} s"
    return Figure(name, f"{ratio:.2f} ({parts})", "≥ 0.9", ratio >= 0.9)


if __name__ == "__main__":
    sys.exit(main())
