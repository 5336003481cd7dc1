"""Brings an index in step with files: what is new is added, what changed replaced, what is gone removed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from assistant.corpus.document import Document
from assistant.errors import AssistantError, FileError
from assistant.search.embedding import Encoder
from assistant.search.index import Index
from assistant.search.records import Entry

# Passages of documents that are read together: enough to sort by length well, since a batch is as slow as its longest.
# And passages embedded and stored together: many, since each storing costs a commit. A thread that stores while the
# next are embedded takes from the embedding more than it saves: both cores are busy anyway.
LOT, SLICE = 1_024, 1_024

Progress = Callable[[int, int], None]


class Source(Protocol):
    """Where documents come from; `corpus.Knowledge` is one."""

    def files(self) -> list[Path]: ...
    def identifier(self, path: Path) -> str: ...
    def fingerprint(self, path: Path) -> str: ...
    def is_doubtful(self, path: Path) -> bool: ...
    def read(self, path: Path) -> Document: ...


@dataclass(frozen=True)
class Report:
    """What a run did.

    Attributes:
        unchanged, added, changed, removed: ids of documents.
        failed: what went wrong with single files; everything else was indexed nevertheless.
        embedded: how many passages went through the embedding model.
    """

    unchanged: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[AssistantError, ...] = ()
    embedded: int = 0

    def joined(self, other: "Report") -> "Report":
        """Both runs as one."""
        return Report(
            (*self.unchanged, *other.unchanged),
            (*self.added, *other.added),
            (*self.changed, *other.changed),
            (*self.removed, *other.removed),
            (*self.failed, *other.failed),
            self.embedded + other.embedded,
        )


def silent(done: int, total: int) -> None:
    """Progress that nobody watches."""


def sync(index: Index, encoder: Encoder, source: Source, origin: str, progress: Progress = silent) -> Report:
    """Make the index hold what `source` has. Documents that came from another origin are left alone.

    Args:
        index: what to change.
        encoder: what the index was opened with.
        source: where the documents come from.
        origin: the folder or file that `source` reads, as it is remembered in the index.
        progress: called with the number of files done and their total, once for each lot of files that had to be read.
    """
    report = Report()
    files = source.files()
    done = 0
    if any(source.identifier(path) not in index.catalogue for path in files):
        progress(0, len(files))
    for batch in _batches(_pending(index, source, files, origin)):
        fresh = [item for item in batch if isinstance(item, _Fresh)]
        embedded = _store(index, encoder, fresh, origin)
        report = report.joined(
            Report(
                unchanged=tuple(item.id for item in batch if isinstance(item, Entry)),
                added=tuple(item.document.id for item in fresh if item.is_new),
                changed=tuple(item.document.id for item in fresh if not item.is_new),
                failed=tuple(item for item in batch if isinstance(item, AssistantError)),
                embedded=embedded,
            )
        )
        done += len(batch)
        if fresh:
            progress(done, len(files))
    # A file that can't be read today may be readable tomorrow; only what is gone from the folder is removed.
    present = {source.identifier(path) for path in files}
    gone = tuple(i for i, entry in index.catalogue.items() if entry.origin == origin and i not in present)
    index.remove(gone)
    index.sweep()
    return replace(report, removed=gone)


@dataclass(frozen=True)
class _Fresh:
    """A document that is new or changed."""

    document: Document
    fingerprint: str
    is_new: bool


_Item = _Fresh | Entry | AssistantError


def _pending(index: Index, source: Source, files: Sequence[Path], origin: str) -> Iterator[_Item]:
    for path in files:
        try:
            yield _item(index, source, path, origin)
        except AssistantError as error:
            yield error


def _item(index: Index, source: Source, path: Path, origin: str) -> _Item:
    identifier, fingerprint = source.identifier(path), source.fingerprint(path)
    entry = index.catalogue.get(identifier)
    if entry is None:
        return _Fresh(source.read(path), fingerprint, is_new=True)
    if entry.origin != origin:
        raise FileError(
            f"{path.name} has the same name as {entry.metadata.file} from {entry.origin}.", "Rename one of the two."
        )
    # Where sources.yaml can't be read, what it once said is kept rather than lost.
    doubtful = source.is_doubtful(path)
    if entry.fingerprint == fingerprint or (doubtful and entry.fingerprint[:64] == fingerprint[:64]):
        return entry
    document = source.read(path)
    return _Fresh(document.with_metadata(entry.metadata) if doubtful else document, fingerprint, is_new=False)


def _batches(items: Iterator[_Item]) -> Iterator[list[_Item]]:
    batch: list[_Item] = []
    passages = 0
    for item in items:
        batch.append(item)
        passages += len(item.document.passages) if isinstance(item, _Fresh) else 0
        if passages >= LOT:
            yield batch
            batch, passages = [], 0
    if batch:
        yield batch


def _store(index: Index, encoder: Encoder, fresh: Sequence[_Fresh], origin: str) -> int:
    """Put documents into the index and return how many passages had to be embedded for it."""
    missing = [item for f in fresh for item in index.missing_passages(f.document).items()]
    missing.sort(key=lambda item: len(item[1].text))
    for start in range(0, len(missing), SLICE):
        part = missing[start : start + SLICE]
        vectors = encoder.embed_passages([text for _, text in part])
        index.add_passages({i: (text, vector) for (i, text), vector in zip(part, vectors, strict=True)})
    index.put([(f.document, origin, f.fingerprint) for f in fresh])
    return len(missing)
