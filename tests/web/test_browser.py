"""A real browser: ask, follow a source, see the words highlighted, with no request to anywhere else."""

import os
import shutil
import socket
import threading

import pytest
import uvicorn

from assistant import Settings
from assistant.answers.feedback import stored
from assistant.web.server import build_app
from evals.page import evaluation_tab

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    # CI installs Chromium and must not pass without it; elsewhere `make test` shall run with nothing but Python.
    pytest.mark.skipif(CHROMIUM is None and not os.environ.get("CI"), reason="Chromium is not installed"),
    pytest.mark.filterwarnings("default"),
]


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def site(assistant, kept):
    listening = socket.create_server(("127.0.0.1", 0))
    tabs = [evaluation_tab(assistant, Settings(_env_file=None), kept / "results")]
    server = uvicorn.Server(uvicorn.Config(build_app(assistant, kept, tabs), log_level="error"))
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


def test_a_follow_up_shows_what_it_took_over_and_can_be_asked_without(page):
    ask(page, "Hva mener Mental Helse om kompetansekrav?")
    page.locator(".quote").first.wait_for()
    ask(page, "Og hva sier NAPHA?")
    page.get_by_text("Forstått som: NAPHA · kompetansekrav").wait_for()
    page.get_by_role("button", name="Spør uten det som ble sagt før").click()
    page.locator(".answer").nth(2).wait_for()
    assert page.get_by_text("Forstått som:").count() == 1


def test_a_verdict_is_kept_for_the_evaluators(page, kept):
    ask(page, "Hva mener NAPHA om lovkrav?")
    page.locator(".quote").first.wait_for()
    page.get_by_role("button", name="Liker ikke").last.click()
    page.get_by_text("Takk. Tilbakemeldingen er lagret").wait_for()
    (feedback,) = stored(kept)
    assert (feedback.turns, feedback.helpful) == (("Hva mener NAPHA om lovkrav?",), False)


def test_an_evaluator_runs_a_set_and_reads_the_report(page, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("name: mine\ncases:\n  - id: one\n    question: Hva sa ministeren om døgnplasser?\n", "utf-8")
    page.get_by_role("tab", name="Evaluering").click()
    page.locator("#own-set input[type=file]").set_input_files(path)
    page.get_by_text("mine.yaml").first.wait_for()
    page.get_by_role("button", name="Kjør").click()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Åpne rapporten").click()
    report = opened.value
    report.get_by_text("✓ Hva sa ministeren om døgnplasser?").click()
    assert report.locator("mark").first.is_visible()
