"""What a question leaves unsaid, because the one before it said it."""

import re
from dataclasses import replace

from assistant.answers.courtesy import is_courtesy
from assistant.answers.questions import Understanding
from assistant.corpus.actors import Mentions
from assistant.search.norwegian import ENGLISH_STOP_WORDS, STOP_WORDS, words

_OPENING = re.compile(
    r"^(?:og|men|and|but|(?:hva|kva)(?: så| da)? med|enn|what about|how about|hvordan er det med|korleis er det med)\b",
    re.IGNORECASE,
)
# Words that stand for somebody, or for what was talked about.
_SOMEBODY = re.compile(r"\b(?:han|ham|hun|henne|ho|de|dem|dei|he|him|she|her|they|them)\b", re.IGNORECASE)
_SOMETHING = re.compile(r"\b(?:det|dette|denne|disse|desse|that|this|it|these|those)\b", re.IGNORECASE)
# Words that ask about what was said before, and are no topic of their own.
_ASKING = frozenset(
    "og men hva kva med om for sa sier seier mener meiner skriver skriv sagt når hvorfor kvifor hvordan korleis hvor"
    " kor hvem kven mer meir annet anna samme same sak saken saka tema temaet også òg da så andre noe noko noen nokon"
    " ellers elles konkret utdyp utdype fortell har var er nøyaktig and what about how why when where who say said says"
    " think thinks more else same topic matter also do does did on it exactly have has was is".split()
)


def follow(asked: Understanding, earlier: Understanding, mentions: Mentions) -> Understanding:
    """The question with what it takes over from the one before: topic, actors and dates, and nothing else.

    A question follows another if it opens with "og", "hva med" or the like, if it speaks of "han" or "they", or if it
    names nothing to talk about. What it says itself always counts, and sources are searched anew. Thanks in between are
    passed over.
    """
    if is_courtesy(asked.question):
        return replace(earlier, question=asked.question, language=asked.language, carried=())
    opening = bool(_OPENING.match(asked.question))
    pronoun = bool(_SOMEBODY.search(asked.question)) and not asked.actors
    rest = _OPENING.sub("", asked.topic).strip(" ?.!,")
    named = mentions.find(rest)
    # "Og Mental Helse?" and "What about the minister?" ask for another voice on the same topic.
    voices = tuple(dict.fromkeys(mention.actor for mention in named))
    for mention in reversed(named):
        rest = f"{rest[: mention.start]} {rest[mention.end :]}"
    own_topic = _has_content(rest)
    if not (opening or pronoun or not own_topic):
        return asked
    if not own_topic and not (asked.actors or asked.unknown_actor) and voices:
        asked = replace(asked, actors=voices)
    carried = []
    if own_topic:
        asked = replace(asked, topic=_OPENING.sub("", asked.topic).strip())
    else:
        asked = replace(asked, topic=earlier.topic)
        carried.append("topic")
    if not asked.actors and not asked.unknown_actor and earlier.actors:
        asked = replace(asked, actors=earlier.actors)
        carried.append("actors")
    if not asked.period and earlier.period:
        asked = replace(asked, period=earlier.period)
        carried.append("period")
    return replace(asked, carried=tuple(carried))


def _has_content(text: str) -> bool:
    """Whether a text names something to talk about."""
    ignored = STOP_WORDS | ENGLISH_STOP_WORDS | _ASKING
    kept = [word for word in words(text) if word not in ignored]
    return any(not _SOMEBODY.fullmatch(word) and not _SOMETHING.fullmatch(word) for word in kept)
