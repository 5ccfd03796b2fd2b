"""Starts real servers on fresh databases for a measure, and stops them. Knows no measure."""

import os
import secrets
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import requests

from fieldlog import create_app
from fieldlog.config import Settings
from fieldlog.data import load
from fieldlog.store import categories, devices, identity, people, places, schema
from tests.support.postgres import Cluster, free_port

PATIENCE_S = 60


@contextmanager
def postgres():
    """A PostgreSQL cluster for one measure; fsync on."""
    cluster = Cluster()
    try:
        yield cluster.start()
    finally:
        cluster.stop()


@contextmanager
def opened(url: str):
    """An app on `url`, in its context: to fill a database and to look into it."""
    app = create_app(Settings(database_url=url), serving=False)
    with app.app_context():
        yield app


def prepare(url: str, phones: int) -> list[tuple[str, str]]:
    """Tables, reference data and `phones` enrolled phones; a (token, account id) for each."""
    with opened(url):
        schema.upgrade()
        identity.ensure("bench")
        people.add_org("polisen", "Polisen", "police")
        categories.seed()
        places.import_geojson(load("sollentuna_places.geojson"), datetime.now(UTC))
        enrolled = []
        for number in range(phones):
            account = people.add_account(f"p{number}", f"Patrull {number}", "polisen", "field")
            code, _ = devices.make_code(account.id)
            enrolled.append((devices.enrol(code, f"Telefon {number}").token, account.id))
    return enrolled


@contextmanager
def serving(url: str, *, workers: int = 1):
    """`fieldlog serve` as a process of its own; yields (host, port)."""
    with served(url, workers=workers) as (_process, port):
        yield "127.0.0.1", port


@contextmanager
def served(url: str, *, workers: int = 1):
    """The same; yields (process, port)."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("FIELDLOG_")}
    environment |= {
        "FIELDLOG_DATABASE_URL": url,
        "FIELDLOG_SECRET_KEY": secrets.token_urlsafe(48),
        "FIELDLOG_PUSH_RATE": "0",
        "FIELDLOG_PLAIN_HTTP": "yes",
    }
    port = free_port()
    program = Path(sys.executable).with_name("fieldlog")
    command = [program, "serve", "--port", str(port), "--workers", str(workers)]
    server = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(f"http://127.0.0.1:{port}/healthz", server)
        yield server, port
    finally:
        server.terminate()
        server.wait(PATIENCE_S)


def _wait(url: str, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            requests.get(url, timeout=5).raise_for_status()
            return
        except requests.RequestException:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server at {url} did not start") from None
            time.sleep(0.05)
