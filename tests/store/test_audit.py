"""The audit log holds: what was changed, taken out, cut off or written anew is found."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from fieldlog.store import audit, nights
from fieldlog.store.audit import Act, Head, chain
from fieldlog.store.database import reading, writing
from fieldlog.store.tables import Audit
from tests.store.conftest import LONG_AGO
from tests.support.databases import opened

ROWS = Audit.__table__


def read(number: int) -> None:
    audit.write(Act("record.read", "sara", "supervisor", "polisen", f"{number:032x}", "polisen"))


@pytest.fixture
def kept(store):
    """Six acts of Sara's; the head after each."""
    heads = []
    for number in range(6):
        read(number)
        heads.append(audit.head())
    return heads


def change(statement) -> None:
    with writing() as session:
        session.execute(statement)


def written_anew(rows) -> None:
    """As one would who owns the database and knows the program."""
    before = chain.GENESIS
    with writing() as session:
        session.execute(sa.delete(ROWS))
        for row in rows:
            before = chain.link(before, row)
            session.execute(sa.insert(ROWS).values(**{**row, "hash": before}))


def test_an_untouched_log_holds_against_every_head_it_ever_had(kept):
    assert audit.faults(kept) == []
    assert [head.seq for head in kept] == [1, 2, 3, 4, 5, 6]


def test_an_empty_log_holds_and_has_a_head(store):
    assert audit.faults() == []
    assert audit.head() == Head(0, chain.GENESIS)


@pytest.mark.parametrize(
    "changed",
    [
        {"account": "bob"},
        {"what": "log.read"},
        {"subject": None},
        {"owner": "kommunen"},
        {"detail": {"format": "csv"}},
        {"at": LONG_AGO},
        {"hash": bytes(32)},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_row_that_was_changed_is_found(kept, changed):
    change(sa.update(ROWS).where(ROWS.c.seq == 4).values(**changed))
    assert audit.faults() == ["audit log: row 4 is not what was written"]


def test_a_row_that_was_taken_out_is_found(kept):
    change(sa.delete(ROWS).where(ROWS.c.seq == 3))
    assert audit.faults() == ["audit log: row 3 is missing, 4 is next"]


def test_the_first_row_taken_out_is_found(kept):
    change(sa.delete(ROWS).where(ROWS.c.seq == 1))
    assert audit.faults() == ["audit log: row 1 is missing, 2 is next"]


def test_only_a_head_from_before_tells_that_the_end_was_cut_off(kept):
    change(sa.delete(ROWS).where(ROWS.c.seq > 4))
    assert audit.faults() == []
    assert audit.faults([kept[5]]) == [
        "audit log: it ends at row 4, but row 6 was handed out: cut off"
    ]


def test_only_a_head_from_before_tells_that_all_was_written_anew(kept):
    rows = [dict(row) for row in reading().execute(sa.select(ROWS).order_by(ROWS.c.seq)).mappings()]
    written_anew([row | {"account": "bob"} if row["seq"] == 2 else row for row in rows])
    assert audit.faults() == []
    assert audit.faults([kept[0]]) == []  # before what was changed
    (fault,) = audit.faults([kept[4]])
    assert "written anew" in fault


def test_the_heads_of_the_nights_are_held_against_it_by_themselves(kept):
    row = nights.begin("centre", LONG_AGO, "Europe/Stockholm")
    nights.finish(row, LONG_AGO + timedelta(hours=1), "ok", detail={"audit": str(kept[5])})
    change(sa.delete(ROWS).where(ROWS.c.seq > 4))
    assert audit.faults() == ["audit log: it ends at row 4, but row 6 was handed out: cut off"]


def test_a_row_is_part_of_the_transaction_it_tells_of(kept):
    def fail() -> None:
        with writing():
            read(99)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert audit.head() == kept[-1]


def test_many_at_once_stand_in_one_chain(database_url):
    def work() -> None:
        with opened(database_url):
            for number in range(20):
                read(number)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    with opened(database_url):
        assert audit.head().seq == 80
        assert audit.faults() == []


def test_a_head_reads_as_it_is_written(kept):
    assert Head.read(str(kept[2])) == kept[2]
    for wrong in ("", "3", "3:ff", f"-1:{'0' * 64}", f"x:{'0' * 64}"):
        with pytest.raises(ValueError, match="no head"):
            Head.read(wrong)


def test_a_page_is_of_ones_own_people_and_of_what_others_did_with_ones_records(store):
    audit.write(Act("record.read", "sara", "supervisor", "polisen", owner="polisen"))
    audit.write(Act("record.read", "charlie", "supervisor", "kommunen", owner="polisen"))
    audit.write(Act("log.read", "charlie", "supervisor", "kommunen"))
    audit.write(Act("login.refused"))

    def seqs(orgs, what=None, before=None, limit=9):
        return [row.seq for row in audit.page(orgs, what=what, before=before, limit=limit)]

    assert seqs(None) == [4, 3, 2, 1]
    assert seqs(("polisen",)) == [2, 1]
    assert seqs(("kommunen",)) == [3, 2]
    assert seqs(("kommunen",), "log.read") == [3]
    assert seqs((), None) == []
    assert seqs(None, before=3, limit=1) == [2]


def test_an_author_finds_what_others_did_with_the_own_records_and_with_many_at_once(store):
    def did(what, account, org="polisen", **about):
        audit.write(Act(what, account, "supervisor", org, **about))

    def seen(before=None, limit=9):
        rows = audit.of_author("alice", "polisen", before=before, limit=limit)
        return [row.seq for row in rows]

    did("record.read", "sara", author="alice")
    did("record.read", "sara", author="bob")
    did("log.read", "sara")
    did("log.read", "charlie", "kommunen")
    did("record.read", "charlie", "kommunen", author="alice")
    did("features.read", "sara", author="bob")
    did("features.read", "sara", detail={"collection": "places", "count": 3})
    did("features.read", "sara", detail={"collection": "events", "count": 3})
    did("login", "sara")
    did("record.read", "alice", author="alice")
    audit.write(Act("record.read", author="alice"))  # a command at the server
    assert seen() == [11, 8, 5, 3, 1]
    assert seen(limit=2) == [11, 8]
    assert seen(before=8) == [5, 3, 1]
