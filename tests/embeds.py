"""Looking at embeds in the browser: a small site of figures, and what is measured from the boxes that are drawn."""

from __future__ import annotations

import functools
import http.server
from contextlib import contextmanager
from pathlib import Path

from tests import loopback

__all__ = ["MEASURE", "opened", "overlapping", "served", "wait_drawn"]

# Every text's box, by line, and every mark that tells something; with the colours that are really there.
MEASURE = """() => {
  const svg = document.querySelector('#drawing svg');
  const frame = svg.getBoundingClientRect();
  const box = (part) => { const r = part.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
  const shown = (part) => { for (let e = part; e && e !== svg; e = e.parentElement)
    if (getComputedStyle(e).display === 'none' || getComputedStyle(e).opacity === '0') return false; return true; };
  const paint = (part) => { const s = getComputedStyle(part); return {
    fill: s.fill, stroke: s.stroke, fillOpacity: +s.fillOpacity * s.opacity,
    strokeOpacity: +s.strokeOpacity * s.opacity, strokeWidth: parseFloat(s.strokeWidth) }; };
  const texts = [], marks = [];
  for (const text of svg.querySelectorAll('text')) {
    if (!shown(text) || !text.textContent.trim() || getComputedStyle(text).strokeWidth === '4px') continue;
    const lines = text.querySelectorAll('tspan').length ? [...text.querySelectorAll('tspan')] : [text];
    for (const line of lines) {
      const b = box(line);
      const under = document.elementsFromPoint((b[0] + b[2]) / 2, (b[1] + b[3]) / 2)
        .filter((e) => svg.contains(e) && e !== svg && e.tagName !== 'text' && e.tagName !== 'tspan'
          && !e.classList.contains('background')).map(paint).filter((p) => p.fill !== 'none' && p.fillOpacity > 0);
      texts.push({ words: line.textContent, box: b, size: b[3] - b[1], ...paint(text), under });
    }
  }
  for (const mark of svg.querySelectorAll('path, rect, line')) {
    const item = mark.__data__;
    if (item && item.mark && item.tooltip && !['line', 'area'].includes(item.mark.marktype) && shown(mark))
      marks.push({ kind: item.mark.marktype, ...paint(mark) });
  }
  const areas = [...svg.querySelectorAll('.mark-area path')].map(paint);
  return { texts, marks, areas, frame: box(svg), background: getComputedStyle(document.documentElement).backgroundColor,
    drawn: document.getElementById('chart').dataset.drawn, points: +document.getElementById('chart').dataset.points,
    wider: document.documentElement.scrollWidth - innerWidth };
}"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@contextmanager
def served(folder: Path):
    """The address of a server of that folder on this machine."""
    with loopback.serving(functools.partial(_Quiet, directory=str(folder))) as server:
        yield server.at


def opened(browser, address: str, *, width: int = 600, **options):
    """A page at an address, and the list in which its complaints and its requests elsewhere gather."""
    page = browser.new_page(viewport={"width": width, "height": 1600}, **options)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: (complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    start = address[: address.index("/", 8)] if address.startswith("http") else "file://"
    page.on(
        "request", lambda asked: complaints.append(f"asked for {asked.url}") if not _own(asked.url, start) else None
    )
    page.goto(address)
    return page, complaints


def _own(address: str, start: str) -> bool:
    return address.startswith((start, "data:", "blob:", "about:"))


def wait_drawn(page, layout: str = "") -> None:
    """Wait until the chart stands there, in that layout where one is named."""
    # By the locator, not by a function: a page that forbids evaluation forbids the test's too.
    page.locator(f"#chart[data-drawn{f'={layout}' if layout else ''}]").wait_for(timeout=20_000)


def overlapping(texts: list[dict]) -> list[tuple[str, str]]:
    """The pairs of texts whose letters cover each other."""
    boxes = [(text["words"], _letters(text)) for text in texts]
    return [
        (one, other)
        for number, (one, a) in enumerate(boxes)
        for other, b in boxes[number + 1 :]
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]


def _letters(text: dict) -> tuple[float, float, float, float]:
    """The box of the letters themselves: a browser's goes from the typeface's highest accent to its lowest tail."""
    left, top, right, bottom = text["box"]
    height = bottom - top
    return left + 0.5, top + 0.2 * height, right - 0.5, bottom - 0.22 * height
