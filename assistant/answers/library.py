"""The collection as an editor keeps it: add, describe, remove, take back. The page and the command line share it."""

import glob
import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import Any

from assistant.answers.assistant import Assistant
from assistant.answers.opening import reopened
from assistant.corpus.document import Document
from assistant.corpus.file_info import file_info
from assistant.corpus.knowledge import Knowledge, SourceEntry, documents_folder
from assistant.corpus.loading import SUFFIXES, load
from assistant.corpus.proposals import Proposal, propose
from assistant.corpus.yaml_edits import drop_entry, put_entry
from assistant.errors import AssistantError, FileError, KnowledgeError
from assistant.search.norwegian import words
from assistant.search.records import Entry
from assistant.settings import Settings
from assistant.yaml_files import validated

_REMOVED = ".removed"
# Two texts that share this much of their runs of five words are nearly the same.
_NEARLY, _RUN = 0.5, 5
FIELDS = ("title", "kind", "date", "author", "recipients", "language", "url")


@dataclass(frozen=True)
class Added:
    """What became of one file.

    Attributes:
        document: its id.
        proposal: what it says about itself.
        twin: the title of a document that is nearly the same; empty if there is none.
    """

    document: str
    proposal: Proposal
    twin: str = ""


@dataclass
class Library:
    """A knowledge folder and the assistant that answers from it, which is a new one after every change."""

    settings: Settings
    assistant: Assistant
    _changing: Lock = field(default_factory=Lock)

    def add(self, name: str, content: bytes) -> Added:
        """Put a file among the documents, with what it says about itself as proposals.

        Raises:
            FileError: it can't be read, is there already, or another file has its name.
            KnowledgeError: the knowledge folder can't be written.
        """
        with self._changing:
            path = self._place_for(name, content)
            knowledge = Knowledge.open(self.settings.knowledge)
            try:
                proposal = propose(load(path), knowledge.actors, file_info(path))
                twin = self._twin(knowledge.read(path))
                self._describe(path, proposal)
            except AssistantError:
                path.unlink()
                raise
            self.assistant = reopen(self.assistant, self.settings)
            return Added(knowledge.identifier(path), proposal, twin)

    def edit(self, identifier: str, fields: Mapping[str, Any]) -> None:
        """Change what is known about a document; what an editor has written is no proposal any more.

        Raises:
            KnowledgeError: there is no such document in the knowledge folder, or a field can't be used.
        """
        with self._changing:
            entry = self._own(identifier)
            known = self._described(entry.metadata.file)
            changed = {**known, **{key: value for key, value in fields.items() if key in FIELDS}, "proposed": ()}
            validated(SourceEntry, changed, self._sources, None, ())
            put_entry(self._sources, entry.metadata.file, changed)
            self.assistant = reopen(self.assistant, self.settings)

    def remove(self, identifier: str) -> None:
        """Take a document out of the collection; its file and description are kept for `restore`.

        Raises:
            KnowledgeError: there is no such document in the knowledge folder.
        """
        with self._changing:
            entry = self._own(identifier)
            path = self._documents / entry.metadata.file
            kept = self.settings.knowledge / _REMOVED
            kept.mkdir(exist_ok=True)
            fields = self._described(entry.metadata.file)
            description = {"file": entry.metadata.file, "title": entry.metadata.title, "fields": fields}
            # In this order a crash in between loses nothing.
            (kept / f"{identifier}.json").write_text(json.dumps(description, default=str), encoding="utf-8")
            shutil.move(path, kept / f"{identifier}{path.suffix}")
            drop_entry(self._sources, entry.metadata.file)
            self.assistant = reopen(self.assistant, self.settings)

    def restore(self, identifier: str) -> None:
        """Put back a document that was removed.

        Raises:
            KnowledgeError: no such document was removed, or a file of its name is there again.
        """
        with self._changing:
            kept = self.settings.knowledge / _REMOVED
            about = kept / f"{identifier}.json"
            if identifier not in self.removed():
                raise KnowledgeError(f"No document {identifier} has been removed.", "See: assistant documents")
            description = json.loads(about.read_text(encoding="utf-8"))
            path = self._documents / description["file"]
            if path.exists():
                raise KnowledgeError(f"There is a file {path.name} again.", "Rename or remove it first.")
            shutil.move(kept / f"{identifier}{path.suffix}", path)
            if description["fields"]:
                fields = validated(SourceEntry, description["fields"], about, None, ())
                put_entry(self._sources, description["file"], fields.model_dump())
            about.unlink()
            self.assistant = reopen(self.assistant, self.settings)

    def reread(self) -> None:
        """Bring the collection in step with the files in the knowledge folder."""
        with self._changing:
            self.assistant = reopen(self.assistant, self.settings)

    def removed(self) -> dict[str, str]:
        """The titles of documents that can be restored, by id."""
        kept = (self.settings.knowledge / _REMOVED).glob("*.json")
        # A description without its file is of a removal that was broken off before anything was moved.
        found = sorted(path for path in kept if len(list(path.parent.glob(f"{glob.escape(path.stem)}.*"))) > 1)
        return {path.stem: json.loads(path.read_text(encoding="utf-8"))["title"] for path in found}

    def proposed(self, identifier: str) -> tuple[str, ...]:
        """Which fields of a document nobody has confirmed."""
        entry = self.assistant.catalogue.get(identifier)
        return tuple(self._described(entry.metadata.file).get("proposed", ())) if entry else ()

    @property
    def _documents(self) -> Path:
        return documents_folder(self.settings.knowledge)

    @property
    def _sources(self) -> Path:
        return self.settings.knowledge / "sources.yaml"

    def _described(self, file: str) -> dict[str, Any]:
        entry = Knowledge.open(self.settings.knowledge).sources.get(file)
        return entry.model_dump() if entry else {}

    def _own(self, identifier: str) -> Entry:
        """The document's entry, if its file lies in the knowledge folder."""
        entry = self.assistant.catalogue.get(identifier)
        if entry is None or not (self._documents / entry.metadata.file).is_file():
            raise KnowledgeError(
                f"There is no document {identifier} in {self.settings.knowledge}.", "See: assistant documents"
            )
        return entry

    def _place_for(self, name: str, content: bytes) -> Path:
        """Write the file among the documents under a safe name."""
        safe = re.sub(r"[^\w.() -]+", "-", Path(name.replace("\\", "/")).name).strip(" .-")
        if Path(safe).suffix.lower() not in SUFFIXES:
            raise FileError(f"{name} can't be read.", f"Documents are {', '.join(sorted(SUFFIXES))}.")
        path = self._documents / safe
        if path.exists():
            same = path.read_bytes() == content
            raise FileError(f"{safe} is there already{'' if same else ', with other words'}.", "Remove or rename it.")
        for entry in self.assistant.catalogue.values():
            other = self._documents / entry.metadata.file
            if other.is_file() and other.stat().st_size == len(content) and other.read_bytes() == content:
                raise FileError(f"{name} is the same file as {entry.metadata.file}.", "There is nothing to add.")
        path.write_bytes(content)
        return path

    def _describe(self, path: Path, proposal: Proposal) -> None:
        """Write what was proposed into sources.yaml and actors.yaml, marked as such."""
        fields = {key: getattr(proposal, key, "") for key in FIELDS}
        proposed = [key for key, value in fields.items() if value]
        file = path.relative_to(self._documents).as_posix()
        # An actor that people have described is never written over.
        if proposal.new_actor and proposal.new_actor.id not in self.assistant.actors:
            actor = {"name": proposal.new_actor.name, "kind": "person", "role": proposal.new_actor.role}
            put_entry(self.settings.knowledge / "actors.yaml", proposal.new_actor.id, {**actor, "proposed": True})
        put_entry(self._sources, file, {**fields, "proposed": proposed})

    def _twin(self, document: Document) -> str:
        """The title of a document with nearly the same words."""
        ours = _runs(document.text)
        first = document.text[:1_000]
        for identifier in dict.fromkeys(hit.document.id for hit in self.assistant.search(first, 10) if first.strip()):
            other = self.assistant.document(identifier)
            theirs = _runs(other.text) if other else set()
            if other and len(ours & theirs) > _NEARLY * min(len(ours), len(theirs)):
                return other.metadata.title
        return ""


def _runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + _RUN]) for i in range(len(found) - _RUN + 1)}


def reopen(assistant: Assistant, settings: Settings) -> Assistant:
    """The assistant after the files have changed, with the models that are loaded already."""
    parts = reopened(settings, assistant.retriever)
    return replace(assistant, retriever=parts.retriever, actors=parts.actors, lexicon=parts.lexicon)
