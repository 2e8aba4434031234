"""What makes a published figure one to trust: origin, verification, drafted words, letters, languages, no names."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import altair as alt
import html5lib
import pandas as pd
import pytest
from matplotlib.figure import Figure
from PIL import Image

from helpers import charts, cli, facts, incidents, publish
from helpers.charts import style
from helpers.charts.contrast import DEFICIENCIES, contrast, difference, difference_of_labs, over
from helpers.charts.language import Language, in_language, language, languages
from helpers.problems import InputError
from helpers.publish import assets, lettering, origin, pages, pictures, social
from helpers.publish.verify import verify
from helpers.publish.words import Words

ALT = "Bar chart of police shots by year: 90 in 2023 and 96 in 2024."
WORDS = {"slug": "shots", "title": "Shots by police", "alt": ALT, "source": "COPA, 2024"}


def _bars(**more):
    frame = pd.DataFrame({"year": ["2023", "2024"], "shots": [90, 96], **more})
    return alt.Chart(frame).mark_bar().encode(x="year:N", y="shots:Q", tooltip=["year:N", "shots:Q"])


# Origin and verification


@pytest.fixture
def published(tmp_path, monkeypatch):
    """A figure made from a kit of its own, whose data and notebook a test may change."""
    root = tmp_path / "kit"
    (root / "data").mkdir(parents=True)
    (root / "notebooks").mkdir()
    (root / "data" / "shots.csv").write_text("year,shots\n2024,96\n")
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": 1, "source": "shots = 96"}]
    (root / "notebooks" / "01-test.ipynb").write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}))
    monkeypatch.setenv("KIT_ROOT", str(root))
    facts.notebook("01-test")
    made = publish.figure(_bars(), **WORDS, out=root / "published")
    facts.notebook("")
    return made.folder


def test_a_sound_figure_is_called_sound(published, capsys):
    found = verify(published.parent)
    assert found.sound and "1 of 1 figures are sound" in str(found)
    assert cli.main(["verify", str(published.parent)]) == 0
    assert "shots: sound" in capsys.readouterr().out


@pytest.mark.parametrize(("spoil", "told"), [
    (lambda folder: (folder / "desktop.svg").write_text("<svg/>"), "desktop.svg was changed"),
    (lambda folder: (folder / "social.png").unlink(), "social.png is missing"),
    (lambda folder: (folder / "more.txt").write_text("x"), "more.txt is not the figure's"),
    (lambda folder: (folder / "figure.json").write_text("{"), "figure.json cannot be read"),
    (lambda folder: (folder / "figure.json").write_text("[]"), "figure.json cannot be read"),
    (lambda folder: next((folder.parent / "assets").glob("chart-*")).unlink(), "embed.html needs, is missing"),
    (lambda folder: next((folder.parent / "assets").glob("style-*")).write_text("x"), "was changed"),
])  # fmt: skip
def test_a_changed_file_is_found_and_named(published, spoil, told, capsys):
    spoil(published)
    assert cli.main(["verify", str(published.parent)]) == 1
    assert told in capsys.readouterr().out


@pytest.mark.parametrize(("change", "told"), [
    (lambda root: (root / "data" / "shots.csv").write_text("year,shots\n2024,97\n"), "data/shots.csv has changed"),
    (lambda root: _edit(root, "shots = 97"), "the code of notebook 01-test has changed"),
])  # fmt: skip
def test_a_figure_is_stale_when_its_data_or_its_notebooks_code_has_changed(published, change, told, capsys):
    change(published.parent.parent)
    assert cli.main(["verify", str(published.parent), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["figures"][0]["stale"] == [told] and found["figures"][0]["damaged"] == []


def _edit(root: Path, source: str) -> None:
    place = root / "notebooks" / "01-test.ipynb"
    notebook = json.loads(place.read_text())
    notebook["cells"][0]["source"] = source
    place.write_text(json.dumps(notebook))


def test_a_figure_is_stale_when_the_kit_has_changed_and_says_which_room(published, monkeypatch):
    rooms = origin.helpers_hashes() | {"force": "other"}
    monkeypatch.setattr(origin, "helpers_hashes", lambda: rooms)
    assert verify(published.parent).figures[0].stale == ("helpers have changed: force",)


def test_a_notebook_that_was_only_run_again_makes_nothing_stale(published):
    place = published.parent.parent / "notebooks" / "01-test.ipynb"
    notebook = json.loads(place.read_text())
    notebook["cells"][0] |= {
        "outputs": [{"output_type": "stream", "name": "stdout", "text": "96"}],
        "execution_count": 7,
    }
    place.write_text(json.dumps(notebook))
    assert verify(published.parent).sound


def test_a_file_named_as_input_is_watched_wherever_it_is(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    records = tmp_path / "records.csv"
    records.write_text("a\n1\n")
    publish.figure(_bars(), **WORDS, inputs=[records, None], out=tmp_path / "out")
    assert verify(tmp_path / "out").figures[0].stale == ()
    records.write_text("a\n2\n")
    assert verify(tmp_path / "out").figures[0].stale == ("records.csv has changed",)
    records.unlink()
    assert verify(tmp_path / "out").figures[0].unknown == ("records.csv is not here",)


def test_an_input_that_is_not_there_is_named_and_nothing_is_published(tmp_path):
    with pytest.raises(InputError, match="column inputs: there is no such file"):
        publish.figure(_bars(), **WORDS, inputs=[tmp_path / "no-such.csv"], out=tmp_path)
    assert not (tmp_path / "shots").exists()


def test_a_folder_without_figures_is_told_in_one_line(tmp_path, capsys):
    assert cli.main(["verify", str(tmp_path)]) == 1
    assert "no figure is published here" in capsys.readouterr().err


def test_figure_json_says_all_that_is_needed_to_make_the_figure_again(published):
    about = json.loads((published / "figure.json").read_text())
    assert {"notebook", "notebook_sha256", "parameters", "data", "helpers", "versions", "files", "assets", "alt_text",
            "language", "warnings"} <= about.keys()  # fmt: skip
    assert about["data"].keys() >= {"data/shots.csv"} and about["helpers"].keys() >= {"charts", "publish", "force"}
    assert str(published.parent.parent) not in json.dumps(about), "no path of this machine"


def test_what_others_released_is_held_byte_for_byte_and_draws_what_the_pictures_are_drawn_by():
    import vl_convert

    assert all(assets.released().values())
    text = (assets.RUNTIME / "vega.min.js").read_text()
    assert f'.version="{vl_convert.get_vega_version()}"' in text, "take the Vega that vl-convert draws pictures with"


def test_shared_files_are_named_by_their_hash_and_the_same_in_another_process(tmp_path):
    names = assets.write_assets(tmp_path)
    code = "from helpers.publish.assets import assets; print(sorted(assets().names().values()))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.strip() == str(sorted(names.values()))
    assert {path.name for path in (tmp_path / "assets").iterdir()} == set(names.values())


# Alt text


def test_a_draft_tells_type_data_and_finding_and_is_refused_until_somebody_read_it(tmp_path):
    draft = publish.draft_alt(_bars())
    assert draft == "Bar chart of shots by year. The highest is 96 (2024), the lowest 90 (2023)."
    with pytest.raises(InputError, match="nobody has confirmed"):
        publish.figure(_bars(), **WORDS | {"alt": draft}, out=tmp_path)
    assert not (tmp_path / "shots").exists()
    with pytest.raises(InputError, match="nobody is named"):
        draft.confirmed(by=" ")
    folder = publish.figure(_bars(), **WORDS | {"alt": draft.confirmed(by="AB")}, out=tmp_path).folder
    about = json.loads((folder / "figure.json").read_text())
    assert about["alt_text"] == {"drafted": True, "confirmed_by": "AB"} and about["alt"] == draft


def test_a_draft_without_a_finding_cannot_be_confirmed():
    frame = pd.DataFrame({"x": [1, 2], "y": [1, 2]})
    chart = alt.Chart(frame).mark_point().encode(x=alt.X("x:Q").bin(True), y="y:Q")
    with pytest.raises(InputError, match="no finding"):
        publish.draft_alt(chart).confirmed(by="AB")
    told = publish.draft_alt(chart, finding="Both rise together.")
    assert told.endswith("Both rise together.") and told.confirmed(by="AB") == told


def test_a_draft_counts_and_adds_as_the_chart_does():
    frame = pd.DataFrame({"race": ["a", "a", "b"], "shots": [1, 2, 9]})
    counted = alt.Chart(frame).mark_bar().encode(x="race:N", y="count():Q")
    added = alt.Chart(frame).mark_bar().encode(x="race:N", y="sum(shots):Q")
    assert "The highest is 2 (a), the lowest 1 (b)" in publish.draft_alt(counted)
    assert "The highest is 9 (b), the lowest 3 (a)" in publish.draft_alt(added)


def test_what_the_kit_drafted_and_nobody_confirmed_is_a_warning_in_the_gallery(tmp_path):
    case = incidents.load("dexter-reed-2024")
    chart = charts.shots_over_time(case)
    for slug, words in (("drafted", chart.description), ("edited", chart.description + " Read by AB.")):
        publish.figure(chart, mobile=charts.shots_over_time(case, layout="mobile"), slug=slug, title="Shots",
                       alt=words, source="COPA", out=tmp_path)  # fmt: skip
    drafted, edited = (json.loads((tmp_path / slug / "figure.json").read_text()) for slug in ("drafted", "edited"))
    assert "drafted the alt text" in drafted["warnings"][0] and edited["warnings"] == []
    assert (tmp_path / "index.html").read_text().count("drafted the alt text") == 1


@pytest.mark.parametrize(("alt_text", "reason"), [
    ("Shots by police. Chart.", "little more than the title"), ("Shots by police", "only the title"),
    ("a a a a a a a a a a a a a a a a a a a", "shorter than"), ("  ", "missing"),
])  # fmt: skip
def test_an_alt_text_that_says_nothing_is_refused(tmp_path, alt_text, reason):
    with pytest.raises(InputError, match=reason):
        publish.figure(_bars(), **WORDS | {"alt": alt_text}, out=tmp_path)


# Pictures


def test_a_picture_holds_the_letters_it_needs_under_a_name_of_its_own(tmp_path):
    from fontTools.ttLib import TTFont

    folder = publish.figure(_bars(), **WORDS, out=tmp_path).folder
    svg = (folder / "desktop.svg").read_text()
    assert f'font-family="{style.FONT}' not in svg and 'font-family="kit-' in svg
    assert svg.count("@font-face") == 2, "regular and bold"
    needed = lettering.letters(svg)
    import io

    for cut, text in needed.items():
        held = TTFont(io.BytesIO(lettering.cut_font(cut, text))).getBestCmap()
        assert {ord(letter) for letter in text} <= set(held)


def test_outlined_text_looks_the_same_and_is_no_text(tmp_path):
    import numpy as np
    import vl_convert

    real = publish.figure(_bars(), **WORDS, out=tmp_path / "a").folder
    shapes = publish.figure(_bars(), **WORDS, text="outlined", out=tmp_path / "b").folder
    svg = (shapes / "desktop.svg").read_text()
    ElementTree.fromstring(svg)
    assert "<text" not in svg and "@font-face" not in svg and "<title" in svg
    drawn = []
    for content in (vl_convert.svg_to_png((real / "desktop.svg").read_text(), scale=2), pictures.to_png(svg)):
        place = tmp_path / "drawn.png"
        place.write_bytes(content)
        drawn.append(np.asarray(Image.open(place).convert("L"), float))
    assert np.abs(drawn[0] - drawn[1]).mean() < 1.5 and (np.abs(drawn[0] - drawn[1]) > 128).mean() < 0.003


def test_a_labels_halo_is_as_wide_in_shapes_as_in_text():
    # Found on 22 November 2026: it was scaled down with the letters, and lines ran through them in print.
    text = '<text stroke="#fff" stroke-width="3px" font-size="12.5px" x="1" y="9">10</text>'
    drawn = lettering.outlined(f'<svg viewBox="0 0 90 20">{text}</svg>')
    (scale,) = set(re.findall(r"scale\(([\d.]+)\)", drawn))
    (width,) = re.findall(r'stroke-width="([\d.]+)"', drawn)
    assert float(width) * float(scale) == pytest.approx(3)


@pytest.mark.parametrize(
    "text",
    [
        '<text x="60" y="70" font-size="20px" font-weight="700">Anchored</text>',
        '<text x="160" y="70" font-size="20px" text-anchor="end">Anchored</text>',
        '<text style="font: italic 700 20px \'Source Sans Pro\'; text-anchor: middle; fill: #555" x="90" y="70"'
        ' transform="rotate(-30 90 70)">Anchored</text>',
        '<text style="font-size: 20px; font-weight: 700; text-anchor: end" x="160" y="50"><tspan x="160">Two</tspan>'
        '<tspan x="160" dy="22px">lines</tspan></text>',
    ],
)
def test_a_text_stands_in_shapes_where_it_stood(text):
    # Found on 23 November 2026: all words of cards for sharing were at the top, matplotlib's stood beside their ticks.
    import numpy as np
    import vl_convert

    style.register_fonts()
    text = text.replace("<text", f'<text font-family="{style.FONT_STACK}"')
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    svg = f'<svg {spaces} width="200" height="100"><rect width="200" height="100" fill="#fff"></rect>{text}</svg>'
    drawn = []
    for picture in (vl_convert.svg_to_png(svg, scale=4), pictures.to_png(svg, scale=4)):
        dark = np.asarray(Image.open(io.BytesIO(picture)).convert("L")) < 190
        drawn.append([*np.flatnonzero(dark.any(0))[[0, -1]], *np.flatnonzero(dark.any(1))[[0, -1]]])
    assert np.abs(np.subtract(*drawn)).max() <= 4, "a pixel of the picture at most"


def test_a_text_whose_letters_the_typeface_lacks_stays_a_text_when_outlined():
    svg = '<svg xmlns="x"><text font-size="12px">96 shots</text><text font-size="12px">日本</text><text/></svg>'
    drawn = lettering.outlined(svg)
    assert "日本</text>" in drawn and "96 shots</text>" not in drawn and 'aria-label="96 shots"' in drawn


@pytest.mark.parametrize(
    "words", [WORDS, WORDS | {"title": "A very long headline about shots " * 6, "source": "S " * 200}]
)
def test_the_card_for_sharing_is_1200_by_630_with_headline_and_source(tmp_path, words, monkeypatch):
    import numpy as np

    drawn = []
    monkeypatch.setattr(social.pictures, "to_png", lambda svg, scale=2: drawn.append(svg) or _png(svg, scale))
    folder = publish.figure(_bars(), **words, out=tmp_path).folder
    assert Image.open(folder / "social.png").size == social.SIZE
    card = next(svg for svg in drawn if 'width="1200"' in svg)
    texts = [node for node in ElementTree.fromstring(card) if node.tag.endswith("}text")]
    assert texts[0].text.startswith(words["title"][:6]) and any("Source: " in text.text for text in texts)
    for text in texts:
        right = float(text.get("x")) + style.text_width(
            text.text, int(text.get("font-size")), bold=text.get("font-weight") == "700"
        )
        assert right <= 1200 - 20 and float(text.get("y")) <= 610
    # The picture has ink where each of its texts begins, not only the drawing's source.
    ink = np.asarray(Image.open(folder / "social.png").convert("L")) < 200
    for text in texts:
        x, y, size = (int(float(text.get(name))) for name in ("x", "y", "font-size"))
        assert ink[y - size : y, x : x + 2 * size].any(), text.text


_png = pictures.to_png


def test_pdf_and_pictures_are_the_same_bytes_in_another_process(tmp_path):
    code = (
        "import sys; sys.path.insert(0, '.');"
        "from tests.test_publish_trust import _bars, WORDS; from helpers import publish;"
        "from helpers.files import sha256;"
        f"folder = publish.figure(_bars(), **WORDS, out={str(tmp_path)!r}).folder;"
        "print({p.name: sha256(p) for p in sorted(folder.iterdir()) })"
    )
    runs = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout for _ in "12"
    }
    assert len(runs) == 1 and "desktop.pdf" in runs.pop()


def test_a_matplotlib_figure_gets_every_file_that_a_chart_gets_and_a_phones_own_shape(tmp_path):
    figure = Figure(figsize=(7.2, 4))
    figure.subplots().plot([1, 2, 3], [2, 4, 3])
    data = pd.DataFrame({"x": [1, 2, 3], "y": [2, 4, 3]})
    words = WORDS | {"slug": "drawn"}
    folder = publish.figure(figure, **words, data=data, out=tmp_path).folder
    assert {path.name for path in folder.iterdir()} == {
        "desktop.svg", "desktop.png", "desktop.pdf", "mobile.svg", "mobile.png", "social.png", "embed.html",
        "iframe.html", "snippet.html", "data.csv", "figure.json"}  # fmt: skip
    wide, narrow = (Image.open(folder / f"{name}.png") for name in ("desktop", "mobile"))
    assert narrow.width < 800 < wide.width and Image.open(folder / "social.png").size == social.SIZE
    svg = (folder / "desktop.svg").read_text()
    assert "@font-face" in svg and "'kit-" in svg
    embed = (folder / "embed.html").read_text()
    html5lib.HTMLParser(strict=True).parse(embed)
    assert "desktop.svg" in embed and "frame-" in embed and "chart-" not in embed
    outlined = publish.figure(figure, **words, data=data, text="outlined", out=tmp_path / "b").folder
    assert "<text" not in (outlined / "desktop.svg").read_text()


# Words and languages


def test_spanish_words_dates_and_table_reach_every_page(tmp_path):
    words = WORDS | {"title": "Disparos de la policía", "alt": "Gráfico de barras de disparos por año: 90 y 1,096."}
    chart = _bars()
    folder = publish.figure(chart, **words, as_of="2024-03-21", language="es", out=tmp_path).folder
    for name in ("embed.html", "snippet.html"):
        page = (folder / name).read_text()
        assert "Fuente: COPA, 2024 (al 21 de marzo de 2024)" in page and 'lang="es"' in page
        assert "Descargar los datos" in page and "Ver los datos en una tabla" in page
        assert "Source:" not in page and "Get the data" not in page
    assert "Señale una marca" in (folder / "embed.html").read_text()
    svg = (folder / "desktop.svg").read_text()
    assert 'lang="es"' in svg and "Fuente: COPA" in svg


def test_every_language_has_every_phrase_with_the_same_blanks():
    import string

    def blanks(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}

    english = language("en")
    assert set(languages()) >= {"en", "es"}
    for code in languages():
        spoken = language(code)
        assert spoken.words.keys() == english.words.keys()
        assert {key: blanks(text) for key, text in spoken.words.items()} == {
            key: blanks(text) for key, text in english.words.items()}  # fmt: skip
        assert spoken.numbers.keys() == english.numbers.keys() and spoken.dates.keys() == english.dates.keys()


def test_numbers_are_written_as_the_language_writes_them():
    english = language("en")
    signs = {**english.numbers, "decimal": ",", "thousands": "."}
    german = Language("de", "Deutsch", {"n": "{value} Schüsse"}, {}, {}, signs, english.dates, english.written)
    assert german.number(1234567.5) == "1.234.567,5" and german.say("n", value=1096) == "1.096 Schüsse"
    assert english.number(1234.5678, 5) == "1,234.6"


@pytest.mark.parametrize(("text", "english", "spanish"), [
    ("2024-03-21", "March 21, 2024", "21 de marzo de 2024"), ("2024-03", "March 2024", "marzo de 2024"),
    ("2024", "2024", "2024"), ("2024-13", "2024-13", "2024-13"), ("no date", "no date", "no date"),
])  # fmt: skip
def test_dates_are_written_out_and_what_is_no_date_stands(text, english, spanish):
    assert (language("en").date(text), language("es").date(text)) == (english, spanish)


def test_a_language_that_there_is_not_is_refused_with_those_that_there_are(tmp_path):
    with pytest.raises(InputError, match="en, es"):
        publish.figure(_bars(), **WORDS, language="fr", out=tmp_path)
    with pytest.raises(InputError, match="en, es"), in_language("xx"):
        pass


# Data in pages


def test_the_folded_table_holds_every_row_up_to_a_limit_and_says_so():
    words = Words(**WORDS)
    few, many = (pd.DataFrame({"year": range(number), "shots": [1234.5] * number}) for number in (3, 250))
    text = pages.table(words, few, "t")
    assert text.count("<tr>") == 4 and '<td class="number">1,234.5</td>' in text and 'scope="col"' in text
    assert "The first 100 of 250 rows" in pages.table(words, many, "t")


def test_a_missing_cell_says_that_it_is_not_known():
    frame = pd.DataFrame({"shots": [1.0, None], "place": ["a", None]})
    assert pages.table(Words(**WORDS), frame, "t").count("not known") == 2


def test_names_in_the_input_reach_no_file_at_all(tmp_path):
    names = ["Nomen Nescio", "Ángela Pérez-Ñúñez", "O'Brien <b>", "Z" * 40]
    frame = pd.DataFrame({"year": ["1", "2", "3", "4"], "shots": range(4), "name": names, "victim": names[::-1]})
    chart = alt.Chart(frame).mark_bar().encode(x="year:N", y="shots:Q", tooltip=["year:N"])
    hidden = alt.layer(chart, alt.Chart(frame).mark_rule().encode(y="mean(shots):Q"))
    for number, one_file in enumerate((False, True)):
        publish.figure(hidden, **WORDS | {"slug": f"shots-{number}"}, one_file=one_file, out=tmp_path)
    figure = Figure()
    figure.subplots().plot(frame["shots"])
    publish.figure(figure, **WORDS | {"slug": "drawn"}, data=frame[["year", "shots"]], out=tmp_path)
    everything = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(everything) > 30
    for name in names:
        for form in {name, json.dumps(name)[1:-1], name.replace("'", "&#x27;"), name.replace("<", "&lt;")}:
            assert [path.name for path in everything if form.encode() in path.read_bytes()] == []


def test_no_control_of_direction_can_turn_a_number_round(tmp_path):
    frame = pd.DataFrame({"place": ["\u202e96", "\u2067ab\u2069"], "shots": [96, 1]})
    chart = alt.Chart(frame).mark_bar().encode(x="place:N", y="shots:Q", tooltip="place:N")
    words = {"title": "\u202e96 shots", "alt": ALT + "\u2066", "source": "\u202dS", "notes": "\u202aN"}
    publish.figure(chart, slug="turned", **words, out=tmp_path)
    controls = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
    for path in [*(tmp_path / "turned").iterdir(), tmp_path / "index.html"]:
        if path.suffix in (".html", ".svg", ".csv", ".json"):
            text = path.read_text(encoding="utf-8")
            escaped = [f"\\u{ord(control):04x}" for control in controls] + [f"&#{ord(each)};" for each in controls]
            assert not any(control in text for control in controls + escaped), path.name
            assert "\ufffd" in text, path.name


def test_data_from_an_address_is_refused(tmp_path):
    chart = alt.Chart(alt.UrlData(url="https://example.org/a.csv")).mark_bar().encode(x="a:N", y="b:Q")
    with pytest.raises(InputError, match="from an address"):
        publish.figure(chart, **WORDS, out=tmp_path)
    assert not list(tmp_path.iterdir())


# Colours


@pytest.mark.parametrize(("one", "other", "expected"), [
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425), ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0),
    ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669), ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0009), 7.1792),
    ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0011), 7.2195), ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ((50.0, 2.5, 0.0), (58.0, 24.0, 15.0), 19.4535), 
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((22.7233, 20.0904, -46.694), (23.0331, 14.973, -42.5619), 2.0373),
    ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
])  # fmt: skip
def test_differences_are_those_that_sharma_published(one, other, expected):
    assert difference_of_labs(one, other) == pytest.approx(expected, abs=1e-4)
    assert difference_of_labs(other, one) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("colours", [style.COLOURS, style.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("deficiency", [None, *DEFICIENCIES])
def test_focus_stands_from_context_by_15_however_colours_are_seen(colours, deficiency):
    assert difference(colours.focus, colours.context, deficiency) >= 15
    assert difference(colours.focus, colours.background, deficiency) >= 15


@pytest.mark.parametrize("colours", [style.COLOURS, style.DARK], ids=["light", "dark"])
def test_every_role_stands_out_in_both_modes(colours):
    for role in ("text", "quiet_text", "focus", "reference", "event", "warning"):
        assert contrast(getattr(colours, role), colours.background) >= 4.5, role
        band = over(colours.band, colours.background, style.BAND["fillOpacity"])
        assert contrast(getattr(colours, role), band) >= 4.5, f"{role} on a band"
    for role in ("context", "axis"):
        assert contrast(getattr(colours, role), colours.background) >= 3, role


def test_black_on_white_is_21_to_1_and_half_black_is_grey():
    assert contrast("#000000", "#ffffff") == pytest.approx(21) and over("#000000", "#ffffff", 0.5) == "#808080"


def test_a_chart_in_other_colours_stands_on_a_card_in_the_dark_and_pale_text_is_a_warning(tmp_path):
    chart = _bars().mark_bar(color="#ff00ff") + _bars().mark_text(color="#cccccc", dy=-8).encode(text="shots:Q")
    folder = publish.figure(chart, **WORDS, out=tmp_path).folder
    about = json.loads((folder / "figure.json").read_text())
    assert about["follows_dark"] is False and 'class="card"' in (folder / "embed.html").read_text()
    assert any("too pale" in each for each in about["warnings"]) and any(
        "white card" in each for each in about["warnings"]
    )
