"""Reading a million-row file in the Post's layout, beside a bare ``pandas.read_csv`` of it.

    python tests/benchmarks/records.py [ROWS] [RUNS]

Each reading runs in a process of its own, in turn, so that neither warms the other's memory; both have read ten rows
before, so that no import is timed.
Bars: no more than 2.5 times the time of the bare read; peak memory under 3 times the frame that read_csv makes.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
from own_process import measured

BARE = (
    "import pandas as pd; pd.read_csv(sys.argv[2])",
    "frame = pd.read_csv(sys.argv[1])",
    '{"frame": int(frame.memory_usage(deep=True).sum()), "rows": len(frame)}',
)
KIT = (
    "from helpers import sources; sources.read([sys.argv[2]])",
    "frame = sources.read([sys.argv[1]]).records",
    '{"frame": int(frame.memory_usage(deep=True).sum()), "rows": len(frame)}',
)


def posts_file(path: Path, rows: int) -> None:
    """A file in the Post's second layout: ids, names and coordinates differ in every row, the rest repeats."""
    chance = np.random.default_rng(1)
    days = pd.date_range("2015-01-01", "2024-04-04").strftime("%Y-%m-%d").to_numpy()
    pick = lambda values, p=None: chance.choice(np.array(values, dtype=object), rows, p=p)  # noqa: E731
    number = np.arange(rows).astype(str)
    pd.DataFrame(
        {
            "id": number,
            "date": pick(days),
            "threat_type": pick(["shoot", "threat", "point", "attack", "move", "undetermined", "flee"]),
            "flee_status": pick(["not", "car", "", "foot", "other"]),
            "armed_with": pick(["gun", "knife", "unarmed", "undetermined", "vehicle", "gun;vehicle", ""]),
            "city": np.char.add("City ", chance.integers(0, 3500, rows).astype(str)),
            "county": pick(["", *[f"County {n}" for n in range(1000)]]),
            "state": pick(["CA", "TX", "FL", "AZ", "IL", "NY", "OH", "GA"]),
            "latitude": np.round(chance.uniform(25, 49, rows), 6),
            "longitude": np.round(chance.uniform(-124, -70, rows), 6),
            "location_precision": pick(["not_available", "", "block", "address"]),
            "name": np.char.add("Somebody ", number),
            "age": pick(["", *[str(age) for age in range(15, 80)]]),
            "gender": pick(["male", "female", ""], [0.95, 0.04, 0.01]),
            "race": pick(["W", "B", "H", "", "A", "N", "O", "W;B", "B;H"]),
            "race_source": pick(["not_available", "", "public_record", "photo"]),
            "was_mental_illness_related": pick(["True", "False"]),
            "body_camera": pick(["True", "False"]),
            "agency_ids": pick([*[str(n) for n in range(3500)], *[f"{n};{n + 1}" for n in range(300)]]),
        }
    ).to_csv(path, index=False)


def main(rows: int = 1_000_000, runs: int = 3) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "fatal-police-shootings-data.csv"
        posts_file(file, rows)
        ten = Path(folder) / "ten.csv"
        posts_file(ten, 10)
        print(f"{rows:,} rows, {file.stat().st_size / 1e6:.0f} MB, {runs} runs each, median")
        told: dict[str, list[dict]] = {"read_csv": [], "kit": []}
        for _ in range(runs):
            for name, code in (("read_csv", BARE), ("kit", KIT)):
                told[name].append(measured(*code, str(file), str(ten)))
        middle = {name: {k: statistics.median(run[k] for run in many) for k in many[0]} for name, many in told.items()}
        for name, run in middle.items():
            assert run["rows"] == rows
            print(
                f"  {name:9} {run['seconds']:6.2f} s   processor {run['cpu']:6.2f} s"
                f"   peak {run['peak'] / 1e6:6.0f} MB   frame {run['frame'] / 1e6:6.0f} MB"
            )
        print(f"processor time: {middle['kit']['cpu'] / middle['read_csv']['cpu']:.2f} times read_csv")
        print(f"time: {middle['kit']['seconds'] / middle['read_csv']['seconds']:.2f} times read_csv (bar 2.5)")
        print(f"peak memory: {middle['kit']['peak'] / middle['read_csv']['frame']:.2f} times its frame (bar 3)")


if __name__ == "__main__":
    main(*[int(word) for word in sys.argv[1:]])
