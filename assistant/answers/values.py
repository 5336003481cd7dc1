"""Passages and documents as plain values, for JSON."""

from typing import Any

from assistant.search.records import Entry
from assistant.search.retrieval import Hit


def hit_dict(hit: Hit) -> dict[str, Any]:
    """A passage that was found."""
    return {
        "document": hit.document.id,
        "title": hit.document.metadata.title,
        "page": hit.document.page_at(hit.passage.start),
        "start": hit.passage.start,
        "end": hit.passage.end,
        "text": hit.text,
        "score": round(hit.score, 3),
    }


def entry_dict(entry: Entry) -> dict[str, Any]:
    """A document, without its text."""
    known = entry.metadata
    return {
        "id": entry.id,
        "title": known.title,
        "kind": known.kind,
        "date": known.date.isoformat() if known.date else None,
        "author": known.author,
        "language": known.language,
        "file": known.file,
        "pages": entry.pages,
        "sentences": entry.sentences,
        "passages": entry.passages,
    }
