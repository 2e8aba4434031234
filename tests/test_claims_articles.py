"""Reading articles: plain text, Markdown, HTML and docx, and what is refused."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.claims import check
from helpers.claims.articles import MOST_UNPACKED, read
from helpers.claims.pages import page
from helpers.facts import Fact
from helpers.problems import InputError

SHOTS = Fact("shots_by_police", 96, "shots", "approx", counts="shots fired by police", source="COPA")
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(path, body, name="word/document.xml", head=""):
    document = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, document)
    return path


def test_plain_text_keeps_its_offsets(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text("Police – all of them – fired 96\u00a0shots.\r\nThey “left”.\n", encoding="utf-8", newline="")
    report = check(path, [SHOTS])
    (claim,) = report.claims
    assert path.read_bytes().decode()[claim.start : claim.end].replace("\u00a0", " ") == claim.text == "96 shots"
    assert claim.status == "supported"


def test_markdown_code_comments_and_addresses_hold_no_claims(tmp_path):
    path = tmp_path / "story.md"
    path.write_text(
        "---\ndate: 41\n---\nPolice fired [96 shots](https://example.org/13/50).\n\n"
        "```\nx = 11\n```\n\nUse `y = 79`. <!-- 5 officers -->\n",
        encoding="utf-8",
    )
    claims = check(path, [SHOTS]).claims
    assert [claim.text for claim in claims if claim.status != "not a claim"] == ["96 shots"]
    assert all(claim.working for claim in claims)


def test_html_is_read_as_its_reader_sees_it(tmp_path):
    path = tmp_path / "story.html"
    path.write_text(
        "<html><head><title>13</title><style>p{width:50px}</style></head><body><script>var shots = 11</script>"
        "<p>Police fired <b>ninety</b>-six shots &amp; more.</p><p>Reed&#8217;s car<br>stood</p></body></html>",
        encoding="utf-8",
    )
    report = check(path, [SHOTS])
    assert report.article.text == "Police fired ninety-six shots & more.\n\nReed’s car\nstood\n"
    assert [(claim.text, claim.status) for claim in report.claims] == [("ninety-six shots", "supported")]


@pytest.mark.parametrize(
    "page", ["<p>Police fired 96 shots", "<div><p>Police fired 96 shots</div></b></i>", "<!-- <p>96"]
)
def test_broken_html_is_read_without_fault(tmp_path, page):
    path = tmp_path / "story.html"
    path.write_text("<p>They left.</p>" + page, encoding="utf-8")
    assert "They left." in read(path).text


PAGE = """<html><body><nav>Sections (14)</nav><header><h1>41 seconds</h1></header>
<article><p>Police fired 96 shots.<table><thead><tr><th>Count<th>Shots</thead>
<tr><td><p>COPA</p></td><td><p>96</p></td></tr><tr><td>Officers' reports</td><td></td><td>79</td></tr></table>
<aside>In short: police fired 50 shots.</aside><footer>Corrected: 13 wounds.</footer></article>
<aside><h3>Most read</h3>7 places to eat</aside><footer>303 Lake View, 60601</footer></body></html>"""


def test_what_surrounds_an_article_on_its_page_is_told_apart_and_a_box_within_it_is_read(tmp_path):
    (tmp_path / "story.html").write_text(PAGE, encoding="utf-8")
    report = check(tmp_path / "story.html", [SHOTS])
    text = report.article.text
    claims = {claim.text: claim.status for claim in report.claims}
    assert all(text[claim.start : claim.end] == claim.text for claim in report.claims)
    apart = [claim.text for claim in report.claims if "around the article" in claim.working]
    assert apart == ["Sections (14)", "Most read\n\n7 places to eat", "303 Lake View, 60601"]
    assert claims["96 shots"] == claims["96"] == "supported"
    assert claims["50 shots"] == "contradicted"
    assert claims["13 wounds"] != "not a claim"


def test_a_tables_row_is_one_paragraph_so_that_its_figure_stands_beside_its_name(tmp_path):
    (tmp_path / "story.html").write_text(PAGE, encoding="utf-8")
    assert "\n\nCount | Shots\n\nCOPA | 96\n\nOfficers' reports | 79\n\n" in read(tmp_path / "story.html").text
    cells = "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in ("COPA", "96"))
    body = f"<w:p><w:r><w:t>Before.</w:t></w:r></w:p><w:tbl><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>"
    assert read(docx(tmp_path / "story.docx", body)).text == "Before.\n\nCOPA | 96\n\nCOPA | 96\n"


def test_a_table_that_lays_out_a_page_keeps_its_paragraphs(tmp_path):
    story = "".join(f"<p>Paragraph {word} of a story that goes on and on and on, as stories do.</p>" for word in "abcd")
    (tmp_path / "story.html").write_text(f"<table><tr><td>{story}</td></tr></table>", encoding="utf-8")
    assert read(tmp_path / "story.html").text.count("\n\n") == 3


_TAGS = "nav aside footer article main table tr td th p div br script b li h1 tbody".split()  # noqa: SIM905


_PIECES = [f"<{tag}>" for tag in _TAGS] + [f"</{tag}>" for tag in _TAGS]
_PIECES += ["96 shots", " ", "\n", "&#xE000;", "\ue002", "\ue003", "fired"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=40))
def test_any_page_is_read_without_fault_and_its_spans_lie_in_its_text(pieces):
    text, spans = page("".join(pieces))
    assert not set("\ue000\ue001\ue002\ue003\t") & set(text)
    assert all(0 <= start < end <= len(text) for start, end, _ in spans)


def test_docx_paragraphs_tables_and_split_runs_are_read(tmp_path):
    body = (
        "<w:p><w:r><w:t>Police fired 9</w:t></w:r><w:r><w:t>6 shots.</w:t></w:r></w:p>"
        "<w:p><w:del><w:r><w:delText>Police fired 50 shots.</w:delText></w:r></w:del></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>In a table</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    report = check(docx(tmp_path / "story.docx", body), [SHOTS])
    assert report.article.text.split("\n\n") == ["Police fired 96 shots.", "In a table\n"]
    assert [claim.text for claim in report.claims] == ["96 shots"]


def test_a_text_box_that_a_document_holds_twice_is_read_once(tmp_path):
    box = "<w:p><w:r><w:t>Police fired 96 shots.</w:t></w:r></w:p>"
    body = f'<x:both xmlns:x="x"><x:Choice>{box}</x:Choice><x:Fallback>{box}</x:Fallback></x:both>'
    assert read(docx(tmp_path / "story.docx", body)).text == "Police fired 96 shots.\n"


def refused(path):
    with pytest.raises(InputError) as caught:
        read(path)
    assert path.name in str(caught.value)
    return str(caught.value)


def test_what_is_no_docx_is_refused(tmp_path):
    path = tmp_path / "story.docx"
    path.write_bytes(b"Police fired 96 shots.")
    assert "not a readable .docx" in refused(path)
    docx(path, "", name="other.xml")
    assert "not a readable .docx" in refused(path)


def test_a_docx_cut_short_is_refused(tmp_path):
    path = docx(tmp_path / "story.docx", "<w:p><w:r><w:t>Police fired 96 shots.</w:t></w:r></w:p>")
    path.write_bytes(path.read_bytes()[:-40])
    assert "not a readable .docx" in refused(path)


def test_a_docx_with_bytes_changed_inside_is_refused(tmp_path):
    path = docx(tmp_path / "story.docx", "<w:p><w:r><w:t>Police fired 96 shots.</w:t></w:r></w:p>" * 50)
    content = bytearray(path.read_bytes())
    content[60:70] = b"\xff" * 10
    path.write_bytes(content)
    assert "docx" in refused(path)


def test_a_docx_whose_text_is_no_xml_is_refused(tmp_path):
    assert "cannot be read" in refused(docx(tmp_path / "story.docx", "<w:p><w:r>"))


def test_a_docx_that_declares_entities_is_refused(tmp_path):
    head = '<!DOCTYPE x [<!ENTITY a "96"><!ENTITY b "&a;&a;&a;&a;">]>'
    assert "cannot be read" in refused(docx(tmp_path / "story.docx", "<w:p><w:t>&b;</w:t></w:p>", head=head))


def test_a_zip_bomb_is_refused_without_unpacking_it(tmp_path):
    path = tmp_path / "story.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(MOST_UNPACKED // 10**6 + 2):
            part.write(b" " * 10**6)
    assert path.stat().st_size < 200_000
    assert "unpacks to more than" in refused(path)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("story.txt", b"Police fired 96 shots.\nCaf\xe9\n", "row 2: not UTF-8"),
        ("story.md", b"\xff\xfe9\x006\x00", "not UTF-8"),
        ("story.html", b"<p>\x0096</p>", "null byte"),
        ("story.txt", b"  \n", "no text"),
        ("story.pdf", b"%PDF", "not read from .pdf"),
        ("story", b"96", "without ending"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_remedy(tmp_path, name, content, told):
    path = tmp_path / name
    path.write_bytes(content)
    assert told in refused(path)


def test_a_missing_file_a_folder_and_a_huge_file_are_refused(tmp_path):
    assert "no such file" in refused(tmp_path / "none.txt")
    (tmp_path / "folder.txt").mkdir()
    assert "a folder" in refused(tmp_path / "folder.txt")
    (tmp_path / "huge.txt").write_bytes(b"a" * 5_000_001)
    assert "larger than" in refused(tmp_path / "huge.txt")


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path):
    path = tmp_path / "story.txt"
    path.write_bytes("\ufeffPolice fired 96 shots.".encode())
    assert read(path).text.startswith("Police")


def test_an_encrypted_part_is_refused(tmp_path):
    path = docx(tmp_path / "story.docx", "<w:p/>")
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    path.write_bytes(content)
    assert zipfile.is_zipfile(io.BytesIO(content))
    assert "not a readable .docx" in refused(path)
