"""Questions about policy texts that people might ask, each with the sentence that answers it.

policy_questions.jsonl holds them: the name of a text, the characters of the sentence in it, language and question. They
were written for this purpose by language models that read the texts passage by passage, most of them in other words
than the sentence's, and spot-checked; the texts themselves (party programmes, hearings, pages of public bodies) are not
ours to give away.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.corpus.document import Document
from assistant.search.glossary import Glossary
from assistant.search.records import indexed_text
from assistant.search.retrieval import Hit
from evals.benchmarks.data import read_lines
from evals.benchmarks.running import open_collection, open_lexicon
from evals.training.reader_data import ACTORS, NEGATIVES, POOL, Group, policy_texts, shift

WRITTEN = Path(__file__).with_name("policy_questions.jsonl")
# Where the question doesn't say who is to speak, what is found first may answer it in another's words, so the passages
# that don't answer are taken from here on.
_OTHERS_MAY_ANSWER = 5


@dataclass(frozen=True)
class Written:
    """A question, and the sentence at characters [start, end) of the text named `document` that answers it."""

    document: str
    start: int
    end: int
    language: str
    question: str

    @property
    def names_the_speaker(self) -> bool:
        """Whether the question says whose text it is about."""
        return any(name in self.question for name in ACTORS.get(self.document, ()))


def written_groups(data: Path, workspace: Path, model: str, glossary: Glossary, seed: int) -> Iterator[Group]:
    """A group for each written question, asked as the product asks the reader."""
    texts, _ = policy_texts(data)
    opened = open_collection("policy-texts", texts, workspace, model)
    lexicon = open_lexicon(opened, workspace, glossary)
    random = np.random.default_rng(seed)
    documents = {texts.names[identifier]: opened.index.document(identifier) for identifier in opened.index.catalogue}
    for row in read_lines(WRITTEN):
        written = Written(**row)
        document = documents[written.document]
        assert document is not None
        query = lexicon.query(written.question, written.language)
        hits = opened.retriever.search(query, POOL + _OTHERS_MAY_ANSWER)
        wrong = [hit for hit in hits if not _holds(hit, document, written)]
        wrong = wrong if written.names_the_speaker else wrong[_OTHERS_MAY_ANSWER:]
        passage = next((p for p in document.passages if p.start <= written.start and written.end <= p.end), None)
        if passage is None or len(wrong) < NEGATIVES:
            continue
        drawn = random.choice(len(wrong) - 1, NEGATIVES - 1, replace=False) + 1
        negatives = [wrong[0], *[wrong[i] for i in drawn]]
        read = (indexed_text(document, passage).text, *[indexed_text(n.document, n.passage).text for n in negatives])
        moved = shift(document, passage)
        yield Group(query.text, read, written.start + moved, written.end + moved)


def _holds(hit: Hit, document: Document, written: Written) -> bool:
    return hit.document.id == document.id and hit.passage.start < written.end and written.start < hit.passage.end
