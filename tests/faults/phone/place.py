"""Where the phones of these faults live: a centre that serves, the line to it, enrolled phones.

Looks into the centre's database with a connection of its own, so that no code under test vouches
for itself.
"""

import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count
from pathlib import Path

from fieldlog import data
from fieldlog.store import categories, devices, places
from tests.faults.history import History
from tests.faults.phone.handset import Handset
from tests.faults.phone.line import Line
from tests.support.cast import gather
from tests.support.served import Store

ROOT = Path(__file__).resolve().parents[3]
SERVED = """
from pathlib import Path
from fieldlog import resources
resources.PACKAGE = Path({package!r})
from fieldlog.cli import main
main()
"""
LIST_MAX = 150  # records


@dataclass
class Centre(Store):
    """A store whose phones get the app that was built in `tree`."""

    tree: Path = ROOT

    def launch(self, *command: str, **options) -> subprocess.Popen:
        code = SERVED.format(package=str(self.tree / "fieldlog"))
        return subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", code, *command],
            env=self.environment(),
            stdout=subprocess.PIPE,
            text=True,
            **options,
        )


@dataclass
class Place:
    """The centre is up and the line is open."""

    folder: Path
    centre: Store
    line: Line
    alice: str
    history: History
    phones: list[Handset] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    def phone(self, folder: Path | None = None) -> Handset:
        """A new phone, enrolled, with its profile on `folder`."""
        folder = folder or self.folder / f"phone-{next(self._numbers)}"
        phone = Handset(folder, self.line.url, heard=self.history.saved)
        self.phones.append(phone)
        phone.enrol(self.code())
        return phone

    def lasting_phone(self) -> Handset:
        """The same phone for many runs, then another: its list would make each later run slower."""
        if not self.phones or len(self.phones[-1].acknowledged) > LIST_MAX:
            for old in self.phones:
                old.close()
            self.phone()
        return self.phones[-1]

    def code(self) -> str:
        with self.centre.inside():
            return devices.make_code(self.alice)[0]

    def arrived(self) -> dict[str, Counter[str]]:
        """What the centre holds: rid (in hex) → how often which bytes, by their SHA-256."""
        asked = "SELECT hex(rid), payload FROM entries WHERE rid IS NOT NULL"
        held: dict[str, Counter[str]] = {}
        for rid, payload in self._read(asked):
            held.setdefault(rid.lower(), Counter())[sha256(payload or b"").hexdigest()] += 1
        return held

    def shown(self) -> Counter[str]:
        """How often each rid stands as a visit or an event."""
        asked = "SELECT hex(rid) FROM visits UNION ALL SELECT hex(rid) FROM events"
        return Counter(rid.lower() for (rid,) in self._read(asked))

    def latest_log(self) -> list[tuple[bytes, str | None]]:
        """The log last heard of, in its own order: payload, and why it stands in quarantine."""
        return self._read(
            "SELECT payload, code FROM entries LEFT JOIN quarantine "
            "ON entry_id = entries.id AND released_at IS NULL "
            "WHERE entries.log_id = (SELECT id FROM logs ORDER BY last_at DESC LIMIT 1) "
            "AND branch = 0 ORDER BY seq"
        )

    def skew(self) -> float:
        """How far that log's phone was off at its last push, seconds."""
        return self._read("SELECT skew_s FROM logs ORDER BY last_at DESC LIMIT 1")[0][0]

    def _read(self, asked: str) -> list[tuple]:
        file = self.folder / f"{self.centre.name}.db"
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
            rows = database.execute(asked).fetchall()
        database.close()
        return rows


@contextmanager
def place(folder: Path, tree: Path = ROOT) -> Iterator[Place]:
    """A centre with Sollentuna's places and the named cast, all ended at the end.

    `tree` is where the app comes from that it gives to phones.
    """
    store = Centre(folder, "centre", push_rate=6000, tree=tree)
    with store.inside():
        alice = gather().alice.id
        categories.seed()
        places.import_geojson(data.load("sollentuna_places.geojson"), datetime.now(UTC))
    made = None
    try:
        history = History(folder / "acknowledged")
        with history, Line(store.start().url) as line:
            made = Place(folder, store, line, alice, history)
            yield made
    finally:
        for phone in made.phones if made else ():
            phone.close()
        store.stop()
