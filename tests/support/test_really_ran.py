"""What ran is counted by engine, and a skipped test or a missing engine fails the run."""

from types import SimpleNamespace

import pytest

from tests.support import really_ran
from tests.support.really_ran import ReallyRan


def report(nodeid="tests/a.py::test_a", when="call", skipped=False, **keywords):
    return SimpleNamespace(nodeid=nodeid, when=when, skipped=skipped, keywords=keywords)


def finished(counting: ReallyRan, status: int = 0) -> int:
    session = SimpleNamespace(exitstatus=status, config=SimpleNamespace())
    counting.pytest_sessionfinish(session)
    return session.exitstatus


def test_both_engines_ran_and_nothing_was_skipped():
    counting = ReallyRan(every_engine=True)
    for engine in ("browser", "postgres", "postgres"):
        counting.pytest_runtest_logreport(report(**{engine: 1}))
    assert counting.called == {"browser": 1, "postgres": 2}
    assert finished(counting) == 0


def test_only_the_call_itself_is_counted():
    counting = ReallyRan(every_engine=False)
    for when in ("setup", "call", "teardown"):
        counting.pytest_runtest_logreport(report(when=when, postgres=1))
    assert counting.called == {"postgres": 1}


@pytest.mark.parametrize("when", ["setup", "call"])
def test_a_skipped_test_fails_the_run_and_is_named(when):
    counting = ReallyRan(every_engine=False)
    counting.pytest_runtest_logreport(report("tests/b.py::test_b", when, skipped=True))
    assert finished(counting) == pytest.ExitCode.TESTS_FAILED
    assert "tests/b.py::test_b" in counting.complaints()[0]


def test_a_whole_run_without_an_engine_fails_and_says_which():
    counting = ReallyRan(every_engine=True)
    counting.pytest_runtest_logreport(report(browser=1))
    assert finished(counting) == pytest.ExitCode.TESTS_FAILED
    assert counting.complaints() == [
        "no PostgreSQL test ran: mark it with @pytest.mark.postgres and select it"
    ]


def test_a_run_of_a_part_needs_no_engine():
    assert finished(ReallyRan(every_engine=False)) == 0


def test_a_failure_stays_the_failure_it_was():
    assert finished(ReallyRan(every_engine=True), status=2) == 2


@pytest.mark.parametrize("there", [None, "/bin/soffice"])
def test_a_test_of_a_missing_program_is_left_out_and_said_to_be(monkeypatch, there):
    monkeypatch.setattr(really_ran.shutil, "which", lambda program: there)
    gone, said, counting = [], [], ReallyRan(every_engine=False)
    hook = SimpleNamespace(pytest_deselected=lambda items: gone.extend(items))
    items = [
        SimpleNamespace(nodeid="plain", keywords={}),
        SimpleNamespace(nodeid="cell", keywords={"libreoffice": 1}),
    ]
    counting.pytest_collection_modifyitems(SimpleNamespace(hook=hook), items)
    counting.pytest_terminal_summary(
        SimpleNamespace(write_line=lambda line, **how: said.append(line))
    )
    assert [item.nodeid for item in gone] == ([] if there else ["cell"])
    assert [item.nodeid for item in items] == (["plain", "cell"] if there else ["plain"])
    assert any("no soffice here" in line for line in said) is not bool(there)
