"""Written questions with passages of which one answers, or with some of which none does, as the product asks them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from assistant.corpus.document import Document
from assistant.search.glossary import Glossary
from assistant.search.records import indexed_text
from assistant.search.retrieval import Hit
from evals.benchmarks.data import read_lines
from evals.training.reader_data import NEGATIVES, POOL, Group, shift
from evals.training.searchable import Searchable
from evals.training.written_questions import NEAR_MISSES, Written, WrittenAbout

# Where the question doesn't say who is to speak, what is found first may answer it in another's words, so the passages
# that don't answer are taken from here on.
_OTHERS_MAY_ANSWER = 5


def written_groups(
    about: WrittenAbout, workspace: Path, model: str, glossary: Glossary, seed: int, share: float
) -> Iterator[Group]:
    """A group for this share of the written questions but those kept out, drawn at random."""
    random = np.random.default_rng(seed)
    searchable = Searchable.open(about.name, about.texts, workspace, model, glossary)
    for written in about.questions:
        if written.kept_out or random.random() >= share:
            continue
        document = searchable.document(written.document)
        query = searchable.query(written.question, written.language)
        hits = searchable.opened.retriever.search(query, POOL + _OTHERS_MAY_ANSWER)
        wrong = [hit for hit in hits if not _overlaps(hit, written, document)]
        wrong = wrong if written.names_the_speaker else wrong[_OTHERS_MAY_ANSWER:]
        passage = next((p for p in document.passages if p.start <= written.start and written.end <= p.end), None)
        if passage is None or len(wrong) < NEGATIVES:
            continue
        drawn = random.choice(len(wrong) - 1, NEGATIVES - 1, replace=False) + 1
        negatives = [wrong[0], *[wrong[i] for i in drawn]]
        read = (indexed_text(document, passage).text, *_texts(negatives))
        moved = shift(document, passage)
        yield Group(query.asked, read, written.start + moved, written.end + moved)


def near_miss_groups(about: WrittenAbout, workspace: Path, model: str, glossary: Glossary) -> Iterator[Group]:
    """A group for each near miss: its own passage, and the first other one that the search finds."""
    searchable = Searchable.open(about.name, about.texts, workspace, model, glossary)
    for near in (Written(**row) for row in read_lines(NEAR_MISSES)):
        document = searchable.document(near.document)
        query = searchable.query(near.question, near.language)
        passage = next(p for p in document.passages if p.start == near.start)
        hits = searchable.opened.retriever.search(query, POOL)
        other = next(hit for hit in hits if not _overlaps(hit, near, document))
        yield Group(query.asked, (indexed_text(document, passage).text, *_texts([other])))


def _texts(hits: Sequence[Hit]) -> tuple[str, ...]:
    return tuple(indexed_text(hit.document, hit.passage).text for hit in hits)


def _overlaps(hit: Hit, written: Written, document: Document) -> bool:
    return hit.document.id == document.id and hit.passage.start < written.end and written.start < hit.passage.end
