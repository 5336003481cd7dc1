"""Judged questions with single sentences or passages, of which the first answers and the others only seem to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from assistant.answers.evidence import LOOKED_AT, Evidence, collect, look_again, overlap
from assistant.answers.expected import expected
from assistant.corpus.document import Document, Sentence
from assistant.search.glossary import Glossary
from assistant.search.lexicon import Lexicon
from assistant.search.norwegian import keywords
from assistant.search.records import lone_text
from assistant.search.retrieval import Hit, Query
from evals.benchmarks.running import Opened, open_collection, open_lexicon
from evals.training.judged_questions import Judged, JudgedAbout, Place
from evals.training.reader_data import Group
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


@dataclass(frozen=True)
class JudgedTexts:
    """The texts that judged questions are about, indexed."""

    about: JudgedAbout
    opened: Opened
    lexicon: Lexicon

    @classmethod
    def open(
        cls, about: JudgedAbout, workspace: Path, model: str, glossary: Glossary, *, reading: bool = False
    ) -> "JudgedTexts":
        """Index the texts in `workspace`, or bring an earlier index up to date."""
        opened = open_collection(about.name, about.texts, workspace, model, reading=reading)
        return cls(about, opened, open_lexicon(opened, workspace, glossary))

    def find(self, judged: Judged) -> Found:
        """Ask the question of its set only."""
        parts = {self.document(part).id: part for part in self.about.sets[judged.set]}
        query = replace(self.lexicon.query(judged.question, judged.language), documents=tuple(parts))
        searched = self.opened.retriever.search(query, _POOL)
        hits = self.opened.retriever.read(query.text, [hit for hit in searched if _lies_in(hit, parts)])
        sentences = collect(hits, lambda _: True, expected(judged.question, self.lexicon, judged.language))
        inside = [
            item
            for item in sentences
            if parts[item.document.id].start <= item.sentence.start and item.sentence.end <= parts[item.document.id].end
        ]
        return Found(query, hits, look_again(inside, hits, partial(self.opened.retriever.readings_of, query.text)))

    def document(self, place: Place) -> Document:
        """The text that a place is in."""
        document = self.opened.index.document(self.about.texts.identifier(Path(place.document)))
        assert document is not None
        return document

    def sentence(self, place: Place) -> Sentence | None:
        """The sentence that a place is, as sentences are split now."""
        sentences = self.document(place).sentences
        return next((one for one in sentences if one.start <= place.start and place.end <= one.end), None)


def judged_sentences(
    about: JudgedAbout, workspace: Path, model: str, glossary: Glossary, seed: int, reader: Path, share: float
) -> Iterator[Group]:
    """Groups for this share of the questions but those kept out, drawn at random."""
    texts = JudgedTexts.open(about, workspace, model, glossary)
    texts = replace(texts, opened=reading_with(reader, texts.opened))
    random = np.random.default_rng(seed)
    for judged in texts.about.questions:
        if judged.kept_out or random.random() >= share:
            continue
        found = texts.find(judged)
        answering = [_alone(texts, place) for place in judged.answers]
        named = [_alone(texts, place)[0] for place in judged.near_misses]
        others = [lone_text(item.document, item.sentence).text for item in _wrong(texts, judged, found)]
        for text, start, end in answering[:_ANSWERS]:
            drawn = [named[i] for i in random.permutation(len(named))[:_NAMED]]
            wrong = [one for one in dict.fromkeys([*drawn, *others]) if one not in {other for other, *_ in answering}]
            if wrong:
                yield Group(found.query.text, (text, *wrong[:LOOKED_AT]), start, end)


def _wrong(texts: JudgedTexts, judged: Judged, found: Found) -> Iterator[Evidence]:
    """What was found and doesn't answer, not even in part, nor says nearly the same as what does."""
    answers = [set(keywords(texts.document(one).text[one.start : one.end])) for one in judged.answers]
    places = [(texts.document(one).id, one) for one in (*judged.answers, *judged.partly)]
    for item in found.evidence:
        named = any(
            item.document.id == document and item.sentence.start <= one.start and one.end <= item.sentence.end
            for document, one in places
        )
        own = set(keywords(item.text))
        if not named and all(overlap(own, answer) < NEARLY_THE_SAME for answer in answers):
            yield item


def _alone(texts: JudgedTexts, place: Place) -> tuple[str, int, int]:
    """What the reader gets for the sentence at a place, and where in that it stands."""
    document, sentence = texts.document(place), texts.sentence(place)
    assert sentence is not None
    text = lone_text(document, sentence).text
    moved = len(text) - sentence.end
    return text, sentence.start + moved, sentence.end + moved


def _lies_in(hit: Hit, parts: dict[str, Place]) -> bool:
    """Whether more than half of the passage belongs to the set."""
    part, passage = parts[hit.document.id], hit.passage
    return min(passage.end, part.end) - max(passage.start, part.start) > (passage.end - passage.start) / 2
