"""What a reader has narrowed the search to, beside what the question itself says."""

from dataclasses import dataclass, field

from assistant.answers.dates import Period
from assistant.search.records import Entry


@dataclass(frozen=True)
class Filters:
    """Documents to search and voices to hear; empty fields leave everything in.

    Attributes:
        actors: ids of those who are to speak, in place of whoever the question names.
        kinds: kinds of documents, as sources.yaml has them.
        documents: ids of documents.
        period: the days of the documents; one without a date lies in no period.
    """

    actors: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    period: Period = field(default_factory=Period)

    def __bool__(self) -> bool:
        return bool(self.actors or self.kinds or self.documents or self.period)

    def let_through(self, entry: Entry) -> bool:
        """Whether a document is to be searched."""
        known = entry.metadata
        return (
            (not self.kinds or known.kind in self.kinds)
            and (not self.documents or entry.id in self.documents)
            and self.period.holds(known.date if self.period else None)
        )
