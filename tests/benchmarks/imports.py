"""How long a reporter waits for the first chart, beside what importing pandas and altair alone takes.

    python -m tests.benchmarks.imports [ROUNDS]

Each is a new process; the kinds take turns, so that a busy machine slows them alike. The time is from its start until
the code is done, and, beside it, until the process has ended. The first chart is what the first code cells of
``00-start-here`` do, its picture included. Bar: no more than 1.5 times pandas and altair.
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


def seconds(code: str) -> tuple[float, float, float]:
    """What a new process takes until the code is done, until it has ended, and of the processors, its own children's
    included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.time()
    ran = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport time\nprint(time.time())"],
        check=True, cwd=paths.root(), capture_output=True, text=True,
    )  # fmt: skip
    ended = time.time()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return float(ran.stdout) - started, ended - started, cpu


def main(rounds: int = 5) -> int:
    """Print the median of each kind, and its ratio to pandas and altair; 1 where the first chart misses the bar."""
    taken: dict[str, list[tuple[float, float, float]]] = {kind: [] for kind in KINDS}
    for _ in range(rounds + 1):
        for kind, code in KINDS.items():
            taken[kind].append(seconds(code))
    # The first round fills the disk's cache.
    middle = {kind: [statistics.median(times) for times in zip(*runs[1:], strict=True)] for kind, runs in taken.items()}
    print("  done  ratio  ended  ratio    CPU  ratio")
    for kind, times in middle.items():
        shown = (f"{time:6.2f} {time / base:6.2f}" for time, base in zip(times, middle[AGAINST], strict=True))
        print(*shown, f" {kind}")
    ratio = middle["the first chart of 00-start-here"][0] / middle[AGAINST][0]
    print(f"the first chart takes {ratio:.2f} times as long as pandas and altair alone (bar {BAR})")
    return 0 if ratio <= BAR else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
