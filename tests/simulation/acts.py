"""What users, the app and the stores do of themselves in a world. Nothing here is a fault."""

from datetime import timedelta

from sync.messages import render
from tests.simulation.network import exchange
from tests.simulation.scribe import LATE_PLACE, PLACES
from tests.simulation.wire import Request
from tests.simulation.world import ORG, World

REQUESTS_MAX = 60  # of one phone in one go


class Killed(BaseException):
    """A nightly job was killed with SIGKILL in the middle of a request."""


def write(world: World, phone: int, kind: str) -> None:
    """The user records something."""
    world.save(world.phone(phone), kind)


def send(world: World, phone: int, tab: int, most: int) -> bool:
    """One tab puts its next request on the wire; False if it has nothing to send."""
    who = world.phone(phone)
    who.storage.log.now = (world.now + who.skew).isoformat()
    sections = who.request(tab, most)
    if sections:
        world.wire.send(Request(who.name, who.device, who.home, tab, render(sections)))
    return bool(sections)


def ask(world: World, phone: int) -> None:
    """The app asks its home store where things stand."""
    who = world.phone(phone)
    world.wire.send(Request(who.name, who.device, who.home, 0, logs=(who.storage.current,)))


def contact(world: World, phone: int) -> bool:
    """A good moment: the app asks, sends all it has, and asks again; False if it never ends."""
    ask(world, phone)
    exchange(world)
    for _ in range(REQUESTS_MAX):
        if not send(world, phone, 0, 2_000):
            ask(world, phone)
            exchange(world)
            return True
        if not exchange(world):
            return True
    return False


def desk(world: World, store: str) -> None:
    """A supervisor comments on a record, in the store's own log."""
    rids = [each.rid for each in world.history.saved.values()]
    ref = rids[-1] if rids else None
    rid, payload = world.scribe.write("comment", at=world.now, by="sara", org=ORG, ref=ref)
    server = world.servers[store]
    world.watch.authored |= server.backend.write(payload, world.now)
    world.note_saved(payload, rid, store, server.role)
    world.watch.see_all(server)


def nightly(world: World, node: str, centre: object) -> bool:
    """The node's nightly job, over a line that may fail; True if all is at the centre."""
    try:
        done = world.servers[node].backend.nightly(centre)
    except Killed:
        done = False
    world.watch.see_all(world.servers[node])
    return done


def update_reference(world: World, store: str) -> None:
    """The place that patrols already use becomes known here."""
    world.servers[store].backend.update_reference((*PLACES, LATE_PLACE))


def wait(world: World, hours: int) -> None:
    world.now += timedelta(hours=hours)
