"""F3: the phone's disk is full, really: the profile lies on a small file system that is filled up.

What is refused stays on the screen and is saved once there is room; what was called saved, before
and on the full disk, survives a kill; the ballast gives room for the last reports.
"""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.faults.fault import Dice, Fault, Outcome, Run
from tests.faults.phone.handset import Handset
from tests.faults.phone.place import ROOT, Place, place
from tests.faults.phone.reckoning import reckon

SIZE = "96m"
PIECE = 64 * 1024
TRIES = 6


@contextmanager
def full_disk(folder: Path, tree: Path = ROOT) -> Iterator[Run]:
    with small(folder / "disk") as disk, place(folder, tree) as town:
        phone = town.phone(disk / "profile")

        def run(rng: Dice) -> Outcome:
            return one_filling(town, phone, disk / "others", rng)

        try:
            yield run
        finally:
            phone.close()


@contextmanager
def small(at: Path) -> Iterator[Path]:
    """A file system of few megabytes, in memory."""
    at.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", at], check=True)
    try:
        yield at
    finally:
        if subprocess.run(["umount", at], capture_output=True).returncode:
            subprocess.run(["umount", "-l", at], check=True)


def one_filling(town: Place, phone: Handset, others: Path, rng: Dice) -> Outcome:
    before = set(phone.acknowledged)
    town.line.cut()
    phone.save("visit")
    fill(others)
    refused = None
    for _ in range(TRIES):
        told = phone.page.evaluate("(act) => thumb.attempt(act)", rng.choice(["visit", "event"]))
        if not told["saved"]:
            refused = told
            break
        fill(others)
    others.unlink()
    begun = time.monotonic()
    if refused:
        assert refused["kept"], f"what was written is no longer in sight: {refused['said']}"
        assert phone.page.evaluate("() => thumb.again()"), "not saved though there is room"
    phone.listen(0.05)
    if rng.random() < 0.5:
        phone.kill()
        phone.start()
    return reckon(town, phone, phone.since(before), begun)


def fill(others: Path) -> None:
    """Other apps take every last byte."""
    with others.open("ab", buffering=0) as file:
        for piece in (PIECE, 512, 1):
            with suppress(OSError):
                while True:
                    file.write(os.urandom(piece))


FAULT = Fault(
    key="F3-full-disk",
    title="the phone's disk is full while saving",
    sample=20,
    full=200,
    root=True,
    open=full_disk,
    needs=("browser", "mount"),
)
