"""Where tests find what is not committed, and a folder of an incident to spoil."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import hypothesis
import pytest

from helpers import paths
from tests import browsing

# No test fails for being slow: the machine may be. The examples are the same in every run, so that a fault shows where
# it was made; `pytest --hypothesis-profile=search` draws new ones.
hypothesis.settings.register_profile("kit", deadline=None, derandomize=True)
hypothesis.settings.register_profile("search", deadline=None)
hypothesis.settings.load_profile("kit")

# The files that take longest, the longest first: begun last, one of them would keep one processor while another idles.
LONGEST = (
    "tests/test_jupyterlab.py",
    "tests/test_rerun.py",
    "tests/test_publish_browser.py",
    "tests/test_hard_times.py",
    "tests/test_notebooks.py",
    "notebooks/04-use-of-force-rates.ipynb",
    "notebooks/02-shots-from-footage.ipynb",
    "tests/test_publish_trust.py",
    "tests/test_lab.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.nodeid.partition("::")[0], len(places)))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The material that is shared with the team and not committed; a test that needs it is skipped without it."""
    folder = Path(os.environ.get("KIT_SHARED", paths.root().parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"{folder.name}/ is not here: name it with KIT_SHARED")
    return folder


@pytest.fixture
def incident_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A function that copies a shipped incident to a folder of its own, where a test may change it."""
    monkeypatch.setenv("KIT_INCIDENTS", str(tmp_path / "incidents"))

    def copy(id: str) -> Path:
        return Path(shutil.copytree(paths.data() / "incidents" / id, tmp_path / "incidents" / id))

    return copy


@pytest.fixture(scope="module")
def browser():
    """Headless Chromium that reaches loopback only; see tests/browsing.py for when a test without one is skipped."""
    browsing.chromium()
    with browsing.launched() as running:
        yield running
