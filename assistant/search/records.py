"""How a document and a passage are kept in Chroma: plain JSON and small metadata, readable without our code."""

import base64
import datetime
import hashlib
import json
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from assistant.corpus.document import Block, BlockKind, Document, Manner, Metadata, Passage, Sentence, Voice
from assistant.search.embedding import PassageText, Vectors

# Raised whenever what is written below changes, so that an index of another version is not misread.
FORMAT = 1


@dataclass(frozen=True)
class Record:
    """A document as the index keeps it, with the ids of its passages in their order."""

    document: Document
    passage_ids: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """A document's line in the catalogue: everything but its text.

    Attributes:
        origin: the folder or file it was indexed from.
        fingerprint: what it was made from; see `Knowledge.fingerprint`.
        speakers: ids of the actors who speak in it, the author included.
        passages, sentences, pages: how many it has.
    """

    id: str
    metadata: Metadata
    origin: str
    fingerprint: str
    speakers: tuple[str, ...]
    passages: int
    sentences: int
    pages: int


def indexed_text(document: Document, passage: Passage) -> PassageText:
    """What is embedded and searched for a passage: title and headings that its own text lacks, then the text."""
    body = document.text[passage.start : passage.end]
    above = dict.fromkeys([document.metadata.title, *passage.headings])
    prefix = "".join(f"{line}\n" for line in above if line not in body)
    shift = len(prefix) - passage.start
    spans = tuple((s.start + shift, s.end + shift) for s in document.sentences_of(passage))
    return PassageText(prefix + body, spans)


def lone_text(document: Document, sentence: Sentence) -> PassageText:
    """What the reader gets for a sentence by itself: title and headings, then the sentence."""
    number = bisect_left(document.sentences, sentence.start, key=lambda other: other.start)
    headings = document.headings_at(sentence.start)
    return indexed_text(document, Passage(sentence.start, sentence.end, headings, (number, number + 1)))


def passage_ids(document: Document, texts: Sequence[PassageText]) -> tuple[str, ...]:
    """An id for each passage: its document's, and a hash of its content.

    An unchanged passage keeps its id, and so its vectors, wherever in the document it moves.
    """
    seen: dict[str, int] = {}
    ids = []
    for text in texts:
        content = json.dumps([text.text, text.sentences])
        count = seen[content] = seen.get(content, 0) + 1
        ids.append(f"{document.id}:{hashlib.sha256(f'{count}{content}'.encode()).hexdigest()[:24]}")
    return tuple(ids)


def document_of(passage_id: str) -> str:
    """The id of the document that a passage belongs to."""
    return passage_id.rsplit(":", maxsplit=1)[0]


def pack_vectors(vectors: Vectors) -> str:
    """Unit vectors of shape (n, dimension) as text: 8 bits a number, each vector with a scale of its own."""
    scales = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-12) / 127
    rounded = np.round(vectors / scales).astype(np.int8)
    return base64.b64encode(scales.astype("<f4").tobytes() + rounded.tobytes()).decode("ascii")


def unpack_vectors(packed: str, dimension: int) -> Vectors:
    """What `pack_vectors` packed; a number is off by at most half of 1/127 of its vector's largest."""
    raw = base64.b64decode(packed)
    count = len(raw) // (dimension + 4)
    scales = np.frombuffer(raw[: 4 * count], "<f4").reshape(count, 1)
    return np.asarray(np.frombuffer(raw[4 * count :], np.int8).reshape(count, dimension) * scales, np.float32)


def entry_fields(document: Document, origin: str, fingerprint: str) -> dict[str, str | int]:
    """The catalogue's fields as Chroma metadata."""
    known = document.metadata
    return {
        "title": known.title,
        "file": known.file,
        "kind": known.kind,
        "date": known.date.isoformat() if known.date else "",
        "author": known.author,
        "recipients": json.dumps(known.recipients),
        "language": known.language,
        "url": known.url,
        "origin": origin,
        "fingerprint": fingerprint,
        "speakers": json.dumps(sorted({sentence.voice.actor for sentence in document.sentences} - {""})),
        "passages": len(document.passages),
        "sentences": len(document.sentences),
        "pages": len(document.page_starts),
    }


def entry_of(identifier: str, fields: Mapping[str, Any]) -> Entry:
    """The catalogue's line from Chroma metadata."""
    return Entry(
        identifier,
        _metadata(fields),
        str(fields["origin"]),
        str(fields["fingerprint"]),
        tuple(json.loads(fields["speakers"])),
        int(fields["passages"]),
        int(fields["sentences"]),
        int(fields["pages"]),
    )


def _metadata(fields: Mapping[str, Any]) -> Metadata:
    return Metadata(
        title=fields["title"],
        file=fields["file"],
        kind=fields["kind"],
        date=datetime.date.fromisoformat(fields["date"]) if fields["date"] else None,
        author=fields["author"],
        recipients=tuple(json.loads(fields["recipients"])),
        language=fields["language"],
        url=fields["url"],
    )


def record_json(record: Record) -> str:
    """Text and spans; what the catalogue holds is not repeated."""
    document = record.document
    return json.dumps(
        {
            "text": document.text,
            "page_starts": document.page_starts,
            "blocks": [(b.kind, b.start, b.end) for b in document.blocks],
            "sentences": [
                (s.start, s.end, s.block, s.voice.manner, s.voice.actor, s.voice.speech, s.voice.note)
                for s in document.sentences
            ],
            "passages": [(p.start, p.end, p.headings, p.sentences) for p in document.passages],
            "passage_ids": record.passage_ids,
        },
        ensure_ascii=False,
    )


def record_of(identifier: str, fields: Mapping[str, Any], value: str) -> Record:
    """The document from what `entry_fields` and `record_json` wrote."""
    stored = json.loads(value)
    document = Document(
        id=identifier,
        metadata=_metadata(fields),
        text=stored["text"],
        page_starts=tuple(stored["page_starts"]),
        blocks=tuple(Block(BlockKind(kind), start, end) for kind, start, end in stored["blocks"]),
        sentences=tuple(
            Sentence(start, end, block, Voice(Manner(manner), actor, tuple(speech) if speech else None, note))
            for start, end, block, manner, actor, speech, note in stored["sentences"]
        ),
        passages=tuple(
            Passage(start, end, tuple(headings), tuple(sentences))
            for start, end, headings, sentences in stored["passages"]
        ),
    )
    return Record(document, tuple(stored["passage_ids"]))
