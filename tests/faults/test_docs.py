"""docs/reliability.md names every fault there is, and none that is not."""

import re

from tests.faults.catalogue import FAULTS
from tests.house.tree import ROOT

PAGE = (ROOT / "docs/reliability.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def test_every_fault_stands_in_its_row_and_no_other_is_named():
    named = {}
    for number, row in re.findall(r"^\| (F\d+) \|(.*)$", PAGE, re.MULTILINE):
        named[number] = set(re.findall(r"`(F\d+-[\w-]+)`", row))
    existing = {number: set() for number in named}
    for fault in FAULTS:
        existing[fault.key.partition("-")[0]].add(fault.key)
    assert named == existing


def test_every_target_that_is_named_exists():
    for target in re.findall(r"`make ([a-z-]+)", PAGE):
        assert f"\n{target}:" in MAKEFILE, f"docs/reliability.md names make {target}"
