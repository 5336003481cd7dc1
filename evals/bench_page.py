"""How fast the page is, in a real browser: part of `make bench` where Chromium and Playwright are installed."""

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from assistant.corpus.language import NB
from assistant.texts import say

VISITS = 5
_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"
# From the click to the first words of the answer itself; "searching …" comes before them.
_FIRST_WORDS = """(number) => new Promise(resolve => {
    const started = performance.now();
    const look = () => {
        if (performance.now() - started > 20000) { resolve(Infinity); return; }
        const answers = document.querySelectorAll('#conversation .answer .lead');
        answers.length > number ? resolve(performance.now() - started) : requestAnimationFrame(look);
    };
    document.querySelector('#ask').click();
    look();
})"""


def page_speed(questions: Sequence[str]) -> tuple[float, float] | None:
    """Median milliseconds to the first paint of the page, and from a question to the first words of its answer.

    The server has answered before, and the browser has seen the page before. None where there is no browser.
    """
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    if chromium is None:
        return None
    with _served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        visitor = browser.new_context(locale="nb-NO")
        visitor.set_default_timeout(20_000)
        paints = [_paint(visitor, address) for _ in range(VISITS + 1)][1:]
        page = visitor.new_page()
        page.goto(address)
        words = [_first_words(page, question, i) for i, question in enumerate(questions)][1:]
        browser.close()
    return statistics.median(paints), statistics.median(words)


def _paint(visitor: Any, address: str) -> float:
    page = visitor.new_page()
    page.goto(address)
    page.locator("#question textarea").wait_for()
    took = float(page.evaluate(_PAINT))
    page.close()
    return took


def _first_words(page: Any, question: str, number: int) -> float:
    page.locator("#question textarea").fill(question)
    took = float(page.evaluate(_FIRST_WORDS, number))
    # An answer is done, and its conversation kept, when it offers to change the question.
    page.wait_for_function("(n) => document.querySelectorAll('#conversation [download]').length > n", arg=number)
    page.get_by_role("button", name=say("edit", NB)).last.wait_for()
    return took


@contextmanager
def _served() -> Iterator[str]:
    """The page as `assistant serve` has it, over an index of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "assistant", "serve", "--port", str(port)]
        surroundings = os.environ | {"ASSISTANT_INDEX": folder, "PYTHONUNBUFFERED": "1"}
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=surroundings)  # noqa: S603 - ourselves
        try:
            address = f"http://127.0.0.1:{port}"
            assert server.stdout is not None
            for line in server.stdout:
                if address in line:
                    break
            yield address
        finally:
            server.terminate()
            server.wait()
