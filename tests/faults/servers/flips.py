"""F22: a bit flips in the database file of a store that does not serve.

`fieldlog store verify` must find it, wherever it changes what is kept or what is shown; then the
copy from before is put back, and all is there.
"""

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.faults import stored
from tests.faults.fault import Dice, Fault, Outcome, Run
from tests.faults.station import Warm, settled, station

KEPT = {
    "entries": "SELECT id, log_id, branch, seq, digest, hash, payload, rid, type FROM entries",
    "logs": "SELECT id, log, base, base_hash, have, hash FROM logs",
    "visits": "SELECT * FROM visits",
    "events": "SELECT * FROM events",
    "quarantine": "SELECT entry_id, code FROM quarantine",
}
RECORDS = 60
TRIES = 400


@contextmanager
def flipped(folder: Path) -> Iterator[Run]:
    """One store with some records; each run flips one bit that matters, and puts a copy back."""
    with station(folder) as here:
        centre = here.centre().start()
        with here.fresh_patrols(centre.url, 2) as patrols:
            for each in patrols:
                each.save(Dice(0, "flips", 0), RECORDS)
                each.insist()
            saved = patrols[0].saved
            centre.stop()
            whole = centre.folder / "whole.db"
            shutil.copy(settled(centre.file), whole)
            sound = _contents(centre.file)

            def run(dice: Dice) -> Outcome:
                where = _flip_what_matters(centre, whole, sound, dice)
                began = time.monotonic()
                missed = not _is_found(centre)
                recovered = time.monotonic() - began
                _put_back(centre, whole)
                lost, doubled = stored.reckon(centre.settings.database_url, saved)
                assert not missed, f"bit {where} flipped, and verify found nothing"
                return Outcome(len(saved.acknowledged), len(lost), len(doubled), recovered)

            yield run


def _is_found(centre: Warm) -> bool:
    """By its exit code, whatever it says: also a file that can't be read is found."""
    job = centre.spawn("store", "verify")
    job.communicate(timeout=120)
    return job.returncode != 0


def _flip_what_matters(centre: Warm, whole: Path, sound: dict, dice: Dice) -> tuple[int, int]:
    """Some bits of a database mean nothing: free pages, slack, and counters of SQLite's own."""
    size = whole.stat().st_size
    for _ in range(TRIES):
        _put_back(centre, whole)
        at, bit = dice.randrange(size), dice.randrange(8)
        with centre.file.open("r+b") as file:
            file.seek(at)
            byte = file.read(1)[0]
            file.seek(at)
            file.write(bytes([byte ^ 1 << bit]))
        if _contents(centre.file) != sound:
            return at, bit
    raise AssertionError(f"no bit of {size} bytes matters in {TRIES} tries")


def _put_back(centre: Warm, whole: Path) -> None:
    for left in centre.folder.glob(f"{centre.file.name}-*"):
        left.unlink()
    shutil.copy(whole, centre.file)


def _contents(file: Path) -> dict | None:
    """All that is kept and shown; None if it can't be read."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
            connection.text_factory = bytes
            return {name: connection.execute(asked).fetchall() for name, asked in KEPT.items()}
    except (sqlite3.Error, OverflowError):
        return None


FAULTS = [
    Fault("F22-bit-flipped", "a bit flips in the database file", 20, 1000, False, flipped),
]
