"""What becomes of a question that is put into bokmål before it is searched for."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Worded:
    """A question in bokmål.

    Attributes:
        asked: how it is read; in the language it was asked in, if the reader was taught to read it.
        also: other stems that the collection may have for what is asked, by the stem it has in `text`.
        foreign: words of `text` that are English still.
    """

    text: str
    asked: str
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    foreign: frozenset[str] = frozenset()
