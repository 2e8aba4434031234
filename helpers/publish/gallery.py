"""The page that shows every published figure, its words and its files."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from .. import facts, files, paths
from ..charts.style import COLOURS
from ..problems import InputError

__all__ = ["gallery"]

_STYLE = f"""
body {{ font: 16px/1.5 "Source Sans Pro", Helvetica, Arial, sans-serif; color: {COLOURS.text}; margin: 0 auto;
  max-width: 1180px; padding: 0 16px 48px; }}
h1, h2 {{ line-height: 1.2; }}
article {{ border-top: 1px solid {COLOURS.axis}; padding: 8px 0 24px; }}
.pictures {{ display: flex; flex-wrap: wrap; gap: 24px; align-items: flex-start; }}
.pictures figure {{ margin: 0; }}
.pictures figcaption {{ color: {COLOURS.quiet_text}; font-size: 14px; }}
.desktop {{ flex: 0 1 720px; }}
.phone {{ flex: 0 1 360px; }}
img {{ max-width: 100%; height: auto; border: 1px solid {COLOURS.grid}; }}
dt {{ font-weight: bold; }}
dd {{ margin: 0 0 6px; overflow-wrap: anywhere; }}
.warning {{ color: {COLOURS.warning}; font-weight: bold; }}
a {{ color: #005a8d; }}
.scroll {{ overflow-x: auto; }}
table {{ border-collapse: collapse; font-size: 14px; }}
th, td {{ text-align: left; vertical-align: top; padding: 4px 12px 4px 0; border-bottom: 1px solid {COLOURS.grid}; }}
"""


def gallery(out: Path | None = None) -> Path:
    """Write ``<out>/index.html``, which shows every figure below ``out`` and the facts; returns its path."""
    out = out or paths.out()
    figures = [(place.parent.name, about) for place in sorted(out.glob("*/figure.json")) if (about := _read(place))]
    shown = "\n".join(_figure(folder, about) for folder, about in figures) or "<p>No figure is published yet.</p>"
    page = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Published figures</title>
<style>{_STYLE}</style>
</head>
<body>
<header><h1>Published figures</h1>
<p>{len(figures)} figure{"" if len(figures) == 1 else "s"}. Each folder holds what an article needs.</p></header>
<main>
{shown}
{_facts(out)}
</main>
</body>
</html>
"""
    return files.write(out / "index.html", page)


def _read(place: Path) -> dict[str, Any] | None:
    try:
        about = json.loads(place.read_text(encoding="utf-8"))
        return about if {"title", "alt", "source", "status", "files"} <= about.keys() else None
    except (ValueError, OSError, AttributeError):
        return None


def _figure(folder: str, about: dict[str, Any]) -> str:
    slug = escape(folder)
    words = {key: escape(str(value or "")) for key, value in about.items()}
    rows = [("Source", words["source"]), ("How known", words["status"] or "not stated"), ("Alt text", words["alt"])]
    rows += [(label, words[key]) for label, key in (("Notes", "notes"), ("Credit", "credit"), ("As of", "as_of"))
             if words.get(key)]  # fmt: skip
    rows += [("Notebook", words["notebook"])] if words.get("notebook") else []
    links = ", ".join(
        f'<a href="{slug}/{escape(name)}">{escape(name)}</a>' for name in [*about["files"], "figure.json"]
    )
    warning = '<p class="warning">Simulated: not a real event.</p>' if about["status"] == "simulated" else ""
    told = "".join(f"<dt>{label}</dt><dd>{value}</dd>" for label, value in rows)
    return f"""<article id="{slug}">
<h2>{words["title"]}</h2>
{warning}<div class="pictures">
<figure class="desktop"><img src="{slug}/desktop.png" alt="{words["alt"]}"><figcaption>Desktop</figcaption></figure>
<figure class="phone"><img src="{slug}/mobile.png" alt="The same, as on a phone"><figcaption>Phone</figcaption></figure>
</div>
<dl>{told}<dt>Files</dt><dd>{links}</dd></dl>
</article>"""


def _cells(fact: facts.Fact) -> tuple[str, ...]:
    return fact.name.replace("_", " "), str(fact), fact.counts, fact.status, fact.source, fact.notebook


def _facts(out: Path) -> str:
    try:
        found = facts.read(out / "facts.json")
    except InputError:
        return ""
    rows = "\n".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in _cells(fact)) + "</tr>" for fact in found)
    head = "".join(
        f'<th scope="col">{name}</th>'
        for name in ("Fact", "Value", "What it counts", "How known", "Source", "Notebook")
    )
    return f"""<section aria-labelledby="facts"><h2 id="facts">Facts</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="facts"><table><thead><tr>{head}</tr></thead>
<tbody>
{rows}
</tbody></table></div></section>"""
