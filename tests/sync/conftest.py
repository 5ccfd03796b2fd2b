"""Stores that really serve, for the phone's own sender."""

from collections.abc import Iterator

import pytest

from tests.support.served import Stack, stack


@pytest.fixture(scope="module")
def both(tmp_path_factory) -> Iterator[Stack]:
    """A node and its centre, for a whole file."""
    running = stack(tmp_path_factory.mktemp("both"))
    yield running
    running.stop()
