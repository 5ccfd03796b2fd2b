"""Collects what the simulation ran, and says it in one line at the end of the session."""

import pytest

from tests.simulation.runs import Tally

_TALLIES: dict[str, Tally] = {}


@pytest.fixture
def tally():
    """Call it with the kind of store for the tally that the closing line is made of."""
    return lambda store: _TALLIES.setdefault(store, Tally())


def pytest_terminal_summary(terminalreporter):
    if not _TALLIES:
        return
    runs = "; ".join(
        f"{each.runs} runs, {each.steps:_} steps on {store}".replace("_", " ")
        for store, each in _TALLIES.items()
    )
    terminalreporter.write_line(f"simulation: {runs}")
    for store, each in _TALLIES.items():
        terminalreporter.write_line(f"  {store}: {each}")
