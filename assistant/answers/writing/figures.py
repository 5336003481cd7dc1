"""Numbers in a claim: each has to stand in the sentences it cites, and to count the same thing there."""

import re
from collections.abc import Callable, Iterator, Sequence

from assistant.answers.writing.phrases import COUNTING, FRACTIONS, NUMBER_LIKE, PERCENT
from assistant.corpus.language import EN
from assistant.corpus.numbers import Number, find_numbers, without_dates
from assistant.search.norwegian import ENGLISH_STOP_WORDS, STOP_WORDS, word_list

# Within so many words after a number stands what it counts.
_REACH = 5
_IGNORED = STOP_WORDS | ENGLISH_STOP_WORDS


def wrong_figures(
    prose: str,
    texts: Sequence[str],
    years: Sequence[int],
    language: str,
    is_named: Callable[[str, Sequence[str]], bool],
) -> Iterator[str]:
    """The numbers of a claim that its sentences don't have, or that count something else there.

    Args:
        prose: the claim without what it quotes.
        texts: the cited sentences and their headings.
        years: of the cited documents.
        language: the claim's.
        is_named: whether a word of the claim is among these words of the sentences, under whatever name.
    """
    text, prose = " ".join(texts), without_dates(prose)
    there = {*_values(text, ""), *((float(year), False) for year in years)}
    for value, percent in _values(prose, language):
        if (value, percent) not in there:
            yield f"{value:g}{' %' if percent else ''}"
    for name, pattern in FRACTIONS.items():
        if pattern.search(prose) and not pattern.search(text):
            yield name
    numbers = list(find_numbers(_plain(prose, language), language))
    yield from _disguised(prose, text, list(find_numbers(prose, language)))
    for number in numbers:
        counted = _counted(_plain(prose, language), number)
        same = [_after(text, other) for other in find_numbers(text) if other.value == number.value]
        if counted and same and not any(is_named(counted, words) for words in same):
            yield f"{number.bare:g} {counted}"


def _disguised(prose: str, text: str, numbers: Sequence[Number]) -> Iterator[str]:
    """Tokens with digits, and words like numbers, that aren't read as a number and that the sentences don't have."""
    for token in re.finditer(r"\S*\d\S*", prose):
        inside = [n for n in numbers if n.start < token.end() and token.start() < n.end]
        bare = token[0].strip(".,;:!?()%–").removesuffix("-")
        odd = not inside or re.search(r"\d[^\W\d_]|[^\W\d_]\d|\d[_']\d|\d[-−]\d|(?<!\w)[-−]\d", bare)
        if odd and bare.lower() not in text.lower():
            yield bare
    read = {number.end for number in numbers}
    for match in NUMBER_LIKE.finditer(prose):
        if match.end() not in read and match[0].lower() not in text.lower():
            yield match[0]


def _counted(text: str, number: Number) -> str:
    """The word for what a number counts, as it follows it; empty if none does."""
    if PERCENT.match(text[number.end :]):
        return ""
    rest = re.split(r"[,.;:!?()–…]", text[number.end :])[0]
    following = [word for word in word_list(rest)[:_REACH] if not COUNTING.fullmatch(word)]
    # "2040 flere plasser" counts, "innen 2040 åpnes …" doesn't.
    is_year = number.value == number.bare and 1900 <= number.value <= 2100
    first = word_list(rest)[:1]
    if not following or following[0].lower() in _IGNORED or (is_year and not (first and COUNTING.fullmatch(first[0]))):
        return ""
    return "" if any(find_numbers(following[0])) else following[0]


def _after(text: str, number: Number) -> list[str]:
    """The words that follow a number in the sentences."""
    following = word_list(text[number.end :])[: _REACH + 1]
    return [word.lower() for word in following if word.lower() not in _IGNORED]


def _plain(text: str, language: str) -> str:
    # English separates thousands where Norwegian separates decimals.
    return re.sub(r"(?<=\d),(?=\d{3}\b)", "", text) if language == EN else text


def _values(text: str, language: str) -> Iterator[tuple[float, bool]]:
    """Each number of a text and whether it is a percentage. In words, "one" is most often no number."""
    if language:
        # Norwegians may take "430,000" for the same as the English do.
        text = re.sub(r"\b(\d{1,3}),(\d{3})\b", r"\1\2", text)
    for number in find_numbers(text, language):
        if number.value > 1 or text[number.start].isdigit():
            yield number.value, bool(PERCENT.match(text[number.end :]))
