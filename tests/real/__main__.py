"""`python -m tests.real FILE`: real input to the centre exactly once, on SQLite and PostgreSQL."""

import sys
from pathlib import Path

from tests.real import notes
from tests.real.journey import Size, travel
from tests.real.table import table
from tests.support.postgres import Cluster


def main(file: Path) -> int:
    """Both journeys; 0 when all holds."""
    if not file.is_file():
        print(f"There is no file {file}: name one with make real DATA=FILE", file=sys.stderr)
        return 2
    lines, notes_fit = notes.judged(notes.summaries(file))
    print("\n".join(lines), flush=True)
    reports = []
    cluster = Cluster().start()
    try:
        for engine, url in (("SQLite", ""), ("PostgreSQL", cluster.url(cluster.create()))):
            reports.append(travel(file, url, engine, Size(), shown=True))
            print(table(reports[-1]), flush=True)
    finally:
        cluster.stop()
    return 0 if notes_fit and all(report.ok for report in reports) else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
