"""A centre, two nodes and the broken lines between them, each a process of its own.

Knows nothing of what the phones write.
"""

import json
import random
import subprocess
import threading
from contextlib import contextmanager
from pathlib import Path

from fieldlog.cli.speech import opened
from fieldlog.config import Settings
from fieldlog.resources import resource
from fieldlog.store import devices, identity, people
from tests.real.fleet import Enrolled
from tests.real.stores import COMMAND_S, Store
from tests.support.proxy import Proxy, seeded

NODES = ("nod-a", "nod-b")
ORGS = (("polisen", "Polisen", "police"), ("kommunen", "Kommunen", "municipality"))
SYNC_TRIES = 60


class World:
    """Everything that serves. `lines` are the proxies phones reach the nodes by."""

    def __init__(self, folder: Path, centre_database: str, seed: int, faults: float):
        self.folder = folder
        self.dice = random.Random(seed)
        self.centre = Store("centre", folder, centre_database)
        self.nodes: list[Store] = []
        self.lines: list[Proxy] = []
        self.up = Proxy(("127.0.0.1", self.centre.port), seeded(seed, faults / 2))
        self.faults, self.seed = faults, seed
        self.jobs_killed = 0

    def build(self, phones: int) -> list[Enrolled]:
        """Make the stores, enrol the phones at the centre, and serve."""
        self.centre.run("store", "init")
        self.centre.run("places", "import", str(resource("data/sollentuna_places.geojson")))
        tokens = [self.centre.run("node", "add", name)["token"] for name in NODES]
        enrolled = _enrol(self.centre, phones)
        self.centre.start()
        for number, (name, token) in enumerate(zip(NODES, tokens, strict=True)):
            database = f"sqlite:///{self.folder / name}.db"
            node = Store(name, self.folder, database, upstream=self.up.url, token=token)
            node.run("store", "init")
            self.nodes.append(node)
            self.lines.append(
                Proxy(("127.0.0.1", node.port), seeded(self.seed + number + 1, self.faults))
            )
            self.sync(node)
            node.start()
        return enrolled

    def close(self) -> None:
        for store in (self.centre, *self.nodes):
            store.stop()
        for line in (self.up, *self.lines):
            line.close()

    def sync(self, node: Store) -> dict:
        """`fieldlog sync` until all is at the centre; what the last run said, in JSON."""
        for _ in range(SYNC_TRIES):
            job = node.spawn("sync", "--hurry", "--json")
            said, complaint = job.communicate(timeout=COMMAND_S)
            if job.returncode == 0:
                return _last_line(said)
            if job.returncode not in (1, 3):
                raise AssertionError(f"fieldlog sync ended with {job.returncode}: {complaint}")
        raise AssertionError(f"{node.name}: not at the centre after {SYNC_TRIES} runs: {complaint}")

    def sync_all(self) -> list[dict]:
        return [self.sync(node) for node in self.nodes]

    def kill_job(self, node: Store) -> None:
        """`fieldlog sync`, ended with SIGKILL somewhere on its way."""
        job = node.spawn("sync", "--hurry", "--json")
        try:
            job.communicate(timeout=self.dice.uniform(0.8, 2.5))
        except subprocess.TimeoutExpired:
            job.kill()
            job.communicate()
            self.jobs_killed += 1

    @contextmanager
    def killing(self, store: Store, within: float):
        """Ends `store` with SIGKILL at some moment `within` so many seconds, and starts it again.

        If what happens inside is quicker, the kill comes right after it.
        """
        done = threading.Event()
        failures = []

        def strike():
            done.wait(self.dice.uniform(0.1, within))
            try:
                store.kill()
            except Exception as failure:
                failures.append(failure)

        thread = threading.Thread(target=strike)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()
        if failures:
            raise failures[0]


def _enrol(centre: Store, phones: int) -> list[Enrolled]:
    """Accounts and phones by the store's own functions: two hundred commands would take minutes."""
    found = []
    settings = Settings(database_url=centre.settings["FIELDLOG_DATABASE_URL"], name="centre")
    with opened(settings):
        for org in ORGS:
            people.add_org(*org)
        key = identity.centre_key()
        for number in range(phones):
            org = ORGS[number % len(ORGS)][0]
            account = people.add_account(f"p{number}", f"Provperson {number}", org, "field")
            code, _until = devices.make_code(account.id)
            got = devices.enrol(code, f"Provtelefon {number}")
            found.append(Enrolled(got.token, got.device, got.account, got.org, key))
    return found


def _last_line(said: str) -> dict:

    return json.loads(said.splitlines()[-1])
