"""The house itself: floors, environment files, and that nothing names a machine."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

from helpers import paths

ROOT = Path(__file__).parent.parent
FLOORS = {
    "problems": 0, "paths": 0, "files": 0, "provenance": 0, "schema": 0, "desk": 0, "renderer": 0,
    "sources": 1, "shots": 1, "footage": 1,
    "facts": 2, "force": 2, "incidents": 2, "records": 2,
    "charts": 3,
    "publish": 4, "claims": 4,
    "rerun": 5, "lab": 5,
    "cli": 6, "__main__": 6,
}  # fmt: skip


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\n") if name]


def _rooms_imported(file: Path) -> set[str]:
    """The rooms of helpers/ that a module imports, wherever in it."""
    package = ("helpers", *file.relative_to(ROOT / "helpers").parts[:-1])
    rooms = set()
    for node in ast.walk(ast.parse(file.read_text())):
        names = []
        if isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = (*base, *(node.module.split(".") if node.module else ()))
            names = [(*module, alias.name) for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [tuple(alias.name.split(".")) for alias in node.names]
        rooms |= {name[1] for name in names if name[0] == "helpers" and len(name) > 1 and name[1] in FLOORS}
    return rooms


@pytest.mark.parametrize(
    "file", sorted((ROOT / "helpers").rglob("*.py")), ids=lambda file: file.relative_to(ROOT).as_posix()
)
def test_a_module_imports_only_from_its_own_room_or_the_floors_below(file):
    room = file.relative_to(ROOT / "helpers").parts[0].removesuffix(".py")
    if room == "__init__":
        # The desk alone, in a notebook, to show errors and tables; see test_importing_the_package_loads_nothing_heavy.
        assert _rooms_imported(file) == {"desk"}
        return
    floor = FLOORS[room]
    above = {other for other in _rooms_imported(file) if other != room and FLOORS[other] > floor}
    assert above == set()
    # Floors 0, 1 and 2 stack inside: what is read is under what reads it. Footage ends in a shot log.
    level = {other for other in _rooms_imported(file) if other != room and FLOORS[other] == floor}
    under = {"problems", "provenance", "facts", "files", "paths", "desk", "cli"}
    assert level <= under | ({"shots"} if room == "footage" else set())


def _names(requirements) -> dict[str, str]:
    parsed = [Requirement(text) for text in requirements]
    return {requirement.name: str(requirement.specifier) for requirement in parsed}


def test_the_conda_environment_has_the_names_and_ranges_of_pyproject():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    conda = [entry for entry in environment["dependencies"] if isinstance(entry, str)]
    (pip,) = [entry["pip"] for entry in environment["dependencies"] if isinstance(entry, dict)]
    listed = _names(text for text in [*conda, *pip] if not text.startswith(("pip", "-e")))
    python = listed.pop("python")
    assert set(python.split(",")) == set(project["requires-python"].split(","))
    assert {name: set(spec.split(",")) for name, spec in listed.items()} == {
        name: set(spec.split(",")) for name, spec in _names(project["dependencies"]).items()
    }
    assert environment["channels"][0] == "conda-forge" and "-e ." in pip
    assert {"jupyterlab", "pandas", "matplotlib", "altair", "nbval"} <= listed.keys()


def _locked() -> dict[str, list[str]]:
    """Every version the lock gives for a package; some differ by Python."""
    versions: dict[str, list[str]] = {}
    for name, version in re.findall(
        r"^([A-Za-z0-9_.-]+)==([^ ;\\]+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE
    ):
        versions.setdefault(name.lower().replace("_", "-"), []).append(version)
    return versions


def test_the_lock_satisfies_every_range_and_pins_with_hashes():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    # The spark extra is for a cluster and left out of everyone's lock (tool.uv.pip.no-emit-package).
    extras = [text for name, group in project["optional-dependencies"].items() if name != "spark" for text in group]
    locked = _locked()
    for text in [*project["dependencies"], *extras]:
        requirement = Requirement(text)
        assert all(requirement.specifier.contains(version) for version in locked[requirement.name]), text
    blocks = re.split(r"\n(?=\S)", (ROOT / "requirements.lock").read_text().strip())
    assert all("--hash=sha256:" in block for block in blocks)


def test_no_tracked_file_names_an_address_of_a_registry_or_a_path_of_this_machine():
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock and "index" not in re.sub(r"^[\w.-]+==.*$", "", lock, flags=re.MULTILINE)
    own = [str(paths.root().parent) + "/", str(Path.home()) + "/"]
    for file in _tracked():
        if file.is_file():
            text = file.read_bytes()
            assert not any(name.encode() in text for name in own if len(name) > 2), file.name


def test_importing_the_package_loads_nothing_heavy():
    code = "import sys, helpers; print(sorted({'pandas', 'numpy', 'altair', 'matplotlib'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_every_room_has_its_door_sign():
    rooms = {path.parent for path in (ROOT / "helpers").rglob("__init__.py")} - {ROOT / "helpers"}
    assert [room.name for room in sorted(rooms) if not (room / "README.md").is_file()] == []


def test_the_makefile_says_what_is_missing_where_there_is_no_fitting_python(tmp_path):
    # With nothing on the path, no python is found; the shell and make are named in full.
    command = [shutil.which("make"), "-C", str(ROOT), f"VENV={tmp_path / 'venv'}", "PYTHON=none", "PATH=/nowhere"]
    done = subprocess.run([*command, f"{tmp_path / 'venv'}/.uv"], capture_output=True, text=True)
    assert done.returncode != 0
    assert "This kit needs Python 3.11, 3.12 or 3.13" in done.stderr


def test_every_make_target_is_explained():
    text = (ROOT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.+)$", text, re.MULTILINE).group(1).split()
    helped = subprocess.run(["make", "-s", "-C", str(ROOT), "help"], capture_output=True, text=True, check=True).stdout
    assert all(f"make {target} " in helped for target in phony)
