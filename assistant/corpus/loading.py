"""A file becomes lines of text with their pages.

The type is told by the content first and the suffix second, since files are often misnamed. Formats that know their
own structure (HTML, DOCX) give whole blocks with a kind; the others give bare lines, from which `cleaning` finds the
paragraphs.
"""

import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.corpus.document import BlockKind
from assistant.errors import FileError

SUFFIXES = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".pdf", ".docx"})
MAX_BYTES = 50_000_000
# Soft hyphens and zero-width characters are invisible; kept, they would break words apart for search and copying.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file, or a whole block of a format that knows its blocks.

    Attributes:
        page: counted from 1; None when the format has no pages.
        kind: what the line is, where the format says so; None where `cleaning` must find out.
    """

    text: str
    page: int | None = None
    kind: BlockKind | None = None


def load(path: Path) -> list[Line]:
    """The lines of a file, empty ones included.

    Raises:
        FileError: the file is missing, empty, too large, encrypted, damaged, binary or holds no text.
    """
    content = _read(path)
    lines = _loader(content, path)(content, path)
    if not any(character.isalnum() for line in lines for character in line.text):
        raise FileError(
            f"{path.name} holds no text.",
            "If it is a scanned PDF, run text recognition (OCR) on it first; otherwise open it and see what is in it.",
        )
    return lines


def _read(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise FileError(
                f"{path.name} is {size / 1e6:.0f} MB; at most {MAX_BYTES / 1e6:.0f} MB can be read.",
                "Split it, or save only its text.",
            )
        content = path.read_bytes()
    except OSError as error:
        raise FileError(f"{path.name} can't be read: {error.strerror}.", "Check its path and permissions.") from error
    if not content.strip():
        raise FileError(f"{path.name} is empty.", "Check that it was saved or downloaded completely.")
    return content


def _loader(content: bytes, path: Path) -> Callable[[bytes, Path], list[Line]]:
    start = content[:1024].lstrip().lower()
    if start.startswith(b"%pdf"):
        return _load_pdf
    if content.startswith(b"PK\x03\x04") or path.suffix.lower() == ".docx":
        return _load_docx
    if path.suffix.lower() == ".pdf":
        raise FileError(f"{path.name} is named .pdf but is not a PDF.", "Check that it was downloaded completely.")
    if start.startswith((b"<!doctype html", b"<html")) or path.suffix.lower() in {".html", ".htm"}:
        return _load_html
    return _load_markdown if path.suffix.lower() in {".md", ".markdown"} else _load_text


def normalised(text: str) -> str:
    """Composed characters (NFC), plain spaces and line ends, nothing invisible."""
    text = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    return re.sub(r"[^\S\n\f]", " ", text)


def decoded(content: bytes, name: str) -> str:
    """Bytes as text: UTF-8 and UTF-16 by their own signs, anything else by its letters' frequencies.

    Raises:
        FileError: the bytes aren't text.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
        # Any two bytes make a character, but hardly any of them are Latin letters by accident.
        if "\ufffd" in text or sum(character < "\u0250" for character in text) < len(text) / 2:
            raise _binary(name)
        return text
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        # Windows' western code page is what Norwegian office files have when they aren't Unicode; the guesser sees
        # it as one of its many relatives, so those are asked about first.
        guess = from_bytes(content, cp_isolation=["cp1252", "latin_1", "mac_roman", "cp850"]).best()
        if guess is None or b"\x00" in content:
            raise _binary(name) from None
        text = str(guess)
    control = sum(
        unicodedata.category(character) == "Cc" and character not in "\t\n\r\f" for character in text[:10_000]
    )
    if control > len(text[:10_000]) / 100:
        raise _binary(name)
    return text


def _binary(name: str) -> FileError:
    kinds = ", ".join(sorted(SUFFIXES))
    return FileError(f"{name} is not a text file.", f"Documents can be {kinds}; save it as one of these.")


def _load_text(content: bytes, path: Path) -> list[Line]:
    return list(_paged(normalised(decoded(content, path.name))))


_PAGE_NUMBER = re.compile(r"^\s*(?:side|page)\s+(\d{1,4})(?:\s+(?:av|of)\s+\d+)?\s*$", re.IGNORECASE)


def _paged(text: str) -> Iterator[Line]:
    """Lines with pages, for text that was taken out of a PDF.

    Such text shows its pages in three ways: a form feed, a line "Side 2", or, when the file's first line begins with
    one space, by a space before the first line of every page. "Side N" counts only where page N is due, and is then
    left out: it is not the author's.
    """
    lines = text.replace("\f", "\n\f").split("\n")
    spaced = _space_marks_pages(lines)
    marked = spaced or "\f" in text or any(_PAGE_NUMBER.match(line) for line in lines)
    page = 0 if spaced else 1
    for line in lines:
        number = _PAGE_NUMBER.match(line)
        if number and int(number[1]) in (page, page + 1):
            page = int(number[1])
            yield Line("", page)
            continue
        page += line.startswith("\f") or (spaced and line.startswith(" ") and line.strip() != "")
        yield Line(line.strip(), max(page, 1) if marked else None)


def _space_marks_pages(lines: list[str]) -> bool:
    filled = [line for line in lines if line.strip()]
    spaced = [line for line in filled if re.match(r" \S", line)]
    indented = any(line.startswith("  ") for line in filled)
    return bool(filled) and filled[0] in spaced[:1] and len(spaced) <= max(1, len(filled) // 8) and not indented


def _load_markdown(content: bytes, path: Path) -> list[Line]:
    lines = []
    for line in normalised(decoded(content, path.name)).split("\n"):
        heading = re.match(r"#{1,6}\s+(.*?)\s*#*$", line.strip())
        lines.append(Line(heading[1], kind=BlockKind.HEADING) if heading else Line(line.strip()))
    return lines


_HTML_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING),
    "li": BlockKind.ITEM,
    **dict.fromkeys(
        """
    p div section article main blockquote pre dl dt dd table tr td th ul ol figure figcaption br hr address
    """.split(),
        BlockKind.PARAGRAPH,
    ),
}
_HTML_ASIDE = (
    "head, script, style, noscript, template, nav, header, footer, aside, form, button, svg, iframe, dialog, [hidden]"
)


def _load_html(content: bytes, path: Path) -> list[Line]:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(decoded(content, path.name))
    # What surrounds the article (menus, banners, forms) isn't what its author says.
    for node in tree.css(_HTML_ASIDE):
        node.decompose()
    root = tree.css_first("article") or tree.css_first("main") or tree.body
    kind, text, lines = BlockKind.PARAGRAPH, "", []
    for piece in _html_pieces(root) if root else ():
        if not isinstance(piece, BlockKind):
            text += piece
            continue
        lines.append(Line(" ".join(normalised(text).split()), kind=kind))
        kind, text = piece, ""
    lines.append(Line(" ".join(normalised(text).split()), kind=kind))
    return [line for line in lines if line.text]


def _html_pieces(node: Any) -> Iterator[str | BlockKind]:
    """The node's text, with the kind of the block that begins wherever one begins or ends."""
    for child in node.iter(include_text=True):
        kind = _HTML_KINDS.get(child.tag)
        if child.tag == "-text":
            yield child.text()
        elif kind is None:
            yield from _html_pieces(child)
        else:
            yield kind
            yield from _html_pieces(child)
            yield BlockKind.PARAGRAPH


def _load_pdf(content: bytes, path: Path) -> list[Line]:
    import pypdfium2

    lines = []
    try:
        with pypdfium2.PdfDocument(content) as pdf:
            for number, page in enumerate(pdf, start=1):
                text = normalised(page.get_textpage().get_text_bounded().replace("\ufffe", "-"))
                lines += [Line(line.strip(), number) for line in text.split("\n")]
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise FileError(
                f"{path.name} is protected by a password.", "Save a copy without password and add that."
            ) from error
        raise FileError(f"{path.name} is a damaged PDF: {error}.", "Download or save it again.") from error
    return lines


def _load_docx(content: bytes, path: Path) -> list[Line]:
    import io

    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    try:
        document = docx.Document(io.BytesIO(content))
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile) as error:
        if content.startswith(b"\xd0\xcf\x11\xe0"):
            reason, remedy = "is protected by a password or in the old .doc format", "Save it as a plain .docx"
        else:
            reason, remedy = "is not a readable .docx file", "Open it in a word processor and save it again as .docx"
        raise FileError(f"{path.name} {reason}.", f"{remedy}.") from error
    lines = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            rows = (" | ".join(dict.fromkeys(cell.text.strip() for cell in row.cells)) for row in block.rows)
            lines += [Line(" ".join(normalised(row).split()), kind=BlockKind.PARAGRAPH) for row in rows]
            continue
        style = (block.style.name or "").lower() if block.style is not None else ""
        text = " ".join(normalised(block.text).split())
        lines.append(Line(text, kind=_docx_kind(style)))
    return [line for line in lines if line.text]


def _docx_kind(style: str) -> BlockKind:
    if style.startswith(("heading", "title", "overskrift", "tittel")):
        return BlockKind.HEADING
    return BlockKind.ITEM if style.startswith(("list", "liste")) else BlockKind.PARAGRAPH
