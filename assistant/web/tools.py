"""The same questions as MCP tools, over Gradio, so that other assistants can quote with proof."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from assistant.answers.library import Library
from assistant.answers.values import entry_dict, hit_dict
from assistant.errors import AssistantError
from assistant.web.api import AskRequest, SearchRequest, asked
from assistant.web.conversation import Narrowing

if TYPE_CHECKING:
    from gradio import Blocks

# Where the page with the tools is mounted; Gradio puts its MCP server below it.
PATH = "/tools"
MCP = f"{PATH}/gradio_api/mcp/"


def tools(library: Library) -> "Blocks":
    """A page without anything to see, whose functions are the tools `ask`, `search` and `documents`.

    Their descriptions and those of their arguments are what other assistants read.
    """
    import gradio as gr

    def ask(question: str, earlier: list[str], language: str) -> str:
        """Answer a question about the collection's policy documents with exact quotes.

        Each quote is cut from a document word for word, with speaker, manner (own words, quoted, or reported in
        somebody else's words), document, date, page, address and a citation to print. If nobody in the documents says
        it, the status tells so; do not answer from elsewhere then. Quote "text" unchanged or not at all.

        Args:
            question: in Norwegian (bokmål or nynorsk) or English.
            earlier: the questions asked before it in the same conversation, if it may be a follow-up; else empty.
            language: nb, nn or en for the words around the quotes; empty for the question's own.
        """
        return _told(
            lambda: asked(library.assistant, AskRequest(question=question, earlier=earlier, language=language))
        )

    def search(text: str, limit: int) -> str:
        """Find the passages of the collection's documents that fit a text best, without answering.

        Args:
            text: words or a question.
            limit: how many passages, 1 to 100.
        """

        def found() -> dict[str, Any]:
            request = SearchRequest(text=text, limit=limit)
            return {"passages": [hit_dict(hit) for hit in library.assistant.search(request.text, request.limit)]}

        return _told(found)

    def documents(actor: str, kind: str) -> str:
        """List the collection's documents with title, kind, date and author.

        Args:
            actor: id of somebody who speaks in them; empty for all.
            kind: such as letter, consultation response or news article; empty for all.
        """
        filters = Narrowing(actors=(actor,) if actor else (), kinds=(kind,) if kind else ()).filters
        entries = library.assistant.catalogue.values()
        return _told(lambda: {"documents": [entry_dict(e) for e in entries if filters.let_through(e)]})

    with gr.Blocks(title="MCP", analytics_enabled=False) as page:
        for tool in (ask, search, documents):
            gr.api(tool, api_name=tool.__name__)
    return page


def _told(run: Callable[[], dict[str, Any]]) -> str:
    """What the call gives, or a sentence about what is wrong with it, as JSON: Gradio would give a dict as Python."""
    try:
        found = run()
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_url=False))
        found = {"error": wrong}
    except AssistantError as error:
        found = {"error": str(error)}
    return json.dumps(found, ensure_ascii=False)
