"""In which order an answer shows its quotes."""

from collections.abc import Sequence

from assistant.answers.evidence import FIRST_HAND, Evidence
from assistant.answers.questions import Understanding


def in_order(evidence: Sequence[Evidence], asked: Understanding) -> list[Evidence]:
    """The best of each source before the rest, so that no source hides another; best first.

    Where actors are asked for, they come in the order in which they are named, and first-hand words before second-hand
    ones; where the latest is asked for, newer documents before that.
    """
    best: dict[tuple[str, str], Evidence] = {}
    for item in sorted(evidence, key=lambda item: -item.score):
        best.setdefault(_source(item), item)

    def rank(item: Evidence) -> tuple[float, ...]:
        voice, day = item.sentence.voice, item.document.metadata.date
        named = asked.actors.index(voice.actor) if voice.actor in asked.actors else len(asked.actors)
        age = -day.toordinal() if asked.latest and day else 0
        hand = FIRST_HAND[voice.manner] if asked.actors else 0
        of_source = best[_source(item)]
        return (named, age, hand, item is not of_source, -of_source.score, -item.score)

    return sorted(evidence, key=rank)


def _source(item: Evidence) -> tuple[str, str]:
    """Whose words a sentence is, and in which document."""
    return item.sentence.voice.actor, item.document.id
