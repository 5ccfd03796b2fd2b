"""A sample of every fault that needs no root. The rest is `make faults-root`; at length,
`make faults-full`.
"""

import pytest

from tests.faults import table
from tests.faults.catalogue import FAULTS
from tests.faults.fault import Fault
from tests.faults.needs import lacking
from tests.faults.report import Report
from tests.faults.runner import run_one

SEED = 1
MARKS = {"browser": pytest.mark.browser, "postgres": pytest.mark.postgres}
AT_LEAST = 20


def marked(fault: Fault):
    return pytest.param(fault, id=fault.key, marks=[MARKS[n] for n in fault.needs if n in MARKS])


@pytest.mark.parametrize("fault", [marked(fault) for fault in FAULTS if not fault.root])
def test_a_fault_loses_and_doubles_nothing(fault):
    assert not lacking(fault), f"{fault.key} can't be done here: {lacking(fault)}"
    row = run_one(fault, Report(SEED), fault.sample)
    assert row.clean, table.line(row)


def test_every_fault_of_the_matrix_has_a_sample_of_twenty_runs():
    numbers = {fault.key.partition("-")[0] for fault in FAULTS}
    assert numbers >= {f"F{n}" for n in range(1, 24)}
    thin = {n for n in numbers if _sampled(n) < AT_LEAST}
    assert not thin, f"fewer than {AT_LEAST} runs in the sample of {sorted(thin)}"


def test_the_full_size_is_what_is_promised():
    full = {fault.key: fault.full for fault in FAULTS}
    of_the_line = sum(n for key, n in full.items() if key.startswith("F6-"))
    assert full["F1-kill-browser"] >= 1_000
    assert full["F2-power-cut-browser"] >= 200
    assert sum(full[f"F16-kill-{engine}"] for engine in ("sqlite", "postgres")) >= 1_000
    assert full["F16-power-cut-sqlite"] >= 500
    assert of_the_line >= 10_000


def _sampled(number: str) -> int:
    return sum(f.sample for f in FAULTS if f.key.partition("-")[0] == number)
