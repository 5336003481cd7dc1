"""The index: Chroma is the only truth, the keyword index a cache of it.

Two Chroma collections belong together. `<name>-passages` holds each passage's vector, its text and its sentences'
vectors under an id made of its content. `<name>-documents` holds each document's text and spans in one row that names
its passages' ids, so that a document changes in one step: new passages are added, then the row is replaced, then old
passages are deleted. Killed in between, the index answers with the old row or the new one; passages that no row names
are passed over by searches and swept up by the next run.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from assistant.corpus.document import Document
from assistant.errors import IndexMissingError, ModelMismatchError, SearchIndexError
from assistant.search.embedding import Encoder, PassageText, PassageVectors, Vectors
from assistant.search.keywords import KeywordIndex, Weights
from assistant.search.norwegian import VERSION
from assistant.search.records import (
    FORMAT,
    Entry,
    Record,
    document_of,
    entry_fields,
    entry_of,
    indexed_text,
    pack_vectors,
    passage_ids,
    record_json,
    record_of,
    unpack_vectors,
)

_SPACE = {"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200}}
_PAGE = 1_000
_RECORDS_IN_MEMORY = 256


class Index:
    """Documents and passages of one collection; opened by `Index.open`, filled by `indexing.sync`."""

    def __init__(
        self, client: Any, name: str, encoder_name: str, dimension: int, folder: Path, *, create: bool
    ) -> None:
        self.name = name
        self.dimension = dimension
        self._client = client
        made_with = {"model": encoder_name, "dimension": dimension, "format": FORMAT}
        self._passages = self._collection(f"{name}-passages", made_with, create=create)
        self._documents = self._collection(f"{name}-documents", made_with, create=create)
        self._keywords = KeywordIndex(folder / name / "passages")
        self._whole = KeywordIndex(folder / name / "documents")
        self._records: dict[str, Record] = {}
        self._lock = Lock()
        self._catalogue = self._read_catalogue()
        self._mend_keywords()

    @classmethod
    def open(cls, folder: Path, name: str, encoder: Encoder, *, chroma_url: str = "", create: bool = False) -> "Index":
        """Open the collection `name` in `folder`, or on a Chroma server.

        Raises:
            IndexMissingError: there is no such collection, and `create` is false.
            ModelMismatchError: the collection was made with another embedding model.
            SearchIndexError: Chroma can't be reached or opened.
        """
        client = _client(folder, chroma_url, create=create)
        return cls(client, name, encoder.name, encoder.dimension, folder / f"keywords-{VERSION}", create=create)

    def _collection(self, name: str, made_with: Mapping[str, Any], *, create: bool) -> Any:
        from chromadb.errors import NotFoundError

        try:
            collection = self._client.get_collection(name, embedding_function=None)
        except NotFoundError:
            if not create:
                raise IndexMissingError("Nothing has been indexed yet.", "Run: assistant index") from None
            return self._client.create_collection(
                name, metadata=dict(made_with), configuration=_SPACE, embedding_function=None
            )
        found = {key: (collection.metadata or {}).get(key) for key in made_with}
        if found == dict(made_with):
            return collection
        if found["format"] != made_with["format"]:
            raise SearchIndexError(
                "This index was made by another version of the assistant.",
                "Make it anew with: assistant index --rebuild",
            )
        raise ModelMismatchError(
            f"This index was made with the embedding model {found['model']} ({found['dimension']} numbers a vector), "
            f"but the settings name {made_with['model']} ({made_with['dimension']}).",
            "Set ASSISTANT_EMBEDDING_MODEL back, or make a new index with: assistant index --rebuild",
        )

    # What is there

    @property
    def catalogue(self) -> Mapping[str, Entry]:
        """Every document's entry by id."""
        return self._catalogue

    @property
    def passage_count(self) -> int:
        """How many passages the documents have together."""
        return sum(entry.passages for entry in self._catalogue.values())

    def document(self, identifier: str) -> Document | None:
        """A document with its text, or None if there is none of that id."""
        return record.document if (record := self.records([identifier]).get(identifier)) else None

    def records(self, identifiers: Iterable[str]) -> dict[str, Record]:
        """Documents with the ids of their passages; those that don't exist are left out."""
        wanted = list(dict.fromkeys(identifiers))
        with self._lock:
            found = {identifier: self._records[identifier] for identifier in wanted if identifier in self._records}
        for ids in _pages([identifier for identifier in wanted if identifier not in found]):
            page = self._documents.get(ids=ids, include=["metadatas", "documents"])
            for identifier, fields, value in zip(page["ids"], page["metadatas"], page["documents"], strict=True):
                found[identifier] = record_of(identifier, fields, value)
        self._remember(found)
        return found

    def _remember(self, records: Mapping[str, Record]) -> None:
        """Keep the records that were used last, so that they need not be read again; several threads may ask."""
        with self._lock:
            for identifier, record in records.items():
                self._records.pop(identifier, None)
                self._records[identifier] = record
            while len(self._records) > _RECORDS_IN_MEMORY:
                del self._records[next(iter(self._records))]

    def _read_catalogue(self) -> dict[str, Entry]:
        entries: dict[str, Entry] = {}
        for start in range(0, self._documents.count(), _PAGE):
            page = self._documents.get(limit=_PAGE, offset=start, include=["metadatas"])
            entries |= {i: entry_of(i, fields) for i, fields in zip(page["ids"], page["metadatas"], strict=True)}
        return dict(sorted(entries.items()))

    # Searching

    def nearest(self, vector: Vectors, limit: int, documents: Sequence[str] | None = None) -> dict[str, float]:
        """Cosine similarity by passage id, of the `limit` nearest passages (of the given documents), best first."""
        where = {"document": {"$in": list(documents)}} if documents is not None else None
        count = min(limit, self._passages.count())
        if not count or (documents is not None and not documents):
            return {}
        found = self._passages.query(
            query_embeddings=[vector.tolist()], n_results=count, where=where, include=["distances"]
        )
        return {i: 1.0 - distance for i, distance in zip(found["ids"][0], found["distances"][0], strict=True)}

    def matching(
        self, terms: Sequence[Weights], limit: int, documents: Sequence[str] | None = None
    ) -> dict[str, float]:
        """BM25 score by passage id, best first."""
        return self._keywords.search(terms, limit, documents)

    def matching_documents(
        self, terms: Sequence[Weights], limit: int, documents: Sequence[str] | None = None
    ) -> dict[str, float]:
        """BM25 score of the whole document by document id, best first."""
        return self._whole.search(terms, limit, documents)

    def knows(self, stem: str) -> bool:
        """Whether any passage has the stem."""
        return self._keywords.count(stem) > 0

    def rarity(self, stem: str) -> float:
        """The inverse document frequency of a stem among the passages."""
        return self._keywords.rarity(stem)

    def passages(self, identifiers: Sequence[str]) -> dict[str, Vectors]:
        """For each passage id its sentences' vectors, of shape (sentences, dimension)."""
        page = self._passages.get(ids=list(identifiers), include=["metadatas"])
        return {
            identifier: unpack_vectors(fields["sentences"], self.dimension)
            for identifier, fields in zip(page["ids"], page["metadatas"], strict=True)
        }

    # Changing

    def missing_passages(self, document: Document) -> dict[str, PassageText]:
        """The document's passages that have no vectors yet, by id."""
        texts = [indexed_text(document, passage) for passage in document.passages]
        wanted = dict(zip(passage_ids(document, texts), texts, strict=True))
        known = {i for page in _pages(list(wanted)) for i in self._passages.get(ids=page, include=[])["ids"]}
        return {identifier: text for identifier, text in wanted.items() if identifier not in known}

    def add_passages(self, passages: Mapping[str, tuple[PassageText, PassageVectors]]) -> None:
        """Add passages by id. Until `put` names them they are found by no search."""
        for page in _pages(list(passages)):
            rows = [passages[identifier] for identifier in page]
            self._passages.upsert(
                ids=page,
                embeddings=[vectors.passage for _, vectors in rows],
                documents=[text.text for text, _ in rows],
                metadatas=[
                    {"document": document_of(identifier), "sentences": pack_vectors(vectors.sentences)}
                    for identifier, (_, vectors) in zip(page, rows, strict=True)
                ],
            )
        self._keywords.update(((i, document_of(i), text.text) for i, (text, _) in passages.items()), ())

    def put(self, documents: Sequence[tuple[Document, str, str]]) -> None:
        """Add or replace documents, given with origin and fingerprint, whose passages have been added."""
        if not documents:
            return
        old = self.records(document.id for document, _, _ in documents)
        records, fields = {}, {}
        for document, origin, fingerprint in documents:
            ids = passage_ids(document, [indexed_text(document, passage) for passage in document.passages])
            records[document.id] = Record(document, ids)
            fields[document.id] = entry_fields(document, origin, fingerprint)
        self._documents.upsert(
            ids=list(records),
            embeddings=[[1.0]] * len(records),
            documents=[record_json(record) for record in records.values()],
            metadatas=list(fields.values()),
        )
        self._remember(records)
        self._catalogue = dict(sorted((self._catalogue | {i: entry_of(i, f) for i, f in fields.items()}).items()))
        current = {i for record in records.values() for i in record.passage_ids}
        self._delete_passages([i for record in old.values() for i in record.passage_ids if i not in current])
        self._whole.update(((i, i, _whole_text(r.document)) for i, r in records.items()), ())

    def _delete_passages(self, identifiers: Sequence[str]) -> None:
        for page in _pages(identifiers):
            self._passages.delete(ids=page)
        if identifiers:
            self._keywords.update((), identifiers)

    def remove(self, identifiers: Sequence[str]) -> None:
        """Remove documents and all their passages from both indexes."""
        if not identifiers:
            return
        passages = [i for record in self.records(identifiers).values() for i in record.passage_ids]
        for page in _pages(identifiers):
            self._documents.delete(ids=page)
        self._delete_passages(passages)
        self._whole.update((), identifiers)
        for identifier in identifiers:
            with self._lock:
                self._records.pop(identifier, None)
            self._catalogue.pop(identifier, None)

    def sweep(self) -> None:
        """Delete passages that no document names, left behind by a run that was killed."""
        if self._passages.count() == self.passage_count:
            return
        named: set[str] = set()
        identifiers = list(self._catalogue)
        for start in range(0, len(identifiers), _RECORDS_IN_MEMORY):
            page = self.records(identifiers[start : start + _RECORDS_IN_MEMORY])
            named |= {i for record in page.values() for i in record.passage_ids}
        self._delete_passages([i for i in self._passages.get(include=[])["ids"] if i not in named])

    def _mend_keywords(self) -> None:
        """Bring the keyword indexes in step with Chroma, if they were lost, damaged or left behind."""
        ids = set(self._passages.get(include=[])["ids"])
        known = self._keywords.ids()
        missing = sorted(ids - known)
        for missing_page in _pages(missing):
            page = self._passages.get(ids=missing_page, include=["documents", "metadatas"])
            rows = zip(page["ids"], page["metadatas"], page["documents"], strict=True)
            self._keywords.update(((i, fields["document"], text) for i, fields, text in rows), ())
        if known - ids:
            self._keywords.update((), known - ids)
        whole = self._whole.ids()
        lost = sorted(self._catalogue.keys() - whole)
        for start in range(0, len(lost), _RECORDS_IN_MEMORY):
            records = self.records(lost[start : start + _RECORDS_IN_MEMORY])
            self._whole.update(((i, i, _whole_text(record.document)) for i, record in records.items()), ())
        if whole - self._catalogue.keys():
            self._whole.update((), whole - self._catalogue.keys())


def _pages(identifiers: Sequence[str]) -> Iterator[list[str]]:
    """The ids in lots that Chroma takes at once."""
    for start in range(0, len(identifiers), _PAGE):
        yield list(identifiers[start : start + _PAGE])


def _whole_text(document: Document) -> str:
    return f"{document.metadata.title}\n{document.text}"


def _client(folder: Path, chroma_url: str, *, create: bool) -> Any:
    """A Chroma client with telemetry off, embedded in `folder` or connected to a server."""
    import chromadb
    from chromadb.config import Settings as ChromaSettings
    from chromadb.errors import ChromaError

    quiet = ChromaSettings(anonymized_telemetry=False)
    try:
        if chroma_url:
            address = urlsplit(chroma_url)
            secure = address.scheme == "https"
            port = address.port or (443 if secure else 8000)
            return chromadb.HttpClient(host=address.hostname or "localhost", port=port, ssl=secure, settings=quiet)
        if not create and not (folder / "chroma").is_dir():
            raise IndexMissingError("Nothing has been indexed yet.", "Run: assistant index")
        (folder / "chroma").mkdir(parents=True, exist_ok=True)
        return chromadb.PersistentClient(folder / "chroma", settings=quiet)
    except (ChromaError, ValueError, OSError, RuntimeError) as error:
        where = chroma_url or str(folder / "chroma")
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise SearchIndexError(
            f"Chroma can't be opened at {where}: {reason}.",
            "Start the server or check ASSISTANT_CHROMA_URL."
            if chroma_url
            else "Check that the folder can be written.",
        ) from error


def drop(folder: Path, name: str, chroma_url: str) -> None:
    """Drop a collection, so that the next run indexes everything with the model the settings name."""
    client = _client(folder, chroma_url, create=True)
    for collection in client.list_collections():
        if collection.name in (f"{name}-passages", f"{name}-documents"):
            client.delete_collection(collection.name)
