"""Publishing beside Altair's own ``save`` to the same formats, figure by figure in one run.

``python -m tests.benchmarks.publish`` draws every figure that the notebooks publish, then times in turn

- the kit: ``publish.figure``, the whole bundle with its pages, data, provenance and gallery;
- Altair: ``save`` of the same charts as the files of the bundle that Altair can write: two SVG, three PNG at twice the
  size, a PDF, an HTML page with all that it needs inside, and the specification.

Both are warm: the first figure of each is not timed. What is compared is a ratio, for it holds on any machine.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from helpers import publish
from tests import shipped

RUNS = 1


def calls() -> list[tuple[Any, dict[str, Any]]]:
    """What the notebooks hand to ``publish.figure``: charts and words."""
    found: list[tuple[Any, dict[str, Any]]] = []
    kept = publish.figure, publish.figure.__globals__["figure"]

    def note(chart: Any, **words: Any) -> publish.Published:
        # A notebook also shows that a figure without words is refused: nothing to time.
        if words.get("alt") and words.get("source"):
            found.append((chart, words))
        return publish.Published(words["slug"], Path(), ())

    publish.figure = kept[1].__globals__["figure"] = note
    try:
        with tempfile.TemporaryDirectory() as folder:
            shipped.publish_all(Path(folder))
    finally:
        publish.figure, kept[1].__globals__["figure"] = kept
    return found


def by_altair(chart: Any, words: dict[str, Any], out: Path) -> None:
    """The same charts saved by Altair to the formats of a bundle that it can write."""
    folder = out / words["slug"]
    folder.mkdir(parents=True, exist_ok=True)
    phone = words.get("mobile") or chart
    for each, name in ((chart, "desktop"), (phone, "mobile")):
        each.save(folder / f"{name}.svg")
        each.save(folder / f"{name}.png", scale_factor=2)
    chart.save(folder / "social.png", scale_factor=2)
    chart.save(folder / "desktop.pdf")
    chart.save(folder / "chart.json")
    chart.save(folder / "embed.html", inline=True)


def timed(make: Callable[[], object]) -> float:
    """Seconds that it takes."""
    started = time.perf_counter()
    make()
    return time.perf_counter() - started


def main() -> None:
    """Print each figure's seconds and the ratio of the sums."""
    figures = calls()
    ours: dict[str, list[float]] = {}
    theirs: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        for run in range(RUNS + 1):
            # The first run warms both up: typefaces, Vega, the shared files.
            for chart, words in figures if run else figures[:1]:
                own = timed(lambda chart=chart, words=words: publish.figure(chart, **words, out=out / "kit"))
                their = timed(lambda chart=chart, words=words: by_altair(chart, words, out / "altair"))
                if run:
                    ours.setdefault(words["slug"], []).append(own)
                    theirs.setdefault(words["slug"], []).append(their)
    print(f"{'figure':45} {'kit, s':>8} {'Altair, s':>10} {'ratio':>6}")
    rows = [(slug, statistics.median(ours[slug]), statistics.median(theirs[slug])) for slug in ours]
    for slug, own, their in rows:
        print(f"{slug:45} {own:8.2f} {their:10.2f} {own / their:6.2f}")
    whole, other = sum(own for _, own, _ in rows), sum(their for _, _, their in rows)
    print(f"{'all ' + str(len(rows)):45} {whole:8.2f} {other:10.2f} {whole / other:6.2f}   (the bar: 1.5)")
    print(f"slowest bundle: {max(own for _, own, _ in rows):.2f} s   (the bar: 2.5 s)")


if __name__ == "__main__":
    main()
