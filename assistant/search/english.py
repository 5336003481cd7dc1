"""An English question put into bokmål, word by word: the documents that are searched are in Norwegian.

No translation that anybody should read. The glossary's names come first, then the words and phrases of english.txt, of
whose meanings the first that the collection has is taken. Names stay, and so does what nobody knows. The reader gets
the question as it was asked, with the glossary's names beside it, as it was taught.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import Stemmer

from assistant.search.glossary import Glossary, Match
from assistant.search.norwegian import keywords, word_list
from assistant.search.worded import Worded

# "The government's", "GPs": what is cut off.
_ENDINGS = re.compile(r"['’][sS]\b|(?<=\b[A-Z]{2})s\b|(?<=\b[A-Z]{3})s\b")
# Written with a capital letter, these begin another sentence, but for "I", and are no names.
_CAPITALS = frozenset(
    "I What Who Where When Why How Which Is Are Was Do Does Did Has Have Can Should And But If".split()
)


@dataclass(frozen=True)
class _Words:
    """What english.txt says.

    Attributes:
        meanings: in bokmål, by the English words of a phrase.
        by_stems: the same, by their English stems.
        longest: the number of words of the longest phrase.
    """

    meanings: Mapping[tuple[str, ...], tuple[str, ...]]
    by_stems: Mapping[tuple[str, ...], tuple[str, ...]]
    longest: int

    def find(self, phrase: Sequence[str], *, begins: bool) -> tuple[str, ...] | None:
        """What a phrase means, in any form of its words; None if that isn't known.

        A single word with a capital letter is a name, which has one form, unless it `begins` the question or is one of
        the words that questions are made of.
        """
        as_written = self.meanings.get(tuple(phrase))
        if len(phrase) == 1 and phrase[0][:1].isupper() and not begins and phrase[0] not in _CAPITALS:
            return as_written
        lower = tuple(word.lower() for word in phrase)
        singular = (*lower[:-1], lower[-1].removesuffix("s"))
        found = (self.meanings.get(lower), as_written, self.meanings.get(singular), self.by_stems.get(_stems(lower)))
        return next((meanings for meanings in found if meanings is not None), None)


def in_bokmal(text: str, glossary: Glossary, known: Callable[[str], bool]) -> Worded:
    """The question in bokmål as far as the glossary and english.txt go.

    Args:
        text: a question in English.
        glossary: the field's words; its names count before others of the same length.
        known: whether the collection has a stem.
    """
    written = word_list(_ENDINGS.sub("", text))
    chosen: list[str] = []
    also: dict[str, tuple[str, ...]] = {}
    foreign: set[str] = set()
    for words, meanings in _parts(written, glossary):
        own = [stem for word in words for stem in keywords(word.lower()) if known(stem)]
        if meanings is None:
            foreign |= {word.lower() for word in words if not word[0].isupper()}
            chosen += words
            continue
        best = next((one for one in meanings if all(map(known, keywords(one)))), next(iter(meanings), ""))
        others = [stem for one in meanings for stem in keywords(one) if known(stem) and " " not in one]
        also |= {stem: tuple(dict.fromkeys([*others, *own])) for stem in keywords(best)}
        chosen += [best] if best else []
    put = " ".join(chosen)
    names = [name for match in glossary.find(written) for name in match.concept.norwegian[:1]]
    return Worded(
        text=put[:1].upper() + put[1:] + ("?" if "?" in text else ""),
        asked=" ".join([text, *(name for name in names if name.lower() not in text.lower())]),
        also=also,
        foreign=frozenset(foreign),
    )


def _parts(written: Sequence[str], glossary: Glossary) -> Iterator[tuple[Sequence[str], tuple[str, ...] | None]]:
    """The question's words, those of a phrase together, with what they mean; None for what stays as it is."""
    named = {match.start: match for match in glossary.find(written)}
    words, start = _words(), 0
    while start < len(written):
        match = named.get(start)
        least = _length(match, written, words) if match else 0
        for length in range(min(words.longest, len(written) - start), least, -1):
            phrase = written[start : start + length]
            meanings = words.find(phrase, begins=start == 0)
            if meanings is not None:
                break
        else:
            length = least or 1
            phrase, meanings = written[start : start + length], _of_concept(match, written) if match else None
        yield phrase, meanings
        start += length


def _length(match: Match, written: Sequence[str], words: _Words) -> int:
    """How many words of the question the glossary's name takes.

    None if it is only something like the name, such as "employer" and "employee", whose Norwegian stems are the same,
    and english.txt has just this.
    """
    own = " ".join(written[match.start : match.end]).lower()
    forms = own, own.removesuffix("s")
    like = not any(form in match.concept.names for form in forms)
    return 0 if like and any(tuple(form.split()) in words.meanings for form in forms) else match.end - match.start


def _of_concept(match: Match, written: Sequence[str]) -> tuple[str, ...]:
    """What the glossary calls it: as it stands, if that is one of the Norwegian names, or by the first of these."""
    own = " ".join(written[match.start : match.end])
    names = match.concept.norwegian
    return (own, *names[:1]) if own in names else names[:1] or (own,)


def _stems(words: Sequence[str]) -> tuple[str, ...]:
    # A stemmer keeps the word it works on, so threads can't share one.
    return tuple(Stemmer.Stemmer("english").stemWords(words))


@cache
def _words() -> _Words:
    """english.txt, read when the first English question is asked."""
    meanings: dict[tuple[str, ...], tuple[str, ...]] = {}
    by_stems: dict[tuple[str, ...], tuple[str, ...]] = {}
    for line in Path(__file__).with_name("english.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            english, _, others = line.partition(":")
            key = tuple(word_list(english))
            meanings[key] = tuple(other.strip() for other in others.split(",") if other.strip())
            by_stems.setdefault(_stems(key), meanings[key])
    return _Words(meanings, by_stems, max(map(len, meanings)))
