"""The words of a query, and how much of them a text has."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.search.keywords import Weights


@dataclass(frozen=True)
class Terms:
    """A query's words, each with its alternatives and its rarity in the collection.

    Attributes:
        groups: for each word, its stems with weights, of which the best counts.
        rarities: the inverse document frequency of each word.
    """

    groups: tuple[Weights, ...]
    rarities: tuple[float, ...]

    @classmethod
    def of(cls, groups: Sequence[Weights], rarity: Callable[[str], float]) -> "Terms":
        """A word is as rare as its own stem, which is the alternative that weighs most."""
        kept = tuple(group for group in groups if group)
        return cls(kept, tuple(rarity(max(group, key=lambda stem: group[stem])) for group in kept))

    def coverage(self, stems: Iterable[str]) -> float:
        """The share of the words, weighted by rarity, that are among `stems`; 0 for a query without words."""
        present = set(stems)
        found = sum(
            rarity * max((weight for stem, weight in group.items() if stem in present), default=0.0)
            for group, rarity in zip(self.groups, self.rarities, strict=True)
        )
        total = sum(self.rarities)
        return found / total if total else 0.0
