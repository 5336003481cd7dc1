"""`python -m evals.training.fit_scores`: weights in search/retrieval.py, answers/evidence.py and answers/confidence.py.

Training questions of NorQuAD are searched in the collection of all documents, and in a handful of documents about the
same thing; for every fourth the document with its answer is kept out, so that nothing answers it. Unless
--without-reader is given, what is found is read by the reader, and only questions are taken about documents that it was
not trained on. The dev cases of the policy sets are asked too, and the written questions that were kept out of
training: these ask for positions, in three languages, and what nearly answers them is nearer. Three models are fitted:

- with the reader, which passage holds the answer: a conditional logit over the passages that were read;
- which sentence holds it: the same over the sentences of each question's passages;
- whether any does: a logistic regression over `confidence.features` and the question's language.

The questions about policy together count as much as NorQuAD's in the second; in the third the dev cases count half as
much. Figures are cross-validated, 5-fold.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_score, recall_score, roc_auc_score
from sklearn.model_selection import GroupKFold

from assistant.answers.confidence import features
from assistant.answers.evidence import WITH_READER, WITHOUT_READER, collect, look_again
from assistant.answers.expected import expected
from assistant.corpus.document import Sentence
from assistant.corpus.language import EN, NN
from assistant.errors import SettingsError
from assistant.search.lexicon import Lexicon
from assistant.search.retrieval import Hit
from assistant.settings import Settings
from evals.benchmarks.data import Answer, Question, Spans, Texts, read_questions, read_texts
from evals.benchmarks.norquad import holds_answer
from evals.benchmarks.running import Opened, open_collection, open_lexicon
from evals.training.example import Array, Example, sentences_as_numbers
from evals.training.set_examples import set_examples
from evals.training.written_examples import written_examples

QUESTIONS, SEED, CONSIDERED = 1_500, 0, 20


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
    benchmarks = settings.benchmarks
    gatherer = Gatherer.open(
        benchmarks / "norquad", arguments.workspace, settings.embedding_model, reading=not arguments.without_reader
    )
    settings = settings.model_copy(update={"reader": not arguments.without_reader})
    policy = {
        "policy cases": set_examples(settings),
        "written questions": list(written_examples(benchmarks, arguments.workspace, settings, arguments.questions)),
    }
    large, small = gather(
        gatherer, chosen_questions(benchmarks / "norquad", arguments.questions, unseen=not arguments.without_reader)
    )
    kind = "WITHOUT_READER" if arguments.without_reader else "WITH_READER"
    if not arguments.without_reader:
        read = [(example.passages, example.holding) for example in large if example.holding.any()]
        score, relevance = fit_choice(read)
        print(f"retrieval.py: RELEVANCE = {relevance / score:.2f}")
    fitted = [round(float(weight), 2) for weight in fit_sentences(large, policy)]
    scoring = len(WITHOUT_READER if arguments.without_reader else WITH_READER)
    print(f"evidence.py: {kind} =", tuple(fitted[:scoring]))
    if fitted[scoring:]:
        print("evidence.py: LOOK =", tuple(fitted[scoring:]))
    # The written questions would make it worse elsewhere: by these features an answer and a near miss look alike there
    # (cross-validated AUC .63), since both stand in a passage that was written about.
    report_confidence(large, small, policy["policy cases"], kind)
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
        evidence = look_again(
            collect(hits, lambda _: True, wanted), partial(self.opened.retriever.readings_of, question.text)
        )
        begins = partial(_begins_in, self.texts, question)
        rows, gold = sentences_as_numbers(hits, wanted, evidence, lambda _: True, begins)
        catalogue = self.opened.index.catalogue
        passages = sum(catalogue[identifier].passages for identifier in documents or catalogue)
        read = [(before[hit.document.id, hit.passage.start], hit.reading.relevance) for hit in hits if hit.reading]
        holding = [holds_answer(hit, self.texts, question) for hit in hits if hit.reading]
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


def fit_sentences(large: list[Example], policy: Mapping[str, list[Example]]) -> Array:
    """The weights of `evidence.py`; prints how well they do on questions about policy that they weren't fitted on."""
    norquad = [(one.sentences, one.gold) for one in large if one.gold.any()]
    asked = [(one.sentences, one.gold) for part in policy.values() for one in part if one.gold.any()]
    weight = len(norquad) / len(asked)
    right = []
    for fold in range(5):
        kept = [one for i, one in enumerate(asked) if i % 5 != fold]
        fitted = fit_choice([*norquad, *kept], [1.0] * len(norquad) + [weight * 5 / 4] * len(kept))
        right += [(i, bool(gold[np.argmax(rows @ fitted)])) for i, (rows, gold) in enumerate(asked) if i % 5 == fold]
    best = [found for _, found in sorted(right)]
    for name, part in policy.items():
        count = sum(bool(one.gold.any()) for one in part)
        print(f"cross-validated, {name}: best sentence right in {np.mean(best[:count]):.3f} of {count}")
        best = best[count:]
    return fit_choice([*norquad, *asked], [1.0] * len(norquad) + [weight] * len(asked))


def fit_choice(choices: list[tuple[Array, npt.NDArray[np.bool_]]], counts: Sequence[float] = ()) -> Array:
    """Weights under which what is right is likeliest to be chosen, by maximum likelihood (conditional logit).

    Args:
        choices: for each question the values of all there is to choose from, and which of it is right.
        counts: how much each question counts; all the same if empty.
    """
    scale = np.maximum(np.concatenate([rows for rows, _ in choices]).std(axis=0), 1e-9)
    counts = counts or [1.0] * len(choices)

    def loss(weights: Array) -> float:
        total = 0.0
        for (rows, right), count in zip(choices, counts, strict=True):
            scores = rows / scale @ weights
            total -= count * (np.logaddexp.reduce(scores[right]) - np.logaddexp.reduce(scores))
        return total / sum(counts)

    fitted: Array = minimize(loss, np.ones(len(scale)), method="L-BFGS-B").x / scale
    return fitted


def report_confidence(large: list[Example], small: list[Example], sets: list[Example], kind: str) -> None:
    """Fit the logistic model, print its numbers and how well it does on questions it wasn't fitted on."""
    # Where nothing was found, nothing was read, and the answer is known without a model.
    sets = [item for item in sets if len(item.features) == len(large[0].features)]
    examples = [*large, *small, *sets]
    rows = np.array([[*item.features, item.language == NN, item.language == EN] for item in examples], float)
    labels = np.array([item.answerable for item in examples])
    # A question's two examples stay on the same side of every split.
    groups = np.array([*range(len(large)), *range(len(small)), *range(len(large), len(large) + len(sets))])
    counts = np.array([1.0] * 2 * len(large) + [len(large) / len(sets)] * len(sets))
    model = LogisticRegression(C=1e4, max_iter=20_000)
    predicted = np.zeros(len(examples))
    for train, test in GroupKFold(5).split(rows, labels, groups):
        model.fit(rows[train], labels[train], counts[train])
        predicted[test] = model.predict_proba(rows[test])[:, 1]
    parts = {"all documents": large, "a handful": small, "policy cases": sets}
    start = 0
    for name, part in parts.items():
        truth, sure = ~labels[start : start + len(part)], predicted[start : start + len(part)]
        print(
            f"cross-validated, {name}: AUC {roc_auc_score(~truth, sure):.3f}, nothing found: "
            f"precision {precision_score(truth, sure < 0.5):.2f}, recall {recall_score(truth, sure < 0.5):.2f}"
        )
        start += len(part)
    model.fit(rows, labels, counts)
    weights = [float(weight) for weight in (model.intercept_[0], *model.coef_[0])]
    print(f"confidence.py: {kind} =", tuple(round(weight, 3) for weight in weights[:-2]))
    print(f"confidence.py: ABROAD = {{NN: {weights[-2]:.2f}, EN: {weights[-1]:.2f}}}")


if __name__ == "__main__":
    sys.exit(main())
