"""Published figures in a real browser: they draw offline under their own policy, readable, reachable, in both modes."""

from __future__ import annotations

import gzip
import json
import re
from functools import cache

import pytest

from helpers import charts, incidents, publish
from helpers.charts import style
from helpers.charts.contrast import contrast, over
from tests import embeds
from tests.browsing import axe_violations
from tests.shipped import publish_all

SHIPPED = (
    "chicago-shots-per-incident", "dexter-reed-2024-among-chicago-shootings", "dexter-reed-2024-first-chart",
    "dexter-reed-2024-in-context", "dexter-reed-2024-shots-over-time", "rate-ratios", "rates-by-city",
    "rates-by-group", "rates-by-place", "rates-by-year", "rehearsal", "footage-shots-over-time",
    "rehearsal-walkthrough",
)  # fmt: skip
PRINTED, ALONE = "printed", "rehearsal-alone"
WIDTHS = (320, 600, 1200)
NIGHT = {"light": style.COLOURS.background, "dark": style.DARK.background}


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    """Every figure that the notebooks publish, the rehearsal's, one of matplotlib's, and one in one file."""
    folder = tmp_path_factory.mktemp("published")
    publish_all(folder)
    case = incidents.load("rehearsal")
    both = [charts.shots_over_time(case, layout=layout) for layout in style.LAYOUTS]
    words = {"title": incidents.headline(case), "alt": both[0].description, "source": "The kit's simulator"}
    publish.figure(both[0], mobile=both[1], slug="rehearsal", **words, out=folder)
    publish.figure(both[0], mobile=both[1], slug=ALONE, **words, one_file=True, out=folder)
    measured = incidents.load("lapd-fid-023-20")
    publish.figure(
        charts.shots_over_time_print(measured), data=measured.shots[["t_s", "shooter", "status"]], status="measured",
        slug=PRINTED, title="Shots in an LAPD shooting", alt="Strip of shots by shooter, and shots so far.",
        source="LAPD", out=folder,
    )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def site(out):
    with embeds.served(out) as address:
        yield address


@pytest.fixture(scope="module")
def seen(browser, site):
    """What is measured of a shipped figure: one page a figure, resized and turned dark, never loaded again."""

    @cache
    def measure(slug: str) -> dict:
        page, complaints = embeds.opened(browser, f"{site}/{slug}/embed.html", width=WIDTHS[0], color_scheme="light")
        found = {}
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 1600})
            embeds.wait_drawn(page, "mobile" if width < 560 else "desktop")
            for scheme in NIGHT:
                page.emulate_media(color_scheme=scheme)
                found[width, scheme] = page.evaluate(embeds.MEASURE)
                if width == 600:
                    found["axe", scheme] = axe_violations(page)
            page.emulate_media(color_scheme="light")
        found["alt"] = page.get_attribute("#chart", "aria-label")
        found["keys"] = _by_keys(page)
        found["complaints"] = complaints
        page.close()
        return found

    return measure


def _by_keys(page) -> dict:
    """What a reader finds who has only a keyboard."""
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "chart":
            break
    told = {"focused": page.evaluate("document.activeElement.id"), "outline": page.evaluate(
        "getComputedStyle(document.getElementById('chart')).outlineStyle")}  # fmt: skip
    for key in ("ArrowRight", "End", "Home"):
        page.keyboard.press(key)
        told[key] = (page.inner_text("#spoken"), page.evaluate("document.getElementById('tip').textContent"))
    page.keyboard.press("Escape")
    told["hidden"] = page.evaluate("document.getElementById('tip').hidden")
    return told


def test_the_figures_looked_at_are_all_that_the_notebooks_publish(out):
    found = {path.parent.name for path in out.glob("*/figure.json")}
    assert found == {*SHIPPED, PRINTED, ALONE}


@pytest.mark.parametrize("slug", SHIPPED)
def test_an_embed_draws_offline_under_its_own_policy_without_a_complaint(seen, out, slug):
    assert seen(slug)["complaints"] == []
    for width in WIDTHS:
        assert seen(slug)[width, "light"]["drawn"] == ("mobile" if width < 560 else "desktop")
        assert seen(slug)[width, "light"]["wider"] <= 0, "the page scrolls sideways"
    page = (out / slug / "embed.html").read_text()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page).group(1)
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy


@pytest.mark.parametrize("slug", SHIPPED)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_text_of_an_embed_covers_another_or_is_clipped(seen, slug, width):
    found = seen(slug)[width, "light"]
    assert embeds.overlapping(found["texts"]) == []
    left, top, right, bottom = found["frame"]
    out = [text["words"] for text in found["texts"] if text["box"][0] < left - 1.5 or text["box"][2] > right + 1.5
           or text["box"][1] < top - 2 or text["box"][3] > bottom + 2]  # fmt: skip
    assert out == []


def _hex(colour: str) -> str | None:
    numbers = [float(number) for number in re.findall(r"[\d.]+", colour)]
    if not colour.startswith("rgb") or (len(numbers) == 4 and numbers[3] == 0):
        return None
    return "#" + "".join(f"{round(number):02x}" for number in numbers[:3])


def _ground(text: dict, background: str) -> str:
    """What a text stands on: the background, with the marks under it laid over one another."""
    colour = background
    for mark in reversed(text["under"]):
        if _hex(mark["fill"]):
            colour = over(_hex(mark["fill"]), colour, mark["fillOpacity"])
    return colour


@pytest.mark.parametrize("slug", SHIPPED)
@pytest.mark.parametrize("scheme", NIGHT)
def test_texts_and_marks_stand_out_in_both_modes(seen, slug, scheme):
    for width in (320, 1200):
        found = seen(slug)[width, scheme]
        background = _hex(found["background"])
        assert background == NIGHT[scheme]
        pale = {text["words"]: round(contrast(_hex(text["fill"]), _ground(text, background)), 2)
                for text in found["texts"]}  # fmt: skip
        assert {words: ratio for words, ratio in pale.items() if ratio < 4.5} == {}
        assert [mark for mark in found["marks"] + found["areas"] if _stands_out(mark, background) < 3] == []


def _stands_out(mark: dict, background: str) -> float:
    """The better of a mark's fill and its edge: either lets it be seen."""
    paints = [(mark["fill"], mark["fillOpacity"])]
    paints += [(mark["stroke"], mark["strokeOpacity"])] if mark["strokeWidth"] > 0 else []
    seen = [contrast(over(_hex(colour), background, opacity), background) for colour, opacity in paints if _hex(colour)]
    return max(seen, default=0.0)


@pytest.mark.parametrize("slug", SHIPPED)
def test_tooltips_are_reached_by_keyboard_and_read_aloud(seen, slug):
    found = seen(slug)
    points, keys = found[1200, "light"]["points"], found["keys"]
    assert points > 0 and keys["focused"] == "chart" and keys["outline"] == "solid"
    for key, place in (("ArrowRight", 1), ("End", points), ("Home", 1)):
        spoken, shown = keys[key]
        assert spoken.endswith(f". {place}/{points}") and shown
        assert spoken.rpartition(". ")[0].replace(", ", "").replace(" ", "") in shown.replace(", ", "").replace(" ", "")
    assert keys["hidden"] is True


@pytest.mark.parametrize("slug", SHIPPED)
def test_axe_finds_nothing_and_the_alt_text_is_the_figures(seen, out, slug):
    assert seen(slug)["axe", "light"] == [] and seen(slug)["axe", "dark"] == []
    assert seen(slug)["alt"] == json.loads((out / slug / "figure.json").read_text())["alt"]


@pytest.mark.parametrize("slug", SHIPPED)
def test_an_embed_is_small_and_a_further_one_smaller(out, slug):
    def packed(*names: str) -> int:
        return sum(len(gzip.compress((out / name).read_bytes(), 9)) for name in names)

    used = json.loads((out / slug / "figure.json").read_text())["assets"]
    page = f"{slug}/embed.html"
    assert packed(page) < 40_000
    assert packed(page, f"assets/{used['chart']}", f"assets/{used['style']}") < 350_000


def test_an_embed_works_from_a_folder_without_a_server(browser, out):
    for slug in ("rates-by-year", ALONE):
        page, complaints = embeds.opened(browser, f"file://{out}/{slug}/embed.html")
        embeds.wait_drawn(page, "desktop")
        assert complaints == []
        page.close()


def test_one_file_needs_no_other_not_even_in_a_frame_that_may_do_nothing_but_run_scripts(browser, out):
    asked = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url[:40]))
    text = (out / ALONE / "embed.html").read_text().replace("&", "&amp;").replace('"', "&quot;")
    page.set_content(f'<iframe sandbox="allow-scripts" width="700" height="900" srcdoc="{text}"></iframe>')
    frame = page.frames[1]
    embeds.wait_drawn(frame, "desktop")
    assert [address for address in asked if not address.startswith(("about:", "data:"))] == []
    page.close()


def test_the_kits_typeface_is_the_one_that_is_drawn(browser, site, seen):
    page, _ = embeds.opened(browser, f"{site}/rates-by-year/desktop.svg", width=900)
    drawn = page.evaluate(
        "document.fonts.ready.then(() => [...document.querySelectorAll('text')]"
        ".filter((t) => !t.querySelector('tspan'))"
        ".map((t) => [t.textContent, t.getComputedTextLength(), parseFloat(t.getAttribute('font-size')),"
        " t.getAttribute('font-weight') === 'bold']))"
    )
    assert len(drawn) > 5
    for words, width, size, bold in drawn:
        assert width == pytest.approx(style.text_width(words, round(size), bold=bold), rel=0.02, abs=0.5), words
    page.close()
    for text in seen("rates-by-year")[1200, "light"]["texts"]:
        if text["words"].startswith("20"):
            scale = (text["box"][2] - text["box"][0]) / style.text_width(text["words"], 12)
            assert 1.2 < scale < 1.3


def test_a_touch_tells_what_a_pointer_does_and_a_touch_elsewhere_ends_it(browser, site):
    context = browser.new_context(has_touch=True, viewport={"width": 360, "height": 1400})
    page = context.new_page()
    page.goto(f"{site}/rates-by-year/embed.html")
    embeds.wait_drawn(page, "mobile")
    x, y = page.evaluate(
        "(() => { const e = [...document.querySelectorAll('#drawing svg path')].find((e) => e.__data__?.tooltip &&"
        " e.__data__.mark.marktype === 'symbol'); const r = e.getBoundingClientRect();"
        " return [r.x + r.width / 2, r.y + r.height / 2]; })()"
    )
    page.touchscreen.tap(x + 6, y + 6)
    assert "year: " in page.inner_text("#tip")
    page.touchscreen.tap(100, 20)
    assert page.is_hidden("#tip")
    page.mouse.move(x, y)
    assert "year: " in page.inner_text("#tip")
    context.close()


DATAWRAPPERS_WAY = """<script>window.addEventListener("message", function (a) {
  if (a.data["datawrapper-height"] !== undefined) { var e = document.querySelectorAll("iframe");
  for (var t in a.data["datawrapper-height"]) for (var r = 0; r < e.length; r++)
    if (e[r].contentWindow === a.source) e[r].style.height = a.data["datawrapper-height"][t] + "px"; } });</script>"""


@pytest.mark.parametrize("theirs", [False, True], ids=["the kit's code", "Datawrapper's script"])
@pytest.mark.parametrize("slug", ["rates-by-year", PRINTED])
def test_a_frame_takes_the_height_that_its_figure_tells(browser, site, out, slug, theirs):
    code = (out / slug / "iframe.html").read_text().replace('src="embed.html"', f'src="{site}/{slug}/embed.html"')
    code = code.replace(' loading="lazy"', "")
    if theirs:
        code = DATAWRAPPERS_WAY + code[: code.index("<script>")]
    page = browser.new_page(viewport={"width": 700, "height": 900})
    page.set_content(f"<!doctype html><title>t</title><main>{code}</main>")
    frame = page.frames[-1]
    for width in (700, 340):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(500)
        needed = frame.evaluate("document.documentElement.getBoundingClientRect().height")
        assert page.evaluate("document.querySelector('iframe').clientHeight") == pytest.approx(needed, abs=1.5)
    page.close()


@pytest.mark.parametrize("slug", ["rehearsal", PRINTED, ALONE])
def test_without_javascript_the_picture_stands_there(browser, site, slug):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 700, "height": 900})
    page = context.new_page()
    page.goto(f"{site}/{slug}/embed.html", wait_until="load")
    picture = page.locator("#chart img")
    assert picture.is_visible() and picture.bounding_box()["height"] > 200
    assert page.locator("h1").is_visible() and page.locator("a", has_text="Get the data").is_visible()
    context.close()


def test_a_reader_who_wants_no_motion_gets_none_and_print_is_light(browser, site):
    page, _ = embeds.opened(browser, f"{site}/rates-by-year/embed.html", color_scheme="dark", reduced_motion="reduce")
    embeds.wait_drawn(page)
    look = "getComputedStyle(document.getElementById('tip')).transitionDuration"
    assert page.evaluate(look) == "0s"
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(look) != "0s"
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    assert _hex(page.evaluate(ground)) == style.DARK.background
    page.emulate_media(media="print")
    assert _hex(page.evaluate(ground)) == style.COLOURS.background
    assert page.is_hidden(".keys") and page.is_hidden("details")
    page.close()


def test_an_address_may_ask_for_light_or_dark_whatever_the_system_says(browser, site):
    page, _ = embeds.opened(browser, f"{site}/rates-by-year/embed.html?theme=dark", color_scheme="light")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    assert _hex(page.evaluate(ground)) == style.DARK.background
    page.goto(f"{site}/rates-by-year/embed.html?theme=light")
    page.emulate_media(color_scheme="dark")
    assert _hex(page.evaluate(ground)) == style.COLOURS.background
    page.close()


def test_many_snippets_share_a_page_without_a_fault_or_an_id_twice(browser, site, out):
    parts = []
    for slug in SHIPPED:
        code = (out / slug / "snippet.html").read_text()
        parts.append(re.sub(r'\b(src|href|srcset)="(?!#)', rf'\1="{site}/{slug}/', code))
    page = browser.new_page(viewport={"width": 800, "height": 900})
    before = "<!doctype html><html lang=en><title>t</title><main><h1>An article</h1><p id=own>Its text.</p>"
    page.set_content(before + "".join(parts) + "</main>")
    look = "JSON.stringify(['font', 'color', 'margin'].map((n) => getComputedStyle(document.getElementById('own'))[n]))"
    styled = page.evaluate(look)
    assert axe_violations(page) == []
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(ids) == len(set(ids)) > len(SHIPPED)
    alts = page.evaluate("[...document.querySelectorAll('figure img')].map((e) => e.alt)")
    assert alts == [json.loads((out / slug / "figure.json").read_text())["alt"] for slug in SHIPPED]
    page.set_content(before + "</main>")
    assert page.evaluate(look) == styled, "the snippets changed the article's own text"
    page.close()


def test_a_phone_gets_the_phones_picture(browser, site, out):
    code = (out / "rates-by-year" / "snippet.html").read_text()
    code = re.sub(r'\b(src|href|srcset)="', rf'\1="{site}/rates-by-year/', code).replace(' loading="lazy"', "")
    page = browser.new_page(viewport={"width": 380, "height": 900})
    page.set_content(f"<!doctype html><title>t</title><main>{code}</main>")
    page.wait_for_function("document.querySelector('img').complete")
    assert page.evaluate("document.querySelector('img').currentSrc").endswith("mobile.svg")
    page.set_viewport_size({"width": 900, "height": 900})
    page.wait_for_function("document.querySelector('img').currentSrc.endsWith('desktop.svg')")
    page.close()


@pytest.mark.parametrize("scheme", NIGHT)
def test_the_gallery_is_accessible_and_shows_desktop_and_phone_side_by_side(browser, site, scheme):
    page, complaints = embeds.opened(browser, f"{site}/index.html", width=1200, color_scheme=scheme)
    assert axe_violations(page) == []
    first = page.locator("article").first
    wide, narrow = (first.locator(f".{name}").bounding_box() for name in ("desktop", "phone"))
    assert narrow["x"] > wide["x"] + wide["width"] - 1 and abs(narrow["y"] - wide["y"]) < 2
    assert complaints == []
    page.close()


def test_one_click_copies_a_figures_code_with_the_address_it_will_have(browser, site, out):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{site}/index.html")
    page.fill("#base", "https://news.example/graphics/")
    article = page.locator("#rates-by-year")
    article.get_by_role("button", name="Copy the static figure").click()
    page.locator("#said", has_text="copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert 'src="https://news.example/graphics/rates-by-year/desktop.png"' in copied and "<details>" in copied
    article.get_by_role("button", name="Copy the alt text").click()
    about = json.loads((out / "rates-by-year" / "figure.json").read_text())
    page.locator("#said", has_text="Copy the alt text: copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == about["alt"]
    context.close()
