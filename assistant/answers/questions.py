"""What a question asks for: who is to speak, about what, when, in which language."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.answers.dates import Period, find_period
from assistant.answers.filters import Filters
from assistant.answers.premise import Premise, find_premise
from assistant.answers.speaker import NOBODY, SPEECH, actors_named, find_speaker
from assistant.corpus.actors import Actor, Actors, Mentions
from assistant.corpus.language import detect_language
from assistant.corpus.speech import marked_speech
from assistant.errors import QuestionError
from assistant.search.norwegian import word_list

LONGEST = 2_000

_ABOUT_MARKED = re.compile(r"\b(?:om|kring|rundt|about|on|regarding)\s+[«“\"]$", re.IGNORECASE)
_QUESTION_WORDS = re.compile(
    r"^(?:(?:og|and|men|but|hva|kva|hvem|kven|hvordan|korleis|hvorfor|kvifor|når|hvor|kor|hvilke|hvilken|hvilket|what|who|how|why|when|where|which|did|does"
    r"|do|has|have|is|are|har|about|om|med|on|regarding|said|say|er|var)\b[\s,:]*)+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Understanding:
    """What was understood of a question. Whatever is shown of it can be changed and asked again.

    Attributes:
        topic: the question without its speaker and the words that only ask; may be empty.
        actors: ids of those who are to speak, all of them if a group was named; empty if anybody may.
        unknown_actor: who is to speak, if that is nobody in actors.yaml.
        period: the days of the documents to search.
        latest: whether the newest statement is asked for.
        quoted: words in quotation marks that the question asks about; empty if there are none.
        premise: what is claimed of an actor in passing, if anything is.
        carried: which of topic, actors and period were taken over from the question before; see `followups`.
        dropped: which of the parts were understood but are not wanted; see `without`.
        filters: what the search is narrowed to beside that.
    """

    question: str
    language: str
    topic: str
    actors: tuple[str, ...] = ()
    unknown_actor: str = ""
    period: Period = field(default_factory=Period)
    latest: bool = False
    carried: tuple[str, ...] = ()
    premise: Premise | None = None
    quoted: str = ""
    dropped: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)

    @property
    def about(self) -> str:
        """What is searched for: the topic, or the whole question if nothing is left of it."""
        return self.topic or self.question

    @property
    def literal(self) -> str:
        """The question itself, or what it is about where some of it comes from elsewhere or is not wanted."""
        return self.about if self.carried or self.dropped else self.question

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of what can be taken away: "actors", "period", "latest"."""
        has = {"actors": self.actors or self.unknown_actor, "period": self.period, "latest": self.latest}
        return tuple(name for name, value in has.items() if value)

    def without(self, part: str) -> "Understanding":
        """The same with one of `parts` left out of account."""
        dropped = (*self.dropped, part)
        if part == "actors":
            return replace(self, actors=(), unknown_actor="", premise=None, dropped=dropped)
        if part == "period":
            return replace(self, period=Period(), dropped=dropped)
        return replace(self, latest=False, dropped=dropped) if part == "latest" else self

    def narrowed(self, filters: Filters) -> "Understanding":
        """The same, asked only of what the filters let through; actors they name stand in for the question's."""
        if not filters.actors:
            return replace(self, filters=filters)
        return replace(self, actors=filters.actors, unknown_actor="", premise=None, filters=filters)


def understand(
    question: str, actors: Actors, mentions: Mentions, today: datetime.date, language: str = ""
) -> Understanding:
    """Read a question.

    Raises:
        QuestionError: it is empty or longer than `LONGEST` characters.
    """
    asked = checked(question)
    language = language or detect_language(asked)
    speaker, start, end = find_speaker(asked, mentions)
    found, unknown = actors_named(speaker, actors, mentions)
    if premise := find_premise(asked, mentions):
        speaker, start, end = asked[slice(*premise.named)], *premise.named
        found, unknown = (premise.actor,), ""
    framed = bool(found or unknown or NOBODY.match(speaker))
    period, latest, rest = find_period(asked, today, framed=framed, within=(start, end))
    if found and not (found := tuple(one for one in found if not _too_early(actors[one], speaker, period))):
        unknown = speaker
    topic = _topic(rest, speaker if framed else "")
    return Understanding(asked, language, topic, found, unknown, period, latest, premise=premise, quoted=_quoted(asked))


def checked(question: str) -> str:
    """The question with single spaces.

    Raises:
        QuestionError: it is empty or longer than `LONGEST` characters.
    """
    asked = " ".join(question.split())
    if not any(character.isalnum() for character in asked):
        raise QuestionError(
            "There is no question.", "Write what you want to know, such as: Hva sa ministeren om døgnplasser?"
        )
    if len(asked) > LONGEST:
        raise QuestionError(
            f"The question has {len(asked):,} characters; at most {LONGEST:,} can be read.",
            "Ask for one thing at a time.",
        )
    return asked


def _quoted(question: str) -> str:
    """The first words in quotation marks that are more than a title; what a question is *about* is no quotation."""
    spans = ((start, end) for start, end in marked_speech(question) if not _ABOUT_MARKED.search(question[:start]))
    return next((question[start:end] for start, end in spans), "")


def _too_early(actor: Actor, speaker: str, period: Period) -> bool:
    """Whether somebody is asked for by a role that began after the period: the minister then was somebody else."""
    by_name = set(word_list(speaker.lower())) & set(word_list(actor.name.lower()))
    return not by_name and not actor.in_office(period.last)


def _topic(question: str, speaker: str) -> str:
    """The question without its speaker and without the words that only ask."""
    rest = question
    if speaker:
        rest = re.sub(
            rf"\b(?:ifølge|ifølgje|i følge|i følgje|according to)\s+{re.escape(speaker)},?",
            " ",
            rest,
            flags=re.IGNORECASE,
        )
        rest = re.sub(rf"(?<!\w){re.escape(speaker)}(?:['’]s?|\s+(?:sitt|sin|si|sine)\b)?", " ", rest, count=1)
        rest = re.sub(SPEECH, " ", rest, count=1, flags=re.IGNORECASE)
    rest = _QUESTION_WORDS.sub("", " ".join(rest.split()))
    rest = _QUESTION_WORDS.sub("", rest)
    return " ".join(rest.split()).strip(" ?.,!:")


def closure(asked: Sequence[str], actors: Actors) -> frozenset[str]:
    """The asked actors and everybody who speaks on their behalf."""
    members = set(asked)
    while added := {a.id for a in actors.values() if a.part_of in members} - members:
        members |= added
    return frozenset(members)
