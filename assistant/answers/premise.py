"""What a question takes for granted: "Hvorfor har NAPHA snudd om psykologkravet?" claims that it has."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.corpus.actors import Mentions
from assistant.search.lexicon import Lexicon
from assistant.search.norwegian import ENGLISH_STOP_WORDS, STOP_WORDS, keywords, word_list, words

_WHY = re.compile(
    r"^(?:og |men |and |but )?(?:hvorfor|kvifor|why|how come|hva er grunnen til at|kva er grunnen til at)\s+"
)
# What may stand between "why" and the actor without being what the actor is said to do.
_AUXILIARIES = frozenset(
    "har hadde vil ville skal skulle kan kunne må måtte er var blir ble vert vart bør do does did has have had is are"
    " was were will would can could should must the".split()
)
_SAYING = frozenset(
    "mener meiner mente meinte sier seier sa tror trur synes syns synest hevder hevdar påstår påstå think thinks say"
    " says believe believes claim claims argue argues foreslår foreslo krever krev anbefaler tilrår ønsker ønskjer"
    " ynskjer etterlyser forventer ventar varsler påpeker understreker propose proposes recommend recommends demand"
    " demands want wants tviler tvilar tvilte tvila doubt doubts doubted question questions questioned frykter fryktar"
    " fear fears".split()
)
# "Hvorfor er NAPHA mot …?"
_STANCES = {"for": "støtter", "imot": "imot", "mot": "imot", "against": "imot"}
# "legge ned" is not "legge".
_PARTICLES = frozenset("ned opp fram frem ut inn bort av om på til over".split())
_NEARLY_WHOLE = 0.75
_NEGATION = re.compile(
    r"\b(?:ikke|ikkje|ingen|inga|intet|aldri|verken|korkje|neppe|uten|utan|not|no|never|n't|without)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Premise:
    """A claim about an actor that a question makes in passing.

    Attributes:
        actor: id of whom it is about.
        named: where the question names the actor.
        predicate: the word that says what the actor is claimed to do or think; empty if the actor is claimed to say
            or to want something.
        particle: the word that belongs to it: "ned" in "legge ned"; empty for most.
        topic: the words after it.
        negated: whether it is claimed that the actor doesn't.
    """

    actor: str
    named: tuple[int, int]
    predicate: str
    particle: str
    topic: str
    negated: bool


def find_premise(question: str, mentions: Mentions) -> Premise | None:
    """The claim of a question that asks why a known actor does or thinks something; None for any other question."""
    why = _WHY.match(question.lower())
    named = mentions.find(question)
    if not why or not named:
        return None
    actor = named[0]
    before = [word for word in words(question[why.end() : actor.start]) if word not in _AUXILIARIES]
    # Abbreviations count only in capitals, so words stay as they are written.
    rest = word_list(question[actor.end :])
    after = [word for word in rest if word.lower() not in STOP_WORDS | ENGLISH_STOP_WORDS | _AUXILIARIES]
    # More than the verb before the actor, and the actor isn't the subject: "Hvorfor må kapasiteten hos NAPHA øke?"
    if len(before) > 1 or not (before or after):
        return None
    if (before or rest)[0] in _SAYING:
        # "Hvorfor krever NAPHA …?", "Why does NAPHA demand …?"
        predicate, topic = "", after if before else [word for word in after if word != rest[0]]
    elif not before and rest[0] in _STANCES:
        predicate, topic = _STANCES[rest[0]], after
    else:
        predicate, topic = (before[0], after) if before else (after[0], after[1:])
    place = rest.index(predicate) if predicate in rest else -1
    particle = next((word for word in rest[place + 1 : place + 2] if word in _PARTICLES and predicate), "")
    topic = [word for word in topic if word != particle]
    named_at = (actor.start, actor.end)
    return Premise(actor.actor, named_at, predicate, particle, " ".join(topic), bool(_NEGATION.search(question)))


def is_borne_out(premise: Premise, sentences: Iterable[str], lexicon: Lexicon, language: str) -> bool:
    """Whether one of the actor's sentences has the claim's predicate and speaks of its topic, with the same sign.

    It asks for words, not for sense: a claim that is put in quite other words counts as not borne out.
    """
    predicate, topic = (lexicon.query(text, language).terms for text in (premise.predicate, premise.topic))
    # What somebody is claimed to say has to be there nearly whole; what they are claimed to do, by its verb.
    needed = min(1, len(topic)) if premise.predicate else len(topic) * _NEARLY_WHOLE
    for sentence in sentences:
        stems = set(keywords(sentence))
        says = not premise.predicate or any(not stems.isdisjoint(group) for group in predicate)
        if premise.particle:
            says = _says_with_particle(premise, sentence, says=says)
        named = sum(not stems.isdisjoint(group) for group in topic)
        if says and named >= needed and bool(_NEGATION.search(sentence)) == premise.negated:
            return True
    return False


def _says_with_particle(premise: Premise, sentence: str, *, says: bool) -> bool:
    """Whether a sentence has the verb with its particle: "legge … ned", or in one word, "nedlagt", "nedleggelse"."""
    said = words(sentence)
    joined = premise.particle + premise.predicate[:2]
    return (says and premise.particle in said) or any(word.startswith(joined) for word in said)
