"""The JSON files that two languages read are what their sources say."""

import pytest

from tests.contract import generate


@pytest.mark.parametrize("path", generate.files(), ids=lambda path: path.name)
def test_file_is_fresh(path):
    wanted = generate.files()[path]
    assert path.read_text(encoding="utf-8") == wanted, "run: python -m tests.contract.generate"


def test_no_file_without_a_source():
    assert set(generate.HERE.glob("*.json")) == set(generate.files())
