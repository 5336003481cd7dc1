"""One server for the chat, the reader and their style sheets."""

import os
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from assistant.answers.library import Library
from assistant.corpus.language import NB
from assistant.errors import SettingsError
from assistant.texts import LANGUAGES, NAMES, say
from assistant.web.examples import load_examples

if TYPE_CHECKING:
    from fastapi import APIRouter, FastAPI
    from gradio import Blocks

STATIC = Path(__file__).with_name("static")
_BLUE = "#1f5f8b"
_HEAD = '<script src="/styles/page.js" defer></script><script>document.documentElement.lang = "{language}"</script>'


@dataclass(frozen=True)
class Tab:
    """Something beside the chat on the page.

    Attributes:
        title: the key of its name in the texts.
        build: adds its Gradio components, in the given language, to the tab that is open.
        routes: addresses of its own.
    """

    title: str
    build: Callable[[str], None]
    routes: "APIRouter"


def build_app(
    library: Library,
    kept: Path,
    tabs: Sequence[Tab] = (),
    examples: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> "FastAPI":
    """The whole site as an ASGI application.

    `/nb`, `/nn` and `/en` are the chat, `/` leads to the one of the visitor's language; `/documents` is the reader and
    `/api` is for other programs, and so are the MCP tools under `/tools`.

    Args:
        library: the collection, and who answers from it.
        kept: the folder in which feedback is kept.
        tabs: what stands beside the chat.
        examples: questions to begin with, by language.
    """
    # Gradio reads these when it is imported.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr
    from fastapi import FastAPI
    from fastapi.staticfiles import StaticFiles

    from assistant.web.api import api_routes
    from assistant.web.catalogue import catalogue_routes
    from assistant.web.language import language_routes
    from assistant.web.reader import reader_routes
    from assistant.web.tools import PATH, tools

    app = FastAPI(title="The policy assistant", docs_url=None, redoc_url=None)
    app.mount("/styles", StaticFiles(directory=STATIC), name="styles")
    ours = (language_routes(), catalogue_routes(library), reader_routes(library), api_routes(library))
    for routes in (*ours, *(tab.routes for tab in tabs)):
        app.include_router(routes)
    theme = gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]).set(
        # White on it has a contrast of 6.6 to 1, in both looks.
        button_primary_background_fill=_BLUE,
        button_primary_background_fill_dark=_BLUE,
        button_primary_background_fill_hover="#17496b",
        button_primary_background_fill_hover_dark="#17496b",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#ffffff",
    )
    # Gradio's pages ask for it.
    app.add_api_route("/manifest.json", _manifest, include_in_schema=False)
    for language in LANGUAGES:
        gr.mount_gradio_app(
            app,
            _page(library, kept, tabs, examples.get(language, ()), language),
            path=f"/{language}",
            theme=theme,
            css_paths=STATIC / "chat.css",
            head=_HEAD.format(language=language),
            ssr_mode=False,
            footer_links=[],
        )
    gr.mount_gradio_app(app, tools(library), path=PATH, mcp_server=True, ssr_mode=False)
    return app


def _manifest() -> dict[str, str]:
    """What a browser calls the page when it is put among its apps."""
    return {"name": say("title", NB)}


def _page(library: Library, kept: Path, tabs: Sequence[Tab], examples: Sequence[str], language: str) -> "Blocks":
    """The page of one language: the chat and the other tabs."""
    import gradio as gr

    from assistant.web.chat import Chat

    with gr.Blocks(title=say("title", language), analytics_enabled=False) as page:
        gr.HTML(_heading(language))
        with gr.Tabs():
            with gr.Tab(say("chat_tab", language)):
                Chat(library, kept, language, examples).build(page)
            for tab in tabs:
                with gr.Tab(say(tab.title, language)):
                    tab.build(language)
    return page


def _heading(language: str) -> str:
    """The page's name, what it does, and the way to the documents and to the other languages."""
    others = " ".join(
        f'<a href="/language/{other}" lang="{other}" hreflang="{other}">{escape(NAMES[other])}</a>'
        for other in LANGUAGES
        if other != language
    )
    return (
        f'<header class="top"><h1>{escape(say("title", language))}</h1><p>{escape(say("tagline", language))}</p>'
        f'<nav aria-label="{escape(say("language", language))}">'
        f'<a href="/documents">{escape(say("all_documents", language))}</a> {others}</nav></header>'
    )


def serve(library: Library, announce: Callable[[str], None], tabs: Sequence[Tab] = ()) -> None:
    """Serve until stopped; `announce` gets the address as soon as it answers.

    Raises:
        SettingsError: the address can't be listened on.
    """
    import uvicorn

    settings = library.settings
    app = build_app(library, settings.index_folder, tabs, load_examples(settings.knowledge / "examples.yaml"))
    try:
        listening = socket.create_server((settings.host, settings.port))
    except OSError as error:
        raise SettingsError(
            f"Nothing can be served at {settings.host}:{settings.port}: {error.strerror}.",
            "Choose another port with --port, or stop what is running there.",
        ) from error
    # The socket takes connections from here on; the server answers them once it runs.
    announce(f"http://{settings.host}:{settings.port}")
    uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listening])
