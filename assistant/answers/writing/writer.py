"""The writer: asks the chat model for claims over an answer's quotes and lets through those that hold."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.answers.answer import Answer
from assistant.answers.quote import Quote
from assistant.answers.writing import prompts
from assistant.answers.writing.checks import Checker
from assistant.answers.writing.claims import ClaimReader
from assistant.answers.writing.grounds import Known
from assistant.answers.writing.model import ChatModel, Clock, Messages, ModelTroubleError, Spent
from assistant.answers.writing.phrases import LINK, NEGATION, plain_characters, without_marks
from assistant.answers.writing.written import Checked, Trouble, Written
from assistant.corpus.actors import Actors, Mentions
from assistant.corpus.language import EN, NB
from assistant.corpus.numbers import find_numbers
from assistant.search.lexicon import Lexicon
from assistant.search.norwegian import word_list

# An answer most of which had to be dropped isn't shown: what is left of it would be arbitrary.
_LEAST_KEPT = 1 / 3
_LONGEST_QUESTION = 300


@dataclass(frozen=True)
class Writer:
    """Writes over an answer's quotes with a chat model.

    Attributes:
        seconds: how long the first claim may take, and after it each next word.
        context: the most the model is given to read, in tokens.
        translates: whether quotes in another language get a translation beside them.
    """

    model: ChatModel
    seconds: float = 20.0
    context: int = 6_000
    translates: bool = True

    def write(self, answer: Answer, actors: Actors, lexicon: Lexicon) -> Iterator[Written]:
        """The written answer as it grows, each time with one more claim; the last one is finished.

        Whatever goes wrong is told in `Written.trouble`; nothing is raised.
        """
        language = answer.understanding.language
        quotes = answer.quotes[: prompts.shown_quotes(answer.quotes, self.context)]
        checker = Checker(quotes, Known(actors, Mentions(actors), lexicon, language))
        messages = prompts.writing(answer.question, quotes, actors, language)
        draft = _Draft(self, checker, Clock(self.seconds), Written(self.model.name, prompts.prompt_hash(messages)))
        yield draft.written
        yield from draft.grow(messages)
        written = draft.concluded()
        if self.translates and written.trouble is None:
            yield replace(written, finished=False)
            written = replace(written, translations=self._translations(answer.quotes, language, draft.spent))
        yield replace(self._counted(written, draft.spent), finished=True)

    def condense(self, questions: Sequence[str]) -> str:
        """The last question of a conversation, put so that it stands alone; empty if that didn't work out.

        It may have no name and no number that the conversation doesn't have. The answer waits for it, so it gets a
        quarter of the time that the first claim has.
        """
        try:
            said = self._whole(prompts.condensing(questions), Spent(), self.seconds / 4, structured=False)
        except ModelTroubleError:
            # The question is then understood by the rules that hold without a model.
            return ""
        asked = without_marks(plain_characters(" ".join(said.split()))).strip()
        conversation = " ".join(questions)
        known = {word.lower() for word in word_list(conversation)}
        strange = [w for w in word_list(asked)[1:] if (w[0].isupper() or w[0].isdigit()) and w.lower() not in known]
        fits = 0 < len(asked) <= _LONGEST_QUESTION and not strange and not LINK.search(asked)
        return asked if fits and asked != questions[-1] else ""

    def _translations(self, quotes: Sequence[Quote], language: str, spent: Spent) -> dict[int, str]:
        """Translations of those quotes that are in another language, by number; what can't be trusted is left out."""
        wanted = [(n, quote) for n, quote in enumerate(quotes, start=1) if _is_foreign(quote, language)]
        wanted = wanted[: prompts.shown_quotes([quote for _, quote in wanted], self.context)]
        if not wanted:
            return {}
        reader = ClaimReader()
        try:
            found = reader.feed(self._whole(prompts.translating(wanted, language), spent, self.seconds))
        except ModelTroubleError:
            # The quotes stand; a missing translation is missed by nobody who was not promised one.
            return {}
        originals = dict(wanted)
        return {
            claim.sources[0]: without_marks(claim.text)
            for claim in found
            if len(claim.sources) == 1
            and claim.sources[0] in originals
            and _may_translate(claim.text, originals[claim.sources[0]].text, language)
        }

    def _whole(self, messages: Messages, spent: Spent, seconds: float, *, structured: bool = True) -> str:
        clock = Clock(seconds)
        return "".join(self.model.stream(messages, clock.left, spent, structured=structured))

    def _counted(self, written: Written, spent: Spent) -> Written:
        cost = self.model.cost(spent)
        return replace(written, tokens_in=spent.tokens_in, tokens_out=spent.tokens_out, cost=cost)


@dataclass
class _Draft:
    """A written answer on its way: what the model has said so far, and what of it held."""

    writer: Writer
    checker: Checker
    clock: Clock
    written: Written
    spent: Spent = field(default_factory=Spent)

    def grow(self, messages: Messages) -> Iterator[Written]:
        """Ask, and once more if nothing could be used."""
        said: list[str] = []
        try:
            yield from self._read(messages, said)
            if not self.written.claims and self._is_worth_repairing("".join(said)):
                again = prompts.repairing(messages, "".join(said), self.written.dropped)
                self.written = replace(self.written, repaired=True)
                yield from self._read(again, [])
        except ModelTroubleError as error:
            trouble = Trouble.BROKEN_OFF if self.written.claims else error.trouble
            self.written = replace(self.written, trouble=trouble)

    def _read(self, messages: Messages, said: list[str]) -> Iterator[Written]:
        """Take what the model says, claim by claim."""
        reader = ClaimReader()
        for piece in self.writer.model.stream(messages, self.clock.left, self.spent):
            said.append(piece)
            for claim in reader.feed(piece):
                yield from self._taken(self.checker.check(claim))
        for claim in reader.finish():
            yield from self._taken(self.checker.check(claim))

    def _taken(self, checked: Checked) -> Iterator[Written]:
        known = {other.claim.text for other in (*self.written.claims, *self.written.dropped)}
        if checked.claim.text in known:
            return
        if checked.fault:
            self.written = replace(self.written, dropped=(*self.written.dropped, checked))
        else:
            self.clock.first = False
            self.written = replace(self.written, claims=(*self.written.claims, checked))
            yield self.written

    def _is_worth_repairing(self, said: str) -> bool:
        """Whether it tried: an empty list of claims says that the quotes answer nothing, and that is heard."""
        empty = re.search(r'"claims"\s*:\s*\[\s*\]', said)
        return self.clock.left() > 0 and (bool(self.written.dropped) or not empty)

    def concluded(self) -> Written:
        """What is shown of it; nothing if too little held."""
        kept, dropped = len(self.written.claims), len(self.written.dropped)
        if self.written.trouble is None and kept <= _LEAST_KEPT * (kept + dropped):
            return replace(
                self.written,
                claims=(),
                dropped=(*self.written.dropped, *self.written.claims),
                trouble=Trouble.TOO_LITTLE,
            )
        return self.written


def _is_foreign(quote: Quote, language: str) -> bool:
    """Whether a quote is in English and the question isn't, or the other way round."""
    return ((quote.document.metadata.language or NB) == EN) != (language == EN)


def _may_translate(text: str, original: str, language: str) -> bool:
    """Whether a translation has the original's numbers and negation, and nothing that it mustn't."""
    original_language = NB if language == EN else EN
    figures = {number.value for number in find_numbers(text, language) if number.value > 1}
    theirs = {number.value for number in find_numbers(original, original_language) if number.value > 1}
    same_sign = bool(NEGATION.search(text)) == bool(NEGATION.search(original))
    return figures == theirs and same_sign and not LINK.search(text) and bool(re.search(r"\w", text))
