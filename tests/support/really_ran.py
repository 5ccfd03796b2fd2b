"""Says how many browser and PostgreSQL tests really ran, and fails where one was skipped.

`--every-engine` (given by `make test`) also fails when there were none of a kind. A test of a
program that not everybody has is left out where it is missing, and the last line says so.
"""

import shutil
from collections import Counter

import pytest

ENGINES = {"browser": "browser", "postgres": "PostgreSQL"}
PROGRAMS = {"libreoffice": "soffice"}  # marker: what must be on the path


def pytest_addoption(parser):
    parser.addoption(
        "--every-engine", action="store_true", help="fail unless browser and PostgreSQL tests ran"
    )


def pytest_configure(config):
    config.pluginmanager.register(ReallyRan(config.getoption("--every-engine")), "really-ran")


class ReallyRan:
    """Counts what was called and what was skipped."""

    def __init__(self, every_engine: bool):
        self.every_engine = every_engine
        self.called: Counter[str] = Counter()
        self.skipped: list[str] = []

    def pytest_collection_modifyitems(self, config, items):
        left_out = [item for item in items if any(mark in item.keywords for mark in missing())]
        if left_out:
            items[:] = [item for item in items if item not in left_out]
            config.hook.pytest_deselected(items=left_out)

    def pytest_runtest_logreport(self, report):
        if report.skipped:
            self.skipped.append(report.nodeid)
        elif report.when == "call":
            self.called.update(e for e in (*ENGINES, *PROGRAMS) if e in report.keywords)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session):
        on_a_worker = hasattr(session.config, "workerinput")
        if session.exitstatus == 0 and not on_a_worker and self.complaints():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def complaints(self) -> list[str]:
        found = [f"skipped: {nodeid}: let it run or take it out" for nodeid in self.skipped]
        if self.every_engine:
            found += [
                f"no {name} test ran: mark it with @pytest.mark.{engine} and select it"
                for engine, name in ENGINES.items()
                if not self.called[engine]
            ]
        return found

    def pytest_terminal_summary(self, terminalreporter):
        ran = ", ".join(f"{self.called[e]} {name} tests" for e, name in ENGINES.items())
        ran += "".join(f", {self.called[p]} {p} tests" for p in PROGRAMS if self.called[p])
        terminalreporter.write_line(f"really ran: {ran}; {len(self.skipped)} skipped")
        for mark, program in missing().items():
            terminalreporter.write_line(
                f"left out: tests marked {mark}, there is no {program} here"
            )
        for line in self.complaints():
            terminalreporter.write_line(line, red=True)


def missing() -> dict[str, str]:
    """The programs that are not on the path, by the marker of their tests."""
    return {mark: program for mark, program in PROGRAMS.items() if not shutil.which(program)}
