"""An evaluation from a set's file to its report: what the command line and the page have in common."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from assistant.answers.assistant import Assistant
from assistant.corpus.document import Document
from assistant.settings import Settings
from evals.cases import CaseSet, SetError, load_set
from evals.report import write_report
from evals.run import SET, Progress, Run, answer_all, manifest_of, silent, start
from evals.scoring import Judge, Scored
from evals.summary import Comparison, Summary, compare, summarise
from evals.voices import load_voices

VOICES = "voices.yaml"


# The settings that change answers. Addresses aren't among them, since they may hold a password.
_RECORDED = {"collection", "embedding_model", "quotes", "reader", "chat_model", "chat_tokens", "chat_context"}


@dataclass(frozen=True)
class Evaluated:
    """A run with its scores.

    Attributes:
        finished: whether every question has been answered.
        report: the path of its HTML report.
    """

    run: Run
    cases: CaseSet
    scored: list[Scored]
    summary: Summary
    finished: bool
    report: Path


@dataclass(frozen=True)
class Evaluator:
    """Runs sets against one assistant and scores them against its documents."""

    assistant: Assistant
    settings: Settings

    @property
    def documents(self) -> Mapping[str, Document]:
        """The collection's documents by id."""
        found = {identifier: self.assistant.document(identifier) for identifier in self.assistant.catalogue}
        return {identifier: document for identifier, document in found.items() if document}

    @property
    def reader(self) -> str:
        """Where quotes can be read while the page is served."""
        return f"http://{self.settings.host}:{self.settings.port}"

    def load(self, path: Path, half: str = "") -> CaseSet:
        """Read a set and check it against the collection.

        Raises:
            SetError: it is malformed or expects what isn't there.
        """
        cases = load_set(path, self.documents, frozenset(self.assistant.actors)).half(half)
        if not cases.cases:
            raise SetError(f"{path} has no cases in the half {half}.", "Leave --half out, or mark some cases.")
        return cases

    def evaluate(
        self,
        path: Path,
        results: Path,
        *,
        half: str = "",
        repeats: int = 2,
        workers: int = 1,
        progress: Progress = silent,
        cancelled: Event | None = None,
        against: Path | None = None,
    ) -> Evaluated:
        """Ask a set's questions, going on where an unfinished run of the same stopped, and write the report."""
        cases = self.load(path, half)
        settings = self.settings.model_dump(mode="json", include=_RECORDED)
        run = start(results, manifest_of(self.assistant, cases, half, repeats, settings), path)
        voices = path.with_name(VOICES)
        if voices.exists():
            (run.folder / VOICES).write_bytes(voices.read_bytes())
        finished = answer_all(self.assistant, run, cases, workers=workers, progress=progress, cancelled=cancelled)
        return self.score(run, finished=finished, against=against)

    def score(self, run: Run, *, finished: bool = True, against: Path | None = None) -> Evaluated:
        """Score a run's answers against the documents as they are now, and write its report anew."""
        cases, scored = self._scored(run)
        summary = summarise(scored)
        comparison = self.compare(Run.open(against), run) if against else None
        report = write_report(run, scored, summary, self.documents, self.reader, comparison)
        return Evaluated(run, cases, scored, summary, finished, report)

    def compare(self, before: Run, after: Run) -> Comparison:
        """What changed from one run to another."""
        return compare(self._scored(before)[1], self._scored(after)[1])

    def _scored(self, run: Run) -> tuple[CaseSet, list[Scored]]:
        cases = self.load(run.folder / SET, run.manifest.half)
        judge = Judge(self.documents, load_voices(run.folder / VOICES, self.documents))
        return cases, judge.score_all(cases, run.records())
