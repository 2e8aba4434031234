"""A real browser for the tests: Debian's Chromium, cut off from everything but this machine, and axe-core's rules."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ALONE = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
# Even a name that this machine could look up is none of the page's business.
LOOPBACK = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"


def chromium() -> str:
    """Where the browser is; skips without one, and fails where KIT_BROWSER says that there must be one, as in CI."""
    found = os.environ.get("KIT_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        why = "NO BROWSER: no Chromium on this machine (apt install chromium), so pages were NOT looked at"
        if os.environ.get("KIT_BROWSER") == "required":
            pytest.fail(why)
        pytest.skip(why)
    return found


@contextmanager
def launched():
    """A headless browser that reaches loopback only.

    A test asks the fixture `browser` for one; this is for whoever needs a browser outside a test.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*ALONE, LOOPBACK])
        try:
            yield browser
        finally:
            browser.close()


def axe_violations(page) -> list[str]:
    """What axe-core finds wrong with the page as it stands: a line a rule, with the elements at fault."""
    import axe_playwright_python

    script = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
    # By the debugger, not by a script element: the page's own Content-Security-Policy stands.
    page.evaluate(script)
    found = page.evaluate("async () => (await axe.run()).violations")
    return [f"{rule['id']}: {rule['help']}: {[node['html'][:200] for node in rule['nodes']]}" for rule in found]
