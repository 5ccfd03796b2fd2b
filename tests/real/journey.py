"""One whole run: phones write and send round by round while lines break and servers are killed.

Knows the order of things; what must hold at the end is in `checks`.
"""

import shutil
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from fieldlog.imports import police_events
from fieldlog.imports.police_events import Found
from tests.real import checks, desk
from tests.real.checks import Finding
from tests.real.fleet import Fleet
from tests.real.world import ORGS, World

THREADS = 6


@dataclass(frozen=True)
class Size:
    """How big a run is. Every kill of a server is one round's."""

    phones: int = 200
    clones: int = 10
    rounds: int = 10
    faults: float = 0.25  # share of requests that meet one
    seed: int = 20


@dataclass
class Report:
    """How a run went: what was found, and how much there was of what."""

    database: str
    findings: list[Finding]
    told: dict[str, int | float]

    @property
    def ok(self) -> bool:
        return all(finding.ok for finding in self.findings)


def travel(file: Path, database: str, engine: str, size: Size, shown: bool | None) -> Report:
    """The whole journey of `file` to a centre on `database`."""
    started = time.monotonic()
    events = list(police_events.read(file))
    with _world(database, size) as world:
        fleet = _fleet(world, events, size)
        spare = [events[size.phones + n :: size.phones + size.clones] for n in range(size.clones)]
        with tqdm(total=len(events), desc=engine, unit=" events", disable=not shown) as bar:
            for number in range(size.rounds):
                if number == size.rounds // 2:
                    fleet.clone_some(size.clones, spare)
                _round(world, fleet, number, _share(events, size, number), bar)
            nights = world.sync_all()
        findings = list(checks.arrived(world, fleet, nights))
        findings += _second_run(world, fleet)
        findings += desk.shown(world.centre, tuple(code for code, *_ in ORGS))
        return Report(engine, findings, _told(world, fleet, time.monotonic() - started))


@contextmanager
def _world(database: str, size: Size) -> Iterator[World]:
    folder = Path(tempfile.mkdtemp(prefix="fieldlog-real-"))
    url = database or f"sqlite:///{folder / 'centre.db'}"
    world = World(folder, url, size.seed, size.faults)
    try:
        yield world
    finally:
        world.close()
        shutil.rmtree(folder, ignore_errors=True)


def _fleet(world: World, events: list[Found], size: Size) -> Fleet:
    fleet = Fleet()
    shares = size.phones + size.clones
    for number, enrolled in enumerate(world.build(size.phones)):
        line = world.lines[number % len(world.lines)]
        fleet.join(enrolled, events[number::shares], line.url)
    return fleet


def _share(events: list[Found], size: Size, number: int) -> int:
    """Events a handset writes in a round; the clones, come late, write faster at the end."""
    a_phone = -(-len(events) // (size.phones + size.clones))
    last = number == size.rounds - 1
    return a_phone if last else -(-a_phone // size.rounds)


def _round(world: World, fleet: Fleet, number: int, most: int, bar: tqdm) -> None:
    """Everyone writes and sends; a server dies on the way; now and then a night comes."""
    node = world.nodes[number % len(world.nodes)]
    by_night = number % 2 == 1
    strike = nullcontext() if by_night else world.killing(node, within=4.0)
    with strike, ThreadPoolExecutor(THREADS) as pool:
        for done in pool.map(lambda handset: _use(handset, most), fleet.handsets):
            bar.update(done)
    if by_night:
        world.kill_job(node)
        with world.killing(world.centre, within=3.0):
            world.sync_all()


def _use(handset, most: int) -> int:
    written = handset.writer.write(most)
    handset.send()
    return written


def _second_run(world: World, fleet: Fleet) -> Iterator[Finding]:
    """Everything is sent once more, by everyone: nothing is added anywhere."""
    before = checks.counts(world)
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(lambda handset: handset.send_all_again(), fleet.handsets))
    nights = world.sync_all()
    after = checks.counts(world)
    for name, counted in before.items():
        yield Finding(f"second run adds nothing: {name}", counted, after[name])
    for night in nights:
        yield Finding(f"second night of {night['node']} sends", 0, night["sent"])


def _told(world: World, fleet: Fleet, seconds: float) -> dict:
    lines = [line.met for line in (world.up, *world.lines)]
    met = {kind: sum(line[kind] for line in lines) for kind in sorted(set().union(*lines))}
    return {
        "phones": len(fleet.handsets),
        "payloads": len(fleet.written.digests),
        "rotations": fleet.rotations(),
        "kills of nodes": sum(node.kills for node in world.nodes),
        "kills of the centre": world.centre.kills,
        "nightly jobs killed": world.jobs_killed,
        "tries that failed": fleet.trouble(),
        **{f"requests {kind}": count for kind, count in met.items()},
        "seconds": round(seconds, 1),
    }
