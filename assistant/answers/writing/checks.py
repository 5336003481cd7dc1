"""A claim becomes what can be shown of it: prose, and words cut from the sentences it cites; or it is refused."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answers.quote import Quote
from assistant.answers.verification import ClaimedQuote, Verifier
from assistant.answers.writing.claims import Claim
from assistant.answers.writing.grounds import Grounds, Known, Wrong
from assistant.answers.writing.phrases import LINK, MARKS, without_marks
from assistant.answers.writing.written import Checked, Cut, Fault, Piece
from assistant.corpus.document import Manner

# With whatever marks the model puts around it.
_PLACE = re.compile(r"[«“”„\"]?\[\[\s*([0-9]{1,4})\s*\]\][»”“\"]?")
_LONGEST = 600


@dataclass(frozen=True)
class Checker:
    """Checks claims about one answer's quotes.

    Attributes:
        quotes: quote n is `quotes[n - 1]`.
        known: what is known beside the sentences themselves.
    """

    quotes: Sequence[Quote]
    known: Known

    def check(self, claim: Claim) -> Checked:
        """The claim as it can be shown, or with what is wrong with it."""
        placed = [int(number) for number in _PLACE.findall(claim.text)]
        sources = tuple(dict.fromkeys((*claim.sources, *placed)))
        wrong = self._formal(claim, sources)
        if wrong:
            return Checked(claim, tuple(_prose(claim.text)), sources, *wrong)
        cited = [self.quotes[number - 1] for number in sources]
        pieces = tuple(self._pieces(claim.text, cited))
        prose = "".join(piece.prose or " … " for piece in pieces)
        cuts = [piece.cut for piece in pieces if piece.cut]
        whole = {cut.quote.address for cut in cuts if cut.text == cut.quote.text}
        unplaced = [quote for quote in cited if quote.address not in whole]
        found = next(Grounds(self.known, cited, unplaced, prose).faults(), None)
        return Checked(claim, pieces, sources, *(found or ()))

    def _formal(self, claim: Claim, sources: Sequence[int]) -> Wrong | None:
        if not sources:
            return Fault.NO_SOURCE, ""
        unknown = [number for number in sources if not 1 <= number <= len(self.quotes)]
        if unknown:
            return Fault.UNKNOWN_SOURCE, str(unknown[0])
        if len(claim.text) > _LONGEST:
            return Fault.TOO_LONG, ""
        link = LINK.search(claim.text)
        return (Fault.LINK, link[0]) if link else None

    def _pieces(self, text: str, cited: Sequence[Quote]) -> Iterator[Piece]:
        """Prose without quotation marks, and what is cut from documents: by placeholder, or marked and found there."""
        at = 0
        for match in re.finditer(rf"{_PLACE.pattern}|{MARKS.pattern}", text):
            cut = self._placed(match[1]) if match[1] else _marked(match[0], cited)
            yield from _prose(text[at : match.start()])
            yield from _prose(match[0]) if cut is None else [Piece(cut=cut)]
            at = match.end()
        yield from _prose(text[at:])

    def _placed(self, number: str) -> Cut:
        quote = self.quotes[int(number) - 1]
        return Cut(quote, quote.start, quote.end)


def _prose(text: str) -> Iterator[Piece]:
    kept = without_marks(text)
    if kept:
        yield Piece(prose=kept)


def _marked(words: str, cited: Sequence[Quote]) -> Cut | None:
    """The same words in one of the cited sentences, if they may be quoted from it."""
    for quote in cited:
        verdict = Verifier([quote.document]).verify(ClaimedQuote(words, document=quote.document.id, direct=True))
        first, last = quote.speech or (quote.start, quote.end)
        if verdict.accepted and first <= verdict.start and verdict.end <= last and quote.manner is not Manner.REPORTED:
            return Cut(quote, verdict.start, verdict.end)
    return None
