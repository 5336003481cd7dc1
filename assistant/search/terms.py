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
        names: for each word, the number of the name it belongs to, or 0.
    """

    groups: tuple[Weights, ...]
    rarities: tuple[float, ...]
    names: tuple[int, ...]

    @classmethod
    def of(cls, groups: Sequence[Weights], names: Sequence[int], rarity: Callable[[str], float]) -> "Terms":
        """A word is as rare as its own stem, which is the alternative that weighs most."""
        named = names or [0] * len(groups)
        kept = [(group, name) for group, name in zip(groups, named, strict=True) if group]
        rarities = tuple(rarity(max(group, key=lambda stem: group[stem])) for group, _ in kept)
        return cls(tuple(group for group, _ in kept), rarities, tuple(name for _, name in kept))

    def named(self, stems: Iterable[str]) -> float | None:
        """The share of the names that are among `stems`, at least half of each; None for a query without names."""
        present = set(stems)
        parts: dict[int, list[bool]] = {}
        for group, name in zip(self.groups, self.names, strict=True):
            if name:
                parts.setdefault(name, []).append(not present.isdisjoint(group))
        return sum(2 * sum(found) >= len(found) for found in parts.values()) / len(parts) if parts else None

    def coverage(self, stems: Iterable[str]) -> float:
        """The share of the words, weighted by rarity, that are among `stems`; 0 for a query without words."""
        present = set(stems)
        found = sum(
            rarity * max((weight for stem, weight in group.items() if stem in present), default=0.0)
            for group, rarity in zip(self.groups, self.rarities, strict=True)
        )
        total = sum(self.rarities)
        return found / total if total else 0.0
