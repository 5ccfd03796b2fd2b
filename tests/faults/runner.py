"""Runs faults one after another and notes what came of each run. Knows no fault in particular."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.faults.fault import Dice, Fault
from tests.faults.needs import lacking
from tests.faults.report import Report, Row

FAILURES_MAX = 3  # then something is wrong with the whole fault, and more of it tells nothing


def run_all(
    faults: Iterable[Fault],
    report: Report,
    runs: Callable[[Fault], int],
    *,
    first: int = 0,
    done: Callable[[Row], object] = lambda row: None,
    step: Callable[[Row], object] = lambda row: None,
) -> None:
    """Each fault `runs(fault)` times, counting those that the report has already.

    What this machine can't do is named in `report.not_run`. `step` is told after every run,
    `done` after every fault.
    """
    for fault in faults:
        if why := lacking(fault):
            report.not_run[fault.key] = "; ".join(why)
            report.write()
            continue
        row = report.row(fault)
        if row.runs < runs(fault):
            run_one(fault, report, runs(fault), first=first, step=step)
        done(row)


def run_one(
    fault: Fault,
    report: Report,
    runs: int,
    *,
    first: int = 0,
    step: Callable[[Row], object] = lambda row: None,
) -> Row:
    """One fault until it has `runs` runs. Its folder is kept if something was wrong."""
    row = report.row(fault)
    folder = Path(tempfile.mkdtemp(prefix=f"fieldlog-{fault.key}-"))
    try:
        with fault.open(folder) as once:
            while row.runs < runs and len(row.failed) < FAILURES_MAX:
                _one_run(once, Dice(report.seed, fault.key, first + row.runs), row)
                report.write()
                step(row)
    except Exception as error:
        error.add_note(f"while setting up or closing {fault.key}")
        row.fail(error, 0.0)
        report.write()
    if row.clean:
        shutil.rmtree(folder, ignore_errors=True)
    else:
        row.failed.append(f"its files are kept in {folder}")
    return row


def _one_run(once, dice: Dice, row: Row) -> None:
    began = time.monotonic()
    try:
        outcome = once(dice)
    except Exception as error:
        row.fail(error, time.monotonic() - began)
    else:
        row.add(outcome, time.monotonic() - began)
