"""How long a reporter waits for the first chart, beside what importing pandas and altair alone takes.

    python -m tests.benchmarks.imports [ROUNDS]

Each is a new process; the kinds take turns, so that a busy machine slows them alike. The first chart is what the first
code cells of ``00-start-here`` do, its picture included. Bar: no more than 1.5 times pandas and altair.
"""

from __future__ import annotations

import resource
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


def seconds(code: str) -> tuple[float, float]:
    """How long a new process takes for it, and the processor's seconds it uses, which a busy machine hardly changes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, cwd=paths.root())
    taken = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return taken, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(rounds: int = 5) -> int:
    """Print the median of each kind, and its ratio to pandas and altair; 1 where the first chart misses the bar."""
    taken: dict[str, list[tuple[float, float]]] = {kind: [] for kind in KINDS}
    for _ in range(rounds + 1):
        for kind, code in KINDS.items():
            taken[kind].append(seconds(code))
    # The first round fills the disk's cache.
    middle = {
        kind: [statistics.median(times) for times in zip(*pairs[1:], strict=True)] for kind, pairs in taken.items()
    }
    print("  wall  ratio    CPU  ratio")
    for kind, (wall, cpu) in middle.items():
        print(f"{wall:6.2f} {wall / middle[AGAINST][0]:6.2f} {cpu:6.2f} {cpu / middle[AGAINST][1]:6.2f}  {kind}")
    ratio = middle["the first chart of 00-start-here"][0] / middle[AGAINST][0]
    print(f"the first chart takes {ratio:.2f} times as long as pandas and altair alone (bar {BAR})")
    return 0 if ratio <= BAR else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
