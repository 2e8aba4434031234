"""Real publishers' files, where they are: ``../shared/data`` beside the kit, or below ``KIT_SHARED``."""

import os
from pathlib import Path

import pytest

from helpers import paths


def shared_data() -> Path:
    named = os.environ.get("KIT_SHARED")
    return (Path(named) if named else paths.root().parent / "shared") / "data"


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = shared_data()
    if not folder.is_dir():
        pytest.skip("the publishers' files are not here; name their folder with KIT_SHARED")
    return folder
