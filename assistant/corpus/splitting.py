"""The canonical text becomes sentences, and sentences become passages."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from assistant.corpus.cleaning import DASH, LIST_MARKER
from assistant.corpus.document import Block, BlockKind, Passage, Sentence, Voice

MAX_PASSAGE = 1_000

# After these a full stop ends an abbreviation, not a sentence (unless the block ends there).
_ABBREVIATIONS = frozenset(
    """
    adm adr alm ang ank art aug avd avg avs bl bla ca cand des div dok dr dvs ed eks eksp el ev evt f feb
    febr fig forf forsk fr frk fv gj gl gr hhv hr inkl innst int iht ift jan jf jfr jr jul kap kgl kl kr lok
    m maks mar meld mfl mht mld mill mm mrd mva mv n nr nov o obs okt osv ot pga pkt pnr prof prop pst red ref
    rep resp s sep sept sms sml st stk str t tab tel tlf u utg v vg vedr vol voll vs aa
    """.split()
)
_END = re.compile(r"(?P<stop>[.!?…]+)(?P<close>[\"'”’»)\]]*)(?P<note>\d{0,2})(?=\s)")
_OPENING = re.compile(r"[\"'“‘«(\[]*(?:[–-]\s)?[\"'“‘«(\[]*")


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the sentences in `text[start:end]`, which is one block.

    List markers and stray stops between sentences belong to none. Rules, not a model: the texts are edited prose, and
    a rule can be read when it is wrong.
    """
    spans = []
    begin = _skip_marker(text, start, end)
    for match in _END.finditer(text, begin, end):
        if match.end() < end and _ends_sentence(text, match, end):
            spans.append((begin, match.end()))
            begin = _skip_space(text, match.end(), end)
    spans.append((begin, end))
    return [trimmed for span in spans if (trimmed := _without_stray_stops(text, *span))]


def _skip_marker(text: str, start: int, end: int) -> int:
    for marker in (LIST_MARKER, DASH):
        match = marker.match(text, start, end)
        if match:
            return match.end()
    return start


def _skip_space(text: str, position: int, end: int) -> int:
    while position < end and text[position].isspace():
        position += 1
    return position


def _without_stray_stops(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without leading punctuation that some slip of the source left there; None if nothing else is there."""
    while start < end and (text[start].isspace() or text[start] in ".,;"):
        start += 1
    return (start, end) if any(character.isalnum() for character in text[start:end]) else None


def _ends_sentence(text: str, match: re.Match[str], end: int) -> bool:
    """Whether the stop ends a sentence, by the word before it and by what follows."""
    after = _skip_space(text, match.end(), end)
    opening = _OPENING.match(text, after)
    following = text[opening.end() if opening else after : end][:1]
    before = re.search(r"([\w.-]+)$", text[max(0, match.start() - 30) : match.start()])
    word = before[1] if before else ""
    # "Er det da en opptrapping?" or "…" before a small letter goes on: «Er det slik?» spurte han.
    if match["stop"] != ".":
        return not following.islower()
    if following.islower() or not following:
        return False
    if match["close"] or match["note"]:
        return True
    if word.isdigit():
        # "19. januar" is excluded above; "i 2025. Det" and "kap. 7. Stortinget" end a sentence.
        return len(word) > 2 or following.isupper()
    last = word.rsplit(".", maxsplit=1)[-1].lower()
    initial = len(last) == 1 and (word[-1].isupper() or "." in word)
    return not initial and last not in _ABBREVIATIONS


def sentences_of(text: str, blocks: Sequence[Block], voice: Voice) -> tuple[Sentence, ...]:
    """The sentences of all blocks but links, every one in the author's voice until `voices` says otherwise."""
    return tuple(
        Sentence(start, end, index, voice)
        for index, block in enumerate(blocks)
        if block.kind is not BlockKind.LINK
        for start, end in split_sentences(text, block.start, block.end)
    )


def split_passages(text: str, blocks: Sequence[Block], sentences: Sequence[Sentence]) -> tuple[Passage, ...]:
    """Passages of at most `MAX_PASSAGE` characters, each within one section, lists kept with their lead-in.

    A section is packed evenly: two passages of 600 characters are found better than one of 1,000 and one of 200.
    """
    passages: list[Passage] = []
    for headings, indices in _sections(text, blocks):
        members = set(indices)
        own = [(i, sentence) for i, sentence in enumerate(sentences) if sentence.block in members]
        if not own:
            continue
        for group in _pack(blocks, own):
            lead_in = _lead_in(text, blocks, group[0][1].block) if group[0][0] != own[0][0] else ""
            start, end = group[0][1].start, group[-1][1].end
            context = (*headings, lead_in) if lead_in else headings
            passages.append(Passage(start, end, context, (group[0][0], group[-1][0] + 1)))
    return tuple(passages)


Numbered = tuple[int, Sentence]


def _sections(text: str, blocks: Sequence[Block]) -> Iterator[tuple[tuple[str, ...], list[int]]]:
    """Headings and the indices of the section's blocks, the headings' own included."""
    headings: list[int] = []
    members: list[int] = []
    for index, block in enumerate(blocks):
        is_heading = block.kind is BlockKind.HEADING
        if is_heading and len(members) > len(headings):
            yield _titles(text, blocks, headings), members
            headings, members = [], []
        members.append(index)
        if is_heading:
            headings.append(index)
    if members:
        yield _titles(text, blocks, headings), members


def _titles(text: str, blocks: Sequence[Block], indices: Sequence[int]) -> tuple[str, ...]:
    return tuple(text[blocks[index].start : blocks[index].end] for index in indices)


def _pack(blocks: Sequence[Block], own: Sequence[Numbered]) -> Iterator[list[Numbered]]:
    """Groups of consecutive sentences, none longer than `MAX_PASSAGE`, of about equal length."""
    units = [list(group) for _, group in groupby(own, key=lambda member: _unit_of(blocks, member[1].block))]
    total = own[-1][1].end - own[0][1].start
    target = total / -(-total // MAX_PASSAGE) if total else 0
    group: list[Numbered] = []
    for unit in units:
        for piece in [unit] if _length(unit) <= MAX_PASSAGE else _in_sentences(unit, target):
            if group and (_length([*group, *piece]) > MAX_PASSAGE or _length(group) >= target):
                yield group
                group = []
            group = [*group, *piece]
    if group:
        yield group


def _unit_of(blocks: Sequence[Block], index: int) -> int:
    """The first block of the list that block `index` belongs to, its lead-in included; the block itself elsewhere."""
    while (
        index
        and blocks[index].kind is BlockKind.ITEM
        and blocks[index - 1].kind
        in (
            BlockKind.ITEM,
            BlockKind.PARAGRAPH,
        )
    ):
        index -= 1
    return index


def _in_sentences(unit: Sequence[Numbered], target: float) -> Iterator[list[Numbered]]:
    """A unit that is too long by itself, cut where its sentences end."""
    group: list[Numbered] = []
    for member in unit:
        if group and (_length([*group, member]) > MAX_PASSAGE or _length(group) >= target):
            yield group
            group = []
        group.append(member)
    if group:
        yield group


def _length(group: Sequence[Numbered]) -> int:
    return group[-1][1].end - group[0][1].start


def _lead_in(text: str, blocks: Sequence[Block], index: int) -> str:
    """The paragraph that introduces the list which block `index` goes on with; empty for anything else."""
    first = _unit_of(blocks, index)
    if blocks[index].kind is not BlockKind.ITEM or blocks[first].kind is not BlockKind.PARAGRAPH:
        return ""
    return text[blocks[first].start : blocks[first].end].rsplit(". ", maxsplit=1)[-1]
