"""Asks a set's questions and writes the answers down, so that they can be scored, again and again, without asking."""

import datetime
import importlib.metadata
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Event
from typing import Any

from assistant.answers.assistant import Assistant
from assistant.answers.receipt import corpus_hash
from assistant.errors import AssistantError
from evals.cases import Case, CaseSet, SetError

ANSWERS, MANIFEST, SET = "answers.jsonl", "run.json", "set.yaml"
_PACKAGES = ("policy-assistant", "chromadb", "sentence-transformers", "tantivy", "torch", "transformers", "langchain")

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Manifest:
    """What a run was made with.

    Attributes:
        set, half, set_hash: which questions.
        corpus: a short hash of the documents.
        repeats: how often each question is asked.
        started: when, in ISO format.
    """

    set: str
    half: str
    set_hash: str
    corpus: str
    documents: int
    model: str
    settings: Mapping[str, Any]
    versions: Mapping[str, str]
    repeats: int
    started: str

    def same_questions(self, other: "Manifest") -> bool:
        """Whether answers of the two runs can stand in one file."""
        names = ("set", "half", "set_hash", "corpus", "model", "settings", "versions", "repeats")
        return all(getattr(self, name) == getattr(other, name) for name in names)


@dataclass(frozen=True)
class Run:
    """A folder with a manifest and answers."""

    folder: Path
    manifest: Manifest

    @classmethod
    def open(cls, folder: Path) -> "Run":
        """Read a run's folder.

        Raises:
            SetError: it is none.
        """
        try:
            return cls(folder, Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8"))))
        except (OSError, ValueError, TypeError) as error:
            raise SetError(f"{folder} is not the folder of a run.", "Name one of the folders in results/.") from error

    def records(self) -> list[dict[str, Any]]:
        """What has been answered so far, the last line left out if the run was killed while writing it."""
        try:
            lines = (self.folder / ANSWERS).read_bytes().split(b"\n")
        except FileNotFoundError:
            return []
        return [json.loads(line) for line in lines[:-1]]


def manifest_of(assistant: Assistant, cases: CaseSet, half: str, repeats: int, settings: Mapping[str, Any]) -> Manifest:
    """The manifest of a run that starts now."""
    catalogue = assistant.catalogue
    corpus = corpus_hash(catalogue)
    return Manifest(
        set=cases.name,
        half=half,
        set_hash=cases.hash,
        corpus=corpus,
        documents=len(catalogue),
        model=assistant.retriever.encoder.name,
        settings=dict(settings),
        versions={name: importlib.metadata.version(name) for name in _PACKAGES},
        repeats=repeats,
        started=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
    )


def start(results: Path, manifest: Manifest, source: Path) -> Run:
    """A new run's folder, or that of the last run with the same questions if it was never finished."""
    for folder in sorted(results.glob(f"*-{manifest.set}"), reverse=True):
        if (folder / MANIFEST).exists() and not (folder / "finished").exists():
            earlier = Run.open(folder)
            if earlier.manifest.same_questions(manifest):
                return earlier
    folder = results / f"{manifest.started.replace(':', '').split('+')[0]}-{manifest.set}"
    number = 1
    while folder.exists():
        number += 1
        folder = folder.with_name(f"{manifest.started.replace(':', '').split('+')[0]}.{number}-{manifest.set}")
    making = folder.with_name(f".{folder.name}")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    shutil.copyfile(source, making / SET)
    (making / MANIFEST).write_text(json.dumps(asdict(manifest), indent=2, ensure_ascii=False), encoding="utf-8")
    making.rename(folder)
    return Run(folder, manifest)


def silent(done: int, total: int) -> None:
    """Progress that nobody watches."""


def answer_all(
    assistant: Assistant,
    run: Run,
    cases: CaseSet,
    *,
    workers: int = 1,
    progress: Progress = silent,
    cancelled: Event | None = None,
) -> bool:
    """Ask what has not been answered yet, and write each answer down at once.

    Returns:
        Whether everything has been answered; not so if `cancelled` was set meanwhile.
    """
    known = {(record["case"], record["attempt"]) for record in run.records()}
    wanted = [(case, attempt) for attempt in range(run.manifest.repeats) for case in cases.cases]
    open_ones = [(case, attempt) for case, attempt in wanted if (case.id, attempt) not in known]
    path = run.folder / ANSWERS
    _cut_torn_line(path)
    done = len(wanted) - len(open_ones)
    progress(done, len(wanted))
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        with ThreadPoolExecutor(max_workers=workers) as pool:
            for record in _in_turn(pool, workers, assistant, open_ones, cancelled or Event()):
                # One write for the whole line: it is there or it isn't.
                os.write(descriptor, json.dumps(record, ensure_ascii=False).encode() + b"\n")
                os.fsync(descriptor)
                done += 1
                progress(done, len(wanted))
    finally:
        os.close(descriptor)
    if done == len(wanted):
        (run.folder / "finished").touch()
    return done == len(wanted)


def _in_turn(
    pool: ThreadPoolExecutor, workers: int, assistant: Assistant, wanted: list[tuple[Case, int]], cancelled: Event
) -> Iterator[dict[str, Any]]:
    """Answers in the order of the questions, with no more of them begun than there are workers."""
    waiting = []
    for case, attempt in wanted:
        if cancelled.is_set():
            break
        waiting.append(pool.submit(ask, assistant, case, attempt))
        if len(waiting) >= workers:
            yield waiting.pop(0).result()
    for future in waiting:
        yield future.result()


def ask(assistant: Assistant, case: Case, attempt: int) -> dict[str, Any]:
    """One case's answer as a line of answers.jsonl; an error that a person may meet is an answer too."""
    earlier = None
    started = time.perf_counter()
    record: dict[str, Any] = {"case": case.id, "attempt": attempt, "turns": list(case.turns)}
    try:
        for turn in case.turns:
            earlier = assistant.understand(turn, earlier=earlier)
        assert earlier is not None
        record["answer"] = assistant.answer(earlier).as_dict()
    except AssistantError as error:
        record["error"] = str(error)
    return {**record, "seconds": round(time.perf_counter() - started, 5)}


def _cut_torn_line(path: Path) -> None:
    """Cut off what a killed run left of a line."""
    if path.exists():
        content = path.read_bytes()
        whole = content.rfind(b"\n") + 1
        if whole < len(content):
            os.truncate(path, whole)
