"""A centre, two nodes and the broken lines between them, each a process of its own.

Knows nothing of what the phones write.
"""

import random
import subprocess
import threading
from contextlib import contextmanager
from pathlib import Path

from fieldlog.resources import resource
from fieldlog.store import devices, identity, people
from tests.real.fleet import Enrolled
from tests.support.proxy import Proxy, seeded
from tests.support.served import Store, told

NODES = ("nod-a", "nod-b")
ORGS = (("polisen", "Polisen", "police"), ("kommunen", "Kommunen", "municipality"))
SYNC_TRIES = 60
COMMAND_S = 600


class World:
    """Everything that serves. `lines` are the proxies phones reach the nodes by."""

    def __init__(self, folder: Path, centre_database: str, seed: int, faults: float):
        self.folder = folder
        self.dice = random.Random(seed)
        self.centre = Store(folder, "centre", database=centre_database, push_rate=0)
        self.nodes: list[Store] = []
        self.lines: list[Proxy] = []
        self.up = Proxy(("127.0.0.1", 0), seeded(seed, faults / 2))
        self.faults, self.seed = faults, seed
        self.jobs_killed = 0

    def build(self, phones: int) -> list[Enrolled]:
        """Make the stores, enrol the phones at the centre, and serve."""
        self.centre.run("store", "init")
        self.centre.run("places", "import", str(resource("data/sollentuna_places.geojson")))
        tokens = [self.centre.run("node", "add", name)["token"] for name in NODES]
        enrolled = _enrol(self.centre, phones)
        self.up.target = ("127.0.0.1", self.centre.start().port)
        for number, (name, token) in enumerate(zip(NODES, tokens, strict=True)):
            node = Store(self.folder, name, self.up.url, token, push_rate=0)
            node.run("store", "init")
            self.nodes.append(node)
            self.sync(node)
            plan = seeded(self.seed + number + 1, self.faults)
            self.lines.append(Proxy(("127.0.0.1", node.start().port), plan))
        return enrolled

    def close(self) -> None:
        for store in (self.centre, *self.nodes):
            store.stop()
        for line in (self.up, *self.lines):
            line.close()

    def sync(self, node: Store) -> dict:
        """`fieldlog sync` until all is at the centre; what the last run said, in JSON."""
        for _ in range(SYNC_TRIES):
            job = node.spawn("sync", "--hurry")
            said, complaint = job.communicate(timeout=COMMAND_S)
            if job.returncode == 0:
                return told(said)
            if job.returncode not in (1, 3):
                raise AssertionError(f"fieldlog sync ended with {job.returncode}: {complaint}")
        raise AssertionError(f"{node.name}: not at the centre after {SYNC_TRIES} runs: {complaint}")

    def sync_all(self) -> list[dict]:
        return [self.sync(node) for node in self.nodes]

    def kill_job(self, node: Store) -> None:
        """`fieldlog sync`, ended with SIGKILL somewhere on its way."""
        job = node.spawn("sync", "--hurry")
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
    with centre.inside():
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
