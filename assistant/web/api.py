"""The same for other programs: `/api/ask`, `/api/search`, `/api/documents`, and a page that explains them."""

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, Field

from assistant.answers.answer import Answer
from assistant.answers.assistant import Assistant
from assistant.answers.library import Library
from assistant.answers.receipt import receipt
from assistant.answers.values import entry_dict, hit_dict
from assistant.answers.wording import citation
from assistant.errors import AssistantError
from assistant.web.conversation import Narrowing, Turn, understand, with_condensed
from assistant.web.language import preferred_language
from assistant.web.pages import page

_EXAMPLE = "Hva sa ministeren om døgnplasser?"


class AskRequest(BaseModel):
    """A question.

    Attributes:
        earlier: the questions asked before it in the same conversation, if it may be a follow-up.
        language: of the words around the quotes; empty for the question's own.
        narrowing: what the search is narrowed to.
    """

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"question": _EXAMPLE}]})

    question: str
    earlier: tuple[str, ...] = ()
    language: Annotated[str, Field(pattern="^(nb|nn|en)?$")] = ""
    narrowing: Narrowing = Narrowing()


class SearchRequest(BaseModel):
    """Words to search for."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"text": "lovkrav", "limit": 3}]})

    text: Annotated[str, Field(min_length=1, max_length=2_000)]
    limit: Annotated[int, Field(ge=1, le=100)] = 5


def api_routes(library: Library) -> APIRouter:
    """The addresses under `/api`. What is wrong with a request is told in a sentence, with status 422."""
    router = APIRouter()

    @router.get("/api", response_class=HTMLResponse, include_in_schema=False)
    def about(request: Request) -> HTMLResponse:
        return page("api.html", 200, preferred_language(request), address=str(request.base_url).rstrip("/"))

    @router.post("/api/ask")
    def ask(request: AskRequest) -> dict[str, Any]:
        """Answer a question with quotes, each with its place and a citation to print."""
        try:
            return asked(library.assistant, request)
        except AssistantError as error:
            raise HTTPException(422, str(error)) from error

    @router.post("/api/search")
    def search(request: SearchRequest) -> list[dict[str, Any]]:
        """Find the passages that fit a text best."""
        return [hit_dict(hit) for hit in library.assistant.search(request.text, request.limit)]

    @router.post("/api/documents")
    def documents(narrowing: Narrowing | None = None) -> list[dict[str, Any]]:
        """List the documents, or those that the filters let through."""
        filters = (narrowing or Narrowing()).filters
        entries = library.assistant.catalogue.values()
        return [entry_dict(entry) for entry in entries if filters.let_through(entry)]

    return router


def asked(assistant: Assistant, request: AskRequest) -> dict[str, Any]:
    """The answer as plain values, with a citation beside each quote.

    Raises:
        QuestionError: the question is empty or too long.
    """
    turns = [*(Turn(question=earlier) for earlier in request.earlier)]
    turns.append(Turn(question=request.question, narrowing=request.narrowing))
    understood = understand(assistant, with_condensed(assistant, turns), request.language or "nb")
    return cited(assistant.answer(understood), assistant)


def cited(answer: Answer, assistant: Assistant) -> dict[str, Any]:
    """An answer as plain values, its quotes as one prints them."""
    values = answer.as_dict()
    language = answer.understanding.language
    values["receipt"] = receipt(answer, assistant.index, assistant.retriever.encoder.name)
    for shown, quote in zip(values["quotes"], answer.quotes, strict=True):
        shown["citation"] = citation(quote, assistant.actors, language)
    return values
