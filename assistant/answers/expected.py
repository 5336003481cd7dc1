"""What kind of answer a question wants: a number, a point in time, or anything."""

import re
from enum import StrEnum

from assistant.corpus.numbers import find_numbers

_NUMBER = re.compile(
    r"\b(?:(?:hvor|kor) (?:mange|mye|mykje|stor|stort|store|høy|høyt|høgt|høg|lang|langt|lenge|gammel|gamal)"
    r"|(?:hvilken|kva) (?:alder|andel|prosentandel|sum)|how (?:many|much|large|big|high|tall|long|old|far)"
    r"|what (?:percentage|share|proportion|age|number|amount|is the number|was the average)|antall|talet på|prosent)\b",
    re.IGNORECASE,
)
_TIME = re.compile(r"^(?:og |and )?(?:når|when|(?:hvilket|kva) år|(?:what|which) (?:year|date))\b", re.IGNORECASE)
_POINT_IN_TIME = re.compile(
    r"\b(?:1[6-9]|20)\d\d\b|\b\d{1,2}\.\d{1,2}\.|\b(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober"
    r"|november|desember|våren|sommeren|høsten|vinteren|hausten|i år|i fjor|neste år|forrige|førre|siden|sidan"
    r"|mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|århundre\w*|innen)\b",
    re.IGNORECASE,
)


class Expected(StrEnum):
    """What kind of answer a question wants."""

    ANYTHING = "anything"
    NUMBER = "number"
    TIME = "time"


def expected(question: str) -> Expected:
    """What kind of answer the question wants."""
    if _TIME.search(question):
        return Expected.TIME
    return Expected.NUMBER if _NUMBER.search(question) else Expected.ANYTHING


def offers(text: str, wanted: Expected) -> bool:
    """Whether a text has what is wanted; every text has anything."""
    if wanted is Expected.TIME:
        return bool(_POINT_IN_TIME.search(text))
    return wanted is Expected.ANYTHING or any(True for _ in find_numbers(text))
