"""The reader: plain pages for documents, so that a quote has an address one can send. They work without JavaScript."""

import datetime
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, select_autoescape

from assistant.answers.assistant import Assistant
from assistant.corpus.language import EN, NB, NN
from assistant.texts import long_date, say
from assistant.web.render import authors, document_html, selected

# Nothing from outside, no scripts at all, and no framing by other sites.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def reader_routes(assistant: Assistant) -> APIRouter:
    """`/documents` lists the collection, `/documents/{id}?start=…&end=…#quote` shows a document at a quote."""
    router = APIRouter()
    pages = Environment(loader=PackageLoader("assistant.web"), autoescape=select_autoescape())

    def page(template: str, status: int, language: str, **values: object) -> HTMLResponse:
        html = pages.get_template(template).render(say=_speaker(language), language=language, **values)
        return HTMLResponse(
            html, status, headers={"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"}
        )

    @router.get("/documents", response_class=HTMLResponse)
    def documents(request: Request) -> HTMLResponse:
        language = preferred_language(request)
        rows = [
            (entry, authors([entry.metadata.author], assistant.actors), _date(entry.metadata.date, language))
            for entry in assistant.catalogue.values()
        ]
        return page("documents.html", 200, language, rows=rows)

    @router.get("/documents/{identifier}", response_class=HTMLResponse)
    def document(
        request: Request,
        identifier: str,
        start: Annotated[int | None, Query()] = None,
        end: Annotated[int | None, Query()] = None,
    ) -> HTMLResponse:
        language = preferred_language(request)
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
        pieces = document_html(found, selected(found, start, end))
        return page("document.html", 200, language, document=found, facts=facts, pieces=pieces)

    return router


def preferred_language(request: Request) -> str:
    """Bokmål, nynorsk or English, by what the browser asks for; bokmål if it asks for none of them."""
    names = {"nb": NB, "no": NB, "nn": NN, "en": EN}
    asked = request.headers.get("accept-language", "").lower().replace(";", ",").split(",")
    return next((names[code.strip()[:2]] for code in asked if code.strip()[:2] in names), NB)


def _speaker(language: str) -> Callable[..., str]:
    return lambda key, **values: say(key, language, **values)


def _date(day: datetime.date | None, language: str) -> str:
    return long_date(day, language) if day else say("undated", language)
