"""A written answer: the claims that held, those that didn't and why, and what they cost."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from assistant.answers.quote import Quote
from assistant.answers.writing.claims import Claim
from assistant.corpus.document import Manner
from assistant.corpus.markup import plain


class Fault(StrEnum):
    """Why a claim is not shown."""

    NO_SOURCE = "no_source"
    UNKNOWN_SOURCE = "unknown_source"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    SPEAKER = "speaker"
    NEGATION = "negation"
    CONDITION = "condition"
    SENSE = "sense"
    MODALITY = "modality"
    UNSUPPORTED = "unsupported"
    LINK = "link"
    TOO_LONG = "too_long"


# The model didn't keep to the form; its claim may be true all the same.
FORMAL = frozenset({Fault.NO_SOURCE, Fault.UNKNOWN_SOURCE, Fault.LINK, Fault.TOO_LONG})


class Trouble(StrEnum):
    """Why there is less than a whole written answer."""

    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    BUSY = "busy"
    SILENT = "silent"
    FAILED = "failed"
    BUDGET = "budget"
    TOO_LITTLE = "too_little"
    BROKEN_OFF = "broken_off"


@dataclass(frozen=True, slots=True)
class Cut:
    """Words of a quote, cut from its document: `document.text[start:end]`."""

    quote: Quote
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words as they stand in the document."""
        return self.quote.document.text[self.start : self.end]

    @property
    def marked(self) -> str:
        """The words between quotation marks; reported speech and what is more than the speech as quotes show them."""
        if (self.start, self.end) == (self.quote.start, self.quote.end):
            return self.quote.marked
        return plain(self.text) if self.quote.manner is Manner.REPORTED else f"«{plain(self.text)}»"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a claim: the model's prose, which has no quotation marks, or words cut from a document."""

    prose: str = ""
    cut: Cut | None = None

    @property
    def shown(self) -> str:
        """What a person reads."""
        return self.cut.marked if self.cut else self.prose


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim after it has been checked.

    Attributes:
        pieces: what is shown of it, in order.
        sources: the numbers of the quotes it rests on.
        fault: why it is not shown; None if it is.
        about: the word, number or name that is at fault; may be empty.
    """

    claim: Claim
    pieces: tuple[Piece, ...]
    sources: tuple[int, ...]
    fault: Fault | None = None
    about: str = ""

    @property
    def shown(self) -> str:
        """The claim in words, quotes included."""
        return "".join(piece.shown for piece in self.pieces)


@dataclass(frozen=True)
class Written:
    """What a chat model wrote over an answer's quotes.

    Attributes:
        model: its name, as the settings have it.
        prompt: a short hash of what it was told.
        translations: of quotes, by their numbers, by the model; never shown instead of the quote.
        trouble: why there is less than a whole answer; None if nothing was wrong.
        finished: whether nothing more will come.
        repaired: whether it was told what was wrong with its first try.
        tokens_in, tokens_out: how much it read and wrote; estimated where the server doesn't say.
        cost: in the currency of the settings' prices; None without prices.
    """

    model: str
    prompt: str = ""
    claims: tuple[Checked, ...] = ()
    dropped: tuple[Checked, ...] = ()
    translations: Mapping[int, str] = field(default_factory=dict)
    trouble: Trouble | None = None
    finished: bool = False
    repaired: bool = False
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """The same as plain values, for JSON."""
        return {
            "model": self.model,
            "prompt": self.prompt,
            "claims": [checked_dict(checked) for checked in self.claims],
            "dropped": [checked_dict(checked) for checked in self.dropped],
            "translations": {str(number): text for number, text in self.translations.items()},
            "trouble": self.trouble.value if self.trouble else None,
            "repaired": self.repaired,
            "tokens_in": self.tokens_in,
            "tokens_out": self.tokens_out,
            "cost": self.cost,
        }


def checked_dict(checked: Checked) -> dict[str, Any]:
    """A checked claim as plain values, for JSON."""
    return {
        "text": checked.shown,
        "sources": list(checked.sources),
        "cuts": [
            {"document": p.cut.quote.document.id, "start": p.cut.start, "end": p.cut.end, "text": p.cut.text}
            for p in checked.pieces
            if p.cut
        ],
        "fault": checked.fault.value if checked.fault else None,
        "about": checked.about,
    }
