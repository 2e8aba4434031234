"""Writing files whole or not at all, and saying which bytes a file holds.

Everything the kit writes passes through here. A file or folder is built beside its place and then takes it in one
step, so that a reader, a crash or a full disk never meets half of it.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from .problems import InputError, Problem

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["append", "as_csv", "build_folder", "sha256", "write", "write_csv"]

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
BUILDING = ".building-"


def sha256(content: bytes | str | Path) -> str:
    """The SHA-256 of bytes, of text as UTF-8, or of a file, as 64 hexadecimal digits."""
    if isinstance(content, Path):
        with content.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def write(path: Path, content: bytes | str) -> Path:
    """Write a file whole: beside its place first, then renamed into it. Text is UTF-8 with ``\\n`` line ends.

    Raises
    ------
    InputError
        If the folder cannot be written to or the disk is full; what stood at ``path`` is left as it was.
    """
    with _refusals_explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=f".{path.name}{BUILDING}", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content.encode() if isinstance(content, str) else content)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(beside, 0o666 & ~_umask())
            os.replace(beside, path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    return path


def append(path: Path, line: str) -> Path:
    """Add one line to a file and return when it is on the disk; a crash loses at most the line being written.

    Raises
    ------
    InputError
        If the folder cannot be written to or the disk is full.
    """
    with _refusals_explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            # In one write, so that two processes' lines are never mixed.
            file.write(line.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
    return path


def as_csv(frame: pd.DataFrame) -> str:
    """A table as CSV text: no index, missing cells empty, and no cell that a spreadsheet would run.

    Text that begins as a formula does gets an apostrophe before it, as OWASP's page on CSV injection advises. Numbers
    are never touched: a longitude of -97.28 stays a number.
    """
    safe = frame.copy(deep=False)
    for name in safe.columns:
        if safe[name].dtype.kind not in "biufcM":
            safe[name] = safe[name].astype("object").map(_no_formula)
    safe.columns = [_no_formula(str(name)) for name in safe.columns]
    return safe.to_csv(index=False, lineterminator="\n")


def write_csv(path: Path, frame: pd.DataFrame) -> Path:
    """Write a table whole as CSV in UTF-8; see `as_csv`."""
    return write(path, as_csv(frame))


def _no_formula(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    # A lone carriage return is left unquoted by the csv module, and readers end the row there.
    text = cell.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if cell.startswith(_FORMULA_STARTS) else text


@contextlib.contextmanager
def build_folder(path: Path) -> Iterator[Path]:
    """A folder to fill, which takes the place of ``path`` in one step when the block ends without an error.

    If the block raises, or the process is killed at any moment, ``path`` is what it was before. What a killed run
    left beside ``path`` is cleared away by the next one.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> place = pathlib.Path(tempfile.mkdtemp()) / "figure"
    >>> with build_folder(place) as folder:
    ...     _ = (folder / "data.csv").write_text("t_s\\n0.34\\n")
    >>> sorted(file.name for file in place.iterdir())
    ['data.csv']

    Raises
    ------
    InputError
        If the folder cannot be written to, the disk is full, or a file stands in its place.
    """
    if path.is_symlink():
        path = path.resolve()
    if path.exists() and not path.is_dir():
        raise InputError(Problem("a file stands where a folder is to be written", "Move it or name another.", path))
    with _refusals_explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        _clear_abandoned(path)
        beside = Path(tempfile.mkdtemp(prefix=f".{path.name}{BUILDING}{os.getpid()}-", dir=path.parent))
        try:
            os.chmod(beside, 0o777 & ~_umask())
            yield beside
            _swap(beside, path)
        finally:
            shutil.rmtree(beside, ignore_errors=True)


def _swap(new: Path, place: Path) -> None:
    """Put ``new`` at ``place``; what stood there is left at ``new``, or gone."""
    if not place.exists():
        new.rename(place)
    elif not _exchange(new, place):
        # No atomic exchange on this system: for the moment between two renames nothing stands at `place`, and the
        # old folder waits beside it.
        aside = new.with_name(new.name + "-old")
        place.rename(aside)
        try:
            new.rename(place)
        except OSError:
            aside.rename(place)
            raise
        shutil.rmtree(aside, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, with Linux's renameat2 or macOS's renamex_np; False where there is neither."""
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform != "win32" else None
    paths = os.fsencode(one), os.fsencode(other)
    if sys.platform == "linux" and hasattr(libc, "renameat2"):
        at_working_folder, exchange = -100, 2
        return libc.renameat2(at_working_folder, paths[0], at_working_folder, paths[1], exchange) == 0
    if sys.platform == "darwin" and hasattr(libc, "renamex_np"):
        swap = 2
        return libc.renamex_np(paths[0], paths[1], swap) == 0
    return False


def _clear_abandoned(path: Path) -> None:
    """Remove what killed runs left beside ``path``; put an old folder back if its run died between two renames."""
    for left in path.parent.glob(f".{path.name}{BUILDING}*"):
        owner = left.name.removeprefix(f".{path.name}{BUILDING}").split("-")[0]
        if not owner.isdigit() or _alive(int(owner)):
            continue
        if left.name.endswith("-old") and not path.exists():
            left.rename(path)
        else:
            shutil.rmtree(left, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


_ELSEWHERE = "Choose another folder: --out or KIT_OUT for figures, KIT_INCIDENTS for incidents"
_REFUSALS = {
    errno.EACCES: ("the folder cannot be written to", f"{_ELSEWHERE}, or change its rights."),
    errno.EPERM: ("the folder cannot be written to", f"{_ELSEWHERE}, or change its rights."),
    errno.EROFS: ("the disk is read-only", f"{_ELSEWHERE}."),
    errno.ENOSPC: ("the disk is full", "Free some space and run it again; what was there before is unharmed."),
    errno.EDQUOT: ("the disk quota is used up", "Free some space and run it again; what was there before is unharmed."),
}


@contextlib.contextmanager
def _refusals_explained(path: Path) -> Iterator[None]:
    """Say for a reporter why the system would not write beside ``path``; errors about other files pass as they are."""
    try:
        yield
    except OSError as error:
        elsewhere = error.filename is not None and not Path(os.fsdecode(error.filename)).is_relative_to(path.parent)
        if error.errno not in _REFUSALS or elsewhere:
            raise
        raise InputError(Problem(*_REFUSALS[error.errno], path)) from error
