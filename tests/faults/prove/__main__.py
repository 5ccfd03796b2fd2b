"""`python -m tests.faults.prove`: takes each guard away in turn, and fails unless it is missed.

Prints a line a guard: what found it, what was found, after how many runs. Needs root for the power
cuts; without it they are named as not run, and the exit is 1 unless --no-root was given.
"""

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.prove import phones, rules, servers
from tests.faults.prove.proof import Proof

PROOFS = [*phones.PROOFS, *servers.PROOFS, *rules.PROOFS]
WIDTHS = (68, 28, 36, 5, 6)
HEAD = ("guard taken away", "looked for by", "found", "run", "s")


def main() -> int:
    options = _options()
    chosen = [p for p in PROOFS if not options.only or any(o in p.guard for o in options.only)]
    print(_line(HEAD), "─" * (sum(WIDTHS) + 4), sep="\n", flush=True)
    unseen, not_run = [], []
    for proof in chosen:
        if options.no_root and "root" in proof.needs:
            continue
        if proof.lacking:
            not_run.append(f"NOT RUN {proof.guard}: {'; '.join(proof.lacking)}")
        elif not prove(proof):
            unseen.append(f"NOT FOUND {proof.guard}: {proof.by} is blind without this guard")
    print(*not_run, *unseen, sep="\n")
    print(f"{len(chosen) - len(unseen) - len(not_run)} guards are missed when they are gone")
    return 1 if unseen or not_run else 0


def prove(proof: Proof) -> bool:
    """Whether the loss was found; its line is printed."""
    folder, begun = Path(tempfile.mkdtemp(prefix="fieldlog-prove-")), time.monotonic()
    try:
        found = proof.look(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    what, runs = found or ("NOTHING", "–")
    took = f"{time.monotonic() - begun:.1f}"
    print(_line((proof.guard, proof.by, what, runs, took)), flush=True)
    return found is not None


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.prove", description=__doc__)
    parser.add_argument("--only", nargs="+", metavar="WORDS", help="guards whose name has these")
    parser.add_argument("--no-root", action="store_true", help="leave out what needs root")
    return parser.parse_args()


def _line(cells: tuple) -> str:
    cut = (str(c)[:w].ljust(w) for c, w in zip(cells, WIDTHS, strict=True))
    return " ".join(cut).rstrip()


if __name__ == "__main__":
    sys.exit(main())
