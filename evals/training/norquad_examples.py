"""NorQuAD's training questions as examples for `fit_scores`: of all documents, and of a handful about the same."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from assistant.answers.confidence import features
from assistant.answers.evidence import collect, look_again
from assistant.answers.expected import expected
from assistant.corpus.document import Sentence
from assistant.search.lexicon import Lexicon
from assistant.search.retrieval import Hit
from evals.benchmarks.data import Answer, Question, Spans, Texts, read_questions, read_texts
from evals.benchmarks.norquad import holds_answer
from evals.benchmarks.running import Opened, open_collection, open_lexicon
from evals.training.example import Example, sentences_as_numbers

_CONSIDERED, _SEED = 20, 0


def chosen_questions(data: Path, count: int, *, unseen: bool) -> list[Question]:
    """Training questions in random order; `unseen` takes those about documents that the reader was not trained on."""
    kept_out = {name for question in read_questions(data / "dev.jsonl") for name in question.documents}
    questions = [question for question in read_questions(data / "train.jsonl") if question.answers]
    if unseen:
        questions = [question for question in questions if question.documents[0] in kept_out]
    order = np.random.default_rng(_SEED).permutation(len(questions))
    return [questions[i] for i in order[:count]]


def gather(gatherer: "Gatherer", questions: list[Question]) -> tuple[list[Example], list[Example]]:
    """Search every question, without the document that answers it for one in four.

    Returns:
        The questions asked of all documents, and the same asked of a handful about the same thing.
    """
    random = np.random.default_rng(_SEED)
    large, small = [], []
    for i, question in enumerate(questions):
        answerable = i % 4 != 0
        documents = gatherer.all_documents(question, answerable=answerable)
        large.append(gatherer.example(question, documents, answerable=answerable))
        documents = gatherer.handful(question, int(random.integers(1, 7)), answerable=answerable)
        small.append(gatherer.example(question, documents, answerable=answerable))
    return large, small


@dataclass(frozen=True)
class Gatherer:
    """Asks NorQuAD's questions of its documents, or of some of them."""

    opened: Opened
    lexicon: Lexicon
    texts: Texts

    @classmethod
    def open(cls, data: Path, workspace: Path, model: str, *, reading: bool) -> "Gatherer":
        """Open the collection of all documents, with the reader or without."""
        texts = read_texts(data / "corpus.jsonl")
        opened = open_collection("norquad", texts, workspace, model, reading=reading)
        return cls(opened, open_lexicon(opened, workspace), texts)

    def all_documents(self, question: Question, *, answerable: bool) -> tuple[str, ...] | None:
        """All documents (None), without the one that answers if the question shall have no answer."""
        gold = question.documents[0]
        return None if answerable else tuple(i for i, name in self.texts.names.items() if name != gold)

    def handful(self, question: Question, count: int, *, answerable: bool) -> tuple[str, ...]:
        """The `count` documents nearest to the question, among them the one that answers, or not.

        A real collection is often small and about one thing, so that what doesn't answer is near all the same.
        """
        gold = question.documents[0]
        hits = self.opened.retriever.search(self.lexicon.query(question.text), 2 * _CONSIDERED)
        near = [i for i in dict.fromkeys(hit.document.id for hit in hits) if self.texts.names[i] != gold]
        answering = [i for i, name in self.texts.names.items() if name == gold and answerable]
        return (*near[: count - len(answering)], *answering)

    def example(self, question: Question, documents: tuple[str, ...] | None, *, answerable: bool) -> Example:
        """One question's passages as numbers."""
        query = replace(self.lexicon.query(question.text), documents=documents)
        found = self.opened.retriever.search(query, _CONSIDERED)
        before = {(hit.document.id, hit.passage.start): hit.score for hit in found}
        hits = self.opened.retriever.read(question.text, found)
        wanted = expected(question.text, self.lexicon, "nb")
        evidence = look_again(
            collect(hits, lambda _: True, wanted), hits, partial(self.opened.retriever.readings_of, question.text)
        )
        begins = partial(_begins_in, self.texts, question)
        rows, gold = sentences_as_numbers(hits, wanted, evidence, lambda *_: True, begins)
        catalogue = self.opened.index.catalogue
        passages = sum(catalogue[identifier].passages for identifier in documents or catalogue)
        whole = [(hit, hit.reading.relevance) for hit in hits if hit.reading and hit.reading.whole]
        read = [(before[hit.document.id, hit.passage.start], relevance) for hit, relevance in whole]
        holding = [holds_answer(hit, self.texts, question) for hit, _ in whole]
        return Example(
            answerable,
            rows,
            gold,
            np.array(read),
            np.array(holding, bool),
            features(evidence, hits, passages, wanted),
        )


def _begins_in(texts: Texts, question: Question, hit: Hit, sentence: Sentence) -> bool:
    document, answer = question.documents[0], question.answers[0]
    if texts.names[hit.document.id] != document:
        return False
    first = Answer(answer.text[:1], answer.start, answer.start + 1)
    return Spans(texts.texts[document], hit.document.text).holds(sentence.start, sentence.end, first)
