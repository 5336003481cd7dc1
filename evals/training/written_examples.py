"""Questions kept out of the reader's training, about policy texts and the Storting's, as examples for `fit_scores`."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from assistant.answers.confidence import features
from assistant.answers.evidence import Evidence, collect, look_again
from assistant.answers.expected import Expected, expected
from assistant.search.glossary import Glossary
from assistant.search.retrieval import Hit, Query
from assistant.settings import Settings
from evals.benchmarks.running import Opened
from evals.training.example import Example, sentences_as_numbers
from evals.training.judged_groups import find
from evals.training.judged_questions import Judged, JudgedAbout, judged_about
from evals.training.searchable import Searchable
from evals.training.written_questions import Written, WrittenAbout, about_policy, about_storting

_CONSIDERED, _SEED = 20, 0


def written_examples(data: Path, workspace: Path, settings: Settings, count: int) -> Iterator[Example]:
    """Up to `count` of the questions kept out of training about policy texts, and as many about those of the Storting.

    Those that name who is to speak, or were written with a set of texts at hand, are asked of these texts only, the
    others of all.
    """
    glossary = Glossary.load(settings.knowledge / "synonyms.yaml")
    for about in (about_policy(data), about_storting(data)):
        searchable = _opened(about, workspace, settings, glossary)
        kept_out = [written for written in about.questions if written.kept_out]
        for i in np.random.default_rng(_SEED).permutation(len(kept_out))[:count]:
            yield _written_example(kept_out[i], about, searchable)


def judged_examples(data: Path, workspace: Path, settings: Settings) -> Iterator[Example]:
    """The judged questions that were kept out of training, each asked of its set."""
    glossary = Glossary.load(settings.knowledge / "synonyms.yaml")
    for about in judged_about(data):
        searchable = _opened(about, workspace, settings, glossary)
        for judged in about.questions:
            if judged.kept_out:
                yield _judged_example(judged, about, searchable)


def _opened(about: WrittenAbout | JudgedAbout, workspace: Path, settings: Settings, glossary: Glossary) -> Searchable:
    return Searchable.open(
        about.name, about.texts, workspace, settings.embedding_model, glossary, reading=settings.reader
    )


def _written_example(written: Written, about: WrittenAbout, searchable: Searchable) -> Example:
    opened, lexicon, document = searchable.opened, searchable.lexicon, searchable.document(written.document)
    narrow = written.names_the_speaker or written.set is not None
    query = searchable.query(written.question, written.language, about.at_hand(written) if narrow else None)
    hits = opened.retriever.read(query.asked, opened.retriever.search(query, _CONSIDERED))
    wanted = expected(written.question, lexicon, written.language)
    evidence = look_again(
        collect(hits, lambda _: True, wanted), hits, partial(opened.retriever.readings_of, query.asked)
    )

    def answers(hit: Hit, start: int, end: int) -> bool:
        return hit.document.id == document.id and start < written.end and written.start < end

    return _example(written.language, opened, query, hits, evidence, wanted, answers)


def _judged_example(judged: Judged, about: JudgedAbout, searchable: Searchable) -> Example:
    found = find(judged, about, searchable)
    places = [(searchable.document(place.document).id, place) for place in judged.answers]

    def answers(hit: Hit, start: int, end: int) -> bool:
        return any(hit.document.id == document and start < one.end and one.start < end for document, one in places)

    wanted = expected(judged.question, searchable.lexicon, judged.language)
    return _example(judged.language, searchable.opened, found.query, found.hits, found.evidence, wanted, answers)


def _example(
    language: str,
    opened: Opened,
    query: Query,
    hits: Sequence[Hit],
    evidence: Sequence[Evidence],
    wanted: Expected,
    answers: Callable[[Hit, int, int], bool],
) -> Example:
    """What was found for a question as numbers; `answers` says whether characters [start, end) of a hit's text do."""
    collected = {(item.document.id, item.sentence.start) for item in evidence}
    rows, gold = sentences_as_numbers(
        hits,
        wanted,
        evidence,
        lambda hit, one: (hit.document.id, one.start) in collected,
        lambda hit, one: answers(hit, one.start, one.end),
    )
    read = [(hit, hit.reading.relevance) for hit in hits if hit.reading]
    catalogue = opened.index.catalogue
    return Example(
        True,
        rows,
        gold,
        np.array([(0.0, relevance) for _, relevance in read]),
        np.array([answers(hit, hit.passage.start, hit.passage.end) for hit, _ in read], bool),
        features(
            evidence,
            hits,
            sum(catalogue[identifier].passages for identifier in query.documents or catalogue),
            wanted,
        ),
        language,
    )
