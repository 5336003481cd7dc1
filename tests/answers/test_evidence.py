"""Which sentences are looked at once more, and in which order quotes are shown, with the scores in sight."""

import datetime

import pytest

from assistant.answers.evidence import FEWER, LOOK, LOOKED_AT, Evidence, leans, look_again
from assistant.answers.order import in_order
from assistant.answers.questions import Understanding
from assistant.corpus.document import Block, BlockKind, Document, Manner, Metadata, Passage, Sentence, Voice
from assistant.search.reader import Reading
from assistant.search.retrieval import Fit, Hit

ASKED = Understanding("Hva er sagt om ventetid?", "nb", "ventetid")


def said(text, score, actor="napha", manner=Manner.OWN, document="innspill", day=None):
    """A sentence by itself in a document."""
    sentence = Sentence(0, len(text), 0, Voice(manner, actor))
    block, passage = Block(BlockKind.PARAGRAPH, 0, len(text)), Passage(0, len(text), ("Om ventetid",), (0, 1))
    known = Metadata("Innspill", f"{document}.md", date=day)
    whole = Document(document, known, text, blocks=(block,), sentences=(sentence,), passages=(passage,))
    return Evidence(whole, sentence, Fit(0.8, 0.5, 0.5), score)


def texts(evidence):
    return [item.text for item in evidence]


def test_a_sentence_that_reads_well_by_itself_comes_before_a_better_one():
    """1.0 + 4 weights is more than 2.0 - 4 weights, as long as a weight is more than an eighth."""
    evidence = [said("Ventetiden er målt.", 2.0), said("Ventetiden er for lang.", 1.0)]
    looked, weight = LOOK
    found = look_again(
        evidence, [], lambda given: [Reading(4.0 if "lang" in one.text else -4.0, (0.0,)) for one in given]
    )
    assert texts(found) == ["Ventetiden er for lang.", "Ventetiden er målt."]
    assert [item.alone for item in found] == [4.0, -4.0]
    assert found[0].score == pytest.approx(1.0 + looked + 4 * weight)


def test_a_sentence_is_looked_at_under_its_title_and_heading():
    seen = []
    look_again([said("Ventetiden er for lang.", 1.0)], [], lambda given: seen.extend(given) or [Reading(0.0, (0.0,))])
    assert [one.text for one in seen] == ["Innspill\nOm ventetid\nVentetiden er for lang."]
    assert [one.text[slice(*one.sentences[0])] for one in seen] == ["Ventetiden er for lang."]


def test_only_the_best_sentences_are_looked_at():
    evidence = [said(f"Setning {i}.", -float(i)) for i in range(LOOKED_AT + 2)]
    found = look_again(evidence, [], lambda given: [Reading(50.0, (0.0,))] * len(given))
    assert [item.alone for item in found] == [50.0] * LOOKED_AT + [None] * 2


def test_fewer_are_looked_at_where_sentences_of_further_passages_were_read_by_themselves():
    evidence = [said(f"Setning {i}.", -float(i)) for i in range(LOOKED_AT)]
    document = evidence[0].document
    glanced = Hit(document, document.passages[0], 0.0, 0.0, None, 0.0, None, (), Reading(-1.0, (None, -0.1)))
    found = look_again(evidence, [glanced], lambda given: [Reading(50.0, (0.0,))] * len(given))
    assert [item.alone for item in found] == [50.0] * FEWER + [None] * (LOOKED_AT - FEWER)


def test_without_a_reader_sentences_stay_as_they_are():
    evidence = [said("En.", 2.0), said("To.", 1.0)]
    assert look_again(evidence, [], lambda _: []) == evidence


def test_the_best_of_each_source_is_shown_before_the_rest():
    evidence = [
        said("NAPHA først.", 5.0),
        said("NAPHA så.", 4.0),
        said("Mental Helse først.", 3.0, "mental-helse"),
        said("NAPHA et annet sted.", 2.0, document="brev"),
        said("Mental Helse så.", 1.0, "mental-helse"),
    ]
    shown = ["NAPHA først.", "Mental Helse først.", "NAPHA et annet sted.", "NAPHA så.", "Mental Helse så."]
    assert texts(in_order(evidence, ASKED)) == shown


def test_whoever_is_asked_for_comes_first_and_own_words_before_reported_ones():
    asked = Understanding("Hva sier NAPHA og Mental Helse?", "nb", "ventetid", ("mental-helse", "napha"))
    evidence = [
        said("NAPHA selv.", 9.0),
        said("Mental Helse gjengitt.", 8.0, "mental-helse", Manner.REPORTED, "avis"),
        said("Mental Helse selv.", 1.0, "mental-helse"),
    ]
    assert texts(in_order(evidence, asked)) == ["Mental Helse selv.", "Mental Helse gjengitt.", "NAPHA selv."]


def test_the_newest_comes_first_where_the_latest_is_asked_for():
    asked = Understanding("Hva er sist sagt om ventetid?", "nb", "ventetid", latest=True)
    old = said("Før.", 9.0, day=datetime.date(2025, 1, 1))
    new = said("Nå.", 1.0, document="brev", day=datetime.date(2026, 1, 1))
    assert texts(in_order([old, new], asked)) == ["Nå.", "Før."]


@pytest.mark.parametrize(
    ("sentence", "does"),
    [
        ("Jeg viser til brev datert 22. desember 2025 fra Helse- og omsorgskomitéen.", True),
        ("Viser til høringsbrev om NOU 2026: 1.", True),
        ("Kommisjonen viser til stor grad av lekkasje.", False),
        ("Jeg viser til at ventetidene går ned.", False),
    ],
)
def test_how_a_letter_begins_is_no_statement(sentence, does):
    assert leans(sentence) is does
