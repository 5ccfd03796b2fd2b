"""`python -m tests.faults`: does the faults and prints, fault by fault, what came of it."""

import argparse
import json
import sys
from pathlib import Path

from tqdm import tqdm

from tests.faults import table
from tests.faults.catalogue import FAULTS
from tests.faults.fault import Fault
from tests.faults.report import Report
from tests.faults.runner import run_all


def main() -> int:
    """1 on any loss, double or failed run; 2 when wrongly called."""
    options = _options()
    chosen = _chosen(options)
    report = _report(options)
    say = (lambda _text: None) if options.json else (lambda text: tqdm.write(text))
    say(table.heading())
    total = sum(_runs(options, fault) for fault in chosen)
    with tqdm(total=total, unit=" run", disable=not sys.stderr.isatty()) as bar:
        run_all(
            chosen,
            report,
            lambda fault: _runs(options, fault),
            first=options.first,
            done=lambda row: say(table.line(row)),
            step=lambda row: (bar.set_description(row.key), bar.update()),
        )
    report.write()
    say(table.closing(report))
    if options.json:
        print(json.dumps(report.as_json()))
    return 0 if report.clean and (report.rows or not chosen) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--size", choices=("sample", "full"), default="sample")
    parser.add_argument("--only", nargs="+", metavar="KEY", help="these faults: F16, F6-cut …")
    parser.add_argument("--runs", type=int, help="as many of each, instead of its own number")
    parser.add_argument("--seed", type=int, help="of the whole series; 1 unless resumed")
    parser.add_argument("--from", type=int, default=0, dest="first", metavar="NUMBER",
                        help="begin with this run of each fault: to see one again")  # fmt: skip
    rooted = parser.add_mutually_exclusive_group()
    rooted.add_argument("--root", action="store_true", help="those alone that need root")
    rooted.add_argument("--no-root", action="store_true", help="none that needs root")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write a JSON report here")
    parser.add_argument("--resume", type=Path, metavar="FILE",
                        help="the same, and go on with what is in it already")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print the report, not the table")
    return parser.parse_args()


def _chosen(options: argparse.Namespace) -> list[Fault]:
    chosen = [fault for fault in FAULTS if options.only is None or _named(fault, options.only)]
    if options.only and not chosen:
        sys.exit(f"There is no fault {' '.join(options.only)}: {' '.join(f.key for f in FAULTS)}")
    if options.root:
        return [fault for fault in chosen if fault.root]
    return [fault for fault in chosen if not (options.no_root and fault.root)]


def _named(fault: Fault, names: list[str]) -> bool:
    return any(fault.key == name or fault.key.startswith(f"{name}-") for name in names)


def _runs(options: argparse.Namespace, fault: Fault) -> int:
    return fault.runs(options.size) if options.runs is None else options.runs


def _report(options: argparse.Namespace) -> Report:
    if options.resume and options.resume.exists():
        try:
            return Report.resumed(options.resume, options.seed)
        except ValueError as error:
            sys.exit(str(error))
    return Report(1 if options.seed is None else options.seed, options.resume or options.report)


if __name__ == "__main__":
    sys.exit(main())
