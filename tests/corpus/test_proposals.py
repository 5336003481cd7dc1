"""What a document says about itself is proposed; what it doesn't say is left empty."""

import datetime

import docx
import pytest

from assistant.corpus.file_info import FileInfo, file_info
from assistant.corpus.loading import Line, load
from assistant.corpus.proposals import propose

# Mental Helse's paper names no day, and the minister's letter names only that of another letter.
SAID = {
    "kommunal-rapport": ("news article", "2026-06-05", "kommunal-rapport"),
    "mental-helse": ("consultation response", None, "mental-helse"),
    "napha": ("consultation response", "2026-04-14", "napha"),
    "samarbeidsforum": ("speech", "2025-06-02", "samarbeidsforum"),
    "vestre": ("letter", None, "minister-of-health"),
}


@pytest.mark.parametrize("name", SAID)
def test_the_five_documents_tell_who_wrote_them_and_when(knowledge, name):
    (path,) = (path for path in knowledge.files() if path.name.startswith(name))
    proposal = propose(load(path), knowledge.actors)
    day = proposal.date.isoformat() if proposal.date else None
    assert (proposal.kind, day, proposal.author) == SAID[name]
    assert proposal.new_actor is None


def test_who_signs_and_is_unknown_is_a_new_actor(knowledge):
    text = "Svar på brev\nTrondheim, 7. mai 2026\n\nVi ser behov for flere senger.\n\nMed hilsen\nKari Nordviken\nfylkeslege"
    proposal = propose([Line(line) for line in text.split("\n")], knowledge.actors)
    assert (proposal.kind, str(proposal.date), proposal.author) == ("letter", "2026-05-07", "kari-nordviken")
    assert (proposal.new_actor.name, proposal.new_actor.role) == ("Kari Nordviken", "fylkeslege")


def test_a_text_that_says_nothing_about_itself_proposes_nothing(knowledge):
    proposal = propose([Line("Det regner i dag, og det er kaldt ute.")], knowledge.actors)
    assert (proposal.title, proposal.kind, proposal.date, proposal.author) == ("", "", None, "")


def test_what_the_text_does_not_say_the_file_may(knowledge):
    info = FileInfo("Svar om senger", "Kari Nordviken", datetime.date(2026, 5, 7))
    proposal = propose([Line("Det regner i dag, og det er kaldt ute.")], knowledge.actors, info)
    assert (proposal.title, str(proposal.date), proposal.author) == ("Svar om senger", "2026-05-07", "kari-nordviken")
    said = propose([Line("Trondheim, 1. mars 2025"), Line(""), Line("Vi ser behov.")], knowledge.actors, info)
    assert str(said.date) == "2025-03-01"


def test_properties_of_word_files_and_what_programs_write_there(tmp_path):
    letter = docx.Document()
    letter.core_properties.title, letter.core_properties.author = "Svar om senger", "Kari Nordviken"
    letter.core_properties.created = datetime.datetime(2026, 5, 7, tzinfo=datetime.UTC)
    letter.save(tmp_path / "a.docx")
    assert file_info(tmp_path / "a.docx") == FileInfo("Svar om senger", "Kari Nordviken", datetime.date(2026, 5, 7))
    docx.Document().save(tmp_path / "b.docx")
    assert file_info(tmp_path / "b.docx") == FileInfo()


def test_properties_of_pdf_files(tmp_path):
    info = b"<< /Title (Svar om senger) /Author (Kari Nordviken) /CreationDate (D:20260507120000) >>"
    (tmp_path / "a.pdf").write_bytes(_pdf(info))
    assert file_info(tmp_path / "a.pdf") == FileInfo("Svar om senger", "Kari Nordviken", datetime.date(2026, 5, 7))
    (tmp_path / "b.pdf").write_bytes(_pdf(b"<< /Title (Microsoft Word - brev.doc) /CreationDate (D:20269901) >>"))
    assert file_info(tmp_path / "b.pdf") == FileInfo()


def _pdf(info):
    """A PDF of one empty page with these properties."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        info,
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj %s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + table
    return out + b"trailer << /Size 5 /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF" % start
