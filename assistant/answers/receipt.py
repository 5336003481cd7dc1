"""A receipt: what an answer rests on, as JSON, so that each of its quotes can be checked again later, offline."""

import datetime
import hashlib
import importlib.metadata
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from assistant.answers.answer import Answer
from assistant.answers.verification import ClaimedQuote, Verifier
from assistant.corpus.document import Document
from assistant.errors import FileError
from assistant.search.index import Index
from assistant.search.records import Entry

FORMAT = 1
_PACKAGES = ("policy-assistant", "chromadb", "sentence-transformers", "torch", "langchain")


class _Place(BaseModel):
    """A span of a document and the words that stood there."""

    document: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str
    actor: str = ""
    number: int = 0


class _Receipt(BaseModel):
    """What checking needs of a receipt; the rest is for people."""

    format: int
    corpus: str
    quotes: tuple[_Place, ...] = ()
    cuts: tuple[_Place, ...] = ()


@dataclass(frozen=True)
class Check:
    """What became of one quote: whether it still stands, and if not, why."""

    text: str
    document: str
    holds: bool
    reason: str = ""


def corpus_hash(catalogue: Mapping[str, Entry]) -> str:
    """A short hash of all documents of a collection."""
    known = json.dumps([(key, catalogue[key].fingerprint) for key in sorted(catalogue)])
    return hashlib.sha256(known.encode()).hexdigest()[:12]


def receipt(answer: Answer, index: Index, encoder: str) -> dict[str, Any]:
    """The receipt of an answer."""
    values = answer.as_dict()
    written = values["written"]
    return {
        "format": FORMAT,
        "time": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "question": answer.question,
        "understood": values["understood"],
        "status": values["status"],
        "searched": values["searched"],
        "collection": index.name,
        "corpus": corpus_hash(index.catalogue),
        "encoder": encoder,
        "versions": {name: importlib.metadata.version(name) for name in _PACKAGES},
        "quotes": [
            {
                "number": quote["number"],
                "document": quote["document"]["id"],
                "start": quote["start"],
                "end": quote["end"],
                "text": quote["text"],
                "actor": quote["actor"]["id"],
                "manner": quote["manner"],
            }
            for quote in values["quotes"]
        ],
        "cuts": [cut for claim in written["claims"] for cut in claim["cuts"]] if written else [],
        "written": written,
    }


def verify(path: Path, index: Index) -> Iterator[Check]:
    """Check every quote of a receipt against the collection as it is now.

    Raises:
        FileError: the file can't be read or is no receipt.
    """
    try:
        kept = _Receipt.model_validate_json(path.read_bytes())
    except OSError as error:
        raise FileError(f"{path} can't be read: {error.strerror}.", "Check the path.") from error
    except ValidationError as error:
        raise FileError(f"{path} is not a receipt.", "Save one with the link beneath an answer.") from error
    if kept.format != FORMAT:
        raise FileError(f"{path} is a receipt of format {kept.format}.", f"This version reads format {FORMAT}.")
    for place in (*kept.quotes, *kept.cuts):
        yield _check(place, index.document(place.document))


def _check(place: _Place, document: Document | None) -> Check:
    if document is None:
        return Check(place.text, place.document, holds=False, reason="the document is not in the collection any more")
    if document.text[place.start : place.end] == place.text:
        spoken = [s for s in document.sentences if s.start < place.end and place.start < s.end]
        if place.actor and any(sentence.voice.actor != place.actor for sentence in spoken):
            return Check(place.text, document.id, holds=False, reason="it is ascribed to somebody else now")
        return Check(place.text, document.id, holds=True)
    verdict = Verifier([document]).verify(ClaimedQuote(place.text, place.actor, document.id))
    if verdict.accepted:
        return Check(place.text, document.id, holds=True, reason=f"the words stand at {verdict.start} now")
    return Check(place.text, document.id, holds=False, reason=str(verdict.fault))
