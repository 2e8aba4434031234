"""Reading articles: plain text, Markdown, HTML and docx, and what is refused."""

import io
import zipfile

import pytest

from helpers.claims import check
from helpers.claims.articles import MOST_UNPACKED, read
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


def test_docx_paragraphs_tables_and_split_runs_are_read(tmp_path):
    body = (
        "<w:p><w:r><w:t>Police fired 9</w:t></w:r><w:r><w:t>6 shots.</w:t></w:r></w:p>"
        "<w:p><w:del><w:r><w:delText>Police fired 50 shots.</w:delText></w:r></w:del></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>In a table</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    report = check(docx(tmp_path / "story.docx", body), [SHOTS])
    assert report.article.text.split("\n\n") == ["Police fired 96 shots.", "In a table\n"]
    assert [claim.text for claim in report.claims] == ["96 shots"]


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
