"""Opens a collection and brings it in step with its files."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout
from platformdirs import user_cache_path

from assistant.answers.writing.providers import open_chat_model
from assistant.answers.writing.writer import Writer
from assistant.corpus.actors import Actors
from assistant.corpus.knowledge import Knowledge
from assistant.errors import AssistantError, KnowledgeError, ModelError, SearchIndexError, SettingsError
from assistant.search.embedding import Encoder
from assistant.search.glossary import Glossary
from assistant.search.index import Index, drop
from assistant.search.indexing import Progress, Report, silent, sync
from assistant.search.lexicon import Lexicon
from assistant.search.projection import open_projection
from assistant.search.reader import Reader
from assistant.search.retrieval import Retriever
from assistant.settings import Settings

APPLICATION = "policy-assistant"


@dataclass(frozen=True)
class Parts:
    """What an assistant is made of, and what bringing its collection in step with the knowledge folder did."""

    retriever: Retriever
    actors: Actors
    lexicon: Lexicon
    report: Report
    writer: Writer | None = None


def open_parts(settings: Settings, progress: Progress = silent) -> Parts:
    """Open the collection, after bringing it in step with the knowledge folder.

    While another process is indexing, the collection is used as it is.

    Raises:
        KnowledgeError: the knowledge folder doesn't exist or its actors.yaml or synonyms.yaml is malformed.
        ModelError: the embedding model can't be loaded.
        SearchIndexError: the index can't be used.
    """
    encoder, index = open_index(settings, create=True)
    reader: Reader | None = None
    failed: list[AssistantError] = []
    if settings.reader:
        try:
            reader = Reader.load(encoder)
        except ModelError as error:
            # Everything works without it, so this is said once, with what else went wrong, and that is all.
            failed.append(error)
    writer: Writer | None = None
    if settings.chat_model:
        try:
            model = open_chat_model(settings)
            writer = Writer(model, settings.chat_seconds, settings.chat_context, settings.chat_translate)
        except SettingsError as error:
            failed.append(error)
    parts = reopened(settings, Retriever(index, encoder, reader), progress)
    return replace(parts, writer=writer, report=replace(parts.report, failed=(*parts.report.failed, *failed)))


def reopened(settings: Settings, retriever: Retriever, progress: Progress = silent) -> Parts:
    """The same collection and models, after bringing the collection in step with the knowledge folder.

    Raises:
        KnowledgeError: the knowledge folder doesn't exist or its actors.yaml or synonyms.yaml is malformed.
        SearchIndexError: the index can't be used.
    """
    knowledge = Knowledge.open(settings.knowledge)
    glossary = Glossary.load(settings.knowledge / "synonyms.yaml")
    index, encoder = retriever.index, retriever.encoder
    report = Report()
    try:
        with _lock(settings):
            report = sync(index, encoder, knowledge, _origin(settings.knowledge), progress)
    except Timeout:
        pass
    report = replace(report, failed=(*knowledge.problems, *knowledge.left_out(), *report.failed))
    projection = open_projection(settings.index_folder, index, encoder, glossary.english)
    return Parts(retriever, knowledge.actors, Lexicon(glossary, projection), report)


def index_paths(
    settings: Settings, paths: Sequence[Path], progress: Progress = silent, *, rebuild: bool = False
) -> Report:
    """Bring the collection in step with the knowledge folder, or with the given files and folders.

    Raises:
        KnowledgeError: the knowledge folder doesn't exist or its actors.yaml is malformed.
        SearchIndexError: the index can't be used, or another process is indexing.
    """
    sources: list[tuple[Knowledge, Path]] = []
    failed: list[AssistantError] = []
    if paths:
        actors = Actors.load(settings.knowledge / "actors.yaml")
        for path in paths:
            try:
                sources.append((Knowledge.of(path, actors), path))
            except AssistantError as error:
                failed.append(error)
    else:
        sources.append((Knowledge.open(settings.knowledge), settings.knowledge))
    if not sources:
        return Report(failed=tuple(failed))
    try:
        with _lock(settings):
            if rebuild:
                drop(settings.index_folder, settings.collection, settings.chroma_url)
            encoder, index = open_index(settings, create=True)
            report = Report(failed=tuple(failed))
            for knowledge, path in sources:
                done = sync(index, encoder, knowledge, _origin(path), progress)
                report = report.joined(replace(done, failed=(*knowledge.problems, *knowledge.left_out(), *done.failed)))
            return report
    except Timeout as error:
        raise SearchIndexError("Another run is indexing this collection.", "Wait until it has ended.") from error


def open_index(settings: Settings, *, create: bool) -> tuple[Encoder, Index]:
    """The embedding model and the collection.

    Raises:
        ModelError: the model can't be loaded.
        SearchIndexError: the collection doesn't exist and `create` is false, or can't be used.
    """
    encoder = Encoder.load(settings.embedding_model, user_cache_path(APPLICATION))
    index = Index.open(
        settings.index_folder, settings.collection, encoder, chroma_url=settings.chroma_url, create=create
    )
    return encoder, index


def _lock(settings: Settings) -> FileLock:
    try:
        settings.index_folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KnowledgeError(
            f"The folder {settings.index_folder} can't be made: {error.strerror}.", "Name another with ASSISTANT_INDEX."
        ) from error
    return FileLock(settings.index_folder / "indexing.lock", timeout=0)


def _origin(path: Path) -> str:
    return str(path.resolve())
