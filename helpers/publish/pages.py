"""The HTML around a figure: the snippet for an article, the embed, the code that frames it, and its data as a table."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from ..charts.language import Language
from ..charts.style import FONT, drawable
from .words import Words

__all__ = ["Interactive", "Size", "embed", "iframe", "snippet", "table"]

Size = tuple[int, int]
MOST_ROWS = 100
BREAKPOINT = 560
GROW = 1.25


@dataclass(frozen=True)
class Interactive:
    """What an embed draws: Vega ``layouts`` by name over shared ``rows``, and whether it is drawn dark on dark."""

    layouts: Mapping[str, dict[str, Any]]
    rows: list[list[Any]]
    dark: bool


def snippet(words: Words, data: pd.DataFrame, *, size: Size, phone: Size) -> str:
    """A ``<figure>`` to paste into a page, static and without script: picture, alt text, caption, data.

    The picture is the SVG, the PNG where SVG is not drawn, and the phone's variant on a narrow page. Addresses are
    relative to the figure's folder: upload it whole, or put the address of each file in. There is no rule of style
    that could touch the article, and every id begins with the figure's name.
    """
    name = f"figure-{words.slug}"
    caption = [f"    <p>{escape(line)}</p>" for line in words.footer()]
    return "\n".join(
        [
            f'<figure id="{name}" lang="{words.language}" style="margin: 0">',
            _picture(words, size, phone, alt=words.alt, indent="  "),
            "  <figcaption>",
            *caption,
            f'    <p><a href="data.csv" download="{words.slug}.csv">{_say(words, "get_data")}</a></p>',
            "  </figcaption>",
            *(f"  {line}" for line in table(words, data, name, style="overflow-x: auto").split("\n")),
            "</figure>",
            "",
        ]
    )


def embed(
    words: Words,
    data: pd.DataFrame,
    chart: Interactive | None,
    *,
    size: Size,
    phone: Size,
    names: Mapping[str, str],
    whole: Any = None,
    pictures: Mapping[str, str] | None = None,
    csv: str = "",
) -> str:
    """The page of one figure, to be framed by an article: interactive where ``chart`` is given, else its picture.

    It declares its own Content-Security-Policy: no evaluation of texts as code, no request but for its own shared
    files; with ``whole``, the shared files' texts, it needs no file at all, and with ``pictures`` and ``csv`` neither
    for its picture and its table.
    """
    one = whole is not None
    script = ("chart" if chart else "frame") if not one else None
    policy, head, foot = (
        _inlined(whole.style, whole.chart if chart else whole.frame) if one else _linked(names, str(script))
    )
    still = _picture(words, size, phone, alt="", indent="", inline=pictures)
    link = f"data:text/csv;charset=utf-8;base64,{_base64(csv)}" if one else "data.csv"
    above = [f"<h1>{escape(words.title)}</h1>"]
    above += [f'<p class="subtitle">{escape(words.subtitle)}</p>'] if words.subtitle else []
    above += [f'<p class="simulated">{_say(words, "simulated")}</p>'] if words.status == "simulated" else []
    card = "" if chart and chart.dark else ' class="card"'
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{words.language}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{escape(words.title)}</title>",
            '<link rel="icon" href="data:,">',
            head,
            "</head>",
            f'<body data-slug="{words.slug}">',
            "<main>",
            *above,
            f'<div id="chart" role="img" aria-label="{escape(words.alt)}"{card} data-chart="{_say(words, "chart")}">',
            *(_drawn(chart, words, still) if chart else [still, "</div>"]),
            f'<div class="below">{"".join(f"<p>{escape(line)}</p>" for line in words.footer())}',
            f'<p><a href="{link}" download="{words.slug}.csv">{_say(words, "get_data")}</a></p></div>',
            table(words, data, "data"),
            "</main>",
            foot,
            "</body>",
            "</html>",
            "",
        ]
    )


def iframe(words: Words, height: int) -> str:
    """The code with which an article frames the embed: it takes the height that the embed tells."""
    return f"""<iframe src="embed.html" title="{escape(words.title)}" loading="lazy" height="{height}"
  style="width: 100%; border: 0; display: block"></iframe>
<script>
addEventListener("message", (event) => {{
  const told = event.data && event.data["kit-height"];
  if (!told) return;
  for (const frame of document.querySelectorAll("iframe"))
    if (frame.contentWindow === event.source)
      for (const height of Object.values(told)) frame.style.height = Number(height) + "px";
}});
for (const frame of document.querySelectorAll("iframe")) frame.contentWindow.postMessage("kit-height?", "*");
</script>
"""


def table(words: Words, data: pd.DataFrame, name: str, *, style: str = "") -> str:
    """The plotted data as a folded, accessible table; where there are many rows, the first of them.

    ``style`` is for a page that has no stylesheet of the kit's.
    """
    language, look = words.spoken, f' style="{style}"' if style else ""
    parts = [("", data)]
    if "table" in data.columns and len(data.columns) > 1:
        parts = [(str(key), part.drop(columns="table").dropna(axis="columns", how="all"))
                 for key, part in data.groupby("table", sort=False)]  # fmt: skip
    room, tables = MOST_ROWS, []
    for number, (caption, part) in enumerate(parts):
        shown = part.head(max(room, 3))
        room -= len(shown)
        tables.append(_one_table(shown, language.term(caption) or words.title, f"{name}-table-{number + 1}", language))
        if len(shown) < len(part):
            tables.append(f"<p>{escape(language.say('table_cut', shown=len(shown), rows=len(part)))}</p>")
    return (
        f"<details><summary>{_say(words, 'show_data')}</summary>\n"
        f'<div class="scroll"{look} tabindex="0" role="region"'
        f' aria-label="{_say(words, "show_data")}">\n' + "\n".join(tables) + "\n</div></details>"
    )


def _one_table(part: pd.DataFrame, caption: str, id: str, language: Language) -> str:
    numbers = {column for column in part if part[column].dtype.kind in "biuf" and part[column].dtype.kind != "b"}
    head = "".join(f'<th scope="col">{escape(language.heading(str(column)))}</th>' for column in part)
    rows, right = [], ' class="number"'
    for row in part.itertuples(index=False):
        cells = (
            f"<td{right if column in numbers else ''}>{escape(_cell(value, column, language))}</td>"
            for column, value in zip(part, row, strict=True)
        )
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return (
        f'<table id="{id}"><caption>{escape(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n'
        + "\n".join(rows)
        + "\n</tbody></table>"
    )


def _cell(value: Any, column: Any, language: Language) -> str:
    if value is None or value is pd.NaT or (isinstance(value, float) and value != value) or value is pd.NA:
        return language.say("cell_missing")
    if isinstance(value, str):
        return drawable(language.date(value) if len(value) == 10 else language.term(value))
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        # A year is a name, not a quantity: no comma in it.
        return str(value) if "year" in str(column).casefold() else language.number(value, 6)
    if hasattr(value, "item"):
        return _cell(value.item(), column, language)
    return drawable(language.term(str(value)))


def _picture(
    words: Words, size: Size, phone: Size, *, alt: str, indent: str, inline: Mapping[str, str] | None = None
) -> str:
    wide, narrow = (f'width="{width}" height="{height}"' for width, height in (size, phone))
    look = ' loading="lazy" style="max-width: 100%; height: auto"' if alt else ""
    if inline is not None:
        mobile, desktop = (f"data:image/svg+xml;base64,{_base64(inline[name])}" for name in ("mobile", "desktop"))
        lines = [f'  <source media="(max-width: {BREAKPOINT}px)" srcset="{mobile}" {narrow}>']
        lines += [f'  <img src="{desktop}" alt="{escape(alt)}" {wide}>']
    else:
        media = f'media="(max-width: {BREAKPOINT}px)"'
        lines = [
            f'  <source {media} type="image/svg+xml" srcset="mobile.svg" {narrow}>',
            f'  <source {media} type="image/png" srcset="mobile.png 2x" {narrow}>',
            f'  <source type="image/svg+xml" srcset="desktop.svg" {wide}>',
            f'  <img src="desktop.png" srcset="desktop.png 2x" alt="{escape(alt)}" {wide}{look}>',
        ]
    return "\n".join(indent + line for line in ("<picture>", *lines, "</picture>"))


def _drawn(chart: Interactive, words: Words, still: str) -> list[str]:
    figure = {
        "layouts": chart.layouts,
        "rows": chart.rows,
        "breakpoint": BREAKPOINT,
        "grow": GROW,
        "font": FONT,
        "locale": {"number": words.spoken.numbers, "time": words.spoken.dates},
    }
    return [
        f'<div id="drawing"><noscript>{still}</noscript></div>',
        '<div id="tip" aria-hidden="true" hidden></div><div id="ring" aria-hidden="true" hidden></div>',
        "</div>",
        f'<p class="keys" id="keys" hidden>{_say(words, "keys")}</p>',
        '<p id="spoken" role="status"></p>',
        f'<template id="still">{still}</template>',
        f'<script type="application/json" id="figure">{_json(figure)}</script>',
    ]


def _linked(names: Mapping[str, str], script: str) -> tuple[str, str, str]:
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src data:; img-src 'self' data:;"
        " base-uri 'none'; form-action 'none'"
    )
    head = f'<link rel="stylesheet" href="../assets/{names["style"]}">'
    return policy, head, f'<script src="../assets/{names[script]}" defer></script>'


def _inlined(sheet: str, script: str) -> tuple[str, str, str]:
    sheet, script = f"\n{sheet}", f"\n{script}"
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(sheet)};"
        " font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
    )
    return policy, f"<style>{sheet}</style>", f"<script>{script}</script>"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _json(value: Any) -> str:
    """JSON that may stand in a page: nothing in it can end the element or begin another."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _say(words: Words, key: str) -> str:
    return escape(words.spoken.say(key))
