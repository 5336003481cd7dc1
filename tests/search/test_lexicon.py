"""A question's words become the documents' words: by the glossary, and where it has nothing, by the embedding space."""

from dataclasses import replace

import numpy as np
import pytest

from assistant.search.glossary import Glossary
from assistant.search.projection import open_projection
from tests.conftest import KNOWLEDGE


def stems(query):
    return {stem for group in query.terms for stem in group}


@pytest.mark.parametrize(
    ("question", "language", "stem"),
    [
        ("day-bed capacity", "en", "døgnplass"),
        ("next of kin", "en", "pårør"),
        ("brukarstyrte senter", "nn", "brukerstyrt"),
        ("BUP", "nb", "bup"),
        # Not in the glossary: the nearest of the collection's own words.
        ("newspaper budgeters", "en", "budsjett"),
        ("erfaringskonsulentane", "nn", "erfaringskonsulent"),
    ],
)
def test_a_word_is_looked_up_as_the_documents_write_it(assistant, question, language, stem):
    assert stem in stems(assistant.lexicon.query(question, language))


def test_a_nynorsk_word_finds_texts_of_both_written_forms(assistant):
    """The word "tenestene" is looked up as "tjenestene" too, where the collection has texts with either."""
    collection = replace(assistant.lexicon.projection, known=frozenset({"tenest", "tjenest"}).__contains__)
    query = replace(assistant.lexicon, projection=collection).query("tenestene", "nn")
    assert {"tenest", "tjenest"} <= stems(query)


def test_an_english_question_is_searched_for_in_bokmål_and_read_in_english(assistant):
    """The reader was taught with English questions that have the glossary's names beside them."""
    query = assistant.lexicon.query("Who pays for inpatient beds?", "en")
    assert query.text == "Hvem betale for døgnplass?"
    assert query.asked == "Who pays for inpatient beds? døgnplass"


def test_an_abbreviation_counts_only_in_capitals(assistant):
    assert "dps" in stems(assistant.lexicon.query("DPS", "nb"))
    # "act" is a law, ACT a kind of team.
    assert "lov" in stems(assistant.lexicon.query("the act", "en"))
    assert "lov" not in stems(assistant.lexicon.query("the ACT", "en"))


def test_a_word_that_nothing_comes_near_stays(assistant):
    assert stems(assistant.lexicon.query("Eiffeltårnet", "nb")) == {"eiffeltårn"}


def test_words_of_one_name_belong_together(assistant):
    query = assistant.lexicon.query("mange ansatte i Mental Helse i Trondheim", "nb")
    assert sorted(query.names) == [0, 0, 1, 1, 2]


def test_the_words_are_embedded_once_and_kept(assistant, encoder, tmp_path, monkeypatch):
    english = Glossary.load(KNOWLEDGE / "synonyms.yaml").english
    first = open_projection(tmp_path, assistant.index, encoder, english)
    asked = []
    embed = type(encoder).embed_words
    monkeypatch.setattr(
        type(encoder), "embed_words", lambda self, words: asked.append(len(words)) or embed(self, words)
    )
    second = open_projection(tmp_path, assistant.index, encoder, english)
    assert asked == []
    assert first.stems == second.stems
    assert np.allclose(first.vectors, second.vectors, atol=2e-3)
    assert np.allclose(first.foreign_mean, second.foreign_mean, atol=2e-3)
    # Another sample of English is embedded; the collection's words still aren't.
    open_projection(tmp_path, assistant.index, encoder, english[:7])
    assert asked == [7]


def test_a_damaged_file_of_words_is_made_anew(assistant, encoder, tmp_path):
    first = open_projection(tmp_path, assistant.index, encoder, ())
    (path,) = tmp_path.glob("words-*.npz")
    path.write_bytes(path.read_bytes()[:1000])
    assert open_projection(tmp_path, assistant.index, encoder, ()).stems == first.stems


def test_the_glossary_has_three_hundred_concepts_in_three_languages():
    glossary = Glossary.load(KNOWLEDGE / "synonyms.yaml")
    concepts = set(glossary.by_stems.values())
    assert len(concepts) >= 300
    for words in ("day-bed", "inpatient bed", "24-hour place", "carer", "low-threshold service"):
        assert glossary.find(words.replace("-", " ").split()), words
    assert {"DPS", "BUP", "ACT", "TSB", "RHF", "IPS"} <= set(glossary.by_short)
