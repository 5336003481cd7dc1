"""What a question gets back: a status, quotes cut from documents, and what was searched."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import Any

from assistant.answers.dates import Period
from assistant.answers.questions import Understanding
from assistant.answers.quote import Quote, day_text, quote_dict
from assistant.answers.writing.written import Written
from assistant.corpus.actors import Actor
from assistant.corpus.document import Document, Manner
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
        seconds: how long it took, what a chat model wrote not included.
        written: what a chat model wrote over the quotes; None without one, or where there are no quotes.
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
    written: Written | None = None

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
                "period": [day_text(asked.period.first), day_text(asked.period.last)],
                "latest": asked.latest,
                "carried": list(asked.carried),
                "dropped": list(asked.dropped),
                "filters": {
                    "actors": list(asked.filters.actors),
                    "kinds": list(asked.filters.kinds),
                    "documents": list(asked.filters.documents),
                    "period": [day_text(asked.filters.period.first), day_text(asked.filters.period.last)],
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
            "written": self.written.as_dict() if self.written else None,
        }
