"""How the review holds up on an hour of footage: ``python -m tests.benchmarks.review``.

Writes an hour of simulated sound at 48 kHz, opens it as the widget does, and times what a reviewer waits for: the first
near view, a near view anywhere, a stretch to listen to, a decision on the disk, and the overview that a thread fills
meanwhile. The peer is reading the whole file at once, as a widget that sends the whole sound must.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from helpers.footage.review import picture
from helpers.footage.sound import open_clip
from tests import review_page

SECONDS = 3600.0


def _timed(act) -> tuple[float, object]:
    started = time.perf_counter()
    made = act()
    return time.perf_counter() - started, made


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        draw = np.random.default_rng(3)
        bangs = np.sort(draw.uniform(5, SECONDS - 5, 400)).round(3)
        path = review_page.write_wav(Path(folder) / "car.wav", SECONDS, bangs, rate=48000)
        opening, (widget, review) = _timed(
            lambda: review_page.session(Path(folder), seconds=SECONDS, bangs=tuple(bangs), cameras=1)
        )
        overview = widget.overviews["car.wav"]
        first, _ = _timed(lambda: picture.view(overview, 0.0, 12.0, 1200))
        places = draw.uniform(0, SECONDS - 20, 40)
        near = [_timed(lambda at=at: picture.view(overview, at, at + 12.0, 1200))[0] for at in places]
        wide = [_timed(lambda: picture.view(overview, 0.0, SECONDS, 1200))[0] for _ in range(20)]
        heard = [_timed(lambda at=at: picture.heard(overview.clip, at, at + 1.0))[0] for at in places]
        decided = [_timed(lambda id=id: review.do("confirm", mark=id))[0] for id in list(review.marks)[:40]]
        filling, _ = _timed(lambda: overview._thread.join())
        whole, _ = _timed(lambda: np.concatenate([block for _, block in open_clip(path).blocks()]))
        sent = picture.view(overview, 0.0, 12.0, 1200)
        size = sum(part.nbytes for part in (sent.low, sent.high, sent.levels, sent.known))
        widget.close()

    def worst(times):
        return f"{1000 * float(np.median(times)):.0f} ms, worst of {len(times)}: {1000 * max(times):.0f} ms"

    print(f"one hour, 48 kHz, mono, {len(bangs) + 1} proposals; Python {sys.version.split()[0]}")
    print(f"begin the review (hash included)  {opening:.2f} s")
    print(f"first near view, while filling    {1000 * first:.0f} ms")
    print(f"near view anywhere                {worst(near)}")
    print(f"view of the whole hour            {worst(wide)}")
    print(f"a second to listen to             {worst(heard)}")
    print(f"a decision, on the disk           {worst(decided)}")
    print(f"the overview was full after       {filling:.1f} s more, in its thread")
    print(
        f"sent for a near view              {size / 1000:.0f} kB; the whole sound is {SECONDS * 48000 * 2 / 1e6:.0f} MB"
    )
    print(f"reading all at once, the peer     {whole:.1f} s, {whole / max(first, 1e-9):.0f} times the first near view")
    print(f"largest memory                    {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
