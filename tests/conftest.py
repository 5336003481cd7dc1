"""Real parts: the bundled model, Chroma and tantivy over the repository's own documents, opened once."""

from pathlib import Path

import pytest

from assistant import Assistant, Settings
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
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("index")
    return Assistant.from_settings(Settings(knowledge=KNOWLEDGE, index=folder, _env_file=None))
