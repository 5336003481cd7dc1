"""The reader: plain pages for documents, so that a quote has an address one can send. They work without JavaScript."""

import datetime
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import FileResponse, HTMLResponse

from assistant.answers.library import Library
from assistant.search.records import Entry
from assistant.texts import long_date, say
from assistant.web.language import preferred_language
from assistant.web.pages import page
from assistant.web.render import authors, document_html, selected

_PLACE = re.compile(r"(?P<document>[a-z0-9-]+):(?P<start>\d{1,9})-(?P<end>\d{1,9})")


def reader_routes(library: Library) -> APIRouter:
    """`/documents/{id}?start=…&end=…#quote` shows a document at a quote, `/documents/{id}/original` is its file."""
    router = APIRouter()

    @router.get("/documents/{identifier}", response_class=HTMLResponse, include_in_schema=False)
    def document(
        request: Request,
        identifier: str,
        start: Annotated[int | None, Query()] = None,
        end: Annotated[int | None, Query()] = None,
        quotes: Annotated[str, Query(max_length=4_000)] = "",
    ) -> HTMLResponse:
        language, assistant = preferred_language(request), library.assistant
        found = assistant.document(identifier)
        if found is None:
            return page("missing.html", 404, language)
        known = found.metadata
        facts = [
            ("author", authors([known.author], assistant.actors)),
            ("date", _date(known.date, language)),
            ("kind", say(known.kind, language) if known.kind else ""),
            ("recipients", authors(known.recipients, assistant.actors)),
            ("file", known.file),
        ]
        span = selected(found, start, end)
        return page(
            "document.html",
            200,
            language,
            document=found,
            facts=facts,
            pieces=document_html(found, span, assistant.actors),
            steps=_steps(quotes, identifier, span),
            original=_original(assistant.catalogue[identifier], found.page_at(span[0]) if span else None),
            url=known.url if known.url.startswith(("https://", "http://")) else "",
        )

    @router.get("/documents/{identifier}/original", include_in_schema=False)
    def original(identifier: str) -> FileResponse:
        entry = library.assistant.catalogue.get(identifier)
        path = _file(entry) if entry else None
        if path is None:
            raise HTTPException(404)
        # A PDF opens in the browser; anything else is saved, so that no file from elsewhere runs as a page of ours.
        pdf = path.suffix.lower() == ".pdf"
        return FileResponse(
            path,
            media_type="application/pdf" if pdf else "application/octet-stream",
            filename=path.name,
            content_disposition_type="inline" if pdf else "attachment",
            headers={"X-Content-Type-Options": "nosniff"},
        )

    return router


@dataclass(frozen=True)
class _Step:
    """A link to the answer's quote before or after the one that is shown."""

    label: str
    address: str


def _steps(quotes: str, identifier: str, span: tuple[int, int] | None) -> list[_Step]:
    """The ways to the quotes before and after the one that is shown."""
    places = [(m["document"], int(m["start"]), int(m["end"])) for m in _PLACE.finditer(quotes)]
    here = (identifier, *span) if span else None
    if here not in places:
        return []
    number = places.index(here)
    steps = []
    for label, other in (("previous_quote", number - 1), ("next_quote", number + 1)):
        if 0 <= other < len(places):
            document, start, end = places[other]
            steps.append(_Step(label, f"/documents/{document}?start={start}&end={end}&quotes={quotes}#quote"))
    return steps


def _original(entry: Entry, shown_page: int | None) -> str:
    """The address of the document's file, at the page where it is a PDF; empty if the file is no longer there."""
    path = _file(entry)
    if path is None:
        return ""
    at = f"#page={shown_page}" if shown_page and path.suffix.lower() == ".pdf" else ""
    return f"/documents/{entry.id}/original{at}"


def _file(entry: Entry) -> Path | None:
    """The file that a document was made from, as long as it lies where it was indexed."""
    origin = Path(entry.origin)
    folders = (origin / "documents", origin, origin.parent) if origin.is_dir() else (origin.parent,)
    for folder in folders:
        path = folder / entry.metadata.file
        if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
            return path
    return None


def _date(day: datetime.date | None, language: str) -> str:
    return long_date(day, language) if day else say("undated", language)
