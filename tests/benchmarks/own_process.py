"""Code measured in a process of its own: its seconds, its processor's seconds and its peak memory."""

from __future__ import annotations

import json
import subprocess
import sys

__all__ = ["measured"]

# Linux counts the peak of a program that is no more against its child (getrusage(2)); VmHWM is the process's own.
_AROUND = """
import json, sys, time
{prepare}
begun, cpu = time.perf_counter(), time.process_time()
{run}
told = {{"seconds": time.perf_counter() - begun, "cpu": time.process_time() - cpu}}
told["peak"] = next(int(line.split()[1]) * 1024 for line in open("/proc/self/status") if line.startswith("VmHWM"))
told |= {tell}
print(json.dumps(told))
"""


def measured(prepare: str, run: str, tell: str, *arguments: str) -> dict:
    """What Python code takes: ``seconds``, ``cpu`` (seconds), ``peak`` (bytes), and the dict that ``tell`` makes.

    ``prepare`` (imports, warming up) is not timed. The code finds ``arguments`` in ``sys.argv[1:]``. On Linux only.
    """
    code = _AROUND.format(prepare=prepare, run=run, tell=tell)
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=900)
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])
