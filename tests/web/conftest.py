"""A real browser on a real server; a request to anywhere else fails the test."""

import os
import shutil
import socket
import threading
from contextlib import contextmanager

import pytest
import uvicorn

from assistant import Assistant, Settings
from assistant.answers.library import Library
from assistant.web.server import build_app
from evals.page import evaluation_tab
from tests.conftest import KNOWLEDGE

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PASSWORD = "et langt passord"


@pytest.fixture(scope="session")
def kept(tmp_path_factory):
    return tmp_path_factory.mktemp("kept")


@contextmanager
def served(library, kept):
    listening = socket.create_server(("127.0.0.1", 0))
    app = build_app(library, kept, [evaluation_tab(library, kept / "results")], {"nb": ["Hva mener NAPHA om lovkrav?"]})
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=2))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="session")
def site(library, kept):
    with served(library, kept) as address:
        yield address


@pytest.fixture(scope="session")
def editable(assistant, tmp_path_factory, kept):
    """A site over a copy of the documents, which an editor may change."""
    folder = tmp_path_factory.mktemp("editable")
    shutil.copytree(KNOWLEDGE, folder / "knowledge")
    settings = Settings(
        knowledge=folder / "knowledge", index=folder / "index", editor_password=PASSWORD, _env_file=None
    )
    library = Library(settings, Assistant.from_settings(settings))
    with served(library, kept) as address:
        yield library, address


@pytest.fixture(scope="session")
def browser():
    # CI installs Chromium and must not pass without it; elsewhere `make test` shall run with nothing but Python.
    if CHROMIUM is None and not os.environ.get("CI"):
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        quiet = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=quiet)
        yield opened
        opened.close()


@contextmanager
def visiting(browser, site, **options):
    """A visitor with storage of their own, whose every request has to go to the site."""
    permissions = ["clipboard-read", "clipboard-write"]
    visitor = browser.new_context(**{"locale": "nb-NO", "permissions": permissions, **options})
    visitor.set_default_timeout(10_000)
    outside = []

    def local_only(route):
        if route.request.url.startswith((site, "data:", "blob:")):
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    visitor.route("**/*", local_only)
    try:
        yield visitor
    finally:
        visitor.close()
    assert outside == []


@pytest.fixture
def page(browser, site):
    with visiting(browser, site) as visitor:
        opened = visitor.new_page()
        opened.goto(site)
        yield opened


def ask(page, question):
    page.locator("#question textarea").fill(question)
    page.locator("#ask").click()
