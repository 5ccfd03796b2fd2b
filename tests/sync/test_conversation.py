"""Many logs in few requests, and the end of each log's part in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync import chain
from sync.conversation import Conversation
from sync.messages import Answer, Garbled, Result, render
from sync.messages.limits import BATCH_BYTES, BATCH_ENTRIES, LOGS_MAX, PAYLOAD_MAX
from sync.receiver import receive
from sync.steps import Kept, Rotate, Sent, SetAside
from tests.sync.shelf import Shelf
from tests.sync.wired import Held


class Store:
    """A receiving store in memory; `plan` may change a result before it is answered."""

    def __init__(self, role="node", plan=lambda result: result):
        self.role, self.plan, self.logs, self.requests = role, plan, {}, []

    def answer(self, sections):
        self.requests.append(sections)
        results = []
        for section in sections:
            log = self.logs.setdefault(section.log, Shelf(section.log))
            result = receive(section, log, pusher="p", role=self.role, relays=True)
            results.append(self.plan(result))
        return Answer("s", self.role, "inc", "t", results)


def _talk(conversation: Conversation, store: Store, most: int = 100) -> list:
    steps = []
    for _ in range(most):
        sections = conversation.request()
        if not sections:
            return steps
        steps += conversation.hear(store.answer(sections))
    raise AssertionError("it never ends")


def _log(n: int, *payloads: bytes, base: int = 0) -> Held:
    return Held.writing(*payloads, log=f"{n:032x}", base=base)


def test_ten_thousand_records_take_few_requests_and_arrive():
    log = _log(1, *[b"x" * 300] * 10_000)
    store = Store()
    _talk(Conversation([log], {}), store)
    assert store.logs[log.log].have == 10_000
    assert len(store.requests) == 5


def test_no_request_is_over_any_limit():
    logs = [_log(n, *[b"x" * 9_000] * (1 + n % 7)) for n in range(150)]
    store = Store()
    _talk(Conversation(logs, {}), store)
    for sections in store.requests:
        assert len(sections) <= LOGS_MAX
        assert sum(len(each.lines) for each in sections) <= BATCH_ENTRIES
        assert len(render(sections)) <= BATCH_BYTES
    assert all(store.logs[each.log].have == each.head for each in logs)


def test_many_small_logs_are_sent_no_more_than_a_request_may_hold():
    logs, store = [_log(n, b"{}") for n in range(150)], Store()
    _talk(Conversation(logs, {}), store)
    assert [len(sections) for sections in store.requests] == [64, 64, 22]


def test_the_largest_payload_travels_even_after_halving_to_the_end():
    log = _log(1, b"x" * PAYLOAD_MAX, b"y" * PAYLOAD_MAX)
    store, talk = Store(), Conversation([log], {})
    for _ in range(12):
        talk.request()
        talk.too_large()
    _talk(Conversation([log], {}), store)
    assert store.logs[log.log].have == 2


def test_a_log_that_is_known_to_have_arrived_is_not_sent():
    assert Conversation([_log(1, b"a")], {f"{1:032x}": 1}).request() == []


def test_what_is_believed_too_much_is_corrected_by_the_gap():
    log, store = _log(1, b"a", b"b", b"c"), Store()
    _talk(Conversation([log], {log.log: 2}), store)
    assert store.logs[log.log].have == 3


def test_a_request_too_large_is_halved_until_it_passes():
    log, store = _log(1, *[b"x"] * 9), Store()
    talk, seen = Conversation([log], {}), []
    while sections := talk.request():
        seen.append(sum(len(each.lines) for each in sections))
        if seen[-1] > 2:
            assert talk.too_large() == []
        else:
            talk.hear(store.answer(sections))
    assert seen == [9, 4, 2, 2, 2, 2, 1]
    assert store.logs[log.log].have == 9


def test_one_entry_that_is_too_large_by_itself_is_set_aside():
    log = _log(1, b"x")
    talk = Conversation([log], {})
    talk.request()
    assert talk.too_large() == [(log, SetAside(1))]
    assert talk.request() == []


def test_a_fork_ends_the_logs_part_and_not_that_of_the_others():
    log, other, store = _log(1, b"a", b"b"), _log(2, b"c"), Store()
    _talk(Conversation([_log(1, b"X")], {}), store)
    steps = _talk(Conversation([log, other], {}), store)
    assert (log, Rotate("forked")) in steps
    assert (other, Sent(1)) in steps


def test_a_relay_sends_all_it_holds_as_a_branch_when_it_cannot_join():
    log, store = _log(1, b"a", b"b", b"c", b"d", base=2), Store("centre")
    steps = _talk(Conversation([log], {}, author=False), store)
    assert steps[-1] == (log, Kept(4))
    assert sorted(seq for seq, _ in store.logs[log.log].branches) == [3, 4]


def test_a_kept_fork_is_sent_as_a_branch_from_the_start():
    log, store = _log(1, b"a", b"b", base=1), Store("centre")
    _talk(Conversation([log], {}, author=False, apart=True), store)
    assert [section.branch for (section,) in store.requests] == [log.hash_at(2)]


def test_an_answer_about_other_logs_is_none():
    talk = Conversation([_log(1, b"a")], {})
    talk.request()
    with pytest.raises(Garbled):
        talk.hear(Answer("s", "node", "i", "t", ()))


def test_a_store_that_never_takes_anything_is_not_asked_for_ever():
    log = _log(1, b"a")
    store = Store(plan=lambda result: Result(result.log, "ok", 0, chain.genesis(log.log)))
    _talk(Conversation([log], {}), store)
    assert len(store.requests) <= 4


@given(st.lists(st.lists(st.binary(max_size=5), max_size=6), max_size=5), st.data())
def test_whatever_is_believed_all_arrives_in_the_end(written, data):
    logs = [_log(n, *payloads) for n, payloads in enumerate(written)]
    store = Store(data.draw(st.sampled_from(["node", "centre"])))
    known = {each.log: data.draw(st.integers(0, each.head)) for each in logs}
    _talk(Conversation(logs, known), store)
    _talk(Conversation(logs, {}), store)
    for each in logs:
        assert (store.logs[each.log].have if each.head else 0) == each.head
