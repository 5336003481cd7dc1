"""Judged questions with single sentences or passages, of which the first answers and the others only seem to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from assistant.answers.evidence import LOOKED_AT, Evidence, collect, look_again, overlap
from assistant.answers.expected import expected
from assistant.corpus.document import Sentence
from assistant.search.glossary import Glossary
from assistant.search.norwegian import keywords
from assistant.search.records import lone_text
from assistant.search.retrieval import Hit, Query
from evals.training.judged_questions import Judged, JudgedAbout, Place
from evals.training.reader_data import Group
from evals.training.searchable import Searchable
from evals.training.sentence_groups import NEARLY_THE_SAME, reading_with

# How many passages are searched for those of the question's set, and up to how many groups a question gives, each with
# another sentence that answers.
_POOL, _ANSWERS = 60, 2
# How many of a group's sentences that don't answer are those named by whoever judged; the reader chooses the others.
_NAMED = 3


@dataclass(frozen=True)
class Found:
    """What is found for a judged question in its set.

    Attributes:
        query: the question as it was searched for.
        hits: the passages that lie in the set for the most part, read.
        evidence: their sentences that lie in it, best first.
    """

    query: Query
    hits: Sequence[Hit]
    evidence: Sequence[Evidence]


def find(judged: Judged, about: JudgedAbout, searchable: Searchable) -> Found:
    """Ask the question of its set only."""
    parts = {searchable.document(part.document).id: part for part in about.sets[judged.set]}
    query = searchable.query(judged.question, judged.language, tuple(parts))
    retriever = searchable.opened.retriever
    hits = retriever.read(query.asked, [hit for hit in retriever.search(query, _POOL) if _lies_in(hit, parts)])
    sentences = collect(hits, lambda _: True, expected(judged.question, searchable.lexicon, judged.language))
    inside = [item for item in sentences if parts[item.document.id].holds(item.sentence)]
    return Found(query, hits, look_again(inside, hits, partial(retriever.readings_of, query.asked)))


def judged_sentences(
    about: JudgedAbout, workspace: Path, model: str, glossary: Glossary, seed: int, reader: Path, share: float
) -> Iterator[Group]:
    """Groups for this share of the questions but those kept out, drawn at random."""
    searchable = Searchable.open(about.name, about.texts, workspace, model, glossary)
    searchable = replace(searchable, opened=reading_with(reader, searchable.opened))
    random = np.random.default_rng(seed)
    for judged in about.questions:
        if judged.kept_out or random.random() >= share:
            continue
        found = find(judged, about, searchable)
        answering = [_alone(searchable, place) for place in judged.answers]
        answers = {text for text, *_ in answering}
        named = [_alone(searchable, place)[0] for place in judged.near_misses]
        others = [lone_text(item.document, item.sentence).text for item in _wrong(searchable, judged, found)]
        for text, start, end in answering[:_ANSWERS]:
            drawn = [named[i] for i in random.permutation(len(named))[:_NAMED]]
            wrong = [one for one in dict.fromkeys([*drawn, *others]) if one not in answers]
            if wrong:
                yield Group(found.query.asked, (text, *wrong[:LOOKED_AT]), start, end)


def _wrong(searchable: Searchable, judged: Judged, found: Found) -> Iterator[Evidence]:
    """What was found and doesn't answer, not even in part, nor says nearly the same as what does."""
    answers = [set(keywords(searchable.document(one.document).text[one.start : one.end])) for one in judged.answers]
    answering = {_sentence(searchable, one) for one in (*judged.answers, *judged.partly)}
    for item in found.evidence:
        own = set(keywords(item.text))
        if (item.document.id, item.sentence) not in answering and all(
            overlap(own, answer) < NEARLY_THE_SAME for answer in answers
        ):
            yield item


def _alone(searchable: Searchable, place: Place) -> tuple[str, int, int]:
    """What the reader gets for the sentence at a place, and where in that it stands."""
    _, sentence = _sentence(searchable, place)
    text = lone_text(searchable.document(place.document), sentence).text
    moved = len(text) - sentence.end
    return text, sentence.start + moved, sentence.end + moved


def _sentence(searchable: Searchable, place: Place) -> tuple[str, Sentence]:
    """The id of the document that a place is in, and the sentence that it begins in, as sentences are split now."""
    document = searchable.document(place.document)
    return document.id, next(one for one in document.sentences if one.end > place.start)


def _lies_in(hit: Hit, parts: dict[str, Place]) -> bool:
    """Whether more than half of the passage belongs to the set."""
    part, passage = parts[hit.document.id], hit.passage
    return min(passage.end, part.end) - max(passage.start, part.start) > (passage.end - passage.start) / 2
