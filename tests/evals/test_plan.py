"""What the reader is trained with, round by round."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.training.plan import Plan, rate, rounds_of, sentence_rounds_of

COUNTS = st.integers(8, 60)


@given(read=COUNTS, sentences=COUNTS)
def test_the_rounds_over_sentences_take_each_question_once(read, sentences):
    """But for those left over of a round's last step, at most 3 each, since a step has 4 questions."""
    plan = Plan(read_again=4)
    rounds = list(sentence_rounds_of(plan, read, sentences))
    assert len(rounds) == plan.sentence_rounds
    taken = [i for one in rounds for step in one for i in step if i >= read]
    assert len(taken) == len(set(taken)) >= sentences - 3 * plan.sentence_rounds


@given(first=COUNTS, last=COUNTS)
def test_written_questions_wait_for_the_last_round_with_passages(first, last):
    *before, written = rounds_of(Plan(rehearsed=4), first, last)
    assert all(i < first for one in before for step in one for i in step)
    assert sum(i < first for step in written for i in step) <= 4


def test_the_rate_rises_to_the_highest_and_falls_to_nearly_nothing():
    """Of 10 steps the first 2 rise: ½, 1, then 8 fall by an eighth each."""
    assert [rate(i, 10, 0.2) for i in range(10)] == pytest.approx([0.5, 1, 1, *(n / 8 for n in range(7, 0, -1))])
