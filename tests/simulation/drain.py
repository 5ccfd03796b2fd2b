"""The end of every run: faults stop, and within bounded rounds all must be where it belongs.

Then the last accounts: every saved record at the centre, once, and old requests change nothing.
"""

from collections import defaultdict
from random import Random

from tests.simulation import acts, network
from tests.simulation.history import Violation
from tests.simulation.peer import SteadyPeer
from tests.simulation.world import World

ROUNDS_MAX = 8
REPLAYS = 20


def drain(world: World) -> int:
    """Faults stop; gives the number of rounds it took, or raises STUCK."""
    world.wire.lose_all()
    for server in world.servers.values():
        server.crash = None
        acts.update_reference(world, server.name)
    for rounds in range(1, ROUNDS_MAX + 1):
        if _round(world):
            return rounds
    raise Violation("STUCK", f"after {ROUNDS_MAX} rounds: {'; '.join(_waiting(world))}")


def account(world: World, random: Random, replays: int = REPLAYS) -> None:
    """Everything that must hold once all has drained."""
    world.check_held()
    _check_centre(world)
    _check_verdicts(world)
    before, kept = _records_at_centre(world), _logs(world)
    for _ in range(replays if world.wire.old else 0):
        network.replay(world, random.randrange(len(world.wire.old)))
    world.wire.lose_all()
    if _logs(world) == kept:
        return
    drain(world)
    _check_centre(world)
    lost = before - _records_at_centre(world)
    if lost:
        raise Violation("I7", f"old requests made {len(lost)} records vanish from the centre")


def _round(world: World) -> bool:
    """Every phone sends and asks, every node has its night; True if nobody waits any more."""
    _all_phones(world)
    done = [
        acts.nightly(world, name, SteadyPeer(world, name))
        for name, server in world.servers.items()
        if server.role == "node"
    ]
    _all_phones(world)
    return all(done) and not _waiting(world)


def _all_phones(world: World) -> None:
    for index, phone in enumerate(world.phones):
        if not acts.contact(world, index):
            raise Violation("STUCK", f"{phone.name} sends and sends")


def _waiting(world: World) -> list[str]:
    return [
        f"{phone.name} lacks {phone.storage.log.head - phone.storage.log.receipted} receipts"
        for phone in world.phones
        if phone.waits()
    ]


def _check_centre(world: World) -> None:
    """Every record that is not accounted as lost to nature is at the centre, under one rid."""
    history, centre = world.history, world.watch.digests(world.servers["centre"])
    aside = {digest for phone in world.phones for digest in phone.storage.set_aside}
    for digest in history.saved.keys() - centre - history.forfeited.keys() - aside:
        raise Violation("LOST", f"{history.saved[digest].rid} never came to the centre")
    rids = defaultdict(set)
    for digest in centre & history.saved.keys():
        rids[history.saved[digest].tap].add(history.saved[digest].rid)
    for tap, names in rids.items():
        if len(names) > 1:
            raise Violation("DUP", f"what was tapped once ({tap}) stands as {sorted(names)}")


def _check_verdicts(world: World) -> None:
    """I12: nothing is in quarantine but what belongs there, and it delayed nothing."""
    for phone in world.phones:
        log = phone.storage.log
        good = {i for i, e in enumerate(log.entries, 1) if e.t in ("visit", "event", "open")}
        wrong = [q for q in phone.storage.quarantined.get(log.log, ()) if q.seq in good]
        if wrong:
            raise Violation("I12", f"{phone.name}: {wrong[0].code} for entry {wrong[0].seq}")


def _logs(world: World) -> list[tuple]:
    """What all stores hold, in few words."""
    return [
        (name, log.log, log.have, log.hash, sum(1 for _ in log.apart()))
        for name, server in world.servers.items()
        for log in world.watch.logs(server).values()
    ]


def _records_at_centre(world: World) -> set[bytes]:
    return world.watch.digests(world.servers["centre"]) & world.history.saved.keys()
