"""A conversation carries topic, actors and dates, and nothing else."""

import pytest

from assistant.answers.answer import Status
from assistant.answers.courtesy import is_courtesy

BEDS = "Hva sa ministeren om døgnplasser?"


def understood(assistant, *turns):
    earlier = None
    for turn in turns:
        earlier = assistant.understand(turn, earlier=earlier)
    return earlier


@pytest.mark.parametrize(
    ("turns", "topic", "actors", "carried"),
    [
        ((BEDS, "Og hva sier NAPHA?"), "døgnplasser", ("napha",), ("topic",)),
        ((BEDS, "Og kva seier NAPHA?"), "døgnplasser", ("napha",), ("topic",)),
        ((BEDS, "Og Mental Helse?"), "døgnplasser", ("mental-helse",), ("topic",)),
        (("What does NAPHA say about beds?", "What about the minister?"), "beds", ("minister-of-health",), ("topic",)),
        ((BEDS, "Når sa han det?"), "døgnplasser", ("minister-of-health",), ("topic", "actors")),
        ((BEDS, "When did he say that?"), "døgnplasser", ("minister-of-health",), ("topic", "actors")),
        ((BEDS, "Hva med ventetider?"), "ventetider", ("minister-of-health",), ("actors",)),
        ((BEDS, "Hva sa han om fastlegen?"), "fastlegen", ("minister-of-health",), ("actors",)),
        (
            (BEDS, "Og hva sier NAPHA?", "Hva med Sintef?"),
            "døgnplasser",
            ("sintef",),
            ("topic",),
        ),
        # A question that says everything itself takes nothing over.
        ((BEDS, "Hvor mange medlemmer har Mental Helse?"), "mange medlemmer har Mental Helse", (), ()),
        ((BEDS, "Hva mener NAPHA om lovkrav?"), "lovkrav", ("napha",), ()),
    ],
)
def test_what_is_taken_over(assistant, turns, topic, actors, carried):
    asked = understood(assistant, *turns)
    assert (asked.about, asked.actors, asked.carried) == (topic, actors, carried)


def test_dates_are_taken_over(assistant):
    asked = understood(assistant, "Hva sa SF i 2025 om pårørende?", "Og hva sa Mental Helse?")
    assert asked.period == understood(assistant, "Hva sa SF i 2025 om pårørende?").period
    assert "period" in asked.carried


def test_an_answer_says_what_it_took_over(assistant):
    earlier = assistant.ask("Hva mener Mental Helse om kompetansekrav?").understanding
    answer = assistant.ask("Og hva sier NAPHA?", earlier=earlier)
    assert answer.text.startswith("Forstått som: NAPHA · kompetansekrav")
    assert {quote.actor.id for quote in answer.quotes} == {"napha"}


def test_sources_are_not_taken_over(assistant):
    earlier = assistant.ask(BEDS).understanding
    alone = assistant.ask("Hva mener NAPHA om lovkrav?")
    after = assistant.ask("Hva mener NAPHA om lovkrav?", earlier=earlier)
    assert [(q.document.id, q.start) for q in alone.quotes] == [(q.document.id, q.start) for q in after.quotes]


@pytest.mark.parametrize(
    "message", ["Takk!", "Hei.", "Tusen takk for hjelpen!", "Ok, takk", "Ha det bra!", "Thank you very much"]
)
def test_thanks_and_greetings_get_no_quotes(assistant, message):
    answer = assistant.ask(message)
    assert (answer.status, answer.quotes, answer.closest) == (Status.NOTHING_FOUND, (), ())
    assert answer.lead.startswith("Do ask" if "Thank" in message else "Spør gjerne")


@pytest.mark.parametrize(
    "question", ["Hei, hva sa ministeren om døgnplasser?", "Hvem takker ministeren?", "Bra psykisk helse"]
)
def test_a_question_with_a_greeting_is_a_question(assistant, question):
    assert "Spør gjerne" not in assistant.ask(question).lead


def test_thanks_in_between_are_passed_over(assistant):
    asked = understood(assistant, BEDS, "Takk!", "Og hva sier NAPHA?")
    assert (asked.about, asked.actors, asked.carried) == ("døgnplasser", ("napha",), ("topic",))


def test_a_long_message_of_greetings_is_told_from_a_question_at_once():
    """A pattern that tried every way to part "ha det bra" would take 2 to the 180th steps here."""
    assert is_courtesy("ha det bra " * 180)
    assert not is_courtesy("ha det bra " * 180 + "?x")


@pytest.mark.parametrize(
    ("turns", "language"),
    [
        # A name tells no language: it stays that of the question before.
        (("What does NAPHA say about beds?", "Mental Helse?"), "en"),
        (("What does NAPHA say about beds?", "Young men?"), "en"),
        (("Kva seier NAPHA om senger?", "Mental Helse?"), "nn"),
        # Words of both kinds of Norwegian do, where it was English, and tell nothing where it was nynorsk.
        (("What does NAPHA say about beds?", "Når sa han det?"), "nb"),
        (("What does NAPHA say about beds?", "Takk!"), "nb"),
        (("Kva seier NAPHA om senger?", "Når sa han det?"), "nn"),
        ((BEDS, "When did he say that?"), "en"),
    ],
)
def test_the_language_of_a_short_follow_up(assistant, turns, language):
    assert understood(assistant, *turns).language == language
