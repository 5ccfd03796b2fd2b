"""What everybody may read holds no personal number, and no sign that a reader does not see."""

import pytest

from fieldlog.store import wording


@pytest.mark.parametrize(
    "text",
    ["Häggvik\0", "Häggvik\x1b[31m", "Häggvik\x7f", "Häggvik\x85", "Hägg\nvik", "Hägg\tvik",
     "\u202ekivggäH", "\u2066Häggvik\u2069"],
    ids=repr,
)  # fmt: skip
def test_a_sign_that_is_not_seen_is_told_of(text):
    assert wording.fault(text) == wording.UNSEEN


def test_a_text_of_several_lines_may_break_them_and_nothing_else():
    assert wording.fault("Ett\r\ntvå\n\ttre", lines=True) is None
    assert wording.fault("Ett\r\ntvå\u202e", lines=True) == wording.UNSEEN


def test_a_personal_number_is_told_of():
    assert wording.fault("Ring 19121212-1212") == wording.PERSONAL


@pytest.mark.parametrize(
    "text", ["", "Häggviks station", "Ж 東 👮🏽\u200d♀️", "Kvarn\u00adgatan 5\u00a0A"]
)
def test_what_people_write_passes(text):
    assert wording.fault(text) is None
