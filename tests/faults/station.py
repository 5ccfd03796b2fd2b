"""Where faults meet servers: a centre and a node with enrolled patrols, made once and copied.

Every store here is the real program in a process of its own, started warm from a nursery.
"""

import atexit
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from itertools import count
from pathlib import Path

from fieldlog import data
from fieldlog.store import categories, devices, identity, people, places
from fieldlog.store.database import writing
from tests.faults.history import History
from tests.faults.nursery import Child, Nursery
from tests.faults.patrol import PATIENCE, Patrol, patrol
from tests.real.fleet import Enrolled
from tests.support.served import Store

PHONES = 12
ORGS = (("polisen", "Polisen", "police"), ("kommunen", "Kommunen", "municipality"))


@dataclass
class Warm(Store):
    """A store whose processes come from a nursery. `before`: see Nursery.spawn."""

    nursery: Nursery | None = field(default=None, repr=False)
    before: list[tuple] = field(default_factory=list)

    def launch(self, *command: str, **_options) -> Child:
        return self.nursery.spawn(list(command), self.environment(), self.before)

    @property
    def file(self) -> Path:
        """The SQLite database."""
        return Path(self.settings.database_url.removeprefix("sqlite:///"))


@dataclass
class Station:
    """A centre that can be served, and enrolled phones to come to it."""

    folder: Path
    nursery: Nursery
    enrolled: list[Enrolled]
    node_token: str
    stack: ExitStack
    _numbers: Iterator[int] = field(default_factory=count)
    _turn: int = 0

    def centre(self, database: str = "", folder: Path | None = None, before=()) -> Warm:
        """A centre that knows the phones and the node: on a copy of the template, or on
        `database`, which is filled. Not started; stopped at the end."""
        folder = folder or self.folder / f"centre-{next(self._numbers)}"
        folder.mkdir(exist_ok=True)
        if not database:
            shutil.copy(template().file, folder / "centre.db")
        return self._store(Warm(folder, "centre", database=database), before)

    def node(self, upstream: str, before=()) -> Warm:
        """A field node that has fetched places and accounts. Not started."""
        folder = self.folder / f"node-{next(self._numbers)}"
        folder.mkdir()
        made = Warm(folder, "node", upstream, self.node_token)
        shutil.copy(node_template(), made.file)
        return self._store(made, before)

    def patrols(self, url: str, number: int, patience=PATIENCE) -> list[Patrol]:
        """So many patrols, with fresh histories that they share."""
        saved, answered = self.history("saved"), self.history("answered")
        return [patrol(each, url, saved, answered, patience) for each in self.enrolled[:number]]

    @contextmanager
    def fresh_patrols(self, url: str, number: int, patience=PATIENCE) -> Iterator[list[Patrol]]:
        """The same for one run: their histories and lines are gone after it."""
        turn = next(self._numbers)
        files = [self.folder / f"{name}-{turn}.txt" for name in ("saved", "answered")]
        with History(files[0]) as saved, History(files[1]) as answered:
            made = [patrol(each, url, saved, answered, patience) for each in self._some(number)]
            yield made
            for each in made:
                each.peer.close()
        for file in files:
            file.unlink()

    def _some(self, number: int) -> list[Enrolled]:
        """Another `number` phones each time."""
        turned = (self.enrolled * 2)[self._turn : self._turn + number]
        self._turn = (self._turn + number) % len(self.enrolled)
        return turned

    def history(self, name: str) -> History:
        made = History(self.folder / f"{name}-{next(self._numbers)}.txt")
        return self.stack.enter_context(made)

    def _store(self, store: Warm, before) -> Warm:
        store.nursery, store.before, store.push_rate = self.nursery, list(before), 0
        self.stack.callback(store.stop)
        return store


@contextmanager
def station(folder: Path) -> Iterator[Station]:
    """Nothing is served yet; all that is started ends with it."""
    with ExitStack() as stack:
        held = template()
        yield Station(folder, nursery(), held.enrolled, held.node_token, stack)


@cache
def nursery() -> Nursery:
    """One for this process and all its faults."""
    made = Nursery(Path(tempfile.mkdtemp(prefix="fieldlog-nursery-")))
    atexit.register(made.close)
    return made


@dataclass(frozen=True)
class Template:
    file: Path
    enrolled: list[Enrolled]
    node_token: str


@cache
def template() -> Template:
    """A centre's database with people, phones, a node and places, made once a process."""
    folder = Path(tempfile.mkdtemp(prefix="fieldlog-template-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    store = Store(folder, "centre")
    enrolled, token = fill(store)
    return Template(settled(folder / "centre.db"), enrolled, token)


@cache
def node_template() -> Path:
    """A node's database that has met the template's centre once."""
    folder = template().file.parent
    centre = Store(folder, "centre", push_rate=0).start()
    try:
        node = Store(folder, "node", centre.url, template().node_token)
        node.run("store", "init")
        node.run("sync")
    finally:
        centre.stop()
    return settled(folder / "node.db")


def fill(store: Store, phones: int = PHONES) -> tuple[list[Enrolled], str]:
    """Give a new store tables, people with phones, places, categories and a node's token."""
    with store.inside():
        for org in ORGS:
            people.add_org(*org)
        categories.seed()
        places.import_geojson(data.load("sollentuna_places.geojson"), datetime.now(UTC))
        _device, token = devices.add_node("node")
        return [_enrol(number) for number in range(phones)], token


def enrol_more(centre: Warm, number: int) -> list[Enrolled]:
    """So many phones more at a centre of the template."""
    with centre.inside(), writing():
        return [_enrol(each) for each in range(PHONES, PHONES + number)]


def _enrol(number: int) -> Enrolled:
    org = ORGS[number % len(ORGS)][0]
    account = people.add_account(f"p{number}", f"Provperson {number}", org, "field")
    code, _until = devices.make_code(account.id)
    got = devices.enrol(code, f"Provtelefon {number}")
    return Enrolled(got.token, got.device, got.account, got.org, identity.centre_key())


def settled(file: Path) -> Path:
    """All of it in the one file, so that it can be copied."""
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return file
