"""Answers and documents as HTML. Whatever comes from documents or visitors is escaped here, and nowhere else."""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from assistant.answers.answer import Answer
from assistant.answers.quote import Quote
from assistant.answers.wording import (
    also_line,
    citation,
    dropped_line,
    filters_line,
    group_title,
    others_line,
    searched_line,
    understood_line,
    written_notes,
)
from assistant.answers.writing.written import Written
from assistant.corpus.actors import Actors
from assistant.corpus.document import Block, BlockKind, Document, Manner, Sentence
from assistant.corpus.markup import LINK, plain
from assistant.texts import say


def answer_html(answer: Answer, actors: Actors, titles: Mapping[str, str]) -> list[str]:
    """The answer in pieces that can be shown one after the other: lead, groups of quotes, what was searched.

    Args:
        answer: what to show.
        actors: for their names.
        titles: the documents' titles by id.
    """
    language = answer.understanding.language
    shown = _Shown(answer, actors, language)
    filters = answer.understanding.filters
    named = [titles.get(identifier, identifier) for identifier in filters.documents]
    above = [understood_line(answer.understanding, actors), filters_line(filters, actors, named, language)]
    pieces = [f'<p class="understood">{escape(line)}</p>' for line in above if line]
    pieces.append(f'<p class="lead">{escape(answer.lead)}</p>')
    if answer.written:
        pieces.append(shown.written(answer.written))
    for actor, document, manner, members in answer.groups():
        title = escape(group_title(actor, document, manner, actors, language))
        cards = "".join(shown.card(number, quote) for number, quote in members)
        name = escape(document.metadata.title)
        pieces.append(
            f'<section class="group {manner.value}"><h3>{title}</h3><p class="document">{name}</p>{cards}</section>'
        )
    if answer.closest:
        cards = "".join(shown.card(0, quote) for quote in answer.closest)
        pieces.append(f'<section class="group closest"><h3>{escape(say("closest", language))}</h3>{cards}</section>')
    foot = [line for line in (others_line(answer, language), searched_line(answer, language)) if line]
    pieces.append("".join(f'<p class="searched">{escape(line)}</p>' for line in foot))
    return pieces


@dataclass(frozen=True)
class _Shown:
    """An answer that is being shown."""

    answer: Answer
    actors: Actors
    language: str

    def written(self, written: Written) -> str:
        """What the chat model wrote, each claim with its sources, and what was left out of it."""
        language = self.language
        parts = []
        if written.claims:
            parts.append(f'<p class="by">{escape(say("written_by", language, model=written.model))}</p>')
        for checked in written.claims:
            marks = " ".join(self._mark(number) for number in checked.sources)
            parts.append(f'<p class="claim">{escape(checked.shown)} <span class="marks">{marks}</span></p>')
        if not written.finished:
            parts.append(f'<p class="by">{escape(say("writing", language))}</p>')
        else:
            parts += [f'<p class="note">{escape(note)}</p>' for note in written_notes(written, language)]
        if written.finished and written.dropped:
            reasons = "".join(f"<li>{escape(dropped_line(checked, language))}</li>" for checked in written.dropped)
            summary = escape(say("why_dropped", language))
            parts.append(f"<details><summary>{summary}</summary><ul>{reasons}</ul></details>")
        return f'<section class="written" aria-live="polite">{"".join(parts)}</section>'

    def _mark(self, number: int) -> str:
        """The number of a quote, leading to its place in its document."""
        quote = self.answer.quotes[number - 1]
        address = escape(reading_address(quote, self.answer.quotes))
        name = escape(f"{quote.actor.title}: {quote.document.metadata.title}")
        return f'<a href="{address}" target="_blank" rel="noopener" title="{name}">[{number}]</a>'

    def _translation(self, number: int) -> str:
        written = self.answer.written
        if not written or number not in written.translations:
            return ""
        text = say("translation", self.language, model=written.model, text=written.translations[number])
        return f'<p class="translation">{escape(text)}</p>'

    def card(self, number: int, quote: Quote) -> str:
        """One quote with its page, the link to its place, and what copies it; numbered unless the number is 0."""
        language = self.language
        page = f"<span>{escape(say('page', language, page=quote.page))}</span>" if quote.page else ""
        mark = f" [{number}]" if number else ""
        who = f'<span class="who">{escape(quote.actor.name)}: </span>' if not number and quote.actor.name else ""
        note = (
            f'<p class="note">{escape(say("note", language, note=say(quote.note, language)))}</p>' if quote.note else ""
        )
        kind = "paraphrase" if quote.manner is Manner.REPORTED else "words"
        address = escape(reading_address(quote, self.answer.quotes))
        source = f'<a href="{address}" target="_blank" rel="noopener">{escape(say("show_source", language))}{mark}</a>'
        cited = escape(citation(quote, self.actors, language))
        copies = "".join(
            f'<button type="button" data-copy="{text}" data-address="{escape(quote.address)}" '
            f'data-done="{escape(say("copied", language))}">{escape(say(label, language))}</button>'
            for label, text in (("copy_quote", cited), ("copy_link", ""))
        )
        also = escape(also_line(quote, language))
        return (
            f'<blockquote class="quote {kind}">{who}<span class="said">{escape(quote.marked)}</span>{note}'
            f"{self._translation(number)}"
            f"<footer>{page}{source}{copies}{also}</footer></blockquote>"
        )


def receipt_html(kept: Mapping[str, Any], language: str) -> str:
    """A link that saves an answer's receipt; the receipt is in the link itself."""
    data = base64.b64encode(json.dumps(kept, ensure_ascii=False, indent=1).encode()).decode()
    name = f"receipt-{kept['time'].replace(':', '')[:17]}.json"
    address = f"data:application/json;base64,{data}"
    return f'<p class="receipt"><a download="{name}" href="{address}">{escape(say("receipt", language))}</a></p>'


def reading_address(quote: Quote, others: Sequence[Quote]) -> str:
    """The quote's address with the places of the answer's other quotes, for the reader to lead from one to the next."""
    places = ",".join(f"{other.document.id}:{other.start}-{other.end}" for other in others)
    return quote.address.replace("#", f"&quotes={places}#") if places else quote.address


@dataclass(frozen=True)
class Piece:
    """A block of a document, ready to show: its HTML tag, its HTML, and its page, if it is the first to begin there."""

    tag: str
    html: str
    page: int | None


_TAGS = {BlockKind.HEADING: "h2", BlockKind.ITEM: "li", BlockKind.FOOTNOTE: "small"}


def document_html(document: Document, highlight: tuple[int, int] | None, actors: Actors) -> list[Piece]:
    """The document's blocks in order: each sentence knows its place and its voice, the highlighted span is marked."""
    sentences: dict[int, list[Sentence]] = {}
    for sentence in document.sentences:
        sentences.setdefault(sentence.block, []).append(sentence)
    marked = _Marked(document, highlight or (0, 0), actors)
    pieces = []
    before = -1
    for number, block in enumerate(document.blocks):
        # A page that begins in the middle of a block is marked after it: what is quoted from its first words is still
        # on the page before.
        pages = [n for n, at in enumerate(document.page_starts, start=1) if before < at <= block.start]
        before = block.start
        tag = _TAGS.get(block.kind, "p")
        html = marked.block(block, sentences.get(number, []))
        pieces.append(Piece(tag, html, pages[-1] if pages else None))
    return pieces


@dataclass(frozen=True)
class _Marked:
    """A document with a span of it highlighted."""

    document: Document
    highlight: tuple[int, int]
    actors: Actors

    def block(self, block: Block, sentences: Sequence[Sentence]) -> str:
        """A block's HTML: its sentences in spans, and what stands between them."""
        html, at = [], block.start
        for sentence in sentences:
            html.append(self._stretch(at, sentence.start))
            voice = sentence.voice
            who = escape(self.actors[voice.actor].name if voice.actor else "")
            inner = self._stretch(sentence.start, sentence.end)
            place = f'data-start="{sentence.start}" data-end="{sentence.end}"'
            html.append(f'<span class="sentence {voice.manner.value}" title="{who}" {place}>{inner}</span>')
            at = sentence.end
        return "".join([*html, self._stretch(at, block.end)])

    def _stretch(self, start: int, end: int) -> str:
        """Characters [start, end) with what is highlighted of them in a mark, the first of which is the anchor."""
        first, last = max(self.highlight[0], start), min(self.highlight[1], end)
        text = self.document.text
        if first >= last:
            return _linked(text[start:end])
        anchor = ' id="quote"' if first == self.highlight[0] else ""
        return f"{_linked(text[start:first])}<mark{anchor}>{_linked(text[first:last])}</mark>{_linked(text[last:end])}"


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
