"""Counts what a fault did to a phone's records: lost, torn, doubled; in the phone, at the centre.

A record is lost when it was called saved and is not in the phone right after the fault, or not at
the centre once the line is open, byte for byte. It is doubled when the centre holds it twice.
"""

import time

from tests.faults.fault import Outcome
from tests.faults.phone.handset import Handset
from tests.faults.phone.place import Place

NONE: set[str] = set()


def reckon(
    town: Place, phone: Handset, said: dict[str, str], begun: float, already: set[str] = NONE
) -> Outcome:
    """`said`: rid → SHA-256 of what was called saved; `begun`: when the phone began to recover.
    `already`: what was at the centre before, and need not be in the phone any more.

    Opens the line and lets all be sent; "recovered" is when the centre has all of it.
    """
    missing = (absent(phone, said) - already) | torn(phone)
    if missing:  # what is gone never arrives: no use to wait for it
        return Outcome(len(said), len(missing), 0, time.monotonic() - begun)
    town.line.mend()
    phone.drain()
    recovered = time.monotonic() - begun
    lost, doubled = at_centre(town, said)
    return Outcome(len(said), len(lost), len(doubled), recovered)


def absent(phone: Handset, said: dict[str, str]) -> set[str]:
    """Called saved, and not in the phone with those bytes."""
    held = {(entry.rid, entry.sha256) for entry in phone.stored()}
    return {rid for rid, sha256 in said.items() if (rid, sha256) not in held}


def torn(phone: Handset) -> set[str]:
    """Entries that no list shows, list rows without their entry, and breaks in a log's numbers."""
    entries = phone.stored()
    listed = {(row["log"], row["seq"]): row["rid"] for row in phone.rows("records")}
    held = {(one.log, one.seq): one.rid for one in entries if one.t not in ("open", "close")}
    broken = {rid for at, rid in listed.items() if held.get(at) != rid}
    broken |= {rid or str(at) for at, rid in held.items() if listed.get(at) != rid}
    heads = {row["log"]: (row["base"], row["seq"]) for row in phone.rows("logs")}
    for log, (base, seq) in heads.items():
        numbers = sorted(one.seq for one in entries if one.log == log)
        if numbers != list(range(base + 1, seq + 1)):
            broken.add(f"log {log}")
    return broken


def at_centre(
    town: Place, said: dict[str, str], begun_anew: bool = False
) -> tuple[set[str], set[str]]:
    """Which of them the centre lacks or holds otherwise, and which it holds or shows twice.

    `begun_anew`: the phone has left a log and written its entries again in another, with their
    rids, so that only what is shown twice is a double.
    """
    held, shown = town.arrived(), town.shown()
    lost, doubled = set(), set()
    for rid, sha256 in said.items():
        bare = rid.replace("-", "")
        if held.get(bare, {}).get(sha256, 0) == 0:
            lost.add(rid)
        twice = sum(held.get(bare, {}).values()) > 1 and not begun_anew
        if twice or shown[bare] > 1:
            doubled.add(rid)
    return lost, doubled
