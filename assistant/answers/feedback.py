"""What visitors say about answers, kept in a file beside the index and nowhere else."""

import datetime
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FILE = "feedback.jsonl"


@dataclass(frozen=True)
class Feedback:
    """One visitor's verdict on one answer.

    Attributes:
        turns: the question, after the earlier questions of its conversation.
        helpful: whether the answer helped.
        reason: what was wrong with it; empty if nothing was said.
        answer: as `Answer.as_dict` gives it.
        time: when, in ISO format, UTC.
    """

    turns: tuple[str, ...]
    helpful: bool
    reason: str
    answer: dict[str, Any]
    time: str

    @classmethod
    def now(cls, turns: tuple[str, ...], answer: dict[str, Any], *, helpful: bool, reason: str = "") -> "Feedback":
        """A verdict given at this moment."""
        moment = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        return cls(turns, helpful, reason, answer, moment)


def store(folder: Path, feedback: Feedback) -> None:
    """Add a verdict to the file in the index folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / FILE).open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(feedback), ensure_ascii=False) + "\n")


def stored(folder: Path) -> Iterator[Feedback]:
    """Every verdict in the file, oldest first; none if there is no file."""
    path = folder / FILE
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            fields = json.loads(line)
            yield Feedback(**{**fields, "turns": tuple(fields["turns"])})
