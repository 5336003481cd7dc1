"""What a question gets back: a status, quotes cut from documents, and what was searched."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import Any

from assistant.answers.dates import Period
from assistant.answers.questions import Understanding
from assistant.corpus.actors import Actor
from assistant.corpus.document import Document, Manner
from assistant.corpus.markup import plain
from assistant.search.retrieval import Hit


class Status(StrEnum):
    """How a question was answered."""

    ANSWERED = "answered"
    OTHER_VOICES = "other_voices"
    NOTHING_FOUND = "nothing_found"
    OUTSIDE_DATES = "outside_dates"
    UNKNOWN_ACTOR = "unknown_actor"
    FALSE_PREMISE = "false_premise"


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a document, shown word for word: `document.text[start:end]`.

    Attributes:
        actor: whose words, or whose position, these are.
        manner: own words, direct quotation or indirect speech.
        speech: for a direct quotation, the offsets of the spoken words; the rest of the sentence is the author's.
        note: why it isn't attributed to somebody who seems to speak in it; empty otherwise.
        also: where else nearly the same words stand.
    """

    document: Document
    start: int
    end: int
    actor: Actor
    manner: Manner
    speech: tuple[int, int] | None = None
    note: str = ""
    also: tuple["Quote", ...] = ()

    @property
    def text(self) -> str:
        """The words as they stand in the document."""
        return self.document.text[self.start : self.end]

    @property
    def page(self) -> int | None:
        """The page, counted from 1, on which the sentence begins; None where the source has no pages."""
        return self.document.page_at(self.start)

    @property
    def heading(self) -> str:
        """The nearest heading above the sentence; empty if there is none."""
        return (self.document.headings_at(self.start) or ("",))[-1]

    @property
    def address(self) -> str:
        """Where the quote can be read, relative to the page's own address."""
        return f"/documents/{self.document.id}?start={self.start}&end={self.end}#quote"

    @property
    def marked(self) -> str:
        """The sentence with quotation marks around the speaker's words, and none around indirect speech."""
        if self.manner is Manner.REPORTED:
            return plain(self.text)
        start, end = self.speech or (self.start, self.end)
        before, after = self.document.text[self.start : start], self.document.text[end : self.end]
        # The source's own marks or dash around the speech give way to ours.
        before, after = before.rstrip('«“"–—- '), after.lstrip('»”"')
        return f"{plain(before)} «{plain(self.document.text[start:end])}»{plain(after)}".strip()


@dataclass(frozen=True, slots=True)
class Searched:
    """What was looked through.

    Attributes:
        actors: ids of the actors whose words were looked for; empty if anybody's.
    """

    documents: int
    passages: int
    actors: tuple[str, ...] = ()
    period: Period = field(default_factory=Period)


@dataclass(frozen=True)
class Answer:
    """The answer to one question.

    Attributes:
        text: the whole answer in words, quotes and their numbers included, in the question's language.
        lead: its first sentence: who is quoted, or why there is no answer.
        quotes: in the order shown; quote n is `quotes[n - 1]`.
        confidence: the probability, between 0 and 1, that the quotes hold an answer.
        others: other actors who speak about the same, with the number of their statements.
        closest: where nothing answers, the sentences that come nearest.
        passages: where the sentences were chosen from: the passages found, best first.
        seconds: how long it took.
    """

    question: str
    status: Status
    text: str
    lead: str
    quotes: tuple[Quote, ...]
    understanding: Understanding
    searched: Searched
    confidence: float
    others: tuple[tuple[Actor, int], ...] = ()
    closest: tuple[Quote, ...] = ()
    passages: tuple[Hit, ...] = ()
    seconds: float = 0.0

    def groups(self) -> Iterator[tuple[Actor, Document, Manner, list[tuple[int, Quote]]]]:
        """Numbered quotes that follow each other with the same actor, document and manner."""
        numbered = enumerate(self.quotes, start=1)
        for _, group in groupby(numbered, key=lambda item: (item[1].actor.id, item[1].document.id, item[1].manner)):
            members = list(group)
            first = members[0][1]
            yield first.actor, first.document, first.manner, members

    def as_dict(self) -> dict[str, Any]:
        """The answer as plain values, for JSON."""
        asked, searched = self.understanding, self.searched
        return {
            "question": self.question,
            "status": self.status.value,
            "lead": self.lead,
            "text": self.text,
            "quotes": [quote_dict(number, quote) for number, quote in enumerate(self.quotes, start=1)],
            "closest": [quote_dict(number, quote) for number, quote in enumerate(self.closest, start=1)],
            "understood": {
                "language": asked.language,
                "topic": asked.topic,
                "actors": list(asked.actors),
                "unknown_actor": asked.unknown_actor,
                "period": [_day(asked.period.first), _day(asked.period.last)],
                "latest": asked.latest,
                "carried": list(asked.carried),
                "dropped": list(asked.dropped),
                "filters": {
                    "actors": list(asked.filters.actors),
                    "kinds": list(asked.filters.kinds),
                    "documents": list(asked.filters.documents),
                    "period": [_day(asked.filters.period.first), _day(asked.filters.period.last)],
                },
            },
            "searched": {
                "documents": searched.documents,
                "passages": searched.passages,
                "actors": list(searched.actors),
            },
            "confidence": round(self.confidence, 4),
            "others": [{"actor": actor.id, "name": actor.name, "statements": count} for actor, count in self.others],
            "passages": [
                {"document": hit.document.id, "start": hit.passage.start, "end": hit.passage.end}
                for hit in self.passages
            ],
            "seconds": round(self.seconds, 4),
        }


def quote_dict(number: int, quote: Quote) -> dict[str, Any]:
    """A quote as plain values, for JSON."""
    return {
        "number": number,
        "text": quote.text,
        "speech": quote.document.text[slice(*quote.speech)] if quote.speech else None,
        "actor": {"id": quote.actor.id, "name": quote.actor.name},
        "manner": quote.manner.value,
        "document": {
            "id": quote.document.id,
            "title": quote.document.metadata.title,
            "date": _day(quote.document.metadata.date),
        },
        "start": quote.start,
        "end": quote.end,
        "page": quote.page,
        "heading": quote.heading,
        "address": quote.address,
        "note": quote.note,
        "also": [{"document": other.document.id, "address": other.address} for other in quote.also],
    }


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
