"""The collection as a LangChain retriever, so that it drops into anyone's chain."""

from collections.abc import Callable

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from assistant.search.retrieval import Hit


class CollectionRetriever(BaseRetriever):
    """Passages as LangChain documents; their metadata says where each stands.

    Attributes:
        search: finds the best passages for a text and a number of them.
        limit: how many passages to return.
    """

    search: Callable[[str, int], list[Hit]]
    limit: int = 5

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [_as_langchain(hit) for hit in self.search(query, self.limit)]


def _as_langchain(hit: Hit) -> Document:
    known = hit.document.metadata
    return Document(
        page_content=hit.text,
        metadata={
            "document": hit.document.id,
            "title": known.title,
            "author": known.author,
            "date": known.date.isoformat() if known.date else "",
            "start": hit.passage.start,
            "end": hit.passage.end,
            "page": hit.document.page_at(hit.passage.start),
            "headings": list(hit.passage.headings),
            "score": hit.score,
        },
    )
