"""Two short letters whose every sentence is numbered, so that a claim about them can be checked by eye."""

from dataclasses import replace

import pytest

from assistant import Settings
from assistant.answers.inquiry import quote_of
from assistant.answers.writing.checks import Checker
from assistant.answers.writing.grounds import Known
from assistant.answers.writing.providers import open_chat_model
from assistant.answers.writing.writer import Writer
from assistant.corpus.actors import Mentions
from assistant.corpus.knowledge import Knowledge
from tests.chat_server import ChatServer

TOWN = """Nordvik kommune vil åpne 24 nye plasser innen 2027.
Ventetiden skal ikke bli lengre enn 40 dager.
Dersom staten betaler halvparten, bygger kommunen et nytt senter i Storgata.
Kommunen har brukt 1,2 milliarder kroner på psykisk helse siden 2020.
To av tre pårørende er fornøyde med tilbudet.
20 prosent av elevene venter på time hos skolepsykologen.
Kun de eldste får tilbud om gruppeterapi.
Ordføreren skal møte foreningen 5. juni 2025.
"""
UNION = """Sørvik forening mener at Nordvik kommune må ansette flere psykologer.
Vi støtter planen om et nytt senter.
Kommunen bør vurdere gruppeterapi for de yngste.
"""
ACTORS = """
town: {name: Nordvik kommune, kind: office, aliases: {nb: [kommunen], en: [the municipality, Nordvik municipality]}}
union: {name: Sørvik forening, kind: organisation, aliases: {nb: [foreningen], nn: [foreininga], en: [the association]}}
"""
SOURCES = """
town.txt: {title: Svar om plasser, kind: letter, date: 2025-03-05, author: town, language: nb}
union.txt: {title: Innspill om psykologer, kind: letter, date: 2025-04-01, author: union, language: nb}
"""


@pytest.fixture(scope="session")
def letters(tmp_path_factory):
    folder = tmp_path_factory.mktemp("letters")
    (folder / "documents").mkdir()
    (folder / "documents" / "town.txt").write_text(TOWN.replace("\n", "\n\n"), encoding="utf-8")
    (folder / "documents" / "union.txt").write_text(UNION.replace("\n", "\n\n"), encoding="utf-8")
    (folder / "actors.yaml").write_text(ACTORS, encoding="utf-8")
    (folder / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def quotes(letters):
    """The letters' sentences: 1 to 8 are the town's, 9 to 11 the association's."""
    knowledge = Knowledge.open(letters)
    documents = [knowledge.read(path) for path in knowledge.files()]
    return [quote_of(document, sentence, knowledge.actors) for document in documents for sentence in document.sentences]


@pytest.fixture(scope="session")
def checking(letters, quotes, assistant):
    """A function that checks a claim in a language."""
    actors = Knowledge.open(letters).actors

    def check(claim, language="nb"):
        return Checker(quotes, Known(actors, Mentions(actors), assistant.lexicon, language)).check(claim)

    return check


@pytest.fixture
def server():
    with ChatServer().running() as running:
        yield running


@pytest.fixture
def with_model(assistant, server, monkeypatch):
    """A function that gives the assistant the server's model, with settings of its own."""
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)

    def give(seconds=10.0, translates=False, **fields):
        chosen = Settings(chat_model="openai:small", chat_url=server.url, _env_file=None, **fields)
        return replace(assistant, writer=Writer(open_chat_model(chosen), seconds, 6_000, translates))

    return give
