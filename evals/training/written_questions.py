"""Questions that people might ask, written for the reader's training.

policy_questions.jsonl holds the name of a policy text, the characters of the sentence in it that answers, language and
question; storting_questions.jsonl the same about questions asked in the Storting, ten of which about near topics are a
set, in which no other sentence answers; near_misses.jsonl the characters of a passage that speaks of what is asked and
doesn't answer, nor does another; norquad_questions.jsonl more questions about NorQuAD's training documents, with the
characters of the answer, in the end whole sentences. They were written for this purpose by language models that read
the texts one by one, most of them in other words than the text's, and spot-checked. The policy texts themselves (party
programmes, hearings, pages of public bodies) are not ours to give away; those of the Storting are not given away here
either.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from evals.benchmarks.data import Answer, Question, Texts, read_lines, read_texts
from evals.training.reader_data import ACTORS, policy_texts

WRITTEN = Path(__file__).with_name("policy_questions.jsonl")
STORTING = Path(__file__).with_name("storting_questions.jsonl")
NORQUAD = Path(__file__).with_name("norquad_questions.jsonl")
NEAR_MISSES = Path(__file__).with_name("near_misses.jsonl")
# Of every text each tenth part of this many characters is kept out of training, and each tenth set; `fit_scores` asks
# about these.
_PART, _PARTS = 5_000, 10


@dataclass(frozen=True)
class Written:
    """A question about characters [start, end) of the text named `document`.

    They are the sentence that answers it; of a near miss, the passage that speaks of it and doesn't.

    Attributes:
        set: the number of the set of texts that the question's writer had at hand; None if it was this text only.
    """

    document: str
    start: int
    end: int
    language: str
    question: str
    set: int | None = None

    @property
    def names_the_speaker(self) -> bool:
        """Whether the question says whose text it is about."""
        return any(name in self.question for name in ACTORS.get(self.document, ()))

    @property
    def kept_out(self) -> bool:
        """Whether it is about a part of a text, or a set of texts, that the reader isn't trained on."""
        return is_kept_out(self.start // _PART if self.set is None else self.set)


def is_kept_out(number: int) -> bool:
    """Whether the reader isn't trained on the part of a text, or the set of texts, with this number."""
    return number % _PARTS == _PARTS - 1


@dataclass(frozen=True)
class WrittenAbout:
    """Texts, and the questions that were written about them.

    Attributes:
        name: of the collection of these texts.
    """

    name: str
    texts: Texts
    questions: Sequence[Written]

    def at_hand(self, written: Written) -> Sequence[str]:
        """Ids of the texts in which no sentence but its own answers the question."""
        return (self._id(written.document),) if written.set is None else self._sets[written.set]

    @cached_property
    def _sets(self) -> dict[int | None, tuple[str, ...]]:
        members: dict[int | None, list[str]] = {}
        for one in self.questions:
            members.setdefault(one.set, []).append(self._id(one.document))
        return {number: tuple(dict.fromkeys(ids)) for number, ids in members.items()}

    def _id(self, name: str) -> str:
        return self.texts.identifier(Path(name))


def about_policy(data: Path) -> WrittenAbout:
    """Those about party programmes and pages."""
    return WrittenAbout("policy-texts", policy_texts(data)[0], [Written(**row) for row in read_lines(WRITTEN)])


def about_storting(data: Path) -> WrittenAbout:
    """Those about questions asked in the Storting."""
    questions = [Written(**row) for row in read_lines(STORTING)]
    return WrittenAbout("storting-sets", storting_texts(data, {one.document for one in questions}), questions)


def storting_texts(data: Path, names: Container[str]) -> Texts:
    """Those of the questions asked in the Storting that are named, titled with who asked whom."""
    texts, titles = {}, {}
    for row in read_lines(data / "storting" / "questions.jsonl"):
        if row["_id"] in names:
            texts[row["_id"]] = row["text"]
            asker = f"{row['from']} ({row['from_party']})"
            titles[row["_id"]] = f"{row['type']} fra {asker} til {row['to_minister']}, {row['asked'][:4]}"
    return Texts(texts, titles)


def more_norquad_questions(data: Path) -> list[Question]:
    """The written questions about NorQuAD's documents, in the form of NorQuAD's own."""
    texts = read_texts(data / "corpus.jsonl").texts
    return [
        Question(
            f"written-{i}",
            row["question"],
            (row["document"],),
            (Answer(texts[row["document"]][row["start"] : row["end"]], row["start"], row["end"]),),
            row.get("language", "nb"),
        )
        for i, row in enumerate(read_lines(NORQUAD))
    ]
