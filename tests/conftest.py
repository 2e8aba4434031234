"""Where tests find what is not committed, and a folder of an incident to spoil."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import hypothesis
import pytest

from helpers import paths
from tests import browsing

# No test fails for being slow: the machine may be.
hypothesis.settings.register_profile("kit", deadline=None)
hypothesis.settings.load_profile("kit")


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
