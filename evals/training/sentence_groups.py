"""Questions with single sentences, the first of which answers: the reader looks at the best sentences once more.

The others are those that it is shown besides, the best by all that is known before it looks: what a reader that was
trained with passages takes for the answer and isn't.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from assistant.answers.evidence import LOOKED_AT, Evidence, collect, overlap
from assistant.answers.expected import expected
from assistant.corpus.document import Document
from assistant.search.glossary import Glossary
from assistant.search.norwegian import keywords
from assistant.search.reader import Reader
from assistant.search.records import lone_text
from evals.benchmarks.data import Question, Spans, read_questions, read_texts
from evals.benchmarks.running import Opened, open_collection, open_lexicon
from evals.training.partly_english import partly_in_english
from evals.training.reader_data import POOL, Group, unseen_by_dev
from evals.training.searchable import Searchable
from evals.training.written_questions import WrittenAbout, more_norquad_questions

# What shares more of its words with the sentence that answers may answer too.
NEARLY_THE_SAME = 0.6


def norquad_questions(data: Path) -> list[Question]:
    """NorQuAD's training questions and those written about the same documents, none about a dev question's."""
    return unseen_by_dev([*read_questions(data / "train.jsonl"), *more_norquad_questions(data)], data)


def norquad_sentences(
    data: Path, workspace: Path, model: str, glossary: Glossary, seed: int, reader: Path, share: float
) -> Iterator[Group]:
    """A group for this share of the questions about NorQuAD's documents, drawn at random."""
    texts = read_texts(data / "corpus.jsonl")
    opened = reading_with(reader, open_collection("norquad", texts, workspace, model))
    lexicon = open_lexicon(opened, workspace)
    random = np.random.default_rng(seed)
    for question in norquad_questions(data):
        document = opened.index.document(texts.identifier(Path(question.documents[0])))
        if random.random() >= share or document is None:
            continue
        answer = question.answers[0]
        start, end = Spans(texts.texts[question.documents[0]], document.text).place(answer)
        query = lexicon.query(question.text, question.language)
        hits = opened.retriever.read(query.asked, opened.retriever.search(query, POOL))
        found = collect(hits, lambda _: True, expected(question.text, lexicon, question.language))
        wrong = [item for item in found if answer.text not in item.text]
        group = answered_by(partly_in_english(question, glossary, random), document, start, end, wrong)
        if group:
            yield group


def written_sentences(
    about: WrittenAbout, workspace: Path, model: str, glossary: Glossary, seed: int, reader: Path, share: float
) -> Iterator[Group]:
    """A group for this share of the written questions but those kept out, with sentences of the texts at hand.

    What others say in their own texts may answer too.
    """
    searchable = Searchable.open(about.name, about.texts, workspace, model, glossary)
    retriever = reading_with(reader, searchable.opened).retriever
    random = np.random.default_rng(seed)
    for written in about.questions:
        if written.kept_out or random.random() >= share:
            continue
        query = searchable.query(written.question, written.language, about.at_hand(written))
        hits = retriever.read(query.asked, retriever.search(query, POOL))
        found = collect(hits, lambda _: True, expected(written.question, searchable.lexicon, written.language))
        document = searchable.document(written.document)
        group = answered_by(query.asked, document, written.start, written.end, found)
        if group:
            yield group


def reading_with(reader: Path, opened: Opened) -> Opened:
    """The same collection, read by the reader in that file."""
    read_by = Reader.load(opened.retriever.encoder, reader)
    return replace(opened, retriever=replace(opened.retriever, reader=read_by))


def answered_by(question: str, document: Document, start: int, end: int, found: Sequence[Evidence]) -> Group | None:
    """The question with the sentence that has the answer, characters [start, end), whole, and others of those `found`.

    None if no sentence has it, or nothing else was found.
    """
    right = next((one for one in document.sentences if one.start <= start and end <= one.end), None)
    if right is None:
        return None
    own = set(keywords(document.text[right.start : right.end]))
    wrong = [
        item
        for item in found
        if (item.document.id, item.sentence) != (document.id, right)
        and overlap(set(keywords(item.text)), own) < NEARLY_THE_SAME
    ]
    if not wrong:
        return None
    text = lone_text(document, right)
    others = (lone_text(item.document, item.sentence).text for item in wrong[:LOOKED_AT])
    moved = len(text.text) - right.end
    return Group(question, (text.text, *others), start + moved, end + moved)
