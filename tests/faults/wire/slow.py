"""F7: a slow line with a long way, and a line that is cut at byte n, n = 0, 1, 2 …

200 records over 400 ms and 50 kB/s arrive within 10 s. A cut wastes at most the one batch that was
on its way.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sync.messages import BATCH_ENTRIES
from tests.faults import stored
from tests.faults.fault import Dice, Fault, Outcome, Run
from tests.faults.station import station
from tests.faults.wire.far import FAR, Far
from tests.faults.wire.lines import try_once
from tests.support.proxy import CLEAN, Proxy
from tests.support.proxy import Fault as Break

RECORDS, WITHIN_S = 200, 10.0
LONG_QUEUE = 2_300  # records: more than a batch


@contextmanager
def slow(folder: Path) -> Iterator[Run]:
    """200 records at once over such a line."""
    with station(folder) as here:
        centre = here.centre().start()
        url = centre.settings.database_url
        with Far(("127.0.0.1", centre.port), lambda: FAR) as line:

            def run(dice: Dice) -> Outcome:
                with here.fresh_patrols(line.url, 1, (10.0, 30.0)) as [patrol]:
                    after = stored.newest(url)
                    patrol.save(dice, RECORDS)
                    took = patrol.insist()
                    assert took <= WITHIN_S, f"{RECORDS} records took {took:.1f} s"
                    lost, doubled = stored.reckon(url, patrol.saved, patrol.answered, after=after)
                    return Outcome(RECORDS, len(lost), len(doubled), took)

            yield run


@contextmanager
def cut_anywhere(folder: Path) -> Iterator[Run]:
    """A push, or its answer, cut at byte n."""
    with station(folder) as here:
        centre = here.centre().start()
        url = centre.settings.database_url
        with Proxy(("127.0.0.1", centre.port)) as line:

            def run(dice: Dice) -> Outcome:
                with here.fresh_patrols(line.url, 1) as [patrol]:
                    after = stored.newest(url)
                    patrol.save(dice, 2)
                    plan = iter([_at_byte(dice.number)])
                    line.plan = lambda: next(plan, CLEAN)
                    try_once(patrol)
                    return _wasted_little(patrol, url, after)

            yield run


@contextmanager
def cut_in_long_queue(folder: Path) -> Iterator[Run]:
    """A queue of more than one batch, cut anywhere in all that goes over the line."""
    with station(folder) as here:
        centre = here.centre().start()
        url = centre.settings.database_url
        with Proxy(("127.0.0.1", centre.port)) as line:

            def run(dice: Dice) -> Outcome:
                with here.fresh_patrols(line.url, 1) as [patrol]:
                    after = stored.newest(url)
                    patrol.save(dice, LONG_QUEUE)
                    plan = iter(
                        [CLEAN] * dice.randrange(2) + [Break("reset", dice.randrange(300_000))]
                    )
                    line.plan = lambda: next(plan, CLEAN)
                    try_once(patrol)
                    return _wasted_little(patrol, url, after)

            yield run


def _at_byte(number: int) -> Break:
    """In turn in the request and in its answer, 37 bytes on each time: every byte in the end."""
    at = number // 2 * 37
    return Break("cut", at % 601) if number % 2 else Break("reset", at % 1201)


def _wasted_little(patrol, url: str, after: int) -> Outcome:
    recovered = patrol.insist()
    wasted = patrol.sent - patrol.phone.log.head
    assert wasted <= min(BATCH_ENTRIES, patrol.phone.log.head), f"{wasted} entries sent again"
    lost, doubled = stored.reckon(url, patrol.saved, patrol.answered, after=after)
    return Outcome(len(patrol.saved.acknowledged), len(lost), len(doubled), recovered)


FAULTS = [
    Fault("F7-slow", "200 records over 400 ms and 50 kB/s, within 10 s", 20, 50, False, slow),
    Fault("F7-cut-at-byte", "a push cut at byte n: one batch wasted at most",
          60, 2402, False, cut_anywhere),
    Fault("F7-cut-long-queue", "2 300 records cut anywhere: one batch wasted at most",
          10, 100, False, cut_in_long_queue),
]  # fmt: skip
