"""One question on its way to an answer: what was asked for is tried, then less, and the answer says which it was."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from assistant.answers.answer import Answer, Searched, Status
from assistant.answers.confidence import confidence, features
from assistant.answers.courtesy import is_courtesy
from assistant.answers.evidence import Evidence, collect, distinct, look_again
from assistant.answers.expected import Expected, expected
from assistant.answers.order import in_order
from assistant.answers.premise import Premise, is_borne_out
from assistant.answers.questions import Understanding, closure
from assistant.answers.quote import Quote
from assistant.answers.verification import ClaimedQuote, Verifier
from assistant.answers.wording import lead, outside_dates
from assistant.corpus.actors import Actor, Actors
from assistant.corpus.document import Document, Sentence
from assistant.search.embedding import PassageText
from assistant.search.lexicon import Lexicon
from assistant.search.norwegian import keywords
from assistant.search.reader import Reading
from assistant.search.records import Entry
from assistant.search.retrieval import Hit, Retriever
from assistant.texts import long_date, say

# Passages whose sentences are considered, and how far below the best a sentence may score and still be shown. The
# score is a log-odds: a sentence 3 below the best is 20 times less likely to be the answer. What an actor has said
# about a topic is more than one sentence, so there more is let through.
_CONSIDERED, _MARGIN_FACT, _MARGIN_POSITION = 20, 3.0, 7.0
_CLOSEST = 2


@dataclass(frozen=True)
class _Heard:
    """The sentences that answer, best first, and how sure it is that they do."""

    evidence: list[Evidence]
    confidence: float


@dataclass(frozen=True)
class Weighed:
    """Passages in which somebody speaks, their sentences, best first, and what the confidence is computed from."""

    hits: Sequence[Hit]
    evidence: Sequence[Evidence]
    features: tuple[float, ...]


@dataclass(frozen=True)
class Inquiry:
    """A question, the parts that can answer it, and what was found on the way.

    Attributes:
        limit: how many quotes the answer shows at most.
        found: the passages of each set of documents that has been searched.
    """

    retriever: Retriever
    actors: Actors
    lexicon: Lexicon
    limit: int
    asked: Understanding
    found: dict[tuple[str, ...], list[Hit]] = field(default_factory=dict)

    def answer(self) -> Answer:
        """Try what was asked for, then less, and say which it was."""
        asked, everything = self.asked, self._documents(lambda _: True)
        if is_courtesy(asked.question):
            return replace(self._answer(Status.NOTHING_FOUND, (), 0.0), lead=say("no_question", asked.language))
        dated = self._documents(lambda entry: asked.period.holds(entry.metadata.date))
        if asked.unknown_actor:
            return self._of_unknown(asked.unknown_actor, dated, everything)
        if asked.quoted:
            return self._quoted(asked.quoted, dated)
        if asked.premise and (contradicted := self._without_support(asked.premise, dated)):
            return contradicted
        found = self._answered(dated, asked.actors)
        if found:
            return found
        if asked.period and (not dated or self._answered(everything, asked.actors)):
            return self._nothing(Status.OUTSIDE_DATES, everything)
        if asked.actors and (others := self._answered(dated, ())):
            # What answers may be the actor's own all the same, though too little by itself to be sure.
            if others.quotes[0].actor.id in closure(asked.actors, self.actors):
                return self._answered(dated, asked.actors, sure=others.confidence) or others
            return self._with_lead(replace(others, status=Status.OTHER_VOICES, others=()))
        return self._nothing(Status.NOTHING_FOUND, dated, closure(asked.actors, self.actors))

    def _of_unknown(self, name: str, dated: Sequence[str], everything: Sequence[str]) -> Answer:
        """What the documents say to the whole question, if they name who is to speak, who isn't in actors.yaml."""
        if self.asked.period and not dated:
            # Whoever was minister then, no document is from those days.
            return self._nothing(Status.OUTSIDE_DATES, everything)
        if not all(self.retriever.index.knows(stem) for stem in keywords(name)):
            return self._nothing(Status.UNKNOWN_ACTOR, everything)
        answer = replace(self, asked=replace(self.asked, topic="", unknown_actor="")).answer()
        if answer.status is not Status.ANSWERED:
            return answer
        return replace(answer, lead=say("unlisted_actor", self.asked.language, actor=name), understanding=self.asked)

    def _quoted(self, words: str, documents: Sequence[str]) -> Answer:
        """Where the words that the question quotes stand, and who says them; or that they stand nowhere so."""
        found = {hit.document.id: hit.document for hit in self._search(documents)}
        verdict = Verifier(found.values()).verify(ClaimedQuote(words))
        if not verdict.document:
            return self._nothing(Status.FALSE_PREMISE, documents)
        document = found[verdict.document]
        spoken = [s for s in document.sentences if s.start < verdict.end and verdict.start < s.end]
        asked = closure(self.asked.actors, self.actors)
        theirs = not asked or any(sentence.voice.actor in asked for sentence in spoken)
        answer = self._answer(Status.ANSWERED if theirs else Status.OTHER_VOICES, documents, 1.0)
        quotes = tuple(quote_of(document, sentence, self.actors) for sentence in spoken)
        return self._with_lead(replace(answer, quotes=quotes, passages=tuple(self._search(documents))))

    def _without_support(self, premise: Premise, documents: Sequence[str]) -> Answer | None:
        """An answer that says so, if nothing the actor says bears out what the question claims; else None."""
        speakers = closure([premise.actor], self.actors)
        near = self._read(_holding(self._search(documents), speakers), speakers)
        theirs = collect(near, lambda s: _is_wanted(s, speakers), Expected())
        if not theirs or is_borne_out(premise, [item.text for item in theirs], self.lexicon, self.asked.language):
            return None
        # What somebody is claimed to say may be said in quite other words, if to the reader one sentence answers.
        if not premise.predicate and any((item.alone or 0) > 0 for item in self.weigh(documents, speakers).evidence):
            return None
        return self._nothing(Status.FALSE_PREMISE, documents, speakers)

    @cached_property
    def expected(self) -> Expected:
        """What kind of answer the question wants."""
        return expected(self.asked.question, self.lexicon, self.asked.language)

    @property
    def _catalogue(self) -> Mapping[str, Entry]:
        return self.retriever.index.catalogue

    def _answered(self, documents: Sequence[str], asked: Sequence[str], sure: float | None = None) -> Answer | None:
        """What these documents say in the words of each actor asked for (or anybody's), if it is an answer.

        `sure` is the confidence where it is known already.
        """
        speakers = [closure([actor], self.actors) for actor in asked] or [frozenset()]
        heard = [one for one in (self._heard(documents, some, sure) for some in speakers) if one]
        if not heard:
            return None
        share = max(2, self.limit // len(heard))
        best = [item for one in heard for item in one.evidence[:share]]
        others = self._others(documents, closure(asked, self.actors), best) if asked else ()
        answer = self._answer(Status.ANSWERED, documents, max(one.confidence for one in heard))
        passages = self._passages(documents, closure(asked, self.actors))
        quotes = tuple(self._quote(item) for item in in_order(best, self.asked))
        return self._with_lead(replace(answer, quotes=quotes, others=others, passages=passages))

    def _answer(self, status: Status, documents: Sequence[str], sure: float) -> Answer:
        """An answer with nothing in it yet."""
        searched = self._searched(documents)
        return Answer(self.asked.question, status, "", "", (), self.asked, searched, confidence=sure)

    def _heard(self, documents: Sequence[str], speakers: frozenset[str], known: float | None) -> "_Heard | None":
        """What these actors (anybody if empty) say in these documents, or None if it answers nothing."""
        weighed = self.weigh(documents, speakers)
        evidence = weighed.evidence
        sure = confidence(weighed.features, self.asked.language) if known is None else known
        if not evidence or sure < 0.5:
            return None
        margin = _MARGIN_POSITION if speakers else _MARGIN_FACT
        close = distinct(item for item in evidence if item.score >= evidence[0].score - margin)
        return _Heard(_on_the_topic(close) if speakers else close, sure)

    def weigh(self, documents: Sequence[str], speakers: frozenset[str]) -> Weighed:
        """What these actors (anybody if empty) say in these documents, weighed; whether it answers is not decided."""
        theirs = self._documents_of(documents, speakers)
        holding = self._read(_holding(self._search(theirs), speakers), speakers)
        sentences = collect(holding, lambda s: _is_wanted(s, speakers), self.expected)
        evidence = look_again(sentences, holding, self._readings)
        return Weighed(holding, evidence, features(evidence, holding, self._passage_count(theirs), self.expected))

    def _nothing(self, status: Status, documents: Sequence[str], speakers: frozenset[str] = frozenset()) -> Answer:
        """An answer without quotes, with the closest sentences: of these speakers where they say anything."""
        near = _holding(self._search(self._documents_of(documents, speakers)), speakers)
        if not near:
            near, speakers = self._search(documents), frozenset()
        # What comes nearest to a quotation is what has its words, not what would answer it.
        near = near if self.asked.quoted else self._read(near, speakers)
        evidence = distinct(collect(near, lambda s: _is_wanted(s, speakers), self.expected))
        closest = tuple(self._quote(item) for item in evidence[:_CLOSEST])
        answer = self._answer(status, documents, 0.0)
        return self._with_lead(replace(answer, closest=closest, passages=tuple(self._search(documents))))

    def _with_lead(self, answer: Answer) -> Answer:
        asked, actors = self.asked, self.actors
        if answer.status is Status.OUTSIDE_DATES:
            dates = sorted(e.metadata.date for e in self._catalogue.values() if e.metadata.date)
            first, last = (long_date(day, asked.language) for day in (dates[0], dates[-1])) if dates else ("–", "–")
            return replace(answer, lead=outside_dates(asked.period, first, last, asked.language))
        if asked.quoted and answer.status is Status.FALSE_PREMISE:
            return replace(answer, lead=say("not_a_quote", asked.language))
        who = (asked.premise.actor,) if asked.premise and answer.status is Status.FALSE_PREMISE else asked.actors
        named = [actors[actor] for actor in who]
        return replace(answer, lead=lead(answer.status, named, asked.unknown_actor, asked.about, asked.language))

    def _documents(self, fits: Callable[[Entry], bool]) -> list[str]:
        """The ids of the documents that the filters let through and that fit."""
        let_through = self.asked.filters.let_through
        return [identifier for identifier, entry in self._catalogue.items() if let_through(entry) and fits(entry)]

    def _search(self, documents: Sequence[str]) -> list[Hit]:
        """The passages of these documents that fit the topic; each search is made once for a question."""
        key = tuple(documents)
        if key not in self.found:
            query = self.lexicon.query(self.asked.about, self.asked.language)
            if len(documents) < len(self._catalogue):
                query = replace(query, documents=key)
            self.found[key] = self.retriever.search(query, _CONSIDERED)
        return self.found[key]

    def _read(self, hits: Sequence[Hit], speakers: frozenset[str]) -> list[Hit]:
        """The same passages, the first of them read.

        In what an actor says about a topic the reader seldom finds the answer to a question for just that, so that it
        would read on for most of these.
        """
        return self.retriever.read(self._read_with, hits, further=not speakers)

    def _readings(self, texts: Sequence[PassageText]) -> list[Reading]:
        """What the reader finds in each of the texts."""
        return self.retriever.readings_of(self._read_with, texts)

    @cached_property
    def _read_with(self) -> str:
        """The question as the reader gets it."""
        return self.lexicon.query(self.asked.literal, self.asked.language).asked

    def _quote(self, item: Evidence) -> Quote:
        also = tuple(self._quote(other) for other in item.same)
        return replace(quote_of(item.document, item.sentence, self.actors), also=also)

    def _others(
        self, documents: Sequence[str], speakers: frozenset[str], shown: Sequence[Evidence]
    ) -> tuple[tuple[Actor, int], ...]:
        """Who else says something that fits about as well as what is shown, and how often.

        Nothing is read for this: scores without the reader are compared with each other.
        """
        unread = collect(self._search(documents), lambda _: True, self.expected)
        places = {(item.document.id, item.sentence.start) for item in shown}
        ours = [item.score for item in unread if (item.document.id, item.sentence.start) in places]
        least = max(ours, default=unread[0].score if unread else 0.0) - _MARGIN_POSITION
        theirs = [item for item in unread if item.score >= least and not _is_wanted(item.sentence, speakers)]
        counts = Counter(item.sentence.voice.actor for item in distinct(theirs) if item.sentence.voice.actor)
        return tuple((self.actors[actor], count) for actor, count in counts.most_common())

    def _passages(self, documents: Sequence[str], speakers: frozenset[str]) -> tuple[Hit, ...]:
        """The passages found in which one of these actors (anybody if empty) speaks."""
        return tuple(self._read(_holding(self._search(self._documents_of(documents, speakers)), speakers), speakers))

    def _documents_of(self, documents: Sequence[str], speakers: frozenset[str]) -> list[str]:
        """Those of the documents in which one of these actors (anybody if empty) speaks."""
        return [i for i in documents if not speakers or speakers & set(self._catalogue[i].speakers)]

    def _searched(self, documents: Sequence[str]) -> Searched:
        return Searched(len(documents), self._passage_count(documents), self.asked.actors, self.asked.period)

    def _passage_count(self, documents: Sequence[str]) -> int:
        return sum(self._catalogue[identifier].passages for identifier in documents)


def quote_of(document: Document, sentence: Sentence, actors: Actors) -> Quote:
    """A sentence as a quote of whoever speaks in it."""
    voice = sentence.voice
    return Quote(document, sentence.start, sentence.end, actors[voice.actor], voice.manner, voice.speech, voice.note)


def _on_the_topic(evidence: Sequence[Evidence]) -> list[Evidence]:
    """What somebody has said about a topic: the sentences that name it, the best of each document first.

    One document shall not hide what another says, and a sentence that only stands near the topic is no statement on it
    where there are some that name it.
    """
    naming = [item for item in evidence if item.fit.coverage > 0] or list(evidence)
    documents: set[str] = set()
    first: list[Evidence] = []
    rest: list[Evidence] = []
    for item in naming:
        (rest if item.document.id in documents else first).append(item)
        documents.add(item.document.id)
    return [*first, *rest]


def _holding(hits: Sequence[Hit], speakers: frozenset[str]) -> list[Hit]:
    """The passages in which one of these actors (anybody if empty) speaks."""
    return [hit for hit in hits if any(_is_wanted(s, speakers) for s in hit.document.sentences_of(hit.passage))]


def _is_wanted(sentence: Sentence, speakers: frozenset[str]) -> bool:
    return not speakers or sentence.voice.actor in speakers
