"""An English question is asked in bokmål, word by word."""

import pytest

from assistant.search.english import in_bokmal
from assistant.search.glossary import ConceptEntry, Glossary
from assistant.search.norwegian import stem, words

GLOSSARY = Glossary.of(
    [
        ConceptEntry(nb=("døgnplass", "seng"), en=("day-bed", "inpatient bed")),
        ConceptEntry(nb=("ansatt",), en=("employee",)),
        ConceptEntry(nb=("fastlege",), en=("general practitioner",), short=("GP",)),
    ]
)
COLLECTION = {stem(word) for word in words("Kommunen tilbyr en tjeneste. Fastlegen lager en avtale om døgnplass.")}


def put(question, known=COLLECTION):
    return in_bokmal(question, GLOSSARY, known.__contains__)


@pytest.mark.parametrize(
    ("english", "bokmal"),
    [
        # The glossary's names, as the field calls it.
        ("How many inpatient beds are there?", "Hvor mange døgnplass er det?"),
        # A phrase before its words, and a word in any form.
        ("Who takes care of refugees?", "Hvem ta vare på flyktning?"),
        # A glossary's name that is only like it ("employee") doesn't count where the word itself is known.
        ("Should employers pay?", "Bør arbeidsgiver betale?"),
        # "Does", "the" and the genitive have no word of their own.
        ("Does the GP's salary matter?", "Fastlege lønn sak?"),
        # Abbreviations in the plural.
        ("What do GPs want?", "Hva fastlege vil?"),
        # Another sentence begins with no name.
        ("I saw a letter. What is it?", "Jeg så en brev hva er det?"),
    ],
)
def test_an_english_question_is_put_into_bokmal(english, bokmal):
    assert put(english).text == bokmal


def test_of_several_meanings_the_one_that_the_collection_has_is_taken():
    """An "agreement" is an "avtale"; an "appointment" is a "time", or an "avtale", which these documents have."""
    assert put("Which appointment?").text == "Hvilke avtale?"
    assert put("Which appointment?", set()).text == "Hvilke time?"


def test_what_the_collection_has_besides_is_searched_for_too():
    """The "service" is a "tjeneste", or a "tilbud"; the English word, where there are documents in English."""
    known = {stem("tjeneste"), stem("tilbud"), "servic"}
    assert set(put("service", {*known, "service"}).also[stem("tjeneste")]) >= {stem("tjeneste"), stem("tilbud")}


def test_names_and_what_nobody_knows_stay():
    """Within a sentence "May" is a month, "Lie" somebody's name."""
    worded = put("Did Kathy Lie mention xylophones in May?")
    assert worded.text == "Kathy Lie nevne xylophones i mai?"
    assert worded.foreign == {"xylophones"}
