"""NorQuAD's questions partly in English."""

import numpy as np

from assistant.search.glossary import Glossary
from evals.benchmarks.data import Question
from evals.training.partly_english import partly_in_english


def asked(text, language):
    random = np.random.default_rng(0)
    question = Question("one", text, ("text",), (), language)
    return {partly_in_english(question, Glossary(), random) for _ in range(100)}


def test_a_question_in_bokmål_is_asked_in_english_words_too():
    assert asked("Hva er navnet?", "nb") == {"Hva er navnet?", "What is name?"}


def test_a_question_that_is_in_another_language_already_stays_as_it_is():
    """ "For" and "barn" are Norwegian words as well."""
    assert asked("Who built the barn for him?", "en") == {"Who built the barn for him?"}
