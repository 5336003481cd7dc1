"""The reader's pages: plain HTML that shows a document at a quote, and everything in it as text."""

import html
import shutil

import pytest
from fastapi.testclient import TestClient

from assistant import Assistant, Settings
from assistant.answers.library import Library
from assistant.web.chat import Chat
from assistant.web.conversation import Turn
from assistant.web.render import document_html
from assistant.web.server import build_app
from tests.conftest import KNOWLEDGE


@pytest.fixture(scope="module")
def client(library, tmp_path_factory):
    return TestClient(build_app(library, tmp_path_factory.mktemp("kept")))


def test_a_quotes_address_shows_its_words_marked(client, assistant):
    for quote in assistant.ask("Hva sa ministeren om døgnplasser?").quotes:
        page = client.get(quote.address.removesuffix("#quote")).text
        marked = page.split('<mark id="quote">')[1].split("</mark>")[0]
        assert html.unescape(marked) == quote.text


def test_the_page_says_who_when_and_where(client):
    page = client.get(
        "/documents/vestre-2026-01-19-svar-representantforslag-74-s", headers={"accept-language": "en"}
    ).text
    for words in ("Jan Christian Vestre", "19 January 2026", "letter", "Page 5", "Svar:"):
        assert words in page


@pytest.mark.parametrize(
    ("asked", "title"), [("nn-NO,nn;q=0.9", "Dokument"), ("en-GB", "Documents"), ("de", "Dokumenter")]
)
def test_the_list_speaks_the_browsers_language(client, asked, title):
    assert f"<h1>{title}</h1>" in client.get("/documents", headers={"accept-language": asked}).text


@pytest.mark.parametrize("query", ["", "?start=5", "?start=9&end=2", "?start=-4&end=3", "?start=0&end=99999999"])
def test_addresses_without_a_quote_show_the_document(client, query):
    page = client.get(f"/documents/napha-2026-04-14-horing-nou-2026-1{query}")
    assert (page.status_code, "<mark" in page.text) == (200, False)


def test_a_document_that_is_not_there(client):
    page = client.get("/documents/nowhere")
    assert page.status_code == 404
    assert "finnes ikke i samlingen" in page.text


def test_no_scripts_but_our_own_and_nothing_from_outside(client):
    page = client.get("/documents/napha-2026-04-14-horing-nou-2026-1")
    assert "default-src 'none'; style-src 'self'; script-src 'self';" in page.headers["content-security-policy"]
    assert page.text.count("<script") == page.text.count('<script src="/styles/page.js" defer></script>') == 1


def test_html_in_documents_and_questions_is_text(tmp_path):
    shutil.copytree(KNOWLEDGE, tmp_path / "knowledge")
    attack = "<script>alert(1)</script> <img src=x onerror=alert(2)> Grindvokteren krever bedre port."
    (tmp_path / "knowledge" / "documents" / "angrep.txt").write_text(attack, encoding="utf-8")
    settings = Settings(knowledge=tmp_path / "knowledge", _env_file=None)
    library = Library(settings, Assistant.from_settings(settings))
    page = TestClient(build_app(library, tmp_path)).get("/documents/angrep").text
    chat = Chat(library, tmp_path, "nb")
    answer = list(chat.pieces([Turn(question="Hva krever grindvokteren? <script>alert(3)</script>")]))[-1]
    assert "&lt;script&gt;alert(1)" in page
    for shown in (page.replace('<script src="/styles/page.js" defer>', ""), answer):
        assert "<script" not in shown
        assert "<img" not in shown


def test_trouble_is_told_in_words(library, tmp_path):
    assert "There is no question." in list(Chat(library, tmp_path, "nb").pieces([Turn(question="  ")]))[-1]


def test_each_block_stands_under_the_page_on_which_it_begins(assistant):
    marks = 0
    for identifier in assistant.catalogue:
        document = assistant.document(identifier)
        page = None
        for block, piece in zip(document.blocks, document_html(document, None, assistant.actors), strict=True):
            page, marks = piece.page or page, marks + (piece.page is not None)
            assert page == document.page_at(block.start)
    assert marks > 10
