"""The canonical text changes no word: it differs from the file by whitespace, line-break hyphens and page furniture."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.cleaning import clean
from assistant.corpus.document import BlockKind, Manner, Voice
from assistant.corpus.knowledge import SourceEntry, build_document
from assistant.corpus.loading import Line, load, normalised
from assistant.corpus.splitting import MAX_PASSAGE, sentences_of, split_passages
from tests.conftest import KNOWLEDGE

FILES = sorted((KNOWLEDGE / "documents").iterdir())
# The only words of the files that the text leaves out: the numbers at the top of two pages.
FURNITURE = {"vestre-2026-01-19-svar-representantforslag-74-s.txt": ["Side 2", "Side 9"]}


def squeezed(text):
    return re.sub(r"[\s\-\u00ad\u200b]", "", text)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[:20])
def test_every_character_of_the_file_is_kept(path, documents):
    raw = normalised(path.read_text(encoding="utf-8"))
    for words in FURNITURE.get(path.name, []):
        assert raw.count(f"{words} \n") == 1
        raw = raw.replace(f"{words} \n", "\n")
    assert squeezed(documents[path.name].text) == squeezed(raw)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[:20])
def test_every_sentence_stands_in_the_file(path, documents):
    raw = normalised(path.read_text(encoding="utf-8"))
    for words in FURNITURE.get(path.name, []):
        raw = raw.replace(f"{words} \n", "\n")
    whole = squeezed(raw)
    document = documents[path.name]
    assert all(squeezed(document.text[s.start : s.end]) in whole for s in document.sentences)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[:20])
def test_sentences_and_passages_cover_the_text(path, documents):
    assert_invariants(documents[path.name])


def assert_invariants(document):
    sentences, passages = document.sentences, document.passages
    assert all(a.end <= b.start for a, b in pairwise(sentences))
    assert all(0 <= s.start < s.end <= len(document.text) for s in sentences)
    # Every letter and digit outside links and list markers belongs to a sentence …
    covered = set()
    for sentence in sentences:
        covered |= set(range(sentence.start, sentence.end))
    for block in document.blocks:
        if block.kind is BlockKind.LINK:
            continue
        missed = [document.text[i] for i in range(block.start, block.end) if i not in covered]
        assert len([character for character in missed if character.isalnum()]) <= 4
    # … and every sentence to exactly one passage, none of which is too long unless one sentence is.
    assert [i for p in passages for i in range(*p.sentences)] == list(range(len(sentences)))
    for passage in passages:
        assert passage.end - passage.start <= MAX_PASSAGE or passage.sentences[1] - passage.sentences[0] == 1
        assert passage.start == sentences[passage.sentences[0]].start
        assert passage.end == sentences[passage.sentences[1] - 1].end


words = st.text(alphabet="abcdefghijklmnopqrstuvwxyzæøåABCÆØÅ0123456789", min_size=1, max_size=12)
tokens = st.one_of(
    words,
    words.map(lambda w: w + "."),
    words.map(lambda w: w + "-"),
    st.sampled_from(["–", "•", "«", "»", "1.", "o", ":"]),
)
lines = st.lists(tokens, max_size=14).map(" ".join)


@given(st.lists(lines, min_size=1, max_size=25))
def test_any_text_keeps_its_characters(made):
    raw = "\n".join(made)
    canonical = clean([Line(line) for line in made])
    assert squeezed(canonical.text) == squeezed(raw)
    if any(character.isalnum() for character in raw):
        assert_invariants(build_document([Line(line) for line in made], "made", "made.txt", SourceEntry(title="Made")))


def made_from(text):
    return build_document([Line(line.strip()) for line in text.split("\n")], "x", "x.txt", SourceEntry(title="T"))


def texts(document):
    return [document.text[s.start : s.end] for s in document.sentences]


def test_hard_wrapped_lines_become_one_paragraph(documents):
    text = documents["vestre-2026-01-19-svar-representantforslag-74-s.txt"].text
    assert (
        "En mer praktisk skole – Bedre læring, motivasjon og trivsel på 5.–10. trinn vil regjeringen bidra til å støtte"
        in text
    )


def test_a_hyphen_that_belongs_to_the_word_stays(documents):
    text = documents["vestre-2026-01-19-svar-representantforslag-74-s.txt"].text
    assert "personer med sammensatte behov i Sør-Trøndelag" in text
    assert "trygt og godt barnehage- og skolemiljø" in text


def test_a_hyphen_that_a_line_break_made_goes():
    wide = "Dette er en linje som er lang nok til at leseren ser at teksten er brutt med hender og at ordet er behand-"
    document = made_from(
        "\n".join(
            [
                wide,
                "let som helhet av den som setter teksten i denne filen her og nå og i morgen uten stans og",
                *["Her er enda en linje som fyller bredden helt ut til kanten av siden slik at den regnes som brutt og"]
                * 6,
                "slutt.",
            ]
        )
    )
    assert "behandlet som helhet" in document.text


def test_pages_of_the_letter(documents):
    letter = documents["vestre-2026-01-19-svar-representantforslag-74-s.txt"]
    assert len(letter.page_starts) == 9
    for words, page in (("Svar:", 2), ("klart å bremse nedgangen", 5), ("430 flere plasser", 5), ("Med hilsen", 9)):
        assert letter.page_at(letter.text.index(words)) == page


def test_a_document_without_pages_has_no_page(documents):
    assert documents["kommunal-rapport-2026-06-05-penger-til-psykisk-helse.txt"].page_at(100) is None


def test_headings_are_found_though_they_fill_their_line(documents):
    letter = documents["vestre-2026-01-19-svar-representantforslag-74-s.txt"]
    assert letter.headings_at(letter.text.index("helsesektoren bør kommunisere mer")) == (
        "Tiltak for å styrke psykisk helsetilbud i skolen og senke terskelen for å oppsøke hjelp",
    )


def test_a_list_stays_with_its_lead_in(documents):
    article = documents["kommunal-rapport-2026-06-05-penger-til-psykisk-helse.txt"]
    passage = next(
        p
        for p in article.passages
        if "budsjettet. " in article.text[p.start : p.end] or "saldere budsjettet" in article.text[p.start : p.end]
    )
    assert "Der går det fram:" in article.text[passage.start : passage.end]


def test_a_long_list_remembers_its_lead_in():
    items = [
        f"• Punkt {i} sier noe som er langt nok til at hele listen ikke får plass i ett avsnitt av gangen."
        for i in range(20)
    ]
    document = made_from("\n".join(["Utvalget foreslår dette:", *items]))
    assert len(document.passages) > 1
    assert all("Utvalget foreslår dette:" in p.headings for p in document.passages[1:])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Møtet er 19. januar 2026. Så går vi.", ["Møtet er 19. januar 2026.", "Så går vi."]),
        (
            "Bevilget omlag 1,2 mrd. kroner hittil. Vi er i rute.",
            ["Bevilget omlag 1,2 mrd. kroner hittil.", "Vi er i rute."],
        ),
        ("Se Meld. St. 23 (2022–2023) om dette. Den er god.", ["Se Meld. St. 23 (2022–2023) om dette.", "Den er god."]),
        ("Er det da en opptrapping? skriver Kalseth.", ["Er det da en opptrapping? skriver Kalseth."]),
        ("Klart å bremse. . Frem mot 2030 skal det opp.", ["Klart å bremse.", "Frem mot 2030 skal det opp."]),
        ("Tjenestene henger ikke sammen.1 Dette må endres.", ["Tjenestene henger ikke sammen.1", "Dette må endres."]),
        ("Det kom i 2025. Alle visste det.", ["Det kom i 2025.", "Alle visste det."]),
        ("• Styrke tilbudet i kommunene. Det haster.", ["Styrke tilbudet i kommunene.", "Det haster."]),
        ("J. Hansen sa nei. Hun gikk.", ["J. Hansen sa nei.", "Hun gikk."]),
    ],
)
def test_sentences(text, expected):
    assert texts(made_from(text)) == expected


def test_voice_given_to_sentences_is_the_authors():
    voice = Voice(Manner.OWN, "somebody")
    canonical = clean([Line("En setning."), Line(""), Line("En til.")])
    made = sentences_of(canonical.text, canonical.blocks, voice)
    assert {s.voice for s in made} == {voice}
    assert len(split_passages(canonical.text, canonical.blocks, made)) == 1


def test_load_gives_the_files_lines(tmp_path):
    (tmp_path / "a.txt").write_text("Første linje\n\nAndre linje", encoding="utf-8")
    assert [line.text for line in load(tmp_path / "a.txt")] == ["Første linje", "", "Andre linje"]
