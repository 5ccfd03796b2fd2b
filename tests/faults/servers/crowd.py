"""F23: phones that come back all at once. None is lost, and 503 with Retry-After is the worst."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import requests

from sync import retry
from sync.http import Peer, Trouble
from tests.faults import stored
from tests.faults.fault import Dice, Fault, Outcome, Run
from tests.faults.history import History
from tests.faults.patrol import Patrol
from tests.faults.station import Warm, enrol_more, station

RECORDS = 40
WITHIN_S = 120.0
PATIENCE = (30.0, 60.0)
STACK = 512 * 1024  # bytes a thread


@dataclass
class Heard:
    """Every answer anybody got, and every line that broke."""

    answers: list[tuple[int, bool]] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def note(self, response: requests.Response, *_args, **_kwargs) -> None:
        self.answers.append((response.status_code, "Retry-After" in response.headers))

    def only_good(self) -> bool:
        """200, or 503 with Retry-After; nothing else."""
        return not self.broken and all(
            status == 200 or (status == 503 and asked) for status, asked in self.answers
        )


@contextmanager
def all_at_once(phones: int, folder: Path) -> Iterator[Run]:
    """So many phones with 40 records each; the server is the real one, with its own limits."""
    with station(folder) as here:
        centre = here.centre()
        enrolled = enrol_more(centre, phones)
        centre.push_rate = 600
        centre.start()

        def run(dice: Dice) -> Outcome:
            turn = f"{dice.number}"
            with History(folder / f"s-{turn}") as saved, History(folder / f"a-{turn}") as answered:
                heard = Heard()
                patrols = [_patrol(who, centre, saved, answered, heard) for who in enrolled]
                after = stored.newest(centre.settings.database_url)
                for each in patrols:
                    each.save(dice, RECORDS)
                took = _come_back(patrols, heard)
                assert heard.only_good(), f"{set(heard.answers)} {heard.broken[:3]}"
                assert took <= WITHIN_S, f"{phones} phones took {took:.0f} s"
                url = centre.settings.database_url
                lost, doubled = stored.reckon(url, saved, answered, after=after)
                return Outcome(len(saved.acknowledged), len(lost), len(doubled), took)

        yield run


def _patrol(who, centre: Warm, saved: History, answered: History, heard: Heard) -> Patrol:
    session = requests.Session()
    session.hooks["response"].append(heard.note)
    peer = Peer(centre.url, who.token, session=session, timeout=PATIENCE)
    return Patrol(who, saved, answered, peer)


def _come_back(patrols: list[Patrol], heard: Heard) -> float:
    """All start at one moment; seconds until the last is through."""
    start = threading.Barrier(len(patrols) + 1)
    before = threading.stack_size(STACK)
    threads = [threading.Thread(target=_through, args=(p, start, heard)) for p in patrols]
    for thread in threads:
        thread.start()
    threading.stack_size(before)
    start.wait()
    began = time.monotonic()
    for thread in threads:
        thread.join()
    return time.monotonic() - began


def _through(patrol: Patrol, start: threading.Barrier, heard: Heard) -> None:
    """As a phone does: what is refused for now is tried again after the time asked for."""
    pause = threading.Event()
    start.wait()
    deadline = time.monotonic() + 2 * WITHIN_S
    with patrol.peer:
        for attempt in range(100):
            try:
                patrol.send()
                return
            except Trouble as trouble:
                if "network" in str(trouble):
                    heard.broken.append(str(trouble))
                if time.monotonic() > deadline:
                    break
                pause.wait(retry.backoff(min(attempt, 2), 0.5, trouble.after))
    heard.broken.append(f"{patrol.phone.device} never got through")


FAULTS = [
    Fault("F23-50-phones", "50 phones with 40 records each come back at once", 20, 20, False,
          partial(all_at_once, 50)),
    Fault("F23-500-phones", "500 phones with 40 records each come back at once", 1, 20, False,
          partial(all_at_once, 500)),
]  # fmt: skip
