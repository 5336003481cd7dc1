"""Lines become one canonical text of paragraphs, headings, list items and footnotes.

Text taken out of a PDF is hard-wrapped, often with an empty line after every line, so that neither line breaks nor
empty lines tell where a paragraph ends. What tells is whether the next word would still have fitted on the line: a
writer who breaks a line early does it on purpose.

No word is changed. The text differs from the lines by whitespace and by hyphens at line breaks, nothing else.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.corpus.document import Block, BlockKind
from assistant.corpus.loading import Line

_MONTH = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
LIST_MARKER = re.compile(
    rf"(?:[•·▪●◦‣*]|\d{{1,2}}[.)](?!\s+(?:{_MONTH})\b)|[a-zæøå]\)|[ivx]{{1,4}}\)|o(?= [a-zæøå]))\s+(?=\S)"
)
DASH = re.compile(r"[-–—]\s+(?=\S)")
_FOOTNOTE = re.compile(r"\d{1,3}\s+(?:https?://|www\.)\S+")
_LINK = re.compile(r"(?:https?://|www\.|mailto:)\S+$")
_TERMINAL = re.compile(r"[.!?…:;][\"'”’»)\]]*\d{0,2}$")
_NUMBERED = re.compile(r"\d{1,2}[.)]\s")
FINITE_VERB = re.compile(
    r"\b(?:er|var|har|hadde|skal|skulle|vil|ville|kan|kunne|må|måtte|bør|blir|ble|får|fikk|vert|vart)\b"
)
_BINDERS = frozenset(["og", "eller", "samt", "til", "and", "or"])
# A line that would have had room for the next word, and more, was ended on purpose. Less room is needed to believe it
# where the line looks like the end of a sentence. Shares of the usual line's length.
_ROOM_AFTER_SENTENCE, _ROOM_ELSEWHERE = 0.90, 0.80
# In characters. A longer line is a paragraph of a file that doesn't wrap; a longer heading, or one that is a clause and
# longer than the last, is a sentence whose full stop is missing.
_LONGEST_WRAPPED, _LONGEST_HEADING, _LONGEST_CLAUSE = 140, 110, 80


@dataclass(frozen=True)
class CanonicalText:
    """The text with its blocks, in order, and the offset at which each page begins (empty without pages)."""

    text: str
    blocks: tuple[Block, ...]
    page_starts: tuple[int, ...]


@dataclass(frozen=True)
class _Piece:
    """A block under construction: its lines, and the number of empty lines before it."""

    lines: tuple[Line, ...]
    gap: int
    kind: BlockKind | None

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True)
class _Layout:
    """How this file sets its lines: wrapped or not, their usual length, and the usual number of empty lines between.

    `words` holds every word as it is written somewhere in the file. Norwegian writes nouns small, so a word that is
    capital at the start of a line and small elsewhere begins a sentence there.
    """

    wrapped: bool
    width: int
    gap: int
    words: frozenset[str]

    def begins_sentence(self, text: str) -> bool:
        """Whether the first word of a line is capital although the file has it small elsewhere."""
        first = re.match(r"[^\W\d_][^\W\d_]+", text)
        return first is not None and first[0].istitle() and first[0].lower() in self.words


def clean(lines: Sequence[Line]) -> CanonicalText:
    """Join lines into blocks and compose the canonical text."""
    filled, gaps = _with_gaps(lines)
    layout = _layout(filled, gaps)
    pieces: list[_Piece] = []
    for line, gap in zip(filled, gaps, strict=True):
        if pieces and _continues(pieces[-1], line, gap, layout):
            pieces[-1] = replace(pieces[-1], lines=(*pieces[-1].lines, line))
        else:
            pieces.append(_Piece((line,), gap, line.kind))
    return _compose(_with_headings(_with_kinds(pieces, layout)))


def _with_gaps(lines: Sequence[Line]) -> tuple[list[Line], list[int]]:
    """Lines that aren't empty, with inner runs of spaces as they are, and how many empty ones came before each."""
    filled: list[Line] = []
    gaps: list[int] = []
    empty = 0
    for line in lines:
        if line.text.strip():
            filled.append(line)
            gaps.append(empty)
            empty = 0
        else:
            empty += 1
    return filled, gaps


def _layout(lines: Sequence[Line], gaps: Sequence[int]) -> _Layout:
    bare = [line.text for line in lines if line.kind is None and not _LINK.match(line.text)]
    lengths = sorted(map(len, bare)) or [0]
    width = lengths[int(0.95 * (len(lengths) - 1))]
    long = [text for text in bare if len(text) > 0.7 * width]
    open_ended = sum(not _TERMINAL.search(text) for text in long)
    wrapped = 30 < width <= _LONGEST_WRAPPED and open_ended > 0.4 * len(long) and len(bare) > 3
    usual_gap = Counter(gaps[1:]).most_common(1)[0][0] if len(gaps) > 1 else 0
    words = frozenset(word for text in bare for word in re.findall(r"\w+", text))
    return _Layout(wrapped, width, usual_gap, words)


def _starts_block(text: str, before: str) -> bool:
    if LIST_MARKER.match(text) or _FOOTNOTE.match(text) or _LINK.match(text):
        return True
    # A dash in the middle of a sentence may come to stand at the start of a line.
    dash = DASH.match(text)
    mid_sentence = dash and text[dash.end()].islower() and not _TERMINAL.search(before) and not DASH.match(before)
    return bool(dash) and not mid_sentence


def _continues(piece: _Piece, line: Line, gap: int, layout: _Layout) -> bool:
    """Whether `line` goes on where the piece ended."""
    previous = piece.lines[-1]
    if previous.kind or line.kind or _starts_block(line.text, piece.text):
        return False
    if _FOOTNOTE.match(piece.text) or _LINK.match(piece.text):
        return _hyphenated_address(piece, line.text)
    mid_sentence = not _TERMINAL.search(previous.text) and line.text[:1].islower()
    if not layout.wrapped:
        # The only break inside a paragraph of a file that doesn't wrap lines is one that a page break made.
        return mid_sentence and len(previous.text) > 60
    if gap > layout.gap:
        return mid_sentence
    if gap < layout.gap or mid_sentence:
        return True
    if layout.begins_sentence(line.text) and re.search(r"\w\d*$", previous.text):
        # A heading, or a sentence whose full stop was forgotten, that happens to fill its line.
        return False
    first_word = line.text.split(maxsplit=1)[0]
    sentence_ends = bool(_TERMINAL.search(previous.text)) and not line.text[:1].islower()
    room = _ROOM_AFTER_SENTENCE if sentence_ends else _ROOM_ELSEWHERE
    return len(previous.text) + 1 + len(first_word) > room * layout.width


def _hyphenated_address(piece: _Piece, text: str) -> bool:
    """Whether the piece ends within a web address that goes on in `text`."""
    last = piece.lines[-1].text
    return last.endswith(("-", "/", "_")) and "//" in last.rsplit(maxsplit=1)[-1] and " " not in text


def _with_kinds(pieces: Sequence[_Piece], layout: _Layout) -> list[_Piece]:
    """Say of each piece whether it is a list item, a footnote, a link or, for now, a paragraph."""
    kinds: list[BlockKind] = []
    for i, piece in enumerate(pieces):
        text = piece.text
        if piece.kind:
            kind = piece.kind
        elif _FOOTNOTE.match(text):
            kind = BlockKind.FOOTNOTE
        elif _LINK.match(text):
            kind = BlockKind.LINK
        elif LIST_MARKER.match(text) or _is_dash_item(pieces, i, layout):
            kind = BlockKind.ITEM
        else:
            kind = BlockKind.PARAGRAPH
        kinds.append(kind)
    return [replace(piece, kind=kind) for piece, kind in zip(pieces, kinds, strict=True)]


def _is_dash_item(pieces: Sequence[_Piece], i: int, layout: _Layout) -> bool:
    """A dash begins a list item or somebody's words. Items stand close together, lines of speech are paragraphs."""

    def close(j: int) -> bool:
        return 0 < j < len(pieces) and pieces[j].gap < layout.gap and bool(DASH.match(pieces[j].text))

    return bool(DASH.match(pieces[i].text)) and ((close(i) and bool(DASH.match(pieces[i - 1].text))) or close(i + 1))


def _with_headings(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Tell headings, and front matter such as an address or a signature, from paragraphs.

    A heading is short, doesn't end as sentences do, and has text beneath it on its page. Three or more such lines in a
    row are front matter, but for the last, if it stands apart from the others and has text beneath it.
    """
    result = list(pieces)
    for start, end in _runs([_looks_like_heading(pieces, i) for i in range(len(pieces))]):
        has_text = end < len(pieces) and pieces[end].lines[0].page == pieces[end - 1].lines[-1].page
        apart = end - start < 3 or pieces[end - 1].gap > pieces[end - 2].gap
        for i in range(start, end):
            heading = pieces[i].kind is BlockKind.HEADING or (has_text and apart and (end - start < 3 or i == end - 1))
            result[i] = replace(pieces[i], kind=BlockKind.HEADING if heading else BlockKind.FRONT_MATTER)
    return result


def _looks_like_heading(pieces: Sequence[_Piece], i: int) -> bool:
    piece, text = pieces[i], pieces[i].text
    if piece.kind is BlockKind.HEADING:
        return True
    following = pieces[i + 1] if i + 1 < len(pieces) else None
    text_beneath = following is not None and following.kind is BlockKind.PARAGRAPH and len(following.text) > len(text)
    if piece.kind is BlockKind.ITEM:
        # "2. Nytt lovkrav" with a paragraph beneath it is a numbered heading, not an item.
        return bool(_NUMBERED.match(text)) and not _TERMINAL.search(text) and text_beneath and _stands_alone(pieces, i)
    if piece.kind is not BlockKind.PARAGRAPH or piece.lines[0].kind or text[:1].islower():
        return False
    if text.endswith(":"):
        return len(text) < 20 and text_beneath
    if len(text) > _LONGEST_HEADING or _TERMINAL.search(text) or text.endswith(","):
        return False
    return len(text) < _LONGEST_CLAUSE or not FINITE_VERB.search(text)


def _stands_alone(pieces: Sequence[_Piece], i: int) -> bool:
    return i == 0 or pieces[i - 1].kind is not BlockKind.ITEM or pieces[i].gap > 0


def _runs(flags: Sequence[bool]) -> list[tuple[int, int]]:
    """Half-open ranges of consecutive true values."""
    runs, start = [], None
    for i, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = i
        elif not flag and start is not None:
            runs.append((start, i))
            start = None
    return runs


def _compose(pieces: Sequence[_Piece]) -> CanonicalText:
    text, blocks = "", []
    starts: dict[int, int] = {}
    for i, piece in enumerate(pieces):
        if i:
            text += "\n" if piece.kind is pieces[i - 1].kind is BlockKind.ITEM else "\n\n"
        start = len(text)
        for line in piece.lines:
            words = " ".join(line.text.split())
            text = _joined(text, words, at_line_break=len(text) > start)
            if line.page is not None:
                starts.setdefault(line.page, len(text) - len(words))
        blocks.append(Block(piece.kind or BlockKind.PARAGRAPH, start, len(text)))
    return CanonicalText(text, tuple(blocks), _page_starts(starts))


def _joined(text: str, line: str, *, at_line_break: bool) -> str:
    """`text` and the next line of the same block, with what a line break did to a hyphenated word undone."""
    if not at_line_break:
        return text + line
    if not re.search(r"\w-$", text):
        return f"{text} {line}"
    word, following = text.rsplit(maxsplit=1)[-1][:-1], line.split(maxsplit=1)[0]
    if following.strip(".,;:") in _BINDERS and "/" not in word:
        return f"{text} {line}"
    # The hyphen belongs to the word in Sør-Trøndelag, FACT-team, 10-åring and addresses; elsewhere the line made it.
    belongs = (
        following[0].isupper() or following[0].isdigit() or "/" in word or len(word) == 1 or not word[-2:].islower()
    )
    return (text if belongs else text[:-1]) + line


def _page_starts(starts: dict[int, int]) -> tuple[int, ...]:
    """The offset of every page up to the last; a page without text begins where the next one does."""
    if not starts:
        return ()
    last = max(starts)
    offsets = [starts.get(page) for page in range(1, last + 1)]
    following = starts[last]
    for i in range(last - 1, -1, -1):
        following = offsets[i] = following if offsets[i] is None else offsets[i]  # type: ignore[assignment]
    return tuple(offset or 0 for offset in offsets)
