"""The documents' page: what the collection holds, and, for an editor, adding, describing, removing and taking back."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from pydantic import BaseModel

from assistant.answers.library import Added, Library
from assistant.corpus.knowledge import SourceEntry
from assistant.corpus.loading import MAX_BYTES, SUFFIXES
from assistant.errors import AssistantError, FileError
from assistant.search.records import Entry
from assistant.texts import long_date, say
from assistant.web.editors import Editors
from assistant.web.language import preferred_language
from assistant.web.pages import page
from assistant.web.render import authors


@dataclass(frozen=True)
class _Row:
    """A document as the list shows it."""

    entry: Entry
    facts: tuple[str, ...]
    proposed: tuple[str, ...]


@dataclass(frozen=True)
class _Outcome:
    """What became of one file that was added."""

    name: str
    said: str
    document: str = ""


class _Description(BaseModel):
    """The fields of the form; what is wrong with them is told by the library."""

    title: str = ""
    kind: str = ""
    date: str = ""
    author: str = ""
    recipients: list[str] = []
    language: str = ""
    url: str = ""


def catalogue_routes(library: Library) -> APIRouter:
    """`/documents` and what can be done there."""
    router = APIRouter(include_in_schema=False)
    pages = _Pages(library, Editors(library.settings.editor_password))
    router.add_api_route("/documents", pages.documents, methods=["GET"], response_class=HTMLResponse)
    router.add_api_route("/documents/{identifier}/edit", pages.form, methods=["GET"], response_class=HTMLResponse)
    for path, change in (
        ("/login", pages.login),
        ("/logout", pages.logout),
        ("/documents", pages.add),
        ("/documents-reread", pages.reread),
        ("/documents/{identifier}/edit", pages.edit),
        ("/documents/{identifier}/remove", pages.remove),
        ("/documents/{identifier}/restore", pages.restore),
    ):
        router.add_api_route(path, change, methods=["POST"], response_model=None)
    return router


@dataclass(frozen=True)
class _Pages:
    """The pages over one library."""

    library: Library
    editors: Editors

    def documents(self, request: Request) -> Response:
        return self._listing(request)

    def login(self, request: Request, password: Annotated[str, Form(max_length=200)]) -> Response:
        wrong = say("wrong_password", preferred_language(request))
        return self.editors.let_in(password) or self._listing(request, 403, wrong)

    def logout(self, request: Request) -> Response:
        return self.editors.let_out(request)

    def add(self, request: Request, files: list[UploadFile]) -> Response:
        self.editors.require(request)
        language = preferred_language(request)
        outcomes = tuple(_added(self.library, file, language) for file in files)
        if "application/json" in request.headers.get("accept", ""):
            return JSONResponse([asdict(outcome) for outcome in outcomes])
        return self._listing(request, outcomes=outcomes)

    def reread(self, request: Request) -> Response:
        return self._changed(request, self.library.reread)

    def form(self, request: Request, identifier: str) -> Response:
        self.editors.require(request)
        language, assistant = preferred_language(request), self.library.assistant
        entry = assistant.catalogue.get(identifier)
        if entry is None:
            return page("missing.html", 404, language)
        return page(
            "edit.html",
            200,
            language,
            entry=entry,
            kinds=[kind for kind in get_args(SourceEntry.model_fields["kind"].annotation) if kind],
            actors=[(actor.id, actor.name) for actor in assistant.actors.values()],
            proposed=self.library.proposed(identifier),
        )

    def edit(self, request: Request, identifier: str, sent: Annotated[_Description, Form()]) -> Response:
        fields = sent.model_dump()
        return self._changed(request, self.library.edit, identifier, {**fields, "date": fields["date"] or None})

    def remove(self, request: Request, identifier: str) -> Response:
        return self._changed(request, self.library.remove, identifier)

    def restore(self, request: Request, identifier: str) -> Response:
        return self._changed(request, self.library.restore, identifier)

    def _listing(
        self, request: Request, status: int = 200, said: str = "", outcomes: tuple[_Outcome, ...] = ()
    ) -> Response:
        library, language = self.library, preferred_language(request)
        editor = self.editors.includes(request)
        return page(
            "documents.html",
            status,
            language,
            rows=[_row(library, entry, language) for entry in library.assistant.catalogue.values()],
            removed=library.removed() if editor else {},
            editor=editor,
            possible=self.editors.possible,
            suffixes=",".join(sorted(SUFFIXES)),
            said=said,
            outcomes=outcomes,
        )

    def _changed(self, request: Request, change: Callable[..., None], *values: Any) -> Response:
        """Make a change and show the list; what went wrong stands above it."""
        self.editors.require(request)
        try:
            change(*values)
        except AssistantError as error:
            return self._listing(request, 422, str(error))
        return RedirectResponse("/documents", 303)


def _row(library: Library, entry: Entry, language: str) -> _Row:
    known = entry.metadata
    facts = (
        authors([known.author], library.assistant.actors),
        say(known.kind, language) if known.kind else "",
        long_date(known.date, language) if known.date else say("undated", language),
        say("counted" if entry.pages else "counted_unpaged", language, pages=entry.pages, sentences=entry.sentences),
    )
    return _Row(entry, tuple(fact for fact in facts if fact), library.proposed(entry.id))


def _added(library: Library, file: UploadFile, language: str) -> _Outcome:
    name = file.filename or ""
    try:
        # One byte more than is allowed tells that there is too much, without reading the rest.
        content = file.file.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise FileError(f"{name} is larger than {MAX_BYTES // 1_000_000} MB.", "Split it, or save only its text.")
        added = library.add(name, content)
    except AssistantError as error:
        return _Outcome(name, str(error))
    return _Outcome(name, _told(added, language), added.document)


def _told(added: Added, language: str) -> str:
    found = say("added_proposed" if any(vars(added.proposal).values()) else "added", language)
    return f"{found} {say('nearly_the_same', language, title=added.twin)}" if added.twin else found
