"""Whether a claim holds: everything in it that can be checked stands in the sentences it cites.

Deterministic and strict: a claim that is true but can't be seen to be is dropped, and a person still has the quotes.
Checked are numbers, dates, names, speakers, negations, conditions, and whether the words are there at all.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.answers.questions import closure
from assistant.answers.quote import Quote
from assistant.answers.writing.figures import wrong_figures
from assistant.answers.writing.phrases import (
    CONDITIONS,
    FRAME,
    NEGATION,
    NOT_ONLY,
    RESTRICTIONS,
    attribution,
    said_by,
)
from assistant.answers.writing.senses import is_opposite, is_strengthened, sense_changes
from assistant.answers.writing.written import Fault
from assistant.corpus.actors import Actors, Mentions
from assistant.corpus.language import EN
from assistant.corpus.numbers import find_dates, find_months, find_numbers
from assistant.search.glossary import alternatives
from assistant.search.lexicon import Lexicon
from assistant.search.norwegian import ENGLISH_STOP_WORDS, STOP_WORDS, keywords, stem, word_list

# The share of a claim's words that its sentences must have, themselves or under another name.
_SUPPORTED = 0.6
# How near a word must come to one of the sentences'. Of the glossary's pairs of English and Norwegian words 64 % do, of
# words that don't belong together 3 % (nynorsk and bokmål: 78 and 8 %).
_NEAR, _NEARER = 0.3, 0.45

Wrong = tuple[Fault, str]


@dataclass(frozen=True)
class Known:
    """What claims are checked against beside the sentences themselves.

    Attributes:
        language: the claims' language.
    """

    actors: Actors
    mentions: Mentions
    lexicon: Lexicon
    language: str


@dataclass(frozen=True)
class Grounds:
    """A claim's prose and the sentences that it cites.

    Attributes:
        unplaced: those of the cited sentences that the claim doesn't show whole.
    """

    known: Known
    cited: Sequence[Quote]
    unplaced: Sequence[Quote]
    prose: str

    def faults(self) -> Iterator[Wrong]:
        """What is wrong, the most telling first."""
        yield from self._dates()
        yield from self._numbers()
        yield from self._speakers()
        yield from self._names()
        yield from self._turned_around()
        yield from self._sense()
        yield from self._unsupported()

    @cached_property
    def _texts(self) -> list[str]:
        return [quote.text for quote in self.cited]

    @cached_property
    def _about(self) -> str:
        """What is known of the cited sentences beside their words: who, when, where."""
        parts = []
        for quote in self.cited:
            known, actor = quote.document.metadata, quote.actor
            day = f"{known.date:%Y} {known.date.isoformat()}" if known.date else ""
            author = self.known.actors[known.author] if known.author else None
            named = (*actor.names, *actor.short, actor.title, actor.organisation, actor.party)
            parts += [*named, *(author.names if author else ()), known.title, quote.heading, day]
        return " ".join(part for part in parts if part)

    @cached_property
    def _stems(self) -> set[str]:
        return set(keywords(" ".join([*self._texts, self._about])))

    def _dates(self) -> Iterator[Wrong]:
        days = {quote.document.metadata.date for quote in self.cited}
        days |= {day for text in self._texts for day in find_dates(text)}
        for day in find_dates(self.prose):
            if day not in days:
                yield Fault.DATE, day.isoformat()
        months = {day.month for day in days if day} | {m for text in self._texts for m in find_months(text)}
        for month in find_months(self.prose) - months:
            yield Fault.DATE, str(month)

    def _numbers(self) -> Iterator[Wrong]:
        texts = [*self._texts, *(quote.heading for quote in self.cited)]
        years = [quote.document.metadata.date.year for quote in self.cited if quote.document.metadata.date]
        for figure in wrong_figures(self.prose, texts, years, self.known.language, self._is_named):
            yield Fault.NUMBER, figure

    def _is_named(self, word: str, there: Sequence[str]) -> bool:
        """Whether one of these words of the sentences is the word, under whatever name."""
        if stem(word.lower()) in {stem(other) for other in there} or word in self._known([word]):
            return True
        near = self.known.lexicon.projection.nearness([word.lower()], list(there), foreign=self._is_english)
        return bool(there) and near[0] >= _NEARER

    def _speakers(self) -> Iterator[Wrong]:
        """Whoever the claim lets speak has to speak in all it cites; whoever else it names has to be named there."""
        known, voices = self.known, {quote.actor.id for quote in self.cited}
        named = known.mentions.find(self.prose)
        speaking: set[str] = set()
        spoken = 0
        for mention in named:
            theirs = closure([mention.actor], known.actors)
            said = attribution(self.prose, mention.start, mention.end, spoken)
            spoken = max(spoken, said)
            if said:
                if not voices & theirs:
                    yield Fault.SPEAKER, known.actors[mention.actor].name
                speaking |= theirs
            elif not voices & theirs and mention.actor not in self._named_there:
                yield Fault.SPEAKER, known.actors[mention.actor].name
        if speaking and not voices <= speaking:
            yield Fault.SPEAKER, next(quote.actor.name for quote in self.cited if quote.actor.id not in speaking)
        for who in said_by(self._without_actors):
            if who.lower() not in STOP_WORDS | ENGLISH_STOP_WORDS and stem(who.lower()) not in self._stems:
                yield Fault.SPEAKER, who

    @cached_property
    def _named_there(self) -> set[str]:
        places = [*self._texts, *(quote.heading for quote in self.cited)]
        found = {mention.actor for text in places for mention in self.known.mentions.find(text)}
        for quote in self.cited:
            found |= {quote.document.metadata.author, *quote.document.metadata.recipients}
        return found

    def _names(self) -> Iterator[Wrong]:
        """Words with a capital letter that neither the sentences nor what is known of them has."""
        there = {word.lower() for word in word_list(" ".join([*self._texts, self._about]))}
        rest = self._without_actors
        for sentence in re.split(r"(?<=[.!?:…])\s+", rest):
            written = word_list(sentence)
            known = self._known(written)
            for i, word in enumerate(written):
                follows = i + 1 < len(written) and written[i + 1][:1].isupper()
                if not word[:1].isupper() or (i == 0 and not (follows and not self._ordinary(word))):
                    continue
                same = {word.lower(), word.lower().removesuffix("s")}
                if not (same & there or stem(word.lower()) in self._stems or FRAME.fullmatch(word) or word in known):
                    yield Fault.NAME, word

    def _known(self, written: Sequence[str]) -> set[str]:
        """The words that name what the cited sentences name too, under whatever name the glossary knows it by."""
        found = self.known.lexicon.glossary.find(written)
        there = [match for match in found if not self._stems.isdisjoint(alternatives(match.concept))]
        return {word for match in there for word in written[match.start : match.end]}

    def _ordinary(self, word: str) -> bool:
        return word.lower() in STOP_WORDS | ENGLISH_STOP_WORDS or self.known.lexicon.projection.known(
            stem(word.lower())
        )

    @property
    def _without_actors(self) -> str:
        return self._without_actors_in(self.prose)

    def _without_actors_in(self, text: str) -> str:
        """A text of the claim without the actors that it names."""
        for mention in reversed(self.known.mentions.find(text)):
            text = f"{text[: mention.start]} {text[mention.end :]}"
        return " ".join(text.split())

    def _turned_around(self) -> Iterator[Wrong]:
        """A negation that came or went; a condition or a restriction that was left out."""
        prose = NOT_ONLY.sub(" ", self.prose)
        texts = [NOT_ONLY.sub(" ", text) for text in self._texts]
        left = [NOT_ONLY.sub(" ", quote.text) for quote in self.unplaced]
        said = NEGATION.search(prose)
        if said and not any(NEGATION.search(text) for text in texts):
            yield Fault.NEGATION, said[0]
        lost = next((match for text in left if (match := NEGATION.search(text))), None)
        if lost and not said:
            yield Fault.NEGATION, lost[0]
        there_words = {word.lower() for text in texts for word in word_list(text)}
        for word in word_list(prose):
            if is_opposite(word.lower(), there_words):
                yield Fault.NEGATION, word
        for there, here in (CONDITIONS, RESTRICTIONS):
            lost = next((match for text in left if (match := there.search(text))), None)
            if lost and not here.search(prose):
                yield Fault.CONDITION, lost[0]

    def _sense(self) -> Iterator[Wrong]:
        for word in sense_changes(self.prose, self._texts, [quote.text for quote in self.unplaced]):
            yield Fault.SENSE, word
        if is_strengthened(self.prose, [quote.text for quote in self.unplaced]):
            yield Fault.MODALITY, ""

    def _unsupported(self) -> Iterator[Wrong]:
        """Sentences with words of which the cited ones have too few: themselves, under another name, or near."""
        sentences = [one for one in re.split(r"(?<=[.!?])\s+(?=[A-ZÆØÅ…])", self.prose) if re.search(r"\w", one)]
        for sentence in sentences:
            yield from self._unsupported_in(self._without_actors_in(sentence))
        if not sentences and "…" not in self.prose:
            yield Fault.UNSUPPORTED, ""

    def _unsupported_in(self, sentence: str) -> Iterator[Wrong]:
        ignored = STOP_WORDS | ENGLISH_STOP_WORDS if self.known.language == EN else STOP_WORDS
        written = word_list(FRAME.sub(" ", sentence))
        carrying = [word for word in written if word.lower() not in ignored and not word[0].isdigit()]
        known = self._known(written)
        strange = [word for word in carrying if stem(word.lower()) not in self._stems and word not in known]
        there = [word.lower() for text in self._texts for word in word_list(text) if word.lower() not in STOP_WORDS]
        projection = self.known.lexicon.projection
        near = dict(
            zip(
                strange, projection.nearness([w.lower() for w in strange], there, foreign=self._is_english), strict=True
            )
        )
        missing = [word for word in strange if near[word] < _NEAR]
        supported = len(carrying) - len(missing)
        if supported < _SUPPORTED * len(carrying) or not (supported or "…" in sentence):
            yield Fault.UNSUPPORTED, ", ".join(missing)
        # What a sentence begins with is most often what it is about, so it has to be there more surely.
        first = next((word for word in written if not list(find_numbers(word))), "")
        if first in near and near[first] < _NEARER:
            yield Fault.UNSUPPORTED, first

    @property
    def _is_english(self) -> bool:
        return self.known.language == EN
