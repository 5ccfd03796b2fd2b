"""The closing table tells what failed, and a run with a failure is not ok."""

from tests.real.checks import Finding
from tests.real.journey import Report
from tests.real.table import table


def test_a_finding_that_differs_fails_the_run_and_is_named():
    good, bad = Finding("events", 57_548, 57_548), Finding("payloads lost", 0, 1)
    report = Report("SQLite", [good, bad], {"seconds": 1.5})
    assert not report.ok
    said = table(report)
    assert "FAILED payloads lost" in said
    assert said.endswith("SQLite: 1 passed, 1 failed")
    assert Report("SQLite", [good], {}).ok
