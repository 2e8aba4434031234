"""Reading an article: plain text, Markdown, HTML, docx.

Plain text and Markdown keep their text as it is, so that offsets count in the file; their code, comments and addresses
are told apart. HTML (`pages.py`) and docx are read into text, a line a paragraph or a table's row, and offsets
count in that.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from ..problems import InputError, Problem
from .names import apart
from .pages import CELL, CELL_END, page, tidy, unmarked
from .pins import MARK, Pin, marks

__all__ = ["MOST_BYTES", "Article", "read"]

MOST_BYTES = 5_000_000
MOST_UNPACKED = 50_000_000


@dataclass(frozen=True)
class Article:
    """An article's text, the spans in it that hold no claims (start, end, reason), and the pins written in it."""

    path: Path
    text: str
    skipped: tuple[tuple[int, int, str], ...]
    pins: tuple[Pin, ...]


def read(path: Path) -> Article:
    """Read an article by its ending: ``.txt``, ``.md``, ``.markdown``, ``.html``, ``.htm``, ``.docx``.

    Raises
    ------
    InputError
        If there is no such file, its ending is none of these, it is empty, too large, not UTF-8, or not what its ending
        says.
    """
    readers = {".txt": _plain, ".md": _markdown, ".markdown": _markdown, ".html": _html, ".htm": _html, ".docx": _docx}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        remedy = "Save it as .txt, .md, .html or .docx."
        raise InputError(Problem(f"articles are not read from {path.suffix or 'a file without ending'}", remedy, path))
    article = reader(path, _bytes(path))
    if not article.text.strip():
        raise InputError(Problem("there is no text in it", "Is this the right file?", path))
    return article


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise InputError(Problem(f"larger than {MOST_BYTES // 10**6} MB", "Is this an article?", path))
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(Problem("there is no such file", "Check the name and the folder.", path)) from None
    except IsADirectoryError:
        raise InputError(Problem("a folder, not a file", "Name the article in it.", path)) from None
    except PermissionError:
        raise InputError(Problem("the file cannot be read", "Change its rights.", path)) from None


def _decoded(path: Path, content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        raise InputError(Problem("not UTF-8 text", "Save it as UTF-8 text.", path, row=row)) from None
    if "\0" in text:
        row = text[: text.index("\0")].count("\n") + 1
        raise InputError(Problem("a null byte: not a text file", "Save it as UTF-8 text.", path, row=row))
    return text


def _plain(path: Path, content: bytes) -> Article:
    text = _decoded(path, content)
    # A soft hyphen or a space that does not break would part a number from its unit; each keeps its one character.
    return Article(path, text.translate(_SPACES), (), ())


_SPACES = {0x00A0: " ", 0x202F: " ", 0x2009: " ", 0x2007: " ", 0x2028: "\n", 0x2029: "\n"}

_NOT_PROSE = (
    (re.compile(r"(?s)\A---\n.*?\n---\n"), "front matter"),
    (re.compile(r"(?ms)^(```|~~~).*?(?:^\1|\Z)"), "code"),
    (re.compile(r"`[^`\n]+`"), "code"),
    (re.compile(r"(?s)<!--.*?(?:-->|\Z)"), "a comment"),
    (re.compile(r"\]\([^)\n]*\)"), "part of a web address"),
    (re.compile(r"(?m)^\[[^\]\n]+\]:.*$"), "part of a web address"),
    (re.compile(r"<(?:https?:|/?[a-zA-Z])[^<>\n]*>"), "part of a tag"),
)


def _markdown(path: Path, content: bytes) -> Article:
    text = _decoded(path, content).translate(_SPACES)
    found = [(match.start(), match.end(), why) for pattern, why in _NOT_PROSE for match in pattern.finditer(text)]
    found += [(match.start(), match.end(), "a pin's marker") for match in MARK.finditer(text)]
    return Article(path, text, tuple(apart(found)), tuple(marks(text, path)))


def _html(path: Path, content: bytes) -> Article:
    text, around = page(_decoded(path, content).translate(_SPACES))
    return Article(path, text, around, ())


_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"


def _docx(path: Path, content: bytes) -> Article:
    import io

    remedy = "Save it again as .docx from a word processor, or as .txt."
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [_part(archive, name, path) for name in ("word/document.xml", "word/footnotes.xml")
                     if name == "word/document.xml" or name in archive.namelist()]  # fmt: skip
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, zlib.error, EOFError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(Problem("not a readable .docx file", remedy, path)) from None
    text = "\n\n".join(_document_text(part, path, remedy) for part in parts)
    return Article(path, tidy(text.translate(_SPACES)), (), ())


def _part(archive: zipfile.ZipFile, name: str, path: Path) -> bytes:
    """One part of the archive, never more of it than `MOST_UNPACKED`, whatever its header promises."""
    with archive.open(name) as part:
        content = part.read(MOST_UNPACKED + 1)
    if len(content) > MOST_UNPACKED:
        what = f"it unpacks to more than {MOST_UNPACKED // 10**6} MB"
        raise InputError(Problem(what, "Is this an article? Save its text as .txt.", path))
    return content


def _document_text(content: bytes, path: Path, remedy: str) -> str:
    import xml.etree.ElementTree as ElementTree

    import defusedxml.ElementTree
    from defusedxml.common import DefusedXmlException

    try:
        root = defusedxml.ElementTree.fromstring(content, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, UnicodeError, LookupError, ValueError):
        raise InputError(Problem("the text of this .docx file cannot be read", remedy, path)) from None
    pieces: list[str] = []
    stack = [(root, False)]
    while stack:  # no recursion, for a hostile file may nest without end
        element, ended = stack.pop()
        tag = element.tag.replace(_STRICT, _WORD) if isinstance(element.tag, str) else ""
        if tag.endswith("}Fallback"):
            continue  # a text box once more, for older programs
        if tag == _WORD + "t" and not ended:
            pieces.append(unmarked(element.text or ""))
        before, after = _MARKED.get(tag.removeprefix(_WORD), ("", ""))
        pieces.append(after if ended else before)
        if not ended:
            stack.append((element, True))
            stack += [(child, False) for child in reversed(element)]
    return "".join(pieces)


# What stands in the text before and after each element of a document.
_MARKED = {"p": ("\n\n", "\n\n"), "tbl": ("\n\n", "\n\n"), "tr": ("\n\n", ""), "tc": (CELL, CELL_END),
           "br": ("\n", ""), "cr": ("\n", ""), "tab": (" ", ""), "noBreakHyphen": ("-", "")}  # fmt: skip
