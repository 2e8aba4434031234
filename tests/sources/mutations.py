"""Real files made hostile, one fault at a time, the same for the same seed."""

from __future__ import annotations

import csv
import gzip
import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

__all__ = ["MUTATIONS", "mutate", "victims"]

FILES = (
    "washington-post/fatal-police-shootings-data_v2_2024-04.csv",
    "washington-post/fatal-police-shootings-agencies_v2_2024-04.csv",
    "the-counted/the-counted-2015.csv",
    "fivethirtyeight/police_killings.csv",
    "buzzfeed-2015/wapo.csv",
    "austin/Texas_Austin_OFFICER-INVOLVED_SHOOTINGS-INCIDENTS.csv",
    "chicago-trr/TRR-weapon-discharges_2021-2023_2023-10_p877988.csv.gz",
    "mapping-police-violence/MPVDatasetDownload.xlsx",
)


def victims(shared: Path) -> list[Path]:
    """The real files that are to be mutated."""
    return [shared / file for file in FILES]


def _rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("latin-1"), newline="")))


def _text(rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("latin-1")


def flip_bytes(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 10, 1000))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(1, len(content))]


def null_bytes(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + b"\0" * chance.choice((1, 100, 100_000)) + content[at:]


def big_cell(content: bytes, chance: random.Random) -> bytes:
    at = content.find(b",", chance.randrange(len(content) // 2)) + 1
    return content[:at] + b"x" * 10_000_000 + content[at:]


def open_quote(content: bytes, chance: random.Random) -> bytes:
    at = content.find(b",", chance.randrange(len(content) // 2)) + 1
    return content[:at] + b'"' + content[at:]


def drop_columns(content: bytes, chance: random.Random) -> bytes:
    rows = _rows(content)
    gone = set(chance.sample(range(len(rows[0])), chance.randrange(1, len(rows[0]))))
    return _text([[cell for place, cell in enumerate(row) if place not in gone] for row in rows])


def swap_cells(content: bytes, chance: random.Random) -> bytes:
    rows = _rows(content)
    for _ in range(500):
        one, other = chance.choice(rows), chance.choice(rows)
        a, b = chance.randrange(len(one) or 1), chance.randrange(len(other) or 1)
        if one and other:
            one[a], other[b] = other[b], one[a]
    return _text(rows)


def swap_columns(content: bytes, chance: random.Random) -> bytes:
    rows = _rows(content)
    order = list(range(len(rows[0])))
    chance.shuffle(order)
    return _text([rows[0], *[[row[place] for place in order if place < len(row)] for row in rows[1:]]])


def formulas(content: bytes, chance: random.Random) -> bytes:
    rows = _rows(content)
    for row in rows[1:]:
        if row and chance.random() < 0.1:
            row[chance.randrange(len(row))] = chance.choice(
                ("=HYPERLINK(1)", "@SUM(A1)", "+1+1", "-1+1", "\t=1", "=cmd|' /C'!A0")
            )
    return _text(rows)


def rename_headings(content: bytes, chance: random.Random) -> bytes:
    rows = _rows(content)
    rows[0] = [chance.choice((name, name + "s", name.upper(), "", "x", rows[0][0], "=" + name)) for name in rows[0]]
    return _text(rows)


def repeat_rows(content: bytes, chance: random.Random) -> bytes:
    rows = _rows(content)
    return _text([rows[0], *chance.choices(rows[1:], k=len(rows))])


def other_encoding(content: bytes, chance: random.Random) -> bytes:
    text = content.decode("latin-1")
    return text.encode(chance.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32", "utf-7")))


def gzip_cut(content: bytes, chance: random.Random) -> bytes:
    packed = gzip.compress(content, 1)
    return packed[: chance.randrange(2, len(packed))]


def gzip_bomb(content: bytes, chance: random.Random) -> bytes:
    return gzip.compress(content[:1000] + b"\0" * 300_000_000, 9)


def zip_bomb(content: bytes, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr(
            chance.choice(("data.csv", "../../data.csv", "/etc/data.csv")), content[:1000] + b"0" * 300_000_000
        )
    return out.getvalue()


def odd_zip(content: bytes, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(chance.choice((0, 1, 3))):
            archive.writestr(f"{number}.csv", content)
    return out.getvalue()


_SHEET = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    "{rows}</sheetData></worksheet>"
)
_WORKBOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'
)
_LINKS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>'
)


def _workbook(rows: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", _WORKBOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", _LINKS)
        archive.writestr("xl/worksheets/sheet1.xml", _SHEET.format(rows=rows))
    return out.getvalue()


def workbook_far_cell(content: bytes, chance: random.Random) -> bytes:
    quote = chance.choice("\"'")
    far = chance.choice(("XFD1048576", "ZZZZ9", "A999999999", "AAA1048576"))
    return _workbook(f'<row r="1"><c r="A1"><v>1</v></c></row><row><c  r={quote}{far}{quote}><v>1</v></c></row>')


def workbook_deep(content: bytes, chance: random.Random) -> bytes:
    deep = chance.choice((1000, 1_000_000))
    return _workbook("<row>" * deep + "</row>" * deep)


def workbook_entities(content: bytes, chance: random.Random) -> bytes:
    lol = '<!DOCTYPE x [<!ENTITY a "lol">' + "".join(f'<!ENTITY a{n} "{"&a;" * 10}">' for n in range(9)) + "]>"
    return _workbook(f'{lol}<row r="1"><c r="A1" t="inlineStr"><is><t>&a8;</t></is></c></row>')


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    flip_bytes, cut, null_bytes, big_cell, open_quote, drop_columns, swap_cells, swap_columns, formulas,
    rename_headings, repeat_rows, other_encoding, gzip_cut, gzip_bomb, zip_bomb, odd_zip, workbook_far_cell,
    workbook_deep, workbook_entities,
)  # fmt: skip
_OF_TEXT = {drop_columns, swap_cells, swap_columns, formulas, rename_headings, repeat_rows, big_cell, open_quote}


def mutate(files: list[Path], seed: int) -> tuple[str, bytes]:
    """A file's name and hostile content; the mutations come in turn."""
    chance = random.Random(seed)
    change = MUTATIONS[seed % len(MUTATIONS)]
    file = chance.choice(files)
    content = file.read_bytes()
    name = file.name
    if change in _OF_TEXT:
        if file.suffix == ".xlsx":
            file = files[0]
            content, name = file.read_bytes(), file.name
        if content[:2] == b"\x1f\x8b":
            content, name = gzip.decompress(content), file.stem
    return f"{change.__name__}-{name}", change(content, chance)
