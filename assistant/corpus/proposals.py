"""What a new document says about itself: who wrote it, when, and what it is. Proposed, until somebody confirms it."""

import datetime
import re
from dataclasses import dataclass

from assistant.corpus.actors import Actors, Mentions
from assistant.corpus.cleaning import clean
from assistant.corpus.document import BlockKind
from assistant.corpus.language import detect_language
from assistant.corpus.loading import Line
from assistant.corpus.numbers import find_dates

# How much of the beginning is letterhead and by-line, and of the end signature.
_HEAD, _FOOT = 1_200, 500
_KINDS = (
    ("consultation response", r"\bhøring(?:ssvar|suttalelse|sinnspill|sfråsegn)|\bhøyring(?:ssvar|sinnspel|sfråsegn)|\binnspill? til\b"),
    ("speech", r"\b(?:innlegg|tale|foredrag) (?:til|på|for|ved|holdt)\b"),
    ("letter", r"\b(?:deres ref|vår ref|dykkar ref|svar på (?:spørsmål|brev)|med (?:vennlig )?hilsen|med (?:venleg )?helsing|viser til brev|syner til brev)\b"),
    ("news article", r"\((?:©|c)?\s?NTB\)|\b(?:publisert|oppdatert|foto|journalist)\b|^av [A-ZÆØÅ]\w+ [A-ZÆØÅ]\w+"),
    ("report", r"\b(?:rapport|utredning|evaluering|undersøkelse)\b"),
)  # fmt: skip
_SIGNED = re.compile(r"\bmed (?:vennlig |venleg )?(?:hilsen|helsing)\b[\s,]*", re.IGNORECASE)
_BY_LINE = re.compile(r"^(?:av|tekst|skrevet av|skrive av)[:\s]+(?P<name>[^\n,]{3,60})$", re.IGNORECASE | re.MULTILINE)
_NAME = re.compile(r"[A-ZÆØÅ][a-zæøåéü]+(?:[ -][A-ZÆØÅ][a-zæøåéü]+){1,3}")
_LONGEST_TITLE = 160


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


def propose(lines: list[Line], actors: Actors) -> Proposal:
    """Read title, kind, date, author and language off a document's own words."""
    canonical = clean(lines)
    text = canonical.text
    head, foot = text[:_HEAD], text[-_FOOT:] if len(text) > _HEAD else ""
    headings = (b for b in canonical.blocks if b.kind in (BlockKind.HEADING, BlockKind.FRONT_MATTER))
    titles = (text[b.start : b.end] for b in headings)
    author, new = _author(head, foot, actors)
    return Proposal(
        title=next((" ".join(title.split()) for title in titles if len(title) <= _LONGEST_TITLE), ""),
        kind=next((kind for kind, pattern in _KINDS if _says(pattern, head, foot)), ""),
        date=next(find_dates(head), next(find_dates(foot), None)),
        author=author or (new.id if new else ""),
        language=detect_language(text),
        new_actor=None if author else new,
    )


def _says(pattern: str, head: str, foot: str) -> bool:
    return bool(re.search(pattern, f"{head}\n{foot}", re.IGNORECASE | re.MULTILINE))


def _author(head: str, foot: str, actors: Actors) -> tuple[str, NewActor | None]:
    """Who signs, or is named in the by-line or the letterhead: a known actor's id, or a new actor."""
    mentions = Mentions(actors)
    signature = _SIGNED.split(foot)[-1] if _SIGNED.search(foot) else ""
    by_line = _BY_LINE.search(head)
    for words in (signature, by_line["name"] if by_line else "", head.split("\n\n")[0]):
        if known := mentions.find(words):
            return known[0].actor, None
        if words and words != head.split("\n\n")[0] and (name := _NAME.search(words)):
            role = words[name.end() :].strip(" \n,").split("\n")[0][:60]
            return "", NewActor(re.sub(r"[^a-z]+", "-", name[0].lower()).strip("-"), name[0], role)
    return "", None
