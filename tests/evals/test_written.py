"""Scores of a chat model's claims, with their arithmetic in sight."""

from dataclasses import replace

import pytest

from assistant import Settings
from assistant.answers.writing.providers import open_chat_model
from assistant.answers.writing.writer import Writer
from evals.cases import Span
from evals.evaluation import Evaluator
from evals.written import written_scores
from tests.chat_server import ChatServer

ONE = """
name: one
cases:
  - id: beds
    question: Hva sa ministeren om døgnplasser?
    quotes: [klart å bremse nedgangen i døgnkapasitet]
"""

GOLD = [[Span("d", 0, 10)], [Span("d", 50, 60)]]


def quote(start):
    return {"document": {"id": "d"}, "start": start, "end": start + 10}


def claim(*sources, fault=None):
    return {"text": "x", "sources": list(sources), "cuts": [], "fault": fault, "about": ""}


def answer(claims, dropped):
    written = {"claims": claims, "dropped": dropped, "tokens_in": 100, "tokens_out": 20, "cost": 0.5}
    return {"quotes": [quote(0), quote(20), quote(50)], "written": written}


def test_without_a_chat_model_there_is_nothing_to_score():
    assert written_scores({"quotes": [], "written": None}, GOLD) == {}


def test_claims_dropped_unsupported_and_cited():
    scores = written_scores(
        answer([claim(1, 2), claim(2)], [claim(1, fault="number"), claim(9, fault="unknown_source"), claim(1)]), GOLD
    )
    assert scores["written"] == 1
    assert scores["claims"] == 2
    # Three of five claims were dropped; one of the five has a number that its source doesn't.
    assert scores["dropped claims"] == 3 / 5
    assert scores["unsupported claims"] == 1 / 5
    # Quotes 1 and 2 are cited; of the two expected, quote 1 is one.
    assert scores["claim citation precision"] == 1 / 2
    assert scores["claim citation recall"] == 1 / 2
    assert (scores["tokens"], scores["cost"]) == (120, 0.5)


def test_where_nothing_was_kept_citations_have_no_score():
    scores = written_scores(answer([], []), GOLD)
    assert scores["written"] == 0
    assert scores["dropped claims"] is None
    assert scores["claim citation precision"] is None
    assert scores["claim citation recall"] is None


def test_a_run_with_a_chat_model_has_its_scores_in_the_report(assistant, tmp_path):
    def script(request):
        first = request.sentences[0]["id"]
        request.claims((f"[[{first}]]", first), ("Det koster 77 milliarder.", first))

    (tmp_path / "one.yaml").write_text(ONE, encoding="utf-8")
    with ChatServer().running() as server:
        server.script = script
        settings = Settings(chat_model="openai:m", chat_url=server.url, chat_price_in=10, _env_file=None)
        writer = Writer(open_chat_model(settings), 10.0, 6_000, translates=False)
        done = Evaluator(replace(assistant, writer=writer), settings).evaluate(
            tmp_path / "one.yaml", tmp_path / "results", repeats=1
        )
    assert done.run.manifest.settings["chat_model"] == "openai:m"
    # One of two claims has a number that its source doesn't; 100 tokens at 10 a million.
    assert done.summary.figures["unsupported claims"].mean == 1 / 2
    assert done.summary.figures["cost"].mean == pytest.approx(0.001)
    assert "unsupported claims" in done.report.read_text(encoding="utf-8")
