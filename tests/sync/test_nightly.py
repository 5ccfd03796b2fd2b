"""One night: everything a node holds is at the centre in the end, or the night says what isn't."""

import pytest

from sync.http import Unauthorised
from sync.nightly import TRIES_MAX, run
from tests.sync.night import Board, Centre, Flaky, HeldLog, Node, section

A, B = "a" * 32, "b" * 32
PAYLOADS = [b'{"n":%d}' % n for n in range(1, 6)]


@pytest.fixture
def node():
    node = Node()
    node.takes(section(A, PAYLOADS))
    node.takes(section(B, PAYLOADS[:3]))
    return node


def _stored(store, log):
    return [store.shelves[log].entries[n].payload for n in sorted(store.shelves[log].entries)]


def _everything(store, log):
    shelf = store.shelves[log]
    kept = [*shelf.entries.values(), *shelf.branches.values()]
    return {entry.payload for entry in kept}


def test_all_arrives_and_is_verified(node):
    centre = Centre()
    night = run(node, centre)
    assert (night.outcome, night.sent, night.verified, night.digest) == ("ok", 8, 2, "ab" * 32)
    assert _stored(centre, A) == PAYLOADS


def test_a_second_night_sends_nothing(node):
    centre = Centre()
    run(node, centre)
    night = run(node, centre)
    assert (night.outcome, night.sent, night.verified) == ("ok", 0, 2)


def test_an_empty_node_has_a_good_night():
    assert run(Node(), Centre()).outcome == "ok"


def test_the_next_night_sends_only_what_is_new(node):
    centre = Centre()
    run(node, centre)
    node.takes(section(B, PAYLOADS[:4], first=4))
    assert run(node, centre).sent == 1
    assert _stored(centre, B) == PAYLOADS[:4]


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_lost_request_or_answer_is_tried_again_after_a_pause(node, when):
    pauses = []
    centre = Centre(Flaky("push", when, 2))
    night = run(node, centre, pause=pauses.append)
    assert night.outcome == "ok"
    assert len(pauses) == 2
    assert all(pause >= 2 for pause in pauses)


def test_a_night_without_a_centre_fails_and_says_why(node):
    centre = Centre(Flaky("status", "before", TRIES_MAX))
    night = run(node, centre)
    assert (night.outcome, night.remark) == ("failed", "the line is bad")
    assert run(node, centre).outcome == "ok"


def test_a_night_that_broke_off_goes_on_where_it_was(node):
    centre = Centre(Flaky("compare", "before", TRIES_MAX))
    assert run(node, centre).outcome == "failed"
    night = run(node, centre)
    assert (night.outcome, night.sent) == ("ok", 0)


def test_a_token_the_centre_does_not_know_ends_the_night_at_once(node):
    def plan(verb, when):
        raise Unauthorised(401, "no_token", "who are you")

    night = run(node, Centre(plan))
    assert night.outcome == "failed"
    assert night.requests == 1


def test_a_centre_restored_to_before_gets_back_what_it_lacks(node):
    centre = Centre()
    run(node, centre)
    centre.shelves.clear()
    night = run(node, centre)
    assert night.outcome == "ok"
    assert _stored(centre, A) == PAYLOADS


def test_without_lowering_the_belief_a_restored_centre_is_stuck(node):
    centre = Centre()
    run(node, centre)
    centre.shelves.clear()
    node.believed = Stubborn(node.believed)
    night = run(node, centre)
    assert (night.outcome, night.differing) == ("remark", [A, B])


class Stubborn(dict):
    """Beliefs that only ever rise."""

    def __setitem__(self, log, have):
        super().__setitem__(log, max(have, self.get(log, 0)))


def test_what_cannot_join_the_centres_chain_is_kept_there_as_a_branch(node):
    centre = Centre()
    other = [PAYLOADS[0], b"another", b"road"]
    centre.push([section(A, other, via=HeldLog.via)])
    night = run(node, centre)
    assert night.outcome == "ok"
    assert node.apart == {A}
    assert _everything(centre, A) == {*PAYLOADS, *other}


def test_what_lies_above_a_hole_that_the_centre_lost_is_kept_there_as_a_branch():
    node, centre = Node(), Centre()
    node.takes(section(A, PAYLOADS, first=4, base=3))
    assert run(node, centre).outcome == "ok"
    assert _everything(centre, A) == set(PAYLOADS[3:])


def test_a_fork_kept_at_the_node_reaches_the_centre_too(node):
    node.takes(section(A, [*PAYLOADS[:3], b"cloned"], first=4))
    centre = Centre()
    night = run(node, centre)
    assert night.outcome == "ok"
    assert _everything(centre, A) == {*PAYLOADS, b"cloned"}
    assert run(node, centre).outcome == "ok"


def test_a_node_that_was_restored_and_knows_less_has_a_good_night_all_the_same(node):
    centre = Centre()
    run(node, centre)
    restored = Node()
    restored.takes(section(A, PAYLOADS[:2]))
    night = run(restored, centre)
    assert (night.outcome, night.rounds) == ("ok", 1)
    assert _stored(centre, A) == PAYLOADS


def test_a_restored_node_that_took_another_road_below_the_centres_head_is_heard(node):
    centre = Centre()
    run(node, centre)
    restored = Node()
    restored.takes(section(A, [*PAYLOADS[:2], b"other"]))
    restored.believed[A] = 5
    night = run(restored, centre)
    assert night.outcome == "ok"
    assert b"other" in _everything(centre, A)


def test_a_log_that_is_anothers_at_the_centre_is_remarked_on(node):
    centre = Centre()
    centre.push([section(A, [b"x"])])
    centre.shelves[A].owner = "somebody"
    night = run(node, centre)
    assert night.outcome == "remark"
    assert night.differing == [A]
    assert _stored(centre, B) == PAYLOADS[:3]


def test_receipts_of_every_log_come_home_even_if_nothing_was_sent(node):
    centre = Centre()
    run(node, centre)
    node.heard.clear()
    run(node, centre)
    assert set(node.heard) == {A, B}


def test_bundles_are_fetched_once_and_what_was_erased_comes_first(node):
    centre, board = Centre(), Board()
    centre.bundles = {"places": b"p", "devices": b"d", "erased": b"e", "new": b"n"}
    assert run(node, centre, shelf=board).bundles == ["erased", "devices", "places", "new"]
    assert run(node, centre, shelf=board).bundles == []
    assert board.bundles == centre.bundles


def test_a_bundle_that_makes_no_sense_does_not_stop_the_records(node):
    centre, board = Centre(), Board()
    centre.bundles = {"places": b"nonsense", "plan": b"p"}
    night = run(node, centre, shelf=board)
    assert (night.outcome, night.remark) == ("remark", "bundle places: it is nonsense")
    assert night.bundles == ["plan"]
    assert _stored(centre, A) == PAYLOADS


def test_progress_is_told_and_ends_at_its_end(node):
    told = []
    run(node, Centre(), lambda *each: told.append(each))
    assert ("push", 8, 8) in told
    assert told[-1] == ("compare", 2, 2)
