"""ELAN's EAF: annotations on tiers, in whole milliseconds, as XML.

The format is ELAN's "EAF 3.0 annotation format" schema. ELAN has no point in time: the kit writes one as a stretch of
one millisecond on a tier whose linguistic type is ``point``, and reads such a tier back as points. pympi writes; the
reader is our own, through defusedxml, because pympi 1.71 takes what is missing for 0 or stops with a Python error.
"""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from .marks import (
    Mark,
    Options,
    Reading,
    Writing,
    apart,
    one_line,
    plain_tier,
    refuse,
    rows_of,
    shown_tier,
    table,
)

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    import pandas as pd

__all__ = ["RESOLUTION_S", "read", "write"]

RESOLUTION_S = 1e-3
_POINT = "point"


def read(text: str, file: Path, options: Options) -> Reading:
    """Read every annotation of an EAF; those that refer to another take its times."""
    import defusedxml.ElementTree
    from defusedxml.common import DefusedXmlException

    try:
        root = defusedxml.ElementTree.fromstring(text.encode())
    except defusedxml.ElementTree.ParseError as error:
        refuse(f"not readable as XML ({error})", "It is cut off or damaged: save it again from ELAN.", file)
    except (DefusedXmlException, ValueError, LookupError) as error:
        refuse(f"XML that the kit will not read ({type(error).__name__})", "Save it again from ELAN.", file)
    if root.tag != "ANNOTATION_DOCUMENT":
        refuse("XML, but not of ELAN", "Save the .eaf from ELAN.", file, value=root.tag)
    slots, notes = _slots(root, file)
    found: dict[str, tuple[float, float]] = {}
    marks, referring = [], []
    for tier in root.iter("TIER"):
        name, point = plain_tier(tier.get("TIER_ID", "")), tier.get("LINGUISTIC_TYPE_REF") == _POINT
        for annotation in tier.iter("ALIGNABLE_ANNOTATION"):
            start, end = (_time(slots, annotation.get(f"TIME_SLOT_REF{edge}"), name, file) for edge in (1, 2))
            found[annotation.get("ANNOTATION_ID", "")] = (start, end)
            marks.append(Mark(start, start if point else end, _label(annotation), name))
        referring += [(name, annotation) for annotation in tier.iter("REF_ANNOTATION")]
    marks += _referred(referring, found, file)
    return Reading(table(marks, file), RESOLUTION_S, notes)


def _label(annotation: Element) -> str:
    return one_line(annotation.findtext("ANNOTATION_VALUE") or "")


def _slots(root: Element, file: Path) -> tuple[dict[str, float], list[str]]:
    """Time slots in seconds; those that ELAN left open are spread evenly between their neighbours, as ELAN does."""
    order = [(slot.get("TIME_SLOT_ID", ""), slot.get("TIME_VALUE"), slot) for slot in root.iter("TIME_SLOT")]
    times: list[float | None] = []
    for id, value, _ in order:
        if value is not None and not value.strip().lstrip("-").isdigit():
            refuse("not a time in milliseconds", "Save it again from ELAN.", file, column=id, value=value)
        times.append(None if value is None else int(value) / 1000)
    known = [place for place, time in enumerate(times) if time is not None]
    open_slots = [place for place, time in enumerate(times) if time is None]
    for place in open_slots:
        before = max((one for one in known if one < place), default=None)
        behind = min((one for one in known if one > place), default=None)
        if before is None or behind is None:
            refuse("a time slot without a time", "Align its annotation in ELAN.", file, column=order[place][0])
        share = (place - before) / (behind - before)
        times[place] = times[before] + share * (times[behind] - times[before])
    notes = [f"{len(open_slots)} times were left open in ELAN and are spread evenly."] if open_slots else []
    return {id: time for (id, _, _), time in zip(order, times, strict=True)}, notes


def _time(slots: dict[str, float], id: str | None, tier: str, file: Path) -> float:
    if id not in slots:
        refuse(f"an annotation of tier {tier!r} names a time slot that is not there", "Save it again from ELAN.", file,
               value=id)  # fmt: skip
    return slots[id]


def _referred(referring: list, found: dict[str, tuple[float, float]], file: Path) -> list[Mark]:
    """Annotations that refer to others, which may themselves refer: resolved in rounds until none is left."""
    marks = []
    while referring:
        left = []
        for name, annotation in referring:
            times = found.get(annotation.get("ANNOTATION_REF"))
            if times is None:
                left.append((name, annotation))
                continue
            found[annotation.get("ANNOTATION_ID", "")] = times
            marks.append(Mark(*times, _label(annotation), name))
        if len(left) == len(referring):
            name, annotation = left[0]
            refuse(f"an annotation of tier {name!r} refers to one that is not there", "Save it again from ELAN.", file,
                   value=annotation.get("ANNOTATION_REF"))  # fmt: skip
        referring = left
    return marks


def write(marks: pd.DataFrame, options: Options) -> Writing:
    """Write an EAF; points and stretches of one tier go to two, the points' named with ``(points)`` behind it.

    Raises
    ------
    InputError
        If a mark stands before 0: ELAN has no such time.
    """
    import pympi

    rows = rows_of(marks)
    if rows[0].start_s <= -RESOLUTION_S / 2:
        refuse("ELAN has no time before 0", "Shift the marks first, or choose another format.", row=rows[0].row,
               column="start", value=f"{rows[0].start_s:g}")  # fmt: skip
    document = pympi.Eaf(author="kit convert")
    document.remove_tier("default")
    document.add_linguistic_type(_POINT)
    short = sum(0 < mark.end_s - mark.start_s < RESOLUTION_S for mark in rows)
    for name in dict.fromkeys(marks["tier"]):
        mine = [mark for mark in rows if mark.tier == name]
        both = {mark.start_s == mark.end_s for mark in mine} == {True, False}
        for points in (True, False):
            chosen = [_rounded(mark) for mark in mine if (mark.start_s == mark.end_s) == points]
            for lane, marks_apart in enumerate(apart(chosen, RESOLUTION_S)):
                tier = shown_tier(name, points=both and points, lane=lane)
                document.add_tier(tier, ling=_POINT if points else "default-lt")
                for mark in marks_apart:
                    start, end = round(mark.start_s * 1000), round(mark.end_s * 1000)
                    document.add_annotation(tier, start, max(end, start + 1), one_line(mark.label))
    notes = [f"{short} stretches are shorter than a millisecond: ELAN holds none shorter than one."] if short else []
    return Writing('<?xml version="1.0" encoding="UTF-8"?>\n' + pympi.Elan.to_string(document) + "\n", notes)


def _rounded(mark: Mark) -> Mark:
    """A mark in whole milliseconds; a stretch that would vanish becomes the millisecond that it begins in."""
    start, end = (max(round(edge * 1000), 0) for edge in (mark.start_s, mark.end_s))
    if start == end and mark.end_s > mark.start_s:
        start = max(math.floor(mark.start_s * 1000), 0)
        end = start + 1
    return replace(mark, start_s=start / 1000, end_s=end / 1000)
