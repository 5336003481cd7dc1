"""What kind of answer a question wants."""

import pytest

from assistant.answers.expected import Kind, expected


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Hvor mange medlemmer har Mental Helse?", Kind.NUMBER),
        ("Hva koster en døgnplass?", Kind.NUMBER),
        ("Kva kosta opptrappingsplanen?", Kind.NUMBER),
        ("What did the pandemic cost the municipalities?", Kind.NUMBER),
        ("Når kommer planen?", Kind.TIME),
        ("Hvilken dato er fristen?", Kind.TIME),
        ("Which month is the plan due?", Kind.TIME),
        ("Hva mener NAPHA om lovkrav?", Kind.ANYTHING),
        ("Hvilke kostnader nevnes?", Kind.ANYTHING),
    ],
)
def test_numbers_and_points_in_time(assistant, question, kind):
    assert expected(question, assistant.lexicon, "nb").kind is kind
