"""A real browser: ask, follow a source, see the words highlighted, with no request to anywhere else."""

import os
import shutil
import socket
import threading

import pytest
import uvicorn

from assistant.web.server import build_app

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    # CI installs Chromium and must not pass without it; elsewhere `make test` shall run with nothing but Python.
    pytest.mark.skipif(CHROMIUM is None and not os.environ.get("CI"), reason="Chromium is not installed"),
    pytest.mark.filterwarnings("default"),
]


@pytest.fixture(scope="module")
def site(assistant):
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(build_app(assistant), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        quiet = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=quiet)
        yield opened
        opened.close()


@pytest.fixture
def page(browser, site):
    opened = browser.new_page(locale="nb-NO")
    outside = []

    def local_only(route):
        if route.request.url.startswith(site):
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    opened.route("**/*", local_only)
    opened.goto(site)
    yield opened
    opened.close()
    assert outside == []


def ask(page, question):
    page.get_by_label("Hva vil du vite?").fill(question)
    page.get_by_role("button", name="Spør").click()


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Hva sa ministeren om døgnplasser?", "klart å bremse nedgangen i døgnkapasitet"),
        ("What did the minister say about day-bed capacity?", "430 flere plasser frem mot 2040"),
    ],
)
def test_ask_click_a_source_see_the_words(page, question, words):
    ask(page, question)
    card = page.locator(".quote", has_text=words)
    card.wait_for()
    shown = card.locator(".said").inner_text()
    with page.expect_popup() as opened:
        card.get_by_role("link").click()
    reader = opened.value
    highlighted = reader.locator("mark")
    highlighted.wait_for()
    assert highlighted.inner_text() == shown.strip("«»")
    assert highlighted.is_visible()
    box, window = highlighted.bounding_box(), reader.viewport_size
    assert 0 <= box["y"] < window["height"]


def test_a_question_is_shown_as_text(page):
    ask(page, "<img src=x onerror=alert(1)> **hei**")
    page.locator(".answer").wait_for()
    assert "<img src=x onerror=alert(1)> **hei**" in page.locator("#conversation").inner_text()
