"""These tests need engines that `make test` does not ask for: they run only when they are named."""

from pathlib import Path

HERE = Path(__file__).parent.name


def pytest_ignore_collect(collection_path, config):
    named = any(HERE in str(given) for given in config.invocation_params.args)
    return None if named or Path(__file__).parent not in collection_path.parents else True
