"""Visitors' feedback becomes draft cases, for a person to check."""

from pathlib import Path
from typing import Any

import yaml

from assistant.answers.feedback import Feedback, stored
from evals.cases import SetError

_HEAD = """\
# Draft cases made from feedback on the page. Nobody has checked them: what a visitor found helpful is here as it was
# answered, what one found wrong is here with the reason and without an expectation. Mend each, delete the comment
# above it, and move it into a set; evals/sets/README.md explains the fields.
"""


def write_drafts(folder: Path, output: Path) -> int:
    """Write a draft case for each question with feedback in an index folder, the last verdict on it counting.

    Returns:
        How many were written.

    Raises:
        SetError: there is no feedback, or the file exists already.
    """
    last = {feedback.turns: feedback for feedback in stored(folder)}
    if not last:
        raise SetError("There is no feedback yet.", "Visitors of the page leave it below an answer.")
    if output.exists():
        raise SetError(f"{output} exists already.", "Name another file with --output.")
    cases = "".join(_entry(number, feedback) for number, feedback in enumerate(last.values(), start=1))
    output.write_text(f"{_HEAD}name: feedback\ncases:\n{cases}", encoding="utf-8")
    return len(last)


def _entry(number: int, feedback: Feedback) -> str:
    answer = feedback.answer
    case: dict[str, Any] = {
        "id": f"feedback-{number}",
        "question": feedback.turns[0] if len(feedback.turns) == 1 else list(feedback.turns),
        "language": answer["understood"]["language"],
    }
    if feedback.helpful:
        case["status"] = answer["status"]
        if answer["quotes"]:
            case["quotes"] = [answer["quotes"][0]["text"]]
    case["tags"] = ["feedback", "helpful" if feedback.helpful else "wrong"]
    verdict = "helpful" if feedback.helpful else f"wrong: {feedback.reason or 'no reason given'}"
    shown = f"; it was {answer['status']}" + (
        f", first quote: {answer['quotes'][0]['text']}" if answer["quotes"] else ""
    )
    comment = " ".join(f"{feedback.time}, {verdict}{shown}".split())
    text = yaml.safe_dump([case], allow_unicode=True, sort_keys=False, width=10_000)
    return f"\n# {comment}\n{text}"
