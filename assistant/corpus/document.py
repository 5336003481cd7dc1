"""What a document is: one canonical text, and spans of it.

Nothing here stores words twice. A sentence, a passage and a quote are offsets into `Document.text`, so what is shown
is always cut from the source.
"""

import datetime
from bisect import bisect_right
from dataclasses import dataclass, replace
from enum import StrEnum


class Manner(StrEnum):
    """How a sentence carries its speaker's words."""

    OWN = "own"
    QUOTED = "quoted"
    REPORTED = "reported"


class BlockKind(StrEnum):
    """What a stretch of the page is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    FOOTNOTE = "footnote"
    LINK = "link"
    FRONT_MATTER = "front matter"


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks in a sentence, and how.

    Attributes:
        manner: own words of the author, a direct quotation, or indirect speech.
        actor: id of the actor whose words or position these are; empty when it is not known.
        speech: for a direct quotation, the offsets of the quoted words, without quotation marks and "sier han".
        note: why the voice is the author's although somebody else seems to speak; empty otherwise.
    """

    manner: Manner
    actor: str
    speech: tuple[int, int] | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item or other piece of the page: `text[start:end]`, list marker included."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence `text[start:end]`, without list marker, and the index of the block it stands in."""

    start: int
    end: int
    block: int
    voice: Voice


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive sentences that are indexed together: `text[start:end]`, at most 1,000 characters.

    Attributes:
        headings: the headings above it, outermost first, and the lead-in of the list it continues, if it does.
        sentences: the half-open range of its sentences in `Document.sentences`.
    """

    start: int
    end: int
    headings: tuple[str, ...]
    sentences: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a document beside its text. What isn't known is empty.

    Attributes:
        file: the file's path relative to the folder it was found in.
        author: id of the actor who speaks where nobody else does.
        language: "nb", "nn" or "en".
    """

    title: str
    file: str
    kind: str = ""
    date: datetime.date | None = None
    author: str = ""
    recipients: tuple[str, ...] = ()
    language: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One source: its canonical text, and everything found in it as offsets.

    Attributes:
        id: short, readable and stable: the file's name in lower case, safe in an address.
        text: differs from the file's characters only by whitespace, by hyphens at line breaks and by page furniture
            ("Side 9" at the top of a page).
        page_starts: where each page begins; empty when the source has no pages.
        passages: together they hold every sentence, and each sentence is in one of them.
    """

    id: str
    metadata: Metadata
    text: str
    page_starts: tuple[int, ...] = ()
    blocks: tuple[Block, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    passages: tuple[Passage, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """The page, counted from 1, on which the character at `offset` stands; None when the source has no pages."""
        return bisect_right(self.page_starts, offset) if self.page_starts else None

    def headings_at(self, offset: int) -> tuple[str, ...]:
        """The headings above the passage that holds `offset`."""
        holding = [p for p in self.passages if p.start <= offset < p.end]
        return holding[0].headings if holding else ()

    def sentences_of(self, passage: Passage) -> tuple[Sentence, ...]:
        """The sentences of one of this document's passages."""
        return self.sentences[slice(*passage.sentences)]

    def with_metadata(self, metadata: Metadata) -> "Document":
        """The same text under other metadata."""
        return replace(self, metadata=metadata)
