"""Many seeded runs through everything that can go wrong; each ends with faults gone and all
accounts settled. `python -m tests.simulation --runs 10000` does the same for longer.
"""

import pytest

from tests.simulation.runs import run
from tests.simulation.schedule import FAULTS

RUNS = 160
SEEDS_A_BATCH = 40


@pytest.mark.parametrize("first", range(0, RUNS, SEEDS_A_BATCH))
def test_nothing_is_lost_doubled_or_falsely_receipted_whatever_goes_wrong(first, tally):
    for seed in range(first, first + SEEDS_A_BATCH):
        run(seed, tally("memory"))


def test_every_kind_of_fault_is_part_of_some_run(tally):
    done = tally("memory")
    for seed, fault in enumerate(FAULTS):
        run(seed, done, only=(fault,))
    missing = [name for name in ("evict", "clone", "replay", "crash") if not done.acts[name]]
    assert not missing


def test_without_faults_nothing_at_all_is_forgiven(tally):
    quiet = tally("memory")
    before = sum(quiet.forfeited.values())
    for seed in range(10):
        run(seed, quiet, only=())
    assert sum(quiet.forfeited.values()) == before


def test_stores_restored_one_at_a_time_lose_nothing_that_a_phone_saved(tally):
    for fault in ("node restored", "centre restored"):
        for seed in range(10):
            world = run(seed, tally("memory"), only=(fault,))
            lost = [world.history.saved[digest].origin for digest in world.history.forfeited]
            assert "phone" not in lost
