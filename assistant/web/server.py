"""One server for the chat, the reader and their style sheets."""

import os
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answers.assistant import Assistant
from assistant.corpus.language import NB
from assistant.errors import SettingsError
from assistant.settings import Settings
from assistant.texts import say

if TYPE_CHECKING:
    from fastapi import APIRouter, FastAPI

STATIC = Path(__file__).with_name("static")


@dataclass(frozen=True)
class Tab:
    """Something beside the chat on the page.

    Attributes:
        build: adds its Gradio components to the tab that is open.
        routes: addresses of its own.
    """

    title: str
    build: Callable[[], None]
    routes: "APIRouter"


def build_app(assistant: Assistant, kept: Path, tabs: Sequence[Tab] = ()) -> "FastAPI":
    """The whole site as an ASGI application: `/` is the chat, `/documents` the reader.

    Args:
        assistant: who answers.
        kept: the folder in which feedback is kept.
        tabs: what stands beside the chat.
    """
    # Gradio reads these when it is imported.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr
    from fastapi import FastAPI
    from fastapi.staticfiles import StaticFiles

    from assistant.web.chat import build_chat
    from assistant.web.reader import reader_routes

    app = FastAPI(title="The policy assistant", docs_url=None, redoc_url=None)
    # Gradio has a /static of its own.
    app.mount("/styles", StaticFiles(directory=STATIC), name="styles")
    app.include_router(reader_routes(assistant))
    for tab in tabs:
        app.include_router(tab.routes)
    with gr.Blocks(title=say("title", NB), analytics_enabled=False) as page:
        gr.HTML(
            f"<h1>{escape(say('title', NB))}</h1><p>{escape(say('tagline', NB))} "
            f'<a href="/documents">{escape(say("all_documents", NB))}</a></p>'
        )
        with gr.Tabs():
            with gr.Tab(say("chat_tab", NB)):
                build_chat(assistant, kept)
            for tab in tabs:
                with gr.Tab(tab.title):
                    tab.build()
    theme = gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"])
    site: FastAPI = gr.mount_gradio_app(
        app, page, path="/", theme=theme, css_paths=STATIC / "chat.css", ssr_mode=False, footer_links=[]
    )
    return site


def serve(assistant: Assistant, settings: Settings, announce: Callable[[str], None], tabs: Sequence[Tab] = ()) -> None:
    """Serve until stopped; `announce` gets the address as soon as it answers.

    Raises:
        SettingsError: the address can't be listened on.
    """
    import uvicorn

    app = build_app(assistant, settings.index_folder, tabs)
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
