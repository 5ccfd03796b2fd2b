"""The simulation at length: `python -m tests.simulation --runs 10000 --seed 1`, in memory."""

import argparse
import sys

from tqdm import tqdm

from tests.simulation.history import Violation
from tests.simulation.runs import STEPS, Tally, run
from tests.simulation.schedule import FAULTS


def main() -> int:
    options = _options()
    tally, found = Tally(), 0
    seeds = range(options.seed, options.seed + options.runs)
    for seed in tqdm(seeds, unit="run", disable=not sys.stderr.isatty()):
        try:
            run(seed, tally, steps=options.steps, only=options.only)
        except Violation as violation:
            found += 1
            tqdm.write(f"{violation}\n  {' '.join(violation.__notes__)}")
    print(tally)
    print(f"{found} violations")
    return 1 if found else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--runs", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1, help="of the first run; each takes the next")
    parser.add_argument("--steps", type=int, default=STEPS, help="of each run")
    parser.add_argument("--only", nargs="*", choices=FAULTS, help="these faults and no others")
    options = parser.parse_args()
    options.only = None if options.only is None else tuple(options.only)
    return options


if __name__ == "__main__":
    sys.exit(main())
