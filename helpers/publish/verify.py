"""Holding what was published against what it was made from: which files were changed, and which figures are stale."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import files, paths
from ..problems import InputError, Problem
from ..provenance import versions
from . import assets, origin

__all__ = ["Checked", "Verified", "verify"]

NEEDED = {"title", "alt", "source", "status", "files", "data_sha256"}


@dataclass(frozen=True)
class Checked:
    """What was found of one figure.

    ``damaged``: files that are missing, changed or not the figure's. ``stale``: what has changed since it was made.
    ``unknown``: what could not be compared. ``notes``: what a person has yet to do.
    """

    slug: str
    damaged: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        told = "damaged" if self.damaged else "stale" if self.stale else "sound"
        lines = [f"{self.slug}: {told}"]
        for what in ("damaged", "stale", "unknown", "notes"):
            mark = {"notes": "to do", "unknown": "cannot be compared"}.get(what, what)
            lines += [f"  {mark}: {each}" for each in getattr(self, what)]
        return "\n".join(lines)


@dataclass(frozen=True)
class Verified:
    """What was found of all figures below a folder, and ``shared``, what is wrong with the files they share."""

    figures: tuple[Checked, ...]
    shared: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether every file is what it was and nothing has changed that a figure was made from."""
        return not self.shared and not any(each.damaged or each.stale for each in self.figures)

    def __str__(self) -> str:
        good = sum(not (each.damaged or each.stale) for each in self.figures)
        lines = [*map(str, self.figures), *(f"assets: {each}" for each in self.shared)]
        return "\n".join([*lines, "", f"{good} of {len(self.figures)} figures are sound."])

    def as_json(self) -> str:
        """The same as JSON."""
        found = [{"slug": each.slug, "sound": not (each.damaged or each.stale), "damaged": each.damaged,
                  "stale": each.stale, "unknown": each.unknown, "notes": each.notes}
                 for each in self.figures]  # fmt: skip
        return json.dumps({"sound": self.sound, "figures": found, "shared": self.shared}, indent=1, ensure_ascii=False)


def verify(out: Path | None = None) -> Verified:
    """Recompute every hash below a folder of figures, and say which figures are stale.

    A figure is stale when the data, its notebook's code or the kit's rooms have changed since it was made. Data is
    watched widely (see ``origin``): a figure may be called stale because of a file it does not use, never the other
    way round.

    Raises
    ------
    InputError
        If the folder holds no figure.
    """
    out = out or paths.out()
    places = sorted(out.glob("*/figure.json"))
    if not places:
        raise InputError(
            Problem("no figure is published here", "Run kit rerun, or name another folder.", paths.shown(out))
        )
    return Verified(tuple(_checked(place.parent) for place in places), tuple(_shared(out)))


def _checked(folder: Path) -> Checked:
    try:
        about = json.loads((folder / "figure.json").read_text(encoding="utf-8"))
        if not about.keys() >= NEEDED or not isinstance(about["files"], dict):
            raise ValueError("fields are missing")
    except (OSError, ValueError, AttributeError) as error:
        return Checked(folder.name, damaged=(f"figure.json cannot be read ({error})",))
    known = {"figure.json", *about["files"]}
    damaged = [f"{name} {wrong}" for name, digest in about["files"].items() if (wrong := _wrong(folder / name, digest))]
    damaged += [f"{file.name} is not the figure's" for file in sorted(folder.iterdir()) if file.name not in known]
    if about["data_sha256"] != about["files"].get("data.csv"):
        damaged.append("figure.json names two hashes of data.csv")
    for name in about.get("assets", {}).values():
        if not about.get("one_file") and not (folder.parent / assets.FOLDER / name).is_file():
            damaged.append(f"assets/{name}, which embed.html needs, is missing")
    stale, unknown = _stale(about)
    written = about.get("alt_text", {})
    unread = written.get("drafted") and not written.get("confirmed_by")
    notes = ["the kit drafted the alt text and nobody has confirmed it"] if unread else []
    drawn_by, here = about.get("versions", {}), versions()
    other = [f"{name} {drawn_by.get(name)}, here {here[name]}" for name in here if here[name] != drawn_by.get(name)]
    notes += [f"other versions are installed than drew it: {'; '.join(other)}"] if other else []
    return Checked(folder.name, tuple(damaged), tuple(stale), tuple(unknown), tuple(notes))


def _wrong(file: Path, digest: str) -> str:
    if not file.is_file():
        return "is missing"
    return "" if files.sha256(file) == digest else "was changed"


def _stale(about: dict[str, Any]) -> tuple[list[str], list[str]]:
    stale, unknown = [], []
    now = origin.data_hashes()
    for name, digest in about.get("data", {}).items():
        found = now.get(name) or _outside(name)
        if found is None:
            unknown.append(f"{name} is not here")
        elif found != digest:
            stale.append(f"{name} has changed")
    notebook = about.get("notebook")
    if notebook:
        code = origin.notebook_hash(notebook)
        if code is None:
            unknown.append(f"notebook {notebook} is not here")
        elif code != about.get("notebook_sha256"):
            stale.append(f"the code of notebook {notebook} has changed")
    rooms = origin.helpers_hashes()
    changed = [room for room, digest in rooms.items() if digest != about.get("helpers", {}).get(room)]
    stale += [f"helpers have changed: {', '.join(changed)}"] if changed else []
    return stale, unknown


def _outside(name: str) -> str | None:
    """The hash of a file that is not among the kit's data, where it is in the kit's or the working folder."""
    for base in (paths.root(), Path.cwd()):
        if (base / name).is_file():
            return files.sha256(base / name)
    return None


def _shared(out: Path) -> list[str]:
    """What is wrong with the files that embeds share: each one's name holds its own hash."""
    wrong = []
    for file in sorted((out / assets.FOLDER).glob("*")):
        if not file.stem.endswith(files.sha256(file)[:12]):
            wrong.append(f"{file.name} was changed")
    return wrong
