"""Numbers and dates as Norwegian and English texts write them: "1,2 mrd.", "430", "to av tre", "5. juni 2026"."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.corpus.language import EN

_NORWEGIAN = {
    word: value
    for value, words in (
        *enumerate(
            "null|én ein ei|to|tre|fire|fem|seks|sju syv|åtte|ni|ti|elleve|tolv|tretten|fjorten|femten|seksten|sytten|atten"
            "|nitten|tjue tyve".split("|")
        ),
        *zip(range(30, 101, 10), "tretti tredve|førti|femti|seksti|sytti|åtti|nitti|hundre".split("|"), strict=True),
    )
    for word in words.split()
}
_ENGLISH = {
    word: value
    for value, word in (
        *enumerate(
            "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
            "|seventeen|eighteen|nineteen|twenty".split("|")
        ),
        *zip(range(30, 101, 10), "thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred".split("|"), strict=True),
    )
}
_WORDS = _NORWEGIAN | _ENGLISH
_SCALES = {
    "tusen": 1e3, "thousand": 1e3, "million": 1e6, "millioner": 1e6, "millionar": 1e6, "mill": 1e6, "mln": 1e6, "millions": 1e6,
    "milliard": 1e9, "milliarder": 1e9, "milliardar": 1e9, "mrd": 1e9, "billion": 1e9, "bn": 1e9,
}  # fmt: skip
_NUMBER = re.compile(
    rf"(?<![\w.,])(?P<digits>\d{{1,3}}(?:[ \u00a0.]\d{{3}})+(?!\d)|\d+(?:[.,]\d+)?)(?:[ \u00a0](?P<scale>{'|'.join(_SCALES)})\b)?"
    rf"|\b(?P<word>{'|'.join(_WORDS)})(?:[ \u00a0](?P<word_scale>{'|'.join(_SCALES)}))?\b",
    re.IGNORECASE,
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        "januar january jan|februar february feb|mars march mar|april apr|mai may|juni june jun|juli july jul|august aug"
        "|september sept sep|oktober october okt oct|november nov|desember december des dec".split("|"),
        start=1,
    )
    for name in names.split()
}
_DATE = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)?\s+(?P<month>{'|'.join(_MONTHS)})\.?\s+(?P<year>\d{{4}})\b"
    rf"|\b(?P<us_month>{'|'.join(_MONTHS)})\s+(?P<us_day>\d{{1,2}}),?\s+(?P<us_year>\d{{4}})\b"
    r"|\b(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})\b|\b(?P<iso>\d{4}-\d{2}-\d{2})\b",
    re.IGNORECASE,
)


# As Norwegian and English write them, so that neither "may" nor a planet is one.
_MONTH = re.compile(
    r"\b(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)\b"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: `text[start:end]`.

    Attributes:
        value: the number with its scale: 1.2e9 for "1,2 mrd.".
        bare: the number as its digits say: 1.2.
    """

    value: float
    bare: float
    start: int
    end: int


def find_numbers(text: str, language: str = "") -> Iterator[Number]:
    """The numbers of a text in order, those in words up to twenty and in whole tens up to a hundred included.

    Args:
        text: any text.
        language: whose words are numbers: "to" is two in Norwegian and none in English ("en"); empty for both.
    """
    words = _ENGLISH if language == EN else _NORWEGIAN if language else _WORDS
    for match in _NUMBER.finditer(text):
        if match["word"] and match["word"].lower() not in words:
            continue
        if match["word"]:
            bare, scale = float(_WORDS[match["word"].lower()]), match["word_scale"]
        else:
            digits = re.sub(r"[ \u00a0]|\.(?=\d{3}\b)", "", match["digits"]).replace(",", ".")
            bare, scale = float(digits), match["scale"]
        # 1.2e9 and not 1199999999.9999998
        yield Number(round(bare * _SCALES[scale.lower()], 6) if scale else bare, bare, match.start(), match.end())


def without_dates(text: str) -> str:
    """The text with the days that it names left out."""
    return _DATE.sub(" ", text)


def find_months(text: str) -> set[int]:
    """The months, 1 to 12, that a text names in full, with or without a day."""
    return {_MONTHS[match.lower()] for match in _MONTH.findall(text)}


def find_dates(text: str) -> Iterator[datetime.date]:
    """The days that a text names with day, month and year, in order; what is no day in any calendar is left out."""
    for match in _DATE.finditer(text):
        if match["iso"]:
            parts = match["iso"].split("-")
            year, month, day = int(parts[0]), int(parts[1]), int(parts[2])
        elif match["y"]:
            year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
        else:
            name = match["month"] or match["us_month"]
            year, day = int(match["year"] or match["us_year"]), int(match["day"] or match["us_day"])
            month = _MONTHS[name.lower()]
        try:
            yield datetime.date(year, month, day)
        except ValueError:
            continue
