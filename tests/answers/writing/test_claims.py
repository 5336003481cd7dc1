"""Whatever shape a model's answer has, its whole claims are read, and as soon as they are whole."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers.writing.claims import Claim, ClaimReader

ONE, TWO = Claim("Kommunen bygger.", (1,)), Claim("Foreningen støtter det.", (2, 3))
ASKED_FOR = json.dumps({"claims": [{"text": ONE.text, "sources": [1]}, {"text": TWO.text, "sources": [2, 3]}]})


def read(text, size=7):
    reader = ClaimReader()
    found = [claim for at in range(0, len(text), size) for claim in reader.feed(text[at : at + size])]
    return found + reader.finish()


@pytest.mark.parametrize(
    "text",
    [
        ASKED_FOR,
        f"Here you are:\n```json\n{ASKED_FOR}\n```\nI hope this helps!",
        '{"text": "Kommunen bygger.", "sources": [1]}\n{"sources": ["2", "[3]"], "text": "Foreningen støtter det."}',
        '[{"text": "Kommunen bygger.", "sources": ["s1"]}, {"text": "Foreningen støtter det.", "sources": [2, 3]},',
        "Kommunen bygger. [1] Foreningen støtter det. [2, 3]",
        "- **Kommunen** bygger [1].\n- Foreningen støtter det [2][3].",
    ],
)
def test_claims_are_read_from_any_shape(text):
    assert read(text) == [ONE, TWO]


def test_of_half_an_answer_the_whole_claims_are_read():
    half = ASKED_FOR[: ASKED_FOR.index("Foreningen") + 5]
    assert read(half) == [ONE]


def test_a_broken_claim_does_not_hide_the_next():
    assert read(
        '{"claims": [{"text": "Kommunen" bygger", "sources": [1]}, {"text": "Foreningen støtter det.", "sources": [2, 3]}]}'
    ) == [TWO]


def test_a_claim_is_read_when_its_brace_closes():
    reader = ClaimReader()
    end = ASKED_FOR.index("}") + 1
    assert reader.feed(ASKED_FOR[: end - 1]) == []
    assert reader.feed(ASKED_FOR[end - 1 : end]) == [ONE]
    assert reader.feed(ASKED_FOR[end:]) == [TWO]
    assert reader.finish() == []


@pytest.mark.parametrize(
    "text", ["", "{}", "```json\n{}\n```", '{"claims": []}', '{"claims": null}', "}{", '{"text": 5, "sources": "x"}']
)
def test_where_there_are_no_claims_none_are_read(text):
    assert read(text) == []


@given(
    st.lists(
        st.tuples(st.text(alphabet="abc æøå.,!?", min_size=1, max_size=30), st.lists(st.integers(0, 99), max_size=4))
    ),
    st.integers(1, 40),
)
def test_it_makes_no_difference_in_what_pieces_an_answer_comes(claims, size):
    text = json.dumps({"claims": [{"text": words, "sources": sources} for words, sources in claims]})
    assert read(text, size) == [Claim(" ".join(words.split()), tuple(sources)) for words, sources in claims]


@pytest.mark.parametrize("sources", ["1" * 5_000, "[" * 50_000, "[true]", '["٥"]', "[1e400]"])
def test_sources_that_are_none_break_nothing(sources):
    text = (
        f'{{"text": "Kommunen bygger.", "sources": {sources}}} {{"text": "Foreningen støtter det.", "sources": [2, 3]}}'
    )
    assert TWO in read(text, 5_000)
    assert all(set(claim.sources) <= {0, 2, 3} for claim in read(text, 5_000))


@given(st.text(alphabet='{}[]":,abc 12\\n', max_size=60))
def test_no_text_breaks_the_reader(text):
    assert all(isinstance(claim, Claim) for claim in read(text, 3))
