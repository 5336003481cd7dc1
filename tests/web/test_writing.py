"""A chat model's answer on the page: above the quotes, with its sources, what was left out, and a receipt."""

import json
import threading
from dataclasses import replace

import pytest

from assistant import Settings
from assistant.answers.library import Library
from assistant.answers.receipt import verify
from assistant.answers.writing.providers import open_chat_model
from assistant.answers.writing.writer import Writer
from tests.chat_server import ChatServer
from tests.web.conftest import ask, served, visiting

pytestmark = pytest.mark.filterwarnings("default")
QUESTION = "Hva sa ministeren om døgnplasser?"


@pytest.fixture
def server():
    with ChatServer().running() as running:
        yield running


@pytest.fixture
def helped(library, server):
    settings = Settings(chat_model="openai:small", chat_url=server.url, _env_file=None)
    writer = Writer(open_chat_model(settings), 10.0, 6_000, translates=False)
    return Library(library.settings, replace(library.assistant, writer=writer))


def script(request):
    if "questions" in request.data:
        request.say("Hva sier Mental Helse om døgnplasser?")
        return
    freeing = (s["id"] for s in request.sentences if s["text"].startswith("Det kan frigjøre døgnplasser"))
    first = next(freeing, request.sentences[0]["id"])
    request.claims(
        (f"[[{first}]]", first),
        ("Det koster 77 milliarder, se www.example.org", first),
        ("Det kan frigjøre døgnplasser.", first),
    )


def test_claims_lead_to_their_sources_and_what_was_left_out_is_told(helped, server, browser, kept, tmp_path):
    server.script = script
    with served(helped, kept) as site, visiting(browser, site, accept_downloads=True) as visitor:
        page = visitor.new_page()
        page.goto(site)
        ask(page, QUESTION)
        claims = page.locator(".written .claim")
        claims.nth(1).wait_for()
        assert claims.nth(1).inner_text().startswith("Det kan frigjøre døgnplasser.")
        page.get_by_text("1 påstand fra modellen er utelatt").wait_for()
        page.get_by_text("Hva som er utelatt, og hvorfor").click()
        assert "Det koster 77 milliarder, se www.example.org" in page.locator(".written li").inner_text()
        with page.expect_popup() as opened:
            claims.nth(0).get_by_role("link").click()
        highlighted = opened.value.locator("mark")
        highlighted.wait_for()
        assert f"«{highlighted.inner_text()}»" in claims.nth(0).inner_text()
        with page.expect_download() as saved:
            page.get_by_role("link", name="Kvittering").click()
        path = tmp_path / "receipt.json"
        saved.value.save_as(path)
    receipt = json.loads(path.read_text(encoding="utf-8"))
    assert receipt["written"]["model"] == "openai:small"
    assert [claim["fault"] for claim in receipt["written"]["dropped"]] == ["link"]
    assert all(check.holds for check in verify(path, helped.assistant.index))


def test_a_follow_up_is_condensed_shown_and_undone(helped, server, browser, kept):
    server.script = script
    with served(helped, kept) as site, visiting(browser, site) as visitor:
        page = visitor.new_page()
        page.goto(site)
        ask(page, QUESTION)
        page.locator(".written .claim").nth(1).wait_for()
        ask(page, "Og Mental Helse?")
        page.locator(".answer").nth(1).get_by_text("Forstått som: Hva sier Mental Helse om døgnplasser?").wait_for()
        page.get_by_role("button", name="Forstått som: Hva sier Mental Helse om døgnplasser?").click()
        page.locator(".answer").nth(2).locator(".quote").first.wait_for()
        assert "Hva sier Mental Helse om døgnplasser?" not in page.locator(".answer").nth(2).inner_text()


def test_who_asks_on_keeps_what_there_was_of_the_answer_before(helped, server, browser, kept):
    seen = threading.Event()
    questions = [QUESTION, "Hva mener Mental Helse om døgnplasser?"]

    def slow(request):
        if request.data.get("question") == QUESTION:
            seen.wait(20)
        script(request)

    server.script = slow
    with served(helped, kept) as site, visiting(browser, site) as visitor:
        page = visitor.new_page()
        page.goto(site)
        ask(page, questions[0])
        first, second = page.locator(".answer").nth(0), page.locator(".answer").nth(1)
        first.locator(".quote").nth(7).wait_for()
        ask(page, questions[1])
        # The model is still writing for the first.
        second.get_by_role("link", name="Kvittering").wait_for()
        seen.set()
        page.reload()
        second.get_by_role("link", name="Kvittering").wait_for()
        assert page.locator(".asked").all_inner_texts() == questions
        assert first.locator(".quote").count() == 8
        assert page.get_by_text("Svaret ble stanset her.").count() == 1


def test_a_stopped_answer_keeps_its_quotes_and_says_so(helped, server, browser, kept):
    stopped = threading.Event()
    server.script = lambda request: stopped.wait(20) and script(request)
    with served(helped, kept) as site, visiting(browser, site) as visitor:
        page = visitor.new_page()
        page.goto(site)
        ask(page, QUESTION)
        page.locator(".answer .quote").first.wait_for()
        page.get_by_role("button", name="Stopp").click()
        page.get_by_text("Svaret ble stanset her.").wait_for()
        stopped.set()
        page.reload()
        page.get_by_text("Svaret ble stanset her.").wait_for()
        assert page.locator(".answer .quote").count() == 8


def test_with_the_model_down_the_page_shows_the_quotes_and_says_so(helped, server, browser, kept):
    server.script = lambda request: request.fail(500)
    with served(helped, kept) as site, visiting(browser, site) as visitor:
        page = visitor.new_page()
        page.goto(site)
        ask(page, QUESTION)
        page.get_by_text("Språkmodellen feilet; her er sitatene uten den.").wait_for()
        assert page.locator(".quote").count() == 8
