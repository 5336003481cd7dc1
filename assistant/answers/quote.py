"""A quote: words cut from a document, with whose they are and where they stand."""

import datetime
from dataclasses import dataclass
from typing import Any

from assistant.corpus.actors import Actor
from assistant.corpus.document import Document, Manner
from assistant.corpus.markup import plain


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
            "date": day_text(quote.document.metadata.date),
        },
        "start": quote.start,
        "end": quote.end,
        "page": quote.page,
        "heading": quote.heading,
        "address": quote.address,
        "note": quote.note,
        "also": [{"document": other.document.id, "address": other.address} for other in quote.also],
    }


def day_text(day: datetime.date | None) -> str | None:
    """A day in ISO format."""
    return day.isoformat() if day else None
