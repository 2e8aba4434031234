"""The review widget in a real browser: clicks, keys, the saved journal, and what it looks like to everyone."""

from __future__ import annotations

import json
import re

import pytest

from helpers.footage import review as reviews
from tests import browsing, review_page


@pytest.fixture
def page(browser, tmp_path):
    """A page with the widget on two simulated cameras: five marks, four of them bangs."""
    widget, review = review_page.session(tmp_path)
    with review_page.served(widget) as address:
        page = browser.new_page(viewport={"width": 1100, "height": 1000})
        page.set_default_timeout(90_000)
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.goto(address)
        page.wait_for_function("window.ready")
        page.review, page.folder = review, tmp_path
        yield page
        assert page.faults == []
        page.evaluate("window.leave()")
        page.close()


def _counts(page, words):
    page.wait_for_function("words => document.querySelector('.kit-counts').textContent.includes(words)", arg=words)


def _saved(page) -> list[dict]:
    """What stands in the journal's file, read as anyone would."""
    return [json.loads(line) for line in page.review.journal.path.read_text().splitlines()[1:]]


def _press(page, *keys):
    for key in keys:
        page.locator(".kit-review").press(key)


def test_a_whole_review_by_keys_is_in_the_file_and_gives_the_log(page):
    page.locator(".kit-review").focus()
    _press(page, "c")
    _counts(page, "1 of 5 reviewed")
    _press(page, "e")
    _counts(page, "2 of 5")
    _press(page, "p")
    _counts(page, "3 of 5")
    _press(page, "x")
    _counts(page, "4 of 5")
    _press(page, "Enter")
    _counts(page, "5 of 5 reviewed: 3 confirmed, plus 1 possible, minus 1 possible echo; 1 rejected")
    assert [(entry["do"], entry["mark"]) for entry in _saved(page)] == [
        ("confirm", "p1"), ("echo", "p2"), ("possible", "p3"), ("reject", "p4"), ("confirm", "p5")]  # fmt: skip
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", entry["at"]) for entry in _saved(page))
    log = reviews.shot_log(reviews.Review.read(page.review.journal.path))
    assert log["confidence"].tolist() == ["certain", "possible echo", "possible", "certain"]
    assert set(log["reviewer"]) == {"Ana Ortiz"} and set(log["status"]) == {"simulated"}


def test_quick_keys_neither_overtake_each_other_nor_judge_a_mark_twice(page):
    page.locator(".kit-review").focus()
    for key in "cxpce":
        page.keyboard.press(key)
    _counts(page, "5 of 5 reviewed")
    assert [(entry["do"], entry["mark"]) for entry in _saved(page)] == [
        ("confirm", "p1"), ("reject", "p2"), ("possible", "p3"), ("confirm", "p4"), ("echo", "p5")]  # fmt: skip


def test_undo_redo_nudge_and_shooters_by_keys(page):
    page.locator(".kit-review").focus()
    _press(page, ".", ".", ">", ",")
    page.wait_for_function("document.querySelector('.kit-about').textContent.includes('3.0110 s')")
    _press(page, "u")
    page.wait_for_function("document.querySelector('.kit-about').textContent.includes('3.0120 s')")
    _press(page, "U")
    page.wait_for_function("document.querySelector('.kit-about').textContent.includes('3.0110 s')")
    _press(page, "s")
    page.keyboard.type("Officer A")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.kit-about').textContent.includes('Officer A (police)')")
    _press(page, "ArrowRight", "1")
    page.wait_for_function("document.querySelector('.kit-about').textContent.includes('Mark 2 of 5')")
    page.wait_for_function("document.querySelector('.kit-about').textContent.includes('Officer A (police)')")
    marks = reviews.Review.read(page.review.journal.path).marks
    assert marks["p1"].t_s == pytest.approx(3.011) and marks["p1"].moved
    # A millisecond's nudge at this zoom is finer than a pixel shows: the pixel counts.
    assert marks["p1"].u_s == pytest.approx(12 / 1075, rel=0.05)
    assert [marks[id].shooter for id in ("p1", "p2", "p3")] == ["Officer A", "Officer A", "unknown"]


def test_clicks_judge_add_and_choose_a_camera(page):
    page.click("button[data-verdict=confirmed]")
    _counts(page, "1 of 5 reviewed")
    page.click("text=Hear >> nth=1")
    canvas = page.locator("canvas.kit-clip").nth(1)
    box = canvas.bounding_box()
    # The view is 12 s wide from 0.
    page.mouse.click(box["x"] + box["width"] * 10.0 / 12, box["y"] + 40)
    page.click("text=Add at cursor")
    _counts(page, "of 6 reviewed: 2 confirmed")
    (_, added) = _saved(page)
    assert (added["do"], added["clip"]) == ("add", "body.wav") and added["t_s"] == pytest.approx(10.0, abs=0.03)
    page.click("li:has-text('6.500 s')")
    page.click("button[data-verdict=rejected]")
    _counts(page, "1 rejected")
    page.click("button:has-text('Undo')")
    _counts(page, "0 rejected")


def test_keys_typed_into_a_name_judge_nothing(page):
    page.locator("input[aria-label='who fired']").click()
    page.keyboard.type("xcep un")
    page.keyboard.press("Escape")
    assert _saved(page) == []
    assert page.evaluate("document.activeElement.classList.contains('kit-review')")


def test_it_plays_around_a_mark_slowly_and_in_a_loop_without_sending_the_whole_sound(page):
    page.locator(".kit-review").focus()
    _press(page, "l", "Shift+Space")
    page.wait_for_function("document.querySelector('.kit-play').getAttribute('aria-pressed') === 'true'")
    asked = page.evaluate("asked.filter(one => one.kind === 'sound')")
    assert len(asked) == 1 and asked[0]["stop_s"] - asked[0]["start_s"] == pytest.approx(1.0)
    assert asked[0]["start_s"] < 3.0 < asked[0]["stop_s"]
    page.wait_for_timeout(2300)
    # At half speed a second lasts two; in a loop it goes on.
    assert page.get_attribute(".kit-play", "aria-pressed") == "true"
    _press(page, "Space")
    assert page.get_attribute(".kit-play", "aria-pressed") == "false"


def test_a_second_window_is_told_and_decides_nothing(page):
    other = reviews.Review.read(page.review.journal.path)
    other.do("reject", mark="p1")
    page.locator(".kit-review").focus()
    _press(page, "c")
    page.wait_for_function("document.querySelector('[role=alert]').textContent.includes('another window')")
    assert reviews.Review.read(page.review.journal.path).marks["p1"].verdict == "rejected"


@pytest.mark.parametrize("light", ["true", "false"])
@pytest.mark.parametrize("width", [1100, 390])
def test_it_can_be_used_by_everyone_light_and_dark_wide_and_narrow(page, light, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("light => { document.body.dataset.jpThemeLight = light; }", light)
    if light == "false":
        page.evaluate("document.body.style.cssText += 'background:#111;color:#eee'")
    page.click("button[data-verdict=confirmed]")
    _counts(page, "1 of 5")
    page.click("summary")
    assert browsing.axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    for canvas in page.locator("canvas").all():
        assert re.search(r"\d+ marks", canvas.get_attribute("aria-label"))
    assert page.get_attribute(".kit-list", "aria-activedescendant")


def test_the_picture_shows_the_bang_where_the_mark_is(page):
    page.wait_for_function("asked.filter(one => one.kind === 'view').length >= 3")
    page.wait_for_timeout(400)
    # The darkest column of the waveform's upper half near the second bang, on the canvas itself.
    found = page.evaluate("""() => {
      const canvas = document.querySelectorAll('canvas.kit-clip')[1];
      const ratio = canvas.width / canvas.clientWidth;
      const pen = canvas.getContext('2d');
      const tall = (time) => {
        const x = Math.round(time / 12 * canvas.width);
        const data = pen.getImageData(x, 16 * ratio, 1, 22 * ratio).data;
        let dark = 0;
        for (let at = 0; at < data.length; at += 4) if (data[at] < 120) dark++;
        return dark;
      };
      return [tall(3.43), tall(2.9), tall(4.5)];
    }""")
    assert found[0] > 3 and found[1] == found[2] == 0


@pytest.mark.slow
def test_an_hour_is_reviewed_without_waiting_for_the_whole_of_it(browser, tmp_path):
    widget, review = review_page.session(tmp_path, seconds=3600.0, bangs=(3.0, 1800.0, 3590.0), cameras=1)
    with review_page.served(widget) as address:
        page = browser.new_page()
        page.goto(address)
        page.wait_for_function("window.ready")
        page.locator(".kit-review").focus()
        _press(page, "c", "x", "c", "c")
        _counts(page, "4 of 4 reviewed")
        most = page.evaluate("Math.max(...asked.filter(one => one.kind === 'view').map(one => one.width))")
        assert most <= 2000
        page.close()
    assert review.progress() == (4, 4)
