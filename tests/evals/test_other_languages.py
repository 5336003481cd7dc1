"""NorQuAD's questions in other languages."""

import numpy as np

from assistant.search.glossary import Glossary
from evals.benchmarks.data import Question
from evals.training.other_languages import in_another_language


def asked(text, language):
    random = np.random.default_rng(0)
    question = Question("one", text, ("text",), (), language)
    return {in_another_language(question, Glossary(), random) for _ in range(100)}


def test_a_question_in_bokmål_is_asked_in_nynorsk_and_in_english_words_too():
    assert asked("Hva er navnet?", "nb") == {"Hva er navnet?", "Kva er namnet?", "What is name?"}


def test_a_question_that_is_in_another_language_already_stays_as_it_is():
    """ "For" and "barn" are Norwegian words as well."""
    assert asked("Who built the barn for him?", "en") == {"Who built the barn for him?"}
