"""What the reader reads: the first four passages, and where none of them answers, a sentence of each of the next."""

from dataclasses import replace

import pytest

from assistant.answers.evidence import collect
from assistant.answers.expected import Expected

ANSWERED = "Hvor mange flere døgnplasser trengs fram mot 2040?"
UNANSWERED = "Hvor mange hunder finnes det i Norge?"
FAR_DOWN = "Er det greit å kutte ut brukerrepresentanter for å spare penger?"


@pytest.fixture
def read(assistant):
    def of(question, reader=assistant.retriever.reader):
        retriever = replace(assistant.retriever, reader=reader)
        query = assistant.lexicon.query(question, "nb")
        found = retriever.search(query, 20)
        return found, retriever.read(query.text, found)

    return of


def places(hits):
    return [(hit.document.id, hit.passage.start) for hit in hits]


def test_where_one_of_four_answers_only_these_are_read(read):
    _, hits = read(ANSWERED)
    readings = [hit.reading for hit in hits if hit.reading]
    assert len(readings) == 4
    assert max(reading.relevance for reading in readings) > 0
    assert all(None not in reading.sentences for reading in readings)


def test_where_none_of_four_answers_the_best_sentence_of_the_next_eight_is_read(read):
    found, hits = read(UNANSWERED)
    readings = {place: hit.reading for place, hit in zip(places(hits), hits, strict=True)}
    assert all(readings[place].relevance <= 0 for place in places(found[:4]))
    alone = [readings[place].sentences for place in places(found[4:12])]
    assert [sum(likely is not None for likely in sentences) for sentences in alone] == [1] * 8
    assert not any(readings[place] for place in places(found[12:]))


def test_a_passage_far_down_comes_first_when_its_sentence_answers(read):
    found, hits = read(FAR_DOWN)
    assert "økonomi ikke kan brukes som begrunnelse" in hits[0].text
    assert places(found).index(places(hits)[0]) >= 4


def test_what_was_not_read_of_a_passage_counts_as_unread(read):
    _, hits = read(UNANSWERED)
    glanced = next(hit for hit in hits if hit.reading and None in hit.reading.sentences)
    evidence = collect([glanced], lambda _: True, Expected())
    assert sum(item.read is not None for item in evidence) == 1


@pytest.mark.parametrize("question", [ANSWERED, UNANSWERED, FAR_DOWN])
def test_reading_loses_no_passage_and_without_a_reader_changes_nothing(read, question):
    found, hits = read(question)
    assert sorted(places(hits)) == sorted(places(found))
    assert len(set(places(hits))) == len(hits)
    unread, same = read(question, reader=None)
    assert same == unread


def test_no_further_sentence_is_read_where_none_is_wanted(assistant):
    query = assistant.lexicon.query(UNANSWERED, "nb")
    hits = assistant.retriever.read(query.text, assistant.retriever.search(query, 20), further=False)
    assert sum(hit.reading is not None for hit in hits) == 4
