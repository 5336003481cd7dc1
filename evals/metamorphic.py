"""Quotes that were tampered with have to be refused, quotes that were only set differently accepted.

Every sentence of the collection is changed in each way that fits it. The verifier is asked about the result; whether
it should agree is known from how the sentence was changed.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answers.verification import QUALIFIERS, ClaimedQuote, Verifier
from assistant.corpus.document import Document, Manner, Sentence


@dataclass(frozen=True, slots=True)
class Check:
    """One changed sentence, and whether the verifier has to accept it."""

    change: str
    claim: ClaimedQuote
    accept: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many checks of one change came out as they had to, with those that didn't."""

    change: str
    accept: bool
    checked: int
    wrong: tuple[ClaimedQuote, ...]


_Change = Callable[[str], str | None]


def drop_negation(text: str) -> str | None:
    """Without its first "ikke" or "ingen"."""
    changed = re.sub(r"\b(?:ikke|ikkje|ingen|aldri|uten)\s", "", text, count=1)
    return changed if changed != text else None


def add_negation(text: str) -> str | None:
    """With "ikke" after its first verb."""
    changed = re.sub(r"\b(er|har|skal|må|kan|vil|får)\b(?! ikke)", r"\1 ikke", text, count=1)
    return changed if changed != text else None


def swap_number(text: str) -> str | None:
    """With the first two different digits of a number exchanged: 430 becomes 340."""
    for match in re.finditer(r"\d{2,}", text):
        digits = match[0]
        for i in range(len(digits) - 1):
            if digits[i] != digits[i + 1]:
                swapped = digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
                return text[: match.start()] + swapped + text[match.end() :]
    return None


def change_digit(text: str) -> str | None:
    """With its first digit one higher."""
    match = re.search(r"\d", text)
    return text[: match.start()] + str((int(match[0]) + 1) % 10) + text[match.end() :] if match else None


def reverse_halves(text: str) -> str | None:
    """Its second half before its first."""
    words = text.split()
    half = len(words) // 2
    return " ".join([*words[half:], *words[:half]]) if len(words) >= 4 and words[half:] != words[:half] else None


def drop_word(text: str) -> str | None:
    """Without the word in its middle."""
    words = text.split()
    middle = len(words) // 2
    return " ".join([*words[:middle], *words[middle + 1 :]]) if len(words) >= 4 else None


def cut_qualifier(text: str) -> str | None:
    """Only what comes after its last negation, condition or number."""
    last = list(QUALIFIERS.finditer(text))[-1:]
    rest = text[last[0].end() :].strip(" ,.") if last else ""
    return rest if len(rest.split()) >= 4 else None


def curly_marks(text: str) -> str | None:
    """Between curly quotation marks, the marks inside it curly too."""
    return f"“{text.replace('«', '“').replace('»', '”')}”"


def straight_marks(text: str) -> str | None:
    """Between straight quotation marks, the marks inside it straight too."""
    return '"' + re.sub(r"[«»“”]", '"', text) + '"'


def guillemets(text: str) -> str | None:
    """Between guillemets, the marks inside it guillemets too."""
    return f"«{text.replace('“', '«').replace('”', '»')}»"


def soft_hyphens(text: str) -> str | None:
    """With soft hyphens inside its long words."""
    return re.sub(r"(\w{4})(?=\w{4})", "\\1\u00ad", text)


def line_break_hyphen(text: str) -> str | None:
    """With its first long word broken at a line's end."""
    return re.sub(r"([^\W\d]{4})(?=[^\W\d]{4})", "\\1-\n", text, count=1)


def hard_spaces(text: str) -> str | None:
    """With non-breaking spaces."""
    return text.replace(" ", "\u00a0")


REFUSED: tuple[_Change, ...] = (
    drop_negation, add_negation, swap_number, change_digit, reverse_halves, drop_word, cut_qualifier,
)  # fmt: skip
ACCEPTED: tuple[_Change, ...] = (
    curly_marks, straight_marks, guillemets, soft_hyphens, line_break_hyphen, hard_spaces,
)  # fmt: skip


def checks(documents: Sequence[Document]) -> Iterator[Check]:
    """Every check that the sentences of these documents give."""
    texts = {" ".join(document.text.split()) for document in documents}
    speakers = sorted({sentence.voice.actor for document in documents for sentence in document.sentences})
    for position, document in enumerate(documents):
        other = documents[position - 1]
        for number, sentence in enumerate(document.sentences):
            claim = _claim(document, sentence)
            yield Check("unchanged", claim, accept=True)
            for change in ACCEPTED:
                yield Check(change.__name__, replace(claim, text=change(claim.text) or claim.text), accept=True)
            for change in REFUSED:
                changed = change(claim.text)
                # A change may happen to give words that stand in a document too, such as a sentence without its
                # last clause: then it is no test of the verifier.
                if changed and not any(changed in text for text in texts if change is not cut_qualifier):
                    yield Check(change.__name__, replace(claim, text=changed), accept=False)
            if other is not document and len(claim.text.split()) >= 4 and other.sentences:
                mate = other.sentences[number % len(other.sentences)]
                joined = f"{claim.text} {other.text[mate.start : mate.end]}"
                yield Check("join_documents", ClaimedQuote(joined), accept=False)
            if sentence.voice.actor and len(speakers) > 1:
                somebody_else = speakers[(speakers.index(claim.actor) + 1) % len(speakers)] or speakers[-1]
                yield Check("swap_speaker", replace(claim, actor=somebody_else), accept=False)
            if sentence.voice.manner is Manner.REPORTED:
                yield Check("report_as_quotation", replace(claim, direct=True), accept=False)


def _claim(document: Document, sentence: Sentence) -> ClaimedQuote:
    return ClaimedQuote(document.text[sentence.start : sentence.end], sentence.voice.actor, document.id)


def run(documents: Sequence[Document]) -> list[Outcome]:
    """Ask the verifier about every check, and count by change."""
    verifier = Verifier(documents)
    counted: dict[tuple[str, bool], tuple[int, list[ClaimedQuote]]] = {}
    for check in checks(documents):
        count, wrong = counted.get((check.change, check.accept), (0, []))
        if verifier.verify(check.claim).accepted != check.accept:
            wrong.append(check.claim)
        counted[check.change, check.accept] = count + 1, wrong
    return [
        Outcome(change, accept, count, tuple(wrong)) for (change, accept), (count, wrong) in sorted(counted.items())
    ]
