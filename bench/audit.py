"""How long the audit log takes to be checked, and what one more row of it costs a page.

On SQLite and PostgreSQL, in this process: rows that are chained as the program chains them.
"""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from bench import servers
from bench.figures import Figure, percentile
from bench.progress import turns
from fieldlog.store import audit
from fieldlog.store.audit import Act, chain
from fieldlog.store.database import writing
from fieldlog.store.tables import Audit

CHUNK = 20_000
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
WRITES_A_ROUND = 100


def measure(folder: Path, options) -> list[Figure]:
    """Seconds to verify, and p95 of one row in milliseconds, a sample a round."""
    figures = []
    with servers.postgres() as cluster:
        urls = {
            "SQLite": f"sqlite:///{folder / 'audit.db'}",
            "PostgreSQL": cluster.url(cluster.create()),
        }
        for engine, url in urls.items():
            servers.prepare(url, 1)
            with servers.opened(url):
                _fill(options.rows)
                verified = [_verified() for _ in range(min(2, options.rounds))]
                written = [_written() for _ in range(options.rounds)]
            many = f"{options.rows:,}".replace(",", " ")
            name = f"audit verify, {many} rows, {engine}"
            figures.append(Figure(name, "s", verified, 60, below=True))
            figures.append(Figure(f"one audit row, p95, {engine}", "ms", written))
    return figures


def _verified() -> float:
    began = time.perf_counter()
    assert audit.faults() == []
    return time.perf_counter() - began


def _written() -> float:
    return percentile([_one() for _ in range(WRITES_A_ROUND)], 0.95)


def _one() -> float:
    began = time.perf_counter()
    audit.write(Act("log.read", "sara", "supervisor", "polisen", detail={"place": "ROT"}))
    return (time.perf_counter() - began) * 1000


def _fill(rows: int) -> None:
    before = chain.GENESIS
    for start in turns(range(1, rows + 1, CHUNK), "filling"):
        made = []
        for seq in range(start, min(start + CHUNK, rows + 1)):
            row = _row(seq)
            before = chain.link(before, row)
            made.append(row | {"hash": before})
        with writing() as session:
            session.execute(insert(Audit), made)


def _row(seq: int) -> dict:
    return {
        "seq": seq,
        "at": FIRST + timedelta(seconds=seq),
        "what": "record.read" if seq % 3 else "log.read",
        "account": "01a21c70-ba0f-7161-b445-cef491318b48",
        "role": "supervisor",
        "org": "polisen",
        "subject": f"{seq:032x}" if seq % 3 else None,
        "owner": "polisen" if seq % 3 else None,
        "author": "01a21c70-ba0f-7161-b445-cef491318b49" if seq % 3 else None,
        "detail": None if seq % 3 else {"place": "ROT", "day": "2026-11-22"},
    }
