"""Question sets: YAML that people write by hand, checked against the collection before anything is asked."""

import datetime
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from assistant.answers.answer import Status
from assistant.corpus.document import Document
from assistant.errors import AssistantError
from assistant.yaml_files import line_of, read_yaml, validated

LANGUAGES = ("nb", "nn", "en")


class SetError(AssistantError):
    """A question set can't be read, or expects something that the documents don't hold."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_listed), Field(min_length=1)]


class GoldQuote(_Strict):
    """Words an answer has to show. `any` lists words of which one is enough, such as sentences that say the same."""

    any: Words

    @model_validator(mode="before")
    @classmethod
    def _plain_text(cls, value: object) -> object:
        return {"any": value} if isinstance(value, str) else value


class Fact(_Strict):
    """Something the quotes shown have to contain: exactly one of a number, a date, or a text with its other forms."""

    number: float | None = None
    tolerance: float = Field(default=0.0, ge=0)
    date: datetime.date | None = None
    text: Words | None = None

    @model_validator(mode="before")
    @classmethod
    def _plain_value(cls, value: object) -> object:
        if isinstance(value, bool) or value is None:
            raise ValueError("a fact is a number, a date or a text")
        if isinstance(value, int | float):
            return {"number": value}
        if isinstance(value, datetime.date):
            return {"date": value}
        return {"text": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if sum(value is not None for value in (self.number, self.date, self.text)) != 1:
            raise ValueError("a fact is exactly one of number, date and text")
        return self


class CaseEntry(_Strict):
    """One entry of a set.

    Attributes:
        question: the question, or the turns of a conversation, of which the last is scored; in several languages if
            it is a mapping from nb, nn and en, which makes one case of each.
        status: how it has to be answered; see `assistant.Answer`.
        quotes: what has to be shown, each unless it says `any`.
        actor: id in actors.yaml of whoever the first quote has to come from.
        facts: what the quotes shown have to contain.
        must_not_contain: words that no quote shown may contain.
        tags: free words; reports compare by them.
        half: "dev" to learn from, "test" to be measured on.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    question: Words | dict[Literal["nb", "nn", "en"], Words]
    language: Literal["nb", "nn", "en"] = "nb"
    status: Status = Status.ANSWERED
    quotes: tuple[GoldQuote, ...] = ()
    actor: str = ""
    facts: tuple[Fact, ...] = ()
    must_not_contain: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    half: Literal["dev", "test"] = "dev"

    @model_validator(mode="after")
    def _quotes_need_an_answer(self) -> Self:
        shown = self.status in (Status.ANSWERED, Status.OTHER_VOICES)
        if self.quotes and not shown:
            raise ValueError(f"an answer with the status {self.status.value} shows no quotes; leave quotes out")
        return self


class SetFile(_Strict):
    """A set as it stands in its file."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    about: str = ""
    cases: tuple[CaseEntry, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `[start, end)` of a document."""

    document: str
    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.document == other.document and self.start < other.end and other.start < self.end

    def holds(self, other: "Span") -> bool:
        """Whether the other lies wholly in this one."""
        return self.document == other.document and self.start <= other.start and other.end <= self.end


@dataclass(frozen=True)
class Case:
    """One question in one language, with what is expected of its answer.

    Attributes:
        turns: the question, with the earlier questions of its conversation before it.
        gold: for each quote that has to be shown, the spans of which one is enough.
    """

    id: str
    turns: tuple[str, ...]
    language: str
    entry: CaseEntry
    gold: tuple[tuple[Span, ...], ...]

    @property
    def question(self) -> str:
        """The question that is scored."""
        return self.turns[-1]


@dataclass(frozen=True)
class CaseSet:
    """A set whose expectations have been found in the documents."""

    name: str
    about: str
    cases: tuple[Case, ...]
    hash: str

    def half(self, half: str) -> "CaseSet":
        """The cases of one half only; all of them for an empty name."""
        kept = tuple(case for case in self.cases if not half or case.entry.half == half)
        return CaseSet(f"{self.name}-{half}" if half else self.name, self.about, kept, f"{self.hash}{half}")


def load_set(path: Path, documents: Mapping[str, Document], actors: frozenset[str]) -> CaseSet:
    """Read a set and look its quotes up.

    Args:
        path: a YAML file.
        documents: the documents of the collection, by id.
        actors: the ids in actors.yaml.

    Raises:
        SetError: the file is malformed, or expects a quote or an actor that doesn't exist; with the line.
    """
    value, node = read_yaml(path, SetError)
    read = validated(SetFile, value, path, node, (), SetError)
    problems: list[str] = []

    def problem(place: tuple[str | int, ...], text: str) -> None:
        problems.append(f"line {line_of(node, place)}: {text}")

    seen: set[str] = set()
    cases: list[Case] = []
    for i, entry in enumerate(read.cases):
        if entry.id in seen:
            problem(("cases", i, "id"), f"there is another case {entry.id}")
        seen.add(entry.id)
        if entry.actor and entry.actor not in actors:
            problem(("cases", i, "actor"), f"actors.yaml has no actor {entry.actor}")
        gold = tuple(_places(quote, documents) for quote in entry.quotes)
        for j, spans in enumerate(gold):
            if not spans:
                problem(("cases", i, "quotes", j), f"no document contains “{entry.quotes[j].any[0]}”")
        cases += _cases(entry, gold)
    if problems:
        raise SetError(f"{path}: {'; '.join(problems)}.", "Quotes are copied from the documents, without changes.")
    text = json.dumps(read.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
    return CaseSet(read.name, read.about, tuple(cases), hashlib.sha256(text.encode()).hexdigest()[:12])


def _cases(entry: CaseEntry, gold: tuple[tuple[Span, ...], ...]) -> Iterator[Case]:
    if isinstance(entry.question, dict):
        for language, turns in entry.question.items():
            yield Case(f"{entry.id}.{language}", turns, language, entry, gold)
    else:
        yield Case(entry.id, entry.question, entry.language, entry, gold)


def _places(quote: GoldQuote, documents: Mapping[str, Document]) -> tuple[Span, ...]:
    """Where any of the words stand, anywhere in the collection; line breaks in the set count as spaces."""
    return tuple(
        Span(document.id, start, start + len(words))
        for words in (" ".join(text.split()) for text in quote.any)
        for document in documents.values()
        for start in _occurrences(document.text, words)
    )


def _occurrences(text: str, words: str) -> Iterator[int]:
    flat = text.replace("\n", " ")
    start = flat.find(words)
    while start >= 0:
        yield start
        start = flat.find(words, start + 1)


def schema() -> dict[str, Any]:
    """The JSON schema of a set's file, for editors that complete and check YAML."""
    return SetFile.model_json_schema()
