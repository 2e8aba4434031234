"""The browser the tests look with: it draws, it is alone, and it is not skipped where it must be there."""

from __future__ import annotations

import pytest

from tests import browsing


def test_the_browser_draws_a_page_and_reaches_nothing_outside_this_machine(browser):
    page = browser.new_page()
    page.set_content("<p>here</p>")
    assert page.inner_text("p") == "here"
    assert page.evaluate("fetch('http://example.org/').then(() => 'reached', () => 'cut off')") == "cut off"
    page.close()


def test_axe_names_the_rule_and_the_element_of_a_picture_without_alt_text(browser):
    page = browser.new_page()
    page.set_content("<html lang=en><title>t</title><main><h1>h</h1><img src='data:,x'></main>")
    assert any(line.startswith("image-alt: ") and "<img" in line for line in browsing.axe_violations(page))
    page.close()


def test_without_a_browser_a_test_is_skipped_aloud_and_fails_where_one_must_be_there(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("KIT_CHROMIUM", raising=False)
    monkeypatch.delenv("KIT_BROWSER", raising=False)
    with pytest.raises(pytest.skip.Exception, match="NO BROWSER"):
        browsing.chromium()
    monkeypatch.setenv("KIT_BROWSER", "required")
    with pytest.raises(pytest.fail.Exception, match="apt install chromium"):
        browsing.chromium()
