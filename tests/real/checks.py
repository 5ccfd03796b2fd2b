"""What must be true once all is at the centre. Reads the databases themselves, not only answers."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

import sqlalchemy as sa

from tests.real.fleet import Fleet
from tests.real.world import World
from tests.support.served import Store

COUNTED = ("entries", "visits", "events", "quarantined", "logs")


@dataclass(frozen=True)
class Finding:
    """One thing that was expected, and what was found."""

    what: str
    expected: object
    found: object

    @property
    def ok(self) -> bool:
        return self.expected == self.found


def counts(world: World) -> dict[str, dict]:
    """`fieldlog store count` of every store, by its name."""
    stores = (world.centre, *world.nodes)
    said = {store.name: store.run("store", "count") for store in stores}
    return {name: {what: told[what] for what in COUNTED} for name, told in said.items()}


def arrived(world: World, fleet: Fleet, nights: list[dict]) -> Iterator[Finding]:
    """Everything written is at the centre, once, byte for byte, and everyone knows it."""
    counted = counts(world)
    at_nodes = sum((Counter(counted[n.name]) for n in world.nodes), Counter())
    for what in COUNTED:
        yield Finding(f"{what}: both nodes, centre", at_nodes[what], counted["centre"][what])
    written = fleet.written
    centre = counted["centre"]
    good_visits = len(written.founded["visit"] - written.quarantined)
    yield Finding("visits written, visits", good_visits, centre["visits"])
    yield Finding("events written, events", len(written.founded["event"]), centre["events"])
    yield Finding("unknown places, in quarantine", len(written.quarantined), centre["quarantined"])
    for night in nights:
        yield Finding(f"digest of {night['node']}", night["digest"], night["centre_digest"])
    yield from _in_the_database(world.centre, fleet)
    for store in (world.centre, *world.nodes):
        yield Finding(f"verify {store.name}", [], store.run("store", "verify")["found"])
    without = sum(not handset.is_receipted() for handset in fleet.handsets)
    yield Finding("phones without the centre's receipt", 0, without)


def _in_the_database(store: Store, fleet: Fleet) -> Iterator[Finding]:
    """The payloads and the projected rows themselves, read past the program."""
    engine = sa.create_engine(store.settings.database_url)
    written = fleet.written
    with engine.connect() as connection:
        asked = sa.text("SELECT payload FROM entries WHERE type NOT IN ('open', 'close')")
        digests = {sha256(bytes(payload)).digest() for (payload,) in connection.execute(asked)}
        yield Finding("payloads lost", 0, len(written.digests - digests))
        yield Finding("payloads nobody wrote", 0, len(digests - written.digests))
        for t, table in (("visit", "visits"), ("event", "events")):
            rows = connection.execute(sa.text(f"SELECT rid FROM {table}"))
            rids = Counter(str(UUID(bytes=bytes(rid))) for (rid,) in rows)
            wrong = {rid: n for rid, n in rids.items() if n > 1}
            yield Finding(f"{t}s twice", {}, wrong)
            yield Finding(f"{t}s missing", 0, len(written.founded[t] - set(rids)))
        corrected = "SELECT rid FROM events WHERE amended"
        withdrawn = "SELECT rid FROM events WHERE state = 'withdrawn'"
        for what, query, expected in (
            ("corrections", corrected, written.amended),
            ("withdrawals", withdrawn, written.withdrawn),
        ):
            rows = connection.execute(sa.text(query))
            found = {str(UUID(bytes=bytes(rid))) for (rid,) in rows}
            yield Finding(f"{what} that show", len(expected), len(found & expected))
    engine.dispose()
