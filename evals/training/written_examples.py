"""Written questions about parts of policy texts that the reader wasn't trained on, as examples for `fit_scores`."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from assistant.answers.confidence import features
from assistant.answers.evidence import collect, look_again
from assistant.answers.expected import expected
from assistant.corpus.document import Document
from assistant.search.glossary import Glossary
from assistant.search.lexicon import Lexicon
from assistant.search.retrieval import Hit
from assistant.settings import Settings
from evals.benchmarks.data import read_lines
from evals.benchmarks.running import Opened, open_collection, open_lexicon
from evals.training.example import Example, sentences_as_numbers
from evals.training.reader_data import policy_texts
from evals.training.written_questions import WRITTEN, Written

_CONSIDERED, _SEED = 20, 0


def written_examples(data: Path, workspace: Path, settings: Settings, count: int) -> Iterator[Example]:
    """Up to `count` of the questions kept out of training, drawn at random.

    Those that name who is to speak are asked of that speaker's text only, the others of all.
    """
    texts, _ = policy_texts(data)
    opened = open_collection("policy-texts", texts, workspace, settings.embedding_model, reading=settings.reader)
    lexicon = open_lexicon(opened, workspace, Glossary.load(settings.knowledge / "synonyms.yaml"))
    documents = {texts.names[identifier]: opened.index.document(identifier) for identifier in opened.index.catalogue}
    kept_out = [written for row in read_lines(WRITTEN) if (written := Written(**row)).kept_out]
    for i in np.random.default_rng(_SEED).permutation(len(kept_out))[:count]:
        yield _example(kept_out[i], documents[kept_out[i].document], opened, lexicon)


def _example(written: Written, document: Document | None, opened: Opened, lexicon: Lexicon) -> Example:
    assert document is not None
    query = lexicon.query(written.question, written.language)
    if written.names_the_speaker:
        query = replace(query, documents=(document.id,))
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
