"""A nynorsk question is asked in bokmål, word by word."""

import pytest

from assistant.search.norwegian import stem, words
from assistant.search.nynorsk import in_bokmal

COLLECTION = {
    stem(word) for word in words("Døgnplasser for alvorlig syke koster penger. Kommunene trenger psykologer.")
}


@pytest.mark.parametrize(
    ("nynorsk", "bokmal"),
    [
        ("Kvifor treng kommunane fleire psykologar?", "Hvorfor trenger kommunene flere psykologer?"),
        ("Kor mykje kostar ein døgnplass?", "Hvor mye koster en døgnplass?"),
        ("Kva for sjuke er alvorleg sjuke?", "Hvilke syke er alvorlig syke?"),
        ("Kva seier Mental Helse om å bruka pengane?", "Hva sier Mental Helse om å bruke pengene?"),
        ("Kva gjeld det når det gjeld tilskota?", "Hva gjeld det når det gjelder tilskuddene?"),
    ],
)
def test_a_nynorsk_question_is_put_into_bokmal(nynorsk, bokmal):
    assert in_bokmal(nynorsk, COLLECTION.__contains__).text == bokmal


def test_names_and_words_of_both_stay():
    """Within a sentence "Leiar" is a name, and a "svar" is no "sver"."""
    asked = "Får Eidar Leiar svar i januar?"
    assert in_bokmal(asked, COLLECTION.__contains__).text == asked


def test_what_a_word_was_before_is_still_known():
    """So that a document in nynorsk is found by it too."""
    known = {stem("tenestene"), stem("tjenestene")}
    worded = in_bokmal("Kvar er tenestene?", known.__contains__)
    assert worded.also == {stem("tjenestene"): (stem("tenestene"),)}
