"""Who speaks: gold labels, read off the texts by hand, for all five documents and for each habit of Norwegian prose."""

import re
from pathlib import Path

import pytest

import evals
from assistant.corpus.actors import Actor, Actors
from assistant.corpus.document import Manner
from assistant.corpus.knowledge import SourceEntry, build_document
from assistant.corpus.loading import Line
from assistant.corpus.voices import with_voices
from assistant.texts import LANGUAGES, say
from evals.voices import load_voices
from tests.conftest import ROOT

SETS = Path(evals.__file__).parent / "sets"
MINISTER = "minister-of-health"


def labels(document):
    return [(document.text[s.start : s.end], s.voice.manner.value, s.voice.actor) for s in document.sentences]


def test_attributions_of_all_five_documents_against_gold_labels(documents):
    by_id = {document.id: document for document in documents.values()}
    gold = load_voices(SETS / "voices.yaml", by_id)
    given = right = expected = 0
    for document in by_id.values():
        author = ("own", document.metadata.author)
        for sentence in document.sentences:
            label = (sentence.voice.manner.value, sentence.voice.actor)
            wanted = gold.labels[document.id, sentence.start]
            # Whoever isn't the author was put there by the program: that is what can be right or wrong.
            given += label != author
            right += label != author and label in wanted
            expected += author not in wanted
    assert right / given >= 0.98
    assert right / expected >= 0.90


@pytest.mark.parametrize(
    ("file", "words", "manner", "actor"),
    [
        # The proposals that the minister answers are not his.
        (
            "vestre",
            "utredning av behovet for langtidsplasser i psykisk helsevern",
            "reported",
            "proposing-representatives",
        ),
        ("vestre", "Vi har fra og med 2021 klart å bremse", "own", MINISTER),
        # A minister speaks for the government.
        ("vestre", "Regjeringen er opptatt av at helsesektoren", "own", MINISTER),
        ("vestre", "Kommisjonen peker på at det er utsikter", "reported", "municipal-commission"),
        ("vestre", "Den fremholder at det er behov", "reported", "municipal-commission"),
        ("vestre", "RHFene beskriver i sine planer at", "reported", "regional-health-authorities"),
        # What the organisation says that ministers have said is the organisation's claim.
        ("mental-helse", "Ett velkjent sitat fra helseministerne", "own", "mental-helse"),
        ("mental-helse", "Riksrevisjonen peker på at manglende", "reported", "riksrevisjonen"),
        ("mental-helse", "Mental Helse mener at arbeidet", "own", "mental-helse"),
        ("napha", "Riksrevisjonen påpekte allerede i 2021", "reported", "riksrevisjonen"),
        ("napha", "Vi merker oss at kommisjonen påpeker", "own", "napha"),
        ("samarbeidsforum", "Innleggelser varer for kort", "reported", "riksrevisjonen"),
        ("samarbeidsforum", "SF har fulgt godt med", "own", "samarbeidsforum"),
        ("samarbeidsforum", "KS melder om utfordringer", "reported", "ks"),
    ],
)
def test_sentences_of_the_other_documents(documents, file, words, manner, actor):
    document = next(document for name, document in documents.items() if name.startswith(file))
    (found,) = [label for label in labels(document) if label[0].startswith(words)]
    assert found[1:] == (manner, actor)


def test_a_doubtful_voice_has_a_note(documents):
    document = next(document for name, document in documents.items() if name.startswith("mental-helse"))
    sentence = next(s for s in document.sentences if "på min vakt" in document.text[s.start : s.end])
    assert sentence.voice.note


ACTORS = Actors(
    {
        "moe": Actor("moe", "Kari Moe", kind="person", aliases=("Moe",)),
        "paper": Actor("paper", "Avisa", kind="newspaper"),
        "union": Actor("union", "Fagforbundet", kind="organisation"),
    }
)


def read(text):
    lines = [Line(line) for line in text.split("\n")]
    return with_voices(build_document(lines, "x", "x.txt", SourceEntry(title="T", author="paper")), ACTORS)


@pytest.mark.parametrize(
    ("text", "spoken", "manner", "actor"),
    [
        ("– Vi må gjøre mer, sier Kari Moe.", "Vi må gjøre mer", "quoted", "moe"),
        ("– Vi må gjøre mer! sier Kari Moe.", "Vi må gjøre mer!", "quoted", "moe"),
        ("– Vi må gjere meir, seier Kari Moe.", "Vi må gjere meir", "quoted", "moe"),
        ("«Vi må gjøre mye mer», sier Kari Moe.", "Vi må gjøre mye mer", "quoted", "moe"),
        ("Kari Moe sier: «Vi må gjøre mye mer.»", "Vi må gjøre mye mer.", "quoted", "moe"),
        ("Plassene kommer snart, påpeker Kari Moe.", None, "reported", "moe"),
        ("Fagforbundet krever at plassene kommer.", None, "reported", "union"),
        ("Ifølge Fagforbundet er det for få plasser.", None, "reported", "union"),
        # A statement about an actor is not the actor's.
        ("Fagforbundet fikk kritikk for forslaget.", None, "own", "paper"),
        ("Flere er uenige med Kari Moe om dette.", None, "own", "paper"),
        # Titles and terms in quotation marks are not speech.
        ("Planen «En friskere befolkning» omtales av Kari Moe.", None, "own", "paper"),
        # Nobody is named: better no name than a wrong one.
        ("– Vi må gjøre mer, sier naboen.", None, "own", "paper"),
        ("– Vi må gjøre mer.", None, "own", "paper"),
    ],
)
def test_habits(text, spoken, manner, actor):
    document = read(text)
    voice = document.sentences[0].voice
    assert (voice.manner.value, voice.actor) == (manner, actor)
    assert (document.text[slice(*voice.speech)] if voice.speech else None) == spoken


def test_a_quotation_goes_on_over_sentences_and_marks():
    document = read("«Vi må gjøre mye mer. Det haster nå for alle», sier Kari Moe.")
    assert [(s.voice.manner, s.voice.actor) for s in document.sentences] == [(Manner.QUOTED, "moe")] * 2


def test_after_the_tag_a_new_dash_goes_on_and_no_dash_does_not():
    document = read("– Vi må gjøre mer, sier Kari Moe. – Det haster, sier Moe. Så gikk hun hjem.")
    assert [s.voice.manner.value for s in document.sentences] == ["quoted", "quoted", "own"]


def test_a_pronoun_is_the_last_person():
    document = read("Kari Moe leder utvalget. – Vi må gjøre mer, sier hun.")
    assert document.sentences[1].voice.actor == "moe"


def test_every_note_can_be_said_in_three_languages():
    source = (ROOT / "assistant" / "corpus" / "voices.py").read_text(encoding="utf-8")
    notes = set(re.findall(r'"([a-z][^"]* (?:could not be told|does not name|not said))"', source))
    assert len(notes) == 5
    assert all(len({say(note, language) for language in LANGUAGES}) == 3 for note in notes)
