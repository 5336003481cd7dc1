"""Questions that take something for granted."""

import pytest

from assistant.answers.answer import Status


@pytest.mark.parametrize(
    "question",
    [
        "Hvorfor har NAPHA snudd om psykologkravet?",
        "Kvifor støttar Mental Helse helseføretaksmodellen?",
        "Why does Mental Helse support the health trust model?",
    ],
)
def test_a_claim_that_nothing_bears_out_is_not_answered(assistant, question):
    answer = assistant.ask(question)
    assert answer.status is Status.FALSE_PREMISE
    assert answer.quotes == ()
    # The nearest that the actor really says is shown.
    assert {quote.actor.id for quote in answer.closest} <= {"napha", "mental-helse"}
    assert answer.closest


@pytest.mark.parametrize(
    "question",
    [
        "Hvorfor vil Mental Helse styrke fastlegen?",
        "Hvorfor foreslår NAPHA refusjonsordninger?",
        "Why does Mental Helse want to strengthen the GP?",
        # Nobody is said to have done anything.
        "Hvorfor må kapasiteten i sikkerhetspsykiatrien øke?",
    ],
)
def test_a_claim_that_is_borne_out_is_answered(assistant, question):
    assert assistant.ask(question).status is Status.ANSWERED
