"""The field's words in three languages: what a question calls one thing, a document may call another."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.errors import KnowledgeError
from assistant.search.norwegian import keywords, words
from assistant.yaml_files import read_yaml, validated

# A synonym counts less than the word itself, so that a passage with the question's own word comes first.
SYNONYM = 0.9
_SHORT_STEM = 3


class ConceptEntry(BaseModel):
    """One entry of synonyms.yaml: words for one thing. `short` counts only in capitals."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    nb: tuple[str, ...] = ()
    nn: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    short: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Concept:
    """Norwegian words for one thing, best first, everything it may be called in a question, and its English words."""

    norwegian: tuple[str, ...]
    names: tuple[str, ...]
    english: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A concept found in a question: the range of the question's words that name it."""

    concept: Concept
    start: int
    end: int


@dataclass(frozen=True)
class Glossary:
    """Concepts by the stems of their names, and by their abbreviations.

    Attributes:
        longest: the number of words of the longest name.
        english: the words of English names, a sample of the language.
    """

    by_stems: Mapping[tuple[str, ...], Concept] = field(default_factory=dict)
    by_short: Mapping[str, Concept] = field(default_factory=dict)
    longest: int = 0
    english: tuple[str, ...] = ()

    @classmethod
    def load(cls, path: Path) -> "Glossary":
        """Read synonyms.yaml; a missing file means no synonyms.

        Raises:
            KnowledgeError: the file isn't YAML or an entry is malformed.
        """
        if not path.exists():
            return cls()
        value, node = read_yaml(path)
        if not isinstance(value or [], list):
            raise KnowledgeError(f"{path} is not a list of concepts.", "Each begins with a dash; see its first lines.")
        entries = [validated(ConceptEntry, entry, path, node, (i,)) for i, entry in enumerate(value or [])]
        return cls.of(entries)

    @classmethod
    def of(cls, entries: Sequence[ConceptEntry]) -> "Glossary":
        """A glossary of these entries; of two entries with the same name the first counts."""
        by_stems: dict[tuple[str, ...], Concept] = {}
        by_short: dict[str, Concept] = {}
        for entry in entries:
            concept = Concept((*entry.nb, *entry.nn, *entry.short), (*entry.nb, *entry.nn, *entry.en), entry.en)
            by_short |= {short: concept for short in entry.short if short not in by_short}
            for name in concept.names:
                key = name_key(words(name))
                if key:
                    by_stems.setdefault(key, concept)
        english = dict.fromkeys(word for entry in entries for name in entry.en for word in words(name))
        return cls(by_stems, by_short, max(map(len, by_stems), default=0), tuple(english))

    def find(self, question_words: Sequence[str]) -> list[Match]:
        """The concepts that a question's words name, as they are written there; the longest names first come."""
        matches = []
        start = 0
        while start < len(question_words):
            for length in range(min(self.longest, len(question_words) - start), 0, -1):
                named = question_words[start : start + length]
                concept = self.by_short.get(" ".join(named)) or self.by_stems.get(name_key(named))
                if concept:
                    matches.append(Match(concept, start, start + length))
                    start += length
                    break
            else:
                start += 1
        return matches


def name_key(name: Sequence[str]) -> tuple[str, ...]:
    """A name's words cut down so that singular and plural, English or Norwegian, are the same."""
    return tuple(_singular(word.lower()) for word in name)


def _singular(word: str) -> str:
    stems = keywords(word)
    # A stem of three letters is shared by words that have nothing to do with each other ("helse", "helhetlig").
    cut = stems[0] if stems and len(stems[0]) > _SHORT_STEM else word
    return re.sub(r"(?<=[a-z]{3})(?:ies|y)$", "i", re.sub(r"(?<=[a-z]{3})s$", "", cut))


def alternatives(concept: Concept, own: Sequence[str] = ()) -> dict[str, float]:
    """Stems with weights: the question's own words in full, synonyms less, parts of phrases in proportion."""
    weights: dict[str, float] = {}
    for name in concept.norwegian:
        stems = keywords(name)
        for stem in stems:
            weights[stem] = max(weights.get(stem, 0.0), SYNONYM / len(stems))
    return weights | dict.fromkeys(own, 1.0)
