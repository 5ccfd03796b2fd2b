"""Rules of the protocol: each is left out of the simulation, and the failure it names is found."""

from dataclasses import replace
from pathlib import Path

from sync.ports import Ledger
from sync.receiver import Receiver
from tests.faults.prove.proof import Finding, Proof
from tests.simulation import doubles
from tests.simulation import test_proofs as proved
from tests.simulation.world import Rules


class GapTaken(Receiver):
    """Says that it has what comes after a gap, as if nothing lay between."""

    def _take(self, section, ledger: Ledger, pusher: str, role: str):
        result = super()._take(section, ledger, pusher, role)
        if result.r != "gap":
            return result
        return replace(result, r="ok", have=section.last, hash=section.head)


def left_out(name: str):
    """One of the simulation's own proofs."""
    kind, rules, faults = proved.PROOFS[name]
    return _search(kind, rules, faults)


def _search(kind: str, rules: dict, faults: tuple[str, ...]):
    def look(_folder: Path) -> Finding | None:
        begun = proved.FIRST_SEED
        found = proved.first_failure(Rules(inside=False, **rules), faults)
        if found is None or found.kind != kind:
            return None
        return kind, _seed(found) - begun + 1

    return look


def _seed(violation: Exception) -> int:
    """Which run it was, from the note that runs.run puts on it."""
    return int(violation.__notes__[0].split()[1].rstrip(","))


WORDS = {
    "no fast-forward": "node: goes on where its phones have let go, after a restore",
    "numbers without hashes": "hashes are compared where both sides have entries",
    "branch dropped": "what does not fit the chain is kept apart, not dropped",
    "answered before it is on disk": "a store answers after its commit",
    "refused for good": "what is judged wrong is quarantined, not refused",
    "hash at have not compared": "the sender compares the hash, and the receipt's signature",
    "sent again instead of rotated": "a fork is left by a new log, not by trying again",
    "let go at the node's answer": "a phone lets go at the centre's receipt, not the node's",
    "let go without a window": "a phone keeps for 72 hours what the centre has signed for",
    "let go by an old receipt": "a receipt lets go only in the answer that confirms it",
    "belief not lowered": "the nightly comparison lowers what a node believes",
}

PROOFS = [
    *(
        Proof(f"rule: {WORDS.get(name, name)}", "simulation", left_out(name))
        for name in proved.PROOFS
    ),
    Proof(
        "rule: a gap is answered, not taken",
        "simulation",
        _search("FALSE", {"receiver": GapTaken()}, ("node restored",)),
    ),
    Proof(
        "rule: a log's id is random, not the device's",
        "simulation",
        _search(
            "FALSE",
            {
                "new_log": doubles.derived_log,
                "receiver": doubles.NumbersOnly(),
                "sender": doubles.NoCompare(),
            },
            ("phone evicted",),
        ),
    ),
]
