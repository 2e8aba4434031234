"""A thousand hostile words, labels and cells: what is written still parses, and nothing in it runs."""

from __future__ import annotations

import json
import random
from pathlib import Path
from xml.etree import ElementTree

import altair as alt
import html5lib
import pandas as pd
import pytest

from helpers import publish
from helpers.problems import InputError
from helpers.publish.compiled import INHERITED
from tests import embeds

FIGURES, LABELS, CELLS = 5, 20, 180  # and four words each: 1,020 strings
PIECES = (
    "</script><script>window.ran=1</script>", "<img src=x onerror=window.ran=1>", "<svg onload=window.ran=1>",
    '" onmouseover="window.ran=1', "' autofocus onfocus='window.ran=1", "javascript:window.ran=1", "<!--", "-->",
    "]]>", "<![CDATA[", "</title>", "</style>", "</textarea>", "</template>", "</noscript>", "&lt;", "&#60;", "&",
    "<", ">", '"', "'", "`", "\\", "\\u003c", "${window.ran=1}", "{{ran}}", "=cmd|' /C calc'!A0", "@SUM(1+1)", "+1",
    "-1", "\u202e", "\u2066", "\u200f", "\u2028", "\u2029", "\x00", "\x1b[31m", "\ufffe", "\ud800", "\U0001f4a9",
    "e\u0301", "\u0635\u0644\u0649", "日本", "null", "NaN", "undefined", "__proto__", "constructor", "datum.ran=1",
    ' id="x"', "href=\"#a\"", "url(#x)", "%3Cscript%3E", "\n", "\r\n", "\t", "  ", "$x^2$", "\\alpha", "1,234.5",
)  # fmt: skip
LONG = "x" * 10_000


def _string(chance: random.Random) -> str:
    parts = [chance.choice(PIECES) if chance.random() < 0.7 else _letters(chance) for _ in range(chance.randint(1, 6))]
    return "".join(parts)


def _letters(chance: random.Random) -> str:
    return "".join(chr(chance.choice((chance.randint(32, 126), chance.randint(0xA0, 0x24F)))) for _ in range(4))


def _figure(number: int, out: Path) -> Path:
    chance = random.Random(number)
    title, subtitle, notes, source = (f"w {_string(chance)}" for _ in range(4))
    # pandas itself refuses half a surrogate pair in a column of text; words may hold one.
    cells = [LONG if number == 0 and place == 3 else _string(chance) for place in range(CELLS + LABELS)]
    cells = [cell.replace("\ud800", "\ufffd") for cell in cells]
    cells = [f"{cell}." if cell in INHERITED else cell for cell in cells]
    labels = cells[:LABELS] * (CELLS // LABELS)
    frame = pd.DataFrame({"place": labels, "kind": cells[LABELS:], "shots": range(CELLS)})
    chart = (
        alt.Chart(frame, title=title)
        .mark_point()
        .encode(y=alt.Y("place:N", title=_string(chance)), x="shots:Q", tooltip=["place:N", "kind:N", "shots:Q"])
    )
    described = f"Bar chart of hostile words by shots, which shows that nothing runs. {title}"
    words = {"title": title, "subtitle": subtitle, "notes": notes, "source": source, "alt": described}
    return publish.figure(chart, slug=f"hostile-{number}", **words, one_file=number % 5 == 0, out=out).folder


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Five figures whose every word, label and cell is hostile."""
    out = tmp_path_factory.mktemp("hostile")
    return [_figure(number, out) for number in range(FIGURES)]


def test_a_thousand_strings_are_put_to_it(hostile):
    assert len(hostile) * (CELLS + LABELS + 4) >= 1000


def test_every_page_parses_as_html_without_one_error(hostile):
    for folder in hostile:
        for name in ("embed.html", "snippet.html", "iframe.html"):
            text = (folder / name).read_text(encoding="utf-8")
            parser = html5lib.HTMLParser(strict=True)
            tree = (parser.parse if name == "embed.html" else parser.parseFragment)(text)
            tags = [node for node in tree.iter() if isinstance(node.tag, str)]
            scripts = [node for node in tags if node.tag.endswith("}script")]
            assert len(scripts) == {"embed.html": 2, "snippet.html": 0, "iframe.html": 1}[name]
            assert not [key for node in tags for key in node.attrib if str(key).startswith("on")]
    html5lib.HTMLParser(strict=True).parse((hostile[0].parent / "index.html").read_text(encoding="utf-8"))


def test_every_picture_and_every_record_parses_and_holds_nothing_that_runs(hostile):
    for folder in hostile:
        for name in ("desktop", "mobile"):
            root = ElementTree.fromstring((folder / f"{name}.svg").read_text(encoding="utf-8"))
            tags = {node.tag.rpartition("}")[2] for node in root.iter()}
            assert not tags & {"script", "img", "foreignObject", "iframe", "a", "animate", "set"}
            assert not [key for node in root.iter() for key in node.attrib if key.lower().startswith("on")]
        for name in ("chart.json", "figure.json"):
            json.loads((folder / name).read_text(encoding="utf-8"))
        assert (folder / "desktop.pdf").read_bytes().startswith(b"%PDF-")


def test_no_cell_of_the_data_is_a_formula_and_none_is_lost(hostile):
    for folder in hostile:
        table = pd.read_csv(folder / "data.csv", keep_default_na=False)
        assert len(table) == CELLS
        assert not [cell for cell in table["place"] if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_in_the_browser_nothing_runs_and_every_mark_is_told_as_it_is(browser, hostile):
    with embeds.served(hostile[0].parent) as site:
        for folder in hostile[:3]:
            page, complaints = embeds.opened(browser, f"{site}/{folder.name}/embed.html", width=900)
            embeds.wait_drawn(page, "desktop")
            page.focus("#chart")
            for _ in range(8):
                page.keyboard.press("ArrowRight")
            assert page.evaluate("window.ran") is None and "place: " in page.inner_text("#tip")
            assert complaints == []
            code = (folder / "snippet.html").read_text(encoding="utf-8")
            page.goto(f"{site}/{folder.name}/figure.json")
            page.set_content(f"<!doctype html><title>t</title>{code}")
            assert page.evaluate("window.ran") is None
            page.close()
        page, complaints = embeds.opened(browser, f"{site}/index.html", width=1200)
        assert page.evaluate("window.ran") is None and complaints == []
        assert page.locator("article").count() == FIGURES
        page.close()


@pytest.mark.parametrize("cell", ["constructor", "__proto__", "toString"])
def test_a_cell_that_vega_would_leave_out_in_silence_is_refused(tmp_path, cell):
    frame = pd.DataFrame({"place": [cell, "b"], "shots": [1, 2]})
    chart = alt.Chart(frame).mark_bar().encode(x="place:N", y="shots:Q")
    with pytest.raises(InputError, match="something in JavaScript"):
        publish.figure(chart, slug="a", title="A title", alt="Bar chart of shots by place: 1 and 2.", source="S",
                       out=tmp_path)  # fmt: skip
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("heading", ["a\\b", "a\n\u2028b", 'a"b', "a\\'"])
def test_a_heading_with_any_sign_is_drawn(tmp_path, heading):
    frame = pd.DataFrame({"place": ["a", "b"], "shots": [1, 2]})
    chart = (
        alt.Chart(frame)
        .mark_bar()
        .encode(x=alt.X("place:N", title=heading), y="shots:Q", tooltip=alt.Tooltip("place:N", title=heading))
    )
    folder = publish.figure(chart, slug="a", title="A title", alt="Bar chart of shots by place: 1 and 2.", source="S",
                            out=tmp_path).folder  # fmt: skip
    ElementTree.fromstring((folder / "desktop.svg").read_text(encoding="utf-8"))
