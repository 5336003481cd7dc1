"""Files of every type become text; files that can't are refused in one sentence that says what to do."""

import io
import zipfile

import docx
import pytest

from assistant.corpus.document import BlockKind
from assistant.corpus.loading import MAX_BYTES, load
from assistant.errors import FileError


def write(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def kinds(lines):
    return [(line.kind, line.text) for line in lines if line.text]


def pdf(*pages, encrypted=False):
    """A minimal PDF with a line of text on each page."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    font = 3 + 2 * len(pages)
    kids = []
    for number, text in enumerate(pages):
        stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode("cp1252") if text else b""
        page, content = 3 + 2 * number, 4 + 2 * number
        kids.append(f"{page} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R "
            f"/Resources << /Font << /F1 {font} 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(pages)} >>".encode()
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{o:010} 00000 n \n" for o in offsets)
    lock = (
        "/Encrypt << /Filter /Standard /V 1 /R 2 /O <" + "00" * 32 + "> /U <" + "11" * 32 + "> /P -4 >> /ID [<00> <00>]"
        if encrypted
        else ""
    )
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {lock} >>\nstartxref\n{len(body)}\n%%EOF"
    return body + table.encode() + trailer.encode()


def test_pdf_has_pages(tmp_path):
    lines = load(write(tmp_path / "a.pdf", pdf("Første side om døgnplasser.", "Andre side.")))
    assert [(line.text, line.page) for line in lines if line.text] == [
        ("Første side om døgnplasser.", 1),
        ("Andre side.", 2),
    ]


def test_docx_knows_headings_and_lists(tmp_path):
    made = docx.Document()
    made.add_heading("Overskrift", 1)
    made.add_paragraph("Et avsnitt.")
    made.add_paragraph("Et punkt", style="List Bullet")
    made.add_table(1, 2).rows[0].cells[0].text = "celle"
    made.save(tmp_path / "a.docx")
    assert kinds(load(tmp_path / "a.docx"))[:3] == [
        (BlockKind.HEADING, "Overskrift"),
        (BlockKind.PARAGRAPH, "Et avsnitt."),
        (BlockKind.ITEM, "Et punkt"),
    ]


def test_html_leaves_menus_and_scripts_out(tmp_path):
    page = """<html><head><title>t</title></head><body><nav>Meny</nav><main><h1>Høring</h1><p>Første <b>avsnitt</b>.</p>
    <ul><li>Punkt</li></ul><div>Løs tekst<p>Andre.</p></div><script>alert(1)</script></main><footer>Bunn</footer></body></html>"""
    assert kinds(load(write(tmp_path / "a.html", page))) == [
        (BlockKind.HEADING, "Høring"),
        (BlockKind.PARAGRAPH, "Første avsnitt."),
        (BlockKind.ITEM, "Punkt"),
        (BlockKind.PARAGRAPH, "Løs tekst"),
        (BlockKind.PARAGRAPH, "Andre."),
    ]


def test_html_that_is_called_txt_is_still_html(tmp_path):
    assert kinds(load(write(tmp_path / "a.txt", "<!DOCTYPE html><html><body><p>Hei.</p></body></html>"))) == [
        (BlockKind.PARAGRAPH, "Hei.")
    ]


def test_markdown_headings(tmp_path):
    assert kinds(load(write(tmp_path / "a.md", "# Tittel\n\nTekst.")))[0] == (BlockKind.HEADING, "Tittel")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path, encoding):
    text = "Døgnplasser på sykehus må økes, sier årets utvalg, og særlig for de unge."
    assert load(write(tmp_path / "a.txt", text.encode(encoding)))[0].text == text


def test_invisible_characters_go_and_letters_are_composed(tmp_path):
    assert load(write(tmp_path / "a.txt", "beha\u00adndling\u200b pa\u030a sykehus"))[0].text == "behandling på sykehus"


def empty_zip():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("x", "y")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n\t ", "is empty"),
        ("a.txt", bytes(range(256)) * 40, "is not a text file"),
        ("a.txt", b"--- ... !!!", "holds no text"),
        ("a.pdf", b"plain words", "is not a PDF"),
        ("a.pdf", b"%PDF-1.4 cut off", "damaged PDF"),
        ("a.pdf", pdf(""), "holds no text"),
        ("a.pdf", pdf("x", encrypted=True), "password"),
        ("a.docx", b"not a word file", "is not a readable .docx"),
        ("a.docx", empty_zip(), "is not a readable .docx"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
            "protected by a password or in the old .doc format",
        ),
    ],
)
def test_bad_files_are_refused_in_words(tmp_path, name, content, said):
    with pytest.raises(FileError, match=said) as caught:
        load(write(tmp_path / name, content))
    assert name in caught.value.message
    assert caught.value.remedy


def test_a_missing_file(tmp_path):
    with pytest.raises(FileError, match="can't be read"):
        load(tmp_path / "nowhere.txt")


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(FileError, match=f"at most {MAX_BYTES / 1e6:.0f} MB"):
        load(tmp_path / "big.txt")
