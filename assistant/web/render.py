"""Answers and documents as HTML. Whatever comes from documents or visitors is escaped here, and nowhere else."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from assistant.answers.answer import Answer, Quote
from assistant.answers.wording import also_line, group_title, others_line, searched_line, understood_line
from assistant.corpus.actors import Actors
from assistant.corpus.document import Block, BlockKind, Document, Manner
from assistant.corpus.markup import LINK, plain
from assistant.texts import say


def answer_html(answer: Answer, actors: Actors) -> list[str]:
    """The answer in pieces that can be shown one after the other: lead, groups of quotes, what was searched."""
    language = answer.understanding.language
    understood = understood_line(answer.understanding, actors)
    pieces = [f'<p class="understood">{escape(understood)}</p>'] if understood else []
    pieces.append(f'<p class="lead">{escape(answer.lead)}</p>')
    for actor, document, manner, members in answer.groups():
        title = escape(group_title(actor, document, manner, actors, language))
        cards = "".join(_card(number, quote, language) for number, quote in members)
        name = escape(document.metadata.title)
        pieces.append(
            f'<section class="group {manner.value}"><h3>{title}</h3><p class="document">{name}</p>{cards}</section>'
        )
    if answer.closest:
        cards = "".join(_card(0, quote, language) for quote in answer.closest)
        pieces.append(f'<section class="group closest"><h3>{escape(say("closest", language))}</h3>{cards}</section>')
    foot = [line for line in (others_line(answer, language), searched_line(answer, language)) if line]
    pieces.append("".join(f'<p class="searched">{escape(line)}</p>' for line in foot))
    return pieces


def _card(number: int, quote: Quote, language: str) -> str:
    """One quote with its page and the link to its place."""
    page = f"{escape(say('page', language, page=quote.page))} · " if quote.page else ""
    mark = f" [{number}]" if number else ""
    who = f'<span class="who">{escape(quote.actor.name)}: </span>' if not number and quote.actor.name else ""
    note = f'<p class="note">{escape(say("note", language, note=quote.note))}</p>' if quote.note else ""
    kind = "paraphrase" if quote.manner is Manner.REPORTED else "words"
    return (
        f'<blockquote class="quote {kind}">{who}<span class="said">{escape(quote.marked)}</span>{note}'
        f'<footer>{page}<a href="{escape(quote.address)}" target="_blank" rel="noopener">'
        f"{escape(say('show_source', language))}{mark}</a>{escape(also_line(quote, language))}</footer></blockquote>"
    )


@dataclass(frozen=True)
class Piece:
    """A block of a document, ready to show: its HTML tag, its HTML, and the page that begins in it, if one does."""

    tag: str
    html: str
    page: int | None


_TAGS = {BlockKind.HEADING: "h2", BlockKind.ITEM: "li", BlockKind.FOOTNOTE: "small"}


def document_html(document: Document, highlight: tuple[int, int] | None) -> list[Piece]:
    """The document's blocks in order, the highlighted span marked in those it touches."""
    pieces = []
    for block in document.blocks:
        pages = [n for n, at in enumerate(document.page_starts, start=1) if block.start <= at < block.end]
        tag = _TAGS.get(block.kind, "p")
        pieces.append(Piece(tag, _block_html(document, block, highlight), pages[0] if pages else None))
    return pieces


def _block_html(document: Document, block: Block, highlight: tuple[int, int] | None) -> str:
    start, end = highlight or (0, 0)
    start, end = max(start, block.start), min(end, block.end)
    if start >= end:
        return _linked(document.text[block.start : block.end])
    before, marked, after = (
        document.text[block.start : start],
        document.text[start:end],
        document.text[end : block.end],
    )
    anchor = ' id="quote"' if highlight and highlight[0] >= block.start else ""
    return f"{_linked(before)}<mark{anchor}>{_linked(marked)}</mark>{_linked(after)}"


def _linked(text: str) -> str:
    """Escaped text, a link's brackets and address left out."""
    return escape(plain(text)) if LINK.search(text) else escape(text)


def selected(document: Document, start: int | None, end: int | None) -> tuple[int, int] | None:
    """The span that an address asks for, or None if it lies outside the document."""
    if start is None or end is None or not 0 <= start < end <= len(document.text):
        return None
    return start, end


def authors(names: Sequence[str], actors: Actors) -> str:
    """Actors' names, separated by commas."""
    return ", ".join(actors[name].title for name in names if name)
