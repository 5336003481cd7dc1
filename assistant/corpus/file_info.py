"""What a file says about its text beside it: the title, author and date that PDF and Word keep."""

import datetime
import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

# What programs write there by themselves.
_JUNK = re.compile(
    r"\.(?:docx?|pdf|odt|indd|rtf)$|^(?:microsoft word|untitled|uten navn)\b|^(?:document|dokument)\d*$", re.IGNORECASE
)
_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")


@dataclass(frozen=True, slots=True)
class FileInfo:
    """Properties of a file; what it doesn't have is empty. The date is that of the file, not always of the text."""

    title: str = ""
    author: str = ""
    date: datetime.date | None = None


def file_info(path: Path) -> FileInfo:
    """The properties of a PDF or .docx file that can be read; of any other file none."""
    content = path.read_bytes()
    if content.startswith(b"%PDF"):
        return _of_pdf(content)
    return _of_docx(content) if path.suffix.lower() == ".docx" and content.startswith(b"PK") else FileInfo()


def _of_pdf(content: bytes) -> FileInfo:
    import pypdfium2

    with pypdfium2.PdfDocument(content) as pdf:
        known = pdf.get_metadata_dict()
    made = _DATE.match(known.get("CreationDate", ""))
    try:
        day = datetime.date(*(int(part) for part in made.groups())) if made else None
    except ValueError:
        day = None
    return FileInfo(_said(known.get("Title", "")), _said(known.get("Author", "")), day)


def _of_docx(content: bytes) -> FileInfo:
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        known = docx.Document(io.BytesIO(content)).core_properties
        made = known.created
        # python-docx's own template, and with it files that programs make, are dated 2013.
        day = made.date() if made and known.author != "python-docx" else None
        return FileInfo(_said(known.title or ""), _said(known.author or ""), day)
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile):
        # What is wrong with the file is told when its text is read.
        return FileInfo()


def _said(text: str) -> str:
    """A property that a person may have written; empty if a program did."""
    text = " ".join(text.split())
    return "" if _JUNK.search(text) or text == "python-docx" else text
