"""Entries a second of push, everything in, against raw inserts of the very rows it wrote.

50 phones with 200 records each. Push: HTTP, token, gzip, chain, durable commit, validation,
projection, by real server processes. Raw: `executemany` in transactions of 100 entries, of the
same columns into the same indexes in the same file mode, from one process.
"""

import gzip
import http.client
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from bench import patrols, servers
from bench.author import Author
from bench.figures import Figure
from bench.progress import turns
from fieldlog.store import schema
from fieldlog.store.counts import count
from sync.messages import render
from sync.sender import next_section

PHONES, RECORDS, BATCH = 50, 200, 100
ALL = PHONES * RECORDS
TABLES = ("entries", "visits", "events", "note_words")
AIMS = {1: (8_000, 0.2), 2: (15_000, 0.4)}


def measure(folder: Path, options) -> list[Figure]:
    """Figures for SQLite and PostgreSQL, with one server process and with two."""
    figures = []
    with servers.postgres() as cluster:
        for engine in ("SQLite", "PostgreSQL"):
            for workers in (1, 2):
                if engine == "SQLite":
                    fresh = _sqlite_urls(folder, workers)
                else:
                    fresh = _postgres_urls(cluster)
                figures += _compared(engine, workers, fresh, options.rounds)
    return figures


def _compared(engine: str, workers: int, fresh, rounds: int) -> list[Figure]:
    """Push and raw in turns, each round on databases of its own."""
    speeds, raws = [], []
    for seed in turns(range(rounds), f"{engine}, {workers}"):
        url = next(fresh)
        speeds.append(_pushed(url, workers, seed))
        raws.append(_raw(url, next(fresh)))
    aim, share = AIMS[workers]
    what = f"push {engine}, {workers} process{'es' if workers > 1 else ''}"
    ratios = [speed / raw for speed, raw in zip(speeds, raws, strict=True)]
    return [
        Figure(what, "entries/s", speeds, aim),
        Figure(f"raw {engine}, batches of {BATCH}", "entries/s", raws),
        Figure(f"{what} / raw", "", ratios, share),
    ]


def _pushed(url: str, workers: int, seed: int) -> float:
    """Entries a second from the first request to the last answer."""
    phones = servers.prepare(url, PHONES)
    requests = [
        _request(token, account, seed * PHONES + n) for n, (token, account) in enumerate(phones)
    ]
    with servers.serving(url, workers=workers) as address:
        shares = [requests[n::workers] for n in range(workers)]
        began = time.perf_counter()
        with ThreadPoolExecutor(workers) as pool:
            for done in pool.map(lambda share: _send(address, share), shares):
                assert done
        took = time.perf_counter() - began
    with servers.opened(url):
        assert count()["entries"] == ALL, count()
        assert count()["quarantined"] == 0, count()
    return ALL / took


def _request(token: str, account: str, seed: int) -> tuple[dict, bytes]:
    """One phone's push, made before the clock starts."""
    author = Author(patrols.payloads(RECORDS, by=account, org="polisen", seed=seed))
    section = next_section(author, 0)
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/x-ndjson",
        "Content-Encoding": "gzip",
        "Fieldlog-Proto": "1",
    }
    return headers, gzip.compress(render([section]), 6)


def _send(address: tuple[str, int], requests: list[tuple[dict, bytes]]) -> bool:
    connection = http.client.HTTPConnection(*address, timeout=60)
    for headers, body in requests:
        connection.request("POST", "/sync/v1/push", body, headers)
        answer = connection.getresponse()
        text = answer.read()
        assert answer.status == 200, text
        assert b'"r":"ok"' in text.replace(b" ", b""), text
    connection.close()
    return True


def _raw(source: str, target: str) -> float:
    """Entries a second when the rows of `source` are written into the empty tables of `target`."""
    if source.startswith("sqlite"):
        return _raw_sqlite(make_url(source).database, make_url(target).database)
    return _raw_postgres(_dsn(source), _dsn(target))


def _raw_sqlite(source: str, target: str) -> float:
    with sqlite3.connect(source) as connection:
        tables = {name: _rows(connection.execute(f"SELECT * FROM {name}")) for name in TABLES}
    connection.close()
    connection = sqlite3.connect(target, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "wal_autocheckpoint=10000"):
        connection.execute(f"PRAGMA {pragma}")
    took = _batched(tables, "?", connection.execute, connection.executemany)
    connection.close()
    return ALL / took


def _raw_postgres(source: str, target: str) -> float:
    with psycopg.connect(source) as connection:
        tables = {name: _rows(connection.execute(f"SELECT * FROM {name}")) for name in TABLES}
    with psycopg.connect(target, autocommit=True) as connection:
        connection.execute("SET synchronous_commit = on")
        return ALL / _batched(tables, "%s", connection.execute, connection.cursor().executemany)


def _rows(cursor) -> tuple[list[str], list[tuple]]:
    names = [column[0] for column in cursor.description]
    kept = [tuple(_plain(cell) for cell in row) for row in cursor.fetchall()]
    return names, kept


def _plain(cell):
    return psycopg.types.json.Jsonb(cell) if isinstance(cell, dict | list) else cell


def _batched(tables, mark: str, execute, executemany) -> float:
    """Seconds to write all, each transaction with its share of every table."""
    turns = -(-ALL // BATCH)
    statements = {
        name: f"INSERT INTO {name} ({', '.join(names)}) VALUES ({', '.join([mark] * len(names))})"
        for name, (names, _) in tables.items()
    }
    began = time.perf_counter()
    for turn in range(turns):
        execute("BEGIN")
        for name, (_, rows) in tables.items():
            share = rows[len(rows) * turn // turns : len(rows) * (turn + 1) // turns]
            if share:
                executemany(statements[name], share)
        execute("COMMIT")
    return time.perf_counter() - began


def _sqlite_urls(folder: Path, workers: int):
    for number in range(1_000):
        url = f"sqlite:///{folder / f'push-{workers}-{number}.db'}"
        _with_tables(url)
        yield url


def _postgres_urls(cluster):
    while True:
        url = cluster.url(cluster.create())
        _with_tables(url)
        yield url


def _with_tables(url: str) -> None:
    with servers.opened(url):
        schema.upgrade()


def _dsn(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")
