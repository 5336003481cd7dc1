"""Texts that training questions were written about, searched as the product searches documents."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.corpus.document import Document
from assistant.search.glossary import Glossary
from assistant.search.lexicon import Lexicon
from assistant.search.retrieval import Query
from evals.benchmarks.data import Texts
from evals.benchmarks.running import Opened, open_collection, open_lexicon


@dataclass(frozen=True)
class Searchable:
    """Indexed texts."""

    texts: Texts
    opened: Opened
    lexicon: Lexicon

    @classmethod
    def open(
        cls, name: str, texts: Texts, workspace: Path, model: str, glossary: Glossary, *, reading: bool = False
    ) -> "Searchable":
        """Index the texts as collection `name` in `workspace`, or bring an earlier index up to date."""
        opened = open_collection(name, texts, workspace, model, reading=reading)
        return cls(texts, opened, open_lexicon(opened, workspace, glossary))

    def document(self, name: str) -> Document:
        """The text of that name."""
        document = self.opened.index.document(self.texts.identifier(Path(name)))
        assert document is not None
        return document

    def query(self, question: str, language: str, documents: Sequence[str] | None = None) -> Query:
        """The question, as the product asks it, of the texts with these ids or of all."""
        query = self.lexicon.query(question, language)
        return query if documents is None else replace(query, documents=tuple(documents))
