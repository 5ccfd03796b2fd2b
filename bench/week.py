"""How long a week's page takes to answer at a million records.

The store, the server and the reader are the log page's; the weeks are asked for in turn, so that
none is asked twice in a round. The figure is the 95th percentile of a round.
"""

from pathlib import Path

import requests

from bench import logpage, servers
from bench.figures import Figure, percentile
from fieldlog.measure.week import week_of

PAGES_A_ROUND = 20


def measure(folder: Path, options) -> list[Figure]:
    """p95 of the week's page in milliseconds, one sample a round."""
    with servers.postgres() as cluster:
        urls = {
            "SQLite": f"sqlite:///{folder / 'week.db'}",
            "PostgreSQL": cluster.url(cluster.create()),
        }
        return [
            Figure(
                f"week page at {options.rows:,} records, p95, {engine}".replace(",", " "),
                "ms",
                _rounds(url, options),
                500,
                below=True,
            )
            for engine, url in urls.items()
        ]


def _rounds(url: str, options) -> list[float]:
    logpage.fill(url, options.rows)
    with servers.serving(url) as (host, port):
        base = f"http://{host}:{port}"
        reader = logpage.signed_in(base)
        return [_round(reader, base) for _ in range(options.rounds)]


def _round(reader: requests.Session, base: str) -> float:
    last = week_of(logpage.NEWEST)
    took = []
    for week in last.before(PAGES_A_ROUND):
        seconds, page = logpage.get(reader, f"{base}/week/{week}")
        assert "spark" in page, "the week shows no events"
        took.append(seconds * 1000)
    return percentile(took, 0.95)
