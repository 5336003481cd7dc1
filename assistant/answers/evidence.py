"""Which sentences of the passages found answer the question."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answers.expected import Expected
from assistant.corpus.cleaning import FINITE_VERB
from assistant.corpus.document import BlockKind, Document, Manner, Sentence
from assistant.search.embedding import PassageText
from assistant.search.norwegian import keywords
from assistant.search.reader import Reading
from assistant.search.records import lone_text
from assistant.search.retrieval import Fit, Hit

# A sentence's score is a weighted sum of its passage's fused score, its cosine similarity, its coverage, its context's
# coverage, whether it has a number or a point in time if one is asked for, and whether it counts what is to be counted;
# with the reader also of whether its passage was read, how relevant it was found, and how likely the answer is in it.
# Fitted by evals/training/fit_scores.py on NorQuAD's training questions, with the reader on questions about policy too.
WITHOUT_READER = (0.25, 59.01, 3.12, 3.58, 2.30, 1.91)
WITH_READER = (0.34, 33.48, 0.29, 1.86, 1.26, 3.26, 1.72, 0.28, 0.17)

# How many of the best sentences the reader looks at once more, each by itself, and how many if it has read sentences of
# further passages by themselves before, for time; then what being looked at adds to the score, and the weight of the
# relevance found, fitted with the others.
LOOKED_AT, FEWER = 5, 3
LOOK = (1.82, 0.28)

# What a sentence loses that can't be understood, or printed, without the one before it, in the same unit of log-odds.
_LEANING = 2.0
# "Dette …", "Det kan …", but not "Det er viktig at …", whose "det" stands for nothing.
_LEANS = re.compile(
    r"\W*(?:(?:(?:I )?(?:[Dd]ette|[Dd]enne|[Dd]isse)|Slike|Slik|Dermed|Derfor|Difor"
    r"|Den|De|Dei|Her|Da|Han|Hun|Ho|Likevel|Samtidig|Også)\b"
    r"|Det (?:kan|vil|skal|må|bør|kunne|skulle|ville)\b(?! (?:ikke |ikkje |også )?(?:være|vere|bli|finnes|finnast"
    r"|legges|tas|etableres|stilles|settes|gjøres|lages))"
    r"|Det (?:gjør|gjer|betyr|tyder|innebærer|inneber|handler|handlar|gir|gjev|skaper|skapar|fører|gjelder|gjeld)\b)"
)
_THANKS = re.compile(
    r"(?:[^.,]{0,60} )?(?:takker|takkar|takke|takk) (?:for|til|statsråd\w*|dere|dykk|deg|så)\b", re.IGNORECASE
)
# How a letter begins: "Jeg viser til brev datert …".
_REFERS = re.compile(
    r"(?:(?:jeg|eg|vi) )?viser til (?:\w*brev|deres|dykkar|spørsmål|representantforslag|oversendelse|e-post)",
    re.IGNORECASE,
)
_REPEATED = 0.8
# How near a sentence is to whoever speaks in it.
FIRST_HAND = {Manner.OWN: 0, Manner.QUOTED: 1, Manner.REPORTED: 2}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence, and how well it fits the question.

    Attributes:
        score: comparable within one question only.
        read: the relevance of what it was read in plus the log of the probability that the answer stands in it, as the
            reader finds; None if it wasn't read.
        alone: how relevant the reader finds the sentence by itself; None if it wasn't looked at.
        same: sentences elsewhere that say the same in nearly the same words.
    """

    document: Document
    sentence: Sentence
    fit: Fit
    score: float
    read: float | None = None
    alone: float | None = None
    same: tuple["Evidence", ...] = ()

    @property
    def text(self) -> str:
        """The sentence as it stands in the document."""
        return self.document.text[self.sentence.start : self.sentence.end]


def collect(hits: Sequence[Hit], wanted: Callable[[Sentence], bool], asks_for: Expected) -> list[Evidence]:
    """The wanted sentences of the passages, best first; those that have the kind of answer asked for are put up."""
    weights = WITH_READER if any(hit.reading for hit in hits) else WITHOUT_READER
    found = []
    for hit in hits:
        for i, sentence in enumerate(hit.document.sentences_of(hit.passage)):
            if not (wanted(sentence) and _states_something(hit.document, sentence)):
                continue
            # Without a reader the last values have no weight.
            score = sum(w * value for w, value in zip(weights, values(hit, i, asks_for), strict=False))
            if leans(hit.document.text[sentence.start : sentence.end]):
                score -= _LEANING
            read = hit.read_at(i)
            found.append(Evidence(hit.document, sentence, hit.sentences[i], score, sum(read) if read else None))
    return _best_first(found)


def look_again(
    evidence: Sequence[Evidence], hits: Sequence[Hit], read: Callable[[Sequence[PassageText]], Sequence[Reading]]
) -> list[Evidence]:
    """The same, best first, after the reader has looked at the best of them by themselves.

    In its passage a sentence is chosen among its neighbours; by itself it is compared with those of other passages.

    Args:
        evidence: sentences, best first.
        hits: the passages that they are from.
        read: what is found in each of the texts it is given; nothing without a reader.
    """
    count = FEWER if any(hit.reading and not hit.reading.whole for hit in hits) else LOOKED_AT
    readings = read([lone_text(item.document, item.sentence) for item in evidence[:count]])
    if not readings:
        return list(evidence)
    looked, weight = LOOK
    first = [
        replace(item, score=item.score + looked + weight * reading.relevance, alone=reading.relevance)
        for item, reading in zip(evidence, readings, strict=False)
    ]
    return _best_first([*first, *evidence[len(first) :]])


def _best_first(evidence: Iterable[Evidence]) -> list[Evidence]:
    return sorted(evidence, key=lambda item: (-item.score, item.document.id, item.sentence.start))


def values(hit: Hit, number: int, asks_for: Expected) -> tuple[float, ...]:
    """What a sentence's score is computed from: those of `WITHOUT_READER`, then those that the reader adds."""
    fit = hit.sentences[number]
    sentence = hit.document.sentences_of(hit.passage)[number]
    offered = asks_for.offered(hit.document.text[sentence.start : sentence.end])
    read = hit.read_at(number)
    return (hit.fused, fit.cosine, fit.coverage, fit.context, *offered, *((1.0, *read) if read else (0.0, 0.0, 0.0)))


def leans(sentence: str) -> bool:
    """Whether a sentence points back to the one before it, or only says thanks or what letter is answered."""
    return bool(_LEANS.match(sentence) or _THANKS.match(sentence) or _REFERS.match(sentence))


def _states_something(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence can be quoted as a statement: not a footnote, a signature or a heading without a verb."""
    kind = document.blocks[sentence.block].kind
    if kind is BlockKind.HEADING:
        # "Insentiver som kan fremme …" has a verb and states nothing.
        main = re.split(r"\bsom\b", document.text[sentence.start : sentence.end])[0]
        return bool(FINITE_VERB.search(main))
    return kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)


def distinct(evidence: Iterable[Evidence]) -> list[Evidence]:
    """The same with each statement of an actor once: sentences that share four fifths of their words are one.

    Of those the one nearest its source stands for all: own words before a quotation, a quotation before a report, then
    the better one.
    """
    groups: list[tuple[set[str], list[Evidence]]] = []
    for item in evidence:
        stems = set(keywords(item.text))
        for other, members in groups:
            same_actor = members[0].sentence.voice.actor == item.sentence.voice.actor
            if same_actor and overlap(stems, other) >= _REPEATED:
                members.append(item)
                break
        else:
            groups.append((stems, [item]))
    return [_with_the_primary_first(members) for _, members in groups]


def _with_the_primary_first(members: Sequence[Evidence]) -> Evidence:
    first = min(members, key=lambda item: (FIRST_HAND[item.sentence.voice.manner], -item.score))
    elsewhere = [item for item in members if item.document.id != first.document.id]
    return replace(first, score=max(item.score for item in members), same=tuple(elsewhere))


def overlap(one: set[str], other: set[str]) -> float:
    """The share of the words of either that both have."""
    return len(one & other) / len(one | other) if one | other else 0.0
