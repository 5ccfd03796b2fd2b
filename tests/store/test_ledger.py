"""A log of any store does what the receiver asks: written once, run against memory and both
databases.
"""

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from fieldlog.store.arrived import Reader
from fieldlog.store.counts import count
from fieldlog.store.database import writing
from fieldlog.store.ledger import SqlLedger
from sync import chain
from sync.ports import Entry
from tests.store.authors import Author
from tests.support.memory import MemoryLog

LOG = "000102030405060708090a0b0c0d0e0f"
NOW = datetime(2019, 5, 3, tzinfo=UTC)


class InMemory:
    """Ledgers of a memory store: `of(log)` is one transaction."""

    def __init__(self):
        self.logs = {}

    @contextmanager
    def of(self, log=LOG):
        ledger = self.logs.get(log) or MemoryLog(log)
        yield ledger
        if ledger.owner is not None:
            self.logs[log] = ledger

    def known(self):
        return len(self.logs)


class InDatabase:
    """The same of a database."""

    @contextmanager
    def of(self, log=LOG):
        with writing() as session:
            ledger = SqlLedger(session, log, "phone-1", NOW, Reader())
            yield ledger
            ledger.save()

    def known(self):
        return count()["logs"]


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def ledgers(request):
    if request.param == "memory":
        yield InMemory()
        return
    from tests.support.databases import opened

    with opened(request.getfixturevalue(f"{request.param}_url")):
        yield InDatabase()


def run(first: int, payloads: list[bytes], prev: bytes | None = None) -> list[Entry]:
    """Entries first, first + 1 … with their chain."""
    digests = [chain.digest(payload) for payload in payloads]
    hashes = chain.fold(prev or chain.genesis(LOG), first, digests)
    rest = zip(digests, hashes, payloads, strict=True)
    return [Entry(seq, *each) for seq, each in enumerate(rest, first)]


MAIN = run(1, [b"a1", b"a2", b"a3", b"a4"])
FORK = run(3, [b"b3", b"b4"], MAIN[1].hash)


def with_main(ledgers, entries=MAIN):
    with ledgers.of() as ledger:
        ledger.claim("phone-1", None)
        ledger.append(entries)


def test_a_log_never_heard_of_starts_at_its_genesis_and_leaves_no_trace(ledgers):
    with ledgers.of() as ledger:
        assert (ledger.owner, ledger.base, ledger.have) == (None, 0, 0)
        assert ledger.hash == ledger.hash_at(0) == chain.genesis(LOG)
        assert ledger.hash_at(1) is None
        assert list(ledger.missing(1, 9)) == []
    assert ledgers.known() == 0


def test_what_is_appended_is_there_in_the_next_transaction(ledgers):
    with_main(ledgers)
    with ledgers.of() as ledger:
        assert (ledger.owner, ledger.have, ledger.hash) == ("phone-1", 4, MAIN[3].hash)
        assert [ledger.hash_at(seq) for seq in range(5)] == [
            chain.genesis(LOG),
            *(entry.hash for entry in MAIN),
        ]
        assert ledger.hash_at(5) is None


def test_have_moves_while_the_transaction_lasts(ledgers):
    with ledgers.of() as ledger:
        ledger.claim("phone-1", None)
        ledger.append(MAIN[:2])
        ledger.append(MAIN[2:])
        assert (ledger.have, ledger.hash) == (4, MAIN[3].hash)


def test_another_log_is_another_log(ledgers):
    with_main(ledgers)
    with ledgers.of("ff" * 16) as other:
        assert (other.owner, other.have) == (None, 0)
        assert other.hash == chain.genesis("ff" * 16)


def test_only_a_gone_payload_is_missing_and_it_can_be_filled_in_once(ledgers):
    gone = [MAIN[0], MAIN[1]._replace(payload=None), MAIN[2], MAIN[3]._replace(payload=None)]
    with_main(ledgers, gone)
    with ledgers.of() as ledger:
        assert sorted(ledger.missing(1, 4)) == [2, 4]
        assert sorted(ledger.missing(1, 3)) == [2]
        ledger.fill(2, b"a2")
    with ledgers.of() as ledger:
        assert sorted(ledger.missing(1, 4)) == [4]
        assert ledger.have == 4


def test_going_on_after_a_hole_keeps_what_is_held_below_it(ledgers):
    with_main(ledgers, MAIN[:2])
    later = run(11, [b"a11"], b"\x07" * 32)
    with ledgers.of() as ledger:
        ledger.fast_forward(10, b"\x07" * 32)
        assert (ledger.base, ledger.have, ledger.hash) == (10, 10, b"\x07" * 32)
        ledger.append(later)
    with ledgers.of() as ledger:
        assert (ledger.base, ledger.have, ledger.hash) == (10, 11, later[0].hash)
        assert ledger.hash_at(10) == b"\x07" * 32
        assert ledger.hash_at(2) == MAIN[1].hash
        assert ledger.hash_at(5) is None


def test_a_branch_is_kept_apart_once(ledgers):
    with_main(ledgers)
    with ledgers.of() as ledger:
        assert ledger.keep_branch(FORK, MAIN[1].hash) is True
        assert (ledger.have, ledger.hash) == (4, MAIN[3].hash)
    with ledgers.of() as ledger:
        assert ledger.keep_branch(FORK, MAIN[1].hash) is False
        assert ledger.keep_branch(FORK[1:], FORK[0].hash) is False
        assert ledger.hash_at(3) == MAIN[2].hash


def test_entries_of_the_log_itself_are_no_branch(ledgers):
    with_main(ledgers)
    with ledgers.of() as ledger:
        assert ledger.keep_branch(MAIN[1:3], MAIN[0].hash) is False


def test_a_branch_goes_on_after_its_head_and_parts_again_from_its_middle(ledgers):
    with_main(ledgers)
    longer = [*FORK, *run(5, [b"b5"], FORK[1].hash)]
    other = run(4, [b"c4"], FORK[0].hash)
    with ledgers.of() as ledger:
        assert ledger.keep_branch(FORK, MAIN[1].hash)
        assert ledger.keep_branch(longer, MAIN[1].hash)
        assert ledger.keep_branch([FORK[0], *other], MAIN[1].hash)
    with ledgers.of() as ledger:
        assert not ledger.keep_branch(longer, MAIN[1].hash)
        assert not ledger.keep_branch(other, FORK[0].hash)


def test_a_branch_may_be_all_there_is_of_a_log(ledgers):
    with ledgers.of() as ledger:
        ledger.claim("phone-1", "node-a")
        assert ledger.keep_branch(FORK, MAIN[1].hash)
    with ledgers.of() as ledger:
        assert (ledger.owner, ledger.have, ledger.hash) == ("phone-1", 0, chain.genesis(LOG))
    assert ledgers.known() == 1


def test_a_later_copy_fills_in_what_an_earlier_one_lacked(ledgers):
    with_main(ledgers, [*MAIN[:3], MAIN[3]._replace(payload=None)])
    with ledgers.of() as ledger:
        assert ledger.keep_branch([FORK[0]._replace(payload=None)], MAIN[1].hash)
    with ledgers.of() as ledger:
        assert ledger.keep_branch(FORK[:1], MAIN[1].hash) is True
        assert ledger.keep_branch(FORK[:1], MAIN[1].hash) is False
        assert ledger.keep_branch(MAIN[3:], MAIN[2].hash) is True
        assert list(ledger.missing(1, 4)) == []


def test_the_authors_double_makes_the_chain_that_the_protocol_names():
    author = Author("alice", "polisen", log=LOG)
    author.put(b'{"rid":"r1"}')
    author.put('{"note":"å"}'.encode())
    assert author.hashes[2].hex().startswith("3439c969d16559a8")
