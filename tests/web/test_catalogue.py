"""The documents' page: only an editor changes anything, and every change can be taken back."""

import io

import docx
import pytest
from fastapi.testclient import TestClient

from assistant.web.server import build_app
from tests.web.conftest import PASSWORD, visiting

pytestmark = pytest.mark.filterwarnings("default")
LETTER = """Fylkeslegen i Nordvik

Oslo, 3. mars 2026

Svar på spørsmål om akuttplasser

Vi viser til brev om akuttplasser i Nordvik. Nordvik trenger tolv nye akuttplasser for ungdom innen 2028.

Med vennlig hilsen
Kari Nordviken
fylkeslege
"""


@pytest.fixture(scope="module")
def app(editable, tmp_path_factory):
    library, _ = editable
    return build_app(library, tmp_path_factory.mktemp("kept"))


@pytest.fixture
def client(app):
    # Each with cookies of its own.
    return TestClient(app)


@pytest.fixture
def editor(client):
    assert client.post("/login", data={"password": PASSWORD}, follow_redirects=False).status_code == 303
    return client


def add(client, name, content):
    answer = client.post("/documents", files={"files": (name, content)}, headers={"accept": "application/json"})
    return answer.json()[0]


@pytest.mark.parametrize(
    "path", ["/documents", "/documents-reread", "/documents/x/edit", "/documents/x/remove", "/documents/x/restore"]
)
def test_who_has_no_password_changes_nothing(client, path):
    sent = {"files": {"files": ("a.txt", b"x")}} if path == "/documents" else {"data": {"title": "x"}}
    assert client.post(path, **sent).status_code == 403
    assert client.get("/documents/napha-2026-04-14-horing-nou-2026-1/edit").status_code == 403


def test_a_wrong_password_lets_nobody_in(client):
    answer = client.post("/login", data={"password": "feil"})
    assert (answer.status_code, "Passordet er feil" in answer.text) == (403, True)
    assert client.post("/documents-reread").status_code == 403


def test_an_added_letter_says_who_wrote_it_and_when_until_an_editor_confirms(editor, editable):
    library, _ = editable
    outcome = add(editor, "svar fra fylkeslegen.txt", LETTER.encode())
    identifier = outcome["document"]
    known = library.assistant.catalogue[identifier].metadata
    assert (known.kind, str(known.date), known.author) == ("letter", "2026-03-03", "kari-nordviken")
    assert "foreslått, ikke bekreftet" in editor.get("/documents").text
    assert "tolv nye akuttplasser" in library.assistant.ask("Hva sier fylkeslegen om akuttplasser for ungdom?").text

    same = add(editor, "en kopi.txt", LETTER.encode())
    assert "is the same file as" in same["said"]
    near = add(editor, "nesten.txt", LETTER.replace("tolv", "elleve").encode())
    assert "Nesten de samme ordene" in near["said"]

    fields = {"title": "Akuttplasser i Nordvik", "kind": "letter", "date": "2026-03-03", "author": "kari-nordviken"}
    editor.post(f"/documents/{identifier}/edit", data={**fields, "language": "nb"})
    assert library.assistant.catalogue[identifier].metadata.title == "Akuttplasser i Nordvik"
    assert library.proposed(identifier) == ()

    for document in (identifier, near["document"]):
        editor.post(f"/documents/{document}/remove")
        assert document not in library.assistant.catalogue
    editor.post(f"/documents/{identifier}/restore")
    assert library.assistant.catalogue[identifier].metadata.title == "Akuttplasser i Nordvik"
    editor.post(f"/documents/{identifier}/remove")


def test_comments_in_sources_yaml_survive_a_change(editor, editable):
    library, _ = editable
    sources = library.settings.knowledge / "sources.yaml"
    comments = [line for line in sources.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    editor.post("/documents/napha-2026-04-14-horing-nou-2026-1/edit", data={"title": "Nytt navn", "date": "2026-04-14"})
    after = sources.read_text(encoding="utf-8")
    assert "Nytt navn" in after
    assert [line for line in after.splitlines() if line.startswith("#")] == comments


def test_a_field_that_cannot_be_used_is_told(editor):
    answer = editor.post("/documents/napha-2026-04-14-horing-nou-2026-1/edit", data={"date": "i går"})
    assert answer.status_code == 422
    assert "date" in answer.text


@pytest.mark.parametrize("name", ["../../utenfor.txt", "..\\..\\utenfor.txt", "/etc/utenfor.txt"])
def test_no_name_leads_out_of_the_folder(editor, editable, name):
    library, _ = editable
    outcome = add(editor, name, f"Et dokument om {name!r}. Det har to setninger.".encode())
    path = library.settings.knowledge / "documents" / "utenfor.txt"
    assert path.is_file()
    editor.post(f"/documents/{outcome['document']}/remove")


def test_the_original_is_what_was_added(editor, editable):
    outcome = add(
        editor, "side.html", b"<html><body><p>En setning om Nordvik.</p><script>alert(1)</script></body></html>"
    )
    answer = editor.get(f"/documents/{outcome['document']}/original")
    assert answer.content.startswith(b"<html>")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"
    editor.post(f"/documents/{outcome['document']}/remove")


def test_dropped_files_tell_one_by_one_what_became_of_them(browser, editable, tmp_path):
    library, site = editable
    letter = docx.Document()
    letter.add_paragraph("Høringssvar om skolehelsetjenesten. Skolene trenger flere helsesykepleiere i Nordvik.")
    letter.save(tmp_path / "svar.docx")
    (tmp_path / "brev.pdf").write_bytes(pdf_of("Nordvik vil ha flere plasser i 2027."))
    (tmp_path / "knust.pdf").write_bytes(b"%PDF-1.4 og ikke mer")
    with visiting(browser, site) as visitor:
        page = visitor.new_page()
        page.goto(f"{site}/documents")
        page.get_by_text("For redaktører").click()
        page.get_by_label("Passord").fill(PASSWORD)
        page.get_by_role("button", name="Logg inn").click()
        page.locator("#files").set_input_files([tmp_path / name for name in ("svar.docx", "brev.pdf", "knust.pdf")])
        page.get_by_role("button", name="Legg til", exact=True).click()
        page.locator("#outcomes li").nth(2).wait_for()
        told = page.locator("#outcomes li").all_inner_texts()
    assert "Lagt til." in told[0]
    assert "Lagt til." in told[1]
    assert "knust.pdf" in told[2]
    assert "is a damaged PDF" in told[2]
    assert {"svar", "brev"} <= set(library.assistant.catalogue)
    for identifier in ("svar", "brev"):
        library.remove(identifier)


def pdf_of(text):
    """A PDF of one page with this text."""
    content = f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >> stream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, io.SEEK_END)
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj %s endobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start)
    return out.getvalue()
