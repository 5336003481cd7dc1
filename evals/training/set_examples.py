"""Question sets about policy as examples for `fit_scores`: the dev cases, whose expectations people have read."""

from pathlib import Path

import numpy as np

from assistant import Assistant
from assistant.answers.answer import Status
from assistant.answers.inquiry import Inquiry
from assistant.answers.questions import closure
from assistant.search.retrieval import Hit
from assistant.settings import Settings
from evals.cases import Case, Span
from evals.evaluation import Evaluator
from evals.training.example import Example, sentences_as_numbers

SETS = tuple(Path(__file__).parents[1] / "sets" / name for name in ("policy.yaml", "wider.yaml"))


def set_examples(settings: Settings) -> list[Example]:
    """What the first try at each dev case finds: in the words of whoever is asked for, in all documents.

    Left out are cases that are no question of finding: with several actors, with dates, and conversations.
    """
    assistant = Assistant.from_settings(settings)
    evaluator = Evaluator(assistant, settings)
    cases = [case for path in SETS for case in evaluator.load(path, "dev").cases if len(case.turns) == 1]
    return [example for case in cases if (example := _example(assistant, case))]


def _example(assistant: Assistant, case: Case) -> Example | None:
    asked = assistant.understand(case.question, case.language)
    if asked.period or asked.unknown_actor or asked.quoted or len(asked.actors) > 1:
        return None
    if case.entry.status not in (Status.ANSWERED, Status.OTHER_VOICES, Status.NOTHING_FOUND):
        return None
    speakers = closure(asked.actors, assistant.actors)
    inquiry = Inquiry(assistant.retriever, assistant.actors, assistant.lexicon, 8, asked)
    weighed = inquiry.weigh(list(assistant.catalogue), speakers)
    spans = [span for spans in case.gold for span in spans]
    rows, gold = sentences_as_numbers(
        weighed.hits,
        inquiry.expected,
        weighed.evidence,
        lambda _, sentence: not speakers or sentence.voice.actor in speakers,
        lambda hit, sentence: any(Span(hit.document.id, sentence.start, sentence.end).overlaps(s) for s in spans),
    )
    return Example(
        answerable=case.entry.status is Status.ANSWERED,
        sentences=rows,
        gold=gold,
        passages=np.array([(0.0, hit.reading.relevance) for hit in weighed.hits if hit.reading]),
        holding=np.array([_holds(hit, spans) for hit in weighed.hits if hit.reading], bool),
        features=weighed.features,
        language=case.language,
    )


def _holds(hit: Hit, spans: list[Span]) -> bool:
    return any(Span(hit.document.id, hit.passage.start, hit.passage.end).holds(span) for span in spans)
