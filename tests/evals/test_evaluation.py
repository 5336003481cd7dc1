"""A set is run, scored, reported and compared: over the real collection, with the real model."""

import json
import shutil
from dataclasses import replace
from threading import Event

import pytest
from typer.testing import CliRunner

from assistant import Settings
from assistant.answers.feedback import Feedback, store
from assistant.cli import app
from evals import metamorphic
from evals.drafts import write_drafts
from evals.evaluation import Evaluator
from evals.run import ANSWERS, Run
from evals.summary import compare
from tests.conftest import KNOWLEDGE
from tests.evals.test_cases import SETS

MINE = """
name: mine
cases:
  - id: beds
    question:
      nb: Hva sa ministeren om døgnplasser?
      en: What did the minister say about day-bed capacity?
    quotes:
      - any: [om lag 430 flere plasser frem mot 2040, klart å bremse nedgangen i døgnkapasitet]
    actor: minister-of-health
    facts: [430]
    tags: [position]
  - id: then-napha
    question: ['Hva mener Mental Helse om kompetansekrav?', 'Og hva sier NAPHA?']
    quotes: [spesifikke kompetansekrav kan treffe skjevt]
    actor: napha
    tags: [follow-up]
  - id: tower
    question: Hvor høyt er Eiffeltårnet?
    status: nothing_found
"""


@pytest.fixture(scope="module")
def evaluator(assistant):
    return Evaluator(assistant, Settings(knowledge=KNOWLEDGE, _env_file=None))


@pytest.fixture(scope="module")
def mine(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sets")
    shutil.copy(SETS / "voices.yaml", folder)
    (folder / "mine.yaml").write_text(MINE, encoding="utf-8")
    return folder / "mine.yaml"


@pytest.fixture(scope="module")
def done(evaluator, mine, tmp_path_factory):
    return evaluator.evaluate(mine, tmp_path_factory.mktemp("results"))


def test_every_case_is_answered_twice_in_the_same_way(done):
    assert done.finished
    assert len(done.run.records()) == 2 * 4
    assert done.summary.figures["determinism"].mean == 1


def test_the_gates_hold_and_everything_is_right(done):
    assert done.summary.gates_hold
    assert {item.case.id: item.right for item in done.scored} == dict.fromkeys(
        ["beds.nb", "beds.en", "then-napha", "tower"], True
    )


def test_a_tampered_answer_is_caught_by_each_gate(done, evaluator):
    path = done.run.folder.parent / "tampered"
    shutil.copytree(done.run.folder, path)
    records = done.run.records()
    quotes = records[0]["answer"]["quotes"]
    quotes[0]["text"] = f"Ikke {quotes[0]['text']}"
    quotes[1]["page"] += 1
    quotes[2]["actor"]["id"] = "napha"
    (path / ANSWERS).write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
    scored = evaluator.score(Run.open(path)).scored[0]
    n = len(quotes)
    assert scored.scores["quote exactness"] == pytest.approx((n - 1) / n)
    assert scored.scores["citation validity"] == pytest.approx((n - 2) / n)
    assert scored.scores["attribution exactness"] == pytest.approx((n - 1) / n)
    assert not scored.right


def test_a_stopped_run_goes_on_without_asking_twice(evaluator, mine, tmp_path, monkeypatch):
    stop = Event()
    first = evaluator.evaluate(
        mine, tmp_path, cancelled=stop, progress=lambda done, total: stop.set() if done == 3 else None
    )
    assert not first.finished
    answered = first.run.records()
    # Killed while a line was being written:
    with (first.run.folder / ANSWERS).open("ab") as file:
        file.write(b'{"case": "beds.nb", "att')
    asked = []
    ask = type(evaluator.assistant).ask
    monkeypatch.setattr(
        type(evaluator.assistant), "ask", lambda self, q, **more: asked.append(q) or ask(self, q, **more)
    )
    second = evaluator.evaluate(mine, tmp_path)
    assert second.run.folder == first.run.folder
    assert second.finished
    records = second.run.records()
    assert records[: len(answered)] == answered
    assert len({(record["case"], record["attempt"]) for record in records}) == len(records) == 8
    # One of the cases is a conversation of two questions.
    assert len(asked) <= 2 * (8 - len(answered))


def test_parallel_answers_are_the_same(evaluator, mine, done, tmp_path):
    parallel = evaluator.evaluate(mine, tmp_path, workers=4)
    one, four = ([(r["case"], r["answer"]["quotes"]) for r in e.run.records()] for e in (done, parallel))
    assert one == four


def test_a_run_compared_with_a_worse_one_names_what_got_better(done):
    worse = [replace(item, scores={**item.scores, "right": 0.0}) for item in done.scored[:1]]
    found = compare([*worse, *done.scored[1:]], done.scored)
    assert [(flip.case, flip.better) for flip in found.flips] == [("beds.nb", True)]
    assert found.differences["right"].mean == 1 / 4
    assert not found.differences["right"].is_more_than_chance


def test_the_report_needs_no_network_and_shows_each_case(done):
    html = done.report.read_text(encoding="utf-8")
    assert "http://" not in html.replace("http://127.0.0.1:7860/documents/", "")
    assert "https://" not in html
    for words in ("Hva sa ministeren om døgnplasser?", "430 flere plasser", "nothing_found", "Risk against coverage"):
        assert words in html
    assert "| right | 1.000 |" in done.report.with_suffix(".md").read_text(encoding="utf-8")


def test_tampered_quotes_are_refused_and_differently_set_ones_accepted(documents):
    outcomes = metamorphic.run(list(documents.values()))
    assert {outcome.change: outcome.wrong for outcome in outcomes if outcome.wrong} == {}
    assert {"drop_negation", "swap_number", "reverse_halves", "join_documents", "swap_speaker"} <= {
        outcome.change for outcome in outcomes if not outcome.accept and outcome.checked
    }


def test_feedback_becomes_a_draft_that_loads(assistant, evaluator, tmp_path):
    answer = assistant.ask("Hva mener NAPHA om lovkrav?").as_dict()
    store(tmp_path, Feedback.now(("Hva mener NAPHA om lovkrav?",), answer, helpful=True))
    store(tmp_path, Feedback.now(("Hva?", "Og hvem?"), answer, helpful=False, reason="Feil: avsender # her"))
    assert write_drafts(tmp_path, tmp_path / "drafts.yaml") == 2
    first, second = evaluator.load(tmp_path / "drafts.yaml").cases
    assert first.gold
    assert second.turns == ("Hva?", "Og hvem?")
    assert "Feil: avsender" in (tmp_path / "drafts.yaml").read_text(encoding="utf-8")


def test_a_malformed_set_does_not_stop_the_others(mine, tmp_path, monkeypatch):
    monkeypatch.setenv("ASSISTANT_INDEX", str(tmp_path / "index"))
    bad = tmp_path / "bad.yaml"
    bad.write_text("name: bad\ncases: 3\n", encoding="utf-8")
    given = [str(bad), str(mine), "--repeats", "1", "--results", str(tmp_path / "results")]
    result = CliRunner().invoke(app, ["evaluate", *given, "--knowledge", str(KNOWLEDGE), "--fail-under", "right=0.9"])
    assert "bad.yaml: line 2" in result.output
    assert "mine: 4 cases" in result.output
    assert result.exit_code == 1
    run = next((tmp_path / "results").iterdir())
    again = CliRunner().invoke(app, ["evaluate", "compare", str(run), str(run), "--knowledge", str(KNOWLEDGE)])
    assert "Compared on 4 shared questions" in again.output
    assert again.exit_code == 0
