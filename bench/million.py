"""A store with a million records, served for real, and a supervisor's browser in front of it.

What the measures of pages share: the store, the reader, and the 95th percentile of a round on
SQLite and on PostgreSQL.
"""

import random
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import requests
import uuid_utils
from sqlalchemy import insert

from bench import servers
from bench.figures import Figure, percentile
from bench.progress import turns
from fieldlog.access.passwords import hashed
from fieldlog.store import people, words
from fieldlog.store.database import db, is_sqlite, writing
from fieldlog.store.tables import Event, NoteWord, Visit

PASSWORD = "sju-gula-lampor-i-rad"
PATIENCE_S = 60
CHUNK = 20_000
NEWEST = datetime(2026, 11, 20, 22, tzinfo=UTC)
PLACES = ("ROT", "NOR", "HAG", "SOL", "HEL", "SOC", "STI")
SELDOM = 20_000
SAID = (
    "två", "grupper", "på", "perrongen", "lugnade", "sig", "när", "tåget", "gick", "mopeden",
    "ungdomar", "vid", "centrum", "pratade", "med", "butiken", "klotter", "belysningen", "trasig",
    "återkommer",
)  # fmt: skip
CATEGORIES = ("ORD.stoj", "VAL.brak", "FOR.moped", "SKA.klotter", "PLA.belysning")


@dataclass
class Reader:
    """Somebody signed in at the server `base`, whose process is `pid`."""

    base: str
    pid: int
    session: requests.Session

    def get(self, path: str) -> tuple[float, str]:
        """How many milliseconds the page took, and the page."""
        began = time.perf_counter()
        answer = self.session.get(self.base + path, allow_redirects=False, timeout=PATIENCE_S)
        took = time.perf_counter() - began
        assert answer.status_code == 200, (path, answer.status_code)
        return took * 1000, answer.text

    def token(self, path: str) -> str:
        """The form token of a page."""
        return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.get(path)[1])[1]

    def post(self, path: str, **more) -> requests.Response:
        """Send a form of this site."""
        headers = {"Referer": f"{self.base}/login"}
        url = self.base + path
        return self.session.post(
            url, headers=headers, allow_redirects=False, timeout=PATIENCE_S, **more
        )


def page_at_a_million(
    name: str, folder: Path, options, aim: float, asked: Callable[[Reader], Iterator[float]]
) -> list[Figure]:
    """p95 of a page in milliseconds, one sample a round; `asked` gives what each answer of a round
    took.
    """
    figures = []
    for engine, url in stores(folder):
        with readers(url, options.rows) as reader:
            rounds = turns(range(options.rounds), "rounds")
            samples = [percentile(asked(reader), 0.95) for _ in rounds]
        many = f"{options.rows:,}".replace(",", " ")
        called = f"{name} at {many} records, p95, {engine}"
        figures.append(Figure(called, "ms", samples, aim, below=True))
    return figures


def stores(folder: Path) -> Iterator[tuple[str, str]]:
    """A new database of each engine: its name and its address."""
    yield "SQLite", f"sqlite:///{folder / 'store.db'}"
    with servers.postgres() as cluster:
        yield "PostgreSQL", cluster.url(cluster.create())


@contextmanager
def readers(url: str, rows: int) -> Iterator[Reader]:
    """The supervisor of a store with so many records, signed in."""
    fill(url, rows)
    with servers.served(url) as (process, port):
        reader = Reader(f"http://127.0.0.1:{port}", process.pid, requests.Session())
        sent = {"login": "sara", "password": PASSWORD, "csrf_token": reader.token("/login")}
        answer = reader.post("/login", data=sent)
        assert answer.status_code in (302, 303), answer.text
        yield reader


def fill(url: str, rows: int) -> None:
    """A supervisor and `rows` records, one event to three visits, straight into the tables."""
    servers.prepare(url, 1)
    with servers.opened(url):
        people.add_account("sara", "Sara", "polisen", "supervisor", hashed(PASSWORD))
        officer = people.by_login("p0").id
        dice = random.Random(1)
        for start in turns(range(0, rows, CHUNK), "filling"):
            many = range(start, min(start + CHUNK, rows))
            made = [_record(dice, officer, n) for n in many]
            with writing() as session:
                session.execute(insert(Visit), [r for r in made if "mode" in r])
                session.execute(insert(Event), [r for r in made if "category" in r])
                session.execute(insert(NoteWord), [word for r in made for word in _words(r)])
        if not is_sqlite():  # which nobody has look at its tables; PostgreSQL does so by itself
            with db.engine.connect() as connection:
                connection.execution_options(isolation_level="AUTOCOMMIT")
                connection.exec_driver_sql("ANALYZE")


def _record(dice: random.Random, officer: str, number: int) -> dict:
    at = NEWEST - timedelta(seconds=45 * number + dice.randrange(45))
    common = {
        "rid": uuid_utils.uuid7().bytes,
        "entry_id": number + 1,
        "device": None,
        "account": officer,
        "org": "polisen",
        "place": dice.choice(PLACES),
        "lat": None,
        "lon": None,
        "observed_at": at,
        "note": _note(dice) if dice.random() < 0.2 else "",
        "received_at": at + timedelta(minutes=dice.randrange(1, 300)),
        "code": "unknown_place" if dice.random() < 0.001 else None,
        "amended": dice.random() < 0.02,
        "conflict": dice.random() < 0.001,
        "review": dice.choice(("new", "reviewed", "reviewed", "reviewed")),
        "body": {},
    }
    if number % 4:
        return common | _visit(dice, at)
    return common | _event(dice, at)


def _note(dice: random.Random) -> str:
    """A few of the words that stand everywhere, and one that is seldom written."""
    said = dice.choices(SAID, k=dice.randrange(3, 9))
    return " ".join([*said, f"nummer{dice.randrange(SELDOM)}"]).capitalize() + "."


def _words(record: dict) -> list[dict]:
    found = words.rows(*(record[name] for name in ("rid", "org", "observed_at", "note")))
    return [dict(zip(NoteWord.__table__.columns.keys(), row, strict=True)) for row in found]


def _visit(dice: random.Random, at: datetime) -> dict:
    return {
        "state": "withdrawn" if dice.random() < 0.01 else "ended",
        "ended_at": at + timedelta(minutes=dice.randrange(4, 25)),
        "ended_by": "tap",
        "mode": "foot",
        "crew": 2,
        "kind": "planned",
        "climate": "calm",
        "contacts": "1-5",
        "nothing_observed": True,
    }


def _event(dice: random.Random, at: datetime) -> dict:
    return {
        "state": "withdrawn" if dice.random() < 0.01 else "stands",
        "visit": None,
        "category": dice.choice(CATEGORIES),
        "precision": "place",
        "to_at": None,
        "source": "own",
        "people": "4-10",
        "severity": dice.randrange(1, 4),
        "standing": None,
    }
