"""Judged questions: what answers comes first, and nothing that answers, even in part, is among what doesn't."""

import json

import pytest

from assistant.search.glossary import Glossary
from assistant.search.reader import WEIGHTS
from evals.benchmarks.data import Texts
from evals.training.judged_groups import find, judged_sentences
from evals.training.judged_questions import QUESTIONS, SETS, Judged, JudgedAbout, Place
from evals.training.searchable import Searchable

PARTY = (
    "Partiet vil bygge 200 nye døgnplasser innen 2030. Vi vil øke antallet døgnplasser i hele landet. "
    "Døgnplasser har vært mye omtalt de siste årene. Fastleger skal få flere hjemler."
)
UNION = "Forbundet mener at døgnplasser må styres av staten. Lærere trenger mer tid."
QUESTION = "Hvor mange døgnplasser vil partiet bygge?"
ANSWER, PART, NEAR = (PARTY.split(". ")[i].rstrip(".") + "." for i in range(3))


def place(name, text, words):
    return Place(name, text.index(words), text.index(words) + len(words))


def about(number):
    judged = Judged(
        number,
        "nb",
        QUESTION,
        answers=(place("party", PARTY, ANSWER),),
        partly=(place("party", PARTY, PART),),
        near_misses=(place("party", PARTY, NEAR),),
    )
    parts = {number: [Place("party", 0, len(PARTY)), Place("union", 0, UNION.index("Lærere"))]}
    return JudgedAbout("judged", Texts({"party": PARTY, "union": UNION}), parts, [judged])


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    return tmp_path_factory.mktemp("judged")


def test_a_group_has_the_answer_first_then_the_named_near_miss_and_nothing_that_answers_in_part(workspace):
    (group,) = judged_sentences(about(3), workspace, "bundled", Glossary(), 0, WEIGHTS, 1.0)
    assert group.texts[0][group.start : group.end] == ANSWER
    assert group.texts[1].endswith(NEAR)
    assert not any(text.endswith(PART) for text in group.texts)


def test_what_lies_outside_the_set_is_not_found(workspace):
    asked = about(3)
    searchable = Searchable.open(asked.name, asked.texts, workspace, "bundled", Glossary())
    found = find(asked.questions[0], asked, searchable)
    assert {item.text for item in found.evidence} >= {ANSWER, PART, NEAR}
    assert "Lærere trenger mer tid." not in {item.text for item in found.evidence}


def test_every_tenth_set_gives_no_group(workspace):
    assert list(judged_sentences(about(9), workspace, "bundled", Glossary(), 0, WEIGHTS, 1.0)) == []


def test_judgements_name_places_in_their_set_and_no_sentence_twice():
    sets = {row["set"]: row["parts"] for row in map(json.loads, SETS.read_text(encoding="utf-8").splitlines())}
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        places = [tuple(place) for kind in ("answers", "partly", "near_misses") for place in row[kind]]
        parts = {document: (start, end) for document, start, end in sets[row["set"]]}
        assert row["answers"]
        assert len(set(places)) == len(places)
        assert all(parts[name][0] <= start < end <= parts[name][1] for name, start, end in places)
    assert len({row["question"] for row in rows}) == len(rows)
