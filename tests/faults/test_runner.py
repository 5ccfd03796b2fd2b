"""Runs are counted, repeated by their seed, gone on with, and what is wrong with one is seen."""

import tempfile
from contextlib import contextmanager

import pytest

from tests.faults import table
from tests.faults.fault import Fault, Outcome
from tests.faults.report import Report
from tests.faults.runner import run_all


@pytest.fixture(autouse=True)
def _leave_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def fault(run, opened=None, **more) -> Fault:
    @contextmanager
    def simply(_folder):
        yield run

    return Fault(more.pop("key", "F0-made-up"), "made up", 3, 9, False, opened or simply, **more)


def fine(_dice) -> Outcome:
    return Outcome(5, 0, 0, 0.25)


def done(*faults, report=None, runs=3) -> Report:
    report = report or Report(7)
    run_all(faults, report, lambda fault: runs)
    return report


def test_runs_are_summed_up():
    report = done(fault(fine))
    row = report.rows["F0-made-up"]
    assert (row.runs, row.acknowledged, row.usual, row.worst) == (3, 15, 0.25, 0.25)
    assert report.clean


@pytest.mark.parametrize("spoilt", [Outcome(5, 1, 0, 0), Outcome(5, 0, 1, 0)])
def test_a_loss_and_a_double_are_failures_and_say_how_to_see_them_again(spoilt):
    report = done(fault(lambda dice: spoilt if dice.number == 1 else fine(dice)))
    assert not report.clean
    assert "--only F0-made-up --from 1 --runs 1" in table.line(report.rows["F0-made-up"])


def test_a_run_that_raises_is_a_failure_and_the_fault_is_given_up_at_the_third():
    def broken(_dice):
        raise AssertionError("not served")

    report = done(fault(broken), runs=9)
    row = report.rows["F0-made-up"]
    assert (report.clean, row.runs) == (False, 3)
    assert "not served" in table.line(row)


def test_a_failed_run_does_not_spoil_the_next():
    stations = []

    @contextmanager
    def opened(folder):
        stations.append(folder)
        spoilt = False

        def run(dice):
            nonlocal spoilt
            assert not spoilt, "spoilt by the run before"
            spoilt = dice.number == 1
            assert not spoilt, "this one fails"
            return fine(dice)

        yield run

    row = done(fault(None, opened), runs=5).rows["F0-made-up"]
    assert (row.runs, len(row.failed), len(stations)) == (5, 1, 2)
    assert row.kept == [str(stations[0])]


def test_what_can_not_be_done_here_is_named_and_not_counted():
    report = done(fault(fine, needs=("nothing-has-this",)), fault(fine, key="F0-other"))
    assert report.not_run == {"F0-made-up": "needs nothing-has-this"}
    assert "NOT RUN F0-made-up" in table.closing(report)
    assert set(report.rows) == {"F0-other"}


def test_a_report_is_gone_on_with_from_the_run_after_its_last(tmp_path):
    drawn = []

    def noting(dice):
        drawn.append((dice.number, dice.random()))
        return fine(dice)

    path = tmp_path / "report.json"
    done(fault(noting), report=Report(7, path), runs=2)
    again = Report.resumed(path, None)
    done(fault(noting), report=again, runs=5)
    in_one_go = []
    done(fault(lambda dice: in_one_go.append((dice.number, dice.random())) or fine(dice)), runs=5)
    assert drawn == in_one_go
    assert Report.resumed(path, 7).rows["F0-made-up"].acknowledged == 25


def test_a_report_is_not_gone_on_with_by_another_seed(tmp_path):
    path = tmp_path / "report.json"
    done(fault(fine), report=Report(7, path))
    with pytest.raises(ValueError, match="--seed 7"):
        Report.resumed(path, 8)
