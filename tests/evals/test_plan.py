"""What the reader is trained with, round by round."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.training.plan import Plan, rate, rounds_of

COUNTS = st.integers(8, 60)


@given(first=COUNTS, last=COUNTS, sentences=COUNTS)
def test_the_last_rounds_take_each_question_with_single_sentences_once(first, last, sentences):
    """But for those left over of a round's last step, at most 3 each, since a step has 4 questions."""
    plan = Plan(rehearsed=4, read_again=4)
    rounds = list(rounds_of(plan, first, last, sentences))
    assert len(rounds) == plan.rounds + 1 + plan.sentence_rounds
    taken = [i for one in rounds[-plan.sentence_rounds :] for step in one for i in step if i >= first + last]
    assert len(taken) == len(set(taken)) >= sentences - 3 * plan.sentence_rounds


def test_the_rate_rises_to_the_highest_and_falls_to_nearly_nothing():
    """Of 10 steps the first 2 rise: ½, 1, then 8 fall by an eighth each."""
    assert [rate(i, 10, 0.2) for i in range(10)] == pytest.approx([0.5, 1, 1, *(n / 8 for n in range(7, 0, -1))])
