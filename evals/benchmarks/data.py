"""Benchmark documents and questions, as the product's own index takes them."""

import datetime
import hashlib
import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from assistant.corpus.document import Document
from assistant.corpus.knowledge import FORMAT, SourceEntry, build_document, document_id
from assistant.corpus.loading import Line, normalised


@dataclass(frozen=True)
class Answer:
    """A gold answer: `text[start:end]` of the benchmark's document."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Question:
    """A benchmark question.

    Attributes:
        documents: ids of the documents that are relevant; empty if the collection doesn't answer it.
        answers: gold spans in the first of them; empty where the benchmark has none.
    """

    id: str
    text: str
    documents: tuple[str, ...]
    answers: tuple[Answer, ...] = ()
    language: str = ""


@dataclass(frozen=True)
class Texts:
    """Benchmark documents by id, readable by `indexing.sync` as if each were a file."""

    texts: dict[str, str]
    titles: dict[str, str] = field(default_factory=dict)
    dates: dict[str, datetime.date] = field(default_factory=dict)

    def files(self) -> list[Path]:
        return [Path(name) for name in self.texts]

    def identifier(self, path: Path) -> str:
        return document_id(f"{path.name}.txt")

    def fingerprint(self, path: Path) -> str:
        known = f"{self.titles.get(path.name)}{self.dates.get(path.name, '')}"
        return hashlib.sha256(f"{FORMAT}{known}{self.texts[path.name]}".encode()).hexdigest()

    def is_doubtful(self, path: Path) -> bool:
        return False

    def read(self, path: Path) -> Document:
        lines = [Line(line.strip()) for line in normalised(self.texts[path.name]).split("\n")]
        entry = SourceEntry(title=self.titles.get(path.name, ""), date=self.dates.get(path.name))
        return build_document(lines, self.identifier(path), path.name, entry)

    @cached_property
    def names(self) -> dict[str, str]:
        """The benchmark's name of each document id."""
        return {self.identifier(Path(name)): name for name in self.texts}

    @cached_property
    def hash(self) -> str:
        """A short hash of all texts and titles."""
        return hashlib.sha256(json.dumps([self.texts, self.titles], sort_keys=True).encode()).hexdigest()[:12]


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a .jsonl file."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def read_texts(path: Path) -> Texts:
    """A benchmark's corpus.jsonl."""
    rows = list(read_lines(path))
    return Texts({row["_id"]: row["text"] for row in rows}, {row["_id"]: row.get("title", "") for row in rows})


def read_questions(path: Path) -> list[Question]:
    """A benchmark's questions, with `doc` and `answers`, or with `docs`."""
    questions = []
    for row in read_lines(path):
        documents = row.get("docs") or ([row["doc"]] if row.get("doc") else [])
        answers = [a for a in row.get("answers", ()) if isinstance(a, dict)]
        spans = tuple(Answer(a["text"], a["start"], a["start"] + len(a["text"].rstrip())) for a in answers)
        questions.append(Question(row["_id"], row["text"], tuple(documents), spans, row.get("lang", "")))
    return questions


class Spans:
    """Translates offsets in a benchmark's text into offsets in the canonical text.

    The two differ by whitespace and by hyphens at line breaks, so counting the other characters finds the place.
    """

    def __init__(self, raw: str, canonical: str) -> None:
        self._raw = _counts(raw)
        self._canonical = _counts(canonical)

    def place(self, answer: Answer) -> tuple[int, int]:
        """Where the answer stands in the canonical text, as `[start, end)`."""
        start = bisect_right(self._canonical, self._raw[answer.start]) - 1
        return start, bisect_left(self._canonical, self._raw[answer.end])

    def holds(self, start: int, end: int, answer: Answer) -> bool:
        """Whether canonical `[start, end)` holds the whole answer."""
        return self._canonical[start] <= self._raw[answer.start] and self._raw[answer.end] <= self._canonical[end]


_IGNORED = re.compile(r"[\s\-\u00ad]")


def _counts(text: str) -> list[int]:
    """For each offset, how many characters that aren't ignored come before it."""
    counts, count = [0], 0
    for character in text:
        count += not _IGNORED.match(character)
        counts.append(count)
    return counts
