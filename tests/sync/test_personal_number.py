"""Personal numbers in free text."""

import pytest

from sync import personal_number
from tests.contract.load import load


@pytest.mark.parametrize("case", load("personal_numbers"), ids=lambda case: case["text"] or "empty")
def test_text(case):
    assert personal_number.find(case["text"]) == case["found"]


def test_digits_of_other_scripts_are_no_personal_number():
    assert personal_number.find("٨١١٢٢٨-٩٨٧٤") is None
