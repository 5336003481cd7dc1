"""Questions that people might ask, written for the reader's training.

policy_questions.jsonl holds the name of a policy text, the characters of the sentence in it that answers, language and
question; near_misses.jsonl the characters of a passage that speaks of what is asked and doesn't answer, nor does
another; norquad_questions.jsonl more questions about NorQuAD's training documents, with the characters of the answer.
They were written for this purpose by language models that read the texts one by one, most of them in other words than
the text's, and spot-checked. The policy texts themselves (party programmes, hearings, pages of public bodies) are not
ours to give away.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.corpus.document import Document
from assistant.search.glossary import Glossary
from assistant.search.records import indexed_text
from assistant.search.retrieval import Hit
from evals.benchmarks.data import Answer, Question, read_lines, read_texts
from evals.benchmarks.running import open_collection, open_lexicon
from evals.training.reader_data import ACTORS, NEGATIVES, POOL, Group, policy_texts, shift

WRITTEN = Path(__file__).with_name("policy_questions.jsonl")
NORQUAD = Path(__file__).with_name("norquad_questions.jsonl")
NEAR_MISSES = Path(__file__).with_name("near_misses.jsonl")
# Where the question doesn't say who is to speak, what is found first may answer it in another's words, so the passages
# that don't answer are taken from here on.
_OTHERS_MAY_ANSWER = 5
# Of every text each tenth part of this many characters is kept out of training; `fit_scores` asks about these.
_PART, _PARTS = 5_000, 10


@dataclass(frozen=True)
class Written:
    """A question about characters [start, end) of the text named `document`.

    They are the sentence that answers it; of a near miss, the passage that speaks of it and doesn't.
    """

    document: str
    start: int
    end: int
    language: str
    question: str

    @property
    def names_the_speaker(self) -> bool:
        """Whether the question says whose text it is about."""
        return any(name in self.question for name in ACTORS.get(self.document, ()))

    @property
    def kept_out(self) -> bool:
        """Whether it is about a part of a text that the reader isn't trained on."""
        return self.start // _PART % _PARTS == _PARTS - 1


def written_groups(data: Path, workspace: Path, model: str, glossary: Glossary, seed: int) -> Iterator[Group]:
    """A group for each written question but those kept out, asked as the product asks the reader."""
    random = np.random.default_rng(seed)
    for written, document, query, hits in _searched(WRITTEN, data, workspace, model, glossary):
        if written.kept_out:
            continue
        wrong = [hit for hit in hits if not _overlaps(hit, written, document)]
        wrong = wrong if written.names_the_speaker else wrong[_OTHERS_MAY_ANSWER:]
        passage = next((p for p in document.passages if p.start <= written.start and written.end <= p.end), None)
        if passage is None or len(wrong) < NEGATIVES:
            continue
        drawn = random.choice(len(wrong) - 1, NEGATIVES - 1, replace=False) + 1
        negatives = [wrong[0], *[wrong[i] for i in drawn]]
        read = (indexed_text(document, passage).text, *[indexed_text(n.document, n.passage).text for n in negatives])
        moved = shift(document, passage)
        yield Group(query, read, written.start + moved, written.end + moved)


def more_norquad_questions(data: Path) -> list[Question]:
    """The written questions about NorQuAD's documents, in the form of NorQuAD's own."""
    texts = read_texts(data / "corpus.jsonl").texts
    rows = [(row["document"], row["start"], row["end"], row["question"]) for row in read_lines(NORQUAD)]
    return [
        Question(f"written-{i}", question, (name,), (Answer(texts[name][start:end], start, end),), "nb")
        for i, (name, start, end, question) in enumerate(rows)
    ]


def near_miss_groups(data: Path, workspace: Path, model: str, glossary: Glossary) -> Iterator[Group]:
    """A group for each near miss: its own passage, and the first other one that the search finds."""
    for near, document, query, hits in _searched(NEAR_MISSES, data, workspace, model, glossary):
        passage = next(p for p in document.passages if p.start == near.start)
        other = next(hit for hit in hits if not _overlaps(hit, near, document))
        yield Group(query, (indexed_text(document, passage).text, indexed_text(other.document, other.passage).text))


def _searched(
    questions: Path, data: Path, workspace: Path, model: str, glossary: Glossary
) -> Iterator[tuple[Written, Document, str, Sequence[Hit]]]:
    """Each question with its document, its words as the reader gets them, and what the search finds for it."""
    texts, _ = policy_texts(data)
    opened = open_collection("policy-texts", texts, workspace, model)
    lexicon = open_lexicon(opened, workspace, glossary)
    documents = {texts.names[identifier]: opened.index.document(identifier) for identifier in opened.index.catalogue}
    for row in read_lines(questions):
        written = Written(**row)
        document = documents[written.document]
        assert document is not None
        query = lexicon.query(written.question, written.language)
        yield written, document, query.text, opened.retriever.search(query, POOL + _OTHERS_MAY_ANSWER)


def _overlaps(hit: Hit, written: Written, document: Document) -> bool:
    return hit.document.id == document.id and hit.passage.start < written.end and written.start < hit.passage.end
