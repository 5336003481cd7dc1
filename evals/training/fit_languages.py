"""`python -m evals.training.fit_languages`: by how much less sure the same question is in nynorsk and in English.

The policy set's questions are in three languages, so the difference of the log-odds of the same question is what the
language does. Only the dev half is used. Prints `ABROAD` of answers/confidence.py.
"""

import sys
from collections import defaultdict
from pathlib import Path
from statistics import fmean

from assistant import Assistant, Settings
from assistant.answers.confidence import features, log_odds
from assistant.answers.evidence import collect
from assistant.answers.expected import expected
from assistant.answers.questions import closure
from assistant.corpus.language import EN, NB, NN
from evals.evaluation import Evaluator

SET = Path(__file__).parents[1] / "sets" / "policy.yaml"
CONSIDERED = 20


def main() -> int:
    """Ask, compare, print."""
    settings = Settings.load()
    assistant = Assistant.from_settings(settings)
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for case in Evaluator(assistant, settings).load(SET).cases:
        if case.entry.half == "dev" and len(case.turns) == 1:
            found[case.entry.id][case.language] = _sure(assistant, case.turns[0], case.language)
    for language in (NN, EN):
        pairs = [by[NB] - by[language] for by in found.values() if NB in by and language in by]
        print(f"{language}: {fmean(pairs):.2f} (n = {len(pairs)})")
    return 0


def _sure(assistant: Assistant, question: str, language: str) -> float:
    """The log-odds that the question is answered by whoever it asks for."""
    asked = assistant.understand(question, language)
    speakers = closure(asked.actors, assistant.actors)
    query = assistant.lexicon.query(asked.about, language)
    hits = [
        hit
        for hit in assistant.retriever.search(query, CONSIDERED)
        if not speakers or any(s.voice.actor in speakers for s in hit.document.sentences_of(hit.passage))
    ]
    read = assistant.retriever.read(assistant.lexicon.query(asked.literal, language).text, hits)
    wanted = expected(question, assistant.lexicon, language)
    evidence = collect(read, lambda s: not speakers or s.voice.actor in speakers, wanted)
    return log_odds(features(evidence, read, assistant.index.passage_count))


if __name__ == "__main__":
    sys.exit(main())
