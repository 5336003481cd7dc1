"""Whether words that are claimed to be a quote stand in a document, in one piece, spoken by whom they are ascribed to.

The assistant's own quotes are cut from documents and can't be wrong. What comes from elsewhere can: a chat model's
answer, a saved answer after the document has changed, a quote somebody typed.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from assistant.corpus.document import Document, Manner, Sentence

# What turns a statement around or bounds it when it is left out.
QUALIFIERS = re.compile(
    r"\b(?:ikke|ikkje|ingen|inga|inkje|intet|aldri|verken|korkje|neppe|knapt|uten|utan|kun|bare|berre|dersom|hvis|viss"
    r"|med mindre|unntatt|unnateke|not|no|never|neither|nor|without|only|unless|if)\b|\d",
    re.IGNORECASE,
)
_QUOTATION_MARKS = "«»“”„‟\"‹›'’‘‚‛`´"
_DASHES = "‐‑‒–—―−-"
_SOFT_HYPHEN = "\u00ad"


class Fault(StrEnum):
    """Why a claimed quote is refused."""

    EMPTY = "it has no words"
    NOT_FOUND = "no document has these words in one piece"
    INSIDE_A_WORD = "it begins or ends inside a word"
    DROPS_A_QUALIFIER = "the rest of the sentence has a negation, a condition or a number that was left out"
    OTHER_SPEAKER = "somebody else says it"
    INDIRECT = "it is reported speech, in the words of whoever reports it"


@dataclass(frozen=True, slots=True)
class ClaimedQuote:
    """Words somebody says are a quote.

    Attributes:
        actor: id of whoever is said to have spoken; empty if that isn't claimed.
        document: id of the document it is said to stand in; empty for any.
        direct: whether they are given as the speaker's own words, not as a report of them.
    """

    text: str
    actor: str = ""
    document: str = ""
    direct: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a claim holds: the place where the words stand, or what is wrong with them."""

    fault: Fault | None
    document: str = ""
    start: int = 0
    end: int = 0

    @property
    def accepted(self) -> bool:
        """Whether the words may be printed as a quote."""
        return self.fault is None


class Verifier:
    """Looks claimed quotes up in documents.

    White space, soft hyphens, hyphens between letters, the shape of dashes and of quotation marks, and quotation marks
    or dashes around the whole are no difference; every other character is.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = [(document, *_comparable(document.text)) for document in documents]

    def verify(self, claim: ClaimedQuote) -> Verdict:
        """The first place where the claim holds; if there is none, what is wrong with it at the first place."""
        wanted, _ = _comparable(claim.text.strip(_QUOTATION_MARKS + _DASHES + " \n\t\u00a0"))
        if not re.search(r"\w", wanted):
            return Verdict(Fault.EMPTY)
        verdicts = [
            _judged(claim, document, offsets[found], offsets[found + len(wanted) - 1] + 1)
            for document, text, offsets in self._documents
            if claim.document in ("", document.id)
            for found in _occurrences(text, wanted)
        ]
        if not verdicts:
            return Verdict(Fault.NOT_FOUND)
        return next((verdict for verdict in verdicts if verdict.accepted), verdicts[0])


def _occurrences(text: str, wanted: str) -> Iterator[int]:
    found = text.find(wanted)
    while found >= 0:
        yield found
        found = text.find(wanted, found + 1)


def _judged(claim: ClaimedQuote, document: Document, start: int, end: int) -> Verdict:
    sentences = [sentence for sentence in document.sentences if sentence.start < end and start < sentence.end]
    return Verdict(_fault(claim, document, start, end, sentences), document.id, start, end)


def _fault(claim: ClaimedQuote, document: Document, start: int, end: int, sentences: list[Sentence]) -> Fault | None:
    text = document.text
    if _joins_word(text, start) or _joins_word(text, end):
        return Fault.INSIDE_A_WORD
    if not sentences:
        return Fault.NOT_FOUND
    left_out = f"{text[sentences[0].start : start]} {text[end : sentences[-1].end]}"
    if QUALIFIERS.search(left_out):
        return Fault.DROPS_A_QUALIFIER
    if claim.actor and any(sentence.voice.actor != claim.actor for sentence in sentences):
        return Fault.OTHER_SPEAKER
    if claim.direct and any(sentence.voice.manner is Manner.REPORTED for sentence in sentences):
        return Fault.INDIRECT
    return None


def _joins_word(text: str, offset: int) -> bool:
    """Whether a word goes on across `offset`."""
    return 0 < offset < len(text) and text[offset - 1].isalnum() and text[offset].isalnum()


def _comparable(text: str) -> tuple[str, list[int]]:
    """The characters that make a difference, and where each of them stands in `text`."""
    kept: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        if character.isspace() or character == _SOFT_HYPHEN:
            continue
        if character in _DASHES:
            if _between_letters(text, offset):
                continue
            character = "-"
        elif character in _QUOTATION_MARKS:
            character = '"'
        for part in unicodedata.normalize("NFKC", character):
            kept.append(part)
            offsets.append(offset)
    return "".join(kept), offsets


def _between_letters(text: str, offset: int) -> bool:
    """Whether the nearest visible characters on both sides are letters: such a hyphen may come from a line break."""
    before = text[max(0, offset - 20) : offset].rstrip()[-1:]
    after = next((c for c in text[offset + 1 : offset + 20] if not c.isspace()), "")
    return before.isalpha() and after.isalpha()
