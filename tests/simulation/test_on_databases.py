"""The same runs with the real store beneath all three servers, on SQLite and on PostgreSQL."""

from random import Random
from uuid import UUID

import pytest

from sync import receipts
from tests.simulation import acts, faults
from tests.simulation.database_backend import opened
from tests.simulation.drain import account
from tests.simulation.peer import SteadyPeer
from tests.simulation.runs import STORES, centre_key, run
from tests.simulation.server import Server
from tests.simulation.world import HOMES, Rules, World

RUNS = 20
STEPS = 30
REPLAYS = 6
REBUILT_EVERY = 5


@pytest.fixture
def backends(new_database):
    urls = {name: new_database() for name in STORES}
    with opened(urls, STORES, HOMES) as made:
        made["centre"].use_key(centre_key())
        yield made


def test_nothing_is_lost_doubled_or_falsely_receipted_on_a_real_database(backends, engine, tally):
    done = tally({"sqlite": "SQLite", "postgres": "PostgreSQL"}[engine])
    for seed in range(RUNS):
        world = run(
            seed,
            done,
            make=lambda phones: world_on(backends, phones),
            steps=STEPS,
            replays=REPLAYS,
        )
        assert projected(backends["centre"]) >= founded(world), f"seed {seed}"
        if seed % REBUILT_EVERY == 0:
            assert_rebuilt_alike(backends["centre"], seed)


def world_on(backends, phones):
    """A new world on the same databases, emptied of everything but people and places."""
    for backend in backends.values():
        backend.put(backend.fresh, None)
    servers = [Server(name, STORES[name], backend) for name, backend in backends.items()]
    return World(servers, receipts.public_key(centre_key()), Rules(), phones)


def founded(world):
    """The rids of all visits and events that are at the centre and belong there."""
    centre = world.watch.digests(world.servers["centre"])
    kinds = world.kinds
    return {
        UUID(each.rid).bytes
        for digest, each in world.history.saved.items()
        if digest in centre and kinds.get(digest) in ("visit", "event", "late_place")
    }


def projected(backend):
    """The rids that stand as visits and events, each once by their primary key."""
    return {row["rid"] for rows in backend.rows().values() for row in rows}


def assert_rebuilt_alike(backend, seed):
    before = backend.rows()
    backend.rebuild()
    assert backend.rows() == before, f"seed {seed}"


def test_a_restored_nodes_own_log_goes_on_in_another_and_all_of_it_arrives(backends):
    world = world_on(backends, ("alice",))
    faults.copy_store(world, "node-a")
    for told in (True, False):
        acts.desk(world, "node-a")
        assert acts.nightly(world, "node-a", SteadyPeer(world, "node-a"))
        faults.restore_store(world, "node-a", 0, told)
        acts.desk(world, "node-a")
        for _ in range(3):
            assert acts.nightly(world, "node-a", SteadyPeer(world, "node-a"))
    account(world, Random(0))
