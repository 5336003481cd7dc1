"""Written questions about parts of texts that the reader wasn't trained on, as examples for `fit_scores`."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np

from assistant.answers.confidence import features
from assistant.answers.evidence import collect, look_again
from assistant.answers.expected import expected
from assistant.corpus.document import Document
from assistant.search.glossary import Glossary
from assistant.search.retrieval import Hit
from assistant.settings import Settings
from evals.training.example import Example, sentences_as_numbers
from evals.training.written_groups import Searchable
from evals.training.written_questions import Written, about_policy, about_storting

_CONSIDERED, _SEED = 20, 0


def written_examples(data: Path, workspace: Path, settings: Settings, count: int) -> Iterator[Example]:
    """Up to `count` of the questions kept out of training about policy texts, and as many about those of the Storting.

    Those that name who is to speak, or were written with a set of texts at hand, are asked of these texts only, the
    others of all.
    """
    glossary = Glossary.load(settings.knowledge / "synonyms.yaml")
    for about in (about_policy(data), about_storting(data)):
        searchable = Searchable.open(about, workspace, settings.embedding_model, glossary, reading=settings.reader)
        kept_out = [written for written in about.questions if written.kept_out]
        for i in np.random.default_rng(_SEED).permutation(len(kept_out))[:count]:
            yield _example(kept_out[i], searchable)


def _example(written: Written, searchable: Searchable) -> Example:
    opened, lexicon, document = searchable.opened, searchable.lexicon, searchable.document(written.document)
    narrow = written.names_the_speaker or written.set is not None
    query = searchable.query_at_hand(written) if narrow else searchable.query(written)
    hits = opened.retriever.read(query.text, opened.retriever.search(query, _CONSIDERED))
    wanted = expected(written.question, lexicon, written.language)
    evidence = look_again(collect(hits, lambda _: True, wanted), partial(opened.retriever.readings_of, query.text))
    rows, gold = sentences_as_numbers(
        hits,
        wanted,
        evidence,
        lambda _: True,
        lambda hit, one: _holds_some(hit, one.start, one.end, written, document),
    )
    read = [hit for hit in hits if hit.reading]
    catalogue = opened.index.catalogue
    return Example(
        True,
        rows,
        gold,
        np.array([(0.0, hit.reading.relevance) for hit in read if hit.reading]),
        np.array([_holds_some(hit, hit.passage.start, hit.passage.end, written, document) for hit in read], bool),
        features(
            evidence,
            hits,
            sum(catalogue[identifier].passages for identifier in query.documents or catalogue),
            wanted,
        ),
        written.language,
    )


def _holds_some(hit: Hit, start: int, end: int, written: Written, document: Document) -> bool:
    return hit.document.id == document.id and start < written.end and written.start < end
