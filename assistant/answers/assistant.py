"""The assistant: a question in, an answer with quotes out."""

import datetime
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.answers.answer import Answer
from assistant.answers.courtesy import is_courtesy
from assistant.answers.followups import follow
from assistant.answers.inquiry import Inquiry
from assistant.answers.opening import open_parts
from assistant.answers.questions import Understanding, understand
from assistant.answers.wording import full_text
from assistant.answers.writing.writer import Writer
from assistant.corpus.actors import Actors, Mentions
from assistant.corpus.document import Document
from assistant.corpus.language import NB, detect_language
from assistant.search.index import Index
from assistant.search.indexing import Progress, Report, silent
from assistant.search.lexicon import Lexicon
from assistant.search.records import Entry
from assistant.search.retrieval import GLANCED, READ, Hit, Retriever
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever


@dataclass(frozen=True)
class Assistant:
    """Answers questions about one collection of documents.

    Built from ready parts; `from_settings` makes them. Safe to use from several threads.
    """

    retriever: Retriever
    actors: Actors
    lexicon: Lexicon
    quotes: int = 8
    writer: Writer | None = None
    today: Callable[[], datetime.date] = datetime.date.today

    @classmethod
    def from_settings(cls, settings: Settings, progress: Progress = silent) -> "Assistant":
        """Open the collection that the settings name, after bringing it in step with the knowledge folder.

        Args:
            settings: which documents, where the index lies, which model.
            progress: called with the number of files indexed and their total.

        Raises:
            KnowledgeError: the knowledge folder doesn't exist or its actors.yaml or synonyms.yaml is malformed.
            ModelError: the embedding model can't be loaded.
            SearchIndexError: the index can't be used.
        """
        assistant, _ = cls.open(settings, progress)
        return assistant

    @classmethod
    def open(cls, settings: Settings, progress: Progress = silent) -> "tuple[Assistant, Report]":
        """As `from_settings`, with a report of what bringing the collection in step did."""
        parts = open_parts(settings, progress)
        return cls(parts.retriever, parts.actors, parts.lexicon, settings.quotes, parts.writer), parts.report

    @property
    def index(self) -> Index:
        """The collection."""
        return self.retriever.index

    @property
    def catalogue(self) -> Mapping[str, Entry]:
        """Every document's entry by id."""
        return self.index.catalogue

    def document(self, identifier: str) -> Document | None:
        """A document of the collection, or None."""
        return self.index.document(identifier)

    def search(self, text: str, limit: int = 10) -> list[Hit]:
        """The passages that fit a text best, best first."""
        hits = self.retriever.search(self.lexicon.query(text, detect_language(text)), max(limit, READ + GLANCED))
        return self.retriever.read(text, hits)[:limit]

    def as_retriever(self, limit: int = 5) -> "BaseRetriever":
        """The collection as a LangChain retriever."""
        from assistant.search.langchain import CollectionRetriever

        return CollectionRetriever(search=self.search, limit=limit)

    def understand(self, question: str, language: str = "", earlier: Understanding | None = None) -> Understanding:
        """What the question asks for; see `ask`.

        Raises:
            QuestionError: it is empty or too long.
        """
        mentions = Mentions(self.actors)
        # A few words may tell no language: then it is that of the question before.
        language = language or detect_language(question, earlier.language if earlier else NB)
        asked = understand(question, self.actors, mentions, self.today(), language)
        return follow(asked, earlier, mentions) if earlier else asked

    def ask(self, question: str, language: str = "", earlier: Understanding | None = None) -> Answer:
        """Answer a question.

        Args:
            question: in Norwegian or English, at most 2,000 characters.
            language: "nb", "nn" or "en" for the words around the quotes; empty for the question's own.
            earlier: `Answer.understanding` of the question before in the same conversation. A follow-up ("Og hva sier
                NAPHA?") takes topic, actors and dates over from it, never its sources.

        Raises:
            QuestionError: the question is empty or too long.
        """
        return self.answer(self.understand(question, language, earlier))

    def answer(self, asked: Understanding) -> Answer:
        """Answer a question that has been understood."""
        *_, answer = self.stream(asked)
        return answer

    def stream(self, asked: Understanding) -> Iterator[Answer]:
        """The answer as it grows: its quotes at once, then, with a chat model, what is written over them."""
        started = time.perf_counter()
        found = Inquiry(self.retriever, self.actors, self.lexicon, self.quotes, asked).answer()
        answer = self._worded(replace(found, seconds=time.perf_counter() - started))
        yield answer
        if self.writer and answer.quotes:
            for written in self.writer.write(answer, self.actors, self.lexicon):
                yield self._worded(replace(answer, written=written))

    def _worded(self, answer: Answer) -> Answer:
        return replace(answer, text=full_text(answer, self.actors, answer.understanding.language))

    def condense(self, questions: Sequence[str]) -> str:
        """The last question of a conversation, put by the chat model so that it stands alone.

        Empty without a model, and where the question is best left as it is, as thanks are.
        """
        if self.writer is None or len(questions) < 2 or is_courtesy(questions[-1]):
            return ""
        return self.writer.condense(questions)
