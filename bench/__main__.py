"""`python -m bench [MEASURE …]`: runs the measures named, or all, and prints one table."""

import argparse
import importlib
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tqdm import tqdm

from bench.figures import Figure, as_json, summary, table

MEASURES = {
    "push": "entries a second of push against raw executemany, SQLite and PostgreSQL",
    "wire": "bytes a record and requests for 10 000 records",
    "delay": "10 000 records through 100 ms of delay",
    "save": "from a call to save until it is durable, in Chromium",
    "taps": "from a tap to its answer on a slow phone: arrive, leave calm, event",
    "cold": "a slow phone's cold start without a network, 1 000 records in it",
    "audit": "the audit log: a million rows checked, and the cost of one more",
    "logpage": "the supervisor's log at a million records",
    "week": "a week's page at a million records",
    "export": "100 000 records as a CSV: rows a second, and the server's memory",
}


def main() -> int:
    options = _asked()
    began = time.monotonic()
    figures: list[Figure] = []
    bar = tqdm(options.measure or list(MEASURES), disable=None)
    for name in bar:
        bar.set_description(name)
        with TemporaryDirectory(prefix=f"fieldlog-bench-{name}-") as folder:
            figures += importlib.import_module(f"bench.{name}").measure(Path(folder), options)
    if options.json:
        print(as_json(figures))
    else:
        print(table(figures), summary(figures, time.monotonic() - began), sep="\n\n")
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="Measure what the plan aims at: medians, and speeds as ratios too.",
        epilog="\n".join(["measures:", *(f"  {name:9}{what}" for name, what in MEASURES.items())]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "measure", nargs="*", help="which of those below (default all), one after the other"
    )
    parser.add_argument("--rounds", type=int, default=5, help="samples of each (default 5)")
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows behind pages and audit")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args()
    unknown = set(options.measure) - set(MEASURES)
    if unknown:
        parser.error(
            f"no measure is called {', '.join(sorted(unknown))}: take {', '.join(MEASURES)}"
        )
    return options


if __name__ == "__main__":
    sys.exit(main())
