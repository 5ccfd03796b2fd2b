"""The simulation can fail: every rule that protocol.md marks is left out in turn, and the failure
it names there is found. With the rule in place the same runs are clean.
"""

from functools import partial

import pytest

from tests.simulation import doubles
from tests.simulation.history import Violation
from tests.simulation.runs import Tally, memory_world, run
from tests.simulation.world import Rules

RUNS_MAX = 120
FIRST_SEED = 45  # any will do; from here the rarest failure is not far
PROOFS = {
    "no fast-forward": ("STUCK", {"receiver": doubles.NoFastForward()}, ("node restored",)),
    "numbers without hashes": (
        "FALSE",
        {"receiver": doubles.NumbersOnly(), "sender": doubles.NoCompare()},
        ("phone restored",),
    ),
    "branch dropped": (
        "LOST",
        {"receiver": doubles.BranchDropped()},
        ("phone cloned", "node restored", "phone evicted"),
    ),
    "answered before it is on disk": ("LOST", {"backend": doubles.LazyBackend}, ("crash",)),
    "refused for good": ("DUP", {"backend": doubles.RefusingBackend}, ("replay", "loss")),
    "hash at have not compared": ("FALSE", {"sender": doubles.NoCompare()}, ("phone restored",)),
    "sent again instead of rotated": (
        "STUCK",
        {"phone": doubles.RetryingPhone},
        ("phone restored",),
    ),
    "let go at the node's answer": ("LOST", {"phone": doubles.HastyPhone}, ("node restored",)),
    "let go without a window": ("LOST", {"phone": doubles.ForgetfulPhone}, ("centre restored",)),
    "let go by an old receipt": ("LOST", {"phone": doubles.TrustingPhone}, ("centre restored",)),
    "belief not lowered": ("STUCK", {"backend": doubles.StubbornBackend}, ("centre restored",)),
}


@pytest.mark.parametrize("name", PROOFS)
def test_a_rule_left_out_gives_the_failure_that_the_protocol_names(name):
    kind, rules, faults = PROOFS[name]
    found = first_failure(Rules(inside=False, **rules), faults)
    assert found is not None, f"{RUNS_MAX} runs found nothing without the rule"
    assert found.kind == kind, str(found)


@pytest.mark.parametrize("faults", sorted({p[2] for p in PROOFS.values() if p[2]}))
def test_with_every_rule_in_place_the_same_runs_are_clean(faults):
    assert first_failure(Rules(), faults, runs=15) is None


def test_a_log_named_after_its_device_gives_a_false_receipt_after_eviction():
    seq_only = {"receiver": doubles.NumbersOnly(), "sender": doubles.NoCompare(), "inside": False}
    evicted = ("phone evicted",)
    assert first_failure(Rules(**seq_only), evicted, runs=15) is None, "random ids are enough here"
    found = first_failure(Rules(new_log=doubles.derived_log, **seq_only), evicted)
    assert found is not None
    assert found.kind == "FALSE", str(found)


def first_failure(rules, faults, runs=RUNS_MAX) -> Violation | None:
    make, tally = partial(memory_world, rules=rules), Tally()
    for seed in range(FIRST_SEED, FIRST_SEED + runs):
        try:
            run(seed, tally, make=make, only=faults)
        except Violation as violation:
            return violation
    return None
