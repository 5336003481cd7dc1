"""The knowledge folder: documents, what is known about them, and who speaks in them."""

import datetime
import glob
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.corpus.actors import Actors
from assistant.corpus.cleaning import clean
from assistant.corpus.document import BlockKind, Document, Manner, Metadata, Voice
from assistant.corpus.language import detect_language
from assistant.corpus.loading import SUFFIXES, Line, load
from assistant.corpus.splitting import sentences_of, split_passages
from assistant.corpus.voices import with_voices
from assistant.errors import AssistantError, FileError, KnowledgeError
from assistant.yaml_files import read_yaml, validated

# Raised whenever the same file would become another document, so that an index made before is brought up to date.
FORMAT = 2
# What stands beside documents without being one, and how many files an error names.
_ABOUT_DOCUMENTS = frozenset({".yaml", ".yml"})
_NAMED = 5


class SourceEntry(BaseModel):
    """One entry of sources.yaml; the fields are explained at the top of that file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = ""
    kind: Literal["", "letter", "consultation response", "speech", "news article", "report", "other"] = ""
    date: datetime.date | None = None
    author: str = ""
    recipients: tuple[str, ...] = ()
    language: Literal["", "nb", "nn", "en"] = ""
    url: str = ""
    proposed: tuple[str, ...] = ()


def documents_folder(folder: Path) -> Path:
    """Where a knowledge folder's files lie: in `documents/`, or beside sources.yaml if there is no such folder."""
    return folder / "documents" if (folder / "documents").is_dir() else folder


@dataclass(frozen=True)
class Knowledge:
    """A folder of documents with its sources.yaml and actors.yaml, both optional.

    Attributes:
        documents: the folder that holds the files.
        problems: what was wrong with sources.yaml; the documents can be read nevertheless.
        only: the one file to read; None for all in the folder.
    """

    documents: Path
    sources: Mapping[str, SourceEntry] = field(default_factory=dict)
    actors: Actors = field(default_factory=Actors)
    problems: tuple[AssistantError, ...] = ()
    only: Path | None = None

    @classmethod
    def open(cls, folder: Path) -> "Knowledge":
        """Open a knowledge folder.

        Raises:
            KnowledgeError: the folder doesn't exist or actors.yaml is malformed.
        """
        if not folder.is_dir():
            raise KnowledgeError(
                f"There is no folder {folder}.", "Name another with ASSISTANT_KNOWLEDGE or --knowledge."
            )
        sources, problems = _read_sources(folder / "sources.yaml")
        return cls(documents_folder(folder), sources, Actors.load(folder / "actors.yaml"), problems)

    @classmethod
    def of(cls, path: Path, actors: Actors) -> "Knowledge":
        """A file, or a folder that needs no sources.yaml, with the actors of another knowledge folder.

        Raises:
            FileError: there is nothing at that path.
        """
        if not path.exists():
            raise FileError(f"There is no file or folder {path}.", "Check the path.")
        folder = path if path.is_dir() else path.parent
        sources, problems = _read_sources(folder / "sources.yaml") if (folder / "sources.yaml").exists() else ({}, ())
        return cls(folder, sources, actors, problems, None if path.is_dir() else path)

    def files(self) -> list[Path]:
        """The documents' files in order of their names, hidden ones left out."""
        if self.only:
            return [self.only]
        return [path for path in self._visible() if path.suffix.lower() in SUFFIXES]

    def left_out(self) -> tuple[FileError, ...]:
        """One error that names the files in the folder whose kind can't be read; none if there are none."""
        others = [p.name for p in self._visible() if p.suffix.lower() not in SUFFIXES | _ABOUT_DOCUMENTS]
        if self.only or not others:
            return ()
        named = ", ".join(others[:_NAMED]) + (f" and {len(others) - _NAMED} more" if len(others) > _NAMED else "")
        kinds = ", ".join(sorted(SUFFIXES))
        return (FileError(f"Left out, since such files can't be read: {named}.", f"Documents are {kinds}."),)

    def _visible(self) -> list[Path]:
        """All files in order of their names, hidden ones left out."""
        hidden = re.compile(r"(^|/)[.~]")
        found = (path for path in self.documents.rglob("*") if path.is_file())
        return sorted(path for path in found if not hidden.search(path.relative_to(self.documents).as_posix()))

    def name_of(self, path: Path) -> str:
        """The path relative to the documents' folder, as sources.yaml names it."""
        return path.relative_to(self.documents).as_posix() if path.is_relative_to(self.documents) else path.name

    def identifier(self, path: Path) -> str:
        """The document's id: the file's name, with its suffix where two files share the rest of it."""
        identifier = document_id(self.name_of(path))
        twins = (other for other in path.parent.glob(f"{glob.escape(path.stem)}.*") if other.suffix.lower() in SUFFIXES)
        return identifier if path == min(twins, default=path) else f"{identifier}-{path.suffix[1:].lower()}"

    def fingerprint(self, path: Path) -> str:
        """Two hashes, of the file and of all else that makes the document: entry, actors, and the way files are read.

        Raises:
            FileError: the file can't be read.
        """
        entry = self.sources.get(self.name_of(path), SourceEntry())
        try:
            content = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            raise FileError(
                f"{path.name} can't be read: {error.strerror}.", "Check its path and permissions."
            ) from error
        known = json.dumps((FORMAT, entry.model_dump_json(), repr(self.actors.by_id)))
        return content + hashlib.sha256(known.encode()).hexdigest()

    def is_doubtful(self, path: Path) -> bool:
        """Whether sources.yaml may say something about the file that could not be read."""
        return bool(self.problems) and self.name_of(path) not in self.sources

    def read(self, path: Path) -> Document:
        """The file as a document.

        Raises:
            FileError: it can't become one.
        """
        name = self.name_of(path)
        document = build_document(load(path), self.identifier(path), name, self.sources.get(name, SourceEntry()))
        return with_voices(document, self.actors)


def build_document(lines: Iterable[Line], identifier: str, file: str, entry: SourceEntry) -> Document:
    """A document from a file's lines and what sources.yaml says about it."""
    canonical = clean(list(lines))
    text, blocks = canonical.text, canonical.blocks
    headings = (text[b.start : b.end] for b in blocks if b.kind in (BlockKind.HEADING, BlockKind.FRONT_MATTER))
    metadata = Metadata(
        title=entry.title or next(headings, "") or Path(file).stem,
        file=file,
        kind=entry.kind,
        date=entry.date,
        author=entry.author,
        recipients=entry.recipients,
        language=entry.language or detect_language(text),
        url=entry.url,
    )
    sentences = sentences_of(text, blocks, Voice(Manner.OWN, entry.author))
    passages = split_passages(text, blocks, sentences)
    return Document(identifier, metadata, text, canonical.page_starts, blocks, sentences, passages)


_TRANSLITERATION = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ä": "a", "ö": "o"})


def document_id(name: str) -> str:
    """The file's name as an id that is safe in an address: "Høring om X.pdf" → "horing-om-x"."""
    stem = name.rsplit(".", maxsplit=1)[0].lower().translate(_TRANSLITERATION)
    return re.sub(r"[^a-z0-9]+", "-", stem).strip("-") or hashlib.sha256(name.encode()).hexdigest()[:12]


def _read_sources(path: Path) -> tuple[dict[str, SourceEntry], tuple[AssistantError, ...]]:
    """The entries that can be read, and what is wrong with the others."""
    if not path.exists():
        missing = KnowledgeError(
            f"There is no {path}; documents go without date and author.", "Add one: see README, Documents."
        )
        return {}, (missing,)
    try:
        value, node = read_yaml(path)
    except KnowledgeError as error:
        return {}, (error,)
    if not isinstance(value, dict):
        return {}, (KnowledgeError(f"{path} lists no documents.", "Each is a file name followed by its fields."),)
    entries: dict[str, SourceEntry] = {}
    problems: list[AssistantError] = []
    for key, entry in value.items():
        try:
            entries[str(key)] = validated(SourceEntry, entry or {}, path, node, (str(key),))
        except KnowledgeError as error:
            problems.append(error)
    return entries, tuple(problems)
