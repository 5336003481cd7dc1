"""Sets that people write, and what they are told when something in them is wrong."""

from pathlib import Path

import pytest

import evals
from assistant.search.keywords import KeywordIndex
from assistant.search.norwegian import keywords
from evals.cases import SetError, Span, load_set, schema
from evals.voices import load_voices

SETS = Path(evals.__file__).parent / "sets"


@pytest.fixture(scope="module")
def by_id(documents):
    return {document.id: document for document in documents.values()}


@pytest.fixture(scope="module")
def policy(by_id, knowledge):
    return load_set(SETS / "policy.yaml", by_id, frozenset(knowledge.actors))


def read(tmp_path, by_id, text):
    path = tmp_path / "set.yaml"
    path.write_text(text, encoding="utf-8")
    return load_set(path, by_id, frozenset({"napha"}))


def test_a_question_in_three_languages_is_three_cases(tmp_path, by_id):
    text = (
        "name: x\ncases:\n  - id: a\n    question: {nb: 'Hva?', nn: 'Kva?', en: 'What?'}\n    status: nothing_found\n"
    )
    assert [(case.id, case.question) for case in read(tmp_path, by_id, text).cases] == [
        ("a.nb", "Hva?"),
        ("a.nn", "Kva?"),
        ("a.en", "What?"),
    ]


def test_a_gold_quote_is_found_across_line_breaks(tmp_path, by_id):
    text = "name: x\ncases:\n  - id: a\n    question: Hva?\n    quotes: [siden senterets oppstart i 2008]\n"
    ((spans,),) = [case.gold for case in read(tmp_path, by_id, text).cases]
    document = by_id[spans[0].document]
    assert document.text[spans[0].start : spans[0].end] == "siden senterets oppstart i 2008"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name: x\ncases:\n  - id: a\n    question: Hva?\n    quotes: [dette sa ingen]\n", "line 5: no document"),
        ("name: x\ncases:\n  - id: a\n    question: Hva?\n    actor: nobody\n", "line 5: actors.yaml has no actor"),
        ("name: x\ncases:\n  - id: a\n    question: Hva?\n    colour: red\n", "line 5: cases.0.colour"),
        ("name: x\ncases:\n  - id: a\n    question: Hva?\n    status: perhaps\n", "line 5: cases.0.status"),
        ("name: x\ncases:\n  - {id: a, question: 'Hva?'}\n  - {id: a, question: 'Hva?'}\n", "line 4: there is another"),
        ("name: x\ncases:\n  - id: a\n    question: Hva?\n    facts: [{number: 1, date: 2026-01-01}]\n", "line 5"),
        ("name: x\ncases:\n  - id: a\n   question: Hva?\n", "not valid YAML"),
        ("name: x\n", "cases"),
        ("", "set.yaml"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path, by_id, text, words):
    with pytest.raises(SetError, match=words):
        read(tmp_path, by_id, text)


def test_the_policy_set_is_what_it_says(policy):
    assert len(policy.cases) >= 150
    halves = [len(policy.half(half).cases) for half in ("dev", "test")]
    assert sum(halves) == len(policy.cases)
    assert abs(halves[0] - halves[1]) <= 0.1 * len(policy.cases)
    wanted = {
        "fact", "number", "date", "direct quote", "reported speech", "position", "two actors", "follow-up", "near miss",
        "false premise", "wrong actor", "unknown actor", "outside dates", "negation",
    }  # fmt: skip
    assert wanted <= {tag for case in policy.cases for tag in case.entry.tags}
    assert {case.language for case in policy.cases} == {"nb", "nn", "en"}


def test_a_keyword_search_alone_fails_at_a_third_of_the_policy_set(policy, by_id, tmp_path):
    index = KeywordIndex(tmp_path)
    places = {f"{d.id}:{i}": Span(d.id, p.start, p.end) for d in by_id.values() for i, p in enumerate(d.passages)}
    index.update(
        [(key, span.document, by_id[span.document].text[span.start : span.end]) for key, span in places.items()], ()
    )
    failed = 0
    for case in policy.cases:
        found = index.search([{stem: 1.0} for stem in keywords(case.question)], 1)
        first = places[next(iter(found))] if found else None
        # It never says no, and it doesn't know who speaks.
        failed += not (first and any(first.holds(span) for spans in case.gold for span in spans))
    assert failed >= len(policy.cases) / 3


def test_every_sentence_of_the_documents_has_a_gold_voice(by_id):
    voices = load_voices(SETS / "voices.yaml", by_id)
    assert voices.labels.keys() == {(d.id, s.start) for d in by_id.values() for s in d.sentences}


def test_the_schema_names_every_field():
    fields = schema()["$defs"]["CaseEntry"]["properties"]
    assert {"id", "question", "status", "quotes", "actor", "facts", "must_not_contain", "tags", "half"} <= set(fields)
