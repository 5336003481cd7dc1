"""Days in questions: "før juni", "in 2025", "siden i fjor", "latest"."""

import datetime
import re
from dataclasses import dataclass

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar january jan", "februar february feb", "mars march", "april apr", "mai may", "juni june jun",
            "juli july jul", "august aug", "september sept sep", "oktober october okt oct", "november nov",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = (
    rf"(?:(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{_MONTH})\b(?:\s+(?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?(?!\d),?)?"
    r"(?:\s+(?P<month_year>(?:19|20)\d\d))?|(?P<numeric>\d{1,2}\.\d{1,2}\.(?:19|20)\d\d)|(?P<year>(?:19|20)\d\d)"
    r"|(?P<last_year>i fjor|last year)|(?P<this_year>i år|this year)"
)
_PERIOD = re.compile(
    rf"\b(?P<how>før|innen|before|until|etter|after|siden|sidan|since|fra|frå|from|i|in|during|den|on)?\s*\b(?:{_DAY})",
    re.IGNORECASE,
)
_LATEST = re.compile(
    r"\b(?:sist|siste|seneste|nyeste|nyaste|senest|latest|most recent|most recently|last)\b(?!\s+(?:år|year|ledd|del))",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\b(?:om|about|on|regarding)\b", re.IGNORECASE)
_BEFORE = frozenset({"før", "innen", "before", "until"})
_AFTER = frozenset({"etter", "after", "siden", "sidan", "since", "fra", "frå", "from"})
_PAST = re.compile(
    r"\b(?:sa|sagt|skrev|mente|meinte|uttalte|svarte|foreslo|krevde|lovet|lovte|said|say|wrote|written|think|thought|propose|proposed)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included; None leaves that side open."""

    first: datetime.date | None = None
    last: datetime.date | None = None

    def __bool__(self) -> bool:
        return self.first is not None or self.last is not None

    def holds(self, day: datetime.date | None) -> bool:
        """Whether `day` lies in the period; a day that isn't known lies only in the period without bounds."""
        if day is None:
            return not self
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def find_period(
    question: str, today: datetime.date, *, framed: bool, within: tuple[int, int]
) -> tuple[Period, bool, str]:
    """When the statements asked for were made: the period, whether the latest is meant, and the question without both.

    A year may belong to the topic ("plasser frem mot 2040"), so a date counts only in a question about what somebody
    said, and there only with "før", "etter", "since" and the like, or, without such a word, with a verb in the past.
    """
    latest = bool(framed and _LATEST.search(question))
    rest = _LATEST.sub(" ", question) if latest else question
    for match in _PERIOD.finditer(question) if framed else ():
        how = (match["how"] or "").lower()
        bounded = how in _BEFORE | _AFTER or match["last_year"] or match["this_year"]
        dated = how or bounded or _is_when(match, question)
        if not dated or within[0] <= match.start() < within[1]:
            continue
        if not bounded and not _PAST.search(question):
            continue
        first, last = _days(match, today)
        if how in _BEFORE:
            period = Period(None, first - datetime.timedelta(days=1) if how != "innen" else last)
        elif how in _AFTER:
            period = Period(last + datetime.timedelta(days=1) if how in {"etter", "after"} else first, None)
        else:
            period = Period(first, last)
        return period, latest, " ".join(rest.replace(match[0], " ").split())
    return Period(), latest, " ".join(rest.split())


def _is_when(match: re.Match[str], question: str) -> bool:
    """Whether a whole date without "den" or "i" says when: "Hva sa Vestre 19. januar 2026 om …", but not after "om"."""
    whole = match["day"] or match["day_after"] or match["numeric"]
    return bool(whole) and not _ABOUT.search(question[: match.start()])


def _days(match: re.Match[str], today: datetime.date) -> tuple[datetime.date, datetime.date]:
    """First and last day of what the match names; a month without year is the latest that has begun."""
    if match["numeric"]:
        day, month, year = map(int, match["numeric"].split("."))
        return _date(year, month, day), _date(year, month, day)
    if match["month"]:
        month = _MONTHS[match["month"].lower()]
        year = int(match["month_year"] or (today.year if month <= today.month else today.year - 1))
        if number := match["day"] or match["day_after"]:
            return _date(year, month, int(number)), _date(year, month, int(number))
        following = datetime.date(year + month // 12, month % 12 + 1, 1)
        return datetime.date(year, month, 1), following - datetime.timedelta(days=1)
    year = today.year - 1 if match["last_year"] else today.year if match["this_year"] else int(match["year"])
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31)


def _date(year: int, month: int, day: int) -> datetime.date:
    """The day, or the month's first where a writer's day doesn't exist."""
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return datetime.date(year, min(max(month, 1), 12), 1)
