"""What a new document says about itself: who wrote it, when, and what it is. Proposed, until somebody confirms it."""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.corpus.actors import Actors, Mentions
from assistant.corpus.cleaning import clean
from assistant.corpus.document import BlockKind
from assistant.corpus.file_info import FileInfo
from assistant.corpus.language import detect_language
from assistant.corpus.loading import Line
from assistant.corpus.numbers import find_dates

# How much of the beginning is letterhead and by-line, and of the end signature; and what is a line by itself.
_HEAD, _FOOT, _LINES, _SHORT = 1_200, 500, 12, 70
# The first of these that a document's beginning says tells its kind.
_KINDS = (
    ("consultation response", r"\bhøring|\bhøyring|\binnspill?\b|\binnspill?(?:s?dokument|snotat)"),
    ("speech", r"\b(?:innlegg|tale|foredrag) (?:til|på|for|ved|holdt|av)\b"),
    ("letter", r"\b(?:deres ref|vår ref|dykkar ref|svar på|(?:viser|syner) til (?:\w+ )?brev)"),
    ("news article", r"\bNTB\b|\b(?:publisert|oppdatert|journalist)\b"),
    ("report", r"\b(?:rapport|utredning|evaluering|undersøkelse)\b"),
)
_SIGNED = re.compile(r"\bmed (?:vennlig |venleg )?(?:hilsen|helsing)\b[\s,]*", re.IGNORECASE)
# "Høringsinnspill fra …", "v/Ann Kirsti Brustad", "Av Kari Nordmann"
_FROM = re.compile(
    r"\b\w*(?:innspill?|svar|uttalelse|fråsegn|høring|høyring)\s+(?:fra|frå)\b(?P<a>[^\n]*\n?[^\n]+)|\bv/\s?(?P<b>[^\n,]+)"
    r"|^(?:av|tekst)[:\s]+(?P<c>[A-ZÆØÅ][^\n,]{3,60})$",
    re.IGNORECASE | re.MULTILINE,
)
_REFERENCE = re.compile(r"\b(?:datert|av|innen|frist\w*)\s+\S*$", re.IGNORECASE)
_NAME = re.compile(r"[A-ZÆØÅ][a-zæøåéü]+(?:[ -][A-ZÆØÅ][a-zæøåéü]+){1,3}")
_LONGEST_TITLE = 160
_PRESS = "newspaper"


@dataclass(frozen=True)
class NewActor:
    """Somebody whom a document names as its author and whom actors.yaml doesn't have."""

    id: str
    name: str
    role: str = ""


@dataclass(frozen=True)
class Proposal:
    """What was found; a field that the text doesn't answer is empty.

    Attributes:
        author: id of a known actor, or of `new_actor`.
    """

    title: str = ""
    kind: str = ""
    date: datetime.date | None = None
    author: str = ""
    language: str = ""
    new_actor: NewActor | None = None


def propose(lines: list[Line], actors: Actors, info: FileInfo | None = None) -> Proposal:
    """Read title, kind, date, author and language off a document's own words, or, failing that, off its file."""
    info = info or FileInfo()
    canonical = clean(lines)
    text = canonical.text
    written = [" ".join(line.text.split()) for line in lines if line.text.strip()]
    head, foot = "\n".join(written)[:_HEAD], "\n".join(written)[-_FOOT:]
    alone = [line for line in (*written[:_LINES], *written[-_LINES:]) if len(line) <= _SHORT]
    headings = (b for b in canonical.blocks if b.kind in (BlockKind.HEADING, BlockKind.FRONT_MATTER))
    titles = (" ".join(text[b.start : b.end].split()) for b in headings)
    author, new = _author(head, foot, alone, actors)
    if not (author or new) and info.author:
        author, new = _author("", "", [], actors, said=info.author)
    return Proposal(
        title=next((title for title in titles if len(title) <= _LONGEST_TITLE), info.title),
        kind=_kind(head, foot, newspaper=actors[author].kind == _PRESS),
        date=next((day for line in alone for day in _dates(line)), info.date),
        author=author or (new.id if new else ""),
        language=detect_language(text),
        new_actor=new,
    )


def _dates(line: str) -> Iterator[datetime.date]:
    """The dates of a line that stands by itself, such as a date line; what is "datert" then is another document."""
    return find_dates(line) if not _REFERENCE.search(re.split(r"\d", line)[0]) else iter(())


def _kind(head: str, foot: str, *, newspaper: bool) -> str:
    if newspaper:
        return "news article"
    found = [(match.start(), kind) for kind, pattern in _KINDS if (match := re.search(pattern, head, re.IGNORECASE))]
    strong = [item for item in found if item[1] != "report"]
    if strong:
        return min(strong)[1]
    return "letter" if _SIGNED.search(foot) else found[0][1] if found else ""


def _author(head: str, foot: str, alone: Sequence[str], actors: Actors, said: str = "") -> tuple[str, NewActor | None]:
    """Who signs, is said to be the sender, or names the paper: a known actor's id, or a new actor."""
    mentions = Mentions(actors)
    signature = _SIGNED.split(foot)[-1] if _SIGNED.search(foot) else ""
    places = [said, signature, *(next(filter(None, match.groups())) for match in _FROM.finditer(head))]
    for words in filter(None, places):
        if known := mentions.find(words):
            return known[0].actor, None
        if name := _NAME.search(words):
            role = words[name.end() :].strip(" \n,").split("\n")[0][:60]
            return "", NewActor(re.sub(r"[^a-z]+", "-", name[0].lower()).strip("-"), name[0], role)
    # A masthead: a newspaper's name at the beginning of a line of its own.
    for line in alone:
        if (known := mentions.find(line)) and not known[0].start and actors[known[0].actor].kind == _PRESS:
            return known[0].actor, None
    return "", None
