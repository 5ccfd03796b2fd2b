"""Runs faults one after another and notes what came of each run. Knows no fault in particular."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.faults.fault import Dice, Fault, Run
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
    """One fault until it has `runs` runs. Its files are kept if something was wrong.

    After a run that failed, all is set up anew: it must not spoil the next.
    """
    row = report.row(fault)
    while row.runs < runs and len(row.failed) < FAILURES_MAX:
        folder = Path(tempfile.mkdtemp(prefix=f"fieldlog-{fault.key}-"))
        before = len(row.failed) + len(row.spoilt)
        try:
            with fault.open(folder) as once:
                while row.runs < runs:
                    dice = Dice(report.seed, fault.key, first + row.runs)
                    if not _one_run(once, dice, row):
                        break
                    report.write()
                    step(row)
        except Exception as error:
            row.fail(error, 0.0)
        if len(row.failed) + len(row.spoilt) == before:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            row.kept.append(str(folder))
        report.write()
        step(row)
    return row


def _one_run(once: Run, dice: Dice, row: Row) -> bool:
    """Whether it came to an end, good or bad."""
    began = time.monotonic()
    try:
        outcome = once(dice)
    except Exception as error:
        row.fail(error, time.monotonic() - began)
        return False
    row.add(outcome, time.monotonic() - began)
    return True
