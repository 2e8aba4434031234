"""A report on an article's claims: for the terminal, as a page, as JSON."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import files, paths
from .matching import said

if TYPE_CHECKING:
    from .check import Claim, Report
    from .since import Stale

__all__ = ["as_json", "as_page", "as_text", "summary", "write_page"]

# Said before anything else on a line, so that no status is told by colour alone.
_WORDS = {
    "supported": "supported",
    "rounded": "rounded",
    "contradicted": "CONTRADICTED",
    "conflicting sources": "SOURCES CONFLICT",
    "unsupported": "unsupported",
    "not a claim": "not a claim",
}
_URGENT = ("contradicted", "conflicting sources", "unsupported", "rounded", "supported")


def as_text(report: Report, stale: list[Stale] | None = None) -> str:
    """The report for a terminal: what is wrong first, then what holds, then what is no claim."""
    lines = []
    for status in _URGENT:
        chosen = [claim for claim in report.claims if claim.status == status]
        for claim in chosen:
            row = report.article.text.count("\n", 0, claim.start) + 1
            pinned = ", pinned" if claim.pinned else ""
            lines.append(f"{_WORDS[status]:<16} line {row}{pinned}: {' '.join(claim.text.split())}")
            if status not in ("supported",):
                lines.append(f"{'':<16} in: {_short(claim.sentence)}")
            lines.append(f"{'':<16} {claim.working}")
    idle = [claim for claim in report.claims if claim.status == "not a claim"]
    lines += [f"{'not a claim':<16} {' '.join(claim.text.split())}: {claim.working}" for claim in idle]
    if stale is not None:
        lines += ["", *_stale_lines(stale)]
    return "\n".join([*lines, "", summary(report)])


def summary(report: Report) -> str:
    """One line: how many claims have each status, and against how many facts."""
    counts = [f"{number} {status}" for status, number in report.counts.items() if number]
    source = f" from {report.facts_from}" if report.facts_from else ""
    told = ", ".join(counts) or "no numbers"
    return f"{paths.shown(report.article.path)}: {told}. Held against {report.facts} facts{source}."


def _short(sentence: str, most: int = 160) -> str:
    return sentence if len(sentence) <= most else sentence[: most - 3] + "..."


def _stale_lines(stale: list[Stale]) -> list[str]:
    if not stale:
        return ["Every number that held against the old facts still holds."]
    lines = ["No longer holds:"]
    for item in stale:
        lines.append(f"  {' '.join(item.now.text.split())}: was {item.before.status}, is {item.now.status}")
        lines.append(f"    then {item.before.working}")
        lines.append(f"    now  {item.now.working}")
    return lines


def as_json(report: Report, stale: list[Stale] | None = None) -> str:
    """The report as JSON: ``claims`` (``sentence, text, value, unit, status, fact, fact_value, working, start, end``
    and more), ``counts``, and the ``article_text`` that the offsets count in."""  # fmt: skip
    document: dict[str, Any] = {
        "article": paths.shown(report.article.path),
        "facts": report.facts,
        "facts_from": report.facts_from,
        "counts": report.counts,
        "claims": [_as_row(claim) for claim in report.claims],
        "article_text": report.article.text,
    }
    if stale is not None:
        document["stale"] = [
            {"text": item.now.text, "start": item.now.start, "end": item.now.end, "was": item.before.status,
             "is": item.now.status, "then": item.before.working, "now": item.now.working}
            for item in stale
        ]  # fmt: skip
    return json.dumps(document, indent=1, ensure_ascii=False)


def _as_row(claim: Claim) -> dict[str, Any]:
    return {
        "sentence": claim.sentence,
        "text": claim.text,
        "value": claim.value,
        "unit": claim.unit,
        "kind": claim.kind,
        "hedge": claim.hedge,
        "status": claim.status,
        "fact": claim.fact,
        "fact_value": claim.fact_value,
        "facts": [
            {"name": fact.name, "value": fact.value, "unit": fact.unit, "qualifier": fact.qualifier,
             "source": fact.source, "status": fact.status, "incident": fact.incident, "notebook": fact.notebook,
             "cell": fact.cell}
            for fact in claim.facts
        ],
        "working": claim.working,
        "pinned": claim.pinned,
        "start": claim.start,
        "end": claim.end,
    }  # fmt: skip


def write_page(report: Report, place: Path, stale: list[Stale] | None = None) -> Path:
    """Write the report as a page; returns its path."""
    return files.write(place, as_page(report, stale))


def as_page(report: Report, stale: list[Stale] | None = None) -> str:
    """The report as one HTML page: the article with its claims marked and numbered, and a note on each.

    Nothing of the article or of the facts is taken as HTML, and the page holds no script and asks for nothing.
    """
    counts = "".join(
        f'<li><span class="{_class(status)}">{escape(_WORDS[status])}</span>: {number}</li>'
        for status, number in report.counts.items() if number
    )  # fmt: skip
    title = f"Claims in {report.article.path.name}"
    notes = "\n".join(_note(number, claim) for number, claim in enumerate(report.claims, start=1))
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>{_style()}</style>
</head>
<body>
<header>
<h1>{escape(title)}</h1>
<p>{escape(summary(report))}</p>
<ul class="counts">{counts}</ul>
</header>
<main>
{_stale_section(stale)}
<section class="article" aria-labelledby="text"><h2 id="text">The article</h2>
{_marked(report)}
</section>
<section class="notes" aria-labelledby="notes"><h2 id="notes">Each number</h2>
<ol>
{notes}
</ol>
</section>
</main>
</body>
</html>
"""


def _class(status: str) -> str:
    return status.replace(" ", "-")


def _marked(report: Report) -> str:
    """The article's paragraphs, each claim a mark that links to its note."""
    text, pieces, at = report.article.text, [], 0
    for number, claim in enumerate(report.claims, start=1):
        if claim.start < at:
            continue
        pieces.append(escape(text[at : claim.start]))
        words = escape(text[claim.start : claim.end])
        label = escape(f"{_WORDS[claim.status]}, note {number}")
        pieces.append(
            f'<mark class="{_class(claim.status)}" id="claim-{number}">{words}<a href="#note-{number}" '
            f'aria-label="{label}"><sup>{number}</sup></a></mark>'
        )
        at = claim.end
    pieces.append(escape(text[at:]))
    paragraphs = "".join(pieces).split("\n\n")
    return "\n".join(f"<p>{part.strip()}</p>" for part in paragraphs if part.strip())


def _note(number: int, claim: Claim) -> str:
    sources = "".join(
        f"<li><b>{escape(fact.name)}</b>: {escape(said(fact))}{_made(fact)}</li>" for fact in claim.facts
    )  # fmt: skip
    facts = f"<ul>{sources}</ul>" if sources else ""
    pinned = " (pinned)" if claim.pinned else ""
    words = escape(" ".join(claim.text.split()))
    status = f'<span class="{_class(claim.status)}">{escape(_WORDS[claim.status])}</span>'
    return (
        f'<li id="note-{number}" value="{number}"><p>{status}{pinned}: <q>{words}</q> '
        f'<a href="#claim-{number}" aria-label="back to number {number} in the article">in the article</a></p>'
        f"<p>{escape(claim.working)}</p>{facts}</li>"
    )


def _made(fact) -> str:
    parts = [part for part in (
        f"{fact.status}" if fact.status else "", f"as of {fact.as_of}" if fact.as_of else "",
        f"notebook {fact.notebook}, cell {fact.cell}" if fact.notebook else "", fact.note,
    ) if part]  # fmt: skip
    return f"<br><small>{escape('; '.join(parts))}</small>" if parts else ""


def _stale_section(stale: list[Stale] | None) -> str:
    if stale is None:
        return ""
    rows = "".join(
        f"<li><q>{escape(item.now.text)}</q> was {escape(item.before.status)} and is now {escape(item.now.status)}: "
        f"then {escape(item.before.working)}; now {escape(item.now.working)}</li>"
        for item in stale
    )  # fmt: skip
    told = f"<ul>{rows}</ul>" if rows else "<p>Every number that held against the old facts still holds.</p>"
    return f'<section aria-labelledby="stale"><h2 id="stale">What no longer holds</h2>{told}</section>'


def _style() -> str:
    from ..charts.style import COLOURS, FONT_STACK

    light = {"ink": COLOURS.text, "paper": COLOURS.background, "quiet": COLOURS.quiet_text, "fine": "#005a8d",
             "wrong": COLOURS.warning, "unsure": COLOURS.reference, "axis": COLOURS.axis}  # fmt: skip
    # The same hues, light enough to read on a dark page (axe-core: at least 4.5 to 1).
    dark = {"ink": "#ececec", "paper": "#161616", "quiet": "#b8b8b8", "fine": "#7cc4f2", "wrong": "#ff9d6b",
            "unsure": "#e3b6d6", "axis": "#8a8a8a"}  # fmt: skip
    names, dark_names = (" ".join(f"--{name}: {value};" for name, value in theme.items()) for theme in (light, dark))
    return f"""
:root {{ color-scheme: light dark; {names} }}
@media (prefers-color-scheme: dark) {{ :root {{ {dark_names} }} }}
body {{ font: 17px/1.55 {FONT_STACK}; color: var(--ink); background: var(--paper); margin: 0 auto;
  max-width: 1180px; padding: 0 16px 48px; }}
h1, h2 {{ line-height: 1.2; overflow-wrap: anywhere; }}
main {{ display: flex; flex-wrap: wrap; gap: 16px 40px; }}
main > section {{ flex: 1 1 320px; min-width: 0; overflow-wrap: anywhere; }}
.counts {{ display: flex; flex-wrap: wrap; gap: 4px 20px; list-style: none; padding: 0; }}
mark {{ background: none; color: inherit; padding: 0 1px; border-bottom: 2px solid var(--fine); }}
mark.contradicted {{ border-bottom: 4px double var(--wrong); font-weight: bold; }}
mark.unsupported {{ border-bottom: 3px dashed var(--wrong); }}
mark.conflicting-sources {{ border-bottom: 3px dotted var(--unsure); }}
mark.not-a-claim {{ border-bottom: 1px dotted var(--axis); }}
mark a {{ display: inline-block; min-width: 24px; min-height: 24px; text-align: center; }}
span.contradicted, span.unsupported {{ color: var(--wrong); font-weight: bold; }}
span.conflicting-sources {{ color: var(--unsure); font-weight: bold; }}
span.supported, span.rounded {{ color: var(--fine); font-weight: bold; }}
.notes ol {{ padding-left: 2em; }}
.notes ul {{ padding-left: 1.1em; }}
.notes li:target, mark:target {{ outline: 2px solid var(--fine); outline-offset: 3px; }}
.notes > ol > li {{ margin-bottom: 14px; }}
.notes p {{ margin: 0 0 4px; }}
small {{ color: var(--quiet); font-size: 15px; }}
a {{ color: var(--fine); }}
"""
