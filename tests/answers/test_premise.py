"""Questions that take something for granted."""

import pytest

from assistant.answers.answer import Status


@pytest.mark.parametrize(
    "question",
    [
        "Hvorfor har NAPHA snudd om psykologkravet?",
        "Kvifor støttar Mental Helse helseføretaksmodellen?",
        "Why does Mental Helse support the health trust model?",
        "Why does NAPHA demand that psychologists be abolished?",
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
        "Why does NAPHA propose reimbursement schemes?",
        # In quite other words: "et større økonomisk frirom til lokale prioriteringer".
        "Why does the Municipal Commission want more local freedom?",
        # "Vi ser det derfor ikke som tjenlig å opprette enda et forsøksprosjekt".
        "Why does the health minister say no to yet another pilot project outside the hospital trust model?",
        # Nobody is said to have done anything.
        "Hvorfor må kapasiteten i sikkerhetspsykiatrien øke?",
    ],
)
def test_a_claim_that_is_borne_out_is_answered(assistant, question):
    assert assistant.ask(question).status is Status.ANSWERED


def test_a_quotation_is_looked_up_word_for_word(assistant):
    said = "Vi er ikke alltid sikre på at pengene når fram og brukes til formålet"
    answer = assistant.ask(f"Sa Vestre «{said}»?")
    assert (answer.status, answer.quotes[0].actor.id) == (Status.ANSWERED, "minister-of-health")
    assert said in answer.quotes[0].text
    answer = assistant.ask(f"Har NAPHA sagt «{said}»?")
    assert (answer.status, answer.quotes[0].actor.id) == (Status.OTHER_VOICES, "minister-of-health")


def test_a_quotation_that_was_altered_is_refused_and_the_real_one_shown(assistant):
    answer = assistant.ask("Sa Vestre «Vi er alltid sikre på at pengene når fram og brukes til formålet»?")
    assert answer.status is Status.FALSE_PREMISE
    assert answer.lead == "Fant ikke disse ordene i denne formen i dokumentene."
    assert "Vi er ikke alltid sikre" in answer.closest[0].text


@pytest.mark.parametrize(
    "question",
    [
        "Hvorfor vil Vestre legge ned døgnplasser?",
        "Hvorfor vil Mental Helse legge ned DPS?",
        "Hvorfor mener NAPHA at opptrappingsplanen er godt finansiert?",
        "Hvorfor er Mental Helse for foretaksmodellen?",
        "Hvorfor vil ministeren privatisere psykisk helsevern?",
    ],
)
def test_claims_of_wanting_saying_and_being_for(assistant, question):
    assert assistant.ask(question).status is Status.FALSE_PREMISE


def test_a_title_that_is_asked_about_is_no_quotation(assistant):
    answer = assistant.ask("Hva sier ministeren om «Bedre helsehjelp og flere gode leveår»?")
    assert answer.understanding.quoted == ""
    assert answer.status is Status.ANSWERED
