"""Invariants that speak of two runs at once: the same story told otherwise must end the same."""

from datetime import timedelta
from random import Random

import pytest

from tests.simulation import acts, network
from tests.simulation.drain import drain
from tests.simulation.runs import Tally, memory_world, run
from tests.simulation.schedule import FAULTS, Schedule
from tests.simulation.world import NODES
from tests.support.memory_store import Pusher

HONEST_FAULTS = tuple(fault for fault in FAULTS if fault != "clock")
CLOCKS = {"right": 0, "two hours slow": -2, "a year fast": 9_000, "in 1970": -432_000}


@pytest.mark.parametrize("seed", range(6))
def test_the_same_story_goes_the_same_way_with_any_device_clock(seed):
    stories = [story(seed, timedelta(hours=hours)) for hours in CLOCKS.values()]
    assert all(each == stories[0] for each in stories)


@pytest.mark.parametrize("seed", range(10))
def test_how_a_queue_is_split_into_requests_makes_no_difference(seed):
    whole, split = queue_of(30), queue_of(30)
    acts.contact(whole, 0)
    random = Random(seed)
    while acts.send(split, 0, random.randrange(2), random.randint(1, 4)):
        network.exchange(split)
        if random.random() < 0.3:
            network.replay(split, random.randrange(50))
    assert held(split, "node-a") == held(whole, "node-a")


@pytest.mark.parametrize("seed", range(10))
def test_two_tabs_that_push_at_once_are_as_one(seed):
    one, two = queue_of(12), queue_of(12)
    acts.contact(one, 0)
    random = Random(seed)
    for _ in range(200):
        tab = random.randrange(2)
        acts.send(two, 0, tab, random.randint(1, 5))
        while two.wire.requests and random.random() < 0.7:
            network.deliver(two, random.randrange(9))
        while two.wire.replies and random.random() < 0.7:
            network.answer(two, random.randrange(9))
    drain(two)
    drain(one)
    assert held(two, "node-a") == held(one, "node-a")
    assert len(two.phones[0].storage.logs) == 1, "two tabs are no reason to rotate"


@pytest.mark.parametrize("seed", range(10))
def test_old_requests_in_any_number_and_order_change_nothing(seed):
    world = run(seed, Tally(), only=("loss", "phone cloned", "phone restored"))
    before = after_all_that_was_lost_on_the_way(world)
    random = Random(seed)
    for _ in range(60):
        network.replay(world, random.randrange(1_000))
    assert all_held(world) == before


@pytest.mark.parametrize("seed", range(20))
def test_compare_is_empty_exactly_when_node_and_centre_hold_the_same(seed):
    world = memory_world(("alice", "sara"))
    schedule = Schedule(seed, ("phone cloned", "node restored", "loss"))
    found = set()
    for _ in range(120):
        schedule.act(schedule.next(), world)
        for node in NODES:
            same = entries(world, node, node) == entries(world, "centre", node)
            assert bool(differences(world, node)) != same
            found.add(same)
    assert found == {True, False}


@pytest.mark.parametrize("kind", ["not_json", "unknown_type", "late_place"])
def test_an_entry_in_quarantine_delays_none_after_it(kind):
    world = memory_world(("alice",))
    for each in (kind, "visit", kind, "event"):
        acts.write(world, 0, each)
    acts.contact(world, 0)
    kept = world.servers["node-a"].backend.store.logs[world.phones[0].storage.current]
    assert kept.have == 5
    assert [q.seq for q in world.phones[0].storage.quarantined[kept.log]] == [2, 4]


def story(seed, skew):
    """What every answer of a run said, with all clocks wrong by `skew`."""

    def make(phones):
        world = memory_world(phones)
        for phone in world.phones:
            phone.skew = skew
        return world

    return run(seed, Tally(), make=make, only=HONEST_FAULTS).trace


def queue_of(records):
    world = memory_world(("alice",))
    for _ in range(records):
        acts.write(world, 0, "visit")
    return world


def held(world, store):
    logs = world.servers[store].backend.look()
    return {
        name: (log.base, log.have, log.hash, {e[:3] for e in log.apart()})
        for name, log in logs.items()
    }


def all_held(world):
    return {name: held(world, name) for name in world.servers}


def after_all_that_was_lost_on_the_way(world):
    """What the stores hold once every request ever sent has come, in whatever order helps."""
    before = None
    while before != (before := all_held(world)):
        for index in range(len(world.wire.old)):
            network.replay(world, index)
    return before


def entries(world, store, node):
    """What `store` holds of the logs that came through `node`; of the log itself only as far back
    as the node goes."""
    at_node = world.servers[node].backend.store.logs
    return {
        (name, entry.seq, entry.hash)
        for name, log in world.servers[store].backend.store.logs.items()
        if node in (log.owner, log.via_node) or name in at_node
        for entry in (*since(log, at_node.get(name)), *log.apart())
    }


def since(log, at_node):
    return (e for e in log.entries.values() if at_node is None or e.seq > at_node.base)


def differences(world, node):
    lines = world.servers[node].backend.store.lines()
    return world.servers["centre"].backend.compare(lines, Pusher(node, "node"))
