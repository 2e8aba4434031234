"""Annotation formats, read and written: marks on a recording's clock, from and to the programs that make them.

>>> sorted(FORMATS)[:4]
['audacity', 'csv', 'edl', 'elan']
"""

from __future__ import annotations

import codecs
import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from ... import files
from ...problems import InputError
from . import audacity, edl, elan, praat, premiere, shot_log, subtitles, tables
from .marks import MARKS, Options, Reading, Writing, one_line, refuse

__all__ = ["FORMATS", "MARKS", "Conversion", "Format", "Options", "Reading", "convert", "guess", "read", "write"]

MOST_BYTES = 50_000_000


@dataclass(frozen=True)
class Format:
    """An annotation format: the endings it is known by, and how it is read and written."""

    title: str
    endings: tuple[str, ...]
    read: Callable[[str, Path, Options], Reading]
    write: Callable[..., Writing]
    one_tier: bool = True
    free_labels: bool = False


FORMATS: dict[str, Format] = {
    "audacity": Format("Audacity label track", (".txt",), audacity.read, audacity.write),
    "textgrid": Format("Praat TextGrid", (".textgrid",), praat.read, praat.write, one_tier=False),
    "textgrid-short": Format("Praat TextGrid, short form", (), praat.read, praat.write_short, one_tier=False),
    "elan": Format("ELAN", (".eaf",), elan.read, elan.write, one_tier=False),
    "sonic-visualiser": Format("Sonic Visualiser CSV", (".svl.csv",), tables.read_sonic, tables.write_sonic),
    "premiere": Format("Premiere Pro marker CSV", (".markers.csv",), premiere.read, premiere.write),
    "edl": Format("EDL with locators", (".edl",), edl.read, edl.write),
    "resolve": Format("EDL of Resolve's markers", (), edl.read, edl.write_resolve),
    "srt": Format("SubRip", (".srt",), subtitles.read_srt, subtitles.write_srt),
    "vtt": Format("WebVTT", (".vtt",), subtitles.read_vtt, subtitles.write_vtt),
    "csv": Format("plain CSV", (".csv",), tables.read_csv, tables.write_csv, one_tier=False, free_labels=True),
    "shots": Format("the kit's shot log", ("shots.csv",), shot_log.read, shot_log.write, True, free_labels=True),
}


@dataclass(frozen=True)
class Conversion:
    """What a conversion did: the formats' names, the number of ``marks`` written, and ``notes`` for the reporter."""

    source: str
    target: str
    marks: int
    notes: list[str]


def read(path: str | PathLike[str], format: str | None = None, options: Options | None = None) -> Reading:
    """Read an annotation file into marks.

    Parameters
    ----------
    path : path
        UTF-8, or UTF-16 with its mark, as Premiere may write it.
    format : str, optional
        A name of `FORMATS`; told from the file's ending and content unless given.
    options : Options, optional
        What the file does not say of itself, such as its frame rate.

    Raises
    ------
    InputError
        If the file cannot be read, is not of its format, or holds a mark that cannot be placed in time.
    """
    file, options = Path(path), options or Options()
    text = _text(file)
    name = format or guess(file, text)
    try:
        reading = FORMATS[name].read(text, file, options)
    except RecursionError:
        refuse("nested too deeply to be an annotation file", "Export it again.", file)
    if options.tier is not None:
        reading = _of_tier(reading, options.tier, file)
    return reading


def write(path: str | PathLike[str], marks, format: str | None = None, options: Options | None = None) -> list[str]:
    """Write marks (a table as `MARKS`) whole or not at all; returns notes on what the format could not hold.

    Raises
    ------
    InputError
        If the format cannot hold them: a time before 0, a frame rate not given, a label that is no shot's.
    """
    file, options = Path(path), options or Options()
    name = format or guess(file)
    written = FORMATS[name].write(marks, options)
    files.write(file, written.text)
    return [*_lost(marks, FORMATS[name]), *written.notes]


def convert(
    source: str | PathLike[str],
    target: str | PathLike[str],
    *,
    from_format: str | None = None,
    to_format: str | None = None,
    options: Options | None = None,
) -> Conversion:
    """Convert an annotation file; the target is written whole or not at all.

    Raises
    ------
    InputError
        See `read` and `write`; the problems of a mark name the source file's line.
    """
    source, target, options = Path(source), Path(target), options or Options()
    text = _text(source)
    names = from_format or guess(source, text), to_format or guess(target)
    if target.exists() and target.resolve() == source.resolve():
        refuse("IN and OUT are the same file", "Name another to write to.", target)
    reading = read(source, names[0], options)
    try:
        if names[1] == "shots":
            shots, notes = shot_log.to_log(reading.marks, options, reading.resolution_s)
            files.write_csv(target, shots)
            return Conversion(*names, len(shots), [*reading.notes, *notes])
        notes = write(target, reading.marks, names[1], options)
    except InputError as error:
        # A mark's line is of the source; what has no line is about the target.
        raise InputError(
            dataclasses.replace(problem, file=problem.file or (source if problem.row else target))
            for problem in error.problems
        ) from error
    return Conversion(*names, len(reading.marks), [*reading.notes, *notes])


def guess(file: Path, text: str | None = None) -> str:
    """The format of a file by its ending, and where several share one by its content.

    Raises
    ------
    InputError
        If the ending is none the kit knows.
    """
    name = file.name.lower()
    if text is not None and name.endswith((".csv", ".txt", ".tsv")):
        first = text.partition("\n")[0]
        if "Marker Name" in first:
            return "premiere"
        if shot_log.is_log(text):
            return "shots"
        if "ooTextFile" in first:
            return "textgrid"
        if not name.endswith(".txt"):
            return "csv" if tables.has_header(text) else "sonic-visualiser"
    known = [(ending, format) for format, about in FORMATS.items() for ending in about.endings if name.endswith(ending)]
    if not known:
        endings = ", ".join(sorted({ending for about in FORMATS.values() for ending in about.endings}))
        remedy = f"Endings the kit knows: {endings}. Or name the format with --from or --to: {', '.join(FORMATS)}."
        refuse("the ending does not tell an annotation format", remedy, file)
    return max(known, key=lambda pair: len(pair[0]))[1]


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > MOST_BYTES:
            refuse(f"larger than {MOST_BYTES // 10**6} MB", "Is this an annotation file?", file)
        content = file.read_bytes()
    except FileNotFoundError:
        refuse("there is no such file", "Check the name and the folder.", file)
    except IsADirectoryError:
        refuse("a folder, not a file", "Name the annotation file in it.", file)
    except OSError as error:
        refuse(f"cannot be read ({error.strerror})", "Check the name and its rights.", file)
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        refuse("not UTF-8 text", "Is it an annotation file? If so, save it as UTF-8.", file, row)
    if "\0" in text:
        refuse("a null byte: not a text file", "Name the annotation file, not the recording.", file)
    return text


def _of_tier(reading: Reading, tier: str, file: Path) -> Reading:
    chosen = reading.marks[reading.marks["tier"] == tier]
    if chosen.empty:
        there = ", ".join(repr(name) for name in dict.fromkeys(reading.marks["tier"]))
        refuse("there is no mark on this tier", f"There are: {there}.", file, column="tier", value=tier)
    return dataclasses.replace(reading, marks=chosen)


def _lost(marks, format: Format) -> list[str]:
    """What is lost in a format that has one tier, or labels of one line."""
    notes = []
    tiers = [tier for tier in dict.fromkeys(marks["tier"]) if tier]
    if format.one_tier and tiers:
        named = ", ".join(repr(tier) for tier in tiers[:5])
        notes.append(f"{format.title} has no tiers: the marks of {named} stand together. --tier NAME takes one.")
    folded = sum(one_line(label) != label.strip() for label in marks["label"])
    if folded and not format.free_labels:
        notes.append(f"{folded} labels had line breaks or control characters, which became spaces.")
    return notes
