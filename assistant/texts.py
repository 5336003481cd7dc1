"""Every text that people read, in bokmål, nynorsk and English."""

import datetime
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from assistant.corpus.language import EN, NB, NN
from assistant.yaml_files import read_yaml

LANGUAGES = (NB, NN, EN)
NAMES = {NB: "Bokmål", NN: "Nynorsk", EN: "English"}
_MONTHS = "januar februar mars april mai juni juli august september oktober november desember".split()
_MONTHS_EN = "January February March April May June July August September October November December".split()


@cache
def _texts() -> Mapping[str, Mapping[str, str]]:
    """texts.yaml, read when the first text is needed."""
    texts: Mapping[str, Mapping[str, str]] = read_yaml(Path(__file__).with_name("texts.yaml"))[0]
    return texts


def say(key: str, language: str, **values: object) -> str:
    """The text of that key, bokmål for a language it doesn't have, with its placeholders filled."""
    return _texts()[key][language if language in LANGUAGES else NB].format(**values)


def long_date(day: datetime.date, language: str) -> str:
    """A date as one reads it: "5. juni 2026", in English "5 June 2026"."""
    if language == EN:
        return f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}"
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"


def decimal(value: float, language: str, digits: int = 1) -> str:
    """A number with a decimal comma in Norwegian, a point in English."""
    text = f"{value:.{digits}f}"
    return text if language == EN else text.replace(".", ",")


def listing(items: list[str], language: str) -> str:
    """Items as one lists them: "a, b og c"."""
    return f" {say('and', language)} ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
