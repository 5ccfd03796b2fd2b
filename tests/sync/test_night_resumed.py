"""A night killed at any request is made good by the next; what goes last holds up nothing."""

import pytest

from sync import nightly
from sync.blobs import Carried
from sync.nightly import run
from tests.sync.night import Centre, Node, section

A, B = "a" * 32, "b" * 32
PAYLOADS = [b'{"n":%d}' % n for n in range(1, 8)]


class Killed(BaseException):
    """SIGKILL: nothing of the job is left but what it had kept."""


class Counted:
    """A plan that kills the job at its `number`-th moment."""

    def __init__(self, number: int):
        self.left = number

    def __call__(self, _verb, _when):
        if self.left == 0:
            raise Killed
        self.left -= 1


def stored(store, log: str) -> list[bytes]:
    entries = store.shelves[log].entries
    return [entries[seq].payload for seq in sorted(entries)]


@pytest.mark.parametrize("moment", range(12))
def test_a_night_killed_at_any_moment_is_made_good_by_the_next_without_a_double(moment):
    node, centre = Node(), Centre(Counted(moment))
    node.takes(section(A, PAYLOADS))
    node.takes(section(B, PAYLOADS[:3]))
    killed = False
    try:
        run(node, centre)
    except Killed:
        killed = True
    centre.plan = lambda *_: None
    night = run(node, centre)
    assert (night.outcome, night.verified) == ("ok", 2)
    assert (stored(centre, A), stored(centre, B)) == (PAYLOADS, PAYLOADS[:3])
    assert killed or moment > 4  # else no moment was struck, and nothing was tried


def test_three_missed_nights_are_made_good_by_one():
    node, centre = Node(), Centre()
    for known in (2, 4, 7):
        node.takes(section(A, PAYLOADS[:known]))
    night = run(node, centre)
    assert (night.outcome, night.sent) == ("ok", 7)


@pytest.mark.parametrize(
    ("told", "outcome", "remark"),
    [
        (Carried(sent=2), "ok", None),
        (Carried(sent=1, waiting=1), "remark", "1 photos are not at the centre yet"),
        (Carried(waiting=1, faults=["photo ab: refused"]), "remark", "photo ab: refused"),
    ],
)
def test_photos_come_last_and_a_night_without_them_is_not_whole(monkeypatch, told, outcome, remark):
    node, centre, order = Node(), Centre(lambda verb, _when: order.append(verb)), []
    node.takes(section(A, PAYLOADS))
    monkeypatch.setattr(nightly.blobs, "carry", lambda *_: order.append("photos") or told)
    night = run(node, centre, photos=object())
    assert (night.outcome, night.remark, night.photos) == (outcome, remark, told.sent)
    assert order[-1] == "photos"
    assert stored(centre, A) == PAYLOADS


def test_a_node_without_photos_asks_nothing_of_them():
    node = Node()
    node.takes(section(A, PAYLOADS))
    assert run(node, Centre()).photos == 0
