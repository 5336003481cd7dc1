"""What kind of answer a question wants."""

import pytest

from assistant.answers.expected import Kind, expected


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Hvor mange medlemmer har Mental Helse?", Kind.NUMBER),
        ("Hva koster en døgnplass?", Kind.MONEY),
        ("Kva kosta opptrappingsplanen?", Kind.MONEY),
        ("What did the pandemic cost the municipalities?", Kind.MONEY),
        ("What does one inpatient mental health bed cost?", Kind.MONEY),
        ("How much is the state paying Sintef?", Kind.MONEY),
        ("How many billions were spent?", Kind.MONEY),
        ("Hva tjener en psykolog?", Kind.MONEY),
        ("Hvor mange milliarder er satt av?", Kind.MONEY),
        ("Hvor mange milliardærer betaler skatt?", Kind.NUMBER),
        ("Kor stor del av midlane vart brukt?", Kind.SHARE),
        ("Må unge betale egenandel?", Kind.ANYTHING),
        ("Hva mener NAPHA om at kommunene betaler?", Kind.ANYTHING),
        ("What does NAPHA say about services that cost more?", Kind.ANYTHING),
        ("How much do patients pay?", Kind.MONEY),
        ("Hva mener kommisjonen om hvor mye staten skal styre?", Kind.ANYTHING),
        ("Hva sier kommisjonen om hvor mange ansatte det er?", Kind.NUMBER),
        ("Når kommer planen?", Kind.TIME),
        ("Which month is the plan due?", Kind.TIME),
        ("Hvilken dato er fristen?", Kind.DATE),
        ("I hvilket år kom lovkravet?", Kind.YEAR),
        ("Kven leier Kommunekommisjonen?", Kind.NAME),
        ("Who is the new secretary general of Mental Helse?", Kind.NAME),
        ("Hvilken kommune var først?", Kind.NAME),
        ("Which health minister made the plan?", Kind.NAME),
        ("Hvilke kommuner får mest?", Kind.ANYTHING),
        ("Hvem har ansvaret for pasientene?", Kind.ANYTHING),
        ("Hva mener NAPHA om lovkrav?", Kind.ANYTHING),
        ("Hvilke kostnader nevnes?", Kind.ANYTHING),
    ],
)
def test_numbers_and_points_in_time(assistant, question, kind):
    assert expected(question, assistant.lexicon, "nb").kind is kind


def test_what_is_counted_in_english_may_be_several_words(assistant):
    """A "peer support worker" is an "erfaringskonsulent"; "in" ends what is counted."""
    wanted = expected("How many peer support workers in the municipalities?", assistant.lexicon, "en")
    assert wanted.lacking("Det er 3 erfaringskonsulenter.") == (0.0, 0.0)
    assert wanted.lacking("Det er 3 kommuner.") == (0.0, 1.0)


@pytest.mark.parametrize(
    ("question", "has", "lacks"),
    [
        ("Hva koster en plass?", "En plass kostet 3 mill. kroner.", "Det er 3 plasser."),
        ("Hvor stor andel er fylt?", "Halvparten er fylt.", "Det er 50 stillinger."),
        ("Hvilken dato er fristen?", "Fristen er 5. juni.", "Fristen er i 2026."),
        ("Hvilket år kom kravet?", "Kravet kom i 2020.", "Kravet kom for lenge siden."),
        ("Når kom kravet?", "Kravet kom for lenge siden.", "Kravet er viktig."),
        ("Hvem leder NAPHA?", "Lederen i NAPHA heter Kari.", "I NAPHA er det en leder."),
    ],
)
def test_a_sentence_has_what_is_asked_for_or_lacks_it(assistant, question, has, lacks):
    """A number is no price, a year no date, and the name that the question says itself isn't the one it asks for."""
    wanted = expected(question, assistant.lexicon, "nb")
    assert (wanted.lacking(has)[0], wanted.lacking(lacks)[0]) == (0.0, 1.0)
