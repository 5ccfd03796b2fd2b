"""How long the supervisor's log takes to answer at a million records, by any one filter.

A real server process on SQLite and on PostgreSQL, a signed-in supervisor, pages of every filter in
turn. The figure is the 95th percentile of all answers of a round.
"""

import random
import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import requests
import uuid_utils
from sqlalchemy import insert

from bench import servers
from bench.figures import Figure, percentile
from bench.progress import turns
from fieldlog.access.passwords import hashed
from fieldlog.store import people
from fieldlog.store.database import db, writing
from fieldlog.store.tables import Event, Visit

PASSWORD = "sju-gula-lampor-i-rad"
CHUNK = 20_000
NEWEST = datetime(2026, 11, 20, 22, tzinfo=UTC)
PLACES = ("ROT", "NOR", "HAG", "SOL", "HEL", "SOC", "STI")
CATEGORIES = ("ORD.stoj", "VAL.brak", "FOR.moped", "SKA.klotter", "PLA.belysning")
PAGES_A_ROUND = 60


def measure(folder: Path, options) -> list[Figure]:
    """p95 of the log page in milliseconds, one sample a round."""
    with servers.postgres() as cluster:
        urls = {
            "SQLite": f"sqlite:///{folder / 'log.db'}",
            "PostgreSQL": cluster.url(cluster.create()),
        }
        return [
            Figure(
                f"log page at {options.rows:,} records, p95, {engine}".replace(",", " "),
                "ms",
                _rounds(url, options),
                100,
                below=True,
            )
            for engine, url in urls.items()
        ]


def _rounds(url: str, options) -> list[float]:
    fill(url, options.rows)
    with servers.serving(url) as (host, port):
        reader = signed_in(f"http://{host}:{port}")
        return [
            _round(reader, f"http://{host}:{port}") for _ in turns(range(options.rounds), "rounds")
        ]


def _round(reader: requests.Session, base: str) -> float:
    """Every filter the page offers, and the pages after its first, until enough were asked for."""
    first = get(reader, f"{base}/log")[1]
    links = re.findall(r'href="(/log\?[^"]+)"', first)
    assert len(links) > 10, "the log offers no filters"
    took, queue = [], list(dict.fromkeys(links))
    while len(took) < PAGES_A_ROUND:
        link = queue.pop(0).replace("&amp;", "&")
        seconds, page = get(reader, base + link)
        took.append(seconds * 1000)
        queue += re.findall(r'href="(/log\?[^"]*(?:after|before)=[^"]+)"', page)[:1] or [link]
    return percentile(took, 0.95)


def get(reader: requests.Session, url: str) -> tuple[float, str]:
    began = time.perf_counter()
    answer = reader.get(url, allow_redirects=False, timeout=60)
    took = time.perf_counter() - began
    assert answer.status_code == 200, (url, answer.status_code)
    return took, answer.text


def signed_in(base: str) -> requests.Session:
    reader = requests.Session()
    form = reader.get(f"{base}/login", timeout=60).text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form)[1]
    sent = {"login": "sara", "password": PASSWORD, "csrf_token": token}
    headers = {"Referer": f"{base}/login"}
    answer = reader.post(f"{base}/login", sent, headers=headers, allow_redirects=False, timeout=60)
    assert answer.status_code in (302, 303), answer.text
    return reader


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
        with db.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE")


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
        "note": "Två grupper på perrongen." if dice.random() < 0.2 else "",
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
