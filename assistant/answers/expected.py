"""What kind of answer a question wants: a name, an amount, a point in time, or anything."""

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.corpus.numbers import find_numbers
from assistant.search.lexicon import Lexicon
from assistant.search.norwegian import stem, words

# How many words after a number may come before what is counted.
_NEAR = 3


class Kind(StrEnum):
    """What kind of answer a question wants."""

    ANYTHING = "anything"
    NAME = "name"
    SHARE = "share"
    MONEY = "money"
    NUMBER = "number"
    DATE = "date"
    YEAR = "year"
    TIME = "time"


_HOW_MUCH = (
    r"\b(?:(?:hvor|kor) (?:mange|mye|mykje|stor|stort|store|høy|høyt|høgt|høg|lang|langt|lenge|gammel|gamal|gamle)"
    r"|how (?:many|much|large|big|high|tall|long|old|far)"
    r"|(?:hvilken|kva|what|which) (?:alder|sum|age|number|amount)|what (?:is the number|was the average)"
    r"|antall|talet på)\b"
)
_SUM = (
    r"\w*(?:kroner|penger|pengar|budsjett|tilskudd|tilskot|bevilgning|bevilging|løyving|kontingent|avgift|gebyr"
    r"|egenandel|eigendel|lønn|løn|pris|beløp|money|funding|budget|grant|fee|price|salary|amount)(?!\w{4})\w*"
)
_ROLE = (
    r"\w*(?:leder|leiar|sjef|direktør|minister|statsråd|sekretær|medlem|ordfører|ordførar|president|forfatter|forfattar"
    r"|leader|chair|director|secretary|member|mayor|author)(?!\w{5})\w*"
)
# Of these one is asked for by name: "Hvilken kommune …", but not "Hvilke kommuner …", which may be small ones.
_NAMED = (
    r"(?:(?:health |prime )?\w*minister|statsråd|parti|politiker|politikar|forsker|forskar|kommune|fylke|by|land"
    r"|sykehus|sjukehus|universitet|party|politician|researcher|municipality|county|city|country|hospital|university)"
)
# The first that fits a question is what it wants.
_ASKS = {
    kind: re.compile(pattern, re.IGNORECASE)
    for kind, pattern in (
        (Kind.DATE, r"\b(?:(?:hvilken|kva) (?:dato|dag)|(?:what|which) (?:date|day))\b"),
        (Kind.YEAR, r"\b(?:(?:hvilket|kva) år|(?:what|which) year)\b"),
        (Kind.TIME, r"^(?:og |and )?(?:når|when|(?:hvilken|kva) (?:måned|månad)|(?:what|which) month)\b"),
        (
            Kind.SHARE,
            r"\b(?:(?:hvor|kor) (?:stor|liten|høy|høg) (?:\w*andel|del)|(?:hvilken|kva) (?:prosent)?andel"
            r"|(?:hvor|kor) mange prosent|(?:what|which) (?:share|percentage|proportion))\b",
        ),
        (
            Kind.MONEY,
            r"\b(?:(?:hvor|kor) (?:mye|mykje|stor|stort|store|høy|høyt|høg|høgt)|how (?:much|large|big|high)"
            rf"|(?:hva|kva|what) (?:er|var|is|was))\b(?: \w+){{0,3}}? {_SUM}\b"
            r"|\b(?:hvor mange|kor mange|how many) (?:kroner|million(?:er|ar|s)?|milliard(?:er|ar)?|billions?)\b"
            r"|\b(?:(?:hvor mye|kor mykje)\b[^?]*|hva|kva)"
            r" (?:koster|kostar|kostet|kosta|betaler|betalar|betalte|tjener|tener)\b"
            # Not "What does NAPHA say about services that cost more?"
            r"|\bhow much (?:does|do|did|will|would|is|are|was|were) [^?]*\b(?:cost|pay|paying|earn|make)\b"
            r"|\bhow much (?:is|are|was|were) (?:an?|one)\b"
            r"|\bwhat (?:does|do|did|will|would) (?:(?!(?:about|on|of|say|think|want)\b)\w+ ){1,8}(?:cost|earn)\b",
        ),
        (Kind.NUMBER, _HOW_MUCH),
        (
            Kind.NAME,
            r"\b(?:hvem|kven|who)(?: som)? (?:(?:leder|leier|ledet|leia|sitter|sit|satt|sat|leads|led|heads|chairs)\b"
            rf"|(?:er|var|blir|ble|vart|is|was|are|were)(?: \w+){{0,2}}? {_ROLE})"
            rf"|\b(?:hvilken|hvilket|kva|which|what) {_NAMED}\b"
            r"|\b(?:hva heter|hva het|kva heiter|kva heitte|navn(?:et|ene|a)? (?:på|til)|namn(?:et|a)? (?:på|til)"
            r"|names? of)\b",
        ),
    )
}
_MONTHS = r"(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)"
_YEAR = r"\b(?:1[5-9]|20)\d\d\b|\b(?:i år|i fjor|neste år|forrige år|førre år)\b"
_DATE = rf"\b\d{{1,2}}\. ?{_MONTHS}\b|\b\d{{1,2}}\.\d{{1,2}}\.|\b(?:man|tirs|ons|tors|fre|lør|laur|søn)dag\b"
_HAS = {
    kind: re.compile(pattern, re.IGNORECASE)
    for kind, pattern in (
        (Kind.DATE, _DATE),
        (Kind.YEAR, _YEAR),
        (
            Kind.TIME,
            rf"{_YEAR}|{_DATE}|\b{_MONTHS}\b|\b(?:våren|sommeren|høsten|vinteren|hausten|forrige|førre|siden|sidan"
            r"|århundre\w*|innen)\b",
        ),
        (
            Kind.SHARE,
            r"%|\bprosent|\b(?:halvpart|tredel|tredjedel|fjerdedel|femtedel|flertall|fleirtal|mindretall|mindretal)"
            r"|\b(?:av|of) (?:ti|tre|fire|fem|hundre)\b",
        ),
        (Kind.MONEY, r"\b(?:kr|kroner|nok|mill|million(?:er|ar)?|mrd|milliard(?:er|ar)?|euro|dollar)\b"),
    )
}
_NAME = re.compile(r"(?<=[\w,;:–-] )[A-ZÆØÅ][\w-]+")
# "Hva mener … om hvor mye staten skal styre?" asks for an opinion.
_OPINION = re.compile(
    r"\b(?:mener|meiner|mente|meinte|syn(?:et)? på|syns|synes|synest|think|thinks|position|views?|opinion)\b.*"
    r"\b(?:hvor|kor|how) \w",
    re.IGNORECASE,
)
# In English what is counted is often more than one word: "how many inpatient beds are there?"
_COUNTED = re.compile(
    r"\b(?:hvor mange|kor mange)\s+(?P<noun>[^\W\d]{3,})"
    r"|\bhow many\s+(?P<phrase>[^\W\d]{3,}(?:[ -](?!(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could"
    r"|should|must|may|of|in|on|at|to|for|from|by|with|who|that|which|per|there)\b)[^\W\d]+){0,3})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Expected:
    """What a question wants.

    Attributes:
        counted: for "how many …", the stems of what is counted.
        said: the question's own words in small letters: a name among them is not the one that is asked for.
    """

    kind: Kind = Kind.ANYTHING
    counted: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()

    def offered(self, text: str) -> tuple[float, float]:
        """How far a text has it: what is asked for at all, and a number of what is counted; each 0 or 1."""
        if self.kind is Kind.ANYTHING:
            return 0.0, 0.0
        if self.kind is Kind.NAME:
            return float(any(name[0].lower() not in self.said for name in _NAME.finditer(text))), 0.0
        if self.kind is not Kind.NUMBER:
            return float(bool(_HAS[self.kind].search(text))), 0.0
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
    if _OPINION.search(question):
        return Expected()
    kind = next((kind for kind, asks in _ASKS.items() if asks.search(question)), Kind.ANYTHING)
    if kind is Kind.NAME:
        return Expected(kind, said=frozenset(words(question)))
    counted = _COUNTED.search(question) if kind is Kind.NUMBER else None
    noun = counted["noun"] or counted["phrase"] if counted else ""
    terms = lexicon.query(noun.lower(), language).terms if noun else ()
    return Expected(kind, frozenset(key for group in terms for key in group))
