"""`python -m bench [MEASURE …]`: runs the measures named, or all, and prints one table."""

import argparse
import importlib
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tqdm import tqdm

from bench.figures import as_json, table

MEASURES = {
    "push": "entries a second of push against raw executemany, SQLite and PostgreSQL",
    "wire": "bytes a record and requests for 10 000 records",
    "delay": "10 000 records through 100 ms of delay",
    "save": "from a call to save until it is durable, in Chromium",
    "audit": "the audit log: a million rows checked, and the cost of one more",
    "logpage": "the supervisor's log at a million records",
    "week": "a week's page at a million records",
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("measure", nargs="*", help=", ".join(MEASURES))
    parser.add_argument("--rounds", type=int, default=5, help="samples of each (default 5)")
    parser.add_argument("--rows", type=int, default=1_000_000, help="records behind the log page")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args()
    unknown = set(options.measure) - set(MEASURES)
    if unknown:
        parser.error(
            f"no measure is called {', '.join(sorted(unknown))}: take {', '.join(MEASURES)}"
        )
    figures = []
    wanted = options.measure or list(MEASURES)
    for name in tqdm(wanted, desc="measures", disable=not sys.stderr.isatty()):
        with TemporaryDirectory(prefix=f"fieldlog-bench-{name}-") as folder:
            figures += importlib.import_module(f"bench.{name}").measure(Path(folder), options)
    print(as_json(figures) if options.json else table(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
