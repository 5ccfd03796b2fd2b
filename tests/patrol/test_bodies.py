"""What the screens compose is what the one definition of a record allows."""

import subprocess
from pathlib import Path

from sync import records

SCRIPT = Path(__file__).with_name("bodies.mjs")


def test_every_body_the_screens_write_passes_the_schemas():
    done = subprocess.run(["node", SCRIPT], capture_output=True, text=True, timeout=60, check=True)
    payloads = done.stdout.splitlines()
    read = [records.read(payload.encode()) for payload in payloads]
    faults = [(payload, one) for payload, one in zip(payloads, read, strict=True) if _is_fault(one)]
    assert faults == []
    assert {record.t for record in read} == {"visit", "leave", "event", "amend", "withdraw"}


def _is_fault(read) -> bool:
    return isinstance(read, records.Fault)
