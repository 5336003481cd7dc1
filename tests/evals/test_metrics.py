"""Every metric with its arithmetic in sight."""

import datetime
import math

import pytest

from evals import metrics
from evals.cases import Fact, Span

A, B, C = Span("d", 0, 10), Span("d", 20, 30), Span("e", 0, 10)
PASSAGE_A, PASSAGE_B, OTHER = Span("d", 0, 15), Span("d", 15, 40), Span("f", 0, 99)


def test_recall_counts_expected_quotes_inside_the_first_k_passages():
    ranked = [OTHER, PASSAGE_A, PASSAGE_B]
    assert metrics.recall_at(ranked, [[A], [B]], 1) == 0
    assert metrics.recall_at(ranked, [[A], [B]], 2) == 1 / 2
    assert metrics.recall_at(ranked, [[A], [B]], 3) == 1
    assert metrics.recall_at(ranked, [], 3) is None


def test_of_alternatives_one_is_enough():
    assert metrics.recall_at([PASSAGE_A], [[C, A]], 1) == 1


def test_a_passage_that_holds_half_a_quote_holds_none():
    assert metrics.recall_at([Span("d", 0, 9)], [[A]], 1) == 0


def test_reciprocal_rank():
    assert metrics.reciprocal_rank([OTHER, PASSAGE_A], [[A]]) == 1 / 2
    assert metrics.reciprocal_rank([OTHER], [[A]]) == 0


def test_ndcg():
    # Gains at ranks 2 and 3 of a best possible 1 and 2.
    got = 1 / math.log2(3) + 1 / math.log2(4)
    best = 1 / math.log2(2) + 1 / math.log2(3)
    assert metrics.ndcg_at([OTHER, PASSAGE_A, PASSAGE_B], [[A], [B]], 10) == pytest.approx(got / best)
    # One passage that holds both is as good as it gets.
    assert metrics.ndcg_at([Span("d", 0, 40)], [[A], [B]], 10) == 1


def test_evidence_and_citations():
    shown = [C, A, OTHER, B]
    assert metrics.evidence_at(shown, [[A]], 1) == 0
    assert metrics.evidence_at(shown, [[A]], 3) == 1
    assert metrics.citation_recall(shown, [[A], [Span("g", 0, 1)]]) == 1 / 2
    assert metrics.citation_precision(shown, [[A], [B]]) == 2 / 4
    assert metrics.citation_precision(shown, []) is None


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("omlag 1,2 mrd. kroner", Fact(number=1.2e9)),
        ("1,2 milliarder kroner", Fact(number=1.2e9)),
        ("om lag 430 flere plasser", Fact(number=430)),
        ("To av tre kommuner", Fact(number=2)),
        ("over 11 000 medlemmer", Fact(number=11_000)),
        ("gjennomsnitt 37,5 dager", Fact(number=37, tolerance=0.5)),
        ("Dato: 14. april 2026", Fact(date=datetime.date(2026, 4, 14))),
        ("Kommunal rapport 05.06.2026", Fact(date=datetime.date(2026, 6, 5))),
        ("leveres av Helsedirektoratet", Fact(text=("Hdir", "Helsedirektoratet"))),
    ],
)
def test_facts_are_found_as_norwegian_writes_them(text, fact):
    assert metrics.contains(text, fact)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("om lag 340 flere plasser", Fact(number=430)),
        ("4 300 plasser", Fact(number=430)),
        ("1,2 millioner", Fact(number=1.2e9)),
        ("15. april 2026", Fact(date=datetime.date(2026, 4, 14))),
    ],
)
def test_other_facts_are_not(text, fact):
    assert not metrics.contains(text, fact)


def test_fact_recall():
    assert metrics.fact_recall(["430 plasser", "i 2040"], [Fact(number=430), Fact(number=7)]) == 1 / 2


def test_forbidden_words():
    assert metrics.avoids(["på min vakt"], ["Min Vakt"]) == 0
    assert metrics.avoids(["noe annet"], ["min vakt"]) == 1
    assert metrics.avoids(["noe annet"], []) is None


def test_unsupported_numbers_and_names():
    # 430 and Vestre stand in the source; 12 and Hansen don't.
    words = "Minister Vestre og Hansen vil ha 430 og 12 plasser"
    assert metrics.unsupported(words, ["Vestre lovet 430 plasser"]) == 2 / 4
    assert metrics.unsupported("dette har de sagt:", []) is None


def test_abstention():
    # No answer was given to three questions, two of them rightly; of four without an answer two were recognised.
    pairs = [(True, True), (True, True), (False, True), (True, False), (True, False), (False, False)]
    assert metrics.abstention(pairs) == (2 / 3, 2 / 4)
    assert metrics.abstention([(False, False)]) == (None, None)


def test_risk_and_coverage():
    points = metrics.risk_coverage([(0.5, False), (0.9, True)])
    assert points == [(0.5, 0.0), (1.0, 0.5)]
    assert metrics.area_under(points) == 0.25
    assert metrics.area_under([]) is None


def test_confusion():
    counted = metrics.confusion([("answered", "answered"), ("answered", "nothing_found")])
    assert counted == {("answered", "answered"): 1, ("answered", "nothing_found"): 1}
