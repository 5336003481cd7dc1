"""One server for the chat, the reader and their style sheets."""

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answers.assistant import Assistant
from assistant.errors import SettingsError
from assistant.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

STATIC = Path(__file__).with_name("static")


def build_app(assistant: Assistant) -> "FastAPI":
    """The whole site as an ASGI application: `/` is the chat, `/documents` the reader."""
    # Gradio reads these when it is imported.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr
    from fastapi import FastAPI
    from fastapi.staticfiles import StaticFiles

    from assistant.web.chat import build_chat
    from assistant.web.reader import reader_routes

    app = FastAPI(title="The policy assistant", docs_url=None, redoc_url=None)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.include_router(reader_routes(assistant))
    theme = gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"])
    site: FastAPI = gr.mount_gradio_app(
        app,
        build_chat(assistant),
        path="/",
        theme=theme,
        css_paths=STATIC / "chat.css",
        ssr_mode=False,
        footer_links=[],
    )
    return site


def serve(assistant: Assistant, settings: Settings, announce: Callable[[str], None]) -> None:
    """Serve until stopped; `announce` gets the address as soon as it answers.

    Raises:
        SettingsError: the address can't be listened on.
    """
    import uvicorn

    app = build_app(assistant)
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
