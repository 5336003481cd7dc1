"""What every benchmark needs: a collection of its own, and a way to report figures."""

from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path
from rich.progress import Progress

from assistant.search.embedding import Encoder
from assistant.search.glossary import Glossary
from assistant.search.index import Index
from assistant.search.indexing import sync
from assistant.search.lexicon import Lexicon
from assistant.search.projection import open_projection
from assistant.search.reader import Reader
from assistant.search.retrieval import Retriever
from evals.benchmarks.data import Texts
from evals.statistics import Estimate


@dataclass(frozen=True)
class Measured:
    """One figure of one benchmark.

    Attributes:
        corpus: a short hash of the documents it was measured on.
        seconds: how long the questions took together.
    """

    benchmark: str
    metric: str
    value: Estimate | None
    corpus: str
    seconds: float


@dataclass(frozen=True)
class Opened:
    """A benchmark's collection, indexed and ready to search."""

    index: Index
    retriever: Retriever


def open_collection(name: str, texts: Texts, workspace: Path, model: str, *, reading: bool = False) -> Opened:
    """Index the texts in `workspace`, or bring an earlier index up to date, with a progress bar.

    Args:
        name: of the collection.
        texts: what it holds.
        workspace: the folder of the index.
        model: the embedding model.
        reading: whether what is found is read by the reader.

    Raises:
        ModelError: the reader is wanted and can't be loaded.
    """
    encoder = Encoder.load(model, user_cache_path("policy-assistant"))
    index = Index.open(workspace, name, encoder, create=True)
    with Progress(transient=True) as progress:
        task = progress.add_task(f"Indexing {name}", total=len(texts.texts))
        sync(index, encoder, texts, name, lambda done, total: progress.update(task, completed=done, total=total))
    reader = Reader.load(encoder) if reading else None
    return Opened(index, Retriever(index, encoder, reader))


def open_lexicon(opened: Opened, workspace: Path, glossary: Glossary | None = None) -> Lexicon:
    """The collection's words, with a glossary if the benchmark's field has one."""
    known = glossary or Glossary()
    return Lexicon(known, open_projection(workspace, opened.index, opened.retriever.encoder, known.english))
