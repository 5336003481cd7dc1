"""`python -m evals.training.fit_scores`: the weights in answers/evidence.py and answers/confidence.py, on NorQuAD.

Each of 1,500 questions is searched in the collection of all documents, and in a handful of documents about the same
thing; for every fourth the document with its answer is kept out, so that nothing answers it. Two models are fitted:

- which sentence holds the answer: a conditional logit over the sentences of each question's passages;
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
from assistant.answers.evidence import collect
from assistant.answers.expected import expected
from assistant.errors import SettingsError
from assistant.search.lexicon import Lexicon
from assistant.search.retrieval import Hit
from assistant.settings import Settings
from evals.benchmarks.data import Answer, Question, Spans, Texts, read_questions, read_texts
from evals.benchmarks.running import Opened, open_collection, open_lexicon

QUESTIONS, SEED, CONSIDERED = 1_500, 0, 20

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """A question's passages as numbers.

    Attributes:
        answerable: whether its document was in the collection.
        sentences: fused score, cosine, coverage, context, kind and counted of each sentence.
        gold: which of them the answer begins in.
        features: what the confidence is computed from.
    """

    answerable: bool
    sentences: Array
    gold: npt.NDArray[np.bool_]
    features: tuple[float, ...]


def main() -> int:
    """Gather, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, help="the folder of benchmark data (or set ASSISTANT_BENCHMARKS)")
    parser.add_argument("--workspace", type=Path, default=Path(".assistant/benchmarks"))
    arguments = parser.parse_args()
    try:
        settings = Settings.load(benchmarks=arguments.data)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1
    if settings.benchmarks is None:
        print("Name the folder of benchmark data with --data or ASSISTANT_BENCHMARKS.", file=sys.stderr)
        return 1
    large, small = gather(settings.benchmarks / "norquad", arguments.workspace, settings.embedding_model)
    weights = fit_sentences([example for example in large if example.gold.any()])
    print(
        "evidence.py: FUSED, COSINE, COVERAGE, CONTEXT, KIND, COUNTED =",
        ", ".join(f"{weight:.2f}" for weight in weights),
    )
    report_confidence(large, small)
    return 0


def gather(data: Path, workspace: Path, model: str) -> tuple[list[Example], list[Example]]:
    """Search every question, without the document that answers it for one in four.

    Returns:
        The questions asked of all documents, and the same asked of a handful about the same thing.
    """
    texts = read_texts(data / "corpus.jsonl")
    opened = open_collection("norquad", texts, workspace, model)
    questions = [question for question in read_questions(data / "train.jsonl") if question.answers]
    random = np.random.default_rng(SEED)
    chosen = random.permutation(len(questions))[:QUESTIONS]
    gatherer = Gatherer(opened, open_lexicon(opened, workspace), texts)
    large, small = [], []
    for i, number in enumerate(chosen):
        question, answerable = questions[number], i % 4 != 0
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
        hits = self.opened.retriever.search(query, CONSIDERED)
        wanted = expected(question.text, self.lexicon, "nb")
        rows, gold = [], []
        for hit in hits:
            for sentence, fit in zip(hit.document.sentences_of(hit.passage), hit.sentences, strict=True):
                offered = wanted.offered(hit.document.text[sentence.start : sentence.end])
                rows.append((hit.fused, fit.cosine, fit.coverage, fit.context, *offered))
                gold.append(_begins_in(hit, self.texts, question, sentence.start, sentence.end))
        evidence = collect(hits, lambda _: True, wanted)
        catalogue = self.opened.index.catalogue
        passages = sum(catalogue[identifier].passages for identifier in documents or catalogue)
        return Example(answerable, np.array(rows), np.array(gold), features(evidence, hits, passages))


def _begins_in(hit: Hit, texts: Texts, question: Question, start: int, end: int) -> bool:
    document, answer = question.documents[0], question.answers[0]
    if texts.names[hit.document.id] != document:
        return False
    first = Answer(answer.text[:1], answer.start, answer.start + 1)
    return Spans(texts.texts[document], hit.document.text).holds(start, end, first)


def fit_sentences(examples: list[Example]) -> Array:
    """Weights under which the gold sentences are likeliest, by maximum likelihood (conditional logit)."""
    scale = np.concatenate([item.sentences for item in examples]).std(axis=0)

    def loss(weights: Array) -> float:
        total = 0.0
        for item in examples:
            scores = item.sentences / scale @ weights
            total -= np.logaddexp.reduce(scores[item.gold]) - np.logaddexp.reduce(scores)
        return total / len(examples)

    fitted: Array = minimize(loss, np.ones(6), method="L-BFGS-B").x / scale
    return fitted


def report_confidence(large: list[Example], small: list[Example]) -> None:
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
    print(f"confidence.py: INTERCEPT = {model.intercept_[0]:.3f}")
    print("confidence.py: COEFFICIENTS =", tuple(round(float(weight), 3) for weight in model.coef_[0]))


if __name__ == "__main__":
    sys.exit(main())
