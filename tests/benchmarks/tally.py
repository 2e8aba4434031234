"""Counting 20 million rows by agency, year and race, beside DuckDB's own query of the same file.

    python tests/benchmarks/tally.py [ROWS] [csv|parquet]

Each runs in a process of its own. Bars: under 1 GB, and no more than 1.5 times DuckDB's own time, which here includes
handing its result over as a table, as the kit's does.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from own_process import measured

DUCKDB = (
    "import duckdb, pandas",
    """
parquet = sys.argv[1].endswith("parquet")
con = duckdb.connect(config={"memory_limit": "500MB", "preserve_insertion_order": "false"})
con.execute("set enable_progress_bar = false")
rows = con.read_parquet(sys.argv[1]) if parquet else con.read_csv(sys.argv[1], all_varchar=True, header=True)
found = con.sql("select agency, year, race, count(*) as events from rows group by all").df()
""",
)
KIT = (
    "import duckdb, narwhals, pandas, pyarrow; from helpers.force.tally import tally_files",
    'found, notes = tally_files([sys.argv[1]], ["agency", "year", "race"])',
)
TELL = '{"groups": len(found), "events": int(found["events"].sum())}'


def table(path: Path, rows: int) -> None:
    """Rows of 17,000 agencies, 10 years and 8 races, drawn by DuckDB with a fixed seed."""
    import duckdb

    connection = duckdb.connect()
    connection.execute("set enable_progress_bar = false")
    connection.sql("select setseed(0.5)")
    kind = "(format parquet)" if path.suffix == ".parquet" else "(header)"
    connection.sql(
        f"""copy (select 'Agency ' || cast(17000 * random() as integer) as agency,
            2013 + cast(9 * random() as integer) as year,
            ['White', 'Black', 'Hispanic', 'Asian', 'Native American', 'Other', 'Two or more', 'unknown']
              [1 + cast(floor(8 * random()) as integer)] as race
            from range({rows})) to '{path}' {kind}"""
    )


def main(rows: int = 20_000_000, *kinds: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for kind in kinds or ("parquet", "csv"):
            file = Path(folder) / f"table.{kind}"
            table(file, rows)
            print(f"{rows:,} rows as {kind}, {file.stat().st_size / 1e6:.0f} MB")
            told = {}
            for name, code in (("DuckDB", DUCKDB), ("kit", KIT)):
                run = told[name] = measured(*code, TELL, str(file))
                print(
                    f"  {name:7} {run['seconds']:6.1f} s   peak {run['peak'] / 1e6:5.0f} MB   {run['groups']:,} groups"
                )
                assert run["events"] == rows
            print(f"  time: {told['kit']['seconds'] / told['DuckDB']['seconds']:.2f} times DuckDB's own (bar 1.5)")
            file.unlink()


if __name__ == "__main__":
    main(*[int(word) if word.isdigit() else word for word in sys.argv[1:]])
