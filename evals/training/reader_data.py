"""What the reader is trained on: questions, each with a passage that answers it and some that don't.

Two sources: NorQuAD's training questions about documents that no dev question is about, with hard negatives from the
product's own search; and questions made by rule from policy texts (party programmes, hearings, pages of public bodies),
since NorQuAD asks for facts and our users ask for positions. The five documents in knowledge/ and the question set
about them are not used.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from assistant.corpus.document import BlockKind, Document, Passage, Sentence
from assistant.corpus.knowledge import SourceEntry, build_document
from assistant.corpus.loading import load
from assistant.search.glossary import Glossary
from assistant.search.lexicon import Lexicon
from assistant.search.norwegian import keywords
from assistant.search.records import indexed_text
from assistant.search.retrieval import Hit
from evals.benchmarks.data import Question, Spans, Texts, read_lines, read_questions, read_texts
from evals.benchmarks.norquad import holds_answer
from evals.benchmarks.running import Opened, open_collection, open_lexicon
from evals.training.partly_english import partly_in_english

POOL, NEGATIVES = 15, 3


@dataclass(frozen=True)
class Group:
    """A question, and passages of which the first answers it, at characters [start, end); none does if these are 0."""

    question: str
    texts: tuple[str, ...]
    start: int = 0
    end: int = 0

    @property
    def answered(self) -> bool:
        """Whether any of the passages answers the question."""
        return self.end > self.start

    def with_negatives(self, count: int) -> "Group":
        """The same question with only the first `count` of the passages that don't answer it."""
        return replace(self, texts=self.texts[: 1 + count])


def norquad_groups(
    questions: Iterable[Question], data: Path, workspace: Path, model: str, glossary: Glossary, seed: int
) -> Iterator[Group]:
    """Groups from those of the questions about NorQuAD's documents that `unseen_by_dev` leaves."""
    texts = read_texts(data / "corpus.jsonl")
    opened = open_collection("norquad", texts, workspace, model)
    lexicon = open_lexicon(opened, workspace)
    random = np.random.default_rng(seed)
    for question in unseen_by_dev(questions, data):
        group = _norquad_group(question, texts, opened, lexicon, random)
        if group:
            yield replace(group, question=partly_in_english(question, glossary, random))


def unseen_by_dev(questions: Iterable[Question], data: Path) -> list[Question]:
    """Those of NorQuAD's questions that have an answer, and none in a document that a dev question is about."""
    kept_out = {name for question in read_questions(data / "dev.jsonl") for name in question.documents}
    return [one for one in questions if one.answers and one.documents[0] not in kept_out]


def _norquad_group(
    question: Question, texts: Texts, opened: Opened, lexicon: Lexicon, random: np.random.Generator
) -> Group | None:
    name, answer = question.documents[0], question.answers[0]
    hits = opened.retriever.search(lexicon.query(question.text, question.language), POOL)
    wrong = [hit for hit in hits if not holds_answer(hit, texts, question)]
    document = opened.index.document(texts.identifier(Path(name)))
    if document is None or len(wrong) < NEGATIVES:
        return None
    spans = Spans(texts.texts[name], document.text)
    holding = [p for p in document.passages if spans.holds(p.start, p.end, answer)]
    if not holding:
        return None
    passage = holding[0]
    start, end = spans.place(answer)
    moved = shift(document, passage)
    # The first of what is found is what fools the search; the rest is drawn.
    drawn = random.choice(len(wrong) - 1, NEGATIVES - 1, replace=False) + 1
    negatives = [wrong[0], *[wrong[i] for i in drawn]]
    others = (indexed_text(hit.document, hit.passage).text for hit in negatives)
    return Group(question.text, (indexed_text(document, passage).text, *others), start + moved, end + moved)


def shift(document: Document, passage: Passage) -> int:
    """What is added to an offset in the document to have it in the passage's indexed text."""
    return len(indexed_text(document, passage).text) - (passage.end - passage.start) - passage.start


# Policy texts

_ASKS = {
    "nb": (
        "Hva mener {actor} om {topic}?",
        "Hva sier {actor} om {topic}?",
        "Hva vil {actor} med {topic}?",
        "Hva foreslår {actor} om {topic}?",
        "Hva er {actor} sitt syn på {topic}?",
        "Hva sa {actor} om {topic}?",
        "Hva krever {actor} når det gjelder {topic}?",
        "Hvorfor er {topic} viktig for {actor}?",
        "Hva skal gjøres med {topic}?",
        "Hva står det om {topic}?",
    ),
    "nn": (
        "Kva meiner {actor} om {topic}?",
        "Kva seier {actor} om {topic}?",
        "Kva vil {actor} med {topic}?",
        "Kva er {actor} sitt syn på {topic}?",
        "Kva skal gjerast med {topic}?",
    ),
    "en": (
        "What does {actor} say about {topic}?",
        "What does {actor} think about {topic}?",
        "What does {actor} want to do about {topic}?",
        "What did {actor} say about {topic}?",
        "What is {actor}'s position on {topic}?",
        "What should be done about {topic}?",
    ),
}
# What questions call whose programme it is; the first is the name used by rule.
ACTORS = {
    "krf": ("KrF", "Kristelig Folkeparti", "Kristeleg Folkeparti", "Christian Democrat"),
    "mdg_arbeidsprogram_2025-29": ("MDG", "De Grønne", "Dei Grøne", "Miljøpartiet", "Green"),
    "rodt": ("Rødt", "Raudt", "Red Party", "the Reds"),
    "sosialistisk_vensterparti": ("SV", "Sosialistisk Venstreparti", "Socialist Left"),
    "venstre": ("Venstre", "Liberal Party", "the Liberals"),
}
_TOPIC = re.compile(
    r"(?:\b[a-zæøå]{4,}(?:ende|iske?|lige?|sk|ale?|ive?) )?\b[a-zæøå-]{6,}\b(?: (?:i|for|til|av|på) [a-zæøå-]{5,})?"
)
# Endings of verbs and adjectives, which name no topic; nouns end in -e too seldom to be missed, but for these.
_NO_NOUN = re.compile(r"(?:(?<!en)(?<!els)(?<!hels)(?<!ner)e|lig|ig|isk|som|løs|ivt|ert|mest|over|under|alt|ell|elt)$")
_SHORTEST, _LONGEST = 40, 400


def policy_groups(data: Path, workspace: Path, model: str, glossary: Glossary, seed: int, count: int) -> list[Group]:
    """Up to `count` groups made by rule from policy texts."""
    texts, actors = policy_texts(data)
    opened = open_collection("policy-texts", texts, workspace, model)
    lexicon = open_lexicon(opened, workspace, glossary)
    random = np.random.default_rng(seed)
    found = [
        (document, passage, sentence)
        for identifier in opened.index.catalogue
        if (document := opened.index.document(identifier))
        for passage in document.passages
        for sentence in document.sentences_of(passage)
        if _can_be_asked_for(document, sentence)
    ]
    groups: list[Group] = []
    for i in random.permutation(len(found)):
        document, passage, sentence = found[i]
        actor = actors[texts.names[document.id]]
        group = _policy_group(document, passage, sentence, actor, opened, lexicon, random)
        groups += [group] if group else []
        if len(groups) == count:
            break
    return groups


def policy_texts(data: Path) -> tuple[Texts, dict[str, str]]:
    """Programmes, pages and hearings by name, and whose each is."""
    texts, titles, actors = {}, {}, {}
    for path in sorted((data / "party_programmes").iterdir()):
        document = build_document(load(path), path.stem, path.name, SourceEntry())
        texts[path.stem], actors[path.stem] = document.text, ACTORS[path.stem][0]
        titles[path.stem] = f"{actors[path.stem]}: partiprogram 2025–2029"
    for row in read_lines(data / "policy_pages" / "dev.jsonl"):
        texts[row["_id"]], titles[row["_id"]], actors[row["_id"]] = row["text"], row["title"], row["publisher"]
    return Texts(texts, titles), actors


def _can_be_asked_for(document: Document, sentence: Sentence) -> bool:
    kind = document.blocks[sentence.block].kind
    in_text = kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)
    return in_text and _SHORTEST <= sentence.end - sentence.start <= _LONGEST


def _policy_group(
    document: Document,
    passage: Passage,
    sentence: Sentence,
    actor: str,
    opened: Opened,
    lexicon: Lexicon,
    random: np.random.Generator,
) -> Group | None:
    topic = _topic(document.text[sentence.start : sentence.end], opened, random)
    body = document.text[passage.start : passage.end]
    if not topic or _says(topic, body.replace(document.text[sentence.start : sentence.end], " ")):
        return None
    renamed = {language: _renamed(topic, lexicon.glossary, language, random) for language in ("nb", "en")}
    # An English question about a Norwegian word teaches nothing.
    language = str(random.choice(["nb", "nn", "en", "en"] if renamed["en"] else ["nb", "nb", "nn"]))
    asks = _ASKS[language]
    asked_for = renamed["en"] if language == "en" else renamed["nb"] or topic
    question = asks[int(random.integers(len(asks)))].format(actor=actor, topic=asked_for)
    hits = opened.retriever.search(lexicon.query(topic), 3 * POOL)
    swapped = [h for h in hits if h.document.id != document.id and _says(topic, h.text) and actor in question]
    wrong = [hit for hit in hits if not _says(topic, hit.text)]
    # The same topic by somebody else is no answer, where the question names who is to speak.
    chosen: Sequence[Hit] = [*swapped[:1], *wrong][:NEGATIVES] if random.random() < 0.3 else wrong[:NEGATIVES]
    if len(chosen) < NEGATIVES:
        return None
    moved = shift(document, passage)
    others = (indexed_text(hit.document, hit.passage).text for hit in chosen)
    positive = indexed_text(document, passage).text
    return Group(question, (positive, *others), sentence.start + moved, sentence.end + moved)


def _topic(sentence: str, opened: Opened, random: np.random.Generator) -> str:
    """A noun phrase, as far as a pattern can tell, with a rare word in it; empty if the sentence has none."""
    found = (match[0] for match in _TOPIC.finditer(sentence))
    phrases = [phrase for phrase in found if keywords(phrase) and not _NO_NOUN.search(phrase)]
    rare = sorted(phrases, key=lambda phrase: -max(opened.index.rarity(stem) for stem in keywords(phrase)))
    return str(random.choice(rare[:2])) if rare else ""


def _says(topic: str, text: str) -> bool:
    """Whether the text has all the topic's words."""
    return set(keywords(topic)) <= set(keywords(text))


def _renamed(topic: str, glossary: Glossary, language: str, random: np.random.Generator) -> str:
    """The topic as the glossary may also call it in the language; empty if it knows nothing of it."""
    words = topic.split()
    for match in glossary.find(words):
        names = match.concept.english if language == "en" else match.concept.norwegian
        left = [*words[: match.start], *words[match.end :]]
        if names and not (left and language == "en"):
            return " ".join([*words[: match.start], str(random.choice(names)), *words[match.end :]])
    return ""
