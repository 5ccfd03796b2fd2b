"""The checker itself: it sees what is lost, changed and doubled, and forgets nothing."""

import pytest

from tests.faults.history import History

A, B, C = (f"{number:064x}" for number in (1, 2, 3))


@pytest.fixture
def history(tmp_path):
    with History(tmp_path / "history.txt") as made:
        yield made


def test_what_is_stored_as_it_was_acknowledged_is_neither_lost_nor_doubled(history):
    history.saved_all([("one", A), ("two", B)])
    verdict = history.check([("one", A), ("two", B), ("never said", C)])
    assert (verdict.acknowledged, verdict.lost, verdict.doubled) == (2, (), ())


def test_what_is_gone_or_has_other_bytes_is_lost(history):
    history.saved_all([("one", A), ("two", B), ("three", C)])
    assert history.check([("one", A), ("two", C)]).lost == (("two", B), ("three", C))


def test_what_stands_twice_is_doubled_even_with_other_bytes(history):
    history.saved("one", A)
    assert history.check([("one", A), ("one", A)]).doubled == ("one",)
    assert history.check([("one", A), ("one", B)]).doubled == ("one",)


def test_a_history_outlives_the_harness_and_a_line_that_was_cut(history, tmp_path):
    history.saved("one", b"payload")
    history.saved("two", B)
    path = tmp_path / "history.txt"
    path.write_text(path.read_text(encoding="ascii")[:-5], encoding="ascii")
    with History(path) as again:
        assert set(again.acknowledged) == {"one"}


def test_a_record_is_not_acknowledged_with_two_contents(history):
    history.saved("one", A)
    with pytest.raises(AssertionError, match="two contents"):
        history.saved("one", B)
