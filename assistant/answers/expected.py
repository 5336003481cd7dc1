"""What kind of answer a question wants: a number, a point in time, or anything."""

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.corpus.numbers import find_numbers
from assistant.search.lexicon import Lexicon
from assistant.search.norwegian import stem, words

# How many words after a number may come before what is counted.
_NEAR = 3

_NUMBER = re.compile(
    r"\b(?:(?:hvor|kor) (?:mange|mye|mykje|stor|stort|store|høy|høyt|høgt|høg|lang|langt|lenge|gammel|gamal)"
    r"|(?:hvilken|kva) (?:alder|andel|prosentandel|sum)|how (?:many|much|large|big|high|tall|long|old|far)"
    r"|(?:hva|kva) (?:koster|kostar|kostet|kosta)|what (?:does|do|did|will|would) [^?]*\bcost"
    r"|what (?:percentage|share|proportion|age|number|amount|is the number|was the average)|antall|talet på|prosent)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"^(?:og |and )?(?:når|when|(?:hvilket|kva) år|(?:hvilken|kva) (?:dato|dag|måned|månad)"
    r"|(?:what|which) (?:year|date|day|month))\b",
    re.IGNORECASE,
)
_POINT_IN_TIME = re.compile(
    r"\b(?:1[6-9]|20)\d\d\b|\b\d{1,2}\.\d{1,2}\.|\b(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober"
    r"|november|desember|våren|sommeren|høsten|vinteren|hausten|i år|i fjor|neste år|forrige|førre|siden|sidan"
    r"|mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|århundre\w*|innen)\b",
    re.IGNORECASE,
)


_COUNTED = re.compile(r"\b(?:hvor mange|kor mange|how many)\s+(?P<noun>[^\W\d]{3,})", re.IGNORECASE)


class Kind(StrEnum):
    """What kind of answer a question wants."""

    ANYTHING = "anything"
    NUMBER = "number"
    TIME = "time"


@dataclass(frozen=True)
class Expected:
    """What a question wants.

    Attributes:
        counted: for "how many …", the stems of what is counted.
    """

    kind: Kind = Kind.ANYTHING
    counted: frozenset[str] = frozenset()

    def offered(self, text: str) -> tuple[float, float]:
        """How far a text has it: a number or a point in time at all, and a number of what is counted; each 0 or 1."""
        if self.kind is Kind.TIME:
            return float(bool(_POINT_IN_TIME.search(text))), 0.0
        if self.kind is Kind.ANYTHING:
            return 0.0, 0.0
        found = list(find_numbers(text))
        return float(bool(found)), float(any(self._counts(text[number.end :]) for number in found))

    def lacking(self, text: str) -> tuple[float, float]:
        """What is asked for and a text lacks, as `offered` has it; each 0 or 1."""
        has, counts = self.offered(text)
        return float(self.kind is not Kind.ANYTHING and not has), float(bool(self.counted) and not counts)

    def _counts(self, after: str) -> bool:
        """Whether one of the first words after a number is what is counted: "93 tiltak", "430 flere plasser"."""
        return any(stem(word) in self.counted for word in words(after[:60])[:_NEAR])


def expected(question: str, lexicon: Lexicon, language: str) -> Expected:
    """What the question wants."""
    if _TIME.search(question):
        return Expected(Kind.TIME)
    if not _NUMBER.search(question):
        return Expected()
    counted = _COUNTED.search(question)
    terms = lexicon.query(counted["noun"].lower(), language).terms if counted else ()
    return Expected(Kind.NUMBER, frozenset(key for group in terms for key in group))
