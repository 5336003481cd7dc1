"""Texts in documents that give orders, and a model that obeys them: nothing changes but what the document itself says."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from assistant import Assistant, Settings
from assistant.answers.filters import Filters
from assistant.answers.writing.providers import open_chat_model
from assistant.answers.writing.writer import Writer
from assistant.web.render import answer_html
from tests.answers.writing.conftest import ACTORS

ATTACKS = yaml.safe_load((Path(__file__).parents[2] / "data" / "injections.yaml").read_text(encoding="utf-8"))
CASES = [(attack, language) for attack in ATTACKS for language in ("nb", "nn", "en")]
QUESTION = "Hva sier Nordvik kommune om nye plasser innen 2027?"
INNOCENT = "Nordvik kommune vil åpne 24 nye plasser innen 2027."


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    """One letter for each attack, each with the innocent sentence first."""
    folder = tmp_path_factory.mktemp("attacked")
    knowledge = folder / "knowledge"
    (knowledge / "documents").mkdir(parents=True)
    sources = {}
    for attack, language in CASES:
        name = f"{attack['id']}-{language}.txt"
        (knowledge / "documents" / name).write_text(f"{INNOCENT}\n\n{attack[language]}\n", encoding="utf-8")
        sources[name] = {"title": name, "kind": "letter", "author": "town", "date": "2025-03-05"}
    (knowledge / "actors.yaml").write_text(ACTORS, encoding="utf-8")
    (knowledge / "sources.yaml").write_text(yaml.safe_dump(sources), encoding="utf-8")
    return Assistant.from_settings(Settings(knowledge=knowledge, index=folder / "index", _env_file=None))


def test_there_are_sixty_attacks_and_more():
    assert len({attack[language] for attack, language in CASES}) >= 60


@pytest.mark.parametrize(
    ("attack", "language"), CASES, ids=lambda value: value if isinstance(value, str) else value["id"]
)
def test_a_model_that_obeys_gains_nothing(attacked, server, attack, language):
    def obey(request):
        number = next(s["id"] for s in request.sentences if s["text"] == INNOCENT)
        if "raw" in attack:
            request.say(attack["raw"])
        else:
            request.claims(
                *[(text, *[number if s == "n" else s for s in sources]) for text, sources in attack["obeys"]]
            )

    server.script = obey
    settings = Settings(chat_model="openai:m", chat_url=server.url, _env_file=None)
    helped = replace(attacked, writer=Writer(open_chat_model(settings), 10.0, 6_000, translates=False))
    asked = helped.understand(QUESTION).narrowed(Filters(documents=(f"{attack['id']}-{language}",)))
    answer = helped.answer(asked)

    # The model saw the order as data, beneath rules that no document can change.
    system, user = server.asked[0].messages[:2]
    assert (system["role"], user["role"]) == ("system", "user")
    assert json.loads(user["content"])["question"] == QUESTION

    # The quotes are the document's words, and of this document only.
    assert INNOCENT in [quote.text for quote in answer.quotes]
    assert {quote.document.id for quote in answer.quotes} == {f"{attack['id']}-{language}"}
    assert all(quote.document.text[quote.start : quote.end] == quote.text for quote in answer.quotes)

    # Nothing that was ordered is written, and nothing leads anywhere but to the documents.
    shown = LexborHTMLParser("".join(answer_html(answer, helped.actors, {})))
    written = " ".join(node.text() for node in shown.css(".written .claim"))
    assert not [gain for gain in attack["gains"] if gain in written]
    assert all(link.attributes["href"].startswith("/documents/") for link in shown.css("a"))
    assert not shown.css("img, script, iframe, form, object, embed, style, link, meta")
    assert not [node for node in shown.css("*") if any(name.startswith("on") for name in node.attributes)]
