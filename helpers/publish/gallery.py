"""The page that shows every published figure, its words, its warnings and its files."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict
from html import escape
from pathlib import Path
from typing import Any

from .. import facts, files, paths
from ..charts.style import COLOURS, DARK
from ..problems import InputError

__all__ = ["gallery"]

_ROLES, _NIGHT = (
    " ".join(f"--{role}: {colour};" for role, colour in asdict(colours).items()) for colours in (COLOURS, DARK)
)
_STYLE = f"""
:root {{ color-scheme: light; {_ROLES} }}
@media screen and (prefers-color-scheme: dark) {{ :root {{ color-scheme: dark; {_NIGHT} }} }}
html {{ background: var(--background); color: var(--text); }}
body {{ font: 16px/1.5 "Source Sans Pro", Helvetica, Arial, sans-serif; margin: 0 auto; max-width: 1180px;
  padding: 0 16px 48px; }}
h1, h2 {{ line-height: 1.2; overflow-wrap: anywhere; }}
article {{ border-top: 1px solid var(--axis); padding: 8px 0 24px; }}
.pictures {{ display: flex; flex-wrap: wrap; gap: 24px; align-items: flex-start; }}
.pictures figure {{ margin: 0; }}
.pictures figcaption {{ color: var(--quiet_text); font-size: 14px; }}
.desktop {{ flex: 0 1 720px; }}
.phone {{ flex: 0 1 360px; }}
img {{ max-width: 100%; height: auto; background: {COLOURS.background}; border: 1px solid var(--axis); }}
dl {{ max-width: 75ch; }}
dt {{ font-weight: bold; }}
dd {{ margin: 0 0 6px; overflow-wrap: anywhere; }}
.warnings {{ color: var(--warning); padding-left: 20px; margin: 0 0 12px; }}
.alone {{ font-weight: bold; }}
a {{ color: var(--focus); }}
button, input {{ font: inherit; color: var(--text); background: var(--background); border: 1px solid var(--axis);
  border-radius: 4px; padding: 6px 12px; min-height: 40px; }}
button {{ cursor: pointer; margin: 0 8px 8px 0; }}
input {{ width: min(100%, 480px); box-sizing: border-box; }}
:focus-visible {{ outline: 3px solid var(--focus); outline-offset: 2px; }}
.source {{ display: none; }}
.scroll {{ overflow-x: auto; }}
table {{ border-collapse: collapse; font-size: 14px; }}
th, td {{ text-align: left; vertical-align: top; padding: 4px 12px 4px 0; border-bottom: 1px solid var(--grid); }}
@media print {{ button, input, label, nav {{ display: none; }} article {{ break-inside: avoid; }} }}
"""
_COPIES = (
    ("snippet.html", "Copy the static figure"),
    ("iframe.html", "Copy the interactive figure"),
)


def gallery(out: Path | None = None) -> Path:
    """Write ``<out>/index.html``, which shows every figure below ``out`` and the facts; returns its path."""
    out = out or paths.out()
    figures = [(place.parent, about) for place in sorted(out.glob("*/figure.json")) if (about := _read(place))]
    shown = "\n".join(_figure(folder, about) for folder, about in figures) or "<p>No figure is published yet.</p>"
    script = "\n" + (Path(__file__).parent / "runtime" / "gallery.js").read_text(encoding="utf-8")
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(_STYLE)}; img-src 'self' data:;"
        " base-uri 'none'; form-action 'none'"
    )
    contents = "".join(
        f'<li><a href="#{escape(each.name)}">{escape(about["title"])}</a></li>' for each, about in figures
    )
    page = f"""<!doctype html>
<html lang="en" data-copied="copied">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Published figures</title>
<link rel="icon" href="data:,">
<style>{_STYLE}</style>
</head>
<body>
<header><h1>Published figures</h1>
<p>{len(figures)} figure{"" if len(figures) == 1 else "s"}. Each folder holds what an article needs.</p>
<p><label for="base">Where the files will be, for the code you copy</label><br>
<input id="base" type="url" placeholder="https://example.org/graphics" autocomplete="off" spellcheck="false"></p>
<p id="said" role="status"></p></header>
<nav aria-label="Figures"><ol>{contents}</ol></nav>
<main>
{shown}
{_facts(out)}
</main>
<script>{script}</script>
</body>
</html>
"""
    return files.write(out / "index.html", page)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _read(place: Path) -> dict[str, Any] | None:
    try:
        about = json.loads(place.read_text(encoding="utf-8"))
        return about if {"title", "alt", "source", "status", "files"} <= about.keys() else None
    except (ValueError, OSError, AttributeError):
        return None


def _figure(folder: Path, about: dict[str, Any]) -> str:
    slug = escape(folder.name)
    words = {key: escape(str(value or "")) for key, value in about.items()}
    rows = [("Source", words["source"]), ("How known", words["status"] or "not stated"), ("Alt text", words["alt"])]
    rows += [(label, words[key]) for label, key in (("Notes", "notes"), ("Credit", "credit"), ("As of", "as_of"),
             ("Language", "language"), ("Notebook", "notebook")) if words.get(key)]  # fmt: skip
    links = ", ".join(
        f'<a href="{slug}/{escape(name)}">{escape(name)}</a>' for name in [*about["files"], "figure.json"]
    )
    told = "".join(f"<dt>{label}</dt><dd>{value}</dd>" for label, value in rows)
    language = f' lang="{words["language"]}"' if words.get("language", "en") != "en" else ""
    wide, narrow = (_picture(folder, name) for name in ("desktop", "mobile"))
    return f"""<article id="{slug}" aria-labelledby="{slug}-heading">
<h2 id="{slug}-heading"{language}>{words["title"]}</h2>
{_warnings(about)}<div class="pictures">
<figure class="desktop"><img {wide} alt="{words["alt"]}" loading="lazy"><figcaption>Desktop</figcaption></figure>
<figure class="phone"><img {narrow} alt="The same, as on a phone" loading="lazy"><figcaption>Phone</figcaption></figure>
</div>
<p>{_copies(folder, about)}</p>
<dl>{told}<dt>Files</dt><dd>{links}</dd></dl>
</article>"""


def _picture(folder: Path, name: str) -> str:
    """Where a picture is and how large, so that the page does not jump as pictures come."""
    try:
        head = (folder / f"{name}.png").open("rb").read(24)
        width, height = (int.from_bytes(head[place : place + 4], "big") // 2 for place in (16, 20))
        size = f' width="{width}" height="{height}"'
    except OSError:
        size = ""
    return f'src="{escape(folder.name)}/{name}.png"{size}'


def _warnings(about: dict[str, Any]) -> str:
    told = ['<li class="alone">Simulated: not a real event.</li>'] if about["status"] == "simulated" else []
    told += [f"<li>{escape(str(each))}</li>" for each in about.get("warnings", [])]
    return f'<ul class="warnings">{"".join(told)}</ul>' if told else ""


def _copies(folder: Path, about: dict[str, Any]) -> str:
    """A button for each thing to copy, and what it copies."""
    slug = escape(folder.name)
    parts = []
    for name, label in _COPIES:
        if (folder / name).is_file():
            id = f"{slug}-{name.partition('.')[0]}"
            code = escape((folder / name).read_text(encoding="utf-8"))
            parts.append(_copy(id, label, code))
    parts.append(_copy(f"{slug}-alt", "Copy the alt text", escape(about["alt"]), plain=True))
    pressed = f'<a href="{slug}/embed.html">Open the interactive figure</a>'
    return "".join(parts) + (pressed if (folder / "embed.html").is_file() else "")


def _copy(id: str, label: str, text: str, *, plain: bool = False) -> str:
    how = " data-plain" if plain else ""
    # A text area, for it keeps every sign as it is; nobody needs to see it.
    return (
        f'<button type="button" data-copies="{id}"{how}>{label}</button>'
        f'<textarea class="source" id="{id}" readonly aria-hidden="true" tabindex="-1">\n{text}</textarea>'
    )


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
<div class="scroll" tabindex="0" role="region" aria-label="The facts, as a table"><table><thead><tr>{head}</tr></thead>
<tbody>
{rows}
</tbody></table></div></section>"""
