"""Training questions with single sentences: the first answers, and none of the others is it."""

import numpy as np

from assistant.answers.evidence import collect
from assistant.answers.expected import Expected
from assistant.search.retrieval import Query
from evals.training.sentence_groups import answered_by

QUESTION = "Hva sa ministeren om døgnplasser?"


def group_about(assistant, words):
    hits = assistant.retriever.search(Query.of(QUESTION), 10)
    document = next(hit.document for hit in hits if words in hit.document.text)
    start = document.text.index(words)
    found = collect(hits, lambda _: True, Expected())
    made = answered_by(QUESTION, document, start, start + len(words), found, np.random.default_rng(0))
    return made, document


def test_the_sentence_that_answers_comes_first_with_the_place_of_the_answer(assistant):
    words = "om lag 430 flere plasser frem mot 2040"
    group, _ = group_about(assistant, words)
    assert group.texts[0][group.start : group.end] == words
    assert len(group.texts) == 6
    assert not any(words in text for text in group.texts[1:])


def test_an_answer_that_no_sentence_has_whole_makes_no_group(assistant):
    document = assistant.document(next(iter(assistant.catalogue)))
    assert answered_by(QUESTION, document, 0, len(document.text), [], np.random.default_rng(0)) is None
