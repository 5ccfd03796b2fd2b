"""F15: the phone's clock is wrong, jumps, or goes through the night when summer time ends.

Both times are kept, the order is that of writing, nothing is refused or waits for the clock, and
the store knows how far the phone's clock was off.
"""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.faults.fault import Dice, Fault, Outcome, Run
from tests.faults.phone.handset import Handset
from tests.faults.phone.place import Place, place
from tests.faults.phone.reckoning import reckon

# Only what asks for the time is told another; timers run on, as they do on a phone.
SHIM = """(() => {
  const Real = globalThis.RealDate ??= Date;
  globalThis.clockOff = %d;
  globalThis.Date = class Date extends Real {
    constructor(...given) { given.length ? super(...given) : super(Real.now() + clockOff); }
    static now() { return Real.now() + clockOff; }
  };
})()"""
# Of the time that it may wait after a failure, the app draws the shortest: two seconds.
HASTY = "() => { Math.random = () => 0; }"
UNTOLD_S = 30
HOUR = timedelta(hours=1)
CLOCK_SLACK_S = 60


def until(moment: datetime) -> timedelta:
    """How far off a clock is that shows `moment` now."""
    return moment - datetime.now(UTC)


# What the clock is off by while the first records are written, and then while the rest are.
GAMES = {
    "two hours behind": lambda: (-2 * HOUR, -2 * HOUR),
    "a year ahead": lambda: (timedelta(days=365), timedelta(days=365)),
    "1970": lambda: (until(datetime(1970, 1, 1, 0, 5, tzinfo=UTC)),) * 2,
    "jumps back in mid-patrol": lambda: (timedelta(0), -3 * HOUR),
    "jumps ahead in mid-patrol": lambda: (timedelta(0), 5 * HOUR),
    "summer time ends": lambda: (
        until(datetime(2026, 10, 25, 0, 59, 30, tzinfo=UTC)),
        until(datetime(2026, 10, 25, 1, 0, 30, tzinfo=UTC)),
    ),
    "summer time begins": lambda: (
        until(datetime(2026, 3, 29, 0, 59, 30, tzinfo=UTC)),
        until(datetime(2026, 3, 29, 1, 0, 30, tzinfo=UTC)),
    ),
}


@contextmanager
def wrong_clock(folder: Path) -> Iterator[Run]:
    with place(folder) as town:

        def run(rng: Dice) -> Outcome:
            phone = town.lasting_phone()
            try:
                return one_game(town, phone, rng)
            finally:
                set_clock(phone, timedelta(0))

        yield run


def one_game(town: Place, phone: Handset, rng: Dice) -> Outcome:
    name = list(GAMES)[rng.number % len(GAMES)]
    first, then = GAMES[name]()
    before = set(phone.acknowledged)
    town.line.cut()
    phone.page.evaluate(HASTY)
    set_clock(phone, first)
    phone.save(*rng.choices(["visit", "event"], k=rng.randint(1, 3)))
    phone.send()  # fails, so that something waits for a time to come
    set_clock(phone, then)
    phone.save("visit", *rng.choices(["visit", "event"], k=rng.randint(0, 2)))
    said = phone.since(before)
    town.line.mend()
    begun = time.monotonic()
    if "jumps" in name:
        # Nobody tells the app that the network is back: what it waits for must not be the clock.
        phone.drained(UNTOLD_S)
    outcome = reckon(town, phone, said, begun)
    kept_as_written(town, said, name)
    assert abs(town.skew() - then.total_seconds()) < CLOCK_SLACK_S, f"{name}: {town.skew()}"
    return outcome


def set_clock(phone: Handset, off: timedelta) -> None:
    phone.page.evaluate(f"() => {SHIM % (off.total_seconds() * 1000)}")


def kept_as_written(town: Place, said: dict[str, str], name: str) -> None:
    """In the order of writing, none in quarantine, each with the time that the phone showed."""
    rows = town.latest_log()
    rids = [json.loads(payload)["rid"] for payload, _ in rows]
    written = [rid for rid in rids if rid in said]
    assert written == list(said), f"{name}: not in the order of writing"
    refused = [rid for rid, (_, code) in zip(rids, rows, strict=True) if code and rid in said]
    assert not refused, f"{name}: in quarantine: {refused}"


FAULT = Fault(
    key="F15-phone-clock",
    title="the phone's clock is wrong, jumps, or changes its season",
    sample=21,
    full=210,
    root=False,
    open=wrong_clock,
    needs=("browser",),
)
