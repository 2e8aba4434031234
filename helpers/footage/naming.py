"""What a file is called, what it is, and whether it is whole: the checks before its sound is read."""

from __future__ import annotations

from pathlib import Path

from ..problems import InputError, Problem

__all__ = ["SIMULATED_MARK", "check_kind", "check_readable", "check_whole", "family_of"]

# What the simulator writes into its files, so that nothing made from them passes for real.
SIMULATED_MARK = "SIMULATED by the police shootings kit"
# FFmpeg's names of a container, by the one name that stands for them here.
FAMILIES = {"mov,mp4,m4a,3gp,3g2,mj2": "mp4", "matroska,webm": "matroska", "w64": "wav", "rf64": "wav"}
# The endings that a kind of file goes by. An ending that is not listed is taken by its content alone.
ENDINGS = {
    "wav": {"wav"}, "w64": {"wav"}, "bwf": {"wav"}, "flac": {"flac"}, "mp3": {"mp3"},
    "m4a": {"mp4"}, "mp4": {"mp4"}, "m4v": {"mp4"}, "mov": {"mp4"}, "qt": {"mp4"}, "3gp": {"mp4"},
    "mkv": {"matroska"}, "mka": {"matroska"}, "webm": {"matroska"},
    "ts": {"mpegts"}, "mts": {"mpegts"}, "m2ts": {"mpegts"}, "mpg": {"mpeg", "mpegts"}, "mpeg": {"mpeg", "mpegts"},
    "avi": {"avi"}, "ogg": {"ogg"}, "oga": {"ogg"}, "opus": {"ogg"}, "aac": {"aac"}, "aif": {"aiff"}, "aiff": {"aiff"},
}  # fmt: skip
# A WAV that was streamed as it was recorded never had its length filled in.
LENGTH_UNKNOWN = {0, 0xFFFFFFFF}


def family_of(format_name: str) -> str:
    """One name for a container: ``mp4`` for all of MP4, M4A and QuickTime, ``matroska`` for MKV and WebM."""
    return FAMILIES.get(format_name, format_name)


def check_readable(path: Path) -> None:
    """Refuse what is not there, is a folder, is empty or may not be read."""
    try:
        if path.is_dir():
            raise InputError(Problem("a folder, not a recording", "Name the file in it.", path))
        with path.open("rb") as file:
            empty = not file.read(1)
    except FileNotFoundError:
        raise InputError(Problem("there is no such file", "Check the name and the folder.", path)) from None
    except PermissionError:
        raise InputError(Problem("the file cannot be read", "Change its rights.", path)) from None
    except OSError as error:
        raise InputError(Problem(f"the file cannot be read ({error.strerror})", "Copy it anew.", path)) from None
    if empty:
        raise InputError(Problem("the file is empty", "Copy it anew, or ask for it again.", path))


def check_kind(path: Path, format_name: str) -> None:
    """Refuse a file whose ending says one kind and whose content is another: other tools would read it otherwise."""
    family = family_of(format_name)
    expected = ENDINGS.get(path.suffix.lower().lstrip("."))
    if expected is None or family in expected:
        return
    endings = [ending for ending, families in ENDINGS.items() if family in families]
    what = f"named {path.suffix}, but it holds {family}"
    if not endings:
        raise InputError(Problem(what, "Is this the right file?", path))
    raise InputError(Problem(what, f"Rename it to {path.stem}.{endings[0]} if it is the right file.", path))


def check_whole(path: Path, format_name: str) -> None:
    """Refuse a file that ends before its own headers say that it does, where that shows without decoding."""
    size, family = path.stat().st_size, family_of(format_name)
    if family == "wav" and format_name == "wav":
        promised = _wav_promises(path)
        if promised is not None and size < promised:
            raise _cut_short(path, f"it has {size:,} bytes, and its header promises {promised:,}")
    if family == "mpegts" and size % 188 and size % 192 and size % 204:
        raise _cut_short(path, "it ends within a packet")


def _cut_short(path: Path, why: str) -> InputError:
    remedy = "Ask for the whole file, or read what there is with salvage (--salvage)."
    return InputError(Problem(f"cut short: {why}", remedy, path))


def _wav_promises(path: Path) -> int | None:
    """Where the sound of a WAV should end, in bytes from its start; None where its header does not say."""
    with path.open("rb") as file:
        if file.read(4) != b"RIFF":
            return None
        file.seek(12)
        while len(header := file.read(8)) == 8:
            length = int.from_bytes(header[4:], "little")
            if header[:4] == b"data":
                return None if length in LENGTH_UNKNOWN else file.tell() + length
            file.seek(length + length % 2, 1)
    return None
