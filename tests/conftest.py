"""Real parts: the bundled model, Chroma and tantivy over the repository's own documents, opened once."""

from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.answers.library import Library
from assistant.corpus.knowledge import Knowledge
from assistant.search.embedding import Encoder

ROOT = Path(__file__).parent.parent
KNOWLEDGE = ROOT / "knowledge"


@pytest.fixture(scope="session")
def knowledge():
    return Knowledge.open(KNOWLEDGE)


@pytest.fixture(scope="session")
def documents(knowledge):
    return {path.name: knowledge.read(path) for path in knowledge.files()}


@pytest.fixture(scope="session")
def encoder():
    from platformdirs import user_cache_path

    return Encoder.load("bundled", user_cache_path("policy-assistant"))


@pytest.fixture(scope="session")
def settings(tmp_path_factory):
    return Settings(knowledge=KNOWLEDGE, index=tmp_path_factory.mktemp("index"), _env_file=None)


@pytest.fixture(scope="session")
def assistant(settings):
    return Assistant.from_settings(settings)


@pytest.fixture(scope="session")
def library(settings, assistant):
    return Library(settings, assistant)
