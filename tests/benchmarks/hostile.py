"""Hostile files through ``kit records``: exit 0 or 1 with a message, never a traceback, 1 GB or 30 s.

    python tests/benchmarks/hostile.py [MUTATIONS] [FIRST]

Each file is read in a process of its own, forked after the imports. Needs ../shared (or KIT_SHARED).
"""

from __future__ import annotations

import contextlib
import csv
import io
import os
import resource
import sys
import tempfile
import traceback
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "sources"))

from conftest import shared_data
from mutations import mutate, victims

from helpers import cli, sources  # noqa: F401

MOST_BYTES, MOST_SECONDS = 1_000_000_000, 30
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def in_a_process(file: Path, out: Path) -> tuple[int, str]:
    """The exit status of reading a file (99 for a traceback) and what was printed."""
    told = io.StringIO()
    out.unlink(missing_ok=True)
    try:
        with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
            status = cli.main(["records", str(file), "-o", str(out)])
        if status == 0 and _formulas(out):
            return 98, "a cell of the written CSV begins a formula: " + _formulas(out)
        return status, told.getvalue()
    except BaseException:
        return 99, traceback.format_exc()


def _formulas(out: Path) -> str:
    for row in csv.reader(out.open(newline="", encoding="utf-8")):
        for cell in row:
            if (
                cell.startswith(FORMULAS)
                and not cell.replace("-", "", 1).replace(".", "", 1).replace("e-", "").isdigit()
            ):
                return cell[:80]
    return ""


def run(seed: int, files: list[Path], folder: Path) -> dict:
    """One mutation: its name, exit status, seconds, peak memory and the message."""
    name, content = mutate(files, seed)
    file = folder / name
    file.write_bytes(content)
    read, write = os.pipe()
    if (child := os.fork()) == 0:
        os.close(read)
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
        status, told = in_a_process(file, folder / "out.csv")
        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = used.ru_utime + used.ru_stime
        os.write(write, f"{status} {used.ru_maxrss * 1024} {seconds} {told[-3000:]}".encode(errors="replace"))
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        told = pipe.read().decode(errors="replace")
    os.waitpid(child, 0)
    file.unlink()
    # The processor's seconds: on a machine that others use too, the clock measures them.
    status, peak, seconds, message = told.split(" ", 3) if told else ("97", "0", "99", "the process died")
    return {
        "name": name,
        "status": int(status),
        "seconds": float(seconds),
        "peak": int(peak),
        "told": message,
    }


def faults(result: dict) -> list[str]:
    """What is wrong with how a hostile file was met."""
    wrong = [] if result["status"] in (0, 1) else [f"status {result['status']}"]
    wrong += ["no message"] if not result["told"].strip() else []
    wrong += [f"{result['peak'] / 1e6:.0f} MB"] if result["peak"] > MOST_BYTES else []
    wrong += [f"{result['seconds']:.0f} s"] if result["seconds"] > MOST_SECONDS else []
    return wrong


def main(many: int = 5000, first: int = 0) -> int:
    files = victims(shared_data())
    statuses: Counter = Counter()
    slowest = largest = 0.0
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(first, first + many):
            result = run(seed, files, Path(folder))
            statuses[result["name"].split("-")[0], result["status"]] += 1
            slowest, largest = max(slowest, result["seconds"]), max(largest, result["peak"])
            if wrong := faults(result):
                bad += 1
                print(f"seed {seed}, {result['name']}: {', '.join(wrong)}\n{result['told'][-1500:]}\n", flush=True)
    for (name, status), count in sorted(statuses.items()):
        print(f"  {name:20} exit {status}: {count}")
    print(f"{many} mutations, {bad} faults; slowest {slowest:.1f} s, largest {largest / 1e6:.0f} MB")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*[int(word) for word in sys.argv[1:]]))
