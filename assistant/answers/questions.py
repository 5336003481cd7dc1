"""What a question asks for: who is to speak, about what, when, in which language."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.answers.dates import Period, find_period
from assistant.answers.filters import Filters
from assistant.answers.premise import Premise, find_premise
from assistant.corpus.actors import Actor, Actors, Mentions
from assistant.corpus.language import detect_language
from assistant.corpus.speech import marked_speech
from assistant.errors import QuestionError
from assistant.search.norwegian import word_list

LONGEST = 2_000

_SAY = (
    r"(?:sa|sier|seier|sagt|mener|mente|meiner|meinte|ment|meint|skriver|skrev|skriv|uttaler|uttalte|svarer|svarte|svarar|påpeker|påpekte"
    r"|foreslår|foreslo|krever|krevde|krev|anbefaler|anbefalte|tilrår|ønsker|ønsket|ønskjer|ønskte|vil|synes|syns|synest|tenker|tenkjer"
    r"|forteller|fortalte|fortel|hevder|hevdet|hevdar|lover|lovet|lovte|lovar|kritiserer|kritiserte|understreker|understrekar|varsler|varslet"
    r"|etterlyser|forventer|forventar|venter|ventar|melder|meldte|rapporterer|rapporterte|opplyser|advarer|advarte|konkluderer|frykter|vurderer|vurderte|beskriver|beskrev|forklarer|forklarte|begrunner|grunngir|grunngjev|stiller|stilte)"
)
_SAY_EN = (
    r"(?:say|said|says|think|thinks|thought|write|writes|wrote|written|propose|proposes|proposed|want|wants|wanted|demand|demands|demanded"
    r"|argue|argues|argued|suggest|suggests|suggested|claim|claims|claimed|recommend|recommends|recommended|ask|asked|respond|responded|reply"
    r"|report|reports|reported|conclude|concludes|concluded|point out|pointed out|call for|calls for|note|noted|believe|believes|believed|warn|warns|warned|criticise|criticize|criticised|criticized|promise|promised|state|stated|call|calls|called"
    r"|describe|describes|described|explain|explained|expect|expects|view|feel|see|propose|mention|mentioned|announce|announced|stand)"
)
_POSITION = r"(?:syn|syna|mening|meining|holdning|haldning|standpunkt|posisjon|krav|forslag|vurdering|kritikk|budskap|bodskap|svar|ønske|anbefaling|tilråding)(?:en|et|a|er|ene|ane)?"
_POSITION_EN = r"(?:position|view|views|stance|opinion|demand|demands|proposal|proposals|criticism|recommendation|recommendations|message|answer)"
_ABOUT = r"(?:om|på|til|at|i|for|mot|når|rundt|av|angående|vedrørende|kring|med|ha|gjøre|gjere|skal|bør)"
_ABOUT_EN = r"(?:about|on|that|of|regarding|concerning|to|for|in|with|should|be)"
_AUXILIARY = r"(?:har|hadde|skal|kan|kunne|ville|vil|må)"

# Each names the part of the question that is its speaker.
_FRAMES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:ifølge|ifølgje|i følge|i følgje)\s+(?P<speaker>[^,?]+?)(?=,|\?|$|\s+(?:er|var|har|skal|kan|må|bør|blir|vert|ble|vart|om)\b)",
        r"\baccording to\s+(?P<speaker>[^,?]+?)(?=,|\?|$)",
        rf"\b(?:what|how|why|when|where|which)\b[^?]*?\b(?:did|does|do|has|have|is|are|was|were|would|will)\s+(?P<speaker>.+?)\s+(?:\w+ly\s+)?{_SAY_EN}\b",
        rf"\b(?:what|which)\s+(?:is|are|was|were)\s+(?P<speaker>.+?)['’]s?\s+{_POSITION_EN}\b",
        rf"\b(?:what|which)\s+(?:is|are|was|were)\s+the\s+{_POSITION_EN}\s+(?:of|from)\s+(?P<speaker>.+?)(?=\s+{_ABOUT_EN}\b|\?|$)",
        rf"\b(?:has|have|did|does|do)\s+(?P<speaker>.+?)\s+{_SAY_EN}\b",
        rf"\b(?:det siste|det nyeste|det nyaste|the latest|the last)\s+(?:thing\s+)?(?P<speaker>\w+(?:\s\w+){{0,3}}?)\s+(?:har|has|have|had)?\s*(?:{_SAY}|{_SAY_EN})\b",
        rf"\b{_AUXILIARY}\s+(?P<speaker>(?!det\b|vi\b|man\b|ein\b).+?)\s+{_SAY}\b",
        rf"\b{_SAY}\s+(?P<speaker>(?!seg\b|det\b|om\b|at\b|noe\b|noko\b|noen\b|nokon\b|i\b|på\b).+?)(?=\s+{_ABOUT}\b|\?|$)",
        rf"\b(?:hva|kva|hvilke|kva for)\s+(?P<speaker>(?!er\b|var\b|har\b|slags\b).+?)\s+{_SAY}\b",
        rf"\b(?:hva|kva|hvilket|kva for)\s+(?:er|var)\s+(?P<speaker>.+?)\s+(?:sitt|sin|si|sine)?\s*{_POSITION}\b",
        rf"\b{_POSITION}\s+(?:til|fra|frå|hos|hjå)\s+(?P<speaker>.+?)(?=\s+{_ABOUT}\b|\?|$)",
    )
)
_ANOTHER_OFFICE = re.compile(r"\s+(?:of|for)\s+\w")
_SAYING = re.compile(rf"\s+(?:\w+ly\s+)?(?:{_SAY}|{_SAY_EN})\b", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"(?:\s*,)?\s*(?:og|and|&)?\s*(?:the\s+)?", re.IGNORECASE)
# What makes a longer name of a name: "the Minister of Justice", "Mental Helse i Trondheim", "Mental Helse Ungdom".
_GOES_ON = re.compile(r"\s+(?:(?:i|in|of|for|fra|frå|på|at)\s|[A-ZÆØÅ])|[-/]")
_ABOUT_MARKED = re.compile(r"\b(?:om|kring|rundt|about|on|regarding)\s+[«“\"]$", re.IGNORECASE)
_QUOTATION_MARKS = ("«", "“", "”", '"')
_QUESTION_WORDS = re.compile(
    r"^(?:(?:og|and|men|but|hva|kva|hvem|kven|hvordan|korleis|hvorfor|kvifor|når|hvor|kor|hvilke|hvilken|hvilket|what|who|how|why|when|where|which|did|does"
    r"|do|has|have|is|are|har|about|om|med|on|regarding|said|say|er|var)\b[\s,:]*)+",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"^(?:de|dei|den|det|han|hun|ho|they|he|she|it|i|you|we|vi|du|jeg|eg|man|ein|en|noen|nokon|anyone|anybody|someone|dokumentene|dokumenta|kildene|kjeldene"
    r"|(?:the\s+)?(?:documents|sources|letter|article|report)|brevet|artikkelen|rapporten|saken|saka|alle|everyone|people|folk|hva|kva|aktørene|aktørane|ulike aktører"
    r"|(?:the\s+)?(?:different\s+)?actors)$",
    re.IGNORECASE,
)
_GROUPS = {
    "user organisations": r"(?:bruker|brukar)(?:-\s*og\s+\w+)?organisasjon(?:er|ene|ar|ane)?|(?:user|patient|service user) organi[sz]ations?|interesseorganisasjon\w*",
    "politicians": r"politiker(?:ne|e)?|politikar(?:ane|ar)?|(?:the )?politicians?",
    "researchers": r"(?:the )?researchers?|forsker(?:ne|e)|forskar(?:ane|ar)",
    "press": r"pressen?|mediene|media|avisene|avisa?ne|(?:the )?(?:press|media|newspapers?)",
    "government": r"(?:the )?authorities|myndighetene|styresmaktene|myndigheitene",
}


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
    speaker, start, end = _speaker(asked, mentions)
    found, unknown = _who(speaker, actors, mentions)
    if premise := find_premise(asked, mentions):
        speaker, start, end = asked[slice(*premise.named)], *premise.named
        found, unknown = (premise.actor,), ""
    framed = bool(found or unknown or _NOBODY.match(speaker))
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


def _speaker(question: str, mentions: Mentions) -> tuple[str, int, int]:
    """The words that name who is to speak, with their place in the question; empty if nobody is named."""
    for frame in _FRAMES:
        if match := frame.search(question):
            speaker, start = match["speaker"], match.start("speaker")
            names = _names_at_the_start(speaker, mentions)
            if names and speaker[len(names) :].strip():
                # "Hvor mye sier Vestre er bevilget": what follows the name is what is said. But a verb of saying that
                # comes after more than a name isn't this speaker's: "When will the committee deliver its report?"
                if _SAYING.match(question[match.end("speaker") :]):
                    continue
                speaker = names
            if speaker[:1] in _QUOTATION_MARKS:
                continue
            return speaker.strip(" ,"), start, start + len(speaker)
    return "", 0, 0


def _quoted(question: str) -> str:
    """The first words in quotation marks that are more than a title; what a question is *about* is no quotation."""
    spans = ((start, end) for start, end in marked_speech(question) if not _ABOUT_MARKED.search(question[:start]))
    return next((question[start:end] for start, end in spans), "")


def _names_at_the_start(speaker: str, mentions: Mentions) -> str:
    """The known names that a speaker's words begin with; empty if they don't, or the last is part of a longer one."""
    end = 0
    for mention in mentions.find(speaker):
        if mention.start and not _BETWEEN_NAMES.fullmatch(speaker[end : mention.start]):
            break
        end = mention.end
    return "" if _GOES_ON.match(speaker[end:]) else speaker[:end]


def _who(speaker: str, actors: Actors, mentions: Mentions) -> tuple[tuple[str, ...], str]:
    """The actors that a speaker's words name, and the words themselves if they name an actor nobody knows."""
    if not speaker or _NOBODY.match(speaker):
        return (), ""
    named = mentions.find(speaker)
    # "The Minister of Justice" is not the minister.
    named = [mention for mention in named if not _ANOTHER_OFFICE.match(speaker[mention.end :])]
    # Of "the prime minister's office" only a third is known: that is somebody else.
    covered = sum(len(speaker[mention.start : mention.end].split()) for mention in named)
    words = [word for word in speaker.split() if word.lower() not in {"the", "og", "and", "i", "in", "of"}]
    found = [mention.actor for mention in named] if 2 * covered >= len(words) else []
    for group, pattern in _GROUPS.items():
        if re.search(rf"\b(?:{pattern})\b", speaker, re.IGNORECASE):
            found += [actor.id for actor in actors.values() if group in actor.groups]
    if found:
        return tuple(dict.fromkeys(found)), ""
    return (), speaker if _names_somebody(speaker) else ""


def _too_early(actor: Actor, speaker: str, period: Period) -> bool:
    """Whether somebody is asked for by a role that began after the period: the minister then was somebody else."""
    by_name = set(word_list(speaker.lower())) & set(word_list(actor.name.lower()))
    return not by_name and not actor.in_office(period.last)


_OFFICE = re.compile(
    r"minister|statsråd|departement|direktorat|tilsyn|ombud|forening|forbund|organisasjon|parti|utvalg|utval|kommisjon|komit|president|kommune|sykehus|sjukehus|foretak"
    r"|ministry|directorate|association|union|party|committee|council|office|agency|authority|mayor|ordfører|ordførar|leder|leiar|leader|professor|forsker|forskar|lege"
    r"|institutt|institute|universitet|university|regjering|government|konge|king|queen|dronning",
    re.IGNORECASE,
)


def _names_somebody(speaker: str) -> bool:
    """Whether words that aren't a known actor name one: a name, or an office."""
    inner = speaker[1:] if speaker[:1].isupper() else speaker
    return len(speaker.split()) <= 8 and bool(
        _OFFICE.search(speaker) or re.search(r"(?:^|\s)[A-ZÆØÅ]", speaker) or inner != inner.lower()
    )


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
        rest = re.sub(rf"\b(?:{_SAY}|{_SAY_EN}|{_POSITION}|{_POSITION_EN})\b", " ", rest, count=1, flags=re.IGNORECASE)
    rest = _QUESTION_WORDS.sub("", " ".join(rest.split()))
    rest = _QUESTION_WORDS.sub("", rest)
    return " ".join(rest.split()).strip(" ?.,!:")


def closure(asked: Sequence[str], actors: Actors) -> frozenset[str]:
    """The asked actors and everybody who speaks on their behalf."""
    members = set(asked)
    while added := {a.id for a in actors.values() if a.part_of in members} - members:
        members |= added
    return frozenset(members)
