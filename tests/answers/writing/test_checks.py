"""A claim is shown only if everything in it that can be checked stands in the sentences that it cites."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answers.writing.claims import Claim
from assistant.answers.writing.phrases import plain_characters
from assistant.answers.writing.written import Fault

# The sentences' numbers are those of conftest.py: 1 places, 2 waiting, 3 condition, 4 money, 5 two of three, 6 per cent,
# 7 only, 8 date, 9 and 10 the association.
HOLDS = [
    ("nb", "Nordvik kommune vil åpne 24 nye plasser innen 2027.", 1),
    ("nn", "Nordvik kommune vil opne 24 nye plassar innan 2027.", 1),
    ("en", "Nordvik municipality will open 24 new places by 2027.", 1),
    ("nb", "Kommunen skriver i brevet 5. mars 2025 at den vil åpne 24 plasser.", 1),
    ("nb", "Ventetiden skal ikke bli lengre enn 40 dager.", 2),
    ("en", "Waiting times shall not be longer than 40 days.", 2),
    ("nb", "Kommunen bygger et nytt senter dersom staten betaler halvparten.", 3),
    ("en", "The municipality will build a new centre if the state pays half.", 3),
    ("nb", "Siden 2020 har kommunen brukt 1,2 mrd. kroner på psykisk helse.", 4),
    ("en", "The municipality has spent 1.2 billion kroner on mental health since 2020.", 4),
    ("en", "Since 2020, the municipality has spent 1.2 billion kroner on mental health.", 4),
    ("nb", "2 av 3 pårørende er fornøyde med tilbudet.", 5),
    ("en", "Two out of three relatives are satisfied with the service.", 5),
    ("nb", "Av elevene venter 20 % på time hos skolepsykologen.", 6),
    ("nb", "Bare de eldste får tilbud om gruppeterapi.", 7),
    ("nb", "Ordføreren skal møte foreningen 05.06.2025.", 8),
    ("nb", "Sørvik forening mener kommunen må ansette flere psykologer.", 9),
    ("nb", "Ifølge Sørvik forening må Nordvik kommune ansette flere psykologer.", 9),
    ("nn", "Sørvik forening støttar planen om eit nytt senter.", 10),
    ("nb", "Sørvik forening mener at kommunen bør vurdere gruppeterapi for de yngste.", 11),
]
FALLS = [
    ("nb", "Nordvik kommune vil åpne 42 nye plasser innen 2027.", 1, Fault.NUMBER),
    ("nb", "Nordvik kommune vil åpne 24 nye plasser innen 2028.", 1, Fault.NUMBER),
    ("nb", "Nordvik kommune vil åpne tjuefire tusen nye plasser.", 1, Fault.NUMBER),
    ("en", "Nordvik municipality will open forty-two new places.", 1, Fault.NUMBER),
    ("nb", "Nordvik kommune vil ikke åpne 24 nye plasser innen 2027.", 1, Fault.NEGATION),
    ("nb", "Ventetiden skal bli lengre enn 40 dager.", 2, Fault.NEGATION),
    ("nn", "Ventetida skal bli lengre enn 40 dagar.", 2, Fault.NEGATION),
    ("en", "Waiting times shall be longer than 40 days.", 2, Fault.NEGATION),
    ("nb", "Kommunen bygger et nytt senter i Storgata.", 3, Fault.CONDITION),
    ("nb", "Kommunen bygger et nytt senter i Lillegata dersom staten betaler halvparten.", 3, Fault.NAME),
    ("nb", "Kommunen har brukt 1,2 millioner kroner på psykisk helse siden 2020.", 4, Fault.NUMBER),
    ("en", "The municipality has spent 12 billion kroner on mental health since 2020.", 4, Fault.NUMBER),
    ("nb", "Halvparten av de pårørende er fornøyde med tilbudet.", 5, Fault.NUMBER),
    ("nb", "Tre av fire pårørende er fornøyde med tilbudet.", 5, Fault.NUMBER),
    ("nb", "20 av elevene venter på time hos skolepsykologen.", 6, Fault.NUMBER),
    ("nb", "De eldste får tilbud om gruppeterapi.", 7, Fault.CONDITION),
    ("nb", "Ordføreren skal møte foreningen 6. juni 2025.", 8, Fault.DATE),
    ("nb", "Ordføreren skal møte foreningen i juli.", 8, Fault.DATE),
    # Stance, promise, cause, share and strength that the source doesn't have.
    ("nb", "Nordvik kommune avviser å åpne 24 nye plasser innen 2027.", 1, Fault.SENSE),
    ("en", "Nordvik municipality opposes opening 24 new places by 2027.", 1, Fault.SENSE),
    ("nb", "Nordvik kommune lover å åpne 24 nye plasser innen 2027.", 1, Fault.SENSE),
    ("nb", "Derfor vil Nordvik kommune åpne 24 nye plasser innen 2027.", 1, Fault.SENSE),
    ("nb", "Alle elevene venter på time hos skolepsykologen.", 6, Fault.SENSE),
    ("nb", "Kommunen har redusert bruken med 1,2 milliarder kroner siden 2020.", 4, Fault.SENSE),
    ("nb", "Sørvik forening sier at kommunen skal vurdere gruppeterapi for de yngste.", 11, Fault.MODALITY),
    # Numbers in disguise.
    ("en", "Nordvik municipality will open 24,000 new places by 2027.", 1, Fault.NUMBER),
    ("nb", "Nordvik kommune vil åpne ca.999 nye plasser.", 1, Fault.NUMBER),
    ("nb", "Nordvik kommune vil åpne 24k nye plasser.", 1, Fault.NUMBER),
    ("nb", "Nordvik kommune vil åpne 24,000 nye plasser innen 2027.", 1, Fault.NUMBER),
    ("nb", "Nordvik kommune vil åpne -24 nye plasser innen 2027.", 1, Fault.NUMBER),
    ("nb", "Nordvik kommune vil åpne et tosifret antall plasser innen 2027.", 1, Fault.NUMBER),
    # The right number of something else.
    ("nb", "Nordvik kommune vil åpne 24 nye skoler innen 2027.", 1, Fault.NUMBER),
    ("nb", "Nordvik kommune vil åpne plasser for 24 millionærer innen 2027.", 1, Fault.NUMBER),
    ("nn", "Ventetida skal ikkje bli lengre enn 40 veker.", 2, Fault.NUMBER),
    ("en", "Waiting times shall not be longer than 40 weeks.", 2, Fault.NUMBER),
    # Somebody else, at the beginning or elsewhere, and a second sentence that rests on nothing.
    ("nb", "Trump vil åpne 24 nye plasser innen 2027.", 1, Fault.UNSUPPORTED),
    ("nb", "Innvandrere venter på time hos skolepsykologen, 20 prosent av elevene.", 6, Fault.UNSUPPORTED),
    ("nb", "Ifølge eksperter vil kommunen åpne 24 nye plasser innen 2027.", 1, Fault.SPEAKER),
    ("nb", "Kommunen vil åpne 24 nye plasser. Ordføreren går av.", 1, Fault.UNSUPPORTED),
    ("nb", "Kommunen vil åpne 24 nye plasser. Sørvik forening går av.", 1, Fault.SPEAKER),
    ("nb", "Nordvik kommune vil åpne 24 nye plasser. Kommunen går av.", 1, Fault.UNSUPPORTED),
    ("nb", "Ja.", 1, Fault.UNSUPPORTED),
    ("nb", "!", 1, Fault.UNSUPPORTED),
    ("nb", "De pårørende er misfornøyde, to av tre.", 5, Fault.NEGATION),
    ("nb", "Nordvik kommune mener det må ansettes flere psykologer.", 9, Fault.SPEAKER),
    ("nb", "Sørvik forening sier at de vil åpne 24 nye plasser innen 2027.", 1, Fault.SPEAKER),
    ("en", "According to the association, 24 new places will open by 2027.", 1, Fault.SPEAKER),
    ("nb", "Statsministeren sier at 24 nye plasser skal åpnes innen 2027.", 1, Fault.SPEAKER),
    ("nb", "Sørvik forening vil åpne 24 nye plasser.", 1, Fault.SPEAKER),
    ("nb", "Jonas Gahr Støre vil åpne 24 nye plasser innen 2027.", 1, Fault.NAME),
    ("nb", "Kommunen planlegger en flyplass med gratis champagne.", 1, Fault.UNSUPPORTED),
    ("nb", "Kommunen vil åpne 24 plasser, se https://example.org", 1, Fault.LINK),
    ("nb", "Kommunen vil åpne 24 plasser ![x](http://x.no/a.png)", 1, Fault.LINK),
    ("nb", "Kommunen vil åpne 24 plasser <img src=x onerror=alert(1)>", 1, Fault.LINK),
    ("nb", "Kommunen vil åpne 24 plasser. " * 30, 1, Fault.TOO_LONG),
]


def test_the_sentences_are_numbered_as_the_tables_say(quotes):
    assert len(quotes) == 11
    assert quotes[7].text.startswith("Ordføreren")
    assert [quote.actor.id for quote in quotes] == ["town"] * 8 + ["union"] * 3


@pytest.mark.parametrize(("language", "text", "source"), HOLDS, ids=lambda value: str(value)[:40])
def test_what_the_source_says_is_shown(checking, language, text, source):
    checked = checking(Claim(text, (source,)), language)
    assert (checked.fault, checked.about) == (None, "")
    assert checked.shown == text


@pytest.mark.parametrize(("language", "text", "source", "fault"), FALLS, ids=lambda value: str(value)[:40])
def test_what_the_source_does_not_say_is_dropped(checking, language, text, source, fault):
    assert checking(Claim(text, (source,)), language).fault is fault


@pytest.mark.parametrize("sources", [(), (12,), (0,), (1, 99)])
def test_a_claim_needs_sources_that_were_shown(checking, sources):
    fault = Fault.UNKNOWN_SOURCE if sources else Fault.NO_SOURCE
    assert checking(Claim("Kommunen vil åpne 24 plasser.", sources)).fault is fault


def test_a_placeholder_becomes_the_sentence_cut_from_its_document(checking, quotes):
    checked = checking(Claim("Om plassene skriver kommunen: [[1]]", ()))
    assert checked.fault is None
    assert checked.sources == (1,)
    assert checked.shown == "Om plassene skriver kommunen: «Nordvik kommune vil åpne 24 nye plasser innen 2027.»"


def test_a_pronoun_may_hand_over_to_a_quote(checking):
    assert checking(Claim("Om plassene skriver de: [[1]]", ())).fault is None
    assert checking(Claim("On the new places they write: [[1]]", ()), "en").fault is None


def test_what_frames_a_quote_has_to_be_borne_out_too(checking):
    assert checking(Claim("Kommunen lyver grovt: [[1]]", ())).fault is Fault.SENSE


def test_words_in_quotation_marks_stay_so_only_if_they_stand_in_the_source(checking):
    kept = checking(Claim("Kommunen vil åpne “24 nye plasser innen 2027”.", (1,)))
    assert kept.shown == "Kommunen vil åpne «24 nye plasser innen 2027»."
    lost = checking(Claim("Kommunen vil «åpne 24 nye, gode plasser innen 2027».", (1,)))
    assert lost.shown == "Kommunen vil åpne 24 nye, gode plasser innen 2027."


MARKS = "❝❞ 〝〞 ＂＂ ＇＇ ′′ ″″ 「」 《》 ˮˮ ʼʼ ❛❜ ≪≫ ״״ ,, '' __ ‹› ‚‛ `´ <<".split()


@pytest.mark.parametrize("marks", [*MARKS, "&quot;&quot;"])
def test_no_sign_that_passes_for_a_quotation_mark_stays_around_what_was_not_cut(checking, marks):
    half = len(marks) // 2
    text = plain_characters(f"Kommunen vil åpne {marks[:half]}24 gode plasser{marks[half:]} innen 2027.")
    assert not re.search(r"[^\w\s.,]|_|,,", checking(Claim(text, (1,))).shown)


def test_an_apostrophe_inside_a_word_stays(checking):
    claim = Claim("The municipality's waiting time won't be longer than 40 days.", (2,))
    assert checking(claim, "en").shown == claim.text


def test_no_quotation_keeps_its_marks_without_the_negation_beside_it(checking):
    checked = checking(Claim("Ventetiden skal ikke «bli lengre enn 40 dager».", (2,)))
    assert "«" not in checked.shown


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_between_quotation_marks_nothing_stands_that_no_document_has(checking, quotes, data):
    """Whatever a model writes, every shown stretch between marks is a stretch of a cited document."""
    bits = st.sampled_from(
        [*[quote.text for quote in quotes], "«", "»", "“", "”", '"', "[[1]]", "[[9]]", " ikke ", "40", "'"]
    )
    parts = data.draw(st.lists(st.one_of(bits, st.text(max_size=8)), max_size=6))
    sources = tuple(data.draw(st.lists(st.integers(0, 12), max_size=3)))
    checked = checking(Claim("".join(parts), sources))
    cut = [piece.cut for piece in checked.pieces if piece.cut]
    assert all(c.text == c.quote.document.text[c.start : c.end] for c in cut)
    prose = "".join(piece.prose for piece in checked.pieces)
    assert not set(prose) & set('«»“”„"')
