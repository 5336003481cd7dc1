"""Training questions with single sentences: the first answers, and none of the others is it."""

from dataclasses import replace

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
    return answered_by(QUESTION, document, start, start + len(words), found), document, found


def test_the_sentence_that_answers_comes_first_with_the_place_of_the_answer(assistant):
    words = "om lag 430 flere plasser frem mot 2040"
    group, _, _ = group_about(assistant, words)
    assert group.texts[0][group.start : group.end] == words
    assert not any(words in text for text in group.texts[1:])


def test_the_others_are_the_five_best_in_their_order(assistant):
    words = "om lag 430 flere plasser frem mot 2040"
    group, _, found = group_about(assistant, words)
    best = [item.text for item in found if words not in item.text][:5]
    assert [text.endswith(expected) for text, expected in zip(group.texts[1:], best, strict=True)] == [True] * 5


def test_what_says_nearly_the_same_is_no_wrong_answer(assistant):
    words = "om lag 430 flere plasser frem mot 2040"
    _, document, found = group_about(assistant, words)
    said = next(item for item in found if words in item.text)
    start = document.text.index(words)
    elsewhere = replace(said, sentence=replace(said.sentence, start=said.sentence.start + 1))
    assert answered_by(QUESTION, document, start, start + len(words), [said, elsewhere]) is None


def test_an_answer_that_no_sentence_has_whole_makes_no_group(assistant):
    document = assistant.document(next(iter(assistant.catalogue)))
    assert answered_by(QUESTION, document, 0, len(document.text), []) is None
