"""Questions with single sentences, the first of which answers: the reader looks at the best sentences once more."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from assistant.answers.evidence import Evidence, collect
from assistant.answers.expected import expected
from assistant.corpus.document import Document
from assistant.search.glossary import Glossary
from assistant.search.records import lone_text
from evals.benchmarks.data import Spans, read_lines, read_questions, read_texts
from evals.benchmarks.running import open_collection, open_lexicon
from evals.training.other_languages import in_another_language
from evals.training.reader_data import POOL, Group, policy_texts
from evals.training.written_questions import WRITTEN, Written, more_norquad_questions

# How many sentences that don't answer: of the passage that does, of the best elsewhere, and drawn among so many next.
_NEAR, _ELSEWHERE, _DRAWN, _NEXT = 2, 2, 1, 12


def norquad_sentences(data: Path, workspace: Path, model: str, glossary: Glossary, seed: int) -> Iterator[Group]:
    """A group for each of NorQuAD's training questions, and of those written about the same documents."""
    texts = read_texts(data / "corpus.jsonl")
    opened = open_collection("norquad", texts, workspace, model)
    lexicon = open_lexicon(opened, workspace)
    kept_out = {name for question in read_questions(data / "dev.jsonl") for name in question.documents}
    random = np.random.default_rng(seed)
    for question in [*read_questions(data / "train.jsonl"), *more_norquad_questions(data)]:
        name = question.documents[0]
        document = opened.index.document(texts.identifier(Path(name)))
        if not question.answers or name in kept_out or document is None:
            continue
        answer = question.answers[0]
        start, end = Spans(texts.texts[name], document.text).place(answer)
        hits = opened.retriever.search(lexicon.query(question.text), POOL)
        found = collect(hits, lambda _: True, expected(question.text, lexicon, "nb"))
        wrong = [item for item in found if answer.text not in item.text]
        asked = in_another_language(question.text, glossary, random)
        group = answered_by(asked, document, start, end, wrong, random)
        if group:
            yield group


def policy_sentences(data: Path, workspace: Path, model: str, glossary: Glossary, seed: int) -> Iterator[Group]:
    """A group for each written question about policy but those kept out, with sentences of the same text.

    What others say in their own texts may answer too.
    """
    texts, _ = policy_texts(data)
    opened = open_collection("policy-texts", texts, workspace, model)
    lexicon = open_lexicon(opened, workspace, glossary)
    documents = {texts.names[identifier]: opened.index.document(identifier) for identifier in opened.index.catalogue}
    random = np.random.default_rng(seed)
    for row in read_lines(WRITTEN):
        written = Written(**row)
        document = documents[written.document]
        if written.kept_out or document is None:
            continue
        query = replace(lexicon.query(written.question, written.language), documents=(document.id,))
        hits = opened.retriever.search(query, POOL)
        wrong = collect(hits, lambda _: True, expected(written.question, lexicon, written.language))
        group = answered_by(query.text, document, written.start, written.end, wrong, random)
        if group:
            yield group


def answered_by(
    question: str, document: Document, start: int, end: int, found: Sequence[Evidence], random: np.random.Generator
) -> Group | None:
    """The question with the sentence that has the answer, characters [start, end), whole; None if no sentence has it.

    The others are chosen among what was `found`, best first.
    """
    right = next((one for one in document.sentences if one.start <= start and end <= one.end), None)
    if right is None:
        return None
    text = lone_text(document, right)
    beside = next(document.sentences_of(p) for p in document.passages if p.start <= start < p.end)
    wrong = [item for item in found if (item.document.id, item.sentence) != (document.id, right)]
    near = [item for item in wrong if item.document.id == document.id and item.sentence in beside][:_NEAR]
    elsewhere = [item for item in wrong if item not in near]
    rest = elsewhere[_ELSEWHERE : _ELSEWHERE + _NEXT]
    drawn = random.permutation(len(rest))[: _DRAWN + _NEAR - len(near)]
    chosen = [*near, *elsewhere[:_ELSEWHERE], *[rest[i] for i in drawn]]
    moved = len(text.text) - right.end
    return Group(
        question,
        (text.text, *[lone_text(item.document, item.sentence).text for item in chosen]),
        start + moved,
        end + moved,
    )
