"""Questions for which every sentence of a set of texts was judged: whether it answers, in part, or only seems to.

judged_questions.jsonl holds for each question the number of its set, its language, the sentences that answer it, best
first, those that answer in part, and those that speak of the same and don't answer; what isn't named doesn't answer.
judged_sets.jsonl holds the parts of texts that each set consists of: parts of party programmes and pages on near
topics, eight or ten questions asked in the Storting, or the beginnings of four news among NorQuAD's training documents
(of none that a dev question is about). Questions and judgements were written by language models that had the
whole set before them, and spot-checked. The texts themselves are not given away here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.corpus.document import Sentence
from evals.benchmarks.data import Texts, read_lines, read_texts
from evals.training.reader_data import policy_texts
from evals.training.written_questions import is_kept_out, storting_texts

QUESTIONS = Path(__file__).with_name("judged_questions.jsonl")
SETS = Path(__file__).with_name("judged_sets.jsonl")


@dataclass(frozen=True)
class Place:
    """Characters [start, end) of the text named `document`."""

    document: str
    start: int
    end: int

    def holds(self, sentence: Sentence) -> bool:
        """Whether all of a sentence of that text lies in it."""
        return self.start <= sentence.start and sentence.end <= self.end


@dataclass(frozen=True)
class Judged:
    """A question, and what the sentences of its set are to it.

    Attributes:
        set: the number of the set.
        answers: those that answer, the best first.
        partly: those that answer in part, good for neither.
        near_misses: those that speak of what is asked and don't answer.
    """

    set: int
    language: str
    question: str
    answers: tuple[Place, ...]
    partly: tuple[Place, ...]
    near_misses: tuple[Place, ...]

    @property
    def kept_out(self) -> bool:
        """Whether it is about a set that the reader isn't trained on; `fit_scores` asks about these."""
        return is_kept_out(self.set)


@dataclass(frozen=True)
class JudgedAbout:
    """Texts, and the questions about sets of parts of them.

    Attributes:
        name: of the collection of these texts.
        sets: the parts of each set, by its number.
    """

    name: str
    texts: Texts
    sets: Mapping[int, Sequence[Place]]
    questions: Sequence[Judged]


def judged_about(data: Path) -> tuple[JudgedAbout, ...]:
    """Those about party programmes and pages, those about questions asked in the Storting, and those about news."""
    sets = {row["set"]: [Place(*place) for place in row["parts"]] for row in read_lines(SETS)}
    questions = [
        Judged(
            row["set"],
            row["language"],
            row["question"],
            *(tuple(Place(*place) for place in row[kind]) for kind in ("answers", "partly", "near_misses")),
        )
        for row in read_lines(QUESTIONS)
    ]
    policy, news = policy_texts(data)[0], read_texts(data / "norquad" / "corpus.jsonl")
    asked = {place.document for places in sets.values() for place in places} - set(policy.texts) - set(news.texts)
    return (
        _about("policy-texts", policy, sets, questions),
        _about("storting-judged", storting_texts(data, asked), sets, questions),
        _about("norquad", news, sets, questions),
    )


def _about(name: str, texts: Texts, sets: Mapping[int, Sequence[Place]], questions: Sequence[Judged]) -> JudgedAbout:
    own = {number: parts for number, parts in sets.items() if parts[0].document in texts.texts}
    return JudgedAbout(name, texts, own, [one for one in questions if one.set in own])
