"""What nature does to stores and phones in a world: copies put back, storage gone, clocks wrong.

Every act tells the checker what nature took, so that only what the program lets go counts as lost.
"""

from collections.abc import Callable
from datetime import timedelta

from tests.simulation.phone import RETENTION, Phone
from tests.simulation.world import World

PHONES_MAX = 6


def skew(world: World, phone: int, hours: int) -> None:
    """The phone's clock goes wrong."""
    world.phone(phone).skew = timedelta(hours=hours)


def crash(world: World, store: str, section: int) -> None:
    """The store is killed at that section of its next push."""
    world.servers[store].crash = section


def copy_store(world: World, store: str) -> None:
    kept = world.copies.setdefault(store, [])
    kept.append((world.now, world.servers[store].backend.copy()))


def restore_store(world: World, store: str, index: int, told: bool) -> None:
    """Put a copy back; `told`: with a new `inc`, as the restore command does.

    A centre's copy is never older than the retention window: that is what the window is for.
    """
    copies = world.copies.get(store, ())
    usable = [copy for at, copy in copies if store != "centre" or world.now - at < RETENTION]
    if not usable:
        return
    server = world.servers[store]
    before = world.watch.digests(server)
    inc = f"{store}-{world.count()}" if told else None
    server.backend.put(usable[index % len(usable)], inc)
    world.watch.forget(server)
    world.watch.see_all(server)
    gone = before - world.watch.digests(server)
    world.history.gone(server.role, gone, by_nature=True)
    world.check_held()


def copy_phone(world: World, phone: int) -> None:
    who = world.phone(phone)
    world.copies.setdefault(who.name, []).append((world.now, who.storage.copy()))


def restore_phone(world: World, phone: int, index: int) -> None:
    who = world.phone(phone)
    copies = world.copies.get(who.name)
    if copies:
        _replace(world, who, lambda: who.put(copies[index % len(copies)][1].copy()))


def evict(world: World, phone: int) -> None:
    """The browser throws everything away; the app starts anew."""
    who = world.phone(phone)
    _replace(world, who, who.wipe)


def clone(world: World, phone: int) -> None:
    """The phone's storage now lives in two phones, which share a token."""
    if len(world.phones) < PHONES_MAX:
        who = world.phone(phone)
        twin = world.add_phone(f"{who.name}+{len(world.phones)}", who.device, who.home)
        twin.put(who.storage.copy())


def _replace(world: World, phone: Phone, act: Callable[[], None]) -> None:
    before = phone.storage.digests()
    act()
    world.history.gone("phone", before - world.held_by_phones(), by_nature=True)
    world.check_held()
