"""How long a reporter waits for the first chart, beside what importing pandas and altair alone takes.

    python -m tests.benchmarks.imports [ROUNDS]

Each is a new process; the kinds take turns, so that a busy machine slows them alike. The first chart is what the first
code cells of ``00-start-here`` do, its picture included. Bar: no more than 1.5 times pandas and altair.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

from helpers import paths

CHART = """
from helpers import charts, facts, incidents
facts.notebook("00-start-here")
case = incidents.load("dexter-reed-2024")
charts.shots_over_time(case)._repr_mimebundle_()
"""
KINDS = {
    "nothing": "pass",
    "import helpers": "import helpers",
    "import pandas, altair": "import pandas, altair",
    "from helpers import charts, force, incidents, publish": "from helpers import charts, force, incidents, publish",
    "the first chart of 00-start-here": CHART,
}
AGAINST, BAR = "import pandas, altair", 1.5


def seconds(code: str) -> float:
    """How long a new process takes for it."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, cwd=paths.root())
    return time.perf_counter() - started


def main(rounds: int = 5) -> int:
    taken: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for _ in range(rounds + 1):
        for kind, code in KINDS.items():
            taken[kind].append(seconds(code))
    # The first round fills the disk's cache.
    middle = {kind: statistics.median(times[1:]) for kind, times in taken.items()}
    for kind, value in middle.items():
        print(f"{value:6.2f} s  {value / middle[AGAINST]:5.2f}  {kind}")
    ratio = middle["the first chart of 00-start-here"] / middle[AGAINST]
    print(f"the first chart takes {ratio:.2f} times as long as pandas and altair alone (bar {BAR})")
    return 0 if ratio <= BAR else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
