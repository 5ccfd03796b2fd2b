"""A centre, a node and phones that really serve and send, with all that was written remembered.

Knows how to put a store back to a copy; knows nothing of what must hold afterwards.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import sqlalchemy as sa

from fieldlog import data
from fieldlog.demo import bodies
from fieldlog.demo.phone import Phone
from fieldlog.store import categories, devices, heard, identity, logs, people, places
from fieldlog.store.database import reading
from fieldlog.store.tables import Log
from sync import receipts
from sync.http import Peer
from tests.support.served import Store

ORG = "polisen"


@dataclass
class Patrol:
    """Two stores, and every payload that any phone or page has called saved."""

    centre: Store
    node: Store
    phones: dict[str, Phone] = field(default_factory=dict)
    account: people.Account | None = None
    written: set[bytes] = field(default_factory=set)
    copies: dict[str, Path] = field(default_factory=dict)
    rid: str = ""  # of the visit written last

    def write(self, name: str, count: int = 3) -> None:
        """Some visits on a phone."""
        phone = self.phones[name]
        for _ in range(count):
            now = datetime.now(UTC)
            self.rid = phone.write("visit", bodies.visit("HAG", now), now)
            self.written.add(sha256(phone.log.payloads[-1]).digest())

    def send(self, *names: str) -> None:
        for name in names or self.phones:
            self.phones[name].push()

    def note(self, store: Store, ref: str) -> str:
        """A record written at a store's own pages; its rid."""
        with store.inside():
            rid = logs.write("comment", {"ref": ref, "text": "Sedd."}, self.account)
            entry = sa.text("SELECT payload FROM entries WHERE rid = :rid")
            payload = reading().execute(entry.bindparams(rid=rid)).scalar_one()
            self.written.add(sha256(bytes(payload)).digest())
        return rid.hex()

    def night(self) -> dict:
        return self.node.run("night", "--hurry")

    def copy(self, store: Store) -> None:
        """The copy that is an hour old when it is needed."""
        told = store.run("store", "backup", str(store.folder))
        self.copies[store.name] = Path(told["file"])

    def put_back(self, store: Store) -> dict:
        """Restore the copy, as somebody in a hurry does, and serve again."""
        store.stop()
        told = store.run("store", "restore", "--replace", str(self.copies[store.name]))
        store.start()
        return told

    def at(self, store: Store) -> list[bytes]:
        """The digest of every payload founded there, once for each record that stands."""
        founding = "SELECT DISTINCT rid, payload FROM entries WHERE type NOT IN ('open', 'close')"
        with store.inside():
            rows = reading().execute(sa.text(founding)).all()
        return [sha256(bytes(payload)).digest() for _rid, payload in rows]

    def splits(self, name: str) -> int:
        """How often the page of devices at the centre says that this phone's log has split."""
        device = self.phones[name].device
        with self.centre.inside():
            return next(p.forks for p in heard.phones((ORG,)) if p.device.id == device)

    def openings(self, store: Store) -> list[str]:
        """Why each of the store's own logs was begun, in order."""
        with store.inside():
            own = sa.select(Log.opened).where(Log.device == identity.get().device)
            return list(reading().scalars(own.order_by(Log.id)))

    def is_receipted(self, name: str) -> bool:
        """Whether a signature of the centre, as it is now, covers all that the phone holds."""
        phone = self.phones[name]
        phone.log.received = 0
        phone.hear(phone.ask([phone.log.log]))
        return phone.log.received == phone.log.head

    def stop(self) -> None:
        self.node.stop()
        self.centre.stop()


def patrol(folder: Path, new_database) -> Patrol:
    """Everything served: Alice's phone at the node, Bob's at the centre."""
    centre = Store(folder, "centre", database=new_database())
    with centre.inside():
        people.add_org(ORG, "Polisen", "police")
        accounts = [people.add_account(n, n, ORG, "field") for n in ("alice", "bob")]
        sara = people.add_account("sara", "sara", ORG, "supervisor", "!")
        categories.seed()
        places.import_geojson(data.load("sollentuna_places.geojson"), datetime.now(UTC))
        _device, token = devices.add_node("node")
        enrolled = [devices.enrol(devices.make_code(a.id)[0], a.login) for a in accounts]
        key = receipts.public_key(identity.get().receipt_key)
    made = Patrol(centre, None)
    try:
        made.node = Store(folder, "node", centre.start().url, token, database=new_database())
        made.node.run("store", "init")
        made.night()
        made.node.start()
    except BaseException:
        centre.stop()
        raise
    made.account = sara
    for login, got, store in zip(("alice", "bob"), enrolled, (made.node, centre), strict=True):
        peer = Peer(store.url, got.token)
        made.phones[login] = Phone(
            got.device, got.account, got.org, peer.push, centre_key=key, ask=peer.status
        )
    return made
