"""`python -m evals.training.fit_scores`: weights in search/retrieval.py, answers/evidence.py and answers/confidence.py.

Training questions of NorQuAD are searched in the collection of all documents, and in a handful of documents about the
same thing; for every fourth the document with its answer is kept out, so that nothing answers it. What is found is read
by the reader, unless --without-reader is given; then only questions are taken whose documents it was not trained on.
Three models are fitted:

- with the reader, which passage holds the answer: a conditional logit over the passages that were read;
- which sentence holds it: the same over the sentences of each question's passages;
- whether any does: a logistic regression over `confidence.features`, with 5-fold cross-validation for the figures.
"""

import argparse
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_score, recall_score, roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from assistant.answers.confidence import features
from assistant.answers.evidence import collect, values
from assistant.answers.expected import expected
from assistant.errors import SettingsError
from assistant.search.lexicon import Lexicon
from assistant.search.retrieval import Hit
from assistant.settings import Settings
from evals.benchmarks.data import Answer, Question, Spans, Texts, read_questions, read_texts
from evals.benchmarks.norquad import holds_answer
from evals.benchmarks.running import Opened, open_collection, open_lexicon

QUESTIONS, SEED, CONSIDERED = 1_500, 0, 20

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """A question's passages as numbers.

    Attributes:
        answerable: whether its document was in the collection.
        sentences: of each sentence what `evidence.values` gives.
        gold: which of them the answer begins in.
        passages: score before reading and relevance of each passage that was read.
        holding: which of them hold the answer.
        features: what the confidence is computed from.
    """

    answerable: bool
    sentences: Array
    gold: npt.NDArray[np.bool_]
    passages: Array
    holding: npt.NDArray[np.bool_]
    features: tuple[float, ...]


def main() -> int:
    """Gather, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, help="the folder of benchmark data (or set ASSISTANT_BENCHMARKS)")
    parser.add_argument("--workspace", type=Path, default=Path(".assistant/benchmarks"))
    parser.add_argument("--without-reader", action="store_true", help="fit the weights that count without the reader")
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    arguments = parser.parse_args()
    try:
        settings = Settings.load(benchmarks=arguments.data)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1
    if settings.benchmarks is None:
        print("Name the folder of benchmark data with --data or ASSISTANT_BENCHMARKS.", file=sys.stderr)
        return 1
    data = settings.benchmarks / "norquad"
    gatherer = Gatherer.open(data, arguments.workspace, settings.embedding_model, reading=not arguments.without_reader)
    large, small = gather(gatherer, chosen_questions(data, arguments.questions, unseen=not arguments.without_reader))
    kind = "WITHOUT_READER" if arguments.without_reader else "WITH_READER"
    if not arguments.without_reader:
        read = [(example.passages, example.holding) for example in large if example.holding.any()]
        score, relevance = fit_choice(read)
        print(f"retrieval.py: RELEVANCE = {relevance / score:.2f}")
    weights = fit_choice([(example.sentences, example.gold) for example in large if example.gold.any()])
    print(f"evidence.py: {kind} =", tuple(round(float(weight), 2) for weight in weights))
    report_confidence(large, small, kind)
    return 0


def chosen_questions(data: Path, count: int, *, unseen: bool) -> list[Question]:
    """Training questions in random order; `unseen` takes those about documents that the reader was not trained on."""
    kept_out = {name for question in read_questions(data / "dev.jsonl") for name in question.documents}
    questions = [question for question in read_questions(data / "train.jsonl") if question.answers]
    if unseen:
        questions = [question for question in questions if question.documents[0] in kept_out]
    order = np.random.default_rng(SEED).permutation(len(questions))
    return [questions[i] for i in order[:count]]


def gather(gatherer: "Gatherer", questions: list[Question]) -> tuple[list[Example], list[Example]]:
    """Search every question, without the document that answers it for one in four.

    Returns:
        The questions asked of all documents, and the same asked of a handful about the same thing.
    """
    random = np.random.default_rng(SEED)
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
        hits = self.opened.retriever.search(self.lexicon.query(question.text), 2 * CONSIDERED)
        near = [i for i in dict.fromkeys(hit.document.id for hit in hits) if self.texts.names[i] != gold]
        answering = [i for i, name in self.texts.names.items() if name == gold and answerable]
        return (*near[: count - len(answering)], *answering)

    def example(self, question: Question, documents: tuple[str, ...] | None, *, answerable: bool) -> Example:
        """One question's passages as numbers."""
        query = replace(self.lexicon.query(question.text), documents=documents)
        found = self.opened.retriever.search(query, CONSIDERED)
        before = {(hit.document.id, hit.passage.start): hit.score for hit in found}
        hits = self.opened.retriever.read(question.text, found)
        wanted = expected(question.text, self.lexicon, "nb")
        rows, gold = [], []
        for hit in hits:
            for number, sentence in enumerate(hit.document.sentences_of(hit.passage)):
                rows.append(values(hit, number, wanted)[: None if self.opened.retriever.reader else 6])
                gold.append(_begins_in(hit, self.texts, question, sentence.start, sentence.end))
        evidence = collect(hits, lambda _: True, wanted)
        catalogue = self.opened.index.catalogue
        passages = sum(catalogue[identifier].passages for identifier in documents or catalogue)
        read = [(before[hit.document.id, hit.passage.start], hit.reading.relevance) for hit in hits if hit.reading]
        holding = [holds_answer(hit, self.texts, question) for hit in hits if hit.reading]
        return Example(
            answerable,
            np.array(rows),
            np.array(gold),
            np.array(read),
            np.array(holding, bool),
            features(evidence, hits, passages),
        )


def _begins_in(hit: Hit, texts: Texts, question: Question, start: int, end: int) -> bool:
    document, answer = question.documents[0], question.answers[0]
    if texts.names[hit.document.id] != document:
        return False
    first = Answer(answer.text[:1], answer.start, answer.start + 1)
    return Spans(texts.texts[document], hit.document.text).holds(start, end, first)


def fit_choice(choices: list[tuple[Array, npt.NDArray[np.bool_]]]) -> Array:
    """Weights under which what is right is likeliest to be chosen, by maximum likelihood (conditional logit).

    Args:
        choices: for each question the values of all there is to choose from, and which of it is right.
    """
    scale = np.maximum(np.concatenate([rows for rows, _ in choices]).std(axis=0), 1e-9)

    def loss(weights: Array) -> float:
        total = 0.0
        for rows, right in choices:
            scores = rows / scale @ weights
            total -= np.logaddexp.reduce(scores[right]) - np.logaddexp.reduce(scores)
        return total / len(choices)

    fitted: Array = minimize(loss, np.ones(len(scale)), method="L-BFGS-B").x / scale
    return fitted


def report_confidence(large: list[Example], small: list[Example], kind: str) -> None:
    """Fit the logistic model, print its numbers and how well it does on questions it wasn't fitted on."""
    examples = [*large, *small]
    rows = np.array([item.features for item in examples])
    labels = np.array([item.answerable for item in examples])
    # A question's two examples stay on the same side of every split.
    groups = np.tile(np.arange(len(large)), 2)
    model = LogisticRegression(C=1e4, max_iter=20_000)
    predicted = cross_val_predict(model, rows, labels, cv=GroupKFold(5), groups=groups, method="predict_proba")[:, 1]
    for name, part in (("all documents", slice(None, len(large))), ("a handful", slice(len(large), None))):
        truth, nothing = ~labels[part], predicted[part] < 0.5
        print(
            f"cross-validated, {name}: AUC {roc_auc_score(labels[part], predicted[part]):.3f}, nothing found: "
            f"precision {precision_score(truth, nothing):.2f}, recall {recall_score(truth, nothing):.2f}"
        )
    model.fit(rows, labels)
    weights = (model.intercept_[0], *model.coef_[0])
    print(f"confidence.py: {kind} =", tuple(round(float(weight), 3) for weight in weights))


if __name__ == "__main__":
    sys.exit(main())
