"""A question's topic becomes a query: its words, and what the documents may call the same things."""

from assistant.corpus.language import EN, NB
from assistant.search.glossary import Glossary, alternatives
from assistant.search.keywords import Weights
from assistant.search.norwegian import ENGLISH_STOP_WORDS, STOP_WORDS, stem, words
from assistant.search.retrieval import Query


def build_query(text: str, glossary: Glossary, language: str = NB) -> Query:
    """The query for a topic in Norwegian or English.

    A word or phrase that the glossary knows is looked up under all its Norwegian names; where it wasn't Norwegian, the
    best of them is also embedded beside it.
    """
    ignored = STOP_WORDS | ENGLISH_STOP_WORDS if language == EN else STOP_WORDS
    asked = words(text)
    groups: list[Weights] = []
    added: list[str] = []
    taken: set[int] = set()
    for match in glossary.find(asked):
        own = [stem(word) for word in asked[match.start : match.end] if word not in ignored]
        groups.append(alternatives(match.concept, own))
        taken |= set(range(match.start, match.end))
        best = match.concept.norwegian[:1]
        added += [name for name in best if name.lower() not in text.lower()]
    groups += [{stem(word): 1.0} for i, word in enumerate(asked) if i not in taken and word not in STOP_WORDS]
    unique = list({tuple(sorted(group)): group for group in groups}.values())
    return Query(" ".join([text, *added]), tuple(unique))
