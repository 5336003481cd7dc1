"""What the documents may call the words of a question: a question's words become a query."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from assistant.corpus.language import EN, NB, NN
from assistant.search import english, nynorsk
from assistant.search.glossary import Glossary, alternatives
from assistant.search.keywords import Weights
from assistant.search.norwegian import STOP_WORDS, stem, word_list
from assistant.search.projection import SHORTEST, Projection
from assistant.search.retrieval import Query
from assistant.search.worded import Worded


@dataclass(frozen=True)
class Lexicon:
    """The glossary that people wrote, and the projection that stands in where it has nothing."""

    glossary: Glossary
    projection: Projection

    def query(self, text: str, language: str = NB) -> Query:
        """The query for a topic; one in nynorsk or English is put into bokmål first.

        A word or phrase that the glossary knows is looked up under all its Norwegian names; where it wasn't Norwegian,
        the best of them is also embedded, and read, beside it. A word that neither the glossary nor the collection
        knows is looked up as the words of the collection that come nearest to it.
        """
        worded = self._in_bokmal(text, language)
        text, written = worded.text, word_list(worded.text)
        asked = [word.lower() for word in written]
        names = _names(written)
        groups: list[tuple[Weights, int]] = []
        added: list[str] = []
        taken: set[int] = set()
        for match in self.glossary.find(written):
            own = [stem(word) for word in asked[match.start : match.end] if word not in STOP_WORDS]
            groups.append((alternatives(match.concept, own), 0))
            taken |= set(range(match.start, match.end))
            added += [name for name in match.concept.norwegian[:1] if name.lower() not in text.lower()]
        rest = [i for i, word in enumerate(asked) if i not in taken and word not in STOP_WORDS]
        looked_up = self._looked_up([asked[i] for i in rest], worded.foreign)
        groups += [(group, names.get(i, 0)) for group, i in zip(looked_up, rest, strict=True)]
        groups = [(_with_others(group, worded.also), name) for group, name in groups]
        unique = {tuple(sorted(group.items())): (group, name) for group, name in groups}.values()
        return Query(
            text=" ".join([text, *added]),
            asked=" ".join([worded.asked, *added]),
            terms=tuple(group for group, _ in unique),
            names=tuple(name for _, name in unique),
        )

    def _in_bokmal(self, text: str, language: str) -> Worded:
        if language == NN:
            return nynorsk.in_bokmal(text, self.projection.known)
        if language == EN:
            return english.in_bokmal(text, self.glossary, self.projection.known)
        return Worded(text, text)

    def _looked_up(self, asked: Sequence[str], foreign: Set[str]) -> list[Weights]:
        """Each word's stems with weights."""
        unknown = [word for word in asked if len(word) >= SHORTEST and not self.projection.known(stem(word))]
        unknown = [word for word in unknown if not word[0].isdigit()]
        nearest: dict[str, Weights] = {}
        for abroad in (False, True):
            words = [word for word in unknown if (word in foreign) is abroad]
            nearest |= zip(words, self.projection.replacements(words, foreign=abroad), strict=True)
        # A word with nothing near it stays: that the collection doesn't have it tells that it may not answer.
        return [nearest.get(word) or {stem(word): 1.0} for word in asked]


def _with_others(group: Weights, also: Mapping[str, Sequence[str]]) -> Weights:
    """The stems of one word, and what else it may be where it was put into bokmål."""
    return {other: group[key] for key in group if key in also for other in also[key]} | dict(group)


def _names(written: Sequence[str]) -> dict[int, int]:
    """The words that belong to names, each with its name's number: capital letters that don't begin the text.

    Words that follow each other are one name: "Mental Helse i Trondheim" has two.
    """
    found: dict[int, int] = {}
    for i, word in enumerate(written):
        if i and word[:1].isupper():
            found[i] = found.get(i - 1) or len(set(found.values())) + 1
    return found
