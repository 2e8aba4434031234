"""The text of an HTML page as its reader sees it, with what is no part of the article told apart.

A saved page holds more than its article: menus, buttons, the paper's address. Their text is kept, so that nothing is
lost, and told apart as no claims. Each row of a table is a paragraph, its cells parted by bars: "COPA | 96".
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from .words import vocabulary

__all__ = ["CELL", "CELL_END", "page", "tidy", "unmarked"]

_BLOCKS = vocabulary(
    """address article aside blockquote br dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5
    h6 header hr li main nav ol p pre section summary table ul"""
)  # fmt: skip
_ROWS = ("tr", "tbody", "thead", "tfoot")
_UNSEEN = {"script", "style", "template", "noscript", "svg", "math", "head", "iframe", "object", "select", "textarea"}
# No part of an article outside it; within it a box may tell its figures and a foot its corrections.
_AROUND = {"aside", "footer"}
_ARTICLE = {"article", "main"}
_FURNITURE_IS = "part of the page around the article, not of the article"
# Marks of private use that no text holds: where furniture and a table's cell begin and end.
_OPEN, _CLOSE, CELL, CELL_END = "\ue000", "\ue001", "\ue002", "\ue003"
_MARKS = re.compile("[\ue000-\ue003]")
_LONG_CELL = 200  # characters: a cell that holds more is no figure but the page's layout


class _Seen(HTMLParser):
    """Gathers the text that a reader of the page sees, marked."""

    def __init__(self, has_article: bool):
        super().__init__(convert_charrefs=True)
        self.has_article = has_article
        self.parts: list[str] = []
        self.unseen: list[str] = []
        self.furniture: list[str] = []
        self.article = 0
        self.cells = [False]  # for each table that is open, whether a cell of it is

    def handle_starttag(self, tag, attrs):
        if tag in _UNSEEN:
            self.unseen.append(tag)
        elif tag in ("td", "th"):
            self._end_cell()
            self.cells[-1] = True
            self.parts.append(CELL)
        elif tag in _ROWS:
            self._end_cell()
            self.parts.append("\n\n")
        elif tag in _BLOCKS:
            self.parts.append("\n" if tag == "br" else "\n\n")
        self.article += tag in _ARTICLE
        around = tag in _AROUND and self.has_article and not self.article
        if tag == "nav" or around:
            self.furniture.append(tag)
            self.parts.append(_OPEN)
        if tag == "table":
            self.cells.append(False)

    def handle_startendtag(self, tag, attrs):
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag):
        if tag in self.unseen:
            while self.unseen and self.unseen.pop() != tag:
                pass
            return
        if tag in ("td", "th", "table", *_ROWS):
            self._end_cell()
        if tag == "table" and len(self.cells) > 1:
            self.cells.pop()
        if tag in self.furniture:
            while self.furniture:
                self.parts.append(_CLOSE)
                if self.furniture.pop() == tag:
                    break
        self.article -= tag in _ARTICLE and self.article > 0
        if tag in _BLOCKS and tag != "br":
            self.parts.append("\n\n")
        elif tag == "body":
            self.unseen.clear()

    def _end_cell(self) -> None:
        if self.cells[-1]:
            self.parts.append(CELL_END)
            self.cells[-1] = False

    def handle_data(self, data):
        if not self.unseen:
            self.parts.append(re.sub(r"\s+", " ", unmarked(data)))


def page(content: str) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """The text of a page, and the spans of it (start, end, reason) that are no part of its article."""
    seen = _Seen(bool(re.search(r"(?i)<(?:article|main)\b", content)))
    seen.feed(content)
    seen.close()
    text, spans, depth = "", [], 0
    for piece in re.split(f"([{_OPEN}{_CLOSE}])", "".join(seen.parts)):
        depth += (piece == _OPEN) - (piece == _CLOSE)
        told = "" if piece in (_OPEN, _CLOSE) else tidy(piece)
        if not told.strip():
            continue
        text += "\n" if text else ""
        if depth:
            spans.append((len(text), len(text) + len(told), _FURNITURE_IS))
        text += told
    return text, tuple(spans)


def unmarked(text: str) -> str:
    """A text without the marks that only this module may set."""
    return _MARKS.sub("", text)


def tidy(text: str) -> str:
    """Text with one blank between words, one empty line between paragraphs and each row of a table a paragraph."""
    before = ""
    while CELL in text and text != before:
        before, text = text, re.sub(f"{CELL}([^{CELL}{CELL_END}]*){CELL_END}?", _cell, text)
    lines = (_line(line) for line in text.replace(CELL_END, "").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _cell(found: re.Match) -> str:
    inner = found[1].strip()
    if len(inner) > _LONG_CELL or "\t" in inner:
        return f"\n\n{inner}\n\n"
    return " ".join(inner.split()) + "\t"


def _line(line: str) -> str:
    """A line with one blank between words; what tabs part are a row's cells, of which empty ones are left out."""
    cells = [" ".join(cell.split()) for cell in line.split("\t")]
    return " | ".join(cell for cell in cells if cell)
